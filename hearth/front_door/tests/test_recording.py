"""Recording a contact: what is kept, what it opens, and what is refused."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from hearth.accounts.models import TrailEvent
from hearth.accounts.tests.factories import UserFactory
from hearth.accounts.worker_context import acting_as
from hearth.casework.models import Task
from hearth.casework.tests.factories import AllocationFactory, EpisodeFactory
from hearth.front_door import actions
from hearth.front_door.actions.routing import decision_makers
from hearth.front_door.models import Contact
from hearth.front_door.tests.factories import (
    MONDAY,
    ContactDecisionFactory,
    ContactFactory,
    front_door_team,
    managers_of,
    out_of_hours_worker,
)
from hearth.front_door.tests.steps import record, screen
from hearth.lib.errors import CannotDo
from hearth.people.tests.factories import ChildFactory, PersonFactory, RestrictionFactory
from hearth.records.models import ChronologyEntry
from hearth.workforce.models import Team
from hearth.workforce.tests.factories import social_worker

pytestmark = pytest.mark.django_db


def waiting(contact):
    return {task.step_key: task for task in Task.objects.outstanding().filter(record_id=contact.pk)}


def test_a_contact_waits_to_be_screened_by_the_front_door_team(team, officer):
    child = ChildFactory.create(given_names="Leela", family_name="Szabo")

    contact = record([child], officer, said={child.pk: "She had a bruise."})

    [task] = waiting(contact).values()
    assert (task.step_key, task.team, task.worker) == ("front_door.screen_contact", team, None)
    assert task.due_on == date(2026, 2, 3)
    assert task.family == "Szabo"
    part = contact.children.get()
    assert (part.child, part.age, part.said) == (child, "9 years", "She had a bruise.")
    assert TrailEvent.objects.filter(what="Recorded a contact", about=[child.pk]).exists()


def test_it_is_in_each_childs_story_with_what_was_said_of_that_child_alone(officer):
    one, other = ChildFactory.create_batch(2)

    record([one, other], officer, said={one.pk: "He hid in the cupboard."})

    stories = {entry.child_id: entry for entry in ChronologyEntry.objects.all()}
    assert stories[one.pk].private_text == "He hid in the cupboard."
    assert "cupboard" not in stories[other.pk].text + stories[other.pk].private_text


def test_the_name_of_a_member_of_the_public_is_not_in_the_story(officer):
    record(
        [ChildFactory.create()],
        officer,
        referrer_kind="public",
        referrer_name="Mrs Nosworthy",
        referrer_agency="",
        source="1B",
    )

    assert "Nosworthy" not in ChronologyEntry.objects.get().title


@pytest.mark.parametrize(
    ("kind", "agency", "source"),
    [
        ("professional", "police", "6"),
        ("professional", "school", "2A"),
        ("professional", "voluntary", "8"),
        ("anonymous", "", "9"),
    ],
)
def test_the_census_source_follows_from_who_told_us(officer, kind, agency, source):
    contact = record(
        [ChildFactory.create()],
        officer,
        referrer_kind=kind,
        referrer_name="" if kind == "anonymous" else "Mr Pask",
        referrer_agency=agency,
    )

    assert contact.source == source


def test_early_help_had_no_source_code_of_its_own_before_2022(officer):
    contact = record(
        [ChildFactory.create(born_on=date(2015, 3, 1))],
        officer,
        referrer_agency="early_help",
        received_at=datetime(2021, 6, 1, 9, tzinfo=UTC),
    )

    assert contact.source == "5B"


def test_signs_of_significant_harm_go_to_a_manager_the_same_day(team, officer, decider):
    contact = record([ChildFactory.create()], officer, concerns=["injury"])

    assert contact.significant_harm
    task = waiting(contact)["front_door.consider_harm"]
    assert (task.due_on, task.worker) == (date(2026, 2, 2), decider)


def test_an_out_of_hours_contact_is_to_be_acknowledged_by_the_next_working_day(team):
    worker = out_of_hours_worker()
    saturday = datetime(2026, 1, 31, 2, 10, tzinfo=UTC)

    contact = record(
        [ChildFactory.create()],
        worker,
        received_at=saturday,
        out_of_hours=True,
        action_taken="Rang the police; they stayed with the grandmother.",
    )

    task = waiting(contact)["front_door.acknowledge_out_of_hours"]
    assert (task.due_on, task.team) == (date(2026, 2, 2), team)


def test_an_out_of_hours_contact_says_what_was_done(team):
    with pytest.raises(CannotDo, match="Say what you did about it"):
        record([ChildFactory.create()], out_of_hours_worker(), out_of_hours=True)


def test_the_worker_who_leads_an_open_case_is_told_at_once(team, officer):
    lead = social_worker()
    allocation = AllocationFactory.create(worker=lead)

    contact = record([allocation.child, ChildFactory.create()], officer)

    task = waiting(contact)["front_door.read_contact"]
    assert (task.worker, task.about) == (lead, [allocation.child_id])


def test_a_lead_worker_who_takes_the_contact_themselves_is_not_told_of_it(team):
    lead = social_worker()
    allocation = AllocationFactory.create(worker=lead)

    contact = record([allocation.child], lead)

    assert "front_door.read_contact" not in waiting(contact)


def test_without_a_front_door_team_nobody_would_screen_it():
    worker = social_worker()

    with pytest.raises(CannotDo, match="No front-door team has anybody in it"):
        record([ChildFactory.create()], worker)

    assert not Contact.objects.exists()


def test_a_worker_elsewhere_passes_it_to_the_front_door(team):
    contact = record([ChildFactory.create()], social_worker())

    assert contact.team == team


def test_a_second_front_doors_own_officer_keeps_it_in_their_team(team, officer):
    other = front_door_team()
    own = other.memberships.filter(manages=False).get().staff.user

    assert record([ChildFactory.create()], own).team == other


def test_a_team_nobody_works_in_cannot_be_given_a_contact(officer):
    empty = Team.objects.create(name="Old front door", kind="front_door", opened_on="2005-04-01")

    with pytest.raises(CannotDo, match="Nobody works in Old front door"):
        record([ChildFactory.create()], officer, team=empty)


def test_somebody_whose_right_has_gone_records_nothing(officer):
    officer.roles = []

    with pytest.raises(PermissionDenied):
        record([ChildFactory.create()], officer)

    assert not Contact.objects.exists()


BAD = [
    ({"received_at": timezone.now() + timedelta(hours=1)}, "cannot be in the future"),
    ({"received_at": datetime(2016, 9, 13, tzinfo=UTC)}, "after this contact was received"),
    ({"reason": " \u200b\n "}, "Say what they told us"),
    ({"reason": "x" * 100_000}, "Take out 50,000 characters"),
    ({"method": ""}, "Say how the contact came"),
    ({"method": "pigeon"}, "has no code pigeon"),
    ({"referrer_kind": "rumour"}, "Say who told us"),
    ({"referrer_agency": ""}, "Say who the professional is"),
    ({"referrer_kind": "anonymous"}, "An anonymous referrer has no name"),
    (
        {"referrer_kind": "public", "referrer_agency": "", "source": ""},
        "Choose what kind of referrer it was",
    ),
    ({"source": "77"}, "has no code 77"),
    ({"concerns": ["dragons"]}, "has no code dragons"),
    ({"consent": ""}, "Say whether the family agreed"),
    ({"referrer_name": "N" * 201}, "The name must be 200 characters or fewer"),
]


@pytest.mark.parametrize(("changes", "words"), BAD)
def test_bad_answers_are_refused_in_words_and_nothing_is_recorded(officer, changes, words):
    child = ChildFactory.create()

    with pytest.raises(CannotDo, match=words):
        record([child], officer, **changes)

    assert not Contact.objects.exists()


def test_a_contact_may_be_about_an_unborn_child(officer):
    contact = record([ChildFactory.create(unborn=True)], officer)

    assert contact.children.get().age == "unborn"


def test_a_child_whose_birth_is_not_known_has_an_age_not_known(officer):
    contact = record([ChildFactory.create(birth_kind="unknown", born_on=None)], officer)

    assert contact.children.get().age == "not known"


@pytest.mark.parametrize(
    ("child", "words"),
    [
        ({"born_on": date(1990, 1, 1)}, "is 26 or older"),
        ({"la_child_id": None}, "has no child's record"),
    ],
)
def test_a_contact_cannot_be_about_an_adult(officer, child, words):
    with pytest.raises(CannotDo, match=words):
        record([ChildFactory.create(**child)], officer)


def test_nor_about_a_record_merged_into_another(officer):
    merged = ChildFactory.create(merged_into=PersonFactory.create())

    with pytest.raises(CannotDo, match="no child's record of their own"):
        record([merged], officer)


def test_nor_about_nobody_nor_the_same_child_twice(officer):
    child = ChildFactory.create()

    with pytest.raises(CannotDo, match="Say which child"):
        record([], officer)
    with pytest.raises(CannotDo, match="twice"):
        record([child, child], officer)


def test_unseen_characters_go_and_every_script_stays(officer):
    contact = record(
        [ChildFactory.create()],
        officer,
        referrer_name="\u202eنادية\u202c  رحماني\x07",  # noqa: RUF001 - Arabic is meant
        reason="He said 👨‍👩‍👧 is \x00scared.\r\nKeep an eye.\ufeff",
    )

    assert contact.referrer_name == "نادية رحماني"
    assert contact.reason == "He said 👨‍👩‍👧 is scared.\nKeep an eye."


def test_a_contact_about_a_restricted_child_is_not_seen_by_those_who_may_not_know(officer):
    child = ChildFactory.create()
    contact = record([child, ChildFactory.create()], officer)
    RestrictionFactory.create(person=child)

    with acting_as(officer):
        assert not Contact.objects.filter(pk=contact.pk).exists()
        assert not Task.objects.filter(record_id=contact.pk).exists()


def test_a_contact_recorded_in_error_leaves_the_story_and_the_lists(team, officer, decider):
    contact = record([ChildFactory.create()], officer)

    actions.withdraw_contact(contact=contact, reason="The other Okafors.", by=decider)

    assert not waiting(contact)
    assert not ChronologyEntry.objects.standing().exists()
    with pytest.raises(CannotDo, match="withdrawn as recorded in error"):
        screen(contact, officer)


def test_a_decided_contact_is_not_withdrawn(decider):
    contact = ContactDecisionFactory.create(outcome="information", decided_at=MONDAY).contact

    with pytest.raises(CannotDo, match="decided this contact on 2 February 2026"):
        actions.withdraw_contact(contact=contact, reason="Wrong", by=decider)


def test_a_third_contact_in_twelve_months_raises_a_prompt_for_that_child_alone(officer):
    often, seldom = ChildFactory.create_batch(2)
    for month in (3, 9):
        ContactFactory.create(about=[often.pk], received_at=datetime(2025, month, 4, tzinfo=UTC))

    contact = record([often, seldom], officer)

    prompt = contact.prompts.get()
    assert (prompt.child, prompt.count, str(prompt)) == (
        often,
        3,
        "Contact number 3 in twelve months",
    )


def test_contacts_withdrawn_or_long_ago_are_not_counted(officer):
    child = ChildFactory.create()
    ContactFactory.create(about=[child.pk], received_at=datetime(2025, 1, 4, tzinfo=UTC))
    ContactFactory.create(
        about=[child.pk],
        received_at=datetime(2025, 12, 4, tzinfo=UTC),
        withdrawn_at=MONDAY,
        withdrawn_by=UserFactory.create(),
        withdrawn_reason="Wrong family",
    )

    assert not record([child], officer).prompts.exists()


def test_the_managers_of_the_front_door_are_those_registered_and_still_here(team):
    [manager] = managers_of(team)

    assert decision_makers(team, on=date(2026, 2, 2), but_not=set()) == [manager]
    assert decision_makers(team, on=date(2026, 2, 2), but_not={manager.pk}) == []
    assert decision_makers(team, on=date(2031, 2, 2), but_not=set()) == []


def test_an_open_episode_goes_with_the_task(officer):
    episode = EpisodeFactory.create()

    contact = record([episode.child], officer)

    assert waiting(contact)["front_door.screen_contact"].children.get().episode == episode
