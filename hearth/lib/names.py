"""Keys by which a person is found though their name, birth date or number was written otherwise.

The same functions make the keys kept with a person and the keys of a search; the two meet when they
share a key. A person with one given name and one family name has about 23: eight or nine for each
name, four for a birth date, one for each telephone, postcode and identifier. That is few enough for
an index of them over every person in an authority to be kept in memory, and each kind earns its
place: without it, one sort of slip would go unfound. Keys made before a change here no longer meet
keys made after it, so a change means making every person's keys again.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import chain, product

from rapidfuzz.distance import OSA, Hamming, JaroWinkler

from hearth.lib.nicknames import are_forms_of_one_name, groups_of
from hearth.lib.spelling import CACHED_NAMES, fold, metaphone, sounds, without_one_letter

_SHORTEST_FOR_SLIPS = 3
_LONGEST_SPELT_OUT = 5  # letters; a longer name is dropped a sound at a time, which is fewer keys
_GIVEN_NAMES_KEPT = 2
_FAMILY_NAMES_KEPT = 3
_PHONE_DIGITS = 9  # what is left of a UK number without its 0 or +44


def search_keys(given_names: str, family_name: str) -> frozenset[str]:
    """Keys for a name, the same whichever way round its parts were typed."""
    given = fold(given_names).split()[:_GIVEN_NAMES_KEPT]
    family = fold(family_name).split()[:_FAMILY_NAMES_KEPT]
    # A double-barrelled name is as often run together, and a Mac as often set apart.
    joined = ["".join(part) for part in (given, family) if len(part) > 1]
    main = [*given[:1], *family[-1:]]
    lesser = [part for part in (*given[1:], *family[:-1]) if len(part) >= _SHORTEST_FOR_SLIPS]
    keys = chain(*map(_full_keys, main), *map(_few_keys, (*lesser, *joined)))
    return frozenset(f"n:{key}" for key in keys)


def date_keys(born: date | None) -> frozenset[str]:
    """Keys for a birth date: day and month either way round, or any two of its three parts.

    A slip in one part leaves the other two, whichever digit it was.
    """
    if born is None:
        return frozenset()
    low, high = sorted((born.day, born.month))
    return frozenset(
        {
            f"d:{born.year}:{low:02}+{high:02}",
            f"d:{born.year}-{born.month:02}-",
            f"d:-{born.month:02}-{born.day:02}",
            f"d:{born.year}--{born.day:02}",
        }
    )


def phone_key(phone: str) -> frozenset[str]:
    """The key for a telephone number, however it was spaced or prefixed; none for half a number."""
    digits = re.sub(r"\D", "", phone.partition("ext")[0])[-_PHONE_DIGITS:]
    return frozenset({f"p:{digits}"}) if len(digits) == _PHONE_DIGITS else frozenset()


def postcode_key(postcode: str) -> frozenset[str]:
    """The key for a postcode, however it was spaced."""
    return _squeezed("a", postcode)


def identifier_key(identifier: str) -> frozenset[str]:
    """The key for a UPN, NHS number or other identifier, however it was spaced."""
    return _squeezed("i", identifier)


@lru_cache(maxsize=CACHED_NAMES)
def _full_keys(word: str) -> frozenset[str]:
    """Keys for a name that matters most: its sounds, its other forms, and itself less a letter."""
    return _few_keys(word) | sounds(word) | _slips(word)


@lru_cache(maxsize=CACHED_NAMES)
def _few_keys(word: str) -> frozenset[str]:
    """Keys for a middle name or part of a name: one sound, and its other forms."""
    return frozenset({metaphone(word), *(f"={head}" for head in groups_of(word))} - {""})


def _slips(word: str) -> frozenset[str]:
    """Two words a letter apart share one of these: the word itself, or either less a letter."""
    if len(word) < _SHORTEST_FOR_SLIPS or not word.isascii():
        return frozenset({word})
    heard = metaphone(word)
    if len(word) > _LONGEST_SPELT_OUT and len(heard) > _SHORTEST_FOR_SLIPS:
        return without_one_letter(heard)
    return frozenset({word}) | without_one_letter(word)


def _squeezed(kind: str, text: str) -> frozenset[str]:
    letters = re.sub(r"[\W_]", "", text).upper()
    return frozenset({f"{kind}:{letters}"}) if letters else frozenset()


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name as given and family parts; either may be empty when only one is known."""

    given: str = ""
    family: str = ""


