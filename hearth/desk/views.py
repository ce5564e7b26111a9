"""The desk, the work list, and the front page of a child's record."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from hearth.accounts.guard import SignedInRequest, guard
from hearth.desk import families, pages, policies
from hearth.desk.judgements import judgements_of
from hearth.lib.panels import panels_for
from hearth.lib.text import tidy_line
from hearth.people.models import Person
from hearth.workforce.models import Team


@guard(policies.home)
def home(request: SignedInRequest) -> HttpResponse:
    """What waits for this worker, in order of danger."""
    page = pages.desk_of(request.user, today=timezone.localdate(), skip=request.GET)
    return render(request, "desk/home.html", {"desk": page})


@guard(policies.work)
def work(request: SignedInRequest) -> HttpResponse:
    """All that waits for this worker."""
    page = pages.work_of(request.user, today=timezone.localdate(), skip=request.GET)
    return render(request, "desk/work.html", {"work": page})


@guard(policies.search)
def search(request: SignedInRequest) -> HttpResponse:
    """Who is meant by what was typed in the box on every page."""
    asked = tidy_line(request.GET.get("q", ""))
    page = pages.search_for(asked, request.user, today=timezone.localdate())
    return render(request, "desk/search.html", {"found": page})


@guard(policies.team_work)
def team_work(request: SignedInRequest, team: Team) -> HttpResponse:
    """All that waits for a team, and who carries what."""
    today = timezone.localdate()
    page = pages.work_of_team(team, request.user, today=today, skip=request.GET)
    return render(request, "desk/work.html", {"work": page})


@guard(policies.child)
def child(request: SignedInRequest, child: Person) -> HttpResponse:
    """Who this is, whether they are safe now, what happens next, and their story."""
    today = timezone.localdate()
    panels = panels_for(request.user, child, today)
    return render(
        request, "desk/child.html", {"child": child, "current": "front", "panels": panels}
    )


@guard(policies.family)
def family(request: SignedInRequest, child: Person) -> HttpResponse:
    """Everyone in a child's family, every child a column, and the work open for each."""
    page = families.page_of_family(child, today=timezone.localdate())
    return render(request, "desk/family.html", {"child": child, "current": "family", "page": page})


@guard(policies.judgements)
def judgements(request: SignedInRequest, child: Person) -> HttpResponse:
    """How need and risk were judged at each decision, and whether they rose or fell."""
    context = {"child": child, "current": "judgements", "judgements": judgements_of(child)}
    return render(request, "desk/judgements.html", context)
