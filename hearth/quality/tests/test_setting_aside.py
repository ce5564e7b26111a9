"""An alert is set aside only with a reason, by another manager's agreement, and until a day."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hearth.accounts.actions import system_worker
from hearth.accounts.models import Notice
from hearth.lib.errors import CannotDo
from hearth.quality.actions import (
    agree_to_set_aside,
    ask_to_set_aside,
    look,
    refuse_to_set_aside,
)
from hearth.quality.models import Alert
from hearth.quality.tests.stories import Case
from hearth.workforce.tests.factories import manager

pytestmark = pytest.mark.django_db
WHY = "The police interview him today with Femi, by agreement."


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def case():
    return Case()


@pytest.fixture
def alert(case, today):
    case.enquiry(today - timedelta(7))
    look([case.child.pk], today=today, by=system_worker())
    return Alert.objects.get(check_key="PC-022")


def sounding(today):
    return Alert.objects.sounding(today).filter(check_key="PC-022").exists()


def test_it_sounds_until_a_manager_agrees(case, alert, today):
    ask_to_set_aside(alert=alert, reason=WHY, by=case.worker)
    assert sounding(today)
    assert Notice.objects.filter(to=case.boss, page=f"/alerts/{alert.pk}/decide/").exists()

    agree_to_set_aside(alert=alert, until=today + timedelta(14), by=case.boss)

    assert not sounding(today)
    assert sounding(today + timedelta(14))
    assert Notice.objects.filter(to=case.worker, text__contains="set aside").exists()


def test_a_manager_who_does_not_agree_says_what_is_to_be_done(case, alert, today):
    ask_to_set_aside(alert=alert, reason=WHY, by=case.worker)
    with pytest.raises(CannotDo, match="Say what is to be done"):
        refuse_to_set_aside(alert=alert, words="", by=case.boss)

    refuse_to_set_aside(alert=alert, words="See him today, alone.", by=case.boss)

    assert sounding(today)
    ask_to_set_aside(alert=alert, reason="He was seen by the night team.", by=case.worker)


def test_nobody_agrees_to_their_own_reason(case, alert, today):
    ask_to_set_aside(alert=alert, reason=WHY, by=case.boss)
    with pytest.raises(CannotDo, match="Someone else"):
        agree_to_set_aside(alert=alert, until=today + timedelta(1), by=case.boss)
    agree_to_set_aside(alert=alert, until=today + timedelta(1), by=manager(case.team))


def test_only_a_manager_agrees(case, alert, today):
    ask_to_set_aside(alert=alert, reason=WHY, by=case.boss)
    with pytest.raises(CannotDo, match="Only a manager"):
        agree_to_set_aside(alert=alert, until=today + timedelta(1), by=case.worker)


@pytest.mark.parametrize("days", [0, -1, 100])
def test_it_is_set_aside_for_no_more_than_three_months(case, alert, today, days):
    ask_to_set_aside(alert=alert, reason=WHY, by=case.worker)
    with pytest.raises(CannotDo, match="Set it aside until a day after today"):
        agree_to_set_aside(alert=alert, until=today + timedelta(days), by=case.boss)


def test_it_is_asked_once_at_a_time_with_a_reason_and_while_it_stands(case, alert, today):
    with pytest.raises(CannotDo, match="Say why"):
        ask_to_set_aside(alert=alert, reason="", by=case.worker)
    ask_to_set_aside(alert=alert, reason=WHY, by=case.worker)
    with pytest.raises(CannotDo, match="already"):
        ask_to_set_aside(alert=alert, reason=WHY, by=case.worker)
    agree_to_set_aside(alert=alert, until=today + timedelta(1), by=case.boss)
    with pytest.raises(CannotDo, match="Nobody has asked"):
        agree_to_set_aside(alert=alert, until=today + timedelta(1), by=case.boss)
    case.seen(today - timedelta(6))
    look([case.child.pk], today=today, by=system_worker())
    with pytest.raises(CannotDo, match="put right already"):
        ask_to_set_aside(alert=alert, reason=WHY, by=case.worker)
