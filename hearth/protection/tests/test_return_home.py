"""No child is recorded at home in an enquiry until a manager who was asked has agreed to it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from hearth.accounts.models import Notice
from hearth.accounts.tests.factories import UserFactory
from hearth.casework.models import Task
from hearth.config.testing import earlier_today
from hearth.lib.errors import CannotDo
from hearth.protection import actions, policies
from hearth.protection.models import HomeRequest, HomeState, NightPlace, ReturnHome
from hearth.protection.process import AGREE_HOME
from hearth.protection.tests.factories import (
    agree_home,
    ask_home,
    authorised,
    children_of,
    enquiry,
    go_home,
    night_away,
    paper,
    signed,
    submitted,
)
from hearth.records.models import ChronologyEntry
from hearth.workforce.tests.factories import StaffFactory, manager, social_worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def holds():
    """A risk assessment of both children of an enquiry, signed."""
    return signed()


@pytest.fixture
def made(holds):
    return holds.enquiry


def worker(made):
    return made.task.worker


def there_already(made, holds=None, **changes):
    """A child found at home, with no manager's agreement."""
    return ask_home(made, holds, at_home_since=timezone.now(), **changes)


def waiting_for(boss):
    return Task.objects.outstanding().of_step(AGREE_HOME).filter(worker=boss)


def told(boss):
    return list(Notice.objects.filter(to=boss).values_list("text", flat=True))


# Asked, agreed, home


def test_a_manager_is_asked_and_agrees_and_the_child_goes_home(made, holds):
    boss = manager()
    asked = ask_home(made, holds, asked_of=boss)
    assert [task.record_id for task in waiting_for(boss)] == [asked.pk]
    assert any("asks whether" in text for text in told(boss))
    assert not ReturnHome.objects.exists()

    agreed = agree_home(asked)
    assert agreed.state == HomeState.AGREED
    assert not ReturnHome.objects.exists()
    assert not waiting_for(boss)
    assert any("agreed that" in text for text in told(worker(made)))

    home = actions.record_return_home(request=agreed, happened_at=timezone.now(), by=worker(made))
    assert (home.agreed_by, home.agreement) == (boss, "Safe while he is away.")
    assert HomeRequest.objects.get().state == HomeState.HOME
    title = "At home during the section 47 enquiry"
    assert ChronologyEntry.objects.filter(child=home.child, title=title).exists()


def test_several_children_are_asked_about_at_once_and_answered_one_by_one(made, holds):
    children = children_of(made)

    first, second = actions.ask_return_home(
        enquiry=made,
        children=children,
        risk_assessment=holds,
        reason="He has left.",
        asked_of=manager(),
        by=worker(made),
    )
    agree_home(first)

    second.refresh_from_db()
    assert second.state == HomeState.WAITING


def test_another_manager_may_answer_but_never_who_asked_or_wrote_the_paper(made):
    boss = manager()
    by_boss = signed(made, by=manager(), children=children_of(made))
    asked = ask_home(made, by_boss, by=boss)

    with pytest.raises(CannotDo, match="You asked for this"):
        agree_home(asked, by=boss)
    by_boss.recorded_by = writer = manager()
    by_boss.save(update_fields=["recorded_by"])
    with pytest.raises(CannotDo, match="You wrote the risk assessment"):
        agree_home(asked, by=writer)

    page = policies.decide_return_home.refusals
    assert page(boss, asked) == ["You asked for this, so another manager must agree"]
    asked.risk_assessment = by_boss
    assert page(writer, asked) == ["You wrote the risk assessment, so another manager must agree"]

    agreed = agree_home(asked, by=manager())
    assert agreed.decided_by != asked.asked_of
    assert "This is not waiting for a manager" in page(manager(), agreed)


def test_only_a_registered_manager_answers(made, holds):
    asked = ask_home(made, holds)
    unregistered = StaffFactory.create(user=UserFactory.create(manager=True)).user

    with pytest.raises(CannotDo, match="A manager agrees to this"):
        agree_home(asked, by=social_worker())
    with pytest.raises(CannotDo, match="no social work registration"):
        agree_home(asked, by=unregistered)


@pytest.mark.parametrize(
    ("changes", "why"),
    [({"decision": "perhaps"}, "whether you agree"), ({"words": ""}, "Say why it is safe")],
)
def test_an_answer_says_whether_and_why(made, holds, changes, why):
    with pytest.raises(CannotDo, match=why):
        agree_home(ask_home(made, holds), **changes)


