"""Asking for a conference: after an enquiry, before a birth, at a move here, to review a plan."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.accounts.notices import notify
from hearth.accounts.roles import MANAGERS
from hearth.casework import actions as casework
from hearth.casework.models import Episode, Task
from hearth.casework.models.local import local_rules
from hearth.casework.timescales import TIMESCALES, due
from hearth.lib.errors import CannotDo
from hearth.people.models import Person
from hearth.plans import actions as plans
from hearth.plans.models import MeetingKind, Plan, PlanChild, PlanKind
from hearth.protection.models import Conference, ConferenceChild, Enquiry, StrategyDiscussion
from hearth.protection.process import INITIAL_CONFERENCE, REQUEST_CONFERENCE, REVIEW_CONFERENCE
from hearth.protection.rules.conference import timescale_for
from hearth.workforce.models import Staff, Team, TeamKind

FROM_AN_ENQUIRY = (MeetingKind.INITIAL_CONFERENCE, MeetingKind.PRE_BIRTH_CONFERENCE)
ASKED_FOR_DIRECTLY = (MeetingKind.TRANSFER_CONFERENCE, MeetingKind.PRE_BIRTH_CONFERENCE)
STANDING = "{child} has a child protection plan already: a review conference changes or ends it"


@transaction.atomic
def request_conference(
    *,
    task: Task,
    kind: MeetingKind,
    reason: str,
    must_be_asked: str = "",
    late_reason: str = "",
    by: User,
) -> Conference:
    """Ask for the conference that an enquiry decided on, for each of the children it named."""
    task = casework.take_task(task)
    if task.step_key != REQUEST_CONFERENCE.key:
        raise CannotDo("This task does not ask for a conference")
    if kind not in FROM_AN_ENQUIRY:
        raise CannotDo("Choose an initial or a pre-birth conference")
    children = list(Person.objects.filter(pk__in=task.about))
    enquiry = Enquiry.objects.filter(pk=task.record_id).first() if task.record_id else None
    began = began_on(enquiry) if enquiry else task.trigger_on
    timescale, counted_from = timescale_for(MeetingKind.INITIAL_CONFERENCE), began
    if kind == MeetingKind.PRE_BIRTH_CONFERENCE:
        timescale, counted_from = _before_birth(began, expected_birth(children))
    today = timezone.localdate()
    casework.complete(
        task, outcome="requested", on=today, late_reason=late_reason, by=by, opens_next=False
    )
    return _ask(
        kind=kind,
        children=children,
        enquiry=enquiry,
        timescale=timescale,
        counted_from=counted_from,
        reason=reason,
        must_be_asked=must_be_asked,
        by=by,
    )


@transaction.atomic
def call_conference(
    *,
    children: Sequence[Person],
    kind: MeetingKind,
    reason: str,
    notified_on: date | None = None,
    must_be_asked: str = "",
    by: User,
) -> Conference:
    """Ask for a conference with no enquiry here: before a birth, or when a family moves here.

    A child who comes with another authority's plan has a conference within fifteen working days of
    its notice; the plan is that authority's until then.
    """
    if not by.has_role(*MANAGERS):
        raise CannotDo("A manager asks for a conference")
    if kind not in ASKED_FOR_DIRECTLY:
        raise CannotDo("An initial conference is asked for by an enquiry")
    if kind == MeetingKind.PRE_BIRTH_CONFERENCE:
        counted_from = expected_birth(children)
    elif notified_on is None or notified_on > timezone.localdate():
        raise CannotDo("Say the day the other authority told us, which cannot be to come")
    else:
        counted_from = notified_on
    return _ask(
        kind=kind,
        children=children,
        enquiry=None,
        timescale=timescale_for(kind),
        counted_from=counted_from,
        reason=reason,
        must_be_asked=must_be_asked,
        by=by,
    )


def began_on(enquiry: Enquiry) -> date:
    """The day of the strategy discussion that began an enquiry: CP-02 is counted from it."""
    first = (
        StrategyDiscussion.objects.filter(enquiry=enquiry, initiating=True)
        .select_related("meeting")
        .first()
    )
    held = first.meeting.held_at if first else None
    return timezone.localdate(held) if held else enquiry.started_on


def _before_birth(began: date, expected: date) -> tuple[str, date]:
    """What the conference of an unborn child is counted from, where an enquiry asks for it.

    The enquiry's own limit (CP-02), or so many weeks before the birth (CP-15) where that is sooner.
    """
    local = local_rules()
    after, before = (timescale_for(kind) for kind in FROM_AN_ENQUIRY)
    latest = due(TIMESCALES[after], began, local)
    sooner = due(TIMESCALES[before], expected, local)
    if sooner and latest and began < sooner.on < latest.on:
        return before, expected
    return after, began


def expected_birth(children: Sequence[Person]) -> date:
    """The day the first of these is expected to be born."""
    days = [child.born_on for child in children if child.is_unborn and child.born_on]
    if not days:
        raise CannotDo("A pre-birth conference is about a child who is not yet born")
    return min(days)


def _ask(
    *,
    kind: MeetingKind,
    children: Sequence[Person],
    enquiry: Enquiry | None,
    timescale: str,
    counted_from: date,
    reason: str,
    must_be_asked: str,
    by: User,
) -> Conference:
    if not reason:
        raise CannotDo("Say why a conference is needed")
    for child in children:
        if standing_plan(child):
            raise CannotDo(STANDING.format(child=child))
    check_none_waits(children)
    conference = _make(kind, children, counted_from, by, enquiry=enquiry)
    team = conference_team()
    task = casework.open_step(
        INITIAL_CONFERENCE,
        children=children,
        trigger=counted_from,
        record_id=conference.pk,
        worker=None if team else by,
        team=team,
        timescale=timescale,
        by=by,
    )
    conference.task, conference.target_on = task, task.due_on
    conference.requested_on, conference.requested_by = timezone.localdate(), by
    conference.request_reason, conference.must_be_asked = reason, must_be_asked
    conference.save()
    _tell_the_service(conference, team, by)
    trail.record(f"Asked for: {conference}", conference, by=by)
    return conference


@transaction.atomic
def call_review(
    *, plan: Plan, counted_from: date, timescale: str, asked_on: date, by: User
) -> Conference:
    """Put the next review of a plan on the list to be booked, for those of its children who stand.

    A brother or sister who has none may be added when it is booked.
    """
    parts = plan.children.filter(ended_on=None).select_related("child")
    children = [part.child for part in parts]
    if plan.kind != PlanKind.PROTECTION or not children:
        raise CannotDo("There is no child protection plan here to review")
    check_none_waits(children)
    conference = _make(MeetingKind.REVIEW_CONFERENCE, children, counted_from, by, plan=plan)
    task = Task.objects.outstanding().of_step(REVIEW_CONFERENCE)
    waiting = task.filter(record_id=plan.pk, conference=None).first()
    if waiting is None:
        team = conference_team()
        waiting = casework.open_step(
            REVIEW_CONFERENCE,
            children=children,
            trigger=counted_from,
            record_id=plan.pk,
            worker=None if team else by,
            team=team,
            timescale=timescale,
            by=by,
        )
    conference.task, conference.target_on = waiting, waiting.due_on
    conference.requested_on, conference.requested_by = asked_on, by
    conference.request_reason = "To review the child protection plan."
    conference.save()
    trail.record(f"Called: {conference}", conference, by=by)
    return conference


def _make(
    kind: MeetingKind,
    children: Sequence[Person],
    counted_from: date,
    by: User,
    *,
    enquiry: Enquiry | None = None,
    plan: Plan | None = None,
) -> Conference:
    """The meeting, the conference and each child's part."""
    meeting = plans.call_meeting(kind=kind, children=children, by=by)
    conference: Conference = Conference.objects.create(
        meeting=meeting,
        about=meeting.about,
        enquiry=enquiry,
        plan=plan,
        counted_from=counted_from,
        recorded_by=by,
    )
    add_parts(conference, children)
    return conference


