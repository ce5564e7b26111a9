"""Addresses for pages that only the tests draw."""

import json
from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template import Origin, Template, engines
from django.template.backends import django as backends
from django.urls import include, path
from django.utils import timezone

from hearth.design.components.lists import Place
from hearth.design.drafts import Draft, SavedDraft, done
from hearth.design.forms import ChildParts
from hearth.design.tests.forms import CHILDREN, Everything, Part
from hearth.lib.errors import CannotDo

PAGES = Path(__file__).parent / "pages"
SAVED: dict[str, dict] = {}


def draw(request: HttpRequest, name: str, **context) -> HttpResponse:
    if "as" in request.GET:
        context["user"] = Worker()
    file = PAGES / f"{name}.html"
    backend = engines["django"]
    source = file.read_text("utf-8")
    page = Template(source, Origin(str(file), file.name), file.name)
    return HttpResponse(backends.Template(page, backend).render(context, request))


def saved_draft() -> SavedDraft | None:
    kept = SAVED.get("visit")
    return SavedDraft(kept["version"], kept["fields"], timezone.now(), "") if kept else None


class Worker:
    """Somebody signed in, without a database."""

    pk, is_authenticated, role_names = 7, True, "Social worker"

    def get_full_name(self):
        return "Jo Hill"

    def has_role(self, *roles):
        return False


@login_not_required
def form(request: HttpRequest) -> HttpResponse:
    asked = Everything(request.POST or None)
    parts = ChildParts(Part, CHILDREN, data=request.POST or None)
    if request.method == "POST" and request.POST.get("name") == "Done School":
        SAVED.clear()
        done(request, "Visit recorded", draft="visit")
        return redirect("/list/?as")
    draft = Draft("visit", about=[1, 2], saved=saved_draft())
    return draw(request, "form", form=asked, parts=parts, draft=draft)


@login_not_required
def record(request: HttpRequest) -> HttpResponse:
    places = [
        Place("Overview", "/"),
        Place("Story", "/record/", is_current=True),
        Place("Plan", "/", state="empty"),
    ]
    return draw(
        request,
        "record",
        places=places,
        today=timezone.localdate(),
        why=["You wrote this"],
    )


@login_not_required
def desk(request: HttpRequest) -> HttpResponse:
    bands = [
        ("overdue", "Overdue"),
        ("soon", "Due soon"),
        ("waiting", "Waiting"),
        ("later", "Later"),
    ]
    return draw(request, "desk", bands=bands, today=timezone.localdate())


@login_not_required
def contacts(request: HttpRequest) -> HttpResponse:
    page = Paginator(range(int(request.GET.get("count", 95))), 10).get_page(request.GET.get("page"))
    return draw(request, "list", page=page)


@login_not_required
def decision(request: HttpRequest) -> HttpResponse:
    return draw(request, "decision", form=Part())


@login_not_required
def save_draft(request: HttpRequest) -> HttpResponse:
    sent = json.loads(request.body)
    if SAVED.get("signed out"):
        return redirect("/list/?as")
    kept = SAVED.get("visit", {"version": 0})
    if sent.get("discard"):
        SAVED.pop("visit", None)
        return JsonResponse({"version": 0})
    if kept["version"] != sent["version"]:
        return JsonResponse(kept, status=409)
    SAVED["visit"] = {
        "version": sent["version"] + 1,
        "fields": sent["fields"],
        "at": timezone.now().isoformat(),
        "by": "Sam Reed",
    }
    return JsonResponse({"version": sent["version"] + 1, "at": timezone.now().isoformat()})


@login_not_required
def cannot(request: HttpRequest) -> HttpResponse:
    raise CannotDo("This assessment was already <b>signed off</b>")


@login_not_required
def refuse(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied(
        *([["You wrote this", "You are on leave"]] if "many" in request.GET else [])
    )


@login_not_required
def breaks(request: HttpRequest) -> HttpResponse:
    raise RuntimeError


handler400 = "hearth.design.views.not_understood"
handler403 = "hearth.design.views.refused"
handler404 = "hearth.design.views.not_found"
handler500 = "hearth.design.views.gone_wrong"

urlpatterns = [
    path("form/", form, name="form"),
    path("record/", record),
    path("desk/", desk),
    path("list/", contacts, name="list"),
    path("decision/", decision),
    path("cannot/", cannot),
    path("refuse/", refuse),
    path("breaks/", breaks),
    path("desk/", include(([path("search/", contacts, name="search")], "desk"))),
    path("drafts/", include(([path("save/", save_draft, name="save_draft")], "records"))),
    path("accounts/", include("allauth.urls")),
]
