"""Taking figures, and the children behind them, out of Hearth."""

from django.db import transaction

from hearth.accounts import trail
from hearth.accounts.models import User


@transaction.atomic
def take_out_figures(*, by: User) -> None:
    """Note on the trail that somebody took the monthly figures out as a file."""
    trail.record("Took out the figures of enquiries, conferences and plans", None, by=by)


@transaction.atomic
def take_out_dropped(*, what: str, by: User) -> None:
    """Note on the trail that somebody took a list of children out as a file."""
    trail.record(f"Took out the list: {what}", None, by=by)
