"""What an assessment found, and when, as the closing of a case has to agree with."""

from datetime import timedelta

import pytest

from hearth.assessments.factors import only_found_nothing
from hearth.assessments.tests import factories as made
from hearth.casework.closing_days import why_not_day

pytestmark = pytest.mark.django_db


def test_whether_the_one_assessment_of_an_episode_found_no_factors():
    """CIN census rule 8873Q. A factor taken out again is not found."""
    children = made.family()
    assessment = made.started(children)
    one, two = assessment.children.select_related("episode")
    one.factors.create(code="21", child=one.child)
    two.factors.create(code="3B", child=two.child)
    both = [one.episode_id, two.episode_id]

    assert only_found_nothing(both) == {one.episode_id}

    one.factors.update(removed_at=assessment.recorded_at)
    assert only_found_nothing(both) == set()


def test_a_case_closes_no_earlier_than_an_assessment_began():
    """Rule 8565."""
    assessment = made.started()
    episode, day = assessment.children.first().episode, assessment.started_on

    why = why_not_day(episode, on=day - timedelta(days=1)) or ""

    assert "the day an assessment began" in why
    assert why_not_day(episode, on=day) is None
