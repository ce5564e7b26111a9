"""Asking for a conference, accepting it, booking it, and asking people to it."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from hearth.accounts.guard import SignedInRequest, guard
from hearth.casework.models import Task
from hearth.design.drafts import done
from hearth.design.forms import attempt
from hearth.people.models import Person
from hearth.plans.models import MeetingMember
from hearth.protection import actions, policies
from hearth.protection.forms.conference import (
    BookForm,
    CallForm,
    InvitationForm,
    MemberForm,
    ProposedForm,
    RequestForm,
    StandDownForm,
)
from hearth.protection.models import Conference
from hearth.protection.pages.conference_asking import (
    asked_for,
    booked_as,
    family_children,
)
from hearth.protection.pages.conference_members import members_page
from hearth.protection.pages.conference_page import conference_page
from hearth.records.drafts import close_draft, open_draft


@guard(policies.request_conference)
def request_conference(request: SignedInRequest, task: Task) -> HttpResponse:
    """Ask why a conference is needed, and who must be there."""
    today, made = timezone.localdate(), []
    draft = open_draft(request, f"protection.request.{task.pk}", about=task.about)
    form = RequestForm(request.POST or None, is_late=bool(task.due_on and today > task.due_on))
    if form.is_valid() and attempt(
        form,
        lambda: made.append(
            actions.request_conference(task=task, **form.cleaned_data, by=request.user)
        ),
    ):
        close_draft(request, draft, "The conference service has been asked for a conference")
        return redirect("protection:conference", made[0].pk)
    context = {"form": form, "draft": draft, "page": asked_for(task), "today": today}
    return render(request, "protection/conferences/request.html", context)


@guard(policies.call_conference)
def call_conference(request: SignedInRequest, child: Person) -> HttpResponse:
    """Ask for a conference before a birth, or for a plan that moves here."""
    made: list[Conference] = []
    children = family_children(child, today=timezone.localdate())
    draft = open_draft(request, f"protection.call.{child.pk}", about=[child.pk])
    form = CallForm(request.POST or None, children=children, initial={"children": [child.pk]})
    if form.is_valid() and attempt(
        form, lambda: made.append(actions.call_conference(**form.cleaned_data, by=request.user))
    ):
        close_draft(request, draft, "The conference service has been asked for a conference")
        return redirect("protection:conference", made[0].pk)
    context = {"form": form, "draft": draft, "child": child}
    return render(request, "protection/conferences/call.html", context)


@guard(policies.conference_of_task)
def conference_of_task(request: SignedInRequest, task: Task) -> HttpResponse:  # noqa: ARG001
    """Go to the conference that a task is waiting for."""
    found = getattr(task, "conference", None)
    if found is None:
        return redirect("casework:task", task.pk)
    return redirect("protection:conference", found.pk)


@guard(policies.conference)
def conference(request: SignedInRequest, conference: Conference) -> HttpResponse:
    """A conference, and what is next to be done for it."""
    page = conference_page(conference, request.user, today=timezone.localdate())
    return render(request, "protection/conferences/conference.html", {"page": page})


@guard(policies.accept_conference)
def accept_conference(request: SignedInRequest, conference: Conference) -> HttpResponse:
    """Show what was asked for, and take it on."""
    if request.method == "POST":
        actions.accept_conference(conference=conference, by=request.user)
        done(request, "Accepted. Book it next")
        return redirect("protection:book_conference", conference.pk)
    context = {"conference": conference}
    return render(request, "protection/conferences/accept.html", context)


@guard(policies.book_conference)
def book_conference(request: SignedInRequest, conference: Conference) -> HttpResponse:
    """Ask when, where and by whom it is held."""
    meeting = conference.meeting
    draft = open_draft(request, f"protection.book.{conference.pk}", about=conference.about)
    form = BookForm(
        request.POST or None,
        is_moved=meeting.planned_from is not None,
        initial=booked_as(conference),
    )
    if form.is_valid() and attempt(
        form,
        lambda: actions.book_conference(
            conference=conference, **form.cleaned_data, by=request.user
        ),
    ):
        close_draft(request, draft, "The conference is booked")
        return redirect("protection:invite", conference.pk)
    today = timezone.localdate()
    context = {"form": form, "draft": draft, "conference": conference, "today": today}
    return render(request, "protection/conferences/book.html", context)


@guard(policies.invite)
def invite(request: SignedInRequest, conference: Conference) -> HttpResponse:
    """Show whom the record knows of, and ask who else is to come."""
    adding = "name" in request.POST
    page = members_page(conference, request.user, today=timezone.localdate())
    draft = open_draft(request, f"protection.invite.{conference.pk}", about=conference.about)
    known = ProposedForm(
        request.POST if request.method == "POST" and not adding else None,
        proposals=[(one.key, one.words) for one in page.proposals],
    )
    other = MemberForm(request.POST if adding else None)
    form = other if adding else known
    if form.is_valid() and attempt(
        form,
        lambda: actions.invite(
            conference=conference, members=page.chosen(form.cleaned_data), by=request.user
        ),
    ):
        close_draft(request, draft, "They are on the list of those asked")
        return redirect("protection:invite", conference.pk)
    context = {"page": page, "form": form, "known": known, "other": other, "draft": draft}
    return render(request, "protection/conferences/members.html", context)


@guard(policies.change_invitation)
def change_invitation(request: SignedInRequest, member: MeetingMember) -> HttpResponse:
    """Ask how somebody is reached and what they need; or take them off the list."""
    conference = member.meeting.conference
    if "remove" in request.POST:
        actions.uninvite(member=member, by=request.user)
        done(request, f"{member.name} is no longer asked")
        return redirect("protection:invite", conference.pk)
    known = ("email", "interpreter", "report_wanted", "excluded_reason")
    form = InvitationForm(
        request.POST or None, initial={name: getattr(member, name) for name in known}
    )
    if form.is_valid() and attempt(
        form,
        lambda: actions.change_invitation(member=member, **form.cleaned_data, by=request.user),
    ):
        done(request, f"{member.name}: changed")
        return redirect("protection:invite", conference.pk)
    context = {"form": form, "member": member, "conference": conference}
    return render(request, "protection/conferences/member.html", context)


@guard(policies.stand_down)
def stand_down(request: SignedInRequest, conference: Conference) -> HttpResponse:
    """Ask why a conference is not to be held."""
    draft = open_draft(request, f"protection.stand-down.{conference.pk}", about=conference.about)
    form = StandDownForm(request.POST or None)
    if form.is_valid() and attempt(
        form,
        lambda: actions.stand_down(conference=conference, **form.cleaned_data, by=request.user),
    ):
        close_draft(request, draft, "The conference was stood down")
        return redirect("protection:conference", conference.pk)
    context = {"form": form, "draft": draft, "conference": conference}
    return render(request, "protection/conferences/stand_down.html", context)
