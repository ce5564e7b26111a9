"""An invented family as it is put on record: each person with their facts, and their ties."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from hearth.demo import disabilities
from hearth.demo.families import Household, Somebody
from hearth.lib.dates import age_on
from hearth.lib.identifiers import CHECK_LETTERS
from hearth.people.actions import NewPerson
from hearth.people.models import (
    Address,
    Characteristic,
    ContactPoint,
    DatedFact,
    Disability,
    Identifier,
    Language,
    Name,
)

BEFORE_BIRTH = timedelta(days=200)
PARENTS = ("mother", "father", "stepfather")
# NHS numbers that begin so are kept for tests; and no authority has this number.
NHS_TESTS, INVENTED_AUTHORITY = "999", "001"


@dataclass(frozen=True, slots=True)
class Tie:
    """What one of a family is to another, by their places in `everyone`."""

    person: int
    other: int
    code: str
    responsible: bool | None = None


def new_person(family: Household, somebody: Somebody, number: int, day: date) -> NewPerson:
    """Somebody of a family, with what was known of them on the day they were put on record."""
    is_child = somebody.relation == "child"
    facts = [*_said_of(somebody, is_child=is_child), *_homes(family, somebody, day)]
    if is_child and not somebody.expected:
        facts += _disabled(somebody, number)
        facts += _numbers(somebody, number, day)
    return NewPerson(
        given_names=somebody.given_names,
        family_name=somebody.family_name,
        known_as=somebody.known_as,
        birth_kind="expected" if somebody.expected else "known",
        born_on=somebody.born_on,
        sex="U" if somebody.expected else somebody.sex,
        ethnicity=somebody.ethnicity if somebody.lives_here or is_child else "",
        is_child=is_child,
        facts=facts,
    )


def _said_of(somebody: Somebody, *, is_child: bool) -> Iterator[DatedFact]:
    if somebody.alias:
        yield Name(kind="spelling", given_names=somebody.given_names, family_name=somebody.alias)
    if somebody.phone and somebody.lives_here:
        yield ContactPoint(kind="mobile", value=somebody.phone)
    if somebody.expected:
        return
    if somebody.religion and (is_child or somebody.relation == "mother"):
        yield Characteristic(kind="religion", code=somebody.religion)
    if is_child or somebody.relation in PARENTS:
        yield Language(
            code=somebody.language, is_first=True, interpreter_needed=somebody.interpreter
        )


def _disabled(child: Somebody, number: int) -> Iterator[Disability]:
    """Drawn by their own number, so that no story is another for it."""
    chance = random.Random(f"{number}/disabled")
    for code in (child.disability, *disabilities.others(child.disability, chance)):
        yield Disability(code=code)


def _homes(family: Household, somebody: Somebody, day: date) -> Iterator[Address]:
    """Where somebody who lives with the family has lived with it."""
    if not somebody.lives_here:
        return
    known = [place for place in family.addresses if place[2] <= day]
    for n, (lines, postcode, since) in enumerate(known):
        until = known[n + 1][2] if n + 1 < len(known) else None
        known_of = somebody.born_on - BEFORE_BIRTH if somebody.expected else somebody.born_on
        start = max(since, known_of)
        if until is not None and until <= start:
            continue
        yield Address(lines=lines, postcode=postcode, started_on=start, ended_on=until)


def _numbers(child: Somebody, number: int, day: date) -> Iterator[Identifier]:
    yield Identifier(kind="nhs", value=nhs_number(number))
    # A nursery's pupils have one too, and somebody first met at three is of school age in time.
    if age_on(child.born_on, day) >= 3:
        year = f"{min(child.born_on.year + 4, day.year) % 100:02}"
        yield Identifier(kind="upn", value=upn(year, number))


def nhs_number(number: int) -> str:
    """A well-made NHS number of those kept for tests."""
    while True:
        nine = f"{NHS_TESTS}{number % 1_000_000:06}"
        check = 11 - sum(w * int(d) for w, d in zip(range(10, 1, -1), nine, strict=True)) % 11
        if check != 10:
            return nine + str(check % 11)
        # One in eleven cannot be: the next that can, from the other end.
        number = number * 7 + 1


def upn(year: str, number: int) -> str:
    """A well-made unique pupil number of a school that is not there, one each for a million."""
    school, pupil = divmod(number % 1_000_000, 1000)
    rest = f"{INVENTED_AUTHORITY}{9000 + school}{year}{pupil:03}"
    total = sum(place * int(digit) for place, digit in enumerate(rest, start=2))
    return CHECK_LETTERS[total % len(CHECK_LETTERS)] + rest


def ties(family: Household) -> Iterator[Tie]:
    """Who is what to whom: each adult to each child, and the children to each other."""
    children = len(family.children)
    for n, adult in enumerate(family.adults):
        for child in range(children):
            responsible = adult.responsible if adult.relation in PARENTS else None
            yield Tie(children + n, child, adult.relation, responsible)
    for one in range(children):
        for other in range(one + 1, children):
            code = {"M": "brother", "F": "sister"}.get(family.children[one].sex, "sibling")
            yield Tie(one, other, code)
    yield from _between_adults(family)


def _between_adults(family: Household) -> Iterator[Tie]:
    children = len(family.children)
    places = {adult.relation: children + n for n, adult in enumerate(family.adults)}
    mother, father = places["mother"], places.get("father")
    if father is not None:
        together = family.everyone[father].lives_here
        yield Tie(father, mother, "partner" if together else "former_partner")
    if "stepfather" in places:
        yield Tie(places["stepfather"], mother, "partner")
    for relation, code in (("grandmother", "mother"), ("aunt", "sister"), ("uncle", "brother")):
        if relation in places:
            yield Tie(places[relation], mother, code)


def living_together(family: Household) -> list[int]:
    """The places of those who live in the family's home."""
    return [n for n, somebody in enumerate(family.everyone) if somebody.lives_here]
