"""Each family's case as supervision sees it: when it was last discussed, and when it next must be.

Worked out from the record itself, so that no case is missed because nobody put it on a list.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max
from django.utils import timezone

from hearth.accounts.models import User
from hearth.casework.caseload import statuses_on
from hearth.casework.families import families_of
from hearth.casework.models import Allocation
from hearth.casework.models.local import local_rules
from hearth.casework.process import earliest_due
from hearth.casework.status import Tag, tags_of
from hearth.casework.timescales import Due, LocalRules
from hearth.lib.dates import add_working_days
from hearth.people.models import Person
from hearth.records.models import NoteChild
from hearth.records.models.notes import OVERSIGHT_KINDS
from hearth.supervision.models import DiscussionChild
from hearth.supervision.process import CASE_DISCUSSION

# A case has a manager's direction, after the one it was given with, within this many working days:
# sooner while it is being assessed.
OVERSEEN_IN_ASSESSMENT, OVERSEEN_OTHERWISE = 10, 20


@dataclass(frozen=True, slots=True)
class Case:
    """One family's children whom one worker leads."""

    worker: User
    children: list[Person]
    kinds: frozenset[str]
    since: date
    last: date | None
    due: Due
    overseen: date | None

    @property
    def tags(self) -> tuple[Tag, ...]:
        """What the children are to the service; those only referred have their own word."""
        return tags_of(self.kinds, None) if self.kinds else (Tag("Referred", "blue"),)

    @property
    def counted_from(self) -> date:
        """The last discussion, or the allocation where there was none."""
        return self.last or self.since

    def is_late(self, today: date) -> bool:
        """Whether it should have been discussed by now."""
        return self.due.on < today

    def weeks(self, today: date) -> int:
        """Whole weeks since it was discussed or, where it never was, since it was allocated."""
        return (today - self.counted_from).days // 7

    def lacks_oversight(self, today: date) -> bool:
        """Whether no manager has given a direction since the allocation, and one should have."""
        days = OVERSEEN_IN_ASSESSMENT if "assessment" in self.kinds else OVERSEEN_OTHERWISE
        return self.overseen is None and add_working_days(self.since, days) < today


def cases_of(
    workers: Collection[int], *, today: date, local: LocalRules | None = None
) -> list[Case]:
    """The cases these workers lead, the longest undiscussed first. Seven queries, however many."""
    held = list(
        Allocation.objects.on(today)
        .leading()
        .filter(worker__in=workers)
        .select_related("worker", "child")
        .order_by("child__born_on", "child")
    )
    ids = {row.child_id for row in held}
    families = families_of(ids, on=today)
    known = _Known(
        statuses_on(ids, on=today),
        DiscussionChild.objects.last_days(ids),
        overseen_days(ids),
    )
    groups: dict[tuple[int, int], list[Allocation]] = {}
    for row in held:
        groups.setdefault((row.worker_id, families[row.child_id]), []).append(row)
    local = local or local_rules()
    cases = [_case(rows, known, local) for rows in groups.values()]
    return sorted(cases, key=lambda case: (not case.is_late(today), case.counted_from))


@dataclass(frozen=True, slots=True)
class _Known:
    statuses: Mapping[int, frozenset[str]]
    discussed: Mapping[int, date]
    overseen: Mapping[int, datetime]


def _case(rows: Sequence[Allocation], known: _Known, local: LocalRules) -> Case:
    ids = [row.child_id for row in rows]
    since = min(row.started_on for row in rows)
    days = [known.discussed.get(pk) for pk in ids]
    last = min((day for day in days if day), default=None) if all(days) else None
    kinds = frozenset(kind for pk in ids for kind in known.statuses.get(pk, ()))
    due = earliest_due(CASE_DISCUSSION, last or since, local, kinds=kinds)
    assert due is not None  # noqa: S101 - these limits have no first day
    return Case(
        rows[0].worker,
        [row.child for row in rows],
        kinds,
        since,
        last,
        due,
        _overseen_since(ids, known.overseen, since),
    )


def _overseen_since(
    ids: Sequence[int], overseen: Mapping[int, datetime], since: date
) -> date | None:
    """The last direction after the day of allocation, given for every one of the children."""
    days = [timezone.localdate(overseen[pk]) if pk in overseen else None for pk in ids]
    after = [day for day in days if day is not None and day > since]
    return min(after) if len(after) == len(ids) else None


def overseen_days(children: Collection[int]) -> dict[int, datetime]:
    """When a manager last gave a direction for each child, of those for whom one did."""
    notes = NoteChild.objects.standing().filter(child__in=children, note__kind__in=OVERSIGHT_KINDS)
    return dict(notes.values_list("child").annotate(Max("note__happened_at")))
