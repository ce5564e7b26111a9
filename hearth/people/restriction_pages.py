"""What the pages of restriction are made of."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from hearth.accounts.models import User
from hearth.lib.dates import next_working_day
from hearth.people.family import family_of
from hearth.people.models import DeclaredConnection, Person, Restriction, RestrictionAccess
from hearth.people.models.restriction import AccessKind


@dataclass(frozen=True, slots=True)
class RestrictionPage:
    """Why one record is restricted, who is named, and who opened it by breaking the glass."""

    in_force: list[Restriction]
    lifted: list[Restriction]
    named: list[RestrictionAccess]
    openings: list[RestrictionAccess]


@dataclass(frozen=True, slots=True)
class Opening:
    """One breaking of the glass: whose record, if the reader may know, and by when to review it."""

    access: RestrictionAccess
    person: Person | None
    review_by: date


@dataclass(frozen=True, slots=True)
class Declared:
    """A worker's declared connection, and to whom, where the reader may know it."""

    connection: DeclaredConnection
    person: Person | None


def can_see(person_id: int) -> bool:
    """Whether the reader may know of somebody."""
    return Person.objects.filter(pk=person_id).exists()


def children_with(person: Person, *, today: date) -> list[Person]:
    """The records that may be restricted at once: this one, and brothers and sisters."""
    family = family_of(person, today=today)
    return [person, *(member.person for member in family.siblings)]


def restriction_page(person: Person) -> RestrictionPage:
    """All there is to know of a record's restriction."""
    held = Restriction.objects.filter(person=person).select_related("recorded_by", "lifted_by")
    restrictions = list(held.order_by("-recorded_at"))
    let_in = RestrictionAccess.objects.filter(person=person).select_related(
        "worker", "recorded_by", "reviewed_by"
    )
    accesses = list(let_in.order_by("-recorded_at"))
    return RestrictionPage(
        in_force=[r for r in restrictions if r.lifted_at is None],
        lifted=[r for r in restrictions if r.lifted_at is not None],
        named=[a for a in accesses if a.kind == AccessKind.NAMED and a.ended_at is None],
        openings=[a for a in accesses if a.kind == AccessKind.BREAK_GLASS],
    )


def restrictions_in_force() -> QuerySet[Restriction]:
    """Every restriction the reader may know of, those with nobody left to see the record first."""
    # Not by way of the person, whom the reader may not know of.
    able = RestrictionAccess.objects.filter(
        person=OuterRef("person_id"), kind=AccessKind.NAMED, ended_at=None, worker__is_active=True
    )
    one_row = able.order_by().values("person").annotate(n=Count("pk")).values("n")
    found = Restriction.objects.in_force().select_related("recorded_by")
    named = Coalesce(Subquery(one_row), 0)
    return found.annotate(named=named).order_by("named", "-recorded_at")


def openings(*, waiting: bool) -> QuerySet[RestrictionAccess]:
    """Every breaking of the glass, those not yet reviewed first and the oldest of them first."""
    found = RestrictionAccess.objects.filter(kind=AccessKind.BREAK_GLASS)
    found = found.select_related("worker", "reviewed_by")
    if waiting:
        return found.to_review().order_by("recorded_at")
    return found.order_by(F("reviewed_at").asc(nulls_first=True), "-recorded_at")


def with_people(accesses: list[RestrictionAccess]) -> list[Opening]:
    """Each with whose record it was, where the reader may know it."""
    people = Person.objects.in_bulk([access.person_id for access in accesses])
    return [
        Opening(access, people.get(access.person_id), review_by(access.recorded_at))
        for access in accesses
    ]


def review_by(opened_at: datetime) -> date:
    """The day an opening is to be reviewed by: the next working day."""
    return next_working_day(timezone.localdate(opened_at))


def connections(worker: User, *, everybodys: bool) -> QuerySet[DeclaredConnection]:
    """Declared connections, those in force first."""
    found = DeclaredConnection.objects.select_related("worker", "ended_by")
    if not everybodys:
        found = found.filter(worker=worker)
    return found.order_by(F("ended_at").desc(nulls_first=True), "-recorded_at")


def with_persons(found: list[DeclaredConnection]) -> list[Declared]:
    """Each with whom it is to, where the reader may know it."""
    people = Person.objects.in_bulk([c.declared_person_id for c in found])
    return [Declared(c, people.get(c.declared_person_id)) for c in found]
