"""Where somebody may not be recorded to live, as rooms above know it. They register at start-up."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date

from hearth.lib.errors import CannotDo
from hearth.people.models import Address, AddressKind, DatedFact, HouseholdMember

Place = Address | HouseholdMember
# Why this address, or this place in a household, may not be recorded today; None if it may.
WhyNot = Callable[[Place, date], str | None]
WHY_NOT_THERE: list[WhyNot] = []


def check_may_live_there(fact: object, today: date) -> None:
    """Refuse an address or a place in a household that a room above keeps somebody from."""
    if isinstance(fact, (Address, HouseholdMember)):
        for why_not in WHY_NOT_THERE:
            if why := why_not(fact, today):
                raise CannotDo(why)


@contextmanager
def sent_nowhere_else(fact: DatedFact, today: date) -> Iterator[None]:
    """Refuse what leaves somebody recorded to live where a room above keeps them from.

    Ending, correcting or withdrawing one place may let another stand again: a home goes on when
    what took its place was a mistake, and when nobody stays at a temporary address any more.
    """
    before = {place.pk for place in _lived_in(fact, today)}
    yield
    # What is written itself has been looked at already, beside what stood until then.
    for place in _lived_in(fact, today):
        if place.pk not in {*before, fact.pk}:
            try:
                check_may_live_there(place, today)
            except CannotDo as refusal:
                where = f"at {place}" if isinstance(place, Address) else "in this household"
                words = f"It would then say that they live {where}. {refusal}"
                raise CannotDo(
                    f"{words}. If they are elsewhere now, record that instead."
                ) from refusal


def _lived_in(fact: object, today: date) -> list[Place]:
    """Where the person is said to live now, and where once all that has an end has ended."""
    if not isinstance(fact, (Address, HouseholdMember)):
        return []
    kind: type[Place] = type(fact)
    found: Iterable[Place] = kind.objects.standing().filter(person=fact.person_id)
    places = list(found)
    now = [place for place in places if place.held_on(today)]
    for_good = [place for place in places if place.ended_on is None]
    return [*_standing_first(now), *_standing_first(for_good)]


def _standing_first(places: Iterable[Place]) -> list[Place]:
    """A temporary address stands before the home, which is not lived in meanwhile."""
    addresses = [place for place in places if isinstance(place, Address)]
    if any(place.kind == AddressKind.TEMPORARY for place in addresses):
        return [place for place in addresses if place.kind != AddressKind.HOME]
    return list(places)
