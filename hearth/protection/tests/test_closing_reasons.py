"""A case with an enquiry, a conference or a plan does not close as one that was only assessed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hearth.casework.closing_days import why_not_day
from hearth.casework.closure_reasons import why_not_reason
from hearth.casework.models import Episode
from hearth.plans.actions.plans import end_plan
from hearth.plans.models import PlanKind
from hearth.plans.tests.factories import plan
from hearth.protection.models import EnquiryChild
from hearth.protection.tests import conferences as made
from hearth.workforce.tests.factories import manager

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def why_not(child):
    return why_not_reason(Episode.objects.get(child=child), "RC8", on=TODAY) or ""


def enquired(child):
    found = made.enquiry(child)
    EnquiryChild.objects.filter(enquiry=found).update(episode=Episode.objects.get(child=child))
    return found


def test_an_enquiry_is_more_than_an_assessment_unless_it_was_cancelled():
    (child,) = made.family()
    enquiry = enquired(child)
    assert "this had a section 47 enquiry" in why_not(child)

    enquiry.authorised_on = enquiry.authorised_by = None
    enquiry.cancelled_on, enquiry.cancelled_by = TODAY, manager()
    enquiry.cancelled_reason = "Another child was meant."
    enquiry.save()
    assert "section 47" not in why_not(child)


def test_a_conference_that_made_no_plan_is_more_than_an_assessment():
    (child,) = made.family()
    asked = made.begun(made.requested(child))
    assert "conference" not in why_not(child)

    made.issue(asked, children=[made.decided(child, "no_plan")])
    assert "this had a child protection conference" in why_not(child)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (PlanKind.PROTECTION, "a child protection plan"),
        (PlanKind.CHILD_IN_NEED, "a child in need plan"),
    ],
)
def test_a_plan_is_more_than_an_assessment(kind, words):
    (child,) = made.family()
    plan(child, by=manager(), kind=kind)
    assert words in why_not(child)


def test_a_case_closes_no_earlier_than_an_enquiry_began():
    """Rule 8565."""
    (child,) = made.family()
    enquiry, episode = enquired(child), Episode.objects.get(child=child)
    day = enquiry.started_on
    began = why_not_day(episode, on=day - timedelta(days=1)) or ""
    assert "a section 47 enquiry began" in began
    assert why_not_day(episode, on=day) is None


def test_a_case_closes_no_earlier_than_a_conference_was_held():
    (child,) = made.family()
    made.issue(made.begun(made.requested(child)), children=[made.decided(child, "no_plan")])
    episode = Episode.objects.get(child=child)
    assert "a conference was held" in (why_not_day(episode, on=TODAY - timedelta(days=1)) or "")
    assert why_not_day(episode, on=TODAY) is None


def test_a_case_closes_no_earlier_than_its_plans_began_and_ended():
    (child,) = made.family()
    part = plan(child, by=manager(), kind=PlanKind.CHILD_IN_NEED).children.get()
    episode, day = part.episode, part.started_on
    assert "a child in need plan began" in (why_not_day(episode, on=day - timedelta(days=1)) or "")

    end_plan(part=part, ended_on=TODAY, reason="closed", by=manager())
    assert "a child in need plan ended" in (
        why_not_day(episode, on=TODAY - timedelta(days=1)) or ""
    )
