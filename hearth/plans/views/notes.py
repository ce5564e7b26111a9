"""The notes of a meeting: sent, received, and kept from whoever must not have them."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from hearth.accounts.guard import SignedInRequest, guard
from hearth.design.drafts import done
from hearth.design.forms import attempt
from hearth.plans import actions, policies
from hearth.plans.forms.meetings import ReceiptsForm
from hearth.plans.models import Meeting
from hearth.plans.pages.meeting import to_receive
from hearth.plans.pages.notes import notes_page
from hearth.records.drafts import close_draft, open_draft

SAID = {"keep": "Kept from them, with the reason", "give": "They may have the notes now"}


@guard(policies.send_notes)
def send_notes(request: SignedInRequest, meeting: Meeting) -> HttpResponse:
    """Ask to whom the notes went, and how; or from whom they are kept, and why."""
    page = notes_page(meeting, request.user, request.POST or None, today=timezone.localdate())
    draft = open_draft(request, f"plans.send.{meeting.pk}", about=meeting.about)
    deeds: dict[str, Any] = {
        "send": actions.send_notes,
        "keep": actions.keep_notes_from,
        "give": actions.give_notes_back,
    }
    form, do = page.form, deeds[page.deed]
    if form.is_valid() and attempt(
        form, lambda: do(meeting=meeting, by=request.user, **form.cleaned_data)
    ):
        if page.deed == "send":
            close_draft(request, draft, "Saved")
            return redirect("plans:meeting", meeting.pk)
        done(request, SAID[page.deed])
        return redirect("plans:send_notes", meeting.pk)
    context = {"meeting": meeting, "page": page, "form": form, "draft": draft}
    return render(request, "plans/send_notes.html", context)


@guard(policies.mark_received)
def mark_received(request: SignedInRequest, meeting: Meeting) -> HttpResponse:
    """Ask whom the notes have reached."""
    form = ReceiptsForm(request.POST or None, sendings=to_receive(meeting))
    draft = open_draft(request, f"plans.received.{meeting.pk}", about=meeting.about)
    if form.is_valid() and attempt(
        form, lambda: actions.mark_all_received(by=request.user, **form.cleaned_data)
    ):
        close_draft(request, draft, "Saved")
        return redirect("plans:meeting", meeting.pk)
    context = {"meeting": meeting, "form": form, "draft": draft}
    return render(request, "plans/mark_received.html", context)
