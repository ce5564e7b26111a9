"""The one place that draws a person's summary columns and search keys from their facts."""

from collections import defaultdict
from collections.abc import Iterable

from hearth.people.loading import facts_of
from hearth.people.models import (
    Address,
    Birth,
    Characteristic,
    ContactPoint,
    DatedFact,
    Identifier,
    Name,
    Person,
)
from hearth.people.summary import Known, summary

DRAWN_FROM: tuple[type[DatedFact], ...] = (
    Name,
    Birth,
    Characteristic,
    Address,
    ContactPoint,
    Identifier,
)
AT_ONCE = 1000


def refresh(person: Person) -> None:
    """Draw one person's columns again, after a fact of theirs was recorded, ended or corrected."""
    refresh_many([person])


def refresh_many(people: Iterable[Person]) -> None:
    """Draw many people's columns again; only those that differ are written.

    A record that was merged into another keeps its columns and gives up its keys, which the other
    has from then on.
    """
    everyone = list(people)
    for start in range(0, len(everyone), AT_ONCE):
        _refresh(everyone[start : start + AT_ONCE])


def _refresh(people: list[Person]) -> None:
    losers = Person.objects.filter(merged_into__in=[p.pk for p in people])
    merged: defaultdict[int, list[int]] = defaultdict(list)
    la_child_ids = {p.pk: p.la_child_id for p in people}
    for pk, into, la_child_id in losers.values_list("pk", "merged_into_id", "la_child_id"):
        merged[into].append(pk)
        la_child_ids[pk] = la_child_id
    known = _known(la_child_ids)
    changed = [
        person
        for person in people
        if _drawn(person, known, [known[pk] for pk in merged[person.pk]])
    ]
    if changed:
        Person.objects.bulk_update(changed, COLUMNS, batch_size=AT_ONCE)


COLUMNS = tuple(summary(Known()))


def _drawn(person: Person, known: dict[int, Known], merged: list[Known]) -> bool:
    """Put what is so now on the person, and say whether that changed anything."""
    columns = summary(known[person.pk], merged)
    if person.is_merged:
        columns["search_keys"] = []
    changed = any(getattr(person, name) != value for name, value in columns.items())
    for name, value in columns.items():
        setattr(person, name, value)
    return changed


def _known(la_child_ids: dict[int, str | None]) -> dict[int, Known]:
    known = {pk: Known(la_child_ids=[i] if i else []) for pk, i in la_child_ids.items()}
    for fact in facts_of(la_child_ids, DRAWN_FROM):
        known[fact.person_id].add(fact)
    return known
