"""Taking a child's whole record out: who did, for whom and why is on the trail."""

from dataclasses import dataclass
from datetime import datetime
from typing import IO

from django.db import transaction

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.accounts.roles import SENIOR, Role
from hearth.lib.errors import CannotDo
from hearth.lib.text import tidy_line
from hearth.people.models import Person
from hearth.records.disclosure import Disclosure, Purpose, disclose, packed

EXPORTERS = (*SENIOR, Role.CALDICOTT)


@dataclass(frozen=True, slots=True)
class Exported:
    """A record taken out: the zip, from its beginning, and what is in it."""

    file: IO[bytes]
    found: Disclosure

    @property
    def file_name(self) -> str:
        """What to call the file: the child's number, and no name."""
        return f"record-{self.found.child.la_child_id}.zip"


@transaction.atomic
def export_record(*, child: Person, purpose: str, reason: str, at: datetime, by: User) -> Exported:
    """Take out all that is on record of a child: to read, to load, and the documents.

    For somebody who asks to see it (UK GDPR, article 15), a court, or the authority that takes the
    case over. What this worker may not know of is left out, and how much that was is said.
    """
    if not by.has_role(*EXPORTERS):
        raise CannotDo(
            "A service manager, the director or the Caldicott guardian takes records out"
        )
    if purpose not in Purpose.values:
        raise CannotDo("Say why the record is taken out")
    if not (why := tidy_line(reason)):
        raise CannotDo("Say who asked for it, and when")
    if why_not := why_not_export(child):
        raise CannotDo(why_not)
    found = disclose(child, purpose=Purpose(purpose))
    label = Purpose(purpose).label
    trail.record("Took out the whole record", child, by=by, reason=f"{label}: {why}")
    return Exported(packed(found, reason=why, by=by, at=at), found)


def why_not_export(child: Person) -> str | None:
    """Why there is no record here to take out, in words; None when there is."""
    if not child.is_child_record:
        return f"{child} has no child's record"
    if child.merged_into_id is not None:
        return "This record was merged into another. Take that one out"
    return None
