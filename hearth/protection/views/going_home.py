"""Going home in an enquiry: asked, agreed or refused, recorded, taken back."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone

from hearth.accounts.guard import SignedInRequest, guard
from hearth.protection import actions, policies
from hearth.protection.forms import going_home as forms
from hearth.protection.models import Enquiry, HomeRequest
from hearth.protection.pages import going_home as pages
from hearth.protection.pages.agreements import signed_assessments
from hearth.protection.pages.frame import enquiry_frame
from hearth.protection.pages.workers import signing_managers
from hearth.protection.reading import read
from hearth.protection.views.asking import Question, ask
from hearth.records.drafts import open_draft

ABOVE = "protection/_home_request.html"


@guard(policies.ask_return_home)
def ask_return_home(request: SignedInRequest, enquiry: Enquiry) -> HttpResponse:
    """Show who is at home, or asked about, and ask a manager about another child."""
    today, reading = timezone.localdate(), read(enquiry)
    managers = [one for one in signing_managers(today) if one[0].pk != request.user.pk]
    form = forms.AskHomeForm(
        [child.child for child in reading.children if not child.child.is_unborn],
        signed_assessments(enquiry),
        managers,
        request.POST or None,
    )
    question = Question(
        title="Ask whether a child may go home",
        submit="Ask the manager",
        intro="A child goes home, or stays there, on a risk assessment that a manager has signed, "
        "and when a manager has agreed to it.",
        happens=[
            "It goes on the manager's list. They agree or refuse, and you are told.",
            "Once they agree, record when the child went home.",
        ],
        above="protection/_home.html",
        context={"reading": reading},
    )
    return ask(
        request,
        enquiry_frame(
            enquiry, "agreements", worker=request.user, today=today, children=reading.people
        ),
        form,
        question,
        do=lambda: actions.ask_return_home(enquiry=enquiry, by=request.user, **form.cleaned_data),
        said="The manager has been asked",
        to=("enquiry", enquiry.pk),
        draft=open_draft(request, f"protection.home.{enquiry.pk}", about=enquiry.about),
    )


@guard(policies.home_request)
def home_request(request: SignedInRequest, asked: HomeRequest) -> HttpResponse:
    """What was asked and answered, and the one thing that this worker may now do about it."""
    if policies.decide_return_home.allows(request.user, asked):
        return _decide(request, asked)
    may_record = policies.record_return_home.allows(request.user, asked)
    if may_record and "back" not in request.GET:
        return _record(request, asked)
    if policies.take_back_return_home.allows(request.user, asked):
        return _take_back(request, asked)
    page = pages.request_page(asked, today=timezone.localdate())
    context = {"page": page, "frame": page.frame}
    return render(request, "protection/home_request.html", context)


def _decide(request: SignedInRequest, asked: HomeRequest) -> HttpResponse:
    page = pages.request_page(asked, today=timezone.localdate())
    form = forms.DecideHomeForm(request.POST or None, is_late=page.is_late)
    return ask(
        request,
        page.frame,
        form,
        Question(
            title=f"May {asked.child} {page.go}?",
            submit="Record what you decide",
            happens=page.if_agreed,
            above=ABOVE,
            context={"page": page},
        ),
        do=lambda: actions.decide_return_home(request=asked, by=request.user, **form.cleaned_data),
        said=f"{asked.recorded_by} has your answer",
        to=("home_request", asked.pk),
        draft=open_draft(request, f"protection.home.decide.{asked.pk}", about=[asked.child_id]),
    )


def _record(request: SignedInRequest, asked: HomeRequest) -> HttpResponse:
    page = pages.request_page(asked, today=timezone.localdate(), may_take_back=True)
    form = forms.WentHomeForm(request.POST or None)
    return ask(
        request,
        page.frame,
        form,
        Question(
            title=f"Record that {asked.child} went home",
            submit="Record it",
            above=ABOVE,
            context={"page": page},
        ),
        do=lambda: actions.record_return_home(request=asked, by=request.user, **form.cleaned_data),
        said=f"Recorded that {asked.child} is at home",
        to=("enquiry", asked.enquiry_id),
        draft=open_draft(request, f"protection.home.went.{asked.pk}", about=[asked.child_id]),
    )


def _take_back(request: SignedInRequest, asked: HomeRequest) -> HttpResponse:
    page = pages.request_page(asked, today=timezone.localdate())
    form = forms.TakeBackForm(request.POST or None)
    return ask(
        request,
        page.frame,
        form,
        Question(
            title=f"{asked.child} going home",
            submit="Take it back",
            happens=page.if_taken_back,
            above=ABOVE,
            context={"page": page},
        ),
        do=lambda: actions.take_back_return_home(
            request=asked, by=request.user, **form.cleaned_data
        ),
        said="It is taken back",
        to=("home_request", asked.pk),
        draft=open_draft(request, f"protection.home.back.{asked.pk}", about=[asked.child_id]),
    )


patterns = [
    path("enquiries/<int:enquiry_id>/going-home/", ask_return_home, name="ask_return_home"),
    path("going-home/<int:homerequest_id>/", home_request, name="home_request"),
]
