"""What the pages of a build are made of: the counts, and who is left out with the reason."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet

from hearth.lib.spreadsheets import Echo, harmless
from hearth.returns.building.noting import Fate, Thing
from hearth.returns.models import BuildReason, CensusBuild, CensusBuildLine

PER_PAGE = 100
THINGS = {
    Thing.CHILDREN: "Children",
    Thing.EPISODES: "Episodes",
    Thing.ASSESSMENTS: "Assessments",
    Thing.IN_NEED: "Child in need plans",
    Thing.ENQUIRIES: "Section 47 enquiries",
    Thing.PROTECTION: "Child protection plans",
}
FATES = {
    Fate.WRITTEN: "in the file",
    Fate.NOTHING: "with nothing in the year",
    Fate.BEFORE: "over before the year",
    Fate.AFTER: "begun after it",
    Fate.LEFT_OUT: "left out",
}
HEAD = ("LAchildID", "Why", "In words")


@dataclass(frozen=True, slots=True)
class BuildPage:
    """A build, a page of its lines, and how many there are of each kind that may be known of."""

    build: CensusBuild
    page: Page[CensusBuildLine]
    reason: str
    reasons: list[tuple[str, str, int]]
    table: list[tuple[str, str]]


def page_of_build(build: CensusBuild, *, reason: str, number: str | None) -> BuildPage:
    """A page of who is left out and why, of one kind or of all but those with nothing to send."""
    reason = reason if reason in BuildReason.values else ""
    page = Paginator(lines_of(build, reason), PER_PAGE).get_page(number)
    return BuildPage(build, page, reason, _reasons(build), in_words(build))


def lines_of(build: CensusBuild, reason: str = "") -> QuerySet[CensusBuildLine]:
    """What is said of each child, in the order of the file.

    Most children of any record have nothing in a given year: they are listed when asked for.
    """
    found = build.lines.select_related("child").order_by("id")
    return found.filter(reason=reason) if reason else found.exclude(reason=BuildReason.NOTHING)


def _reasons(build: CensusBuild) -> list[tuple[str, str, int]]:
    many = dict(build.lines.values_list("reason").annotate(Count("id")).order_by())
    return [(value, label, many[value]) for value, label in BuildReason.choices if value in many]


def table(build: CensusBuild) -> list[tuple[str, list[tuple[str, int]]]]:
    """How many of each thing met which fate, in words: those in the file always, others if any."""
    told = []
    for thing, title in THINGS.items():
        many = {fate: build.counts.get(f"{thing}.{fate}", 0) for fate in FATES}
        fates = [(FATES[f], n) for f, n in many.items() if n or f == Fate.WRITTEN]
        told.append((title, fates))
    return told


def in_words(build: CensusBuild) -> list[tuple[str, str]]:
    """The same, a line for each thing."""
    return [
        (thing, ", ".join(f"{many:,} {words}" for words, many in fates))
        for thing, fates in table(build)
    ]


def recent_builds() -> QuerySet[CensusBuild]:
    """The builds, the newest first."""
    return CensusBuild.objects.select_related("recorded_by").order_by("-pk")[:20]


def rows(build: CensusBuild) -> Iterator[tuple[str, str, str]]:
    """The reconciliation as rows: what is counted, then every line."""
    yield HEAD
    for thing, fates in table(build):
        for words, many in fates:
            yield ("", f"{thing} {words}", str(many))
    for line in build.lines.order_by("id").iterator(chunk_size=1000):
        yield (line.la_child_id, BuildReason(line.reason).label, harmless(line.words))


def as_csv(build: CensusBuild) -> Iterator[str]:
    """The reconciliation as the lines of a CSV file."""
    writer = csv.writer(Echo())
    for row in rows(build):
        yield writer.writerow(row)
