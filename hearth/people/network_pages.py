"""What the pages of professionals and organisations show, ready for a template."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from hearth.people.forms.facts import NetworkForm
from hearth.people.models import NetworkMember, Organisation, Person, Professional

PER_PAGE = 25
LONGEST = 100


@dataclass(frozen=True, slots=True)
class Listed:
    """A part of the list: organisations first or professionals, as asked."""

    sought: str
    kind: str
    rows: Page[Any]


def listed(asked: Mapping[str, str], *, today: date) -> Listed:
    """The professionals, or the organisations, that a worker looks for."""
    sought = asked.get("q", "").strip()[:LONGEST]
    kind = "organisations" if asked.get("kind") == "organisations" else "professionals"
    rows: Any = Professional.objects.working_on(today).select_related("organisation")
    if kind == "organisations":
        rows = Organisation.objects.open_on(today)
    page = Paginator(rows.named_like(sought), PER_PAGE).get_page(asked.get("page"))
    return Listed(sought, kind, page)


def chosen(asked: Mapping[str, str]) -> dict[str, Any]:
    """The professional or organisation that an address names, if it names one."""
    if pk := asked.get("professional"):
        return {"professional": _one(Professional, pk)}
    if pk := asked.get("organisation"):
        return {"organisation": _one(Organisation, pk)}
    return {}


def _one(model: type[Any], pk: str) -> Any:
    if not (pk.isascii() and pk.isdigit()):
        raise Http404
    return get_object_or_404(model, pk=int(pk))


def part_form(data: Any, person: Person, who: Mapping[str, Any], *, today: date) -> NetworkForm:
    """The form of a professional's part with somebody; where they work comes with them."""
    fixed = dict(who)
    if professional := fixed.get("professional"):
        fixed["organisation"] = professional.organisation
    return NetworkForm(data, person=person, model=NetworkMember, fixed=fixed, today=today)


def open_on(today: date, *, besides: Organisation | None = None) -> list[Organisation]:
    """The organisations a professional may be said to work for."""
    found = list(Organisation.objects.open_on(today).order_by("name", "id"))
    return found if besides is None or besides in found else [besides, *found]


def as_it_is(record: Any, form: type[forms.Form]) -> dict[str, Any]:
    """What the boxes show at first."""
    known = {name: getattr(record, name) for name in form.base_fields if name != "organisation"}
    if "organisation" in form.base_fields:
        known["organisation"] = str(record.organisation_id or "")
    return known


def back(asked: Mapping[str, str], **made: Any) -> str:
    """Back to the child whose network it was made for, with it chosen; or to the list."""
    child = asked.get("for", "")
    if not (child.isascii() and child.isdigit()):
        return reverse("people:professionals")
    ((name, record),) = made.items()
    return f"{reverse('people:record_network', args=[child])}?{name}={record.pk}"
