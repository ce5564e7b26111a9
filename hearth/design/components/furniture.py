"""What stands round every page: its title, header, footer, errors and draft."""

import json
from typing import Any

from django import template
from django.forms.formsets import BaseFormSet
from django.forms.utils import ErrorDict
from django.middleware.csrf import get_token
from django.template import Context, Node, NodeList
from django.template.base import Parser, Token
from django.template.loader import render_to_string
from django.template.loader_tags import BlockNode
from django.urls import NoReverseMatch, resolve, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join, json_script, strip_tags
from django.utils.safestring import SafeString

from hearth.design.components.words import moment
from hearth.design.drafts import DONE, Draft
from hearth.design.forms.parts import ChildParts
from hearth.lib.panels import FEW_WAYS, GROUPS, ways_of

register = template.Library()


class TitleText(Node):
    """The page's `title` block a second time, as plain words for the browser's tab."""

    def render(self, context: Context) -> SafeString:
        """Draw the block, take the tags out, and say first when there is an error."""
        title = BlockNode("title", NodeList()).render(context)
        words = SafeString(" ".join(strip_tags(title).split()))
        return format_html("{}{}", "Error: " if form_errors(context) else "", words)


@register.tag
def title_text(parser: Parser, token: Token) -> TitleText:  # noqa: ARG001
    """The page's heading for the browser's tab: {% title_text %}."""
    return TitleText()


def first_address(*names: str) -> str:
    """The address of the first of these pages that this installation has."""
    for name in names:
        try:
            return reverse(name)
        except NoReverseMatch:
            continue
    return ""


def worker(context: Context) -> Any:
    """Whoever is signed in, or nobody."""
    user = context.get("user")
    return user if getattr(user, "is_authenticated", False) else None


def name_of(user: Any) -> str:
    """A worker's name, as they are known."""
    return str(user.get_full_name() or user) if hasattr(user, "get_full_name") else str(user)


@register.simple_tag(takes_context=True)
def user_key(context: Context) -> str:
    """Whose drafts this browser may keep: {% user_key %}."""
    user = worker(context)
    return str(user.pk) if user else ""


@register.inclusion_tag("design/_header.html", takes_context=True)
def page_header(context: Context) -> dict[str, Any]:
    """The service's name, the search box, and who is signed in: {% page_header %}."""
    user, request = worker(context), context.get("request")
    return {
        "home": first_address("desk:desk", "desk:home") or "/",
        "search": search_for(user) if user else "",
        "sought": request.GET.get("q", "") if request and "search" in request.path else "",
        "who": name_of(user) if user else "",
        "role": getattr(user, "role_names", "") if user else "",
        "sign_out": first_address("accounts:sign_out", "account_logout") if user else "",
        "token": get_token(request) if request else "",
        "ways": ways(user, request.path) if user and request else [],
    }


def search_for(user: Any) -> str:
    """Where this worker searches; nothing for those whose work needs no child's record."""
    address = first_address("desk:search")
    policy = getattr(resolve(address).func, "policy", None) if address else None
    return address if policy is None or policy.allows(user, None) else ""


def ways(user: Any, path: str) -> list[dict[str, Any]]:
    """The ways under the header that this worker may take, and which of them the page is within.

    Where there are many, most stand in named groups, each of which opens.
    """
    links = []
    for way in ways_of(user):
        if href := first_address(way.url_name):
            here = path == href or (href != "/" and path.startswith(href))
            links.append({"text": way.text, "href": href, "is_current": here, "group": way.group})
    return links if len(links) <= FEW_WAYS else grouped(links)


