"""Visits: planned, made or attempted; each child seen, and alone, as data."""

import uuid
from datetime import date, time, timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hearth.accounts.worker_context import acting_as
from hearth.lib.errors import CannotDo
from hearth.people.tests.factories import RestrictionFactory
from hearth.records import actions
from hearth.records.models import ChronologyEntry, Visit, VisitChild
from hearth.records.tests.factories import ALONE, NOT_SEEN, moment, visit
from hearth.workforce.tests.factories import StaffFactory, social_worker

pytestmark = pytest.mark.django_db
NOT_ALONE = {"seen": True, "seen_alone": False, "reason": "too_young"}


@pytest.fixture
def today():
    return timezone.localdate()


def planned(by, *children, **kwargs):
    given = {"kind": "child_in_need", "planned_on": timezone.localdate(), "worker": by}
    return actions.plan_visit(children=list(children), by=by, **(given | kwargs))


def edited(made, by, *children, **kwargs):
    given = {
        "version": made.version,
        "happened_at": made.happened_at,
        "parts": [(child, ALONE) for child in children],
        "account": made.account,
    }
    return actions.edit_visit(visit=made, by=by, **(given | kwargs))


def test_a_visit_is_recorded_once_with_each_childs_own_part(worker, ade, bea):
    made = visit(
        ade,
        bea,
        by=worker,
        parts=[
            (ade, ALONE | {"own_words": "I like my new room.", "bedroom_seen": True}),
            (bea, NOT_ALONE | {"observation": "Bea reached for her mother."}),
        ],
        home="Warm and tidy.",
        announced=False,
        concern=False,
    )

    ades, beas = made.parts.get(child=ade), made.parts.get(child=bea)
    assert (ades.seen_alone, ades.own_words, ades.bedroom_seen) == (
        True,
        "I like my new room.",
        True,
    )
    assert (beas.seen, beas.seen_alone, beas.reason) == (True, False, "too_young")
    assert (made.state, made.home, made.announced) == ("made", "Warm and tidy.", False)
    assert ades.happened_on == date(2026, 3, 3)


def test_a_visit_says_in_words_what_was_seen(worker, ade, bea):
    made = visit(
        ade,
        bea,
        by=worker,
        parts=[(ade, ALONE), (bea, NOT_SEEN | {"reason_detail": "with her father"})],
    )

    ades, beas = made.parts.get(child=ade), made.parts.get(child=bea)
    assert (ades.sight_in_words, ades.reason_in_words) == ("Seen alone", "")
    assert beas.sight_in_words == "Not seen"
    assert beas.reason_in_words == "The child was not there: with her father"
    assert VisitChild(seen=True, seen_alone=False).sight_in_words == "Seen, not alone"
    assert VisitChild().sight_in_words == "Not yet recorded"
    assert made.kind_in_words == "Child in need visit"


def test_a_visit_goes_into_each_childs_chronology_with_their_own_words_in_theirs_alone(
    worker, ade, bea
):
    made = visit(
        ade,
        bea,
        by=worker,
        parts=[(ade, ALONE | {"own_words": "I am scared."}), (bea, NOT_ALONE)],
        agreed="Back on Friday.",
        place="Home",
        concern=True,
    )

    entries = {entry.child: entry for entry in ChronologyEntry.objects.of_source(made)}
    assert entries[ade].title == "Child in need visit: Home"
    assert entries[ade].text == entries[bea].text
    assert "Agreed, and what happens next: Back on Friday." in entries[ade].text
    assert entries[ade].private_text == "Seen alone.\n\nAde Quill said: I am scared."
    assert entries[bea].private_text == "Seen, not alone."
    assert entries[ade].significance == "high"


def test_a_visit_without_concern_is_of_medium_significance(worker, ade):
    visit(ade, by=worker)

    assert ChronologyEntry.objects.get().significance == "medium"


def test_an_attempted_visit_needs_no_account_and_saw_nobody(worker, ade):
    made = visit(ade, by=worker, attempted=True, account="", parts=[(ade, NOT_SEEN)])

    assert made.state == "attempted"
    assert str(made) == "Child in need visit attempted"
    assert VisitChild.objects.last_seen(ade) is None
    assert ChronologyEntry.objects.get().title == "Child in need visit attempted"


