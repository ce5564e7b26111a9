"""Made-up plans and meetings, made through the actions, as everything is."""

from datetime import date, datetime
from typing import Any

import factory
from django.utils import timezone

from hearth.accounts.tests.factories import UserFactory
from hearth.people.models import Person
from hearth.people.tests.factories import ChildFactory
from hearth.plans import actions
from hearth.plans.models import Meeting, MeetingChild, MeetingKind, MeetingRoom, Plan, PlanKind

STARTED = date(2026, 3, 2)


class MeetingRoomFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = MeetingRoom

    name = factory.Sequence(lambda n: f"Room {n}")


class MeetingFactory(factory.django.DjangoModelFactory):
    """A meeting that was called about one child."""

    class Meta:
        model = Meeting
        skip_postgeneration_save = True

    kind = MeetingKind.CORE_GROUP
    about = factory.LazyFunction(lambda: [ChildFactory.create().pk])
    recorded_by = factory.SubFactory(UserFactory)

    @factory.post_generation
    def children(obj, create, extracted, **kwargs):  # noqa: N805 - what was made, not the factory
        for child in obj.about:  # type: ignore[attr-defined]
            MeetingChild.objects.create(meeting=obj, child_id=child)  # type: ignore[misc]


class PlanFactory(factory.django.DjangoModelFactory):
    """A child in need plan of one child, standing since March 2026."""

    class Meta:
        model = Plan

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        about = kwargs.pop("about", None) or [ChildFactory.create().pk]
        children = Person.objects.filter(pk__in=about)
        return plan(*children, by=kwargs.pop("recorded_by", None) or UserFactory.create(), **kwargs)


def moment(*when):
    """A moment on the clock in England."""
    return timezone.make_aware(datetime(*when))  # noqa: DTZ001 - make_aware gives it its zone


def part(child, **kwargs):
    """A child to be put on a plan."""
    return actions.PlanPart(child=child, **kwargs)


def plan(*children, by, kind=PlanKind.CHILD_IN_NEED, started_on=STARTED, **kwargs):
    """A plan for these children, from a day on."""
    given: dict[str, Any] = {"category": "NEG"} if kind == PlanKind.PROTECTION else {}
    parts = [part(child, **(given | kwargs)) for child in children]
    return actions.start_plan(kind=kind, parts=parts, started_on=started_on, by=by)


def action(**kwargs):
    """One thing to be done: whole, unless said otherwise."""
    given: dict[str, Any] = {
        "what": "Take Bea to the dentist",
        "owner": "Mum",
        "measure": "The dentist's letter",
        "due_on": date(2026, 4, 1),
    }
    return actions.NewAction(**(given | kwargs))
