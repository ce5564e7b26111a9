"""Who is let past the door, and what is written when they are not."""

from collections.abc import Callable

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse

from hearth.accounts import trail
from hearth.design.middleware import wants_json


class SignedInMiddleware(LoginRequiredMiddleware):
    """Every page asks for a signed-in worker; a program is told so instead of shown a form."""

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        """Send a worker to sign in, and answer a script in its own terms."""
        if wants_json(request):
            return JsonResponse({"reason": "Sign in to go on"}, status=401)
        return super().handle_no_permission(request, view_func)


class RefusalMiddleware:
    """Write each refused look to the trail, after the refused page has rolled back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Take the next handler, as Django asks."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, then note a refusal if the guard left one."""
        response = self.get_response(request)
        if refused := getattr(request, "refused", None):
            key, named, reason = refused
            trail.record(
                f"Refused {key}",
                None,
                by=request.user,  # type: ignore[arg-type]
                about=[int(named.split(":")[1])] if named.startswith("people.Person:") else [],
                reason=f"{named} {reason}",
            )
        return response