def test_a_visit_sent_again_when_the_signal_comes_back_is_one_visit(worker, ade):
    sent = uuid.uuid4()

    assert visit(ade, by=worker, uuid=sent) == visit(ade, by=worker, uuid=sent)
    assert Visit.objects.count() == 1
    assert ChronologyEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("part", "kwargs", "why"),
    [
        (ALONE, {"account": ""}, "Say what happened"),
        ({"seen": None}, {}, "Say whether Ade Quill was seen"),
        ({"seen": False}, {}, "Say why Ade Quill was not seen"),
        ({"seen": True, "seen_alone": False}, {}, "Say why Ade Quill was not seen alone"),
        (ALONE, {"attempted": True}, "so the visit was made"),
        (ALONE, {"happened_at": moment(2031, 1, 1, 9)}, "before it has happened"),
        (ALONE, {"kind": "stroll"}, "no code stroll"),
    ],
)
def test_a_visit_that_leaves_out_what_must_be_known_is_refused(worker, ade, part, kwargs, why):
    with pytest.raises(CannotDo, match=why):
        visit(ade, by=worker, parts=[(ade, part)], **kwargs)

    assert not Visit.objects.exists()


def test_a_visit_is_to_somebody(worker):
    with pytest.raises(CannotDo, match="at least one child"):
        visit(by=worker)


# Planning


def test_a_visit_is_planned_into_a_workers_day(worker, ade, bea, today):
    plan = planned(worker, ade, bea, planned_time=time(16, 0), place="Home", announced=True)

    assert list(Visit.objects.of_worker(worker).planned()) == [plan]
    assert {part.child for part in plan.parts.all()} == {ade, bea}
    assert list(Visit.objects.of_child(ade)) == [plan]
    assert VisitChild.objects.last_seen(ade) is None


def test_the_plan_becomes_the_visit(worker, ade, bea):
    plan, sent = planned(worker, ade, bea, place="Home"), uuid.uuid4()

    made = visit(ade, bea, by=worker, visit=plan, uuid=sent)

    assert (made.pk, made.uuid, made.state) == (plan.pk, sent, "made")
    assert made.place == "Home"
    assert not Visit.objects.planned()
    assert made.parts.count() == 2
    assert visit(ade, bea, by=worker, visit=plan, uuid=sent) == made


def test_a_child_planned_for_and_not_part_of_the_visit_has_no_part_in_it(worker, ade, bea):
    plan = planned(worker, ade, bea)

    made = visit(ade, by=worker, visit=plan)

    assert made.about == [ade.pk]
    assert VisitChild.objects.standing().filter(visit=made).count() == 1
    assert not ChronologyEntry.objects.of_children(bea)


def test_the_next_visit_is_planned_with_this_one(worker, ade, today):
    visit(ade, by=worker, next_visit_on=today + timedelta(days=14))

    (plan,) = Visit.objects.planned()
    assert (plan.planned_on, plan.worker) == (today + timedelta(days=14), worker)


def test_a_planned_visit_is_moved_to_another_day_and_worker(worker, ade, today):
    plan, colleague = planned(worker, ade), social_worker()

    actions.replan_visit(
        visit=plan,
        planned_on=today + timedelta(days=1),
        planned_time=None,
        worker=colleague,
        by=worker,
    )

    plan.refresh_from_db()
    assert (plan.planned_on, plan.worker) == (today + timedelta(days=1), colleague)
    assert [event.worker for event in plan.events.all()] == [worker]


def test_a_planned_visit_is_cancelled_with_a_reason(worker, ade):
    plan = planned(worker, ade)

    with pytest.raises(CannotDo, match="Say why"):
        actions.cancel_visit(visit=plan, reason="", by=worker)
    actions.cancel_visit(visit=plan, reason="The family is away", by=worker)

    plan.refresh_from_db()
    assert (plan.state, plan.cancelled_reason) == ("cancelled", "The family is away")
    with pytest.raises(CannotDo, match="no longer planned"):
        actions.cancel_visit(visit=plan, reason="Again", by=worker)
    with pytest.raises(CannotDo, match="no longer planned"):
        visit(ade, by=worker, visit=plan)


def test_a_visit_is_not_planned_for_a_day_gone_by_or_for_somebody_who_has_left(worker, ade, today):
    left = StaffFactory.create(started_on=date(2010, 1, 1), ended_on=date(2020, 1, 1)).user

    with pytest.raises(CannotDo, match="today or a day to come"):
        planned(worker, ade, planned_on=today - timedelta(days=1))
    with pytest.raises(CannotDo, match="does not work here"):
        planned(worker, ade, worker=left)
    with pytest.raises(CannotDo, match="at least one child"):
        planned(worker)


# Seen, and seen alone


