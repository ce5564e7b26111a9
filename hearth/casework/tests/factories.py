"""Made-up episodes, allocations and tasks."""

from datetime import date

import factory

from hearth.accounts.tests.factories import UserFactory
from hearth.casework.models import (
    Allocation,
    Closing,
    ClosingChild,
    Consultation,
    Direction,
    DirectionChild,
    Episode,
    Involvement,
    LocalChange,
    Task,
    TaskChild,
)
from hearth.people.tests.factories import ChildFactory
from hearth.workforce.tests.factories import TeamFactory


class EpisodeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Episode

    child = factory.SubFactory(ChildFactory)
    started_on = date(2026, 2, 2)
    referral_source = "6"
    primary_need = "N1"


class InvolvementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Involvement

    child = factory.SubFactory(ChildFactory)
    kind = "child_in_need"
    started_on = date(2026, 2, 2)


class AllocationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Allocation

    episode = factory.SubFactory(EpisodeFactory)
    child = factory.SelfAttribute("episode.child")
    worker = factory.SubFactory(UserFactory)
    team = factory.SubFactory(TeamFactory)
    started_on = date(2026, 2, 3)
    direction = "See every child this week."
    allocated_by = factory.SubFactory(UserFactory, manager=True)


class TaskFactory(factory.django.DjangoModelFactory):
    """A task of a step that the tests declare, or any declared step."""

    class Meta:
        model = Task

    step_key = "front_door.decide_contact"
    about = factory.LazyFunction(lambda: [ChildFactory.create().pk])
    family = "Pemberton"
    worker = factory.SubFactory(UserFactory)
    trigger_on = date(2026, 2, 2)
    due_on = date(2026, 2, 3)


class DirectionFactory(factory.django.DjangoModelFactory):
    """What a manager asked for, standing on its owner's list."""

    class Meta:
        model = Direction
        skip_postgeneration_save = True

    about = factory.LazyAttribute(lambda o: o.task.about)
    text = "See every child alone this week."
    owner = factory.SubFactory(UserFactory)
    given_by = factory.SubFactory(UserFactory, manager=True)
    given_on = date(2026, 2, 3)
    due_on = date(2026, 2, 10)
    source = "supervision"
    task = factory.SubFactory(
        TaskFactory, step_key="casework.direction", worker=factory.SelfAttribute("..owner")
    )

    @factory.post_generation
    def children(obj, create, extracted, **kwargs):  # noqa: N805 - what was made, not the factory
        for child in obj.about:  # type: ignore[attr-defined]
            DirectionChild.objects.create(direction=obj, child_id=child)  # type: ignore[misc]


class ClosingFactory(factory.django.DjangoModelFactory):
    """A closing of one child's episode, sent to a manager."""

    class Meta:
        model = Closing
        skip_postgeneration_save = True
        exclude = ["episode"]

    episode = factory.SubFactory(EpisodeFactory)
    about = factory.LazyAttribute(lambda o: [o.episode.child_id])
    task = factory.SubFactory(
        TaskFactory,
        step_key="casework.close",
        about=factory.SelfAttribute("..about"),
        done_on=date(2026, 3, 2),
        done_at="2026-03-02T12:00Z",
        done_by=factory.SelfAttribute("worker"),
    )
    ended_on = date(2026, 3, 2)
    told_family = "Mum, at home."
    told_agencies = "School, by letter."
    recorded_by = factory.SelfAttribute("task.worker")

    @factory.post_generation
    def children(obj, create, extracted, **kwargs):  # noqa: N805 - what was made, not the factory
        for episode in Episode.objects.filter(child__in=obj.about):  # type: ignore[misc]
            child = episode.child
            TaskChild.objects.create(task=obj.task, child=child, episode=episode)  # type: ignore[misc]
            ClosingChild.objects.create(
                closing=obj,  # type: ignore[misc]
                child=child,
                episode=episode,
                closure_reason="RC7",
                summary="Home is safe.",
                last_seen_on=date(2026, 2, 27),
            )


class LocalChangeFactory(factory.django.DjangoModelFactory):
    """A day of adoption, proposed."""

    class Meta:
        model = LocalChange

    kind = "framework"
    key = "single"
    holds_from = date(2016, 9, 1)
    reason = "Cabinet minute of July 2016."
    recorded_by = factory.SubFactory(UserFactory)


class ConsultationFactory(factory.django.DjangoModelFactory):
    """A worker's question, waiting for a manager."""

    class Meta:
        model = Consultation

    child = factory.SubFactory(ChildFactory)
    question = "Mum will not let me see Bea alone. Do I go back today?"
    asked_by = factory.SubFactory(UserFactory)
    asked_of = factory.SubFactory(UserFactory, manager=True)
