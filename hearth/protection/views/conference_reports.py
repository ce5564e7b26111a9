"""The reports to a conference: the social worker's own, and those that agencies send."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from hearth.accounts.guard import SignedInRequest, guard
from hearth.design.drafts import done
from hearth.design.forms import attempt
from hearth.plans.models import MeetingMember
from hearth.protection import actions, policies, report_mail
from hearth.protection.forms.conference_reports import (
    AddToReviewForm,
    AnalysisForm,
    ReportForm,
    ReportsSharedForm,
    SubmitForm,
)
from hearth.protection.forms.enquiry import AUTHORISE, DecideForm
from hearth.protection.models import Conference
from hearth.protection.pages.conference_asking import family_children
from hearth.protection.pages.conference_report import ReportPaper, report_paper
from hearth.protection.pages.conference_reports import reports_of
from hearth.records.drafts import close_draft, open_draft
from hearth.records.forms.shared import named_parts


@guard(policies.conference_reports)
def conference_reports(request: SignedInRequest, conference: Conference) -> HttpResponse:
    """Every report to a conference: what came, and what is still to come."""
    reports = reports_of(conference, request.user, today=timezone.localdate())
    may_copy = policies.conference_copies.allows(request.user, conference)
    context = {"reports": reports, "conference": conference, "may_copy": may_copy}
    return render(request, "protection/conferences/reports.html", context)


@guard(policies.ask_for_report)
def ask_for_report(request: SignedInRequest, member: MeetingMember) -> HttpResponse:
    """Make an agency's link, show it once, and send it where there is email."""
    conference, link, sent = member.meeting.conference, "", False
    if request.method == "POST":
        secret = actions.ask_for_report(member=member, by=request.user)
        link = request.build_absolute_uri(reverse("protection:agency_link", args=[secret]))
        sent = report_mail.send(member.agency_report, link)
    report = getattr(member, "agency_report", None)
    context = {"member": member, "conference": conference, "link": link, "sent": sent}
    context |= {"report": report, "by_email": report_mail.may_send(member)}
    return render(request, "protection/conferences/ask_report.html", context)


@guard(policies.record_reports_shared)
def record_reports_shared(request: SignedInRequest, conference: Conference) -> HttpResponse:
    """Ask which reports the family had, and when."""
    reports = reports_of(conference, request.user, today=timezone.localdate())
    form = ReportsSharedForm(request.POST or None, waiting=reports.to_share)
    if form.is_valid() and attempt(
        form,
        lambda: actions.record_reports_shared(
            conference=conference,
            reports=[one for one in reports.sent if str(one.pk) in form.cleaned_data["reports"]],
            own="own" in form.cleaned_data["reports"],
            shared_on=form.cleaned_data["shared_on"],
            by=request.user,
        ),
    ):
        done(request, "Recorded when the family had them")
        return redirect("protection:conference_reports", conference.pk)
    context = {"form": form, "conference": conference, "reports": reports}
    return render(request, "protection/conferences/reports_shared.html", context)


@guard(policies.conference_report)
def conference_report(request: SignedInRequest, conference: Conference) -> HttpResponse:
    """The social worker's report, as professionals read it."""
    paper = report_paper(conference, today=timezone.localdate())
    deeds = (
        "write_report",
        "submit_report",
        "decide_report",
        "record_reports_shared",
        "conference_copies",
    )
    may = {deed: getattr(policies, deed).allows(request.user, conference) for deed in deeds}
    context = {"paper": paper, "may": may}
    return render(request, "protection/conferences/report.html", context)


@guard(policies.write_report)
def write_report(request: SignedInRequest, conference: Conference) -> HttpResponse:
    """Ask what only the social worker can say, beside all that the record says already."""
    key = f"protection.report.{conference.pk}"
    draft = open_draft(request, key, about=conference.about, shared=True)
    paper = report_paper(conference, today=timezone.localdate())
    report = paper.report
    form = ReportForm(
        request.POST or None,
        record=report,
        initial={"danger": report.danger, "significant_only": report.significant_only},
    )
    parts = named_parts(
        AnalysisForm,
        [part.child for part in paper.parts],
        data=request.POST or None,
        initial={part.child.pk: {"analysis": part.analysis} for part in paper.parts},
    )
    if form.is_valid() & parts.is_valid() and attempt(
        form,
        lambda: actions.write_report(
            conference=conference,
            **form.cleaned_data,
            children={child.pk: said["analysis"] for child, said in parts.cleaned_data},
            by=request.user,
        ),
        draft=draft,
    ):
        close_draft(request, draft, "The report is saved. This is how the family will read it")
        return redirect("protection:submit_report", conference.pk)
    context = {"form": form, "parts": parts, "paper": paper, "draft": draft}
    context["form_groups"] = [parts]
    return render(request, "protection/conferences/write_report.html", context)


@guard(policies.submit_report)
def submit_report(request: SignedInRequest, conference: Conference) -> HttpResponse:
    """Show the report as the family reads it; ask when they had it; send it to a manager."""
    today = timezone.localdate()
    paper = report_paper(conference, today=today, for_family=True)
    form = SubmitForm(request.POST or None, is_late=paper.is_late)
    if form.is_valid() and attempt(form, lambda: _submitted(request, paper, form)):
        done(request, "The report is with a manager")
        return redirect("protection:conference_report", conference.pk)
    context = {"paper": paper, "form": form}
    return render(request, "protection/conferences/submit_report.html", context)


def _submitted(request: SignedInRequest, paper: ReportPaper, form: SubmitForm) -> None:
    said = form.cleaned_data
    actions.submit_report(
        conference=paper.conference,
        shared=actions.Shared(on=said["shared_on"], why_not=said["not_shared_reason"]),
        content=paper.content(),
        late_reason=said.get("late_reason", ""),
        by=request.user,
    )


@guard(policies.decide_report)
def decide_report(request: SignedInRequest, conference: Conference) -> HttpResponse:
    """Show a manager the report, to authorise it or return it."""
    draft = open_draft(request, f"protection.report-decide.{conference.pk}", about=conference.about)
    form = DecideForm(request.POST or None)
    if form.is_valid():
        is_agreed = form.cleaned_data["decision"] == AUTHORISE
        do = actions.authorise_report if is_agreed else actions.return_report
        words = form.cleaned_data["comments"]
        if attempt(form, lambda: do(conference=conference, comments=words, by=request.user)):
            said = "The report was authorised" if is_agreed else "The report was returned"
            close_draft(request, draft, said)
            return redirect("protection:conference_report", conference.pk)
    paper = report_paper(conference, today=timezone.localdate())
    context = {"paper": paper, "form": form, "draft": draft}
    return render(request, "protection/conferences/decide_report.html", context)


@guard(policies.add_to_review)
def add_to_review(request: SignedInRequest, conference: Conference) -> HttpResponse:
    """Ask which brother or sister a review is about too, and why."""
    today = timezone.localdate()
    first = conference.children.select_related("child").order_by("pk")[0].child
    family = family_children(first, today=today)
    others = [child for child in family if child.pk not in conference.about]
    draft = open_draft(request, f"protection.review-child.{conference.pk}", about=conference.about)
    form = AddToReviewForm(request.POST or None, children=others)
    if form.is_valid() and attempt(
        form,
        lambda: actions.add_to_review(conference=conference, **form.cleaned_data, by=request.user),
    ):
        close_draft(request, draft, "The review is about them too")
        return redirect("protection:conference", conference.pk)
    context = {"form": form, "draft": draft, "conference": conference, "others": others}
    return render(request, "protection/conferences/add_to_review.html", context)
