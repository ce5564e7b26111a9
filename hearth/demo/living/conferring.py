"""Living the stories: conferences, core groups and the sending of papers, through their actions."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from hearth.casework.models import Task
from hearth.casework.timescales import ENGLAND
from hearth.demo import protection_acts as acts
from hearth.demo.living.life import Life, day_of, why_late
from hearth.people.models import Person
from hearth.plans import actions as plans
from hearth.plans.models import (
    CAME,
    Attendance,
    Meeting,
    MeetingKind,
    MeetingMember,
    Paper,
    PlanChild,
    PlanKind,
)
from hearth.protection import actions
from hearth.protection.actions.conference_plan import last_day_for, review_timescale
from hearth.protection.models import Conference
from hearth.protection.papers import still_to_have
from hearth.protection.process import CORE_GROUP, REQUEST_CONFERENCE, SEND_DECISIONS, SEND_RECORD
from hearth.protection.rules.conference import asks_how_they_took_part

LASTS = timedelta(hours=2)
SLOTS = (time(9, 15), time(11, 30), time(13, 45), time(14, 50))
PLACE = "Conference suite, Fenbridge House"
WHO = {
    "school": ("Ms Penrose", "Head of year"),
    "school_nursing": ("Mr Oduya", "School nurse"),
    "health_visiting": ("Ms Tallis", "Health visitor"),
    "early_years": ("Ms Brook", "Key person at the nursery"),
    "police": ("DS Marlow", "Child abuse investigation"),
    "gp": ("Dr Bassi", "GP"),
}
FIRST_PARENT = "Parent, with whom the children live"
NOT_AGREED = (
    "Does not agree that the children are at risk. It was once, and it will not happen again."
)
NOT_CORE = ("police", "gp")
DOES = (
    (
        "See that an adult who has not been drinking is with the children each night",
        "The children sleep, and none of them keeps watch",
        "What each child says on each visit; the grandmother's diary",
        "The parents, with the grandmother",
    ),
    (
        "Bring each child to school or nursery on time",
        "They miss no lessons and keep their friends",
        "The register, each fortnight",
        "The parents",
    ),
    (
        "Go to the programme for parents, each week",
        "The children see arguments end without anybody being hurt",
        "The worker's letter after each month",
        "The father",
    ),
)
AFTER = (
    "Agree what happens at weekends, and keep to it",
    "The children know who is there on Saturday and Sunday",
    "What each child says on the next three visits",
    "The parents",
)
IF_NOT = plans.NewContingency(
    trigger="A child is hurt, or is found alone at night",
    action=(
        "Whoever finds it rings the police and the duty worker; the children go to their "
        "grandmother that night, and a legal meeting is held within two working days"
    ),
    owner="Whoever finds it, and the team manager",
    within="the same night",
)
COMES_AT = 10
TOOK_PART = ("attended", "views_told", "advocate", "views_sent")
AIM = "Each child is safe at home every night, and knows whom to tell if that changes."


def conference_of(life: Life) -> Conference:
    """The family's conference that has not been decided."""
    coming = Conference.objects.filter(
        decided_at=None, meeting__cancelled_at=None, children__child__in=life.ids()
    )
    return coming.select_related("meeting").order_by("-pk")[0]


def held_conference(life: Life) -> Conference:
    """The last conference that was held."""
    held = Conference.objects.exclude(decided_at=None).filter(children__child__in=life.ids())
    return held.select_related("meeting").order_by("-decided_at", "-pk")[0]


def ask_for_conference(life: Life, act: acts.AskForConference) -> None:
    """Ask for the conference that the enquiry decided on."""
    task = life.task(REQUEST_CONFERENCE.key)
    born = Person.objects.filter(pk__in=task.about, born_on__lte=day_of(act))
    initial = any(not child.is_unborn for child in born)
    actions.request_conference(
        task=task,
        kind=MeetingKind.INITIAL_CONFERENCE if initial else MeetingKind.PRE_BIRTH_CONFERENCE,
        reason=act.reason,
        must_be_asked="The police and health",
        late_reason=why_late(task, day_of(act)),
        by=life.user(act),
    )


def call_transfer(life: Life, act: acts.CallTransfer) -> None:
    """Ask for the conference about children who came with another authority's plan."""
    actions.call_conference(
        children=life.some(act.about),
        kind=MeetingKind.TRANSFER_CONFERENCE,
        reason=act.reason,
        notified_on=act.notified_on,
        must_be_asked="The worker and the chair of the authority they come from",
        by=life.user(act),
    )


def taken_over(life: Life, act: acts.TakenOver) -> None:
    """End each child's plan, which another authority's conference took over."""
    standing = PlanChild.objects.current().filter(child__in=life.ids(), kind=PlanKind.PROTECTION)
    for part in standing.select_related("child", "plan").order_by("pk"):
        plans.end_part(
            part=part,
            reason="transferred",
            ended_on=day_of(act),
            grounds=act.grounds,
            by=life.user(act),
        )