def test_when_a_child_was_last_seen_and_by_whom_is_known(worker, other, ade):
    visit(ade, by=worker, happened_at=moment(2026, 2, 2, 9))
    visit(ade, by=other, happened_at=moment(2026, 3, 2, 9), parts=[(ade, NOT_ALONE)])
    visit(ade, by=worker, happened_at=moment(2026, 3, 9, 9), parts=[(ade, NOT_SEEN)])

    last = VisitChild.objects.last_seen(ade)
    alone = VisitChild.objects.seen_alone(ade).first()
    assert last
    assert alone
    assert (last.happened_on, last.visited_by) == (date(2026, 3, 2), other)
    assert alone.happened_on == date(2026, 2, 2)


def test_the_days_a_child_was_seen_are_counted_once_from_a_day_on(worker, ade):
    for day in (2, 2, 5, 9):
        visit(ade, by=worker, happened_at=moment(2026, 3, day, 9))

    assert VisitChild.objects.seen_dates(ade, date(2026, 3, 5)) == [
        date(2026, 3, 5),
        date(2026, 3, 9),
    ]


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15, deadline=None
)
@given(st.lists(st.tuples(st.integers(1, 28), st.sampled_from([0, 1, 2])), max_size=5))
def test_a_child_is_last_seen_on_the_latest_day_they_were_seen(worker, ade, visits):
    VisitChild.objects.all().delete()
    for day, how in visits:
        part = [ALONE, NOT_ALONE, NOT_SEEN][how]
        visit(ade, by=worker, happened_at=moment(2026, 2, day, 9), parts=[(ade, part)])

    days = [date(2026, 2, day) for day, how in visits if how != 2]
    last = VisitChild.objects.last_seen(ade)
    assert (last.happened_on if last else None) == max(days, default=None)
    assert VisitChild.objects.seen_dates(ade, date(2026, 1, 1)) == sorted(set(days))


def test_a_withdrawn_visit_was_no_sight_of_the_child(worker, ade):
    made = visit(ade, by=worker)

    actions.withdraw_written(written=made, reason="Another family", by=worker)

    assert VisitChild.objects.last_seen(ade) is None


def test_a_restricted_sibling_hides_the_visit_and_not_that_the_child_was_seen(worker, ade, bea):
    visit(ade, bea, by=worker, parts=[(ade, ALONE), (bea, ALONE | {"own_words": "Bea's own."})])
    RestrictionFactory.create(person=bea)

    with acting_as(worker):
        last = VisitChild.objects.last_seen(ade)
        assert last
        assert last.happened_on == date(2026, 3, 3)
        assert list(VisitChild.objects.last_and_next(ade, date(2026, 3, 3))) == [last]
        assert not Visit.objects.exists()
        assert VisitChild.objects.filter(own_words="Bea's own.").count() == 0


# Putting right


def test_the_author_may_edit_a_visit_on_the_day_and_the_words_it_had_are_kept(worker, ade):
    made = visit(ade, by=worker)

    after = edited(
        made, worker, account="She did not let us in at first.", parts=[(ade, NOT_ALONE)]
    )

    assert (after.account, after.version) == ("She did not let us in at first.", 2)
    assert [event.account for event in made.events.all()] == [
        "Their mother let us in and made tea."
    ]
    entry = ChronologyEntry.objects.get()
    assert entry.text == "She did not let us in at first."
    assert entry.private_text == "Seen, not alone."


def test_an_edit_keeps_the_same_children(worker, ade, bea):
    with pytest.raises(CannotDo, match="cannot be changed"):
        edited(visit(ade, by=worker), worker, ade, bea)


def test_a_visit_not_yet_made_is_recorded_and_not_edited(worker, ade):
    plan = planned(worker, ade)

    with pytest.raises(CannotDo, match="not been recorded yet"):
        edited(plan, worker, ade, happened_at=moment(2026, 3, 3, 9), account="x")


@pytest.mark.parametrize(
    "wrong", [{"state": "planned"}, {"account": ""}, {"happened_at": None}, {"state": "cancelled"}]
)
def test_the_database_refuses_a_visit_that_must_never_be(worker, ade, wrong):
    made = visit(ade, by=worker)

    with pytest.raises(IntegrityError):
        Visit.objects.filter(pk=made.pk).update(**wrong)


@pytest.mark.parametrize(
    "wrong", [{"seen": False}, {"seen_alone": None}, {"seen_alone": False}, {"happened_on": None}]
)
def test_the_database_refuses_a_childs_part_that_must_never_be(worker, ade, wrong):
    made = visit(ade, by=worker)

    with pytest.raises(IntegrityError):
        VisitChild.objects.filter(visit=made).update(**wrong)
