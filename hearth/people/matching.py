"""Who is meant: the search on every page, and who a new person may already be.

Candidates come from the database function `people_candidates`, which leaves out those the worker
may not know of; they are then scored by `hearth.lib.names`, with the reasons in a worker's words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import connection

from hearth.accounts.models import User
from hearth.lib.names import PersonDetails, PersonName, every_key, score
from hearth.people.asked import Asked, read
from hearth.people.loading import facts_of
from hearth.people.models import (
    Address,
    ContactPoint,
    Identifier,
    Name,
    Person,
    Relationship,
)
from hearth.people.summary import Known, cut, email_key, newest, street_keys

# How many to score: enough that a common name does not push the right person out.
CANDIDATES = 120
SHOWN = 20
# Set from the labelled set of tests/test_matching_figures.py.
POSSIBLE, STRONG = 70, 86
LEAST = 25
_STREET, _FLAT, _EMAIL, _YEAR = 0.3, 0.2, 0.5, 0.4
# How much less likely somebody is who never lived where the search says they do.
_ELSEWHERE = 0.3


@dataclass(frozen=True, slots=True)
class Hit:
    """Somebody who may be meant, how likely it is from 0 to 100, and why."""

    person: Person
    score: int
    reasons: tuple[str, ...]
    address: str = ""
    other_names: tuple[str, ...] = ()

    @property
    def is_strong(self) -> bool:
        """So like them that a worker must say it is somebody else."""
        return self.score >= STRONG


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a search: the likeliest first, and how the words were read."""

    hits: Sequence[Hit]
    asked: Asked
    more: bool = False


@dataclass(slots=True)
class _Candidate:
    """All that is compared of somebody who may be meant."""

    person: Person
    known: Known = field(default_factory=Known)
    relatives: list[PersonName] = field(default_factory=list)

    def details(self) -> PersonDetails:
        known = self.known
        own = PersonName(self.person.given_names, self.person.family_name)
        names = [
            own,
            *(PersonName(n.given_names, n.family_name or own.family) for n in known.names),
        ]
        return PersonDetails(
            names=tuple(dict.fromkeys(names)),
            born_on=self.person.born_on,
            sex=self.person.sex,
            postcodes=tuple(a.postcode for a in known.addresses),
            phones=tuple(c.value for c in known.contact_points if "@" not in c.value),
            identifiers=(*(i.value for i in known.identifiers), *known.la_child_ids),
            relatives=tuple(self.relatives),
        )


def search(text: str, worker: User, *, today: date, most: int = SHOWN) -> Found:
    """The people a worker may mean by what they typed in the one box, the likeliest first."""
    asked = read(text, today=today)
    if not asked.keys and asked.year is None:
        return Found([], asked)
    candidates = _candidates(asked.keys, worker)
    scored = ((each, *_scored(asked, each)) for each in candidates)
    likely = ((each, share * _there(asked, each), why) for each, share, why in scored)
    hits = [hit for each in likely if (hit := _hit(asked, *each)).score >= LEAST]
    hits.sort(key=_rank)
    return Found(hits[:most], asked, more=len(hits) > most)


def likely_matches(details: PersonDetails, *, most: int = 10) -> list[Hit]:
    """Those on record who may be the person described, the likeliest first, with the reasons.

    To be shown before anybody is put on record. Those the worker may not know of are not among
    them.
    """
    asked = Asked(details)
    candidates = _candidates(asked.keys, None, with_relatives=bool(details.relatives))
    scored = ((each, *_scored(asked, each)) for each in candidates)
    known = ((each, min(share, _most(asked, each)), why) for each, share, why in scored)
    hits = [hit for each in known if (hit := _hit(asked, *each)).score >= POSSIBLE]
    hits.sort(key=_rank)
    return hits[:most]


def others_with_number(person: Person, kind: str, value: str) -> list[Person]:
    """Whoever else is on record with a number, as far as the worker may know."""
    same = Identifier.objects.standing().filter(kind=kind, value=value).exclude(person=person)
    return list(Person.objects.standing().filter(identifiers__in=same).distinct())


def _rank(hit: Hit) -> tuple[int, bool, date, int]:
    """The likeliest first; a child's record before others; the younger before the older."""
    born = hit.person.born_on or date.min
    return (
        -hit.score,
        not hit.person.is_child_record,
        date.fromordinal(date.max.toordinal() - born.toordinal() + 1),
        hit.person.pk,
    )


def _candidates(
    keys: Sequence[str], worker: User | None, *, with_relatives: bool = False
) -> list[_Candidate]:
    ids = candidate_ids(keys)
    people = Person.objects.filter(pk__in=ids).defer("search_keys")  # as much as all the rest
    if worker is not None:
        people = people.visible_to(worker)
    found = {person.pk: _Candidate(person) for person in people}
    _add_facts(found)
    if with_relatives:
        _add_relatives(found)
    return list(found.values())


