"""Keeping drafts. What was typed is refused only where another's words would be lost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.records.actions.holding import hold
from hearth.records.models import Draft
from hearth.records.models.drafts import SHARED
from hearth.records.rules import holds_all_of

# A save that was on its way when the form was sent must not bring the draft back to life.
JUST_SENT = timedelta(seconds=3)


class Answer(Enum):
    """How the saving of a draft ended."""

    SAVED = "saved"
    CLASH = "clash"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a draft that was to be saved: it, or the newer one it clashes with."""

    answer: Answer
    draft: Draft | None = None


@transaction.atomic
def save_draft(
    *,
    key: str,
    version: int,
    fields: Mapping[str, Sequence[str]],
    about: Sequence[int],
    address: str = "",
    by: User,
) -> Kept:
    """Keep what has been typed so far, unless somebody else has saved since `version`."""
    _hold(key, by)
    drafts = Draft.objects.under(key, by)
    newest = drafts.unfinished().order_by("-version").first()
    if newest is None and _was_finished(key, version, by):
        return Kept(Answer.FINISHED)
    if newest is not None and newest.version != version and not _repeats(newest, fields, by):
        return Kept(Answer.CLASH, newest)
    latest = drafts.aggregate(latest=Max("version"))["latest"] or 0
    draft, is_new = Draft.objects.unfinished().update_or_create(
        worker=by,
        key=key,
        sent_at=None,
        discarded_at=None,
        defaults={
            "about": sorted(set(about)),
            "version": latest + 1,
            "fields": fields,
            "address": address,
            "updated_at": timezone.now(),
        },
    )
    if is_new:
        trail.record("Started a draft", draft, by=by)
    return Kept(Answer.SAVED, draft)


@transaction.atomic
def finish_draft(*, key: str, by: User) -> None:
    """Mark what was typed as sent, in the same transaction as the record made from it.

    Without a draft there is still a mark, so that a save on its way finds it.
    """
    _hold(key, by)
    drafts = Draft.objects.under(key, by)
    now = timezone.now()
    finished = drafts.unfinished().update(sent_at=now)
    if not finished:
        latest = drafts.aggregate(latest=Max("version"))["latest"] or 0
        Draft.objects.create(worker=by, key=key, version=latest, sent_at=now)
    trail.record("Finished a draft", None, by=by)


@transaction.atomic
def discard_draft(*, key: str, by: User) -> None:
    """Put one's own draft aside. Another worker's words under the same key stay."""
    _hold(key, by)
    drafts = Draft.objects.under(key, by)
    latest = drafts.aggregate(latest=Max("version"))["latest"] or 0
    now = timezone.now()
    if not drafts.unfinished().filter(worker=by).update(discarded_at=now, version=latest):
        Draft.objects.create(worker=by, key=key, version=latest, discarded_at=now)
    trail.record("Discarded a draft", None, by=by)


def _hold(key: str, by: User) -> None:
    """Let nobody else write under this key until the transaction ends."""
    hold(f"draft:{key}" if key.startswith(SHARED) else f"draft:{by.pk}:{key}")


def _was_finished(key: str, version: int, by: User) -> bool:
    last = Draft.objects.under(key, by).order_by("-updated_at", "-pk").first()
    if last is None:
        return False
    ended = last.sent_at or last.discarded_at or last.updated_at
    return version > 0 or timezone.now() - ended < JUST_SENT


def _repeats(newest: Draft, fields: Mapping[str, Sequence[str]], by: User) -> bool:
    """Whether this holds all of the worker's own newer save, whose answer was lost on the way."""
    return newest.worker_id == by.pk and holds_all_of(fields, newest.fields)
