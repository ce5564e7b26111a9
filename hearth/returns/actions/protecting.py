"""Writing the enquiries, conferences and plans of a census, a table at a time.

The file has dates alone. An enquiry that led to a conference is kept as ended on its day, and one
that needed none as ended on the day it began, for the census does not say when. A category that
changed is kept as changed at the first review, or the day after the plan began.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from hearth.accounts.models import User
from hearth.casework.models import Episode, Involvement, InvolvementKind
from hearth.people.models import Person
from hearth.plans.models import (
    Meeting,
    MeetingChild,
    MeetingKind,
    Plan,
    PlanCategory,
    PlanChild,
    PlanKind,
)
from hearth.protection.models import Conference, ConferenceChild, Enquiry, EnquiryChild
from hearth.returns.cin.plan import PlannedEnquiry, PlannedEpisode, PlannedProtection

IMPORTED = "imported"
MIDDAY = time(12)


@dataclass(frozen=True, slots=True)
class Protected:
    """What is on record already of the people in a batch, by the child and the day."""

    enquiries: set[tuple[int, date]]
    plans: dict[tuple[int, date, str], PlanChild]
    conferences: set[tuple[int, date]]


@dataclass(slots=True)
class Protecting:
    """What of a batch's enquiries and plans is to be written."""

    by: User
    enquiries: list[tuple[PlannedEnquiry, Person, Episode]] = field(default_factory=list)
    in_need: list[tuple[date, date | None, Person, Episode]] = field(default_factory=list)
    plans: list[tuple[PlannedProtection, Person, Episode]] = field(default_factory=list)
    # A conference by itself: its kind, its day, and about whom.
    conferences: list[tuple[MeetingKind, date, Person, Episode]] = field(default_factory=list)
    # What was told of each child's story: kind, title, day, and its episode.
    story: list[tuple[str, str, date, Episode]] = field(default_factory=list)

    @property
    def size(self) -> int:
        """How many rows are gathered."""
        plans = len(self.in_need) + len(self.plans)
        return plans + len(self.enquiries) + len(self.conferences)


def protected(people: Sequence[int]) -> Protected:
    """What of these people's enquiries and plans is on record. Three queries."""
    enquiries = EnquiryChild.objects.filter(child__in=people, enquiry__cancelled_on=None)
    plans = PlanChild.objects.filter(child__in=people)
    held = ConferenceChild.objects.filter(
        child__in=people, conference__meeting__held_at__isnull=False
    ).values_list("child_id", "conference__meeting__held_at")
    return Protected(
        set(enquiries.values_list("child_id", "enquiry__started_on")),
        {(part.child_id, part.started_on, part.kind): part for part in plans},
        {(child, timezone.localdate(held_at)) for child, held_at in held},
    )


def gather(
    batch: Protecting, planned: PlannedEpisode, person: Person, episode: Episode, there: Protected
) -> bool:
    """Gather what of an episode is not on record. True when something there was ended."""
    changed = False
    batch.enquiries += [
        (each, person, episode)
        for each in planned.enquiries
        if (person.pk, each.started_on) not in there.enquiries
    ]
    for started_on, ended_on in planned.in_need:
        known = there.plans.get((person.pk, started_on, PlanKind.CHILD_IN_NEED))
        if known is None:
            batch.in_need.append((started_on, ended_on, person, episode))
        else:
            changed |= _end(known, ended_on)
    for each in planned.protection:
        known = there.plans.get((person.pk, each.started_on, PlanKind.PROTECTION))
        if known is None:
            batch.plans.append((each, person, episode))
        else:
            changed |= _end(known, each.ended_on)
        batch.conferences += [
            (MeetingKind.REVIEW_CONFERENCE, day, person, episode)
            for day in each.reviews
            if (person.pk, day) not in there.conferences
        ]
    if planned.conference_on and (person.pk, planned.conference_on) not in there.conferences:
        kind = MeetingKind.TRANSFER_CONFERENCE
        batch.conferences.append((kind, planned.conference_on, person, episode))
    return changed


def _end(part: PlanChild, ended_on: date | None) -> bool:
    """End a plan that stood on record and has an end in the file."""
    if part.ended_on is not None or ended_on is None or ended_on < part.started_on:
        return False
    part.ended_on, part.end_reason = ended_on, IMPORTED
    part.save(update_fields=["ended_on", "end_reason"])
    Involvement.objects.filter(child=part.child_id, kind=part.kind, ended_on=None).update(
        ended_on=ended_on
    )
    return True


def store(batch: Protecting) -> None:
    """Write what was gathered, each table at once."""
    _store_enquiries(batch)
    _store_plans(batch)
    _store_conferences(batch, [(*each, None) for each in batch.conferences])


def _store_enquiries(batch: Protecting) -> None:
    rows = [
        Enquiry(
            about=[person.pk],
            started_on=each.started_on,
            authorised_on=each.conference_on or (each.started_on if each.no_conference else None),
            recorded_by=batch.by,
        )
        for each, person, _ in batch.enquiries
    ]
    Enquiry.objects.bulk_create(rows)
    EnquiryChild.objects.bulk_create(
        EnquiryChild(
            enquiry=row,
            child=person,
            episode=episode,
            conference_target_on=each.target_on,
            no_conference=each.no_conference,
            # Nobody works on it here, so it is not the child's open one.
            ended_on=row.authorised_on or each.started_on,
        )
        for row, (each, person, episode) in zip(rows, batch.enquiries, strict=True)
    )
    held: list[Any] = []
    for row, (each, person, episode) in zip(rows, batch.enquiries, strict=True):
        batch.story.append(("strategy", "Section 47 enquiry", each.started_on, episode))
        if each.conference_on:
            kind = MeetingKind.INITIAL_CONFERENCE
            held.append((kind, each.conference_on, person, episode, row))
    _store_conferences(batch, held)


