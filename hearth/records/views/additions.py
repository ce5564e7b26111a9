"""What is added to a note or a visit afterwards, and taking one back."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from hearth.accounts.guard import SignedInRequest, guard
from hearth.records import actions, policies
from hearth.records.drafts import close_draft, open_draft
from hearth.records.forms.notes import AddForm, FeedbackForm, ReasonForm
from hearth.records.models import CaseNote, Visit
from hearth.records.reading import Reading, reading

Record = CaseNote | Visit


@guard(policies.add_to_note)
def add_to_note(request: SignedInRequest, note: CaseNote) -> HttpResponse:
    """Ask what is to be added to a note."""
    return _add(request, note)


@guard(policies.add_to_visit)
def add_to_visit(request: SignedInRequest, visit: Visit) -> HttpResponse:
    """Ask what is to be added to a visit."""
    return _add(request, visit)


@guard(policies.feedback_on_note)
def feedback_on_note(request: SignedInRequest, note: CaseNote) -> HttpResponse:
    """Ask a manager for feedback on a note."""
    return _feedback(request, note)


@guard(policies.feedback_on_visit)
def feedback_on_visit(request: SignedInRequest, visit: Visit) -> HttpResponse:
    """Ask a manager for feedback on a visit."""
    return _feedback(request, visit)


@guard(policies.withdraw_note)
def withdraw_note(request: SignedInRequest, note: CaseNote) -> HttpResponse:
    """Ask why a note is withdrawn."""
    return _withdraw(request, note)


@guard(policies.withdraw_visit)
def withdraw_visit(request: SignedInRequest, visit: Visit) -> HttpResponse:
    """Ask why a visit is withdrawn."""
    return _withdraw(request, visit)


@guard(policies.feedback_on_note)
def mark_note_read(request: SignedInRequest, note: CaseNote) -> HttpResponse:
    """Note that a manager has read it."""
    return _mark_read(request, note)


@guard(policies.feedback_on_visit)
def mark_visit_read(request: SignedInRequest, visit: Visit) -> HttpResponse:
    """Note that a manager has read it."""
    return _mark_read(request, visit)


def _add(request: SignedInRequest, record: Record) -> HttpResponse:
    read = reading(request, record)
    draft = open_draft(request, f"records.add.{_name(record)}.{record.pk}", about=record.about)
    form = AddForm(request.POST or None, children=read.children)
    if form.is_valid():
        actions.add_addendum(written=record, by=request.user, **form.cleaned_data)
        close_draft(request, draft, "Added")
        return redirect(_page(record, read))
    words = f"Add to this {_name(record)}"
    return _ask(request, read, form=form, draft=draft, title=words, send="Add")


def _feedback(request: SignedInRequest, record: Record) -> HttpResponse:
    read = reading(request, record)
    draft = open_draft(request, f"records.feedback.{_name(record)}.{record.pk}", about=record.about)
    form = FeedbackForm(request.POST or None)
    if form.is_valid():
        actions.give_feedback(written=record, by=request.user, **form.cleaned_data)
        close_draft(request, draft, "Feedback given")
        return redirect(_page(record, read))
    words = f"Give feedback on this {_name(record)}"
    return _ask(request, read, form=form, draft=draft, title=words, send="Give feedback")


def _withdraw(request: SignedInRequest, record: Record) -> HttpResponse:
    read = reading(request, record)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        actions.withdraw_written(written=record, by=request.user, **form.cleaned_data)
        close_draft(request, None, f"The {_name(record)} was withdrawn")
        return redirect(_page(record, read))
    words = f"Withdraw this {_name(record)}"
    return _ask(request, read, form=form, draft=None, title=words, send="Withdraw it")


def _mark_read(request: SignedInRequest, record: Record) -> HttpResponse:
    read = reading(request, record)
    if request.method == "POST":
        actions.mark_read(written=record, by=request.user)
    return redirect(_page(record, read))


def _ask(request: SignedInRequest, read: Reading, **context: Any) -> HttpResponse:
    given = {
        "child": read.child,
        "read": read,
        "back": _page(read.record, read),
        "withdrawing": isinstance(context["form"], ReasonForm),
        "what": _name(read.record),
    }
    return render(request, "records/ask_of_written.html", given | context)


def _name(record: Record) -> str:
    return "note" if isinstance(record, CaseNote) else "visit"


def _page(record: Record, read: Reading) -> str:
    return f"{reverse(f'records:read_{_name(record)}', args=[record.pk])}?child={read.child.pk}"
