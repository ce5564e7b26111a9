"""Decisions that more than one room makes: values in, a value out."""

from datetime import date

from hearth.casework.timescales import NATIONAL, LocalRules, takes_effect

INITIAL_ASSESSMENT = "assessments.initial"
SINGLE_ASSESSMENT = "assessments.single"


def assessment_step_on(day: date, local: LocalRules = NATIONAL) -> str:
    """The step that assesses a child referred on a day, by the framework in force here that day.

    A single assessment from Working Together 2013, or from this authority's own day of taking it
    up; before that an initial assessment, which may lead to a core one.
    """
    return SINGLE_ASSESSMENT if takes_effect("single", local) <= day else INITIAL_ASSESSMENT
