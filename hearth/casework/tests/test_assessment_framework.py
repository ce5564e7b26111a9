"""Which assessment a referral opens, around the days the guidance changed."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from hearth.casework.rules import assessment_step_on
from hearth.casework.timescales import LocalRules

DAYS = st.dates(date(2005, 1, 1), date(2028, 12, 31))


def test_a_single_assessment_from_working_together_2013():
    assert assessment_step_on(date(2013, 4, 14)) == "assessments.initial"
    assert assessment_step_on(date(2013, 4, 15)) == "assessments.single"


def test_an_authority_that_took_it_up_in_2016_made_initial_assessments_until_then():
    local = LocalRules(adopted={"single": date(2016, 9, 1)})

    assert assessment_step_on(date(2016, 8, 31), local) == "assessments.initial"
    assert assessment_step_on(date(2016, 9, 1), local) == "assessments.single"


@given(adopted=DAYS, day=DAYS)
def test_the_authoritys_own_day_decides_and_never_goes_back(adopted, day):
    local = LocalRules(adopted={"single": adopted})
    expected = "assessments.single" if day >= adopted else "assessments.initial"

    assert assessment_step_on(day, local) == expected
    if day < date(2028, 12, 31) and expected == "assessments.single":
        assert assessment_step_on(day + timedelta(days=1), local) == expected
