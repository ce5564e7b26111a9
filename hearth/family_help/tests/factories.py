"""Made-up child in need plans, made through the actions, as everything is."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from hearth.casework.actions import open_step
from hearth.casework.tests.factories import AllocationFactory, EpisodeFactory
from hearth.config.testing import earlier_today
from hearth.family_help import actions
from hearth.plans import actions as plans
from hearth.plans.gathering import Decided
from hearth.plans.models import MeetingKind, Plan
from hearth.workforce.tests.factories import social_worker


def asked_for(*children, worker, team=None, trigger=None):
    """The task of making a plan, asked for a week ago."""
    return open_step(
        "family_help.plan",
        children=list(children),
        trigger=trigger or timezone.localdate() - timedelta(days=7),
        worker=worker,
        team=team,
        by=worker,
    )


def begun(*children, worker, team=None):
    """A plan of which nothing is written yet."""
    return actions.begin_plan(task=asked_for(*children, worker=worker, team=team), by=worker)


def written(*children, worker, team=None):
    """A plan that is whole."""
    plan = begun(*children, worker=worker, team=team)
    fill(plan, worker)
    return Plan.objects.get(pk=plan.pk)


def fill(plan, worker):
    """Write all that a plan must say."""
    today = timezone.localdate()
    plans.write_plan(
        plan=plan,
        worries="The children are often alone in the evening.",
        strengths="Gran lives next door.",
        aim="Somebody they trust is there each evening.",
        parents_view="Mum wants it to work.",
        parents_agree=True,
        planned_end_on=today + timedelta(days=180),
        children={pk: {"needs": "Company in the evening", "views": "Hi"} for pk in plan.about},
        version=plan.version,
        by=worker,
    )
    action = plans.NewAction(
        what="Ask Gran to come each weekday evening",
        owner=str(worker),
        owner_worker=worker,
        measure="The children say she came",
        due_on=today + timedelta(days=14),
    )
    plans.set_action(plan=plan, action=action, set_on=today, by=worker)
    then = plans.NewContingency(
        trigger="They are alone overnight", action="Gran comes", owner="Gran", within="an hour"
    )
    plans.set_contingency(plan=plan, contingency=then, by=worker)


def sent(*children, worker, team=None):
    """A plan that waits for a manager."""
    plan = written(*children, worker=worker, team=team)
    actions.send_plan(plan=plan, on=timezone.localdate(), by=worker)
    return Plan.objects.get(pk=plan.pk)


def agreed(*children, worker, boss, team=None, started_on=None):
    """A plan that stands."""
    plan = sent(*children, worker=worker, team=team)
    actions.agree_plan(
        plan=plan,
        started_on=started_on or timezone.localdate() - timedelta(days=3),
        comments="It says what must change.",
        by=boss,
    )
    return Plan.objects.get(pk=plan.pk)


def called(plan, by, kind=MeetingKind.IN_NEED_REVIEW):
    """A review that is to come."""
    return plans.call_gathering(plan=plan, kind=kind, by=by)


def said(meeting, decision="continue", **kwargs):
    """All that a review's record must say."""
    given: dict[str, Any] = {
        "held_at": earlier_today(minutes=5),
        "minutes": "Gran comes most evenings.",
        "attendance": {member.pk: "in_person" for member in meeting.members.all()},
        "children": {
            pk: {"participation": "views_told", "views": "I like it"} for pk in meeting.about
        },
        "decided": {
            pk: Decided(decision=decision, reason="Gran comes most evenings")
            for pk in meeting.about
        },
        "progress": {
            action.pk: plans.Rated(rating="on_track", words="Four evenings of five")
            for action in plans.open_actions(meeting)
        },
    }
    return plans.Held(**(given | kwargs))


def reviewed(plan, by, decision="continue", **kwargs):
    """A plan after its review."""
    meeting = called(plan, by)
    return plans.hold_gathering(meeting=meeting, said=said(meeting, decision, **kwargs), by=by)


def of_a_child(make):
    """What one of these makes for a child whose case a worker leads."""
    worker = social_worker()
    team = worker.staff.memberships.get().team
    child = EpisodeFactory.create().child
    AllocationFactory.create(episode=child.episodes.get(), worker=worker, team=team)
    return make(child, worker=worker, team=team)
