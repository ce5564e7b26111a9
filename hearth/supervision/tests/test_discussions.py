"""A case discussed: on each child's own record, with decisions that somebody does by a day."""

from datetime import date, timedelta

import pytest

from hearth.accounts.models import Notice
from hearth.accounts.tests.factories import UserFactory
from hearth.accounts.worker_context import acting_as
from hearth.casework.models import Task
from hearth.lib.errors import CannotDo
from hearth.people.tests.factories import ChildFactory, RestrictionFactory
from hearth.records.models import CaseNote, ChronologyEntry, NoteChild
from hearth.supervision.actions import Decided, Life
from hearth.supervision.models import Discussion, DiscussionChild
from hearth.supervision.tests.factories import case_of, discuss, finish, held
from hearth.workforce.tests.factories import social_worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(worker, boss):
    return held(worker, boss)


@pytest.fixture
def ade(worker):
    return case_of(worker, ChildFactory.create(given_names="Ade"))


@pytest.fixture
def bea(worker):
    return case_of(worker, ChildFactory.create(given_names="Bea"))


def test_it_stands_on_each_childs_record_with_what_is_private_to_each(session, ade, bea):
    discuss(session, lives=[Life(ade, "Hungry at school."), Life(bea, "Settled at nursery.")])

    note = CaseNote.objects.get()
    assert note.kind == "management_oversight"
    assert note.oversight_point == "supervision"
    assert "Risks now: Small" in note.text
    assert f"Decided: Ring the health visitor ({session.worker}, by " in note.text
    private = {part.child: part.text for part in NoteChild.objects.all()}
    assert private == {ade: "Life now: Hungry at school.", bea: "Life now: Settled at nursery."}
    entries = ChronologyEntry.objects.filter(kind="oversight")
    assert {entry.child for entry in entries} == {ade, bea}
    assert entries.get(child=bea).private_text == "Life now: Settled at nursery."


def test_each_decision_is_a_task_of_its_owner_by_its_day(session, ade, today):
    colleague = social_worker()
    day = today + timedelta(days=5)

    discussion = discuss(session, ade, decisions=[Decided("See Dad alone", colleague, day)])

    direction = discussion.decisions.get().direction
    task = Task.objects.get(step_key="casework.direction")
    assert (task.worker, task.due_on, task.about) == (colleague, day, [ade.pk])
    assert (direction.source, direction.text) == ("supervision", "See Dad alone")
    assert Notice.objects.filter(to=colleague).exists()


def test_nothing_changes_only_with_the_reason_said(session, ade):
    discussion = discuss(session, ade, decisions=[], no_change="The plan is working.")

    assert "No change, because: The plan is working." in discussion.note.text
    assert not Task.objects.filter(step_key="casework.direction").exists()


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"reflection": "Noted."}, "little more"),
        ({"risks": ""}, "risks"),
        ({"decisions": []}, "Decide something"),
        ({"no_change": "All is well."}, "Either"),
        ({"bring_back_on": date(2020, 1, 1)}, "gone by"),
    ],
)
def test_a_discussion_that_decides_and_says_nothing_is_refused(session, ade, given, why):
    with pytest.raises(CannotDo, match=why):
        discuss(session, ade, **given)


def test_it_is_about_the_workers_own_cases_each_child_once_with_a_life(session, ade):
    stranger = ChildFactory.create()
    for lives, why in (
        ([], "Choose the children"),
        ([Life(ade, "Well."), Life(ade, "Well.")], "each once"),
        ([Life(stranger, "Well.")], "does not have"),
        ([Life(ade, "")], "life is like now"),
    ):
        with pytest.raises(CannotDo, match=why):
            discuss(session, lives=lives)
    discuss(session, ade)
    with pytest.raises(CannotDo, match="discussed in this supervision already"):
        discuss(session, ade)
    assert Discussion.objects.count() == 1


def test_a_decision_is_given_to_nobody_who_has_left_and_not_before_it_was_made(session, ade, today):
    gone = UserFactory.create()
    for decided, why in (
        (Decided("Ring", gone, today), "no longer works here"),
        (Decided("Ring", session.worker, today - timedelta(days=1)), "before it was asked"),
    ):
        with pytest.raises(CannotDo, match=why):
            discuss(session, ade, decisions=[decided])
    assert not Discussion.objects.exists()


def test_only_whoever_held_it_writes_it_and_only_while_it_is_open(session, ade, worker):
    with pytest.raises(CannotDo, match="writes it up"):
        discuss(session, ade, by=social_worker())
    finish(session)
    with pytest.raises(CannotDo, match="already signed"):
        discuss(session, ade)


def test_a_case_is_brought_back_by_a_day_and_the_wait_ends_when_it_is(worker, boss, ade, today):
    earlier = held(worker, boss, on=today - timedelta(days=9))
    discuss(earlier, ade, bring_back_on=today)
    waiting = Task.objects.outstanding().get(step_key="supervision.case_discussion")
    assert (waiting.worker, waiting.due_on) == (boss, today)
    finish(earlier)

    discuss(held(worker, boss), ade)

    waiting.refresh_from_db()
    assert waiting.outcome == "discussed"


def test_a_discussion_written_up_later_is_dated_the_day_it_was_held(worker, boss, ade, today):
    session = held(worker, boss, on=today - timedelta(days=3))

    discuss(session, ade)

    assert DiscussionChild.objects.last_days([ade.pk]) == {ade.pk: session.held_on}
    assert CaseNote.objects.get().happened_at.date() == session.held_on


def test_a_restricted_child_is_not_there_for_whoever_may_not_know_of_them(session, ade, boss):
    discussion = discuss(session, ade)
    RestrictionFactory.create(person=ade, kind="sealed")

    with acting_as(boss):
        assert not Discussion.objects.visible_to(boss).filter(pk=discussion.pk).exists()
        assert not DiscussionChild.objects.filter(child_id=ade.pk).exists()
