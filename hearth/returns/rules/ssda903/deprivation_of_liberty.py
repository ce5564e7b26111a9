"""Orders that deprive a child of liberty, which the return holds from 2026 to 2027."""

from hearth.returns.checking.columns import Mask
from hearth.returns.checking.looked_after import CHILD, LookedAfter
from hearth.returns.checking.rule import Flags
from hearth.returns.checking.spans import falling
from hearth.returns.checking.tables import Rows
from hearth.returns.rules.books import SSDA903
from hearth.returns.rules.ssda903.answers import no_day
from hearth.returns.rules.ssda903.care import after_the_one_before, in_care, open_ended
from hearth.returns.rules.ssda903.values import a_day

BEGAN = 2027
EXPECTED = ("K2", "Z12", "Z13")
NEVER_WITH_ONE = ("K1", "P1", "R5", "K3")

start = a_day(
    "700",
    "The day the order began is missing or is not a date",
    "DoLo",
    "DOLO_START",
    blank=False,
    since=BEGAN,
)
end = a_day("701", "The day the order ended is not a date", "DoLo", "DOLO_END", since=BEGAN)


@SSDA903.rule(
    "702", "The order did not end after it began", since=BEGAN, DoLo="DOLO_START DOLO_END"
)
def began_before_it_ended(looked_after: LookedAfter) -> Flags:
    """Not on the same day either."""
    orders = looked_after.DoLo
    return [orders.where(orders.date("DOLO_END") <= orders.date("DOLO_START"))]


began_before_it_ended.examples("""
    DoLo DOLO_START=02/05/2026 DOLO_END=01/05/2026 !
    DoLo DOLO_START=02/05/2026 DOLO_END=02/05/2026 !
    DoLo DOLO_START=02/05/2026 DOLO_END=03/05/2026
    DoLo DOLO_START=02/05/2026
    DoLo DOLO_END=03/05/2026
""")


@SSDA903.rule("703", "The order began after the end of the year", since=BEGAN, DoLo="DOLO_START")
def began_by_the_end(looked_after: LookedAfter) -> Flags:
    """The last day is sound."""
    orders = looked_after.DoLo
    return [orders.where(orders.date("DOLO_START") > looked_after.ends)]


began_by_the_end.examples("""
    DoLo DOLO_START=01/04/2027 !
    DoLo DOLO_START=31/03/2027
    DoLo
""")


@SSDA903.rule("704", "The order did not end in the year", since=BEGAN, DoLo="DOLO_END")
def ended_in_the_year(looked_after: LookedAfter) -> Flags:
    """The first and the last day are in it. One that has not ended is sound."""
    orders = looked_after.DoLo
    ends = orders.date("DOLO_END")
    return [orders.where((ends < looked_after.starts) | (ends > looked_after.ends))]


ended_in_the_year.examples("""
    DoLo DOLO_END=31/03/2026 !
    DoLo DOLO_END=01/04/2027 !
    DoLo DOLO_END=01/04/2026
    DoLo DOLO_END=31/03/2027
    DoLo
""")


@SSDA903.rule(
    "705",
    "An order began before the child's order before had ended",
    since=BEGAN,
    DoLo="DOLO_START DOLO_END",
)
def one_at_a_time(looked_after: LookedAfter) -> Flags:
    """On the day that it ended is sound; one that has no day of ending has not."""
    return [after_the_one_before(looked_after.DoLo, "DOLO_START", "DOLO_END")]


one_at_a_time.examples("""
    DoLo DOLO_START=01/07/2026 DOLO_END=02/07/2026 !
    DoLo DOLO_START=01/06/2026
    DoLo DOLO_START=02/05/2026 DOLO_END=01/06/2026
    DoLo CHILD=2 DOLO_START=01/05/2026 DOLO_END=03/05/2026
    DoLo CHILD=2 DOLO_START=02/05/2026 DOLO_END=04/05/2026 !
    DoLo CHILD=3 DOLO_START=01/05/2026
""")


