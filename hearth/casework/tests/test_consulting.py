"""A worker asks a manager about a child; somebody answers; and the record says so."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from hearth.accounts.models import Notice
from hearth.accounts.tests.factories import UserFactory
from hearth.casework.actions import answer_consultation, ask_manager
from hearth.casework.models import Consultation, Task
from hearth.casework.panels import questions_left
from hearth.casework.tests.pages import look, refused, send
from hearth.lib.errors import CannotDo
from hearth.people.tests.factories import ChildFactory
from hearth.records.models import ChronologyEntry, NoteChild
from hearth.workforce.tests.factories import manager

pytestmark = pytest.mark.django_db
ASKED, ADVISED = "Do I go back today?", "Yes, with Femi, before five."


@pytest.fixture
def child():
    return ChildFactory.create()


@pytest.fixture
def asked(child, worker, boss):
    return ask_manager(child=child, question=ASKED, asked_of=boss, by=worker)


def left(worker):
    """The tasks on a desk that other managers left unanswered."""
    panel = questions_left(worker, timezone.localdate())
    return [] if panel is None else [task.pk for task, _ in panel.context["lines"]]


def test_it_is_on_the_managers_list_by_the_next_working_day_or_in_two_hours(
    asked, child, worker, boss, team
):
    task = Task.objects.get(consultation=asked)

    assert (task.worker, task.team, task.about) == (boss, team, [child.pk])
    assert task.due_on
    assert task.due_on > timezone.localdate()
    assert Notice.objects.get(to=boss).page == f"/consultations/{asked.pk}/"
    urgent = ask_manager(child=child, question=ASKED, asked_of=boss, is_urgent=True, by=worker)
    soon = Task.objects.get(consultation=urgent)
    assert (soon.due_at, soon.because) != (None, "")
    assert soon.due_at - soon.trigger_at == timedelta(hours=2)  # type: ignore[operator]


def test_the_advice_is_the_latest_direction_on_the_childs_record(asked, child, worker, boss):
    answer_consultation(consultation=asked, answer=ADVISED, by=boss)

    note = NoteChild.objects.directions(child).get().note
    assert note.text == f"{worker} asked: {ASKED}\n\nAdvice: {ADVISED}"
    assert ChronologyEntry.objects.of_source(note).exists()
    asked.refresh_from_db()
    assert asked.answered_by == boss
    assert not Task.objects.outstanding().filter(consultation=asked).exists()
    assert "answered what you asked" in Notice.objects.get(to=worker).text
    with pytest.raises(CannotDo, match="answered this already"):
        answer_consultation(consultation=asked, answer=ADVISED, by=boss)


def test_what_is_left_unanswered_is_on_the_desk_of_whoever_stands_in(
    asked, boss, team, senior, worker
):
    deputy, stranger, today = manager(team), manager(), timezone.localdate()
    assert left(deputy) == []
    Task.objects.filter(consultation=asked).update(due_on=today - timedelta(days=1))

    for stands_in in (deputy, senior):
        assert left(stands_in) == [asked.task_id]
    for other in (stranger, boss, worker):
        assert left(other) == []
    with pytest.raises(CannotDo, match="Say why it is late"):
        answer_consultation(consultation=asked, answer=ADVISED, by=deputy)
    answer_consultation(consultation=asked, answer=ADVISED, late_reason="Away", by=deputy)
    assert left(senior) == []


def test_a_question_is_asked_of_a_manager_who_is_here_about_a_record_that_stands(
    child, worker, boss
):
    merged = ChildFactory.create(merged_into=child)
    for change, why in (
        ({"question": " "}, "what you want to ask"),
        ({"question": "x" * 20_001}, "20,000"),
        ({"asked_of": worker}, "other than yourself"),
        ({"asked_of": UserFactory.create(manager=True)}, "not a manager here now"),
        ({"child": merged}, "merged into another"),
    ):
        given: dict[str, Any] = {"child": child, "question": ASKED, "asked_of": boss}
        with pytest.raises(CannotDo, match=why):
            ask_manager(**(given | change), by=worker)


def test_nobody_answers_their_own_question_and_only_a_manager_answers(asked, child, worker, boss):
    own = ask_manager(child=child, question=ASKED, asked_of=manager(), by=boss)

    for consultation, by, why in (
        (own, boss, "their own question"),
        (asked, worker, "their own question"),
        (own, worker, "Only a manager"),
    ):
        with pytest.raises(CannotDo, match=why):
            answer_consultation(consultation=consultation, answer=ADVISED, by=by)
    with pytest.raises(CannotDo, match="Say what you advise"):
        answer_consultation(consultation=asked, answer="", by=boss)


def test_it_is_asked_from_the_childs_page_and_answered_from_the_list(client, child, worker, boss):
    page = look(client, worker, "ask_manager", child.pk)
    assert f'<option value="{boss.pk}" selected' in page
    empty = send(client, worker, "ask_manager", child.pk, question="")
    assert "Error:" in empty.content.decode()
    sent = send(client, worker, "ask_manager", child.pk, asked_of=boss.pk, question=ASKED)
    assert sent.url == f"/children/{child.pk}/"
    asked = Consultation.objects.get()

    assert "Not answered yet" in look(client, worker, "consultation", asked.pk)
    assert "You cannot" in refused(client, worker, "answer_consultation", asked.pk)
    assert ASKED in look(client, boss, "answer_consultation", asked.pk)
    Task.objects.filter(consultation=asked).update(due_on=timezone.localdate() - timedelta(days=1))
    late = send(client, boss, "answer_consultation", asked.pk, answer=ADVISED)
    assert ADVISED in late.content.decode()
    given = {"answer": ADVISED, "late_reason": "Away"}
    assert send(client, boss, "answer_consultation", asked.pk, **given).status_code == 302
    assert ADVISED in look(client, worker, "consultation", asked.pk)
    front = client.get(f"/children/{child.pk}/").content.decode()
    assert "Ask a manager" in front
