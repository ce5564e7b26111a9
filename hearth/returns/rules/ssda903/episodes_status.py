"""The legal status: how long each may last, and where it may be used."""

import numpy as np

from hearth.returns.checking.columns import Dates, Mask
from hearth.returns.checking.looked_after import CHILD, LookedAfter
from hearth.returns.checking.rule import Flags
from hearth.returns.checking.tables import Rows
from hearth.returns.rules.books import SSDA903
from hearth.returns.rules.ssda903.answers import birthday
from hearth.returns.rules.ssda903.care import dated
from hearth.returns.rules.ssda903.episodes_terms import TEMPORARY, last_day, numbered
from hearth.returns.rules.ssda903.terms import SHORT_BREAKS, short_break

SHORT_BREAK_DAYS = 17
SHORT_BREAK_DAYS_A_YEAR = 75


def _under(looked_after: LookedAfter, status: str) -> tuple[Rows, Dates, Dates]:
    """Each child's episodes under a status in order, with the day each begins and the day it ends.

    One that has not ceased ends with the year; one that does not say when it began is left out. One
    that ceased on what is no date adds nothing.
    """
    episodes = looked_after.Episodes
    episodes = dated(episodes.where(episodes.is_("LS", status)))
    return episodes, episodes.date("DECOM"), last_day(looked_after, episodes)


def _unbroken(looked_after: LookedAfter, status: str, days: int) -> Flags:
    """The episodes of each run under a status that lasts for more than so many days.

    A run goes on while an episode begins on the day that the one before it ended.
    """
    episodes, starts, ends = _under(looked_after, status)
    before = last_day(looked_after, episodes.preceding(CHILD))
    new = ~(starts == before)
    run, first = numbered(new), starts[new]
    reached = first.copy()
    np.fmax.at(reached, run, ends)
    return [episodes.where((reached - first > np.timedelta64(days, "D"))[run])]


def _together(looked_after: LookedAfter, status: str, days: int) -> Flags:
    """The episodes of each run under a status whose days come to more than so many.

    A run goes on while an episode begins by the day that the one before it ended.
    """
    episodes, starts, ends = _under(looked_after, status)
    before = last_day(looked_after, episodes.preceding(CHILD))
    run = numbered(~(starts <= before))
    lasts = np.where(np.isnat(ends), starts, ends) - starts
    lasted = np.bincount(run, weights=lasts.astype(np.int64))
    return [episodes.where(lasted[run] > days)]


@SSDA903.rule("361", "Police protection lasted for more than 3 days", Episodes="DECOM LS DEC")
def police_protection(looked_after: LookedAfter) -> Flags:
    """From the first day of the run to its last; all of its episodes are found."""
    return _unbroken(looked_after, "L1", 3)


police_protection.examples("""
    Episodes CHILD=1 LS=L1 DECOM=01/05/2026 DEC=04/05/2026
    Episodes CHILD=2 LS=L1 DECOM=01/05/2026 DEC=05/05/2026 !
    Episodes CHILD=3 LS=L1 DECOM=03/05/2026 DEC=05/05/2026 !
    Episodes CHILD=3 LS=L1 DECOM=01/05/2026 DEC=03/05/2026 !
    Episodes CHILD=3 LS=L1 DECOM=06/05/2026 DEC=07/05/2026
    Episodes CHILD=4 LS=L1 DECOM=28/03/2027
    Episodes CHILD=5 LS=L1 DECOM=27/03/2027 !
    Episodes CHILD=6 LS=L1 DECOM=01/05/2026 DEC=03/05/2026
    Episodes CHILD=6 LS=V2 DECOM=03/05/2026 DEC=05/05/2026
    Episodes CHILD=6 LS=L1 DECOM=05/05/2026 DEC=07/05/2026
    Episodes CHILD=7 LS=C2 DECOM=05/05/2026
    Episodes CHILD=7 LS=L1
    Episodes CHILD=8 LS=L1 DECOM=01/05/2026 DEC=05/05/2026 !
    Episodes CHILD=8 LS=L1 DECOM=05/05/2026 DEC=31/06/2026 !
    Episodes CHILD=9 LS=L1 DECOM=05/05/2026 DEC=31/06/2026
""")


@SSDA903.rule(
    "362", "An emergency protection order lasted for more than 21 days", Episodes="DECOM LS DEC"
)
def emergency_protection(looked_after: LookedAfter) -> Flags:
    """From the first day of the run to its last; all of its episodes are found."""
    return _unbroken(looked_after, "L2", 21)


emergency_protection.examples("""
    Episodes CHILD=1 LS=L2 DECOM=01/05/2026 DEC=22/05/2026
    Episodes CHILD=2 LS=L2 DECOM=01/05/2026 DEC=11/05/2026 !
    Episodes CHILD=2 LS=L2 DECOM=11/05/2026 DEC=23/05/2026 !
    Episodes CHILD=3 LS=L2 DECOM=01/05/2026 DEC=11/05/2026
    Episodes CHILD=3 LS=L2 DECOM=12/05/2026 DEC=23/05/2026
""")


