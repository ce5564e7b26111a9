"""Calling a strategy discussion, and recording what it decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.casework import actions as casework
from hearth.casework.models import Episode, Task
from hearth.lib.codes import code_set
from hearth.lib.errors import CannotDo
from hearth.people.models import Person
from hearth.plans import actions as meetings
from hearth.plans.actions.meetings import take_meeting
from hearth.plans.models import Meeting, MeetingKind
from hearth.protection import process
from hearth.protection.actions import story
from hearth.protection.actions.starting import Lead, follow_on
from hearth.protection.actions.taking import (
    check_registered,
    check_role,
    take_discussion,
    team_of,
)
from hearth.protection.household import children_at_home, is_child
from hearth.protection.models import StrategyChild, StrategyDecision, StrategyDiscussion
from hearth.protection.models.strategy import ENQUIRES
from hearth.protection.rules import missing_agencies
from hearth.records.actions.writing import check_when

HOLDS = process.STRATEGY.done_by
NOT_A_MANAGER = "A manager holds a strategy discussion, or the out-of-hours team at night"
WITH_THE_POLICE = (StrategyDecision.JOINT, StrategyDecision.POLICE_ALONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Safety:
    """Of one child: whether they are safe now, what keeps them so, and whether to enquire."""

    safe_now: bool | None = None
    safety: str = ""
    staying_with: str = ""
    in_enquiry: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Of one who was asked: whether they came, what they told, and where they did not agree."""

    attendance: str = ""
    shared: str = ""
    dissent: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """Everybody's part in the discussion: those asked before by member, and those who joined."""

    asked: Mapping[int, Told] = field(default_factory=dict)
    joined: Sequence[tuple[meetings.NewMember, Told]] = ()


@transaction.atomic
def call_strategy(
    *,
    children: Sequence[Person],
    concern: str,
    members: Sequence[meetings.NewMember] = (),
    place: meetings.Place | None = None,
    task: Task | None = None,
    by: User,
) -> StrategyDiscussion:
    """Call a strategy discussion about children and every other child who lives with them.

    From the task that asks for one, or at once because of what was heard: then the task is opened
    with it, so that a discussion called and never held stays on the list (Children Act 1989,
    section 47; Working Together 2023, chapter 3).
    """
    check_role(by, HOLDS, NOT_A_MANAGER)
    check_registered(by)
    if not concern:
        raise CannotDo("Say why there is cause to suspect significant harm")
    today = timezone.localdate()
    everyone = _everyone(children, task, today)
    task = _task_for(everyone, task, by)
    meeting = meetings.call_meeting(
        kind=MeetingKind.STRATEGY, children=everyone, place=place, by=by
    )
    for member in members:
        meetings.add_member(meeting=meeting, member=member, by=by)
    discussion = StrategyDiscussion.objects.create(
        meeting=meeting, about=meeting.about, task=task, concern=concern, recorded_by=by
    )
    _add_parts(discussion, everyone)
    task.record_id = discussion.pk
    task.save(update_fields=["record_id"])
    trail.record("Called a strategy discussion", discussion, by=by)
    return discussion


def _everyone(children: Sequence[Person], task: Task | None, today: date) -> list[Person]:
    """Those chosen, those the task is about, and every child at home with any of them."""
    named = {child.pk: child for child in children}
    if task is not None:
        named |= {c.pk: c for c in Person.objects.filter(pk__in=task.about)}
    if not named:
        raise CannotDo("Choose at least one child this is about")
    chosen = list(named.values())
    for person in children:
        if not is_child(person, today):
            raise CannotDo(f"A strategy discussion is about a child: {person} is not one now")
    return [*chosen, *children_at_home(chosen, today=today)]


def _task_for(children: Sequence[Person], task: Task | None, by: User) -> Task:
    if task is None:
        now = timezone.now()
        team = team_of(None, by, on=timezone.localdate(now))
        return casework.open_step(
            process.STRATEGY, children=children, trigger=now, worker=by, team=team, by=by
        )
    task = casework.take_task(task)
    if task.step_key != process.STRATEGY.key:
        raise CannotDo("This task does not ask for a strategy discussion")
    if StrategyDiscussion.objects.filter(task=task).exists():
        raise CannotDo("This strategy discussion has been called already")
    casework.name_children(task, children=children, by=by)
    return task


