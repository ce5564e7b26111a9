"""The pages of checks: what they look for, what they found, and what they say of a child."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from hearth.accounts.guard import SignedInRequest, guard
from hearth.design.drafts import done
from hearth.design.forms import attempt
from hearth.people.models import Person
from hearth.quality import actions, pages, policies
from hearth.quality.flow.series import CHARTED
from hearth.quality.forms import AskForm, DecideForm, WhichForm
from hearth.quality.models import Alert
from hearth.records.drafts import close_draft, open_draft

PER_PAGE = 50


@guard(policies.checks)
def checks(request: SignedInRequest) -> HttpResponse:
    """Every check, in words."""
    found = pages.all_checks(request.user, today=timezone.localdate())
    may_list = policies.alerts.allows(request.user, None)
    may_see = policies.months.allows(request.user, None)
    context = {"checks": found, "may_list": may_list, "may_see_figures": may_see}
    return render(request, "quality/checks.html", context | {"charted": CHARTED.values()})


@guard(policies.alerts)
def alerts(request: SignedInRequest) -> HttpResponse:
    """What the checks have found for this worker, the gravest and oldest first."""
    today, which = timezone.localdate(), WhichForm(request.GET or None)
    wanted = which.cleaned_data if which.is_valid() else {}
    found = pages.alerts_for(request.user, today=today, **wanted)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "lines": pages.as_list(list(page)), "which": which, "today": today}
    return render(request, "quality/alerts.html", context)


@guard(policies.child)
def child(request: SignedInRequest, child: Person) -> HttpResponse:
    """What the checks say of one child, and why the others are quiet."""
    today = timezone.localdate()
    page = pages.page_of_child(child, request.user, today=today)
    may_look = policies.look_again.allows(request.user, child)
    context = {"child": child, "current": "checks", "page": page, "may_look": may_look}
    return render(request, "quality/child.html", context | {"today": today})


@require_POST
@guard(policies.look_again)
def look_again(request: SignedInRequest, child: Person) -> HttpResponse:
    """Have the checks look now."""
    actions.look([child.pk], today=timezone.localdate(), by=request.user)
    done(request, "The checks have looked again")
    return redirect("quality:child", child.pk)


@guard(policies.ask_to_set_aside)
def ask_to_set_aside(request: SignedInRequest, alert: Alert) -> HttpResponse:
    """Ask why it is not relevant."""
    draft = open_draft(request, f"quality.set_aside.{alert.pk}", about=[alert.child_id])
    form = AskForm(request.POST or None)
    if form.is_valid() and attempt(
        form,
        lambda: actions.ask_to_set_aside(alert=alert, by=request.user, **form.cleaned_data),
    ):
        close_draft(request, draft, "A manager has been asked")
        return redirect("quality:child", alert.child_id)
    context = {"alert": alert, "child": alert.child, "current": "checks"}
    return render(request, "quality/ask.html", context | {"form": form, "draft": draft})


@guard(policies.decide_to_set_aside)
def decide_to_set_aside(request: SignedInRequest, alert: Alert) -> HttpResponse:
    """Ask a manager whether it is."""
    draft = open_draft(request, f"quality.decide.{alert.pk}", about=[alert.child_id])
    form = DecideForm(request.POST or None)
    if form.is_valid() and attempt(form, lambda: _decide(request, alert, form)):
        close_draft(request, draft, "Your decision is on the record")
        return redirect("quality:child", alert.child_id)
    asked = alert.set_aside.filter(decided_at=None).select_related("asked_by").first()
    context = {"alert": alert, "child": alert.child, "current": "checks", "asked": asked}
    return render(request, "quality/decide.html", context | {"form": form, "draft": draft})


def _decide(request: SignedInRequest, alert: Alert, form: DecideForm) -> None:
    given = form.cleaned_data
    if given["agree"] == "yes":
        actions.agree_to_set_aside(
            alert=alert, until=given["until"], words=given["words"], by=request.user
        )
    else:
        actions.refuse_to_set_aside(alert=alert, words=given["words"], by=request.user)
