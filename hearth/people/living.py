"""Where somebody may not be recorded to live, as rooms above know it. They register at start-up."""

from collections.abc import Callable
from datetime import date

from hearth.lib.errors import CannotDo
from hearth.people.models import Address, HouseholdMember

# Why this address, or this place in a household, may not be recorded today; None if it may.
WhyNot = Callable[[Address | HouseholdMember, date], str | None]
WHY_NOT_THERE: list[WhyNot] = []


def check_may_live_there(fact: object, today: date) -> None:
    """Refuse an address or a place in a household that a room above keeps somebody from."""
    if isinstance(fact, (Address, HouseholdMember)):
        for why_not in WHY_NOT_THERE:
            if why := why_not(fact, today):
                raise CannotDo(why)
