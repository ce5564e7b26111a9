"""A plan is a dated period for each child, never two at once, and ends for a reason."""

from datetime import date, timedelta
from functools import partial

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hearth.accounts.tests.factories import UserFactory
from hearth.casework.actions import open_step
from hearth.casework.models import Involvement, Task
from hearth.lib.errors import CannotDo
from hearth.people.tests.factories import ChildFactory
from hearth.plans import actions
from hearth.plans.models import PlanChild, PlanKind
from hearth.plans.tests.factories import STARTED, action, part, plan

pytestmark = pytest.mark.django_db
PROTECTION, IN_NEED = PlanKind.PROTECTION, PlanKind.CHILD_IN_NEED


def of(child):
    return PlanChild.objects.filter(child=child).order_by("started_on", "pk")


def test_a_plan_starts_for_each_child_with_what_they_now_are_to_the_service(rowan, bea, worker):
    started = plan(rowan, bea, by=worker, kind=PROTECTION)

    assert started.about == sorted([rowan.pk, bea.pk])
    for child in (rowan, bea):
        standing = of(child).get()
        held = Involvement.objects.get(child=child)
        assert (standing.category, standing.episode.child) == ("NEG", child)
        assert (held.kind, held.started_on, held.ended_on) == ("protection", STARTED, None)


def test_a_child_joins_a_plan_later(rowan, bea, worker):
    started = plan(rowan, by=worker)

    actions.add_to_plan(plan=started, part=part(bea), started_on=date(2026, 3, 9), by=worker)

    started.refresh_from_db()
    assert started.about == sorted([rowan.pk, bea.pk])
    assert of(bea).get().started_on == date(2026, 3, 9)


def test_one_who_left_a_plan_comes_back_to_it_as_a_new_period(rowan, worker):
    started = plan(rowan, by=worker)
    actions.end_plan(part=of(rowan).get(), ended_on=date(2026, 4, 1), reason="review", by=worker)

    actions.add_to_plan(plan=started, part=part(rowan), started_on=date(2026, 4, 1), by=worker)

    assert [p.started_on for p in of(rowan)] == [STARTED, date(2026, 4, 1)]


@pytest.mark.parametrize(
    ("kind", "said", "words"),
    [
        (PROTECTION, {"category": ""}, "category of abuse for Rowan"),
        (PROTECTION, {"category": "XYZ"}, "XYZ"),
        (IN_NEED, {"category": "NEG"}, "Only a child protection plan"),
        (IN_NEED, {"visit_days": 0}, "1 to 60 working days"),
        (IN_NEED, {"visit_days": 61}, "1 to 60 working days"),
    ],
)
def test_what_a_plan_cannot_start_with(kind, said, words, rowan, worker):
    with pytest.raises(CannotDo, match=words):
        plan(rowan, by=worker, kind=kind, **said)


def test_a_plan_is_about_somebody_who_is_on_record_and_starts_no_later_than_today(
    rowan, worker, today
):
    with pytest.raises(CannotDo, match="at least one child"):
        actions.start_plan(kind=IN_NEED, parts=[], started_on=STARTED, by=worker)
    with pytest.raises(CannotDo, match="has not come"):
        plan(rowan, by=worker, started_on=today + timedelta(days=1))
    rowan.merged_into = ChildFactory.create()
    with pytest.raises(CannotDo, match="merged"):
        plan(rowan, by=worker)


def test_protection_takes_the_place_of_a_child_in_need_plan_the_day_it_starts(rowan, worker):
    plan(rowan, by=worker)

    plan(rowan, by=worker, kind=PROTECTION, started_on=date(2026, 5, 1))

    first, second = of(rowan)
    assert (first.ended_on, first.end_reason) == (date(2026, 5, 1), "protection")
    assert (second.kind, second.started_on, second.ended_on) == (
        PROTECTION,
        date(2026, 5, 1),
        None,
    )
    kinds = Involvement.objects.filter(child=rowan, ended_on=None).values_list("kind", flat=True)
    assert list(kinds) == ["protection"]


