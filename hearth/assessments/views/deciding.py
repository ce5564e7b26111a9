"""Sending an assessment, deciding on it, reviewing it, ending it and adding to it."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from hearth.accounts.guard import SignedInRequest, guard
from hearth.assessments import actions, policies
from hearth.assessments.forms.deciding import (
    AUTHORISE,
    AddForm,
    CancelForm,
    DecisionForm,
    ReviewPointForm,
    SubmitForm,
)
from hearth.assessments.models import Assessment
from hearth.assessments.pages.deciding import check_page, decide_page, versions_page
from hearth.assessments.pages.reviewing import review_page
from hearth.records.drafts import close_draft, open_draft


@guard(policies.submit_assessment)
def submit_assessment(request: SignedInRequest, assessment: Assessment) -> HttpResponse:
    """List what is missing, with where to put it right; when nothing is, send it."""
    today = timezone.localdate()
    page = check_page(assessment, request.user, today=today)
    draft = open_draft(request, f"assessments.{assessment.pk}.check", about=assessment.about)
    # A form with nothing left to ask is sent empty, and is whole.
    sent = request.POST if request.method == "POST" else None
    form = SubmitForm(sent, is_late=page.is_late, has_cautions=bool(page.cautions))
    if form.is_valid():
        actions.submit_assessment(
            assessment=assessment, on=today, by=request.user, **form.cleaned_data
        )
        close_draft(request, draft, f"{assessment} sent to a manager")
        return redirect("assessments:open_assessment", assessment.pk)
    context = {"page": page, "frame": page.frame, "form": form, "draft": draft}
    return render(request, "assessments/check.html", context)


@guard(policies.decide_assessment)
def decide_assessment(request: SignedInRequest, assessment: Assessment) -> HttpResponse:
    """Show what the decision rests on and what follows, and record it."""
    today = timezone.localdate()
    page = decide_page(assessment, today=today)
    draft = open_draft(request, f"assessments.{assessment.pk}.decide", about=assessment.about)
    form = DecisionForm(request.POST or None, unseen=page.unseen)
    if form.is_valid():
        words = form.cleaned_data["words"]
        if form.cleaned_data["decision"] == AUTHORISE:
            actions.authorise_assessment(
                assessment=assessment,
                rationale=words,
                not_seen=form.not_seen,
                on=today,
                by=request.user,
            )
            close_draft(request, draft, f"{assessment} authorised")
        else:
            actions.return_assessment(assessment=assessment, comments=words, by=request.user)
            close_draft(request, draft, f"{assessment} returned")
        return redirect("assessments:open_assessment", assessment.pk)
    context = {"page": page, "frame": page.frame, "form": form, "draft": draft}
    return render(request, "assessments/decide.html", context)


@guard(policies.open_assessment)
def versions(
    request: SignedInRequest, assessment: Assessment, number: int | None = None
) -> HttpResponse:
    """A version as it was sent beside the one after it, with the differences marked."""
    page = versions_page(assessment, number, today=timezone.localdate())
    if page is None:
        raise Http404
    return render(request, "assessments/versions.html", {"page": page, "frame": page.frame})


@guard(policies.review_point)
def review_point(request: SignedInRequest, assessment: Assessment) -> HttpResponse:
    """Ask a manager what they found half-way, and what is to happen now."""
    today = timezone.localdate()
    page = review_page(assessment, today=today)
    draft = open_draft(request, f"assessments.{assessment.pk}.review", about=assessment.about)
    form = ReviewPointForm(request.POST or None, initial={"held_on": today}, is_late=page.is_late)
    if form.is_valid():
        actions.record_review_point(
            assessment=assessment, on=today, by=request.user, **form.cleaned_data
        )
        close_draft(request, draft, "Review recorded")
        return redirect("assessments:open_assessment", assessment.pk)
    context = {"page": page, "frame": page.frame, "form": form, "draft": draft}
    return render(request, "assessments/review.html", context)


@guard(policies.cancel_assessment)
def cancel_assessment(request: SignedInRequest, assessment: Assessment) -> HttpResponse:
    """Ask why an assessment is not to go on, and end it."""
    today = timezone.localdate()
    draft = open_draft(request, f"assessments.{assessment.pk}.cancel", about=assessment.about)
    form = CancelForm(request.POST or None)
    if form.is_valid():
        actions.cancel_assessment(
            assessment=assessment, on=today, by=request.user, **form.cleaned_data
        )
        close_draft(request, draft, f"{assessment} cancelled")
        return redirect("assessments:open_assessment", assessment.pk)
    page = review_page(assessment, today=today)
    context = {"page": page, "frame": page.frame, "form": form, "draft": draft}
    return render(request, "assessments/cancel.html", context)


@guard(policies.add_to_assessment)
def add_to_assessment(request: SignedInRequest, assessment: Assessment) -> HttpResponse:
    """Ask what is to be added to an authorised assessment."""
    draft = open_draft(request, f"assessments.{assessment.pk}.add", about=assessment.about)
    form = AddForm(request.POST or None)
    if form.is_valid():
        actions.add_to_assessment(assessment=assessment, by=request.user, **form.cleaned_data)
        close_draft(request, draft, "Added")
        return redirect("assessments:open_assessment", assessment.pk)
    page = review_page(assessment, today=timezone.localdate())
    context = {"page": page, "frame": page.frame, "form": form, "draft": draft}
    return render(request, "assessments/add.html", context)
