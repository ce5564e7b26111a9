"""Who has had supervision and who has not; which cases were discussed and which were not."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from hearth.accounts.guard import SignedInRequest, guard
from hearth.people.models import Person
from hearth.supervision import policies
from hearth.supervision.forms import CasesFilter, OverviewFilter
from hearth.supervision.pages import overview as pages
from hearth.supervision.pages.records import child_page, worker_page
from hearth.workforce.models import Staff, Team


@guard(policies.mine)
def mine(request: SignedInRequest) -> HttpResponse:
    """A manager's overview; everybody else's own supervision."""
    if policies.overview.allows(request.user, None):
        return redirect("supervision:overview")
    staff = getattr(request.user, "staff", None)
    if staff is not None:
        return redirect("supervision:worker", staff.pk)
    return render(request, "supervision/nobody.html")


@guard(policies.overview)
def overview(request: SignedInRequest) -> HttpResponse:
    """Whose supervision is overdue, unrecorded or unsigned."""
    today = timezone.localdate()
    filters = OverviewFilter(request.GET, teams=pages.teams_seen(request.user, today=today))
    page = pages.overview(request.user, filters.chosen, today=today)
    own = getattr(request.user, "staff", None)
    return render(
        request, "supervision/overview.html", {"page": page, "filters": filters, "own": own}
    )


@guard(policies.cases)
def cases(request: SignedInRequest) -> HttpResponse:
    """A team's cases that have not been discussed."""
    today = timezone.localdate()
    teams = pages.teams_seen(request.user, today=today)
    filters = CasesFilter(request.GET, teams=teams)
    team, show = filters.chosen.get("team"), filters.chosen.get("show") or ""
    if team is None and teams:
        team = teams[0]
        filters = CasesFilter(initial={"team": team.pk, "show": show}, teams=teams)
    weeks = int(show) if show.isdigit() else None
    page = (
        pages.undiscussed(team, weeks=weeks, unseen=show == "unseen", today=today) if team else None
    )
    return render(request, "supervision/cases.html", {"page": page, "filters": filters})


@guard(policies.team)
def team(request: SignedInRequest, team: Team) -> HttpResponse:
    """How a team's supervision stands: a page, or the words of it put into another."""
    figures = pages.figures_of(team, request.user, today=timezone.localdate())
    part = "HX-Request" in request.headers
    template = "supervision/_figures.html" if part else "supervision/team.html"
    return render(request, template, {"figures": figures})


@guard(policies.worker)
def worker(request: SignedInRequest, staff: Staff) -> HttpResponse:
    """One worker's supervision: how it stands, and every session."""
    page = worker_page(staff, request.user, today=timezone.localdate())
    return render(request, "supervision/worker.html", {"page": page})


@guard(policies.child)
def child(request: SignedInRequest, child: Person) -> HttpResponse:
    """How a child's case was discussed over time."""
    page = child_page(child, today=timezone.localdate())
    context = {"child": child, "current": "supervision", "page": page}
    return render(request, "supervision/child.html", context)
