"""Section 47 enquiries: listed, read, written, sent to a manager and decided."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone

from hearth.accounts.guard import SignedInRequest, guard
from hearth.design.forms import attempt
from hearth.protection import actions, policies
from hearth.protection.forms import enquiry as forms
from hearth.protection.forms.strategy import ReasonForm
from hearth.protection.models import Enquiry
from hearth.protection.pages import enquiry as pages
from hearth.protection.pages.frame import enquiry_frame
from hearth.protection.pages.lists import enquiry_list
from hearth.protection.pages.workers import social_workers
from hearth.protection.views.asking import Question, ask
from hearth.records.drafts import changed_since, close_draft, open_draft

DEEDS = (
    "write_enquiry",
    "submit_enquiry",
    "decide_enquiry",
    "agree_no_conference",
    "assign_enquiry",
    "cancel_enquiry",
    "record_told",
    "record_nights",
    "ask_return_home",
)


@guard(policies.enquiries)
def enquiries(request: SignedInRequest) -> HttpResponse:
    """The open enquiries, those with a child nobody has seen first."""
    context = enquiry_list(request.user, request.GET, today=timezone.localdate())
    return render(request, "protection/enquiries.html", context)


@guard(policies.enquiry)
def enquiry(request: SignedInRequest, enquiry: Enquiry) -> HttpResponse:
    """The whole enquiry on one page, with what is missing and where to put it right."""
    page = pages.enquiry_page(enquiry, "whole", worker=request.user, today=timezone.localdate())
    may = {name: getattr(policies, name).allows(request.user, enquiry) for name in DEEDS}
    context = {"page": page, "frame": page.frame, "may": may}
    return render(request, "protection/enquiry.html", context)


@guard(policies.write_enquiry)
def write_enquiry(request: SignedInRequest, enquiry: Enquiry) -> HttpResponse:
    """Ask about the family, then each child; anything may be left for later."""
    page = pages.Writing(
        enquiry, request.POST or None, worker=request.user, today=timezone.localdate()
    )
    draft = open_draft(request, f"protection.write.{enquiry.pk}", about=enquiry.about, shared=True)
    if page.is_valid() and attempt(
        page.form,
        lambda: actions.write_enquiry(enquiry=enquiry, by=request.user, **page.answers),
        draft=draft,
    ):
        close_draft(request, draft, "The enquiry is saved")
        return redirect("protection:enquiry", enquiry.pk)
    context = {
        "page": page,
        "frame": page.frame,
        "form": page.form,
        "parts": page.parts,
        "draft": draft,
        "changed": changed_since(draft, enquiry),
    }
    return render(request, "protection/write.html", context)


@guard(policies.assign_enquiry)
def assign_enquiry(request: SignedInRequest, enquiry: Enquiry) -> HttpResponse:
    """Ask which social worker leads, and who works on it with them."""
    today = timezone.localdate()
    form = forms.LeadForm(social_workers(today), request.POST or None)
    return ask(
        request,
        enquiry_frame(enquiry, "lead", worker=request.user, today=today),
        form,
        Question(
            title="Who leads this enquiry?",
            submit="Give them the enquiry",
            happens=["It is put on their list, and seeing each child with it. They are told."],
        ),
        do=lambda: actions.assign_enquiry(enquiry=enquiry, by=request.user, **form.cleaned_data),
        said="The enquiry was given",
        to=("enquiry", enquiry.pk),
        draft=open_draft(request, f"protection.lead.{enquiry.pk}", about=enquiry.about),
    )


@guard(policies.submit_enquiry)
def submit_enquiry(request: SignedInRequest, enquiry: Enquiry) -> HttpResponse:
    """List what is missing, with where to put it right; when nothing is, send it."""
    page = pages.check_page(enquiry, request.user, today=timezone.localdate())
    draft = open_draft(request, f"protection.check.{enquiry.pk}", about=enquiry.about)
    # A form with nothing left to ask is sent empty, and is whole.
    sent = request.POST if request.method == "POST" else None
    form = forms.SubmitForm(sent, is_late=page.is_late)
    if form.is_valid() and attempt(
        form,
        lambda: actions.submit_enquiry(enquiry=enquiry, by=request.user, **form.cleaned_data),
    ):
        close_draft(request, draft, "The enquiry was sent to a manager")
        return redirect("protection:enquiry", enquiry.pk)
    context = {"page": page, "frame": page.frame, "form": form, "draft": draft}
    return render(request, "protection/check.html", context)


@guard(policies.decide_enquiry)
def decide_enquiry(request: SignedInRequest, enquiry: Enquiry) -> HttpResponse:
    """Show what the decision rests on and what follows, and record it."""
    page = pages.enquiry_page(enquiry, "whole", worker=request.user, today=timezone.localdate())
    draft = open_draft(request, f"protection.decide.{enquiry.pk}", about=enquiry.about)
    form = forms.DecideForm(request.POST or None)
    if form.is_valid():
        is_agreed = form.cleaned_data["decision"] == forms.AUTHORISE
        do = actions.authorise_enquiry if is_agreed else actions.return_enquiry
        words = form.cleaned_data["comments"]
        if attempt(form, lambda: do(enquiry=enquiry, comments=words, by=request.user)):
            said = "The enquiry was authorised" if is_agreed else "The enquiry was returned"
            close_draft(request, draft, said)
            return redirect("protection:enquiry", enquiry.pk)
    context = {"page": page, "frame": page.frame, "form": form, "draft": draft}
    context["consequences"] = pages.consequences(page)
    return render(request, "protection/decide.html", context)


@guard(policies.agree_no_conference)
def agree_no_conference(request: SignedInRequest, enquiry: Enquiry) -> HttpResponse:
    """Ask a service manager why there need be no conference for a child who was harmed."""
    page = pages.enquiry_page(enquiry, "whole", worker=request.user, today=timezone.localdate())
    form = forms.NoConferenceForm(page.to_agree, request.POST or None)
    return ask(
        request,
        page.frame,
        form,
        Question(
            title="Agree that there is no conference",
            submit="Agree",
            happens=["The outcome may then be authorised. Your reason is kept with it."],
            above="protection/_outcomes.html",
            context={"page": page},
        ),
        do=lambda: actions.agree_no_conference(
            enquiry=enquiry, by=request.user, **form.cleaned_data
        ),
        said="Recorded that you agree",
        to=("enquiry", enquiry.pk),
        draft=open_draft(request, f"protection.none.{enquiry.pk}", about=enquiry.about),
    )


@guard(policies.cancel_enquiry)
def cancel_enquiry(request: SignedInRequest, enquiry: Enquiry) -> HttpResponse:
    """Ask why an enquiry does not go on, and end it."""
    form = ReasonForm(request.POST or None)
    return ask(
        request,
        enquiry_frame(enquiry, "whole", worker=request.user, today=timezone.localdate()),
        form,
        Question(
            title="Cancel this enquiry",
            submit="Cancel the enquiry",
            happens=["It ends today for every child in it, with no outcome."],
        ),
        do=lambda: actions.cancel_enquiry(enquiry=enquiry, by=request.user, **form.cleaned_data),
        said="The enquiry was cancelled",
        to=("enquiry", enquiry.pk),
        draft=open_draft(request, f"protection.cancel.{enquiry.pk}", about=enquiry.about),
    )


@guard(policies.record_told)
def record_told(request: SignedInRequest, enquiry: Enquiry) -> HttpResponse:
    """Ask when the family and the agencies were told in writing."""
    form = forms.ToldForm(
        request.POST or None,
        initial={
            "family_told_on": enquiry.family_told_on,
            "agencies_told_on": enquiry.agencies_told_on,
        },
    )
    return ask(
        request,
        enquiry_frame(enquiry, "whole", worker=request.user, today=timezone.localdate()),
        form,
        Question(title="Telling them what was found", submit="Record"),
        do=lambda: actions.record_told(enquiry=enquiry, by=request.user, **form.cleaned_data),
        said="Recorded when they were told",
        to=("enquiry", enquiry.pk),
        draft=open_draft(request, f"protection.told.{enquiry.pk}", about=enquiry.about),
    )


ONE = "enquiries/<int:enquiry_id>/"
patterns = [
    path("enquiries/", enquiries, name="enquiries"),
    path(ONE, enquiry, name="enquiry"),
    path(f"{ONE}write/", write_enquiry, name="write_enquiry"),
    path(f"{ONE}lead/", assign_enquiry, name="assign_enquiry"),
    path(f"{ONE}check/", submit_enquiry, name="submit_enquiry"),
    path(f"{ONE}decide/", decide_enquiry, name="decide_enquiry"),
    path(f"{ONE}no-conference/", agree_no_conference, name="agree_no_conference"),
    path(f"{ONE}cancel/", cancel_enquiry, name="cancel_enquiry"),
    path(f"{ONE}told/", record_told, name="record_told"),
]
