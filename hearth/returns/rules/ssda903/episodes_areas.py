"""The authority in whose area a child is placed."""

import numpy as np

from hearth.returns.checking.columns import Mask
from hearth.returns.checking.looked_after import LookedAfter
from hearth.returns.checking.rule import Flags
from hearth.returns.checking.tables import Rows
from hearth.returns.rules.books import SSDA903
from hearth.returns.rules.ssda903.episodes_providers import WITHOUT_NUMBER
from hearth.returns.rules.ssda903.episodes_terms import FOR_ADOPTION, FOSTERING, OUTSIDE_ENGLAND
from hearth.returns.rules.ssda903.terms import short_break

NUMBERS_WANTED = np.datetime64("2015-03-31")


@SSDA903.rule(
    "169",
    "The authority in whose area the child is placed is not known",
    outside="postcodes",
    Episodes="LS PL_LA",
)
def area_known(looked_after: LookedAfter) -> Flags:
    """A short break has none."""
    episodes = looked_after.Episodes
    return [episodes.where(~short_break(episodes) & episodes.blank("PL_LA"))]


area_known.examples("""
    Episodes LS=C2 PL_LA=E06000001
    Episodes LS=C2 !
    Episodes !
    Episodes LS=V3
    Episodes LS=V4
""")


@SSDA903.rule(
    "179",
    "Whether the child is placed in the authority's own area is not known",
    outside="postcodes location",
    Episodes="LS PL_LOCATION",
)
def inside_or_outside(looked_after: LookedAfter) -> Flags:
    """A short break has neither."""
    episodes = looked_after.Episodes
    return [episodes.where(~short_break(episodes) & episodes.blank("PL_LOCATION"))]


inside_or_outside.examples("""
    Episodes LS=C2 PL_LOCATION=IN PL_LA=E06000001
    Episodes LS=C2 PL_LOCATION=OUT PL_LA=E06000002
    Episodes LS=C2 !
    Episodes !
    Episodes LS=V3
""")


@SSDA903.rule(
    "420",
    "A short break has no authority of placement, but one is given",
    outside="postcodes",
    Episodes="LS PL_LA",
)
def short_break_has_no_area(looked_after: LookedAfter) -> Flags:
    """Either kind of short break."""
    episodes = looked_after.Episodes
    return [episodes.where(short_break(episodes) & episodes.given("PL_LA"))]


short_break_has_no_area.examples("""
    Episodes LS=V3 PL_LA=E06000001 !
    Episodes LS=V4 PL_LA=WAL !
    Episodes LS=V3
    Episodes LS=C2 PL_LA=E06000001
""")


@SSDA903.rule(
    "218",
    "A placement of this type must have its provider's number from Ofsted, and has none",
    outside="postcodes",
    Episodes="DEC PLACE URN PL_LA",
)
def has_number(looked_after: LookedAfter) -> Flags:
    """Unless it is outside England or ceased by 31 March 2015.

    A blank placement and an authority that is not known want a number. XXXXXXX is one.
    """
    episodes = looked_after.Episodes
    wanted = ~episodes.is_("PLACE", *WITHOUT_NUMBER) & ~episodes.is_("PL_LA", *OUTSIDE_ENGLAND)
    wanted &= episodes.blank("DEC") | (episodes.date("DEC") > NUMBERS_WANTED)
    return [episodes.where(wanted & episodes.blank("URN"))]


has_number.examples("""
    Episodes PLACE=K2 PL_LA=E06000001 !
    Episodes PLACE=K2 PL_LA=E06000001 DEC=01/04/2015 !
    Episodes PLACE=K2 PL_LA=E06000001 DEC=31/03/2015
    Episodes PLACE=K2 PL_LA=E06000001 DEC=31/02/2026
    Episodes PLACE=K2 PL_LA=E06000001 URN=SC000001
    Episodes PLACE=U4 PL_LA=E06000001 URN=XXXXXXX
    Episodes PLACE=K2 PL_LA=WAL
    Episodes PLACE=P1 PL_LA=E06000001
    Episodes PLACE=Z14 PL_LA=E06000001
    Episodes PLACE=U4 !
    Episodes !
""")


@SSDA903.rule(
    "243",
    "The child is placed outside England, but a number of Ofsted's is given",
    outside="postcodes",
    Episodes="PL_LA URN",
)
def no_number_abroad(looked_after: LookedAfter) -> Flags:
    """XXXXXXX is a number too."""
    episodes = looked_after.Episodes
    abroad = episodes.is_("PL_LA", *OUTSIDE_ENGLAND)
    return [episodes.where(abroad & episodes.given("URN"))]


