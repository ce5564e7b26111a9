"""What a worker typed in the search box, read as names, dates, numbers, places and phones."""

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from hearth.lib.dates import MONTHS, in_words
from hearth.lib.identifiers import BadIdentifier, tidy_phone, tidy_postcode
from hearth.lib.names import PersonDetails, PersonName, every_key
from hearth.people.summary import FLAT, STREET_ENDS, cut, email_key, flats_in, street_keys

LONGEST = 300
LONGEST_NAME = 6  # words
_EMAIL = re.compile(r"\S+@\S+")
_NUMERIC_DATE = re.compile(r"\b(\d{1,2})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{4}|\d{2})\b")
_ISO_DATE = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")
_RUN_DATE = re.compile(r"(?<!\d)(\d{2})(\d{2})((?:19|20)\d{2})(?!\d)")
_WORD_DATE = re.compile(
    r"\b(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]{3,9})\s+(\d{4}|\d{2})\b", re.IGNORECASE
)
_POSTCODE = re.compile(r"\b([a-z]{1,2}\d[a-z\d]?)\s*(\d[a-z]{2})\b", re.IGNORECASE)
_UPN = re.compile(r"\b[a-z]\d{11}[a-z\d]\b", re.IGNORECASE)
_LA_CHILD_ID = re.compile(r"\b\d{7,9}[a-z]\b", re.IGNORECASE)
_PHONE = re.compile(r"(?<![\w])(?:\+44|0)[\d\s().-]{8,15}\d\b")
_TEN_DIGITS = re.compile(r"\b\d{3}[\s-]?\d{3}[\s-]?\d{4}\b")
_OTHER_NUMBER = re.compile(r"\b(?=[\w/-]*\d)\w[\w/-]{4,}\b")
# "14 Mill Lane", and what follows may be a name; or "14 Broadway", which takes the words after it.
_STREET = re.compile(
    rf"\b\d+[a-z]?,?\s+(?:[^\W\d_]+\s+){{1,3}}(?:{STREET_ENDS})\b|\b\d+[a-z]?,?\s+[^\W\d_]+.*",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(19[3-9]\d|20[0-4]\d)\b")
_WORD = re.compile(r"[^\W\d_]+(?:['\u2018\u2019.-][^\W\d_]+)*")
_NOT_NAMES = frozenset({"mr", "mrs", "miss", "ms", "dr", "dob", "born", "child", "baby", "unborn"})
_CENTURY = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """One search, read. `details` is what names can be compared with."""

    details: PersonDetails
    year: int | None = None
    streets: frozenset[str] = frozenset()
    flats: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()

    @property
    def houses(self) -> frozenset[str]:
        """The streets asked for with the number of a house."""
        return frozenset(key for key in self.streets if any(map(str.isdigit, key)))

    @property
    def keys(self) -> list[str]:
        """Every key of what was asked."""
        return sorted(cut(every_key(self.details)) | self.streets | self.emails)

    @property
    def read_as(self) -> list[str]:
        """What the search was taken to mean, in words, so that a slip is seen."""
        asked = self.details
        said = [f"the name {f'{n.given} {n.family}'.strip()}" for n in asked.names[:1]]
        said += [f"born {in_words(asked.born_on)}"] if asked.born_on else []
        said += [f"born in {self.year}"] if self.year else []
        said += [f"at {postcode}" for postcode in asked.postcodes]
        said += ["at this address"] if self.streets else []
        said += [f"in flat {flat}" for flat in sorted(self.flats)]
        said += [f"telephone {phone}" for phone in asked.phones]
        said += ["with this email address"] if self.emails else []
        shown = [number for number in asked.identifiers if number not in asked.phones]
        return said + [f"number {number}" for number in shown]


def read(text: str, *, today: date) -> Asked:
    """What a worker meant: "smyth 4/6/2012", "14 mill lane", "07700 900123", "A1234…"."""
    reading = _Reading(text[:LONGEST], today)
    emails = frozenset().union(*map(email_key, reading.take(_EMAIL)))
    born_on = reading.take_date()
    identifiers = [*reading.take(_UPN), *reading.take(_LA_CHILD_ID)]
    postcodes = list(_tidied(tidy_postcode, reading.take(_POSTCODE)))
    numbers = reading.take(_PHONE)
    phones = list(_tidied(tidy_phone, numbers))
    identifiers += [*(n for n in numbers if n.strip()[0] != "+"), *reading.take(_TEN_DIGITS)]
    flats = reading.take_flats()
    streets = reading.take_streets()
    years = reading.take(_YEAR) if born_on is None else []
    identifiers += reading.take(_OTHER_NUMBER)
    details = PersonDetails(
        names=_names(reading.rest),
        born_on=born_on,
        postcodes=tuple(postcodes),
        phones=tuple(phones),
        identifiers=tuple(identifiers),
    )
    return Asked(details, int(years[0]) if years else None, streets, flats, emails)


class _Reading:
    """Text from which one thing after another is taken."""

    def __init__(self, text: str, today: date) -> None:
        self.rest, self.today = text, today

    def take(self, pattern: re.Pattern[str]) -> list[str]:
        found = [match[0] for match in pattern.finditer(self.rest)]
        self.rest = pattern.sub(" ", self.rest)
        return found

    def take_flats(self) -> frozenset[str]:
        """The numbers of flats."""
        found = flats_in(self.rest)
        self.rest = FLAT.sub(" ", self.rest)
        return found

    def take_streets(self) -> frozenset[str]:
        """A house number with its street, or a street alone."""
        keys = street_keys(self.rest)
        if keys:
            self.rest = _STREET.sub(" ", self.rest)
        return cut(keys)

    def take_date(self) -> date | None:
        for pattern, order in (
            (_ISO_DATE, (3, 2, 1)),
            (_NUMERIC_DATE, (1, 2, 3)),
            (_WORD_DATE, (1, 2, 3)),
            (_RUN_DATE, (1, 2, 3)),
        ):
            for match in pattern.finditer(self.rest):
                day = self.day(*(match[group] for group in order))
                if day is not None:
                    self.rest = self.rest.replace(match[0], " ", 1)
                    return day
        return None

    def day(self, day: str, month: str, year: str) -> date | None:
        """A day, month and year as typed; a month over twelve was typed for the day."""
        months = [month] if month.isdigit() else _month(month)
        whole = int(year)
        if whole < _CENTURY:
            whole += self.today.year // _CENTURY * _CENTURY
            whole -= _CENTURY * (whole > self.today.year + 1)
        for number in map(int, months):
            for d, m in ((int(day), number), (number, int(day))):
                with suppress(ValueError):
                    return date(whole, m, d)
        return None


def _month(word: str) -> list[str]:
    return [str(n) for n, name in enumerate(MONTHS, 1) if name.lower().startswith(word.lower()[:3])]


def _names(text: str) -> tuple[PersonName, ...]:
    """The ways some words can be split into first and family names."""
    family_first, comma, after = text.partition(",")
    if comma and _words(family_first) and _words(after):
        return (PersonName(" ".join(_words(after)), " ".join(_words(family_first))),)
    words = _words(text)[:LONGEST_NAME]
    if not words:
        return ()
    if len(words) == 1:
        return (PersonName("", words[0]), PersonName(words[0], ""))
    splits = [(words[:-1], words[-1:]), (words[:1], words[1:])]
    names = [PersonName(" ".join(given), " ".join(family)) for given, family in splits]
    return tuple(dict.fromkeys(names))


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text) if word.casefold() not in _NOT_NAMES]


def _tidied(tidy: Callable[[str], str], found: Iterable[str]) -> Iterable[str]:
    for text in found:
        with suppress(BadIdentifier):
            yield tidy(text)
