"""A manager's decision, and everything that follows from it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from hearth.casework.models import Allocation, Episode, Task
from hearth.casework.tests.factories import AllocationFactory, EpisodeFactory
from hearth.front_door import actions
from hearth.front_door.models import Contact, ContactDecision, Referral, ThresholdDocument
from hearth.front_door.tests.factories import (
    MONDAY,
    TUESDAY,
    ContactDecisionFactory,
    ContactFactory,
    managers_of,
)
from hearth.front_door.tests.steps import decide, record, screened
from hearth.lib.errors import CannotDo
from hearth.people.tests.factories import ChildFactory
from hearth.records.models import ChronologyEntry
from hearth.workforce.tests.factories import TeamFactory, manager, social_worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def children():
    return ChildFactory.create_batch(3, family_name="Okafor")


@pytest.fixture
def contact(children, officer):
    return screened(children, officer)


def waiting(key=None):
    tasks = Task.objects.outstanding()
    return tasks.get(step_key=key) if key else {task.step_key for task in tasks}


def test_one_decision_is_for_all_the_children(contact, children, decider):
    decision = decide(contact, decider)

    assert [(p.child, p.outcome, p.is_exception) for p in decision.children.order_by("pk")] == [
        (child, "no_further_action", False) for child in children
    ]
    assert decision.threshold_document.version == "Hearth's outline"
    assert waiting() == {"front_door.feedback"}
    titles = ChronologyEntry.objects.filter(kind="decision").values_list("title", flat=True)
    assert list(titles) == ["Contact decided: no further action"] * 3
    assert str(decision) == "No further action"


def test_a_child_may_be_decided_otherwise(contact, children, decider):
    own = actions.ForOneChild(outcome="early_help", threshold_level="2", note="Her own worry.")

    decision = decide(contact, decider, exceptions={children[1].pk: own})

    part = decision.children.get(is_exception=True)
    assert (part.child, part.outcome, part.threshold_level) == (children[1], "early_help", "2")
    assert waiting("family_help.early_help").about == [children[1].pk]
    assert str(part) == f"Pass to early help for {children[1].pk}"


def test_a_decision_for_a_child_who_is_not_on_it_is_refused(contact, decider):
    stranger = ChildFactory.create()

    with pytest.raises(CannotDo, match="not on this contact"):
        decide(contact, decider, exceptions={stranger.pk: actions.ForOneChild()})


@pytest.mark.parametrize("outcome", ["information", "signposting", "other_authority"])
def test_outcomes_that_open_nothing_but_the_letter(contact, decider, outcome):
    decide(contact, decider, outcome=outcome, advice_given="Ring the advice line.")

    assert waiting() == {"front_door.feedback"}


def test_a_referral_without_a_team_waits_to_be_decided(contact, children, decider):
    decide(contact, decider, outcome="referral", threshold_level="3")

    referral = Referral.objects.get()
    assert (referral.received_on, referral.about) == (
        date(2026, 2, 2),
        [child.pk for child in children],
    )
    task = waiting("front_door.decide_referral")
    assert (task.worker, task.record_id, task.due_on) == (decider, referral.pk, date(2026, 2, 3))
    assert Episode.objects.open().count() == 3
    assert str(referral) == "Referral of 2 February 2026"


def test_a_team_without_a_worker_is_given_it_to_allocate_within_a_day(contact, decider):
    team = TeamFactory.create()
    social_worker(team)

    decide(contact, decider, outcome="referral", threshold_level="3", team=team)

    task = waiting("casework.allocate")
    assert (task.team, task.due_on) == (team, date(2026, 2, 4))
    assert waiting("assessments.single").team == team
    assert not Allocation.objects.exists()


def test_a_strategy_discussion_opens_the_referral_and_is_due_the_next_working_day(contact, decider):
    decide(contact, decider, outcome="strategy_discussion", threshold_level="4")

    task = waiting("protection.strategy_discussion")
    assert task.due_on == date(2026, 2, 4)
    assert Referral.objects.get().outcome == "strategy_discussion"
    assert waiting() == {
        "protection.strategy_discussion",
        "casework.allocate",
        "assessments.single",
        "front_door.feedback",
    }


def test_a_strategy_discussion_on_an_open_case_opens_no_second_referral(officer, decider):
    allocation = AllocationFactory.create(worker=social_worker())
    contact = screened([allocation.child], officer)

    decide(contact, decider, outcome="strategy_discussion", threshold_level="4")

    assert not Referral.objects.exists()
    episode = waiting("protection.strategy_discussion").children.get().episode
    assert episode == allocation.episode


def test_what_belongs_to_the_allocated_worker_is_on_their_list_once(officer, decider):
    allocation = AllocationFactory.create(worker=social_worker())
    contact = screened([allocation.child], officer)

    decide(contact, decider, outcome="allocated_worker", threshold_level="3")

    assert waiting("front_door.read_contact").worker == allocation.worker


def test_nothing_is_passed_to_an_allocated_worker_who_is_not_there(contact, decider):
    with pytest.raises(CannotDo, match="has no allocated worker"):
        decide(contact, decider, outcome="allocated_worker")


def test_an_open_case_is_not_referred_again(officer, decider):
    contact = screened([EpisodeFactory.create().child], officer)

    with pytest.raises(CannotDo, match="case is already open"):
        decide(contact, decider, outcome="referral")


def test_signs_of_harm_are_considered_with_the_decision(officer, decider):
    contact = screened([ChildFactory.create()], officer, concerns=["injury"])

    decide(contact, decider)

    task = Task.objects.get(step_key="front_door.consider_harm")
    assert (task.done_by, task.is_late) == (decider, True)


def test_nobody_decides_what_they_screened_or_recorded(team, children, officer, decider):
    recorded = record(children, decider)
    mine = screened(ChildFactory.create_batch(1), decider)

    for contact in (recorded, mine):
        with pytest.raises(PermissionDenied, match="You recorded or screened this contact"):
            decide(contact, decider)


def test_the_database_refuses_it_too():
    decision = ContactDecisionFactory.create()
    decision.decided_by = decision.screened_by

    with pytest.raises(IntegrityError), transaction.atomic():
        decision.save(update_fields=["decided_by"])


def test_only_a_registered_manager_decides_even_no_further_action(contact, team, officer):
    lapsed = managers_of(team)[0]
    lapsed.staff.registrations.update(expires_on=date(2026, 1, 1))

    with pytest.raises(PermissionDenied, match="ran out on 1 January 2026"):
        decide(contact, lapsed)
    with pytest.raises(PermissionDenied, match="role does not allow"):
        decide(contact, officer)


def test_a_registration_that_stands_today_but_not_on_the_day_of_the_act_is_not_enough(
    contact, decider
):
    decider.staff.registrations.update(started_on=date(2026, 2, 10))

    with pytest.raises(CannotDo, match="social work registration"):
        decide(contact, decider)


def test_a_late_form_is_told_who_decided(team, contact, decider):
    decide(contact, decider)

    with pytest.raises(CannotDo, match=f"{decider} decided this contact on 3 February 2026"):
        decide(contact, manager(team), outcome="referral")
    assert ContactDecision.objects.count() == 1


def test_a_decision_that_the_contact_does_not_know_of_is_refused(contact, decider):
    decision = decide(contact, decider)
    assert not Contact.objects.undecided().exists()

    Contact.objects.filter(pk=contact.pk).update(first_decision=None)
    decision.pk = None
    decision.supersedes_id = None
    with pytest.raises(IntegrityError, match="first_once"), transaction.atomic():
        decision.save()
    decision.supersedes_id = ContactDecision.objects.get().pk
    decision.save()
    with pytest.raises(IntegrityError, match="does not say so"), transaction.atomic():
        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
    Contact.objects.filter(pk=contact.pk).update(first_decision=decision.supersedes_id)


def test_nothing_is_decided_before_it_is_screened(children, officer, decider):
    with pytest.raises(CannotDo, match="has not been screened"):
        decide(record(children, officer), decider)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"outcome": ""}, "Choose what is decided"),
        ({"outcome": "shrug"}, "Choose what is decided"),
        ({"threshold_level": ""}, "Choose the level of need"),
        ({"rationale": "\x00 \u202e"}, "Give your reasons"),
        ({"report_quality": "dreadful"}, "Choose one of the answers"),
        ({"at": MONDAY - timedelta(days=1)}, "before it was received"),
        ({"at": timezone.now() + timedelta(days=1)}, "cannot be in the future"),
        ({"at": TUESDAY + timedelta(days=1)}, "Say why it is late"),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_changes(contact, decider, changes, words):
    with pytest.raises(CannotDo, match=words):
        decide(contact, decider, **changes)

    assert not ContactDecision.objects.exists()
    assert waiting() == {"front_door.decide_contact"}


def test_repeated_contacts_are_answered_before_the_decision(officer, decider):
    child = ChildFactory.create()
    for month in (3, 9):
        ContactFactory.create(about=[child.pk], received_at=datetime(2025, month, 4, tzinfo=UTC))
    contact = screened([child], officer)

    with pytest.raises(CannotDo, match="Say what these contacts add up to"):
        decide(contact, decider)
    decide(contact, decider, third_contact_answer="Three schools, one worry.")
    assert contact.prompts.get().answered_by == decider


def test_the_edition_in_force_on_the_day_is_kept_with_the_decision(contact, decider):
    service_manager = social_worker()
    service_manager.roles = ["service_manager"]
    actions.publish_threshold_document(
        title="Right help, right time", version="2", started_on=date(2026, 2, 3), by=service_manager
    )

    assert decide(contact, decider).threshold_document.version == "2"


def test_without_an_edition_in_force_nothing_is_decided(contact, decider):
    ThresholdDocument.objects.update(ended_on=date(2026, 1, 1))

    with pytest.raises(CannotDo, match="No threshold document was in force on 3 February 2026"):
        decide(contact, decider)


def test_a_new_edition_starts_after_the_last_and_is_named(decider):
    boss = social_worker()
    boss.roles = ["service_manager"]
    edition: dict[str, Any] = {
        "title": "Right help",
        "version": "2",
        "started_on": date(2026, 1, 1),
    }
    first = actions.publish_threshold_document(**edition, by=boss)

    for changes, words in (
        ({}, "has been in force since 1 January 2026"),
        ({"started_on": date(2026, 6, 1), "version": " "}, "Give the version"),
    ):
        with pytest.raises(CannotDo, match=words):
            actions.publish_threshold_document(**{**edition, **changes}, by=boss)
    with pytest.raises(PermissionDenied):
        actions.publish_threshold_document(**edition, by=decider)
    assert str(first) == "Right help, 2"


def test_a_manager_may_think_again_and_both_decisions_are_kept(team, contact, decider):
    first = decide(contact, decider)
    letter = waiting("front_door.feedback")
    other = manager(team)

    task = actions.reopen_contact(
        contact=contact, reason="The school rang again.", at=TUESDAY, by=other
    )
    second = decide(contact, other, outcome="referral", threshold_level="3")

    assert task.step_key == "front_door.decide_contact"
    assert second.supersedes == first
    assert ContactDecision.objects.standing().get() == second
    letter.refresh_from_db()
    assert letter.cancelled_reason == "The contact was decided again"
    assert Referral.objects.exists()


def test_what_is_decided_again_the_same_is_not_set_going_twice(team, contact, decider):
    decide(contact, decider, outcome="early_help", threshold_level="2")
    actions.reopen_contact(contact=contact, reason="To add advice", at=TUESDAY, by=decider)

    decide(contact, decider, outcome="early_help", threshold_level="2")

    assert Task.objects.filter(step_key="family_help.early_help").count() == 1


def test_a_referral_under_way_is_not_undone_by_thinking_again(contact, decider):
    decide(contact, decider, outcome="referral", threshold_level="3")
    actions.reopen_contact(contact=contact, reason="Hasty", at=TUESDAY, by=decider)

    with pytest.raises(CannotDo, match="already under way"):
        decide(contact, decider)


def test_only_a_decided_contact_is_reopened(contact, decider):
    with pytest.raises(CannotDo, match="still waiting for its first decision"):
        actions.reopen_contact(contact=contact, reason="x", at=TUESDAY, by=decider)
    decide(contact, decider)
    with pytest.raises(CannotDo, match="Say why"):
        actions.reopen_contact(contact=contact, reason="", at=TUESDAY, by=decider)


def test_an_authority_with_no_edition_publishes_its_first():
    boss = social_worker()
    boss.roles = ["service_manager"]
    ThresholdDocument.objects.all().delete()

    actions.publish_threshold_document(
        title="Right help", version="1", started_on=date(2026, 1, 1), by=boss
    )

    assert ThresholdDocument.objects.get().ended_on is None
