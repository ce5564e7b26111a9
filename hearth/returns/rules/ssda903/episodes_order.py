"""A child's episodes one after another: how one ends and the next begins."""

import numpy as np

from hearth.returns.checking.looked_after import CHILD, LookedAfter
from hearth.returns.checking.rule import Flags
from hearth.returns.rules.books import SSDA903
from hearth.returns.rules.ssda903.answers import of_a_child
from hearth.returns.rules.ssda903.episodes_codes import ENDS_CARE
from hearth.returns.rules.ssda903.episodes_terms import in_turn
from hearth.returns.rules.ssda903.terms import ADOPTED


@SSDA903.rule(
    "199",
    "The child was adopted before this episode began",
    needs="Episodes",
    Episodes="DECOM REC",
    Episodes_last="DECOM REC",
)
def none_after_adoption(looked_after: LookedAfter) -> Flags:
    """The adoption may be in last year's return, and the later episode may be another adoption.

    An episode is after it when it began later than the one that ended in adoption.
    """
    episodes = looked_after.Episodes
    children = episodes.up(CHILD)
    later = np.zeros(len(episodes), dtype=bool)
    for told in (episodes, looked_after.Episodes_last):
        adopted = told.where(told.is_("REC", *ADOPTED))
        later |= episodes.date("DECOM") > children.earliest(adopted, adopted.date("DECOM"))
    return [episodes.where(later)]


none_after_adoption.examples("""
    Episodes CHILD=1 DECOM=01/05/2026 REC=X1
    Episodes CHILD=1 DECOM=01/06/2026 REC=E11
    Episodes CHILD=1 DECOM=01/08/2026 !
    Episodes CHILD=1
    Episodes CHILD=2 DECOM=01/08/2026 REC=E12
    Episodes CHILD=2 DECOM=01/09/2026 REC=E12 !
    Episodes CHILD=3 DECOM=01/08/2026 REC=E4A
    Episodes CHILD=3 DECOM=01/09/2026 REC=E12
    ----
    Episodes_last CHILD=1 DECOM=01/05/2025 REC=E11
    Episodes_last CHILD=2 DECOM=01/05/2025 REC=E12
    Episodes_last CHILD=3 DECOM=01/05/2025 REC=E8
    Episodes CHILD=1 DECOM=01/05/2026 !
    Episodes CHILD=2 DECOM=01/05/2025 REC=E12
    Episodes CHILD=3 DECOM=01/05/2026
""")


@SSDA903.rule(
    "388",
    "The reason the episode ceased does not fit what follows it",
    Episodes="DECOM DEC REC",
)
def reason_fits_the_next(looked_after: LookedAfter) -> Flags:
    """X1 wants another episode on the day this one ceased; any other reason wants there to be none.

    One that does not say when it began comes before the child's others. One that has not ceased is
    sound, whatever its reason.
    """
    episodes = of_a_child(looked_after.Episodes)
    known = ~np.isnat(episodes.date("DECOM"))
    episodes = episodes.ordered(CHILD, known, episodes.date("DECOM"))
    following, ceased = episodes.following(CHILD), episodes.date("DEC")
    same_day = ceased == following.date("DECOM")
    goes_on = episodes.is_("REC", "X1")
    broken = goes_on & ~same_day & ~np.isnat(ceased)
    resumed = episodes.given("REC") & ~goes_on & same_day
    return [episodes.where(broken | resumed)]


