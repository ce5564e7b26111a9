"""Building a CIN census from a page: its progress, its reconciliation, and the file."""

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from hearth.accounts.guard import SignedInRequest, guard
from hearth.design.forms.attempts import attempt
from hearth.lib.errors import CannotDo
from hearth.records import storage
from hearth.returns import actions, outgoing, policies, reconciling
from hearth.returns.build_forms import BuildForm, SubmittedForm
from hearth.returns.models import CensusBuild


@guard(policies.build_census)
def build_census(request: SignedInRequest) -> HttpResponse:
    """Ask which year's, as at when; begin, and show how far it has come."""
    form = BuildForm(request.POST or None)
    if form.is_valid():
        try:
            build = outgoing.begin(today=timezone.localdate(), by=request.user, **form.cleaned_data)
        except CannotDo as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"The census of {build.year} is being built")
            return redirect("returns:build", build.pk)
    shown = {"form": form, "builds": reconciling.recent_builds()}
    return render(request, "returns/build_census.html", shown)


@guard(policies.view_build)
def view_build(request: SignedInRequest, build: CensusBuild) -> HttpResponse:
    """How far a build has come; what is in the file; and who is left out, and why.

    The last answer to a page that watches has it drawn again, whole, with its list.
    """
    if "HX-Request" in request.headers:
        response = render(request, "returns/_build_progress.html", {"build": build})
        if build.is_over:
            response["HX-Refresh"] = "true"
        return response
    found = reconciling.page_of_build(
        build, reason=request.GET.get("reason", ""), number=request.GET.get("page")
    )
    may = {
        "again": policies.build_again.allows(request.user, build),
        "submit": policies.submit_build.allows(request.user, build),
        "delete": policies.delete_build.allows(request.user, build),
    }
    shown = {"page": found.page, "build": build, "found": found, "may": may}
    return render(request, "returns/build.html", shown)


@guard(policies.download_build)
def download_build(_request: SignedInRequest, build: CensusBuild) -> FileResponse:
    """The file, to be saved: never shown in place."""
    path = storage.path_of(build.stored_as)
    if not path.is_file():
        raise CannotDo("The file is not in the store. Tell whoever looks after Hearth here")
    response = FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=build.file_name,
        content_type="application/xml",
    )
    response["Cache-Control"] = "no-store"
    return response


@guard(policies.download_reconciliation)
def download_reconciliation(_request: SignedInRequest, build: CensusBuild) -> HttpResponse:
    """Every count, and every line that this worker may know of, as CSV."""
    response = HttpResponse("".join(reconciling.as_csv(build)), content_type="text/csv")
    name = f"cin-census-{build.year}-{build.pk}-left-out.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@guard(policies.build_again)
def build_again(request: SignedInRequest, build: CensusBuild) -> HttpResponse:
    """Build the same file again, having said what that means."""
    if request.method == "POST":
        again = outgoing.begin_again(build=build, today=timezone.localdate(), by=request.user)
        messages.success(request, f"The census of {build.year} is being built again")
        return redirect("returns:build", again.pk)
    return render(request, "returns/build_again.html", {"build": build})


@require_POST
@guard(policies.check_build)
def check_build(request: SignedInRequest, build: CensusBuild) -> HttpResponse:
    """Have the file checked for this worker: each finding leads to the page that mends it."""
    checked = outgoing.check(build=build, by=request.user)
    return redirect("returns:view_check", checked.pk)


@guard(policies.submit_build)
def submit_build(request: SignedInRequest, build: CensusBuild) -> HttpResponse:
    """Say that this file was sent to the Department."""
    form = SubmittedForm(request.POST or None)
    if form.is_valid() and attempt(
        form,
        lambda: actions.mark_submitted(
            build=build, today=timezone.localdate(), by=request.user, **form.cleaned_data
        ),
    ):
        messages.success(request, f"The census of {build.year} is marked as submitted")
        return redirect("returns:build", build.pk)
    return render(request, "returns/submit_build.html", {"form": form, "build": build})


@guard(policies.delete_build)
def delete_build(request: SignedInRequest, build: CensusBuild) -> HttpResponse:
    """Delete the file, having said what stays."""
    if request.method == "POST":
        actions.delete_build(build=build, by=request.user)
        messages.success(request, "The file is deleted")
        return redirect("returns:build", build.pk)
    return render(request, "returns/delete_build.html", {"build": build})
