"""Letters, editions, and what the front door puts on a child's pages."""

import pytest
from django.urls import reverse
from django.utils import timezone

from hearth.config.testing import at_most_queries
from hearth.front_door.models import Feedback
from hearth.front_door.tests.steps import decide
from hearth.front_door.tests.walking import recent, recent_screened, text_of
from hearth.people.tests.factories import (
    ChildFactory,
)
from hearth.workforce.tests.factories import social_worker

pytestmark = pytest.mark.django_db


def test_the_referrers_letter_is_sent_printed_or_withheld(signed_in, officer, decider):
    contact = recent_screened(ChildFactory.create_batch(1), officer)
    decide(contact, decider, at=timezone.now())
    feedback = Feedback.objects.get()
    client = signed_in(officer)
    address = reverse("front_door:send_feedback", args=[feedback.pk])
    assert "Dear PC Adeyemi" in text_of(client.get(address))
    letter = text_of(client.get(reverse("front_door:print_feedback", args=[feedback.pk])))
    assert "Yours faithfully" in letter
    withhold = reverse("front_door:withhold_feedback", args=[feedback.pk])
    assert client.get(withhold).status_code == 403
    assert "Do not tell" in text_of(signed_in(decider).get(withhold))

    response = signed_in(officer).post(address, {"text": "Dear PC Adeyemi", "how": "letter"})

    assert response.url == reverse("front_door:contact", args=[contact.pk])
    assert "was told by letter" in text_of(client.get(response.url))
    assert "Yours faithfully" in text_of(
        client.get(reverse("front_door:print_feedback", args=[feedback.pk]))
    )


def test_a_manager_withholds_a_letter(signed_in, officer, decider):
    contact = recent_screened(ChildFactory.create_batch(1), officer)
    decide(contact, decider, at=timezone.now())
    feedback = Feedback.objects.get()

    client = signed_in(decider)
    client.post(
        reverse("front_door:withhold_feedback", args=[feedback.pk]), {"reason": "He would know."}
    )

    page = text_of(client.get(reverse("front_door:contact", args=[contact.pk])))
    assert "The referrer is not to be told: He would know." in page


def test_a_childs_contacts_and_referrals(signed_in, officer, decider):
    child = ChildFactory.create()
    client = signed_in(decider)
    address = reverse("front_door:of_child", args=[child.pk])
    assert "No contact about" in text_of(client.get(address))
    contact = recent_screened([child], officer)
    decide(contact, decider, outcome="referral", threshold_level="3", at=timezone.now())
    recent([child], officer, concerns=["injury"])

    with at_most_queries():
        page = text_of(client.get(address))
    assert "Accept as a referral" in page
    assert "New contact: signs of significant harm" in page
    assert "All contacts and referrals" in text_of(
        client.get(reverse("desk:child", args=[child.pk]))
    )


def test_the_editions_of_the_threshold_document(signed_in, decider):
    boss = social_worker()
    boss.roles = ["service_manager"]
    boss.save(update_fields=["roles"])
    client = signed_in(boss)
    address = reverse("front_door:publish_threshold_document")
    text_of(client.get(address))
    sent = {"title": "Right help", "version": "2"}
    day = {"started_on_day": "1", "started_on_month": "2", "started_on_year": "2026"}
    client.post(address, {**sent, **day})

    page = text_of(client.get(reverse("front_door:threshold_documents")))
    assert "Right help, 2" in page
    assert "In force" in page
    assert signed_in(decider).get(address).status_code == 403


def test_an_undecided_contact_is_in_the_banner_of_the_child(signed_in, officer):
    child = ChildFactory.create()
    recent([child], officer)

    page = text_of(signed_in(officer).get(reverse("desk:child", args=[child.pk])))

    assert "New contact, not yet decided" in page
