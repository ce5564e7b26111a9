"""Visits: a worker's day, planning one, recording what was seen, and putting it right."""

from datetime import date
from typing import Any

from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from hearth.accounts.guard import SignedInRequest, guard
from hearth.accounts.roles import MANAGERS
from hearth.lib.errors import CannotDo
from hearth.people.models import Person
from hearth.people.understood import needs_on
from hearth.records import actions, phone, policies
from hearth.records.drafts import changed_since, close_draft, open_draft
from hearth.records.forms.shared import named_parts
from hearth.records.forms.visits import (
    ALONE,
    NOT_SEEN,
    WITH_OTHERS,
    EditVisitForm,
    MoveForm,
    PlanForm,
    VisitForm,
    VisitPart,
)
from hearth.records.models import Visit, VisitChild
from hearth.records.reading import (
    children_of,
    colleagues,
    day_of,
    earlier_versions,
    needs_at,
    on_a_phone,
    parts_beside,
    reading,
    recorded_beside,
    restricted_among,
    siblings_of,
)


@guard(policies.day)
def day(request: SignedInRequest) -> HttpResponse:
    """A worker's visits of a day: to make, to write up, and written."""
    today = timezone.localdate()
    try:
        on = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        on = today
    found = day_of(request.user, on=on, today=today)
    until = None
    if "kept" in request.GET:
        found, until = on_a_phone(found), phone.kept_until(request.session, timezone.now())
    context = {"day": found, "today": today, "kept_until": until}
    return render(request, "records/day.html", context)


@guard(policies.plan_visit)
def plan_visit(request: SignedInRequest, child: Person) -> HttpResponse:
    """Ask when a visit is to be made, and by whom."""
    today = timezone.localdate()
    siblings = siblings_of(child, today=today)
    draft = open_draft(request, f"records.plan-visit.{child.pk}", about=[child.pk])
    form = PlanForm(
        request.POST or None,
        today=today,
        colleagues=colleagues(today),
        siblings=siblings,
        initial={"worker": request.user.pk, "also": [str(s.pk) for s in siblings]},
    )
    if form.is_valid():
        answers = dict(form.cleaned_data)
        children = [child, *answers.pop("also", [])]
        visit = actions.plan_visit(children=children, by=request.user, **answers)
        close_draft(request, draft, "Visit planned")
        return redirect(page_of(visit, child))
    return render(
        request, "records/plan_visit.html", {"child": child, "form": form, "draft": draft}
    )


@guard(policies.change_visit)
def change_visit(request: SignedInRequest, visit: Visit) -> HttpResponse:
    """Ask for another day or worker, or why a planned visit will not be made."""
    today, child = timezone.localdate(), children_of(visit)[0]
    draft = open_draft(request, f"records.change-visit.{visit.pk}", about=visit.about)
    form = MoveForm(
        request.POST or None, today=today, colleagues=colleagues(today), initial=_plan_of(visit)
    )
    if form.is_valid():
        answers = dict(form.cleaned_data)
        if reason := answers.pop("cancelled_reason"):
            actions.cancel_visit(visit=visit, reason=reason, by=request.user)
        else:
            actions.replan_visit(visit=visit, by=request.user, **answers)
        close_draft(request, draft, "Visit cancelled" if reason else "Visit moved")
        return redirect(page_of(visit, child))
    context = {"child": child, "form": form, "draft": draft, "visit": visit}
    return render(request, "records/change_visit.html", context)


def _plan_of(visit: Visit) -> dict[str, Any]:
    return {
        "planned_on": visit.planned_on,
        "planned_time": visit.planned_time,
        "worker": visit.worker_id,
    }


@guard(policies.record_visit)
def record_visit(request: SignedInRequest, child: Person) -> HttpResponse:
    """Ask what was seen on a visit that was not planned here."""
    children = [child, *siblings_of(child, today=timezone.localdate())]
    beside = recorded_beside(request, child)
    key = phone.beside_draft(beside) if beside else f"records.visit.{child.pk}"
    return _record(request, children, key, visit=None, beside=beside)


@guard(policies.record_planned_visit)
def record_planned_visit(request: SignedInRequest, visit: Visit) -> HttpResponse:
    """Ask what was seen on a planned visit."""
    children = children_of(visit)
    if "kept" in request.GET:
        if restricted_among(visit.about):
            raise CannotDo("A visit to a child whose record is restricted is not kept on a phone")
    else:
        others = siblings_of(children[0], today=timezone.localdate())
        children += [child for child in others if child not in children]
    return _record(request, children, phone.planned_draft(visit), visit=visit)


