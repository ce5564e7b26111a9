"""The episode that last year's return left open, which this year's begins with."""

import numpy as np

from hearth.returns.checking.looked_after import LookedAfter
from hearth.returns.checking.rule import Flags
from hearth.returns.rules.books import SSDA903
from hearth.returns.rules.ssda903.episodes_terms import (
    OTHER_PLACES,
    carried_over,
    differ,
    left_open,
    same_as_last_year,
)

# The return in which Z1 became Z11 to Z14.
Z1_ENDED = np.datetime64("2026")


same_reason = same_as_last_year("503A", "the reason for it being new", "RNE", "S P")


same_status = same_as_last_year("503B", "its legal status", "LS", "C1 C2")


same_need = same_as_last_year("503C", "the category of need", "CIN", "N1 N2")


@SSDA903.rule(
    "503D",
    "The episode was open last year, and the placement type is not what it was",
    Episodes="DECOM PLACE",
    Episodes_last="DECOM DEC PLACE",
)
def same_place(looked_after: LookedAfter) -> Flags:
    """Two blanks are the same. In the return of 2025 to 2026, Z1 may become one of Z11 to Z14."""
    first, last = carried_over(looked_after)
    other = last.there & differ(first, last, "PLACE")
    if looked_after.ends.astype("datetime64[Y]") == Z1_ENDED:
        other &= ~(last.is_("PLACE", "Z1") & first.is_("PLACE", *OTHER_PLACES))
    return [first.where(other)]


same_place.examples(left_open("PLACE", "U4", "U6"))
same_place.examples("""
    year ends=2026-03-31
    Episodes_last CHILD=1 DECOM=01/05/2024 PLACE=Z1
    Episodes CHILD=1 DECOM=01/05/2024 PLACE=Z11
    Episodes_last CHILD=2 DECOM=01/05/2024 PLACE=Z1
    Episodes CHILD=2 DECOM=01/05/2024 PLACE=K2 !
    Episodes_last CHILD=3 DECOM=01/05/2024 PLACE=K2
    Episodes CHILD=3 DECOM=01/05/2024 PLACE=Z14 !
    ----
    Episodes_last CHILD=1 DECOM=01/05/2025 PLACE=Z1
    Episodes CHILD=1 DECOM=01/05/2025 PLACE=Z11 !
""")


same_provider = same_as_last_year("503E", "the placement's provider", "PLACE_PROVIDER", "PR1 PR4")


same_number = same_as_last_year("503F", "the provider's number", "URN", "SC000001 XXXXXXX")
