"""The conferences asked for, booked, late, or decided and not sent; and chairs' diaries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from hearth.accounts.models import User
from hearth.people.models import Person
from hearth.plans.models import CONFERENCES, Meeting, MeetingRoom
from hearth.protection.models import Conference, ConferenceChild
from hearth.protection.overdue import Waited, papers_owed, reports_overdue, waited_for

SHOWS = {
    "": "To come",
    "unbooked": "To be booked",
    "late": "Past the time limit",
    "reports": "Reports overdue",
    "unsent": "Decided, and not sent to all",
    "decided": "Held",
}
A_PAGE = 25
MOST = 100


@dataclass(frozen=True, slots=True)
class Line:
    """A conference on the list."""

    conference: Conference
    names: str
    tags: list[tuple[str, str]]
    waited: Waited


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page of the list, as it was narrowed, with how many there are of each."""

    show: str
    page: Page[Any]
    lines: list[Line]
    # None where they are not counted: every conference ever held.
    counts: list[tuple[str, str, int | None]]

    @property
    def title(self) -> str:
        """What is listed."""
        return SHOWS[self.show]


def conference_list(worker: User, show: str, number: Any, *, today: date) -> ListPage:
    """Conferences a worker may know of, the soonest to be done first, so many to a page."""
    show = show if show in SHOWS else ""
    found = _narrowed(worker, show, today)
    page = Paginator(found, A_PAGE).get_page(number)
    shown: list[Conference] = list(page.object_list)
    waited = waited_for(shown, today=today)
    people = Person.objects.in_bulk({pk for one in shown for pk in one.about})
    lines = [
        Line(
            one,
            names_of(one.about, people),
            [*tags_of(one, today), *waited[one.pk].tags(today)],
            waited[one.pk],
        )
        for one in shown
    ]
    many = _counts(worker, today)
    return ListPage(show, page, lines, [(key, name, many.get(key)) for key, name in SHOWS.items()])


def _is_late(today: date) -> Q:
    return Q(target_on__lt=today) | Q(meeting__planned_from__date__gt=F("target_on"))


def _counts(worker: User, today: date) -> dict[str, int]:
    """How many there are of each but those held. Three queries."""
    to_come = _narrowed(worker, "", today).aggregate(
        every=Count("pk"),
        unbooked=Count("pk", filter=Q(meeting__planned_from=None)),
        late=Count("pk", filter=_is_late(today)),
    )
    narrowed = {show: _narrowed(worker, show, today).count() for show in ("reports", "unsent")}
    return {"": to_come.pop("every"), **to_come, **narrowed}


def _narrowed(worker: User, show: str, today: date) -> QuerySet[Conference]:
    # What the list shows, and no more: a row costs what is joined to it.
    found = Conference.objects.visible_to(worker).select_related(None)
    found = found.select_related("meeting__chair", "meeting__room")
    if show == "decided":
        return found.filter(decided_at__isnull=False).order_by("-decided_at", "-pk")
    if show == "unsent":
        owed = papers_owed().values("record_id")
        return found.filter(pk__in=owed, meeting__cancelled_at=None).order_by(
            "meeting__held_at", "pk"
        )
    found = found.filter(decided_at=None, meeting__cancelled_at=None)
    if show == "reports":
        found = found.filter(pk__in=reports_overdue(today).values("conference_id"))
    if show == "unbooked":
        found = found.filter(meeting__planned_from=None)
    if show == "late":
        found = found.filter(_is_late(today))
    return found.order_by(F("meeting__planned_from").asc(nulls_first=True), "target_on", "pk")


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
    waited: Waited


def conferences_of(child: Person, *, today: date) -> list[ChildLine]:
    """Each conference about a child, the newest first."""
    parts = list(
        ConferenceChild.objects.filter(child=child)
        .select_related("conference__meeting__chair")
        .order_by("-conference_id")
    )
    waited = waited_for([part.conference for part in parts], today=today)
    return [
        ChildLine(
            part=part,
            conference=part.conference,
            tags=[
                *tags_of(part.conference, today),
                *waited[part.conference_id].tags(today),
            ],
            waited=waited[part.conference_id],
        )
        for part in parts
    ]


def all_rooms() -> list[MeetingRoom]:
    """Every room, those still used first."""
    return list(MeetingRoom.objects.order_by(F("closed_on").desc(nulls_first=True), "name"))
