"""Where the child lived and is placed: the postcodes, and what is worked out from them."""

from hearth.returns.checking.looked_after import LookedAfter
from hearth.returns.checking.rule import Flags
from hearth.returns.rules.books import SSDA903
from hearth.returns.rules.ssda903.episodes_terms import (
    decimal,
    short_postcode,
    was_unaccompanied,
)
from hearth.returns.rules.ssda903.terms import short_break

NO_DISTANCE = 999.9
FURTHEST = 350


@SSDA903.rule(
    "164",
    "The distance to the placement is not known, or not from 0 to 999.9 miles",
    outside="postcodes",
    needs="Episodes",
    Episodes="PL_DISTANCE LS",
    UASC="",
    Header="",
    UASC_last="",
    Header_last="",
)
def distance(looked_after: LookedAfter) -> Flags:
    """A short break has none, nor has a child who is or last year was unaccompanied."""
    episodes = looked_after.Episodes
    miles = decimal(episodes, "PL_DISTANCE")
    asked = ~short_break(episodes) & ~was_unaccompanied(looked_after, episodes)
    return [episodes.where(asked & ~((miles >= 0) & (miles <= NO_DISTANCE)))]


distance.examples("""
    Episodes LS=C2 PL_DISTANCE=0.0 PL_LA=E06000001
    Episodes LS=C2 PL_DISTANCE=12.3
    Episodes LS=C2 PL_DISTANCE=999.9
    Episodes LS=C2 PL_DISTANCE=1000 !
    Episodes LS=C2 PL_DISTANCE=-0.1 !
    Episodes LS=C2 PL_DISTANCE=far !
    Episodes LS=C2 !
    Episodes LS=V3
    UASC CHILD=2
    UASC_last CHILD=3
    Episodes CHILD=2 LS=V2
    Episodes CHILD=3 LS=V2
    ----
    Header CHILD=4 UASC=1
    Header CHILD=5 UASC=0
    Header_last CHILD=6 UASC=1
    Episodes CHILD=4 LS=V2 PL_LA=
    Episodes CHILD=5 LS=V2 PL_DISTANCE= !
    Episodes CHILD=6 LS=V2
""")


@SSDA903.rule(
    "392a",
    "The distance to the placement is not known",
    outside="postcodes",
    needs="Episodes",
    Episodes="PL_DISTANCE LS",
    UASC="",
    Header="",
    UASC_last="",
    Header_last="",
)
def distance_given(looked_after: LookedAfter) -> Flags:
    """A short break has none, nor has a child who is or last year was unaccompanied."""
    episodes = looked_after.Episodes
    asked = ~short_break(episodes) & ~was_unaccompanied(looked_after, episodes)
    return [episodes.where(asked & episodes.blank("PL_DISTANCE"))]


distance_given.examples("""
    Episodes LS=C2 PL_DISTANCE=0.0 PL_LA=E06000001
    Episodes LS=C2 !
    Episodes !
    Episodes LS=V4
    UASC CHILD=2
    UASC_last CHILD=3
    Episodes CHILD=2 LS=V2
    Episodes CHILD=3 LS=V2
""")


@SSDA903.rule(
    "392b",
    "The child's home postcode or the placement's is missing",
    needs="Episodes",
    Episodes="HOME_POST PL_POST LS",
    UASC="",
    Header="",
    UASC_last="",
    Header_last="",
)
def postcodes_given(looked_after: LookedAfter) -> Flags:
    """A short break has none, nor has a child who is or last year was unaccompanied."""
    episodes = looked_after.Episodes
    asked = ~short_break(episodes) & ~was_unaccompanied(looked_after, episodes)
    missing = episodes.blank("HOME_POST") | episodes.blank("PL_POST")
    return [episodes.where(asked & missing)]


postcodes_given.examples("""
    Episodes LS=C2 HOME_POST="AB1 1AA" PL_POST="AB1 1AB"
    Episodes LS=C2 HOME_POST="AB1 1AA" !
    Episodes LS=C2 PL_POST="AB1 1AB" !
    Episodes !
    Episodes LS=V3
    UASC CHILD=2
    Episodes CHILD=2 LS=V2
    ----
    Header_last UASC=1
    Header UASC=0
    Episodes LS=V2
    Episodes CHILD=2 LS=V2 !
""")


@SSDA903.rule(
    "392c",
    "The child's home postcode or the placement's is not a postcode that there is",
    outside="postcodes",
    Episodes="HOME_POST PL_POST PL_LA PL_DISTANCE",
)
def postcodes_known(looked_after: LookedAfter) -> Flags:
    """By the list of postcodes, if there is one.

    Else a placement's is known when its authority is; a home's, when the distance from it is too,
    and so it is not tested where the placement's is blank.
    """
    episodes = looked_after.Episodes
    if postcodes := looked_after.postcodes:
        odd = [
            episodes.given(name) & ~postcodes.known(episodes.text(name))
            for name in ("HOME_POST", "PL_POST")
        ]
        return [episodes.where(odd[0] | odd[1])]
    placed = episodes.given("PL_POST")
    nowhere = placed & episodes.blank("PL_LA")
    unmeasured = placed & episodes.given("HOME_POST") & episodes.blank("PL_DISTANCE")
    return [episodes.where(nowhere | unmeasured)]