def add_parts(conference: Conference, children: Sequence[Person]) -> None:
    """Give each child their part of it, in their open episode and beside the plan they have."""
    episodes = {e.child_id: e for e in Episode.objects.open().filter(child__in=list(children))}
    ConferenceChild.objects.bulk_create(
        ConferenceChild(
            conference=conference,
            child=child,
            episode=episodes.get(child.pk),
            plan_part=standing_plan(child),
        )
        for child in children
    )


def standing_plan(child: Person) -> PlanChild | None:
    """The protection plan a child has now."""
    parts = PlanChild.objects.filter(child=child, kind=PlanKind.PROTECTION, ended_on=None)
    return parts.first()


def check_none_waits(children: Sequence[Person]) -> None:
    """No child waits for two conferences at once."""
    waiting = ConferenceChild.objects.filter(
        child__in=children,
        conference__decided_at=None,
        conference__meeting__cancelled_at=None,
    )
    first = waiting.select_related("child", "conference__meeting").first()
    if first is not None:
        raise CannotDo(f"{first.child} has a conference to come already")


def conference_team() -> Team | None:
    """The team that arranges conferences; None where the authority has none yet."""
    today = timezone.localdate()
    teams = Team.objects.open_on(today).filter(kind=TeamKind.INDEPENDENT).order_by("pk")
    return next((t for t in teams if Staff.objects.in_team_on(t, today).exists()), None)


def _tell_the_service(conference: Conference, team: Team | None, by: User) -> None:
    if team is None:
        return
    staff = Staff.objects.in_team_on(team, timezone.localdate()).select_related("user")
    notify(
        to=[one.user for one in staff],
        text=f"{conference} was asked for. Accept it, and book it",
        page=f"/conferences/{conference.pk}/",
        subject=conference,
        by=by,
    )