@SSDA903.rule(
    "706",
    "An order that had not ended in last year's return is not in this year's",
    since=BEGAN,
    DoLo="DOLO_START",
    DoLo_last="DOLO_START DOLO_END",
)
def carried_on(looked_after: LookedAfter) -> Flags:
    """An order of this year that began on the same day is the same one.

    The child's orders of this year are found; where there are none, last year's is.
    """
    orders, before = looked_after.DoLo, looked_after.DoLo_last
    before = before.where(before.blank("DOLO_END") & ~no_day(before, "DOLO_START"))
    days = orders.date("DOLO_START")
    again, _ = falling(before, before.date("DOLO_START"), orders, days, days, within=CHILD)
    gone = before.without(again)
    return orders.where(orders.up(CHILD).any(gone)), gone.where(~gone.up(CHILD).any(orders))


carried_on.examples("""
    DoLo_last DOLO_START=01/03/2026
    DoLo DOLO_START=02/03/2026 !
    DoLo !
    DoLo_last CHILD=2 DOLO_START=01/03/2026
    DoLo CHILD=2 DOLO_START=02/03/2026
    DoLo CHILD=2 DOLO_START=1/3/2026
    DoLo_last CHILD=3 DOLO_START=01/03/2026 !
    DoLo_last CHILD=4 DOLO_START=01/03/2026 DOLO_END=02/03/2026
    DoLo CHILD=4 DOLO_START=02/03/2026
    DoLo CHILD=5 DOLO_START=02/03/2026
    DoLo_last CHILD=6
""")


@SSDA903.rule(
    "707",
    "The order did not end while the child was looked after, or goes on after care ended",
    since=BEGAN,
    Episodes="DECOM DEC",
    DoLo="DOLO_START DOLO_END",
)
def while_looked_after(looked_after: LookedAfter) -> Flags:
    """A period of care is of episodes that follow one another; its first and last day are in it.

    An order with no day on which it began is not asked about.
    """
    orders = looked_after.DoLo
    orders = orders.where(~no_day(orders, "DOLO_START"))
    return [orders.without(in_care(looked_after, orders, "DOLO_START", "DOLO_END"))]


while_looked_after.examples("""
    Episodes DECOM=01/05/2026 DEC=01/06/2026
    Episodes DECOM=01/06/2026 DEC=01/07/2026
    Episodes DECOM=01/08/2026
    DoLo DOLO_START=31/05/2026 DOLO_END=01/07/2026
    DoLo DOLO_START=31/05/2026 DOLO_END=02/07/2026 !
    DoLo DOLO_START=31/07/2026 !
    DoLo DOLO_START=01/08/2026
    DoLo DOLO_START=29/04/2026 DOLO_END=30/04/2026 !
    DoLo DOLO_END=30/04/2026
    DoLo CHILD=2 DOLO_START=31/05/2026 !
""")


@SSDA903.rule("708", "The order began by the day of birth", since=BEGAN, DoLo="DOLO_START DOB")
def born_before(looked_after: LookedAfter) -> Flags:
    """That day is not sound either."""
    orders = looked_after.DoLo
    return [orders.where(orders.date("DOLO_START") <= orders.date("DOB"))]


born_before.examples("""
    DoLo DOB=01/05/2026 DOLO_START=30/04/2026 !
    DoLo DOB=01/05/2026 DOLO_START=01/05/2026 !
    DoLo DOB=01/05/2026 DOLO_START=02/05/2026
    DoLo DOLO_START=02/05/2026
    DoLo DOB=01/05/2026
""")


