"""What Ofsted's list of providers says of the number that an episode gives.

No return holds that list: where it was not supplied, none of these is asked. XXXXXXX stands for a
number that there is none of, and nothing is asked of it.
"""

import numpy as np

from hearth.returns.checking.columns import Mask
from hearth.returns.checking.looked_after import LookedAfter
from hearth.returns.checking.rule import Flags
from hearth.returns.checking.tables import Rows
from hearth.returns.rules.books import SSDA903
from hearth.returns.rules.ssda903.episodes_providers import WITHOUT_NUMBER
from hearth.returns.rules.ssda903.episodes_terms import NO_NUMBER, last_day, short_postcode
from hearth.returns.rules.ssda903.terms import short_break


def _numbered(looked_after: LookedAfter) -> Rows:
    """The episodes that give a provider's number."""
    episodes = looked_after.Episodes
    return episodes.where(episodes.given("URN") & ~episodes.is_("URN", NO_NUMBER))


def _listed(looked_after: LookedAfter, rows: Rows, column: str, said: str) -> Mask:
    """Where what a row says is what the list says in a column; of no listed number, it is not."""
    return looked_after.providers.says(column, rows.text("URN"), rows.text(said))


@SSDA903.rule(
    "1008",
    "Ofsted does not list a provider with this number",
    outside="providers",
    Episodes="URN",
)
def provider_listed(looked_after: LookedAfter) -> Flags:
    """A blank passes."""
    numbered = _numbered(looked_after)
    return [numbered.where(~looked_after.providers.listed(numbered.text("URN")))]


provider_listed.examples("""
    provider URN=SC000001
    provider URN=1234567.0
    Episodes URN=SC000001
    Episodes URN=1234567
    Episodes URN=SC000002 !
    Episodes URN=XXXXXXX
    Episodes
""")


@SSDA903.rule(
    "219",
    "Ofsted does not list the provider for placements of this type",
    outside="providers.PLACE_CODES",
    Episodes="URN PLACE",
)
def provider_of_this_type(looked_after: LookedAfter) -> Flags:
    """A provider that is not listed is found, and so is a blank placement."""
    numbered = _numbered(looked_after)
    return [numbered.where(~_listed(looked_after, numbered, "PLACE_CODES", "PLACE"))]


provider_of_this_type.examples("""
    provider URN=SC000001 PLACE_CODES="K2, U1"
    provider URN=SC000001 PLACE_CODES=S1
    provider URN=SC000002 PLACE_CODES=
    Episodes URN=SC000001 PLACE=K2
    Episodes URN=SC000001 PLACE=U1
    Episodes URN=SC000001 PLACE=S1
    Episodes URN=SC000001 PLACE=K1 !
    Episodes URN=SC000001 !
    Episodes URN=SC000002 PLACE=K2 !
    Episodes URN=SC000003 PLACE=K2 !
    Episodes URN=XXXXXXX PLACE=U4
    Episodes PLACE=K2
""")


@SSDA903.rule(
    "221",
    "The placement is not at the postcode that Ofsted lists for the provider",
    outside="providers.POSTCODE",
    Episodes="URN PL_POST PLACE LS",
)
def provider_at_this_postcode(looked_after: LookedAfter) -> Flags:
    """Asked of homes, schools and family centres; however a postcode is spaced or cased.

    A provider that is not listed, or is listed without a postcode, is found.
    """
    numbered = _numbered(looked_after)
    asked = numbered.where(
        numbered.is_("PLACE", "K1", "K2", "K3", "R3", "S1")
        & numbered.given("PL_POST")
        & ~short_break(numbered)
    )
    postcodes = short_postcode(asked, "PL_POST")
    there = looked_after.providers.says("POSTCODE", asked.text("URN"), postcodes)
    return [asked.where(~there)]


