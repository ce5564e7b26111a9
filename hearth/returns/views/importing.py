"""Bringing a CIN census in from a page, with its progress."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from hearth.accounts.guard import SignedInRequest, guard
from hearth.casework.policies import unallocated
from hearth.design.uploads import sent_too_much
from hearth.returns import incoming, pages, policies
from hearth.returns.checking.plain_xml import CannotRead
from hearth.returns.forms import ImportForm
from hearth.returns.models import CensusImport


@guard(policies.import_census)
def import_census(request: SignedInRequest) -> HttpResponse:
    """Ask for the file, begin, and show how far it has come."""
    too_much = sent_too_much(request)
    form = ImportForm(request.POST or None, request.FILES or None, too_much=too_much)
    if form.is_valid():
        try:
            run = incoming.begin(by=request.user, **form.cleaned_data)
        except CannotRead as fault:
            form.add_error("file", str(fault))
        else:
            messages.success(request, f"{run.children} children are being brought in")
            return redirect("returns:import", run.pk)
    shown = {"form": form, "runs": pages.recent_imports()}
    return render(request, "returns/import_census.html", shown)


@guard(policies.view_import)
def view_import(request: SignedInRequest, run: CensusImport) -> HttpResponse:
    """How far an import has come, and what became of each child.

    The last answer to a page that watches has it drawn again, whole, with its list.
    """
    page = pages.page_of_import(
        run, state=request.GET.get("state", ""), number=request.GET.get("page")
    )
    whole = "HX-Request" not in request.headers
    template = "returns/import.html" if whole else "returns/_progress.html"
    may = unallocated.allows(request.user, None)
    shown = {"page": page.page, "run": run, "found": page, "may_allocate": may}
    response = render(request, template, shown)
    if run.is_over and not whole:
        response["HX-Refresh"] = "true"
    return response


@guard(policies.download_import)
def download_import(_request: SignedInRequest, run: CensusImport) -> HttpResponse:
    """Every line as CSV."""
    response = HttpResponse("".join(pages.as_csv(run)), content_type="text/csv")
    response["Content-Disposition"] = f'attachment; filename="import-{run.pk}.csv"'
    return response
