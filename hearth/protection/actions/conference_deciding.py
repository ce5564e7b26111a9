"""Issuing what a conference decided: the one act by which a protection plan begins or ends."""

from collections.abc import Sequence
from datetime import date
from typing import Unpack

from django.db import transaction
from django.utils import timezone

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.accounts.notices import notify
from hearth.casework import actions as casework
from hearth.lib.codes import code_set
from hearth.lib.dates import in_words
from hearth.lib.errors import CannotDo
from hearth.people.models import Person
from hearth.plans import actions as plans
from hearth.plans.models import Meeting, MeetingKind
from hearth.protection.actions.conference_booking import take_conference, workers_of
from hearth.protection.actions.conference_plan import carry_out
from hearth.protection.actions.conference_report import drop_own_report
from hearth.protection.actions.conference_said import (
    AskedFor,
    ChildDecided,
    Held,
    Looked,
    RatedContingency,
)
from hearth.protection.actions.conference_sending import STEPS, ask_for_sending
from hearth.protection.independence import why_not_chair
from hearth.protection.models import Conference, ConferenceChild, ConferenceDecision
from hearth.protection.rules.conference import (
    PLANS,
    Came,
    Quorum,
    asks_how_they_took_part,
    decisions_for,
    quorum,
)
from hearth.records.actions import chronicle
from hearth.records.actions.writing import check_when


@transaction.atomic
def decide_conference(
    *,
    conference: Conference,
    version: int,
    held: Held,
    children: Sequence[ChildDecided],
    danger: str,
    strengths: str,
    summary: str,
    actions: Sequence[plans.NewAction] = (),
    contingencies: Sequence[RatedContingency] = (),
    looked: Sequence[Looked] = (),
    core_group_on: date | None = None,
    next_review_on: date | None = None,
    by: User,
) -> Conference:
    """Record a conference and issue what it decided for each child; all of it, or none.

    The chair decides, having heard the members. What follows is opened here and nowhere else: the
    plan from the day it was held, its actions, the core group, visits and the review, or a child in
    need plan; and the sending of the decisions and of the record.
    """
    conference = take_conference(conference)
    _check_chair(conference, by)
    on = _day_held(conference, held)
    said = _check_children(conference, children, on)
    _hold(conference, held, version, by)
    for one in children:
        _record_child(conference, said[one.child.pk], one, by)
    conference.danger, conference.strengths, conference.summary = danger, strengths, summary
    conference.core_group_on, conference.next_review_on = core_group_on, next_review_on
    _check_found(conference, children)
    _issue(conference, children, on, held.late_reason, by)
    asked_for: AskedFor = {"actions": actions, "contingencies": contingencies, "looked": looked}
    _open_what_follows(conference, list(said.values()), children, on, by, **asked_for)
    trail.record(f"Issued the decisions: {conference}", conference, by=by)
    return conference


def _check_chair(conference: Conference, by: User) -> None:
    if conference.meeting.chair_id != by.pk:
        raise CannotDo("Only the chair issues what a conference decided")
    if why := why_not_chair(by, conference.about, on=timezone.localdate()):
        raise CannotDo(why)


def _day_held(conference: Conference, held: Held) -> date:
    """The day it was held, which is neither to come nor before what it follows from."""
    meeting = conference.meeting
    if meeting.planned_from is None:
        raise CannotDo("This conference has not been booked. Book it first")
    if held.held_at > timezone.now():
        raise CannotDo("A conference decides when it is held: this time has not come")
    check_when(held.held_at, [part.child for part in _parts(conference)])
    on = timezone.localdate(held.held_at)
    if conference.enquiry is not None and on < conference.enquiry.started_on:
        raise CannotDo("A conference cannot be held before the enquiry that led to it")
    if meeting.kind == MeetingKind.REVIEW_CONFERENCE:
        started = [p.plan_part.started_on for p in _parts(conference) if p.plan_part]
        if any(on <= first for first in started):
            raise CannotDo("A review cannot be held before or on the day its plan was made")
    return on


def _parts(conference: Conference) -> list[ConferenceChild]:
    """Those to decide for: a child whose plan ended meanwhile has nothing left to be decided."""
    return list(conference.children.to_decide().select_related("child", "plan_part"))


def _check_children(
    conference: Conference, children: Sequence[ChildDecided], on: date
) -> dict[int, ConferenceChild]:
    """Each child's part, when each of them has a decision that may be made for them."""
    parts = {part.child_id: part for part in _parts(conference)}
    if {one.child.pk for one in children} != set(parts):
        raise CannotDo("Decide for each child of this conference")
    is_review = conference.meeting.kind == MeetingKind.REVIEW_CONFERENCE
    for one in children:
        allowed = decisions_for(
            is_review=is_review, has_plan=parts[one.child.pk].plan_part is not None
        )
        if one.decision not in allowed:
            raise CannotDo(f"Choose what is decided for {one.child}")
        _check_decision(one, on)
    return parts


def _check_decision(one: ChildDecided, on: date) -> None:
    first = one.child
    if one.decision in PLANS:
        if not one.category:
            raise CannotDo(f"Choose the category of abuse for {first}")
        if why := code_set("cp_category").why_not_valid(one.category, on=on):
            raise CannotDo(why)
        if one.significant_harm is False:
            raise CannotDo(
                f"{first} has a plan only when they suffer significant harm, or are likely to"
            )
    elif not one.reason:
        raise CannotDo(f"Say why {first} needs no child protection plan")
    elif one.significant_harm is None:
        raise CannotDo(f"Say whether {first} suffers significant harm, or is likely to")


