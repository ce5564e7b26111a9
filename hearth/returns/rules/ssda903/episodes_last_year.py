"""The episode that last year's return left open, which this year's begins with."""

import numpy as np

from hearth.returns.checking.looked_after import LookedAfter
from hearth.returns.checking.rule import Flags
from hearth.returns.rules.books import SSDA903
from hearth.returns.rules.ssda903.episodes_terms import (
    OTHER_PLACES,
    carried_over,
    changed,
    differ,
)

# The return in which Z1 became Z11 to Z14.
Z1_ENDED = np.datetime64("2026")


@SSDA903.rule(
    "503A",
    "The episode was open last year, and the reason for it being new is not what it was",
    Episodes="DECOM RNE",
    Episodes_last="DECOM DEC RNE",
)
def same_reason(looked_after: LookedAfter) -> Flags:
    """Two blanks are the same. An episode that had ceased last year is not carried over."""
    return changed(looked_after, "RNE")


same_reason.examples("""
    Episodes_last CHILD=1 DECOM=01/05/2025 RNE=S
    Episodes CHILD=1 DECOM=01/05/2025 RNE=S
    Episodes CHILD=1 DECOM=01/06/2026 RNE=P
    Episodes_last CHILD=2 DECOM=01/04/2025 RNE=P
    Episodes_last CHILD=2 DECOM=01/05/2025 RNE=S
    Episodes CHILD=2 DECOM=01/05/2025 RNE=P !
    Episodes_last CHILD=3 DECOM=01/05/2025 DEC=01/06/2025 RNE=S
    Episodes CHILD=3 DECOM=01/05/2026 RNE=P
    Episodes_last CHILD=4 DECOM=01/05/2025 RNE=S
    Episodes CHILD=4 DECOM=01/05/2025 !
    Episodes_last CHILD=5 DECOM=01/05/2025
    Episodes CHILD=5 DECOM=01/05/2025
    Episodes CHILD=6 DECOM=01/05/2025 RNE=S
    Episodes_last CHILD=7 DECOM=01/05/2025 DEC=31/02/2026 RNE=S
    Episodes CHILD=7 DECOM=01/05/2025 RNE=P
    Episodes_last CHILD=8 RNE=S
    Episodes CHILD=8 DECOM=01/05/2025 RNE=P
""")


@SSDA903.rule(
    "503B",
    "The episode was open last year, and its legal status is not what it was",
    Episodes="DECOM LS",
    Episodes_last="DECOM DEC LS",
)
def same_status(looked_after: LookedAfter) -> Flags:
    """Two blanks are the same. An episode that had ceased last year is not carried over."""
    return changed(looked_after, "LS")


same_status.examples("""
    Episodes_last CHILD=1 DECOM=01/05/2025 LS=C1
    Episodes CHILD=1 DECOM=01/05/2025 LS=C1
    Episodes CHILD=1 DECOM=01/06/2026 LS=C2
    Episodes_last CHILD=2 DECOM=01/04/2025 LS=C2
    Episodes_last CHILD=2 DECOM=01/05/2025 LS=C1
    Episodes CHILD=2 DECOM=01/05/2025 LS=C2 !
    Episodes_last CHILD=3 DECOM=01/05/2025 DEC=01/06/2025 LS=C1
    Episodes CHILD=3 DECOM=01/05/2026 LS=C2
    Episodes_last CHILD=4 DECOM=01/05/2025 LS=C1
    Episodes CHILD=4 DECOM=01/05/2025 !
    Episodes_last CHILD=5 DECOM=01/05/2025
    Episodes CHILD=5 DECOM=01/05/2025
    Episodes CHILD=6 DECOM=01/05/2025 LS=C1
    Episodes_last CHILD=7 DECOM=01/05/2025 DEC=31/02/2026 LS=C1
    Episodes CHILD=7 DECOM=01/05/2025 LS=C2
    Episodes_last CHILD=8 LS=C1
    Episodes CHILD=8 DECOM=01/05/2025 LS=C2
""")


@SSDA903.rule(
    "503C",
    "The episode was open last year, and the category of need is not what it was",
    Episodes="DECOM CIN",
    Episodes_last="DECOM DEC CIN",
)
def same_need(looked_after: LookedAfter) -> Flags:
    """Two blanks are the same. An episode that had ceased last year is not carried over."""
    return changed(looked_after, "CIN")


same_need.examples("""
    Episodes_last CHILD=1 DECOM=01/05/2025 CIN=N1
    Episodes CHILD=1 DECOM=01/05/2025 CIN=N1
    Episodes CHILD=1 DECOM=01/06/2026 CIN=N2
    Episodes_last CHILD=2 DECOM=01/04/2025 CIN=N2
    Episodes_last CHILD=2 DECOM=01/05/2025 CIN=N1
    Episodes CHILD=2 DECOM=01/05/2025 CIN=N2 !
    Episodes_last CHILD=3 DECOM=01/05/2025 DEC=01/06/2025 CIN=N1
    Episodes CHILD=3 DECOM=01/05/2026 CIN=N2
    Episodes_last CHILD=4 DECOM=01/05/2025 CIN=N1
    Episodes CHILD=4 DECOM=01/05/2025 !
    Episodes_last CHILD=5 DECOM=01/05/2025
    Episodes CHILD=5 DECOM=01/05/2025
    Episodes CHILD=6 DECOM=01/05/2025 CIN=N1
    Episodes_last CHILD=7 DECOM=01/05/2025 DEC=31/02/2026 CIN=N1
    Episodes CHILD=7 DECOM=01/05/2025 CIN=N2
    Episodes_last CHILD=8 CIN=N1
    Episodes CHILD=8 DECOM=01/05/2025 CIN=N2
""")


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