reason_fits_the_next.examples("""
    Episodes CHILD=1 DECOM=01/04/2026 DEC=01/05/2026 REC=X1
    Episodes CHILD=1 DECOM=01/05/2026 DEC=01/06/2026 REC=X1 !
    Episodes CHILD=1 DECOM=02/06/2026 DEC=01/07/2026 REC=E4A !
    Episodes CHILD=1 DECOM=01/07/2026 DEC=01/08/2026 REC=E4A
    Episodes CHILD=1 DECOM=02/08/2026 DEC=01/09/2026 REC=X1 !
    Episodes CHILD=2 DECOM=01/04/2026 REC=X1
    Episodes CHILD=2 DECOM=01/05/2026 DEC=01/06/2026
    Episodes CHILD=2 DECOM=01/06/2026 REC=X1
    ----
    Episodes CHILD=1 DECOM=01/05/2026 DEC=01/06/2026 REC=E8
    Episodes CHILD=1 DEC=01/05/2026 REC=X1
    Episodes CHILD=2 DECOM=01/05/2026 DEC=01/06/2026 REC=E8
    Episodes CHILD=2 DEC=01/06/2026 REC=X1 !
""")


@SSDA903.rule(
    "431",
    "The child started to be looked after again before the episode before had ceased, or that day",
    Episodes="DECOM DEC RNE",
)
def start_after_the_last(looked_after: LookedAfter) -> Flags:
    """The day after is sound, and so is one whose episode before is open."""
    episodes, before = in_turn(looked_after)
    overlaps = episodes.date("DECOM") <= before.date("DEC")
    return [episodes.where(episodes.is_("RNE", "S") & overlaps)]


start_after_the_last.examples("""
    Episodes CHILD=1 DECOM=02/06/2026 RNE=S
    Episodes CHILD=1 DECOM=01/04/2026 DEC=01/06/2026 RNE=S
    Episodes CHILD=2 DECOM=01/06/2026 RNE=S !
    Episodes CHILD=2 DECOM=01/04/2026 DEC=01/06/2026 RNE=S
    Episodes CHILD=3 DECOM=01/06/2026 RNE=P
    Episodes CHILD=3 DECOM=01/04/2026 DEC=01/06/2026 RNE=S
    Episodes CHILD=4 DECOM=31/05/2026 RNE=S !
    Episodes CHILD=4 DECOM=01/04/2026 DEC=01/06/2026
    Episodes CHILD=4 DECOM=01/03/2026
""")


@SSDA903.rule(
    "432",
    "The episode before ended the child's care, so this one must be a new start",
    Episodes="DECOM REC RNE",
)
def start_after_care_ended(looked_after: LookedAfter) -> Flags:
    """A blank reason for the new episode is found; a reason it ceased that is no code is not."""
    episodes, before = in_turn(looked_after)
    return [episodes.where(before.is_("REC", *ENDS_CARE) & ~episodes.is_("RNE", "S"))]


start_after_care_ended.examples("""
    Episodes CHILD=1 DECOM=01/04/2026 REC=E4A RNE=P
    Episodes CHILD=1 DECOM=02/06/2026 REC=E8 RNE=S
    Episodes CHILD=1 DECOM=02/07/2026 REC=X1 RNE=P !
    Episodes CHILD=1 DECOM=02/08/2026 REC=E13 RNE=P
    Episodes CHILD=1 DECOM=02/09/2026 !
    Episodes CHILD=2 DECOM=02/09/2026 RNE=P
    Episodes CHILD=3 DECOM=01/04/2026 REC=E10
    Episodes CHILD=3 DECOM=01/05/2026 RNE=P
""")


@SSDA903.rule(
    "433",
    "The episode carries care on, but did not begin on the day the one before it ceased",
    Episodes="DECOM DEC RNE",
)
def carries_on_the_same_day(looked_after: LookedAfter) -> Flags:
    """Either day missing is found too. Those that began on one day are taken as they ceased.

    A child's first episode carries on one that is not in the return.
    """
    episodes = of_a_child(looked_after.Episodes)
    episodes = episodes.ordered(CHILD, episodes.date("DECOM"), episodes.date("DEC"))
    before = episodes.preceding(CHILD)
    carries_on = episodes.is_("RNE", "P", "L", "T", "U", "B") & before.there
    return [episodes.where(carries_on & ~(episodes.date("DECOM") == before.date("DEC")))]


