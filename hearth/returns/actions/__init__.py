"""What is done with returns. Every write in this room is here."""

from hearth.returns.actions.building import (
    build_census,
    delete_build,
    mark_submitted,
    start_build,
)
from hearth.returns.actions.checking import (
    check_own_census,
    check_return,
    clear_checks,
    delete_check,
    keep_check,
    say_year,
    start_check,
)
from hearth.returns.actions.importing import import_census, start_import

__all__ = [
    "build_census",
    "check_own_census",
    "check_return",
    "clear_checks",
    "delete_build",
    "delete_check",
    "import_census",
    "keep_check",
    "mark_submitted",
    "say_year",
    "start_build",
    "start_check",
    "start_import",
]
