"""Whole families, made by chance from a seed: the same seed gives the same borough."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from hearth.demo import disabilities
from hearth.demo.communities import COMMUNITIES, KINDS_OF_STREET, STREETS, Community

CHILDREN_IN_A_FAMILY = (1, 2, 3, 4, 5)
HOW_OFTEN = (38, 34, 17, 8, 3)
YEAR = timedelta(days=365)


@dataclass(slots=True)
class Somebody:
    """One invented person, and what they are to the family's first child."""

    given_names: str
    family_name: str
    sex: str
    born_on: date
    relation: str
    known_as: str = ""
    alias: str = ""
    ethnicity: str = ""
    religion: str = ""
    language: str = "eng"
    interpreter: bool = False
    disability: str = "NONE"
    phone: str = ""
    lives_here: bool = True
    responsible: bool = False
    expected: bool = False


@dataclass(slots=True)
class Household:
    """An invented family: its children, its adults, and where it has lived."""

    number: int
    community: Community
    family_name: str
    children: list[Somebody] = field(default_factory=list)
    adults: list[Somebody] = field(default_factory=list)
    # Each address with the day they moved in; the last is today's.
    addresses: list[tuple[str, str, date]] = field(default_factory=list)

    @property
    def everyone(self) -> list[Somebody]:
        """The children, then the adults."""
        return [*self.children, *self.adults]


def households(number: int, *, seed: int, today: date) -> Iterator[Household]:
    """So many invented families, the same for the same seed and day."""
    for n in range(number):
        yield household(n, random.Random(f"{seed}/{n}"), today=today)


def household(number: int, chance: random.Random, *, today: date) -> Household:
    """One family: a mother, its children, and whoever else there is."""
    community = chance.choices(COMMUNITIES, weights=[c.share for c in COMMUNITIES])[0]
    family = Household(number, community, chance.choice(community.families))
    many = chance.choices(CHILDREN_IN_A_FAMILY, weights=HOW_OFTEN)[0]
    eldest = today - timedelta(days=chance.randint(200, 365 * 17 + 300))
    mother = _adult(family, chance, "F", "mother", eldest - YEAR * chance.randint(17, 38))
    mother.responsible = True
    family.adults.append(mother)
    _add_children(family, chance, eldest, many, today)
    _add_father(family, chance, mother)
    _add_relatives(family, chance, mother)
    _add_addresses(family, chance, today)
    return family


def _add_children(
    family: Household, chance: random.Random, eldest: date, many: int, today: date
) -> None:
    born, taken = eldest, set[str]()
    for n in range(many):
        sex = chance.choice("MF")
        names = family.community.boys if sex == "M" else family.community.girls
        given = chance.choice([name for name in names if name not in taken] or names)
        taken.add(given)
        child = Somebody(given, family.family_name, sex, born, "child")
        _describe(child, family.community, chance)
        _sometimes_otherwise(child, chance)
        family.children.append(child)
        born += timedelta(days=chance.randint(340, 1500))
        if born > today:
            if n + 1 < many and born < today + timedelta(days=200):
                family.children.append(_unborn(family, born))
            break


def _unborn(family: Household, expected: date) -> Somebody:
    return Somebody("", family.family_name, "U", expected, "child", expected=True)


def _describe(person: Somebody, community: Community, chance: random.Random) -> None:
    # Of some it is not yet known, and of some nobody has asked.
    person.ethnicity = chance.choices((community.ethnicity, "NOBT", ""), weights=(93, 4, 3))[0]
    person.religion = chance.choice(community.religions)
    person.language = chance.choice(community.languages)
    person.interpreter = person.language != "eng" and chance.random() < 0.25
    if person.relation == "child" and chance.random() < 0.11:
        person.disability = disabilities.first(chance)


def _sometimes_otherwise(child: Somebody, chance: random.Random) -> None:
    """Some children go by a shorter name, and some are written otherwise by other agencies."""
    if len(child.given_names) > 5 and chance.random() < 0.12:
        child.known_as = child.given_names[: chance.choice((3, 4))]
    if chance.random() < 0.05:
        child.alias = child.family_name[:-1] + chance.choice("eys")


def _adult(
    family: Household, chance: random.Random, sex: str, relation: str, born_on: date
) -> Somebody:
    names = family.community.girls if sex == "F" else family.community.boys
    own_name = chance.random() < 0.7
    adult = Somebody(
        chance.choice(names),
        family.family_name if own_name else chance.choice(family.community.families),
        sex,
        born_on,
        relation,
        phone=f"07700 900{chance.randint(0, 999):03d}",
    )
    _describe(adult, family.community, chance)
    return adult


def _add_father(family: Household, chance: random.Random, mother: Somebody) -> None:
    if chance.random() < 0.85:
        born = mother.born_on - timedelta(days=chance.randint(-900, 3000))
        father = _adult(family, chance, "M", "father", born)
        father.lives_here = chance.random() < 0.48
        father.responsible = father.lives_here or chance.random() < 0.6
        family.adults.append(father)
    alone = not any(a.relation == "father" and a.lives_here for a in family.adults)
    if alone and chance.random() < 0.22:
        born = mother.born_on - timedelta(days=chance.randint(-1500, 3000))
        family.adults.append(_adult(family, chance, "M", "stepfather", born))


RELATIVES = (
    ("grandmother", "F", 24, 0.75, 0.12),
    ("grandfather", "M", 26, 0.5, 0.06),
    ("grandmother", "F", 27, 0.45, 0.02),
    ("aunt", "F", 3, 0.55, 0.04),
    ("uncle", "M", -2, 0.5, 0.05),
    ("aunt", "F", 6, 0.35, 0.01),
    ("family_friend", "F", 1, 0.4, 0.02),
    ("great_grandmother", "F", 48, 0.12, 0.01),
    ("cousin", "M", -14, 0.3, 0.02),
    ("neighbour", "F", 8, 0.25, 0.0),
)


def _add_relatives(family: Household, chance: random.Random, mother: Somebody) -> None:
    for relation, sex, older, known, here in RELATIVES:
        if chance.random() < known:
            born = mother.born_on - YEAR * older - timedelta(days=chance.randint(0, 700))
            relative = _adult(family, chance, sex, relation, born)
            relative.lives_here = chance.random() < here
            family.adults.append(relative)


def _add_addresses(family: Household, chance: random.Random, today: date) -> None:
    moves = chance.choices((1, 2, 3, 4), weights=(52, 30, 13, 5))[0]
    since = min(child.born_on for child in family.children)
    days = max((min(today, since + YEAR * 18) - since).days, moves)
    starts = sorted(chance.sample(range(days), moves)) if days > moves else list(range(moves))
    starts[0] = 0
    for start in starts:
        family.addresses.append((*address(chance), since + timedelta(days=start)))


def address(chance: random.Random) -> tuple[str, str]:
    """Somewhere in the borough to live: its lines, and its postcode."""
    street = f"{chance.choice(STREETS)} {chance.choice(KINDS_OF_STREET)}"
    flat = f"Flat {chance.randint(1, 60)}, " if chance.random() < 0.55 else ""
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    postcode = (
        f"ZZ{chance.randint(1, 9)} {chance.randint(1, 9)}"
        f"{chance.choice(letters)}{chance.choice(letters)}"
    )
    return f"{flat}{chance.randint(1, 180)} {street}, Fenbridge", postcode