def _hold(conference: Conference, held: Held, version: int, by: User) -> None:
    """Record that it was held, by whom it was attended, and whether that was enough."""
    meeting = conference.meeting
    if meeting.version != version:
        raise CannotDo("This was booked anew since you opened it. Open it again: nothing is lost")
    plans.record_attendance(
        meeting=meeting,
        attendance=held.attendance,
        dissent=held.dissent,
        core_group=held.core_group,
        by=by,
    )
    found = quorum_of(meeting)
    if not found.is_met and not held.quorate_reason:
        raise CannotDo(
            f"This is not quorate without {found.why_not}. Say why it goes ahead, or call it again"
        )
    conference.meeting = plans.hold_meeting(
        meeting=meeting,
        held_at=held.held_at,
        quorate=found.is_met,
        quorate_reason="" if found.is_met else held.quorate_reason,
        late_reason=held.late_reason or meeting.late_reason,
        by=by,
    )


def quorum_of(meeting: Meeting) -> Quorum:
    """Whether enough of those asked took part, as their attendance now stands."""
    members = meeting.members.filter(removed_at=None)
    return quorum(Came(m.worker_id is not None, m.agency, m.attendance) for m in members)


def _record_child(
    conference: Conference, part: ConferenceChild, one: ChildDecided, by: User
) -> None:
    """Write down how a child took part, and what was decided for them."""
    age = one.child.age_on(timezone.localdate(conference.meeting.held_at))
    known = asks_how_they_took_part(age, is_unborn=one.child.is_unborn)
    participation = one.participation or known
    if not participation:
        raise CannotDo(f"Say how {one.child} took part")
    plans.record_participation(
        meeting=conference.meeting,
        child=one.child,
        participation=participation,
        views=one.views,
        views_heard_by=one.views_heard_by,
        advocate_offered=one.advocate_offered,
        advocate_name=one.advocate_name,
        by=by,
    )
    goes_on = one.decision in PLANS
    part.decision, part.category = one.decision, one.category if goes_on else ""
    part.significant_harm = True if goes_on else one.significant_harm
    part.reason = one.reason
    part.save()


def _check_found(conference: Conference, children: Sequence[ChildDecided]) -> None:
    if not conference.summary:
        raise CannotDo("Say in a few sentences what the conference found, and why it decided so")
    if any(one.decision in PLANS for one in children) and not conference.danger:
        raise CannotDo("Say what the danger to the children is")


def _issue(
    conference: Conference, children: Sequence[ChildDecided], on: date, late: str, by: User
) -> None:
    """Say that it is decided, and take it and its report off the lists."""
    conference.decided_at, conference.decided_by = timezone.now(), by
    conference.save()
    _finish_task(conference, children, on, late, by)
    drop_own_report(conference, reason="The conference was held without it", by=by)


def _open_what_follows(
    conference: Conference,
    parts: Sequence[ConferenceChild],
    children: Sequence[ChildDecided],
    on: date,
    by: User,
    **asked_for: Unpack[AskedFor],
) -> None:
    """Carry it out, ask for its papers to be sent, and tell whoever works with the children."""
    earlier = {one.child.pk: one.earlier_plans for one in children}
    carry_out(conference=conference, parts=parts, earlier=earlier, on=on, by=by, **asked_for)
    ask_for_sending(conference, list(STEPS.values()), [one.child for one in children], on, by)
    _tell(conference, parts, on, by)


def _finish_task(
    conference: Conference, children: Sequence[ChildDecided], on: date, late: str, by: User
) -> None:
    """Mark the step done. What each child's outcome opens is opened by the plan itself."""
    if conference.task is None:
        return
    order = [*PLANS, ConferenceDecision.IN_NEED, ConferenceDecision.NO_PLAN]
    chosen = {one.decision for one in children}
    outcome = next(each for each in order if each in chosen)
    code = late or conference.meeting.late_reason
    why = code_set("conference_late_reason").label(code) if code else ""
    casework.complete(
        conference.task, outcome=outcome, on=on, late_reason=why, by=by, opens_next=False
    )


def _tell(conference: Conference, parts: Sequence[ConferenceChild], on: date, by: User) -> None:
    """Put it into each child's story, each with their own decision alone, and tell the workers."""
    children: list[Person] = [part.child for part in parts]
    chronicle(
        about=children,
        kind="conference",
        title=f"{conference} held",
        texts={part.child_id: in_a_sentence(part) for part in parts},
        happened_on=on,
        source=conference,
        page="protection:conference",
        significance="high",
        by=by,
    )
    notify(
        to=workers_of(conference),
        text=f"{conference}: held on {in_words(on)}, and its decisions are issued",
        page=f"/conferences/{conference.pk}/",
        subject=conference,
        by=by,
    )


def in_a_sentence(part: ConferenceChild) -> str:
    """What was decided for a child, as one line."""
    words = str(ConferenceDecision(part.decision).label)
    if part.category:
        words += f". Category: {code_set('cp_category').label(part.category).lower()}"
    return f"{words}. {part.reason}".strip() if part.reason else words
