"""Which limit applies, by the guidance in force for this authority on the day of the trigger."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from hearth.assessments.process import ASSESSMENTS, HAND_OVERS, PROCESS
from hearth.assessments.timescales import (
    CORE,
    INITIAL,
    REVIEW_POINT,
    SINGLE,
    UPDATE,
)
from hearth.assessments.timescales import (
    HAND_OVERS as LIMITS,
)
from hearth.casework.process import describe
from hearth.casework.rules import assessment_step_on
from hearth.casework.timescales import NATIONAL, TIMESCALES, LocalRules, limit_on
from hearth.casework.timescales import due as due_or_none
from hearth.lib.dates import add_working_days


def due(timescale, day, local=NATIONAL):
    """When it falls due, where a limit applied."""
    found = due_or_none(timescale, day, local)
    assert found is not None
    return found


DAYS = st.dates(date(2005, 4, 1), date(2027, 6, 30))


def test_an_initial_assessment_takes_7_working_days_until_working_together_2010():
    assert due(INITIAL, date(2010, 3, 16)).on == date(2010, 3, 25)
    assert due(INITIAL, date(2010, 3, 17)).on == date(2010, 3, 31)


def test_coventry_kept_7_days_after_2010():
    coventry = LocalRules(adopted={"initial_10": date(2013, 4, 15)})

    found = due(INITIAL, date(2011, 6, 1), coventry)

    assert found.on == date(2011, 6, 10)
    assert "7 working days" in found.because


def test_a_core_assessment_takes_35_and_a_single_one_45_working_days():
    assert due(CORE, date(2012, 1, 9)).on == date(2012, 2, 27)
    assert due(SINGLE, date(2026, 2, 2)).on == date(2026, 4, 8)


def test_a_local_limit_for_a_single_assessment_may_only_be_stricter():
    thirty = LocalRules(amounts={SINGLE.key: [(date(2020, 1, 1), 30)]})
    sixty = LocalRules(amounts={SINGLE.key: [(date(2020, 1, 1), 60)]})

    assert due(SINGLE, date(2026, 2, 2), thirty).on == date(2026, 3, 16)
    assert due(SINGLE, date(2026, 2, 2), sixty).on == date(2026, 4, 8)


def test_work_begun_under_the_older_guidance_finishes_under_it():
    assert due(CORE, date(2013, 5, 1)).on == date(2013, 6, 21)
    assert due_or_none(SINGLE, date(2013, 4, 14)) is None


def test_review_points_and_updates_come_with_the_single_assessment():
    assert due(REVIEW_POINT, date(2026, 2, 4)).on == date(2026, 2, 18)
    assert due(UPDATE, date(2026, 3, 16)).on == date(2027, 3, 16)
    assert due_or_none(UPDATE, date(2012, 3, 16)) is None


@given(day=DAYS, tens=DAYS, singles=DAYS)
def test_the_guidance_in_force_on_the_triggers_day_decides(day, tens, singles):
    local = LocalRules(adopted={"initial_10": tens, "single": singles})

    step = ASSESSMENTS[assessment_step_on(day, local)]
    found = due(TIMESCALES[str(step.due)], day, local)

    expected = 45 if day >= singles else 10 if day >= tens else 7
    assert found.on == add_working_days(day, expected)


@given(change=DAYS, before=st.integers(1, 400), after=st.integers(0, 400))
def test_a_change_over_never_rewrites_what_was_triggered_before_it(change, before, after):
    local = LocalRules(adopted={"single": change})

    assert assessment_step_on(change - timedelta(days=before), local) == "assessments.initial"
    assert assessment_step_on(change + timedelta(days=after), local) == "assessments.single"
    assert limit_on(INITIAL, change - timedelta(days=before), local) is not None


def test_every_outcome_leads_somewhere_or_says_nothing_further():
    text = describe(PROCESS)

    assert "Child in need plan: make a child in need plan" in text
    assert "No further action: nothing further" in text
    assert "Core assessment: core assessment" in text


def test_each_hand_over_is_a_managers_and_has_a_day():
    steps = {step.key: step for step in PROCESS.steps}

    assert {limit.key for limit in LIMITS} == set(HAND_OVERS)
    for key in HAND_OVERS:
        assert steps[key].due == key
