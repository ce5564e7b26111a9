"""Reading back what was written of the families that lived, as patterns for others to be put into.

A pattern is the text the database would be given for every row of one family, cut where something
is another family's own: a number, a name, a day of birth, a worker. Those cuts are its slots.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import connections

from hearth.demo.bulk.tables import HOUSEHOLDS, PEOPLE, Holds, Table

Slot = tuple[str, str]
OPEN, MIDDLE, CLOSE = "\x01", "\x03", "\x02"
_SLOTS = re.compile(f"{OPEN}([^{CLOSE}]*){CLOSE}")
_ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"})
_PLACES = re.compile(r"\b(child|adult|agency|person)-(\d+)")
_NUMBERS = re.compile(r"\d+")
NULL = "\\N"


@dataclass(slots=True)
class Cut:
    """The rows of one family in one table: text, slot, text, slot, and text."""

    parts: list[str]
    slots: list[str]

    def filled(self, said: Mapping[str, str]) -> str:
        """The rows with each slot filled."""
        parts = self.parts.copy()
        parts[1::2] = [said[slot] for slot in self.slots]
        return "".join(parts)


@dataclass(slots=True)
class Pattern:
    """Everything written of one family that lived."""

    cuts: dict[str, Cut] = field(default_factory=dict)
    slots: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Own:
    """What in a family's rows is its own: its words, and each person's day of birth."""

    words: re.Pattern[str] | None
    # By the word itself, the slot it is put in.
    slots: Mapping[str, str]
    born: Mapping[int, date]
    # What disabilities each has besides the one that is written of, which is not another's.
    besides: Mapping[int, Sequence[str]] = field(default_factory=dict)


def slot(kind: str, what: object) -> str:
    """The name of a slot."""
    return f"{kind}{MIDDLE}{what}"


def parted(name: str) -> Slot:
    """What kind of slot it is, and of what."""
    kind, _, what = name.partition(MIDDLE)
    return kind, what


def words_of(words: Mapping[str, str]) -> tuple[re.Pattern[str] | None, dict[str, str]]:
    """A search for any of these words, the longest first; and the slot of each."""
    found = {word: name for word, name in words.items() if word}
    if not found:
        return None, {}
    longest = sorted(found, key=lambda word: (-len(word), word))
    either = "|".join(map(re.escape, longest))
    # In a text kept as JSON, the letter before a word may be that of an escaped new line.
    return re.compile(rf"(?:(?<!\w)|(?<=\\n))(?:{either})(?!\w)"), found


class Reader:
    """Cuts the rows of the families that lived into patterns."""

    def __init__(self, family_of: Mapping[int, int], own: Mapping[int, Own]) -> None:
        self.family_of, self.own = family_of, own
        self.patterns = {number: Pattern() for number in own}
        self.households = self._households()

    def read(self, tables: Iterable[Table]) -> dict[int, Pattern]:
        """The patterns, by the family's number."""
        for table in tables:
            texts: dict[int, list[str]] = {}
            for row in self._rows(table):
                number = self._whose(table, row)
                if number is not None and number in self.own:
                    texts.setdefault(number, []).append(self._cut(table, row, self.own[number]))
            for number, rows in texts.items():
                pieces = _SLOTS.split("".join(rows))
                cut = Cut(pieces, pieces[1::2])
                self.patterns[number].cuts[table.name] = cut
                self.patterns[number].slots.update(cut.slots)
        return self.patterns

    def _households(self) -> dict[int, int]:
        with connections["owner"].cursor() as cursor:
            cursor.execute("SELECT household_id, person_id FROM people_householdmember")
            return {
                household: self.family_of[person]
                for household, person in cursor.fetchall()
                if person in self.family_of
            }

    def _rows(self, table: Table) -> Iterable[Sequence[str | None]]:
        columns = ", ".join(f'"{column}"::text' for column in table.columns)
        with connections["owner"].cursor() as cursor:
            cursor.execute(f'SELECT {columns} FROM "{table.name}" ORDER BY "{table.key}"')  # noqa: S608
            while rows := cursor.fetchmany(5000):
                yield from rows

    def _whose(self, table: Table, row: Sequence[str | None]) -> int | None:
        known = self.households if table.name in HOUSEHOLDS else self.family_of
        for column in table.whose():
            value = row[table.columns.index(column)] or ""
            if found := _NUMBERS.search(value):
                return known.get(int(found[0]))
        return None

    def _cut(self, table: Table, row: Sequence[str | None], own: Own) -> str:
        person = self._person(table, row)
        values = (
            NULL if value is None else CUT[holds](value, own, person)
            for holds, value in zip(table.holds, row, strict=True)
        )
        return "\t".join(values) + "\n"

    def _person(self, table: Table, row: Sequence[str | None]) -> int | None:
        column = "id" if table.name in PEOPLE else "person_id"
        value = row[table.columns.index(column)] if column in table.columns else None
        return int(value) if value else None


def _hole(kind: str, what: object) -> str:
    return f"{OPEN}{slot(kind, what)}{CLOSE}"


def _holes(kind: str, text: str) -> str:
    return _NUMBERS.sub(lambda found: _hole(kind, found[0]), text)


def _words(text: str, own: Own, _person: int | None) -> str:
    if own.words is not None:
        text = own.words.sub(lambda found: f"{OPEN}{own.slots[found[0]]}{CLOSE}", text)
    text = _PLACES.sub(lambda found: f"{found[1]}-{_hole('id', found[2])}", text)
    return text.translate(_ESCAPES)


def _date(text: str, own: Own, person: int | None) -> str:
    born = own.born.get(person) if person is not None else None
    return _hole("born", person) if born is not None and text == born.isoformat() else text


def _disability(text: str, own: Own, person: int | None) -> str:
    if person is None or text not in own.besides.get(person, ()):
        return text
    return _hole("besides", f"{person} {text}")


CUT: dict[Holds, Callable[[str, Own, int | None], str]] = {
    Holds.PLAIN: lambda text, _own, _person: text.translate(_ESCAPES),
    Holds.ID: lambda text, _own, _person: _hole("id", text),
    Holds.IDS: lambda text, _own, _person: _holes("id", text),
    Holds.WORKER: lambda text, _own, _person: _hole("worker", text),
    Holds.WORKERS: lambda text, _own, _person: _holes("worker", text),
    Holds.TEAM: lambda text, _own, _person: _hole("team", text),
    Holds.UUID: lambda text, _own, _person: _hole("uuid", text),
    Holds.DATE: _date,
    Holds.WORDS: _words,
    Holds.LABEL: lambda text, _own, _person: _holes("id", text),
    Holds.ADDRESS: lambda text, _own, _person: _holes("id", text),
    Holds.LA_CHILD_ID: lambda text, _own, _person: _hole("child", text),
    Holds.SEARCH_KEYS: lambda _text, _own, person: _hole("keys", person),
    Holds.DISABILITY: _disability,
    Holds.DIGEST: lambda text, _own, _person: _hole("digest", text),
    Holds.TRANSACTION: lambda _text, _own, _person: _hole("transaction", ""),
}
