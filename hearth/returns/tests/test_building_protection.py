"""Which enquiries, conferences and protection plans are in a year's census, and as what."""

from datetime import date, timedelta

import pytest

from hearth.casework.tests.factories import EpisodeFactory
from hearth.people.tests.factories import ChildFactory
from hearth.protection.pages.register import on_register
from hearth.returns.tests.building import build, children_in, conference, enquired, planned

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("documents")]


@pytest.fixture
def episode():
    """One referred long before the year, and still open."""
    return EpisodeFactory.create(
        child=ChildFactory.create(la_child_id="A1"), started_on=date(2024, 1, 8)
    )


def told(year=2026):
    """What the census of a year says of the child's one episode."""
    [said] = children_in(build(year))["A1"]["CINdetails"]
    return said


def test_an_enquiry_is_in_the_year_it_began_in(episode):
    enquired(
        episode, date(2025, 3, 31), outcome="not_substantiated", authorised_on=date(2025, 4, 9)
    )
    enquired(episode, date(2025, 4, 1), outcome="not_substantiated", authorised_on=date(2025, 4, 9))
    enquired(episode, date(2026, 4, 1))

    assert told()["Section47"] == [{"S47ActualStartDate": "2025-04-01", "ICPCnotRequired": "1"}]


def test_one_begun_before_is_in_the_year_of_its_conference(episode):
    enquiry = enquired(episode, date(2025, 3, 20), outcome="conference")
    conference(episode, "initial_conference", date(2025, 4, 3), enquiry)

    assert told()["Section47"] == [
        {
            "S47ActualStartDate": "2025-03-20",
            "DateOfInitialCPC": "2025-04-03",
            "ICPCnotRequired": "0",
        }
    ]


def test_what_was_settled_or_held_after_the_year_was_not_yet_so_in_it(episode):
    enquired(
        episode,
        date(2026, 3, 20),
        outcome="not_substantiated",
        authorised_on=date(2026, 4, 2),
        conference_target_on=date(2026, 4, 14),
    )
    enquiry = enquired(episode, date(2026, 3, 25), outcome="conference")
    conference(episode, "initial_conference", date(2026, 4, 14), enquiry)

    assert told()["Section47"] == [
        {
            "S47ActualStartDate": "2026-03-20",
            "InitialCPCtarget": "2026-04-14",
            "ICPCnotRequired": "0",
        },
        {"S47ActualStartDate": "2026-03-25", "ICPCnotRequired": "0"},
    ]


def test_an_enquiry_or_a_conference_called_off_is_not_sent(episode):
    enquiry = enquired(episode, date(2025, 6, 2), outcome="conference")
    meeting = conference(episode, "initial_conference", date(2025, 6, 20), enquiry).meeting
    meeting.held_at = None
    meeting.save()

    assert told()["Section47"] == [{"S47ActualStartDate": "2025-06-02", "ICPCnotRequired": "0"}]


def test_a_transfer_in_conference_is_the_episodes(episode):
    conference(episode, "transfer_conference", date(2025, 6, 20))
    conference(episode, "transfer_conference", date(2024, 6, 20))

    said = told()
    assert said["DateOfInitialCPC"] == "2025-06-20"
    assert "Section47" not in said


def test_a_plan_is_sent_with_its_categories_as_they_stood_and_its_reviews(episode):
    planned(
        episode,
        date(2025, 6, 20),
        date(2026, 4, 20),
        kind="protection",
        categories=[
            (date(2025, 6, 20), "PHY"),
            (date(2025, 9, 15), "NEG"),
            (date(2026, 4, 2), "EMO"),
        ],
        earlier_plans=1,
    )
    for day in (date(2025, 9, 15), date(2026, 3, 10), date(2026, 4, 20)):
        conference(episode, "review_conference", day)

    assert told()["ChildProtectionPlans"] == [
        {
            "CPPstartDate": "2025-06-20",
            "InitialCategoryOfAbuse": "PHY",
            "LatestCategoryOfAbuse": "NEG",
            "NumberOfPreviousCPP": "1",
            "Reviews": {"CPPreviewDate": ["2025-09-15", "2026-03-10"]},
        }
    ]


def test_plans_before_are_counted_on_record_and_before_it(episode):
    said = {"kind": "protection"}
    planned(
        episode,
        date(2024, 2, 1),
        date(2024, 9, 1),
        categories=[(date(2024, 2, 1), "NEG")],
        earlier_plans=2,
        **said,
    )
    planned(
        episode,
        date(2025, 5, 1),
        categories=[(date(2025, 5, 1), "NEG")],
        earlier_plans=2,
        **said,
    )

    [plan] = told()["ChildProtectionPlans"]
    assert plan["NumberOfPreviousCPP"] == "3"
    assert [p["NumberOfPreviousCPP"] for p in told(2025)["ChildProtectionPlans"]] == ["2"]


def test_as_many_plans_stand_on_the_last_day_of_the_year_as_the_register_has_on_it():
    last = date(2026, 3, 31)
    for number, (begun, ended) in enumerate(
        [
            (date(2025, 6, 2), None),
            (date(2025, 6, 2), last),
            (date(2025, 6, 2), last + timedelta(1)),
            (date(2025, 6, 2), date(2025, 9, 1)),
            (last, None),
            (last + timedelta(1), None),
        ]
    ):
        child = ChildFactory.create(la_child_id=f"R{number}")
        one = EpisodeFactory.create(child=child, started_on=date(2025, 5, 1))
        planned(one, begun, ended, kind="protection", categories=[(begun, "NEG")])

    sent = [
        plan
        for child in children_in(build(2026)).values()
        for details in child["CINdetails"]
        for plan in details.get("ChildProtectionPlans", [])
    ]
    standing = [plan for plan in sent if plan.get("CPPendDate", "9999") > last.isoformat()]

    assert len(standing) == on_register(last, {}).count() == 3
