"""What protects a child comes off no list by hand: no page of tasks is a way round a conference."""

import pytest
from django.utils import timezone

from hearth.casework import actions as casework
from hearth.casework.models import Task
from hearth.lib.errors import CannotDo
from hearth.plans.actions import end_part
from hearth.plans.models import PlanChild
from hearth.protection.tests import conferences as made
from hearth.protection.tests.factories import enquiry, service_manager
from hearth.workforce.tests.factories import manager

pytestmark = pytest.mark.django_db


def waiting(step):
    return Task.objects.outstanding().filter(step_key=f"protection.{step}").earliest("pk")


def off(task, by):
    casework.take_off(task, reason="No longer needed", by=by)


def test_an_enquiry_and_its_seeing_of_each_child_end_with_the_enquiry_alone():
    enquiry()

    for step, words in (("enquiry", "finished, or cancelled"), ("see_child", "until the enquiry")):
        with pytest.raises(CannotDo, match=words):
            off(waiting(step), service_manager())


def test_a_conference_that_an_enquiry_decided_on_is_dropped_by_a_service_manager_or_not_at_all():
    made.to_request(*made.family())

    with pytest.raises(CannotDo, match="a service manager takes this off"):
        off(waiting("request_conference"), manager())
    off(waiting("request_conference"), service_manager())
    made.booked()
    with pytest.raises(CannotDo, match="stood down on its own page"):
        off(waiting("initial_conference"), service_manager())


@pytest.mark.parametrize("step", ["review_conference", "core_group", "visit"])
def test_what_a_plan_asks_for_is_asked_while_a_child_has_it(step):
    made.issued()
    task = waiting(step)

    with pytest.raises(CannotDo, match="has the plan that it comes from"):
        off(task, service_manager())


def test_a_plan_taken_over_elsewhere_takes_its_own_tasks_with_it():
    conference = made.issued()
    made.back_in_time(conference.plan)

    end_part(
        part=PlanChild.objects.get(),
        reason="transferred",
        ended_on=timezone.localdate(),
        grounds="Ashmere, at its conference on Monday.",
        by=service_manager(),
    )

    assert not Task.objects.outstanding().filter(step_key="protection.visit").exists()
