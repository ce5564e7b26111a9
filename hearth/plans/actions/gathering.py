"""Calling, holding and sending out a meeting that carries a plan on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.casework import actions as casework
from hearth.casework.models import Allocation, Task
from hearth.casework.process import STEPS
from hearth.lib.errors import CannotDo
from hearth.people import kin
from hearth.people.family import family_of
from hearth.people.models import Person
from hearth.plans.actions.actions import NewAction, end_action, record_progress, set_action
from hearth.plans.actions.meetings import (
    NewMember,
    Place,
    add_member,
    call_meeting,
    hold_meeting,
    record_attendance,
    record_participation,
    take_meeting,
    write_minutes,
)
from hearth.plans.gathering import GATHERINGS, Decided, Gathering
from hearth.plans.models import (
    CONFERENCES,
    ActionState,
    Meeting,
    Plan,
    PlanAction,
    PlanChild,
)
from hearth.plans.rules import who_is_missing
from hearth.records.actions import chronicle
from hearth.workforce.rules import is_employed

PAGE = "plans:meeting"
USUAL = timedelta(hours=1, minutes=30)
CARRIED = [each.name for each in fields(NewMember) if each.name != "excluded_reason"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """How an action was found at a meeting, and whether it is finished with."""

    rating: str
    words: str
    finished: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """All that a meeting's record says, by the ids of members, children and actions."""

    held_at: datetime
    minutes: str
    attendance: Mapping[int, str]
    shared: Mapping[int, str] = field(default_factory=dict)
    children: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    decided: Mapping[int, Decided] = field(default_factory=dict)
    progress: Mapping[int, Rated] = field(default_factory=dict)
    # What is asked for from now on.
    actions: Sequence[NewAction] = ()
    quorate_reason: str = ""
    late_reason: str = ""
    next_at: datetime | None = None


@transaction.atomic
def call_gathering(
    *, plan: Plan, kind: str, planned_from: datetime | None = None, place: str = "", by: User
) -> Meeting:
    """Call a meeting that carries a plan on, asking whoever was at the last one, and parents."""
    gathering = _gathering(kind)
    if gathering.plan_kind != plan.kind:
        raise CannotDo(f"A {str(plan).lower()} is not carried on by that kind of meeting")
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if plan.meetings.coming().filter(kind=kind).exists():
        raise CannotDo("One has been called already. Hold that one, or call it off")
    children = _still_on(plan) or list(Person.objects.filter(pk__in=plan.about))
    last = Meeting.objects.held().of_child(children[0]).order_by("-held_at").first()
    when = None
    if planned_from is not None:
        when = Place(planned_from=planned_from, planned_to=planned_from + USUAL, place=place)
    meeting = call_meeting(kind=gathering.kind, children=children, place=when, plan=plan, by=by)
    _ask_again(meeting, last, by)
    _ask_family_and_workers(meeting, children, by)
    return meeting


def _gathering(kind: str) -> Gathering:
    if kind not in GATHERINGS:
        raise CannotDo("That meeting has pages of its own")
    return GATHERINGS[kind]


def _still_on(plan: Plan) -> list[Person]:
    standing = PlanChild.objects.current().filter(plan=plan).values("child")
    return list(Person.objects.filter(pk__in=standing).order_by("born_on", "pk"))


def _ask_again(meeting: Meeting, last: Meeting | None, by: User) -> None:
    """Those who are to be sent the record come again: those kept out are asked for by hand."""
    if last is None:
        return
    again = last.members.filter(removed_at=None, excluded_reason="")
    whom = Q(in_core_group=True) if last.kind in CONFERENCES else Q(is_key=True)
    for member in again.filter(whom):
        if member.worker and not is_employed(member.worker, on=timezone.localdate()):
            continue
        new = NewMember(**{name: getattr(member, name) for name in CARRIED})
        add_member(meeting=meeting, member=new, by=by)


def _ask_family_and_workers(meeting: Meeting, children: Sequence[Person], by: User) -> None:
    asked = list(meeting.members.all())
    people = {member.person_id for member in asked}
    workers = {member.worker_id for member in asked}
    if not any(people):
        for member in family_of(children[0], today=timezone.localdate()).members:
            if kin.is_parent(member.code) and not member.is_over:
                new = NewMember(name=str(member.person), role=member.words, person=member.person)
                add_member(meeting=meeting, member=new, by=by)
    held = Allocation.objects.current().filter(child__in=children).select_related("worker")
    ours = {one.worker_id: one.worker for one in held} | {by.pk: by}
    for pk, worker in ours.items():
        if pk not in workers and is_employed(worker, on=timezone.localdate()):
            new = NewMember(name=str(worker), role="Children's social care", worker=worker)
            add_member(meeting=meeting, member=new, by=by)


@transaction.atomic
def hold_gathering(*, meeting: Meeting, said: Held, by: User) -> Meeting:
    """Record a meeting: who came, each child's view, how every open action goes, what follows.

    Nothing may be left unsaid: an open action with no rating is refused, and one without a quorum
    says why it went ahead.
    """
    meeting = take_meeting(meeting)
    gathering, day = _gathering(meeting.kind), timezone.localdate(said.held_at)
    record_attendance(meeting=meeting, attendance=said.attendance, shared=said.shared, by=by)
    for child in Person.objects.filter(pk__in=meeting.about):
        record_participation(meeting=meeting, child=child, **_participation(child, said), by=by)
    meeting = hold_meeting(
        meeting=meeting,
        held_at=said.held_at,
        **_quorum(gathering, meeting, said),
        late_reason=said.late_reason,
        by=by,
    )
    write_minutes(meeting=meeting, minutes=said.minutes, version=meeting.version, by=by)
    if gathering.rates_actions:
        _rate(meeting, said, day, by)
    _ask_more(meeting, said, day, by)
    _tell(meeting, said, day, by)
    if gathering.step:
        _complete_step(gathering, meeting, said, day, by)
    if gathering.decide is not None:
        gathering.decide(meeting, said.decided, day, by)
    _go_on(gathering, meeting, said, day, by)
    trail.record(f"Wrote the record: {meeting}", meeting, by=by)
    return meeting


