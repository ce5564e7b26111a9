"""Section 47 enquiries: who leads, what is seen, what is missing, and who agrees."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hearth.casework.actions import reassign
from hearth.casework.models import Task
from hearth.lib.errors import CannotDo
from hearth.people.tests.factories import ChildFactory
from hearth.protection import actions, process
from hearth.protection.models import EnquiryChild
from hearth.protection.reading import facts_of, read
from hearth.protection.rules import gaps
from hearth.protection.tests.factories import (
    ago,
    authorised,
    children_of,
    decided,
    enquiry,
    household,
    medical,
    part,
    see,
    service_manager,
    signed,
    submitted,
    whole,
    without_conference,
    write,
)
from hearth.records.actions import withdraw_written
from hearth.records.models import ChronologyEntry
from hearth.workforce.tests.factories import StaffFactory, TeamFactory, manager, social_worker

pytestmark = pytest.mark.django_db


def newly_qualified():
    """A registered social worker in their assessed and supported year."""
    until = timezone.localdate() + timedelta(days=200)
    return social_worker(asye_until=until)


def missing(made):
    made.refresh_from_db()
    return [gap.words for gap in gaps(facts_of(read(made), on=timezone.localdate()))]


def waiting(step, **about):
    return Task.objects.outstanding().filter(step_key=step.key, **about)


# Who leads


def test_a_newly_qualified_worker_leads_only_beside_an_experienced_one():
    asye, experienced = newly_qualified(), social_worker()

    with pytest.raises(CannotDo, match="assessed and supported year"):
        enquiry(lead=asye)
    with pytest.raises(CannotDo, match="assessed and supported year"):
        enquiry(lead=asye, co_worker=newly_qualified())
    made = enquiry(lead=asye, co_worker=experienced)

    assert (made.task.worker, made.co_worker) == (asye, experienced)


def test_only_a_registered_social_worker_leads():
    unregistered = StaffFactory.create(team=TeamFactory.create()).user

    for worker in (unregistered, manager()):
        with pytest.raises(CannotDo, match=r"no social work registration|not a social worker"):
            enquiry(lead=worker)


def test_a_manager_says_who_leads_and_seeing_the_children_goes_with_it():
    made = decided().enquiry
    assert made.task.worker is None
    assert "A manager must say which social worker leads this enquiry" in missing(made)
    worker = social_worker()

    with pytest.raises(CannotDo, match="A manager says who leads"):
        actions.assign_enquiry(enquiry=made, worker=worker, by=worker)
    with pytest.raises(CannotDo, match="Choose two different workers"):
        actions.assign_enquiry(enquiry=made, worker=worker, co_worker=worker, by=manager())
    actions.assign_enquiry(enquiry=made, worker=worker, by=manager())

    assert {task.worker for task in waiting(process.SEE_CHILD)} == {worker}
    made.task.refresh_from_db()
    assert made.task.worker == worker


def test_its_task_is_not_passed_to_a_new_worker_alone_nor_with_a_case():
    made, asye = enquiry(), newly_qualified()
    before = made.task.worker

    with pytest.raises(CannotDo, match="supported year, so cannot lead this alone"):
        reassign(made.task, worker=asye, team=None, by=manager())

    made.task.refresh_from_db()
    assert made.task.worker == before
    actions.assign_enquiry(enquiry=made, worker=asye, co_worker=before, by=manager())
    made.task.refresh_from_db()
    assert made.task.worker == asye


# Seen


def test_a_visit_says_in_the_enquiry_that_a_child_was_seen_and_alone():
    made = enquiry()
    ade, bea = children_of(made)
    by = made.task.worker

    see(ade, by=by)
    see(bea, by=by, alone=False)

    first, second = made.children.order_by("pk")
    assert first.seen_at == first.seen_alone_at
    assert first.seen_at is not None
    assert (second.seen_alone_at, second.not_alone_reason) == (None, "child_refused")
    assert [task.about for task in waiting(process.SEE_CHILD)] == [[bea.pk]]
    see(bea, by=by)
    assert not waiting(process.SEE_CHILD)


def test_a_visit_withdrawn_or_not_a_social_workers_is_not_sight_of_the_child():
    made = enquiry()
    ade = children_of(made)[0]
    unqualified = StaffFactory.create(team=TeamFactory.create()).user

    see(ade, by=unqualified)
    assert made.children.get(child=ade).seen_at is None
    visit = see(ade, by=made.task.worker)
    assert made.children.get(child=ade).seen_at == visit.happened_at
    assert ade.pk not in {pk for task in waiting(process.SEE_CHILD) for pk in task.about}
    withdraw_written(written=visit, reason="Another child", by=made.task.worker)

    assert made.children.get(child=ade).seen_at is None
    assert ade.pk in {pk for task in waiting(process.SEE_CHILD) for pk in task.about}


def test_what_is_missing_is_listed_until_nothing_is():
    made = enquiry()
    before = missing(made)
    ade = children_of(made)[0]

    assert f"{ade.name}: see them and record the visit, or say why not" in before
    assert f"{ade.name}: say whether a medical is needed" in before
    assert any(words.startswith(f"{ade.name}: record where they sleep") for words in before)
    assert missing(whole(made)) == []


def test_an_unborn_childs_part_asks_for_no_sight_nor_night():
    made = enquiry(*household(ChildFactory.create(unborn=True)))

    said = " ".join(missing(made))

    assert "see them" not in said
    assert "where they sleep" not in said
    assert missing(whole(made)) == []


def test_two_who_write_at_once_do_not_lose_each_others_words():
    made = enquiry()
    write(made, by=made.task.worker, home="Cold and bare.")

    with pytest.raises(CannotDo, match="Somebody else has changed this"):
        write(made, by=made.task.worker, version=1)

    made.refresh_from_db()
    assert made.home == "Cold and bare."


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"home_seen_on": timezone.localdate() + timedelta(days=1)}, "has not come"),
        ({"home_seen_on": timezone.localdate() - timedelta(days=9)}, "before the enquiry began"),
        ({"parts": {0: part()}}, "not a part of this enquiry"),
    ],
)
def test_what_cannot_be_written_is_refused(changes, why):
    made = enquiry()

    with pytest.raises(CannotDo, match=why):
        write(made, by=made.task.worker, **changes)


# Medicals


def test_an_examination_after_sexual_abuse_counts_its_hours():
    asked = medical()
    by = asked.enquiry.task.worker

    actions.record_medical(medical=asked, offered_for=timezone.now() + timedelta(hours=60), by=by)
    asked.refresh_from_db()
    assert (asked.hours, asked.is_beyond_72_hours) == (80, True)
    assert any("medical was done" in words for words in missing(asked.enquiry))
    with pytest.raises(CannotDo, match="Say what was found"):
        actions.record_medical(medical=asked, done_at=timezone.now(), by=by)
    with pytest.raises(CannotDo, match="before it was asked for"):
        actions.record_medical(medical=asked, done_at=ago(days=1), findings="None", by=by)
    actions.record_medical(medical=asked, not_done_reason="She did not want one", by=by)

    assert not any("medical was done" in words for words in missing(asked.enquiry))


# What follows when it is sent


def test_an_enquiry_with_something_missing_is_not_sent():
    made = enquiry()

    with pytest.raises(CannotDo, match=r"more to put right"):
        actions.submit_enquiry(enquiry=made, by=made.task.worker)


def test_only_whoever_leads_it_sends_it():
    with pytest.raises(CannotDo, match="The worker who leads this enquiry"):
        actions.submit_enquiry(enquiry=whole(), by=social_worker())


def test_a_returned_enquiry_comes_back_and_what_was_sent_is_kept():
    made = submitted()
    sent = made.task.submissions.get()
    assert sent.content["family"]["analysis"] == "A pattern of physical punishment."

    with pytest.raises(CannotDo, match="with a manager"):
        write(made, by=made.task.worker)
    actions.return_enquiry(enquiry=made, comments="What does Bea say?", by=manager())
    write(made, by=made.task.worker, analysis="And Bea saw it.")
    actions.submit_enquiry(enquiry=made, by=made.task.worker)

    sent.refresh_from_db()
    assert sent.content["family"]["analysis"] == "A pattern of physical punishment."
    assert made.task.submissions.count() == 2


def test_nobody_authorises_their_own_and_only_a_registered_manager_does():
    made = submitted()

    with pytest.raises(CannotDo, match=r"someone else must sign it off"):
        actions.authorise_enquiry(enquiry=made, comments="Agreed", by=made.task.worker)
    with pytest.raises(CannotDo, match="Your role does not sign this off"):
        actions.authorise_enquiry(enquiry=made, comments="Agreed", by=social_worker())
    with pytest.raises(CannotDo, match="Say why you agree"):
        actions.authorise_enquiry(enquiry=made, comments="", by=manager())


def test_each_childs_outcome_opens_its_own_next_step():
    made = enquiry()
    ade, bea = children_of(made)
    done = authorised(
        made,
        outcomes={bea.pk: {"outcome": "not_substantiated", "outcome_reason": "Not hurt."}},
    )

    [task] = waiting(process.REQUEST_CONFERENCE)
    assert (task.about, task.record_id) == ([ade.pk], done.pk)
    parts = {part.child_id: part for part in done.children.all()}
    assert (parts[ade.pk].no_conference, parts[bea.pk].no_conference) == (False, True)
    assert {part.ended_on for part in parts.values()} == {timezone.localdate()}
    assert not waiting(process.SEE_CHILD)
    entry = ChronologyEntry.objects.get(child=bea, title="Section 47 enquiry finished")
    assert "Not hurt." in entry.private_text
    assert "likely to go on" not in entry.private_text


def test_harm_found_and_no_conference_needs_a_service_managers_agreement():
    made = enquiry()
    outcomes = {
        child.pk: {"outcome": "no_continuing_risk", "no_conference_reason": "He has left."}
        for child in children_of(made)
    }
    submitted(made, outcomes=outcomes)
    senior = service_manager()

    with pytest.raises(CannotDo, match="A service manager must agree first"):
        actions.authorise_enquiry(enquiry=made, comments="Agreed", by=manager())
    with pytest.raises(CannotDo, match="A service manager agrees"):
        actions.agree_no_conference(
            enquiry=made, child=children_of(made)[0], reason="He has left", by=manager()
        )
    for child in children_of(made):
        actions.agree_no_conference(enquiry=made, child=child, reason="Bail holds", by=senior)
    done = actions.authorise_enquiry(enquiry=made, comments="Agreed", by=manager())

    assert done.authorised_on == timezone.localdate()
    assert not waiting(process.REQUEST_CONFERENCE)
    assert "Bail holds" in made.children.first().no_conference_reason


def test_an_agreement_that_there_is_no_conference_falls_when_the_outcome_changes():
    made = without_conference()
    child = children_of(made)[0]
    actions.agree_no_conference(
        enquiry=made, child=child, reason="Bail holds", by=service_manager()
    )

    write(made, by=made.task.worker)

    assert made.children.get(child=child).no_conference_agreed_by is None


def test_a_child_has_one_open_enquiry_and_another_after_it_ends():
    made = enquiry()
    ade = children_of(made)[0]
    assert decided(ade).enquiry == made

    actions.cancel_enquiry(enquiry=made, reason="Mistaken identity", by=manager())

    assert not waiting(process.SEE_CHILD)
    assert not waiting(process.ENQUIRY)
    assert decided(ade).enquiry != made
    assert EnquiryChild.objects.filter(child=ade, ended_on=None).count() == 1


def test_an_enquiry_that_found_harm_is_finished_and_never_dropped():
    made = enquiry()
    EnquiryChild.objects.filter(enquiry=made).update(outcome="no_continuing_risk")

    with pytest.raises(CannotDo, match="Harm was found here"):
        actions.cancel_enquiry(enquiry=made, reason="The family moved", by=manager())
    assert waiting(process.ENQUIRY)


def test_the_family_and_agencies_are_told_after_the_outcome_is_agreed():
    made = submitted()
    today = timezone.localdate()

    with pytest.raises(CannotDo, match="when the outcome has been authorised"):
        actions.record_told(enquiry=made, family_told_on=today, by=manager())
    actions.authorise_enquiry(enquiry=made, comments="Agreed", by=manager())
    with pytest.raises(CannotDo, match="Say when"):
        actions.record_told(enquiry=made, by=manager())
    with pytest.raises(CannotDo, match=r"before the (enquiry|outcome)"):
        actions.record_told(enquiry=made, family_told_on=today - timedelta(days=1), by=manager())
    actions.record_told(enquiry=made, family_told_on=today, by=manager())

    made.refresh_from_db()
    assert (made.family_told_on, made.agencies_told_on) == (today, None)


# Papers that nobody signed stand in the way


def test_a_paper_that_no_manager_signed_stands_in_the_way_of_sending():
    made = whole()
    signed(made)
    assert missing(made) == []
    actions.write_agreement(
        enquiry=made,
        children=children_of(made),
        kind="safety_plan",
        conditions="Nan calls each evening.",
        contingency="The police are called.",
        review_on=timezone.localdate(),
        by=made.task.worker,
    )

    assert missing(made) == ["Safety plan: a manager who did not write it must sign it"]
