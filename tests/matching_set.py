"""A labelled set for search and matching: people of an invented borough, written down with slips.

Each case takes somebody on record and writes them as workers, callers and other agencies do: by
sound, by nickname, with letters or digits exchanged, first and family names swapped, an old
address. The same seed gives the same set.
"""

import random
from dataclasses import dataclass, replace
from datetime import date

from hearth.demo.families import households
from hearth.demo.people import new_person
from hearth.lib.names import PersonDetails
from hearth.lib.nicknames import LIST
from hearth.people.actions import NewPerson
from hearth.people.models import Address, Person

TODAY = date(2026, 3, 2)
FAMILIES = 640
SOUNDS = [
    ("ph", "f"),
    ("ck", "k"),
    ("th", "t"),
    ("ie", "y"),
    ("ee", "ea"),
    ("y", "i"),
    ("i", "y"),
    ("c", "k"),
    ("z", "s"),
    ("ai", "ay"),
    ("oo", "u"),
    ("e", "a"),
]


def borough(seed: int, families: int = FAMILIES) -> list[NewPerson]:
    """Everybody of so many invented families, as they would be put on record."""
    made: list[NewPerson] = []
    for family in households(families, seed=seed, today=TODAY):
        for somebody in family.everyone:
            made.append(new_person(family, somebody, seed * 100_000 + len(made), TODAY))
    return made


@dataclass(frozen=True)
class Search:
    """What was typed, what slip it has, and whom it means."""

    text: str
    slip: str
    person: Person


def by_sound(name: str, chance: random.Random) -> str:
    """The name as somebody hears it: Smith, Smyth."""
    options = [(a, b) for a, b in SOUNDS if a in name.lower()[1:]]
    if not options:
        return name + "e" if name[-1] not in "aeiou" else name[:-1] + "ah"
    a, b = chance.choice(options)
    place = name.lower().index(a, 1)
    return name[:place] + b + name[place + len(a) :]


def exchanged(name: str, chance: random.Random) -> str:
    """Two letters next to each other, the wrong way round."""
    place = chance.randrange(0, max(len(name) - 1, 1))
    return name[:place] + name[place + 1 : place + 2] + name[place : place + 1] + name[place + 2 :]


def dropped(name: str, chance: random.Random) -> str:
    """A letter left out, not the first."""
    place = chance.randrange(1, max(len(name), 2))
    return name[:place] + name[place + 1 :]


def nickname(name: str, chance: random.Random) -> str:
    """A short form of a given name, or the long form of a short one; itself when it has none."""
    for line in LIST.read_text(encoding="utf-8").splitlines():
        forms = line.split()
        if not line.startswith("#") and name.lower() in forms:
            return chance.choice([form for form in forms if form != name.lower()]).capitalize()
    return name


def digit_slip(born: date, chance: random.Random) -> date:
    """A date with one of its parts mistyped."""
    for _ in range(50):
        part = chance.choice(("day", "month", "year"))
        value = getattr(born, part) + chance.choice((-1, 1, 10 if part == "day" else 2))
        try:
            slipped = born.replace(**{part: value})
        except ValueError:
            continue
        if slipped != born and slipped <= TODAY:
            return slipped
    return born


def turned(born: date) -> date | None:
    """Day and month the wrong way round, when that is a date."""
    try:
        return born.replace(day=born.month, month=born.day)
    except ValueError:
        return None


def typed(day: date, chance: random.Random) -> str:
    """A date as one worker or another types it."""
    forms = (
        f"{day:%d/%m/%Y}",
        f"{day.day}/{day.month}/{day:%y}",
        f"{day:%-d %B %Y}",
        f"{day:%d%m%Y}",
    )
    return chance.choice(forms)


def searches(people: list[Person], number: int, seed: int) -> list[Search]:
    """So many searches for children of the borough, each with one slip, every kind in turn.

    A search by name alone is for a child whose name nobody else has.
    """
    chance = random.Random(seed)
    names = [f"{p.given_names} {p.family_name}" for p in people]
    children = [p for p in people if p.is_child_record and p.born_on and not p.is_unborn]
    found: list[Search] = []
    while len(found) < number:
        child = chance.choice(children)
        slip = SLIPS[len(found) % len(SLIPS)]
        alone = names.count(f"{child.given_names} {child.family_name}") == 1
        text = slip(child, chance) if alone or slip not in BY_NAME_ALONE else None
        if text:
            found.append(Search(text, slip.__name__, child))
    return found


