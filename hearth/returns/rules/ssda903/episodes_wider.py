"""What the return tells elsewhere of a child who has episodes: health, going missing, workers."""

import numpy as np

from hearth.returns.checking.columns import Dates
from hearth.returns.checking.looked_after import CHILD, LookedAfter
from hearth.returns.checking.rule import Flags
from hearth.returns.checking.spans import falling
from hearth.returns.checking.tables import Rows
from hearth.returns.rules.books import SSDA903
from hearth.returns.rules.ssda903.answers import (
    OF_EVERY_CHILD,
    all_given,
    birthday,
    no_day,
    of_a_child,
)
from hearth.returns.rules.ssda903.care import earliest, open_ended
from hearth.returns.rules.ssda903.terms import looked_after_all_year, short_break

HANDOVER = np.timedelta64(7, "D")
DAY = np.timedelta64(1, "D")


@SSDA903.rule(
    "191",
    "The child was looked after all year, and their health is not told in full",
    Episodes="DECOM DEC RNE REC LS",
    OC2="IMMUNISATIONS TEETH_CHECK HEALTH_ASSESSMENT SUBSTANCE_MISUSE",
)
def health_told(looked_after: LookedAfter) -> Flags:
    """The four items asked of every child; of a child with none at all, the first episode."""
    episodes, health = looked_after.Episodes, looked_after.OC2
    untold = ~all_given(health, OF_EVERY_CHILD)
    first = earliest(episodes, "DECOM")
    alone = ~first.up(CHILD).any(health)
    return [
        first.where(alone & looked_after_all_year(looked_after, first)),
        health.where(untold & looked_after_all_year(looked_after, health)),
    ]


health_told.examples("""
    Episodes CHILD=1 DECOM=01/05/2020 RNE=S LS=C2
    OC2 CHILD=1 IMMUNISATIONS=1 TEETH_CHECK=1 HEALTH_ASSESSMENT=1 SUBSTANCE_MISUSE=0
    Episodes CHILD=2 DECOM=01/04/2026 RNE=S LS=C2
    OC2 CHILD=2 IMMUNISATIONS=1 TEETH_CHECK=1 HEALTH_ASSESSMENT=1 !
    Episodes CHILD=3 DECOM=01/05/2026 RNE=P LS=C2
    Episodes CHILD=3 DECOM=01/05/2025 DEC=01/05/2026 RNE=S LS=C2 REC=X1 !
    Episodes CHILD=4 DECOM=02/04/2026 RNE=S LS=C2
    OC2 CHILD=4
    Episodes CHILD=5 DECOM=01/05/2020 RNE=S LS=V4
    OC2 CHILD=6
    Episodes CHILD=7 DECOM=01/05/2020 DEC=01/03/2027 RNE=S LS=C2 REC=E4A
    ----
    Episodes CHILD=1
    OC2 CHILD=1
""")


@SSDA903.rule(
    "580",
    "The child was missing until turning 18, when the episode ceased, but for another reason",
    Episodes="DEC REC",
    Missing="DOB MIS_END",
)
def missing_until_18(looked_after: LookedAfter) -> Flags:
    """The reason is E8; a blank one is found. The date of birth is that in Missing."""
    episodes, missing = looked_after.Episodes, looked_after.Missing
    found = missing.date("MIS_END")
    grown = found == birthday(missing, 18)
    missing, found = missing.where(grown), found[grown]
    that_day, _ = falling(episodes, episodes.date("DEC"), missing, found, found, within=CHILD)
    return [that_day.where(~that_day.is_("REC", "E8"))]


