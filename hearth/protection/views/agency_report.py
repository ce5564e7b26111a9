"""The pages of an agency's report: opened by a link, once, by somebody with no account.

No policy guards them, for there is nobody to ask one about: the link does. Until it is opened by
hand a page says nothing of anybody, so that a link that was forwarded, or that a mail scanner
followed, tells nothing and is not used up.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from hearth.accounts.actions import system_worker
from hearth.accounts.guard import unguarded
from hearth.accounts.worker_context import acting_as
from hearth.design.forms import attempt
from hearth.protection import actions
from hearth.protection.actions.agency_reports import link_in_use, link_of, telephone_for
from hearth.protection.models import AgencyReport, ReportLink
from hearth.protection.pages.agency_report import AgencyPage, agency_page
from hearth.protection.report_links import Closed, LinkClosed, digest_of

COOKIE = "hearth_report"
SALT = "hearth.protection.agency-report"
REASON = "An agency has no account: an unguessable link, opened once, stands in the place of one"
# Shorter than any sentence: not what anybody would miss.
WORTH_KEEPING = 12
View = Callable[..., HttpResponse]


def _by_link(view: View) -> View:
    """Open a page to whoever holds a link: as Hearth itself, not too often, and saying why not."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not _may_ask_again(request):
            return render(request, "429.html", status=429)
        try:
            with acting_as(system_worker()):
                return view(request, *args, **kwargs)
        except LinkClosed as closed:
            return _closed(request, closed)

    return never_cache(unguarded(REASON)(login_not_required(opened)))


def _may_ask_again(request: HttpRequest) -> bool:
    """Whether this address has asked seldom enough: the library's public half counts no look."""
    rates = {"agency_report": settings.AGENCY_REPORT_RATE}
    asked = ratelimit.consume(
        request, app="hearth.protection", action="agency_report", config=rates, limit_get=True
    )
    return asked is not None


def _closed(request: HttpRequest, closed: LinkClosed) -> HttpResponse:
    """Say why it is closed, and whom to ring."""
    actions.refuse_report_link(closed=closed, by=system_worker())
    with acting_as(system_worker()):
        telephone = telephone_for(closed.link.report if closed.link else None)
    typed = [str(words) for name, words in request.POST.items() if name != "csrfmiddlewaretoken"]
    typed = [words for words in typed if len(words) > WORTH_KEEPING]
    if closed.link is not None and closed.link.report.sent_at is not None:
        typed = _not_in_it(request, closed.link, typed)
    context = {"why": closed.why, "telephone": telephone, "typed": typed}
    if request.headers.get("X-Hearth-Saves"):
        return JsonResponse({"reason": closed.why.title}, status=closed.why.status)
    page = "protection/agency/closed.html"
    return render(request, page, context, status=closed.why.status)


def _not_in_it(request: HttpRequest, link: ReportLink, typed: list[str]) -> list[str]:
    """What is not in a report that was sent: asked again because the answer was lost, nothing.

    Told to the browser that wrote it alone, lest anybody else try words to see what it says.
    """
    try:
        pk, browser = _shown(request)
    except LinkClosed:
        return typed
    if pk != link.pk or digest_of(browser) != link.browser:
        return typed
    with acting_as(system_worker()):
        saved = {_plain(words) for words in agency_page(link.report, None, None).saved_words}
    return [words for words in typed if _plain(words) not in saved]


def _plain(words: str) -> str:
    return " ".join(words.split())


@_by_link
def agency_link(request: HttpRequest, secret: str) -> HttpResponse:
    """Say that the link opens once; open it when its button is pressed."""
    if request.method != "POST":
        link = link_of(secret)
        context = {"until": link.expires_at, "telephone": telephone_for(link.report)}
        return render(request, "protection/agency/open.html", context)
    link, browser = actions.open_report_link(secret=secret, by=system_worker())
    response = redirect("protection:agency_report")
    _give(response, link, browser)
    return response


def _give(response: HttpResponse, link: ReportLink, browser: str) -> None:
    """Let this browser alone go on with the report, until the link expires."""
    response.set_cookie(
        COOKIE,
        signing.dumps([link.pk, browser], salt=SALT),
        expires=link.expires_at,
        path=reverse("protection:agency_report"),
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def _shown(request: HttpRequest) -> tuple[int, str]:
    """What this browser was given when it opened its link."""
    try:
        pk, browser = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        raise LinkClosed(Closed.UNKNOWN) from None
    return pk, browser


@_by_link
def agency_report(request: HttpRequest) -> HttpResponse:
    """Ask for the report, child by child; save it as often as wanted; send it once."""
    pk, browser = _shown(request)
    link = link_in_use(pk, browser)
    page = agency_page(link.report, request.POST or None, request.FILES or None)
    kept: list[AgencyReport] = []
    is_kept = (
        request.method == "POST"
        and page.is_valid()
        and attempt(page.form, lambda: kept.append(_kept(page, link, browser, request)))
    )
    if request.headers.get("X-Hearth-Saves"):
        return _answered(kept)
    if is_kept and "send" in request.POST:
        return _receipt(request, kept[0])
    if is_kept:
        return redirect(f"{reverse('protection:agency_report')}?saved=yes")
    context = {
        "page": page,
        "form": page.form,
        "form_groups": [page.parts],
        "saved": "saved" in request.GET,
    }
    context["telephone"] = telephone_for(link.report)
    return render(request, "protection/agency/write.html", context)


def _answered(kept: list[AgencyReport]) -> HttpResponse:
    """Tell the page's own script whether what was typed is saved, and under which version."""
    if not kept:
        return JsonResponse({"reason": "Press Save to see what is wrong"}, status=409)
    return JsonResponse({"version": kept[0].version})


def _kept(page: AgencyPage, link: ReportLink, browser: str, request: HttpRequest) -> AgencyReport:
    do = actions.send_agency_report if "send" in request.POST else actions.save_agency_report
    return do(
        link=link,
        browser=browser,
        version=page.form.cleaned_data["version"],
        said=page.said(),
        by=system_worker(),
    )


def _receipt(request: HttpRequest, report: AgencyReport) -> HttpResponse:
    """Say that it has come, and forget the browser: the link is used up."""
    context = {"report": report, "telephone": telephone_for(report)}
    response = render(request, "protection/agency/receipt.html", context)
    response.delete_cookie(COOKIE, path=reverse("protection:agency_report"), samesite="Lax")
    return response
