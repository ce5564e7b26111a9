"""Documents: the list, taking one in, handing one out, and taking one back."""

from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from hearth.accounts.guard import SignedInRequest, guard
from hearth.lib.errors import CannotDo
from hearth.people.models import Person
from hearth.records import actions, policies, scanning, storage
from hearth.records.drafts import close_draft, open_draft
from hearth.records.forms.documents import ConfidentialForm, DocumentForm, FileForm
from hearth.records.forms.notes import ReasonForm
from hearth.records.models import Document, DocumentVersion
from hearth.records.reading import child_read, children_of, documents_of, siblings_of

NOTHING_RUNS = "sandbox; default-src 'none'; frame-ancestors 'none'"


@guard(policies.view_documents)
def documents(request: SignedInRequest, child: Person) -> HttpResponse:
    """A child's documents, the latest first."""
    withdrawn = request.GET.get("show") == "withdrawn"
    context = {
        "child": child,
        "current": "documents",
        "documents": documents_of(child, withdrawn=withdrawn),
        "withdrawn": withdrawn,
        "may_upload": policies.upload_document.allows(request.user, child),
    }
    return render(request, "records/documents.html", context)


@guard(policies.upload_document)
def upload_document(request: SignedInRequest, child: Person) -> HttpResponse:
    """Ask for a file, and what it is."""
    siblings = siblings_of(child, today=timezone.localdate())
    draft = open_draft(request, f"records.document.{child.pk}", about=[child.pk])
    form = DocumentForm(request.POST or None, request.FILES or None, siblings=siblings)
    if form.is_valid():
        answers = dict(form.cleaned_data)
        children = [child, *answers.pop("also", [])]
        document = actions.upload_document(children=children, by=request.user, **answers)
        close_draft(request, draft, "Document uploaded")
        return redirect(page_of(document, child))
    context = {"child": child, "form": form, "draft": draft}
    return render(request, "records/upload_document.html", context)


@guard(policies.read_document)
def read_document(request: SignedInRequest, document: Document) -> HttpResponse:
    """What a document is, its versions, and what may be done with it."""
    children = children_of(document)
    versions = document.versions.select_related("recorded_by").order_by("-number")
    context = {
        "child": child_read(request, children),
        "current": "documents",
        "children": children,
        "document": document,
        "versions": [
            (version, policies.download_document.refusals(request.user, version))
            for version in versions
        ],
        "has_scanner": scanning.is_set_up(),
        "may_add": policies.add_version.allows(request.user, document),
        "may_mark": policies.mark_confidential.allows(request.user, document),
        "may_withdraw": policies.withdraw_document.allows(request.user, document),
    }
    return render(request, "records/read_document.html", context)


@guard(policies.download_document)
def download_document(request: SignedInRequest, version: DocumentVersion) -> FileResponse:  # noqa: ARG001
    """Hand out a file to be saved: never shown in place, never run."""
    path = storage.path_of(version.stored_as)
    if not path.is_file():
        raise CannotDo("The file is not in the store. Tell whoever looks after Hearth here")
    response = FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=version.file_name,
        content_type=version.content_type,
    )
    response["Content-Security-Policy"] = NOTHING_RUNS
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response


@guard(policies.add_version)
def add_version(request: SignedInRequest, document: Document) -> HttpResponse:
    """Ask for a newer version of a document."""
    child = child_read(request, children_of(document))
    form = FileForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        actions.add_version(document=document, by=request.user, **form.cleaned_data)
        close_draft(request, None, "Newer version uploaded")
        return redirect(page_of(document, child))
    context = {"child": child, "form": form, "document": document}
    return render(request, "records/add_version.html", context)


@guard(policies.mark_confidential)
def mark_confidential(request: SignedInRequest, document: Document) -> HttpResponse:
    """Ask whether a document may be shown to the family."""
    child = child_read(request, children_of(document))
    known = {"confidential_from_family": document.confidential_from_family}
    form = ConfidentialForm(request.POST if request.method == "POST" else None, initial=known)
    if form.is_valid():
        actions.mark_confidential(document=document, by=request.user, **form.cleaned_data)
        close_draft(request, None, "Saved")
        return redirect(page_of(document, child))
    context = {"child": child, "form": form, "document": document}
    return render(request, "records/mark_confidential.html", context)


@guard(policies.withdraw_document)
def withdraw_document(request: SignedInRequest, document: Document) -> HttpResponse:
    """Ask why a document is withdrawn."""
    child = child_read(request, children_of(document))
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        actions.withdraw_document(document=document, by=request.user, **form.cleaned_data)
        close_draft(request, None, "The document was withdrawn")
        return redirect(page_of(document, child))
    context = {"child": child, "form": form, "document": document}
    return render(request, "records/withdraw_document.html", context)


@guard(policies.scan_again)
def scan_again(request: SignedInRequest, version: DocumentVersion) -> HttpResponse:
    """Ask the scanner once more about a file."""
    document = version.document
    if request.method == "POST":
        scanned = actions.scan_again(version=version, by=request.user)
        close_draft(request, None, scanned.get_scan_display())
    return redirect(page_of(document, child_read(request, children_of(document))))


def page_of(document: Document, child: Person) -> str:
    """Where a document is read on a child's record."""
    return f"{reverse('records:read_document', args=[document.pk])}?child={child.pk}"
