"""Choosing who is to do something: a worker, or a team."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from hearth.accounts.models import User
from hearth.casework.models import Task
from hearth.workforce.models import Staff, Team, TeamMembership

WORKER, TEAM = "worker", "team"


class HolderField(forms.ChoiceField):
    """A worker or a team to give something to: cleaned as {"worker": ..., "team": ...}."""

    def clean(self, value: Any) -> dict[str, Any]:
        """The worker or the team that was chosen."""
        chosen = super().clean(value)
        kind, _, pk = str(chosen).partition(":")
        if kind == WORKER:
            return {"worker": User.objects.filter(pk=pk).first(), "team": None}
        return {"worker": None, "team": Team.objects.filter(pk=pk).first()}


def holders_for(task: Task, *, today: date) -> list[Any]:
    """Those who could do a task: the workers of its team first, then others, then the teams."""
    members = (
        TeamMembership.objects.on(today)
        .filter(
            staff__in=Staff.objects.employed_on(today).filter(user__is_active=True),
            staff__user__roles__overlap=[role.value for role in task.step.done_by],
        )
        .select_related("staff__user", "team")
        .order_by("staff__user__first_name", "staff__user__last_name")
    )
    own: list[tuple[str, str]] = []
    others: list[tuple[str, str]] = []
    for member in members:
        user = member.staff.user
        if user.pk != task.worker_id:
            choice = (f"{WORKER}:{user.pk}", f"{user}, {member.team}")
            (own if member.team_id == task.team_id else others).append(choice)
    teams = [(f"{TEAM}:{team.pk}", str(team)) for team in Team.objects.open_on(today)]
    groups = [("In the same team", own), ("Others", _once(others, own)), ("Teams", teams)]
    return [("", "Choose"), *((name, choices) for name, choices in groups if choices)]


def _once(others: Sequence[tuple[str, str]], own: Sequence[tuple[str, str]]) -> list[Any]:
    seen = {value for value, _ in own}
    return [choice for choice in others if choice[0] not in seen]
