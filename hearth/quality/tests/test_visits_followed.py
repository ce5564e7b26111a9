"""A visit withdrawn is as if it had not been: the checks say so the next time they look."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hearth.accounts.actions import system_worker
from hearth.plans.actions import open_visits
from hearth.quality.actions import look
from hearth.quality.models import Alert
from hearth.quality.tests.stories import Case
from hearth.records.actions import withdraw_written
from hearth.records.tests.factories import visit

pytestmark = pytest.mark.django_db


def sounds(case, today):
    look([case.child.pk], today=today, by=system_worker())
    return Alert.objects.standing().filter(check_key="PC-040").exists()


def test_a_child_seen_in_time_is_not_once_the_visit_is_withdrawn():
    case, today = Case(), timezone.localdate()
    part = case.plan(today - timedelta(weeks=4))
    open_visits(part=part, trigger=part.started_on, by=case.worker)
    yesterday = timezone.now() - timedelta(days=1)
    made = visit(case.child, by=case.worker, kind="child_protection", happened_at=yesterday)
    assert not sounds(case, today)

    withdraw_written(written=made, reason="Another child", by=case.worker)

    assert sounds(case, today)
