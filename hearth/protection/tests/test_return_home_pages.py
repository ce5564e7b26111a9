"""The pages of going home in an enquiry, as the worker, the manager and other readers have them."""

import pytest
from django.urls import reverse
from django.utils import timezone

from hearth.accounts.worker_context import set_worker
from hearth.config.testing import at_most_queries, hearth_itself
from hearth.protection.models import HomeRequest, HomeState, ReturnHome
from hearth.protection.tests.factories import (
    agree_home,
    ask_home,
    children_of,
    enquiry,
    night_away,
    signed,
)
from hearth.protection.tests.pages import ask, at, text
from hearth.workforce.tests.factories import manager, social_worker

__all__ = ["ask"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def holds():
    """A risk assessment of both children of an enquiry, signed."""
    return signed()


@pytest.fixture
def front(client):
    """A page of the desk, as somebody sees it."""

    def opened(worker, name, *args):
        client.force_login(worker)
        with at_most_queries(15):
            answer = client.get(reverse(f"desk:{name}", args=args))
        set_worker(hearth_itself())
        return text(answer)

    return opened


def test_from_asking_to_the_child_at_home(ask, holds):
    made, boss = holds.enquiry, manager()
    worker, child = made.task.worker, children_of(made)[0]
    sent = {
        "children": [child.pk],
        "risk_assessment": holds.pk,
        "reason": "He has left.",
        "asked_of": boss.pk,
    }

    ask(worker, "ask_return_home", made.pk, data=sent)
    asked = HomeRequest.objects.get()
    assert f"{boss} is asked, and has not answered" in text(ask(worker, "enquiry", made.pk))
    assert "Do you agree?" not in text(ask(worker, "home_request", asked.pk))
    page = text(ask(boss, "home_request", asked.pk))
    assert f"May {child} go home?" in page
    assert "He has left." in page
    unsaid = text(ask(boss, "home_request", asked.pk, data={"words": "Safe"}))
    assert "Say whether you agree" in unsaid
    ask(boss, "home_request", asked.pk, data={"decision": "agreed", "words": "Safe"})

    assert "They are not going home after all" in text(ask(worker, "home_request", asked.pk))
    ask(worker, "home_request", asked.pk, data=at("happened_at", timezone.now()))
    assert ReturnHome.objects.get().agreed_by == boss
    assert "At home, as agreed" in text(ask(worker, "home_request", asked.pk))


def test_a_worker_takes_back_what_was_agreed(ask, holds):
    asked = agree_home(ask_home(holds.enquiry, holds))
    page = reverse("protection:home_request", args=[asked.pk])

    answer = ask(asked.recorded_by, "home_request", asked.pk, QUERY_STRING="back=1")
    assert "Why do you take it back?" in text(answer)
    ask(
        asked.recorded_by,
        "home_request",
        asked.pk,
        data={"reason": "He is back"},
        QUERY_STRING="back=1",
    )

    asked.refresh_from_db()
    assert asked.state == HomeState.BACK
    assert page


def test_the_papers_page_and_the_asking_page_show_who_is_asked_and_refused(ask, holds):
    asked = ask_home(holds.enquiry, holds, at_home_since=timezone.now())
    agree_home(asked, decision="refused", words="He has a key.")

    for name in ("enquiry", "enquiry_agreements", "ask_return_home"):
        page = text(ask(asked.recorded_by, name, asked.enquiry_id))
        assert "At home without agreement" in page, name
        assert "He has a key." in page, name
    reader = text(ask(social_worker(), "home_request", asked.pk))
    assert "He has a key." in reader
    assert "<textarea" not in reader


def test_a_child_at_home_without_agreement_is_on_every_page_and_on_the_desks(front, ask):
    made, boss = enquiry(), manager()
    there = ask_home(made, None, at_home_since=timezone.now(), asked_of=boss)

    assert "At home without a manager&#x27;s agreement" in front(boss, "home")
    assert "At home without a manager&#x27;s agreement" in front(made.task.worker, "home")
    assert "At home without a manager&#x27;s agreement" not in front(manager(), "home")
    child = front(boss, "child", there.child_id)
    assert child.count("At home without a manager") > 1
    assert "None was signed when this was asked" in text(ask(boss, "home_request", there.pk))


def test_the_childs_page_says_what_waits_and_that_they_stay_away(front, holds):
    made = holds.enquiry
    night_away(made, by=made.task.worker)
    child = children_of(made)[0]
    assert "Staying away from home" in front(made.task.worker, "child", child.pk)

    asked = ask_home(made, holds)
    assert "Waits for a manager" in front(made.task.worker, "child", child.pk)
    agree_home(asked)

    page = front(made.task.worker, "child", child.pk)
    assert "agreed. Record when they go" in page
    assert "Staying away from home" in page
