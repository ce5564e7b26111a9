"""Counting: what the record has, by stage and month, children and families both.

Pure: it asks the record nothing. A family is an enquiry, a conference or a plan made for several
children at once, so that six brothers and sisters are seen to be one family.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from hearth.plans.models import MeetingKind
from hearth.protection.models import EnquiryOutcome
from hearth.quality.flow.record import (
    Belongs,
    ConferencePart,
    EnquiryPart,
    PlanPart,
    Record,
    everywhere,
    led_to_conference,
    led_to_plan,
)
from hearth.quality.rules.months import month_end, month_of

# A conference held so soon after an enquiry began is counted as its own, whatever it is tied to.
SOON = timedelta(60)
# A plan that begins so near to a transfer-in conference came with the family.
NEAR = timedelta(7)


class Stage(StrEnum):
    """What is counted of a child in a month."""

    ENQUIRY = "enquiry"
    # Of enquiries begun in the month: a conference has been held since.
    ENQUIRY_HELD = "enquiry_held"
    ENDED = "ended"
    TO_CONFERENCE = "to_conference"
    NO_CONFERENCE = "no_conference"
    NOT_SUBSTANTIATED = "not_substantiated"
    # A conference is what the enquiry asked for, and none has been held.
    NOT_HELD = "not_held"
    CONFERENCE = "conference"
    TO_PLAN = "to_plan"
    NO_PLAN = "no_plan"
    TRANSFER = "transfer"
    PLAN = "plan"
    # Plans that began with a conference here, and did not come with a family from elsewhere.
    OWN_PLAN = "own_plan"
    PLAN_ENDED = "plan_ended"
    PLANS_OPEN = "plans_open"


class Hit(NamedTuple):
    """A child counted at a stage, in a month; `pk` is of the part of the record it stands on."""

    stage: Stage
    month: date
    day: date
    pk: int
    child: int
    family: int
    episode: int | None


@dataclass(frozen=True, slots=True)
class Count:
    """How many children, of how many families."""

    children: int = 0
    families: int = 0


@dataclass(slots=True)
class Tally:
    """Everything counted, by stage and month."""

    hits: Mapping[tuple[Stage, date], Sequence[Hit]] = field(default_factory=dict)

    def of(self, stage: Stage, months: Sequence[date]) -> list[Hit]:
        """Those counted at a stage in these months."""
        return [hit for month in months for hit in self.hits.get((stage, month), ())]

    def count(self, stage: Stage, months: Sequence[date]) -> Count:
        """How many children at a stage in these months, and families."""
        found = self.of(stage, months)
        return Count(len(found), len({hit.family for hit in found}))


def tally(record: Record, months: Sequence[date], belongs: Belongs = everywhere) -> Tally:
    """Count what happened in these months to those whose case it was then."""
    hits: dict[tuple[Stage, date], list[Hit]] = {}
    wanted = set(months)
    for hit in (*_enquiries(record), *_conferences(record), *_plans(record, months)):
        if hit.month in wanted and belongs(hit.child, hit.day):
            hits.setdefault((hit.stage, hit.month), []).append(hit)
    return Tally(hits)


def _hit(stage: Stage, day: date, part: EnquiryPart | ConferencePart | PlanPart) -> Hit:
    return Hit(stage, month_of(day), day, part.pk, part.child, part.family, part.episode)


def _enquiries(record: Record) -> Iterator[Hit]:
    tied: dict[tuple[int | None, int], list[date]] = {}
    held: dict[int, list[date]] = {}
    for one in _initial(record):
        tied.setdefault((one.enquiry, one.child), []).append(one.held)
        held.setdefault(one.child, []).append(one.held)
    for part in record.enquiries:
        own = tied.get((part.family, part.child), [])
        soon = [d for d in held.get(part.child, []) if part.begun <= d <= part.begun + SOON]
        yield _hit(Stage.ENQUIRY, part.begun, part)
        if own or soon:
            yield _hit(Stage.ENQUIRY_HELD, part.begun, part)
        if part.authorised is not None:
            yield from _ended(part, part.authorised, own, [*own, *soon])


def _ended(
    part: EnquiryPart, day: date, own: Sequence[date], held: Sequence[date]
) -> Iterator[Hit]:
    yield _hit(Stage.ENDED, day, part)
    if led_to_conference(part, own):
        yield _hit(Stage.TO_CONFERENCE, day, part)
        if not held:
            yield _hit(Stage.NOT_HELD, day, part)
        return
    yield _hit(Stage.NO_CONFERENCE, day, part)
    if part.outcome == EnquiryOutcome.NOT_SUBSTANTIATED:
        yield _hit(Stage.NOT_SUBSTANTIATED, day, part)


def _initial(record: Record) -> list[ConferencePart]:
    return [p for p in record.conferences if p.kind != MeetingKind.TRANSFER_CONFERENCE]


def _conferences(record: Record) -> Iterator[Hit]:
    begun: dict[int, list[date]] = {}
    for plan in record.plans:
        begun.setdefault(plan.child, []).append(plan.begun)
    for part in record.conferences:
        if part.kind == MeetingKind.TRANSFER_CONFERENCE:
            yield _hit(Stage.TRANSFER, part.held, part)
            continue
        yield _hit(Stage.CONFERENCE, part.held, part)
        leads = led_to_plan(part, begun.get(part.child, []))
        yield _hit(Stage.TO_PLAN if leads else Stage.NO_PLAN, part.held, part)


def _plans(record: Record, months: Sequence[date]) -> Iterator[Hit]:
    moved: dict[int, list[date]] = {}
    for one in record.conferences:
        if one.kind == MeetingKind.TRANSFER_CONFERENCE:
            moved.setdefault(one.child, []).append(one.held)
    ends = [month_end(month) for month in months]
    for part in record.plans:
        yield _hit(Stage.PLAN, part.begun, part)
        if not any(abs(part.begun - day) <= NEAR for day in moved.get(part.child, ())):
            yield _hit(Stage.OWN_PLAN, part.begun, part)
        if part.ended is not None:
            yield _hit(Stage.PLAN_ENDED, part.ended, part)
        yield from (_hit(Stage.PLANS_OPEN, day, part) for day in ends if part.stands(day))
