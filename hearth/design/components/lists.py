"""Facts in rows: summary lists, tables, pages of a list, and the way round a record."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import template
from django.core.paginator import Page
from django.http import HttpRequest, QueryDict
from django.template import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()


@dataclass(frozen=True, slots=True)
class Row:
    """A fact in a summary list, with the address where it is changed."""

    key: str
    value: Any
    href: str = ""
    verb: str = "Change"


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a side navigation. `state` is words: empty, started, complete."""

    text: str
    href: str
    is_current: bool = False
    state: str = ""


@register.inclusion_tag("design/summary_list.html")
def summary_list(rows: Iterable[Row | tuple[Any, ...]]) -> dict[str, Any]:
    """Facts and the links that change them, as `Row`s or as (key, value, href) tuples.

    {% summary_list rows %}
    """
    return {"rows": [row if isinstance(row, Row) else Row(*row) for row in rows]}


@register.simple_block_tag
def summary(content: str) -> SafeString:
    """A summary list written out: {% summary %}{% row "Born" %}...{% endrow %}{% endsummary %}."""
    return format_html('<dl class="govuk-summary-list">{}</dl>', content)


@register.simple_block_tag
def row(content: str, key: str, *, href: str = "", verb: str = "Change") -> SafeString:
    """One fact of a summary: {% row "Born" href=address %}{{ born|day }}{% endrow %}."""
    link = format_html(
        '<dd class="govuk-summary-list__actions"><a class="govuk-link" href="{}">{}'
        '<span class="govuk-visually-hidden"> {}</span></a></dd>',
        href,
        verb,
        key,
    )
    return format_html(
        '<div class="govuk-summary-list__row{}"><dt class="govuk-summary-list__key">{}</dt>'
        '<dd class="govuk-summary-list__value">{}</dd>{}</div>',
        "" if href else " govuk-summary-list__row--no-actions",
        key,
        content,
        link if href else "",
    )


@register.simple_block_tag
def table(content: str, caption: str, *, head: str, hide_caption: bool = False) -> SafeString:
    """A table with its caption and headings, # before those of numbers.

    On a phone each row becomes a card, with each cell's heading beside it.

    {% table "Visits" head="When|Who|#Days late" %}
      {% for visit in visits %}{% tr %}
        {% th %}{{ visit.held_on|day }}{% endth %}
        {% td "Who" %}{{ visit.by }}{% endtd %}
        {% td "Days late" numeric=True %}{{ visit.late }}{% endtd %}
      {% endtr %}{% endfor %}
    {% endtable %}
    """
    headings = format_html_join("", "{}", ((_heading(text),) for text in head.split("|")))
    return format_html(
        '<table class="govuk-table hearth-table" role="table">'
        '<caption class="govuk-table__caption govuk-table__caption--m{}">{}</caption>'
        '<thead class="govuk-table__head" role="rowgroup"><tr class="govuk-table__row" role="row">'
        '{}</tr></thead><tbody class="govuk-table__body" role="rowgroup">{}</tbody></table>',
        " govuk-visually-hidden" if hide_caption else "",
        caption,
        headings,
        content,
    )


def _heading(text: str) -> SafeString:
    """The heading of a column; an empty cell above a column of links, which name themselves."""
    words = text.strip("# ")
    if not words:
        return SafeString('<td class="govuk-table__header" role="cell"></td>')
    return format_html(
        '<th scope="col" role="columnheader" class="govuk-table__header{}">{}</th>',
        " govuk-table__header--numeric" if text.startswith("#") else "",
        words,
    )


@register.simple_block_tag
def tr(content: str) -> SafeString:
    """A row of a table: {% tr %}{% th %}...{% endth %}{% td "Who" %}...{% endtd %}{% endtr %}."""
    return format_html('<tr class="govuk-table__row" role="row">{}</tr>', content)


@register.simple_block_tag
def th(content: str) -> SafeString:
    """The cell that names its row: {% th %}...{% endth %}."""
    return format_html(
        '<th scope="row" role="rowheader" class="govuk-table__header">{}</th>', content
    )


@register.simple_block_tag
def td(content: str, heading: str, *, numeric: bool = False) -> SafeString:
    """A cell, with the heading it is shown under on a phone: {% td "Who" %}...{% endtd %}."""
    return format_html(
        '<td class="govuk-table__cell{}" role="cell" data-label="{}">{}</td>',
        " govuk-table__cell--numeric" if numeric else "",
        heading,
        content,
    )


@register.simple_tag
def count_in_words(page: Page[Any], one: str = "result", many: str = "") -> str:
    """How many there are and which are shown: {% count_in_words page "contact" %}."""
    total = page.paginator.count
    word = one if total == 1 else (many or f"{one}s")
    if page.paginator.num_pages <= 1:
        return f"{total:,} {word}"
    return f"{total:,} {word}, showing {page.start_index():,} to {page.end_index():,}"


@register.inclusion_tag("design/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any]) -> dict[str, Any]:
    """Links to the other pages of a list, keeping its filters: {% pagination page %}."""
    request: HttpRequest = context["request"]
    query = request.GET
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "page": page,
        "links": [(n, address(query, n) if isinstance(n, int) else "") for n in numbers],
        "previous": address(query, page.number - 1),
        "next": address(query, page.number + 1),
    }


def address(query: QueryDict, number: int) -> str:
    """The same list at another page."""
    query = query.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}"


@register.inclusion_tag("design/side_navigation.html")
def side_navigation(
    places: Iterable[Place | Mapping[str, Any]],
    label: str = "On this record",
    more: str = "All its pages",
) -> dict[str, Any]:
    """The way round a record, always in the same order: {% side_navigation places %}.

    On a phone it folds into one line: where one is, and then `more`.
    """
    return {"items": list(places), "label": label, "more": more}


@register.simple_tag
def back_link(href: str, text: str = "Back") -> SafeString:
    """The way back, above the page: {% back_link address "Back to Amy" %}."""
    return format_html(
        '<nav aria-label="Back"><a href="{}" class="govuk-back-link">{}</a></nav>', href, text
    )


@register.simple_tag
def breadcrumbs(*places: str) -> SafeString:
    """Where this page is, as words and addresses in turn: {% breadcrumbs "Desk" desk_url %}."""
    pairs = zip(places[::2], places[1::2], strict=True)
    items = format_html_join(
        "",
        '<li class="govuk-breadcrumbs__list-item">'
        '<a class="govuk-breadcrumbs__link" href="{}">{}</a></li>',
        ((href, text) for text, href in pairs),
    )
    return format_html(
        '<nav class="govuk-breadcrumbs" aria-label="Breadcrumb">'
        '<ol class="govuk-breadcrumbs__list">{}</ol></nav>',
        items,
    )
