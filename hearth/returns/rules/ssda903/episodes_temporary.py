"""Temporary placements: how long, how often, and how they begin and end."""

import numpy as np

from hearth.returns.checking.columns import years_after
from hearth.returns.checking.looked_after import CHILD, LookedAfter
from hearth.returns.checking.rule import Flags
from hearth.returns.rules.books import SSDA903
from hearth.returns.rules.ssda903.episodes_terms import TEMPORARY
from hearth.returns.rules.ssda903.terms import in_order


def _longer_than(looked_after: LookedAfter, place: str, days: int) -> Flags:
    """The ceased episodes in a placement that lasted for more than so many days."""
    episodes = looked_after.Episodes
    over = episodes.date("DEC") > episodes.date("DECOM") + days
    return [episodes.where(episodes.is_("PLACE", place) & over)]


@SSDA903.rule(
    "375", "A temporary stay in hospital lasted for more than 42 days", Episodes="DECOM DEC PLACE"
)
def hospital_stay(looked_after: LookedAfter) -> Flags:
    """One that has not ceased is not tested."""
    return _longer_than(looked_after, "T1", 42)


hospital_stay.examples("""
    Episodes PLACE=T1 DECOM=01/05/2026 DEC=12/06/2026
    Episodes PLACE=T1 DECOM=01/05/2026 DEC=13/06/2026 !
    Episodes PLACE=T1 DECOM=01/05/2026
    Episodes PLACE=T2 DECOM=01/05/2026 DEC=13/06/2026
    Episodes PLACE=T1 DEC=13/06/2026
""")


@SSDA903.rule(
    "376",
    "A temporary placement while the foster carer was on holiday lasted for more than 21 days",
    Episodes="DECOM DEC PLACE",
)
def carers_holiday(looked_after: LookedAfter) -> Flags:
    """One that has not ceased is not tested."""
    return _longer_than(looked_after, "T3", 21)


carers_holiday.examples("""
    Episodes PLACE=T3 DECOM=01/05/2026 DEC=22/05/2026
    Episodes PLACE=T3 DECOM=01/05/2026 DEC=23/05/2026 !
    Episodes PLACE=T3 DECOM=01/05/2026
    Episodes PLACE=T1 DECOM=01/05/2026 DEC=23/05/2026
""")


@SSDA903.rule(
    "379",
    "A temporary placement of the kind that lasts for 7 days at most lasted for more",
    Episodes="DECOM DEC PLACE",
)
def seven_days(looked_after: LookedAfter) -> Flags:
    """One that has not ceased is not tested."""
    return _longer_than(looked_after, "T4", 7)


seven_days.examples("""
    Episodes PLACE=T4 DECOM=01/05/2026 DEC=08/05/2026
    Episodes PLACE=T4 DECOM=01/05/2026 DEC=09/05/2026 !
    Episodes PLACE=T4 DECOM=01/05/2026
    Episodes PLACE=T0 DECOM=01/05/2026 DEC=09/05/2026
""")


@SSDA903.rule(
    "377",
    "The child was placed elsewhere for their carer's holidays more than twice in 12 months",
    Episodes="DECOM PLACE",
)
def two_holidays_a_year(looked_after: LookedAfter) -> Flags:
    """The 12 months are any, and a placement is in them when it began in them.

    All of the child's placements of this kind are found.
    """
    episodes = looked_after.Episodes
    holidays = episodes.where(episodes.is_("PLACE", "T3") & episodes.up(CHILD).there)
    begun = in_order(holidays.where(~np.isnat(holidays.date("DECOM"))))
    children, days = begun.up(CHILD).places, begun.date("DECOM")
    third = np.zeros(len(begun), dtype=bool)
    third[2:] = (children[2:] == children[:-2]) & (days[2:] < years_after(days[:-2], 1))
    return [holidays.where(holidays.up(CHILD).any(begun.where(third)))]


two_holidays_a_year.examples("""
    Episodes CHILD=1 PLACE=T3 DECOM=01/08/2026 !
    Episodes CHILD=1 PLACE=T3 DECOM=01/05/2026 !
    Episodes CHILD=1 PLACE=T3 DECOM=01/12/2026 !
    Episodes CHILD=1 PLACE=T3 !
    Episodes CHILD=1 PLACE=U4 DECOM=02/12/2026
    Episodes CHILD=2 PLACE=T3 DECOM=31/03/2026
    Episodes CHILD=2 PLACE=T3 DECOM=01/08/2026
    Episodes CHILD=2 PLACE=T3 DECOM=31/03/2027
    Episodes CHILD=3 PLACE=T3 DECOM=31/03/2026 !
    Episodes CHILD=3 PLACE=T3 DECOM=01/08/2026 !
    Episodes CHILD=3 PLACE=T3 DECOM=30/03/2027 !
    Episodes CHILD=4 PLACE=T3 DECOM=30/03/2027
    Episodes CHILD=4 PLACE=T3 DECOM=30/01/2027
""")


@SSDA903.rule(
    "380",
    "A temporary placement is a change of placement and carer, but the reason for it is another",
    Episodes="PLACE RNE",
)
def temporary_is_a_move(looked_after: LookedAfter) -> Flags:
    """P or B; a blank reason is found."""
    episodes = looked_after.Episodes
    moved = episodes.is_("RNE", "P", "B")
    return [episodes.where(episodes.is_("PLACE", *TEMPORARY) & ~moved)]


temporary_is_a_move.examples("""
    Episodes PLACE=T0 RNE=P
    Episodes PLACE=T4 RNE=B
    Episodes PLACE=T1 RNE=S !
    Episodes PLACE=T2 !
    Episodes PLACE=U4 RNE=S
""")


@SSDA903.rule(
    "381",
    "The child left care from a temporary placement, instead of from the placement it interrupted",
    Episodes="REC PLACE",
)
def care_goes_on_after(looked_after: LookedAfter) -> Flags:
    """A blank reason passes."""
    episodes = looked_after.Episodes
    left = episodes.given("REC") & ~episodes.is_("REC", "X1")
    return [episodes.where(episodes.is_("PLACE", *TEMPORARY) & left)]


care_goes_on_after.examples("""
    Episodes PLACE=T0 REC=X1
    Episodes PLACE=T0
    Episodes PLACE=T3 REC=E4A !
    Episodes PLACE=U4 REC=E4A
""")
