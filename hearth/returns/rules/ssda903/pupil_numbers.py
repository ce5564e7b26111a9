"""The unique pupil number (UPN), or the code for why there is none."""

import re

import numpy as np

from hearth.returns.checking.columns import Mask
from hearth.returns.checking.looked_after import CHILD, LookedAfter
from hearth.returns.checking.rule import Flags
from hearth.returns.checking.tables import Rows
from hearth.returns.rules.books import SSDA903
from hearth.returns.rules.ssda903.answers import birthday
from hearth.returns.rules.ssda903.terms import short_break

NEWLY_LOOKED_AFTER = "UN4"
TOO_YOUNG = "UN1"
OTHER_REASONS = ("UN2", "UN3", NEWLY_LOOKED_AFTER, "UN5")
# The check letter, which is any but I, O and S, and whether the last is a figure or a letter.
_NUMBER = re.compile(rb"[A-HJ-NP-RT-Z][0-9]{11}[0-9A-Z]")


def _no_number(children: Rows) -> Mask:
    return children.is_("UPN", TOO_YOUNG, *OTHER_REASONS)


@SSDA903.rule(
    "168",
    "The UPN is not a letter and 12 characters as they are issued, nor one of UN1 to UN5",
    Header="UPN",
)
def well_formed(looked_after: LookedAfter) -> Flags:
    """A blank is sound. The check letter is not worked out again."""
    children = looked_after.Header
    values, which = np.unique(children.text("UPN"), return_inverse=True)
    numbers = np.array([bool(_NUMBER.fullmatch(value)) for value in values], dtype=bool)
    sound = numbers[which.reshape(-1)] | children.blank("UPN") | _no_number(children)
    return [children.where(~sound)]


well_formed.examples("""
    Header UPN=A123456789012
    Header UPN=T12345678901B
    Header UPN=UN1
    Header UPN=UN5
    Header
    Header UPN=UN6 !
    Header UPN=I123456789012 !
    Header UPN=A12345678901 !
    Header UPN=A1234567890123 !
    Header UPN=a123456789012 !
""")


@SSDA903.rule(
    "208", "The UPN is not as it was in last year's return", Header="UPN", Header_last="UPN"
)
def as_before(looked_after: LookedAfter) -> Flags:
    """A number may take the place of a blank or a reason; UN2 to UN5 that of a blank or UN1."""
    children = looked_after.Header
    before = children.up("Header_last")
    changed = before.there & (children.text("UPN") != before.text("UPN"))
    none_before = before.blank("UPN")
    now_known = children.given("UPN") & ~_no_number(children)
    now_known &= none_before | _no_number(before)
    other_reason = children.is_("UPN", *OTHER_REASONS)
    other_reason &= none_before | before.is_("UPN", TOO_YOUNG)
    return [children.where(changed & ~now_known & ~other_reason)]


as_before.examples("""
    Header CHILD=1 UPN=A123456789012 !
    Header_last CHILD=1 UPN=A123456789011
    Header CHILD=2 UPN=A123456789012
    Header_last CHILD=2 UPN=UN4
    Header CHILD=3 UPN=A123456789012
    Header_last CHILD=3
    Header CHILD=4 UPN=UN3
    Header_last CHILD=4 UPN=UN1
    Header CHILD=5 UPN=UN3
    Header_last CHILD=5
    Header CHILD=6 UPN=UN1 !
    Header_last CHILD=6
    Header CHILD=7 UPN=UN2 !
    Header_last CHILD=7 UPN=UN3
    Header CHILD=8 !
    Header_last CHILD=8 UPN=UN3
    Header CHILD=9 UPN=UN5 !
    Header_last CHILD=9 UPN=A123456789012
    Header CHILD=10
    Header_last CHILD=10
    Header CHILD=11 UPN=A123456789013
""")


@SSDA903.rule(
    "209",
    "A child old enough for school is said to have no UPN because of being too young",
    Header="DOB UPN",
)
def too_young_for_one(looked_after: LookedAfter) -> Flags:
    """Old enough is 4 by the 31 August before the school year that the return's year began in."""
    children = looked_after.Header
    year = looked_after.starts.astype("datetime64[Y]")
    september = (year - 1).astype("datetime64[M]") + np.timedelta64(8, "M")
    old_enough = birthday(children, 4) < september.astype("datetime64[D]")
    return [children.where(old_enough & children.is_("UPN", TOO_YOUNG))]


too_young_for_one.examples("""
    Header UPN=UN1 DOB=31/08/2021 !
    Header UPN=UN1 DOB=01/09/2021
    Header UPN=UN2 DOB=31/08/2021
    Header UPN=UN1
    Header DOB=31/08/2021
""")


@SSDA903.rule(
    "210",
    "The UPN is said not to be known yet, but care began before the last week of the year",
    Header="UPN",
    Episodes="DECOM",
)
def newly_looked_after(looked_after: LookedAfter) -> Flags:
    """The last week begins on 24 March."""
    episodes = looked_after.Episodes
    last_march = looked_after.ends.astype("datetime64[Y]").astype("datetime64[M]") + 2
    week = last_march.astype("datetime64[D]") + np.timedelta64(23, "D")
    awaited = episodes.up("Header").is_("UPN", NEWLY_LOOKED_AFTER)
    found = episodes.where(awaited & (episodes.date("DECOM") < week))
    return found.up("Header"), found


newly_looked_after.examples("""
    Header UPN=UN4 !
    Episodes DECOM=23/03/2027 !
    Episodes DECOM=24/03/2027
    Header CHILD=2 UPN=UN4
    Episodes CHILD=2 DECOM=24/03/2027
    Episodes CHILD=2
    Header CHILD=3 UPN=UN5
    Episodes CHILD=3 DECOM=23/03/2027
    Episodes CHILD=4 DECOM=23/03/2027
""")


@SSDA903.rule(
    "442",
    "The UPN, or why there is none, is missing for a child who was not only on short breaks",
    Header="UPN",
    Episodes="LS",
)
def given_unless_short_breaks(looked_after: LookedAfter) -> Flags:
    """An episode with no legal status is not one of short breaks."""
    children, episodes = looked_after.Header, looked_after.Episodes
    in_care = children.up(CHILD).any(episodes.where(~short_break(episodes)))
    return [children.where(in_care & children.blank("UPN"))]


given_unless_short_breaks.examples("""
    Header !
    Episodes LS=V3
    Episodes LS=C2
    Header CHILD=2
    Episodes CHILD=2 LS=V3
    Episodes CHILD=2 LS=V4
    Header CHILD=3 UPN=UN1
    Episodes CHILD=3 LS=C2
    Header CHILD=4 !
    Episodes CHILD=4
    Header CHILD=5
""")


@SSDA903.rule("444", "Two children have the same UPN", Header="UPN")
def of_one_child(looked_after: LookedAfter) -> Flags:
    """A blank and the codes UN1 to UN5 may be repeated."""
    children = looked_after.Header
    numbered = children.where(children.given("UPN") & ~_no_number(children))
    return [numbered.where(numbered.alike("UPN") > 1)]


of_one_child.examples("""
    Header CHILD=1 UPN=A123456789012 !
    Header CHILD=2 UPN=A123456789012 !
    Header CHILD=3 UPN=A123456789013
    Header CHILD=4 UPN=UN1
    Header CHILD=5 UPN=UN1
    Header CHILD=6
    Header CHILD=7
""")
