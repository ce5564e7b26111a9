"""The daily list of contacts closed although something in them asks for another look."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from hearth.accounts.tests.factories import UserFactory
from hearth.config.testing import at_most_queries
from hearth.front_door.tests.factories import (
    AdviceRequestFactory,
    ContactDecisionFactory,
    ContactFactory,
    ThirdContactPromptFactory,
)
from hearth.front_door.tests.walking import text_of
from hearth.people.tests.factories import ChildFactory, RestrictionFactory

pytestmark = pytest.mark.django_db
CLOSED = reverse("front_door:closed_in_doubt")


def closed(family="Quill", days_ago=1, outcome="no_further_action", **contact):
    child = ChildFactory.create(given_names="Rowan", family_name=family)
    return ContactDecisionFactory.create(
        contact=ContactFactory.create(screened=True, family=family, about=[child.pk], **contact),
        outcome=outcome,
        decided_at=timezone.now() - timedelta(days_ago),
    )


def test_a_contact_closed_with_signs_of_harm_is_listed_with_who_closed_it_and_why(
    signed_in, decider
):
    decision = closed(significant_harm=True)

    page = text_of(signed_in(decider).get(CLOSED))

    assert "Quill" in page
    assert "Rowan Quill: no further action" in page
    assert "Signs of significant harm" in page
    assert "No other agency was asked" in page
    assert str(decision.decided_by) in page
    assert "own offer meets what he needs." in page
    assert reverse("front_door:reopen_contact", args=[decision.contact_id]) in page


def test_a_third_contact_that_was_closed_is_listed_and_says_that_an_agency_was_asked(
    signed_in, decider
):
    decision = closed(outcome="signposting")
    child = decision.children.get().child
    ThirdContactPromptFactory.create(contact=decision.contact, child=child)
    AdviceRequestFactory.create(contact=decision.contact)

    page = text_of(signed_in(decider).get(CLOSED))

    assert "Third contact or later in 12 months" in page
    assert "No other agency was asked" not in page


def test_what_goes_on_what_is_ordinary_and_what_was_withdrawn_are_not_listed(signed_in, decider):
    closed("Goes on", significant_harm=True, outcome="early_help")
    closed("Ordinary")
    taken_back = closed("Withdrawn", significant_harm=True).contact
    taken_back.withdrawn_at, taken_back.withdrawn_by = timezone.now(), decider
    taken_back.withdrawn_reason = "The wrong family."
    taken_back.save()

    page = text_of(signed_in(decider).get(CLOSED))

    assert "was closed in this time" in page
    assert not [name for name in ("Goes on", "Ordinary", "Withdrawn") if name in page]


@pytest.mark.parametrize(("days", "shown"), [("7", False), ("30", True), ("x", False)])
def test_the_list_goes_back_as_far_as_is_asked(signed_in, decider, days, shown):
    closed(days_ago=9, significant_harm=True)

    page = text_of(signed_in(decider).get(CLOSED, {"days": days}))

    assert ("Rowan Quill" in page) is shown


def test_a_child_the_manager_may_not_know_of_is_not_listed(signed_in, decider):
    decision = closed(significant_harm=True)
    RestrictionFactory.create(person=decision.children.get().child)

    assert "Quill" not in text_of(signed_in(decider).get(CLOSED))


def test_forty_ask_no_more_of_the_database_than_one(signed_in, decider):
    for _ in range(20):
        closed(significant_harm=True)

    client = signed_in(decider)
    with at_most_queries():
        client.get(CLOSED)


def test_a_manager_finds_it_from_the_queue_and_an_officer_does_not(signed_in, decider, officer):
    assert CLOSED in text_of(signed_in(decider).get(reverse("front_door:queue")))
    assert CLOSED not in text_of(signed_in(officer).get(reverse("front_door:queue")))
    assert signed_in(officer).get(CLOSED).status_code == 403


def test_the_director_reads_and_does_not_reopen(signed_in):
    closed(significant_harm=True)

    page = text_of(signed_in(UserFactory.create(roles=["director"])).get(CLOSED))

    assert "Rowan Quill" in page
    assert "Decide again" not in page
