"""Turn what an action could not do into a page that says so."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from hearth.lib.errors import CannotDo

CONFLICT = 409


def wants_json(request: HttpRequest) -> bool:
    """Whether the answer goes to a program and not to a page."""
    if request.content_type == "application/json":
        return True
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


class CannotDoMiddleware:
    """Show the reason, and lose nothing: the action has rolled back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer with the reason, and leave every other error alone."""
        if not isinstance(error, CannotDo):
            return None
        if wants_json(request):
            return JsonResponse({"reason": str(error)}, status=CONFLICT)
        return render(request, "design/cannot_do.html", {"reason": str(error)}, status=CONFLICT)
