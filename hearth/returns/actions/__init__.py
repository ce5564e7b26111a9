"""What is done with returns. Every write in this room is here."""

from hearth.returns.actions.checking import (
    check_own_census,
    check_return,
    clear_checks,
    delete_check,
    keep_check,
    start_check,
)
from hearth.returns.actions.importing import import_census, start_import

__all__ = [
    "check_own_census",
    "check_return",
    "clear_checks",
    "delete_check",
    "import_census",
    "keep_check",
    "start_check",
    "start_import",
]