def book_conference(life: Life, act: acts.BookConference) -> None:
    """Book it at an hour at which the chair is free, and ask everybody to it."""
    conference, by = conference_of(life), life.user(act)
    is_late = conference.target_on is not None and act.day > conference.target_on
    begins = _free(life, act)
    if conference.accepted_on is None:
        conference = actions.accept_conference(conference=conference, by=by)
    conference = actions.book_conference(
        conference=conference,
        planned_from=begins,
        planned_to=begins + LASTS,
        how="in_person",
        place=PLACE,
        chair=life.user(act.chair),
        note_taker=by,
        late_reason=act.late_reason if is_late else "",
        by=by,
    )
    members = actions.invite(conference=conference, members=_asked(life, act), by=by)
    actions.send_conference_paper(
        conference=conference,
        paper=Paper.INVITATION,
        members=members,
        how="secure_email",
        sent_at=act.at,
        keep=False,  # or a borough would be sixty thousand files
        by=by,
    )


def _free(life: Life, act: acts.BookConference) -> datetime:
    """The first hour of the day from the one wanted when the chair is not in another meeting."""
    hours = [slot for slot in SLOTS if slot.hour >= act.hour - 1] + list(SLOTS)
    for slot in hours:
        begins = datetime.combine(act.day, slot, ENGLAND)
        taken = Meeting.objects.filter(
            chair=life.user(act.chair),
            cancelled_at=None,
            planned_from__lt=begins + LASTS,
            planned_to__gt=begins,
        )
        if not taken.exists():
            return begins
    return datetime.combine(act.day, SLOTS[0], ENGLAND)


def _asked(life: Life, act: acts.BookConference) -> list[plans.NewMember]:
    family = [
        plans.NewMember(
            name=str(life.adult(n)),
            role="Parent or carer" if place else FIRST_PARENT,
            person=life.adult(n),
        )
        for place, n in enumerate(act.adults)
    ]
    lead = life.user(act.lead)
    ours = plans.NewMember(name=str(lead), role="Lead social worker", worker=lead)
    agencies = [
        plans.NewMember(
            agency=agency,
            name=WHO[agency][0],
            role=WHO[agency][1],
            email=f"{agency.replace('_', '.')}@fenbridge.example",
        )
        for agency in act.agencies
    ]
    return [*family, ours, *agencies]


def hold_conference(life: Life, act: acts.HoldConference) -> None:
    """The chair issues what was decided for each child."""
    conference = conference_of(life)
    meeting = conference.meeting
    assert meeting.planned_from is not None  # noqa: S101 - booked before this
    members = list(meeting.members.filter(removed_at=None))
    is_review = meeting.kind == MeetingKind.REVIEW_CONFERENCE
    looked = _looked(conference, act)
    done = {one.action.pk for one in looked if one.rating == "done"}
    still_open = len(looked) > len(done)
    starts = act.category and not is_review
    actions.decide_conference(
        conference=conference,
        version=meeting.version,
        held=actions.Held(
            held_at=meeting.planned_from,
            attendance={member.pk: _came(member, act) for member in members},
            dissent=_dissent(members, act),
            core_group=[member.pk for member in members if member.agency not in NOT_CORE],
        ),
        children=[_decided(life, child, act) for child in _about(conference)],
        danger=act.danger,
        strengths=act.strengths,
        summary=act.summary,
        actions=_new(act, starts=bool(starts), still_open=still_open),
        contingencies=[actions.RatedContingency(contingency=IF_NOT, rating="sound")]
        if starts
        else [],
        looked=looked,
        core_group_on=_not_after(act.core_group_on, "CP-07", act),
        next_review_on=_not_after(act.review_on, review_timescale(meeting.kind), act),
        by=life.user(act),
    )


def _not_after(day: date | None, timescale: str, act: acts.HoldConference) -> date | None:
    """The day wanted, or the last that the time limit allows."""
    last = last_day_for(timescale, day_of(act))
    return min(day, last) if day and last else day


def _about(conference: Conference) -> Sequence[Person]:
    return [part.child for part in conference.children.select_related("child").order_by("pk")]


def _came(member: MeetingMember, act: acts.HoldConference) -> str:
    """Most came; the police join from their desks, and a second parent stays away from some."""
    if member.agency:
        if member.agency == act.away:
            return Attendance.APOLOGIES
        return Attendance.VIDEO if member.agency == "police" else CAME[0]
    second = member.person_id is not None and member.role != FIRST_PARENT
    return Attendance.ABSENT if second and act.at.day % 4 == 0 else CAME[0]


