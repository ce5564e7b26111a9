"""The pages for what went wrong. The root addresses name these as Django's handlers."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse, HttpResponseServerError, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from hearth.design.middleware import wants_json


def reasons_in(error: Exception) -> list[str]:
    """The words of a refusal, given as one reason, several, or a list of them."""
    reasons: list[str] = []
    for argument in error.args:
        if isinstance(argument, str) or not isinstance(argument, Iterable):
            reasons.append(str(argument))
        else:
            reasons.extend(str(reason) for reason in argument)
    return reasons


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say why this worker may not do this."""
    reasons = reasons_in(exception)
    if wants_json(request):
        return JsonResponse({"reasons": reasons}, status=403)
    return render(request, "design/refused.html", {"reasons": reasons}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Say that there is nothing here, and nothing about what there might have been."""
    return render(request, "design/not_found.html", status=404)


def not_understood(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Say that the request made no sense."""
    return render(request, "design/not_understood.html", status=400)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """Say that the page was open too long to be sent (Django's CSRF_FAILURE_VIEW)."""
    return render(request, "design/form_expired.html", status=403)


def gone_wrong(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Say that the fault is ours, on a page that asks nothing of the database."""
    return HttpResponseServerError(render_to_string("design/gone_wrong.html"))
