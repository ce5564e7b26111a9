"""Known faults are caught, and what only looks like a fault raises no alarm.

Every story is on one record together, looked at in one go as the nightly look does, so that no
child's record lends a fault to another's.
"""

import sys

import pytest

from hearth.accounts.actions import system_worker
from hearth.casework.checks import CHECKS
from hearth.config.testing import at_most_queries
from hearth.quality.actions import look
from hearth.quality.flow.series import CHARTED
from hearth.quality.models import Alert
from hearth.quality.tests import (
    stories_of_enquiries,
    stories_of_needs,
    stories_of_plans,
    stories_of_pregnancy,
    stories_of_visits,
    stories_of_words,
)
from hearth.quality.tests.stories import FAULTS, NEAR_MISSES, TODAY, Case, Told
from hearth.quality.tests.stories_of_months import CHANGED, UNCHANGED

pytestmark = pytest.mark.django_db
AT_LEAST = 40
STORIES = (
    stories_of_enquiries,
    stories_of_needs,
    stories_of_plans,
    stories_of_pregnancy,
    stories_of_visits,
    stories_of_words,
)


@pytest.fixture
def told():
    """Every story lived, with the child each is about; and all of them looked at."""
    made: list[tuple[Told, int]] = []
    for story in (*FAULTS, *NEAR_MISSES):
        case = Case(**story.options)
        story.make(case)
        made.append((story, case.child.pk))
    look([child for _, child in made], today=TODAY, by=system_worker())
    return made


def test_every_known_fault_is_caught_and_no_near_miss_raises_an_alarm(told, capsys):
    assert min(len(FAULTS), len(NEAR_MISSES)) >= AT_LEAST
    sounding = set(Alert.objects.standing().values_list("check_key", "child_id"))

    missed = [s.words for s, child in told if s in FAULTS and (s.check, child) not in sounding]
    alarms = [s.words for s, child in told if s in NEAR_MISSES and (s.check, child) in sounding]

    missed += [years.words for years in CHANGED if not years.fires()]
    alarms += [years.words for years in UNCHANGED if years.fires()]
    faults, near = len(FAULTS) + len(CHANGED), len(NEAR_MISSES) + len(UNCHANGED)

    with capsys.disabled():
        sys.stdout.write(
            f"\nPractice checks: {faults - len(missed)} of {faults} known faults caught,"
            f" {len(alarms)} false alarms in {near} near misses,"
            f" {len(CHECKS) + len(CHARTED)} checks\n"
        )
    assert (missed, alarms) == ([], [])


def test_every_check_has_a_known_fault_and_a_near_miss():
    assert {story.check for story in FAULTS} == set(CHECKS)
    assert {story.check for story in NEAR_MISSES} == set(CHECKS)
    assert {years.check for years in CHANGED} == set(CHARTED)
    assert {years.check for years in UNCHANGED} == set(CHARTED)


def test_looking_asks_as_many_questions_of_a_hundred_children_as_of_two(told):
    children = [child for _, child in told]

    with at_most_queries(128):
        look(children[:2], today=TODAY, by=system_worker())
    with at_most_queries(128):
        look(children, today=TODAY, by=system_worker())
