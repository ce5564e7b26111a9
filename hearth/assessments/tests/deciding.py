"""Sending and agreeing an assessment, for the tests of both."""

from datetime import date

from hearth.assessments import actions
from hearth.assessments.tests.factories import (
    FINISHED,
)
from hearth.casework.models import Task
from hearth.workforce.tests.factories import manager

LATE = date(2026, 4, 9)


def outstanding(child):
    return {task.step_key: task for task in Task.objects.outstanding().for_child(child)}


def send(assessment, **kwargs):
    given = {"on": FINISHED, "cautions_answer": "Another visit is booked.", "late_reason": ""}
    by = assessment.task.worker
    sent = actions.submit_assessment(assessment=assessment, **({"by": by} | given | kwargs))
    assessment.refresh_from_db()
    return sent


def agree(assessment, **kwargs):
    given = {"rationale": "The analysis follows.", "on": FINISHED}
    actions.authorise_assessment(assessment=assessment, **({"by": manager()} | given | kwargs))
    assessment.refresh_from_db()


def ending(outcome, reason="", *, rating="moderate", names=("Tamsin",)):
    """Answers that decide this for these children."""
    decided = {"outcome": outcome, "closure_reason": reason}
    return {(name, "conclusion"): decided for name in names} | {
        (name, "risk"): {"risk_rating": rating} for name in names
    }
