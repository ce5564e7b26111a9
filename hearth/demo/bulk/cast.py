"""Who lives a life again: other people, other numbers, and other workers; the same for one seed."""

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hearth.demo.families import address
from hearth.demo.people import nhs_number, upn
from hearth.demo.staff import Service, Worker
from hearth.lib.dates import age_in_words, age_on

# How many days a birth may be moved, either way, where nobody's age on any day is changed by it.
BIRTHS_WITHIN = 25
TURNS = 6
TURNED = ("assessment_", "family_")


@dataclass(frozen=True, slots=True)
class Stay:
    """The days between which a worker did anything for a family."""

    worker: Worker
    first: date
    last: date


def recast(
    stays: Sequence[Stay], service: Service, chance: random.Random, turn: int
) -> dict[str, Worker] | None:
    """Other workers for the same work, by the address of the first; None where there are none.

    Each is of the same grade, was at work on all those days, and is nobody else's stand-in. Teams
    of a kind change places by `turn`, and their managers with them.
    """
    chosen: dict[str, Worker] = {}
    for stay in stays:
        free = [
            worker
            for worker in _peers(service, turned(stay.worker.team.key, turn), stay.worker.grade.key)
            if worker.started_on <= stay.first
            and (worker.ended_on is None or stay.last < worker.ended_on)
            and worker not in chosen.values()
        ]
        if not free:
            return None
        chosen[stay.worker.email] = chance.choice(free)
    return chosen


def turned(team: str, turn: int) -> str:
    """The team whose turn it is, of the teams of a kind."""
    for kind in TURNED:
        if team.startswith(kind):
            return f"{kind}{(int(team.removeprefix(kind)) - 1 + turn) % TURNS + 1}"
    return team


def _peers(service: Service, team: str, grade: str) -> list[Worker]:
    return [worker for post in service.posts_of(team, grade) for worker in post.holders]


def births_free(
    born: date, days: Iterable[date], taken: Iterable[tuple[date, date]]
) -> tuple[int, ...]:
    """How many days somebody's birth may be moved and leave their age the same on all these days.

    `taken` are the days between which something of theirs holds from birth on.
    """
    if any((end - start).days <= BIRTHS_WITHIN for start, end in taken):
        return (0,)
    counted = sorted(set(days))
    return tuple(
        moved
        for moved in range(-BIRTHS_WITHIN, BIRTHS_WITHIN + 1)
        if _same_age(born, born + timedelta(days=moved), counted)
    )


def _same_age(one: date, other: date, days: Sequence[date]) -> bool:
    return all(
        one <= day
        and other <= day
        and age_in_words(one, day) == age_in_words(other, day)
        and age_on(one, day) == age_on(other, day)
        for day in days
    )


@dataclass(frozen=True, slots=True)
class Called:
    """The words that name a family: its people, homes and numbers."""

    given: tuple[tuple[str, str], ...]  # with the sex of whoever it names
    known_as: Mapping[str, str]  # short for which given name
    family: tuple[str, ...]
    spelt: Mapping[str, str]  # another spelling, of which family name
    homes: tuple[tuple[str, str], ...]
    phones: tuple[str, ...]
    nhs: tuple[str, ...]
    upns: tuple[str, ...]

    def words(self) -> list[str]:
        """All of them."""
        homes = [word for lines, postcode in self.homes for word in (lines, postcode)]
        streets = [street(lines) for lines, _ in self.homes]
        given = [name for name, _ in self.given]
        numbers = [*self.phones, *self.nhs, *self.upns]
        return [*given, *self.known_as, *self.family, *self.spelt, *homes, *streets, *numbers]


def street(lines: str) -> str:
    """The street of an address, as a worker names it in a sentence."""
    return lines.split(",")[-2].strip().lstrip("0123456789 ") if "," in lines else ""


Names = Mapping[str, Sequence[str]]


def renamed(
    called: Called, names: Names, number: int, pupils: Iterator[int], chance: random.Random
) -> dict[str, str]:
    """Other words for a family's words. `names` are its community's girls, boys and families.

    `pupils` gives each child at school a number that no other child has (census, rule 1520).
    """
    new: dict[str, str] = {}
    for lines, postcode in called.homes:
        new_lines, new_postcode = address(chance)
        new |= {street(lines): street(new_lines), lines: new_lines, postcode: new_postcode}
    new |= {phone: f"07700 900{chance.randint(0, 999):03d}" for phone in called.phones}
    new |= {nhs: nhs_number(number * 12 + n) for n, nhs in enumerate(called.nhs)}
    new |= {old: upn(old[8:10], next(pupils)) for old in called.upns}
    new |= _other_names(called.family, names["families"], chance)
    new |= {spelt: new[family][:-1] + spelt[-1] for spelt, family in called.spelt.items()}
    for sex in "FM":
        given = [name for name, of in called.given if (of == "M") == (sex == "M")]
        new |= _other_names(given, names["boys" if sex == "M" else "girls"], chance)
    new |= {short: new[full][: len(short)] for short, full in called.known_as.items()}
    return new


def _other_names(old: Sequence[str], names: Sequence[str], chance: random.Random) -> dict[str, str]:
    drawn = chance.sample(names, k=min(len(old), len(names)))
    drawn += chance.choices(names, k=len(old) - len(drawn))
    return dict(zip(old, drawn, strict=True))
