"""A family's case, discussed; read on each child's record; and brought back."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from hearth.accounts.guard import SignedInRequest, guard
from hearth.casework.models import Task
from hearth.design.drafts import done
from hearth.design.forms import attempt
from hearth.records.drafts import close_draft, open_draft
from hearth.records.forms.shared import named_parts
from hearth.supervision import actions, policies
from hearth.supervision.forms import DecisionRows, DiscussForm, LifePart, WithdrawForm
from hearth.supervision.models import Discussion, Session
from hearth.supervision.pages.discussing import discussing, said_of, whose_supervision
from hearth.supervision.pages.records import discussion_page, withdrawing_page


@guard(policies.record_discussion)
def record_discussion(request: SignedInRequest, session: Session, child_id: int) -> HttpResponse:
    """Ask what was thought and decided of a family's case."""
    page = discussing(session, child_id, today=timezone.localdate())
    if page is None:
        raise Http404
    draft = open_draft(request, f"supervision.discuss.{session.pk}.{page.first}", about=page.ids)
    data = request.POST or None
    form = DiscussForm(data, is_late=page.is_late)
    parts = named_parts(LifePart, page.children, data=data)
    rows = DecisionRows(data, prefix="decision", form_kwargs={"owners": page.owners})
    if form.is_valid() & parts.is_valid() & rows.is_valid() and attempt(
        form, lambda: _record(request, session, form, parts, rows)
    ):
        close_draft(request, draft, f"{page.names}: on each child's record")
        return redirect("supervision:session", session.pk)
    context = {"page": page, "form": form, "parts": parts, "rows": rows, "draft": draft}
    return render(request, "supervision/record_discussion.html", context)


def _record(request: SignedInRequest, session: Session, form: Any, parts: Any, rows: Any) -> None:
    lives, decisions = said_of(parts, rows)
    actions.record_discussion(
        session=session, lives=lives, decisions=decisions, by=request.user, **form.cleaned_data
    )


@guard(policies.discussion)
def discussion(request: SignedInRequest, discussion: Discussion) -> HttpResponse:
    """What was thought and decided, as it is read on one child's record."""
    page = discussion_page(discussion, request.GET.get("child", ""), request.user)
    if page is None:
        raise Http404
    context = {"page": page, "child": page.child, "current": "supervision"}
    return render(request, "supervision/discussion.html", context)


@guard(policies.withdraw_discussion)
def withdraw_discussion(request: SignedInRequest, discussion: Discussion) -> HttpResponse:
    """Ask why a discussion is taken back, and say what goes with it."""
    page = withdrawing_page(discussion)
    form = WithdrawForm(request.POST or None)
    if form.is_valid() and attempt(
        form,
        lambda: actions.withdraw_discussion(
            discussion=discussion, by=request.user, **form.cleaned_data
        ),
    ):
        done(request, "The discussion was withdrawn")
        return redirect("supervision:discussion", discussion.pk)
    context = {"page": page, "form": form}
    return render(request, "supervision/withdraw_discussion.html", context)


@guard(policies.bring_back)
def bring_back(request: SignedInRequest, task: Task) -> HttpResponse:
    """Open the supervision in which this case is to be discussed."""
    found = whose_supervision(task, request.user)
    if isinstance(found, Session):
        return redirect("supervision:session", found.pk)
    if found is not None:
        return redirect("supervision:worker", found.pk)
    return redirect("casework:task", task.pk)
