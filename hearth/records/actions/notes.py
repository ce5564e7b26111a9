"""Writing case notes, and a manager's direction."""

import uuid as uuids
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.accounts.roles import SENIOR, Role
from hearth.lib.codes import code_set
from hearth.lib.errors import CannotDo
from hearth.people.models import Person
from hearth.records.actions.chronology import chronicle, correct_chronicle
from hearth.records.actions.writing import already_sent, check_not_merged, check_when, take_to_edit
from hearth.records.models import CaseNote, ChronologyEntry, NoteChild, Significance

OVERSEERS = (Role.TEAM_MANAGER, *SENIOR)
PAGE = "records:read_note"
IN_CHRONOLOGY = {
    "management_oversight": "oversight",
    "management_decision": "decision",
    "child_said": "child_said",
}


@transaction.atomic
def record_note(
    *,
    children: Sequence[Person],
    kind: str,
    happened_at: datetime,
    headline: str,
    text: str = "",
    texts: Mapping[int, str] | None = None,
    method: str = "",
    present: str = "",
    significance: str = Significance.LOW,
    oversight_point: str = "",
    uuid: uuids.UUID | None = None,
    by: User,
) -> CaseNote:
    """Write a case note about one child or several; `texts` is private to each, by their id.

    A note that is more than routine goes into the chronology. Sent twice, it is one note.
    """
    if sent := already_sent(CaseNote, uuid, by):
        return sent
    check_when(happened_at, children)
    check_not_merged(children)
    _check_words(headline, kind, happened_at)
    note: CaseNote = CaseNote.objects.create(
        uuid=uuid or uuids.uuid4(),
        about=sorted(child.pk for child in children),
        kind=kind,
        happened_at=happened_at,
        headline=headline,
        text=text,
        method=method,
        present=present,
        significance=Significance(significance),
        oversight_point=oversight_point,
        recorded_by=by,
    )
    private = texts or {}
    NoteChild.objects.bulk_create(
        NoteChild(note=note, child=child, text=private.get(child.pk, "")) for child in children
    )
    _tell(note, children, private, by)
    trail.record("Recorded a note", note, by=by)
    return note


@transaction.atomic
def record_oversight(
    *,
    children: Sequence[Person],
    text: str,
    oversight_point: str,
    happened_at: datetime | None = None,
    texts: Mapping[int, str] | None = None,
    decision: bool = False,
    told_already: bool = False,
    uuid: uuids.UUID | None = None,
    by: User,
) -> CaseNote:
    """Write a manager's direction once for a whole sibling group: at allocation, review, sign-off.

    The newest stands at the top of each child's record. `told_already` where the chronology has
    these words from the act itself, so that the story does not say them twice.
    """
    if not by.has_role(*OVERSEERS):
        raise CannotDo("Only a manager records management oversight")
    if not text:
        raise CannotDo("Say what you direct, and by when")
    point = code_set("oversight_point").label(oversight_point).lower()
    what = "Management decision" if decision else "Management oversight"
    return record_note(
        children=children,
        kind="management_decision" if decision else "management_oversight",
        happened_at=happened_at or timezone.now(),
        headline=f"{what}: {point}",
        text=text,
        texts=texts,
        significance=Significance.LOW if told_already else Significance.MEDIUM,
        oversight_point=oversight_point,
        uuid=uuid,
        by=by,
    )


@transaction.atomic
def edit_note(
    *,
    note: CaseNote,
    version: int,
    happened_at: datetime,
    headline: str,
    text: str,
    texts: Mapping[int, str],
    by: User,
    **also: Any,
) -> CaseNote:
    """Put a note right on the day it was written. The words it had are kept as a version."""
    note = take_to_edit(note, version=version, by=by)
    parts = list(note.parts.select_related("child"))
    check_when(happened_at, [part.child for part in parts])
    _check_words(headline, note.kind, happened_at)
    note.happened_at, note.headline, note.text = happened_at, headline, text
    for name in ("method", "present"):
        setattr(note, name, also.get(name, getattr(note, name)))
    note.version += 1
    note.save(update_fields=["happened_at", "headline", "text", "method", "present", "version"])
    for part in parts:
        if part.text != texts.get(part.child_id, ""):
            part.text = texts.get(part.child_id, "")
            part.save(update_fields=["text"])
    if ChronologyEntry.objects.of_source(note).exists():
        _tell_again(note, texts, by)
    trail.record("Edited a note", note, by=by)
    return note


@transaction.atomic
def put_in_chronology(*, note: CaseNote, significance: str, by: User) -> CaseNote:
    """Put a note that seemed routine into the chronology, since it turned out to matter."""
    note = CaseNote.objects.select_for_update(of=("self",)).get(pk=note.pk)
    if note.is_withdrawn:
        raise CannotDo("This was withdrawn, so it does not belong in the chronology")
    if note.significance != Significance.LOW:
        raise CannotDo("This note is already in the chronology")
    if significance == Significance.LOW:
        raise CannotDo("Choose whether it matters, or matters a great deal")
    note.significance = Significance(significance)
    note.save(update_fields=["significance"])
    parts = list(note.parts.select_related("child"))
    private = {part.child_id: part.text for part in parts}
    _tell(note, [part.child for part in parts], private, by)
    trail.record("Put a note in the chronology", note, by=by)
    return note


def _check_words(headline: str, kind: str, happened_at: datetime) -> None:
    if not headline:
        raise CannotDo("Say in one line what happened")
    if why := code_set("note_kind").why_not_valid(kind, on=timezone.localdate(happened_at)):
        raise CannotDo(why)


def _tell(note: CaseNote, children: Sequence[Person], texts: Mapping[int, str], by: User) -> None:
    if note.significance == Significance.LOW:
        return
    chronicle(
        about=children,
        kind=IN_CHRONOLOGY.get(note.kind, "note"),
        title=note.headline,
        text=note.text,
        texts=texts,
        happened_on=timezone.localdate(note.happened_at),
        source=note,
        page=PAGE,
        significance=note.significance,
        by=by,
    )


def _tell_again(note: CaseNote, texts: Mapping[int, str], by: User) -> None:
    correct_chronicle(
        source=note,
        happened_on=timezone.localdate(note.happened_at),
        title=note.headline,
        text=note.text,
        texts=texts,
        by=by,
    )
