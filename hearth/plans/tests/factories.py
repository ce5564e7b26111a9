"""Made-up plans and meetings, made through the actions, as everything is."""

from datetime import date, datetime
from typing import Any

import factory
from django.utils import timezone

from hearth.accounts.tests.factories import UserFactory
from hearth.people.models import Person
from hearth.people.tests.factories import ChildFactory
from hearth.plans import actions
from hearth.plans.models import (
    Contingency,
    Meeting,
    MeetingChild,
    MeetingKind,
    MeetingMember,
    MeetingRoom,
    Plan,
    PlanAction,
    PlanChild,
    PlanKind,
)

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


class PlanChildFactory(factory.django.DjangoModelFactory):
    """A child's time under a child in need plan that stands."""

    class Meta:
        model = PlanChild

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return PlanFactory.create(**kwargs).children.get()


def agreed():
    """A plan that a manager agreed."""
    return PlanActionFactory.create().plan


class PlanActionFactory(factory.django.DjangoModelFactory):
    """An action of a plan that stands and was agreed."""

    class Meta:
        model = PlanAction

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        made = PlanFactory.create()
        by = made.recorded_by
        set_on = kwargs.pop("set_on", STARTED)
        put = actions.set_action(plan=made, action=action(**kwargs), set_on=set_on, by=by)
        actions.issue_plan(plan=made, on=timezone.localdate(), by=by)
        return PlanAction.objects.get(pk=put.pk)


class ContingencyFactory(factory.django.DjangoModelFactory):
    """What is done if a plan fails."""

    class Meta:
        model = Contingency

    plan = factory.SubFactory(PlanFactory)
    about = factory.SelfAttribute("plan.about")
    trigger = "He is alone overnight"
    action = "Gran fetches him"
    owner = "Gran"
    within = "the same night"
    recorded_by = factory.SelfAttribute("plan.recorded_by")


def gathering(made=None, kind=MeetingKind.IN_NEED_REVIEW):
    """A review of a child in need plan, called."""
    made = made or PlanFactory.create()
    by = made.recorded_by
    return actions.call_gathering(plan=made, kind=kind, by=by)


class MeetingMemberFactory(factory.django.DjangoModelFactory):
    """Somebody asked to a review of a plan that stands."""

    class Meta:
        model = MeetingMember

    meeting = factory.LazyFunction(gathering)
    about = factory.SelfAttribute("meeting.about")
    name = "Mr Achebe"
    agency = "school"
    recorded_by = factory.SelfAttribute("meeting.recorded_by")


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


def held(made=None):
    """A review of a child in need plan, held, whose notes one member has not been sent yet."""
    meeting = gathering(made, kind=MeetingKind.IN_NEED_PLANNING)
    by = meeting.recorded_by
    member = actions.NewMember(name="Mr Achebe", agency="school")
    actions.add_member(meeting=meeting, member=member, by=by)
    said = actions.Held(
        held_at=timezone.now(),
        minutes="We met.",
        attendance={member.pk: "in_person" for member in meeting.members.all()},
        children={pk: {"participation": "not_known"} for pk in meeting.about},
    )
    return actions.hold_gathering(meeting=meeting, said=said, by=by)
