"""What stands between a request and every page: who is signed in, for how long, and how surely."""

from collections.abc import Callable
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone

from hearth.accounts import sessions, trail
from hearth.accounts.actions import system_worker
from hearth.accounts.guard import Refused
from hearth.accounts.models import User
from hearth.accounts.worker_context import acting_as
from hearth.design.middleware import wants_json

SIGNED_OUT = "You are signed out. Sign in again"
NEEDS_SECOND_FACTOR = "Set up your second factor first"
# Where somebody who must have a second factor, and has none, may go: to set it up, and out.
ENROLMENT = {
    "account_logout",
    "account_reauthenticate",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "accounts:session",
}

Handler = Callable[[HttpRequest], HttpResponse]


class SignedInMiddleware(LoginRequiredMiddleware):
    """Nobody goes further without signing in. A program is told so with 401, not sent to a page."""

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Any
    ) -> HttpResponseBase:
        """Send a person to sign in, and tell a program."""
        if wants_json(request) or request.headers.get("HX-Request"):
            return JsonResponse({"reason": SIGNED_OUT}, status=401)
        return super().handle_no_permission(request, view_func)


class SessionLimitsMiddleware:
    """Sign out whoever has done nothing for too long, or has been signed in too long."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Sign out, or note that somebody is still there, and pass the request on."""
        if request.user.is_authenticated:
            now = int(timezone.now().timestamp())
            if why := sessions.why_over(request.session, now):
                sessions.end(request, why)
            elif request.headers.get("X-Hearth-Asks") is None:
                sessions.still_here(request.session, now)
        return _kept_nowhere(self.get_response(request), request)


def _kept_nowhere(response: HttpResponse, request: HttpRequest) -> HttpResponse:
    """Have no browser keep a worker's page: after signing out, Back would show it to anybody."""
    if request.user.is_authenticated and not response.has_header("Cache-Control"):
        response["Cache-Control"] = "no-store"
    return response


class SecondFactorMiddleware:
    """Where a worker must have a second factor, let nobody without one go anywhere else."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponse | None:
        """Send them to set it up."""
        if not isinstance(request.user, User) or not needs_second_factor(request.user):
            return None
        place = request.resolver_match.view_name if request.resolver_match else ""
        if place in ENROLMENT or has_second_factor(request, request.user):
            return None
        if wants_json(request):
            return JsonResponse({"reason": NEEDS_SECOND_FACTOR}, status=403)
        return redirect("mfa_index")


def needs_second_factor(worker: User) -> bool:
    """Whether everybody must have one here, or one of this worker's roles must."""
    return settings.REQUIRE_SECOND_FACTOR or worker.has_role(*settings.SECOND_FACTOR_ROLES)


def has_second_factor(request: HttpRequest, worker: User) -> bool:
    """Whether this worker has one here, or the council's own sign-in asked them for one."""
    if request.session.get("second_factor"):
        return True
    records = get_authentication_records(request, worker)
    elsewhere = settings.OIDC_SECOND_FACTOR and any(
        record["method"] == "socialaccount" for record in records
    )
    if elsewhere or is_mfa_enabled(worker):
        request.session["second_factor"] = True
        return True
    return False


class RefusalMiddleware:
    """Write each refused look to the trail, after the refused page has rolled back."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, then note a refusal if the guard left one."""
        response = self.get_response(request)
        refused = getattr(request, "refused", None)
        if refused is not None and isinstance(request.user, User):
            note_refusal(refused, request.user)
        return response


@transaction.atomic
def note_refusal(refused: Refused, worker: User) -> None:
    """Write a refused look, about whoever the record is about, even if it may not be known of."""
    named, about = "", []
    if refused.model is not None:
        named = f"{refused.model._meta.label}:{refused.pk}"
        with acting_as(system_worker()):
            subject = refused.model.objects.filter(pk=refused.pk).first()
        about = trail.people_in(subject) if subject is not None else []
    trail.record(
        refused.what,
        None,
        by=worker,
        about=about,
        named=named,
        reason=refused.reason,
        kind=refused.kind,
    )
