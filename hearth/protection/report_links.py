"""How an agency's link to its report is made, known again, and refused.

The link and the browser that opened it are known by digests: nothing kept here opens anything.
"""

import hashlib
import secrets
from datetime import datetime, timedelta
from enum import Enum

from django.utils import timezone
from django.utils.crypto import constant_time_compare

from hearth.protection.models import ReportLink

# As long as a letter might lie on a desk; never beyond the beginning of the conference.
LASTS = timedelta(days=14)


class Closed(Enum):
    """Why a link opens nothing: what the page is called, and what to do about it."""

    UNKNOWN = (
        404,
        "This link does not work",
        "Check that you have the whole of it. If you have, ask for a new one.",
    )
    REPLACED = (
        410,
        "This link was replaced by a newer one",
        "Look for a later message with another link. If you have none, ask for one.",
    )
    EXPIRED = (
        410,
        "This link has expired",
        "If the conference has not been held, ask for a new one.",
    )
    OPENED = (
        409,
        "This link has been opened already, in another browser",
        (
            "It opens once, in one browser. If that was you, go back to that browser: what you "
            "wrote is there. If it was not you, or you cannot go back, ring us now: we will make a "
            "new link and the old one will stop working. Nothing that was written is lost."
        ),
    )
    SENT = (
        410,
        "This report has been sent",
        "The link is used up. If something in the report must change, ring us.",
    )
    CALLED_OFF = (
        410,
        "This conference is not being held",
        "No report is needed. If you are worried about a child, ring us.",
    )
    HELD = (
        410,
        "This conference has been held",
        (
            "It is too late for a report to be read at it. If you know something that it should "
            "have known, ring us."
        ),
    )

    @property
    def status(self) -> int:
        """The answer's status."""
        return self.value[0]

    @property
    def title(self) -> str:
        """What is so."""
        return self.value[1]

    @property
    def advice(self) -> str:
        """What to do."""
        return self.value[2]


class LinkClosed(Exception):
    """A link that opens nothing, or no more."""

    def __init__(self, why: Closed, link: ReportLink | None = None) -> None:
        super().__init__(why.title)
        self.why, self.link = why, link


def new_secret() -> str:
    """Something nobody can guess: 256 bits."""
    return secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """What is kept of a secret, and looked for by."""
    return hashlib.sha256(secret.encode()).hexdigest()


def expires_at(planned_from: datetime) -> datetime:
    """Until when a link made now can be used."""
    return min(timezone.now() + LASTS, planned_from)


def why_closed(link: ReportLink, *, browser: str = "") -> Closed | None:
    """Why this link opens nothing for a browser that shows this secret; None if it may write."""
    meeting = link.report.conference.meeting
    reasons = (
        (link.report.sent_at is not None, Closed.SENT),
        (meeting.cancelled_at is not None, Closed.CALLED_OFF),
        (meeting.held_at is not None, Closed.HELD),
        (link.replaced_at is not None, Closed.REPLACED),
        (link.expires_at <= timezone.now(), Closed.EXPIRED),
        (bool(link.browser) and not _is_same(link, browser), Closed.OPENED),
    )
    return next((why for is_so, why in reasons if is_so), None)


def _is_same(link: ReportLink, browser: str) -> bool:
    return bool(browser) and constant_time_compare(link.browser, digest_of(browser))
