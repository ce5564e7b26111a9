"""How work flows here, what each case counts for, and this authority's own limits."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from hearth.accounts.guard import SignedInRequest, guard
from hearth.casework import actions, policies
from hearth.casework.forms.local import AdoptionForm, LimitForm, RefuseChangeForm
from hearth.casework.models import LocalChange
from hearth.casework.pages import carrying, rules
from hearth.design.drafts import done
from hearth.design.forms import attempt
from hearth.workforce.models import Staff, Team


@guard(policies.how_work_flows)
def how_work_flows(request: SignedInRequest) -> HttpResponse:
    """Every step: who does it, by when, on what authority, and what follows."""
    return render(request, "casework/how_work_flows.html", {"processes": rules.processes()})


@guard(policies.how_work_flows)
def weights(request: SignedInRequest) -> HttpResponse:
    """What each kind of case counts for, and why."""
    context = {"weights": carrying.ALL_WEIGHTS, "siblings": carrying.sibling_note()}
    return render(request, "casework/weights.html", context)


@guard(policies.team_caseload)
def team_caseload(request: SignedInRequest, team: Team) -> HttpResponse:
    """What each of a team carries, and the trend."""
    page = carrying.team_carrying(team, today=timezone.localdate())
    return render(request, "casework/team_caseload.html", {"page": page})


@guard(policies.staff_caseload)
def staff_caseload(request: SignedInRequest, staff: Staff) -> HttpResponse:
    """All that one worker carries, child by child."""
    page = carrying.staff_carrying(staff, today=timezone.localdate())
    return render(request, "casework/staff_caseload.html", {"page": page})


@guard(policies.local_limits)
def local_limits(request: SignedInRequest) -> HttpResponse:
    """The national limits, and what this authority chose instead."""
    page = rules.local_page(request.user, today=timezone.localdate())
    return render(request, "casework/local_limits.html", {"page": page})


@guard(policies.propose_change)
def propose_adoption(request: SignedInRequest) -> HttpResponse:
    """Propose the day this authority took up a framework."""
    form = AdoptionForm(request.POST or None)
    if form.is_valid() and attempt(
        form, lambda: actions.propose_adoption(**form.cleaned_data, by=request.user)
    ):
        done(request, "Proposed. A service manager or the director must agree it")
        return redirect("casework:local_limits")
    return render(request, "casework/propose_adoption.html", {"form": form})


@guard(policies.propose_change)
def propose_limit(request: SignedInRequest) -> HttpResponse:
    """Propose a time limit of this authority's own."""
    form = LimitForm(request.POST or None)
    if form.is_valid() and attempt(
        form, lambda: actions.propose_limit(**form.cleaned_data, by=request.user)
    ):
        done(request, "Proposed. A service manager or the director must agree it")
        return redirect("casework:local_limits")
    return render(request, "casework/propose_limit.html", {"form": form})


@guard(policies.decide_change)
def decide_change(request: SignedInRequest, change: LocalChange) -> HttpResponse:
    """Agree or refuse a proposal."""
    form = RefuseChangeForm(request.POST or None)
    if form.is_valid() and attempt(form, lambda: _decide(request, change, form)):
        agreed = form.cleaned_data["decision"] == "agree"
        done(request, "Agreed" if agreed else "Refused")
        return redirect("casework:local_limits")
    context = {"form": form, "line": rules.proposal(change)}
    return render(request, "casework/decide_change.html", context)


def _decide(request: SignedInRequest, change: LocalChange, form: RefuseChangeForm) -> None:
    said = form.cleaned_data
    if said["decision"] == "agree":
        actions.agree_change(change=change, by=request.user)
    else:
        actions.refuse_change(change=change, reason=said["reason"], by=request.user)
