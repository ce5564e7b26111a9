"""What only Ofsted's list of providers can tell.

No return holds that list. The rules are declared so that a check lists them as not asked, and why.
"""

from hearth.returns.rules.books import SSDA903

_NOT_ASKED = (
    ("219", "Ofsted does not list the provider for placements of this type", "URN PLACE", ""),
    (
        "221",
        "The placement is not at the postcode that Ofsted lists for the provider",
        "URN PL_POST PLACE LS",
        "",
    ),
    ("224", "The provider is not of the kind that Ofsted lists it as", "URN PLACE_PROVIDER", ""),
    (
        "227",
        "The placement began when its provider was no longer registered with Ofsted",
        "URN DECOM",
        "",
    ),
    (
        "228",
        "The placement went on when its provider was no longer registered with Ofsted",
        "URN DEC",
        "",
    ),
    (
        "229",
        "Whether the authority itself is the provider does not fit the area Ofsted lists",
        "URN PLACE_PROVIDER PLACE",
        " authority",
    ),
    (
        "241",
        "The supported accommodation is not in an area that Ofsted lists for the provider",
        "URN PLACE PL_LA",
        " postcodes",
    ),
    ("1008", "Ofsted does not list a provider with this number", "URN", ""),
)

for code, message, columns, also in _NOT_ASKED:
    SSDA903.rule(code, message, outside=f"providers{also}", Episodes=columns)(lambda _: ())
