"""Writing an assessment, section by section."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from hearth.accounts.guard import SignedInRequest, guard
from hearth.assessments import actions, policies
from hearth.assessments.forms.deciding import AnswerForm, AskForm, ChaseForm
from hearth.assessments.forms.sections import PARTS, SHARED
from hearth.assessments.models import AgencyConsulted, Assessment
from hearth.assessments.pages.frame import frame, section_address
from hearth.assessments.pages.history import history_of
from hearth.assessments.pages.parents import parents_page
from hearth.assessments.pages.sections import section_page
from hearth.assessments.questions import AGENCIES
from hearth.assessments.reading import read
from hearth.design.drafts import Draft
from hearth.records.drafts import close_draft, open_draft

CLASH = 409


@guard(policies.write_assessment)
def write_section(request: SignedInRequest, assessment: Assessment, section: str) -> HttpResponse:
    """Ask a section's questions, of all the children and of each, and save what was written."""
    if section not in {*SHARED, *PARTS}:
        raise Http404
    today = timezone.localdate()
    page = section_page(assessment, section, data=request.POST or None, today=today)
    draft = _draft(request, assessment, section)
    if request.method == "POST" and page.is_valid() and not draft.unseen:
        clashes = actions.save_section(
            assessment=assessment, section=section, written=page.written, on=today, by=request.user
        )
        if not clashes:
            return _saved(request, assessment, page, draft)
        page.show(clashes)
    history = history_of(page.reading) if section == "history" else None
    return _section(request, page, draft, history=history)


@guard(policies.write_assessment)
def parents(request: SignedInRequest, assessment: Assessment) -> HttpResponse:
    """Ask what each parent and carer thinks, and save it."""
    today = timezone.localdate()
    page = parents_page(assessment, data=request.POST or None, today=today)
    draft = _draft(request, assessment, "parents")
    if request.method == "POST" and page.is_valid() and not draft.unseen:
        clashes = actions.save_parents(
            assessment=assessment, written=page.written, on=today, by=request.user
        )
        if not clashes:
            return _saved(request, assessment, page, draft)
        page.show(clashes)
    return _section(request, page, draft)


@guard(policies.write_assessment)
def agencies(request: SignedInRequest, assessment: Assessment) -> HttpResponse:
    """Show who was asked and what they said, and ask who else was."""
    today = timezone.localdate()
    reading = read(assessment)
    draft = open_draft(request, f"assessments.{assessment.pk}.ask", about=assessment.about)
    form = AskForm(request.POST or None, initial={"asked_on": today}, children=reading.children)
    if form.is_valid():
        asked = actions.ask_agency(
            assessment=assessment, on=today, by=request.user, **form.cleaned_data
        )
        close_draft(request, draft, f"{asked.agency_name} was asked")
        return redirect("assessments:agencies", assessment.pk)
    shown = frame(reading, current="agencies", today=today)
    return render(
        request,
        "assessments/agencies.html",
        {
            "frame": shown,
            "section": AGENCIES,
            "agencies": reading.agencies,
            "form": form,
            "draft": draft,
        },
    )


@guard(policies.answer_agency)
def answer_agency(request: SignedInRequest, agency: AgencyConsulted) -> HttpResponse:
    """Ask what an agency said, or why there is no answer."""
    today, assessment = timezone.localdate(), agency.assessment
    draft = open_draft(request, f"assessments.agency.{agency.pk}", about=agency.about, shared=True)
    known = {"answered_on": agency.answered_on or today, "said": agency.said}
    form = AnswerForm(request.POST or None, initial={**known, "no_answer": agency.no_answer})
    if form.is_valid() and not draft.unseen:
        actions.record_agency_answer(agency=agency, on=today, by=request.user, **form.cleaned_data)
        close_draft(request, draft, f"{agency.agency_name}: recorded")
        return redirect("assessments:agencies", assessment.pk)
    shown = frame(read(assessment), current="agencies", today=today)
    context = {"frame": shown, "agency": agency, "form": form, "draft": draft}
    return render(request, "assessments/answer.html", context)


@guard(policies.answer_agency)
def chase_agency(request: SignedInRequest, agency: AgencyConsulted) -> HttpResponse:
    """Ask when an agency was asked again."""
    today, assessment = timezone.localdate(), agency.assessment
    form = ChaseForm(request.POST or None, initial={"chased_on": today})
    if form.is_valid():
        actions.chase_agency(agency=agency, on=today, by=request.user, **form.cleaned_data)
        return redirect("assessments:agencies", assessment.pk)
    shown = frame(read(assessment), current="agencies", today=today)
    context = {"frame": shown, "agency": agency, "form": form}
    return render(request, "assessments/chase.html", context)


def _draft(request: SignedInRequest, assessment: Assessment, section: str) -> Draft:
    key = f"assessments.{assessment.pk}.{section}"
    return open_draft(request, key, about=assessment.about, shared=True)


def _saved(
    request: SignedInRequest, assessment: Assessment, page: Any, draft: Draft
) -> HttpResponse:
    """Say that it was saved, and go on to the next section or back to the whole."""
    close_draft(request, draft, f"{page.section.title}: saved")
    if "whole" in request.POST:
        return redirect("assessments:open_assessment", assessment.pk)
    if page.next_key:
        return redirect(section_address(assessment, page.next_key))
    return redirect("assessments:submit_assessment", assessment.pk)


def _section(
    request: SignedInRequest, page: Any, draft: Draft, *, history: Any = None
) -> HttpResponse:
    context = {
        "page": page,
        "frame": page.frame,
        "form": page.form,
        "parts": page.parts,
        "draft": draft,
        "history": history,
    }
    status = CLASH if page.clashes else 200
    return render(request, "assessments/section.html", context, status=status)
