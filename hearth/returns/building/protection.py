"""The child protection plans of an episode, their categories and their review conferences."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from hearth.plans.models import MeetingKind, PlanCategory, PlanChild, PlanKind
from hearth.returns.building.enquiries import conferences
from hearth.returns.building.noting import Fate, Notes, Thing
from hearth.returns.building.reading import Asked
from hearth.returns.building.structure import Values
from hearth.returns.building.year import CollectionYear


class PlanRow(NamedTuple):
    """A child's time under a protection plan."""

    started_on: date
    ended_on: date | None
    categories: tuple[tuple[date, str], ...]
    previous: int
    reviews: tuple[date, ...]


class TransferRow(NamedTuple):
    """A transfer-in conference: it counts as an initial one, and follows no enquiry of ours."""

    held_on: date


def read(asked: Asked) -> Mapping[int, list[PlanRow]]:
    """Each episode's protection plans, in the order they began."""
    columns = ("id", "child_id", "episode_id", "kind", "started_on", "ended_on", "earlier_plans")
    parts = [row for row in asked.rows(PlanChild, columns) if row[3] == PlanKind.PROTECTION]
    categories: dict[int, list[tuple[date, int, str]]] = defaultdict(list)
    for pk, part, since, category in asked.rows(
        PlanCategory, ("id", "part_id", "since", "category")
    ):
        categories[part].append((since, pk, category))
    reviews: dict[int, list[date]] = defaultdict(list)
    for row in conferences(asked):
        if row.kind == MeetingKind.REVIEW_CONFERENCE:
            reviews[row.child_id].append(row.held_on)
    found: dict[int, list[PlanRow]] = defaultdict(list)
    for pk, child, episode, _, started_on, ended_on, earlier in sorted(
        parts, key=lambda row: (row[1], row[4], row[0])
    ):
        before = sum(1 for other in parts if other[1] == child and other[4] < started_on)
        if episode is not None:
            stood = tuple((since, each) for since, _, each in sorted(categories[pk]))
            held = tuple(
                day
                for day in reviews[child]
                if started_on < day and (ended_on is None or day <= ended_on)
            )
            found[episode].append(PlanRow(started_on, ended_on, stood, earlier + before, held))
    return found


def tell(rows: Sequence[PlanRow], year: CollectionYear, notes: Notes) -> Values:
    """Those of the year, as they stood at its end."""
    return {
        "ChildProtectionPlans": [_values(row, year) for row in rows if _is_in(row, year, notes)]
    }


def _is_in(row: PlanRow, year: CollectionYear, notes: Notes) -> bool:
    """Whether any of it is in the year: ends before it are not taken (rule 8930)."""
    fate = Fate.WRITTEN
    if not year.touches(row.started_on, row.ended_on):
        fate = Fate.AFTER if row.started_on > year.ends else Fate.BEFORE
    notes.count(Thing.PROTECTION, fate)
    return fate == Fate.WRITTEN


def _values(row: PlanRow, year: CollectionYear) -> Values:
    ended_on = year.by_its_end(row.ended_on)
    stood = [category for since, category in row.categories if since <= year.ends]
    reviews = [day.isoformat() for day in row.reviews if day <= year.ends]
    return {
        "CPPstartDate": row.started_on.isoformat(),
        "CPPendDate": ended_on and ended_on.isoformat(),
        "InitialCategoryOfAbuse": stood[0] if stood else None,
        "LatestCategoryOfAbuse": stood[-1] if stood else None,
        "NumberOfPreviousCPP": str(row.previous),
        "Reviews": {"CPPreviewDate": reviews} if reviews else None,
    }


def read_transfers(asked: Asked) -> Mapping[int, list[TransferRow]]:
    """Each episode's transfer-in conferences, the earliest first."""
    found: dict[int, list[TransferRow]] = defaultdict(list)
    for row in conferences(asked):
        if row.episode_id is not None and row.kind == MeetingKind.TRANSFER_CONFERENCE:
            found[row.episode_id].append(TransferRow(row.held_on))
    return found


def tell_transfers(rows: Sequence[TransferRow], year: CollectionYear, _notes: Notes) -> Values:
    """The last that was held in the year: an episode has room for one."""
    held = [row.held_on for row in rows if year.holds(row.held_on)]
    return {"DateOfInitialCPC": held[-1].isoformat() if held else None}