no_number_abroad.examples("""
    Episodes PL_LA=WAL URN=SC000001 !
    Episodes PL_LA=CON URN=XXXXXXX !
    Episodes PL_LA=SCO
    Episodes PL_LA=E06000001 URN=SC000001
    Episodes URN=SC000001
""")


@SSDA903.rule(
    "1015",
    "The authority itself provides the placement, but it is not in the authority's own area",
    outside="postcodes location",
    Episodes="PLACE PLACE_PROVIDER LS PL_LA PL_LOCATION",
)
def own_provision_inside(looked_after: LookedAfter) -> Flags:
    """Foster care, adoption, supported accommodation and short breaks may be anywhere.

    A placement whose area is not known is found; one without a type or a legal status is not.
    """
    episodes = looked_after.Episodes
    own = episodes.is_("PLACE_PROVIDER", "PR1") & episodes.given("LS") & ~short_break(episodes)
    anywhere = episodes.is_("PLACE", *FOR_ADOPTION, *FOSTERING, "K3")
    own &= episodes.given("PLACE") & ~anywhere
    return [episodes.where(own & ~_in_own_area(looked_after, episodes))]


def _in_own_area(looked_after: LookedAfter, episodes: Rows) -> Mask:
    """Where the area is the authority's own: by its code, or, where nobody gave that, said so."""
    if looked_after.authority:
        return episodes.is_("PL_LA", looked_after.authority)
    return episodes.is_("PL_LOCATION", "IN")


own_provision_inside.examples("""
    Episodes LS=C2 PLACE=K2 PLACE_PROVIDER=PR1 PL_LA=E06000001 PL_LOCATION=IN
    Episodes LS=C2 PLACE=K2 PLACE_PROVIDER=PR1 PL_LA=E06000002 PL_LOCATION=OUT !
    Episodes LS=C2 PLACE=K2 PLACE_PROVIDER=PR1 !
    Episodes LS=C2 PLACE=K2 PLACE_PROVIDER=PR4 PL_LA=E06000002 PL_LOCATION=OUT
    Episodes LS=C2 PLACE=U4 PLACE_PROVIDER=PR1 PL_LA=E06000002 PL_LOCATION=OUT
    Episodes LS=C2 PLACE=K3 PLACE_PROVIDER=PR1 PL_LA=E06000002 PL_LOCATION=OUT
    Episodes LS=V3 PLACE=K2 PLACE_PROVIDER=PR1
    Episodes PLACE=K2 PLACE_PROVIDER=PR1 PL_LA=E06000002 PL_LOCATION=OUT
    Episodes LS=C2 PLACE_PROVIDER=PR1 PL_LA=E06000002 PL_LOCATION=OUT
    ----
    authority code=E06000001
    Episodes LS=C2 PLACE=K2 PLACE_PROVIDER=PR1 PL_LA=E06000001
    Episodes LS=C2 PLACE=K2 PLACE_PROVIDER=PR1 PL_LA=E06000002 PL_LOCATION=IN !
    Episodes LS=C2 PLACE=K2 PLACE_PROVIDER=PR1 PL_LOCATION=IN !
""")


@SSDA903.rule(
    "411",
    "The placement is said to be in the authority's own area, but its area is another authority's",
    outside="postcodes location",
    Episodes="PL_LOCATION PL_LA",
)
def one_own_area(looked_after: LookedAfter) -> Flags:
    """Where nobody gave the authority's code, it is the one most placements inside it name."""
    episodes = looked_after.Episodes
    inside = episodes.where(episodes.is_("PL_LOCATION", "IN"))
    if looked_after.authority:
        return [inside.where(~inside.is_("PL_LA", looked_after.authority))]
    named = inside.text("PL_LA")
    areas, counts = np.unique(named[named != b""], return_counts=True)
    own = areas[np.argsort(-counts, kind="stable")][:1]
    return [inside.where(~np.isin(named, own))]


one_own_area.examples("""
    Episodes PL_LOCATION=IN PL_LA=E06000001
    Episodes PL_LOCATION=IN PL_LA=E06000001
    Episodes PL_LOCATION=IN PL_LA=E06000002 !
    Episodes PL_LOCATION=IN !
    Episodes PL_LOCATION=OUT PL_LA=E06000002
    Episodes
    ----
    Episodes PL_LOCATION=OUT PL_LA=E06000002
    Episodes PL_LOCATION=IN !
    Episodes PL_LOCATION=IN !
    ----
    authority code=E06000002
    Episodes PL_LOCATION=IN PL_LA=E06000001 !
    Episodes PL_LOCATION=IN PL_LA=E06000001 !
    Episodes PL_LOCATION=IN PL_LA=E06000002
    Episodes PL_LOCATION=OUT PL_LA=E06000001
""")
