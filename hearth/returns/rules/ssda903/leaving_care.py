"""Whether one who is recorded as a care leaver (OC3) was looked after, and is no longer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from hearth.returns.checking.columns import Dates, Mask, Places, years_after
from hearth.returns.checking.looked_after import CHILD, LookedAfter
from hearth.returns.checking.rule import Flags
from hearth.returns.checking.spans import falling
from hearth.returns.checking.tables import Rows
from hearth.returns.rules.books import SSDA903
from hearth.returns.rules.ssda903.answers import LEAVER, any_given, birthday
from hearth.returns.rules.ssda903.care import dated, latest, open_ended
from hearth.returns.rules.ssda903.terms import ADOPTED, overlaps_year, short_break

# Looked after for so many days from the one age, and still so at the other.
FROM, FOR_DAYS, AND_AT = 14, 91, 16
A_DAY = np.timedelta64(1, "D")


@SSDA903.rule(
    "1000",
    "A child whose care ended in death is recorded as a care leaver",
    needs="Episodes OC3",
    Episodes="REC",
    OC3="IN_TOUCH? ACTIV? ACCOM?",
    Episodes_last="REC",
)
def died_in_care(looked_after: LookedAfter) -> Flags:
    """This year or, where last year's episodes are known, last; any row of OC3 records it."""
    leavers, died = looked_after.OC3, np.zeros(len(looked_after.OC3), dtype=bool)
    for episodes in (looked_after.Episodes, looked_after.Episodes_last):
        died |= leavers.up(CHILD).any(episodes.where(episodes.is_("REC", "E2")))
    return [leavers.where(died)]


died_in_care.examples("""
    Episodes REC=X1
    Episodes REC=E2
    OC3 !
    OC3 IN_TOUCH=DIED !
    Episodes CHILD=2 REC=E8
    OC3 CHILD=2
    OC3 CHILD=3
    ----
    Episodes_last REC=E2
    OC3 !
    OC3 CHILD=2
""")


@dataclass(frozen=True)
class Known:
    """Every episode of this year and last but short breaks, once each, child by child in order."""

    of: Places
    born: Dates
    began: Dates
    ended: Dates
    adopted: Mask
    last: Mask

    def days_since(self, age: int, children: int) -> Places:
        """How many days each child has been looked after since turning so many years old."""
        days = self.ended - np.maximum(self.began, years_after(self.born, age))
        counted = np.where(np.isnat(days), np.timedelta64(0, "D"), np.maximum(days, 0 * A_DAY))
        totals = np.bincount(self.of, counted.astype(np.int64), minlength=children + 1)
        return totals.astype(np.intp)


def _known(looked_after: LookedAfter) -> Known:
    years = [
        dated(rows.where(~short_break(rows)))
        for rows in (looked_after.Episodes, looked_after.Episodes_last)
    ]

    def joined(column: Callable[[Rows], Any]) -> Any:
        return np.concatenate([column(rows) for rows in years])

    of, began = joined(lambda rows: rows.up(CHILD).places), joined(lambda rows: rows.date("DECOM"))
    ceased = joined(lambda rows: rows.date("DEC"))
    order = np.lexsort((open_ended(ceased), began, of))
    again = np.zeros(len(order), dtype=bool)
    again[1:] = (of[order][1:] == of[order][:-1]) & (began[order][1:] == began[order][:-1])
    order = order[~again]
    last = np.ones(len(order), dtype=bool)
    last[:-1] = of[order][1:] != of[order][:-1]
    ceased = ceased[order]
    return Known(
        of=of[order],
        born=joined(lambda rows: rows.up("Header").date("DOB"))[order],
        began=began[order],
        ended=np.where(last & np.isnat(ceased), looked_after.ends, ceased),
        adopted=joined(lambda rows: rows.is_("REC", *ADOPTED))[order],
        last=last,
    )


@SSDA903.rule(
    "1001",
    "A care leaver was not looked after for long enough from the age of 14, or was adopted",
    Header="DOB",
    Episodes="DECOM DEC LS REC",
    OC3="IN_TOUCH? ACTIV? ACCOM?",
    Episodes_last="DECOM DEC LS REC",
)
def looked_after_for_long_enough(looked_after: LookedAfter) -> Flags:
    """For 91 days in this year and last from the 14th birthday, and a day from the 16th.

    Short breaks do not count. An open episode that is the child's last runs to the end of the year.
    Of one whose date of birth is not known the days are not asked.
    """
    leavers, known, count = looked_after.OC3, _known(looked_after), len(looked_after.children)
    of = leavers.up(CHILD).places
    enough = known.days_since(FROM, count) >= FOR_DAYS
    enough &= known.days_since(AND_AT, count) >= 1
    adopted = np.zeros(count + 1, dtype=bool)
    adopted[known.of[known.last & known.adopted]] = True
    born = ~np.isnat(leavers.up("Header").date("DOB"))
    return [leavers.where(adopted[of] | (born & ~enough[of]))]


