"""A permanent home that a child had before they started to be looked after."""

import re
from datetime import date

import numpy as np

from hearth.returns.checking.columns import NEVER, Dates
from hearth.returns.checking.looked_after import CHILD, LookedAfter
from hearth.returns.checking.rule import Flags
from hearth.returns.checking.tables import Rows
from hearth.returns.rules.books import SSDA903
from hearth.returns.rules.ssda903.answers import all_given, any_given
from hearth.returns.rules.ssda903.care import earliest
from hearth.returns.rules.ssda903.episodes_terms import of_child

NONE_BEFORE = "Z1"
ITEMS = ("PREV_PERM", "LA_PERM", "DATE_PERM")
ASKED_FROM = np.datetime64("2016-04-01")

_PARTLY_KNOWN = re.compile(rb"(ZZ|[0-9]{1,2})/(ZZ|[0-9]{1,2})/(ZZZZ|[0-9]{4})")


@SSDA903.rule(
    "630",
    "It is not told whether the child had a permanent home before they were looked after",
    Episodes="DECOM RNE",
    PrevPerm="PREV_PERM LA_PERM DATE_PERM",
)
def told_at_the_start(looked_after: LookedAfter) -> Flags:
    """Of a start since the first day of the year; one row that tells all of it will do.

    Where there was none, Z1, neither the authority nor the date is asked for.
    """
    episodes, homes = looked_after.Episodes, looked_after.PrevPerm
    told = homes.where(homes.is_("PREV_PERM", NONE_BEFORE) | all_given(homes, ITEMS))
    started = episodes.is_("RNE", "S") & (episodes.date("DECOM") >= looked_after.starts)
    return [episodes.where(started & ~episodes.up(CHILD).any(told))]


told_at_the_start.examples("""
    Episodes CHILD=1 DECOM=01/04/2026 RNE=S !
    Episodes CHILD=2 DECOM=01/04/2026 RNE=S !
    PrevPerm CHILD=2 LA_PERM=999 DATE_PERM=ZZ/ZZ/2020
    Episodes CHILD=3 DECOM=01/04/2026 RNE=S !
    PrevPerm CHILD=3 PREV_PERM=P1 LA_PERM=999
    Episodes CHILD=4 DECOM=01/04/2026 RNE=S !
    PrevPerm CHILD=4 PREV_PERM=P1 DATE_PERM=ZZ/ZZ/2020
    Episodes CHILD=5 DECOM=01/04/2026 RNE=S
    PrevPerm CHILD=5 PREV_PERM=P1 LA_PERM=999 DATE_PERM=ZZ/ZZ/2020
    Episodes CHILD=6 DECOM=01/04/2026 RNE=S
    PrevPerm CHILD=6 PREV_PERM=Z1
    Episodes CHILD=7 DECOM=31/03/2026 RNE=S
    Episodes CHILD=8 DECOM=01/05/2026 RNE=P
    Episodes CHILD=9 RNE=S
""")


def _first_possible(rows: Rows) -> Dates:
    """The earliest day that DATE_PERM may stand for; never where it is no day, known in part."""
    values, which = np.unique(rows.text("DATE_PERM"), return_inverse=True)
    days = np.array([_day(bytes(value)) for value in values], dtype="datetime64[D]")
    possible: Dates = days[which.reshape(-1)]
    return possible


def _day(value: bytes) -> np.datetime64:
    parts = _PARTLY_KNOWN.fullmatch(value)
    if not parts:
        return NEVER
    day, month = (1 if part == b"ZZ" else int(part) for part in parts.groups()[:2])
    known = parts[3] != b"ZZZZ"
    try:
        # Every day of a year is one of 2000.
        first = date(int(parts[3]) if known else 2000, month, day)
    except ValueError:
        return NEVER
    return np.datetime64(first if known else date.min)


