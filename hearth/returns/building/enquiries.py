"""The section 47 enquiries of an episode, with the conference that each led to, if any.

An enquiry is in the year it began in; one that began before is in the year its conference was held
in. The census does not ask when an enquiry ended.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from django.utils import timezone

from hearth.plans.models import Meeting, MeetingKind
from hearth.protection.models import Conference, ConferenceChild, Enquiry, EnquiryChild
from hearth.protection.models import EnquiryOutcome as Outcome
from hearth.returns.building.noting import Fate, Notes, Thing
from hearth.returns.building.reading import Asked
from hearth.returns.building.structure import Values
from hearth.returns.building.year import CollectionYear

INITIAL = (MeetingKind.INITIAL_CONFERENCE, MeetingKind.PRE_BIRTH_CONFERENCE)


class EnquiryRow(NamedTuple):
    """A child's part in an enquiry that was not cancelled."""

    started_on: date
    target_on: date | None
    conference_on: date | None
    # The day it was settled that none is needed.
    settled_on: date | None


class HeldRow(NamedTuple):
    """A conference about a child that was held."""

    child_id: int
    episode_id: int | None
    enquiry_id: int | None
    kind: str
    held_on: date


def conferences(asked: Asked) -> list[HeldRow]:
    """The conferences held about these children, the earliest first."""
    parts = asked.rows(ConferenceChild, ("child_id", "episode_id", "conference_id"))
    ids = list({conference for _, _, conference in parts})
    of_meeting = {
        pk: (meeting, enquiry)
        for pk, meeting, enquiry in asked.rows_by(
            Conference, ("id", "meeting_id", "enquiry_id"), "id", ids
        )
    }
    meetings = {
        pk: (kind, timezone.localdate(held_at))
        for pk, kind, held_at, cancelled_at in asked.rows_by(
            Meeting,
            ("id", "kind", "held_at", "cancelled_at"),
            "id",
            [meeting for meeting, _ in of_meeting.values()],
        )
        if held_at is not None and cancelled_at is None
    }
    found = []
    for child, episode, conference in parts:
        meeting, enquiry = of_meeting.get(conference, (None, None))
        if meeting in meetings:
            found.append(HeldRow(child, episode, enquiry, *meetings[meeting]))
    return sorted(found, key=lambda row: (row.held_on, row.kind, row.enquiry_id or 0))


def read(asked: Asked) -> Mapping[int, list[EnquiryRow]]:
    """Each episode's enquiries, in the order they began."""
    columns = ("enquiry_id", "child_id", "episode_id", "outcome", "no_conference")
    parts = asked.rows(EnquiryChild, (*columns, "conference_target_on"))
    of = ("id", "started_on", "authorised_on", "cancelled_on")
    dates = {
        pk: (started_on, authorised_on)
        for pk, started_on, authorised_on, cancelled_on in asked.rows_by(
            Enquiry, of, "id", list({part[0] for part in parts})
        )
        if cancelled_on is None
    }
    held = {
        (row.enquiry_id, row.child_id): row.held_on
        for row in reversed(conferences(asked))
        if row.kind in INITIAL
    }
    found: dict[int, list[EnquiryRow]] = defaultdict(list)
    for enquiry, child, episode, outcome, none_needed, target_on in parts:
        if episode is not None and enquiry in dates:
            started_on, authorised_on = dates[enquiry]
            none = none_needed or outcome not in ("", Outcome.CONFERENCE)
            found[episode].append(
                EnquiryRow(
                    started_on,
                    target_on,
                    held.get((enquiry, child)),
                    authorised_on if none else None,
                )
            )
    return {episode: sorted(rows, key=_by_days) for episode, rows in found.items()}


def tell(rows: Sequence[EnquiryRow], year: CollectionYear, notes: Notes) -> Values:
    """Those of the year, as they stood at its end."""
    return {"Section47": [_values(row, year) for row in rows if _is_in(row, year, notes)]}


def _is_in(row: EnquiryRow, year: CollectionYear, notes: Notes) -> bool:
    fate = Fate.WRITTEN
    if row.started_on > year.ends:
        fate = Fate.AFTER
    elif not year.holds(row.started_on) and not year.holds(row.conference_on):
        fate = Fate.BEFORE
    notes.count(Thing.ENQUIRIES, fate)
    return fate == Fate.WRITTEN


def _values(row: EnquiryRow, year: CollectionYear) -> Values:
    held_on = year.by_its_end(row.conference_on)
    settled = held_on is None and year.by_its_end(row.settled_on) is not None
    return {
        "S47ActualStartDate": row.started_on.isoformat(),
        "InitialCPCtarget": row.target_on and row.target_on.isoformat(),
        "DateOfInitialCPC": held_on and held_on.isoformat(),
        "ICPCnotRequired": "1" if settled else "0",
    }


def _by_days(row: EnquiryRow) -> tuple[date, date, date, bool]:
    latest = date.max
    return (
        row.started_on,
        row.conference_on or latest,
        row.target_on or latest,
        row.settled_on is None,
    )
