"""Drafts as pages use them: opened with a form, closed when it is recorded, listed as unfinished.

A view that asks for something to be recorded:

    draft = open_draft(request, f"records.note.{child.pk}", about=[child.pk])
    form = NoteForm(request.POST or None)
    if form.is_valid():
        note = actions.record_note(child=child, by=request.user, **form.cleaned_data)
        close_draft(request, draft, "Note recorded")
        return redirect(...)
    return render(request, "...", {"form": form, "draft": draft})

A form about a record that several may be writing names the record with `shared=True`: then each is
shown the newest words of any, and two who write at once are both shown both. What one of them sends
is not recorded over words that they have not seen:

    if form.is_valid() and attempt(form, lambda: ..., draft=draft):
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, QueryDict
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from hearth.accounts.models import User
from hearth.accounts.policy import Policy
from hearth.accounts.roles import RECORD_READERS
from hearth.design import drafts as design
from hearth.people.models import Person
from hearth.records import actions
from hearth.records.actions.holding import hold
from hearth.records.models import Draft
from hearth.records.models.drafts import SHARED
from hearth.records.rules import answers_alike, holds_all_of

LONGEST_VERSION = 9


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A draft waiting to be finished: what it is, whose, since when, and where to go on."""

    title: str
    address: str
    worker: User
    about: list[int]
    started_at: datetime
    updated_at: datetime


def open_draft(
    request: HttpRequest, key: str, *, about: Sequence[int] = (), shared: bool = False
) -> design.Draft:
    """The draft of the form on this page, with what was typed before, if anything was."""
    worker: User = request.user  # type: ignore[assignment]
    key = SHARED + key if shared else key
    is_sent = shared and request.method == "POST"
    if is_sent:
        # Nobody saves more between the look at what others wrote and the record.
        hold(f"draft:{key}")
    asked_at = timezone.now()
    draft = _newest(key, worker)
    named = f"{key}.{_signature(key, worker)}" if shared else key
    return design.Draft(
        key=named,
        about=list(about),
        saved=as_saved(draft, worker),
        unseen=is_sent and draft is not None and _is_unseen(draft, request.POST, worker),
        asked_at=asked_at,
    )


def _is_unseen(draft: Draft, sent: QueryDict, worker: User) -> bool:
    """Whether a form was sent over newer words than those it was written beside.

    A worker's own save, whose answer was still on its way, is in what they sent.
    """
    if draft.version <= seen_version(sent):
        return False
    answers = {name: sent.getlist(name) for name in sent}
    is_own = draft.worker_id == worker.pk
    return not (holds_all_of if is_own else answers_alike)(answers, draft.fields)


def seen_version(sent: QueryDict) -> int:
    """The version of the draft that a form was last in step with, as the browser says."""
    known = sent.get("draft_version", "")[:LONGEST_VERSION]
    return int(known) if known.isascii() and known.isdecimal() else 0


def key_from_page(named: str, worker: User) -> str | None:
    """The key of a draft as this worker's page named it; None when no page of theirs did.

    What colleagues are typing is answered only to a worker who was let onto the form itself: its
    page signs the name of the draft, so that nobody reads another's words by guessing a number.
    """
    if not named.startswith(SHARED):
        return named
    key, _, signature = named.rpartition(".")
    known = constant_time_compare(signature, _signature(key, worker))
    return key if known and worker.has_role(*RECORD_READERS) else None


def _signature(key: str, worker: User) -> str:
    return salted_hmac("hearth.records.shared-draft", f"{worker.pk}:{key}").hexdigest()[:20]


def close_draft(request: HttpRequest, draft: design.Draft | None, message: str) -> None:
    """Say what was recorded, and let server and browser forget the draft it came from, if any."""
    worker: User = request.user  # type: ignore[assignment]
    if draft is not None and (key := key_from_page(draft.key, worker)):
        actions.finish_draft(key=key, by=worker)
    design.done(request, message, draft=draft.key if draft else "")


def changed_since(draft: design.Draft, record: Any) -> bool:
    """Whether a record that keeps its versions was changed after its draft was last typed."""
    if draft.saved is None or record.version == 1:
        return False
    latest = record.events.order_by("-pgh_created_at").first()
    return latest is not None and latest.pgh_created_at > draft.saved.at


def as_saved(draft: Draft | None, worker: User) -> design.SavedDraft | None:
    """A draft as the browser is given it; the author is named when it is somebody else."""
    if draft is None:
        return None
    by = "" if draft.worker_id == worker.pk else str(draft.worker)
    return design.SavedDraft(draft.version, draft.fields, draft.updated_at, by)


def drafts_of(worker: User) -> list[Unfinished]:
    """What a worker has begun and not sent, the latest first."""
    drafts = Draft.objects.unfinished().filter(worker=worker)
    return [_unfinished(draft) for draft in _listed(drafts)]


def drafts_about(child: Person) -> list[Unfinished]:
    """What anybody has begun about a child and not sent. Not what it says: that is theirs."""
    drafts = Draft.objects.unfinished().about_child(child)
    return [_unfinished(draft) for draft in _listed(drafts)]


def all_visible(about: Sequence[int], worker: User) -> bool:
    """Whether the worker may know of everybody a draft says it is about."""
    return Person.objects.visible_to(worker).filter(pk__in=about).count() == len(set(about))


def _listed(drafts: QuerySet[Draft]) -> QuerySet[Draft]:
    return drafts.defer("fields").select_related("worker").order_by("-updated_at")


def _newest(key: str, worker: User) -> Draft | None:
    drafts = Draft.objects.under(key, worker)
    live = drafts.unfinished()
    if key.startswith(SHARED):
        aside = drafts.filter(worker=worker, discarded_at__isnull=False).order_by("-version")
        live = live.filter(version__gt=Coalesce(Subquery(aside.values("version")[:1]), 0))
    return live.select_related("worker").order_by("-version").first()


def _unfinished(draft: Draft) -> Unfinished:
    return Unfinished(
        title=title_of(draft.address) or "Unfinished form",
        address=draft.address,
        worker=draft.worker,
        about=draft.about,
        started_at=draft.recorded_at,
        updated_at=draft.updated_at,
    )


def title_of(address: str) -> str:
    """What is done on the page at an address, as its policy says; nothing when there is none."""
    try:
        policy = getattr(resolve(address.partition("?")[0]).func, "policy", None)
    except Resolver404:
        return ""
    return policy.title if isinstance(policy, Policy) else ""
