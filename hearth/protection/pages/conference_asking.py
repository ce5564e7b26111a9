"""What the pages that ask for and book a conference know already."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from hearth.casework.models import Task
from hearth.people.family import family_of
from hearth.people.models import Person
from hearth.protection.household import is_child
from hearth.protection.models import Conference, Enquiry, EnquiryChild


@dataclass(frozen=True, slots=True)
class AskedFor:
    """The children a conference is asked for, and the enquiry that decided on it."""

    task: Task
    children: list[Person]
    enquiry: Enquiry | None
    parts: list[EnquiryChild]


def asked_for(task: Task) -> AskedFor:
    """What a manager reads before asking for a conference."""
    enquiry = Enquiry.objects.filter(pk=task.record_id).first() if task.record_id else None
    parts = EnquiryChild.objects.filter(enquiry=enquiry, child__in=task.about)
    return AskedFor(
        task=task,
        children=list(Person.objects.filter(pk__in=task.about).order_by("born_on", "pk")),
        enquiry=enquiry,
        parts=list(parts.select_related("child")) if enquiry else [],
    )


def family_children(child: Person, *, today: date) -> list[Person]:
    """The children of a family, this one first: any of them may be in the conference."""
    found = family_of(child, today=today).children
    return [one for one in found if is_child(one, today)]


def booked_as(conference: Conference) -> dict[str, Any]:
    """How a conference is booked now, for the form that books it."""
    meeting = conference.meeting
    known = ("planned_from", "planned_to", "how", "place", "chair", "note_taker", "room")
    return {
        **{name: getattr(meeting, name) for name in known},
        "late_reason": meeting.late_reason,
    }
