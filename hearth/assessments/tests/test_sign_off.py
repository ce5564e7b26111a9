"""Sending an assessment, agreeing it, and what follows for each child."""

from datetime import date

import pytest

from hearth.assessments import actions
from hearth.assessments.models import State
from hearth.assessments.tests.factories import (
    FINISHED,
    authorised,
    family,
    submitted,
    written,
)
from hearth.casework.models import Task
from hearth.lib.errors import CannotDo
from hearth.workforce.tests.factories import manager

pytestmark = pytest.mark.django_db


def outstanding(child):
    return {task.step_key: task for task in Task.objects.outstanding().for_child(child)}


def test_a_whole_assessment_is_sent_kept_as_it_was_and_waits_for_a_manager():
    assessment = submitted()

    assert assessment.state == State.SUBMITTED
    assert assessment.submitted_on == FINISHED
    sent = assessment.task.submissions.get()
    assert sent.content["sections"][0]["key"] == "voice"
    assert assessment.task in Task.objects.awaiting_sign_off()


def test_a_manager_agrees_it_and_each_child_has_a_next_step():
    children = family()
    assessment = authorised(children, by=manager())

    assert assessment.state == State.AUTHORISED
    for child in children:
        steps = outstanding(child)
        assert set(steps) == {"assessments.hand_over_plan", "assessments.update"}
        assert steps["assessments.hand_over_plan"].due_on == date(2026, 3, 30)
        assert steps["assessments.update"].due_on == date(2027, 3, 16)
        kinds = child.involvements.filter(ended_on=None).values_list("kind", flat=True)
        assert list(kinds) == ["child_in_need"]


def test_one_child_may_be_closed_while_another_goes_on():
    tamsin, rowan = family()
    closing = {"outcome": "no_further_action", "closure_reason": "RC8"}
    low = {"risk_rating": "low"}
    authorised(
        [tamsin, rowan],
        by=manager(),
        change={("Rowan", "conclusion"): closing, ("Rowan", "risk"): low},
    )

    episode = rowan.episodes.get()
    assert (episode.ended_on, episode.closure_reason) == (FINISHED, "RC8")
    assert outstanding(rowan) == {}
    assert tamsin.episodes.get().ended_on is None
    assert "assessments.hand_over_plan" in outstanding(tamsin)


def test_it_is_refused_while_any_child_lacks_what_is_required():
    assessment = written(leave_out=("identity",))

    with pytest.raises(CannotDo, match="Tamsin Pemberton: consider their culture"):
        actions.submit_assessment(
            assessment=assessment, on=FINISHED, cautions_answer="-", by=assessment.task.worker
        )
