"""What the pages of the trail are made of: its events in words, narrowed by a form."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from hearth.accounts.models import TrailEvent, TrailKind, User
from hearth.accounts.policy import POLICIES

LEADS = {
    "GET": "Opened",
    "HEAD": "Opened",
    "OPTIONS": "Opened",
    "POST": "Sent from",
    "Refused": "Refused",
}
COLOURS = {
    TrailKind.LOOK: "blue",
    TrailKind.DEED: "green",
    TrailKind.REFUSAL: "red",
    TrailKind.SIGN_IN: "grey",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which events are wanted; whatever is left out is not asked."""

    kind: str = ""
    worker: User | None = None
    first: date | None = None
    last: date | None = None

    def of(self, events: QuerySet[TrailEvent]) -> QuerySet[TrailEvent]:
        """Those events, the newest first."""
        if self.kind:
            events = events.filter(kind=self.kind)
        if self.worker is not None:
            events = events.filter(by_id=self.worker.pk)
        found: QuerySet[TrailEvent] = events.between(self.first, self.last)  # type: ignore[attr-defined]
        return found.order_by("-at", "-pk")


@dataclass(frozen=True, slots=True)
class Line:
    """One event, as a row of a list shows it."""

    event: TrailEvent
    words: str
    colour: str


def lines(events: list[TrailEvent]) -> list[Line]:
    """Each event in words, with the colour of its kind."""
    return [Line(event, in_words(event.what), COLOURS[TrailKind(event.kind)]) for event in events]


def in_words(what: str) -> str:
    """What was done, as a sentence: "Opened: View a child's record"."""
    lead, _, key = what.partition(" ")
    policy = POLICIES.get(key)
    return f"{LEADS[lead]}: {policy.title}" if policy and lead in LEADS else what


def events_of_kind(kind: TrailKind) -> QuerySet[TrailEvent]:
    """Every event of one kind."""
    return TrailEvent.objects.filter(kind=kind)


def events_of(person_id: int) -> QuerySet[TrailEvent]:
    """Every event about one person."""
    return TrailEvent.objects.of_person(person_id)


def events_by(worker: User) -> QuerySet[TrailEvent]:
    """Every event by one worker."""
    return TrailEvent.objects.filter(by_id=worker.pk)
