"""Enquiries, conferences and plans counted from the record, and the page of them."""

from datetime import date, timedelta

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from hearth.accounts.models import TrailEvent
from hearth.accounts.roles import Role
from hearth.accounts.tests.factories import UserFactory
from hearth.accounts.worker_context import acting_as, set_worker
from hearth.config.testing import at_most_queries, hearth_itself
from hearth.lib.dates import add_months
from hearth.people.tests.factories import RestrictionFactory
from hearth.protection.models import ConferenceChild, EnquiryOutcome
from hearth.quality.comparators import COMPARATORS
from hearth.quality.flow import looking
from hearth.quality.flow.dropped import dropped_page
from hearth.quality.flow.funnel import funnel
from hearth.quality.flow.looking import reckon
from hearth.quality.flow.page import months_page
from hearth.quality.flow.reckon import Count, Stage, tally
from hearth.quality.flow.record import EnquiryPart, Record
from hearth.quality.rules.months import last_whole
from hearth.quality.tests.stories import Case
from hearth.quality.tests.stories_of_months import STEADY, Service, then
from hearth.workforce.tests.factories import StaffFactory, TeamFactory, manager, social_worker

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 15)
MARCH, APRIL, MAY = date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)


def asked(**query):
    given = QueryDict(mutable=True)
    given.update(query)
    return given


def page_of(query):
    return months_page(UserFactory.create(roles=[Role.ANALYST]), query, today=TODAY)


def counts(stage, *months, team=None):
    return reckon(team, today=TODAY).counted.count(stage, months)


def conferenced(case, held, decision="plan", **said):
    """An initial conference about the child of a case, and what it decided."""
    made = case.conference(held=held, **said)
    category = {"category": "NEG"} if decision == "plan" else {}
    ConferenceChild.objects.filter(conference=made).update(decision=decision, **category)
    return made


@pytest.fixture
def case():
    return Case()


def test_an_enquiry_is_counted_in_the_month_it_began_and_in_the_month_it_ended(case):
    case.enquiry(date(2026, 3, 31), ended=date(2026, 4, 20), outcome=EnquiryOutcome.CONFERENCE)
    Case().enquiry(date(2026, 3, 10))

    assert counts(Stage.ENQUIRY, MARCH) == Count(2, 2)
    assert counts(Stage.ENDED, MARCH) == Count(0, 0)
    assert counts(Stage.ENDED, APRIL) == counts(Stage.TO_CONFERENCE, APRIL) == Count(1, 1)
    assert counts(Stage.NOT_HELD, APRIL) == Count(1, 1)

    conferenced(case, date(2026, 4, 28))
    assert counts(Stage.NOT_HELD, APRIL) == Count(0, 0)
    assert counts(Stage.ENQUIRY_HELD, MARCH) == Count(1, 1)


def test_outcomes_without_a_conference_are_told_apart(case):
    case.enquiry(MARCH, ended=date(2026, 3, 20), outcome=EnquiryOutcome.NOT_SUBSTANTIATED)
    Case().enquiry(MARCH, ended=date(2026, 3, 20), outcome=EnquiryOutcome.LEGAL)

    assert counts(Stage.NO_CONFERENCE, MARCH) == Count(2, 2)
    assert counts(Stage.NOT_SUBSTANTIATED, MARCH) == Count(1, 1)


def test_one_brought_in_from_a_return_led_to_a_conference_if_one_was_held(case):
    part = case.enquiry(MARCH, ended=date(2026, 3, 20))
    conferenced(case, date(2026, 3, 20), decision="", enquiry=part.enquiry)
    case.plan(date(2026, 3, 20))

    assert counts(Stage.TO_CONFERENCE, MARCH) == Count(1, 1)
    assert counts(Stage.TO_PLAN, MARCH) == Count(1, 1)


