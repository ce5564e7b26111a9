"""What a page needs to keep a draft of its form. Saving it is the records room's work.

The browser's half, and the whole contract, are in static/design/drafts.js.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest

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

    A view puts it on the page as `draft`; the key may hold letters, digits, dots and dashes.
    """

    key: str
    about: list[int] = field(default_factory=list)
    saved: SavedDraft | None = None


def done(request: HttpRequest, message: str, *, draft: str = "") -> None:
    """Say on the next page what was recorded, and let the browser forget its draft."""
    messages.success(request, message, extra_tags=f"{DONE}{draft}" if draft else "")
