"""Checks of section 47 enquiries: who is seen, who leads, medicals, an end and a conference."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone

from hearth.casework.checks import Fact, Looked, Severity, check
from hearth.casework.models import Involvement, InvolvementKind
from hearth.casework.models.local import local_rules
from hearth.casework.timescales import LocalRules, due
from hearth.lib.dates import in_words, working_days_until
from hearth.protection import timescales
from hearth.protection.models import (
    Conference,
    ConferenceChild,
    EnquiryChild,
    EnquiryOutcome,
    MedicalExamination,
)
from hearth.records.models import VisitChild
from hearth.workforce.rules import registrations_of

SECTION_47 = "Children Act 1989, section 47; Working Together to Safeguard Children 2023, chapter 3"
NOTHING = "There is no section 47 enquiry in this child's open case."
FORENSIC_HOURS = 72
ALONE_FROM = 4
DAYS_TO_BE_DONE = 2


def parts_of(children: Sequence[int]) -> list[EnquiryChild]:
    """The parts of these children in enquiries under way, or of a case that is still open."""
    in_play = Q(enquiry__authorised_on=None) | Q(episode__ended_on=None)
    return list(
        EnquiryChild.objects.filter(in_play, child__in=children, enquiry__cancelled_on=None)
        .select_related("enquiry__task__worker", "child")
        .order_by("pk")
    )


def _subject(part: EnquiryChild) -> str:
    return f"protection.Enquiry:{part.enquiry_id}"


def _began(part: EnquiryChild) -> Fact:
    return Fact(
        "Enquiry began",
        in_words(part.enquiry.started_on),
        part.enquiry.started_on,
        "protection:enquiry",
        part.enquiry_id,
    )


def _ended(part: EnquiryChild) -> date | None:
    return part.enquiry.authorised_on


@check(
    key="PC-022",
    title="Child not seen, or not seen alone, in a section 47 enquiry",
    rule="A child is seen within {hours} hours of the strategy discussion that began the enquiry, "
    "and a child of {age} or over is seen alone, or there is a reason.",
    passes_over="A child not yet born. A child under {age} is watched with their carer instead. An "
    "interpreter or advocate in the room is still alone.",
    put_right="See the child and record the visit, or say on the enquiry why they could not be "
    "seen, or not alone.",
    authority=f"{SECTION_47}; Laming inquiry 2003",
    severity=Severity.CRITICAL,
    nothing=NOTHING,
    numbers={"hours": timescales.SEE_CHILD.limits[-1].amount, "age": ALONE_FROM},
)
def seen_and_alone(children: Sequence[int], today: date) -> Iterator[Looked]:
    """Each child of an enquiry, against the visits on their record since it began."""
    parts = parts_of(children)
    seen, local = _sights(parts), local_rules()
    for part in parts:
        if part.child.is_unborn:
            yield Looked(
                child=part.child_id,
                subject=_subject(part),
                fires=False,
                because="The child is not yet born.",
                facts=[_began(part)],
            )
            continue
        fires, because, since = _judge_seen(part, seen[part.pk], late=_is_late(part, today, local))
        yield Looked(
            child=part.child_id,
            subject=_subject(part),
            fires=fires,
            because=because,
            since=since,
            facts=[_began(part), *_sight_facts(seen[part.pk])],
        )


def _sights(parts: Sequence[EnquiryChild]) -> dict[int, tuple[date | None, date | None]]:
    """The first day each child was seen in the enquiry, and the first alone."""
    visits = list(
        VisitChild.objects.standing()
        .filter(child__in=[part.child_id for part in parts], seen=True)
        .values_list("child_id", "happened_on", "seen_alone")
    )
    found = {}
    for part in parts:
        begun, ended = part.enquiry.started_on, _ended(part)
        days = [
            (day, alone)
            for child, day, alone in visits
            if child == part.child_id and day and begun <= day and (ended is None or day <= ended)
        ]
        if part.seen_at:
            days.append((timezone.localdate(part.seen_at), False))
        if part.seen_alone_at:
            days.append((timezone.localdate(part.seen_alone_at), True))
        found[part.pk] = (
            min((day for day, _ in days), default=None),
            min((day for day, alone in days if alone), default=None),
        )
    return found


def _is_late(part: EnquiryChild, today: date, local: LocalRules) -> bool:
    """Whether the child should have been seen by now: the time is up, or the enquiry is over."""
    by = due(timescales.SEE_CHILD, part.enquiry.started_on, local)
    return _ended(part) is not None or (by is not None and today > by.on)


def _judge_seen(
    part: EnquiryChild, sight: tuple[date | None, date | None], *, late: bool
) -> tuple[bool, str, date | None]:
    begun, ended, (seen, alone) = part.enquiry.started_on, _ended(part), sight
    if seen is None:
        if part.not_seen_why:
            return False, f"Not seen, with a reason: {part.not_seen_why}", None
        words = "was not seen in the enquiry" if ended else "has not been seen in the enquiry"
        return late, f"{part.child.name} {words}, and there is no reason.", begun + timedelta(1)
    age = part.child.age_on(seen) or 0
    if alone is None and age >= ALONE_FROM and not part.not_alone_reason:
        return late, f"{part.child.name} was seen on {in_words(seen)}, never alone.", seen
    how = "alone" if alone else "not alone, for their age or with a reason"
    return False, f"Seen on {in_words(seen)}, {how}.", None


def _sight_facts(sight: tuple[date | None, date | None]) -> list[Fact]:
    seen, alone = sight
    return [
        Fact("First seen", in_words(seen) if seen else "Not seen", seen),
        Fact("First seen alone", in_words(alone) if alone else "Not seen alone", alone),
    ]


@check(
    key="PC-015",
    title="Section 47 enquiry without a registered social worker",
    rule="Whoever makes a section 47 enquiry is registered as a social worker from its first day "
    "to its last, or to today.",
    put_right="Give the enquiry to a registered social worker, or put the registration on the "
    "worker's record.",
    authority="Children and Social Work Act 2017, part 2; Southwark 2011, Wandsworth 2011",
    severity=Severity.CRITICAL,
    nothing=NOTHING,
)
def led_by_a_social_worker(children: Sequence[int], today: date) -> Iterator[Looked]:
    """The worker who has the enquiry, against their registrations."""
    parts = [part for part in parts_of(children) if part.enquiry.task_id]
    workers = {part.enquiry.task.worker_id for part in parts if part.enquiry.task}
    held = registrations_of(pk for pk in workers if pk)
    for part in parts:
        worker = part.enquiry.task.worker if part.enquiry.task else None
        last = _ended(part) or today
        gap = _first_gap(held.get(worker.pk, []) if worker else [], part.enquiry.started_on, last)
        who = str(worker) if worker else "Nobody"
        fires = worker is not None and gap is not None
        yield Looked(
            child=part.child_id,
            subject=_subject(part),
            fires=fires,
            because=f"{who} has the enquiry and was not registered on {in_words(gap)}."
            if fires and gap
            else f"{who} has the enquiry, and was registered throughout.",
            since=gap,
            facts=[_began(part), Fact("Has the enquiry", who)],
        )


def _first_gap(spells: Sequence[tuple[date, date]], start: date, last: date) -> date | None:
    """The first day of a stretch that no registration covers; None when all are covered."""
    day = start
    for begun, over in sorted(spells):
        if begun > day:
            break
        day = max(day, over)
    return day if day <= last else None


@check(
    key="PC-024",
    title="Section 47 enquiry without an outcome",
    rule="An enquiry is finished, and its outcome authorised, within {days} working days of the "
    "strategy discussion that began it, or the fewer that this authority allows.",
    put_right="Finish the enquiry and send it to a manager; the manager authorises or returns it.",
    authority=f"{SECTION_47}; from the conference's fifteen working days",
    severity=Severity.HIGH,
    nothing=NOTHING,
    manager_after=0,
    numbers={"days": timescales.ENQUIRE.limits[-1].amount},
)
def has_an_outcome(children: Sequence[int], today: date) -> Iterator[Looked]:
    """Each enquiry under way, by the day it was due."""
    local = local_rules()
    for part in parts_of(children):
        enquiry, ended = part.enquiry, _ended(part)
        limit = due(timescales.ENQUIRE, enquiry.started_on, local)
        by = enquiry.due_on or (limit.on if limit else None)
        days = working_days_until(enquiry.started_on, ended or today)
        late = ended is None and by is not None and today > by
        state = f"ended after {days}" if ended else f"under way for {days}"
        yield Looked(
            child=part.child_id,
            subject=_subject(part),
            fires=late,
            because=f"The enquiry was {state} working days."
            if ended
            else f"The enquiry has been {state} working days.",
            since=by + timedelta(1) if by else None,
            facts=[_began(part), Fact("Due", in_words(by) if by else "No day is set", by)],
        )


@check(
    key="PC-023",
    title="Medical examination not arranged in time",
    rule="Where a medical is needed it is asked for within a day of the strategy discussion, and "
    "done within {days} days of being asked for; after sexual assault it is offered within {hours} "
    "hours.",
    passes_over="An examination that was refused or is not indicated, with whose advice that was.",
    put_right="Record when the medical was asked for, offered and done, or why it was not.",
    authority=f"{SECTION_47}; Lambeth 2012, paragraph 53",
    severity=Severity.HIGH,
    nothing=NOTHING,
    manager_after=0,
    numbers={"hours": FORENSIC_HOURS, "days": DAYS_TO_BE_DONE},
)
def medical_in_time(children: Sequence[int], today: date) -> Iterator[Looked]:
    """Each child for whom a medical is needed, against what was asked for and done."""
    parts = [part for part in parts_of(children) if part.medical_needed]
    asked: dict[tuple[int, int], list[MedicalExamination]] = {}
    for one in MedicalExamination.objects.filter(child__in=[part.child_id for part in parts]):
        asked.setdefault((one.enquiry_id, one.child_id), []).append(one)
    for part in parts:
        medicals = asked.get((part.enquiry_id, part.child_id), [])
        fires, because = _judge_medical(part, medicals, today)
        yield Looked(
            child=part.child_id,
            subject=_subject(part),
            fires=fires,
            because=because,
            since=part.enquiry.started_on + timedelta(1) if fires else None,
            facts=[_began(part), *(_medical_fact(one) for one in medicals)],
        )


def _judge_medical(
    part: EnquiryChild, medicals: Sequence[MedicalExamination], today: date
) -> tuple[bool, str]:
    if not medicals:
        late = today > part.enquiry.started_on + timedelta(1)
        return late, "A medical is needed, and none has been asked for."
    for one in medicals:
        if one.not_done_reason or one.done_at:
            continue
        if one.incident_at and one.offered_for:
            hours = (one.offered_for - one.incident_at).total_seconds() / 3600
            if hours > FORENSIC_HOURS:
                return True, f"The examination was offered {hours:.0f} hours after the incident."
        if today > timezone.localdate(one.requested_at) + timedelta(DAYS_TO_BE_DONE):
            return True, f"Asked for on {in_words(timezone.localdate(one.requested_at))}, not done."
    return False, "Every medical that is needed was done, or is not yet due, or has a reason."


def _medical_fact(one: MedicalExamination) -> Fact:
    day = timezone.localdate(one.requested_at)
    if one.done_at:
        return Fact("Medical", f"Done on {in_words(timezone.localdate(one.done_at))}", day)
    return Fact("Medical", one.not_done_reason or "Asked for, not done", day)


@check(
    key="PC-018",
    title="Significant harm found, and no conference",
    rule="Where an enquiry finds that a child needs a conference, one is held or booked within "
    "{days} working days of the strategy discussion, unless a service manager agreed that none is "
    "needed.",
    passes_over="A child who became looked after, or who had a plan already: a care plan or review "
    "conference takes its place.",
    put_right="Ask for the conference and book it, or have a service manager agree why none is "
    "needed.",
    authority="Working Together to Safeguard Children 2023, chapter 3; Southwark 2011",
    severity=Severity.HIGH,
    nothing="No enquiry in this child's open case has found that a conference is needed.",
    manager_after=0,
    numbers={"days": timescales.HOLD_INITIAL.limits[-1].amount},
)
def substantiated_has_a_conference(children: Sequence[int], today: date) -> Iterator[Looked]:
    """Each child whose enquiry asks for a conference, against the conferences booked or held."""
    parts = [part for part in parts_of(children) if part.outcome == EnquiryOutcome.CONFERENCE]
    ids = [part.child_id for part in parts]
    booked = set(
        ConferenceChild.objects.filter(
            child__in=ids,
            conference__meeting__cancelled_at=None,
            conference__meeting__planned_from__isnull=False,
        ).values_list("child_id", "conference__enquiry")
    )
    settled = set(
        Involvement.objects.filter(
            child__in=ids,
            kind__in=[InvolvementKind.LOOKED_AFTER, InvolvementKind.PROTECTION],
            ended_on=None,
        ).values_list("child_id", flat=True)
    )
    for part in parts:
        by = part.conference_target_on
        has = (part.child_id, part.enquiry_id) in booked or part.child_id in settled
        excused = part.no_conference_agreed_at is not None
        late = by is not None and today > by
        yield Looked(
            child=part.child_id,
            subject=_subject(part),
            fires=late and not has and not excused,
            because=_conference_words(has=has, excused=excused, by=by),
            since=by + timedelta(1) if by else None,
            facts=[
                _began(part),
                Fact("Conference is to be held by", in_words(by) if by else "Not worked out", by),
            ],
        )


def _conference_words(*, has: bool, excused: bool, by: date | None) -> str:
    if has:
        return "A conference is booked or held, or a plan already stands."
    if excused:
        return "A service manager agreed that no conference is needed."
    when = f" It is to be held by {in_words(by)}." if by else ""
    return f"A conference is needed, and none is booked.{when}"


@check(
    key="PC-019",
    title="Initial conference late",
    rule="An initial conference is held within {days} working days of the strategy discussion that "
    "began the enquiry, and is booked for a day within them.",
    passes_over="Transfer-in and pre-birth conferences, which have time limits of their own.",
    put_right="Hold the conference. One held late keeps its reason.",
    authority="Working Together to Safeguard Children 2010 and later; Lambeth 2012, paragraph 36",
    severity=Severity.HIGH,
    nothing="No initial conference has been asked for in this child's open case.",
    manager_after=0,
    numbers={"days": timescales.HOLD_INITIAL.limits[-1].amount},
)
def initial_conference_in_time(children: Sequence[int], today: date) -> Iterator[Looked]:
    """Each initial conference asked for and not yet held."""
    found = (
        Conference.objects.filter(
            children__child__in=children,
            meeting__kind="initial_conference",
            meeting__held_at=None,
            meeting__cancelled_at=None,
        )
        .values_list("pk", "children__child", "target_on", "meeting__planned_from")
        .order_by("pk")
    )
    for pk, child, by, planned in found:
        day = timezone.localdate(planned) if planned else None
        late = by is not None and (today > by or (day is not None and day > by))
        when = f"It is booked for {in_words(day)}" if day else "It is not booked"
        yield Looked(
            child=child,
            subject=f"protection.Conference:{pk}",
            fires=late,
            because=f"{when}, and is to be held by {in_words(by)}." if by else f"{when}.",
            since=by,
            facts=[
                Fact("To be held by", in_words(by) if by else "", by, "protection:conference", pk)
            ],
        )
