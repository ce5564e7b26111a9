"""Made-up chronology entries and drafts."""

from datetime import date

import factory

from hearth.accounts.actions import system_worker
from hearth.accounts.tests.factories import UserFactory
from hearth.people.tests.factories import ChildFactory
from hearth.records.models import ChronologyEntry, Draft


class ChronologyEntryFactory(factory.django.DjangoModelFactory):
    """A call from a school, about one child."""

    class Meta:
        model = ChronologyEntry

    child = factory.SubFactory(ChildFactory)
    about = factory.LazyAttribute(lambda o: [o.child.pk])
    happened_on = date(2026, 2, 2)
    kind = "contact"
    title = "Contact from Mill Lane Primary School"
    text = "Came to school without a coat for the third day."
    significance = "medium"
    source_label = "people.Person"
    source_id = factory.SelfAttribute("child.pk")
    page = "desk:child"
    recorded_by = factory.LazyFunction(system_worker)


class DraftFactory(factory.django.DjangoModelFactory):
    """A note somebody has begun."""

    class Meta:
        model = Draft

    worker = factory.SubFactory(UserFactory)
    key = "records.note.1"
    version = 1
    fields = factory.LazyFunction(lambda: {"text": ["Seen at school, well and"]})
