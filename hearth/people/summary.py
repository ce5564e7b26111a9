"""A person's summary columns and search keys, drawn from the facts that stand."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import Any, TypeVar

from hearth.lib.names import (
    PersonDetails,
    PersonName,
    date_keys,
    every_key,
)
from hearth.people.models import (
    Address,
    Birth,
    BirthKind,
    Characteristic,
    CharacteristicKind,
    ContactPoint,
    DatedFact,
    Identifier,
    Name,
    NameKind,
)

F = TypeVar("F", bound=DatedFact)

LONGEST_KEY = 60
_HOUSE_AND_STREET = re.compile(r"\b(\d+[a-z]?),?\s+([^\W\d_]+)")
STREET_ENDS = (
    "street|st|road|rd|lane|ln|avenue|ave|close|drive|dr|way|court|ct|house|place"
    "|pl|crescent|terrace|gardens|gdns|grove|walk|mews|square|row|rise|hill|park|green|view"
)
FLAT = re.compile(r"\b(?:flat|apartment|apt)\.?\s*(\d+[a-z]?|[a-z])\b,?", re.IGNORECASE)
_STREETS = re.compile(rf"\b([^\W\d_]+) ({STREET_ENDS})\b")
_IN_FULL = {
    "st": "street",
    "rd": "road",
    "ln": "lane",
    "ave": "avenue",
    "dr": "drive",
    "ct": "court",
    "pl": "place",
    "gdns": "gardens",
}


@dataclass(slots=True)
class Known:
    """All that stands of one person and is drawn from."""

    names: list[Name] = field(default_factory=list)
    births: list[Birth] = field(default_factory=list)
    characteristics: list[Characteristic] = field(default_factory=list)
    addresses: list[Address] = field(default_factory=list)
    contact_points: list[ContactPoint] = field(default_factory=list)
    identifiers: list[Identifier] = field(default_factory=list)
    la_child_ids: list[str] = field(default_factory=list)

    def add(self, fact: DatedFact) -> None:
        """Put a fact with its kind; kinds that nothing is drawn from are left."""
        for kind, rows in self._kinds():
            if isinstance(fact, kind):
                rows.append(fact)

    def streets(self) -> frozenset[str]:
        """Keys for every address they have or had."""
        return frozenset().union(*(street_keys(address.lines) for address in self.addresses))

    def flats(self) -> frozenset[str]:
        """The numbers of the flats they live or lived in."""
        return frozenset().union(*(flats_in(address.lines) for address in self.addresses))

    def _kinds(self) -> list[tuple[type[DatedFact], list[Any]]]:
        return [
            (Name, self.names),
            (Birth, self.births),
            (Characteristic, self.characteristics),
            (Address, self.addresses),
            (ContactPoint, self.contact_points),
            (Identifier, self.identifiers),
        ]


def summary(known: Known, merged: Sequence[Known] = ()) -> dict[str, Any]:
    """The summary columns of one person; the records merged into theirs add keys and no more."""
    everything = [known, *merged]
    return {
        **_named(known.names),
        **_born(known.births),
        **_described(known.characteristics),
        "search_keys": sorted(frozenset().union(*map(keys_of, everything))),
    }


def keys_of(known: Known) -> frozenset[str]:
    """Every key by which a search may find somebody, past names and addresses included."""
    found = every_key(
        PersonDetails(
            names=tuple(PersonName(n.given_names, n.family_name) for n in _searched(known.names)),
            postcodes=tuple(a.postcode for a in known.addresses),
            phones=tuple(c.value for c in known.contact_points if "@" not in c.value),
            identifiers=(*(i.value for i in known.identifiers), *known.la_child_ids),
        )
    )
    dates = (date_keys(birth.date) for birth in known.births)
    emails = (email_key(point.value) for point in known.contact_points)
    return cut(chain(found, *dates, known.streets(), *emails))


def cut(keys: Iterable[str]) -> frozenset[str]:
    """Keys no longer than the column that holds them."""
    return frozenset(key[:LONGEST_KEY] for key in keys)


def street_keys(lines: str) -> frozenset[str]:
    """Keys for an address: its house number with its street, and the street's own name."""
    text = re.sub(r"[.']", "", lines.casefold())
    keys = {f"l:{found[1]}{found[2]}" for found in _HOUSE_AND_STREET.finditer(text)}
    keys |= {
        f"l:{found[1]} {_IN_FULL.get(found[2], found[2])}" for found in _STREETS.finditer(text)
    }
    return frozenset(keys)


def flats_in(lines: str) -> frozenset[str]:
    """The numbers of the flats that an address, or a search, speaks of: 55, of "Flat 55"."""
    return frozenset(number.casefold() for number in FLAT.findall(lines))


def email_key(value: str) -> frozenset[str]:
    """The key for an email address; none for a telephone number."""
    return frozenset({f"e:{value.casefold()}"}) if "@" in value else frozenset()


def newest(facts: Iterable[F]) -> F | None:
    """The fact that holds, or that held last."""
    return max(facts, key=_newness, default=None)


def current(facts: Iterable[F]) -> F | None:
    """The fact that holds and has no end yet."""
    return newest(fact for fact in facts if fact.ended_on is None)


def _newness(fact: DatedFact) -> tuple[date, date, int]:
    return fact.ended_on or date.max, fact.started_on or date.min, fact.pk or 0


def _searched(names: Iterable[Name]) -> list[Name]:
    """Names with the family name put to a known-as name that has none of its own."""
    names = list(names)
    legal = newest(name for name in names if name.kind == NameKind.LEGAL)
    family = legal.family_name if legal else ""
    return [
        name if name.family_name else Name(given_names=name.given_names, family_name=family)
        for name in names
    ]


def _named(names: Sequence[Name]) -> dict[str, str]:
    legal = newest(n for n in names if n.kind == NameKind.LEGAL) or newest(names)
    known_as = current(n for n in names if n.kind == NameKind.KNOWN_AS)
    return {
        "given_names": legal.given_names if legal else "",
        "family_name": legal.family_name if legal else "",
        "known_as": known_as.given_names if known_as else "",
    }


def _born(births: Sequence[Birth]) -> dict[str, Any]:
    birth = newest(births)
    return {
        "birth_kind": birth.kind if birth else BirthKind.UNKNOWN,
        "born_on": birth.date if birth else None,
    }


def _described(characteristics: Sequence[Characteristic]) -> dict[str, Any]:
    of_kind = {kind: [c for c in characteristics if c.kind == kind] for kind in CharacteristicKind}
    sex = current(of_kind[CharacteristicKind.SEX])
    ethnicity = current(of_kind[CharacteristicKind.ETHNICITY])
    pronouns = current(of_kind[CharacteristicKind.PRONOUNS])
    death = newest(of_kind[CharacteristicKind.DEATH])
    ended = newest(of_kind[CharacteristicKind.PREGNANCY_ENDED])
    return {
        "sex": sex.code if sex else "U",
        "ethnicity": ethnicity.code if ethnicity else "",
        "pronouns": pronouns.detail if pronouns else "",
        "died_on": death.started_on if death else None,
        "pregnancy_ended_on": ended.started_on if ended else None,
    }
