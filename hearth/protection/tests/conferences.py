"""Conferences made through the actions, from an enquiry that was authorised to one that decided."""

from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from hearth.accounts.roles import Role
from hearth.accounts.tests.factories import UserFactory
from hearth.casework import actions as casework
from hearth.casework.tests.factories import AllocationFactory, EpisodeFactory
from hearth.config.testing import earlier_today, hearth_itself
from hearth.people.models import Relationship
from hearth.people.tests.factories import ChildFactory, PersonFactory, RelationshipFactory
from hearth.plans.actions import NewAction, NewContingency, NewMember
from hearth.plans.models import MeetingKind
from hearth.protection import actions
from hearth.protection.models import (
    Conference,
    Enquiry,
    EnquiryChild,
    EnquiryOutcome,
    StrategyDiscussion,
)
from hearth.protection.process import REQUEST_CONFERENCE
from hearth.workforce.models import TeamKind
from hearth.workforce.tests.factories import StaffFactory, TeamFactory, manager, social_worker

DANGER = "Left alone at night, and hit when the dog got out."


def chair(name="Iris"):
    """A conference chair, in the team that arranges conferences."""
    user = UserFactory.create(first_name=name, roles=[Role.CONFERENCE_CHAIR])
    team = TeamFactory.create(kind=TeamKind.INDEPENDENT, name=f"Conferences of {user.pk}")
    return StaffFactory.create(user=user, team=team).user


def note_taker():
    """Business support."""
    user = UserFactory.create(roles=[Role.BUSINESS_SUPPORT])
    return StaffFactory.create(user=user).user


def family(number=1, *, lead=None, **kwargs):
    """Brothers and sisters, their mother, and the worker who leads their cases."""
    lead = lead or social_worker()
    mother = PersonFactory.create(given_names="Dawn", family_name="Quill")
    children = []
    for _ in range(number):
        child = ChildFactory.create(**{"family_name": "Quill"} | kwargs)
        RelationshipFactory.create(person=mother, other_person=child)
        episode = EpisodeFactory.create(child=child)
        AllocationFactory.create(episode=episode, worker=lead)
        children.append(child)
    return children


def enquiry(*children, by=None, held_on=None, started_on=None):
    """An authorised enquiry whose outcome for each child is a conference."""
    worker, boss = social_worker(), by or manager()
    on = started_on or timezone.localdate() - timedelta(days=7)
    made = Enquiry.objects.create(
        about=sorted(child.pk for child in children),
        started_on=on,
        joint=False,
        analysis="Bea was hurt, and Mum said it was the stairs.",
        submitted_on=on,
        submitted_by=worker,
        authorised_on=on,
        authorised_by=boss,
        recorded_by=worker,
    )
    for child in children:
        EnquiryChild.objects.create(
            enquiry=made, child=child, outcome=EnquiryOutcome.CONFERENCE, outcome_reason="Hurt."
        )
    if held_on is not None:
        _strategy(made, held_on, worker)
    return made


def _strategy(made, held_on, worker):
    from hearth.plans.models import Meeting

    meeting = Meeting.objects.create(
        about=made.about,
        kind=MeetingKind.STRATEGY,
        held_at=at(held_on, 9),
        recorded_by=worker,
    )
    StrategyDiscussion.objects.create(
        meeting=meeting, about=made.about, enquiry=made, initiating=True, recorded_by=worker
    )


def to_request(*children, by=None, made=None):
    """The task that asks a manager to request a conference."""
    boss = by or manager()
    made = made or enquiry(*children, by=boss)
    return casework.open_step(
        REQUEST_CONFERENCE,
        children=children,
        trigger=timezone.localdate(),
        record_id=made.pk,
        worker=boss,
        by=boss,
    )