@pytest.mark.parametrize(
    ("standing", "new", "day"),
    [
        (IN_NEED, IN_NEED, date(2026, 5, 1)),
        (PROTECTION, IN_NEED, date(2026, 5, 1)),
        (PROTECTION, PROTECTION, date(2026, 5, 1)),
        (IN_NEED, PROTECTION, date(2026, 2, 20)),
    ],
)
def test_otherwise_a_child_has_never_two_plans_at_once(standing, new, day, rowan, worker):
    plan(rowan, by=worker, kind=standing)

    with pytest.raises(CannotDo, match="already from 2 March 2026"):
        plan(rowan, by=worker, kind=new, started_on=day)


def test_the_database_refuses_two_at_once_whoever_writes_them(rowan, worker):
    started = plan(rowan, by=worker)
    row = {"plan": started, "child": rowan, "kind": PROTECTION, "recorded_by": worker}

    with pytest.raises(IntegrityError, match="plan_part_one_at_a_time"), transaction.atomic():
        PlanChild.objects.create(started_on=date(2026, 4, 1), **row)


def test_a_plan_ends_with_what_the_child_was_and_what_it_asked_for(rowan, bea, worker):
    """Half-open: the day it ended is the first without it."""
    started = plan(rowan, bea, by=worker)
    task = open_step(
        "family_help.visit", children=[rowan, bea], trigger=STARTED, worker=worker, by=worker
    )

    actions.end_plan(part=of(rowan).get(), ended_on=date(2026, 4, 1), reason="review", by=worker)

    assert list(started.children.on(date(2026, 3, 31)).values_list("child", flat=True)) == [
        rowan.pk,
        bea.pk,
    ]
    assert list(started.children.on(date(2026, 4, 1)).values_list("child", flat=True)) == [bea.pk]
    assert list(PlanChild.objects.current().of_kind(IN_NEED)) == [of(bea).get()]
    assert Involvement.objects.get(child=rowan).ended_on == date(2026, 4, 1)
    task.refresh_from_db()
    assert task.cancelled_reason == "What asked for it has ended"
    assert Task.objects.outstanding().get().about == [bea.pk]


@pytest.mark.parametrize(
    ("kind", "ended_on", "reason", "words"),
    [
        (IN_NEED, date(2026, 3, 1), "review", "cannot end before"),
        (IN_NEED, date(2999, 1, 1), "review", "has not come"),
        (IN_NEED, date(2026, 4, 1), "bored", "bored"),
        (PROTECTION, STARTED, "conference", "on the day it starts"),
    ],
)
def test_how_a_plan_cannot_end(kind, ended_on, reason, words, rowan, worker):
    plan(rowan, by=worker, kind=kind)

    with pytest.raises(CannotDo, match=words):
        actions.end_plan(part=of(rowan).get(), ended_on=ended_on, reason=reason, by=worker)


def test_a_plan_ends_once(rowan, worker):
    plan(rowan, by=worker)
    ending = {"part": of(rowan).get(), "ended_on": date(2026, 4, 1), "reason": "review"}
    actions.end_plan(**ending, by=worker)

    with pytest.raises(CannotDo, match="ended on 1 April 2026"):
        actions.end_plan(**ending, by=worker)


def test_a_plan_keeps_every_category_it_stood_under(rowan, worker):
    standing = plan(rowan, by=worker, kind=PROTECTION).children.get()

    actions.change_category(part=standing, category="EMO", since=date(2026, 6, 1), by=worker)
    actions.change_category(part=standing, category="EMO", since=date(2026, 7, 1), by=worker)

    found = [(c.category, c.since) for c in standing.categories.all()]
    assert found == [("NEG", STARTED), ("EMO", date(2026, 6, 1))]
    assert of(rowan).get().category == "EMO"


@pytest.mark.parametrize(
    ("category", "since", "words"),
    [
        ("XYZ", date(2026, 6, 1), "XYZ"),
        ("EMO", date(2026, 3, 1), "before the plan starts"),
        ("EMO", date(2999, 6, 1), "has not come"),
    ],
)
def test_what_category_a_plan_cannot_stand_under(category, since, words, rowan, worker):
    standing = plan(rowan, by=worker, kind=PROTECTION).children.get()

    with pytest.raises(CannotDo, match=words):
        actions.change_category(part=standing, category=category, since=since, by=worker)


