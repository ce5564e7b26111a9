"""How long a worker stays signed in: so long idle, so long in all."""

from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest

from hearth.accounts import trail
from hearth.accounts.models import TrailKind, User

BEGAN, SEEN, OVER = "began_at", "seen_at", "signed_out_because"
# A session is written at most this often, so that reading pages does not write each time.
STEP = 60

Session = MutableMapping[str, Any]


@dataclass(frozen=True, slots=True)
class Left:
    """How many seconds are left to a session; `is_last` when staying signed in cannot add to it."""

    seconds: int
    is_last: bool


def why_over(session: Session, now: int) -> str:
    """Why this session is over, in words; empty while it stands."""
    began, seen = session.get(BEGAN, now), session.get(SEEN, now)
    if now - began >= settings.LONGEST_SESSION:
        hours = settings.LONGEST_SESSION // 3600
        return f"You were signed out because you had been signed in for {hours} hours"
    if now - seen >= settings.IDLE_SESSION:
        minutes = settings.IDLE_SESSION // 60
        return f"You were signed out because nothing was done here for {minutes} minutes"
    return ""


def still_here(session: Session, now: int) -> None:
    """Note that the worker is still at work."""
    session.setdefault(BEGAN, now)
    if now - session.get(SEEN, 0) >= STEP:
        session[SEEN] = now


def left(session: Session, now: int) -> Left:
    """How long until this session is over if nothing more is done."""
    idle = session.get(SEEN, now) + settings.IDLE_SESSION - now
    longest = session.get(BEGAN, now) + settings.LONGEST_SESSION - now
    return Left(max(0, min(idle, longest)), longest <= idle)


def ends_by(session: Session, now: int) -> int:
    """The last moment this session can stand, however much is done in it, as seconds of the era."""
    return int(session.get(BEGAN, now)) + settings.LONGEST_SESSION


def end(request: HttpRequest, why: str) -> None:
    """Sign out, keeping only the reason, to be said on the sign-in page."""
    if isinstance(request.user, User):
        trail.record("Signed out", None, by=request.user, reason=why, kind=TrailKind.SIGN_IN)
    logout(request)
    request.session[OVER] = why