postcodes_known.examples("""
    Episodes HOME_POST="AB1 1AA" PL_POST="AB1 1AB" PL_LA=E06000001 PL_DISTANCE=0.4
    Episodes HOME_POST="AB1 1AA" PL_POST="ZZ1 1AB" !
    Episodes HOME_POST="ZZ1 1AA" PL_POST="AB1 1AB" PL_LA=E06000001 !
    Episodes PL_POST="ZZ1 1AB" !
    Episodes PL_POST="AB1 1AB" PL_LA=E06000001
    Episodes HOME_POST="AB1 1AB"
    Episodes
    ----
    postcode POSTCODE="AB1 1AA" AUTHORITY=E06000001 EASTING=1000 NORTHING=1000
    postcode POSTCODE=AB11AB AUTHORITY=E06000001 EASTING= NORTHING=
    Episodes HOME_POST="AB1 1AA" PL_POST="AB1 1AB"
    Episodes HOME_POST=ab11aa
    Episodes HOME_POST="ZZ1 1AB" !
    Episodes HOME_POST="AB1 1AA" PL_POST="ZZ1 1AB" !
    Episodes
""")


@SSDA903.rule(
    "392d",
    "The child is placed at their home postcode, but not with their parents",
    Episodes="HOME_POST PL_POST PLACE",
)
def away_from_home(looked_after: LookedAfter) -> Flags:
    """However a postcode is spaced or cased; two blanks pass."""
    episodes = looked_after.Episodes
    same = short_postcode(episodes, "HOME_POST") == short_postcode(episodes, "PL_POST")
    same &= episodes.given("PL_POST")
    return [episodes.where(same & ~episodes.is_("PLACE", "P1"))]


away_from_home.examples("""
    Episodes PLACE=U4 HOME_POST="AB1 1AA" PL_POST="AB1 1AB"
    Episodes PLACE=U4 HOME_POST="AB1 1AA" PL_POST="AB1 1AA" !
    Episodes PLACE=U4 HOME_POST="AB1 1AA" PL_POST="ab11aa" !
    Episodes HOME_POST="AB1 1AA" PL_POST="AB1 1AA" !
    Episodes PLACE=P1 HOME_POST="AB1 1AA" PL_POST="AB1 1AA"
    Episodes PLACE=U4 HOME_POST="AB1 1AA"
    Episodes PLACE=U4
""")


@SSDA903.rule(
    "398", "A short break has no postcodes, but one is given", Episodes="LS HOME_POST PL_POST"
)
def short_break_has_no_postcodes(looked_after: LookedAfter) -> Flags:
    """Either postcode, and either kind of short break."""
    episodes = looked_after.Episodes
    either = episodes.given("HOME_POST") | episodes.given("PL_POST")
    return [episodes.where(short_break(episodes) & either)]


short_break_has_no_postcodes.examples("""
    Episodes LS=V3 HOME_POST="AB1 1AA" !
    Episodes LS=V4 PL_POST="AB1 1AA" !
    Episodes LS=V3
    Episodes LS=V2 HOME_POST="AB1 1AA"
""")


@SSDA903.rule(
    "214",
    "A short break has no placement postcode and no number of Ofsted's, but one is given",
    Episodes="LS PL_POST URN",
)
def short_break_has_no_number(looked_after: LookedAfter) -> Flags:
    """Either of the two, and either kind of short break."""
    episodes = looked_after.Episodes
    either = episodes.given("PL_POST") | episodes.given("URN")
    return [episodes.where(short_break(episodes) & either)]


short_break_has_no_number.examples("""
    Episodes LS=V3 PL_POST="AB1 1AA" !
    Episodes LS=V4 URN=SC000001 !
    Episodes LS=V4 URN=XXXXXXX !
    Episodes LS=V3 HOME_POST="AB1 1AA"
    Episodes LS=V2 URN=SC000001
""")


@SSDA903.rule(
    "406",
    "An unaccompanied child has no distance to the placement, but one is given",
    outside="postcodes",
    needs="Episodes",
    Episodes="PL_DISTANCE",
    UASC="",
    Header="",
    UASC_last="",
    Header_last="",
)
def unaccompanied_has_no_distance(looked_after: LookedAfter) -> Flags:
    """A child who is unaccompanied, or was by last year's return."""
    episodes = looked_after.Episodes
    alone = was_unaccompanied(looked_after, episodes)
    return [episodes.where(alone & episodes.given("PL_DISTANCE"))]


unaccompanied_has_no_distance.examples("""
    UASC CHILD=1
    UASC_last CHILD=2
    Episodes CHILD=1 PL_DISTANCE=1.2 PL_LA=E06000001 !
    Episodes CHILD=1
    Episodes CHILD=2 PL_DISTANCE=1.2 !
    Episodes CHILD=3 PL_DISTANCE=1.2
    ----
    Header CHILD=3 UASC=1
    Header CHILD=4 UASC=0
    Episodes CHILD=3 PL_DISTANCE=0.0 PL_LA=E06000001 !
    Episodes CHILD=4 PL_DISTANCE=1.2
    Episodes CHILD=5 PL_DISTANCE=1.2
""")


@SSDA903.rule(
    "454",
    "The placement is more than 350 miles from the child's home",
    outside="postcodes",
    Episodes="PL_DISTANCE",
)
def not_too_far(looked_after: LookedAfter) -> Flags:
    """999.9 stands for a distance that is not known, and passes as a blank does."""
    episodes = looked_after.Episodes
    miles = decimal(episodes, "PL_DISTANCE")
    return [episodes.where((miles > FURTHEST) & (miles != NO_DISTANCE))]


not_too_far.examples("""
    Episodes PL_DISTANCE=350.0 PL_LA=E06000001
    Episodes PL_DISTANCE=350.1 !
    Episodes PL_DISTANCE=999.9
    Episodes PL_DISTANCE=1000.0 !
    Episodes
""")
