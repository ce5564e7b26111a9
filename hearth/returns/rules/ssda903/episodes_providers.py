"""Who provides a placement, and the number that Ofsted knows the provider by."""

from hearth.returns.checking.looked_after import LookedAfter
from hearth.returns.checking.rule import Flags
from hearth.returns.rules.books import SSDA903
from hearth.returns.rules.ssda903.episodes_terms import (
    FOR_ADOPTION,
    FOSTERING,
    NO_NUMBER,
    OTHER_PLACES,
    TEMPORARY,
)

WITHOUT_PROVIDER = (*TEMPORARY, *OTHER_PLACES)
WITHOUT_NUMBER = ("P1", "P3", "R1", "R2", "R5", *TEMPORARY, *OTHER_PLACES)


@SSDA903.rule(
    "178",
    "The provider of the placement is not one of PR0 to PR5, or the placement has none",
    Episodes="PLACE PLACE_PROVIDER",
)
def provider(looked_after: LookedAfter) -> Flags:
    """A blank passes, and so does a provider of a temporary stay of 7 days at most (T4)."""
    episodes = looked_after.Episodes
    none = episodes.is_("PLACE", "T0", "T1", "T2", "T3", *OTHER_PLACES)
    other = ~episodes.is_("PLACE_PROVIDER", "PR0", "PR1", "PR2", "PR3", "PR4", "PR5")
    return [episodes.where(episodes.given("PLACE_PROVIDER") & (none | other))]


provider.examples("""
    Episodes PLACE=U4 PLACE_PROVIDER=PR1
    Episodes PLACE=P1 PLACE_PROVIDER=PR0
    Episodes PLACE_PROVIDER=PR5
    Episodes PLACE=T0
    Episodes PLACE=T4 PLACE_PROVIDER=PR1
    Episodes PLACE=T0 PLACE_PROVIDER=PR1 !
    Episodes PLACE=Z14 PLACE_PROVIDER=PR1 !
    Episodes PLACE=U4 PLACE_PROVIDER=PR6 !
""")


@SSDA903.rule(
    "213",
    "A temporary or other placement has no provider, but one is given",
    Episodes="PLACE PLACE_PROVIDER",
)
def no_provider(looked_after: LookedAfter) -> Flags:
    """T0 to T4 and Z11 to Z14."""
    episodes = looked_after.Episodes
    none = episodes.is_("PLACE", *WITHOUT_PROVIDER)
    return [episodes.where(none & episodes.given("PLACE_PROVIDER"))]


no_provider.examples("""
    Episodes PLACE=T4 PLACE_PROVIDER=PR1 !
    Episodes PLACE=Z11 PLACE_PROVIDER=PR4 !
    Episodes PLACE=T4
    Episodes PLACE=U4 PLACE_PROVIDER=PR1
    Episodes PLACE_PROVIDER=PR1
""")


@SSDA903.rule(
    "526", "The placement must have a provider, and has none", Episodes="PLACE PLACE_PROVIDER"
)
def has_provider(looked_after: LookedAfter) -> Flags:
    """Every placement but T0 to T4 and Z11 to Z14; a blank placement is found too."""
    episodes = looked_after.Episodes
    none = episodes.is_("PLACE", *WITHOUT_PROVIDER)
    return [episodes.where(~none & episodes.blank("PLACE_PROVIDER"))]


has_provider.examples("""
    Episodes PLACE=U4 !
    Episodes !
    Episodes PLACE=U4 PLACE_PROVIDER=PR1
    Episodes PLACE=T4
    Episodes PLACE=Z12
""")


def _provided_by(looked_after: LookedAfter, provider: str, *places: str) -> Flags:
    episodes = looked_after.Episodes
    placed = episodes.is_("PLACE", *places)
    return [episodes.where(episodes.is_("PLACE_PROVIDER", provider) & placed)]


@SSDA903.rule(
    "527",
    "The authority itself does not provide a placement of this type",
    Episodes="PLACE PLACE_PROVIDER",
)
def not_own(looked_after: LookedAfter) -> Flags:
    """PR1 with P1, R2 or R5."""
    return _provided_by(looked_after, "PR1", "P1", "R2", "R5")


not_own.examples("""
    Episodes PLACE=P1 PLACE_PROVIDER=PR1 !
    Episodes PLACE=R2 PLACE_PROVIDER=PR1 !
    Episodes PLACE=R5 PLACE_PROVIDER=PR1 !
    Episodes PLACE=K2 PLACE_PROVIDER=PR1
    Episodes PLACE=R2 PLACE_PROVIDER=PR3
    Episodes PLACE_PROVIDER=PR1
""")


@SSDA903.rule(
    "528",
    "Another authority does not provide a placement of this type",
    Episodes="PLACE PLACE_PROVIDER",
)
def not_another_authority(looked_after: LookedAfter) -> Flags:
    """PR2 with P1, R2 or R5."""
    return _provided_by(looked_after, "PR2", "P1", "R2", "R5")


