"""Taking a child's whole record out."""

from django.http import FileResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from hearth.accounts.guard import SignedInRequest, guard
from hearth.people.models import Person
from hearth.records import actions, policies
from hearth.records.forms.exporting import ExportForm


@guard(policies.export_record)
def export_record(request: SignedInRequest, child: Person) -> HttpResponseBase:
    """Ask why, say what is in it, and give it as one file."""
    form = ExportForm(request.POST or None)
    if form.is_valid():
        taken = actions.export_record(
            child=child, at=timezone.now(), by=request.user, **form.cleaned_data
        )
        response = FileResponse(taken.file, as_attachment=True, filename=taken.file_name)
        response["Cache-Control"] = "no-store"
        return response
    context = {"child": child, "current": "chronology", "form": form}
    return render(request, "records/export_record.html", context)
