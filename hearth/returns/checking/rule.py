"""How a rule of a return is declared: its code, what it reads, what it says, and its examples.

    @RULES.rule(
        "1103",
        "The assessment started before the child was referred",
        Assessments="AssessmentActualStartDate",
        CINdetails="CINreferralDate",
    )
    def assessment_after_referral(cin: Cin) -> Flags:
        starts = cin.Assessments
        early = starts.where(...)
        return early, early.up("CINdetails")


    assessment_after_referral.examples(\"\"\"
        CINdetails CINreferralDate=2025-05-01 !
        Assessments AssessmentActualStartDate=2025-04-30 !
        Assessments AssessmentActualStartDate=2025-05-01
    \"\"\")

The examples are the rule's tests: each row that ends with `!` is found, and no other is.
"""

import importlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from hearth.returns.checking.tables import Rows

Severity = Literal["error", "query"]
# What a rule gives: the rows it finds. A rule of the whole return that fails gives `WHOLE`.
Flags = Iterable[Rows]


@dataclass(frozen=True, eq=False)
class Rule:
    """One rule. `reads` holds by table the columns it needs, and `shows` those in a finding."""

    code: str
    severity: Severity
    message: str
    reads: Mapping[str, tuple[str, ...]]
    shows: Mapping[str, tuple[str, ...]]
    check: Callable[[Any], Flags]
    needs: tuple[str, ...]
    outside: tuple[str, ...]
    since: int
    until: int
    told: list[str] = field(default_factory=list)

    def examples(self, text: str) -> None:
        """Say what the rule finds and what it passes: cases, parted by a line of dashes."""
        self.told.extend(case for case in text.split("\n    ----\n") if case.strip())


@dataclass(eq=False)
class RuleBook:
    """Every rule of one return, in the order they are declared.

    `first` and `last` are the years, by the March they end in, whose rules are known. A year states
    only what is different in it: a rule that begins says `since`, one that ends says `until`, and
    one that changes is declared again, `since` the year of the change. `written` is the module that
    declares them, which is read when they are first asked for.
    """

    name: str
    first: int
    last: int
    written: str
    _declared: list[Rule] = field(default_factory=list)

    @property
    def declared(self) -> list[Rule]:
        """Every rule, in force or not."""
        importlib.import_module(self.written)
        return self._declared

    def nearest(self, year: int) -> int:
        """The year itself where its rules are known, or the nearest to it whose are."""
        return min(max(year, self.first), self.last)

    def of_year(self, year: int) -> list[Rule]:
        """The rules in force for a year; of one not known, those of the nearest that is."""
        year = self.nearest(year)
        in_force = {
            rule.code: rule
            for rule in sorted(self.declared, key=lambda rule: rule.since)
            if rule.since <= year <= rule.until
        }
        return [rule for rule in self.declared if in_force.get(rule.code) is rule]

    def rule(
        self,
        code: str,
        message: str,
        *,
        severity: Severity | None = None,
        needs: str = "",
        outside: str = "",
        since: int = 0,
        until: int = 9999,
        **reads: str,
    ) -> Callable[[Callable[[Any], Flags]], Rule]:
        """Declare a rule.

        `reads` names the columns of each table. A rule is not run, and is listed as not run, when a
        table in `needs` (those of `reads` unless said) was not supplied, or a column, or what is
        named in `outside` is not known. A column with a question mark is shown where it is there.
        """
        if any(rule.code == code and rule.since == since for rule in self._declared):
            raise ValueError(f"{self.name} {code} is declared twice")

        def declare(check: Callable[[Any], Flags]) -> Rule:
            made = Rule(
                code=code,
                severity=severity or ("query" if code.endswith("Q") else "error"),
                message=message,
                reads={
                    table: tuple(name for name in columns.split() if not name.endswith("?"))
                    for table, columns in reads.items()
                },
                shows={
                    table: tuple(columns.replace("?", "").split())
                    for table, columns in reads.items()
                },
                check=check,
                needs=tuple(needs.split()) or tuple(reads),
                outside=tuple(outside.split()),
                since=since,
                until=until,
            )
            self._declared.append(made)
            return made

        return declare
