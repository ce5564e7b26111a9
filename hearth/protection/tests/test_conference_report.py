"""The social worker's report: the analysis is theirs, and all else is read from the record."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hearth.casework.models import Submission, Task
from hearth.lib.errors import CannotDo
from hearth.people.tests.factories import ChildFactory, RelationshipFactory
from hearth.plans.models import MeetingKind, PlanChild
from hearth.protection import actions
from hearth.protection.models import AgencyReport, Conference, ConferenceReport, ReportState
from hearth.protection.pages.conference_report import report_paper
from hearth.protection.tests import conferences as made
from hearth.protection.tests.factories import service_manager
from hearth.protection.tests.pages import ask, dated, text
from hearth.records.actions import chronicle, upload_document
from hearth.records.models import ChronologyEntry
from hearth.records.tests.factories import ALONE, upload, visit
from hearth.workforce.tests.factories import manager, social_worker

__all__ = ["ask"]
pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def again(conference):
    return Conference.objects.select_related("report__task").get(pk=conference.pk)


def test_booking_asks_the_lead_worker_for_the_report_two_working_days_before_and_moving_moves_it():
    lead = social_worker()
    day = TODAY + timedelta(days=14)
    conference = made.booked(made.requested(*made.family(2, lead=lead)), day=day)
    task = again(conference).report.task

    assert (task.worker, task.step_key) == (lead, "protection.conference_report")
    assert task.due_on < day
    assert "2 working days before" in task.because
    later = day + timedelta(days=1)
    made.booked(
        again(conference), by_chair=conference.meeting.chair, day=later, moved_reason="Chair ill"
    )
    task.refresh_from_db()
    assert task.trigger_on == later
    assert Task.objects.of_step(task.step).count() == 1


def test_the_note_taker_changes_without_the_conference_being_moved():
    conference = made.booked()
    taker = made.note_taker()

    made.booked(again(conference), by_chair=conference.meeting.chair, taker=taker)

    assert again(conference).meeting.note_taker == taker
    with pytest.raises(CannotDo, match="Say why this conference is moved"):
        made.booked(again(conference), by_chair=conference.meeting.chair, hour=15)


@pytest.fixture
def bea_and_tom():
    lead = social_worker()
    bea, tom = made.family(2, lead=lead)
    type(bea).objects.filter(pk=bea.pk).update(given_names="Beatrice", known_as="Bea")
    type(tom).objects.filter(pk=tom.pk).update(given_names="Tomas", known_as="")
    return lead, bea, tom


def test_a_report_is_written_previewed_sent_and_authorised(ask, bea_and_tom):
    lead, bea, tom = bea_and_tom
    conference = made.booked(made.requested(bea, tom))
    pk = conference.pk

    ask(lead, "write_report", pk)
    sent = {
        "version": again(conference).report.version,
        "danger": made.DANGER,
        f"child-{bea.pk}-analysis": "She is afraid at night, and Tomas is too.",
        f"child-{tom.pk}-analysis": "He sleeps in his clothes.",
    }
    ask(lead, "write_report", pk, data=sent)
    preview = text(ask(lead, "submit_report", pk))

    assert "Bea Quill's part names Tomas Quill" in preview.replace("&#x27;", "'")
    assert "He sleeps in his clothes." in preview
    assert "Say when the parents had it" in text(
        ask(lead, "submit_report", pk, data={"late_reason": "Booked today"})
    )
    given = {"late_reason": "Booked today", **dated("shared_on", TODAY)}
    ask(lead, "submit_report", pk, data=given)
    report = again(conference).report
    assert (report.state, report.shared_on) == (ReportState.SUBMITTED, TODAY)
    assert "He sleeps" in str(Submission.objects.get(task=report.task).content)
    boss = manager()
    ask(boss, "decide_report", pk)
    ask(boss, "decide_report", pk, data={"decision": "return", "comments": "Say more of Tom."})
    assert "Say more of Tom." in text(ask(lead, "conference_report", pk))
    ask(lead, "submit_report", pk, data=given)
    ask(boss, "decide_report", pk, data={"decision": "authorise", "comments": "Clear."})
    assert again(conference).report.authorised_by == boss
    assert "Authorised" in text(ask(conference.meeting.chair, "conference", pk))


def on_record(lead, child, conference):
    """A visit, two events of the chronology, and a document that the family must not see."""
    visit(
        child,
        by=lead,
        happened_at=timezone.now() - timedelta(hours=2),
        parts=[(child, {**ALONE, "own_words": "He locks the fridge."})],
    )
    for weight in ("high", "low"):
        chronicle(
            about=[child],
            kind="contact",
            title=f"A {weight} event",
            happened_on=TODAY,
            source=conference,
            page="protection:conference",
            significance=weight,
            by=lead,
        )
    upload_document(
        children=[child],
        file=upload(),
        title="Where the refuge is",
        kind="other",
        confidential_from_family=True,
        in_chronology=True,
        by=lead,
    )


def test_what_the_record_says_is_in_the_report_and_the_familys_copy_leaves_out_what_it_must(
    ask, settings, tmp_path
):
    settings.DOCUMENTS = tmp_path
    lead = social_worker()
    (child,) = made.family(1, lead=lead)
    conference = made.booked(made.requested(child))
    on_record(lead, child, conference)
    ConferenceReport.objects.update(significant_only=False)

    whole = text(ask(lead, "conference_report", conference.pk))
    copy = text(ask(lead, "submit_report", conference.pk))

    for words in ("He locks the fridge.", "Where the refuge is", "seen alone"):
        assert words in whole
    for words in ("He locks the fridge.", "Where the refuge is"):
        assert words not in copy
    assert "A low event" in copy
    ConferenceReport.objects.update(significant_only=True)
    trimmed = text(ask(lead, "conference_report", conference.pk))
    assert "A high event" in trimmed
    assert "A low event" not in trimmed


def test_two_who_write_the_report_at_once_are_shown_each_others_words(ask):
    conference = made.written_report()
    lead = conference.report.task.worker
    child = conference.about[0]
    sent = {"version": 1, "danger": "Mine, typed meanwhile", f"child-{child}-analysis": "Mine"}

    page = text(ask(lead, "write_report", conference.pk, data=sent))

    assert "changed in another window" in page
    assert "Mine, typed meanwhile" in page
    assert made.DANGER in page


def _write(conference, **but):
    report = again(conference).report
    given = {
        "version": report.version,
        "danger": made.DANGER,
        "significant_only": True,
        "children": dict.fromkeys(conference.about, "Afraid."),
        "by": report.task.worker,
    }
    return actions.write_report(conference=conference, **given | but)


def _submit(conference, **but):
    shared = actions.Shared(on=TODAY)
    by = again(conference).report.task.worker
    given = {"shared": shared, "content": {}, "late_reason": "Booked today", "by": by}
    return actions.submit_report(conference=conference, **given | but)


def test_a_report_is_whole_before_it_is_sent():
    conference = made.booked()

    with pytest.raises(CannotDo, match="Write the analysis of"):
        _submit(conference)
    _write(conference, danger="")
    with pytest.raises(CannotDo, match="Say what the danger is"):
        _submit(conference)
    _write(conference)
    for shared, words in (
        (actions.Shared(), "or why they have not"),
        (actions.Shared(on=TODAY + timedelta(days=1)), "has not come"),
    ):
        with pytest.raises(CannotDo, match=words):
            _submit(conference, shared=shared)
    with pytest.raises(CannotDo, match="Say why it is late"):
        _submit(conference, late_reason="")
    _submit(conference, shared=actions.Shared(why_not="She is in hospital until Friday."))
    with pytest.raises(CannotDo, match="with a manager"):
        _write(conference)
    with pytest.raises(CannotDo, match="with a manager"):
        _submit(conference)


def test_what_is_refused_of_a_report():
    conference = made.booked()
    with pytest.raises(CannotDo, match="Somebody else has changed this"):
        _write(conference, version=9)
    with pytest.raises(CannotDo, match="a part for each child"):
        _write(conference, children={})
    with pytest.raises(CannotDo, match="not waiting to be authorised"):
        actions.authorise_report(conference=conference, comments="", by=manager())
    unbooked = made.requested(*made.family(1))
    with pytest.raises(CannotDo, match="Book the conference first"):
        actions.write_report(
            conference=unbooked,
            version=1,
            danger="",
            significant_only=True,
            children={},
            by=social_worker(),
        )
    actions.stand_down(conference=conference, reason="Moved away", by=service_manager())
    report = again(conference).report
    assert report.task.cancelled_at is not None
    with pytest.raises(CannotDo, match="stood down"):
        _write(conference)


def test_nobody_authorises_a_report_that_they_wrote_in():
    boss = manager()
    conference = made.submitted_report()
    Task.objects.filter(pk=conference.report.task_id).update(worked_by=[boss.pk])

    with pytest.raises(CannotDo, match="someone else must sign it off"):
        actions.authorise_report(conference=conference, comments="Clear.", by=boss)


def test_a_conference_held_without_the_report_says_so_and_it_no_longer_waits(ask):
    conference = again(made.issued())

    assert conference.report.task.cancelled_reason == "The conference was held without it"
    assert "Held without it" in text(ask(social_worker(), "conference", conference.pk))
    with pytest.raises(CannotDo, match="has decided"):
        _write(conference)


def test_reports_go_with_a_conference_that_is_called_again():
    conference = made.begun()
    school = made.members_of(conference)["Mrs Onwu"]
    made.written_report(conference)
    AgencyReport.objects.create(
        conference=conference,
        member=school,
        about=conference.about,
        due_on=TODAY,
        asked_on=TODAY,
        asked_by=conference.meeting.chair,
    )

    new = actions.reconvene(
        conference=conference,
        attendance=made.all_came(conference, Hart="absent", Onwu="absent"),
        reason="Too few",
        by=conference.meeting.chair,
    )

    new = again(new)
    assert new.report.danger == made.DANGER
    assert new.report.task.record_id == new.pk
    assert new.agency_reports.get().member.meeting == new.meeting


def test_a_sister_is_added_to_a_review_and_given_a_plan_there(ask):
    child, sister = made.family(2)
    review = made.review_of(made.issued(child))
    lead = social_worker()

    page = ask(lead, "add_to_review", review.pk)
    assert str(sister) in text(page)
    sent = {"children": [sister.pk], "reason": "She was hurt too."}
    ask(lead, "add_to_review", review.pk, data=sent)

    review = again(review)
    assert sister.pk in review.about
    assert review.meeting.about == review.about
    made.back_in_time(review.plan)
    given = [made.decided(child, "continue"), made.decided(sister, "plan")]
    looked = [
        actions.Looked(action=one, rating="on_track", words="Not yet")
        for one in review.plan.actions.open()
    ]
    made.issue(made.begun(review), given, looked=looked)
    assert PlanChild.objects.filter(child=sister, plan=review.plan, ended_on=None).exists()


def test_who_may_not_be_added_to_a_conference():
    child, sister = made.family(2)
    first = made.requested(child)
    by = social_worker()
    with pytest.raises(CannotDo, match="its enquiry named"):
        actions.add_to_review(conference=first, children=[sister], reason="Hurt", by=by)
    review = made.review_of(made.issue(made.begun(first)))
    grown = ChildFactory.create(born_on=TODAY - timedelta(days=20 * 366))
    RelationshipFactory.create(other_person=grown)
    for children, reason, words in (
        ([], "Hurt", "Choose who"),
        ([sister], "", "Say why"),
        ([child], "Hurt", "already"),
        ([grown], "Hurt", "a child on record"),
    ):
        with pytest.raises(CannotDo, match=words):
            actions.add_to_review(conference=review, children=children, reason=reason, by=by)
    made.requested(sister)
    with pytest.raises(CannotDo, match="has a conference to come already"):
        actions.add_to_review(conference=review, children=[sister], reason="Hurt", by=by)
    assert review.meeting.kind == MeetingKind.REVIEW_CONFERENCE


def test_a_report_read_after_its_conference_says_nothing_of_what_came_after():
    conference = made.issued()
    held = timezone.localdate(conference.meeting.held_at)
    since = ChronologyEntry.objects.filter(child__in=conference.about, happened_on__gte=held)

    paper = report_paper(conference, today=held)

    assert since.exists()
    events = [event.entry for part in paper.parts for event in part.events]
    assert [entry for entry in events if entry.happened_on >= held] == []
