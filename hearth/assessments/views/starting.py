"""From a task to an assessment, and what is decided after one."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from hearth.accounts.guard import SignedInRequest, guard
from hearth.assessments import actions, policies
from hearth.assessments.forms.deciding import HandOverForm, StartForm, UpdateForm
from hearth.assessments.pages.tasks import task_page
from hearth.casework.models import Task
from hearth.records.drafts import close_draft, open_draft


@guard(policies.from_task)
def from_task(request: SignedInRequest, task: Task) -> HttpResponse:
    """Go to the assessment a task asks for, or to where it is started."""
    page = task_page(task, request.user, today=timezone.localdate())
    if page.assessment:
        return redirect("assessments:open_assessment", page.assessment.pk)
    if page.may_start:
        return redirect("assessments:start_assessment", task.pk)
    return render(request, "assessments/not_started.html", {"page": page})


@guard(policies.start_assessment)
def start_assessment(request: SignedInRequest, task: Task) -> HttpResponse:
    """Ask when it starts and what is planned, and start it."""
    today = timezone.localdate()
    page = task_page(task, request.user, today=today)
    if page.assessment:
        return redirect("assessments:open_assessment", page.assessment.pk)
    draft = open_draft(request, f"assessments.start.{task.pk}", about=task.about)
    form = StartForm(request.POST or None, initial={"started_on": today})
    if form.is_valid():
        assessment = actions.start_assessment(
            task=task, on=today, by=request.user, **form.cleaned_data
        )
        close_draft(request, draft, f"{assessment} started")
        return redirect("assessments:open_assessment", assessment.pk)
    return render(request, "assessments/start.html", {"page": page, "form": form, "draft": draft})


@guard(policies.decide_update)
def decide_update(request: SignedInRequest, task: Task) -> HttpResponse:
    """Ask whether to assess again, and why."""
    today = timezone.localdate()
    draft = open_draft(request, f"assessments.update.{task.pk}", about=task.about)
    form = UpdateForm(request.POST or None)
    if form.is_valid():
        actions.decide_update(task=task, on=today, by=request.user, **form.cleaned_data)
        close_draft(request, draft, "Recorded")
        return redirect("desk:home")
    page = task_page(task, request.user, today=today)
    return render(request, "assessments/update.html", {"page": page, "form": form, "draft": draft})


@guard(policies.hand_over)
def hand_over(request: SignedInRequest, task: Task) -> HttpResponse:
    """Ask who has taken on what was decided."""
    today = timezone.localdate()
    draft = open_draft(request, f"assessments.hand-over.{task.pk}", about=task.about)
    form = HandOverForm(request.POST or None, initial={"handed_on": today})
    if form.is_valid():
        actions.hand_over(task=task, on=today, by=request.user, **form.cleaned_data)
        close_draft(request, draft, f"{task.step.name}: done")
        return redirect(reverse("desk:home"))
    page = task_page(task, request.user, today=today)
    return render(
        request, "assessments/hand_over.html", {"page": page, "form": form, "draft": draft}
    )
