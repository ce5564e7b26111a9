"""The days on which an episode began and ceased."""

import numpy as np

from hearth.returns.checking.looked_after import LookedAfter
from hearth.returns.checking.rule import Flags
from hearth.returns.rules.books import SSDA903
from hearth.returns.rules.ssda903.answers import birthday, no_day, of_a_child
from hearth.returns.rules.ssda903.care import earliest, latest
from hearth.returns.rules.ssda903.values import a_day

CHILDREN_ACT = np.datetime64("1991-10-14")
PLACEMENT_ORDERS = np.datetime64("2005-12-01")


began = a_day("141", "The day the episode began is not a date", "Episodes", "DECOM")
ceased = a_day("147", "The day the episode ceased is not a date", "Episodes", "DEC")


@SSDA903.rule(
    "142",
    "The child has a later episode, so this one must have ceased, with the day and the reason",
    Episodes="DECOM DEC REC",
)
def earlier_ones_ceased(looked_after: LookedAfter) -> Flags:
    """Of two that began on the child's last day, the last in the file may be open.

    An episode without a day it began is not tested, nor is it a later one.
    """
    episodes = looked_after.Episodes
    last = latest(episodes, "DECOM")
    earlier = of_a_child(episodes.where(~no_day(episodes, "DECOM"))).without(last)
    return [earlier.where(no_day(earlier, "DEC") | earlier.blank("REC"))]


earlier_ones_ceased.examples("""
    Episodes CHILD=1 DECOM=01/06/2026
    Episodes CHILD=1 DECOM=01/05/2026 DEC=01/06/2026 REC=X1
    Episodes CHILD=1 DECOM=01/04/2026 DEC=01/05/2026 !
    Episodes CHILD=1 DECOM=01/03/2026 REC=X1 !
    Episodes CHILD=1 DECOM=01/02/2026 DEC=30/02/2026 REC=X1 !
    Episodes CHILD=2 DECOM=01/05/2026
    ----
    Episodes CHILD=1 DECOM=01/05/2026
    Episodes CHILD=1 DECOM=
    Episodes CHILD=2 DECOM=01/05/2026 !
    Episodes CHILD=2 DECOM=01/05/2026
""")


@SSDA903.rule(
    "148",
    "The episode has the day it ceased without the reason, or the reason without the day",
    Episodes="DEC REC",
)
def day_and_reason_ceased(looked_after: LookedAfter) -> Flags:
    """A day that is not a date is given all the same."""
    episodes = looked_after.Episodes
    return [episodes.where(episodes.given("DEC") != episodes.given("REC"))]


day_and_reason_ceased.examples("""
    Episodes DEC=01/05/2026 REC=X1
    Episodes
    Episodes DEC=31/02/2026 REC=X1
    Episodes DEC=01/05/2026 !
    Episodes REC=X1 !
""")


@SSDA903.rule(
    "352",
    "The child started to be looked after on or after their 18th birthday",
    Episodes="DECOM RNE",
    Header="DOB",
)
def started_as_a_child(looked_after: LookedAfter) -> Flags:
    """Only episodes that began care."""
    episodes = looked_after.Episodes
    grown = episodes.date("DECOM") >= birthday(episodes.up("Header"), 18)
    return [episodes.where(episodes.is_("RNE", "S") & grown)]


started_as_a_child.examples("""
    Header DOB=02/05/2008
    Episodes DECOM=01/05/2026 RNE=S
    Episodes DECOM=02/05/2026 RNE=S !
    Episodes DECOM=03/05/2026 RNE=S !
    Episodes DECOM=03/05/2026 RNE=P
    Episodes DECOM=03/05/2026
    Episodes RNE=S
    Episodes CHILD=2 DECOM=03/05/2026 RNE=S
    ----
    Header DOB=29/02/2008
    Episodes DECOM=28/02/2026 RNE=S !
    Episodes DECOM=27/02/2026 RNE=S
""")


@SSDA903.rule(
    "353",
    "The episode began before the Children Act came into force, on 14 October 1991",
    Episodes="DECOM",
)
def began_under_the_act(looked_after: LookedAfter) -> Flags:
    """On that day, when the Children Act began, is sound."""
    episodes = looked_after.Episodes
    return [episodes.where(episodes.date("DECOM") < CHILDREN_ACT)]