def _add_parts(discussion: StrategyDiscussion, children: Sequence[Person]) -> None:
    there = set(discussion.children.values_list("child_id", flat=True))
    episodes = {e.child_id: e for e in Episode.objects.open().filter(child__in=list(children))}
    StrategyChild.objects.bulk_create(
        StrategyChild(discussion=discussion, child=child, episode=episodes.get(child.pk))
        for child in children
        if child.pk not in there
    )


@transaction.atomic
def decide_strategy(
    *,
    discussion: StrategyDiscussion,
    held_at: datetime,
    how: str = "",
    concern: str,
    decision: str,
    rationale: str,
    enquiry_plan: str = "",
    legal_advice: str = "",
    missing_reason: str = "",
    missing_agency_reason: str = "",
    missing_consulted_on: date | None = None,
    next_on: date | None = None,
    late_reason: str = "",
    said: Round,
    children: Mapping[int, Safety],
    lead: Lead | None = None,
    version: int | None = None,
    by: User,
) -> StrategyDiscussion:
    """Record a strategy discussion whole: who took part, what each told, and what is decided.

    No child of the household is left without an answer about their safety. Without the police or
    health it says why. An enquiry that is decided begins that day, with a part for each child it
    includes; a later discussion about one already open belongs to that one.
    """
    discussion = take_discussion(discussion)
    _check_it_may_be_decided(discussion, held_at, decision, concern, rationale, next_on, by)
    meeting = take_meeting(discussion.meeting, version=version)
    parts = _write_safety(discussion, children, decision, by)
    missing = _record_round(discussion, said, by)
    _check_missing(missing, missing_reason, missing_agency_reason, missing_consulted_on)
    _check_it_may_follow(decision, missing, missing_consulted_on, enquiry_plan)
    _note_missing(discussion, missing, missing_reason, missing_agency_reason, missing_consulted_on)
    _hold(discussion, meeting, held_at, how, late_reason, by)
    discussion.concern, discussion.decision, discussion.rationale = concern, decision, rationale
    discussion.enquiry_plan, discussion.legal_advice = enquiry_plan, legal_advice
    discussion.next_on, discussion.decided_at, discussion.decided_by = next_on, timezone.now(), by
    discussion.save()
    _finish(discussion, parts, held_at, late_reason, lead or Lead(), by)
    trail.record("Decided at a strategy discussion", discussion, by=by)
    return discussion


def _check_it_may_be_decided(
    discussion: StrategyDiscussion,
    held_at: datetime,
    decision: str,
    concern: str,
    rationale: str,
    next_on: date | None,
    by: User,
) -> None:
    check_role(by, HOLDS, NOT_A_MANAGER)
    check_registered(by)
    if discussion.decided_at is not None:
        raise CannotDo(f"{discussion.decided_by} has already recorded what this decided")
    if decision not in StrategyDecision.values:
        raise CannotDo("Choose what was decided")
    if not concern:
        raise CannotDo("Say why there is cause to suspect significant harm")
    if not rationale:
        raise CannotDo("Give the reasons for the decision")
    check_when(held_at, list(Person.objects.filter(pk__in=discussion.about)))
    if next_on is not None and next_on < timezone.localdate(held_at):
        raise CannotDo("The next discussion cannot be before this one")


def _write_safety(
    discussion: StrategyDiscussion, answers: Mapping[int, Safety], decision: str, by: User
) -> list[StrategyChild]:
    """Keep what was said of each child; refuse to leave out one who lives with them."""
    known = list(Person.objects.filter(pk__in=discussion.about))
    found = children_at_home(known, today=timezone.localdate())
    if found:
        meetings.add_children(meeting=discussion.meeting, children=found, by=by)
        discussion.about = sorted({*discussion.about, *(child.pk for child in found)})
        _add_parts(discussion, found)
    parts = list(discussion.children.select_related("child", "episode").order_by("pk"))
    for part in parts:
        answer = answers.get(part.child_id, Safety())
        _check_safety(part.child, answer, decision)
        part.safe_now, part.safety = answer.safe_now, answer.safety
        part.staying_with = answer.staying_with
        part.in_enquiry = answer.in_enquiry if decision in ENQUIRES else False
        part.save(update_fields=["safe_now", "safety", "staying_with", "in_enquiry"])
    if decision in ENQUIRES and not any(part.in_enquiry for part in parts):
        raise CannotDo("Choose at least one child for the enquiry")
    return parts


