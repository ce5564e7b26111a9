"""The decision that a child should be placed for adoption, and the decision that it should not."""

import numpy as np

from hearth.returns.checking.columns import Places
from hearth.returns.checking.looked_after import CHILD, LookedAfter
from hearth.returns.checking.rule import Flags
from hearth.returns.checking.tables import Rows
from hearth.returns.rules.books import SSDA903
from hearth.returns.rules.ssda903.answers import of_a_child
from hearth.returns.rules.ssda903.care import dated, earliest, latest
from hearth.returns.rules.ssda903.episodes_terms import FOR_ADOPTION, numbered, of_child
from hearth.returns.rules.ssda903.terms import ADOPTED, short_break

# More days than any two dates lie apart, so that one child's days never meet the next one's.
_APART = 100_000_000


@SSDA903.rule(
    "117",
    "The decision to place for adoption or not to is later than the end of the year or of care",
    Episodes="DECOM DEC REC",
    PlacedAdoption="DATE_PLACED DATE_PLACED_CEASED",
)
def decided_by_the_end(looked_after: LookedAfter) -> Flags:
    """The end of care is the day the child's latest episode but those with X1 ceased.

    On either day is sound. A child with no such episode is not tested.
    """
    episodes, decisions = looked_after.Episodes, looked_after.PlacedAdoption
    last = of_child(decisions, latest(episodes.where(~episodes.is_("REC", "X1")), "DECOM"))
    late = np.zeros(len(decisions), dtype=bool)
    for column in ("DATE_PLACED", "DATE_PLACED_CEASED"):
        decided = decisions.date(column)
        late |= (decided > looked_after.ends) | (decided > last.date("DEC"))
    late &= last.there
    return [last.where(late), decisions.where(late)]


decided_by_the_end.examples("""
    Episodes CHILD=1 DECOM=01/05/2026 DEC=01/06/2026 REC=E11 !
    Episodes CHILD=1 DECOM=01/04/2026 DEC=01/05/2026 REC=X1
    PlacedAdoption CHILD=1 DATE_PLACED=02/06/2026 !
    PlacedAdoption CHILD=1 DATE_PLACED=01/05/2026 DATE_PLACED_CEASED=01/06/2026
    PlacedAdoption CHILD=1 DATE_PLACED=01/05/2026 DATE_PLACED_CEASED=02/06/2026 !
    Episodes CHILD=2 DECOM=01/05/2026 !
    PlacedAdoption CHILD=2 DATE_PLACED=01/04/2027 !
    Episodes CHILD=3 DECOM=01/05/2026
    PlacedAdoption CHILD=3 DATE_PLACED=01/05/2026 DATE_PLACED_CEASED=31/03/2027
    Episodes CHILD=4 DECOM=01/05/2026 DEC=01/06/2026 REC=X1
    PlacedAdoption CHILD=4 DATE_PLACED=02/06/2028
    Episodes CHILD=5 DECOM=01/05/2026 DEC=01/06/2026 REC=E8
    PlacedAdoption CHILD=5
""")


@SSDA903.rule(
    "118",
    "The decision not to place for adoption is earlier than the start of the year or of care",
    Episodes="DECOM LS",
    PlacedAdoption="DATE_PLACED_CEASED",
)
def reversed_since_the_start(looked_after: LookedAfter) -> Flags:
    """The start of care is the day the child's earliest episode but short breaks began.

    On either day is sound. A child with no such episode is not tested.
    """
    episodes, decisions = looked_after.Episodes, looked_after.PlacedAdoption
    first = of_child(decisions, earliest(episodes.where(~short_break(episodes)), "DECOM"))
    decided = decisions.date("DATE_PLACED_CEASED")
    early = (decided < first.date("DECOM")) | (decided < looked_after.starts)
    early &= first.there
    return [first.where(early), decisions.where(early)]