@require_POST
@guard(policies.send_visit)
def send_visit(request: SignedInRequest, visit: Visit) -> JsonResponse:
    """Take a visit written up on a phone without signal, and say what became of it."""
    answer = phone.take(request.POST, visit, by=request.user, today=timezone.localdate())
    said = {"state": answer.state, "words": answer.words, "page": answer.page}
    return JsonResponse(said, status=answer.status)


def _record(
    request: SignedInRequest,
    children: list[Person],
    key: str,
    *,
    visit: Visit | None,
    beside: Visit | None = None,
) -> HttpResponse:
    about = [child.pk for child in children]
    # Two who made a planned visit together may both be writing it up.
    draft = open_draft(request, key, about=about, shared=visit is not None)
    known = vars(visit) if visit else {}
    today = timezone.localdate()
    form = VisitForm(
        request.POST or None,
        today=today,
        needs=needs_on(about, today),
        initial={name: known[name] for name in ("kind", "place", "announced") if known.get(name)},
    )
    parts = named_parts(VisitPart, children, data=request.POST or None)
    if form.is_valid() & parts.is_valid() and not draft.unseen:
        included = [(c, answers) for c, answers in parts.cleaned_data if answers["included"]]
        made = actions.record_visit(
            parts=included, visit=visit, by=request.user, **form.cleaned_data
        )
        close_draft(request, draft, "Visit recorded")
        return redirect(page_of(made, included[0][0]))
    context = {
        "child": children[0],
        "form": form,
        "parts": parts,
        "draft": draft,
        "visit": visit,
        "beside": beside,
        "said_beside": parts_beside(beside) if beside else [],
    }
    return render(request, "records/record_visit.html", context)


@guard(policies.read_visit)
def read_visit(request: SignedInRequest, visit: Visit) -> HttpResponse:
    """One visit, as it is read on one child's record."""
    read = reading(request, visit)
    asked = {
        "edit": policies.edit_visit,
        "record": policies.record_planned_visit,
        "change": policies.change_visit,
        "add": policies.add_to_visit,
        "feedback": policies.feedback_on_visit,
        "withdraw": policies.withdraw_visit,
    }
    context = {
        "child": read.child,
        "current": "notes",
        "read": read,
        "visit": visit,
        "may": {verb: policy.allows(request.user, visit) for verb, policy in asked.items()},
        "may_see_withdrawn": request.user.has_role(*MANAGERS),
    }
    return render(request, "records/read_visit.html", context)


@guard(policies.edit_visit)
def edit_visit(request: SignedInRequest, visit: Visit) -> HttpResponse:
    """Ask what the account of a visit should say, on the day it was written."""
    children = children_of(visit)
    draft = open_draft(request, f"records.edit-visit.{visit.pk}", about=visit.about)
    written = {part.child_id: _answers(part) for part in visit.parts.standing()}
    form = EditVisitForm(
        request.POST or None, record=visit, needs=needs_at(visit), initial=vars(visit)
    )
    parts = named_parts(VisitPart, children, data=_with_state(request, visit), initial=written)
    if form.is_valid() & parts.is_valid():
        actions.edit_visit(
            visit=visit, parts=parts.cleaned_data, by=request.user, **form.cleaned_data
        )
        close_draft(request, draft, "Visit changed")
        return redirect(page_of(visit, children[0]))
    context = {
        "child": children[0],
        "form": form,
        "parts": parts,
        "draft": draft,
        "visit": visit,
        "is_stale": form.is_stale or changed_since(draft, visit),
    }
    return render(request, "records/edit_visit.html", context)


def _with_state(request: SignedInRequest, visit: Visit) -> QueryDict | None:
    """What was sent, with what became of the visit, which an edit does not ask again."""
    sent = request.POST.copy()
    sent["outcome"] = visit.state
    return sent if request.POST else None


def _answers(part: VisitChild) -> dict[str, Any]:
    sight = (ALONE if part.seen_alone else WITH_OTHERS) if part.seen else NOT_SEEN
    return vars(part) | {"sight": sight}


@guard(policies.read_visit)
def visit_versions(request: SignedInRequest, visit: Visit) -> HttpResponse:
    """What a visit said before it was put right."""
    read = reading(request, visit)
    context = {
        "child": read.child,
        "current": "notes",
        "read": read,
        "record": visit,
        "versions": earlier_versions(visit, read.child),
        "back": page_of(visit, read.child),
    }
    return render(request, "records/versions.html", context)


def page_of(visit: Visit, child: Person) -> str:
    """Where a visit is read on a child's record."""
    return f"{reverse('records:read_visit', args=[visit.pk])}?child={child.pk}"
