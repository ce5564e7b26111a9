"""Living the stories: conferences, core groups and the sending of papers, through their actions."""

from datetime import datetime, time, timedelta

from hearth.casework.models import Task
from hearth.casework.timescales import ENGLAND
from hearth.demo import protection_acts as acts
from hearth.demo.living.life import Life, day_of, why_late
from hearth.people.models import Person
from hearth.plans import actions as plans
from hearth.plans.models import (
    CAME,
    Meeting,
    MeetingKind,
    MeetingRoom,
    Paper,
    PlanChild,
    PlanKind,
)
from hearth.protection import actions
from hearth.protection.models import Conference
from hearth.protection.papers import still_to_have
from hearth.protection.process import CORE_GROUP, REQUEST_CONFERENCE, SEND_DECISIONS, SEND_RECORD

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
        room=(room := _room(begins)),
        place="" if room else PLACE,
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


def _room(begins: datetime) -> MeetingRoom | None:
    """The first room that nobody has booked then."""
    taken = Meeting.objects.filter(
        cancelled_at=None, planned_from__lt=begins + LASTS, planned_to__gt=begins
    )
    rooms = MeetingRoom.objects.filter(closed_on=None).exclude(meetings__in=taken)
    return rooms.order_by("pk").first()


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
