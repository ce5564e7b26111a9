"""A session: planned, held or not, written up, and signed."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from hearth.accounts.guard import SignedInRequest, guard
from hearth.design.drafts import done
from hearth.design.forms import attempt
from hearth.lib.dates import in_words
from hearth.records.drafts import close_draft, open_draft
from hearth.supervision import actions, policies
from hearth.supervision.forms import (
    FinishForm,
    HoldForm,
    MoveForm,
    NotHeldForm,
    PlanForm,
    SignForm,
)
from hearth.supervision.models import Session
from hearth.supervision.pages.finishing import known_of, lateness_of, usual_next
from hearth.supervision.pages.session import session_page
from hearth.supervision.rules import kind_for
from hearth.workforce.models import Staff


@guard(policies.session)
def session(request: SignedInRequest, session: Session) -> HttpResponse:
    """A session: what to talk about, or what was said."""
    page = session_page(session, request.user, today=timezone.localdate())
    form = SignForm() if page.may["sign"] else None
    return render(request, "supervision/session.html", {"page": page, "form": form})


@guard(policies.plan_session)
def plan_session(request: SignedInRequest, staff: Staff) -> HttpResponse:
    """Set the day of a worker's next supervision."""
    initial = {"planned_on": usual_next(staff, today=timezone.localdate())}
    form = PlanForm(request.POST or None, initial=initial)
    if form.is_valid() and attempt(
        form, lambda: actions.plan_session(staff=staff, **form.cleaned_data, by=request.user)
    ):
        done(request, f"Supervision is planned for {in_words(form.cleaned_data['planned_on'])}")
        return redirect("supervision:worker", staff.pk)
    return render(request, "supervision/plan_session.html", {"form": form, "staff": staff})


@guard(policies.hold_session)
def hold_session(request: SignedInRequest, staff: Staff) -> HttpResponse:
    """Say that supervision was held; then it is written up."""
    today, held = timezone.localdate(), []
    initial = {"held_on": today, "kind": kind_for(staff, on=today)}
    form = HoldForm(request.POST or None, initial=initial)
    if form.is_valid() and attempt(
        form,
        lambda: held.append(
            actions.hold_session(staff=staff, **form.cleaned_data, by=request.user)
        ),
    ):
        return redirect("supervision:session", held[0].pk)
    return render(request, "supervision/hold_session.html", {"form": form, "staff": staff})


@guard(policies.move_session)
def move_session(request: SignedInRequest, session: Session) -> HttpResponse:
    """Hold it on another day."""
    form = MoveForm(request.POST or None)
    if form.is_valid() and attempt(
        form, lambda: actions.move_session(session=session, **form.cleaned_data, by=request.user)
    ):
        done(request, f"It is now on {in_words(form.cleaned_data['planned_on'])}")
        return redirect("supervision:session", session.pk)
    return render(request, "supervision/move_session.html", {"form": form, "session": session})


@guard(policies.record_not_held)
def record_not_held(request: SignedInRequest, session: Session) -> HttpResponse:
    """Say why it was not held, and when it will be."""
    form = NotHeldForm(request.POST or None)
    if form.is_valid() and attempt(
        form,
        lambda: actions.record_not_held(session=session, **form.cleaned_data, by=request.user),
    ):
        done(request, f"It will be held on {in_words(form.cleaned_data['next_on'])} instead")
        return redirect("supervision:worker", session.worker.staff.pk)
    return render(request, "supervision/record_not_held.html", {"form": form, "session": session})


@guard(policies.finish_session)
def finish_session(request: SignedInRequest, session: Session) -> HttpResponse:
    """Write up a session and sign it."""
    late = lateness_of(session)
    draft = open_draft(request, f"supervision.finish.{session.pk}")
    form = FinishForm(request.POST or None, is_late=late is not None, initial=known_of(session))
    if form.is_valid() and attempt(
        form, lambda: actions.finish_session(session=session, **form.cleaned_data, by=request.user)
    ):
        close_draft(request, draft, f"Signed. {session.worker} is asked to read and sign it")
        return redirect("supervision:session", session.pk)
    context = {"form": form, "session": session, "draft": draft, "late": late}
    return render(request, "supervision/finish_session.html", context)


@guard(policies.sign_session)
def sign_session(request: SignedInRequest, session: Session) -> HttpResponse:
    """Sign one's own supervision."""
    form = SignForm(request.POST or None)
    if form.is_valid() and attempt(
        form, lambda: actions.sign_session(session=session, **form.cleaned_data, by=request.user)
    ):
        done(request, "Signed")
        return redirect("supervision:session", session.pk)
    page = session_page(session, request.user, today=timezone.localdate())
    return render(request, "supervision/session.html", {"page": page, "form": form})