def at(day, hour=10, minute=0):
    """A moment on the clock in England."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def requested(*children, kind=MeetingKind.INITIAL_CONFERENCE, task=None):
    """A conference that was asked for."""
    children = children or family()
    task = task or to_request(*children)
    return actions.request_conference(
        task=task, kind=kind, reason="Bea was hurt.", must_be_asked="The police", by=task.worker
    )


def booked(conference=None, *, by_chair=None, taker=None, day=None, hour=10, **kwargs):
    """A conference booked for a day, tomorrow unless said."""
    conference = conference or requested()
    day = day or timezone.localdate() + timedelta(days=1)
    leads = by_chair or chair()
    given = {"late_reason": "agency"} if day > (conference.target_on or day) else {}
    return actions.book_conference(
        conference=conference,
        planned_from=at(day, hour),
        planned_to=at(day, hour + 2),
        how="in_person",
        chair=leads,
        note_taker=taker,
        by=leads,
        **given | kwargs,
    )


def begun(conference=None, **kwargs):
    """A conference whose time has come, with enough agencies asked to it."""
    conference = booked(conference, **kwargs)
    meeting = conference.meeting
    meeting.planned_from = timezone.now() - timedelta(hours=1)
    meeting.planned_to = timezone.now() + timedelta(hours=1)
    meeting.save(update_fields=["planned_from", "planned_to"])
    members = [
        NewMember(name="Dawn Quill", role="mother", person=_mother_of(conference)),
        NewMember(name="Sam Reed", role="lead worker", worker=social_worker()),
        NewMember(name="DS Hart", agency="police"),
        NewMember(name="Mrs Onwu", agency="school", role="head"),
    ]
    actions.invite(conference=conference, members=members, by=meeting.chair)
    return Conference.objects.get(pk=conference.pk)


def members_of(conference):
    """Those asked, by name."""
    return {one.name: one for one in conference.meeting.members.filter(removed_at=None)}


def all_came(conference, **but):
    """Everybody came, but for those named."""
    found = members_of(conference)
    return {one.pk: but.get(name.split()[-1], "in_person") for name, one in found.items()}


def decided(child, decision="plan", **kwargs):
    """What is decided for a child: whole, unless said otherwise."""
    given: dict[str, Any] = {"participation": "views_told", "views": "I want the shouting to stop."}
    if decision in ("plan", "continue"):
        given["category"] = "PHY"
    else:
        given |= {"reason": "Mum has left him.", "significant_harm": False}
    return actions.ChildDecided(child=child, decision=decision, **given | kwargs)


def _mother_of(conference):
    """Their mother, where she is on record and has not been asked already."""
    ties = Relationship.objects.filter(other_person__in=conference.about)
    found = ties.filter(person__given_names="Dawn").first()
    asked = conference.meeting.members.values_list("person", flat=True)
    return found.person if found and found.person_id not in asked else None


def an_action(**kwargs):
    """One action, whole unless said otherwise."""
    given: dict[str, Any] = {
        "what": "Fit a lock to the gate",
        "owner": "Dawn Quill",
        "due_on": timezone.localdate() + timedelta(days=14),
        "measure": "Sam sees the lock",
    }
    return NewAction(**given | kwargs)


def if_it_fails(rating="sound", reason=""):
    """What is done if the plan fails, as the chair rates it."""
    return actions.RatedContingency(
        contingency=NewContingency(
            trigger="he comes back to the house",
            action="call the police and bring the children to their aunt",
            owner="Dawn Quill, then Sam Reed",
            within="the same hour",
        ),
        rating=rating,
        reason=reason,
    )


def issue(conference, children=None, *, by=None, held=None, **kwargs):
    """Issue what a conference decided: a plan for each child, unless said otherwise."""
    conference = Conference.objects.get(pk=conference.pk)
    parts = [part.child for part in conference.children.select_related("child")]
    today = timezone.localdate()
    given = {
        "version": conference.meeting.version,
        "held": held or held_now(conference),
        "children": children or [decided(child) for child in parts],
        "danger": DANGER,
        "strengths": "Dawn keeps every appointment.",
        "summary": "The children are likely to be hurt again.",
        "actions": [an_action()],
        "contingencies": [if_it_fails()],
        "core_group_on": today + timedelta(days=7),
        "next_review_on": today + timedelta(days=80),
    }
    return actions.decide_conference(
        conference=conference, by=by or conference.meeting.chair, **given | kwargs
    )


def held_now(conference, **kwargs):
    """It was held just now, and everybody came."""
    given = {
        "held_at": earlier_today(minutes=30),
        "attendance": all_came(conference),
        "core_group": list(all_came(conference)),
    }
    return actions.Held(**given | kwargs)


def issued(*children, **kwargs):
    """A conference that decided on a plan for each child."""
    return issue(begun(requested(*children) if children else None, **kwargs))


def review_of(conference):
    """The review that follows a conference, begun some weeks later."""
    plan = Conference.objects.get(pk=conference.pk).plan
    return Conference.objects.get(plan=plan, decided_at=None)


def back_in_time(plan, days=80):
    """Let a plan have started some days ago, so that it may be reviewed today."""
    from hearth.plans.models import PlanAction, PlanCategory, PlanChild

    then = timezone.localdate() - timedelta(days=days)
    PlanChild.objects.filter(plan=plan).update(started_on=then)
    PlanCategory.objects.filter(part__plan=plan).update(since=then)
    PlanAction.objects.filter(plan=plan).update(set_on=then)
    return then


SCHOOL = NewMember(name="Mrs Onwu", agency="school", role="head", email="head@school.example")


def asked_agency(conference=None, **kwargs):
    """A school asked for its report to a conference: its place among those asked, and the link."""
    conference = conference or booked(**kwargs)
    by = conference.meeting.chair
    (member,) = actions.invite(conference=conference, members=[SCHOOL], by=by)
    return member, actions.ask_for_report(member=member, by=by)


def agency_said(report, **kwargs):
    """What a school says of each child."""
    given = {
        "written_by": "Mrs Onwu, head",
        "family": "Mum comes to every meeting.",
        "children": {
            part.child_id: {"known": "Late on nine days.", "worries": "Hungry at lunch."}
            for part in report.children.all()
        },
    }
    return actions.AgencySaid(**given | kwargs)


def sent_agency(conference=None):
    """A report that a school has sent."""
    member, secret = asked_agency(conference)
    link, browser = actions.open_report_link(secret=secret, by=hearth_itself())
    return actions.send_agency_report(
        link=link,
        browser=browser,
        version=1,
        said=agency_said(member.agency_report),
        by=hearth_itself(),
    )


def written_report(conference=None, *, by=None):
    """The social worker's report, written and not yet sent."""
    conference = conference or booked()
    report: Any = Conference.objects.get(pk=conference.pk).report
    actions.write_report(
        conference=conference,
        version=report.version,
        danger=DANGER,
        significant_only=True,
        children=dict.fromkeys(conference.about, "They are afraid at night."),
        by=by or report.task.worker,
    )
    return Conference.objects.get(pk=conference.pk)


def submitted_report(conference=None, *, by=None):
    """The social worker's report, with a manager."""
    conference = written_report(conference, by=by)
    report: Any = conference.report
    late = "The police rang late." if report.task.due_on < timezone.localdate() else ""
    actions.submit_report(
        conference=conference,
        shared=actions.Shared(on=timezone.localdate()),
        content={},
        late_reason=late,
        by=by or report.task.worker,
    )
    return Conference.objects.get(pk=conference.pk)


def review_to_come():
    """A review of a plan, and a sister who has none."""
    child, sister = family(2)
    first = issued(child)
    return review_of(first), sister
