"""Made-up episodes, allocations and tasks."""

from datetime import date

import factory

from hearth.accounts.tests.factories import UserFactory
from hearth.casework.models import Allocation, Episode, Involvement, Task
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
