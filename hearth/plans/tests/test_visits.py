"""Who must be visited by when, which visits meet that, and who is told when none does."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from hearth.accounts.actions import system_worker
from hearth.accounts.models import Notice
from hearth.accounts.roles import Role
from hearth.accounts.tests.factories import UserFactory
from hearth.casework.models import Task
from hearth.casework.tests.factories import AllocationFactory
from hearth.config.testing import at_most_queries
from hearth.lib.dates import add_working_days
from hearth.lib.errors import CannotDo
from hearth.people.tests.factories import AddressFactory
from hearth.plans import actions
from hearth.plans.models import Meeting, PlanKind
from hearth.plans.tests.factories import MeetingFactory, moment, plan
from hearth.records import actions as records
from hearth.records.tests.factories import ALONE, NOT_SEEN, visit
from hearth.workforce.tests.factories import StaffFactory

pytestmark = pytest.mark.django_db
PROTECTION, IN_NEED = PlanKind.PROTECTION, PlanKind.CHILD_IN_NEED
STARTED = date(2026, 10, 5)


@pytest.fixture
def chair():
    return StaffFactory.create(user=UserFactory.create(roles=[Role.CONFERENCE_CHAIR])).user


@pytest.fixture
def helper(team):
    user = UserFactory.create(roles=[Role.FAMILY_SUPPORT_WORKER])
    return StaffFactory.create(user=user, team=team).user


def protected(child, worker, team=None, **kwargs):
    """A child with a protection plan, to be visited every ten working days."""
    if team is not None:
        AllocationFactory.create(episode=child.episodes.get(), worker=worker, team=team)
    part = plan(child, by=worker, kind=PROTECTION, started_on=STARTED, **kwargs).children.get()
    actions.open_visits(part=part, trigger=STARTED, by=worker)
    return part


def in_need(child, worker):
    part = plan(child, by=worker, started_on=STARTED).children.get()
    actions.open_visits(part=part, trigger=STARTED, by=worker)
    return part


def waiting(child):
    return Task.objects.outstanding().for_child(child).get()


def seen(child, by, day=12, kind="child_protection", **kwargs):
    given = {"happened_at": moment(2026, 10, day, 16), "kind": kind}
    return visit(child, by=by, **(given | kwargs))


def test_the_first_visit_is_counted_from_the_day_the_plan_starts(rowan, worker, team):
    protected(rowan, worker, team)

    task = waiting(rowan)
    assert (task.due_on, task.worker, task.team) == (date(2026, 10, 19), worker, team)


def test_the_plans_own_days_stand_in_place_of_the_services(rowan, worker):
    protected(rowan, worker, visit_days=5)

    task = waiting(rowan)
    assert task.due_on == date(2026, 10, 12)
    assert "5 working days" in task.because
    assert "set in the plan" in task.because


def test_a_visit_on_which_they_were_seen_meets_it_and_the_next_is_counted_from_then(rowan, worker):
    protected(rowan, worker)

    seen(rowan, worker)

    met = Task.objects.get(done_on=date(2026, 10, 12))
    assert (met.outcome, met.done_by, met.late_reason) == ("seen", worker, "")
    assert waiting(rowan).due_on == date(2026, 10, 26)


def test_a_late_one_says_how_late_and_how_often_it_was_tried(rowan, worker):
    protected(rowan, worker)
    away = {"attempted": True, "account": "", "parts": [(rowan, NOT_SEEN)]}
    seen(rowan, worker, day=15, **away)

    seen(rowan, worker, day=22)

    met = Task.objects.get(done_on=date(2026, 10, 22))
    assert met.late_reason == ("Seen 3 days late. Visits on which the child was not seen before: 1")


@pytest.mark.parametrize("kind", ["child_in_need", "other", "assessment"])
def test_a_visit_of_another_kind_does_not_meet_it(kind, rowan, worker):
    protected(rowan, worker)

    seen(rowan, worker, kind=kind)

    assert waiting(rowan).due_on == date(2026, 10, 19)


def test_an_attempt_an_unseen_child_an_unqualified_worker_and_an_earlier_day_do_not(
    rowan, bea, worker, helper
):
    protected(rowan, worker)

    seen(rowan, worker, attempted=True, account="", parts=[(rowan, NOT_SEEN)])
    visit(
        rowan,
        bea,
        by=worker,
        kind="child_protection",
        happened_at=moment(2026, 10, 13, 16),
        parts=[(rowan, NOT_SEEN), (bea, ALONE)],
    )
    seen(rowan, helper)
    seen(rowan, worker, happened_at=moment(2026, 10, 1, 16))

    assert waiting(rowan).trigger_on == STARTED
    assert actions.last_counted(rowan.plan_parts.get()) is None


def test_a_family_support_worker_counts_for_a_child_in_need(rowan, worker, helper):
    in_need(rowan, worker)

    seen(rowan, helper, kind="child_in_need")

    assert waiting(rowan).due_on == date(2026, 10, 12) + timedelta(weeks=6)


def test_one_written_down_later_is_no_later_sight(rowan, worker):
    protected(rowan, worker)
    seen(rowan, worker, day=14)

    seen(rowan, worker, day=9)

    assert waiting(rowan).trigger_on == date(2026, 10, 14)


def test_a_visit_taken_back_is_counted_no_more(rowan, worker, boss):
    protected(rowan, worker)
    seen(rowan, worker, day=8)
    mistaken = seen(rowan, worker, day=14)

    records.withdraw_written(written=mistaken, reason="Wrong child", by=worker)

    assert waiting(rowan).due_on == date(2026, 10, 22)


def test_a_manager_sets_more_visits_and_the_day_is_worked_out_again(rowan, worker, boss):
    part = protected(rowan, worker)

    actions.agree_visits(part=part, visit_days=5, reason="Mum drinks", agreed_by=None, by=boss)

    part.refresh_from_db()
    assert (waiting(rowan).due_on, part.visit_agreed_by) == (date(2026, 10, 12), boss)
    actions.agree_visits(part=part, visit_days=None, reason="Better", agreed_by=None, by=boss)
    assert waiting(rowan).due_on == date(2026, 10, 19)


def test_fewer_under_protection_need_the_chair_too(rowan, worker, boss, chair):
    part = protected(rowan, worker)
    fewer = {"part": part, "visit_days": 20, "reason": "Seen daily at school"}
    for agreed_by in (None, boss):
        with pytest.raises(CannotDo, match="only if the conference chair agrees"):
            actions.agree_visits(agreed_by=agreed_by, by=boss, **fewer)
    with pytest.raises(CannotDo, match="A manager sets"):
        actions.agree_visits(agreed_by=chair, by=worker, **fewer)

    actions.agree_visits(agreed_by=chair, by=boss, **fewer)

    assert waiting(rowan).due_on == add_working_days(STARTED, 20)


def test_fewer_for_a_child_in_need_are_a_managers_alone(rowan, worker, boss):
    part = in_need(rowan, worker)

    actions.agree_visits(part=part, visit_days=40, reason="Settled", agreed_by=None, by=boss)

    assert waiting(rowan).due_on == add_working_days(STARTED, 40)


def test_one_at_a_time(rowan, worker):
    part = protected(rowan, worker)

    assert actions.open_visits(part=part, trigger=STARTED, by=worker) is None


def test_managers_and_the_chair_are_told_weekly_of_a_child_not_seen(
    rowan, worker, boss, team, chair
):
    protected(rowan, worker, team)
    meeting = MeetingFactory.create(kind="initial_conference", about=[rowan.pk])
    Meeting.objects.filter(pk=meeting.pk).update(held_at=moment(2026, 10, 5, 10), chair=chair)
    telling = {"by": system_worker()}

    assert actions.tell_of_unseen(today=STARTED + timedelta(weeks=4), **telling) == 0
    assert actions.tell_of_unseen(today=timezone.localdate(), **telling) == 1
    assert actions.tell_of_unseen(today=timezone.localdate(), **telling) == 0
    told = {notice.to for notice in Notice.objects.all()}
    assert told == {boss, chair}
    assert all("has not been seen" in notice.text for notice in Notice.objects.all())


def test_service_managers_are_told_where_nobody_leads(rowan, worker):
    senior = UserFactory.create(roles=[Role.SERVICE_MANAGER])
    protected(rowan, worker)
    seen(rowan, worker, day=6)

    actions.tell_of_unseen(today=timezone.localdate(), by=system_worker())

    assert Notice.objects.get(to=senior).text.endswith("was last seen on 6 October 2026")


def test_visits_due_are_shown_by_day_and_by_area(client, rowan, bea, worker, boss, team):
    protected(rowan, worker, team)
    protected(bea, worker, team)
    AddressFactory.create(person=rowan, postcode="CB4 1AB")
    tomorrow = timezone.localdate() + timedelta(days=1)
    records.plan_visit(
        children=[rowan], kind="child_protection", planned_on=tomorrow, worker=worker, by=worker
    )
    client.force_login(worker)
    with at_most_queries():
        page = client.get(reverse("plans:visits_due")).content.decode()
    assert "2 overdue" in page
    assert "Overdue</h2>" in page
    area = client.get(reverse("plans:visits_due"), {"by": "area"}).content.decode()
    assert "CB4</h2>" in area
    assert "No postcode on record</h2>" in area
    client.force_login(boss)
    assert "2 overdue" in client.get(reverse("plans:visits_due")).content.decode()


def test_the_task_leads_to_where_that_childs_visit_is_recorded(client, rowan, worker):
    protected(rowan, worker)
    client.force_login(worker)

    found = client.get(reverse("plans:visit_asked_for", args=[waiting(rowan).pk]))

    assert found.url == reverse("records:record_visit", args=[rowan.pk])
