"""What the pages of this room read: whose page it is, who may be written about, one list of all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import CharField, DateTimeField, F, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce
from django.http import Http404, HttpRequest
from django.utils import timezone

from hearth.accounts.models import User
from hearth.people.family import family_of
from hearth.people.models import Person, Restriction
from hearth.people.understood import needs_on
from hearth.records.models import (
    Addition,
    CaseNote,
    ChronologyReview,
    Document,
    ImpactNote,
    NoteChild,
    Visit,
    VisitChild,
    VisitState,
)
from hearth.workforce.models import Staff

# Of a record in an address, in digits.
LONGEST_NUMBER = 18


def siblings_of(child: Person, *, today: date) -> list[Person]:
    """The other children a note or visit may be about too: siblings, and children at home."""
    family = family_of(child, today=today)
    return [
        member.person
        for member in family.members
        if member.person.is_child_record
        and member.person.merged_into_id is None
        and (member.is_sibling or member.lives_with)
    ]


def children_of(record: Any) -> list[Person]:
    """The children a record is about, by name."""
    return list(Person.objects.filter(pk__in=record.about).order_by("born_on", "pk"))


def child_read(request: HttpRequest, children: Sequence[Person]) -> Person:
    """Whose record a shared page is read on: as the address says, or the first."""
    asked = request.GET.get("child", "")
    found = [child for child in children if str(child.pk) == asked] if asked else children
    if not found:
        raise Http404
    return found[0]


def colleagues(today: date) -> QuerySet[User]:
    """Those who work here today, by name, to choose from."""
    staff = Staff.objects.employed_on(today).values("user_id")
    found: QuerySet[User] = User.objects.filter(pk__in=staff, is_active=True)
    return found.order_by("first_name", "last_name")


# One list of notes and visits

SHOWN = {
    "": "Notes and visits",
    "notes": "Notes",
    "visits": "Visits",
    "oversight": "Management oversight",
    "withdrawn": "Withdrawn",
}


def written_about(child: Person, *, show: str = "", text: str = "") -> QuerySet[Any, Any]:
    """What was written about a child, the latest first, as (what, id, when)."""
    notes, visits = _notes(child, show, text), _visits(child, show, text)
    lists = {"notes": [notes], "oversight": [notes], "visits": [visits]}.get(show, [notes, visits])
    first, *others = lists
    return (
        first.union(*others, all=True).order_by("-at", "-of")
        if others
        else first.order_by("-at", "-of")
    )


def _notes(child: Person, show: str, text: str) -> QuerySet[Any, Any]:
    parts = NoteChild.objects.filter(
        child=child, note__withdrawn_at__isnull=show != "withdrawn", note__pk__isnull=False
    )
    if show == "oversight":
        parts = parts.filter(pk__in=NoteChild.objects.directions(child).values("pk"))
    if text:
        parts = parts.filter(
            Q(note__headline__icontains=text)
            | Q(note__text__icontains=text)
            | Q(text__icontains=text)
        )
    return parts.annotate(
        what=Value("note", CharField()), at=F("note__happened_at"), of=F("note_id")
    ).values_list("what", "of", "at")


def _visits(child: Person, show: str, text: str) -> QuerySet[Any, Any]:
    parts = VisitChild.objects.filter(
        child=child, visit__withdrawn_at__isnull=show != "withdrawn", visit__pk__isnull=False
    ).exclude(visit__state="cancelled")
    if text:
        parts = parts.filter(
            Q(visit__account__icontains=text)
            | Q(visit__home__icontains=text)
            | Q(visit__worries__icontains=text)
            | Q(visit__agreed__icontains=text)
            | Q(own_words__icontains=text)
            | Q(observation__icontains=text)
        )
    at = Coalesce(F("visit__happened_at"), Cast("visit__planned_on", DateTimeField()))
    return parts.annotate(what=Value("visit", CharField()), at=at, of=F("visit_id")).values_list(
        "what", "of", "at"
    )


@dataclass(frozen=True, slots=True)
class Line:
    """One note or visit in a list, with this child's part of it."""

    what: str
    at: datetime
    record: CaseNote | Visit
    part: NoteChild | VisitChild


def lines(child: Person, rows: Iterable[tuple[str, int, datetime]]) -> list[Line]:
    """The notes and visits of one page of the list, fetched together."""
    rows = list(rows)
    notes = _parts(NoteChild, "note", child, [pk for what, pk, _ in rows if what == "note"])
    visits = _parts(VisitChild, "visit", child, [pk for what, pk, _ in rows if what == "visit"])
    found = {"note": notes, "visit": visits}
    return [
        Line(what, at, getattr(found[what][pk], what), found[what][pk])
        for what, pk, at in rows
        if pk in found[what]
    ]


def _parts(model: type[Any], what: str, child: Person, ids: list[int]) -> dict[int, Any]:
    if not ids:
        return {}
    parts = model.objects.filter(child=child, **{f"{what}__in": ids})
    return {getattr(p, f"{what}_id"): p for p in parts.select_related(f"{what}__recorded_by")}


# What a page of one note or visit shows


