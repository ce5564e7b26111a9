"""A child's chronology: read, narrowed, printed, and weighed."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from hearth.accounts.guard import SignedInRequest, guard
from hearth.lib.dates import add_months
from hearth.people.models import Person
from hearth.records import actions, policies
from hearth.records.drafts import close_draft, open_draft
from hearth.records.forms.chronology import (
    ChronologyFilter,
    ImpactForm,
    ReviewForm,
    SignificanceForm,
)
from hearth.records.models import ChronologyEntry
from hearth.records.printing import print_of
from hearth.records.reading import latest_review, siblings_of
from hearth.records.story import Story, story_of

A_PAGE = 50
TWO_YEARS = 24


@guard(policies.view_chronology)
def chronology(request: SignedInRequest, child: Person) -> HttpResponse:
    """What has happened in this child's life, the latest first."""
    today = timezone.localdate()
    form = ChronologyFilter(request.GET or None)
    siblings = siblings_of(child, today=today) if form.is_of_siblings else []
    page = Paginator(form.narrow([child, *siblings]), A_PAGE).get_page(request.GET.get("page"))
    is_own = page.number == 1 and not form.is_of_siblings
    context = {
        "child": child,
        "current": "chronology",
        "filters": form,
        "page": page,
        "story": story_of(page, child, siblings),
        "is_own": is_own,
        "review": latest_review(child) if is_own else None,
        "may_review": policies.review_chronology.allows(request.user, child),
        "two_years_ago": add_months(today, -TWO_YEARS),
        "may_export": policies.export_record.allows(request.user, child),
        "may_print": policies.print_chronology.allows(request.user, child),
    }
    return render(request, "records/chronology.html", context)


@guard(policies.print_chronology)
def print_chronology(request: SignedInRequest, child: Person) -> HttpResponse:
    """The chronology as chosen, as a document to read or hand over."""
    form = ChronologyFilter(request.GET or None)
    siblings = siblings_of(child, today=timezone.localdate()) if form.is_of_siblings else []
    entries = list(form.narrow([child, *siblings]))
    story = story_of(entries, child, siblings)
    document = print_of(story, chosen=form.described(), by=request.user, at=timezone.now())
    response = HttpResponse(document, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="chronology.pdf"'
    response["Cache-Control"] = "no-store"
    return response


@guard(policies.review_chronology)
def review_chronology(request: SignedInRequest, child: Person) -> HttpResponse:
    """Ask what the whole story tells."""
    draft = open_draft(request, f"records.review_chronology.{child.pk}", about=[child.pk])
    form = ReviewForm(request.POST or None)
    if form.is_valid():
        actions.review_chronology(child=child, by=request.user, **form.cleaned_data)
        close_draft(request, draft, "Recorded that you read it through")
        return redirect("records:chronology", child.pk)
    context = {"child": child, "current": "chronology", "form": form, "draft": draft}
    return render(request, "records/review_chronology.html", context)


@guard(policies.view_entry)
def read_entry(request: SignedInRequest, entry: ChronologyEntry) -> HttpResponse:
    """One event: what it rests on, how it was weighed, and what it meant for the child."""
    story: Story = story_of([entry], entry.child, [])
    context = {
        "child": entry.child,
        "current": "chronology",
        "event": story.events[0],
        "changes": entry.significance_changes.select_related("recorded_by").order_by("-pk"),
        "weigh_refusals": policies.change_significance.refusals(request.user, entry),
        "impact_refusals": policies.add_impact.refusals(request.user, entry),
    }
    return render(request, "records/read_entry.html", context)


@guard(policies.change_significance)
def change_significance(request: SignedInRequest, entry: ChronologyEntry) -> HttpResponse:
    """Ask how much an event weighs, and why."""
    draft = open_draft(request, f"records.significance.{entry.pk}", about=[entry.child_id])
    form = SignificanceForm(request.POST or None, initial={"significance": entry.significance})
    if form.is_valid():
        actions.change_significance(entry=entry, by=request.user, **form.cleaned_data)
        close_draft(request, draft, "Significance changed")
        return redirect("records:read_entry", entry.pk)
    return _ask(request, entry, form, draft, "Change how significant this is", "Change it")


@guard(policies.add_impact)
def add_impact(request: SignedInRequest, entry: ChronologyEntry) -> HttpResponse:
    """Ask what an event meant for the child."""
    draft = open_draft(request, f"records.impact.{entry.pk}", about=[entry.child_id])
    form = ImpactForm(request.POST or None)
    if form.is_valid():
        actions.add_impact(entry=entry, by=request.user, **form.cleaned_data)
        close_draft(request, draft, "Impact added")
        return redirect("records:read_entry", entry.pk)
    return _ask(request, entry, form, draft, "Add the impact on the child", "Add it")


def _ask(
    request: SignedInRequest, entry: ChronologyEntry, form: Any, draft: Any, title: str, send: str
) -> HttpResponse:
    context = {
        "child": entry.child,
        "event": story_of([entry], entry.child, []).events[0],
        "form": form,
        "draft": draft,
        "title": title,
        "send": send,
    }
    return render(request, "records/ask_of_entry.html", context)
