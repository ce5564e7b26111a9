"""What the record has of enquiries, conferences and plans over some time: four queries.

Whoever reads it is told nothing of children kept from them: the database leaves their rows out, so
they are counted nowhere. Hearth's own nightly look sees everybody.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import NamedTuple

from django.db.models import Q
from django.utils import timezone

from hearth.casework.models import Allocation
from hearth.lib.dates import add_months
from hearth.plans.models import MeetingKind, PlanChild, PlanKind
from hearth.protection.models import (
    ConferenceChild,
    ConferenceDecision,
    EnquiryChild,
    EnquiryOutcome,
)
from hearth.quality.rules.months import month_of

INITIAL = (MeetingKind.INITIAL_CONFERENCE, MeetingKind.PRE_BIRTH_CONFERENCE)
ASKED = (*INITIAL, MeetingKind.TRANSFER_CONFERENCE)
# An enquiry of before the period may lead to a conference in it.
BEFORE = 3
Belongs = Callable[[int, date], bool]


class EnquiryPart(NamedTuple):
    """A child's part of an enquiry that was not cancelled, as the record has it."""

    pk: int
    child: int
    family: int
    episode: int | None
    begun: date
    authorised: date | None
    outcome: str
    no_conference: bool


class ConferencePart(NamedTuple):
    """A child's part of an initial or transfer-in conference that was held."""

    pk: int
    child: int
    family: int
    episode: int | None
    enquiry: int | None
    kind: str
    held: date
    decision: str


class PlanPart(NamedTuple):
    """A child's time under a child protection plan."""

    pk: int
    child: int
    family: int
    episode: int | None
    begun: date
    ended: date | None

    def stands(self, day: date) -> bool:
        """Whether it stood on a day: not on the one it ended."""
        return self.begun <= day and (self.ended is None or self.ended > day)


def everywhere(_child: int, _day: date) -> bool:
    """Whosever case it is."""
    return True


@dataclass(frozen=True, slots=True)
class Leads:
    """Which team led each child's case, on any day."""

    spells: dict[int, list[tuple[date, date | None, int]]] = field(default_factory=dict)

    def team(self, child: int, day: date) -> int | None:
        """The team whose case it was on a day; none where it was nobody's."""
        spells = self.spells.get(child, [])
        at = bisect_right(spells, day, key=lambda spell: spell[0]) - 1
        if at < 0:
            return None
        _, ended, team = spells[at]
        return team if ended is None or ended > day else None


@dataclass(frozen=True, slots=True)
class Record:
    """All that is counted, and who led each child's case."""

    enquiries: Sequence[EnquiryPart]
    conferences: Sequence[ConferencePart]
    plans: Sequence[PlanPart]
    leads: Leads = field(default_factory=Leads)

    @property
    def first(self) -> date | None:
        """The first month of which anything is on record, as far back as was read."""
        days = [*(one.begun for one in self.enquiries), *(one.begun for one in self.plans)]
        return month_of(min(days)) if days else None

    def of_team(self, team: int | None) -> Belongs:
        """Whether a child's case was this team's on a day; anybody's where there is none."""
        if team is None:
            return everywhere
        return lambda child, day: self.leads.team(child, day) == team


def read(first: date) -> Record:
    """What happened since a month began, and what led to it. Four queries."""
    since = add_months(first, -BEFORE)
    return Record(_enquiries(since), _conferences(since), _plans(since), _leads(since))


def _enquiries(since: date) -> list[EnquiryPart]:
    lately = Q(enquiry__started_on__gte=since) | Q(enquiry__authorised_on__gte=since)
    rows = EnquiryChild.objects.filter(
        lately | Q(enquiry__authorised_on=None), enquiry__cancelled_on=None
    ).values_list(
        "pk",
        "child_id",
        "enquiry_id",
        "episode_id",
        "enquiry__started_on",
        "enquiry__authorised_on",
        "outcome",
        "no_conference",
    )
    return [EnquiryPart(*row) for row in rows.order_by("pk")]


def _conferences(since: date) -> list[ConferencePart]:
    began = timezone.make_aware(datetime.combine(since, time()))
    rows = ConferenceChild.objects.filter(
        conference__meeting__held_at__gte=began,
        conference__meeting__cancelled_at=None,
        conference__meeting__kind__in=ASKED,
    ).values_list(
        "pk",
        "child_id",
        "conference_id",
        "episode_id",
        "conference__enquiry_id",
        "conference__meeting__kind",
        "conference__meeting__held_at",
        "decision",
    )
    return [
        ConferencePart(*row[:6], timezone.localdate(row[6]), row[7]) for row in rows.order_by("pk")
    ]


def _plans(since: date) -> list[PlanPart]:
    rows = (
        PlanChild.objects.of_kind(PlanKind.PROTECTION)
        .filter(Q(ended_on=None) | Q(ended_on__gte=since))
        .values_list("pk", "child_id", "plan_id", "episode_id", "started_on", "ended_on")
    )
    return [PlanPart(*row) for row in rows.order_by("pk")]


def _leads(since: date) -> Leads:
    rows = Allocation.objects.leading().filter(Q(ended_on=None) | Q(ended_on__gte=since))
    spells: dict[int, list[tuple[date, date | None, int]]] = {}
    for child, begun, ended, team in rows.order_by("started_on", "pk").values_list(
        "child_id", "started_on", "ended_on", "team_id"
    ):
        spells.setdefault(child, []).append((begun, ended, team))
    return Leads(spells)


def led_to_conference(part: EnquiryPart, held: Sequence[date]) -> bool:
    """Whether an enquiry's outcome is a conference; of one brought in, whether one was held."""
    return part.outcome == EnquiryOutcome.CONFERENCE or (not part.outcome and bool(held))


def led_to_plan(part: ConferencePart, begun: Sequence[date]) -> bool:
    """Whether a conference decided on a plan; of one brought in, whether one began that day."""
    return part.decision == ConferenceDecision.PLAN or (not part.decision and part.held in begun)
