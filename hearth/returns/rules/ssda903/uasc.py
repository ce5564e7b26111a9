"""Unaccompanied asylum-seeking children, and the day each ceased to be one (DUC)."""

from dataclasses import dataclass

import numpy as np

from hearth.returns.checking.columns import Mask, years_after
from hearth.returns.checking.looked_after import LAST, LookedAfter
from hearth.returns.checking.rule import Flags
from hearth.returns.checking.tables import Rows
from hearth.returns.rules.books import SSDA903
from hearth.returns.rules.ssda903.answers import birthday
from hearth.returns.rules.ssda903.terms import unaccompanied

ADULT = 18


@SSDA903.rule(
    "104",
    "The day the child ceased to be unaccompanied is not a date, or is before the collection year",
    UASC="DUC",
)
def ceased_in_the_year_or_later(looked_after: LookedAfter) -> Flags:
    """A blank is sound, and so is the first day of the year."""
    uasc = looked_after.UASC
    return [uasc.where(uasc.given("DUC") & ~(uasc.date("DUC") >= looked_after.starts))]


ceased_in_the_year_or_later.examples("""
    UASC DUC=31/03/2026 !
    UASC DUC=01/04/2026
    UASC DUC=01/04/2030
    UASC
    UASC DUC=2026-05-01 !
""")


@SSDA903.rule(
    "303",
    "A day of ceasing to be unaccompanied is given for a child who is not said to be unaccompanied",
    Header="",
    UASC="DUC",
)
def ceased_of_an_unaccompanied_child(looked_after: LookedAfter) -> Flags:
    """In CSV, where a row in UASC says that a child is unaccompanied, there is nothing to find."""
    uasc = looked_after.UASC
    found = uasc.where(uasc.given("DUC") & ~unaccompanied(looked_after, uasc))
    return found, found.up("Header")


ceased_of_an_unaccompanied_child.examples("""
    Header UASC=0 !
    UASC DUC=01/05/2026 !
    Header CHILD=2 UASC=1
    UASC CHILD=2 DUC=01/05/2026
    Header CHILD=3 UASC=0
    UASC CHILD=3
    UASC CHILD=4 DUC=01/05/2026 !
    ----
    Header
    UASC DUC=01/05/2026
""")


@SSDA903.rule(
    "304",
    "The child ceased to be unaccompanied after turning 18",
    UASC="DOB DUC",
)
def ceased_by_eighteen(looked_after: LookedAfter) -> Flags:
    """The birthday itself is sound."""
    uasc = looked_after.UASC
    return [uasc.where(uasc.date("DUC") > birthday(uasc, ADULT))]


ceased_by_eighteen.examples("""
    UASC DOB=01/05/2008 DUC=02/05/2026 !
    UASC DOB=01/05/2008 DUC=01/05/2026
    UASC DOB=01/05/2008
    UASC DUC=02/05/2026
""")


@dataclass(frozen=True)
class Years:
    """Rows, and of the child of each: whether unaccompanied this year and last, and each DUC."""

    rows: Rows
    now: Mask
    before: Mask
    ceased: Rows
    ceased_before: Rows


def _years(looked_after: LookedAfter) -> list[Years]:
    """Of this year's rows in the Header and in UASC, which a rule of both years finds alike."""
    return [
        Years(
            rows,
            unaccompanied(looked_after, rows),
            unaccompanied(looked_after, rows, LAST),
            rows.up("UASC"),
            rows.up("UASC_last"),
        )
        for rows in (looked_after.Header, looked_after.UASC)
    ]


@SSDA903.rule(
    "205A",
    "The child is no longer unaccompanied, but did not cease to be so last year, or does this year",
    needs="UASC UASC_last",
    Header="UASC?",
    UASC="DUC",
    Header_last="UASC?",
    UASC_last="DUC",
)
def no_longer_unaccompanied(looked_after: LookedAfter) -> Flags:
    """Last year's day lies in that year, its first and last day included; this year has none."""
    found = []
    first, last = years_after(np.array([looked_after.starts, looked_after.ends]), -1)
    for year in _years(looked_after):
        ceased = year.ceased_before.date("DUC")
        sound = (ceased >= first) & (ceased <= last) & year.ceased.blank("DUC")
        found.append(year.rows.where(year.before & ~year.now & ~sound))
    return found


no_longer_unaccompanied.examples("""
    Header CHILD=1 !
    UASC_last CHILD=1
    Header CHILD=2
    UASC_last CHILD=2 DUC=01/04/2025
    Header CHILD=3
    UASC_last CHILD=3 DUC=31/03/2026
    Header CHILD=4 !
    UASC_last CHILD=4 DUC=01/04/2026
    Header CHILD=5 !
    UASC_last CHILD=5 DUC=31/03/2025
    Header CHILD=6
    UASC CHILD=6
    UASC_last CHILD=6
    Header CHILD=7
    UASC_last CHILD=8
    ----
    Header UASC=0 !
    UASC DUC=01/03/2026 !
    UASC_last DUC=01/03/2026
    Header CHILD=2 UASC=0
    UASC_last CHILD=2 DUC=01/03/2026
""")


