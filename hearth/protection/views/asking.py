"""What every page that asks something does: keep its draft, try the deed, say what was recorded."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from hearth.design.drafts import Draft
from hearth.design.forms import attempt
from hearth.protection.pages.frame import Frame
from hearth.records.drafts import close_draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A page that asks something: its title, what follows, and what the button says."""

    title: str
    submit: str
    happens: Sequence[str] = ()
    intro: str = ""
    # A part of the page above the form, drawn from `context`.
    above: str = "protection/_nothing.html"
    context: Mapping[str, Any] = field(default_factory=dict)
    # Why there is nothing left to answer: said in place of the form.
    nothing: str = ""


def ask(  # noqa: PLR0913 - what every such page says
    request: HttpRequest,
    frame: Frame,
    form: forms.Form,
    question: Question,
    *,
    do: Callable[[], Any],
    said: str,
    to: tuple[str, int],
    draft: Draft | None = None,
) -> HttpResponse:
    """Show a question until it is answered; then do it, say so, and go on."""
    if form.is_valid() and attempt(form, do, draft=draft):
        close_draft(request, draft, said)
        return redirect(f"protection:{to[0]}", to[1])
    context = {
        **question.context,
        "frame": frame,
        "form": form,
        "question": question,
        "draft": draft,
        "parts": question.context.get("parts"),
    }
    return render(request, "protection/ask.html", context)
