"""Ofsted's list of providers, and what it says of the number that an episode gives."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from hearth.returns.checking.columns import (
    NEVER,
    Dates,
    Mask,
    Texts,
    as_text,
    british_dates,
    iso_dates,
)
from hearth.returns.checking.outside import Listing
from hearth.returns.checking.plain_xml import CannotRead

URN = re.compile("URN")
COLUMNS = {
    "PLACE_CODES": re.compile("PLACE_CODES?"),
    "PROVIDER_CODES": re.compile("PROVIDER_CODES?"),
    "POSTCODE": re.compile("POSTCODE|PCDS?"),
    "REG_END": re.compile("REG_END"),
    "LA": re.compile("LA|LA_CODES?|LA_CODE_INFERRED|AUTHORITY"),
}
_BETWEEN = re.compile(r"[,;\s]+")
# A spreadsheet writes a number so when its column is one of decimals.
_DECIMAL = re.compile(r"([0-9]+)\.0+")
_NO_DAY = {"", "-"}


@dataclass(slots=True)
class Providers:
    """What the list says, by URN. A provider listed more than once is all that any listing says."""

    columns: set[str] = field(default_factory=set)
    said: dict[str, dict[str, set[str]]] = field(default_factory=dict)
    ends: dict[str, np.datetime64] = field(default_factory=dict)

    @classmethod
    def of(cls, listing: Listing) -> "Providers":
        """Raises CannotRead for a list without URN, or with an end that is not a day."""
        places = {name: listing.place(called) for name, called in COLUMNS.items()}
        providers = cls({name for name, place in places.items() if place is not None})
        number = listing.must_have("URN", URN)
        for row, (urn, *said) in enumerate(listing.picked(number, *places.values()), 1):
            if urn:
                providers.add(f"{listing.name}, row {row} below the column names", urn, said)
        if not providers.said:
            raise CannotRead(f"{listing.name} lists no provider")
        return providers

    def __bool__(self) -> bool:
        """Whether there is a list at all."""
        return bool(self.said)

    def add(self, where: str, urn: str, values: list[str]) -> None:
        """Take in one row: `values` is what it says in each of `COLUMNS`, in their order."""
        number = _DECIMAL.sub(r"\1", urn.upper())
        first = number not in self.said
        said = dict(zip(COLUMNS, values, strict=True))
        ended = _day(where, said.pop("REG_END"))
        # One that any listing holds to be registered still is.
        was = self.ends.get(number, ended if first else NEVER)
        self.ends[number] = NEVER if np.isnat(ended) or np.isnat(was) else max(was, ended)
        said["POSTCODE"] = said["POSTCODE"].replace(" ", "")
        known = self.said.setdefault(number, {name: set() for name in said})
        for name, value in said.items():
            known[name] |= set(filter(None, _BETWEEN.split(value.upper())))

    def postcodes(self) -> set[str]:
        """Every postcode in the list, without its spaces."""
        return set().union(*(said["POSTCODE"] for said in self.said.values()))

    def infer_areas(self, area_of: Callable[[str], str]) -> None:
        """Take a provider's authority from its postcode, as the list itself does not say it."""
        self.columns.add("LA")
        for said in self.said.values():
            said["LA"] = set(filter(None, map(area_of, said["POSTCODE"])))

    def listed(self, urns: Texts) -> Mask:
        """Where a number is one that the list has."""
        numbers, which = np.unique(urns, return_inverse=True)
        known = np.array([as_text(number) in self.said for number in numbers], dtype=bool)
        listed: Mask = known[which.reshape(-1)]
        return listed

    def says(self, name: str, urns: Texts, values: Texts) -> Mask:
        """Where a value is one of those listed for the number; of one not listed, none is."""
        numbers, number_of = np.unique(urns, return_inverse=True)
        texts, text_of = np.unique(values, return_inverse=True)
        pairs, which = np.unique(number_of * len(texts) + text_of, return_inverse=True)
        among = [
            as_text(texts[pair % len(texts)]) in self._said(numbers[pair // len(texts)], name)
            for pair in pairs.tolist()
        ]
        said: Mask = np.array(among, dtype=bool)[which.reshape(-1)]
        return said

    def _said(self, number: bytes, name: str) -> set[str]:
        found = self.said.get(as_text(number))
        return found[name] if found else set()

    def registered_until(self, urns: Texts) -> Dates:
        """The day a provider's registration ended; never where it goes on, or is not listed."""
        numbers, which = np.unique(urns, return_inverse=True)
        ends = [self.ends.get(as_text(number), NEVER) for number in numbers]
        days: Dates = np.array(ends, dtype="datetime64[D]")[which.reshape(-1)]
        return days


def _day(where: str, said: str) -> np.datetime64:
    if said in _NO_DAY:
        return NEVER
    written = np.array([said.removesuffix(" 00:00:00").encode()])
    day: np.datetime64 = max(british_dates(written)[0], iso_dates(written)[0], key=_known)
    if np.isnat(day):
        raise CannotRead(f"{where}: REG_END is {said[:40]}, where a day is 31/03/2026")
    return day


def _known(day: np.datetime64) -> bool:
    return not np.isnat(day)
