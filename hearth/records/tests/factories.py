"""Made-up records: entries and drafts by factory, everything else through the real actions."""

from datetime import date, datetime

import factory
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from hearth.accounts.actions import system_worker
from hearth.accounts.tests.factories import UserFactory
from hearth.people.tests.factories import ChildFactory
from hearth.records import actions
from hearth.records.models import ChronologyEntry, Draft

# Words of Bea's that must not be read on Ade's record.
PRIVATE = "Only Bea knows about the blue door"


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


def note(*children, by, **kwargs):
    """A note about these children, written through the action, as everything is."""
    given = {
        "kind": "phone",
        "happened_at": moment(2026, 3, 2, 14, 0),
        "headline": "Call with the school",
        "text": "His teacher says he comes in tired.",
    }
    return actions.record_note(children=list(children), by=by, **(given | kwargs))


def visit(*children, by, **kwargs):
    """A visit on which every child was seen alone, written through the action."""
    given = {
        "kind": "child_in_need",
        "happened_at": moment(2026, 3, 3, 16, 0),
        "account": "Their mother let us in and made tea.",
        "parts": [(child, ALONE) for child in children],
    }
    return actions.record_visit(by=by, **(given | kwargs))


ALONE = {"seen": True, "seen_alone": True, "where_seen": "At home"}
NOT_SEEN = {"seen": False, "seen_alone": None, "reason": "not_home"}
PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"


def moment(*when):
    """A moment on the clock in England."""
    return timezone.make_aware(datetime(*when))  # noqa: DTZ001 - make_aware gives it its zone


def upload(content=PDF, name="Report.pdf"):
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content)


def document(*children, by, **kwargs):
    """A school report, uploaded through the action."""
    given = {"file": upload(), "title": "School report", "kind": "education"}
    return actions.upload_document(children=list(children), by=by, **(given | kwargs))