not_another_authority.examples("""
    Episodes PLACE=P1 PLACE_PROVIDER=PR2 !
    Episodes PLACE=R2 PLACE_PROVIDER=PR2 !
    Episodes PLACE=R5 PLACE_PROVIDER=PR2 !
    Episodes PLACE=K2 PLACE_PROVIDER=PR2
    Episodes PLACE=P1 PLACE_PROVIDER=PR0
""")


@SSDA903.rule(
    "529",
    "Another public body does not provide a placement of this type",
    Episodes="PLACE PLACE_PROVIDER",
)
def not_public(looked_after: LookedAfter) -> Flags:
    """PR3 with parents, placement for adoption, a children's home or foster care."""
    places = ("P1", *FOR_ADOPTION, "K1", "K2", *FOSTERING)
    return _provided_by(looked_after, "PR3", *places)


not_public.examples("""
    Episodes PLACE=P1 PLACE_PROVIDER=PR3 !
    Episodes PLACE=A3 PLACE_PROVIDER=PR3 !
    Episodes PLACE=A6 PLACE_PROVIDER=PR3 !
    Episodes PLACE=K1 PLACE_PROVIDER=PR3 !
    Episodes PLACE=U6 PLACE_PROVIDER=PR3 !
    Episodes PLACE=R2 PLACE_PROVIDER=PR3
    Episodes PLACE=K3 PLACE_PROVIDER=PR3
    Episodes PLACE=U6 PLACE_PROVIDER=PR4
""")


@SSDA903.rule(
    "530",
    "A private body does not provide a placement with the child's own parents",
    Episodes="PLACE PLACE_PROVIDER",
)
def not_private(looked_after: LookedAfter) -> Flags:
    """PR4 with P1."""
    return _provided_by(looked_after, "PR4", "P1")


not_private.examples("""
    Episodes PLACE=P1 PLACE_PROVIDER=PR4 !
    Episodes PLACE=U4 PLACE_PROVIDER=PR4
    Episodes PLACE=P1 PLACE_PROVIDER=PR0
""")


@SSDA903.rule(
    "531",
    "A charity does not provide a placement with the child's own parents",
    Episodes="PLACE PLACE_PROVIDER",
)
def not_voluntary(looked_after: LookedAfter) -> Flags:
    """PR5 with P1."""
    return _provided_by(looked_after, "PR5", "P1")


not_voluntary.examples("""
    Episodes PLACE=P1 PLACE_PROVIDER=PR5 !
    Episodes PLACE=U4 PLACE_PROVIDER=PR5
    Episodes PLACE=P1 PLACE_PROVIDER=PR0
""")


@SSDA903.rule(
    "550",
    "The provider is the child's parent, but the child is not placed with their parents",
    Episodes="PLACE PLACE_PROVIDER",
)
def parents_provide_for_their_own(looked_after: LookedAfter) -> Flags:
    """PR0 wants P1; a blank placement is found."""
    episodes = looked_after.Episodes
    elsewhere = ~episodes.is_("PLACE", "P1")
    return [episodes.where(episodes.is_("PLACE_PROVIDER", "PR0") & elsewhere)]


parents_provide_for_their_own.examples("""
    Episodes PLACE=P1 PLACE_PROVIDER=PR0
    Episodes PLACE=U4 PLACE_PROVIDER=PR0 !
    Episodes PLACE_PROVIDER=PR0 !
    Episodes PLACE=U4 PLACE_PROVIDER=PR1
""")


@SSDA903.rule(
    "222",
    "Ofsted does not inspect a placement of this type, but a number of Ofsted's is given",
    Episodes="PLACE URN",
)
def no_number(looked_after: LookedAfter) -> Flags:
    """A blank passes, and so does XXXXXXX, which says that there is none."""
    episodes = looked_after.Episodes
    numbered = episodes.given("URN") & ~episodes.is_("URN", NO_NUMBER)
    return [episodes.where(episodes.is_("PLACE", *WITHOUT_NUMBER) & numbered)]


no_number.examples("""
    Episodes PLACE=P1 URN=SC000001 !
    Episodes PLACE=T4 URN=1234567 !
    Episodes PLACE=Z13 URN=1234567 !
    Episodes PLACE=P1 URN=XXXXXXX
    Episodes PLACE=P1
    Episodes PLACE=K2 URN=SC000001
    Episodes URN=SC000001
""")


@SSDA903.rule(
    "242",
    "XXXXXXX stands for a number only in foster care and placement for adoption",
    Episodes="PLACE URN",
)
def number_may_be_unknown(looked_after: LookedAfter) -> Flags:
    """A blank placement is found."""
    episodes = looked_after.Episodes
    allowed = episodes.is_("PLACE", *FOR_ADOPTION, *FOSTERING)
    return [episodes.where(episodes.is_("URN", NO_NUMBER) & ~allowed)]


number_may_be_unknown.examples("""
    Episodes PLACE=A3 URN=XXXXXXX
    Episodes PLACE=U6 URN=XXXXXXX
    Episodes PLACE=K2 URN=XXXXXXX !
    Episodes URN=XXXXXXX !
    Episodes PLACE=K2 URN=SC000001
    Episodes PLACE=K2
""")
