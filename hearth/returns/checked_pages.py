"""What the pages of a checked return are made of."""

import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import islice
from typing import IO, Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import QueryDict

from hearth.accounts.models import User
from hearth.returns import findings, kept, mending
from hearth.returns.checking.run import Finding, NotRun
from hearth.returns.found.reading import ChildTotal, Found, RuleTotal, Wanted, opened
from hearth.returns.models import CheckedReturn

PER_PAGE = 100
SEVERITIES = {"error": ("Error", "red"), "query": ("Query", "yellow")}
LISTED = 50
AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class ByRule:
    """What a return was, and a page of what each rule found."""

    page: Page[RuleTotal]
    files: list[str]
    previous: list[str]
    lists: list[str]
    notices: list[str]
    rows: int
    not_run: list[NotRun]
    failed: list[NotRun]


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A finding as it is read: where, what is wrong, what the row says, and what mends it."""

    finding: Finding
    severity: tuple[str, str]
    said: list[tuple[str, str]]
    mend: str

    @property
    def row(self) -> int | None:
        """The row, as people count."""
        return None if self.finding.row is None else self.finding.row + 1


@dataclass(frozen=True, slots=True)
class FindingsPage:
    """A page of findings, what it is narrowed to, and what it may be."""

    page: Page[Any]
    wanted: Wanted
    rules: list[tuple[str, str]]
    tables: list[str]
    query: str


def found_in(checked: CheckedReturn) -> AbstractContextManager[Found]:
    """What a check found, open to be read."""
    return opened(kept.where_found(checked.file))


def held_by(worker: User) -> QuerySet[CheckedReturn]:
    """The checks that a worker asked for and can still open, the newest first."""
    return CheckedReturn.objects.visible_to(worker).order_by("-pk")[:LISTED]


def refusal_of(checked: CheckedReturn) -> str:
    """Why a return could not be read."""
    with found_in(checked) as found:
        return str(found.about.get("refusal", ""))


def by_rule(found: Found, number: str | None) -> ByRule:
    """What each rule found."""
    about = found.about
    return ByRule(
        page=Paginator(found.rules(), PER_PAGE).get_page(number),
        files=about.get("files", []),
        previous=about.get("previous", []),
        lists=about.get("lists", []),
        notices=about.get("notices", []),
        rows=about.get("rows", 0),
        not_run=found.unasked(failed=False),
        failed=found.unasked(failed=True),
    )


def by_child(found: Found, number: str | None) -> Page[ChildTotal]:
    """How much was found about each child."""
    return Paginator(found.children(), PER_PAGE).get_page(number)


def wanted_in(asked: QueryDict) -> Wanted:
    """What a list of findings is to be narrowed to."""
    said = {name: asked.get(name, "").strip()[:200] for name in ("rule", "table", "child")}
    severity = asked.get("severity", "")
    return Wanted(severity=severity if severity in SEVERITIES else "", **said)


def page_of_findings(
    checked: CheckedReturn, found: Found, asked: QueryDict, worker: User
) -> FindingsPage:
    """A page of findings, each in words; with what mends it where the census is Hearth's own."""
    wanted = wanted_in(asked)
    page: Page[Any] = Paginator(found.findings(wanted), PER_PAGE).get_page(asked.get("page"))
    mends = mending.pages_for(page.object_list, worker) if checked.own else [""] * len(page)
    page.object_list = [_shown(*each) for each in zip(page.object_list, mends, strict=True)]
    rules = sorted({(kind.rule, kind.message) for kind in found.kinds})
    query = asked.copy()
    query.pop("page", None)
    return FindingsPage(page, wanted, rules, found.tables(), query.urlencode())


def _shown(finding: Finding, mend: str) -> ShownFinding:
    said = [
        (name, "blank" if value is None else value)
        for name, value in zip(finding.fields, finding.values, strict=True)
    ]
    return ShownFinding(finding, SEVERITIES[finding.severity], said, mend)


def csv_of(checked: CheckedReturn, wanted: Wanted) -> Iterator[str]:
    """The findings as CSV, many lines at a time."""
    with found_in(checked) as found:
        lines = findings.csv_lines(found.findings(wanted))
        while some := "".join(islice(lines, AT_ONCE)):
            yield some


def workbook_of(checked: CheckedReturn, wanted: Wanted) -> IO[bytes]:
    """The findings as an Excel workbook, with totals by rule and by child, and what was not run.

    It is written to a file without a name, that goes when it has been sent.
    """
    out = tempfile.TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    with found_in(checked) as found:
        rules = ((each.rule, each.severity, each.message, each.many) for each in found.rules())
        children = ((each.child, each.many) for each in found.children())
        unasked = [*found.unasked(failed=False), *found.unasked(failed=True)]
        findings.write_sheets(rules, children, found.findings(wanted), unasked, out)
    out.seek(0)
    return out