same_place.examples("""
    Episodes_last CHILD=1 DECOM=01/05/2025 PLACE=U4
    Episodes CHILD=1 DECOM=01/05/2025 PLACE=U4
    Episodes CHILD=1 DECOM=01/06/2026 PLACE=U6
    Episodes_last CHILD=2 DECOM=01/04/2025 PLACE=U6
    Episodes_last CHILD=2 DECOM=01/05/2025 PLACE=U4
    Episodes CHILD=2 DECOM=01/05/2025 PLACE=U6 !
    Episodes_last CHILD=3 DECOM=01/05/2025 DEC=01/06/2025 PLACE=U4
    Episodes CHILD=3 DECOM=01/05/2026 PLACE=U6
    Episodes_last CHILD=4 DECOM=01/05/2025 PLACE=U4
    Episodes CHILD=4 DECOM=01/05/2025 !
    Episodes_last CHILD=5 DECOM=01/05/2025
    Episodes CHILD=5 DECOM=01/05/2025
    Episodes CHILD=6 DECOM=01/05/2025 PLACE=U4
    Episodes_last CHILD=7 DECOM=01/05/2025 DEC=31/02/2026 PLACE=U4
    Episodes CHILD=7 DECOM=01/05/2025 PLACE=U6
    Episodes_last CHILD=8 PLACE=U4
    Episodes CHILD=8 DECOM=01/05/2025 PLACE=U6
    ----
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


@SSDA903.rule(
    "503E",
    "The episode was open last year, and the placement's provider is not what it was",
    Episodes="DECOM PLACE_PROVIDER",
    Episodes_last="DECOM DEC PLACE_PROVIDER",
)
def same_provider(looked_after: LookedAfter) -> Flags:
    """Two blanks are the same. An episode that had ceased last year is not carried over."""
    return changed(looked_after, "PLACE_PROVIDER")


same_provider.examples("""
    Episodes_last CHILD=1 DECOM=01/05/2025 PLACE_PROVIDER=PR1
    Episodes CHILD=1 DECOM=01/05/2025 PLACE_PROVIDER=PR1
    Episodes CHILD=1 DECOM=01/06/2026 PLACE_PROVIDER=PR4
    Episodes_last CHILD=2 DECOM=01/04/2025 PLACE_PROVIDER=PR4
    Episodes_last CHILD=2 DECOM=01/05/2025 PLACE_PROVIDER=PR1
    Episodes CHILD=2 DECOM=01/05/2025 PLACE_PROVIDER=PR4 !
    Episodes_last CHILD=3 DECOM=01/05/2025 DEC=01/06/2025 PLACE_PROVIDER=PR1
    Episodes CHILD=3 DECOM=01/05/2026 PLACE_PROVIDER=PR4
    Episodes_last CHILD=4 DECOM=01/05/2025 PLACE_PROVIDER=PR1
    Episodes CHILD=4 DECOM=01/05/2025 !
    Episodes_last CHILD=5 DECOM=01/05/2025
    Episodes CHILD=5 DECOM=01/05/2025
    Episodes CHILD=6 DECOM=01/05/2025 PLACE_PROVIDER=PR1
    Episodes_last CHILD=7 DECOM=01/05/2025 DEC=31/02/2026 PLACE_PROVIDER=PR1
    Episodes CHILD=7 DECOM=01/05/2025 PLACE_PROVIDER=PR4
    Episodes_last CHILD=8 PLACE_PROVIDER=PR1
    Episodes CHILD=8 DECOM=01/05/2025 PLACE_PROVIDER=PR4
""")


@SSDA903.rule(
    "503F",
    "The episode was open last year, and the provider's number is not what it was",
    Episodes="DECOM URN",
    Episodes_last="DECOM DEC URN",
)
def same_number(looked_after: LookedAfter) -> Flags:
    """Two blanks are the same. An episode that had ceased last year is not carried over."""
    return changed(looked_after, "URN")


same_number.examples("""
    Episodes_last CHILD=1 DECOM=01/05/2025 URN=SC000001
    Episodes CHILD=1 DECOM=01/05/2025 URN=SC000001
    Episodes CHILD=1 DECOM=01/06/2026 URN=XXXXXXX
    Episodes_last CHILD=2 DECOM=01/04/2025 URN=XXXXXXX
    Episodes_last CHILD=2 DECOM=01/05/2025 URN=SC000001
    Episodes CHILD=2 DECOM=01/05/2025 URN=XXXXXXX !
    Episodes_last CHILD=3 DECOM=01/05/2025 DEC=01/06/2025 URN=SC000001
    Episodes CHILD=3 DECOM=01/05/2026 URN=XXXXXXX
    Episodes_last CHILD=4 DECOM=01/05/2025 URN=SC000001
    Episodes CHILD=4 DECOM=01/05/2025 !
    Episodes_last CHILD=5 DECOM=01/05/2025
    Episodes CHILD=5 DECOM=01/05/2025
    Episodes CHILD=6 DECOM=01/05/2025 URN=SC000001
    Episodes_last CHILD=7 DECOM=01/05/2025 DEC=31/02/2026 URN=SC000001
    Episodes CHILD=7 DECOM=01/05/2025 URN=XXXXXXX
    Episodes_last CHILD=8 URN=SC000001
    Episodes CHILD=8 DECOM=01/05/2025 URN=XXXXXXX
""")
