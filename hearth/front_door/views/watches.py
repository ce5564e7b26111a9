"""Children the out-of-hours team keeps in mind."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from hearth.accounts.guard import SignedInRequest, guard
from hearth.design.drafts import done
from hearth.design.forms import attempt
from hearth.front_door import actions, policies, process
from hearth.front_door.forms import ReadForm
from hearth.front_door.forms.parts import ask_why_late
from hearth.front_door.forms.watches import EndWatchForm, NightForm, WatchForm
from hearth.front_door.models import NightWatch
from hearth.front_door.pages import watches as pages
from hearth.front_door.pages.queue import due_on
from hearth.people.models import Person
from hearth.records.drafts import close_draft, open_draft
from hearth.records.reading import siblings_of

A_PAGE = 50


@guard(policies.night_watches)
def night_watches(request: SignedInRequest) -> HttpResponse:
    """Every child to be kept in mind tonight."""
    found = pages.tonight(request.user, today=timezone.localdate())
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    rows = pages.watch_rows(list(page))
    return render(request, "front_door/night_watches.html", {"page": page, "rows": rows})


@guard(policies.ask_for_watch)
def ask_for_watch(request: SignedInRequest, child: Person) -> HttpResponse:
    """Ask what the out-of-hours team should know and do."""
    today = timezone.localdate()
    draft = open_draft(request, f"front_door.watch.{child.pk}", about=[child.pk])
    siblings = siblings_of(child, today=today)
    form = WatchForm(request.POST or None, initial={"starts_on": today}, siblings=siblings)
    if form.is_valid() and attempt(form, lambda: _ask(request, child, form)):
        close_draft(request, draft, "The out-of-hours team has been asked")
        return redirect("desk:child", child.pk)
    context = {"child": child, "current": "contacts", "form": form, "draft": draft}
    return render(request, "front_door/ask_for_watch.html", context)


def _ask(request: SignedInRequest, child: Person, form: WatchForm) -> None:
    answers = dict(form.cleaned_data)
    children = [child, *answers.pop("also", [])]
    actions.ask_for_watch(children=children, by=request.user, **answers)


@guard(policies.night_watch)
def night_watch(request: SignedInRequest, watch: NightWatch) -> HttpResponse:
    """What was asked, and what was heard at night."""
    page = pages.watch_page(watch, request.user, today=timezone.localdate())
    context = {"page": page, "watch": watch, "child": page.child, "current": "contacts"}
    return render(request, "front_door/night_watch.html", context)


@guard(policies.end_watch)
def end_watch(request: SignedInRequest, watch: NightWatch) -> HttpResponse:
    """Ask why it is no longer needed."""
    form = EndWatchForm(request.POST or None)
    if form.is_valid():
        actions.end_watch(watch=watch, by=request.user, **form.cleaned_data)
        done(request, "The out-of-hours team no longer has this on its list")
        return redirect("front_door:night_watch", watch.pk)
    context = {"watch": watch, "child": watch.child, "current": "contacts", "form": form}
    return render(request, "front_door/end_watch.html", context)


@guard(policies.report_night)
def report_night(request: SignedInRequest, watch: NightWatch) -> HttpResponse:
    """Ask what happened in the night."""
    draft = open_draft(request, f"front_door.night.{watch.pk}", about=[watch.child_id])
    form = NightForm(request.POST or None)
    if form.is_valid() and attempt(
        form, lambda: actions.report_night(watch=watch, by=request.user, **form.cleaned_data)
    ):
        close_draft(request, draft, "Recorded, and on the list of whoever has the case")
        return redirect("front_door:night_watches")
    context = {"watch": watch, "child": watch.child, "current": "contacts"}
    context |= {"form": form, "draft": draft}
    return render(request, "front_door/report_night.html", context)


@guard(policies.read_night)
def read_night(request: SignedInRequest, watch: NightWatch) -> HttpResponse:
    """Ask what the day service will do about the night."""
    today = timezone.localdate()
    draft = open_draft(request, f"front_door.read_night.{watch.pk}", about=[watch.child_id])
    form = ReadForm(request.POST or None)
    ask_why_late(form, due_on(process.READ_NIGHT, watch.pk), today)
    if form.is_valid() and attempt(form, lambda: _read(request, watch, form)):
        close_draft(request, draft, "What you will do is recorded")
        return redirect("front_door:night_watch", watch.pk)
    page = pages.watch_page(watch, request.user, today=today)
    context = {"page": page, "watch": watch, "child": page.child, "current": "contacts"}
    return render(request, "front_door/read_night.html", context | {"form": form, "draft": draft})


def _read(request: SignedInRequest, watch: NightWatch, form: ReadForm) -> None:
    actions.read_night(watch=watch, at=timezone.now(), by=request.user, **form.cleaned_data)
