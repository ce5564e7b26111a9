"""The meeting itself, its record, and who is sent what it decided."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from hearth.accounts.guard import SignedInRequest, guard
from hearth.design.drafts import done
from hearth.design.forms import attempt
from hearth.plans.copies import unplaced
from hearth.plans.models import Distribution, MeetingMember, Paper
from hearth.plans.pages.plan import children_of
from hearth.protection import actions, policies
from hearth.protection.conference_copies import offer_of
from hearth.protection.conference_facts import FAMILY, Facts
from hearth.protection.forms.conference import (
    ReceiptForm,
    ReconveneForm,
    SendForm,
)
from hearth.protection.models import Conference
from hearth.protection.pages.conference_live import live_page
from hearth.protection.pages.conference_page import conference_page
from hearth.protection.pages.conference_record import keeping_page, record_form, sending_page
from hearth.records.drafts import close_draft, open_draft
from hearth.records.outgoing import page_of


@guard(policies.decide_conference)
def decide_conference(request: SignedInRequest, conference: Conference) -> HttpResponse:
    """The chair's page in the meeting: who came, each child, the plan; and issue."""
    if conference.decided_at is not None and request.method == "GET":
        return redirect("protection:conference_decisions", conference.pk)
    asks_quorum = "HX-Request" in request.headers
    reader = None if asks_quorum else request.user
    page = live_page(
        conference, data=request.POST or None, today=timezone.localdate(), worker=reader
    )
    if asks_quorum:
        return render(request, "protection/conferences/_quorum.html", {"page": page})
    key = f"protection.decide.{conference.pk}"
    draft = open_draft(request, key, about=conference.about, shared=True)
    if (
        request.method == "POST"
        and page.is_valid()
        and attempt(
            page.form,
            lambda: actions.decide_conference(
                conference=conference, **page.answers(), by=request.user
            ),
            draft=draft,
        )
    ):
        close_draft(request, draft, "The decisions are issued")
        return redirect("protection:conference_decisions", conference.pk)
    context = {"page": page, "form": page.form, "form_groups": page.groups, "draft": draft}
    return render(request, "protection/conferences/live.html", context)


@guard(policies.reconvene)
def reconvene(request: SignedInRequest, conference: Conference) -> HttpResponse:
    """Ask why a conference could not go ahead, and call it again."""
    again: list[Conference] = []
    page = live_page(conference, data=request.POST or None, today=timezone.localdate())
    form = ReconveneForm(request.POST or None)
    if (
        form.is_valid()
        and page.members.is_valid()
        and attempt(
            form,
            lambda: again.append(
                actions.reconvene(
                    conference=conference,
                    attendance=page.attendance,
                    by=request.user,
                    **form.cleaned_data,
                )
            ),
        )
    ):
        done(request, "Called again. Book it within the same time limit")
        return redirect("protection:book_conference", again[0].pk)
    context = {"page": page, "form": form, "form_groups": [page.members], "conference": conference}
    return render(request, "protection/conferences/reconvene.html", context)


@guard(policies.conference_decisions)
def conference_decisions(request: SignedInRequest, conference: Conference) -> HttpResponse:
    """What was decided, in plain English, to read or to print for the family."""
    read = Facts(conference)
    parts = [str(child.pk) for child in read.children]
    page = page_of([offer_of(read, Paper.DECISIONS, FAMILY)], read.children, {}, parts)
    context = {
        "conference": conference,
        "chosen": page.chosen,
        "why_not": page.why_not,
        "may_send": policies.send_decisions.allows(request.user, conference),
    }
    return render(request, "protection/conferences/decisions.html", context)


@guard(policies.write_record)
def write_record(request: SignedInRequest, conference: Conference) -> HttpResponse:
    """Write down what was said. Two who write at once are shown each other's words."""
    key = f"protection.record.{conference.pk}"
    draft = open_draft(request, key, about=conference.about, shared=True)
    form = record_form(conference, request.POST or None)
    if form.is_valid() and attempt(
        form,
        lambda: actions.write_record(conference=conference, by=request.user, **form.cleaned_data),
        draft=draft,
    ):
        close_draft(request, draft, "What was said is saved")
        return redirect("protection:conference", conference.pk)
    page = conference_page(conference, request.user, today=timezone.localdate())
    context = {"form": form, "draft": draft, "page": page}
    return render(request, "protection/conferences/write_record.html", context)


