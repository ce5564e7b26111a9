"""Asking a manager about a child, and answering."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from hearth.accounts.guard import SignedInRequest, guard
from hearth.casework import actions, policies
from hearth.casework.forms.consulting import AnswerForm, AskManagerForm
from hearth.casework.models import Consultation
from hearth.casework.pages import consulting
from hearth.design.forms import attempt
from hearth.people.models import Person
from hearth.records.drafts import close_draft, open_draft


@guard(policies.ask_manager)
def ask_manager(request: SignedInRequest, child: Person) -> HttpResponse:
    """Ask whom, what, and how soon."""
    today = timezone.localdate()
    draft = open_draft(request, f"casework.ask_manager.{child.pk}", about=[child.pk])
    first = consulting.first_asked(request.user, today=today)
    managers = consulting.askable(request.user, today=today)
    form = AskManagerForm(request.POST or None, initial={"asked_of": first}, managers=managers)
    if form.is_valid() and attempt(
        form, lambda: actions.ask_manager(child=child, by=request.user, **form.cleaned_data)
    ):
        close_draft(request, draft, f"{form.cleaned_data['asked_of']} has been asked")
        return redirect("desk:child", child.pk)
    context = {"child": child, "current": "case", "form": form, "draft": draft}
    return render(request, "casework/ask_manager.html", context)


@guard(policies.consultation)
def consultation(request: SignedInRequest, asked: Consultation) -> HttpResponse:
    """What was asked, and what was advised."""
    may_answer = policies.answer_consultation.allows(request.user, asked)
    context = {"asked": asked, "child": asked.child, "current": "case", "may_answer": may_answer}
    return render(request, "casework/consultation.html", context)


@guard(policies.answer_consultation)
def answer_consultation(request: SignedInRequest, asked: Consultation) -> HttpResponse:
    """Ask what the manager advises."""
    draft = open_draft(request, f"casework.consultation.{asked.pk}", about=[asked.child_id])
    late = consulting.is_late(asked, today=timezone.localdate())
    form = AnswerForm(request.POST or None, is_late=late)
    if form.is_valid() and attempt(
        form,
        lambda: actions.answer_consultation(
            consultation=asked, by=request.user, **form.cleaned_data
        ),
    ):
        close_draft(request, draft, f"{asked.asked_by} has your advice")
        return redirect("casework:consultation", asked.pk)
    context = {"asked": asked, "child": asked.child, "current": "case"}
    context |= {"form": form, "draft": draft}
    return render(request, "casework/answer_consultation.html", context)
