"""How often each worker is supervised, and by whom."""

from datetime import date, timedelta

import pytest

from hearth.casework.timescales import LocalRules
from hearth.lib.dates import add_months
from hearth.supervision import rules
from hearth.supervision.models import Session
from hearth.workforce.models import Staff

BEGAN = date(2026, 1, 5)
NEW = Staff(started_on=BEGAN, asye_until=add_months(BEGAN, 12))
OLD = Staff(started_on=date(2015, 1, 5))


@pytest.mark.parametrize(
    ("staff", "last", "days"),
    [
        (OLD, date(2026, 3, 2), 28),
        (NEW, BEGAN, 7),
        (NEW, BEGAN + timedelta(weeks=6), 14),
        (NEW, add_months(BEGAN, 6), 28),
        (NEW, add_months(BEGAN, 12), 28),
    ],
    ids=["settled", "first weeks", "to six months", "to a year", "after the year"],
)
def test_supervision_is_monthly_and_more_often_in_the_first_year(staff, last, days):
    assert rules.session_due(staff, last=last).on == last + timedelta(days=days)


def test_somebody_never_supervised_is_due_from_the_day_they_started():
    found = rules.session_due(OLD, last=None)

    assert found.on == OLD.started_on + timedelta(weeks=4)
    assert "starting work" in found.because


def test_an_authority_may_choose_its_own_interval():
    local = LocalRules(amounts={"SUP-01": [(date(2026, 1, 1), 6)]})

    found = rules.session_due(OLD, last=date(2026, 3, 2), local=local)

    assert found.on == date(2026, 3, 2) + timedelta(weeks=6)


def test_the_duty_waits_for_a_worker_who_is_away_and_for_nobody_else():
    last, back = date(2026, 3, 2), date(2026, 6, 1)
    away = Session(not_held="sick", next_on=back)
    busy = Session(not_held="supervisor_away", next_on=back)
    soon = Session(not_held="leave", next_on=date(2026, 3, 9))

    assert rules.session_due(OLD, last=last, away=away).on == back
    for session in (busy, soon, None):
        assert rules.session_due(OLD, last=last, away=session).on == date(2026, 3, 30)


def test_a_first_year_that_began_elsewhere_counts_from_its_own_start():
    moved = Staff(started_on=date(2025, 1, 6), asye_until=add_months(BEGAN, 12))

    assert rules.asye_began(moved) == BEGAN
    assert rules.asye_began(OLD) is None