def _participation(child: Person, said: Held) -> dict[str, Any]:
    answers = said.children.get(child.pk, {})
    if not answers.get("participation"):
        raise CannotDo(f"Say how {child} took part")
    return {"participation": answers["participation"], "views": answers.get("views", "")}


def _quorum(gathering: Gathering, meeting: Meeting, said: Held) -> dict[str, Any]:
    missing = who_is_missing(meeting.members.filter(removed_at=None))
    if missing and gathering.must_be_quorate and not said.quorate_reason:
        raise CannotDo(
            f"It lacked {' and '.join(missing)}. Say why it went ahead, and what is done about it"
        )
    if not gathering.must_be_quorate:
        return {"quorate": None}
    return {"quorate": not missing, "quorate_reason": said.quorate_reason if missing else ""}


def _rate(meeting: Meeting, said: Held, day: date, by: User) -> None:
    assert meeting.plan is not None  # noqa: S101 - a gathering is called about a plan
    for action in meeting.plan.actions.open().filter(set_on__lte=day):
        rated = said.progress.get(action.pk)
        if rated is None or not rated.rating or not rated.words:
            raise CannotDo(f"Say how action {action.number} goes: {action.what}")
        record_progress(
            action=action,
            rating=rated.rating,
            words=rated.words,
            seen_on=day,
            meeting=meeting,
            by=by,
        )
        if rated.finished:
            end_action(action=action, state=_state(rated), words=rated.words, on=day, by=by)


def _ask_more(meeting: Meeting, said: Held, day: date, by: User) -> None:
    """Put what the meeting asked for in the plan: never without owner, day and measure."""
    assert meeting.plan is not None  # noqa: S101 - a gathering is called about a plan
    for action in said.actions:
        set_action(plan=meeting.plan, action=action, set_on=day, meeting=meeting, by=by)


def _state(rated: Rated) -> ActionState:
    return ActionState.DONE if rated.rating.startswith("done") else ActionState.STOPPED


def _tell(meeting: Meeting, said: Held, day: date, by: User) -> None:
    about = list(Person.objects.filter(pk__in=meeting.about))
    views = {pk: answers.get("views", "") for pk, answers in said.children.items()}
    chronicle(
        about=about,
        kind="review",
        title=f"{meeting} held",
        text=said.minutes,
        texts={pk: f"Their view: {words}" for pk, words in views.items() if words},
        happened_on=day,
        source=meeting,
        page=PAGE,
        by=by,
    )


def _go_on(gathering: Gathering, meeting: Meeting, said: Held, day: date, by: User) -> None:
    """What the meeting opens: the next one, and the sending of its record."""
    plan = meeting.plan
    assert plan is not None  # noqa: S101 - a gathering is called about a plan
    if gathering.step:
        open_gathering(plan=plan, kind=gathering.kind, trigger=day, by=by)
    if gathering.send_step:
        open_for_lead(
            gathering.send_step,
            list(Person.objects.filter(pk__in=meeting.about)),
            day,
            by,
            record_id=meeting.pk,
        )
    if said.next_at is not None and _still_on(plan):
        call_gathering(plan=plan, kind=gathering.kind, planned_from=said.next_at, by=by)


def _complete_step(gathering: Gathering, meeting: Meeting, said: Held, day: date, by: User) -> None:
    waiting = Task.objects.outstanding().filter(step_key=gathering.step)
    for task in waiting.filter(children__child__in=meeting.about).distinct():
        casework.complete(
            task,
            outcome="held",
            on=day,
            by=by,
            late_reason=said.late_reason,
            opens_next=False,
        )


@transaction.atomic
def open_gathering(
    *, plan: Plan, kind: str, trigger: date, timescale: str = "", by: User
) -> Task | None:
    """Ask for the next meeting of this kind, for the children still under the plan."""
    gathering, children = _gathering(kind), _still_on(plan)
    if not children or not gathering.step:
        return None
    return open_for_lead(
        gathering.step, children, trigger, by, record_id=plan.pk, timescale=timescale
    )


def open_for_lead(
    step: str,
    children: Sequence[Person],
    trigger: date,
    by: User,
    *,
    record_id: int,
    timescale: str = "",
) -> Task:
    """Open a step about a plan, for the children's lead worker."""
    lead = Allocation.objects.current().leading().filter(child__in=children)
    held = lead.select_related("worker", "team").first()
    return casework.open_step(
        STEPS[step],
        children=children,
        trigger=trigger,
        by=by,
        record_id=record_id,
        worker=(casework.still_here(held.worker) if held else None) or (None if held else by),
        team=held.team if held else None,
        timescale=timescale,
    )


def open_actions(meeting: Meeting) -> list[PlanAction]:
    """What the meeting must say the progress of."""
    return list(meeting.plan.actions.open()) if meeting.plan is not None else []