@SSDA903.rule(
    "363", "A child assessment order lasted for more than 7 days", Episodes="LS DECOM DEC"
)
def child_assessment(looked_after: LookedAfter) -> Flags:
    """The days of episodes that run on are added up; all of them are found."""
    return _together(looked_after, "L3", 7)


child_assessment.examples("""
    Episodes CHILD=1 LS=L3 DECOM=01/05/2026 DEC=08/05/2026
    Episodes CHILD=2 LS=L3 DECOM=05/05/2026 DEC=09/05/2026 !
    Episodes CHILD=1 LS=L3 DECOM=09/05/2026 DEC=10/05/2026
    Episodes CHILD=2 LS=L3 DECOM=01/05/2026 DEC=05/05/2026 !
    Episodes CHILD=3 LS=L3 DECOM=23/03/2027 !
    Episodes CHILD=5 LS=L3 DECOM=01/05/2026 DEC=05/05/2026
    Episodes CHILD=5 LS=L3 DECOM=05/05/2026 DEC=soon
    Episodes CHILD=4 LS=L3 DECOM=24/03/2027
""")


@SSDA903.rule(
    "364", "A child was detained by the police for more than 21 days", Episodes="LS DECOM DEC"
)
def police_detention(looked_after: LookedAfter) -> Flags:
    """The days of episodes that run on are added up; all of them are found."""
    return _together(looked_after, "J2", 21)


police_detention.examples("""
    Episodes CHILD=1 LS=J2 DECOM=01/05/2026 DEC=22/05/2026
    Episodes CHILD=2 LS=J2 DECOM=01/05/2026 DEC=11/05/2026 !
    Episodes CHILD=2 LS=J2 DECOM=11/05/2026 DEC=23/05/2026 !
    Episodes CHILD=3 LS=J2 DECOM=01/05/2026 DEC=23/05/2026 !
    Episodes CHILD=4 LS=J1 DECOM=01/05/2026 DEC=23/05/2026
""")


@SSDA903.rule("365", "A short break lasted for more than 17 days", Episodes="LS DECOM DEC")
def short_break_length(looked_after: LookedAfter) -> Flags:
    """One of a series recorded break by break; one that has not ceased ends with the year."""
    episodes = looked_after.Episodes
    longest = episodes.date("DECOM") + SHORT_BREAK_DAYS
    over = last_day(looked_after, episodes) > longest
    return [episodes.where(episodes.is_("LS", "V3") & over)]


short_break_length.examples("""
    Episodes LS=V3 DECOM=01/05/2026 DEC=18/05/2026
    Episodes LS=V3 DECOM=01/05/2026 DEC=19/05/2026 !
    Episodes LS=V4 DECOM=01/05/2026 DEC=19/05/2026
    Episodes LS=V3 DECOM=14/03/2027
    Episodes LS=V3 DECOM=13/03/2027 !
    Episodes LS=V3
""")


@SSDA903.rule(
    "366",
    "Each short break is a start of being looked after, and this one is not",
    Episodes="LS RNE",
)
def short_break_starts(looked_after: LookedAfter) -> Flags:
    """A blank reason is found."""
    episodes = looked_after.Episodes
    return [episodes.where(episodes.is_("LS", "V3") & ~episodes.is_("RNE", "S"))]


short_break_starts.examples("""
    Episodes LS=V3 RNE=S
    Episodes LS=V3 RNE=P !
    Episodes LS=V3 !
    Episodes LS=V4 RNE=P
""")


@SSDA903.rule(
    "367",
    "The child's short breaks in the year come to more than 75 days",
    Episodes="LS DECOM DEC",
)
def short_breaks_in_the_year(looked_after: LookedAfter) -> Flags:
    """Only the days in the year count, and only breaks with a day in it are found."""
    episodes, starts, ends = _under(looked_after, "V3")
    inside = np.minimum(ends, looked_after.ends) - np.maximum(starts, looked_after.starts)
    counted = inside > np.timedelta64(0, "D")
    episodes, days = episodes.where(counted), inside[counted].astype(np.int64)
    children = episodes.up(CHILD).places
    total = np.bincount(children, weights=days)
    return [episodes.where(total[children] > SHORT_BREAK_DAYS_A_YEAR)]


short_breaks_in_the_year.examples("""
    Episodes CHILD=1 LS=V3 DECOM=15/03/2026 DEC=01/05/2026 !
    Episodes CHILD=1 LS=V3 DECOM=01/06/2026 DEC=01/07/2026 !
    Episodes CHILD=1 LS=V3 DECOM=15/03/2027 !
    Episodes CHILD=1 LS=V3 DECOM=01/02/2026 DEC=01/04/2026
    Episodes CHILD=1 LS=V4 DECOM=01/02/2027 DEC=01/03/2027
    Episodes CHILD=2 LS=V3 DECOM=15/03/2026 DEC=01/05/2026
    Episodes CHILD=2 LS=V3 DECOM=01/06/2026 DEC=01/07/2026
    Episodes CHILD=2 LS=V3 DECOM=16/03/2027
    Episodes CHILD=2 LS=V3
""")