reversed_since_the_start.examples("""
    Episodes CHILD=1 DECOM=01/05/2026 LS=C2 !
    Episodes CHILD=1 DECOM=01/04/2026 LS=V3
    PlacedAdoption CHILD=1 DATE_PLACED_CEASED=30/04/2026 !
    PlacedAdoption CHILD=1 DATE_PLACED_CEASED=01/05/2026
    Episodes CHILD=2 DECOM=01/05/2025 !
    PlacedAdoption CHILD=2 DATE_PLACED_CEASED=31/03/2026 !
    Episodes CHILD=3 DECOM=01/05/2025 LS=C2
    PlacedAdoption CHILD=3 DATE_PLACED_CEASED=01/04/2026
    PlacedAdoption CHILD=3
    Episodes CHILD=4 DECOM=01/05/2026 LS=V4
    PlacedAdoption CHILD=4 DATE_PLACED_CEASED=31/03/2020
""")


@SSDA903.rule(
    "551",
    "The child is placed for adoption, and there is no day on which that was decided",
    Episodes="PLACE",
    PlacedAdoption="DATE_PLACED",
)
def placed_by_decision(looked_after: LookedAfter) -> Flags:
    """A day in any of the child's decisions will do."""
    episodes, decisions = looked_after.Episodes, looked_after.PlacedAdoption
    decided = episodes.up(CHILD).any(decisions.where(decisions.given("DATE_PLACED")))
    return [episodes.where(episodes.is_("PLACE", *FOR_ADOPTION) & ~decided)]


placed_by_decision.examples("""
    Episodes CHILD=1 PLACE=A3 !
    Episodes CHILD=1 PLACE=U5
    Episodes CHILD=2 PLACE=A6 !
    PlacedAdoption CHILD=2
    Episodes CHILD=3 PLACE=A4
    PlacedAdoption CHILD=3
    PlacedAdoption CHILD=3 DATE_PLACED=01/05/2026
""")


@SSDA903.rule(
    "552",
    "The child was placed for adoption before the day on which that was decided",
    Episodes="PLACE DECOM",
    PlacedAdoption="DATE_PLACED",
)
def decided_before_placed(looked_after: LookedAfter) -> Flags:
    """The child's latest decision and earliest placement; on the same day is sound."""
    episodes = looked_after.Episodes
    decisions = latest(looked_after.PlacedAdoption, "DATE_PLACED")
    placed = earliest(episodes.where(episodes.is_("PLACE", *FOR_ADOPTION)), "DECOM")
    mine = of_child(decisions, placed)
    late = decisions.date("DATE_PLACED") > mine.date("DECOM")
    return [decisions.where(late), mine.where(late)]


decided_before_placed.examples("""
    Episodes CHILD=1 PLACE=A3 DECOM=01/05/2026 !
    Episodes CHILD=1 PLACE=A4 DECOM=01/06/2026
    PlacedAdoption CHILD=1 DATE_PLACED=01/03/2026
    PlacedAdoption CHILD=1 DATE_PLACED=02/05/2026 !
    Episodes CHILD=2 PLACE=A5 DECOM=01/05/2026
    PlacedAdoption CHILD=2 DATE_PLACED=01/05/2026
    Episodes CHILD=3 PLACE=U5 DECOM=01/05/2026
    PlacedAdoption CHILD=3 DATE_PLACED=02/05/2026
    Episodes CHILD=4 PLACE=A3
    PlacedAdoption CHILD=4 DATE_PLACED=02/05/2026
    PlacedAdoption CHILD=5
""")


def _reversed(decisions: Rows) -> Rows:
    either = decisions.given("DATE_PLACED_CEASED") | decisions.given("REASON_PLACED_CEASED")
    return decisions.where(either)


