"""The page on which a paper is chosen, read through and taken out. Each room offers its own."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import render

from hearth.accounts import trail
from hearth.accounts.guard import SignedInRequest
from hearth.lib.errors import CannotDo
from hearth.people.models import Person
from hearth.records import actions
from hearth.records.files import safe_name
from hearth.records.outgoing.offering import Offer, page_of
from hearth.records.outgoing.writers import FORMATS


def outgoing(
    request: SignedInRequest,
    subject: Model,
    *,
    offers: Sequence[Offer],
    children: Sequence[Person],
    context: Mapping[str, Any],
) -> HttpResponse:
    """The papers of a record: what is in the one chosen, or that one as a file."""
    page = page_of(offers, children, request.GET.dict(), request.GET.getlist("part"))
    ending, refused = request.GET.get("as", ""), ""
    if ending and page.chosen is not None:
        try:
            made = actions.take_out(
                chosen=page.chosen,
                ending=ending,
                checked=request.GET.get("checked") == "yes",
                about=[child.pk for child in children],
                named=trail.label(subject),
                by=request.user,
            )
        except CannotDo as error:
            refused = str(error)
        else:
            return _file(page.chosen.paper.title, ending, made)
    given = {"page": page, "refused": refused, **context}
    return render(request, "records/outgoing.html", given)


def _file(title: str, ending: str, made: bytes) -> HttpResponse:
    response = HttpResponse(made, content_type=FORMATS[ending].content_type)
    name = safe_name(f"{title}.{ending}")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response