@dataclass(frozen=True, slots=True)
class PersonDetails:
    """What is known of a person, or asked for in a search: names first, aliases after."""

    names: tuple[PersonName, ...] = ()
    born_on: date | None = None
    sex: str = ""
    postcodes: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    relatives: tuple[PersonName, ...] = ()


@dataclass(frozen=True, slots=True)
class Score:
    """How likely two descriptions are of one person, 0 to 100, and why in a worker's words."""

    points: int
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Likeness:
    """How alike two things are, 0 to 1, and what makes them so."""

    share: float = 0.0
    reasons: tuple[str, ...] = field(default=(), compare=False)


# How much each thing weighs: what is asked and differs counts against; what is shared beside counts
# for, as a part of the doubt that was left.
_NAME_WEIGHT = 60
_BIRTH_WEIGHT = 40
_UNKNOWN_BIRTH = 0.5
_OTHER_SEX = 0.92
_IDENTIFIER = 0.97
_PHONE = 0.5
_POSTCODE = 0.3
_RELATIVE = 0.25

_FORM = 0.92
_SOUND = 0.9
_SPELLING = 0.84  # Jaro-Winkler below this is another name
_INITIAL = 0.8
_LESSER = 0.93
_TURNED = 0.96
_MISSING_PART = 0.5
_SAME = "Same"


def every_key(details: PersonDetails) -> frozenset[str]:
    """Every key by which this person would be found."""
    return frozenset().union(
        *(search_keys(name.given, name.family) for name in details.names),
        date_keys(details.born_on),
        *map(phone_key, details.phones),
        *map(postcode_key, details.postcodes),
        *map(identifier_key, details.identifiers),
    )


def score(query: PersonDetails, candidate: PersonDetails) -> Score:
    """How likely a candidate is to be the person asked for, and why."""
    name = _names_alike(query.names, candidate.names)
    birth = _births_alike(query.born_on, candidate.born_on)
    weights = _NAME_WEIGHT * bool(query.names), _BIRTH_WEIGHT * (query.born_on is not None)
    total = weights[0] * name.share + weights[1] * birth.share
    points = total / sum(weights) if any(weights) else 0.0
    if {query.sex, candidate.sex} == {"M", "F"}:
        points *= _OTHER_SEX
    beside = _shared_beside(query, candidate)
    for each in beside:
        points += each.share * (1 - points)
    reasons = chain(name.reasons, birth.reasons, *(each.reasons for each in beside))
    return Score(round(100 * points), tuple(reasons))


def _shared_beside(query: PersonDetails, candidate: PersonDetails) -> list[_Likeness]:
    """What the two share beside name and birth date."""
    relatives = _names_alike(query.relatives, candidate.relatives)
    shared = [
        (_meet(identifier_key, query.identifiers, candidate.identifiers), _IDENTIFIER, "number"),
        (_meet(phone_key, query.phones, candidate.phones), _PHONE, "phone number"),
        (_meet(postcode_key, query.postcodes, candidate.postcodes), _POSTCODE, "postcode"),
        (relatives.share >= _SOUND, _RELATIVE, "relative"),
    ]
    return [_Likeness(share, (f"Same {what}",)) for met, share, what in shared if met]


def _meet(key: Callable[[str], frozenset[str]], ours: Iterable[str], theirs: Iterable[str]) -> bool:
    return not frozenset().union(*map(key, ours)).isdisjoint(frozenset().union(*map(key, theirs)))


def _names_alike(ours: Sequence[PersonName], theirs: Sequence[PersonName]) -> _Likeness:
    """The closest of all the names each goes by."""
    pairs = (
        (_name_alike(one, other), place) for one, (place, other) in product(ours, enumerate(theirs))
    )
    best, place = max(pairs, key=lambda pair: pair[0].share, default=(_Likeness(), 0))
    if place and best.reasons:
        return _Likeness(best.share, (*best.reasons, "Matches another name they use"))
    return best


def _name_alike(one: PersonName, other: PersonName) -> _Likeness:
    given, family = fold(one.given), fold(one.family)
    their_given, their_family = fold(other.given), fold(other.family)
    straight = _parts_alike((given, their_given), (family, their_family))
    if straight.share == 1:
        return straight
    turned = _parts_alike((given, their_family), (family, their_given))
    if turned.share < _INITIAL or turned.share * _TURNED <= straight.share:
        return straight
    if not given or not family:
        return _Likeness(turned.share * _TURNED, turned.reasons)
    return _Likeness(turned.share * _TURNED, ("First and family names swapped", *_unlike(turned)))


