"""Case notes: the list of what was written, writing one, and putting one right."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from hearth.accounts.guard import SignedInRequest, guard
from hearth.accounts.roles import MANAGERS
from hearth.lib.text import tidy_line
from hearth.people.models import Person
from hearth.records import actions, policies
from hearth.records.drafts import changed_since, close_draft, open_draft
from hearth.records.forms.notes import (
    ContactLineForm,
    EditNoteForm,
    EditNotePart,
    NoteForm,
    NotePart,
    OversightForm,
    SignificanceOfNoteForm,
)
from hearth.records.forms.shared import named_parts
from hearth.records.models import CaseNote
from hearth.records.reading import (
    SHOWN,
    children_of,
    earlier_versions,
    lines,
    reading,
    siblings_of,
    written_about,
)

A_PAGE = 25


@guard(policies.view_notes)
def notes(request: SignedInRequest, child: Person) -> HttpResponse:
    """What was written about a child, the latest first."""
    show, text = request.GET.get("show", ""), tidy_line(request.GET.get("text", ""))[:200]
    show = show if show in SHOWN else ""
    page = Paginator(written_about(child, show=show, text=text), A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "child": child,
        "current": "notes",
        "page": page,
        "lines": lines(child, page),
        "shown": SHOWN,
        "show": show,
        "text": text,
        "contact_form": ContactLineForm(),
        "may_write": policies.record_note.allows(request.user, child),
        "may_jot": policies.record_contact_line.allows(request.user, child),
        "may_direct": policies.record_oversight.allows(request.user, child),
    }
    return render(request, "records/notes.html", context)


@guard(policies.record_note)
def record_note(request: SignedInRequest, child: Person) -> HttpResponse:
    """Ask what happened, for this child and any siblings it is about."""
    siblings = siblings_of(child, today=timezone.localdate())
    draft = open_draft(request, f"records.note.{child.pk}", about=[child.pk])
    form = NoteForm(request.POST or None)
    parts = named_parts(NotePart, [child, *siblings], data=request.POST or None)
    if form.is_valid() & parts.is_valid():
        included = [(c, answers) for c, answers in parts.cleaned_data if answers["included"]]
        note = actions.record_note(
            children=[c for c, _ in included],
            texts={c.pk: answers["text"] for c, answers in included},
            by=request.user,
            **form.cleaned_data,
        )
        close_draft(request, draft, "Note recorded")
        return redirect(page_of(note, child))
    context = {"child": child, "form": form, "parts": parts, "draft": draft}
    return render(request, "records/record_note.html", context)


@guard(policies.record_contact_line)
def record_contact_line(request: SignedInRequest, child: Person) -> HttpResponse:
    """Ask for routine contact in one line: it happened now."""
    draft = open_draft(request, f"records.contact-line.{child.pk}", about=[child.pk])
    form = ContactLineForm(request.POST or None)
    if form.is_valid():
        actions.record_note(
            children=[child], happened_at=timezone.now(), by=request.user, **form.cleaned_data
        )
        close_draft(request, draft, "Contact recorded")
        return redirect("records:notes", child.pk)
    context = {"child": child, "form": form, "draft": draft}
    return render(request, "records/record_contact_line.html", context)


@guard(policies.record_oversight)
def record_oversight(request: SignedInRequest, child: Person) -> HttpResponse:
    """Ask a manager for their direction, once for the whole sibling group."""
    siblings = siblings_of(child, today=timezone.localdate())
    draft = open_draft(request, f"records.oversight.{child.pk}", about=[child.pk])
    at = {"oversight_point": request.GET.get("at", "")}
    form = OversightForm(request.POST or None, initial=at)
    everyone = {sibling.pk: {"included": True} for sibling in siblings}
    parts = named_parts(NotePart, [child, *siblings], data=request.POST or None, initial=everyone)
    if form.is_valid() & parts.is_valid():
        included = [(c, answers) for c, answers in parts.cleaned_data if answers["included"]]
        note = actions.record_oversight(
            children=[c for c, _ in included],
            texts={c.pk: answers["text"] for c, answers in included},
            by=request.user,
            **form.cleaned_data,
        )
        close_draft(request, draft, "Direction recorded")
        return redirect(page_of(note, child))
    context = {"child": child, "form": form, "parts": parts, "draft": draft}
    return render(request, "records/record_oversight.html", context)


@guard(policies.read_note)
def read_note(request: SignedInRequest, note: CaseNote) -> HttpResponse:
    """One note, as it is read on one child's record."""
    read = reading(request, note)
    context = {
        "child": read.child,
        "current": "notes",
        "read": read,
        "note": note,
        "may": _may(request, note),
        "may_see_withdrawn": request.user.has_role(*MANAGERS),
    }
    return render(request, "records/read_note.html", context)


def _may(request: SignedInRequest, note: CaseNote) -> dict[str, bool]:
    asked = {
        "edit": policies.edit_note,
        "add": policies.add_to_note,
        "feedback": policies.feedback_on_note,
        "chronicle": policies.put_in_chronology,
        "withdraw": policies.withdraw_note,
    }
    return {verb: policy.allows(request.user, note) for verb, policy in asked.items()}


@guard(policies.edit_note)
def edit_note(request: SignedInRequest, note: CaseNote) -> HttpResponse:
    """Ask what a note should say, on the day it was written."""
    children = children_of(note)
    draft = open_draft(request, f"records.edit-note.{note.pk}", about=note.about)
    written: dict[int, Any] = {part.child_id: {"text": part.text} for part in note.parts.all()}
    form = EditNoteForm(request.POST or None, record=note, initial=vars(note))
    parts = named_parts(EditNotePart, children, data=request.POST or None, initial=written)
    if form.is_valid() & parts.is_valid():
        texts = {child.pk: answers["text"] for child, answers in parts.cleaned_data}
        actions.edit_note(note=note, texts=texts, by=request.user, **form.cleaned_data)
        close_draft(request, draft, "Note changed")
        return redirect(page_of(note, children[0]))
    context = {
        "child": children[0],
        "form": form,
        "parts": parts,
        "draft": draft,
        "note": note,
        "written": [(child, written[child.pk]["text"]) for child in children],
        "is_stale": form.is_stale or changed_since(draft, note),
    }
    return render(request, "records/edit_note.html", context)


@guard(policies.read_note)
def note_versions(request: SignedInRequest, note: CaseNote) -> HttpResponse:
    """What a note said before it was put right."""
    read = reading(request, note)
    context = {
        "child": read.child,
        "current": "notes",
        "read": read,
        "record": note,
        "versions": earlier_versions(note, read.child),
        "back": page_of(note, read.child),
    }
    return render(request, "records/versions.html", context)


@guard(policies.put_in_chronology)
def put_in_chronology(request: SignedInRequest, note: CaseNote) -> HttpResponse:
    """Ask how much a note matters that had seemed routine."""
    read = reading(request, note)
    form = SignificanceOfNoteForm(request.POST or None)
    if form.is_valid():
        actions.put_in_chronology(note=note, by=request.user, **form.cleaned_data)
        close_draft(request, None, "The note is in the chronology")
        return redirect(page_of(note, read.child))
    context = {"child": read.child, "form": form, "note": note, "read": read}
    return render(request, "records/put_in_chronology.html", context)


def page_of(note: CaseNote, child: Person) -> str:
    """Where a note is read on a child's record."""
    return f"{reverse('records:read_note', args=[note.pk])}?child={child.pk}"
