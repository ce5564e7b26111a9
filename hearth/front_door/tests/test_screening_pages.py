"""Screening a contact on its pages, and what is done while it is screened."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from hearth.casework.models import Task
from hearth.casework.tests.factories import AllocationFactory
from hearth.config.testing import at_most_queries, earlier_today
from hearth.front_door import actions
from hearth.front_door.tests.factories import (
    out_of_hours_worker,
)
from hearth.front_door.tests.steps import record
from hearth.front_door.tests.walking import back_to_hearth, family, recent, screen_answers, text_of
from hearth.people.tests.factories import (
    ChildFactory,
)
from hearth.workforce.tests.factories import social_worker

pytestmark = pytest.mark.django_db


def test_screening_shows_what_is_known_of_all_and_sends_it_on(signed_in, officer, decider):
    children = family()
    contact = recent(children, officer)
    address = reverse("front_door:screen_contact", args=[contact.pk])
    client = signed_in(officer)

    with at_most_queries():
        page = text_of(client.get(address))
    assert page.count("1 March 2025 to 1 June 2025: closed") == 3
    assert "Ngozi Okafor" in page
    response = client.post(address, screen_answers(decision_maker=decider.pk))

    assert response.url == reverse("front_door:queue")
    back_to_hearth()
    assert Task.objects.get(step_key="front_door.decide_contact").worker == decider


def test_screening_without_agreement_asks_the_lawful_reason(signed_in, officer):
    contact = recent(ChildFactory.create_batch(1), officer)

    page = text_of(
        signed_in(officer).post(
            reverse("front_door:screen_contact", args=[contact.pk]),
            screen_answers(lawful_basis="", rationale="Kept."),
        )
    )

    assert "Choose the lawful reason" in page
    assert "Kept." in page


def test_screening_waits_for_the_children_to_be_matched(signed_in, officer):
    contact = recent([], officer, reported=[actions.Told(family_name="Smyth")])

    response = signed_in(officer).get(reverse("front_door:screen_contact", args=[contact.pk]))

    assert response.url == reverse("front_door:match_children", args=[contact.pk])


@pytest.mark.parametrize(
    ("name", "sent", "said"),
    [
        ("consider_harm", {"safety_now": "With her aunt."}, "With her aunt."),
        (
            "acknowledge_out_of_hours",
            {"acknowledgement": "Screening now."},
            None,
        ),
        ("withdraw_contact", {"reason": "The other Quills."}, "The other Quills."),
    ],
)
def test_what_a_manager_does_with_a_contact(signed_in, team, decider, name, sent, said):
    contact = recent(
        ChildFactory.create_batch(1),
        out_of_hours_worker(),
        concerns=["injury"],
        out_of_hours=True,
        action_taken="Rang the police.",
        received_at=earlier_today(hours=2),
    )
    client = signed_in(decider)
    address = reverse(f"front_door:{name}", args=[contact.pk])
    text_of(client.get(address))
    page = text_of(client.post(address, {"sent": "1"}))
    assert "There is a problem" in page

    client.post(address, sent)

    page = text_of(client.get(reverse("front_door:contact", args=[contact.pk])))
    assert (said or "Screening now.") in page


def test_a_childs_worker_reads_and_answers(signed_in, team, officer):
    lead = social_worker()
    contact = recent([AllocationFactory.create(worker=lead).child], officer)
    client = signed_in(lead)
    address = reverse("front_door:read_contact", args=[contact.pk])
    assert "Record what you will do" in text_of(client.get(address))

    client.post(address, {"will_do": "Visiting at four."})

    assert "Visiting at four." in text_of(
        client.get(reverse("front_door:contact", args=[contact.pk]))
    )


def test_advice_is_asked_and_answered_on_its_pages(signed_in, officer):
    contact = recent(ChildFactory.create_batch(1), officer)
    client = signed_in(officer)
    address = reverse("front_door:ask_advice", args=[contact.pk])
    text_of(client.get(address))
    now = timezone.localtime()
    when = {"day": now.day, "month": now.month, "year": now.year, "time": f"{now:%H:%M}"}
    client.post(
        address,
        {
            "agency": "housing",
            "asked_of": "Ms Vane",
            "question": "Evicted?",
            **{f"asked_at_{part}": value for part, value in when.items()},
        },
    )
    page = text_of(client.get(reverse("front_door:contact", args=[contact.pk])))
    assert "No answer yet" in page
    back_to_hearth()
    asked = contact.advice.get()
    answer = reverse("front_door:answer_advice", args=[contact.pk, asked.pk])
    text_of(client.get(answer))
    client.post(
        answer,
        {"answer": "Not yet.", **{f"answered_at_{part}": value for part, value in when.items()}},
    )

    assert "Not yet." in text_of(client.get(reverse("front_door:contact", args=[contact.pk])))
    missing = reverse("front_door:answer_advice", args=[contact.pk, asked.pk + 1])
    assert client.get(missing).status_code == 404


def test_repeated_contacts_are_asked_about_while_screening_and_on_a_page(signed_in, officer):
    child = ChildFactory.create()
    for days in (40, 80):
        record([child], officer, received_at=timezone.now() - timedelta(days=days))
    contact = recent([child], officer)
    client = signed_in(officer)
    page = text_of(client.get(reverse("front_door:screen_contact", args=[contact.pk])))
    assert "contact number 3 in twelve months" in page
    assert "2 contacts in the last twelve months" in page
    address = reverse("front_door:answer_third_contact", args=[contact.pk])
    text_of(client.get(address))

    client.post(address, {"answer": "Each is worse."})

    assert "Each is worse." in text_of(client.get(reverse("front_door:contact", args=[contact.pk])))
