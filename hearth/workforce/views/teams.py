"""The teams: who is in each, and what is changed about it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from hearth.accounts.guard import SignedInRequest, guard
from hearth.design.drafts import done
from hearth.design.forms import attempt
from hearth.workforce import actions, pages, policies
from hearth.workforce.forms import OnForm, OpenTeamForm, RenameTeamForm, TeamForm
from hearth.workforce.leaving import held_by
from hearth.workforce.models import Team


@guard(policies.teams)
def teams(request: SignedInRequest) -> HttpResponse:
    """Every team."""
    closed = "closed" in request.GET
    context = {
        "lines": pages.team_lines(today=timezone.localdate(), closed=closed),
        "closed": closed,
        "may_open": policies.open_team.allows(request.user, None),
    }
    return render(request, "workforce/teams.html", context)


@guard(policies.team)
def team(request: SignedInRequest, team: Team) -> HttpResponse:
    """One team, as it is and as it was."""
    page = pages.team_page(team, request.user, today=timezone.localdate())
    return render(request, "workforce/team.html", {"page": page})


@guard(policies.open_team)
def open_team(request: SignedInRequest) -> HttpResponse:
    """Open a team."""
    form = OpenTeamForm(request.POST or None, initial={"opened_on": timezone.localdate()})
    if form.is_valid() and attempt(
        form, lambda: actions.open_team(**form.cleaned_data, by=request.user)
    ):
        done(request, f"{form.cleaned_data['name']} is open")
        return redirect("workforce:teams")
    return render(request, "workforce/open_team.html", {"form": form})


@guard(policies.change_team)
def change_team(request: SignedInRequest, team: Team) -> HttpResponse:
    """Change what a team is for, its limit and its posts."""
    form = TeamForm(request.POST or None, initial=pages.known_of(team))
    if form.is_valid() and attempt(form, lambda: _change(request, team, form)):
        done(request, "Changed")
        return redirect("workforce:team", team.pk)
    return render(request, "workforce/change_team.html", {"form": form, "team": team})


def _change(request: SignedInRequest, team: Team, form: TeamForm) -> None:
    said: dict[str, Any] = dict(form.cleaned_data)
    posts = said.pop("posts")
    actions.change_team(team=team, **said, by=request.user)
    if posts is not None:
        actions.set_posts(team=team, posts=posts, on=timezone.localdate(), by=request.user)


@guard(policies.change_team)
def rename_team(request: SignedInRequest, team: Team) -> HttpResponse:
    """Call a team something else."""
    form = RenameTeamForm(request.POST or None, today=timezone.localdate())
    if form.is_valid() and attempt(
        form, lambda: actions.rename_team(team=team, **form.cleaned_data, by=request.user)
    ):
        done(request, f"It is called {form.cleaned_data['name']}")
        return redirect("workforce:team", team.pk)
    return render(request, "workforce/rename_team.html", {"form": form, "team": team})


@guard(policies.change_team)
def close_team(request: SignedInRequest, team: Team) -> HttpResponse:
    """Close a team whose work is with others."""
    held = held_by(team, worker=request.user)
    form = OnForm(request.POST or None, today=timezone.localdate())
    if form.is_valid() and attempt(
        form, lambda: actions.close_team(team=team, **form.cleaned_data, by=request.user)
    ):
        done(request, f"{team} is closed")
        return redirect("workforce:team", team.pk)
    context = {"form": form, "team": team, "held": held}
    return render(request, "workforce/close_team.html", context)
