"""The pages of signals: why the figures signal, what came of it, and how the charts are read."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from hearth.accounts.guard import SignedInRequest, guard
from hearth.design.drafts import done
from hearth.design.forms import attempt
from hearth.quality import actions, policies
from hearth.quality.flow.signalled import line_of, page_of
from hearth.quality.forms import AfreshForm, ConcludeForm, NoteForm, WhyForm
from hearth.quality.models import ChartNote, Signal
from hearth.records.drafts import close_draft, open_draft


@guard(policies.signal)
def signal(request: SignedInRequest, signal: Signal) -> HttpResponse:
    """A signal: the rule, the months, who was told, what was asked and what was found."""
    page = page_of(signal, request.user, today=timezone.localdate())
    return render(request, "quality/signal.html", {"page": page})


@guard(policies.open_investigation)
def open_investigation(request: SignedInRequest, signal: Signal) -> HttpResponse:
    """Ask why."""
    draft = open_draft(request, f"quality.why.{signal.pk}")
    form = WhyForm(request.POST or None)
    if form.is_valid() and attempt(
        form,
        lambda: actions.open_investigation(signal=signal, by=request.user, **form.cleaned_data),
    ):
        close_draft(request, draft, "The question is on the record")
        return redirect("quality:signal", signal.pk)
    context = {"line": line_of(signal), "form": form, "draft": draft}
    return render(request, "quality/why.html", context)


@guard(policies.conclude_investigation)
def conclude_investigation(request: SignedInRequest, signal: Signal) -> HttpResponse:
    """Say what was found and what is decided."""
    draft = open_draft(request, f"quality.conclude.{signal.pk}")
    form = ConcludeForm(request.POST or None)
    if form.is_valid() and attempt(
        form,
        lambda: actions.conclude_investigation(signal=signal, by=request.user, **form.cleaned_data),
    ):
        close_draft(request, draft, "The decision is on the record")
        return redirect("quality:signal", signal.pk)
    context = {"line": line_of(signal), "form": form, "draft": draft}
    return render(request, "quality/conclude.html", context)


@guard(policies.note_month)
def note_month(request: SignedInRequest) -> HttpResponse:
    """Note what changed in a month."""
    draft = open_draft(request, "quality.note_month")
    form = NoteForm(request.POST or None)
    if form.is_valid() and attempt(
        form, lambda: actions.note_month(by=request.user, **form.cleaned_data)
    ):
        close_draft(request, draft, "Noted on the charts")
        return redirect("quality:months")
    return render(request, "quality/note.html", {"form": form, "draft": draft})


@require_POST
@guard(policies.withdraw_note)
def withdraw_note(request: SignedInRequest, chartnote: ChartNote) -> HttpResponse:
    """Take back a note that was wrong."""
    actions.withdraw_note(note=chartnote, by=request.user)
    done(request, "The note was taken back")
    return redirect("quality:months")


@guard(policies.begin_afresh)
def begin_afresh(request: SignedInRequest) -> HttpResponse:
    """Begin a chart's limits afresh."""
    draft = open_draft(request, "quality.begin_afresh")
    form = AfreshForm(request.POST or None)
    if form.is_valid() and attempt(
        form, lambda: actions.begin_afresh(by=request.user, **form.cleaned_data)
    ):
        close_draft(request, draft, "The limits begin afresh from that month")
        return redirect("quality:months")
    return render(request, "quality/afresh.html", {"form": form, "draft": draft})
