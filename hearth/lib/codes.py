"""Published and local codes, each with the years it held and the returns that take it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from hearth.lib.dates import in_words

FOLDER = Path(__file__).parent / "data" / "codes"

# Where two names are used for one published set: ours, and the return's own.
ALSO_CALLED = {"allocation_change_reason": "social_worker_change_reason"}


class UnknownCodeSet(KeyError):
    """No set of codes has this name."""

    def __str__(self) -> str:
        return str(self.args[0])


class UnknownCode(KeyError):
    """A set of codes does not hold this code."""

    def __str__(self) -> str:
        return str(self.args[0])


@dataclass(frozen=True, slots=True)
class FormerLabel:
    """What a code was called before a day."""

    until: date
    label: str


@dataclass(frozen=True, slots=True)
class Code:
    """One code: its words, from when and until when it held, and the returns that take it.

    `until` is the first day it no longer held.
    """

    code: str
    label: str
    since: date | None = None
    until: date | None = None
    returns: tuple[str, ...] = ()
    note: str = ""
    annex_a: str = ""
    former_labels: tuple[FormerLabel, ...] = ()

    def held_on(self, day: date) -> bool:
        """Whether the code could be used on a day."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day < self.until
        )

    def label_on(self, day: date | None) -> str:
        """What the code was called on a day, or is called now."""
        earlier = [] if day is None else [old for old in self.former_labels if day < old.until]
        return earlier[0].label if earlier else self.label


@dataclass(frozen=True, slots=True)
class CodeSet:
    """A list of codes that somebody publishes, or that this service keeps."""

    key: str
    title: str
    source: str
    codes: tuple[Code, ...]
    version: str = ""
    _by_code: Mapping[str, Code] = field(default_factory=dict, repr=False, compare=False)

    def __iter__(self) -> Iterator[Code]:
        return iter(self.codes)

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def get(self, code: str) -> Code:
        """The code's entry, whether or not it still holds."""
        try:
            return self._by_code[code]
        except KeyError:
            raise UnknownCode(f"{self.title} has no code {code!r}") from None

    def label(self, code: str, on: date | None = None) -> str:
        """The code in words, as it was called on a day or is called now."""
        return self.get(code).label_on(on)

    def is_valid(self, code: str, on: date | None = None, in_return: str | None = None) -> bool:
        """Whether the code holds: on a day, or ever when none is given; and in a return."""
        entry = self._by_code.get(code)
        return (
            entry is not None
            and (on is None or entry.held_on(on))
            and (in_return is None or in_return in entry.returns)
        )

    def why_not_valid(
        self, code: str, on: date | None = None, in_return: str | None = None
    ) -> str | None:
        """What to tell somebody whose code does not hold, or None when it does."""
        if self.is_valid(code, on, in_return):
            return None
        if code not in self:
            return f"{self.title} has no code {code}"
        if on is not None and not self.get(code).held_on(on):
            return f"{self.title}: {code} was not in use on {in_words(on)}"
        return f"{self.title}: {code} is not used in the {in_return} return"

    def choices(
        self, on: date | None = None, in_return: str | None = None
    ) -> list[tuple[str, str]]:
        """Codes and words to choose from: those that held on a day, or those not retired."""
        return [
            (entry.code, entry.label_on(on))
            for entry in self.codes
            if (entry.until is None if on is None else entry.held_on(on))
            and (in_return is None or in_return in entry.returns)
        ]


def code_set(key: str) -> CodeSet:
    """The set of codes with this name."""
    try:
        return _all_sets()[ALSO_CALLED.get(key, key)]
    except KeyError:
        raise UnknownCodeSet(f"There is no set of codes called {key!r}") from None


def words(key: str, code: str) -> str:
    """A code in words for a page; one the set never held, from an old system, as it stands."""
    known = code_set(key)
    return known.label(code) if code in known else code


def code_set_keys() -> list[str]:
    """The name of every set of codes."""
    return sorted([*_all_sets(), *ALSO_CALLED])


def inverse_relationship(code: str, sex: str) -> str:
    """What the second person is to the first, given the second's sex: mother of a boy, so son."""
    code_set("relationship").get(code)
    return INVERSE_RELATIONSHIPS[code].get(sex, INVERSE_RELATIONSHIPS[code]["U"])


@cache
def _raw() -> dict[str, Any]:
    sets: dict[str, Any] = {}
    for path in sorted(FOLDER.glob("*.json")):
        sets.update(json.loads(path.read_text(encoding="utf-8")))
    return sets


@cache
def _all_sets() -> dict[str, CodeSet]:
    return {key: _read_set(key, raw) for key, raw in _raw().items()}


def _read_set(key: str, raw: Mapping[str, Any]) -> CodeSet:
    codes = tuple(_read_code(entry, raw["returns"]) for entry in raw["codes"])
    return CodeSet(
        key=key,
        title=raw["title"],
        source=raw["source"],
        codes=codes,
        version=raw.get("version", ""),
        _by_code={entry.code: entry for entry in codes},
    )


def _read_code(raw: Mapping[str, Any], returns: list[str]) -> Code:
    return Code(
        code=raw["code"],
        label=raw["label"],
        since=_read_date(raw.get("since")),
        until=_read_date(raw.get("until")),
        returns=tuple(raw.get("returns", returns)),
        note=raw.get("note", ""),
        annex_a=raw.get("annex_a", ""),
        former_labels=tuple(
            FormerLabel(date.fromisoformat(old["until"]), old["label"])
            for old in raw.get("former", [])
        ),
    )


def _read_date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


# For each relationship of one person to another, what the other is to the one, by the other's sex.
INVERSE_RELATIONSHIPS: Mapping[str, Mapping[str, str]] = {
    entry["code"]: entry["inverse"] for entry in _raw()["relationship"]["codes"]
}
