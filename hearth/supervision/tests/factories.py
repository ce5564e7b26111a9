"""Made-up supervision."""

from datetime import date, timedelta

import factory
from django.utils import timezone

from hearth.casework.tests.factories import AllocationFactory, EpisodeFactory
from hearth.people.tests.factories import ChildFactory
from hearth.supervision import actions
from hearth.supervision.models import Discussion, Session
from hearth.workforce.tests.factories import manager, social_worker

THOUGHT = "Mum is tired and alone since her sister moved; she hides it when we call first."


class SessionFactory(factory.django.DjangoModelFactory):
    """A planned session of a social worker with their manager."""

    class Meta:
        model = Session

    worker = factory.LazyFunction(social_worker)
    supervisor = factory.LazyAttribute(lambda o: manager(team_of(o.worker)))
    planned_on = factory.LazyFunction(timezone.localdate)


class DiscussionFactory(factory.django.DjangoModelFactory):
    """A discussion of one child's case, recorded as a manager would."""

    class Meta:
        model = Discussion

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return discussed(**kwargs)


def team_of(worker):
    return worker.staff.memberships.get().team


def case_of(worker, child=None, started_on=date(2026, 2, 3)):
    """A child whose case a worker leads."""
    episode = EpisodeFactory.create(
        child=child or ChildFactory.create(), started_on=min(started_on, date(2026, 2, 2))
    )
    AllocationFactory.create(
        episode=episode, worker=worker, team=team_of(worker), started_on=started_on
    )
    return episode.child


def held(worker=None, supervisor=None, *, on=None, **kwargs):
    """A session that was held, and is still to be written up."""
    worker = worker or social_worker()
    supervisor = supervisor or manager(team_of(worker))
    return actions.hold_session(
        staff=worker.staff, held_on=on or timezone.localdate(), by=supervisor, **kwargs
    )


def discuss(session, *children, **kwargs):
    """A discussion of these children's case in a session."""
    given = {
        "lives": [
            actions.Life(child, f"{child} sleeps well and is at school.") for child in children
        ],
        "reflection": THOUGHT,
        "risks": "Small: she asks for help when she needs it.",
        "decisions": [
            actions.Decided("Ring the health visitor", session.worker, timezone.localdate())
        ],
        "by": session.supervisor,
    }
    return actions.record_discussion(session=session, **(given | kwargs))


def discussed(**kwargs):
    """One child's case, discussed in a session of its own."""
    session = held()
    return discuss(session, case_of(session.worker), **kwargs)


def finish(session, **kwargs):
    """The record finished and signed by the supervisor."""
    given = {
        "reflection": THOUGHT,
        "next_on": timezone.localdate() + timedelta(days=28),
        "late_reason": "The manager was on leave.",
        "by": session.supervisor,
    }
    return actions.finish_session(session=session, **(given | kwargs))