carries_on_the_same_day.examples("""
    Episodes CHILD=1 DECOM=01/04/2026 DEC=01/05/2026 RNE=P
    Episodes CHILD=1 DECOM=1/5/2026 DEC=01/06/2026 RNE=L
    Episodes CHILD=1 DECOM=02/06/2026 RNE=T !
    Episodes CHILD=1 DECOM=01/08/2026 DEC=01/09/2026 RNE=U !
    Episodes CHILD=1 DECOM=02/09/2026 RNE=S
    Episodes CHILD=2 DECOM=01/05/2026 RNE=B
    Episodes CHILD=3 DECOM=01/05/2026 RNE=P
    Episodes CHILD=3 DECOM=01/05/2026 DEC=01/05/2026 RNE=S
    Episodes CHILD=3 RNE=P !
""")


@SSDA903.rule(
    "437",
    "The child died or was found to be an adult, and yet has a later episode",
    Episodes="DECOM REC",
)
def none_after_the_end(looked_after: LookedAfter) -> Flags:
    """An episode that does not say when it began is not later."""
    episodes = looked_after.Episodes
    last = episodes.up(CHILD).latest(episodes, episodes.date("DECOM"))
    ended = episodes.is_("REC", "E2", "E15")
    return [episodes.where(ended & (last > episodes.date("DECOM")))]


none_after_the_end.examples("""
    Episodes CHILD=1 DECOM=01/05/2026
    Episodes CHILD=1 DECOM=01/04/2026 REC=E2 !
    Episodes CHILD=2 DECOM=01/04/2026 REC=E15 !
    Episodes CHILD=2 DECOM=02/04/2026 REC=E2
    Episodes CHILD=2
    Episodes CHILD=3 DECOM=01/04/2026 REC=E8
    Episodes CHILD=3 DECOM=02/04/2026
    Episodes CHILD=4 DECOM=02/04/2026 REC=E15
    Episodes CHILD=4 DECOM=31/04/2026
""")


@SSDA903.rule("501", "The episode began before the one before it had ceased", Episodes="DECOM DEC")
def none_overlap(looked_after: LookedAfter) -> Flags:
    """On the day it ceased is sound."""
    episodes, before = in_turn(looked_after)
    return [episodes.where(episodes.date("DECOM") < before.date("DEC"))]


none_overlap.examples("""
    Episodes CHILD=1 DECOM=31/05/2026 !
    Episodes CHILD=1 DECOM=01/04/2026 DEC=01/06/2026
    Episodes CHILD=2 DECOM=01/06/2026
    Episodes CHILD=2 DECOM=01/04/2026 DEC=01/06/2026
    Episodes CHILD=3 DECOM=01/05/2026
    Episodes CHILD= DECOM=01/04/2026 DEC=01/06/2026
    Episodes CHILD= DECOM=01/05/2026
""")


@SSDA903.rule(
    "504",
    "The category of need is not what it was in the episode that this one carries on",
    Episodes="DECOM DEC REC CIN",
)
def need_stays(looked_after: LookedAfter) -> Flags:
    """The one before ceased that day with X1. Two blanks are the same."""
    episodes, before = in_turn(looked_after)
    carried_on = before.is_("REC", "X1") & (before.date("DEC") == episodes.date("DECOM"))
    return [episodes.where(carried_on & (episodes.text("CIN") != before.text("CIN")))]


need_stays.examples("""
    Episodes CHILD=1 DECOM=01/04/2026 DEC=01/05/2026 REC=X1 CIN=N1
    Episodes CHILD=1 DECOM=01/05/2026 DEC=01/06/2026 REC=X1 CIN=N2 !
    Episodes CHILD=1 DECOM=01/06/2026 DEC=01/07/2026 REC=X1 !
    Episodes CHILD=1 DECOM=01/07/2026 DEC=01/08/2026 REC=X1
    Episodes CHILD=1 DECOM=02/08/2026 DEC=01/09/2026 REC=E8 CIN=N3
    Episodes CHILD=1 DECOM=01/09/2026 CIN=N4
    Episodes CHILD=2 DECOM=01/09/2026 CIN=N4
""")
