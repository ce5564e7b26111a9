"""Made-up alerts."""

from datetime import date

import factory
from django.utils import timezone

from hearth.accounts.tests.factories import UserFactory
from hearth.casework.tests.factories import AllocationFactory
from hearth.quality.actions import open_investigation
from hearth.quality.models import Alert, ChartNote, OwnComparator, Signal
from hearth.workforce.tests.factories import TeamFactory


class AlertFactory(factory.django.DjangoModelFactory):
    """A child whom nobody has seen in an enquiry, of a worker's open case."""

    class Meta:
        model = Alert
        exclude = ["allocation"]

    allocation = factory.SubFactory(AllocationFactory)
    check_key = "PC-022"
    child = factory.SelfAttribute("allocation.child")
    subject = "protection.Enquiry:1"
    because = "Rowan has not been seen in the enquiry, and there is no reason."
    facts = factory.LazyFunction(
        lambda: [{"label": "Enquiry began", "says": "8 June 2026", "on": None, "page": "", "pk": 1}]
    )
    since = date(2026, 6, 9)
    managers_from = date(2026, 6, 9)
    opened_at = factory.LazyFunction(timezone.now)


class SignalFactory(factory.django.DjangoModelFactory):
    """A fall in a team's plans open, of which nobody has asked why."""

    class Meta:
        model = Signal

    check_key = "PC-021"
    series = "plans_open"
    team = factory.SubFactory(TeamFactory)
    rules = factory.LazyFunction(lambda: ["outside", "stock"])
    high = False
    first_month = date(2026, 3, 1)
    month = date(2026, 5, 1)
    due_on = date(2026, 6, 15)


class ChartNoteFactory(factory.django.DjangoModelFactory):
    """A note on a month."""

    class Meta:
        model = ChartNote

    month = date(2026, 5, 1)
    words = "Each child of a family has an enquiry of their own since."
    recorded_by = factory.SubFactory(UserFactory)


class OwnComparatorFactory(factory.django.DjangoModelFactory):
    """What neighbours' share was, as an analyst entered it."""

    class Meta:
        model = OwnComparator

    name = "Our neighbours"
    measure = "to_conference"
    year = factory.Sequence(lambda n: 2013 + n)
    percent = "29.5"
    source = "Local Authority Interactive Tool, read on 3 June 2026"
    recorded_by = factory.SubFactory(UserFactory)


def being_asked():
    """A signal of which somebody has asked why."""
    signal, by = SignalFactory.create(), UserFactory.create(roles=["analyst"])
    open_investigation(
        signal=signal,
        question="Why did plans fall?",
        method="Every second plan that ended since March.",
        owner=by,
        by=by,
    )
    return signal