missing_until_18.examples("""
    Episodes CHILD=1 DEC=02/05/2026 REC=E4A !
    Missing CHILD=1 DOB=02/05/2008 MIS_END=02/05/2026
    Episodes CHILD=2 DEC=02/05/2026 REC=E8
    Missing CHILD=2 DOB=02/05/2008 MIS_END=02/05/2026
    Episodes CHILD=3 DEC=01/05/2026 REC=E4A
    Episodes CHILD=3 DEC=02/05/2026 !
    Missing CHILD=3 DOB=02/05/2008 MIS_END=02/05/2026
    Episodes CHILD=4 DEC=02/05/2026 REC=E4A
    Missing CHILD=4 DOB=03/05/2008 MIS_END=02/05/2026
    Episodes CHILD=5 DEC=02/05/2026 REC=E4A
    Missing CHILD=5 MIS_END=02/05/2026
    Missing CHILD=5 DOB=02/05/2008
    Missing CHILD=6 DOB=02/05/2008 MIS_END=02/05/2026
""")


@SSDA903.rule(
    "SW12STG2",
    "The child was looked after at the end of the year, and had no social worker for part of it",
    Episodes="DECOM DEC LS",
    SWEpisodes="SW_DECOM SW_DEC",
)
def workers_all_year(looked_after: LookedAfter) -> Flags:
    """From the child's first episode, or the first day of the year; when not looked after too.

    Up to a week may pass between one worker and the next. Short breaks are left out.
    """
    episodes = looked_after.Episodes
    episodes = of_a_child(episodes.where(~short_break(episodes)))
    ceased = episodes.date("DEC")
    last = episodes.date("DECOM") <= looked_after.ends
    last &= episodes.blank("DEC") | (ceased > looked_after.ends)
    first = earliest(episodes, "DECOM")
    workers, starts, ends = _workers(looked_after)
    begun = np.maximum(first.date("DECOM"), looked_after.starts)
    met, _ = falling(first, begun, workers, starts, ends, within=CHILD)
    in_year = looked_after.in_year(ends + DAY)
    ending = workers.where(in_year)
    followed, _ = falling(ending, ends[in_year] + DAY, workers, starts, ends, within=CHILD)
    children = episodes.up(CHILD)
    covered = children.any(met) & ~children.any(ending.without(followed))
    return [episodes.where(last & ~covered)]


def _workers(looked_after: LookedAfter) -> tuple[Rows, Dates, Dates]:
    """The child's workers, the day each began, and that by which another should have."""
    workers = looked_after.SWEpisodes
    workers = of_a_child(workers.where(~no_day(workers, "SW_DECOM")))
    ends = open_ended(workers.date("SW_DEC") + HANDOVER)
    return workers, workers.date("SW_DECOM"), ends


workers_all_year.examples("""
    Episodes CHILD=1 DECOM=01/05/2025
    SWEpisodes CHILD=1 SW_DECOM=01/02/2026 SW_DEC=01/05/2026
    SWEpisodes CHILD=1 SW_DECOM=09/05/2026
    Episodes CHILD=2 DECOM=01/05/2025 !
    SWEpisodes CHILD=2 SW_DECOM=01/02/2026 SW_DEC=01/05/2026
    SWEpisodes CHILD=2 SW_DECOM=10/05/2026
    Episodes CHILD=3 DECOM=01/05/2026 DEC=01/06/2026
    Episodes CHILD=3 DECOM=01/12/2026 !
    SWEpisodes CHILD=3 SW_DECOM=01/05/2026 SW_DEC=01/06/2026
    SWEpisodes CHILD=3 SW_DECOM=01/12/2026
    Episodes CHILD=4 DECOM=01/12/2026
    SWEpisodes CHILD=4 SW_DECOM=01/12/2026
    Episodes CHILD=5 DECOM=01/12/2026 !
    SWEpisodes CHILD=5 SW_DECOM=02/12/2026
    SWEpisodes CHILD=5
    Episodes CHILD=6 DECOM=01/12/2026 !
    Episodes CHILD=7 DECOM=01/12/2026 DEC=31/03/2027
    Episodes CHILD=8 DECOM=01/12/2026 LS=V3
    Episodes CHILD=9 DECOM=01/12/2025 !
    SWEpisodes CHILD=9 SW_DECOM=01/12/2025 SW_DEC=20/03/2027
    SWEpisodes CHILD=9 SW_DECOM=01/12/2024 SW_DEC=01/01/2025
""")
