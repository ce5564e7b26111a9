"""Setting out what the rules found: for a person to read, for a program, and for a spreadsheet."""

import csv
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import IO, Any, TextIO

from hearth.returns.checking.columns import printable
from hearth.returns.checking.run import Finding, NotRun, Report
from hearth.returns.workbook import Workbook

COLUMNS = ("rule", "severity", "message", "child", "table", "row", "fields", "values")
SHOWN = 20


def totals(report: Report) -> list[tuple[str, str, str, int]]:
    """Each rule that found anything: its code, severity, message and count, errors first."""
    counts = Counter(finding.rule for finding in report.findings)
    first = {finding.rule: finding for finding in reversed(report.findings)}
    order = sorted(counts, key=lambda rule: (first[rule].severity, -counts[rule], rule))
    return [(rule, first[rule].severity, first[rule].message, counts[rule]) for rule in order]


def by_child(report: Report) -> list[tuple[str, int]]:
    """Each child found and how often, the most first."""
    counts = Counter(finding.child for finding in report.findings if finding.child)
    return sorted(counts.items(), key=lambda each: (-each[1], each[0]))


def in_words(finding: Finding) -> str:
    """Where a finding is and the values that caused it, on one line."""
    if finding.table is None:
        return "the return as a whole"
    said = ", ".join(
        f"{name} {'is blank' if value is None else f'= {printable(value)}'}"
        for name, value in zip(finding.fields, finding.values, strict=True)
    )
    child = f"child {printable(finding.child)}" if finding.child else "a child with no identifier"
    where = f"{finding.table} row {finding.row}"
    return f"{child}, {where}" + (f": {said}" if said else "")


def summary(report: Report) -> str:
    """How many of each were found, in one sentence."""
    count = Counter(finding.severity for finding in report.findings)
    children = len({finding.child for finding in report.findings if finding.child})
    return (
        f"{count['error']:,} errors and {count['query']:,} queries about {children:,} children,"
        f" from {len(report.ran)} rules"
    )


def write_text(report: Report, out: TextIO, *, whole: bool = False) -> None:
    """Write for a person: each rule with what it found, the first of them unless all are wanted."""
    out.write(summary(report) + "\n")
    found: dict[str, list[Finding]] = {}
    for finding in report.findings:
        found.setdefault(finding.rule, []).append(finding)
    for rule, severity, message, count in totals(report):
        out.write(f"\n{rule} ({severity}, {count:,}): {message}\n")
        shown = found[rule] if whole else found[rule][:SHOWN]
        out.writelines(f"    {in_words(finding)}\n" for finding in shown)
        if len(shown) < count:
            out.write(f"    and {count - len(shown):,} more\n")
    for heading, rules in (("Not run", report.not_run), ("Could not cope", report.failed)):
        if rules:
            out.write(f"\n{heading}:\n")
            out.writelines(f"    {each.rule}: {each.reason}\n" for each in rules)


def json_lines(report: Report) -> Iterator[str]:
    """Each finding as a line of JSON."""
    for finding in report.findings:
        yield json.dumps(finding.as_dict(), ensure_ascii=False) + "\n"


def write_csv(report: Report, out: TextIO) -> None:
    """Write each finding as a row, so that a spreadsheet takes none of it for a formula."""
    out.writelines(csv_lines(report.findings))


class _Echo:
    """Gives back each row as the CSV writer makes it."""

    def write(self, text: str) -> str:
        return text


def csv_lines(findings: Iterable[Finding]) -> Iterator[str]:
    """Each finding as a line of CSV, below the names of the columns."""
    writer = csv.writer(_Echo())
    yield writer.writerow(COLUMNS)
    for finding in findings:
        yield writer.writerow([_harmless(value) for value in _row(finding)])


def write_workbook(report: Report, out: IO[bytes]) -> None:
    """Write an Excel workbook: totals by rule and by child, every finding, and what was not run."""
    not_run = (*report.not_run, *report.failed)
    write_sheets(totals(report), by_child(report), report.findings, not_run, out)


def write_sheets(
    by_rule: Iterable[tuple[Any, ...]],
    by_child: Iterable[tuple[Any, ...]],
    findings: Iterable[Finding],
    not_run: Iterable[NotRun],
    out: IO[bytes],
) -> None:
    """Write the sheets of a workbook, holding none of them: as many of findings as they fill."""
    with Workbook(out) as book:
        book.sheet("By rule", ("rule", "severity", "message", "findings"), by_rule)
        book.sheet("By child", ("child", "findings"), by_child)
        book.sheet("Findings", COLUMNS, map(_row, findings))
        unasked = ((each.rule, each.reason) for each in not_run)
        book.sheet("Not run", ("rule", "reason"), unasked)


def _row(finding: Finding) -> tuple[Any, ...]:
    fields = "; ".join(finding.fields)
    values = "; ".join(value or "" for value in finding.values)
    return (*(getattr(finding, name) for name in COLUMNS[:6]), fields, values)


def _harmless(value: object) -> object:
    """A text that a spreadsheet would work out, marked as text."""
    if isinstance(value, str) and value[:1] in {"=", "+", "-", "@", "\t", "\r"}:
        return f"'{value}"
    return value
