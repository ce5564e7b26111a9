"""Writing down what the rules find, as they find it."""

import json
import os
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from hearth.returns.checking.run import Finding, NotRun

TABLES = """
    CREATE TABLE about (name TEXT PRIMARY KEY, said TEXT);
    CREATE TABLE kind (
        id INTEGER PRIMARY KEY, rule TEXT, severity TEXT, message TEXT, tbl TEXT, fields TEXT,
        first INTEGER, many INTEGER
    );
    CREATE TABLE finding (
        id INTEGER PRIMARY KEY, kind INTEGER, child INTEGER, row INTEGER, said TEXT
    );
    CREATE TABLE child (id INTEGER PRIMARY KEY, named TEXT, errors INTEGER, queries INTEGER);
    CREATE TABLE unasked (rule TEXT, reason TEXT, failed INTEGER);
"""
INDEXES = (
    "CREATE INDEX finding_of_child ON finding (child)",
    "CREATE INDEX child_named ON child (named)",
    "CREATE INDEX child_most ON child (errors + queries DESC, named)",
)
# It is written once, and made again if that is cut short: nothing is gained by being careful.
QUICKLY = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA secure_delete = OFF;"

_said = json.JSONEncoder(ensure_ascii=False).encode


class Writer:
    """Takes findings and writes them into a new file, keeping count of children as it goes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        self._file = sqlite3.connect(path, isolation_level=None)
        self._file.executescript(QUICKLY + TABLES)
        self._file.execute("BEGIN")
        self._numbers: dict[str, int] = {}
        self._errors: Counter[int] = Counter()
        self._queries: Counter[int] = Counter()
        self._kinds = self._many = 0

    def take(self, findings: Iterable[Finding]) -> None:
        """Write what one rule found, table by table."""
        for _, alike in groupby(findings, key=lambda finding: (finding.rule, finding.table)):
            self._take_kind(list(alike))

    def _take_kind(self, findings: Sequence[Finding]) -> None:
        one, first = findings[0], self._many + 1
        self._kinds += 1
        self._many += len(findings)
        self._file.execute(
            "INSERT INTO kind VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(self._kinds, one.rule, one.severity, one.message, one.table or ""),
                *(_said(one.fields), first, len(findings)),
            ),
        )
        self._file.executemany(
            "INSERT INTO finding VALUES (?, ?, ?, ?, ?)", self._rows(findings, first)
        )

    def _rows(self, findings: Sequence[Finding], first: int) -> Iterator[tuple[object, ...]]:
        counted = self._errors if findings[0].severity == "error" else self._queries
        numbers = self._numbers
        for place, finding in enumerate(findings, first):
            child = None
            if finding.child:
                child = numbers.setdefault(finding.child, len(numbers) + 1)
                counted[child] += 1
            yield place, self._kinds, child, finding.row, _said(finding.values)

    @property
    def errors(self) -> int:
        """How many errors were taken."""
        return self._count("error")

    @property
    def queries(self) -> int:
        """How many queries were taken."""
        return self._count("query")

    @property
    def children(self) -> int:
        """How many children something was found about."""
        return len(self._numbers)

    def _count(self, severity: str) -> int:
        asked = "SELECT coalesce(sum(many), 0) FROM kind WHERE severity = ?"
        return int(self._file.execute(asked, (severity,)).fetchone()[0])

    def finish(
        self, about: dict[str, object], not_run: Iterable[NotRun], failed: Iterable[NotRun]
    ) -> None:
        """Write what there is besides, and close the file."""
        put = self._file.executemany
        put("INSERT INTO about VALUES (?, ?)", ((k, _said(v)) for k, v in about.items()))
        put("INSERT INTO unasked VALUES (?, ?, 0)", ((n.rule, n.reason) for n in not_run))
        put("INSERT INTO unasked VALUES (?, ?, 1)", ((n.rule, n.reason) for n in failed))
        put("INSERT INTO child VALUES (?, ?, ?, ?)", self._children())
        for index in INDEXES:
            self._file.execute(index)
        self._file.execute("COMMIT")
        self.close()

    def _children(self) -> Iterator[tuple[object, ...]]:
        for name, number in self._numbers.items():
            yield number, name, self._errors[number], self._queries[number]

    def close(self) -> None:
        """Leave the file as it is."""
        self._file.close()
