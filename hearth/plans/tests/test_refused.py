"""What cannot be so is refused with the reason, and leaves nothing behind: no row, no word lost."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from hearth.accounts.models import Notice
from hearth.accounts.worker_context import set_worker
from hearth.casework.models import Involvement, Task
from hearth.casework.tests.factories import AllocationFactory
from hearth.casework.tests.pages import days
from hearth.config.testing import hearth_itself
from hearth.lib.errors import CannotDo
from hearth.plans import actions
from hearth.plans.models import Meeting, PlanCategory, PlanChild, PlanKind
from hearth.plans.tests.factories import plan
from hearth.records.models import ChronologyEntry, Visit, VisitChild
from hearth.records.tests.factories import visit

pytestmark = pytest.mark.django_db
PROTECTION, IN_NEED = PlanKind.PROTECTION, PlanKind.CHILD_IN_NEED
STARTED = date(2026, 3, 2)
HELD = (
    PlanChild,
    PlanCategory,
    Involvement,
    Task,
    Meeting,
    Visit,
    VisitChild,
    ChronologyEntry,
    Notice,
)


def record():
    """Every row that a plan, a visit or a meeting could change."""
    set_worker(hearth_itself())
    return {model: list(model.objects.order_by("pk").values()) for model in HELD}


@pytest.fixture
def part(rowan, worker, team):
    AllocationFactory.create(episode=rowan.episodes.get(), worker=worker, team=team)
    made = plan(rowan, by=worker, kind=PROTECTION, started_on=STARTED).children.get()
    actions.open_visits(part=made, trigger=STARTED, by=worker)
    return made


def test_whatever_cannot_be_so_of_a_plan_is_refused_and_changes_nothing(part, rowan, worker, boss):
    tomorrow = timezone.localdate() + timedelta(days=1)
    before, again = STARTED - timedelta(days=1), {"started_on": STARTED + timedelta(days=9)}
    ended = {"part": part, "reason": "conference", "by": boss}
    category = {"part": part, "by": boss}
    tried = [
        (lambda: plan(rowan, by=worker, kind=PROTECTION, **again), "already from 2 March"),
        (lambda: plan(rowan, by=worker, kind=IN_NEED, **again), "already from 2 March"),
        (lambda: plan(rowan, by=worker, kind=IN_NEED, started_on=before), "already from 2 March"),
        (lambda: plan(rowan, by=worker, kind=IN_NEED, started_on=tomorrow), "has not come"),
        (lambda: actions.end_plan(ended_on=before, **ended), "cannot end before"),
        (lambda: actions.end_plan(ended_on=STARTED, **ended), "cannot end on the day it starts"),
        (lambda: actions.end_plan(ended_on=tomorrow, **ended), "has not come"),
        (
            lambda: actions.end_plan(**ended | {"ended_on": STARTED, "reason": "bored"}),
            "bored",
        ),
        (lambda: actions.change_category(category="XYZ", since=STARTED, **category), "XYZ"),
        (lambda: actions.change_category(category="PHY", since=before, **category), "before the"),
        (
            lambda: visit(
                rowan,
                by=worker,
                kind="child_protection",
                happened_at=timezone.now() + timedelta(hours=1),
            ),
            "before it has happened",
        ),
    ]
    was = record()

    for do, words in tried:
        with pytest.raises(CannotDo, match=words):
            do()
        assert record() == was, words


def test_a_page_that_is_refused_says_why_keeps_what_was_typed_and_stores_nothing(
    client, part, rowan, worker, boss
):
    to_come = timezone.localtime() + timedelta(days=1)
    seen = {
        "kind": "child_protection",
        "outcome": "made",
        "happened_at": f"{to_come:%Y-%m-%d} 4pm",
        "account": "Their mother let us in.",
        f"child-{rowan.pk}-sight": "alone",
    }
    before = days("ended_on", STARTED - timedelta(days=1))
    pages = [
        (worker, "records:record_visit", rowan.pk, seen, ["Their mother let us in."]),
        (boss, "plans:end_part", part.pk, {"reason": "transferred", **before}, ["2026"]),
        (boss, "plans:end_part", part.pk, {"reason": "bored", **before}, ["2026"]),
    ]
    was = record()

    for who, name, pk, sent, kept in pages:
        client.force_login(who)
        answer = client.post(reverse(name, args=[pk]), sent)
        page = answer.content.decode()
        assert answer.status_code == 200, name
        assert "There is a problem" in page, name
        assert all(words in page for words in kept), name
        assert record() == was, name