@guard(policies.approve_record)
def approve_record(request: SignedInRequest, conference: Conference) -> HttpResponse:
    """Show the whole record to the chair, who approves it."""
    page = conference_page(conference, request.user, today=timezone.localdate())
    if request.method == "POST":
        version = int(request.POST.get("version") or 0) if _is_number(request) else 0
        actions.approve_record(conference=conference, version=version, by=request.user)
        done(request, "The record is approved. It may be sent")
        return redirect("protection:send_record", conference.pk)
    return render(request, "protection/conferences/approve.html", {"page": page})


def _is_number(request: SignedInRequest) -> bool:
    return request.POST.get("version", "").isdigit()


@guard(policies.send_invitations)
def send_invitations(request: SignedInRequest, conference: Conference) -> HttpResponse:
    """Record who was sent an invitation."""
    return _send(request, conference, Paper.INVITATION)


@guard(policies.send_decisions)
def send_decisions(request: SignedInRequest, conference: Conference) -> HttpResponse:
    """Record who was sent the decisions and outline plan."""
    return _send(request, conference, Paper.DECISIONS)


@guard(policies.send_record)
def send_record(request: SignedInRequest, conference: Conference) -> HttpResponse:
    """Record who was sent the full record."""
    return _send(request, conference, Paper.RECORD)


def _send(request: SignedInRequest, conference: Conference, paper: Paper) -> HttpResponse:
    today = timezone.localdate()
    page = sending_page(conference, paper, request.user, today=today)
    children = children_of(conference.meeting)
    form = SendForm(
        request.POST or None,
        members=page.waiting,
        children=children,
        unplaced=unplaced(page.waiting, children),
        is_late=page.is_late,
        initial={"sent_at": timezone.now(), "how": "secure_email"},
    )
    if form.is_valid() and attempt(
        form,
        lambda: actions.send_conference_paper(
            conference=conference, paper=paper, by=request.user, **form.cleaned_data
        ),
    ):
        done(request, "Recorded as sent")
        return redirect(page.address, conference.pk)
    return render(request, "protection/conferences/send.html", {"page": page, "form": form})


@guard(policies.keep_from)
def keep_from(request: SignedInRequest, member: MeetingMember) -> HttpResponse:
    """Ask which paper is kept from somebody, and why; or which they may have after all."""
    conference, page = member.meeting.conference, keeping_page(member, request.POST or None)
    do: Any = actions.let_have if page.gives else partial(actions.keep_from, member=member)
    form = page.form
    if form.is_valid() and attempt(
        form, lambda: do(conference=conference, by=request.user, **form.cleaned_data)
    ):
        said = f"{member.name} may have it now" if page.gives else f"Kept from {member.name}"
        done(request, f"{said}. The reason is on the record")
        return redirect("protection:conference", conference.pk)
    context = {"form": form, "page": page, "member": member, "conference": conference}
    return render(request, "protection/conferences/keep_from.html", context)


@guard(policies.mark_received)
def mark_received(request: SignedInRequest, sending: Distribution) -> HttpResponse:
    """Ask whether a paper arrived or came back."""
    conference = sending.meeting.conference
    form = ReceiptForm(request.POST or None, initial={"received_at": timezone.now()})
    if form.is_valid() and attempt(form, lambda: _received(request, sending, form)):
        done(request, "Recorded")
        return redirect("protection:conference", conference.pk)
    context = {"form": form, "sending": sending, "conference": conference}
    return render(request, "protection/conferences/receipt.html", context)


def _received(request: SignedInRequest, sending: Distribution, form: ReceiptForm) -> None:
    if form.cleaned_data["became"] == "returned":
        actions.mark_came_back(sending=sending, by=request.user)
    else:
        received_at = form.cleaned_data["received_at"]
        actions.mark_arrived(sending=sending, received_at=received_at, by=request.user)
