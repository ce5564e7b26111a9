"""The words a practice check is declared in: what is looked for, why, and how it is put right.

A check is declared in the `checks.py` of the room whose record it looks at, and looks at many
children at once. What it finds is kept, told and shown by the `quality` room. For every child it
looked at it says what it saw, whether or not anything was wrong: "why has it not fired?" is then
answered by the check itself.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """How grave it is that a check has found something."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing on the record that a check went by: what it says, of what day, and where it is.

    `page` is the address name that opens it, by its id.
    """

    label: str
    says: str
    on: date | None = None
    page: str = ""
    pk: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What a check saw of one child, in one record.

    `subject` names the record as the trail does ("protection.Enquiry:5"). `because` says in words
    why it fires, or why it does not. `since` is the first day it was so.
    """

    child: int
    subject: str
    fires: bool
    because: str
    since: date | None = None
    facts: Sequence[Fact] = ()


Look = Callable[[Sequence[int], date], Iterable[Looked]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One practice check. `key` is permanent: it is stored with what was found.

    The worker is told at once. Managers are told after `manager_after` days, and at once where it
    is None: quiet for the worker first, unless a child may be in danger now.
    """

    key: str
    title: str
    rule: str
    authority: str
    severity: Severity
    put_right: str
    # What it passes over on purpose, so that it is not an alarm.
    passes_over: str = ""
    # What is said of a child in whose record there is nothing for it to look at.
    nothing: str
    manager_after: int | None = None
    look: Look
    # The numbers the rule goes by, so that the words and the code cannot part.
    numbers: Mapping[str, int] = field(default_factory=dict)


CHECKS: dict[str, Check] = {}


def check(**declared: Any) -> Callable[[Look], Look]:
    """Declare a check; the function below looks at children on a day, a few queries for them all.

    Words may name its `numbers`: "not seen within {days} working day(s)".
    """

    def declare(look: Look) -> Look:
        numbers: Mapping[str, int] = declared.get("numbers", {})
        said = {
            name: declared[name].format(**numbers)
            for name in ("rule", "put_right", "passes_over", "nothing")
            if name in declared
        }
        made = Check(look=look, **(declared | said))
        if made.key in CHECKS:
            raise ValueError(f"{made.key} is declared twice")
        CHECKS[made.key] = made
        return look

    return declare


def look_at(
    children: Sequence[int], *, today: date, checks: Iterable[Check] | None = None
) -> dict[str, list[Looked]]:
    """What each check sees of these children today, by the check's key."""
    chosen = CHECKS.values() if checks is None else checks
    return {one.key: list(one.look(children, today)) for one in chosen}