def exact_name(child, chance):
    return f"{child.given_names} {child.family_name}"


def family_name_by_sound(child, chance):
    return f"{child.given_names} {by_sound(child.family_name, chance)}"


def letters_exchanged(child, chance):
    return f"{exchanged(child.given_names, chance)} {child.family_name}"


def letter_dropped(child, chance):
    return f"{child.given_names} {dropped(child.family_name, chance)}"


def by_nickname(child, chance):
    short = nickname(child.given_names, chance)
    return None if short == child.given_names else f"{short} {child.family_name}"


def names_swapped(child, chance):
    return f"{child.family_name} {child.given_names}"


def by_other_spelling(child, chance):
    other = child.names.filter(kind="spelling").first()
    return other and f"{other.given_names} {other.family_name}"


def family_name_and_birth(child, chance):
    return f"{by_sound(child.family_name, chance)} {typed(child.born_on, chance)}"


def birth_turned(child, chance):
    wrong = turned(child.born_on)
    return wrong and f"{child.given_names} {child.family_name} {typed(wrong, chance)}"


def birth_mistyped(child, chance):
    wrong = digit_slip(child.born_on, chance)
    return f"{child.given_names} {child.family_name} {typed(wrong, chance)}"


def first_name_and_birth(child, chance):
    return f"{nickname(child.given_names, chance)} {typed(child.born_on, chance)}"


def old_address(child, chance):
    past = child.addresses.exclude(ended_on=None).first()
    return past and f"{past.lines.partition(',')[0]} {child.given_names}"


def postcode_and_name(child, chance):
    home = child.addresses.first()
    return home and f"{by_sound(child.given_names, chance)} {home.postcode.replace(' ', '')}"


def nhs_number(child, chance):
    number = child.identifiers.filter(kind="nhs").first()
    return number and f"{number.value[:3]} {number.value[3:6]} {number.value[6:]}"


def our_number(child, chance):
    return child.la_child_id.lower()


SLIPS = [
    exact_name,
    family_name_by_sound,
    letters_exchanged,
    letter_dropped,
    by_nickname,
    names_swapped,
    by_other_spelling,
    family_name_and_birth,
    birth_turned,
    birth_mistyped,
    first_name_and_birth,
    old_address,
    postcode_and_name,
    nhs_number,
    our_number,
]
BY_NAME_ALONE = {
    exact_name,
    family_name_by_sound,
    letters_exchanged,
    letter_dropped,
    by_nickname,
    names_swapped,
    by_other_spelling,
}


@dataclass(frozen=True)
class Described:
    """Somebody about to be put on record, and who they are if they are on it already."""

    details: PersonDetails
    person: Person | None


def described_again(people: list[Person], number: int, seed: int) -> list[Described]:
    """Children on record as another agency tells of them: a slip in the name, or birth, or both."""
    chance = random.Random(seed)
    children = [p for p in people if p.is_child_record and p.born_on and not p.is_unborn]
    return [Described(_again(child, chance), child) for child in chance.sample(children, number)]


WAYS_TO_SLIP = (
    lambda given, family, _: (given, family),
    lambda given, family, chance: (given, by_sound(family, chance)),
    lambda given, family, chance: (exchanged(given, chance), family),
    lambda given, family, chance: (given, dropped(family, chance)),
    lambda given, family, chance: (nickname(given, chance), family),
    lambda given, family, _: (family, given),
)


def _again(child: Person, chance: random.Random) -> PersonDetails:
    given, family = chance.choice(WAYS_TO_SLIP)(child.given_names, child.family_name, chance)
    born = child.born_on or TODAY
    birth = chance.random()
    if birth < 0.12:
        born = turned(born) or born
    elif birth < 0.24:
        born = digit_slip(born, chance)
    home = child.addresses.first()
    facts = [Address(lines=home.lines, postcode=home.postcode)] if home and birth > 0.5 else []
    new = NewPerson(
        given_names=given,
        family_name=family,
        birth_kind="known",
        born_on=None if birth > 0.93 else born,
        sex=child.sex,
        facts=facts,
    )
    return replace(new.details())


def described_new(number: int, seed: int) -> list[Described]:
    """Children who are not on record, of another borough of the same communities."""
    chance = random.Random(seed)
    others = [n for n in borough(seed, families=number) if n.is_child and n.birth_kind == "known"]
    return [Described(new.details(), None) for new in chance.sample(others, number)]