def _dissent(members: Sequence[MeetingMember], act: acts.HoldConference) -> dict[int, str]:
    if not act.category or act.at.day % 3:
        return {}
    parents = [member.pk for member in members if member.role == FIRST_PARENT]
    return dict.fromkeys(parents, NOT_AGREED)


def _decided(life: Life, child: Person, act: acts.HoldConference) -> actions.ChildDecided:
    views = act.views.get(life.ids().index(child.pk), "")
    return actions.ChildDecided(
        child=child,
        decision=act.decision,
        category=act.category,
        significant_harm=bool(act.category),
        reason=act.reason,
        participation=_participation(child, act),
        views=views,
        views_heard_by="Their social worker" if views else "",
        advocate_offered=True if views else None,
        earlier_plans=act.earlier,
    )


def _participation(child: Person, act: acts.HoldConference) -> str:
    age = child.age_on(day_of(act))
    known = asks_how_they_took_part(age, is_unborn=child.is_unborn)
    older = age is not None and age >= COMES_AT
    return known or (TOOK_PART[act.at.day % len(TOOK_PART)] if older else "views_told")


def _looked(conference: Conference, act: acts.HoldConference) -> list[actions.Looked]:
    """The first action that stands is done by now; each of the others goes on."""
    if conference.plan is None:
        return []
    standing = list(conference.plan.actions.open().order_by("number"))
    return [
        actions.Looked(
            action=action, rating="done" if n == 0 else "on_track", words=act.progress or "Done."
        )
        for n, action in enumerate(standing)
    ]


def _new(act: acts.HoldConference, *, starts: bool, still_open: bool) -> list[plans.NewAction]:
    due = day_of(act) + timedelta(weeks=10)
    wanted = DOES if starts else () if not act.category or still_open else (AFTER,)
    return [
        plans.NewAction(what=what, outcome=outcome, measure=measure, owner=owner, due_on=due)
        for what, outcome, measure, owner in wanted
    ]


def send_decisions(life: Life, act: acts.SendDecisions) -> None:
    """Send everybody what was decided."""
    _send(life, act, Paper.DECISIONS, SEND_DECISIONS.key)


def approve_record(life: Life, act: acts.ApproveRecord) -> None:
    """The chair writes the record and agrees it."""
    conference, by = held_conference(life), life.user(act)
    meeting = conference.meeting
    actions.write_record(conference=conference, minutes=act.minutes, version=meeting.version, by=by)
    meeting.refresh_from_db()
    actions.approve_record(conference=conference, version=meeting.version, by=by)


def send_record(life: Life, act: acts.SendRecord) -> None:
    """Send everybody the record."""
    _send(life, act, Paper.RECORD, SEND_RECORD.key)


def _send(life: Life, act: acts.SendDecisions | acts.SendRecord, paper: Paper, step: str) -> None:
    conference = held_conference(life)
    task = Task.objects.outstanding().filter(step_key=step, record_id=conference.pk).first()
    actions.send_conference_paper(
        conference=conference,
        paper=paper,
        members=still_to_have(conference.meeting, paper),
        how="secure_email",
        sent_at=act.at,
        keep=False,  # or a borough would be sixty thousand files
        late_reason=why_late(task, day_of(act)),
        by=life.user(act),
    )


def hold_core_group(life: Life, act: acts.HoldCoreGroup) -> None:
    """The core group meets, says how each action goes, and is sent what was said."""
    standing = PlanChild.objects.current().filter(child__in=life.ids(), kind=PlanKind.PROTECTION)
    part = standing.select_related("plan", "child").first()
    if part is None:
        return
    by, kind = life.user(act), MeetingKind.CORE_GROUP
    meeting = plans.call_gathering(plan=part.plan, kind=kind, by=by)
    task = Task.objects.outstanding().of_step(CORE_GROUP).for_child(part.child).first()
    plans.hold_gathering(
        meeting=meeting,
        said=plans.Held(
            held_at=act.held_at,
            minutes=act.minutes or "We looked at each action with the parents.",
            attendance={member.pk: CAME[0] for member in meeting.members.all()},
            children={
                child.pk: _took_part(child) for child in Person.objects.filter(pk__in=meeting.about)
            },
            progress={
                action.pk: plans.Rated(rating=act.rating, words=act.words or "It goes on.")
                for action in plans.open_actions(meeting)
            },
            late_reason=why_late(task, day_of(act)),
        ),
        by=by,
    )
    if members := plans.unsent(meeting):
        plans.send_notes(
            meeting=meeting,
            members=members,
            how="secure_email",
            sent_at=act.at,
            keep=False,  # or a borough would be sixty thousand files
            by=by,
        )


def _took_part(child: Person) -> dict[str, str]:
    return {"participation": "unborn" if child.is_unborn else "views_told"}