@SSDA903.rule(
    "553",
    "A placement order is in force, and no decision to place the child for adoption stands",
    Episodes="LS DEC",
    PlacedAdoption="DATE_PLACED DATE_PLACED_CEASED REASON_PLACED_CEASED",
)
def order_rests_on_a_decision(looked_after: LookedAfter) -> Flags:
    """Without a day on which it was decided, every episode under the order is found.

    While one of them has not ceased, a decision that has ceased is found, unless another stands.
    """
    episodes, decisions = looked_after.Episodes, looked_after.PlacedAdoption
    ordered = episodes.where(episodes.is_("LS", "E1"))
    decided = decisions.where(decisions.given("DATE_PLACED"))
    reversed_ = _reversed(decisions)
    stands = decided.where(~np.isin(decided.places, reversed_.places))
    children = reversed_.up(CHILD)
    in_force = children.any(ordered.where(ordered.blank("DEC"))) & ~children.any(stands)
    return [ordered.where(~ordered.up(CHILD).any(decided)), reversed_.where(in_force)]


order_rests_on_a_decision.examples("""
    Episodes CHILD=1 LS=E1 !
    Episodes CHILD=1 LS=E1 DEC=01/05/2026 !
    Episodes CHILD=1 LS=C2
    Episodes CHILD=2 LS=E1 !
    PlacedAdoption CHILD=2
    Episodes CHILD=3 LS=E1
    PlacedAdoption CHILD=3 DATE_PLACED=01/05/2026
    Episodes CHILD=4 LS=E1
    PlacedAdoption CHILD=4 DATE_PLACED=01/05/2026 DATE_PLACED_CEASED=01/06/2026 !
    Episodes CHILD=5 LS=E1
    PlacedAdoption CHILD=5 DATE_PLACED=01/05/2026 REASON_PLACED_CEASED=RD1 !
    Episodes CHILD=6 LS=E1 DEC=01/06/2026
    PlacedAdoption CHILD=6 DATE_PLACED=01/05/2026 DATE_PLACED_CEASED=01/06/2026
    Episodes CHILD=7 LS=E1
    PlacedAdoption CHILD=7 DATE_PLACED=01/05/2025 DATE_PLACED_CEASED=01/06/2025
    PlacedAdoption CHILD=7 DATE_PLACED=01/05/2026
""")


def _periods(looked_after: LookedAfter) -> tuple[Rows, Places]:
    """Each child's dated episodes in order, and the number of the period of care each is in.

    A period begins with a child's first episode, and with one begun later than the last ceased.
    """
    episodes = dated(looked_after.Episodes)
    before = episodes.preceding(CHILD)
    new = ~before.there | (episodes.date("DECOM") > before.date("DEC"))
    return episodes, numbered(new)


def _last_begun(episodes: Rows, decisions: Rows) -> Places:
    """Where, among dated episodes in order, is the child's last begun by a decision; or -1."""
    mine, theirs = decisions.up(CHILD).places, episodes.up(CHILD).places
    days = decisions.date("DATE_PLACED").astype(np.int64) + mine * _APART
    begun = episodes.date("DECOM").astype(np.int64) + theirs * _APART
    at = np.searchsorted(begun, days, side="right") - 1
    return np.where(np.append(theirs, -1)[at] == mine, at, -1)


@SSDA903.rule(
    "554",
    "The placement order was made before the decision to place the child for adoption",
    Episodes="DECOM DEC LS",
    PlacedAdoption="DATE_PLACED",
)
def decided_before_order(looked_after: LookedAfter) -> Flags:
    """The decision is held against the first episode under an order in its own period of care.

    That is the last period begun by the day of the decision. On the same day is sound.
    """
    episodes, period = _periods(looked_after)
    decisions = of_a_child(looked_after.PlacedAdoption)
    at = _last_begun(episodes, decisions)
    ordered = np.flatnonzero(episodes.is_("LS", "E1"))
    numbers, first = np.unique(period[ordered], return_index=True)
    orders = np.full(len(episodes) + 1, -1, dtype=np.intp)
    orders[numbers] = episodes.places[ordered[first]]
    mine = Rows(episodes.table, orders[np.append(period, -1)[at]])
    late = decisions.date("DATE_PLACED") > mine.date("DECOM")
    return [mine.where(late), decisions.where(late)]


