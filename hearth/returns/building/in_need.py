"""The child in need plans of an episode: their dates."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from hearth.plans.models import PlanChild, PlanKind
from hearth.returns.building.noting import Fate, Notes, Thing
from hearth.returns.building.reading import Asked, EpisodeRow
from hearth.returns.building.structure import Values
from hearth.returns.building.year import CollectionYear


class PlanRow(NamedTuple):
    """A child's time under a child in need plan."""

    started_on: date
    ended_on: date | None


def read(asked: Asked) -> Mapping[int, list[PlanRow]]:
    """Each episode's plans, in the order they began; one tied to none is its days' episode's."""
    columns = ("child_id", "episode_id", "kind", "started_on", "ended_on")
    found: dict[int, list[PlanRow]] = defaultdict(list)
    for child, episode, kind, started_on, ended_on in asked.rows(PlanChild, columns):
        of = episode or _episode_on(asked.episodes[child], started_on)
        if kind == PlanKind.CHILD_IN_NEED and of is not None:
            found[of].append(PlanRow(started_on, ended_on))
    return {of: sorted(rows, key=_by_days) for of, rows in found.items()}


def tell(rows: Sequence[PlanRow], year: CollectionYear, notes: Notes) -> Values:
    """Those of the year. One that ended after it had no end in it."""
    return {"CINPlanDates": [_values(row, year) for row in rows if _is_in(row, year, notes)]}


def _is_in(row: PlanRow, year: CollectionYear, notes: Notes) -> bool:
    """Whether any of it is in the year: ends before it are not taken (rule 4013)."""
    fate = Fate.WRITTEN
    if not year.touches(row.started_on, row.ended_on):
        fate = Fate.AFTER if row.started_on > year.ends else Fate.BEFORE
    notes.count(Thing.IN_NEED, fate)
    return fate == Fate.WRITTEN


def _values(row: PlanRow, year: CollectionYear) -> Values:
    ended_on = year.by_its_end(row.ended_on)
    return {
        "CINPlanStartDate": row.started_on.isoformat(),
        "CINPlanEndDate": ended_on and ended_on.isoformat(),
    }


def _episode_on(episodes: Sequence[EpisodeRow], day: date) -> int | None:
    begun = [each.id for each in episodes if each.started_on <= day]
    return begun[-1] if begun else None


def _by_days(row: PlanRow) -> tuple[date, date]:
    return (row.started_on, row.ended_on or date.max)
