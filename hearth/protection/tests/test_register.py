"""Who had a child protection plan on any day: everybody who had, nobody who may not be known of."""

from datetime import date, timedelta

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from hearth.accounts.models import TrailEvent
from hearth.accounts.roles import Role
from hearth.accounts.tests.factories import UserFactory
from hearth.accounts.worker_context import acting_as, set_worker
from hearth.casework.tests.factories import AllocationFactory, EpisodeFactory
from hearth.casework.tests.pages import days
from hearth.config.testing import at_most_queries, hearth_itself
from hearth.people.tests.factories import ChildFactory, RestrictionFactory
from hearth.plans.models import PlanCategory, PlanChild
from hearth.plans.tests.factories import plan
from hearth.protection.pages.register import register_page
from hearth.records.tests.factories import moment, visit
from hearth.workforce.tests.factories import StaffFactory, TeamFactory, social_worker

pytestmark = pytest.mark.django_db
BEGUN = date(2026, 3, 2)


def protected(worker, team, *, ended_on=None, started_on=BEGUN, **child):
    """A child with a protection plan from a day, for neglect."""
    made = ChildFactory.create(**child)
    episode = EpisodeFactory.create(child=made, started_on=date(2026, 1, 5))
    AllocationFactory.create(episode=episode, worker=worker, team=team, started_on=date(2026, 1, 5))
    plan(made, by=worker, kind="protection", started_on=started_on)
    if ended_on:
        reason = {"ended_on": ended_on, "end_reason": "conference"}
        PlanChild.objects.filter(child=made).update(**reason)
    return made


def on(day, who, **narrowed):
    asked = QueryDict(mutable=True)
    asked.update(days("day", day) | narrowed)
    with acting_as(who):
        return register_page(who, asked, today=timezone.localdate())


def names(page):
    return [line.name for line in page.lines]


@pytest.mark.parametrize(
    ("day", "there"),
    [
        (BEGUN - timedelta(1), False),
        (BEGUN, True),
        (date(2026, 5, 31), True),
        (date(2026, 6, 1), False),
    ],
)
def test_a_child_is_on_it_from_the_first_day_and_no_more_on_the_day_it_ended(
    day, there, worker, team, boss
):
    child = protected(worker, team, ended_on=date(2026, 6, 1))

    assert (names(on(day, boss)) == [str(child)]) is there


def test_it_says_how_each_plan_stood_on_the_day(worker, team, boss):
    child = protected(worker, team)
    part = PlanChild.objects.get(child=child)
    PlanCategory.objects.create(
        part=part, child=child, category="PHY", since=date(2026, 5, 1), recorded_by=worker
    )
    for day in (9, 30):
        visit(child, by=worker, kind="child_protection", happened_at=moment(2026, 3, day, 16))

    then, later = on(date(2026, 3, 20), boss).lines[0], on(date(2026, 6, 15), boss).lines[0]

    assert (then.category, then.months) == ("Neglect", 0)
    assert (then.seen_on, then.visit_by) == (date(2026, 3, 9), date(2026, 3, 23))
    assert (then.visit_is_late, then.review_is_late) == (False, False)
    assert (later.category, later.months, later.seen_on) == (
        "Physical abuse",
        3,
        date(2026, 3, 30),
    )
    assert (later.review_by, later.review_is_late, later.visit_is_late) == (
        date(2026, 6, 2),
        True,
        True,
    )
    assert (later.lead.worker, later.lead.team) == (worker, team)


def test_it_is_narrowed_by_category_and_team(worker, team, boss):
    child = protected(worker, team)
    other = TeamFactory.create()
    protected(social_worker(other), other)
    day = date(2026, 4, 1)

    assert len(on(day, boss).lines) == 2
    assert names(on(day, boss, team=team.pk)) == [str(child)]
    assert names(on(day, boss, category="SAB")) == []
    assert on(day, boss, category="NEG").categories == [("Neglect", 2)]


def test_a_restricted_child_is_counted_nowhere_for_who_may_not_know_of_them(worker, team, boss):
    child = protected(worker, team)
    RestrictionFactory.create(person=child)

    page = on(date(2026, 4, 1), boss)

    assert (names(page), page.page.paginator.count, list(page.categories)) == ([], 0, [])


def test_an_analyst_is_given_numbers_and_nobody_elses_page_is_theirs(client, worker, team):
    child = protected(worker, team)
    analyst = StaffFactory.create(user=UserFactory.create(roles=[Role.ANALYST])).user
    client.force_login(analyst)

    page = client.get(reverse("protection:register")).content.decode()

    assert f"Child {child.la_child_id}" in page
    assert child.family_name not in page
    client.force_login(worker)
    assert client.get(reverse("protection:register")).status_code == 403


def test_it_is_printed_whole_taken_out_as_rows_and_asks_no_more_for_more(
    client, worker, team, boss
):
    protected(worker, team, family_name="=cmd")
    client.force_login(boss)
    where = reverse("protection:register")
    with at_most_queries():
        assert "1 child" in client.get(where).content.decode()
    set_worker(hearth_itself())
    for _ in range(3):
        protected(worker, team)

    with at_most_queries():
        assert "4 children" in client.get(where, {"all": "yes"}).content.decode()
    taken = client.get(where, {"as": "csv"})

    lines = taken.content.decode().splitlines()
    assert (lines[0].split(",")[0], len(lines)) == ("Child", 5)
    assert taken["Content-Disposition"].startswith('attachment; filename="protection-plans-')
    set_worker(hearth_itself())
    assert TrailEvent.objects.filter(what__startswith="Took out the list of protection").exists()


def test_a_day_that_has_not_come_or_is_none_is_said_so_and_todays_is_shown(
    client, worker, team, boss
):
    child = protected(worker, team)
    client.force_login(boss)

    page = client.get(
        reverse("protection:register"), days("day", timezone.localdate() + timedelta(1))
    ).content.decode()

    assert "There is a problem" in page or "govuk-error-message" in page
    assert str(child) in page
