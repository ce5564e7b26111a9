"""A task's own page, passing it on, and taking it off the list."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from hearth.accounts.guard import SignedInRequest, guard
from hearth.casework import actions, policies
from hearth.casework.forms.tasks import CancelForm, DoDirectionForm, ReassignForm
from hearth.casework.models import Direction, Task
from hearth.casework.pages.tasks import page_of
from hearth.design.drafts import done
from hearth.design.forms import attempt
from hearth.records.drafts import close_draft, open_draft


@guard(policies.task)
def task(request: SignedInRequest, task: Task) -> HttpResponse:
    """What it is, whose, why it is due, and what happened to it."""
    today = timezone.localdate()
    page = page_of(task, request.user, today=today)
    offered = page.is_open and not page.why_not_reassign
    form = ReassignForm(task=task, today=today) if offered else None
    return render(request, "casework/task.html", {"page": page, "form": form})


@guard(policies.reassign_task)
def reassign_task(request: SignedInRequest, task: Task) -> HttpResponse:
    """Give it to another worker or team."""
    today = timezone.localdate()
    form = ReassignForm(request.POST or None, task=task, today=today)
    if form.is_valid() and attempt(form, lambda: _reassign(request, task, form)):
        done(request, f"{task.step.name} has changed hands")
        if task.team_id is not None:
            return redirect("desk:team_work", task.team_id)
        return redirect("casework:task", task.pk)
    page = page_of(task, request.user, today=today)
    return render(request, "casework/task.html", {"page": page, "form": form})


def _reassign(request: SignedInRequest, task: Task, form: ReassignForm) -> None:
    said = form.cleaned_data
    actions.reassign(task, **said["to"], reason=said["reason"], by=request.user)


@guard(policies.cancel_task)
def cancel_task(request: SignedInRequest, task: Task) -> HttpResponse:
    """Take it off the list, with why."""
    form = CancelForm(request.POST or None)
    if form.is_valid() and attempt(
        form, lambda: actions.take_off(task, **form.cleaned_data, by=request.user)
    ):
        done(request, f"{task.step.name} is off the list")
        return redirect("casework:task", task.pk)
    return render(request, "casework/cancel_task.html", {"task": task, "form": form})


@guard(policies.direction)
def direction(request: SignedInRequest, direction: Direction) -> HttpResponse:
    """What a manager asked for, and what was done about it."""
    refusals = policies.do_direction.refusals(request.user, direction)
    form = None
    if not refusals:
        form = DoDirectionForm(direction=direction, today=timezone.localdate())
    context = {"direction": direction, "form": form, "refusals": refusals}
    return render(request, "casework/direction.html", context | _about(direction))


@guard(policies.do_direction)
def do_direction(request: SignedInRequest, direction: Direction) -> HttpResponse:
    """Say what was done about it."""
    draft = open_draft(request, f"casework.direction.{direction.pk}", about=direction.about)
    today = timezone.localdate()
    form = DoDirectionForm(request.POST or None, direction=direction, today=today)
    if form.is_valid() and attempt(
        form,
        lambda: actions.do_direction(direction=direction, **form.cleaned_data, by=request.user),
    ):
        close_draft(request, draft, "Recorded what was done")
        return redirect("casework:direction", direction.pk)
    context = {"direction": direction, "form": form, "refusals": [], "draft": draft}
    return render(request, "casework/direction.html", context | _about(direction))


def _about(direction: Direction) -> dict[str, object]:
    parts = direction.children.select_related("child").order_by("child__born_on", "child")
    return {"children": [part.child for part in parts], "today": timezone.localdate()}
