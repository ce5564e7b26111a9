"""What is found out in an enquiry: parents, agencies, medicals, and where children sleep."""

from django.http import HttpResponse
from django.urls import path
from django.utils import timezone

from hearth.accounts.guard import SignedInRequest, guard
from hearth.protection import actions, policies
from hearth.protection.forms import enquiry as forms
from hearth.protection.models import Enquiry, EnquiryCheck, MedicalExamination
from hearth.protection.pages import enquiry as pages
from hearth.protection.pages.frame import enquiry_frame
from hearth.protection.reading import read
from hearth.protection.views.asking import Question, ask
from hearth.records.drafts import open_draft


@guard(policies.find_out)
def enquiry_parents(request: SignedInRequest, enquiry: Enquiry) -> HttpResponse:
    """Show what each parent says, and ask what another does."""
    today, reading = timezone.localdate(), read(enquiry)
    form = forms.ParentForm(pages.adults_of(enquiry, today=today), request.POST or None)
    question = Question(
        title="Parents and carers",
        submit="Record what they say",
        above="protection/_parents.html",
        context={"reading": reading},
    )
    return ask(
        request,
        enquiry_frame(
            enquiry, "parents", worker=request.user, today=today, children=reading.people
        ),
        form,
        question,
        do=lambda: actions.record_parent(enquiry=enquiry, by=request.user, **form.cleaned_data),
        said="Recorded what they say",
        to=("enquiry_parents", enquiry.pk),
        draft=open_draft(request, f"protection.parent.{enquiry.pk}", about=enquiry.about),
    )


@guard(policies.find_out)
def enquiry_agencies(request: SignedInRequest, enquiry: Enquiry) -> HttpResponse:
    """Show who was asked and what they said, and ask who else was."""
    today, reading = timezone.localdate(), read(enquiry)
    children = [child.child for child in reading.children]
    form = forms.AskAgencyForm(children, request.POST or None, initial={"asked_on": today})
    question = Question(
        title="Agencies",
        submit="Record that they were asked",
        above="protection/_agencies.html",
        context={"reading": reading},
    )
    return ask(
        request,
        enquiry_frame(
            enquiry, "agencies", worker=request.user, today=today, children=reading.people
        ),
        form,
        question,
        do=lambda: actions.ask_agency(enquiry=enquiry, by=request.user, **form.cleaned_data),
        said="Recorded that they were asked",
        to=("enquiry_agencies", enquiry.pk),
        draft=open_draft(request, f"protection.ask.{enquiry.pk}", about=enquiry.about),
    )


@guard(policies.answer_check)
def answer_check(request: SignedInRequest, check: EnquiryCheck) -> HttpResponse:
    """Ask what an agency said, or why there is no answer."""
    today = timezone.localdate()
    known = {"answered_on": check.answered_on, "said": check.said, "no_answer": check.no_answer}
    form = forms.AnswerForm(request.POST or None, initial=known)
    return ask(
        request,
        enquiry_frame(check.enquiry, "agencies", worker=request.user, today=today),
        form,
        Question(title=f"What did they say? {check}", submit="Record"),
        do=lambda: actions.record_answer(check=check, by=request.user, **form.cleaned_data),
        said="Recorded what they said",
        to=("enquiry_agencies", check.enquiry_id),
        draft=open_draft(
            request, f"protection.check.answer.{check.pk}", about=check.about, shared=True
        ),
    )


@guard(policies.find_out)
def enquiry_medicals(request: SignedInRequest, enquiry: Enquiry) -> HttpResponse:
    """Show the medicals asked for, and ask about another."""
    today, reading = timezone.localdate(), read(enquiry)
    children = [child.child for child in reading.children if not child.child.is_unborn]
    initial = {"requested_at": timezone.now()}
    form = forms.MedicalForm(children, request.POST or None, initial=initial)
    question = Question(
        title="Medicals",
        submit="Record that it was asked for",
        above="protection/_medicals.html",
        context={"reading": reading},
    )
    return ask(
        request,
        enquiry_frame(
            enquiry, "medicals", worker=request.user, today=today, children=reading.people
        ),
        form,
        question,
        do=lambda: actions.request_medical(enquiry=enquiry, by=request.user, **form.cleaned_data),
        said="Recorded that the medical was asked for",
        to=("enquiry_medicals", enquiry.pk),
        draft=open_draft(request, f"protection.medical.{enquiry.pk}", about=enquiry.about),
    )


@guard(policies.record_medical)
def record_medical(request: SignedInRequest, medical: MedicalExamination) -> HttpResponse:
    """Ask when a medical is to be, that it was done and what was found, or why it was not."""
    today = timezone.localdate()
    names = ("offered_for", "done_at", "findings", "not_done_reason")
    known = {name: getattr(medical, name) for name in names}
    form = forms.MedicalDoneForm(request.POST or None, initial=known)
    return ask(
        request,
        enquiry_frame(medical.enquiry, "medicals", worker=request.user, today=today),
        form,
        Question(title=f"{medical.kind_in_words}: {medical.child}", submit="Record"),
        do=lambda: actions.record_medical(medical=medical, by=request.user, **form.cleaned_data),
        said="The medical is recorded",
        to=("enquiry_medicals", medical.enquiry_id),
        draft=open_draft(
            request, f"protection.medical.done.{medical.pk}", about=[medical.child_id]
        ),
    )


@guard(policies.record_nights)
def enquiry_nights(request: SignedInRequest, enquiry: Enquiry) -> HttpResponse:
    """Show where each child slept, and ask where they sleep tonight."""
    page = pages.NightsPage(
        enquiry, request.POST or None, worker=request.user, today=timezone.localdate()
    )
    page.is_valid()
    question = Question(
        title="Where they sleep",
        submit="Record where they sleep",
        intro="A child sleeps at home only when a manager has signed a risk assessment and agreed.",
        above="protection/_nights.html",
        context={"reading": page.reading, "parts": page.parts},
    )
    return ask(
        request,
        page.frame,
        page.form,
        question,
        do=lambda: actions.record_nights(enquiry=enquiry, by=request.user, **page.answers),
        said="Recorded where they sleep",
        to=("enquiry_nights", enquiry.pk),
        draft=open_draft(request, f"protection.nights.{enquiry.pk}", about=enquiry.about),
    )


ONE = "enquiries/<int:enquiry_id>/"
patterns = [
    path(f"{ONE}parents/", enquiry_parents, name="enquiry_parents"),
    path(f"{ONE}agencies/", enquiry_agencies, name="enquiry_agencies"),
    path("enquiries/agencies/<int:enquirycheck_id>/", answer_check, name="answer_check"),
    path(f"{ONE}medicals/", enquiry_medicals, name="enquiry_medicals"),
    path("enquiries/medicals/<int:medicalexamination_id>/", record_medical, name="record_medical"),
    path(f"{ONE}nights/", enquiry_nights, name="enquiry_nights"),
]