@SSDA903.rule(
    "205B",
    "The child was unaccompanied in both years, and the days of ceasing to be so do not agree",
    needs="UASC UASC_last",
    Header="UASC?",
    UASC="DUC",
    Header_last="UASC?",
    UASC_last="DOB DUC",
)
def still_unaccompanied(looked_after: LookedAfter) -> Flags:
    """Last year's is the eighteenth birthday. This year's is the same, or a day in the year."""
    found = []
    for year in _years(looked_after):
        now, before = year.ceased.date("DUC"), year.ceased_before.date("DUC")
        sound = looked_after.in_year(now) | (now == before)
        sound &= before == birthday(year.ceased_before, ADULT)
        found.append(year.rows.where(year.before & year.now & ~sound))
    return found


still_unaccompanied.examples("""
    Header CHILD=1
    UASC CHILD=1 DUC=01/05/2028
    UASC_last CHILD=1 DOB=01/05/2010 DUC=01/05/2028
    Header CHILD=2
    UASC CHILD=2 DUC=01/04/2026
    UASC_last CHILD=2 DOB=01/05/2010 DUC=01/05/2028
    Header CHILD=3 !
    UASC CHILD=3 DUC=01/04/2027 !
    UASC_last CHILD=3 DOB=01/05/2010 DUC=01/05/2028
    Header CHILD=4 !
    UASC CHILD=4 DUC=01/05/2026 !
    UASC_last CHILD=4 DOB=01/05/2010
    Header CHILD=5 !
    UASC CHILD=5 DUC=30/04/2028 !
    UASC_last CHILD=5 DOB=01/05/2010 DUC=30/04/2028
    Header CHILD=6 !
    UASC CHILD=6 !
    UASC_last CHILD=6 DOB=01/05/2010 DUC=01/05/2028
    Header CHILD=7
    UASC CHILD=7
    Header CHILD=8
    UASC_last CHILD=8
""")


@SSDA903.rule(
    "205C",
    "A day of ceasing to be unaccompanied is given for a child who was so in neither year",
    needs="UASC UASC_last",
    Header="UASC?",
    UASC="DUC",
    Header_last="UASC?",
    UASC_last="DUC",
)
def unaccompanied_in_neither_year(looked_after: LookedAfter) -> Flags:
    """The day may be given in either. In CSV there is nothing to find."""
    found = []
    for year in _years(looked_after):
        given = year.ceased.given("DUC") | year.ceased_before.given("DUC")
        found.append(year.rows.where(given & ~year.before & ~year.now))
    return found


unaccompanied_in_neither_year.examples("""
    Header CHILD=1 UASC=0 !
    UASC CHILD=1 DUC=01/05/2026 !
    Header_last CHILD=1 UASC=0
    Header CHILD=2 UASC=0 !
    Header_last CHILD=2 UASC=0
    UASC_last CHILD=2 DUC=01/05/2025
    Header CHILD=3 UASC=0
    Header_last CHILD=3 UASC=0
    Header CHILD=4 UASC=1
    UASC CHILD=4 DUC=01/05/2026
    Header_last CHILD=4 UASC=0
    Header CHILD=5 UASC=0
    Header_last CHILD=5 UASC=1
    UASC_last CHILD=5 DUC=01/05/2025
    ----
    Header
    UASC DUC=01/05/2026
    UASC_last DUC=01/05/2025
""")


@SSDA903.rule(
    "205D",
    "The child is unaccompanied this year, and was in last year's return without being so",
    needs="Header Header_last",
    outside="unaccompanied unaccompanied_last",
    Header="UASC?",
    Header_last="UASC?",
)
def newly_unaccompanied(looked_after: LookedAfter) -> Flags:
    """A child who was not in last year's Header is not asked about."""
    children = looked_after.Header
    before = children.up("Header_last").there & ~unaccompanied(looked_after, children, LAST)
    return [children.where(before & unaccompanied(looked_after, children))]


newly_unaccompanied.examples("""
    Header CHILD=1 !
    UASC CHILD=1
    Header_last CHILD=1
    Header CHILD=2
    UASC CHILD=2
    Header_last CHILD=2
    UASC_last CHILD=2
    Header CHILD=3
    UASC CHILD=3
    Header CHILD=4
    Header_last CHILD=4
    ----
    Header UASC=1 !
    Header_last UASC=0
    Header CHILD=2 UASC=1
    Header_last CHILD=2 UASC=1
""")