def _check_safety(child: Person, answer: Safety, decision: str) -> None:
    if answer.safe_now is None:
        raise CannotDo(f"Say whether {child} is safe now")
    if not answer.safety:
        raise CannotDo(f"Say what keeps {child} safe, or is being done to make them so")
    if decision in ENQUIRES and answer.in_enquiry is None:
        raise CannotDo(f"Say whether the enquiry includes {child}")


def _record_round(discussion: StrategyDiscussion, said: Round, by: User) -> list[str]:
    """Record who took part and what each told; answers which agencies were missing."""
    meeting = discussion.meeting
    told = dict(said.asked)
    for member, words in said.joined:
        told[meetings.add_member(meeting=meeting, member=member, by=by).pk] = words
    meetings.record_attendance(
        meeting=meeting,
        attendance={pk: words.attendance for pk, words in told.items()},
        shared={pk: words.shared for pk, words in told.items()},
        dissent={pk: words.dissent for pk, words in told.items()},
        by=by,
    )
    members = list(meeting.members.filter(removed_at=None))
    if unsaid := [member.name for member in members if not member.attendance]:
        raise CannotDo(f"Say whether {unsaid[0]} took part")
    return missing_agencies([member.agency for member in members if member.took_part])


def _check_missing(missing: list[str], reason: str, words: str, asked_on: date | None) -> None:
    if not missing:
        return
    who = " and ".join(missing)
    if why := code_set("strategy_missing_reason").why_not_valid(reason):
        raise CannotDo(f"Choose why {who} did not take part" if not reason else why)
    if not words:
        raise CannotDo(f"Say what was done to have {who} take part")
    if asked_on is not None and asked_on > timezone.localdate():
        raise CannotDo("They cannot have been asked on a day that has not come")


def _check_it_may_follow(
    decision: str, missing: list[str], police_asked_on: date | None, enquiry_plan: str
) -> None:
    """An enquiry has a plan, and what is done with the police has their agreement."""
    if decision in WITH_THE_POLICE and "the police" in missing and police_asked_on is None:
        raise CannotDo("The police must agree to this. Say when they were asked since")
    if decision in ENQUIRES and not enquiry_plan:
        raise CannotDo("Say how the enquiry will be made: who sees whom, when, and any medical")


def _note_missing(
    discussion: StrategyDiscussion,
    missing: list[str],
    reason: str,
    words: str,
    asked_on: date | None,
) -> None:
    discussion.missing_reason = reason if missing else ""
    discussion.missing_agency_reason = words if missing else ""
    discussion.missing_consulted_on = asked_on if missing else None


def _hold(
    discussion: StrategyDiscussion,
    meeting: Meeting,
    held_at: datetime,
    how: str,
    late_reason: str,
    by: User,
) -> None:
    meetings.hold_meeting(
        meeting=meeting,
        held_at=held_at,
        quorate=not discussion.missing_agency_reason,
        quorate_reason=discussion.missing_agency_reason,
        late_reason=late_reason,
        chair=by,
        how=how,
        by=by,
    )


def _finish(
    discussion: StrategyDiscussion,
    parts: Sequence[StrategyChild],
    held_at: datetime,
    late_reason: str,
    lead: Lead,
    by: User,
) -> None:
    """Complete the task, begin or go on with the enquiry, and have the record sent."""
    on, task = timezone.localdate(held_at), discussion.task
    children = [part.child for part in parts]
    if task is not None:
        casework.name_children(task, children=children, by=by)
        casework.complete(
            task,
            outcome=discussion.decision,
            on=on,
            late_reason=late_reason,
            opens_next=False,
            by=by,
        )
    follow_on(discussion, parts, held_at=held_at, lead=lead, by=by)
    if discussion.meeting.members.filter(removed_at=None).exists():
        casework.open_step(
            process.SEND_STRATEGY,
            children=children,
            trigger=on,
            record_id=discussion.pk,
            worker=by,
            team=team_of(task, by, on=on),
            by=by,
        )
    story.tell_of_discussion(discussion, parts, held_on=on, by=by)