def test_an_enquiry_cancelled_and_a_conference_called_off_are_counted_nowhere(case):
    part = case.enquiry(MARCH)
    part.enquiry.cancelled_on, part.enquiry.cancelled_reason = MARCH, "Another family"
    part.enquiry.cancelled_by = case.boss
    part.enquiry.save()
    case.conference(booked=date(2026, 3, 9))

    assert counts(Stage.ENQUIRY, MARCH) == counts(Stage.CONFERENCE, MARCH) == Count(0, 0)


def test_plans_open_are_those_of_the_last_day_and_one_that_ended_on_it_is_not(case):
    case.plan(date(2026, 3, 31), ended_on=date(2026, 4, 30), end_reason="conference")

    assert counts(Stage.PLANS_OPEN, MARCH) == Count(1, 1)
    assert counts(Stage.PLANS_OPEN, APRIL) == Count(0, 0)
    assert counts(Stage.PLAN, MARCH) == counts(Stage.PLAN_ENDED, APRIL) == Count(1, 1)


def test_a_family_who_moved_here_with_a_plan_is_counted_apart(case):
    conferenced(case, date(2026, 5, 5), kind="transfer_conference")
    case.plan(date(2026, 5, 5))

    assert counts(Stage.TRANSFER, MAY) == counts(Stage.PLAN, MAY) == Count(1, 1)
    assert counts(Stage.CONFERENCE, MAY) == counts(Stage.OWN_PLAN, MAY) == Count(0, 0)


def test_each_is_the_teams_whose_case_it_was_on_the_day(case):
    case.enquiry(MARCH)
    other = TeamFactory.create()

    assert counts(Stage.ENQUIRY, MARCH, team=case.team.pk) == Count(1, 1)
    assert counts(Stage.ENQUIRY, MARCH, team=other.pk) == Count(0, 0)


def test_a_child_kept_from_a_reader_is_counted_nowhere_for_them(case):
    case.enquiry(MARCH, ended=date(2026, 3, 20), outcome=EnquiryOutcome.NOT_SUBSTANTIATED)
    case.plan(MARCH)
    conferenced(case, MARCH)
    RestrictionFactory.create(person=case.child)

    with acting_as(manager()):
        for stage in Stage:
            assert counts(stage, MARCH) == Count(0, 0), stage
        listed = dropped_page(manager(), asked(stage="no_conference"), today=TODAY)
    assert listed.page.paginator.count == 0
    assert counts(Stage.ENDED, MARCH) == Count(1, 1)


def test_the_funnel_says_shares_beside_the_published_ones_and_their_year():
    ended = [
        EnquiryPart(pk, pk, pk, None, MARCH, APRIL, EnquiryOutcome.NOT_SUBSTANTIATED, True)  # noqa: FBT003
        for pk in range(1, 23)
    ]
    counted = tally(Record(ended, [], []), [MARCH, APRIL])
    line, few = (funnel(counted, [month], COMPARATORS["london"])[2] for month in (APRIL, MARCH))

    assert (line.count, line.share) == (Count(0, 0), "0.0%")
    assert line.published == "29.0%, London, year to 31 March 2025"
    assert not line.is_odd
    assert "Within what chance explains (0.0% to 58.0%)" in line.says
    assert few.says == "Too few to compare: 0 of 20"
    assert funnel(counted, [APRIL], COMPARATORS["london"])[4].published == "None is published"


def test_few_are_not_compared_and_nonsense_asked_is_passed_over(case):
    case.enquiry(MARCH, ended=MARCH, outcome=EnquiryOutcome.CONFERENCE)
    page = page_of(asked(team="99999", comparator="mars", by="star"))

    assert page.funnel[2].says == "Too few to compare: 1 of 20"
    assert page.period_in_words == "June 2025 to May 2026"
    assert page_of(asked(period="quarter")).period_in_words == ("January 2026 to March 2026")


