"""What follows for each child when an assessment is agreed."""

from datetime import date

import pytest
from django.db import transaction

from hearth.accounts.tests.factories import UserFactory
from hearth.assessments import actions
from hearth.assessments.models import State
from hearth.assessments.tests.deciding import agree, ending, outstanding, send
from hearth.assessments.tests.factories import (
    FINISHED,
    authorised,
    family,
    submitted,
)
from hearth.casework.models import Task
from hearth.lib.errors import CannotDo
from hearth.people.tests.factories import ChildFactory
from hearth.records.models import CaseNote, ChronologyEntry
from hearth.workforce.rules import teams_of
from hearth.workforce.tests.factories import manager, social_worker

pytestmark = pytest.mark.django_db


def test_a_manager_agrees_it_and_each_child_has_a_next_step():
    children = family()
    assessment = authorised(children, by=manager())

    assert assessment.state == State.AUTHORISED
    for child in children:
        steps = outstanding(child)
        assert set(steps) == {"family_help.plan", "assessments.update"}
        plan = steps["family_help.plan"]
        assert (plan.due_on, plan.worker, plan.team) == (
            date(2026, 3, 30),
            assessment.task.worker,
            assessment.task.team,
        )
        assert steps["assessments.update"].due_on == date(2027, 3, 16)
        assert steps["assessments.update"].worker == assessment.task.worker
        assert not child.involvements.filter(ended_on=None).exists(), "from the plan's start"


def test_the_managers_words_are_an_oversight_note_on_each_child():
    children = family()
    boss = manager()
    authorised(children, by=boss)

    [note] = CaseNote.objects.oversight()

    assert (note.recorded_by, note.oversight_point) == (boss, "sign_off")
    assert note.about == sorted(child.pk for child in children)


def test_each_childs_story_has_what_was_decided_and_said_and_no_siblings_words():
    tamsin, rowan = family()
    authorised([tamsin, rowan], by=manager())

    story = ChronologyEntry.objects.of_children(tamsin)
    text = " ".join(f"{entry.title} {entry.text} {entry.private_text}" for entry in story)

    assert "I like it when Mum is not tired." in text
    assert "I want my own bed" not in text
    assert "Tamsin is loved" in text
    assert "Rowan is loved" not in text


def test_one_child_may_be_closed_while_another_goes_on():
    tamsin, rowan = family()
    change = ending("no_further_action", "RC8", rating="low", names=("Rowan",))
    authorised([tamsin, rowan], by=manager(), change=change)

    episode = rowan.episodes.get()
    assert (episode.ended_on, episode.closure_reason) == (FINISHED, "RC8")
    assert outstanding(rowan) == {}
    assert not rowan.involvements.filter(ended_on=None).exists()
    assert ChronologyEntry.objects.of_children(rowan).filter(kind="closure").exists()
    assert tamsin.episodes.get().ended_on is None
    assert "family_help.plan" in outstanding(tamsin)


def test_early_help_closes_the_case_and_a_manager_passes_the_family_on():
    [tamsin] = family(1)
    authorised([tamsin], by=manager(), change=ending("early_help", "RC9", rating="low"))

    assert tamsin.episodes.get().closure_reason == "RC9"
    assert set(outstanding(tamsin)) == {"assessments.hand_over_early_help"}


@pytest.mark.parametrize(
    ("outcome", "opens"),
    [
        ("strategy_discussion", {"protection.strategy_discussion", "assessments.update"}),
        ("legal_planning", {"assessments.hand_over_legal", "assessments.update"}),
        ("continue", {"assessments.update"}),
    ],
)
def test_what_each_other_outcome_opens(outcome, opens):
    [tamsin] = family(1)
    authorised([tamsin], by=manager(), change=ending(outcome))

    assert set(outstanding(tamsin)) == opens


def test_a_strategy_discussion_is_due_the_next_working_day():
    [tamsin] = family(1)
    authorised([tamsin], by=manager(), change=ending("strategy_discussion", rating="significant"))

    assert outstanding(tamsin)["protection.strategy_discussion"].due_on == date(2026, 3, 17)


def test_an_initial_assessment_leads_to_a_core_one_counted_from_its_end():
    day = date(2012, 1, 9)
    from hearth.assessments.tests import factories
    from hearth.casework.tests.factories import EpisodeFactory

    tamsin = ChildFactory.create(
        given_names="Tamsin", family_name="Pemberton", born_on=date(2003, 9, 14)
    )
    EpisodeFactory.create(child=tamsin, started_on=day)
    assessment = factories.written(
        [tamsin],
        step="assessments.initial",
        trigger=day,
        leave_out=("parents", "agencies"),
        change={
            ("Tamsin", "voice"): {"seen_on": day, "how_safe_on": day},
            ("Tamsin", "conclusion"): {"outcome": "core_assessment"},
        },
    )
    said = {"name": "Marian", "seen_on": day, "views": "I am worried."}
    actions.save_parents(
        assessment=assessment,
        written={"adult-other-new": actions.Written(said)},
        on=FINISHED,
        by=assessment.task.worker,
    )
    asked = actions.ask_agency(
        assessment=assessment, agency="school", asked_on=day, on=day, by=assessment.task.worker
    )
    actions.record_agency_answer(
        agency=asked, answered_on=day, said="Well.", on=day, by=assessment.task.worker
    )
    finished = date(2012, 1, 20)
    send(assessment, on=finished)
    agree(assessment, on=finished)

    core = outstanding(tamsin)["assessments.core"]
    assert core.due_on == date(2012, 3, 9)
    assert core.worker == assessment.task.worker
    assert set(outstanding(tamsin)) == {"assessments.core"}


def test_the_managers_review_falls_away():
    assessment = authorised(by=manager())

    review = Task.objects.get(step_key="assessments.review_point", record_id=assessment.pk)

    assert review.cancelled_reason == "The assessment was authorised"


def test_other_work_still_open_keeps_a_case_from_closing_and_nothing_is_half_done():
    [tamsin] = family(1)
    assessment = submitted([tamsin], change=ending("no_further_action", "RC8", rating="low"))
    from hearth.casework.actions import open_step

    open_step(
        "assessments.hand_over_plan",
        children=[tamsin],
        trigger=FINISHED,
        worker=social_worker(),
        by=UserFactory.create(),
    )

    with pytest.raises(CannotDo, match="is still open"), transaction.atomic():
        agree(assessment)
    assessment.refresh_from_db()
    assert assessment.state == State.SUBMITTED
    assert tamsin.episodes.get().ended_on is None


def test_a_worker_who_has_left_is_given_nothing_new():
    assessment = submitted()
    staff = assessment.task.worker.staff
    staff.ended_on = date(2026, 3, 20)
    staff.save(update_fields=["ended_on"])

    boss = manager()
    agree(assessment, by=boss)

    update = Task.objects.get(step_key="assessments.update")
    assert (update.worker, update.team) == (None, teams_of(boss, on=FINISHED)[0])
