"""What ends by itself when somebody leaves: the supervision planned for them."""

from datetime import date

from hearth.accounts.models import User
from hearth.supervision.actions import drop_planned
from hearth.workforce.leaving import ends_on_leaving


@ends_on_leaving
def supervision_ends(worker: User, _on: date, by: User) -> None:
    """Nobody is left to supervise."""
    drop_planned(worker=worker, by=by)