def grouped(links: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those that stand by themselves, then each group; a group of one is that one."""
    found = [link for link in links if not link["group"]]
    for name in GROUPS:
        within = [link for link in links if link["group"] == name]
        if len(within) > 1:
            here = [link["text"] for link in within if link["is_current"]]
            found.append({"text": name, "links": within, "here": "".join(here)})
        else:
            found += within
    return found


@register.inclusion_tag("design/_printed_by.html", takes_context=True)
def printed_by(context: Context) -> dict[str, Any]:
    """Who printed the page, when, and its classification: {% printed_by %}."""
    user = worker(context)
    return {"who": name_of(user) if user else "", "at": moment(timezone.now())}


def form_errors(context: Context) -> list[dict[str, str]]:
    """Each thing wrong on the page, in order, with the box it is about."""
    form, parts, rows = context.get("form"), context.get("parts"), context.get("rows")
    draft = draft_of(context)
    errors = [{"text": draft.warning, "href": ""}] if draft and draft.warning else []
    errors += errors_of(form) if isinstance(getattr(form, "errors", None), ErrorDict) else []
    groups = [parts] if isinstance(parts, ChildParts) else []
    for group in [*groups, *(context.get("form_groups") or ())]:
        for name, one in named_forms(group):
            errors += errors_of(one, about=name)
    for row in rows if isinstance(rows, BaseFormSet) else ():
        errors += errors_of(row)
    return errors


def named_forms(group: Any) -> list[tuple[str, Any]]:
    """The forms of a group, each with whose part it is, or its number among the rows."""
    if isinstance(group, ChildParts):
        return [(str(part.child), part.form) for part in group]
    return [(f"Row {number}", row) for number, row in enumerate(group, 1)]


def errors_of(form: Any, about: str = "") -> list[dict[str, str]]:
    """The errors of one form: those about the whole first, then field by field."""
    lead = f"{about}: " if about else ""
    whole = [{"text": f"{lead}{error}", "href": ""} for error in form.non_field_errors()]
    return whole + [
        {"text": f"{lead}{error}", "href": field.error_href}
        for field in form
        for error in field.errors
    ]


@register.simple_tag(takes_context=True)
def error_summary(context: Context) -> SafeString:
    """All that is wrong with the forms of a page, linked there: {% error_summary %}.

    They are `form`, `parts` and `rows`; and `form_groups`, any number of parts and rows.
    """
    errors = form_errors(context)
    if not errors:
        return SafeString("")
    return SafeString(render_to_string("design/_error_summary.html", {"errors": errors}))


@register.inclusion_tag("design/child_parts.html")
def child_parts(parts: ChildParts[Any]) -> dict[str, Any]:
    """Each child's part of the form, under their name: {% child_parts parts %}."""
    return {"parts": parts}


@register.simple_tag(takes_context=True)
def drafts_done(context: Context) -> SafeString:
    """Tell the browser which drafts were recorded, and may go: {% drafts_done %}."""
    keys = [
        tag.removeprefix(DONE)
        for message in context.get("messages") or []
        for tag in (message.extra_tags or "").split()
        if tag.startswith(DONE)
    ]
    return format_html_join("", '<meta name="draft-done" content="{}">', ((key,) for key in keys))


def draft_of(context: Context) -> Draft | None:
    """The draft this page keeps, if it keeps one."""
    draft = context.get("draft")
    return draft if isinstance(draft, Draft) else None


@register.simple_tag(takes_context=True)
def draft_attributes(context: Context) -> SafeString:
    """What the form needs to keep a draft: <form {% draft_attributes %}>."""
    draft = draft_of(context)
    if draft is None:
        return SafeString("")
    shown = (context.get("form"), context.get("parts"))
    is_posted = any(getattr(asked, "is_bound", False) for asked in shown)
    state = " data-draft-posted" if is_posted else ""
    state += " data-draft-unseen" if draft.unseen else ""
    return format_html(
        ' data-draft-key="{}" data-draft-url="{}" data-draft-about="{}" data-draft-version="{}"'
        ' data-draft-asked="{}"{}',
        draft.key,
        first_address("records:save_draft"),
        json.dumps(draft.about),
        _version(draft),
        draft.asked_at.isoformat(),
        SafeString(state),
    )


def _version(draft: Draft) -> int:
    return draft.saved.version if draft.saved else 0


@register.simple_tag(takes_context=True)
def draft_status(context: Context) -> SafeString:
    """Where the page says how the draft stands, and which one it has: {% draft_status %}."""
    draft = draft_of(context)
    if draft is None:
        return SafeString("")
    return format_html(
        '<input type="hidden" name="draft_version" value="{}">'
        '<p class="hearth-draft-status" role="status" data-draft-status></p>',
        _version(draft),
    )


@register.simple_tag(takes_context=True)
def draft_data(context: Context) -> SafeString:
    """The draft the server holds, for the browser to bring back: {% draft_data %}."""
    draft = draft_of(context)
    if draft is None or draft.saved is None:
        return SafeString("")
    return json_script(draft.saved.as_json(), f"draft-{draft.key}")
