"""Papers that keep a child safe: listed, written, read, signed, changed, ended."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone

from hearth.accounts.guard import SignedInRequest, guard
from hearth.plans.models import Plan
from hearth.protection import actions, policies
from hearth.protection.forms import agreements as forms
from hearth.protection.models import Enquiry, SafetyAgreement
from hearth.protection.pages import agreements as pages
from hearth.protection.pages.frame import agreement_frame, enquiry_frame
from hearth.protection.pages.lists import agreement_list
from hearth.protection.reading import read
from hearth.protection.views.asking import Question, ask
from hearth.records.drafts import open_draft

SIGNED = "It does not hold until a manager who did not write it has signed it."


@guard(policies.agreements)
def agreements(request: SignedInRequest) -> HttpResponse:
    """Papers that no manager has signed, and those to be looked at again."""
    context = agreement_list(request.user, request.GET, today=timezone.localdate())
    return render(request, "protection/agreements.html", context)


@guard(policies.write_agreement)
def enquiry_agreements(request: SignedInRequest, enquiry: Enquiry) -> HttpResponse:
    """Show the papers of an enquiry and who went home, and ask for a new paper."""
    today, reading = timezone.localdate(), read(enquiry)
    children = [child.child for child in reading.children]
    form = forms.AgreementForm(children, request.POST or None)
    question = Question(
        title="Agreements and going home",
        submit="Save it, for a manager to sign",
        happens=[SIGNED],
        above="protection/_papers.html",
        context={"reading": reading, "papers": pages.states(reading.agreements, today)},
    )
    return ask(
        request,
        enquiry_frame(
            enquiry, "agreements", worker=request.user, today=today, children=reading.people
        ),
        form,
        question,
        do=lambda: actions.write_agreement(enquiry=enquiry, by=request.user, **form.cleaned_data),
        said="Saved. A manager must sign it",
        to=("enquiry_agreements", enquiry.pk),
        draft=open_draft(request, f"protection.paper.{enquiry.pk}", about=enquiry.about),
    )


@guard(policies.agreement)
def agreement(request: SignedInRequest, agreement: SafetyAgreement) -> HttpResponse:
    """A paper in this version, who signed it, and what may be done."""
    page = pages.agreement_page(agreement, today=timezone.localdate())
    names = (
        "sign_agreement",
        "confirm_agreement",
        "record_signature",
        "change_agreement",
        "end_agreement",
    )
    may = {name: getattr(policies, name).allows(request.user, agreement) for name in names}
    context = {"page": page, "frame": page.frame, "may": may}
    return render(request, "protection/agreement.html", context)


@guard(policies.sign_agreement)
def sign_agreement(request: SignedInRequest, agreement: SafetyAgreement) -> HttpResponse:
    """Show what is signed, and sign it."""
    page = pages.agreement_page(agreement, today=timezone.localdate())
    form = forms.SignForm(request.POST or None)
    return ask(
        request,
        page.frame,
        form,
        Question(
            title=f"Sign: {str(agreement).lower()}",
            submit="Sign it",
            happens=["It holds from now. Whoever wrote it is told."],
            above="protection/_paper.html",
            context={"page": page},
        ),
        do=lambda: actions.sign_agreement(agreement=agreement, by=request.user),
        said="You have signed it",
        to=("agreement", agreement.pk),
    )


@guard(policies.confirm_agreement)
def confirm_agreement(request: SignedInRequest, agreement: SafetyAgreement) -> HttpResponse:
    """Set a paper beside the plan's contingency, and ask a manager whether they say the same."""
    page = pages.agreement_page(agreement, today=timezone.localdate())
    form = forms.AgreesForm(request.POST or None)
    return ask(
        request,
        page.frame,
        form,
        Question(
            title="Does it agree with the plan?",
            submit="They agree",
            happens=[
                "Your name stands by it until the plan's contingency changes.",
                "If they do not agree, write a new version of the paper, or have the plan changed.",
            ],
            above="protection/_beside.html",
            context={"page": page},
        ),
        do=lambda: actions.confirm_agreement(agreement=agreement, by=request.user),
        said="Recorded that they agree",
        to=("agreement", agreement.pk),
    )


