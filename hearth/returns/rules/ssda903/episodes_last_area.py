"""Where a placement was that last year's return left open, as this year's tells it."""

import numpy as np

from hearth.returns.checking.columns import Mask
from hearth.returns.checking.looked_after import LookedAfter
from hearth.returns.checking.rule import Flags
from hearth.returns.checking.tables import Rows
from hearth.returns.rules.books import SSDA903
from hearth.returns.rules.ssda903.episodes_terms import (
    carried_over,
    decimal,
    differ,
    same_as_last_year,
)

# Distances are told to a tenth of a mile, and fall short of their sum by less than this.
ROUNDING = 1e-6
APART = 0.2


def _moved(first: Rows, last: Rows) -> Mask:
    """Where the distances are 0.2 miles apart or more, or one is blank and the other is not."""
    apart = np.abs(decimal(first, "PL_DISTANCE") - decimal(last, "PL_DISTANCE"))
    moved: Mask = first.blank("PL_DISTANCE") != last.blank("PL_DISTANCE")
    moved |= apart >= APART - ROUNDING
    return moved


@SSDA903.rule(
    "503G",
    "The episode was open last year, and the distance to the placement is not what it was",
    outside="postcodes",
    Episodes="DECOM PL_DISTANCE",
    Episodes_last="DECOM DEC PL_DISTANCE",
)
def same_distance(looked_after: LookedAfter) -> Flags:
    """By 0.2 miles or more, or known in one of the years only."""
    first, last = carried_over(looked_after)
    return [first.where(last.there & _moved(first, last))]


same_distance.examples("""
    Episodes_last CHILD=1 DECOM=01/05/2025 PL_DISTANCE=10.0 PL_LA=E06000001
    Episodes CHILD=1 DECOM=01/05/2025 PL_DISTANCE=10.1 PL_LA=E06000001
    Episodes_last CHILD=2 DECOM=01/05/2025 PL_DISTANCE=10.0
    Episodes CHILD=2 DECOM=01/05/2025 PL_DISTANCE=10.2 !
    Episodes_last CHILD=3 DECOM=01/05/2025 PL_DISTANCE=10.0
    Episodes CHILD=3 DECOM=01/05/2025 PL_DISTANCE=9.0 !
    Episodes_last CHILD=4 DECOM=01/05/2025 PL_DISTANCE=10.0
    Episodes CHILD=4 DECOM=01/05/2025 !
    Episodes_last CHILD=5 DECOM=01/05/2025
    Episodes CHILD=5 DECOM=01/05/2025 PL_DISTANCE=10.0 !
    Episodes_last CHILD=6 DECOM=01/05/2025
    Episodes CHILD=6 DECOM=01/05/2025
    Episodes_last CHILD=7 DECOM=01/05/2025 DEC=01/06/2025 PL_DISTANCE=10.0
    Episodes CHILD=7 DECOM=01/05/2026 PL_DISTANCE=20.0
    Episodes CHILD=8 DECOM=01/05/2026 PL_DISTANCE=20.0
""")


same_area = same_as_last_year(
    "503H", "the area of the placement", "PL_LA", "E06000001 E06000002", outside="postcodes"
)


same_side = same_as_last_year(
    "503J",
    "whether it is in the authority's area",
    "PL_LOCATION",
    "IN OUT",
    outside="postcodes location",
)


@SSDA903.rule(
    "452",
    "The same episode as was open last year has another authority of placement",
    outside="postcodes",
    Episodes="DECOM RNE PL_LA",
    Episodes_last="DECOM DEC RNE PL_LA",
)
def same_area_for_one_reason(looked_after: LookedAfter) -> Flags:
    """The episodes are the same when their reasons are, RNE. Two blanks are the same."""
    first, last = carried_over(looked_after)
    same = last.there & ~differ(first, last, "RNE")
    return [first.where(same & differ(first, last, "PL_LA"))]


same_area_for_one_reason.examples("""
    Episodes_last CHILD=1 DECOM=01/05/2025 RNE=S PL_LA=E06000001
    Episodes CHILD=1 DECOM=01/05/2025 RNE=S PL_LA=E06000001
    Episodes_last CHILD=2 DECOM=01/05/2025 RNE=S PL_LA=E06000001
    Episodes CHILD=2 DECOM=01/05/2025 RNE=S PL_LA=E06000002 !
    Episodes_last CHILD=3 DECOM=01/05/2025 RNE=S PL_LA=E06000001
    Episodes CHILD=3 DECOM=01/05/2025 RNE=P PL_LA=E06000002
    Episodes_last CHILD=4 DECOM=01/05/2025 RNE=S PL_LA=E06000001
    Episodes CHILD=4 DECOM=01/05/2025 RNE=S !
    Episodes_last CHILD=5 DECOM=01/05/2025 DEC=01/06/2025 RNE=S PL_LA=E06000001
    Episodes CHILD=5 DECOM=01/05/2026 RNE=S PL_LA=E06000002
    Episodes_last CHILD=6 DECOM=01/05/2025
    Episodes CHILD=6 DECOM=01/05/2025
""")


@SSDA903.rule(
    "453",
    "The same episode as was open last year has another distance to the placement",
    outside="postcodes",
    Episodes="DECOM RNE PL_DISTANCE",
    Episodes_last="DECOM DEC RNE PL_DISTANCE",
)
def same_distance_for_one_reason(looked_after: LookedAfter) -> Flags:
    """By 0.2 miles or more, or known in one of the years only."""
    first, last = carried_over(looked_after)
    same = last.there & ~differ(first, last, "RNE")
    return [first.where(same & _moved(first, last))]


same_distance_for_one_reason.examples("""
    Episodes_last CHILD=1 DECOM=01/05/2025 RNE=S PL_DISTANCE=10.0 PL_LA=E06000001
    Episodes CHILD=1 DECOM=01/05/2025 RNE=S PL_DISTANCE=10.1 PL_LA=E06000001
    Episodes_last CHILD=2 DECOM=01/05/2025 RNE=S PL_DISTANCE=10.0
    Episodes CHILD=2 DECOM=01/05/2025 RNE=S PL_DISTANCE=10.2 !
    Episodes_last CHILD=3 DECOM=01/05/2025 RNE=S PL_DISTANCE=10.0
    Episodes CHILD=3 DECOM=01/05/2025 RNE=S PL_DISTANCE=9.0 !
    Episodes_last CHILD=4 DECOM=01/05/2025 RNE=S PL_DISTANCE=10.0
    Episodes CHILD=4 DECOM=01/05/2025 RNE=S !
    Episodes_last CHILD=5 DECOM=01/05/2025 RNE=S
    Episodes CHILD=5 DECOM=01/05/2025 RNE=S PL_DISTANCE=10.0 !
    Episodes_last CHILD=6 DECOM=01/05/2025 RNE=S
    Episodes CHILD=6 DECOM=01/05/2025 RNE=S
    Episodes_last CHILD=7 DECOM=01/05/2025 DEC=01/06/2025 RNE=S PL_DISTANCE=10.0
    Episodes CHILD=7 DECOM=01/05/2026 RNE=S PL_DISTANCE=20.0
    Episodes CHILD=8 DECOM=01/05/2026 RNE=S PL_DISTANCE=20.0
    Episodes_last CHILD=9 DECOM=01/05/2025 RNE=S PL_DISTANCE=10.0
    Episodes CHILD=9 DECOM=01/05/2025 RNE=P PL_DISTANCE=20.0
""")
