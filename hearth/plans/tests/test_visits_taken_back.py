"""A visit withdrawn or put right after it met a duty: the duty stands again, as it truly does."""

from datetime import date

import pytest

from hearth.accounts.worker_context import acting_as
from hearth.casework.models import Task
from hearth.people.tests.factories import RestrictionFactory
from hearth.plans.tests.test_visits import STARTED, protected, seen, waiting
from hearth.records import actions as records
from hearth.records.models import ChronologyEntry
from hearth.records.tests.factories import ALONE, NOT_SEEN, moment, visit

pytestmark = pytest.mark.django_db


def withdraw(visit, by):
    records.withdraw_written(written=visit, reason="Another child", by=by)


def done(child):
    """The duties that were met, and the day each was."""
    met = Task.objects.filter(cancelled_at=None, done_at__isnull=False).for_child(child)
    return list(met.order_by("trigger_on").values_list("trigger_on", "done_on"))


def test_a_visit_withdrawn_puts_what_it_met_back_on_the_list(rowan, worker, team):
    protected(rowan, worker, team)
    first = waiting(rowan)
    mistaken = seen(rowan, worker, day=12)
    opened_by_it = waiting(rowan)

    withdraw(mistaken, worker)

    again = waiting(rowan)
    assert (again, again.due_on, again.worker) == (first, date(2026, 10, 19), worker)
    assert (again.outcome, again.done_on, again.done_by) == ("", None, None)
    opened_by_it.refresh_from_db()
    assert "was withdrawn" in opened_by_it.cancelled_reason
    assert done(rowan) == []
    entry = ChronologyEntry.objects.get(child=rowan, kind="visit")
    assert entry.withdrawn_at is not None


def test_the_one_before_the_last_withdrawn_leaves_the_last_to_meet_it_late(rowan, worker):
    protected(rowan, worker)
    mistaken = seen(rowan, worker, day=9)
    seen(rowan, worker, day=21)

    withdraw(mistaken, worker)

    assert done(rowan) == [(STARTED, date(2026, 10, 21))]
    met = Task.objects.get(done_on=date(2026, 10, 21), cancelled_at=None)
    assert met.late_reason.startswith("Seen 2 days late")
    assert waiting(rowan).trigger_on == date(2026, 10, 21)


def test_the_last_withdrawn_leaves_those_before_it_as_they_were(rowan, worker):
    protected(rowan, worker)
    seen(rowan, worker, day=8)
    mistaken = seen(rowan, worker, day=14)

    withdraw(mistaken, worker)

    assert done(rowan) == [(STARTED, date(2026, 10, 8))]
    assert (waiting(rowan).trigger_on, waiting(rowan).due_on) == (
        date(2026, 10, 8),
        date(2026, 10, 22),
    )


@pytest.mark.parametrize(
    ("part", "met"), [(NOT_SEEN, []), (ALONE, [(STARTED, date(2026, 10, 13))])]
)
def test_one_put_right_counts_for_what_it_now_says(part, met, rowan, worker):
    protected(rowan, worker)
    made = seen(rowan, worker, day=12)

    records.edit_visit(
        visit=made,
        version=made.version,
        happened_at=moment(2026, 10, 13, 16),
        account="He was at his aunt's.",
        parts=[(rowan, part)],
        by=worker,
    )

    assert done(rowan) == met
    assert waiting(rowan).trigger_on == (met[-1][1] if met else STARTED)


def test_a_visit_hidden_from_whoever_writes_the_next_still_counts(rowan, bea, worker):
    protected(rowan, worker)
    parts = {"kind": "child_protection", "happened_at": moment(2026, 10, 12, 16)}
    visit(rowan, bea, by=worker, **parts)
    RestrictionFactory.create(person=bea)

    with acting_as(worker):
        seen(rowan, worker, day=14)

    assert done(rowan) == [
        (STARTED, date(2026, 10, 12)),
        (date(2026, 10, 12), date(2026, 10, 14)),
    ]