@guard(policies.write_plan_agreement)
def plan_agreements(request: SignedInRequest, plan: Plan) -> HttpResponse:
    """Show the papers under a plan beside what it says is done if it fails, and ask for another."""
    today = timezone.localdate()
    page = pages.plan_page(plan, today=today)
    form = forms.PlanAgreementForm(page.children, request.POST or None)
    return ask(
        request,
        page.frame,
        form,
        Question(
            title="Agreements under this plan",
            submit="Save it, for a manager to sign",
            happens=[SIGNED, "A manager then confirms that it and the plan agree."],
            above="protection/_plan_papers.html",
            context={"page": page},
        ),
        do=lambda: actions.write_plan_agreement(plan=plan, by=request.user, **form.cleaned_data),
        said="Saved. A manager must sign it",
        to=("plan_agreements", plan.pk),
        draft=open_draft(request, f"protection.plan_paper.{plan.pk}", about=plan.about),
    )


@guard(policies.record_signature)
def record_signature(request: SignedInRequest, agreement: SafetyAgreement) -> HttpResponse:
    """Ask who signed, or would not and why."""
    form = forms.SignatureForm(request.POST or None)
    return ask(
        request,
        agreement_frame(agreement, today=timezone.localdate()),
        form,
        Question(title="Who signed it?", submit="Record"),
        do=lambda: actions.record_signature(
            agreement=agreement, by=request.user, **form.cleaned_data
        ),
        said="Recorded",
        to=("agreement", agreement.pk),
        draft=open_draft(request, f"protection.signature.{agreement.pk}", about=agreement.about),
    )


@guard(policies.change_agreement)
def change_agreement(request: SignedInRequest, agreement: SafetyAgreement) -> HttpResponse:
    """Ask what the new version says, and why it changes."""
    names = ("risk", "conditions", "contingency", "review_on")
    known = {name: getattr(agreement, name) for name in names}
    form = forms.ChangeForm(request.POST or None, initial=known)
    return ask(
        request,
        agreement_frame(agreement, today=timezone.localdate()),
        form,
        Question(
            title="A new version",
            submit="Save the new version",
            happens=["This version ends today.", SIGNED],
        ),
        do=lambda: actions.change_agreement(
            agreement=agreement, by=request.user, **form.cleaned_data
        ),
        said="The new version is saved. A manager must sign it",
        to=("agreement", agreement.pk),
        draft=open_draft(request, f"protection.change.{agreement.pk}", about=agreement.about),
    )


@guard(policies.end_agreement)
def end_agreement(request: SignedInRequest, agreement: SafetyAgreement) -> HttpResponse:
    """Ask when a paper ended, and why."""
    today = timezone.localdate()
    form = forms.EndForm(request.POST or None, initial={"ended_on": today})
    return ask(
        request,
        agreement_frame(agreement, today=today),
        form,
        Question(title="End this paper", submit="End it", happens=["It no longer holds."]),
        do=lambda: actions.end_agreement(agreement=agreement, by=request.user, **form.cleaned_data),
        said="It has ended",
        to=("agreement", agreement.pk),
        draft=open_draft(request, f"protection.end.{agreement.pk}", about=agreement.about),
    )


ONE = "agreements/<int:safetyagreement_id>/"
patterns = [
    path("agreements/", agreements, name="agreements"),
    path("enquiries/<int:enquiry_id>/agreements/", enquiry_agreements, name="enquiry_agreements"),
    path(ONE, agreement, name="agreement"),
    path("plans/<int:plan_id>/agreements/", plan_agreements, name="plan_agreements"),
    path(f"{ONE}agrees/", confirm_agreement, name="confirm_agreement"),
    path(f"{ONE}sign/", sign_agreement, name="sign_agreement"),
    path(f"{ONE}signature/", record_signature, name="record_signature"),
    path(f"{ONE}change/", change_agreement, name="change_agreement"),
    path(f"{ONE}end/", end_agreement, name="end_agreement"),
]
