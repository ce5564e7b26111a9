"""Who has looked at a record, and what a worker has looked at."""

from dataclasses import dataclass

from hearth.accounts.models import TrailEvent
from hearth.accounts.trail_pages import Line, lines
from hearth.people.models import Person


@dataclass(frozen=True, slots=True)
class Look:
    """One event, with whom it was about, where the reader may know them."""

    line: Line
    people: tuple[Person, ...]
    unknown: tuple[int, ...]


def with_people(events: list[TrailEvent]) -> list[Look]:
    """Each event in words, with its people: by name or, out of the reader's sight, by number."""
    people = Person.objects.in_bulk({pk for event in events for pk in event.about})
    return [
        Look(
            line,
            tuple(people[pk] for pk in line.event.about if pk in people),
            tuple(pk for pk in line.event.about if pk not in people),
        )
        for line in lines(events)
    ]
