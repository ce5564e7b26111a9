"""Rules that ask of one value whether it is a code or a day, each declared in a line.

Their examples are made from what they are declared with: each sound value, a blank and a value that
is neither.
"""

from typing import Any

import numpy as np

from hearth.returns.checking.looked_after import LookedAfter
from hearth.returns.checking.rule import Flags, Rule
from hearth.returns.rules.books import SSDA903

TRUE_OR_FALSE = "0 1"


def one_of(code: str, message: str, table: str, column: str, codes: str, *, blank: bool) -> Rule:
    """Declare that a column holds one of these codes; `blank` says whether nothing is sound."""
    reads: dict[str, Any] = {table: column}

    @SSDA903.rule(code, message, **reads)
    def among_codes(looked_after: LookedAfter) -> Flags:
        """Exactly as the codes are written."""
        rows = looked_after.tables[table].rows
        sound = rows.is_(column, *codes.split())
        if blank:
            sound |= rows.blank(column)
        return [rows.where(~sound)]

    sound = [f"{table} {column}={value}" for value in codes.split()]
    among_codes.examples(_lines(*sound, f"{table}{_found(not blank)}", f"{table} {column}=? !"))
    return among_codes


def a_day(
    code: str, message: str, table: str, column: str, *, blank: bool = True, since: int = 0
) -> Rule:
    """Declare that a column holds a day that there was; `blank` says whether nothing is sound."""
    reads: dict[str, Any] = {table: column}

    @SSDA903.rule(code, message, since=since, **reads)
    def real_day(looked_after: LookedAfter) -> Flags:
        """Written as 31/03/2026."""
        rows = looked_after.tables[table].rows
        sound = ~np.isnat(rows.date(column))
        if blank:
            sound |= rows.blank(column)
        return [rows.where(~sound)]

    real_day.examples(
        _lines(
            f"{table} {column}=29/02/2024",
            f"{table} {column}=1/4/2024",
            f"{table}{_found(not blank)}",
            f"{table} {column}=29/02/2025 !",
            f"{table} {column}=2024-02-29 !",
            f"{table} {column}=29/02/24 !",
        )
    )
    return real_day


def _found(found: bool) -> str:  # noqa: FBT001 - it is all that is asked
    return " !" if found else ""


def _lines(*rows: str) -> str:
    return "\n".join(f"    {row}" for row in rows)