decided_before_order.examples("""
    Episodes CHILD=1 DECOM=01/05/2026 LS=E1 !
    Episodes CHILD=1 DECOM=01/04/2026 DEC=01/05/2026 LS=C2
    PlacedAdoption CHILD=1 DATE_PLACED=02/05/2026 !
    PlacedAdoption CHILD=1 DATE_PLACED=01/05/2026
    PlacedAdoption CHILD=1
    Episodes CHILD=2 DECOM=01/05/2026 LS=C2
    PlacedAdoption CHILD=2 DATE_PLACED=02/05/2026
    Episodes CHILD=3 DECOM=01/04/2026 DEC=01/05/2026 LS=E1 !
    Episodes CHILD=3 DECOM=01/06/2026 DEC=01/07/2026 LS=C2
    Episodes CHILD=3 DECOM=01/07/2026 DEC=01/08/2026 LS=E1
    PlacedAdoption CHILD=3 DATE_PLACED=30/04/2026 !
    PlacedAdoption CHILD=3 DATE_PLACED=15/06/2026
    PlacedAdoption CHILD=3 DATE_PLACED=31/03/2026
    Episodes CHILD=4 LS=E1
    PlacedAdoption CHILD=4 DATE_PLACED=15/06/2026
    PlacedAdoption CHILD=5 DATE_PLACED=15/06/2026
    ----
    Episodes CHILD=3 DECOM=01/04/2026 DEC=01/05/2026 LS=E1
    Episodes CHILD=3 DECOM=01/06/2026 DEC=01/07/2026 LS=E1 !
    Episodes CHILD=3 DECOM=01/07/2026 LS=E1
    PlacedAdoption CHILD=3 DATE_PLACED=15/07/2026 !
""")


@SSDA903.rule(
    "557",
    "The child left care without being adopted, and the decision to place them has not ceased",
    Episodes="PLACE LS REC",
    PlacedAdoption="DATE_PLACED_CEASED REASON_PLACED_CEASED",
)
def reversed_when_not_adopted(looked_after: LookedAfter) -> Flags:
    """Of a child placed for adoption or under a placement order.

    One decision with both its day and its reason will do; without one, each of them is found.
    """
    episodes, decisions = looked_after.Episodes, looked_after.PlacedAdoption
    left = episodes.given("REC") & ~episodes.is_("REC", "X1", *ADOPTED)
    left &= episodes.is_("PLACE", *FOR_ADOPTION) | episodes.is_("LS", "E1")
    both = decisions.given("DATE_PLACED_CEASED") & decisions.given("REASON_PLACED_CEASED")
    untold = episodes.where(left & ~episodes.up(CHILD).any(decisions.where(both)))
    return [untold, decisions.where(decisions.up(CHILD).any(untold))]


reversed_when_not_adopted.examples("""
    Episodes CHILD=1 PLACE=A3 REC=E4A !
    Episodes CHILD=2 LS=E1 REC=E8 !
    PlacedAdoption CHILD=2 DATE_PLACED_CEASED=01/05/2026 !
    Episodes CHILD=3 LS=E1 REC=E8 !
    PlacedAdoption CHILD=3 REASON_PLACED_CEASED=RD1 !
    PlacedAdoption CHILD=3 !
    Episodes CHILD=4 LS=E1 PLACE=A5 REC=E8
    PlacedAdoption CHILD=4 DATE_PLACED_CEASED=01/05/2026 REASON_PLACED_CEASED=RD1
    PlacedAdoption CHILD=4
    Episodes CHILD=5 LS=E1 PLACE=A5 REC=E11
    PlacedAdoption CHILD=5
    Episodes CHILD=6 LS=E1 REC=X1
    Episodes CHILD=7 LS=E1
    Episodes CHILD=8 LS=C2 PLACE=U5 REC=E8
    PlacedAdoption CHILD=8
""")


