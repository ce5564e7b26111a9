"""Dates in words, and tags whose colours mean one thing everywhere."""

from datetime import date, datetime, time

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from hearth.design.forms.dates import clock as clock_words
from hearth.lib.dates import how_long_ago, in_calendar, in_words, lateness, working_days_until

register = template.Library()

SOON = 2
COLOURS = {
    "red": "overdue, or danger now",
    "orange": "due today",
    "yellow": "soon",
    "blue": "open",
    "green": "done",
    "grey": "not relevant",
    "purple": "restricted",
}


@register.filter
def day(value: date | datetime | None) -> str:
    """A date as the service writes it: {{ visit.held_on|day }} gives 14 April 2026."""
    if isinstance(value, datetime):
        value = timezone.localtime(value) if timezone.is_aware(value) else value
    return in_words(value) if value else ""


@register.filter
def clock(value: time | datetime | None) -> str:
    """A time as the service writes it: {{ contact.received_at|clock }} gives 4:20pm."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return clock_words(value) if value is not None else ""


@register.filter
def moment(value: datetime | None) -> str:
    """A date and time: {{ note.recorded_at|moment }} gives 14 April 2026 at 4:20pm."""
    return f"{day(value)} at {clock(value)}" if value else ""


@register.filter
def figure(value: int) -> str:
    """A whole number that can be read at a glance: {{ found.errors|figure }} gives 12,345."""
    return f"{value:,}"


@register.filter
def late_in_words(due_on: date, today: date) -> str:
    """How late, or how long is left: {{ task.due_on|late_in_words:today }}."""
    return lateness(due_on, today)


@register.filter
def ago(value: date | None, today: date) -> str:
    """How old something is: {{ fact.on|ago:today }} gives 12 days ago."""
    return how_long_ago(value, today) if value else ""


@register.inclusion_tag("design/due_tag.html")
def due_tag(due_on: date | None, today: date) -> dict[str, str]:
    """Say how long is left, or how late it is: {% due_tag task.due_on today=today %}."""
    if due_on is None:
        return {"colour": "grey", "text": "No date"}
    if due_on < today:
        colour = "red"
    elif due_on == today:
        colour = "orange"
    else:
        colour = "yellow" if is_soon(due_on, today) else "blue"
    return {"colour": colour, "text": lateness(due_on, today)}


def is_soon(due_on: date, today: date) -> bool:
    """Whether so few working days are left that it should be seen."""
    return in_calendar(due_on) and in_calendar(today) and working_days_until(today, due_on) <= SOON


@register.inclusion_tag("design/due_tag.html")
def status_tag(text: str, colour: str) -> dict[str, str]:
    """A state in words, in its fixed colour (COLOURS): {% status_tag "Signed off" "green" %}."""
    if colour not in COLOURS:
        raise template.TemplateSyntaxError(f"{colour} has no meaning here: use one of {COLOURS}")
    return {"colour": colour, "text": text}


@register.inclusion_tag("design/due_tag.html")
def restricted_tag(text: str = "Restricted") -> dict[str, str]:
    """Mark a record few may see: {% restricted_tag %}."""
    return {"colour": "purple", "text": text}


@register.simple_tag
def child_marker(child: object, number: int = 0, of: int = 0) -> SafeString:
    """A child's name with its place among the siblings, told apart without colour.

    {% child_marker child number=1 of=3 %}
    """
    if not number:
        return format_html('<span class="hearth-child-marker">{}</span>', child)
    return format_html(
        '<span class="hearth-child-marker"><span class="hearth-child-marker__number" '
        'aria-hidden="true">{}</span> {}<span class="govuk-visually-hidden"> '
        "(child {} of {})</span></span>",
        number,
        child,
        number,
        of,
    )