looked_after_for_long_enough.examples("""
    Header CHILD=1 DOB=01/05/2009
    Episodes CHILD=1 DECOM=01/04/2026 DEC=01/07/2026 LS=C2 REC=E8
    OC3 CHILD=1
    Header CHILD=2 DOB=01/05/2009
    Episodes CHILD=2 DECOM=01/04/2026 DEC=30/06/2026 LS=C2 REC=E8
    OC3 CHILD=2 !
    Header CHILD=3 DOB=01/05/2009
    Episodes CHILD=3 DECOM=01/04/2026 LS=C2
    Episodes_last CHILD=3 DECOM=01/04/2020 DEC=02/05/2025 LS=C2
    OC3 CHILD=3
    Header CHILD=4 DOB=01/05/2009
    Episodes_last CHILD=4 DECOM=01/04/2020 DEC=01/05/2025 LS=C2
    OC3 CHILD=4 !
    Header CHILD=5 DOB=01/05/2009
    Episodes_last CHILD=5 DECOM=01/04/2020 DEC=02/05/2025 LS=C2
    OC3 CHILD=5
    Header CHILD=6 DOB=01/05/2009
    Episodes CHILD=6 DECOM=01/04/2020 LS=V4
    OC3 CHILD=6 !
    Header CHILD=7 DOB=01/05/2009
    Episodes CHILD=7 DECOM=01/04/2020 DEC=01/05/2026 LS=E1 REC=E11
    OC3 CHILD=7 !
    Header CHILD=8
    Episodes CHILD=8 DECOM=01/04/2020 DEC=01/05/2026 LS=C2 REC=E8
    OC3 CHILD=8
    Header CHILD=9 DOB=01/05/2009
    OC3 CHILD=9 !
    ----
    Header DOB=01/05/2010
    Episodes DECOM=01/03/2026 DEC=15/05/2026 LS=C2 REC=E8
    Episodes_last DECOM=01/03/2026 LS=C2
    OC3 !
""")


@SSDA903.rule(
    "1002",
    "A care leaver has no episode in this year's return or last year's",
    Episodes="",
    OC3="CHILD IN_TOUCH? ACTIV? ACCOM?",
    Episodes_last="",
)
def was_looked_after(looked_after: LookedAfter) -> Flags:
    """In either is enough."""
    leavers, children = looked_after.OC3, looked_after.OC3.up(CHILD)
    known = children.any(looked_after.Episodes) | children.any(looked_after.Episodes_last)
    return [leavers.where(~known)]


was_looked_after.examples("""
    Episodes
    OC3
    Episodes_last CHILD=2
    OC3 CHILD=2
    OC3 CHILD=3 !
""")


def _latest_birthday(looked_after: LookedAfter, leavers: Rows) -> Dates:
    """The 17th birthday of one of 17 when the year ended, the 18th of one of 18, else none."""
    ends = looked_after.ends
    at_17, at_18, at_19 = (birthday(leavers, age) for age in (17, 18, 19))
    birthdays: Dates = np.where(at_18 <= ends, at_18, at_17)
    birthdays[~((at_17 <= ends) & (at_19 > ends))] = np.datetime64("NaT")
    return birthdays


@SSDA903.rule(
    "1007",
    "A care leaver of 17 or 18 was still looked after on the last birthday",
    Episodes="DEC DECOM",
    OC3="DOB IN_TOUCH ACTIV ACCOM",
)
def not_looked_after_on_the_birthday(looked_after: LookedAfter) -> Flags:
    """On it and after: an episode that ceased on the birthday is sound. So is one of 19."""
    leavers, episodes = looked_after.OC3, looked_after.Episodes
    leavers = leavers.where(any_given(leavers, LEAVER))
    ends = open_ended(episodes.date("DEC")) - A_DAY
    looked, _ = falling(
        leavers,
        _latest_birthday(looked_after, leavers),
        episodes,
        episodes.date("DECOM"),
        ends,
        within=CHILD,
    )
    return [looked]


not_looked_after_on_the_birthday.examples("""
    Episodes DECOM=01/01/2020
    OC3 DOB=31/03/2010 ACTIV=F1 !
    OC3 DOB=01/04/2008 ACTIV=F1 !
    OC3 DOB=31/03/2008 ACTIV=F1
    OC3 DOB=01/04/2010 ACTIV=F1
    OC3 DOB=31/03/2010
    OC3 ACTIV=F1
    Episodes CHILD=2 DECOM=01/01/2020 DEC=01/05/2026
    OC3 CHILD=2 DOB=01/05/2008 IN_TOUCH=YES
    OC3 CHILD=2 DOB=30/04/2008 IN_TOUCH=YES !
    Episodes CHILD=3 DECOM=02/05/2026
    OC3 CHILD=3 DOB=01/05/2008 ACCOM=0
    OC3 CHILD=4 DOB=01/05/2008 ACCOM=0
""")


