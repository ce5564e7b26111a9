"""Reading assessments: one whole, a child's, a team's, and on paper."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from hearth.accounts.guard import SignedInRequest, guard
from hearth.assessments import actions, documents, policies
from hearth.assessments.models import Assessment
from hearth.assessments.pages.copies import chosen, copy_form
from hearth.assessments.pages.frame import frame
from hearth.assessments.pages.lists import child_list, team_list
from hearth.assessments.pages.whole import whole_page
from hearth.assessments.reading import read
from hearth.people.models import Person
from hearth.workforce.models import Team


@guard(policies.open_assessment)
def open_assessment(request: SignedInRequest, assessment: Assessment) -> HttpResponse:
    """The whole assessment on one page."""
    page = whole_page(assessment, request.user, today=timezone.localdate())
    return render(request, "assessments/whole.html", {"page": page, "frame": page.frame})


@guard(policies.child_assessments)
def child_assessments(request: SignedInRequest, child: Person) -> HttpResponse:
    """A child's assessments, the newest first."""
    context = child_list(child, request.GET, today=timezone.localdate())
    return render(request, "assessments/of_child.html", context)


@guard(policies.team_assessments)
def team_assessments(request: SignedInRequest, team: Team) -> HttpResponse:
    """A team's assessments, with the days left."""
    context = team_list(team, request.GET, today=timezone.localdate())
    return render(request, "assessments/of_team.html", context)


@guard(policies.print_assessment)
def print_assessment(request: SignedInRequest, assessment: Assessment) -> HttpResponse:
    """The authorised assessment as a PDF."""
    page = whole_page(assessment, request.user, today=timezone.localdate())
    printed = documents.report(
        page.reading, page.agreed, page.addenda, by=request.user, at=timezone.now()
    )
    return _pdf(printed, f"assessment-{assessment.pk}.pdf")


@guard(policies.family_copy)
def family_copy(request: SignedInRequest, assessment: Assessment) -> HttpResponse:
    """Ask whom a copy is for and what it may hold, and make it."""
    today = timezone.localdate()
    reading = read(assessment)
    form = copy_form(reading, request.POST or None)
    if form.is_valid():
        copy = chosen(reading, form)
        actions.make_family_copy(
            assessment=assessment, reader_name=copy.reader_name, on=today, by=request.user
        )
        made = documents.family_copy(reading, copy, by=request.user, at=timezone.now())
        return _pdf(made, f"assessment-{assessment.pk}-copy.pdf")
    shown = frame(reading, current="whole", today=today)
    return render(request, "assessments/family_copy.html", {"frame": shown, "form": form})


def _pdf(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