def _during(looked_after: LookedAfter, asked: Mask) -> list[Rows]:
    """The orders under which a child lived in one of the episodes asked for, and those episodes.

    A day in common is enough. An order that has not ended, or that ended before it began, is left
    out, and so is an episode that ceased before it began.
    """
    orders, episodes = looked_after.DoLo, looked_after.Episodes.where(asked)
    orders = orders.where(orders.date("DOLO_START") <= orders.date("DOLO_END"))
    episodes = episodes.where(episodes.date("DECOM") <= open_ended(episodes.date("DEC")))
    starts, ends = orders.date("DOLO_START"), orders.date("DOLO_END")
    began, ceased = episodes.date("DECOM"), open_ended(episodes.date("DEC"))
    within, holding = falling(orders, starts, episodes, began, ceased, within=CHILD)
    inside, around = falling(episodes, began, orders, starts, ends, within=CHILD)
    return [within, around, holding, inside]


@SSDA903.rule(
    "709",
    "A child under an order lived where such a child is not expected to",
    since=BEGAN,
    DoLo="DOLO_START DOLO_END",
    Episodes="DECOM DEC PLACE",
)
def expected_placement(looked_after: LookedAfter) -> Flags:
    """Expected are K2, Z12 and Z13. An order that has not ended is not asked about."""
    return _during(looked_after, ~looked_after.Episodes.is_("PLACE", *EXPECTED))


expected_placement.examples("""
    DoLo DOLO_START=01/05/2026 DOLO_END=01/06/2026 !
    Episodes DECOM=01/01/2026 DEC=01/05/2026 PLACE=U4 !
    Episodes DECOM=01/05/2026 DEC=15/05/2026 PLACE=K2
    Episodes DECOM=15/05/2026 DEC=20/05/2026 !
    Episodes DECOM=20/05/2026 DEC=30/05/2026 PLACE=Z12
    Episodes DECOM=30/05/2026 DEC=31/05/2026 PLACE=Z13
    Episodes DECOM=01/06/2026 PLACE=U4 !
    Episodes DECOM=02/06/2026 PLACE=U4
    Episodes DECOM=02/01/2026 DEC=30/04/2026 PLACE=U4
    DoLo CHILD=2 DOLO_START=01/05/2026
    Episodes CHILD=2 DECOM=01/01/2026 PLACE=U4
    DoLo CHILD=3 DOLO_START=01/05/2026 DOLO_END=01/06/2026
    Episodes CHILD=3 DECOM=01/01/2026 PLACE=K2
    Episodes CHILD=4 DECOM=01/01/2026 PLACE=U4
    DoLo CHILD=5 DOLO_START=01/05/2026 DOLO_END=01/06/2026 !
    Episodes CHILD=5 DECOM=01/01/2026 PLACE=U4 !
""")


@SSDA903.rule(
    "710",
    "A child under an order lived where no such child can",
    since=BEGAN,
    DoLo="DOLO_START DOLO_END",
    Episodes="DECOM DEC PLACE",
)
def possible_placement(looked_after: LookedAfter) -> Flags:
    """None can in K1, K3, P1 or R5. An order that has not ended is not asked about."""
    return _during(looked_after, looked_after.Episodes.is_("PLACE", *NEVER_WITH_ONE))


possible_placement.examples("""
    DoLo DOLO_START=01/05/2026 DOLO_END=01/06/2026 !
    Episodes DECOM=01/01/2026 DEC=01/05/2026 PLACE=K1 !
    Episodes DECOM=01/05/2026 DEC=15/05/2026 PLACE=K2
    Episodes DECOM=15/05/2026 DEC=20/05/2026
    Episodes DECOM=20/05/2026 DEC=30/05/2026 PLACE=P1 !
    Episodes DECOM=30/05/2026 DEC=01/06/2026 PLACE=R5 !
    Episodes DECOM=01/06/2026 PLACE=K3 !
    Episodes DECOM=02/06/2026 PLACE=K1
    DoLo CHILD=2 DOLO_START=01/05/2026
    Episodes CHILD=2 DECOM=01/01/2026 PLACE=K1
    DoLo CHILD=3 DOLO_START=01/05/2026 DOLO_END=01/06/2026
    Episodes CHILD=3 DECOM=01/01/2026 PLACE=U4
""")
