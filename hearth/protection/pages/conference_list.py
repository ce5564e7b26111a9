"""The conferences asked for, booked, late, or decided and not sent; and chairs' diaries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from hearth.accounts.models import User
from hearth.casework.models import Task
from hearth.people.models import Person
from hearth.plans.models import CONFERENCES, Meeting, MeetingRoom
from hearth.protection.models import Conference, ConferenceChild
from hearth.protection.process import SEND_DECISIONS, SEND_RECORD

SHOWS = {
    "": "To come",
    "unbooked": "To be booked",
    "late": "Past the time limit",
    "unsent": "Decided, and not sent to all",
    "decided": "Held",
}
MOST = 100


@dataclass(frozen=True, slots=True)
class Line:
    """A conference on the list."""

    conference: Conference
    names: str
    tags: list[tuple[str, str]]
    unsent: list[Task]


@dataclass(frozen=True, slots=True)
class ListPage:
    """The list, as it was narrowed, with how many there are of each."""

    show: str
    lines: list[Line]
    counts: list[tuple[str, str, int]]
    more: bool

    @property
    def title(self) -> str:
        """What is listed."""
        return SHOWS[self.show]


def conference_list(worker: User, show: str, *, today: date) -> ListPage:
    """Conferences a worker may know of, the soonest to be done first."""
    show = show if show in SHOWS else ""
    every = {key: _narrowed(worker, key, today) for key in SHOWS if key != "decided"}
    counts = [(key, SHOWS[key], found.count()) for key, found in every.items()]
    chosen = every.get(show)
    found = list((_narrowed(worker, show, today) if chosen is None else chosen)[: MOST + 1])
    unsent = _unsent([one.pk for one in found])
    people = Person.objects.in_bulk({pk for one in found for pk in one.about})
    lines = [
        Line(one, names_of(one.about, people), tags_of(one, today), unsent.get(one.pk, []))
        for one in found[:MOST]
    ]
    return ListPage(show, lines, [*counts, ("decided", SHOWS["decided"], 0)], len(found) > MOST)


def _narrowed(worker: User, show: str, today: date) -> QuerySet[Conference]:
    found = Conference.objects.visible_to(worker).filter(meeting__cancelled_at=None)
    if show == "decided":
        return found.filter(decided_at__isnull=False).order_by("-meeting__held_at")
    if show == "unsent":
        return found.filter(pk__in=_waiting_to_be_sent().values("record_id")).order_by(
            "meeting__held_at"
        )
    found = found.filter(decided_at=None)
    if show == "unbooked":
        found = found.filter(meeting__planned_from=None)
    if show == "late":
        past = Q(target_on__lt=today) | Q(meeting__planned_from__date__gt=F("target_on"))
        found = found.filter(past)
    return found.order_by(F("meeting__planned_from").asc(nulls_first=True), "target_on", "pk")


def _waiting_to_be_sent() -> QuerySet[Task]:
    keys = [SEND_DECISIONS.key, SEND_RECORD.key]
    return Task.objects.outstanding().filter(step_key__in=keys)


def _unsent(ids: Sequence[int]) -> dict[int, list[Task]]:
    found: dict[int, list[Task]] = {}
    for task in _waiting_to_be_sent().filter(record_id__in=ids).order_by("due_on"):
        found.setdefault(task.record_id or 0, []).append(task)
    return found


def names_of(about: Sequence[int], people: dict[int, Person]) -> str:
    """The children whom the reader may know of, by name."""
    return ", ".join(str(people[pk]) for pk in about if pk in people)


def tags_of(conference: Conference, today: date) -> list[tuple[str, str]]:
    """Where a conference stands, in a word or two with a colour."""
    meeting = conference.meeting
    if meeting.cancelled_at is not None:
        quorate = not meeting.cancelled_reason.startswith("Not quorate")
        return [("Stood down" if quorate else "Not quorate", "grey")]
    if conference.decided_at is not None:
        return [("Decided", "green")]
    tags = [_stage(conference, meeting)]
    target, planned = conference.target_on, meeting.planned_from
    if target and today > target:
        tags.append(("Past its time limit", "red"))
    elif target and planned and timezone.localdate(planned) > target:
        tags.append(("Booked past its time limit", "orange"))
    return tags


def _stage(conference: Conference, meeting: Meeting) -> tuple[str, str]:
    if meeting.planned_from is not None:
        return ("Booked", "blue") if meeting.planned_from > timezone.now() else ("Begun", "yellow")
    return ("Accepted", "yellow") if conference.accepted_on else ("Asked for", "yellow")


@dataclass(frozen=True, slots=True)
class Entry:
    """A meeting in a diary."""

    meeting: Meeting
    names: str
    conference_id: int | None


def diary(chair: User | None, *, since: datetime) -> list[Entry]:
    """What a chair, or every chair, is booked for from now on."""
    meetings = (
        Meeting.objects.filter(
            kind__in=CONFERENCES, planned_to__gte=since, held_at=None, cancelled_at=None
        )
        .select_related("chair", "room", "conference")
        .order_by("planned_from")
    )
    if chair is not None:
        meetings = meetings.filter(chair=chair)
    found = list(meetings[:MOST])
    people = Person.objects.in_bulk({pk for one in found for pk in one.about})
    return [Entry(one, names_of(one.about, people), one.conference.pk) for one in found]


@dataclass(frozen=True, slots=True)
class ChildLine:
    """One conference about a child, and what it decided for them."""

    part: ConferenceChild
    conference: Conference
    tags: list[tuple[str, str]]
    unsent: list[Task]


def conferences_of(child: Person, *, today: date) -> list[ChildLine]:
    """Each conference about a child, the newest first."""
    parts = list(
        ConferenceChild.objects.filter(child=child)
        .select_related("conference__meeting__chair")
        .order_by("-conference_id")
    )
    unsent = _unsent([part.conference_id for part in parts])
    return [
        ChildLine(
            part=part,
            conference=part.conference,
            tags=tags_of(part.conference, today),
            unsent=unsent.get(part.conference_id, []),
        )
        for part in parts
    ]


def all_rooms() -> list[MeetingRoom]:
    """Every room, those still used first."""
    return list(MeetingRoom.objects.order_by(F("closed_on").desc(nulls_first=True), "name"))