provider_at_this_postcode.examples("""
    provider URN=SC000001 POSTCODE="AB1 1AA"
    provider URN=SC000002 POSTCODE=
    Episodes URN=SC000001 PLACE=K2 LS=C2 PL_POST="AB1 1AA"
    Episodes URN=SC000001 PLACE=K2 LS=C2 PL_POST=ab11aa
    Episodes URN=SC000001 PLACE=K2 LS=C2 PL_POST="AB1 1AB" !
    Episodes URN=SC000001 PLACE=S1 PL_POST="AB1 1AB" !
    Episodes URN=SC000001 PLACE=U4 LS=C2 PL_POST="AB1 1AB"
    Episodes URN=SC000001 PLACE=K2 LS=V3 PL_POST="AB1 1AB"
    Episodes URN=SC000001 PLACE=K2 LS=C2
    Episodes URN=SC000002 PLACE=K2 LS=C2 PL_POST="AB1 1AA" !
    Episodes URN=SC000003 PLACE=K2 LS=C2 PL_POST="AB1 1AA" !
    Episodes PLACE=K2 LS=C2 PL_POST="AB1 1AB"
""")


@SSDA903.rule(
    "224",
    "The provider is not of the kind that Ofsted lists it as",
    outside="providers.PROVIDER_CODES",
    Episodes="URN PLACE_PROVIDER",
)
def provider_of_this_kind(looked_after: LookedAfter) -> Flags:
    """A provider that is not listed is found, and so is a blank kind."""
    numbered = _numbered(looked_after)
    return [numbered.where(~_listed(looked_after, numbered, "PROVIDER_CODES", "PLACE_PROVIDER"))]


provider_of_this_kind.examples("""
    provider URN=SC000001 PROVIDER_CODES=PR1,PR2
    Episodes URN=SC000001 PLACE_PROVIDER=PR2
    Episodes URN=SC000001 PLACE_PROVIDER=PR4 !
    Episodes URN=SC000001 !
    Episodes URN=SC000002 PLACE_PROVIDER=PR1 !
    Episodes URN=XXXXXXX PLACE_PROVIDER=PR4
    Episodes PLACE_PROVIDER=PR4
""")


@SSDA903.rule(
    "227",
    "The placement began when its provider was no longer registered with Ofsted",
    outside="providers.REG_END",
    Episodes="URN DECOM",
)
def provider_registered(looked_after: LookedAfter) -> Flags:
    """On the day the registration ended it is no longer."""
    numbered = _numbered(looked_after)
    ended = looked_after.providers.registered_until(numbered.text("URN"))
    return [numbered.where(numbered.date("DECOM") >= ended)]


provider_registered.examples("""
    provider URN=SC000001 REG_END=30/06/2026
    provider URN=SC000002 REG_END=-
    provider URN=SC000003 REG_END=2026-06-30
    provider URN=SC000003 REG_END=2026-07-31
    provider URN=SC000004 REG_END=30/06/2026
    provider URN=SC000004 REG_END=
    Episodes URN=SC000001 DECOM=29/06/2026
    Episodes URN=SC000001 DECOM=30/06/2026 !
    Episodes URN=SC000001
    Episodes URN=SC000002 DECOM=30/06/2026
    Episodes URN=SC000003 DECOM=30/07/2026
    Episodes URN=SC000003 DECOM=31/07/2026 !
    Episodes URN=SC000004 DECOM=30/07/2026
    Episodes URN=SC000005 DECOM=30/07/2026
    Episodes DECOM=30/07/2026
""")


@SSDA903.rule(
    "228",
    "The placement went on when its provider was no longer registered with Ofsted",
    outside="providers.REG_END",
    Episodes="URN DEC",
)
def provider_registered_throughout(looked_after: LookedAfter) -> Flags:
    """To the day it ceased, or to the end of the year while it goes on."""
    numbered = _numbered(looked_after)
    ended = looked_after.providers.registered_until(numbered.text("URN"))
    return [numbered.where(last_day(looked_after, numbered) > ended)]


provider_registered_throughout.examples("""
    provider URN=SC000001 REG_END=30/06/2026
    provider URN=SC000002 REG_END=31/03/2027
    provider URN=SC000003 REG_END=
    Episodes URN=SC000001 DEC=30/06/2026
    Episodes URN=SC000001 DEC=01/07/2026 !
    Episodes URN=SC000001 DEC=31/02/2027
    Episodes URN=SC000001 !
    Episodes URN=SC000002
    Episodes URN=SC000003 DEC=01/07/2026
    Episodes URN=SC000004
    Episodes DEC=01/07/2026
""")