@SSDA903.rule(
    "632",
    "The day the child had a permanent home is not a date, or not before their first episode",
    Episodes="DECOM",
    PrevPerm="DATE_PERM",
)
def home_before_care(looked_after: LookedAfter) -> Flags:
    """ZZ stands for a day or a month that is not known, and ZZZZ for a year.

    A day known in part is found only when no day that it may be is before the episode.
    """
    homes = looked_after.PrevPerm
    homes = homes.where(homes.given("DATE_PERM"))
    first = of_child(homes, earliest(looked_after.Episodes, "DECOM"))
    possible = _first_possible(homes)
    wrong = np.isnat(possible) | (possible >= first.date("DECOM"))
    return [first.where(wrong), homes.where(wrong)]


home_before_care.examples("""
    Episodes CHILD=1 DECOM=01/05/2026 !
    Episodes CHILD=1 DECOM=01/08/2026
    PrevPerm CHILD=1 DATE_PERM=01/05/2026 !
    PrevPerm CHILD=1 DATE_PERM=30/04/2026
    PrevPerm CHILD=1
    Episodes CHILD=2 DECOM=01/05/2026
    PrevPerm CHILD=2 DATE_PERM=ZZ/ZZ/2026
    PrevPerm CHILD=2 DATE_PERM=ZZ/04/2026
    PrevPerm CHILD=2 DATE_PERM=30/ZZ/2026
    PrevPerm CHILD=2 DATE_PERM=ZZ/ZZ/ZZZZ
    PrevPerm CHILD=2 DATE_PERM=29/02/ZZZZ
    Episodes CHILD=3 DECOM=01/05/2026 !
    PrevPerm CHILD=3 DATE_PERM=ZZ/05/2026 !
    PrevPerm CHILD=3 DATE_PERM=ZZ/ZZ/2027 !
    PrevPerm CHILD=3 DATE_PERM=29/02/2023 !
    PrevPerm CHILD=3 DATE_PERM=30/02/ZZZZ !
    PrevPerm CHILD=3 DATE_PERM=01/01/20ZZ !
    PrevPerm CHILD=3 DATE_PERM=2020-01-01 !
    PrevPerm CHILD=4 DATE_PERM=01/01/2030
    PrevPerm CHILD=4 DATE_PERM=never !
""")


@SSDA903.rule(
    "634",
    "A permanent home is told of a child none of whose episodes began since April 2016",
    Episodes="DECOM",
    PrevPerm="PREV_PERM LA_PERM DATE_PERM",
)
def told_since_2016(looked_after: LookedAfter) -> Flags:
    """An episode on 1 April 2016 is enough.

    A child without an episode, or whose episodes do not say when they began, is not tested.
    """
    episodes, homes = looked_after.Episodes, looked_after.PrevPerm
    told = homes.where(any_given(homes, ITEMS))
    last = told.up(CHILD).latest(episodes, episodes.date("DECOM"))
    early = told.where(last < ASKED_FROM)
    return [episodes.where(episodes.up(CHILD).any(early)), early]


told_since_2016.examples("""
    Episodes CHILD=1 DECOM=31/03/2016 !
    Episodes CHILD=1 DECOM=31/03/2015 !
    Episodes CHILD=1 !
    PrevPerm CHILD=1 PREV_PERM=Z1 !
    PrevPerm CHILD=1 LA_PERM=999 !
    PrevPerm CHILD=1 DATE_PERM=ZZ/ZZ/ZZZZ !
    PrevPerm CHILD=1
    Episodes CHILD=2 DECOM=31/03/2015
    Episodes CHILD=2 DECOM=01/04/2016
    PrevPerm CHILD=2 PREV_PERM=P1
    Episodes CHILD=3 DECOM=31/03/2015
    PrevPerm CHILD=3
    PrevPerm CHILD=4 PREV_PERM=P1
    Episodes CHILD=5
    PrevPerm CHILD=5 PREV_PERM=P1
""")
