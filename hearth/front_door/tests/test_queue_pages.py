"""The queue, the board of the night, and those with no business there."""

import pytest
from django.urls import reverse

from hearth.accounts.tests.factories import UserFactory
from hearth.casework.models import Task
from hearth.config.testing import at_most_queries
from hearth.front_door import actions
from hearth.front_door.tests.factories import (
    front_door_team,
    managers_of,
    out_of_hours_worker,
    screening_officer,
)
from hearth.front_door.tests.walking import recent, recent_screened, text_of
from hearth.people.tests.factories import (
    ChildFactory,
)

pytestmark = pytest.mark.django_db


def test_an_empty_queue_says_what_would_be_there(signed_in, officer):
    page = text_of(signed_in(officer).get(reverse("front_door:queue")))

    assert "No contact is waiting" in page


def test_the_queue_shows_harm_first_and_each_contacts_age_owner_and_next_step(
    signed_in, officer, decider
):
    calm = recent_screened(ChildFactory.create_batch(1, family_name="Quill"), officer)
    recent(ChildFactory.create_batch(1, family_name="Szabo"), officer, concerns=["injury"])
    recent([], officer, reported=[actions.Told(family_name="Smyth")])

    client = signed_in(decider)
    with at_most_queries():
        page = text_of(client.get(reverse("front_door:queue")))

    assert page.index("Szabo") < page.index("Quill")
    assert "2 hours ago" in page
    assert reverse("front_door:decide_contact", args=[calm.pk]) in page
    assert "Children to be matched" in page
    assert "Consider now" in page


def test_the_queue_asks_no_more_of_the_database_for_forty_contacts_than_for_one(signed_in, officer):
    for _ in range(40):
        recent(ChildFactory.create_batch(2), officer)

    client = signed_in(officer)
    with at_most_queries():
        client.get(reverse("front_door:queue"))


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({"state": "screen"}, "Szabo"),
        ({"state": "decide"}, "Quill"),
        ({"risk": "harm"}, "Szabo"),
        ({"whose": "mine"}, "Quill"),
        ({"whose": "nobody"}, ""),
        ({"risk": "domestic_abuse"}, "Quill"),
    ],
)
def test_the_queue_is_narrowed_by_state_risk_and_whose(signed_in, officer, decider, asked, shown):
    recent_screened(ChildFactory.create_batch(1, family_name="Quill"), officer)
    recent(ChildFactory.create_batch(1, family_name="Szabo"), officer, concerns=["injury"])
    Task.objects.filter(step_key="front_door.consider_harm").update(worker=None)

    page = text_of(signed_in(decider).get(reverse("front_door:queue"), asked))

    assert [name for name in ("Quill", "Szabo") if name in page] == [shown] * bool(shown)


def test_a_contact_nobody_can_decide_is_marked(signed_in, team, decider):
    recent_screened(ChildFactory.create_batch(1), decider)

    assert "No decision-maker" in text_of(signed_in(decider).get(reverse("front_door:queue")))


def test_the_board_of_what_was_taken_at_night(signed_in, team, decider):
    night = out_of_hours_worker()
    client = signed_in(decider)
    address = reverse("front_door:out_of_hours")
    assert "has been acknowledged" in text_of(client.get(address))
    for _ in range(3):
        recent(ChildFactory.create_batch(1), night, out_of_hours=True, action_taken="Rang them.")

    with at_most_queries():
        page = text_of(client.get(address))
    assert page.count("Acknowledge<span") == 3
    assert text_of(signed_in(night).get(address)).count("Waiting for a manager") == 3


@pytest.mark.parametrize(
    "name",
    [
        "contact",
        "match_children",
        "screen_contact",
        "consider_harm",
        "acknowledge_out_of_hours",
        "read_contact",
        "answer_third_contact",
        "ask_advice",
        "withdraw_contact",
        "decide_contact",
        "reopen_contact",
        "referral",
        "decide_referral",
        "send_feedback",
        "print_feedback",
        "withhold_feedback",
        "hand_over",
        "of_child",
    ],
)
def test_a_guessed_id_is_not_found(signed_in, decider, name):
    assert signed_in(decider).get(reverse(f"front_door:{name}", args=[999_999])).status_code == 404


def test_those_with_no_business_there_are_refused(signed_in):
    client = signed_in(UserFactory.create(roles=["analyst"]))

    for name in ("queue", "start_contact", "record_contact", "out_of_hours"):
        assert client.get(reverse(f"front_door:{name}")).status_code == 403


def test_two_front_doors_and_their_officers():
    team = front_door_team()

    assert screening_officer(team) not in managers_of(team)
