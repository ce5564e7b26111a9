"""What a colleague is typing into a form of an enquiry or a conference is not recorded over."""

import pytest
from django.utils import timezone

from hearth.accounts.worker_context import set_worker
from hearth.config.testing import hearth_itself
from hearth.protection import actions
from hearth.protection.tests import conferences as made
from hearth.protection.tests.factories import enquiry
from hearth.protection.tests.pages import address, dated, text
from hearth.records.models import Draft
from hearth.records.tests.drafting import typed
from hearth.workforce.tests.factories import social_worker

pytestmark = pytest.mark.django_db


def agencys_answer():
    worker, colleague, today = social_worker(), social_worker(), timezone.localdate()
    on_it = enquiry(lead=worker, co_worker=colleague)
    asked = actions.ask_agency(enquiry=on_it, agency="school", asked_on=today, by=worker)
    return (
        address("answer_check", asked.pk),
        "said",
        dated("answered_on", today),
        worker,
        colleague,
    )


def record():
    conference = made.booked(taker=(taker := made.note_taker()))
    version = {"version": conference.meeting.version}
    at = address("write_record", conference.pk)
    return at, "minutes", version, taker, conference.meeting.chair


def report():
    conference = made.booked()
    worker = conference.report.task.worker
    version = {"version": conference.report.version}
    return address("write_report", conference.pk), "danger", version, worker, social_worker()


@pytest.mark.parametrize("form", [agencys_answer, record, report])
def test_words_a_colleague_is_typing_are_seen_before_a_form_is_recorded(client, form):
    at, box, also, worker, colleague = form()
    client.force_login(worker)
    typed(colleague, at, **{box: "Theirs."})

    page = text(client.post(at, {**also, box: "Mine."}))

    assert f"{colleague} has written in this form too" in page
    assert "data-draft-unseen" in page
    assert "Mine.</textarea>" in page.replace("\n", "")
    set_worker(hearth_itself())
    assert Draft.objects.unfinished().get().fields == {box: ["Theirs."]}
    assert client.post(at, {**also, box: "Mine.", "draft_version": "1"}).status_code == 302
