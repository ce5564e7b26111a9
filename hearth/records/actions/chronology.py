"""Writing the chronology: entries that other rooms' records make, and what is judged of them."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date

from django.db import models, transaction
from django.utils import timezone

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.lib.codes import code_set
from hearth.lib.errors import CannotDo
from hearth.people.models import Person
from hearth.records.models import (
    ChronologyEntry,
    ChronologyReview,
    ImpactNote,
    Significance,
    SignificanceChange,
)


@transaction.atomic
def chronicle(
    *,
    about: Sequence[Person],
    kind: str,
    title: str,
    text: str = "",
    happened_on: date,
    source: models.Model,
    page: str,
    significance: str = Significance.MEDIUM,
    texts: Mapping[int, str] | None = None,
    by: User,
) -> list[ChronologyEntry]:
    """Put an event into the story of each child it is about.

    `texts` holds what is private to a child, by their id: it stands in that child's story alone.
    `page` is the address name that opens `source` by its id; `kind` is a code of `chronology_kind`.
    """
    code_set("chronology_kind").get(kind)
    private, event = texts or {}, uuid.uuid4()
    entries = ChronologyEntry.objects.bulk_create(
        ChronologyEntry(
            child=child,
            about=sorted(person.pk for person in about),
            event=event,
            happened_on=happened_on,
            kind=kind,
            title=title[:200],
            text=text,
            private_text=private.get(child.pk, ""),
            significance=Significance(significance),
            source_label=source._meta.label,
            source_id=source.pk,
            page=page,
            recorded_by=by,
        )
        for child in about
    )
    trail.record(
        f"Added to the chronology: {kind}", source, by=by, about=[child.pk for child in about]
    )
    return entries


@transaction.atomic
def correct_chronicle(
    *,
    source: models.Model,
    happened_on: date,
    title: str,
    text: str = "",
    texts: Mapping[int, str] | None = None,
    by: User,
) -> None:
    """Let the entries drawn from a record say what it says now. Their earlier words are kept."""
    private = texts or {}
    for entry in ChronologyEntry.objects.of_source(source).select_for_update():
        entry.happened_on, entry.title = happened_on, title[:200]
        entry.text, entry.private_text = text, private.get(entry.child_id, "")
        entry.save(update_fields=["happened_on", "title", "text", "private_text"])
    trail.record("Corrected the chronology", source, by=by)


@transaction.atomic
def withdraw_chronicle(*, source: models.Model, reason: str, by: User) -> None:
    """Take the entries drawn from a record out of the story, because it was withdrawn."""
    if not reason:
        raise CannotDo("Say why this is withdrawn")
    ChronologyEntry.objects.of_source(source).standing().update(
        withdrawn_at=timezone.now(), withdrawn_by=by, withdrawn_reason=reason[:500]
    )
    trail.record("Withdrew from the chronology", source, by=by)


@transaction.atomic
def change_significance(
    *, entry: ChronologyEntry, significance: str, reason: str, by: User
) -> SignificanceChange:
    """Judge that an event weighs more or less in this child's story, and say why."""
    entry = ChronologyEntry.objects.select_for_update().get(pk=entry.pk)
    if not reason:
        raise CannotDo("Say why this matters more or less than it was first given")
    if entry.withdrawn_at is not None:
        raise CannotDo("This was withdrawn, so it is no longer in the chronology")
    after = Significance(significance)
    if entry.significance == after:
        raise CannotDo(f"The significance is already {after.label.lower()}")
    change: SignificanceChange = SignificanceChange.objects.create(
        entry=entry,
        child_id=entry.child_id,
        before=entry.significance,
        after=after,
        reason=reason,
        recorded_by=by,
    )
    entry.significance = after
    entry.save(update_fields=["significance"])
    trail.record(f"Changed significance to {after.label.lower()}", entry, by=by)
    return change


@transaction.atomic
def add_impact(*, entry: ChronologyEntry, text: str, by: User) -> ImpactNote:
    """Add what an event meant for the child."""
    if entry.withdrawn_at is not None:
        raise CannotDo("This was withdrawn, so it is no longer in the chronology")
    if not text:
        raise CannotDo("Say what this meant for the child")
    impact: ImpactNote = ImpactNote.objects.create(
        entry=entry, child_id=entry.child_id, text=text, recorded_by=by
    )
    trail.record("Added the impact on the child", entry, by=by)
    return impact


@transaction.atomic
def review_chronology(*, child: Person, text: str, by: User) -> ChronologyReview:
    """Record that a child's story was read through, and what it tells taken together."""
    if child.merged_into_id is not None:
        raise CannotDo("This record was merged into another: read that one's story")
    if not text:
        raise CannotDo("Say what the story tells, taken together")
    review: ChronologyReview = ChronologyReview.objects.create(
        child=child, text=text, recorded_by=by
    )
    trail.record("Read the chronology through", review, by=by)
    return review
