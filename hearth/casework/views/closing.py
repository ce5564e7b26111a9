"""Asking for a family's episodes to be closed, and deciding it."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from hearth.accounts.guard import SignedInRequest, guard
from hearth.casework import actions, policies
from hearth.casework.forms.closing import ClosingForm, ClosingPartForm, DecideClosingForm, parts_of
from hearth.casework.models import Closing, Episode
from hearth.casework.pages import closing as pages
from hearth.design.forms import ChildParts, attempt
from hearth.records.drafts import close_draft, open_draft


@guard(policies.ask_to_close)
def ask_to_close(request: SignedInRequest, episode: Episode) -> HttpResponse:
    """Write the closing of a family, child by child, and send it to a manager."""
    today = timezone.localdate()
    page = pages.asking(episode, today=today)
    draft = open_draft(request, f"casework.close.{episode.pk}", about=page.about)
    form = ClosingForm(request.POST or None, initial=page.said, today=today)
    parts = ChildParts(
        ClosingPartForm, page.children, data=request.POST or None, initial=page.said_of_each
    )
    for part in parts:
        part.form.fit(**page.fits(part.child), today=today)  # type: ignore[attr-defined]
    if (form.is_valid() & parts.is_valid()) and attempt(
        form,
        lambda: actions.ask_to_close(
            parts=parts_of(parts.cleaned_data, page.episodes),
            **form.cleaned_data,
            by=request.user,
        ),
    ):
        close_draft(request, draft, "Sent to a manager, who decides whether to close")
        return redirect("casework:episode", episode.pk)
    context = {"page": page, "form": form, "parts": parts, "draft": draft}
    return render(request, "casework/ask_to_close.html", context)


@guard(policies.closing)
def closing(request: SignedInRequest, closing: Closing) -> HttpResponse:
    """What was said when it was asked to close, and what was decided."""
    page = pages.page_of(closing, request.user)
    form = DecideClosingForm() if not page.refusals else None
    return render(request, "casework/closing.html", {"page": page, "form": form})


@guard(policies.decide_closing)
def decide_closing(request: SignedInRequest, closing: Closing) -> HttpResponse:
    """Agree it, or return it."""
    draft = open_draft(request, f"casework.decide_closing.{closing.pk}", about=closing.about)
    form = DecideClosingForm(request.POST or None)
    if form.is_valid() and attempt(form, lambda: _decide(request, closing, form)):
        agreed = form.cleaned_data["decision"] == "agree"
        close_draft(request, draft, "Closed" if agreed else "Returned to be changed")
        return redirect("casework:closing", closing.pk)
    page = pages.page_of(closing, request.user)
    context = {"page": page, "form": form, "draft": draft}
    return render(request, "casework/closing.html", context)


def _decide(request: SignedInRequest, closing: Closing, form: DecideClosingForm) -> None:
    said = form.cleaned_data
    decide = actions.agree_closing if said["decision"] == "agree" else actions.return_closing
    decide(closing=closing, comments=said["comments"], by=request.user)