@SSDA903.rule(
    "229",
    "Whether the authority itself is the provider does not fit the area Ofsted lists",
    outside="providers.LA authority",
    Episodes="URN PLACE_PROVIDER PLACE",
)
def own_provider_is_ones_own(looked_after: LookedAfter) -> Flags:
    """Its own (PR1) is in its area, and another authority's (PR2) is not.

    One of its own that is not listed, or whose area is not, is found.
    """
    numbered = _numbered(looked_after)
    asked = numbered.where(~numbered.is_("PLACE", "K3", *WITHOUT_NUMBER))
    here = np.full(len(asked), looked_after.authority.encode())
    inside = looked_after.providers.says("LA", asked.text("URN"), here)
    own, anothers = asked.is_("PLACE_PROVIDER", "PR1"), asked.is_("PLACE_PROVIDER", "PR2")
    return [asked.where((own & ~inside) | (anothers & inside))]


own_provider_is_ones_own.examples("""
    authority code=E06000001
    provider URN=SC000001 LA=E06000001
    provider URN=SC000002 LA=E06000002
    provider URN=SC000003 LA=
    Episodes URN=SC000001 PLACE=K2 PLACE_PROVIDER=PR1
    Episodes URN=SC000002 PLACE=K2 PLACE_PROVIDER=PR1 !
    Episodes URN=SC000003 PLACE=K2 PLACE_PROVIDER=PR1 !
    Episodes URN=SC000004 PLACE=K2 PLACE_PROVIDER=PR1 !
    Episodes URN=SC000001 PLACE=K2 PLACE_PROVIDER=PR2 !
    Episodes URN=SC000001 PLACE_PROVIDER=PR2 !
    Episodes URN=SC000002 PLACE=K2 PLACE_PROVIDER=PR2
    Episodes URN=SC000004 PLACE=K2 PLACE_PROVIDER=PR2
    Episodes URN=SC000001 PLACE=K2 PLACE_PROVIDER=PR4
    Episodes URN=SC000002 PLACE=K3 PLACE_PROVIDER=PR1
    Episodes URN=SC000002 PLACE=P1 PLACE_PROVIDER=PR1
    Episodes URN=XXXXXXX PLACE=U4 PLACE_PROVIDER=PR1
    ----
    authority code=E06000001
    provider URN=SC000001 POSTCODE="AB1 1AA"
    provider URN=SC000002 POSTCODE="AB2 1AA"
    postcode POSTCODE="AB1 1AA" AUTHORITY=E06000001 EASTING=1 NORTHING=1
    postcode POSTCODE="AB2 1AA" AUTHORITY=E06000002 EASTING=1 NORTHING=1
    Episodes URN=SC000001 PLACE=K2 PLACE_PROVIDER=PR1
    Episodes URN=SC000002 PLACE=K2 PLACE_PROVIDER=PR1 !
""")


@SSDA903.rule(
    "241",
    "The supported accommodation is not in an area that Ofsted lists for the provider",
    outside="providers.LA postcodes",
    Episodes="URN PLACE PL_LA",
)
def supported_where_listed(looked_after: LookedAfter) -> Flags:
    """A provider may be listed for several authorities; one that is not listed is found."""
    numbered = _numbered(looked_after)
    asked = numbered.where(numbered.is_("PLACE", "K3"))
    return [asked.where(~_listed(looked_after, asked, "LA", "PL_LA"))]


supported_where_listed.examples("""
    provider URN=SC000001 LA="E06000001; E06000002"
    provider URN=SC000001 LA=E06000003
    Episodes URN=SC000001 PLACE=K3 PL_LA=E06000002
    Episodes URN=SC000001 PLACE=K3 PL_LA=E06000003
    Episodes URN=SC000001 PLACE=K3 PL_LA=E06000004 !
    Episodes URN=SC000001 PLACE=K3 !
    Episodes URN=SC000002 PLACE=K3 PL_LA=E06000001 !
    Episodes URN=SC000001 PLACE=K2 PL_LA=E06000004
    Episodes URN=XXXXXXX PLACE=K3 PL_LA=E06000004
    Episodes PLACE=K3 PL_LA=E06000004
""")
