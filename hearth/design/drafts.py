"""What a page needs to keep a draft of its form. Saving it is the records room's work.

The browser's half, and the whole contract, are in static/design/drafts.js.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone

DONE = "draft-done:"


@dataclass(frozen=True, slots=True)
class SavedDraft:
    """What the server holds: each field's name and the answers it had."""

    version: int
    fields: dict[str, list[str]]
    at: datetime
    by: str = ""

    def as_json(self) -> dict[str, Any]:
        """The draft as the browser reads it."""
        return {
            "version": self.version,
            "fields": self.fields,
            "at": self.at.isoformat(),
            "by": self.by,
        }


@dataclass(frozen=True, slots=True)
class Draft:
    """The draft of one form: its name, whom it is about, and what was kept so far.

    A view puts it on the page as `draft`; the key may hold letters, digits, dots, dashes and _.
    `unseen`: what was just sent was written without sight of what is kept, and the worker chooses.
    `asked_at`: when what is kept was looked for: the page lacks what was saved since.
    """

    key: str
    about: list[int] = field(default_factory=list)
    saved: SavedDraft | None = None
    unseen: bool = False
    asked_at: datetime = field(default_factory=timezone.now)

    @property
    def warning(self) -> str:
        """Why nothing was recorded, where what was sent was written over words not seen."""
        if not self.unseen or self.saved is None:
            return ""
        who = f"{self.saved.by} has" if self.saved.by else "In another window you have"
        return (
            f"{who} written in this form too, which you had not seen. Nothing has been recorded "
            "yet. Choose which words to keep, then press the button again"
        )


class Keeper(Protocol):
    """Who keeps drafts on the server: the records room, for rooms that stand below it too."""

    def open_draft(self, request: HttpRequest, key: str, *, about: Sequence[int] = ()) -> Draft:
        """The draft of the form on this page, with what was typed before."""

    def close_draft(self, request: HttpRequest, draft: Draft, message: str) -> None:
        """Say what was recorded, and forget the draft it came from."""


KEEPERS: list[Keeper] = []


def open_draft(request: HttpRequest, key: str, *, about: Sequence[int] = ()) -> Draft:
    """The draft of a form, from whoever keeps drafts; without them the browser alone keeps it."""
    for keeper in KEEPERS:
        return keeper.open_draft(request, key, about=about)
    return Draft(key=key, about=list(about))


def close_draft(request: HttpRequest, draft: Draft, message: str) -> None:
    """Say what was recorded, and let whoever keeps drafts forget the one it came from."""
    for keeper in KEEPERS:
        return keeper.close_draft(request, draft, message)
    return done(request, message, draft=draft.key)


def done(request: HttpRequest, message: str, *, draft: str = "") -> None:
    """Say on the next page what was recorded, and let the browser forget its draft."""
    messages.success(request, message, extra_tags=f"{DONE}{draft}" if draft else "")
