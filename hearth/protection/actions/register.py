"""Taking the list of protection plans out of Hearth."""

from datetime import date

from django.db import transaction

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.lib.dates import in_words


@transaction.atomic
def take_out_register(*, day: date, by: User) -> None:
    """Note on the trail that somebody took the list out as a file."""
    trail.record(f"Took out the list of protection plans on {in_words(day)}", None, by=by)
