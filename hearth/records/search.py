"""Finding what is written by its words: notes, visits, what children said, and documents."""

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from hearth.accounts.models import User
from hearth.accounts.roles import RECORD_READERS
from hearth.lib.codes import code_set
from hearth.people.models import Person

# The characters the database puts round each word that was found.
FOUND, END = "\ue000", "\ue001"
PAGES = {
    "note": "records:read_note",
    "visit": "records:read_visit",
    "document": "records:read_document",
}
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Found:
    """One thing found: what it is, whose, when, and the words round what was sought."""

    kind: str
    title: str
    address: str
    children: list[Person]
    happened_on: date | None
    excerpt: SafeString


def search(text: str, worker: User, *, most: int = 20) -> list[Found]:
    """What is written with these words in it, the newest first; nothing the worker may not see.

    Words private to one child open that child's page of it.
    """
    text = text.replace("\x00", " ")[:LONGEST].strip()
    if not text or not worker.has_role(*RECORD_READERS):
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM records_search(%s, %s)", [text, most])
        rows = cursor.fetchall()
    known = Person.objects.in_bulk({pk for row in rows for pk in ([row[2]] if row[2] else row[3])})
    return [_found(row, known) for row in rows]


def _found(
    row: tuple[str, int, int | None, list[int], date | None, str, str], known: dict[int, Person]
) -> Found:
    source, pk, child_id, about, happened_on, title, excerpt = row
    children = [known[c] for c in ([child_id] if child_id else about) if c in known]
    address = reverse(PAGES[source], args=[pk])
    return Found(
        kind=source.capitalize(),
        title=code_set("visit_kind").label(title) if source == "visit" else title,
        address=f"{address}?child={children[0].pk}" if children else address,
        children=children,
        happened_on=happened_on,
        excerpt=marked(excerpt),
    )


def marked(excerpt: str) -> SafeString:
    """The words found, marked; everything else as it was typed."""
    safe = str(escape(excerpt))
    return mark_safe(safe.replace(FOUND, "<mark>").replace(END, "</mark>"))  # noqa: S308 - escaped