def test_a_refusal_goes_back_with_the_words_and_the_child_may_be_asked_about_again(made, holds):
    boss = manager()
    refused = agree_home(
        ask_home(made, holds, asked_of=boss), decision="refused", words="He has a key."
    )

    assert refused.state == HomeState.REFUSED
    assert any("did not agree" in text for text in told(worker(made)))
    with pytest.raises(CannotDo, match="No agreement waits"):
        actions.record_return_home(request=refused, happened_at=timezone.now(), by=worker(made))
    with pytest.raises(CannotDo, match="not waiting for a manager"):
        agree_home(refused)
    assert ask_home(made, holds).state == HomeState.WAITING


def test_a_request_is_taken_back_before_and_after_it_is_agreed(made, holds):
    boss = manager()
    for agreed in (False, True):
        asked = ask_home(made, holds, asked_of=boss)
        asked = agree_home(asked) if agreed else asked
        with pytest.raises(CannotDo, match="Say why it is taken back"):
            actions.take_back_return_home(request=asked, reason="", by=worker(made))
        back = actions.take_back_return_home(request=asked, reason="He is back", by=worker(made))

        assert back.state == HomeState.BACK
        assert not waiting_for(boss)
        with pytest.raises(CannotDo, match="No agreement waits"):
            actions.record_return_home(request=back, happened_at=timezone.now(), by=worker(made))
        with pytest.raises(CannotDo, match="settled"):
            actions.take_back_return_home(request=back, reason="Again", by=worker(made))
    assert any("took back" in text for text in told(boss))


# What is asked on


def test_a_child_does_not_go_home_on_a_paper_that_no_manager_signed():
    unsigned = paper()

    with pytest.raises(CannotDo, match="No manager has signed the risk assessment"):
        ask_home(unsigned.enquiry, unsigned)


def test_a_child_does_not_go_home_on_another_childs_paper(made):
    ade, bea = children_of(made)
    of_ade = signed(made, children=[ade])

    for risk_assessment in (of_ade, None):
        with pytest.raises(CannotDo, match="a risk assessment of their own"):
            ask_home(made, risk_assessment, child=bea)


def test_a_child_does_not_go_home_on_a_safety_plan_or_a_paper_that_ended(made, holds):
    plan = signed(made, kind="safety_plan")
    asked, agreed = ask_home(made, holds), ask_home(made, holds, child=children_of(made)[1])
    agree_home(agreed)
    actions.end_agreement(
        agreement=holds, ended_on=timezone.localdate(), reason="Out of date", by=manager()
    )

    with pytest.raises(CannotDo, match="Choose a risk assessment"):
        ask_home(made, plan)
    with pytest.raises(CannotDo, match="changed or ended since"):
        agree_home(asked)
    agreed.refresh_from_db()
    with pytest.raises(CannotDo, match="changed or ended since"):
        actions.record_return_home(request=agreed, happened_at=timezone.now(), by=worker(made))


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"asked_of": None}, "Choose the manager"),
        ({"reason": ""}, "Say why it is safe"),
        ({"children": []}, "at least one child"),
        ({"at_home_since": timezone.now() + timedelta(hours=2)}, "has not come"),
        ({"at_home_since": timezone.now() - timedelta(days=9)}, "only began on"),
    ],
)
def test_a_request_that_says_too_little_is_refused(made, holds, changes, why):
    with pytest.raises(CannotDo, match=why):
        ask_home(made, holds, **changes)


def test_only_a_manager_other_than_the_asker_is_asked_and_once_at_a_time(made, holds):
    boss = manager()
    unregistered = StaffFactory.create(user=UserFactory.create(manager=True)).user

    for who, why in (
        (social_worker(), "Choose the manager"),
        (boss, "Ask another manager"),
        (unregistered, "no social work registration"),
    ):
        with pytest.raises(CannotDo, match=why):
            ask_home(made, holds, asked_of=who, by=boss)
    asked = ask_home(made, holds)
    with pytest.raises(CannotDo, match="has not answered"):
        ask_home(made, holds)
    agree_home(asked)
    with pytest.raises(CannotDo, match="Record when they do"):
        ask_home(made, holds)


def test_a_child_who_was_home_before_it_was_agreed_did_not_go_home_as_agreed(made, holds):
    agreed = agree_home(ask_home(made, holds))

    with pytest.raises(CannotDo, match="was there without agreement"):
        actions.record_return_home(
            request=agreed, happened_at=timezone.now() - timedelta(minutes=3), by=worker(made)
        )
    with pytest.raises(CannotDo, match="has not come"):
        actions.record_return_home(
            request=agreed, happened_at=timezone.now() + timedelta(hours=2), by=worker(made)
        )


