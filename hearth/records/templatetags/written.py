"""Words as they were written, in paragraphs: {% load written %}."""

import re
from collections.abc import Sequence
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from hearth.design.components.lists import table, td, th, tr

register = template.Library()
BETWEEN = re.compile(r"\n\s*\n")
WORD = re.compile(r"\S+")


@register.filter
def prose(text: str) -> SafeString:
    """Paragraphs and lines kept, nothing in them markup: {{ note.text|prose }}."""
    paragraphs = [part for part in BETWEEN.split(text.strip()) if part]
    return format_html_join(
        "", '<p class="govuk-body">{}</p>', ((_lines(part),) for part in paragraphs)
    )


@register.filter
def shortened(text: str, words: int) -> str:
    """The beginning of what was written, its lines kept: {{ note.text|shortened:60|prose }}."""
    found = list(WORD.finditer(text))
    return text if len(found) <= words else f"{text[: found[words - 1].end()]} …"


def _lines(paragraph: str) -> SafeString:
    return format_html_join(SafeString("<br>"), "{}", ((line,) for line in paragraph.split("\n")))


@register.simple_tag
def in_their_words(text: str, name: str) -> SafeString:
    """What a child said, set apart: {% in_their_words part.own_words child.name %}."""
    return format_html(
        '<figure class="records-words"><figcaption class="govuk-body-s">{} said</figcaption>'
        '<blockquote class="govuk-body">{}</blockquote></figure>',
        name,
        prose(text),
    )


PAGES = {
    "CaseNote": "records:read_note",
    "Visit": "records:read_visit",
    "Document": "records:read_document",
}


@register.simple_tag
def record_url(record: Any, child: Any) -> str:
    """Where a note, visit or document is read on a child's record: {% record_url note child %}."""
    return f"{reverse(PAGES[type(record).__name__], args=[record.pk])}?child={child.pk}"


@register.simple_tag
def block_table(block: Any) -> SafeString:
    """A table of a paper that goes out, drawn as every table is: {% block_table block %}."""
    rows = format_html_join("", "{}", ((_row(block.head, cells),) for cells in block.rows))
    return table(rows, block.title, head="|".join(block.head), hide_caption=True)


def _row(head: Sequence[str], cells: Sequence[str]) -> SafeString:
    rest = format_html_join(
        "",
        "{}",
        ((td(_lines(cell), name),) for name, cell in zip(head[1:], cells[1:], strict=True)),
    )
    return tr(format_html("{}{}", th(_lines(cells[0])), rest))
