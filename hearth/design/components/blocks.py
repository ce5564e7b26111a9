"""Components that hold words or other components."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_block_tag
def details(content: str, summary: str, *, is_open: bool = False) -> SafeString:
    """Words that open in place: {% details "Why this date" %}...{% enddetails %}."""
    return format_html(
        '<details class="govuk-details"{}><summary class="govuk-details__summary">'
        '<span class="govuk-details__summary-text">{}</span></summary>'
        '<div class="govuk-details__text">{}</div></details>',
        SafeString(" open") if is_open else "",
        summary,
        content,
    )


@register.simple_block_tag
def inset(content: str) -> SafeString:
    """Words set apart: {% inset %}...{% endinset %}."""
    return format_html('<div class="govuk-inset-text">{}</div>', content)


@register.simple_tag
def warning_text(text: str) -> SafeString:
    """A warning with its sign: {% warning_text "He must not know this address" %}."""
    return format_html(
        '<div class="govuk-warning-text">'
        '<span class="govuk-warning-text__icon" aria-hidden="true">!</span>'
        '<strong class="govuk-warning-text__text">'
        '<span class="govuk-visually-hidden">Warning</span> {}</strong></div>',
        text,
    )


@register.inclusion_tag("design/notification_banner.html")
def notification_banner(text: str, kind: str = "info", title: str = "") -> dict[str, Any]:
    """Say what was done or matters now: {% notification_banner "Recorded" kind="success" %}."""
    success = kind == "success"
    own_title = title or ("Done" if success else "Important")
    return {"text": text, "success": success, "title": own_title, "id": f"banner-{abs(hash(text))}"}


@register.inclusion_tag("design/button.html")
def button(
    text: str,
    href: str = "",
    kind: str = "",
    *,
    name: str = "",
    value: str = "",
    refusals: list[str] | None = None,
) -> dict[str, Any]:
    """A button or a link that looks like one; when refused, it says why beside it.

    {% button "Send to manager" %}
    {% button "Record a visit" href=address kind="secondary" refusals=reasons %}
    """
    return {
        "text": text,
        "href": href,
        "kind": kind,
        "name": name,
        "value": value,
        "refusals": refusals or [],
    }


@register.simple_block_tag
def timeline(content: str) -> SafeString:
    """What happened, in order: {% timeline %}{% timeline_entry ... %}{% endtimeline %}."""
    return format_html('<div class="moj-timeline">{}</div>', content)


@register.simple_block_tag
def timeline_entry(
    content: str,
    title: str,
    when: str,
    *,
    by: str = "",
    href: str = "",
    significant: bool = False,
    level: int = 2,
) -> SafeString:
    """One event, marked when it is significant.

    {% timeline_entry "Home visit" when=visit.held_on|day by=visit.by href=url significant=True %}
    ...{% endtimeline_entry %}
    """
    link = format_html('<a class="govuk-link" href="{}">{}</a>', href, title) if href else title
    return format_html(
        '<div class="moj-timeline__item{}"><div class="moj-timeline__header">'
        '<h{} class="moj-timeline__title">{}{}</h{}> {}</div>'
        '<p class="moj-timeline__date">{}</p>'
        '<div class="moj-timeline__description">{}</div></div>',
        " hearth-timeline__item--significant" if significant else "",
        level,
        link,
        SafeString(' <span class="hearth-significant">Significant</span>') if significant else "",
        level,
        format_html('<p class="moj-timeline__byline">by {}</p>', by) if by else "",
        when,
        content,
    )