@dataclass(frozen=True, slots=True)
class Reading:
    """A note or visit as it is read on one child's record: nothing private to a sibling."""

    record: CaseNote | Visit
    child: Person
    children: list[Person]
    part: Any
    additions: list[Addition]

    @property
    def siblings(self) -> list[Person]:
        """The other children it is about."""
        return [child for child in self.children if child != self.child]

    @property
    def is_edited(self) -> bool:
        """Whether it has said something else."""
        return self.record.version > 1


def reading(request: HttpRequest, record: CaseNote | Visit) -> Reading:
    """A note or visit, read on the record of the child the address names."""
    children = children_of(record)
    child = child_read(request, children)
    return Reading(
        record=record,
        child=child,
        children=children,
        part=record.parts.filter(child=child).first(),
        additions=list(record.additions.on_page_of(child)),
    )


def earlier_versions(record: CaseNote | Visit, child: Person) -> list[dict[str, Any]]:
    """What a note or visit said before, shared and in this child's part, the latest first."""
    shared = [
        {"at": event.pgh_created_at, "words": event, "private": None}
        for event in record.events.all()  # type: ignore[union-attr]
    ]
    part: Any = record.parts.filter(child=child).first()
    own = [
        {"at": event.pgh_created_at, "words": None, "private": event}
        for event in (part.events.all() if part else ())
    ]
    return sorted([*shared, *own], key=lambda version: version["at"], reverse=True)


# A worker's day


@dataclass(frozen=True, slots=True)
class DayLine:
    """One visit of a worker's day, and the children it is to."""

    visit: Visit
    children: list[Person]
    # Whether it may be kept on a phone: it is still to be made, and nobody's record is restricted.
    may_keep: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """A worker's visits: those of earlier days not yet recorded, the day's own, and those done."""

    on: date
    overdue: list[DayLine]
    planned: list[DayLine]
    done: list[DayLine]
    # How many visits are left out of the list because they are not kept on a phone.
    left_out: int = 0


def restricted_among(people: Iterable[int]) -> set[int]:
    """Which of these have a record that few may know of. One query."""
    found = Restriction.objects.in_force().filter(person__in=list(people))
    return set(found.values_list("person", flat=True))


def on_a_phone(day: Day) -> Day:
    """What of a day may be kept on a phone: visits still to be made, to nobody restricted."""
    overdue, planned = ([v for v in part if v.may_keep] for part in (day.overdue, day.planned))
    left_out = len(day.overdue) + len(day.planned) - len(overdue) - len(planned)
    return Day(day.on, overdue, planned, [], left_out)


def recorded_beside(request: HttpRequest, child: Person) -> Visit | None:
    """The visit that a colleague recorded or cancelled, beside which a worker writes their own."""
    asked = request.GET.get("beside", "")
    if not (asked.isascii() and asked.isdecimal() and len(asked) <= LONGEST_NUMBER):
        return None
    mine = Visit.objects.visible_to(request.user)  # type: ignore[arg-type]
    return (
        mine.of_child(child)
        .filter(pk=int(asked))
        .exclude(state=VisitState.PLANNED)
        .select_related("recorded_by")
        .first()
    )


def parts_beside(visit: Visit) -> list[VisitChild]:
    """What that visit says of each child."""
    return list(visit.parts.standing().select_related("child").order_by("child__born_on", "pk"))


def day_of(worker: User, *, on: date, today: date) -> Day:
    """A worker's visits of a day."""
    mine = Visit.objects.of_worker(worker)
    planned = list(mine.planned().filter(planned_on__lte=on).order_by("planned_on", "planned_time"))
    done = list(mine.done().filter(happened_at__date=on).order_by("happened_at"))
    people = Person.objects.in_bulk({pk for visit in [*planned, *done] for pk in visit.about})
    few = restricted_among(people)
    own = [
        DayLine(v, [people[pk] for pk in v.about if pk in people], few.isdisjoint(v.about))
        for v in planned
    ]
    return Day(
        on=on,
        overdue=[line for line in own if line.visit.planned_on < on] if on == today else [],  # type: ignore[operator]
        planned=[line for line in own if line.visit.planned_on == on],
        done=[DayLine(v, [people[pk] for pk in v.about if pk in people]) for v in done],
    )


def documents_of(child: Person, *, withdrawn: bool = False) -> QuerySet[Document]:
    """A child's documents, the latest first."""
    found = Document.objects.of_child(child).filter(withdrawn_at__isnull=not withdrawn)
    return (
        found.select_related("recorded_by")
        .prefetch_related("versions")
        .order_by("-recorded_at", "-pk")
    )


def latest_review(child: Person) -> ChronologyReview | None:
    """What the last worker to read this child's story through said it tells."""
    found = ChronologyReview.objects.filter(child=child).select_related("recorded_by")
    return found.order_by("-recorded_at", "-pk").first()


def impacts_on(entries: Iterable[Any]) -> dict[int, list[ImpactNote]]:
    """The impact notes of these events, by event."""
    found: dict[int, list[ImpactNote]] = {}
    notes = ImpactNote.objects.filter(entry__in=[entry.pk for entry in entries])
    for note in notes.select_related("recorded_by").order_by("pk"):
        found.setdefault(note.entry_id, []).append(note)
    return found


def needs_at(visit: Visit) -> list[str]:
    """What those visited needed to be understood, where the visit was made: none is asked else."""
    if visit.state != VisitState.MADE or visit.happened_at is None:
        return []
    return needs_on(visit.about, timezone.localdate(visit.happened_at))
