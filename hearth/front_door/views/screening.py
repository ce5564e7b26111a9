"""A contact's own page, its screening, and what is done while it is screened."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from hearth.accounts.guard import SignedInRequest, guard
from hearth.front_door import actions, forms, policies, process
from hearth.front_door.forms.parts import ask_why_late
from hearth.front_door.models import Contact
from hearth.front_door.pages import screening as pages
from hearth.front_door.pages.history import known_of
from hearth.front_door.pages.queue import due_on
from hearth.records.drafts import close_draft, open_draft


@guard(policies.contact)
def contact(request: SignedInRequest, contact: Contact) -> HttpResponse:
    """What was told, what was done about it, and what may be done next."""
    page = pages.contact_page(contact, request.user, now=timezone.now())
    context = {"contact": contact, "page": page, "today": timezone.localdate()}
    return render(request, "front_door/contact.html", context)


@guard(policies.screen_contact)
def screen_contact(request: SignedInRequest, contact: Contact) -> HttpResponse:
    """Ask what the contact amounts to, beside all that is known, and send it to a manager."""
    now, today = timezone.now(), timezone.localdate()
    facts = pages.facts_of(contact, now=now, step=process.SCREEN_CONTACT)
    if facts.to_match:
        return redirect("front_door:match_children", contact.pk)
    managers = pages.managers_for(contact, request.user, today=today)
    draft = open_draft(request, f"front_door.screen.{contact.pk}", about=contact.about, shared=True)
    form = forms.ScreenForm(
        contact, managers, request.POST or None, prompted=bool(facts.unanswered)
    )
    ask_why_late(form, facts.due_on, today)
    if form.is_valid() and not draft.unseen:
        actions.screen_contact(contact=contact, at=now, by=request.user, **form.cleaned_data)
        close_draft(request, draft, "Sent to a manager")
        return redirect("front_door:queue")
    known = known_of(facts.people, today=today, but_not=contact.pk)
    return render(
        request,
        "front_door/screen_contact.html",
        {"contact": contact, "facts": facts, "known": known, "form": form, "draft": draft},
    )


@guard(policies.consider_harm)
def consider_harm(request: SignedInRequest, contact: Contact) -> HttpResponse:
    """Ask what keeps the children safe today."""
    now = timezone.now()
    draft = open_draft(request, f"front_door.harm.{contact.pk}", about=contact.about)
    form = forms.HarmForm(request.POST or None)
    ask_why_late(form, due_on(process.CONSIDER_HARM, contact.pk), timezone.localdate())
    if form.is_valid():
        actions.consider_harm(contact=contact, at=now, by=request.user, **form.cleaned_data)
        close_draft(request, draft, "What keeps the children safe today is recorded")
        return redirect("front_door:contact", contact.pk)
    page = {"contact": contact, "facts": pages.facts_of(contact, now=now)}
    return render(request, "front_door/consider_harm.html", {**page, "form": form, "draft": draft})


@guard(policies.acknowledge_out_of_hours)
def acknowledge_out_of_hours(request: SignedInRequest, contact: Contact) -> HttpResponse:
    """Ask what the day service will do."""
    now = timezone.now()
    draft = open_draft(request, f"front_door.acknowledge.{contact.pk}", about=contact.about)
    form = forms.AcknowledgeForm(request.POST or None)
    ask_why_late(form, due_on(process.ACKNOWLEDGE_OUT_OF_HOURS, contact.pk), timezone.localdate())
    if form.is_valid():
        actions.acknowledge_out_of_hours(
            contact=contact, at=now, by=request.user, **form.cleaned_data
        )
        close_draft(request, draft, "Acknowledged")
        return redirect("front_door:out_of_hours")
    page = {"contact": contact, "facts": pages.facts_of(contact, now=now)}
    return render(request, "front_door/acknowledge.html", {**page, "form": form, "draft": draft})


@guard(policies.read_contact)
def read_contact(request: SignedInRequest, contact: Contact) -> HttpResponse:
    """Ask a child's worker what they will do."""
    now = timezone.now()
    draft = open_draft(request, f"front_door.read.{contact.pk}", about=contact.about)
    form = forms.ReadForm(request.POST or None)
    ask_why_late(form, due_on(process.READ_CONTACT, contact.pk), timezone.localdate())
    if form.is_valid():
        actions.read_contact(contact=contact, at=now, by=request.user, **form.cleaned_data)
        close_draft(request, draft, "What you will do is recorded")
        return redirect("front_door:contact", contact.pk)
    page = {"contact": contact, "facts": pages.facts_of(contact, now=now)}
    return render(request, "front_door/read_contact.html", {**page, "form": form, "draft": draft})


@guard(policies.answer_third_contact)
def answer_third_contact(request: SignedInRequest, contact: Contact) -> HttpResponse:
    """Ask what three contacts or more add up to."""
    now = timezone.now()
    form = forms.PatternForm(request.POST or None)
    if form.is_valid():
        actions.answer_third_contact(contact=contact, at=now, by=request.user, **form.cleaned_data)
        return redirect("front_door:contact", contact.pk)
    facts = pages.facts_of(contact, now=now)
    known = known_of(facts.people, today=timezone.localdate(), but_not=contact.pk)
    page = {"contact": contact, "facts": facts, "known": known, "form": form}
    return render(request, "front_door/answer_third_contact.html", page)


@guard(policies.ask_advice)
def ask_advice(request: SignedInRequest, contact: Contact) -> HttpResponse:
    """Ask what a specialist was asked, and when."""
    draft = open_draft(request, f"front_door.advice.{contact.pk}", about=contact.about)
    form = forms.AdviceForm(request.POST or None, initial={"asked_at": timezone.now()})
    if form.is_valid():
        actions.ask_advice(contact=contact, by=request.user, **form.cleaned_data)
        close_draft(request, draft, "Recorded. Add the answer when it comes")
        return redirect("front_door:contact", contact.pk)
    page = {"contact": contact, "form": form, "draft": draft}
    return render(request, "front_door/ask_advice.html", page)


@guard(policies.ask_advice)
def answer_advice(request: SignedInRequest, contact: Contact, number: int) -> HttpResponse:
    """Ask what a specialist answered, and when."""
    asked = get_object_or_404(contact.advice.all(), pk=number)
    draft = open_draft(request, f"front_door.answer.{asked.pk}", about=contact.about)
    form = forms.AnswerForm(request.POST or None, initial={"answered_at": timezone.now()})
    if form.is_valid():
        actions.answer_advice(request=asked, by=request.user, **form.cleaned_data)
        close_draft(request, draft, "Advice recorded")
        return redirect("front_door:contact", contact.pk)
    page = {"contact": contact, "asked": asked, "form": form, "draft": draft}
    return render(request, "front_door/answer_advice.html", page)


@guard(policies.withdraw_contact)
def withdraw_contact(request: SignedInRequest, contact: Contact) -> HttpResponse:
    """Ask why a contact was recorded in error."""
    form = forms.ReasonForm(request.POST or None)
    if form.is_valid():
        actions.withdraw_contact(contact=contact, by=request.user, **form.cleaned_data)
        return redirect("front_door:contact", contact.pk)
    page = {"contact": contact, "form": form}
    return render(request, "front_door/withdraw_contact.html", page)
