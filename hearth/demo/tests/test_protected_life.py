"""One family lives from an enquiry to the end of a child protection plan, through the actions."""

from datetime import date, timedelta

import pytest

from hearth.accounts.actions import system_worker
from hearth.accounts.worker_context import acting_as, set_worker
from hearth.casework.models import Episode, Task
from hearth.config.testing import hearth_itself
from hearth.demo import living
from hearth.demo.acts import AgreeToClose
from hearth.demo.bulk.calibration import tally
from hearth.demo.bulk.families import Group, drawn
from hearth.demo.living import staff
from hearth.demo.living.clock import Clock, story_time
from hearth.demo.living.life import Life
from hearth.demo.protection_acts import HoldConference, TakenOver
from hearth.demo.staff import service
from hearth.plans.models import Meeting, MeetingKind, PlanChild
from hearth.protection.models import (
    AgencyReport,
    Conference,
    ConferenceReport,
    EnquiryChild,
)
from hearth.records.models import VisitChild

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)


def ended(tale):
    """A plan that the first review ended: the shortest life there is of one."""
    decisions = [act.decision for act in tale if isinstance(act, HoldConference)]
    return len(decisions) == 2 and decisions[0] == "plan"


def live(days=500, **kind):
    since = TODAY - timedelta(days=days)
    invented = service(full=False, seed=1, since=since - timedelta(days=30), today=TODAY)
    group = Group(1, since, since + timedelta(days=min(days // 2, 60)), **kind)
    (told,) = drawn(group, service=invented, seed=1, today=TODAY, pace=400)
    with acting_as(system_worker()):
        payroll = staff.write(invented, password="quiet river lantern")
    life, clock = Life(told.family, 1, payroll), Clock()
    with story_time(clock):
        living.live([(life, told.story)], clock)
    set_worker(hearth_itself())
    return life


def test_a_child_is_protected_from_the_enquiry_to_the_end_of_the_plan():
    life = live(protected=True, keep=ended)
    parts = PlanChild.objects.filter(child__in=life.ids(), kind="protection")

    assert EnquiryChild.objects.filter(outcome="conference", seen_at__isnull=False).exists()
    assert Conference.objects.exclude(decided_at=None).count() == 2
    assert ConferenceReport.objects.exclude(authorised_on=None).exists()
    assert AgencyReport.objects.exclude(sent_at=None).exists()
    assert {part.end_reason for part in parts} == {"conference"}
    assert Meeting.objects.held().filter(kind=MeetingKind.CORE_GROUP).exists()
    assert VisitChild.objects.filter(visit__kind="child_protection", seen=True).exists()
    assert not Task.objects.outstanding().filter(step_key__startswith="protection.").exists()


def came_with_a_plan(tale):
    return bool(tally(tale, 1).moved_in) and any(isinstance(act, HoldConference) for act in tale)


def test_a_child_who_comes_with_another_authoritys_plan_has_a_conference_within_15_working_days():
    life = live(days=60, moves_in=True, keep=came_with_a_plan)
    held = Conference.objects.get(meeting__kind=MeetingKind.TRANSFER_CONFERENCE)

    assert held.decided_at is not None
    assert held.enquiry is None
    assert held.meeting.held_at is not None
    assert held.target_on is not None
    assert held.meeting.held_at.date() <= held.target_on
    assert PlanChild.objects.current().filter(child__in=life.ids(), kind="protection").exists()


def test_a_plan_that_another_authority_takes_over_ends_here_and_the_case_closes():
    life = live(protected=True, moves_away=True, keep=closed_elsewhere)
    parts = PlanChild.objects.filter(child__in=life.ids(), kind="protection")

    assert {part.end_reason for part in parts} == {"transferred"}
    assert {episode.closure_reason for episode in life_episodes(life)} == {"RC5"}
    assert not Task.objects.outstanding().filter(step_key__startswith="protection.").exists()


def closed_elsewhere(tale):
    left = [n for n, act in enumerate(tale) if isinstance(act, TakenOver)]
    return bool(left) and any(isinstance(act, AgreeToClose) for act in tale[left[0] :])


def life_episodes(life):
    return Episode.objects.filter(child__in=life.ids()).exclude(ended_on=None).order_by("-ended_on")