def _unlike(likeness: _Likeness) -> tuple[str, ...]:
    return tuple(reason for reason in likeness.reasons if not reason.startswith(_SAME))


def _parts_alike(given: tuple[str, str], family: tuple[str, str]) -> _Likeness:
    """Two names compared part by part; only the parts asked for count."""
    asked = [
        (part, _words_alike(ours.split(), theirs.split()))
        for part, (ours, theirs) in (("first name", given), ("family name", family))
        if ours
    ]
    if not asked:
        return _Likeness()
    share = sum(alike.share for _, alike in asked) / len(asked)
    kinds = {alike.reasons for _, alike in asked}
    if len(kinds) == 1 and len(asked) > 1:
        return _Likeness(share, tuple(_in_words(kind, "name") for kind in kinds.pop()))
    return _Likeness(
        share, tuple(_in_words(kind, part) for part, alike in asked for kind in alike.reasons)
    )


def _in_words(kind: str, part: str) -> str:
    return kind.format(part=part, Part=part.capitalize())


def _words_alike(ours: Sequence[str], theirs: Sequence[str]) -> _Likeness:
    """The closest of the words in each; a first word that matches a second counts a little less."""
    if not theirs:
        return _Likeness(_MISSING_PART)
    if sorted(ours) == sorted(theirs) or "".join(ours) == "".join(theirs):
        return _Likeness(1, ("Same {part}",))
    pairs = [
        (_word_alike(one, other), 1.0 if place == other_place == 0 else _LESSER)
        for (place, one), (other_place, other) in product(enumerate(ours), enumerate(theirs))
    ]
    return max(
        (_Likeness(alike.share * worth, alike.reasons) for alike, worth in pairs), key=_share
    )


def _share(likeness: _Likeness) -> float:
    return likeness.share


@lru_cache(maxsize=CACHED_NAMES)
def _word_alike(one: str, other: str) -> _Likeness:
    if one == other:
        return _Likeness(1, ("Same {part}",))
    closeness = JaroWinkler.similarity(one, other)
    if are_forms_of_one_name(one, other):
        return _Likeness(max(_FORM, closeness), ("Another form of the same {part}",))
    if metaphone(one) == metaphone(other) and metaphone(one) and one[0] == other[0]:
        return _Likeness(max(_SOUND, closeness), ("{Part} sounds the same",))
    if 1 in (len(one), len(other)) and one[0] == other[0]:
        return _Likeness(_INITIAL, ("Same initial of the {part}",))
    if closeness >= _SPELLING or OSA.distance(one, other) == 1:
        return _Likeness(max(closeness, _SPELLING), ("{Part} is spelt nearly the same",))
    return _Likeness(max(closeness - _MISSING_PART, 0))


def _births_alike(asked: date | None, held: date | None) -> _Likeness:
    """How alike two birth dates are, given the slips people make with dates."""
    if asked is None or held is None:
        return _Likeness(_UNKNOWN_BIRTH)
    if asked == held:
        return _Likeness(1, ("Same date of birth",))
    if (asked.year, asked.month, asked.day) == (held.year, held.day, held.month):
        return _Likeness(0.92, ("Same date of birth with day and month swapped",))
    ours, theirs = f"{asked:%Y%m%d}", f"{held:%Y%m%d}"
    if Hamming.distance(ours, theirs) == 1:
        return _Likeness(0.85, ("Date of birth differs by one digit",))
    if OSA.distance(ours, theirs) == 1:
        return _Likeness(0.85, ("Same date of birth with two digits swapped",))
    return _births_roughly_alike(asked, held)


def _births_roughly_alike(asked: date, held: date) -> _Likeness:
    if (asked.year, asked.month) == (held.year, held.month):
        return _Likeness(0.6, ("Born in the same month",))
    if (asked.month, asked.day) == (held.month, held.day):
        return _Likeness(0.5, ("Same birthday in another year",))
    if (asked.year, asked.day) == (held.year, held.day):
        return _Likeness(0.5, ("Same day and year of birth, another month",))
    return _Likeness(0.2 if asked.year == held.year else 0.0)
