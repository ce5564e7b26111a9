"""What the pages of an import are made of."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from hearth.lib.spreadsheets import Echo, harmless
from hearth.returns.models import CensusImport, CensusImportLine, LineState

PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class ImportPage:
    """A run, and a page of its lines."""

    run: CensusImport
    page: Page[CensusImportLine]
    state: str
    states: list[tuple[str, str]]


def page_of_import(run: CensusImport, *, state: str, number: str | None) -> ImportPage:
    """A page of what became of each child, of one kind or of all."""
    state = state if state in LineState.values else ""
    page = Paginator(lines_of(run, state), PER_PAGE).get_page(number)
    return ImportPage(run, page, state, list(LineState.choices))


def lines_of(run: CensusImport, state: str = "") -> QuerySet[CensusImportLine]:
    """What became of each child, in the order of the file."""
    found = run.lines.select_related("child").order_by("line", "pk")
    return found.filter(state=state) if state else found


def recent_imports() -> QuerySet[CensusImport]:
    """The runs, the newest first."""
    return CensusImport.objects.select_related("recorded_by").order_by("-pk")[:20]


def as_csv(run: CensusImport) -> Iterator[str]:
    """Every line as a row. A cell that a spreadsheet would run is made plain text."""
    writer = csv.writer(Echo())
    yield writer.writerow(["LAchildID", "Line", "What became of it", "Why"])
    for line in lines_of(run).iterator(chunk_size=1000):
        yield writer.writerow(
            [
                harmless(line.child_id_in_file),
                line.line,
                LineState(line.state).label,
                harmless(line.words),
            ]
        )