# At home already, without agreement


def test_a_child_at_home_without_agreement_is_recorded_at_once_and_managers_are_told():
    made = enquiry()
    boss = manager()

    there = there_already(made, asked_of=boss)

    assert there.is_without_agreement
    assert any("without a manager's agreement" in text for text in told(boss))
    assert ChronologyEntry.objects.filter(
        child=there.child, title__contains="without a manager's agreement"
    ).exists()
    with pytest.raises(CannotDo, match="a risk assessment of their own"):
        agree_home(there)
    signed(made)
    agree_home(there)

    home = ReturnHome.objects.get()
    assert home.happened_at == home.agreed_at >= there.at_home_since
    assert not HomeRequest.objects.without_agreement().exists()


def test_a_refusal_leaves_it_standing_until_the_child_sleeps_elsewhere(made, holds):
    there = agree_home(there_already(made, holds), decision="refused", words="Not safe.")
    assert there.is_without_agreement

    night_away(made, by=worker(made))

    there.refresh_from_db()
    assert not there.is_without_agreement
    assert there.state == HomeState.REFUSED


def test_a_night_away_takes_an_unanswered_one_off_the_managers_list(made, holds):
    there = there_already(made, holds)

    night_away(made, by=worker(made))

    there.refresh_from_db()
    assert there.state == HomeState.AWAY
    assert not waiting_for(there.asked_of)


def test_a_later_agreement_settles_what_was_refused(made, holds):
    there = agree_home(there_already(made, holds), decision="refused", words="Not yet.")

    agree_home(there_already(made, holds))

    there.refresh_from_db()
    assert not there.is_without_agreement


# What waits for it


def test_an_enquiry_is_not_finished_while_it_is_open_whether_a_child_goes_home():
    made = submitted()
    asked = ask_home(made, signed(made))

    with pytest.raises(CannotDo, match="waits for a manager"):
        actions.authorise_enquiry(enquiry=made, comments="Agreed.", by=manager())
    there = there_already(made, child=children_of(made)[1])
    actions.take_back_return_home(request=asked, reason="Not now", by=worker(made))
    with pytest.raises(CannotDo, match="at home without a manager's agreement"):
        actions.authorise_enquiry(enquiry=made, comments="Agreed.", by=manager())
    actions.take_back_return_home(request=there, reason="A mistake", by=worker(made))

    actions.authorise_enquiry(enquiry=made, comments="Agreed.", by=manager())


def test_an_enquiry_is_not_cancelled_or_sent_meanwhile(made, holds):
    ask_home(made, holds)

    with pytest.raises(CannotDo, match="Settle that first"):
        actions.cancel_enquiry(enquiry=made, reason="Malicious", by=manager())


def test_nothing_is_asked_in_a_finished_enquiry():
    made = authorised()

    with pytest.raises(CannotDo, match="finished"):
        ask_home(made, None, at_home_since=timezone.now())


# Whatever wrote the row


def test_the_database_itself_refuses_a_child_at_home_without_papers_or_agreement(made, holds):
    asked = ask_home(made, holds)
    unsigned = paper(made)
    row = {
        "enquiry": made,
        "child": asked.child,
        "request": asked,
        "happened_at": timezone.now(),
        "agreed_at": earlier_today(minutes=1),
        "agreed_by": asked.asked_of,
        "agreement": "Safe",
        "recorded_by": worker(made),
    }

    for risk_assessment, why in ((unsigned, "has signed"), (holds, "who was asked has agreed")):
        with pytest.raises(IntegrityError, match=why), transaction.atomic():
            ReturnHome.objects.create(risk_assessment=risk_assessment, **row)
    with pytest.raises(IntegrityError, match="that a manager agreed"), transaction.atomic():
        NightPlace.objects.create(
            enquiry=made,
            child=asked.child,
            night_of=timezone.localdate(),
            at_home=True,
            place="Home",
            with_whom="Mother",
            decided_by_name="Nobody",
            reason="None",
            recorded_by=worker(made),
        )


def test_a_child_is_home_once_a_request_is_used(made, holds):
    home = go_home(made, holds)

    with pytest.raises(CannotDo, match="No agreement waits"):
        actions.record_return_home(
            request=home.request, happened_at=timezone.now(), by=worker(made)
        )
