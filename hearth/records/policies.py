"""Who may write and read what is written about children."""

from collections.abc import Iterator

from django.utils import timezone

from hearth.accounts.models import User
from hearth.accounts.policy import policy
from hearth.accounts.roles import MANAGERS, RECORD_READERS, RECORD_WRITERS, STAFF, Role
from hearth.people.models import Person
from hearth.records.actions.documents import why_not_withdraw_document
from hearth.records.actions.exporting import EXPORTERS, why_not_export
from hearth.records.actions.notes import OVERSEERS
from hearth.records.actions.writing import why_not_edit, why_not_withdraw
from hearth.records.models import (
    CaseNote,
    ChronologyEntry,
    Document,
    DocumentVersion,
    Significance,
    Visit,
    VisitState,
)

CLERKS = (*RECORD_WRITERS, Role.BUSINESS_SUPPORT)
MERGED = "This record was merged into another. Open that one to write on it"
WITHDRAWN = "This was withdrawn"
YOUR_OWN = "You wrote this yourself"


def _not_merged(child: Person) -> Iterator[str]:
    if child.merged_into_id is not None:
        yield MERGED


@policy("Keep a draft of what is being typed", subject=None, roles=STAFF)
def save_draft(_worker: User, _nothing: None) -> Iterator[str]:
    """Whoever works here may keep what they are typing; sending it has its own policy."""
    yield from ()


@policy("Take a child's whole record out", subject=Person, roles=EXPORTERS)
def export_record(_worker: User, child: Person) -> Iterator[str]:
    """Those who answer for what leaves the service. It says who asked, and stands on the trail."""
    if why := why_not_export(child):
        yield why


# The chronology


@policy("Read a child's chronology", subject=Person, roles=RECORD_READERS)
def view_chronology(_worker: User, _child: Person) -> Iterator[str]:
    """Those whose work needs a child's record."""
    yield from ()


@policy("Print a child's chronology", subject=Person, roles=RECORD_READERS)
def print_chronology(_worker: User, _child: Person) -> Iterator[str]:
    """As for reading it: the print says who made it and when."""
    yield from ()


@policy("Say that a chronology was read through", subject=Person, roles=RECORD_WRITERS)
def review_chronology(_worker: User, child: Person) -> Iterator[str]:
    """Whoever writes records."""
    yield from _not_merged(child)


@policy("Read an event of a chronology", subject=ChronologyEntry, roles=RECORD_READERS)
def view_entry(_worker: User, _entry: ChronologyEntry) -> Iterator[str]:
    """Those whose work needs a child's record."""
    yield from ()


@policy("Change an event's significance", subject=ChronologyEntry, roles=RECORD_WRITERS)
def change_significance(_worker: User, entry: ChronologyEntry) -> Iterator[str]:
    """Whoever writes records, always with a reason."""
    if entry.withdrawn_at is not None:
        yield WITHDRAWN


@policy("Add an event's impact on the child", subject=ChronologyEntry, roles=RECORD_WRITERS)
def add_impact(_worker: User, entry: ChronologyEntry) -> Iterator[str]:
    """Whoever writes records."""
    if entry.withdrawn_at is not None:
        yield WITHDRAWN


# Notes


@policy("Read a child's notes and visits", subject=Person, roles=RECORD_READERS)
def view_notes(_worker: User, _child: Person) -> Iterator[str]:
    """Those whose work needs a child's record."""
    yield from ()


@policy("Record a note", subject=Person, roles=RECORD_WRITERS)
def record_note(_worker: User, child: Person) -> Iterator[str]:
    """Whoever writes records."""
    yield from _not_merged(child)


@policy("Record routine contact", subject=Person, roles=CLERKS)
def record_contact_line(_worker: User, child: Person) -> Iterator[str]:
    """Whoever writes records, and business support, who take messages."""
    yield from _not_merged(child)


@policy("Record management oversight", subject=Person, roles=OVERSEERS)
def record_oversight(_worker: User, child: Person) -> Iterator[str]:
    """A manager's direction is a manager's: it stands at the top of the record."""
    yield from _not_merged(child)


@policy("Read a note", subject=CaseNote, roles=RECORD_READERS)
def read_note(_worker: User, _note: CaseNote) -> Iterator[str]:
    """Those whose work needs a child's record."""
    yield from ()


@policy("Edit a note", subject=CaseNote, roles=RECORD_WRITERS)
def edit_note(worker: User, note: CaseNote) -> Iterator[str]:
    """Its author, on the day it was written; afterwards it is added to."""
    if why := why_not_edit(note, by=worker, now=timezone.now()):
        yield why


@policy("Add to a note", subject=CaseNote, roles=RECORD_WRITERS)
def add_to_note(_worker: User, note: CaseNote) -> Iterator[str]:
    """Whoever writes records: what they add is dated and theirs."""
    if note.is_withdrawn:
        yield WITHDRAWN


@policy("Give feedback on a note", subject=CaseNote, roles=OVERSEERS)
def feedback_on_note(worker: User, note: CaseNote) -> Iterator[str]:
    """A manager, on what another wrote."""
    if note.recorded_by_id == worker.pk:
        yield YOUR_OWN
    if note.is_withdrawn:
        yield WITHDRAWN


@policy("Put a note in the chronology", subject=CaseNote, roles=RECORD_WRITERS)
def put_in_chronology(_worker: User, note: CaseNote) -> Iterator[str]:
    """Whoever writes records, once."""
    if note.is_withdrawn:
        yield WITHDRAWN
    if note.significance != Significance.LOW:
        yield "This note is already in the chronology"


