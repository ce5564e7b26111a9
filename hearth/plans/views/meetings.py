"""A meeting that carries a plan on: called, arranged and held."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from hearth.accounts.guard import SignedInRequest, guard
from hearth.design.forms import ChildParts, attempt
from hearth.plans import actions, policies
from hearth.plans.forms.meetings import (
    BookForm,
    CallForm,
    CamePart,
    CancelForm,
    ChildPart,
    HoldForm,
    MemberForm,
    RatedPart,
)
from hearth.plans.forms.rows import FewActionRows
from hearth.plans.gathering import GATHERINGS, gatherings_of
from hearth.plans.models import Meeting, MeetingMember, Plan
from hearth.plans.pages.meeting import (
    is_late,
    meeting_page,
    said_of,
    since_last,
    visits_since,
)
from hearth.plans.pages.plan import children_of, names_of
from hearth.records.drafts import close_draft, open_draft


@guard(policies.call_meeting)
def call_meeting(request: SignedInRequest, plan: Plan) -> HttpResponse:
    """Ask when the next meeting is; where one has been called, go to it."""
    kinds = gatherings_of(plan.kind)
    coming = plan.meetings.coming().filter(kind__in=[each.kind for each in kinds]).first()
    if coming is not None:
        return redirect("plans:meeting", coming.pk)
    draft = open_draft(request, f"plans.call.{plan.pk}", about=plan.about)
    form, made = CallForm(request.POST or None, gatherings=kinds), []
    if form.is_valid() and attempt(
        form,
        lambda: made.append(
            actions.call_gathering(plan=plan, by=request.user, **form.cleaned_data)
        ),
    ):
        close_draft(request, draft, "Called. Look at who is asked")
        return redirect("plans:meeting", made[0].pk)
    context = {"plan": plan, "names": names_of(children_of(plan)), "form": form, "draft": draft}
    return render(request, "plans/call_meeting.html", context)


@guard(policies.meeting)
def meeting(request: SignedInRequest, meeting: Meeting) -> HttpResponse:
    """A meeting: who is asked and what is known; or its record, and who has been sent it."""
    page = meeting_page(meeting, request.user, today=timezone.localdate())
    return render(request, "plans/meeting.html", {"page": page})


@guard(policies.book_meeting)
def book_meeting(request: SignedInRequest, meeting: Meeting) -> HttpResponse:
    """Ask when and where it is."""
    known = {
        name: getattr(meeting, name) for name in ("planned_from", "planned_to", "how", "place")
    }
    form = BookForm(request.POST or None, initial=known | {"room": meeting.room_id})
    return _arrange(
        request,
        meeting,
        form,
        "plans/book_meeting.html",
        lambda said: actions.book_meeting(
            meeting=meeting, place=actions.Place(**said), by=request.user
        ),
    )


@guard(policies.add_member)
def add_member(request: SignedInRequest, meeting: Meeting) -> HttpResponse:
    """Ask who else is asked."""
    form = MemberForm(request.POST or None)
    return _arrange(
        request,
        meeting,
        form,
        "plans/add_member.html",
        lambda _said: actions.add_member(meeting=meeting, member=form.member, by=request.user),
    )


@guard(policies.cancel_meeting)
def cancel_meeting(request: SignedInRequest, meeting: Meeting) -> HttpResponse:
    """Ask why it is called off."""
    form = CancelForm(request.POST or None)
    return _arrange(
        request,
        meeting,
        form,
        "plans/cancel_meeting.html",
        lambda said: actions.cancel_meeting(meeting=meeting, by=request.user, **said),
    )


def _arrange(
    request: SignedInRequest, meeting: Meeting, form: Any, template: str, do: Any
) -> HttpResponse:
    draft = open_draft(request, f"{template}.{meeting.pk}", about=meeting.about)
    if form.is_valid() and attempt(form, lambda: do(form.cleaned_data)):
        close_draft(request, draft, "Saved")
        return redirect("plans:meeting", meeting.pk)
    context = {"meeting": meeting, "form": form, "draft": draft}
    return render(request, template, context)


@guard(policies.remove_member)
def remove_member(request: SignedInRequest, member: MeetingMember) -> HttpResponse:
    """Ask whether somebody is not to come after all."""
    if request.method == "POST":
        actions.remove_member(member=member, by=request.user)
        return redirect("plans:meeting", member.meeting_id)
    return render(
        request, "plans/remove_member.html", {"member": member, "meeting": member.meeting}
    )


@guard(policies.hold_meeting)
def hold_meeting(request: SignedInRequest, meeting: Meeting) -> HttpResponse:
    """Ask who came, what each child wants, how each action goes, and what was agreed."""
    today, data = timezone.localdate(), request.POST or None
    gathering = GATHERINGS[meeting.kind]
    draft = open_draft(request, f"plans.hold.{meeting.pk}", about=meeting.about, shared=True)
    late = bool(gathering.step) and is_late(meeting, gathering.step, today=today)
    form = HoldForm(
        data, gathering=gathering, is_late=late, initial={"held_at": meeting.planned_from}
    )
    came, rated, children = _parts(meeting, data)
    rows = FewActionRows(data, prefix="new", form_kwargs={"children": children_of(meeting)})
    valid = [each.is_valid() for each in (form, came, rated, children, rows)]
    if all(valid) and attempt(
        form,
        lambda: actions.hold_gathering(
            meeting=meeting,
            said=said_of(form.cleaned_data, came, rated, children, rows),
            by=request.user,
        ),
        draft=draft,
    ):
        close_draft(request, draft, "Recorded. Now send the notes")
        return redirect("plans:meeting", meeting.pk)
    context = {
        "meeting": meeting,
        "form": form,
        "draft": draft,
        "form_groups": [came, rated, children],
        "rows": rows,
        "visits": visits_since(meeting, since_last(meeting)),
    }
    return render(request, "plans/hold_meeting.html", context)


def _parts(meeting: Meeting, data: Any) -> tuple[ChildParts[Any], ChildParts[Any], ChildParts[Any]]:
    """The parts of the form: for each asked, each open action, and each child."""
    gathering = GATHERINGS[meeting.kind]
    members = list(meeting.members.filter(removed_at=None))
    open_now = actions.open_actions(meeting) if gathering.rates_actions else []
    children = children_of(meeting)
    parts = ChildParts(ChildPart, children, data=data, decisions=gathering.decisions)
    for part in parts:
        for field in part.form.fields.values():
            field.label = str(field.label).format(name=part.child.name)
    return (
        ChildParts(CamePart, members, data=data, prefix="member"),
        ChildParts(RatedPart, open_now, data=data, prefix="action"),
        parts,
    )
