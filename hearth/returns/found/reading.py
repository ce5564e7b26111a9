"""Reading what was found, a page at a time, whatever it is narrowed to."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, overload

from hearth.lib.errors import CannotDo
from hearth.returns.checking.run import Finding, NotRun

NOT_HELD = "What this check found is no longer held. Check the return again"
_FINDINGS = "SELECT f.id, f.kind, f.row, f.said, c.named FROM finding f LEFT JOIN child c"
_FINDINGS += " ON c.id = f.child"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list of findings is narrowed to; nothing, where it is not."""

    rule: str = ""
    severity: str = ""
    table: str = ""
    child: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """What one rule found in one table: its findings stand together, from `first`."""

    number: int
    rule: str
    severity: str
    message: str
    table: str
    fields: tuple[str, ...]
    first: int
    many: int


@dataclass(frozen=True, slots=True)
class RuleTotal:
    """What one rule found in all."""

    rule: str
    severity: str
    message: str
    many: int


@dataclass(frozen=True, slots=True)
class ChildTotal:
    """What was found about one child."""

    child: str
    errors: int
    queries: int

    @property
    def many(self) -> int:
        """In all."""
        return self.errors + self.queries


@contextmanager
def opened(path: Path) -> Iterator["Found"]:
    """What was found, open to be read. Raises CannotDo when it is not there."""
    try:
        file = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
    except sqlite3.OperationalError:
        raise CannotDo(NOT_HELD) from None
    try:
        yield Found(file)
    finally:
        file.close()


class Found:
    """All that was found in one return."""

    def __init__(self, file: sqlite3.Connection) -> None:
        self._file = file
        self.kinds = list(self._all())

    def _all(self) -> Iterator[Kind]:
        for row in self._file.execute("SELECT * FROM kind ORDER BY id"):
            number, rule, severity, message, table, fields, first, many = row
            named = tuple(json.loads(fields))
            yield Kind(number, rule, severity, message, table, named, first, many)

    @property
    def about(self) -> dict[str, Any]:
        """What is known of the return besides: the names of its files, what was noticed."""
        return {k: json.loads(v) for k, v in self._file.execute("SELECT * FROM about")}

    def rules(self) -> list[RuleTotal]:
        """Each rule that found anything, errors first and the most first."""
        totals: dict[str, RuleTotal] = {}
        for kind in self.kinds:
            before = totals[kind.rule].many if kind.rule in totals else 0
            totals[kind.rule] = RuleTotal(
                kind.rule, kind.severity, kind.message, before + kind.many
            )
        return sorted(totals.values(), key=lambda each: (each.severity, -each.many, each.rule))

    def tables(self) -> list[str]:
        """Each table that something was found in."""
        return list(dict.fromkeys(kind.table for kind in self.kinds if kind.table))

    def children(self) -> "Children":
        """Each child that something was found about, the most first."""
        return Children(self._file)

    def findings(self, wanted: Wanted | None = None) -> "Findings":
        """The findings, narrowed to what is wanted."""
        wanted = wanted or Wanted()
        kinds = [kind for kind in self.kinds if _is_wanted(kind, wanted)]
        return Findings(self._file, kinds, wanted.child)

    def unasked(self, *, failed: bool) -> list[NotRun]:
        """The rules that were not run, or those that could not cope, and why."""
        asked = "SELECT rule, reason FROM unasked WHERE failed = ? ORDER BY rowid"
        return [NotRun(*row) for row in self._file.execute(asked, (failed,))]


def _is_wanted(kind: Kind, wanted: Wanted) -> bool:
    return (
        wanted.rule in ("", kind.rule)
        and wanted.severity in ("", kind.severity)
        and wanted.table in ("", kind.table)
    )


class Children(Sequence[ChildTotal]):
    """Children, read as they are asked for."""

    def __init__(self, file: sqlite3.Connection) -> None:
        self._file = file
        self._many = int(file.execute("SELECT count(*) FROM child").fetchone()[0])

    def __len__(self) -> int:
        """How many there are."""
        return self._many

    @overload
    def __getitem__(self, at: int) -> ChildTotal: ...

    @overload
    def __getitem__(self, at: slice) -> list[ChildTotal]: ...

    def __getitem__(self, at: int | slice) -> ChildTotal | list[ChildTotal]:
        """Some of them, the most found first."""
        if isinstance(at, int):
            return self[at : at + 1][0]
        start, stop, _ = at.indices(self._many)
        asked = (
            "SELECT named, errors, queries FROM child"
            " ORDER BY errors + queries DESC, named LIMIT ? OFFSET ?"
        )
        rows = self._file.execute(asked, (max(stop - start, 0), start))
        return [ChildTotal(*row) for row in rows]

    def __iter__(self) -> Iterator[ChildTotal]:
        """All of them, without holding them."""
        asked = "SELECT named, errors, queries FROM child ORDER BY errors + queries DESC, named"
        yield from (ChildTotal(*row) for row in self._file.execute(asked))


class Findings(Sequence[Finding]):
    """Findings of some kinds, or of one child among them, read as they are asked for."""

    def __init__(self, file: sqlite3.Connection, kinds: Sequence[Kind], child: str) -> None:
        self._file, self._kinds, self._child = file, kinds, child
        self._by_number = {kind.number: kind for kind in kinds}
        self._of_child = list(self._ids_of_child()) if child else []
        self._many = len(self._of_child) if child else sum(kind.many for kind in kinds)

    def _ids_of_child(self) -> Iterator[int]:
        asked = (
            "SELECT f.id, f.kind FROM finding f WHERE f.child IN"
            " (SELECT id FROM child WHERE named = ?) ORDER BY f.id"
        )
        for number, kind in self._file.execute(asked, (self._child,)):
            if kind in self._by_number:
                yield number

    def __len__(self) -> int:
        """How many there are."""
        return self._many

    @overload
    def __getitem__(self, at: int) -> Finding: ...

    @overload
    def __getitem__(self, at: slice) -> list[Finding]: ...

    def __getitem__(self, at: int | slice) -> Finding | list[Finding]:
        """Some of them, in the order they were found."""
        if isinstance(at, int):
            return self[at : at + 1][0]
        start, stop, _ = at.indices(self._many)
        if self._child:
            return [f for n in self._of_child[start:stop] for f in self._between(n, n)]
        return [f for spell in self._spells(start, stop) for f in self._between(*spell)]

    def __iter__(self) -> Iterator[Finding]:
        """All of them, without holding them."""
        spells = ((n, n) for n in self._of_child)
        for first, last in spells if self._child else self._spells(0, self._many):
            yield from self._between(first, last)

    def _spells(self, start: int, stop: int) -> Iterator[tuple[int, int]]:
        """Where the findings from one place to another stand in the file, kind by kind."""
        before = 0
        for kind in self._kinds:
            first, last = max(start - before, 0), min(stop - before, kind.many)
            if first < last:
                yield kind.first + first, kind.first + last - 1
            before += kind.many

    def _between(self, first: int, last: int) -> Iterator[Finding]:
        asked = f"{_FINDINGS} WHERE f.id BETWEEN ? AND ? ORDER BY f.id"
        for _, number, row, said, child in self._file.execute(asked, (first, last)):
            kind = self._by_number[number]
            yield Finding(
                rule=kind.rule,
                severity=kind.severity,  # type: ignore[arg-type]
                message=kind.message,
                child=child,
                table=kind.table or None,
                row=row,
                fields=kind.fields,
                values=tuple(json.loads(said)),
            )
