"""Strategy discussions: who must take part, every child's safety, and what is decided."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hearth.accounts.tests.factories import UserFactory
from hearth.casework.models import Episode, Task
from hearth.lib.dates import add_working_days
from hearth.lib.errors import CannotDo
from hearth.people.tests.factories import ChildFactory, HouseholdMemberFactory, PersonFactory
from hearth.plans.models import Distribution
from hearth.protection import actions, process
from hearth.protection.models import Enquiry, EnquiryChild
from hearth.protection.tests.factories import (
    HEALTH,
    POLICE,
    ago,
    all_came,
    all_safe,
    called,
    children_of,
    decide,
    decided,
    enquiry,
    household,
)
from hearth.records.models import ChronologyEntry
from hearth.workforce.tests.factories import StaffFactory, manager, social_worker

pytestmark = pytest.mark.django_db


def waiting(step, **about):
    return Task.objects.outstanding().filter(step_key=step.key, **about)


def test_every_child_who_lives_with_the_child_is_part_of_the_discussion():
    ade, bea = household()
    baby = ChildFactory.create(unborn=True)
    home = ade.households.get().household
    for person in (baby, PersonFactory.create()):
        HouseholdMemberFactory.create(person=person, household=home)

    discussion = called(ade)

    assert set(discussion.about) == {ade.pk, bea.pk, baby.pk}
    assert {part.child for part in discussion.children.all()} == {ade, bea, baby}
    [task] = waiting(process.STRATEGY)
    assert (task.record_id, set(task.about)) == (discussion.pk, set(discussion.about))


def test_a_child_found_to_live_there_while_it_is_held_is_not_left_out():
    ade, bea = household()
    discussion = called(ade)
    cousin = ChildFactory.create()
    HouseholdMemberFactory.create(person=cousin, household=ade.households.get().household)

    with pytest.raises(CannotDo, match=f"Say whether {cousin} is safe now"):
        decide(discussion)
    answers = all_safe(discussion, out=[bea.pk])
    answers[cousin.pk] = actions.Safety(safe_now=False, safety="Collected now", in_enquiry=False)
    decide(discussion, children=answers)

    discussion.refresh_from_db()
    assert cousin.pk in discussion.about
    assert cousin.pk in discussion.meeting.about
    assert children_of(discussion.enquiry) == [ade]


def test_an_enquiry_begins_with_a_part_for_each_child_and_its_days_counted():
    lead = social_worker()
    made = enquiry(lead=lead)
    today = made.started_on

    assert made.joint
    assert made.discussions.get().initiating
    assert {part.conference_target_on for part in made.children.all()} == {
        add_working_days(today, 15)
    }
    [task] = waiting(process.ENQUIRY)
    assert (task.worker, task.due_on, task.record_id) == (
        lead,
        add_working_days(today, 15),
        made.pk,
    )
    seeing = waiting(process.SEE_CHILD, record_id=made.pk)
    assert {tuple(each.about) for each in seeing} == {(c.pk,) for c in children_of(made)}
    held = made.discussions.get().meeting.held_at
    assert {each.due_at for each in seeing} == {held + timedelta(hours=24)}


def test_what_was_decided_is_in_each_childs_story_and_safety_in_their_own_alone():
    discussion = decided()
    first, second = discussion.children.order_by("pk")

    entry = ChronologyEntry.objects.get(child=first.child, kind="strategy")

    assert entry.text == "An injury that his account explains."
    assert entry.private_text.startswith("Safe now: With their grandmother")
    assert ChronologyEntry.objects.filter(child=second.child, kind="strategy").count() == 1


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"children": {}}, "Say whether .* is safe now"),
        ({"decision": "perhaps"}, "Choose what was decided"),
        ({"rationale": ""}, "Give the reasons"),
        ({"concern": ""}, "cause to suspect"),
        ({"enquiry_plan": ""}, "Say how the enquiry will be made"),
        ({"held_at": timezone.now() + timedelta(hours=1)}, "before it has happened"),
        ({"next_on": timezone.localdate() - timedelta(days=3)}, "cannot be before this one"),
        ({"version": 99}, "Somebody else has changed this"),
        ({"said": actions.Round()}, "Say whether DS Marlow took part"),
    ],
)
def test_a_decision_that_cannot_be_recorded_says_why_and_leaves_nothing(changes, why):
    discussion = called()

    with pytest.raises(CannotDo, match=why):
        decide(discussion, **changes)

    discussion.refresh_from_db()
    assert discussion.decided_at is None
    assert discussion.meeting.held_at is None
    assert not EnquiryChild.objects.exists()


def test_no_child_is_left_without_what_keeps_them_safe():
    discussion = called()

    with pytest.raises(CannotDo, match="Say what keeps"):
        decide(discussion, children=all_safe(discussion, safety=""))
    with pytest.raises(CannotDo, match="Choose at least one child"):
        decide(discussion, children=all_safe(discussion, out=discussion.about))
    unsaid = {pk: actions.Safety(safe_now=True, safety="x") for pk in discussion.about}
    with pytest.raises(CannotDo, match="Say whether the enquiry includes"):
        decide(discussion, children=unsaid)


def test_without_the_police_or_health_it_says_why_and_what_was_done():
    discussion = called(members=[POLICE])
    told = {"decision": "single", "said": all_came(discussion)}

    with pytest.raises(CannotDo, match="Choose why health did not take part"):
        decide(discussion, **told)
    with pytest.raises(CannotDo, match="Say what was done to have health take part"):
        decide(discussion, missing_reason="night", **told)
    decide(discussion, missing_reason="night", missing_agency_reason="Rang twice", **told)

    discussion.refresh_from_db()
    assert discussion.meeting.quorate is False
    actions.record_consulted(
        discussion=discussion,
        missing_consulted_on=timezone.localdate(),
        words="No injuries on record.",
        by=manager(),
    )
    discussion.refresh_from_db()
    assert discussion.missing_consulted_on == timezone.localdate()
    assert "No injuries on record." in discussion.missing_agency_reason


def test_a_joint_enquiry_needs_the_police():
    discussion = called(members=[HEALTH])
    why = {"missing_reason": "unavailable", "missing_agency_reason": "Nobody free"}

    with pytest.raises(CannotDo, match="The police must agree to this"):
        decide(discussion, **why)
    decide(discussion, missing_consulted_on=timezone.localdate(), **why)

    assert discussion.meeting.members.count() == 1


def test_somebody_who_joined_is_recorded_with_what_they_told():
    discussion = called(members=[])
    said = actions.Round(
        joined=[
            (POLICE, actions.Told(attendance="telephone", shared="Bailed.")),
            (HEALTH, actions.Told(attendance="video", dissent="Wants a medical today.")),
        ]
    )

    decide(discussion, said=said)

    discussion.meeting.refresh_from_db()
    assert discussion.meeting.quorate
    assert {m.dissent for m in discussion.meeting.members.all()} == {"", "Wants a medical today."}


@pytest.mark.parametrize("decision", ["no_enquiry", "police_alone"])
def test_where_there_is_no_enquiry_none_begins_and_the_record_is_still_sent(decision):
    discussion = decided(decision=decision, enquiry_plan="")

    assert discussion.enquiry is None
    assert not waiting(process.ENQUIRY)
    [task] = waiting(process.SEND_STRATEGY)
    assert task.due_on == add_working_days(timezone.localdate(), 1)


def test_a_later_discussion_belongs_to_the_enquiry_that_is_open_and_may_add_a_child():
    ade, bea = household()
    discussion = called(ade)
    decide(discussion, children=all_safe(discussion, out=[bea.pk]))
    first = Enquiry.objects.get()

    later = decided(ade)

    assert (later.enquiry, later.initiating) == (first, False)
    first.refresh_from_db()
    assert set(first.about) == {ade.pk, bea.pk}
    assert set(Task.objects.get(enquiry=first).about) == {ade.pk, bea.pk}
    assert EnquiryChild.objects.filter(ended_on=None).count() == 2


def test_a_later_discussion_leaves_no_child_out_of_their_enquiry_nor_changes_who_leads_it():
    first = enquiry(*household())
    discussion = called(children_of(first)[0])
    left_out = all_safe(discussion, out=[children_of(first)[0].pk])

    with pytest.raises(CannotDo, match="leaves it only by what it finds"):
        decide(discussion, children=left_out, lead=None)
    with pytest.raises(CannotDo, match="on the enquiry's own page"):
        decide(discussion, lead=actions.Lead(worker=social_worker()))
    decide(discussion, decision="joint", lead=None)

    first.refresh_from_db()
    assert first.joint


def test_the_story_of_a_child_left_out_of_the_enquiry_does_not_say_it_was_about_them():
    ade, bea = household()
    discussion = called(ade)

    decide(discussion, children=all_safe(discussion, out=[bea.pk]))

    told = dict(ChronologyEntry.objects.filter(kind="strategy").values_list("child_id", "title"))
    assert "no enquiry about this child" in told[bea.pk]
    assert "oint section 47 enquiry" in told[ade.pk]


def test_a_child_without_an_open_case_is_given_one_and_its_source_is_asked():
    ade = ChildFactory.create()
    discussion = called(ade)

    with pytest.raises(CannotDo, match="has no open case"):
        decide(discussion)
    decide(discussion, lead=actions.Lead(referral_source="6"))

    part = EnquiryChild.objects.get(child=ade)
    assert part.episode == Episode.objects.get(child=ade)


def test_an_unborn_child_is_enquired_into_and_not_to_be_seen():
    baby = ChildFactory.create(unborn=True)
    made = enquiry(*household(baby))

    assert children_of(made) == [baby]
    assert not waiting(process.SEE_CHILD)


def test_a_sibling_with_no_record_is_given_one_when_enquired_into():
    ade = ChildFactory.create()
    sibling = PersonFactory.create(born_on=timezone.localdate() - timedelta(days=900))
    household(ade, sibling)

    enquiry(ade)

    sibling.refresh_from_db()
    assert sibling.is_child_record


@pytest.mark.parametrize("role", ["social_worker", "screening_officer", "family_support_worker"])
def test_only_a_manager_or_the_night_holds_one(role):
    worker = StaffFactory.create(user=UserFactory.create(roles=[role]), registered=True).user

    with pytest.raises(CannotDo, match="A manager holds"):
        called(by=worker)


def test_only_a_registered_manager_holds_one():
    worker = StaffFactory.create(user=UserFactory.create(manager=True)).user

    with pytest.raises(CannotDo, match="no social work registration"):
        called(by=worker)


def test_two_who_record_it_at_once_make_one_record():
    discussion = decided()

    with pytest.raises(CannotDo, match="already recorded what this decided"):
        decide(discussion)


def test_a_discussion_held_late_says_why():
    by = manager()
    discussion = called(by=by)
    Task.objects.filter(pk=discussion.task_id).update(
        due_on=timezone.localdate() - timedelta(days=1)
    )

    with pytest.raises(CannotDo, match="Say why it is late"):
        decide(discussion)
    decide(discussion, late_reason="The police could not be reached.")

    discussion.meeting.refresh_from_db()
    assert discussion.meeting.late_reason == "The police could not be reached."


def test_the_record_is_sent_to_everybody_before_it_leaves_the_list():
    discussion = decided(held_at=ago(hours=1))
    police, health = discussion.meeting.members.order_by("pk")
    sent = {"how": "secure_email", "sent_at": timezone.now(), "by": manager()}

    with pytest.raises(CannotDo, match="before it was held"):
        actions.send_strategy(
            discussion=discussion, members=[police], **{**sent, "sent_at": ago(days=2)}
        )
    actions.send_strategy(discussion=discussion, members=[police], **sent)
    assert waiting(process.SEND_STRATEGY)
    actions.keep_back_strategy(
        discussion=discussion, member=health, reason="Told by telephone", by=manager()
    )

    assert not waiting(process.SEND_STRATEGY)
    sending = Distribution.objects.get(member=police)
    actions.receive_strategy(
        discussion=discussion, sending=sending, received_at=timezone.now(), by=manager()
    )
    sending.refresh_from_db()
    assert sending.received_at


def test_a_discussion_called_in_error_is_called_off_with_why():
    discussion = called()

    with pytest.raises(CannotDo, match="Say why"):
        actions.call_off_strategy(discussion=discussion, reason="", by=manager())
    actions.call_off_strategy(discussion=discussion, reason="A mistaken report", by=manager())

    assert not waiting(process.STRATEGY)
    with pytest.raises(CannotDo, match="called off"):
        decide(discussion)


def test_nobody_but_a_child_is_discussed():
    with pytest.raises(CannotDo, match="is about a child"):
        called(PersonFactory.create())


def test_where_nobody_else_took_part_there_is_nobody_to_send_it_to():
    discussion = called(members=[])
    why = {"missing_reason": "night", "missing_agency_reason": "Nobody answered"}

    decide(discussion, decision="single", **why)

    assert not waiting(process.SEND_STRATEGY)


def test_a_task_is_called_once():
    discussion = called()

    with pytest.raises(CannotDo, match="has been called already"):
        called(*children_of_discussion(discussion), task=discussion.task)


def children_of_discussion(discussion):
    return [part.child for part in discussion.children.all()]
