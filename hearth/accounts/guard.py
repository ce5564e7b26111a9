"""The door to every page: set the worker, find the record, check the policy, note the look."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

import pghistory
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

from hearth.accounts import trail
from hearth.accounts.models import TrailKind, User
from hearth.accounts.policy import Policy
from hearth.accounts.worker_context import set_worker
from hearth.lib.errors import CannotDo


class SignedInRequest(HttpRequest):
    """A request whose user has signed in, as the middleware has made sure."""

    user: User


View = Callable[..., HttpResponseBase]
V = TypeVar("V", bound=Callable[..., HttpResponseBase])
OUT_OF_SIGHT = "Not found, or not to be known of"
COULD_NOT = "It could not be done, and nothing was recorded"


@dataclass(frozen=True, slots=True)
class Refused:
    """What the guard leaves on a request whose page was not opened, to be written to the trail."""

    what: str
    kind: TrailKind
    reason: str
    model: type[Any] | None
    pk: int | None


def guard(policy: Policy[Any]) -> Callable[[View], View]:
    """Open a view only to those its policy allows.

    A record the worker may not know about is not found (404); one they may know about but not do
    this to is refused with the reason (403). Looks, deeds and refusals all go to the trail: a look
    with the page itself, whatever undoes the page afterwards (`RefusalMiddleware`).
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            set_worker(request.user)
            pk = kwargs.pop(_id_in_url(policy)) if policy.subject is not None else None
            with pghistory.context(worker=request.user.pk, page=policy.key):
                try:
                    return _opened(view, request, policy, pk, *args, **kwargs)
                except (Http404, PermissionDenied, CannotDo) as stop:
                    request.refused = _refused(request, policy, pk, stop)  # type: ignore[attr-defined]
                    raise

        guarded.policy = policy  # type: ignore[attr-defined]
        return guarded

    return wrap


def unguarded(reason: str) -> Callable[[V], V]:
    """Mark the few views that no policy guards, with why: a test fails any other."""

    def wrap(view: V) -> V:
        view.unguarded_because = reason  # type: ignore[attr-defined]
        return view

    return wrap


def _opened(
    view: View, request: SignedInRequest, policy: Policy[Any], pk: int | None, *args: Any, **kw: Any
) -> HttpResponseBase:
    subject: Any = None
    if policy.subject is not None:
        subject = get_object_or_404(policy.subject.objects.visible_to(request.user), pk=pk)
    policy.require(request.user, subject)
    what = f"{request.method} {policy.key}"
    trail.record(what, subject, by=request.user, kind=TrailKind.LOOK)
    if subject is None:
        return view(request, *args, **kw)
    return view(request, subject, *args, **kw)


def _id_in_url(policy: Policy[Any]) -> str:
    assert policy.subject is not None  # noqa: S101 - the caller has looked
    return f"{policy.subject._meta.model_name}_id"


def _refused(request: HttpRequest, policy: Policy[Any], pk: int | None, stop: Exception) -> Refused:
    if isinstance(stop, CannotDo):
        # Not the words themselves: they may name a child, and the trail does not.
        what, kind, reason = f"{request.method} {policy.key}", TrailKind.LOOK, COULD_NOT
    else:
        reason = OUT_OF_SIGHT if isinstance(stop, Http404) else str(stop)
        what, kind = f"Refused {policy.key}", TrailKind.REFUSAL
    return Refused(what, kind, reason, policy.subject, pk)