began_under_the_act.examples("""
    Episodes DECOM=13/10/1991 !
    Episodes DECOM=14/10/1991
    Episodes
""")


@SSDA903.rule("354", "The episode began after the end of the year", Episodes="DECOM")
def began_by_the_end(looked_after: LookedAfter) -> Flags:
    """On the last day is sound."""
    episodes = looked_after.Episodes
    return [episodes.where(episodes.date("DECOM") > looked_after.ends)]


began_by_the_end.examples("""
    Episodes DECOM=31/03/2027
    Episodes DECOM=01/04/2027 !
    Episodes
""")


@SSDA903.rule("355", "The episode began and ceased on the same day", Episodes="DECOM DEC")
def longer_than_a_day(looked_after: LookedAfter) -> Flags:
    """However the day is written; two blanks are not the same day."""
    episodes = looked_after.Episodes
    return [episodes.where(episodes.date("DECOM") == episodes.date("DEC"))]


longer_than_a_day.examples("""
    Episodes DECOM=01/05/2026 DEC=01/05/2026 !
    Episodes DECOM=01/05/2026 DEC=1/5/2026 !
    Episodes DECOM=01/05/2026 DEC=02/05/2026
    Episodes DECOM=01/05/2026
    Episodes
    Episodes DECOM=soon DEC=soon
""")


@SSDA903.rule("356", "The episode ceased before it began", Episodes="DECOM DEC")
def ceased_after_it_began(looked_after: LookedAfter) -> Flags:
    """On the same day is for another rule."""
    episodes = looked_after.Episodes
    return [episodes.where(episodes.date("DEC") < episodes.date("DECOM"))]


ceased_after_it_began.examples("""
    Episodes DECOM=02/05/2026 DEC=01/05/2026 !
    Episodes DECOM=02/05/2026 DEC=02/05/2026
    Episodes DECOM=02/05/2026
    Episodes DEC=01/05/2026
""")


@SSDA903.rule(
    "357",
    "The child's first episode began in the year, so it must be the start of being looked after",
    Episodes="DECOM RNE",
)
def first_starts_care(looked_after: LookedAfter) -> Flags:
    """A blank reason is found; a first episode from before the year is not tested."""
    first = earliest(looked_after.Episodes, "DECOM")
    begun = first.date("DECOM") >= looked_after.starts
    return [first.where(begun & ~first.is_("RNE", "S"))]


first_starts_care.examples("""
    Episodes CHILD=1 DECOM=01/05/2026 RNE=P
    Episodes CHILD=1 DECOM=01/04/2026 RNE=L !
    Episodes CHILD=2 DECOM=01/04/2026 RNE=S
    Episodes CHILD=2 DECOM=01/05/2026 RNE=P
    Episodes CHILD=3 DECOM=31/03/2026 RNE=P
    Episodes CHILD=4 DECOM=01/04/2026 !
    Episodes CHILD=5 RNE=P
""")


@SSDA903.rule("385", "The episode ceased after the end of the year", Episodes="DEC")
def ceased_by_the_end(looked_after: LookedAfter) -> Flags:
    """On the last day is sound."""
    episodes = looked_after.Episodes
    return [episodes.where(episodes.date("DEC") > looked_after.ends)]


ceased_by_the_end.examples("""
    Episodes DEC=31/03/2027
    Episodes DEC=01/04/2027 !
    Episodes
""")


@SSDA903.rule(
    "446",
    "The episode is under a placement order but began before there were any, in December 2005",
    Episodes="DECOM LS",
)
def placement_order_since_2005(looked_after: LookedAfter) -> Flags:
    """On 1 December 2005 is sound."""
    episodes = looked_after.Episodes
    early = episodes.date("DECOM") < PLACEMENT_ORDERS
    return [episodes.where(episodes.is_("LS", "E1") & early)]


placement_order_since_2005.examples("""
    Episodes DECOM=30/11/2005 LS=E1 !
    Episodes DECOM=01/12/2005 LS=E1
    Episodes DECOM=30/11/2005 LS=C2
    Episodes LS=E1
""")