@SSDA903.rule(
    "558",
    "The child was adopted, but the last decision to place them is said to have ceased",
    Episodes="DECOM REC",
    PlacedAdoption="DATE_PLACED DATE_PLACED_CEASED",
)
def last_decision_stood(looked_after: LookedAfter) -> Flags:
    """Only where more than one decision ceased in the year.

    The latest episode ended in adoption, and the last decision is that of the latest day placed.
    """
    decisions = looked_after.PlacedAdoption
    last = latest(looked_after.Episodes, "DECOM")
    adopted = last.where(last.is_("REC", *ADOPTED))
    in_year = decisions.where(looked_after.in_year(decisions.date("DATE_PLACED_CEASED")))
    newest = of_child(adopted, latest(decisions, "DATE_PLACED"))
    several = adopted.up(CHILD).count(in_year) > 1
    return [adopted.where(several & newest.given("DATE_PLACED_CEASED"))]


last_decision_stood.examples("""
    Episodes CHILD=1 DECOM=01/05/2026 REC=E11 !
    Episodes CHILD=1 DECOM=01/04/2026 REC=X1
    PlacedAdoption CHILD=1 DATE_PLACED=01/04/2026 DATE_PLACED_CEASED=01/05/2026
    PlacedAdoption CHILD=1 DATE_PLACED=02/05/2026 DATE_PLACED_CEASED=01/06/2026
    Episodes CHILD=2 DECOM=01/05/2026 REC=E12
    PlacedAdoption CHILD=2 DATE_PLACED=02/06/2026
    PlacedAdoption CHILD=2 DATE_PLACED=01/04/2026 DATE_PLACED_CEASED=01/05/2026
    PlacedAdoption CHILD=2 DATE_PLACED=02/05/2026 DATE_PLACED_CEASED=01/06/2026
    Episodes CHILD=3 DECOM=01/05/2026 REC=E12
    PlacedAdoption CHILD=3 DATE_PLACED=01/04/2026 DATE_PLACED_CEASED=01/05/2026
    PlacedAdoption CHILD=3 DATE_PLACED=01/04/2025 DATE_PLACED_CEASED=31/03/2026
    Episodes CHILD=4 DECOM=01/04/2026 REC=E11
    Episodes CHILD=4 DECOM=01/05/2026 REC=E8
    PlacedAdoption CHILD=4 DATE_PLACED=01/04/2026 DATE_PLACED_CEASED=01/05/2026
    PlacedAdoption CHILD=4 DATE_PLACED=02/05/2026 DATE_PLACED_CEASED=01/06/2026
    Episodes CHILD=5 DECOM=01/05/2026 REC=E12 !
    PlacedAdoption CHILD=5
    PlacedAdoption CHILD=5 DATE_PLACED=01/04/2026 DATE_PLACED_CEASED=01/05/2026
    PlacedAdoption CHILD=5 DATE_PLACED=02/05/2026 DATE_PLACED_CEASED=01/06/2026
""")


@SSDA903.rule(
    "1003",
    "It was decided to place the child for adoption before they started to be looked after",
    Episodes="DECOM RNE",
    PlacedAdoption="DATE_PLACED",
)
def decided_in_care(looked_after: LookedAfter) -> Flags:
    """On the first day they started, of those in the return, is sound.

    A child whose start is not in the return is not tested.
    """
    episodes, decisions = looked_after.Episodes, looked_after.PlacedAdoption
    starts = earliest(episodes.where(episodes.is_("RNE", "S")), "DECOM")
    mine = of_child(decisions, starts)
    early = decisions.date("DATE_PLACED") < mine.date("DECOM")
    return [mine.where(early), decisions.where(early)]


decided_in_care.examples("""
    Episodes CHILD=1 DECOM=01/05/2026 RNE=S !
    Episodes CHILD=1 DECOM=01/08/2026 RNE=S
    PlacedAdoption CHILD=1 DATE_PLACED=30/04/2026 !
    PlacedAdoption CHILD=1 DATE_PLACED=01/05/2026
    Episodes CHILD=2 DECOM=01/05/2026 RNE=P
    PlacedAdoption CHILD=2 DATE_PLACED=30/04/2026
    Episodes CHILD=3 RNE=S
    PlacedAdoption CHILD=3 DATE_PLACED=30/04/2026
    PlacedAdoption CHILD=3
""")