@policy("Withdraw a note", subject=CaseNote, roles=RECORD_WRITERS)
def withdraw_note(worker: User, note: CaseNote) -> Iterator[str]:
    """Its author or a manager, with a reason. It is kept."""
    if why := why_not_withdraw(note, by=worker):
        yield why


# Visits


@policy("See one's own visits of a day", subject=None, roles=RECORD_WRITERS)
def day(_worker: User, _nothing: None) -> Iterator[str]:
    """Whoever visits."""
    yield from ()


@policy("Plan a visit", subject=Person, roles=CLERKS)
def plan_visit(_worker: User, child: Person) -> Iterator[str]:
    """Whoever writes records, and business support, who keep diaries."""
    yield from _not_merged(child)


@policy("Record a visit", subject=Person, roles=RECORD_WRITERS)
def record_visit(_worker: User, child: Person) -> Iterator[str]:
    """Whoever writes records."""
    yield from _not_merged(child)


@policy("Record a planned visit", subject=Visit, roles=RECORD_WRITERS)
def record_planned_visit(_worker: User, visit: Visit) -> Iterator[str]:
    """Whoever writes records: a colleague may have gone instead."""
    if visit.state != VisitState.PLANNED:
        yield "This visit is no longer planned: it was recorded or cancelled"


@policy("Send a visit written up without signal", subject=Visit, roles=RECORD_WRITERS)
def send_visit(_worker: User, visit: Visit) -> Iterator[str]:
    """Whoever writes records: what a colleague did meanwhile is answered with both texts."""
    if visit.is_withdrawn:
        yield WITHDRAWN


@policy("Move or cancel a planned visit", subject=Visit, roles=CLERKS)
def change_visit(_worker: User, visit: Visit) -> Iterator[str]:
    """Whoever may plan one."""
    if visit.state != VisitState.PLANNED:
        yield "This visit is no longer planned: it was recorded or cancelled"


@policy("Read a visit", subject=Visit, roles=RECORD_READERS)
def read_visit(_worker: User, _visit: Visit) -> Iterator[str]:
    """Those whose work needs a child's record."""
    yield from ()


@policy("Edit a visit", subject=Visit, roles=RECORD_WRITERS)
def edit_visit(worker: User, visit: Visit) -> Iterator[str]:
    """Its author, on the day it was recorded; afterwards it is added to."""
    if not visit.is_done:
        yield "This visit has not been recorded yet"
    elif why := why_not_edit(visit, by=worker, now=timezone.now()):
        yield why


@policy("Add to a visit", subject=Visit, roles=RECORD_WRITERS)
def add_to_visit(_worker: User, visit: Visit) -> Iterator[str]:
    """Whoever writes records: what they add is dated and theirs."""
    if visit.is_withdrawn:
        yield WITHDRAWN


@policy("Give feedback on a visit", subject=Visit, roles=OVERSEERS)
def feedback_on_visit(worker: User, visit: Visit) -> Iterator[str]:
    """A manager, on what another wrote."""
    if visit.recorded_by_id == worker.pk:
        yield YOUR_OWN
    if visit.is_withdrawn:
        yield WITHDRAWN


@policy("Withdraw a visit", subject=Visit, roles=RECORD_WRITERS)
def withdraw_visit(worker: User, visit: Visit) -> Iterator[str]:
    """Its author or a manager, with a reason. It is kept."""
    if why := why_not_withdraw(visit, by=worker):
        yield why


# Documents


@policy("See a child's documents", subject=Person, roles=RECORD_READERS)
def view_documents(_worker: User, _child: Person) -> Iterator[str]:
    """Those whose work needs a child's record."""
    yield from ()


@policy("Upload a document", subject=Person, roles=CLERKS)
def upload_document(_worker: User, child: Person) -> Iterator[str]:
    """Whoever writes records, and business support."""
    yield from _not_merged(child)


@policy("See what a document is", subject=Document, roles=RECORD_READERS)
def read_document(_worker: User, _document: Document) -> Iterator[str]:
    """Those whose work needs a child's record."""
    yield from ()


@policy("Download a document", subject=DocumentVersion, roles=RECORD_READERS)
def download_document(worker: User, version: DocumentVersion) -> Iterator[str]:
    """Those whose work needs a child's record; never a file the scanner kept back.

    One withdrawn, as from the wrong child's record, only a manager or the Caldicott guardian opens.
    """
    if version.is_held_back:
        yield f"{version.get_scan_display()}. Nobody may open it"
    if version.document.is_withdrawn and not worker.has_role(*MANAGERS, Role.CALDICOTT):
        yield "This document was withdrawn. Only a manager may open it"


@policy("Upload a newer version of a document", subject=Document, roles=CLERKS)
def add_version(_worker: User, document: Document) -> Iterator[str]:
    """Whoever may upload one."""
    if document.is_withdrawn:
        yield WITHDRAWN


@policy("Say whether a document may be shown to the family", subject=Document, roles=RECORD_WRITERS)
def mark_confidential(_worker: User, document: Document) -> Iterator[str]:
    """Whoever writes records."""
    if document.is_withdrawn:
        yield WITHDRAWN


@policy("Withdraw a document", subject=Document, roles=CLERKS)
def withdraw_document(worker: User, document: Document) -> Iterator[str]:
    """Whoever uploaded it or a manager, with a reason. It is kept."""
    if why := why_not_withdraw_document(document, by=worker):
        yield why


@policy("Scan a document again", subject=DocumentVersion, roles=CLERKS)
def scan_again(_worker: User, version: DocumentVersion) -> Iterator[str]:
    """Whoever may upload one, unless a virus was found."""
    if version.scan == "infected":
        yield "A virus was found in this file, so it stays kept back"