def _store_conferences(
    batch: Protecting,
    held: Sequence[tuple[MeetingKind, date, Person, Episode, Enquiry | None]],
) -> None:
    meetings = [
        Meeting(about=[person.pk], kind=kind, held_at=_midday(day), recorded_by=batch.by)
        for kind, day, person, _, _ in held
    ]
    Meeting.objects.bulk_create(meetings)
    MeetingChild.objects.bulk_create(
        MeetingChild(meeting=meeting, child=person)
        for meeting, (_, _, person, _, _) in zip(meetings, held, strict=True)
    )
    conferences = [
        Conference(meeting=meeting, about=[person.pk], enquiry=enquiry, recorded_by=batch.by)
        for meeting, (_, _, person, _, enquiry) in zip(meetings, held, strict=True)
    ]
    Conference.objects.bulk_create(conferences)
    ConferenceChild.objects.bulk_create(
        ConferenceChild(conference=conference, child=person, episode=episode)
        for conference, (_, _, person, episode, _) in zip(conferences, held, strict=True)
    )
    batch.story += [("conference", kind.label, day, episode) for kind, day, _, episode, _ in held]


@dataclass(frozen=True, slots=True)
class _Spell:
    """A child's time under a plan, of either kind."""

    kind: PlanKind
    started_on: date
    ended_on: date | None
    person: Person
    episode: Episode
    protection: PlannedProtection | None = None


def _spells(batch: Protecting) -> list[_Spell]:
    return [_Spell(PlanKind.CHILD_IN_NEED, *each) for each in batch.in_need] + [
        _Spell(PlanKind.PROTECTION, each.started_on, each.ended_on, person, episode, each)
        for each, person, episode in batch.plans
    ]


def _store_plans(batch: Protecting) -> None:
    spells = _spells(batch)
    plans = [Plan(about=[each.person.pk], kind=each.kind, recorded_by=batch.by) for each in spells]
    Plan.objects.bulk_create(plans)
    begun = _recorded_before(batch)
    parts = [
        PlanChild(
            plan=plan,
            child=each.person,
            episode=each.episode,
            kind=each.kind,
            started_on=each.started_on,
            ended_on=each.ended_on,
            end_reason=IMPORTED if each.ended_on else "",
            earlier_plans=_earlier(each.protection, each.person, begun),
            recorded_by=batch.by,
        )
        for plan, each in zip(plans, spells, strict=True)
    ]
    PlanChild.objects.bulk_create(parts)
    Involvement.objects.bulk_create(_involvement(part) for part in parts)
    PlanCategory.objects.bulk_create(
        category
        for part, each in zip(parts, spells, strict=True)
        if each.protection is not None
        for category in _categories(part, each.protection, batch.by)
    )
    for each in spells:
        label = each.kind.label
        batch.story.append(("plan", label, each.started_on, each.episode))
        if each.ended_on:
            batch.story.append(("plan", f"{label} ended", each.ended_on, each.episode))


def _involvement(part: PlanChild) -> Involvement:
    """What the child is to the service while the plan stands."""
    return Involvement(
        child_id=part.child_id,
        episode_id=part.episode_id,
        kind=InvolvementKind(part.kind),
        started_on=part.started_on,
        ended_on=part.ended_on,
    )


def _recorded_before(batch: Protecting) -> dict[int, list[date]]:
    """When each child's protection plans began: on record, and to be put there now."""
    people = {person.pk for _, person, _ in batch.plans}
    found: dict[int, list[date]] = {}
    there = PlanChild.objects.filter(child__in=people, kind=PlanKind.PROTECTION)
    for child, started_on in there.values_list("child_id", "started_on"):
        found.setdefault(child, []).append(started_on)
    for each, person, _ in batch.plans:
        found.setdefault(person.pk, []).append(each.started_on)
    return found


def _earlier(
    planned: PlannedProtection | None, person: Person, begun: dict[int, list[date]]
) -> int:
    """How many plans the file tells of before this one that are not on record."""
    if planned is None:
        return 0
    on_record = sum(day < planned.started_on for day in begun.get(person.pk, ()))
    return max(planned.previous - on_record, 0)


def _categories(part: PlanChild, planned: PlannedProtection, by: User) -> list[PlanCategory]:
    since = [(planned.started_on, planned.first_category)]
    if planned.last_category != planned.first_category:
        changed_on = min(planned.reviews, default=planned.started_on + timedelta(days=1))
        changed_on = max(changed_on, planned.started_on + timedelta(days=1))
        since.append((changed_on, planned.last_category))
    return [
        PlanCategory(
            part=part, child_id=part.child_id, category=category, since=day, recorded_by=by
        )
        for day, category in since
    ]


def _midday(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, MIDDAY))