def test_only_a_protection_plan_that_stands_has_a_category(rowan, bea, worker):
    in_need = plan(rowan, by=worker).children.get()
    ended = plan(bea, by=worker, kind=PROTECTION).children.get()
    actions.end_plan(part=ended, ended_on=date(2026, 6, 1), reason="conference", by=worker)

    for standing in (in_need, ended):
        with pytest.raises(CannotDo, match="Only a child protection plan"):
            actions.change_category(
                part=standing, category="EMO", since=date(2026, 6, 1), by=worker
            )
    assert in_need.category == ""


def test_how_often_a_child_is_visited_is_set_with_a_reason_and_who_agreed(rowan, worker, boss):
    standing = plan(rowan, by=worker).children.get()

    actions.set_visits(
        part=standing, visit_days=5, reason="Mum drinks again", agreed_by=boss, by=worker
    )

    standing.refresh_from_db()
    assert (standing.visit_days, standing.visit_agreed_by) == (5, boss)


@pytest.mark.parametrize(
    ("days", "reason", "words"),
    [(5, "", "Say why"), (0, "Why", "1 to 60"), (61, "Why", "1 to 60")],
)
def test_how_visits_cannot_be_set(days, reason, words, rowan, worker):
    standing = plan(rowan, by=worker).children.get()

    with pytest.raises(CannotDo, match=words):
        actions.set_visits(part=standing, visit_days=days, reason=reason, agreed_by=None, by=worker)


def test_nobody_is_visited_under_a_plan_that_ended(rowan, worker):
    standing = plan(rowan, by=worker).children.get()
    actions.end_plan(part=standing, ended_on=date(2026, 4, 1), reason="review", by=worker)

    with pytest.raises(CannotDo, match="has ended"):
        actions.set_visits(part=standing, visit_days=5, reason="Why", agreed_by=None, by=worker)


def test_what_a_plan_is_for_is_written_over_nobody_elses_words(rowan, worker):
    started = plan(rowan, by=worker)
    writing = partial(
        actions.write_plan,
        plan=started,
        version=1,
        worries="He is often alone",
        strengths="Gran",
        aim="Somebody is there",
        by=worker,
    )

    written = writing(parents_agree=True)

    assert (written.version, written.aim) == (2, "Somebody is there")
    with pytest.raises(CannotDo, match="Somebody else has changed this"):
        writing()


def test_a_plan_is_issued_when_it_asks_for_something(rowan, worker, boss, today):
    started = plan(rowan, by=worker)
    with pytest.raises(CannotDo, match="at least one action"):
        actions.issue_plan(plan=started, on=today, by=boss)
    actions.set_action(plan=started, action=action(), set_on=STARTED, by=worker)
    with pytest.raises(CannotDo, match="has not come"):
        actions.issue_plan(plan=started, on=today + timedelta(days=1), by=boss)

    actions.issue_plan(plan=started, on=today, by=boss)

    started.refresh_from_db()
    assert (started.issued_on, started.issued_by) == (today, boss)


DAYS = st.integers(0, 40).map(lambda n: STARTED + timedelta(days=n))
STARTS = st.tuples(st.sampled_from(PlanKind), DAYS)
ENDS = st.tuples(st.sampled_from(["review", "conference", "died"]), DAYS)


@given(moves=st.lists(st.one_of(STARTS, ENDS), max_size=8))
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_tried_no_day_has_two_plans_and_the_last_day_is_no_part_of_one(moves):
    by, child = UserFactory.create(), ChildFactory.create()
    for what, day in moves:
        try:
            with transaction.atomic():
                _move(child, what, day, by)
        except CannotDo:
            continue
    for n in range(45):
        day = STARTED + timedelta(days=n)
        on = list(of(child).on(day))
        held = Involvement.objects.on(day).filter(child=child)
        assert len(on) <= 1
        assert [p.kind for p in on] == list(held.values_list("kind", flat=True))
        assert all(p.ended_on != day for p in on)


def _move(child, what, day, by):
    if what in PlanKind.values:
        plan(child, by=by, kind=PlanKind(what), started_on=day)
    elif standing := of(child).current().first():
        actions.end_plan(part=standing, ended_on=day, reason=what, by=by)
