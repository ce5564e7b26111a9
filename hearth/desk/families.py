"""A family's page: every child a column, so that a missing part is a visible hole."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Concat

from hearth.casework.models import Allocation, Episode, Involvement, InvolvementKind, TaskChild
from hearth.desk.work import Line, line_of
from hearth.people.family import Family, Member, family_of
from hearth.people.models import Person
from hearth.records.models import VisitChild


@dataclass(slots=True)
class Column:
    """One child of the family: what they are to the service, who has the case, what is waiting."""

    child: Person
    member: Member | None
    statuses: list[str] = field(default_factory=list)
    open_since: date | None = None
    lead: str = ""
    last_seen: date | None = None
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class FamilyPage:
    """Everyone in a child's family, and the work open for each of its children."""

    family: Family
    columns: list[Column]
    today: date

    @property
    def others(self) -> list[Member]:
        """The adults and others without a child's record."""
        return [m for m in self.family.members if not m.person.is_child_record]


def page_of_family(child: Person, *, today: date) -> FamilyPage:
    """A child's family, its children side by side, and what is open for each."""
    family = family_of(child, today=today)
    members = {m.person.pk: m for m in family.members}
    columns = {c.pk: Column(c, members.get(c.pk)) for c in family.children}
    _add_standing(columns, today)
    _add_work(columns)
    _add_last_seen(columns)
    return FamilyPage(family, list(columns.values()), today)


def _add_standing(columns: dict[int, Column], today: date) -> None:
    ids = list(columns)
    lead = Allocation.objects.on(today).leading().filter(episode=OuterRef("pk"))
    named = Concat("worker__first_name", Value(" "), "worker__last_name")
    episodes = Episode.objects.open_on(today).filter(child__in=ids)
    led = episodes.annotate(lead=Subquery(lead.annotate(named=named).values("named")[:1]))
    for child, since, worker in led.values_list("child_id", "started_on", "lead"):
        columns[child].open_since, columns[child].lead = since, worker or ""
    for row in Involvement.objects.on(today).filter(child__in=ids):
        columns[row.child_id].statuses.append(InvolvementKind(row.kind).label)


def _add_work(columns: dict[int, Column]) -> None:
    parts = (
        TaskChild.objects.filter(
            child__in=list(columns), task__done_at=None, task__cancelled_at=None
        )
        .select_related("task__worker", "task__team")
        .order_by("task__due_on", "task")
    )
    for part in parts:
        columns[part.child_id].lines.append(line_of(part.task))


def _add_last_seen(columns: dict[int, Column]) -> None:
    for child, day in VisitChild.objects.last_seen_days(list(columns)).items():
        columns[child].last_seen = day
