"""Screening a contact, and what is done while it is screened."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from hearth.casework.models import Task
from hearth.casework.tests.factories import AllocationFactory
from hearth.front_door import actions
from hearth.front_door.models import StepNote
from hearth.front_door.tests.factories import (
    MONDAY,
    TUESDAY,
    AdviceRequestFactory,
    ContactFactory,
    managers_of,
    out_of_hours_worker,
    screening_officer,
)
from hearth.front_door.tests.steps import record, screen, screened
from hearth.lib.errors import CannotDo
from hearth.people.tests.factories import ChildFactory
from hearth.records.models import ChronologyEntry
from hearth.workforce.tests.factories import TeamMembershipFactory, manager, social_worker

pytestmark = pytest.mark.django_db
WEDNESDAY = datetime(2026, 2, 4, 9, tzinfo=UTC)


def the_task(contact, key):
    return Task.objects.get(step_key=key, record_id=contact.pk)


def test_a_screened_contact_goes_to_the_front_doors_manager(team, officer, decider):
    contact = screened([ChildFactory.create()], officer)

    task = the_task(contact, "front_door.decide_contact")
    assert (task.worker, task.team, task.due_on) == (decider, team, date(2026, 2, 3))
    assert the_task(contact, "front_door.screen_contact").done_by == officer
    assert (contact.screened_by, contact.recommended_threshold) == (officer, "3")


def test_a_manager_may_be_chosen(team, officer):
    other = manager(team)

    contact = screened([ChildFactory.create()], officer)
    chosen = screen(record([ChildFactory.create()], officer), officer, decision_maker=other)

    assert the_task(contact, "front_door.decide_contact").worker != other
    assert the_task(chosen, "front_door.decide_contact").worker == other


def test_whoever_cannot_decide_cannot_be_chosen(officer):
    contact = record([ChildFactory.create()], officer)

    with pytest.raises(CannotDo, match="cannot decide this contact"):
        screen(contact, officer, decision_maker=manager())


def test_a_manager_who_screens_it_is_passed_over(team, decider):
    other = manager(team)

    contact = screened([ChildFactory.create()], decider)

    assert the_task(contact, "front_door.decide_contact").worker == other


def test_with_no_other_manager_it_waits_for_the_team(team, decider):
    contact = screened([ChildFactory.create()], decider)

    task = the_task(contact, "front_door.decide_contact")
    assert (task.worker, task.team) == (None, team)


def test_it_is_screened_once(officer):
    contact = screened([ChildFactory.create()], officer)

    with pytest.raises(CannotDo, match="already been screened"):
        screen(contact, officer)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"lawful_basis": ""}, "give the lawful reason"),
        ({"consent": "refused", "lawful_basis": ""}, "give the lawful reason"),
        ({"rationale": ""}, "Give your reasons"),
        ({"recommended_threshold": ""}, "Recommend a level of need"),
        ({"recommended_threshold": "9"}, "has no code 9"),
        ({"recommended_outcome": "shrug"}, "Choose one of the answers"),
        ({"at": WEDNESDAY}, "This was due on 3 February 2026. Say why it is late"),
    ],
)
def test_what_is_missing_or_wrong_is_said(officer, changes, words):
    contact = record([ChildFactory.create()], officer)

    with pytest.raises(CannotDo, match=words):
        screen(contact, officer, **changes)


def test_with_the_familys_agreement_no_other_reason_is_needed(officer):
    contact = screen(
        record([ChildFactory.create()], officer), officer, consent="given", lawful_basis=""
    )

    assert contact.screened_at == MONDAY


def test_screening_late_says_why(officer):
    contact = screen(
        record([ChildFactory.create()], officer),
        officer,
        at=WEDNESDAY,
        late_reason="No reply from the school.",
    )

    assert the_task(contact, "front_door.screen_contact").is_late


def test_harm_seen_while_screening_goes_to_a_manager_too(officer):
    contact = screen(record([ChildFactory.create()], officer), officer, concerns=["baby_injury"])

    assert the_task(contact, "front_door.consider_harm").due_on == date(2026, 2, 2)
    assert ChronologyEntry.objects.get().significance == "high"


def test_harm_already_before_a_manager_is_not_put_there_twice(officer):
    contact = screened([ChildFactory.create()], officer, concerns=["injury"])

    assert the_task(contact, "front_door.consider_harm")


def test_harm_once_suggested_is_not_unticked_away(officer):
    contact = screen(
        record([ChildFactory.create()], officer, concerns=["injury"]), officer, concerns=["money"]
    )

    assert contact.significant_harm


def test_only_those_who_screen_may(officer):
    contact = record([ChildFactory.create()], officer)

    with pytest.raises(PermissionDenied):
        screen(contact, out_of_hours_worker())


def prompted(officer):
    child = ChildFactory.create()
    for month in (3, 9):
        ContactFactory.create(about=[child.pk], received_at=datetime(2025, month, 4, tzinfo=UTC))
    return record([child], officer)


def test_the_pattern_may_be_answered_while_screening(officer):
    contact = screen(prompted(officer), officer, third_contact_answer="Each call is worse.")

    prompt = contact.prompts.get()
    assert (prompt.answer, prompt.answered_by) == ("Each call is worse.", officer)


def test_the_pattern_is_answered_once_and_in_words(officer):
    contact = prompted(officer)

    with pytest.raises(CannotDo, match="Say what these contacts add up to"):
        actions.answer_third_contact(contact=contact, answer=" ", at=MONDAY, by=officer)
    actions.answer_third_contact(contact=contact, answer="Worse", at=MONDAY, by=officer)
    with pytest.raises(CannotDo, match="nothing waiting to be answered"):
        actions.answer_third_contact(contact=contact, answer="Again", at=MONDAY, by=officer)


def test_a_manager_says_what_keeps_the_children_safe_today(officer, decider):
    contact = record([ChildFactory.create()], officer, concerns=["injury"])

    actions.consider_harm(
        contact=contact, safety_now="He stays at school with Mrs Quayle.", at=MONDAY, by=decider
    )

    contact.refresh_from_db()
    assert contact.safety_now.startswith("He stays")
    assert the_task(contact, "front_door.consider_harm").done_by == decider
    with pytest.raises(CannotDo, match="already considered"):
        actions.consider_harm(contact=contact, safety_now="Again", at=MONDAY, by=decider)


def test_an_unregistered_manager_does_not_consider_harm(team, officer):
    lapsed = managers_of(team)[0]
    lapsed.staff.registrations.update(expires_on=date(2026, 1, 1))
    contact = record([ChildFactory.create()], officer, concerns=["injury"])

    with pytest.raises(PermissionDenied, match="ran out on 1 January 2026"):
        actions.consider_harm(contact=contact, safety_now="x", at=MONDAY, by=lapsed)


def out_of_hours_contact(team):
    return record(
        [ChildFactory.create()],
        out_of_hours_worker(),
        out_of_hours=True,
        action_taken="Rang the grandmother.",
    )


def test_the_day_service_acknowledges_what_was_taken_at_night(team, decider):
    contact = out_of_hours_contact(team)

    actions.acknowledge_out_of_hours(
        contact=contact, acknowledgement="Screening this morning.", at=TUESDAY, by=decider
    )

    contact.refresh_from_db()
    assert (contact.acknowledged_by, contact.acknowledged_at) == (decider, TUESDAY)
    with pytest.raises(CannotDo, match="already been acknowledged"):
        actions.acknowledge_out_of_hours(
            contact=contact, acknowledgement="Again", at=TUESDAY, by=decider
        )


def test_whoever_took_it_does_not_acknowledge_it(team, decider):
    contact = record(
        [ChildFactory.create()], decider, out_of_hours=True, action_taken="Rang the police."
    )

    with pytest.raises(PermissionDenied, match="You took this contact"):
        actions.acknowledge_out_of_hours(
            contact=contact, acknowledgement="Mine", at=TUESDAY, by=decider
        )


def test_the_childs_worker_reads_a_contact_and_says_what_they_will_do(team, officer):
    lead = social_worker()
    contact = record([AllocationFactory.create(worker=lead).child], officer)

    actions.read_contact(contact=contact, will_do="Visiting at 4pm.", at=TUESDAY, by=lead)

    note = StepNote.objects.get()
    assert (note.text, note.written_by, str(note)) == (
        "Visiting at 4pm.",
        lead,
        f"Written by {lead}",
    )
    with pytest.raises(CannotDo, match="already been read"):
        actions.read_contact(contact=contact, will_do="Again", at=TUESDAY, by=lead)


def test_a_worker_who_does_not_have_the_child_is_refused(team, officer):
    contact = record([AllocationFactory.create(worker=social_worker()).child], officer)

    with pytest.raises(PermissionDenied, match="do not work with any of these children"):
        actions.read_contact(contact=contact, will_do="x", at=TUESDAY, by=social_worker())


def test_a_manager_may_read_it_for_a_worker_who_is_away(team, officer, decider):
    contact = record([AllocationFactory.create(worker=social_worker()).child], officer)

    actions.read_contact(contact=contact, will_do="Covering today.", at=TUESDAY, by=decider)

    assert the_task(contact, "front_door.read_contact").done_by == decider


def test_advice_is_asked_and_answered_with_both_times(officer):
    contact = record([ChildFactory.create()], officer)

    request = actions.ask_advice(
        contact=contact,
        agency="domestic_abuse",
        asked_of="Ms Vane",
        question="Is she safe at her sister's?",
        asked_at=MONDAY,
        by=officer,
    )
    actions.answer_advice(
        request=request, answer="Yes, tonight.", answered_at=MONDAY + timedelta(hours=1), by=officer
    )

    request.refresh_from_db()
    assert request.about == contact.about
    assert (request.asked_at, request.answered_at) == (MONDAY, MONDAY + timedelta(hours=1))
    assert str(request) == "Advice asked of Ms Vane"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"asked_at": MONDAY - timedelta(minutes=1)}, "before the contact was received"),
        ({"asked_at": timezone.now() + timedelta(days=1)}, "cannot be in the future"),
        ({"agency": ""}, "Say what kind of adviser"),
        ({"question": ""}, "Say what you asked"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(officer, changes, words):
    answers = {"agency": "housing", "asked_of": "", "question": "Evicted?", "asked_at": MONDAY}

    with pytest.raises(CannotDo, match=words):
        actions.ask_advice(
            contact=record([ChildFactory.create()], officer), by=officer, **{**answers, **changes}
        )


def test_an_answer_comes_after_its_question_and_once(officer):
    request = AdviceRequestFactory.create()
    early = MONDAY - timedelta(minutes=1)

    with pytest.raises(CannotDo, match="before they were asked"):
        actions.answer_advice(request=request, answer="x", answered_at=early, by=officer)
    actions.answer_advice(request=request, answer="x", answered_at=MONDAY, by=officer)
    with pytest.raises(CannotDo, match="already been answered"):
        actions.answer_advice(request=request, answer="y", answered_at=MONDAY, by=officer)


def test_a_manager_who_is_also_in_another_front_door_is_found_for_it(team, officer, decider):
    other = screening_officer(team)
    TeamMembershipFactory.create(staff=decider.staff, team=team, manages=True)

    contact = screened([ChildFactory.create()], other)

    assert the_task(contact, "front_door.decide_contact").worker == decider
