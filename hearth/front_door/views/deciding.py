"""Deciding contacts and referrals, and handing families over."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from hearth.accounts.guard import SignedInRequest, guard
from hearth.casework.models import Task
from hearth.front_door import actions, forms, policies
from hearth.front_door.forms.parts import ask_why_late
from hearth.front_door.models import Contact, Referral
from hearth.front_door.pages import screening
from hearth.front_door.pages.deciding import DecidingContact, DecidingReferral, carried
from hearth.front_door.pages.referrals import referral_page
from hearth.people.models import Person
from hearth.records.drafts import close_draft, open_draft


@guard(policies.decide_contact)
def decide_contact(request: SignedInRequest, contact: Contact) -> HttpResponse:
    """Ask for one decision for all the children with exceptions, and say what will follow."""
    now = timezone.now()
    draft = open_draft(request, f"front_door.decide.{contact.pk}", about=contact.about)
    page = DecidingContact(contact, request.POST or None, now=now)
    if page.is_valid() and "confirm" in request.POST:
        actions.decide_contact(contact=contact, at=now, by=request.user, **page.answers)
        close_draft(request, draft, "Your decision is recorded, and what follows from it is open")
        return redirect("front_door:contact", contact.pk)
    context = {"contact": contact, "page": page, "form": page.form, "parts": page.parts}
    if page.is_valid() and "change" not in request.POST:
        hidden = carried(request.POST)
        return render(request, "front_door/check_contact.html", {**context, "carried": hidden})
    context |= {"facts": page.facts, "draft": draft}
    return render(request, "front_door/decide_contact.html", context)


@guard(policies.reopen_contact)
def reopen_contact(request: SignedInRequest, contact: Contact) -> HttpResponse:
    """Ask why a decided contact is to be decided again."""
    form = forms.ReasonForm(request.POST or None)
    if form.is_valid():
        actions.reopen_contact(
            contact=contact, at=timezone.now(), by=request.user, **form.cleaned_data
        )
        return redirect("front_door:contact", contact.pk)
    return render(request, "front_door/reopen_contact.html", {"contact": contact, "form": form})


@guard(policies.referral)
def referral(request: SignedInRequest, referral: Referral) -> HttpResponse:
    """A referral: why, what was decided for each child, and what happened last time."""
    page = referral_page(referral, request.user)
    context = {"referral": referral, "page": page, "today": timezone.localdate()}
    return render(request, "front_door/referral.html", context)


@guard(policies.decide_referral)
def decide_referral(request: SignedInRequest, referral: Referral) -> HttpResponse:
    """Ask what a referral leads to for each child, and say what will follow."""
    now = timezone.now()
    draft = open_draft(request, f"front_door.referral.{referral.pk}", about=referral.about)
    page = DecidingReferral(referral, request.POST or None, now=now)
    if page.is_valid() and "confirm" in request.POST:
        actions.decide_referral(referral=referral, at=now, by=request.user, **page.answers)
        close_draft(request, draft, "Your decision is recorded, and what follows from it is open")
        return redirect("front_door:referral", referral.pk)
    context = {"referral": referral, "page": page, "form": page.form, "parts": page.parts}
    if page.is_valid() and "change" not in request.POST:
        hidden = carried(request.POST)
        return render(request, "front_door/check_referral.html", {**context, "carried": hidden})
    return render(request, "front_door/decide_referral.html", {**context, "draft": draft})


@guard(policies.hand_over)
def hand_over(request: SignedInRequest, task: Task) -> HttpResponse:
    """Ask who took a family up."""
    draft = open_draft(request, f"front_door.hand_over.{task.pk}", about=task.about)
    form = forms.HandOverForm(request.POST or None)
    ask_why_late(form, task.due_on, timezone.localdate())
    if form.is_valid():
        actions.hand_over(task=task, at=timezone.now(), by=request.user, **form.cleaned_data)
        close_draft(request, draft, f"{task.step.name}: recorded")
        return redirect("desk:child", task.about[0])
    return render(
        request, "front_door/hand_over.html", {"task": task, "form": form, "draft": draft}
    )


@guard(policies.contacts_of_child)
def contacts_of_child(request: SignedInRequest, child: Person) -> HttpResponse:
    """Every contact and referral about one child."""
    page = screening.history_of(child)
    may_ask = policies.ask_for_watch.allows(request.user, child)
    context = {"child": child, "current": "contacts", "page": page, "may_ask": may_ask}
    return render(request, "front_door/contacts_of_child.html", context)
