"""Running the rules of a return over its tables, and setting out what they find."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Protocol

import numpy as np

from hearth.returns.checking.columns import Places
from hearth.returns.checking.rule import Rule, Severity
from hearth.returns.checking.tables import Rows, Table


@dataclass(frozen=True, slots=True)
class Finding:
    """One row that a rule finds. `row` counts from nought within the table, in file order.

    A finding about the return as a whole has no child, table or row.
    """

    rule: str
    severity: Severity
    message: str
    child: str | None
    table: str | None
    row: int | None
    fields: tuple[str, ...]
    values: tuple[str | None, ...]

    def as_dict(self) -> dict[str, Any]:
        """As it is written in JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class NotRun:
    """A rule that was not asked, and why."""

    rule: str
    reason: str


@dataclass(slots=True)
class Report:
    """What checking a return found. `failed` are rules that could not cope with the data."""

    findings: list[Finding] = field(default_factory=list)
    not_run: list[NotRun] = field(default_factory=list)
    failed: list[NotRun] = field(default_factory=list)
    ran: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)


class Return(Protocol):
    """A return as the rules see it: its tables by name, and what is known besides."""

    @property
    def tables(self) -> Mapping[str, Table]:
        """Its tables, by name."""

    def child_of(self, rows: Rows) -> list[str | None]:
        """The identifier of the child each row is about."""

    def known(self, outside: str) -> str:
        """Why some knowledge from outside the return is not there; nothing when it is."""


def run(
    rules: Sequence[Rule],
    given: Return,
    told: Callable[[int, int], None] = lambda *_: None,
    taken: Callable[[list[Finding]], None] | None = None,
) -> Report:
    """Ask every rule, one after another. A rule that cannot cope never stops the others.

    `told` hears, before each, how many are done of how many. What each finds is given to `taken` as
    it is found, so that nobody need hold it all; where there is none, to the report.
    """
    report = Report()
    for done, rule in enumerate(rules):
        told(done, len(rules))
        if reason := lacking(rule, given):
            report.not_run.append(NotRun(rule.code, reason))
            continue
        begun = time.perf_counter()
        try:
            found = list(findings(rule, given))
        except Exception as error:  # noqa: BLE001 - whatever it is, the other rules still run
            said = f"{type(error).__name__}: {error}"
            report.failed.append(
                NotRun(rule.code, f"The rule could not cope with the data ({said})")
            )
            continue
        (taken or report.findings.extend)(found)
        report.ran.append(rule.code)
        report.seconds[rule.code] = time.perf_counter() - begun
    return report


def lacking(rule: Rule, given: Return) -> str:
    """Why a rule cannot be asked of this return; nothing when it can."""
    for name in rule.needs:
        if name not in given.tables or not given.tables[name].supplied:
            return f"There is no {name}"
    if unknown := next(filter(None, map(given.known, rule.outside)), ""):
        return unknown
    for name, columns in rule.reads.items():
        table = given.tables.get(name)
        if table is None or not table.supplied or not table.count:
            continue
        if absent := [column for column in columns if column not in table.columns]:
            return f"{name} has no {' or '.join(absent)}"
    return ""


def findings(rule: Rule, given: Return) -> Iterator[Finding]:
    """What one rule finds: each row once, table by table in the order it names them."""
    found: dict[str, tuple[Table, list[Places]]] = {}
    for rows in rule.check(given):
        if rows is WHOLE:
            yield Finding(rule.code, rule.severity, rule.message, None, None, None, (), ())
            continue
        found.setdefault(rows.table.name, (rows.table, []))[1].append(rows.places)
    for table, places in found.values():
        flagged = np.zeros(table.count + 1, dtype=bool)
        flagged[np.concatenate(places)] = True
        rows = Rows(table, np.flatnonzero(flagged[:-1]))
        needed, shown = (of.get(table.name, ()) for of in (rule.reads, rule.shows))
        fields = tuple(name for name in shown if name in needed or name in table.columns)
        for child, row in zip(given.child_of(rows), rows.places.tolist(), strict=True):
            values = tuple(table.value(name, row) for name in fields)
            yield Finding(
                rule.code,
                rule.severity,
                rule.message,
                child,
                table.called or table.name,
                row,
                fields,
                values,
            )


# What a rule gives when it is the return as a whole that fails.
WHOLE = Rows(Table("", 0, {}, lambda column: column.astype("datetime64[D]")), np.arange(0))
