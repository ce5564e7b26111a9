"""Deciding contacts and referrals on their pages."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from hearth.casework.models import Allocation, Task
from hearth.casework.tests.factories import EpisodeFactory, InvolvementFactory
from hearth.config.testing import at_most_queries
from hearth.front_door.models import ContactDecision, Referral
from hearth.front_door.tests.steps import decide
from hearth.front_door.tests.walking import (
    back_to_hearth,
    decision,
    family,
    recent_screened,
    text_of,
)
from hearth.people.tests.factories import (
    ChildFactory,
)
from hearth.workforce.tests.factories import TeamFactory, manager, social_worker

pytestmark = pytest.mark.django_db


def test_a_decision_says_what_it_will_do_before_it_is_confirmed(signed_in, officer, decider):
    team = TeamFactory.create()
    worker = social_worker(team)
    children = family()
    contact = recent_screened(children, officer)
    address = reverse("front_door:decide_contact", args=[contact.pk])
    client = signed_in(decider)
    with at_most_queries():
        page = text_of(client.get(address))
    assert f"{worker}, {team} (0 children)" in page

    sent = decision(
        given_to=f"worker-{worker.pk}-{team.pk}",
        **{f"child-{children[2].pk}-outcome": "strategy_discussion"},
    )
    page = text_of(client.post(address, sent))

    assert "opens three referrals dated" in page
    assert f"Gives the case to {worker}" in page
    assert "a strategy discussion is due by" in page
    assert "Drafts a letter to PC Adeyemi" in page
    back_to_hearth()
    assert not ContactDecision.objects.exists()

    assert "What do you decide?" in text_of(client.post(address, {**sent, "change": "1"}))
    response = client.post(address, {**sent, "confirm": "1"})
    assert response.url == reverse("front_door:contact", args=[contact.pk])
    back_to_hearth()
    assert Allocation.objects.filter(worker=worker).count() == 3
    assert {a.direction for a in Allocation.objects.all()} == {"They need to be seen."}


def test_a_decision_sent_after_anothers_is_told_who_decided(signed_in, team, officer, decider):
    contact = recent_screened(ChildFactory.create_batch(1), officer)
    decide(contact, decider, at=timezone.now())
    response = signed_in(manager(team)).post(
        reverse("front_door:decide_contact", args=[contact.pk]),
        decision(outcome="information", confirm="1"),
    )

    assert response.status_code == 409
    assert f"{decider} decided this contact" in response.content.decode()


def test_a_worker_over_their_limit_asks_for_a_reason(signed_in, officer, decider):
    team = TeamFactory.create(caseload_limit=0)
    worker = social_worker(team)
    contact = recent_screened(ChildFactory.create_batch(1), officer)
    address = reverse("front_door:decide_contact", args=[contact.pk])
    client = signed_in(decider)
    sent = decision(given_to=f"worker-{worker.pk}-{team.pk}")

    page = text_of(client.post(address, sent))
    assert "over the limit of 0" in page
    client.post(address, {**sent, "over_limit_reason": "Knows the family", "confirm": "1"})

    back_to_hearth()
    assert Allocation.objects.get().over_limit_reason == "Knows the family"


def test_nobody_sees_the_decision_page_of_what_they_screened(signed_in, team, decider):
    contact = recent_screened(ChildFactory.create_batch(1), decider)

    response = signed_in(decider).get(reverse("front_door:decide_contact", args=[contact.pk]))

    assert response.status_code == 403
    assert "You recorded or screened this contact" in response.content.decode()


def test_a_referral_is_decided_on_its_own_page(signed_in, officer, decider):
    team = TeamFactory.create()
    social_worker(team)
    children = family(2)
    contact = recent_screened(children, officer)
    decide(contact, decider, outcome="referral", threshold_level="3", at=timezone.now())
    referral = Referral.objects.get()
    client = signed_in(decider)
    page = text_of(client.get(reverse("front_door:referral", args=[referral.pk])))
    assert "Decide the referral" in page
    address = reverse("front_door:decide_referral", args=[referral.pk])
    with at_most_queries():
        assert "What this rests on" in text_of(client.get(address))

    sent = decision(
        outcome="assess",
        given_to=f"team-{team.pk}",
        **{f"child-{children[1].pk}-outcome": "no_further_action"},
    )
    page = text_of(client.post(address, sent))
    assert "closes the episode on the day of the referral" in page
    assert "Opens a single assessment due by" in page
    assert f"Asks the manager of {team} to allocate it" in page
    client.post(address, {**sent, "confirm": "1"})

    page = text_of(client.get(reverse("front_door:referral", args=[referral.pk])))
    assert "Referred again within twelve months" not in page
    assert "No further action" in page


def test_a_child_referred_again_is_shown_with_what_happened_last_time(signed_in, officer, decider):
    child = ChildFactory.create()
    day = timezone.localdate() - timedelta(days=200)
    EpisodeFactory.create(
        child=child,
        started_on=day,
        ended_on=day + timedelta(days=40),
        closure_reason="RC8",
        closure_summary="Needs met by the school.",
    )
    decide(
        recent_screened([child], officer),
        decider,
        outcome="referral",
        threshold_level="3",
        at=timezone.now(),
    )
    back_to_hearth()

    page = text_of(
        signed_in(decider).get(reverse("front_door:referral", args=[Referral.objects.get().pk]))
    )

    assert "Referred again within twelve months" in page
    assert "Needs met by the school." in page


def test_a_decided_contact_is_put_back_and_decided_again(signed_in, officer, decider):
    contact = recent_screened(ChildFactory.create_batch(1), officer)
    decide(contact, decider, at=timezone.now())
    client = signed_in(decider)
    address = reverse("front_door:reopen_contact", args=[contact.pk])
    text_of(client.get(address))

    response = client.post(address, {"reason": "The school rang again."})

    page = text_of(client.get(response.url))
    assert "Decide a contact" in page


def test_a_family_is_handed_over(signed_in, officer, decider):
    contact = recent_screened(ChildFactory.create_batch(1), officer)
    decide(contact, decider, outcome="early_help", threshold_level="2", at=timezone.now())
    task = Task.objects.get(step_key="family_help.early_help")
    client = signed_in(officer)
    address = reverse("front_door:hand_over", args=[task.pk])
    text_of(client.get(address))

    response = client.post(address, {"taken_up": "Jo, on Thursday."})

    assert response.url == reverse("desk:child", args=[task.about[0]])


def test_a_decision_with_an_answer_missing_says_which(signed_in, officer, decider):
    contact = recent_screened(ChildFactory.create_batch(1), officer)

    page = text_of(
        signed_in(decider).post(
            reverse("front_door:decide_contact", args=[contact.pk]), decision(family_told="no")
        )
    )

    assert "Say why the family has not been told" in page


def test_a_worker_who_cannot_have_it_is_refused_in_words(signed_in, officer, decider):
    team = TeamFactory.create()
    worker = social_worker(team)
    worker.roles = ["social_worker"]
    contact = recent_screened(ChildFactory.create_batch(1), officer)
    worker.staff.asye_until = timezone.localdate() + timedelta(days=90)
    worker.staff.save(update_fields=["asye_until"])
    InvolvementFactory.create(
        child_id=contact.about[0],
        child=None,
        kind="protection",
        started_on=timezone.localdate() - timedelta(days=9),
    )

    page = text_of(
        signed_in(decider).post(
            reverse("front_door:decide_contact", args=[contact.pk]),
            decision(given_to=f"worker-{worker.pk}-{team.pk}"),
        )
    )

    assert "assessed and supported year" in page