def candidate_ids(keys: Sequence[str]) -> list[int]:
    """The ids of those who share most of these keys, none of them hidden from the worker."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person_id FROM people_candidates(%s::text[], %s)", [list(keys), CANDIDATES]
        )
        return [pk for (pk,) in cursor.fetchall()]


def _add_facts(found: dict[int, _Candidate]) -> None:
    """Give each candidate their facts, and those of the records merged into theirs."""
    whose = {pk: pk for pk in found}
    for pk, into, la_child_id in Person.objects.filter(merged_into__in=list(found)).values_list(
        "pk", "merged_into_id", "la_child_id"
    ):
        whose[pk] = into
        found[into].known.la_child_ids += [la_child_id] if la_child_id else []
    for candidate in found.values():
        own = candidate.person.la_child_id
        candidate.known.la_child_ids += [own] if own else []
    for fact in facts_of(whose, (Name, Address, ContactPoint, Identifier)):
        found[whose[fact.person_id]].known.add(fact)


def _add_relatives(found: dict[int, _Candidate]) -> None:
    ids = list(found)
    for ours, theirs in (("person", "other_person"), ("other_person", "person")):
        rows = Relationship.objects.standing().filter(**{f"{ours}__in": ids})
        for pk, given, family in rows.values_list(
            f"{ours}_id", f"{theirs}__given_names", f"{theirs}__family_name"
        ):
            found[pk].relatives.append(PersonName(given, family))


def _hit(asked: Asked, candidate: _Candidate, share: float, reasons: list[str]) -> Hit:
    current = newest(a for a in candidate.known.addresses if a.ended_on is None)
    names = dict.fromkeys(str(name) for name in candidate.known.names)
    return Hit(
        candidate.person,
        round(100 * share),
        _say_where(asked, candidate, reasons),
        str(current) if current else "",
        tuple(n for n in names if n not in (candidate.person.full_name, candidate.person.name)),
    )


def _scored(asked: Asked, candidate: _Candidate) -> tuple[float, list[str]]:
    """The likeness of names and numbers, 0 to 1, with what a search may say besides."""
    base = score(asked.details, candidate.details())
    share, reasons = base.points / 100, list(base.reasons)
    for met, worth, reason in _beside(asked, candidate):
        if met:
            share += worth * (1 - share)
            reasons.append(reason)
    return share, reasons


def _beside(asked: Asked, candidate: _Candidate) -> Iterable[tuple[bool, float, str]]:
    born, known = candidate.person.born_on, candidate.known
    theirs = known.streets()
    emails = frozenset().union(*(email_key(c.value) for c in known.contact_points))
    yield bool(asked.houses & theirs), _STREET, "Same address"
    yield bool((asked.streets - asked.houses) & theirs), _STREET, "Same street"
    yield bool(asked.flats & known.flats()), _FLAT, "Same number of flat"
    yield bool(asked.emails & emails), _EMAIL, "Same email address"
    yield born is not None and born.year == asked.year, _YEAR, f"Born in {asked.year}"


def _there(asked: Asked, candidate: _Candidate) -> float:
    """What is left of a likeness when somebody never lived where, or when, the search says."""
    born, known = candidate.person.born_on, candidate.known
    sought = every_key(PersonDetails(postcodes=asked.details.postcodes))
    held = every_key(PersonDetails(postcodes=tuple(a.postcode for a in known.addresses)))
    left = 1.0
    for meant, met, worth in (
        (sought, sought & held, _ELSEWHERE),
        (asked.houses, asked.houses & known.streets(), _ELSEWHERE),
        (asked.flats, asked.flats & known.flats(), _FLAT),
        (asked.year and born, born and born.year == asked.year, _YEAR),
    ):
        left *= 1 - worth if meant and not met else 1
    return left


def _most(asked: Asked, candidate: _Candidate) -> float:
    """A name alone is nobody in particular, where more is told and none of it is theirs.

    They are shown still; but a worker is stopped only by more than a name.
    """
    told, held = asked.details, candidate.details()
    beside = PersonDetails(
        postcodes=told.postcodes, phones=told.phones, identifiers=told.identifiers
    )
    if told.born_on or not every_key(beside) or score(beside, held).reasons:
        return 1.0
    return (STRONG - 1) / 100


def _say_where(asked: Asked, candidate: _Candidate, reasons: list[str]) -> tuple[str, ...]:
    """Say of an address that they no longer live there."""
    sought = cut(every_key(PersonDetails(postcodes=asked.details.postcodes))) | asked.streets
    met = [
        address
        for address in candidate.known.addresses
        if sought
        & (street_keys(address.lines) | every_key(PersonDetails(postcodes=(address.postcode,))))
    ]
    if met and all(address.ended_on is not None for address in met):
        places = {"Same postcode", "Same address", "Same street"}
        kept = [reason for reason in reasons if reason not in places]
        return (*kept, f"Lived at {newest(met)}")
    return tuple(dict.fromkeys(reasons))
