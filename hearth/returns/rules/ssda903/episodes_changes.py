"""What changes from one episode to the next, and the reason given for the change."""

import numpy as np

from hearth.returns.checking.looked_after import CHILD, LookedAfter
from hearth.returns.checking.rule import Flags
from hearth.returns.checking.tables import Rows
from hearth.returns.rules.books import SSDA903
from hearth.returns.rules.ssda903.episodes_terms import (
    FOR_ADOPTION,
    FOSTERING,
    PLACEMENT,
    TEMPORARY,
    differ,
    in_turn,
)

CODES_OF_2015 = np.datetime64("2015-04-01")


@SSDA903.rule(
    "225",
    "The child moved to another placement, and there is no reason for the change",
    Episodes="DECOM REC PLACE REASON_PLACE_CHANGE RNE",
)
def move_has_a_reason(looked_after: LookedAfter) -> Flags:
    """The reason stands with the episode that ceased.

    A temporary placement is no move, nor is the return from one.
    """
    episodes, _ = in_turn(looked_after)
    following = episodes.following(CHILD)
    left = episodes.is_("REC", "X1") & ~episodes.is_("PLACE", *TEMPORARY)
    moved = following.is_("RNE", "P", "B", "T", "U") & ~following.is_("PLACE", *TEMPORARY)
    return [episodes.where(left & moved & episodes.blank("REASON_PLACE_CHANGE"))]


move_has_a_reason.examples("""
    Episodes CHILD=1 DECOM=01/05/2026 REC=X1 PLACE=U4 RNE=P !
    Episodes CHILD=1 DECOM=01/04/2026 REC=X1 PLACE=U6 RNE=S !
    Episodes CHILD=1 DECOM=01/06/2026 REC=X1 PLACE=K2 RNE=U REASON_PLACE_CHANGE=CARPL
    Episodes CHILD=1 DECOM=01/07/2026 REC=X1 PLACE=K2 RNE=B
    Episodes CHILD=1 DECOM=01/08/2026 REC=X1 PLACE=T1 RNE=P
    Episodes CHILD=1 DECOM=01/09/2026 REC=X1 PLACE=K2 RNE=P
    Episodes CHILD=1 DECOM=01/10/2026 REC=E8 PLACE=K2 RNE=L
    Episodes CHILD=1 DECOM=01/11/2026 REC=X1 RNE=P !
    Episodes CHILD=1 DECOM=01/12/2026 REC=X1 RNE=T
    Episodes CHILD=2 DECOM=01/12/2026 REC=X1 RNE=T
""")


@SSDA903.rule(
    "226",
    "A temporary placement or the one before it has a reason for a change of placement",
    Episodes="DECOM REASON_PLACE_CHANGE PLACE",
)
def temporary_has_no_reason(looked_after: LookedAfter) -> Flags:
    """The temporary placement is what is found, whichever of the two has a reason."""
    episodes, before = in_turn(looked_after)
    reason = episodes.given("REASON_PLACE_CHANGE") | before.given("REASON_PLACE_CHANGE")
    return [episodes.where(episodes.is_("PLACE", *TEMPORARY) & reason)]


temporary_has_no_reason.examples("""
    Episodes CHILD=1 DECOM=01/04/2026 PLACE=U4 REASON_PLACE_CHANGE=CARPL
    Episodes CHILD=1 DECOM=01/05/2026 PLACE=T1 !
    Episodes CHILD=1 DECOM=01/06/2026 PLACE=U4
    Episodes CHILD=1 DECOM=01/07/2026 PLACE=T0
    Episodes CHILD=2 DECOM=01/08/2026 PLACE=T4 REASON_PLACE_CHANGE=OTHER !
    Episodes CHILD=3 DECOM=01/08/2026 PLACE=T4
""")


@SSDA903.rule(
    "233",
    "The episode has not ceased, and has a reason for a change of placement",
    Episodes="DEC REASON_PLACE_CHANGE",
)
def reason_when_ceased(looked_after: LookedAfter) -> Flags:
    """The reason stands with the episode that ceased."""
    episodes = looked_after.Episodes
    return [episodes.where(episodes.blank("DEC") & episodes.given("REASON_PLACE_CHANGE"))]


reason_when_ceased.examples("""
    Episodes REASON_PLACE_CHANGE=CARPL !
    Episodes DEC=01/05/2026 REASON_PLACE_CHANGE=CARPL
    Episodes DEC=31/06/2026 REASON_PLACE_CHANGE=CARPL
    Episodes
""")


@SSDA903.rule(
    "336",
    "The child is to be adopted by current carers, but was not fostered or so placed before",
    Episodes="DECOM PLACE",
)
def adopted_by_current_carers(looked_after: LookedAfter) -> Flags:
    """A child's first episode in the return is not tested; a blank placement before is found."""
    episodes, before = in_turn(looked_after)
    elsewhere = before.there & ~before.is_("PLACE", *FOR_ADOPTION, *FOSTERING)
    return [episodes.where(episodes.is_("PLACE", "A3", "A5") & elsewhere)]