@SSDA903.rule(
    "1016",
    "A care leaver of 17 or 18 has an episode that ceased on the last birthday or later",
    Episodes="DEC",
    OC3="DOB ACCOM IN_TOUCH ACTIV",
)
def ceased_before_the_birthday(looked_after: LookedAfter) -> Flags:
    """An episode that is still open did not cease."""
    leavers, episodes = looked_after.OC3, looked_after.Episodes
    ceased = leavers.up(CHILD).latest(episodes, episodes.date("DEC"))
    late = ceased >= _latest_birthday(looked_after, leavers)
    return [leavers.where(late & any_given(leavers, LEAVER))]


ceased_before_the_birthday.examples("""
    Episodes DEC=01/05/2026
    OC3 DOB=01/05/2009 ACTIV=F1 !
    OC3 DOB=02/05/2009 ACTIV=F1
    OC3 DOB=01/05/2008 ACTIV=F1 !
    OC3 DOB=02/05/2008 ACTIV=F1
    OC3 DOB=01/04/2007 ACTIV=F1
    OC3 DOB=01/05/2009
    OC3 ACTIV=F1
    Episodes CHILD=2
    OC3 CHILD=2 DOB=01/05/2009 ACTIV=F1
""")


@SSDA903.rule(
    "1010",
    "A care leaver was still looked after in last year's return and has no episode in this year's",
    Episodes="",
    OC3="IN_TOUCH? ACTIV? ACCOM?",
    Episodes_last="DECOM DEC",
)
def open_last_year(looked_after: LookedAfter) -> Flags:
    """Of last year's, the episode that began last had not ceased."""
    leavers, last = looked_after.OC3, latest(looked_after.Episodes_last)
    children = leavers.up(CHILD)
    was_open = children.any(last.where(last.blank("DEC")))
    return [leavers.where(was_open & ~children.any(looked_after.Episodes))]


open_last_year.examples("""
    Episodes_last DECOM=01/05/2024 DEC=01/06/2024
    Episodes_last DECOM=01/06/2024
    OC3 !
    Episodes_last CHILD=2 DECOM=01/06/2024
    Episodes_last CHILD=2 DECOM=01/07/2024 DEC=01/08/2024
    OC3 CHILD=2
    Episodes_last CHILD=3 DECOM=01/06/2024
    Episodes CHILD=3
    OC3 CHILD=3
    OC3 CHILD=4
""")


@SSDA903.rule(
    "1011",
    "A child whose care another authority took over is recorded as a care leaver",
    Episodes="DECOM REC",
    OC3="IN_TOUCH ACTIV ACCOM",
)
def taken_over(looked_after: LookedAfter) -> Flags:
    """The episode that began last says so."""
    leavers, last = looked_after.OC3, latest(looked_after.Episodes)
    moved = leavers.up(CHILD).any(last.where(last.is_("REC", "E3")))
    return [leavers.where(moved & any_given(leavers, LEAVER))]


taken_over.examples("""
    Episodes DECOM=01/05/2026 REC=X1
    Episodes DECOM=01/06/2026 REC=E3
    OC3 ACTIV=F1 !
    OC3
    Episodes CHILD=2 DECOM=01/06/2026 REC=E8
    Episodes CHILD=2 DECOM=01/05/2026 REC=E3
    OC3 CHILD=2 ACTIV=F1
    OC3 CHILD=3 ACTIV=F1
""")


@SSDA903.rule(
    "1014",
    "A care leaver not looked after in the year is recorded as an unaccompanied child",
    Episodes="DECOM DEC",
    UASC="DUC?",
    OC3="IN_TOUCH ACTIV ACCOM",
)
def unaccompanied_leavers(looked_after: LookedAfter) -> Flags:
    """An episode that ceased on the year's first day, or began on its last, is in the year."""
    episodes, uasc, leavers = looked_after.Episodes, looked_after.UASC, looked_after.OC3
    in_year = episodes.where(overlaps_year(looked_after, episodes))
    leavers = leavers.where(any_given(leavers, LEAVER))
    leavers = leavers.where(~leavers.up(CHILD).any(in_year) & leavers.up(CHILD).any(uasc))
    return uasc.where(uasc.up(CHILD).any(leavers)), leavers


unaccompanied_leavers.examples("""
    UASC !
    OC3 ACTIV=F1 !
    OC3
    Episodes CHILD=2 DECOM=01/01/2026 DEC=31/03/2026
    UASC CHILD=2 !
    OC3 CHILD=2 ACTIV=F1 !
    Episodes CHILD=3 DECOM=01/01/2026 DEC=01/04/2026
    UASC CHILD=3
    OC3 CHILD=3 ACTIV=F1
    UASC CHILD=4
    OC3 CHILD=4
    OC3 CHILD=5 ACTIV=F1
""")
