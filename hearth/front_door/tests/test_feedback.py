"""Telling the referrer: in what words, once, and not at all where it would add to the danger."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from hearth.accounts.tests.factories import UserFactory
from hearth.casework.models import Task
from hearth.front_door import actions
from hearth.front_door.models import ContactOutcome, Feedback
from hearth.front_door.tests.factories import TUESDAY
from hearth.front_door.tests.steps import decide, screened
from hearth.lib.errors import CannotDo
from hearth.people.tests.factories import ChildFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def children():
    return [
        ChildFactory.create(given_names=name, family_name="Okafor")
        for name in ("Ada", "Obi", "Uju")
    ]


def sent(feedback, by, **changes):
    answers = {"text": feedback.text, "how": "email", "at": TUESDAY}
    actions.send_feedback(feedback=feedback, by=by, **{**answers, **changes})


def test_a_professional_is_told_what_was_decided_for_each_child(children, officer, decider):
    own = {children[2].pk: actions.ForOneChild(outcome="signposting")}
    contact = screened(children, officer)

    decide(contact, decider, outcome="early_help", exceptions=own, advice_given="Ring Home-Start.")

    text = Feedback.objects.get().text
    assert "Thank you for contacting us on 2 February 2026" in text
    assert "the family of Ada Okafor and Obi Okafor support" in text
    assert "Uju Okafor can best be helped by another service" in text
    assert "Our advice to you: Ring Home-Start." in text
    assert str(Feedback.objects.get()) == "Feedback to PC Adeyemi"


@pytest.mark.parametrize("outcome", [o for o in ContactOutcome if o != "allocated_worker"])
def test_a_member_of_the_public_learns_nothing_of_the_family(children, officer, decider, outcome):
    contact = screened(
        children,
        officer,
        referrer_kind="public",
        referrer_name="Mrs Nosworthy",
        referrer_agency="",
        source="1B",
    )

    decide(contact, decider, outcome=outcome, threshold_level="2", advice_given="Secret.")

    text = Feedback.objects.get().text
    assert "Okafor" not in text
    assert "Secret" not in text
    assert "You did the right thing by telling us" in text


def test_nobody_is_told_when_nobody_gave_a_name(children, officer, decider):
    contact = screened(
        children, officer, referrer_kind="anonymous", referrer_name="", referrer_agency=""
    )

    decide(contact, decider)

    assert not Feedback.objects.exists()
    assert not Task.objects.outstanding().exists()


def test_it_is_due_in_three_working_days_and_done_when_sent(children, officer, decider):
    decide(screened(children, officer), decider)
    feedback, task = Feedback.objects.get(), Task.objects.get(step_key="front_door.feedback")
    assert task.due_on == date(2026, 2, 6)

    sent(feedback, officer, text="Dear PC Adeyemi,\nThank you.")

    feedback.refresh_from_db()
    assert (feedback.sent_by, feedback.how, feedback.sent_at) == (officer, "email", TUESDAY)
    assert feedback.text == "Dear PC Adeyemi,\nThank you."
    assert not Feedback.objects.unsent().exists()
    with pytest.raises(CannotDo, match="already been told"):
        sent(feedback, officer)
    with pytest.raises(CannotDo, match="already been told"):
        actions.withhold_feedback(feedback=feedback, reason="Late", by=decider)


def test_business_support_sends_letters_and_an_out_of_hours_worker_does_not(
    children, officer, decider
):
    decide(screened(children, officer), decider)

    with pytest.raises(PermissionDenied):
        sent(Feedback.objects.get(), UserFactory.create(out_of_hours=True))
    sent(Feedback.objects.get(), UserFactory.create(roles=["business_support"]))


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"text": " "}, "The letter is empty"), ({"how": ""}, "Say how the referrer was told")],
)
def test_a_letter_says_something_and_how_it_went(children, officer, decider, changes, words):
    decide(screened(children, officer), decider)

    with pytest.raises(CannotDo, match=words):
        sent(Feedback.objects.get(), officer, **changes)


def test_telling_them_may_be_withheld_with_the_decision(children, officer, decider):
    decide(screened(children, officer), decider, feedback_withheld_reason="He would find out.")

    assert Feedback.objects.get().withheld_reason == "He would find out."
    assert not Task.objects.outstanding().exists()


def test_or_afterwards_by_a_manager_with_a_reason(children, officer, decider):
    decide(screened(children, officer), decider)
    feedback = Feedback.objects.get()

    with pytest.raises(PermissionDenied):
        actions.withhold_feedback(feedback=feedback, reason="x", by=officer)
    with pytest.raises(CannotDo, match="Say why the referrer must not be told"):
        actions.withhold_feedback(feedback=feedback, reason="", by=decider)
    actions.withhold_feedback(feedback=feedback, reason="He would find out.", by=decider)

    assert not Task.objects.outstanding().exists()