@SSDA903.rule(
    "378",
    "The child is accommodated by agreement, and cannot be placed with their own parents",
    Episodes="PLACE LS",
)
def with_parents_under_an_order(looked_after: LookedAfter) -> Flags:
    """P1 with V2."""
    episodes = looked_after.Episodes
    return [episodes.where(episodes.is_("PLACE", "P1") & episodes.is_("LS", "V2"))]


with_parents_under_an_order.examples("""
    Episodes PLACE=P1 LS=V2 !
    Episodes PLACE=P1 LS=C2
    Episodes PLACE=U4 LS=V2
    Episodes PLACE=P1
""")


@SSDA903.rule(
    "359",
    "The child is over 18 and still looked after, but not accommodated by agreement in a home",
    Episodes="DEC LS PLACE",
    Header="DOB",
)
def after_18(looked_after: LookedAfter) -> Flags:
    """The 18th birthday is before the last day of the year; V2 with K2 is sound."""
    episodes = looked_after.Episodes
    open_ = episodes.blank("DEC") & (birthday(episodes.up("Header"), 18) < looked_after.ends)
    sound = episodes.is_("LS", "V2") & episodes.is_("PLACE", "K2")
    return [episodes.where(open_ & ~sound)]


after_18.examples("""
    Header DOB=30/03/2009
    Episodes LS=C2 PLACE=U4 !
    Episodes LS=V2 PLACE=U4 !
    Episodes LS=C2 PLACE=K2 !
    Episodes LS=V2 PLACE=K2
    Episodes LS=C2 PLACE=U4 DEC=01/05/2026
    Header CHILD=2 DOB=31/03/2009
    Episodes CHILD=2 LS=C2 PLACE=U4
    Header CHILD=3
    Episodes CHILD=3 LS=C2 PLACE=U4
""")


@SSDA903.rule("382", "A short break cannot be a temporary placement", Episodes="LS PLACE")
def short_break_not_temporary(looked_after: LookedAfter) -> Flags:
    """Either kind of short break."""
    episodes = looked_after.Episodes
    return [episodes.where(short_break(episodes) & episodes.is_("PLACE", *TEMPORARY))]


short_break_not_temporary.examples("""
    Episodes LS=V3 PLACE=T0 !
    Episodes LS=V4 PLACE=T4 !
    Episodes LS=V3 PLACE=U6
    Episodes LS=V2 PLACE=T1
    Episodes LS=V3
""")


@SSDA903.rule("384", "A short break cannot be with long-term foster carers", Episodes="PLACE LS")
def short_break_not_long_term(looked_after: LookedAfter) -> Flags:
    """U1 and U4."""
    episodes = looked_after.Episodes
    return [episodes.where(short_break(episodes) & episodes.is_("PLACE", "U1", "U4"))]


short_break_not_long_term.examples("""
    Episodes LS=V3 PLACE=U1 !
    Episodes LS=V4 PLACE=U4 !
    Episodes LS=V3 PLACE=U3
    Episodes LS=C2 PLACE=U4
""")


@SSDA903.rule(
    "408",
    "The child is placed for adoption under a placement order, but that is not the legal status",
    Episodes="PLACE LS",
)
def placement_order(looked_after: LookedAfter) -> Flags:
    """A5 and A6; a blank legal status is found."""
    episodes = looked_after.Episodes
    placed = episodes.is_("PLACE", "A5", "A6")
    return [episodes.where(placed & ~episodes.is_("LS", "E1"))]


placement_order.examples("""
    Episodes PLACE=A5 LS=E1
    Episodes PLACE=A6 LS=C2 !
    Episodes PLACE=A5 !
    Episodes PLACE=A3 LS=C2
    Episodes LS=C2
""")


def _of_a_child_with(episodes: Rows, status: str) -> Mask:
    return episodes.up(CHILD).any(episodes.where(episodes.is_("LS", status)))


@SSDA903.rule(
    "426", "The child has short breaks of both kinds, V3 and V4, in the year", Episodes="LS"
)
def one_kind_of_short_break(looked_after: LookedAfter) -> Flags:
    """Every short break of such a child is found."""
    episodes = looked_after.Episodes
    both = _of_a_child_with(episodes, "V3") & _of_a_child_with(episodes, "V4")
    return [episodes.where(both & episodes.is_("LS", *SHORT_BREAKS))]


one_kind_of_short_break.examples("""
    Episodes CHILD=1 LS=V3 !
    Episodes CHILD=1 LS=V3 !
    Episodes CHILD=1 LS=V4 !
    Episodes CHILD=1 LS=V2
    Episodes CHILD=2 LS=V3
    Episodes CHILD=2 LS=V3
    Episodes CHILD=3 LS=V4
    Episodes CHILD= LS=V3
    Episodes CHILD= LS=V4
""")
