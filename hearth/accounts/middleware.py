"""What is written when a page is refused: the page's own transaction has been undone by then."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from hearth.accounts import trail


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