adopted_by_current_carers.examples("""
    Episodes CHILD=1 DECOM=01/04/2026 PLACE=K2
    Episodes CHILD=1 DECOM=01/05/2026 PLACE=A3 !
    Episodes CHILD=1 DECOM=01/06/2026 PLACE=A5
    Episodes CHILD=2 DECOM=01/04/2026 PLACE=U5
    Episodes CHILD=2 DECOM=01/05/2026 PLACE=A5
    Episodes CHILD=3 DECOM=01/04/2026 PLACE=K2
    Episodes CHILD=3 DECOM=01/05/2026 PLACE=A4
    Episodes CHILD=4 DECOM=01/04/2026 PLACE=A3
    Episodes CHILD=5 DECOM=01/04/2026
    Episodes CHILD=5 DECOM=01/05/2026 PLACE=A5 !
""")


@SSDA903.rule(
    "383",
    "After a temporary placement the child did not return, with P, to where they were before it",
    Episodes="DECOM RNE PLACE PL_POST",
)
def returned_to_the_same(looked_after: LookedAfter) -> Flags:
    """The episode after has P as its reason, and the place and postcode of the one before.

    Two blank postcodes are the same. Without an episode before the temporary one, none is tested.
    """
    episodes, temporary = in_turn(looked_after)
    before = Rows(episodes.table, np.append(-1, temporary.places)[:-1])
    elsewhere = ~episodes.is_("RNE", "P") | differ(episodes, before, "PLACE", "PL_POST")
    returned = temporary.is_("PLACE", *TEMPORARY) & before.there
    return [episodes.where(returned & elsewhere)]


returned_to_the_same.examples("""
    Episodes CHILD=1 DECOM=01/04/2026 PLACE=U4 PL_POST="AB1 1AA"
    Episodes CHILD=1 DECOM=01/05/2026 PLACE=T1 RNE=P PL_POST="AB9 9AA"
    Episodes CHILD=1 DECOM=01/06/2026 PLACE=U4 RNE=P PL_POST="AB1 1AA"
    Episodes CHILD=1 DECOM=01/07/2026 PLACE=T4 RNE=P
    Episodes CHILD=1 DECOM=01/08/2026 PLACE=U4 RNE=P PL_POST="AB1 1AB" !
    Episodes CHILD=2 DECOM=01/04/2026 PLACE=U4
    Episodes CHILD=2 DECOM=01/05/2026 PLACE=T0
    Episodes CHILD=2 DECOM=01/06/2026 PLACE=U4 RNE=B !
    Episodes CHILD=3 DECOM=01/04/2026 PLACE=U4
    Episodes CHILD=3 DECOM=01/05/2026 PLACE=T0
    Episodes CHILD=3 DECOM=01/06/2026 PLACE=U4 RNE=P
    Episodes CHILD=4 DECOM=01/05/2026 PLACE=T0
    Episodes CHILD=4 DECOM=01/06/2026 PLACE=K2 RNE=B
    Episodes CHILD=5 DECOM=01/04/2026 PLACE=U4
    Episodes CHILD=5 DECOM=01/05/2026 PLACE=T3
    Episodes CHILD=5 DECOM=01/06/2026 PLACE=K2 RNE=P !
    Episodes CHILD=6 DECOM=01/04/2026 PLACE=U4
    Episodes CHILD=6 DECOM=01/05/2026 PLACE=K2 RNE=B
""")


@SSDA903.rule(
    "434",
    "Only the legal status should change here, but it is as it was or the placement changed too",
    Episodes="DECOM PLACE PL_POST URN PLACE_PROVIDER RNE LS",
)
def only_status_changed(looked_after: LookedAfter) -> Flags:
    """The type, postcode, number and provider make the placement; two blanks are the same.

    A child's first episode in the return is not tested, here or in the next two rules.
    """
    episodes, before = in_turn(looked_after)
    wrong = ~differ(episodes, before, "LS") | differ(episodes, before, *PLACEMENT)
    return [episodes.where(episodes.is_("RNE", "L") & before.there & wrong)]


