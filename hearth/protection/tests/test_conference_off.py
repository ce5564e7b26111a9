"""A review is called off by itself when nobody is left with a plan to review."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from hearth.accounts.actions import system_worker
from hearth.accounts.models import Notice, TrailEvent
from hearth.accounts.worker_context import acting_as
from hearth.casework.models import Allocation, Task
from hearth.plans import actions as plans
from hearth.plans.models import PlanChild
from hearth.protection import actions
from hearth.protection.models import Conference, ConferenceDecision
from hearth.protection.pages.conference_live import live_page
from hearth.protection.tests import conferences as made
from hearth.protection.tests.factories import service_manager
from hearth.records.models import ChronologyEntry
from hearth.workforce.tests.factories import manager

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def reread(conference) -> Any:
    return Conference.objects.get(pk=conference.pk)


def told(worker) -> Any:
    """The last notice that a worker was given."""
    with acting_as(worker):
        return Notice.objects.filter(to=worker).latest("pk").text


def on_a_plan(*children):
    """The review to come of children who have had a plan for some weeks."""
    first = made.issued(*children)
    made.back_in_time(reread(first).plan)
    return made.review_of(first)


def end(child, reason="transferred", **kwargs):
    part = PlanChild.objects.get(child=child)
    given = {"grounds": "Section 20, with her aunt in Ashmere.", "by": service_manager()}
    plans.end_part(part=part, reason=reason, ended_on=TODAY, **given | kwargs)


def died(child, review):
    child.died_on = TODAY
    child.save()
    end(child, "died")


def became_18(child, review):
    child.born_on = TODAY.replace(day=1) - timedelta(days=18 * 366)
    child.save()
    plans.end_of_adults(today=TODAY, by=system_worker())


def was_looked_after(child, review):
    end(child, "looked_after")


def was_transferred(child, review):
    end(child, "transferred")


def another_conference_ended_it(child, review):
    part = PlanChild.objects.get(child=child)
    plans.end_plan(part=part, ended_on=TODAY, reason="conference", by=manager())


WAYS = [died, became_18, was_looked_after, was_transferred, another_conference_ended_it]


@pytest.mark.parametrize("way", WAYS)
def test_a_review_is_called_off_however_the_last_plan_ends(way):
    (child,) = made.family()
    review = made.booked(on_a_plan(child), taker=made.note_taker())

    way(child, review)

    review = reread(review)
    part = PlanChild.objects.get(child=child)
    assert review.meeting.cancelled_at is not None
    assert "No child has a plan to review" in review.meeting.cancelled_reason
    assert part.ended_on is not None
    steps = Task.objects.outstanding().for_child(child).values_list("step_key", flat=True)
    assert not {"protection.review_conference", "protection.conference_report"} & set(steps)
    rows = TrailEvent.objects.filter(what__startswith="Called off with the plan")
    assert rows.count() == 1
    assert ChronologyEntry.objects.filter(child=child, title__endswith="stood down").exists()


def test_everybody_asked_is_told_or_named_to_be_told():
    (child,) = made.family()
    taker = made.note_taker()
    review = made.booked(on_a_plan(child), taker=taker)
    actions.invite(conference=review, members=[made.SCHOOL], by=review.meeting.chair)

    end(child)

    lead = Allocation.objects.current().leading().get(child=child).worker
    for worker in (review.meeting.chair, taker, lead):
        words = told(worker)
        assert "stood down. No child has a plan to review" in words
        assert "Tell those who were asked and are not told here: " in words
        assert "Mrs Onwu" in words


def test_a_review_of_a_brother_too_goes_on_about_him_alone():
    first, brother = made.family(2)
    review = made.begun(on_a_plan(first, brother))

    end(first)

    review = reread(review)
    assert review.meeting.cancelled_at is None
    assert f"the review is about {brother} alone" in told(review.meeting.chair)
    page = live_page(review, data=None, today=TODAY)
    assert [part.child for part in page.parts] == [brother]

    assert review.task.about == [brother.pk]
    open_now = review.plan.actions.open()
    looked = [actions.Looked(action=one, rating="on_track", words="Going on.") for one in open_now]
    made.issue(review, children=[made.decided(brother, "continue")], looked=looked)

    decided = {part.child_id: part.decision for part in review.children.all()}
    assert decided == {first.pk: "", brother.pk: ConferenceDecision.CONTINUE}
    assert PlanChild.objects.get(child=first).end_reason == "transferred"


def test_a_review_of_a_sister_without_a_plan_waits_for_the_chair():
    review, sister = made.review_to_come()
    child = review.children.get().child
    made.back_in_time(review.plan)
    actions.add_to_review(conference=review, children=[sister], reason="She is hurt.", by=manager())
    made.booked(review)

    end(child)

    review = reread(review)
    assert review.meeting.cancelled_at is None
    assert "decide whether it is held" in told(review.meeting.chair)
    assert review.task is None
