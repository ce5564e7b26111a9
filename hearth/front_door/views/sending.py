"""Telling the referrer, and the threshold documents."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from hearth.accounts.guard import SignedInRequest, guard
from hearth.front_door import actions, forms, policies, process
from hearth.front_door.forms.parts import ask_why_late
from hearth.front_door.models import Feedback
from hearth.front_door.pages import sending as pages
from hearth.front_door.pages.queue import due_on
from hearth.records.drafts import close_draft, open_draft


@guard(policies.send_feedback)
def send_feedback(request: SignedInRequest, feedback: Feedback) -> HttpResponse:
    """Show the letter drafted from the record, and record that it was sent."""
    draft = open_draft(request, f"front_door.feedback.{feedback.pk}", about=feedback.about)
    form = forms.FeedbackForm(request.POST or None, initial={"text": feedback.text})
    ask_why_late(form, due_on(process.FEEDBACK, feedback.pk), timezone.localdate())
    if form.is_valid():
        actions.send_feedback(
            feedback=feedback, at=timezone.now(), by=request.user, **form.cleaned_data
        )
        close_draft(request, draft, "Recorded as sent")
        return redirect("front_door:contact", feedback.contact_id)
    refusals = policies.withhold_feedback.refusals(request.user, feedback)
    page = {"feedback": feedback, "form": form, "draft": draft, "refusals": refusals}
    return render(request, "front_door/send_feedback.html", page)


@guard(policies.send_feedback)
def print_feedback(request: SignedInRequest, feedback: Feedback) -> HttpResponse:
    """The letter alone, as it is printed."""
    letter = pages.letter_of(feedback)
    return render(request, "front_door/print_feedback.html", {"letter": letter})


@guard(policies.withhold_feedback)
def withhold_feedback(request: SignedInRequest, feedback: Feedback) -> HttpResponse:
    """Ask why a referrer is not to be told."""
    form = forms.WithholdForm(request.POST or None)
    if form.is_valid():
        actions.withhold_feedback(feedback=feedback, by=request.user, **form.cleaned_data)
        return redirect("front_door:contact", feedback.contact_id)
    page = {"feedback": feedback, "form": form}
    return render(request, "front_door/withhold_feedback.html", page)


@guard(policies.threshold_documents)
def threshold_documents(request: SignedInRequest) -> HttpResponse:
    """Every edition, and the one in force."""
    page = pages.editions(request.user, today=timezone.localdate())
    return render(request, "front_door/threshold_documents.html", {"page": page})


@guard(policies.publish_threshold_document)
def publish_threshold_document(request: SignedInRequest) -> HttpResponse:
    """Ask for a new edition and the day it comes into force."""
    form = forms.ThresholdForm(request.POST or None)
    if form.is_valid():
        actions.publish_threshold_document(by=request.user, **form.cleaned_data)
        return redirect("front_door:threshold_documents")
    return render(request, "front_door/publish_threshold_document.html", {"form": form})