only_status_changed.examples("""
    Episodes CHILD=1 DECOM=01/04/2026 LS=V2 PLACE=U4 URN=SC000001 RNE=L
    Episodes CHILD=1 DECOM=01/05/2026 LS=C1 PLACE=U4 URN=SC000001 RNE=L
    Episodes CHILD=1 DECOM=01/06/2026 LS=C1 PLACE=U4 URN=SC000001 RNE=L !
    Episodes CHILD=1 DECOM=01/07/2026 LS=C2 PLACE=U6 URN=SC000001 RNE=L !
    Episodes CHILD=1 DECOM=01/08/2026 LS=E1 PLACE=U6 RNE=L !
    Episodes CHILD=1 DECOM=01/09/2026 LS=C2 PLACE=U6 PL_POST="AB1 1AA" RNE=L !
    Episodes CHILD=1 DECOM=01/10/2026 LS=E1 PLACE=U6 PL_POST="AB1 1AA" PLACE_PROVIDER=PR1 RNE=L !
    Episodes CHILD=1 DECOM=01/11/2026 LS=E1 PLACE=K2 RNE=P
""")


@SSDA903.rule(
    "435",
    "Only the placement should change here, but it is as it was or the legal status changed too",
    Episodes="DECOM LS PLACE PL_POST URN PLACE_PROVIDER RNE",
)
def only_placement_changed(looked_after: LookedAfter) -> Flags:
    """Two blanks are the same, and so are no change."""
    episodes, before = in_turn(looked_after)
    wrong = differ(episodes, before, "LS") | ~differ(episodes, before, *PLACEMENT)
    return [episodes.where(episodes.is_("RNE", "P", "T") & before.there & wrong)]


only_placement_changed.examples("""
    Episodes CHILD=1 DECOM=01/04/2026 LS=V2 PLACE=U4 RNE=P
    Episodes CHILD=1 DECOM=01/05/2026 LS=V2 PLACE=U6 RNE=P
    Episodes CHILD=1 DECOM=01/06/2026 LS=V2 PLACE=U6 RNE=P !
    Episodes CHILD=1 DECOM=01/07/2026 LS=C2 PLACE=U6 URN=SC000001 RNE=T !
    Episodes CHILD=1 DECOM=01/08/2026 LS=C2 PLACE=U6 URN=SC000002 RNE=T
    Episodes CHILD=1 DECOM=01/09/2026 LS=E1 PLACE=K2 URN=SC000002 RNE=B
    Episodes CHILD=2 DECOM=01/04/2026 PLACE=U4 RNE=S
    Episodes CHILD=2 DECOM=01/05/2026 PLACE=U6 RNE=P
""")


@SSDA903.rule(
    "436",
    "The legal status and the placement should both change here, but one of them did not",
    Episodes="DECOM LS PLACE PL_POST URN PLACE_PROVIDER RNE",
)
def both_changed(looked_after: LookedAfter) -> Flags:
    """Two blanks are the same, and so are no change."""
    episodes, before = in_turn(looked_after)
    wrong = ~differ(episodes, before, "LS") | ~differ(episodes, before, *PLACEMENT)
    return [episodes.where(episodes.is_("RNE", "U", "B") & before.there & wrong)]


both_changed.examples("""
    Episodes CHILD=1 DECOM=01/04/2026 LS=V2 PLACE=U4 RNE=B
    Episodes CHILD=1 DECOM=01/05/2026 LS=C1 PLACE=U6 RNE=B
    Episodes CHILD=1 DECOM=01/06/2026 LS=C1 PLACE=U4 RNE=U !
    Episodes CHILD=1 DECOM=01/07/2026 LS=C2 PLACE=U4 RNE=U !
    Episodes CHILD=1 DECOM=01/08/2026 LS=V2 PLACE=U4 PLACE_PROVIDER=PR1 RNE=U
    Episodes CHILD=1 DECOM=01/09/2026 LS=V2 PLACE=U4 PLACE_PROVIDER=PR1 RNE=T
    Episodes CHILD=2 DECOM=01/04/2026 PLACE=U4 RNE=S
    Episodes CHILD=2 DECOM=01/05/2026 PLACE=U6 RNE=B !
""")


@SSDA903.rule(
    "217",
    "The child was placed for adoption with their current foster carer, so the carer cannot change",
    Episodes="DECOM PLACE RNE",
)
def same_carer_adopts(looked_after: LookedAfter) -> Flags:
    """From 1 April 2015 the reason is S, T or U; a blank one is found."""
    episodes = looked_after.Episodes
    placed = episodes.is_("PLACE", "A3", "A5") & (episodes.date("DECOM") >= CODES_OF_2015)
    return [episodes.where(placed & ~episodes.is_("RNE", "S", "T", "U"))]


same_carer_adopts.examples("""
    Episodes PLACE=A3 DECOM=01/05/2026 RNE=T
    Episodes PLACE=A5 DECOM=01/05/2026 RNE=U
    Episodes PLACE=A5 DECOM=01/05/2026 RNE=S
    Episodes PLACE=A3 DECOM=01/04/2015 RNE=P !
    Episodes PLACE=A5 DECOM=01/05/2026 !
    Episodes PLACE=A3 DECOM=31/03/2015 RNE=P
    Episodes PLACE=A4 DECOM=01/05/2026 RNE=P
    Episodes PLACE=A3 RNE=P
""")
