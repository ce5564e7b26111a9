"""Opening, renaming, changing and closing teams, with what each was before."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.lib.dates import in_words
from hearth.lib.errors import CannotDo
from hearth.workforce.leaving import held_by
from hearth.workforce.models import Team, TeamKind, TeamMembership, TeamName, TeamPosts


@transaction.atomic
def open_team(
    *,
    name: str,
    kind: str,
    opened_on: date,
    service: str = "",
    caseload_limit: int = 18,
    posts: Decimal | None = None,
    by: User,
) -> Team:
    """Open a team from a day."""
    _name_is_free(name, None)
    team: Team = Team.objects.create(
        name=name,
        kind=TeamKind(kind),
        service=service,
        caseload_limit=caseload_limit,
        opened_on=opened_on,
    )
    TeamName.objects.create(team=team, name=name, started_on=opened_on)
    if posts is not None:
        TeamPosts.objects.create(team=team, posts=posts, started_on=opened_on)
    trail.record("Opened a team", team, by=by)
    return team


@transaction.atomic
def rename_team(*, team: Team, name: str, on: date, by: User) -> None:
    """Call a team something else from a day. What it was called before is kept."""
    team = _open(team)
    _name_is_free(name, team)
    if on < team.opened_on or on > timezone.localdate():
        raise CannotDo(f"Choose a day from {in_words(team.opened_on)} to today")
    last = team.names.filter(ended_on=None).order_by("-started_on").first()
    if last is None:
        last = TeamName.objects.create(team=team, name=team.name, started_on=team.opened_on)
    if on < last.started_on:
        raise CannotDo(f"It has only been called {last.name} since {in_words(last.started_on)}")
    last.ended_on = on
    last.save(update_fields=["ended_on"])
    TeamName.objects.create(team=team, name=name, started_on=on)
    team.name = name
    team.save(update_fields=["name"])
    trail.record("Renamed a team", team, by=by)


@transaction.atomic
def change_team(*, team: Team, kind: str, service: str, caseload_limit: int, by: User) -> None:
    """Change what a team is for, its service, and the most one worker should carry."""
    team = _open(team)
    team.kind, team.service, team.caseload_limit = TeamKind(kind), service, caseload_limit
    team.save(update_fields=["kind", "service", "caseload_limit"])
    trail.record("Changed a team", team, by=by)


@transaction.atomic
def set_posts(*, team: Team, posts: Decimal, on: date, by: User) -> None:
    """Say how many full-time posts a team is meant to have from a day."""
    team = _open(team)
    if on < team.opened_on:
        raise CannotDo(f"{team} only opened on {in_words(team.opened_on)}")
    TeamPosts.objects.update_or_create(team=team, started_on=on, defaults={"posts": posts})
    trail.record("Set a team's posts", team, by=by)


@transaction.atomic
def close_team(*, team: Team, on: date, by: User) -> None:
    """Close a team that has no work left: everybody in it leaves it that day."""
    team = _open(team)
    if on < team.opened_on:
        raise CannotDo(f"{team} only opened on {in_words(team.opened_on)}")
    if on > timezone.localdate():
        raise CannotDo("Close it on the day it closes")
    held = held_by(team, worker=by)
    if held.count:
        raise CannotDo(f"{team} still has work: {held.in_words}. Give it to another team first")
    for membership in TeamMembership.objects.filter(team=team, ended_on=None):
        membership.ended_on = max(on, membership.started_on)
        membership.save(update_fields=["ended_on"])
    team.closed_on = on
    team.save(update_fields=["closed_on"])
    trail.record("Closed a team", team, by=by)


def _open(team: Team) -> Team:
    team = Team.objects.select_for_update().get(pk=team.pk)
    if team.closed_on is not None:
        raise CannotDo(f"{team} closed on {in_words(team.closed_on)}")
    return team


def _name_is_free(name: str, team: Team | None) -> None:
    others = Team.objects.filter(name__iexact=name, closed_on=None)
    if team is not None:
        others = others.exclude(pk=team.pk)
    if others.exists():
        raise CannotDo(f"Another team is called {name}")
