"""The door to every page: set the worker, find the record, check the policy, note the look."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import pghistory
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.accounts.policy import Policy
from hearth.accounts.worker_context import set_worker


class SignedInRequest(HttpRequest):
    """A request whose user has signed in, as the middleware has made sure."""

    user: User


View = Callable[..., HttpResponse]
OUT_OF_SIGHT = "Not found, or not to be known of"


def guard(policy: Policy[Any]) -> Callable[[View], View]:
    """Open a view only to those its policy allows.

    A record the worker may not know about is not found (404); one they may know about but not do
    this to is refused with the reason (403). Looks, deeds and refusals all go to the trail.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            set_worker(request.user)
            with pghistory.context(worker=request.user.pk, page=policy.key):
                if policy.subject is None:
                    return _unlocked(view, request, policy, None, *args, **kwargs)
                subject = _find(request, policy, kwargs.pop(_id_in_url(policy)))
                return _unlocked(view, request, policy, subject, *args, **kwargs)

        guarded.policy = policy  # type: ignore[attr-defined]
        return guarded

    return wrap


def _id_in_url(policy: Policy[Any]) -> str:
    assert policy.subject is not None  # noqa: S101 - the caller has looked
    return f"{policy.subject._meta.model_name}_id"


def _find(request: SignedInRequest, policy: Policy[Any], pk: int) -> Any:
    assert policy.subject is not None  # noqa: S101 - the caller has looked
    try:
        return get_object_or_404(policy.subject.objects.visible_to(request.user), pk=pk)
    except Http404:
        request.refused = (policy.key, f"{policy.subject._meta.label}:{pk}", OUT_OF_SIGHT)  # type: ignore[attr-defined]
        raise


def _unlocked(
    view: View, request: SignedInRequest, policy: Policy[Any], subject: Any, *args: Any, **kw: Any
) -> HttpResponse:
    try:
        policy.require(request.user, subject)
    except PermissionDenied as refusal:
        named = f"{subject._meta.label}:{subject.pk}" if subject is not None else ""
        request.refused = (policy.key, named, str(refusal))  # type: ignore[attr-defined]
        raise
    trail.record(f"{request.method} {policy.key}", subject, by=request.user)
    if subject is None:
        return view(request, *args, **kw)
    return view(request, subject, *args, **kw)
