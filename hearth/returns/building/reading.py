"""What the record held of a batch of children at a moment: a handful of queries for them all."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection, models

from hearth.accounts.as_at import rows_as_at
from hearth.casework.models import Episode
from hearth.people.models import Birth, Characteristic, Disability, Identifier, Person

# By number, letter for letter on any server; those who have a case and no number come last.
_EVERYBODY = """
    SELECT id FROM people_person p
    WHERE recorded_at <= %s
      AND (la_child_id IS NOT NULL
           OR EXISTS (SELECT FROM casework_episode e WHERE e.child_id = p.id))
    ORDER BY la_child_id COLLATE "C", id
"""


class PersonRow(NamedTuple):
    """Who a record is of."""

    id: int
    la_child_id: str | None
    merged_into_id: int | None


class EpisodeRow(NamedTuple):
    """A child's time with the service."""

    id: int
    child_id: int
    started_on: date
    ended_on: date | None
    referral_source: str
    primary_need: str
    no_further_action: bool
    closure_reason: str


class Fact(NamedTuple):
    """A dated fact that stood: what kind it is of, and what it says."""

    id: int
    person_id: int
    started_on: date | None
    ended_on: date | None
    kind: str
    says: Any

    def held_on(self, day: date) -> bool:
        """Whether it was so on a day."""
        begun = self.started_on is None or self.started_on <= day
        return begun and (self.ended_on is None or day < self.ended_on)


@dataclass(frozen=True, slots=True)
class Known:
    """What stood of a child besides their episodes: facts by kind, the earliest begun first."""

    births: Sequence[Fact]
    characteristics: Sequence[Fact]
    disabilities: Sequence[Fact]
    identifiers: Sequence[Fact]


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose episodes are asked for, and as at when: what each part of an episode reads by."""

    moment: datetime
    episodes: Mapping[int, Sequence[EpisodeRow]]

    def rows(
        self, model: type[models.Model], columns: Sequence[str], by: str = "child_id"
    ) -> list[tuple[Any, ...]]:
        """The rows of these children, as they stood."""
        return self.rows_by(model, columns, by, list(self.episodes))

    def rows_by(
        self, model: type[models.Model], columns: Sequence[str], by: str, ids: Sequence[int]
    ) -> list[tuple[Any, ...]]:
        """The rows with these ids in a column, as they stood."""
        return rows_as_at(model, columns, by=by, ids=ids, moment=self.moment)


def everybody(moment: datetime) -> list[int]:
    """The ids of all who have a child's record, in the order of the file. No more than numbers."""
    with connection.cursor() as cursor:
        cursor.execute(_EVERYBODY, [moment])
        return [pk for (pk,) in cursor.fetchall()]


def people(ids: Sequence[int], moment: datetime) -> dict[int, PersonRow]:
    """Who these were, by id."""
    rows = rows_as_at(Person, PersonRow._fields, by="id", ids=ids, moment=moment)
    return {row[0]: PersonRow(*row) for row in rows}


def episodes(ids: Sequence[int], moment: datetime) -> dict[int, list[EpisodeRow]]:
    """Each one's episodes, the earliest first."""
    rows = rows_as_at(Episode, EpisodeRow._fields, by="child_id", ids=ids, moment=moment)
    found: dict[int, list[EpisodeRow]] = defaultdict(list)
    for row in sorted((EpisodeRow(*row) for row in rows), key=_by_days):
        found[row.child_id].append(row)
    return found


def known(ids: Sequence[int], moment: datetime) -> dict[int, Known]:
    """What stood of each of them."""
    kinds = (
        _facts(Birth, "kind", "date", ids, moment),
        _facts(Characteristic, "kind", "code", ids, moment),
        _facts(Disability, "code", "code", ids, moment),
        _facts(Identifier, "kind", "value", ids, moment),
    )
    return {pk: Known(*(kind.get(pk, ()) for kind in kinds)) for pk in ids}


def _facts(
    model: type[models.Model], kind: str, says: str, ids: Sequence[int], moment: datetime
) -> dict[int, list[Fact]]:
    columns = ("id", "person_id", "started_on", "ended_on", kind, says, "withdrawn_at")
    rows = rows_as_at(model, columns, by="person_id", ids=ids, moment=moment)
    standing: Iterable[Fact] = (Fact(*row[:-1]) for row in rows if row[-1] is None)
    found: dict[int, list[Fact]] = defaultdict(list)
    for fact in sorted(standing, key=_by_days):
        found[fact.person_id].append(fact)
    return found


def _by_days(row: Any) -> tuple[date, date, int]:
    return (row.started_on or date.min, row.ended_on or date.max, row.id)
