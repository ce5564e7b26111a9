"""Checking a return from a page: its files, how far it has come, and what was found."""

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from hearth.accounts.guard import SignedInRequest, guard
from hearth.design.forms.attempts import attempt
from hearth.design.uploads import sent_too_much
from hearth.records.drafts import close_draft, open_draft
from hearth.returns import actions, checked_pages, policies
from hearth.returns.forms import CheckForm, KeepForm, YearForm
from hearth.returns.models import CheckedReturn, CheckState

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@guard(policies.home)
def home(request: SignedInRequest) -> HttpResponse:
    """What can be done with returns, and what this worker's checks found that is still held."""
    return render(request, "returns/home.html", {"held": checked_pages.held_by(request.user)})


@guard(policies.check_return)
def check_return(request: SignedInRequest) -> HttpResponse:
    """Ask which return, and for its files; and begin."""
    asked = {name: request.GET.get(name, "") for name in ("collection", "year")}
    too_much = sent_too_much(request)
    form = CheckForm(request.POST or None, request.FILES or None, initial=asked, too_much=too_much)
    if form.is_valid():
        checked = actions.start_check(by=request.user, **form.cleaned_data)
        return redirect("returns:view_check", checked.pk)
    return render(request, "returns/check_return.html", {"form": form})


@guard(policies.view_check)
def view_check(request: SignedInRequest, checked: CheckedReturn) -> HttpResponse:
    """How far a check has come; and once it is over, what each rule found, or why it could not be.

    The last answer to a page that watches has it drawn again, whole.
    """
    if "HX-Request" in request.headers:
        response = render(request, "returns/_check_progress.html", {"checked": checked})
        if checked.stands_still:
            response["HX-Refresh"] = "true"
        return response
    if checked.state == CheckState.NO_YEAR:
        return redirect("returns:say_year", checked.pk)
    if checked.state == CheckState.DONE:
        return _by_rule(request, checked)
    if checked.state == CheckState.REFUSED:
        shown = {"checked": checked, "refusal": checked_pages.refusal_of(checked)}
        return render(request, "returns/check_refused.html", shown)
    return render(request, "returns/check_progress.html", {"checked": checked})


@guard(policies.say_year)
def say_year(request: SignedInRequest, checked: CheckedReturn) -> HttpResponse:
    """Ask what year a return is of that does not show it, and go on with its files."""
    form = YearForm(request.POST or None)
    if form.is_valid() and attempt(
        form, lambda: actions.say_year(checked=checked, by=request.user, **form.cleaned_data)
    ):
        return redirect("returns:view_check", checked.pk)
    return render(request, "returns/check_year.html", {"checked": checked, "form": form})


def _by_rule(request: SignedInRequest, checked: CheckedReturn) -> HttpResponse:
    with checked_pages.found_in(checked) as found:
        shown = checked_pages.by_rule(found, request.GET.get("page"))
        context = {"checked": checked, "found": shown, "page": shown.page}
        return render(request, "returns/check_by_rule.html", context)


@guard(policies.view_check)
def children_of_check(request: SignedInRequest, checked: CheckedReturn) -> HttpResponse:
    """How much was found about each child, the most first."""
    with checked_pages.found_in(checked) as found:
        page = checked_pages.by_child(found, request.GET.get("page"))
        return render(request, "returns/check_by_child.html", {"checked": checked, "page": page})


@guard(policies.view_check)
def findings_of_check(request: SignedInRequest, checked: CheckedReturn) -> HttpResponse:
    """Every finding, narrowed to a rule, a severity, a table or a child."""
    with checked_pages.found_in(checked) as found:
        shown = checked_pages.page_of_findings(checked, found, request.GET, request.user)
        context = {"checked": checked, "found": shown, "page": shown.page}
        return render(request, "returns/check_findings.html", context)


@guard(policies.download_check)
def download_check(request: SignedInRequest, checked: CheckedReturn, kind: str) -> HttpResponseBase:
    """What was found as CSV or as an Excel workbook, narrowed as the list was."""
    wanted = checked_pages.wanted_in(request.GET)
    name = f"{checked.collection}-check-{checked.pk}.{kind}"
    checked_pages.refusal_of(checked)
    if kind == "xlsx":
        book = checked_pages.workbook_of(checked, wanted)
        return FileResponse(book, as_attachment=True, filename=name, content_type=EXCEL)
    response = StreamingHttpResponse(checked_pages.csv_of(checked, wanted), content_type="text/csv")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@guard(policies.keep_check)
def keep_check(request: SignedInRequest, checked: CheckedReturn) -> HttpResponse:
    """Ask why what was found is to be kept, and keep it."""
    draft = open_draft(request, f"returns.keep.{checked.pk}")
    form = KeepForm(request.POST or None)
    if form.is_valid() and attempt(
        form, lambda: actions.keep_check(checked=checked, by=request.user, **form.cleaned_data)
    ):
        close_draft(request, draft, "Kept until you delete it")
        return redirect("returns:view_check", checked.pk)
    context = {"checked": checked, "form": form, "draft": draft}
    return render(request, "returns/keep_check.html", context)


@guard(policies.delete_check)
@require_POST
def delete_check(request: SignedInRequest, checked: CheckedReturn) -> HttpResponse:
    """Remove what was found, now."""
    actions.delete_check(checked=checked, by=request.user)
    messages.success(request, "Deleted. Nothing of the return or of what was found is held")
    return redirect("returns:home")