@pytest.mark.parametrize("by", ["team", "source", "need", "ethnicity"])
def test_outcomes_are_told_by_group_and_groups_of_few_together(case, by):
    for _ in range(2):
        Case(team=case.team).enquiry(
            MARCH, ended=date(2026, 3, 20), outcome=EnquiryOutcome.NOT_SUBSTANTIATED
        )
    page = page_of(asked(by=by))

    assert [line.group for line in page.outcomes] == ["Groups of fewer than 5, together"]
    assert dict(page.outcomes[0].named)["Not substantiated"] == 2


def see(client, who, name, **query):
    client.force_login(who)
    with at_most_queries(15):
        response = client.get(reverse(f"quality:{name}"), query)
    set_worker(hearth_itself())
    assert response.status_code == 200, response.content.decode()
    return response.content.decode()


@pytest.fixture
def lately():
    """A family of two whose enquiry ended with no conference, in the last whole month."""
    month = last_whole(timezone.localdate())
    case = Case()
    case.enquiry(month, ended=month, outcome=EnquiryOutcome.NOT_SUBSTANTIATED)
    conferenced(case, month + timedelta(3), decision="no_plan")
    return case


def test_the_page_says_it_all_and_the_children_can_be_listed(client, lately):
    page = see(client, lately.boss, "months", period="month", team=lately.team.pk, by="source")
    assert "Enquiries ended" in page
    assert 'role="img"' in page
    assert "style=" not in page
    assert "There are too few months" in page
    assert str(lately.team) in page
    assert "stage=no_conference" in page

    listed = see(client, lately.boss, "dropped", stage="no_conference", period="month")
    assert str(lately.child) in listed
    assert "Concerns not substantiated" in listed
    assert str(lately.child) in see(client, lately.boss, "dropped", stage="no_plan")
    assert "No child known to you" in see(client, lately.boss, "dropped", stage="not_held")


def test_an_analyst_is_given_numbers_and_a_worker_nothing(client, lately):
    analyst = StaffFactory.create(user=UserFactory.create(roles=[Role.ANALYST])).user
    listed = see(client, analyst, "dropped", stage="no_conference")

    assert f"Child {lately.child.la_child_id}" in listed
    assert lately.child.family_name not in listed
    client.force_login(social_worker())
    assert client.get(reverse("quality:months")).status_code == 403


def test_figures_and_children_are_taken_out_as_rows_and_the_trail_says_so(client, lately):
    client.force_login(lately.boss)
    figures = client.get(reverse("quality:months"), {"as": "csv"}).content.decode()
    children = client.get(reverse("quality:dropped"), {"as": "csv"}).content.decode()
    set_worker(hearth_itself())

    assert figures.startswith("Series,Month,Children")
    assert f"{lately.child}" in children
    said = TrailEvent.objects.filter(what__startswith="Took out the ").values_list(
        "what", flat=True
    )
    assert set(said) == {
        "Took out the figures of enquiries, conferences and plans",
        "Took out the list: Enquiries that ended with no conference",
    }


def test_a_long_series_is_drawn_with_its_limits_and_its_signal(monkeypatch):
    fall = Service(open=then(STEADY, 58, 55, 51, 47, 43, 39, 35, 32))
    monkeypatch.setattr(looking, "read", lambda _first: fall.record())
    plans, shares = (page_of(asked()).drawn[at] for at in (0, 6))

    assert plans.says.startswith("May 2026: 32. This is below the limits of what is usual; seven")
    assert plans.picture.count("l8 8l-8 8") == sum(bool(row.signal) for row in plans.rows) > 3
    assert plans.rows[0].usual == "55.5 to 66.2"
    assert shares.says.endswith("No rule holds.")
    assert "about a mean of 33.9%" in shares.says


def test_so_few_that_each_is_a_step_are_held_against_no_rule(case):
    for back in range(1, 8):
        case.plan(
            add_months(MAY, -back),
            ended_on=add_months(MAY, -back) + timedelta(9),
            end_reason="conference",
        )
    begun, shares = (page_of(asked()).drawn[at] for at in (1, 6))

    assert "too few to say what is usual: no rule is asked" in begun.says
    assert "No share can be reckoned of nothing" in shares.says
