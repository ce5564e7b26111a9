"""Lists of assessments: a team's, with the days left, and a child's, newest first."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import F

from hearth.assessments.models import Assessment
from hearth.people.models import Person
from hearth.workforce.models import Team

A_PAGE = 25
SHOWN = (
    ("open", "Open"),
    ("overdue", "Overdue"),
    ("waiting", "Waiting to be authorised"),
    ("authorised", "Authorised"),
)


class TeamListForm(forms.Form):
    """Which of a team's assessments to show."""

    show = forms.ChoiceField(label="Show", choices=SHOWN, required=False)


def team_list(team: Team, query: Mapping[str, Any], *, today: date) -> dict[str, Any]:
    """A team's assessments, the one due first at the top."""
    filters = TeamListForm(query)
    show = filters.cleaned_data["show"] if filters.is_valid() else ""
    found = Assessment.objects.in_team(team).for_list()
    if show == "authorised":
        found = found.authorised().order_by("-authorised_on", "-pk")
    else:
        found = found.open().order_by(F("task__due_on").asc(nulls_last=True), "pk")
        if show == "overdue":
            found = found.filter(task__due_on__lt=today)
        if show == "waiting":
            found = found.filter(submitted_on__isnull=False)
    return {"filters": filters, "page": _page(found, query), "team": team, "today": today}


def child_list(child: Person, query: Mapping[str, Any], *, today: date) -> dict[str, Any]:
    """A child's assessments, the newest first."""
    found = Assessment.objects.of_child(child).for_list()
    return {"page": _page(found, query), "child": child, "current": "assessments", "today": today}


def _page(found: Any, query: Mapping[str, Any]) -> Page[Any]:
    return Paginator(found, A_PAGE).get_page(query.get("page"))
