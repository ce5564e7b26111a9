"""Recording a contact: search first, then who told us and what, then which records are meant."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from hearth.accounts.guard import SignedInRequest, guard
from hearth.accounts.models import User
from hearth.accounts.roles import Role
from hearth.front_door import actions, policies
from hearth.front_door.forms import ContactAnswers, MatchForm, NewRecordForm, SiblingsForm
from hearth.front_door.models import Contact
from hearth.front_door.pages import recording as pages
from hearth.lib.errors import CannotDo
from hearth.lib.text import tidy_line
from hearth.people.models import Person
from hearth.records.drafts import close_draft, open_draft


@guard(policies.start_contact)
def start_contact(request: SignedInRequest) -> HttpResponse:
    """Look for the children before anything is written."""
    asked = tidy_line(request.GET.get("q", ""))
    sought = pages.look_for(asked, request.user, today=timezone.localdate())
    return render(request, "front_door/start_contact.html", {"sought": sought})


@guard(policies.record_contact)
def record_contact(request: SignedInRequest) -> HttpResponse:
    """Ask who told us, what they said and of whom, and put it in the queue."""
    chosen = pages.chosen_people(request.user, request.GET.getlist("child"))
    children = pages.children_round(chosen, today=timezone.localdate())
    draft = open_draft(request, _draft_key(chosen), about=[child.pk for child in children])
    page = ContactAnswers(
        children,
        data=request.POST or None,
        chosen=_ticked(request, children, chosen),
        initial={
            "received_at": timezone.now(),
            "out_of_hours": request.user.has_role(Role.OUT_OF_HOURS),
            "consent": "not_asked",
        },
    )
    if request.POST and page.is_valid():
        contact = actions.record_contact(**page.answers, by=request.user)
        close_draft(request, draft, "Contact recorded")
        return redirect(_what_next(contact, request.user), contact.pk)
    return render(
        request,
        "front_door/record_contact.html",
        {"form": page.form, "parts": page.parts, "page": page, "draft": draft},
    )


def _draft_key(chosen: list[Person]) -> str:
    return "front_door.contact." + ("-".join(str(p.pk) for p in chosen) or "new")


def _ticked(request: SignedInRequest, children: list[Person], chosen: list[Person]) -> list[int]:
    """All the family's children where the worker chose the family; else those chosen."""
    return [child.pk for child in (children if request.GET.get("family") else chosen)]


def _what_next(contact: Contact, worker: User) -> str:
    """Where a worker goes on from a contact they have recorded."""
    if contact.reported.filter(child=None).exists():
        return "front_door:match_children"
    if worker.has_role(*policies.SCREEN) and not contact.out_of_hours:
        return "front_door:screen_contact"
    return "front_door:contact"


@guard(policies.match_child)
def match_children(request: SignedInRequest, contact: Contact) -> HttpResponse:
    """Show each described child beside the records it may be; then ask who are siblings."""
    asked = {request.GET.get("reported", ""): tidy_line(request.GET.get("q", ""))}
    today = timezone.localdate()
    waiting = pages.described(contact, request.user, asked=asked, today=today)
    siblings = [] if waiting else pages.not_yet_siblings(contact)
    if not (waiting or siblings):
        return redirect(_what_next(contact, request.user), contact.pk)
    return render(
        request,
        "front_door/match_children.html",
        {
            "contact": contact,
            "waiting": waiting,
            "form": SiblingsForm(siblings) if siblings else None,
            "known": list(contact.children.select_related("child")),
        },
    )


@require_POST
@guard(policies.match_child)
def match_child(request: SignedInRequest, contact: Contact) -> HttpResponse:
    """This child is that record."""
    form = MatchForm(contact, request.POST)
    if not form.is_valid():
        raise CannotDo("That child has been matched already, or the record is not to be found")
    actions.match_child(**form.cleaned_data, by=request.user)
    return redirect("front_door:match_children", contact.pk)


@require_POST
@guard(policies.match_child)
def create_reported_child(request: SignedInRequest, contact: Contact) -> HttpResponse:
    """This child is nobody on record: make one from what was told."""
    form = NewRecordForm(contact, request.POST)
    if not form.is_valid():
        raise CannotDo("That child has been matched already")
    today = timezone.localdate()
    actions.create_reported_child(**form.cleaned_data, today=today, by=request.user)
    return redirect("front_door:match_children", contact.pk)


@require_POST
@guard(policies.match_child)
def confirm_siblings(request: SignedInRequest, contact: Contact) -> HttpResponse:
    """These children are brothers and sisters."""
    form = SiblingsForm(pages.not_yet_siblings(contact), request.POST)
    if form.is_valid():
        today = timezone.localdate()
        actions.confirm_siblings(contact=contact, **form.cleaned_data, today=today, by=request.user)
    return redirect(_what_next(contact, request.user), contact.pk)
