"""What must be known of a family that lived, for its life to be lived again by others."""

import random
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from hearth.demo import acts
from hearth.demo.bulk.cast import Called, Stay, births_free
from hearth.demo.communities import COMMUNITIES, Community
from hearth.demo.families import household
from hearth.demo.living.life import Life
from hearth.demo.scenes import Told
from hearth.demo.staff import Service, Worker
from hearth.demo.stories import story
from hearth.people.actions.drawing import DRAWN_FROM
from hearth.people.loading import facts_of
from hearth.people.models import Disability, Person
from hearth.people.summary import Known


@dataclass(frozen=True, slots=True)
class Lived:
    """One family that lived its story, as those who live it again need to know it."""

    number: int
    community: Community
    children: Mapping[int, str]  # their numbers, by id
    acts: int
    stays: Sequence[Stay]
    called: Called
    known: Mapping[int, Known]
    born: Mapping[int, date]
    births: Mapping[int, tuple[int, ...]]
    # The disability each child's record speaks of, and what others they have.
    disabled: Mapping[int, tuple[str, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Group:
    """Families that are drawn together: how many, begun when, and of which kind their story is."""

    many: int
    since: date
    until: date
    # Their numbers begin here, and their stories are drawn apart from those of other groups.
    begins: int = 0
    protected: bool = False
    moves_in: bool = False
    moves_away: bool = False
    keep: Callable[[acts.Story], bool] = bool


def drawn(group: Group, *, service: Service, seed: int, today: date, pace: float) -> list[Told]:
    """So many families, of each community by its share, begun evenly over the years."""
    many, left = group.many, shares(group.many)
    days = (group.until - group.since).days
    begun = [group.since + timedelta(days=int((n + 0.5) * days / many)) for n in range(many)]
    random.Random(f"{seed}/begun/{group.begins}").shuffle(begun)
    told: list[Told] = []
    number = group.begins
    while len(told) < many:
        chance = random.Random(f"{seed}/lived/{number}")
        first = begun[len(told)]
        family = household(number, chance, today=first)
        number += 1
        if not left[family.community.key]:
            continue
        tale = story(
            family,
            service=service,
            chance=chance,
            first=first,
            today=today,
            pace=pace,
            protected=group.protected,
            moves_in=group.moves_in,
            moves_away=group.moves_away,
        )
        if group.keep(tale):
            left[family.community.key] -= 1
            told.append(Told(family, tale))
    return told


def shares(many: int) -> dict[str, int]:
    """How many of so many families each community has; none is left out by rounding."""
    whole = sum(c.share for c in COMMUNITIES)
    exact = {c.key: many * c.share / whole for c in COMMUNITIES}
    found = {key: int(share) for key, share in exact.items()}
    by_rest = sorted(exact, key=lambda key: found[key] - exact[key])
    for key in by_rest[: many - sum(found.values())]:
        found[key] += 1
    return found


def lived(lives: Iterable[tuple[Life, acts.Story]], today: date) -> Iterator[Lived]:
    """What is now on record of families that lived."""
    for life, tale in lives:
        ids = [person.pk for person in life.everyone]
        people = list(Person.objects.filter(pk__in=ids))
        known = {p.pk: Known(la_child_ids=[p.la_child_id] if p.la_child_id else []) for p in people}
        for fact in facts_of(ids, DRAWN_FROM):
            known[fact.person_id].add(fact)
        born = {p.pk: p.born_on for p in people if p.born_on}
        yield Lived(
            number=life.number,
            community=life.family.community,
            children={p.pk: p.la_child_id for p in people if p.la_child_id},
            acts=len(tale),
            stays=stays(tale, today),
            called=called(people, known.values()),
            known=known,
            born=born,
            births={p.pk: _births(p, known[p.pk], tale) for p in people if p.born_on},
            disabled=dict(_disabled(life)),
        )


def _disabled(life: Life) -> Iterator[tuple[int, tuple[str, Sequence[str]]]]:
    for child, invented in zip(life.children, life.family.children, strict=True):
        recorded = Disability.objects.filter(person=child).order_by("pk")
        others = [one.code for one in recorded if one.code != invented.disability]
        if others:
            yield child.pk, (invented.disability, others)


def _births(person: Person, known: Known, tale: acts.Story) -> tuple[int, ...]:
    """How far a birth may be moved: not at all where it was once expected, or somebody is small."""
    if person.born_on is None or len(known.births) != 1 or person.is_unborn:
        return (0,)
    days = {timezone.localdate(act.at) for act in tale} if person.is_child_record else ()
    addresses = ((a.started_on, a.ended_on) for a in known.addresses)
    taken = [(start, end) for start, end in addresses if start and end]
    return births_free(person.born_on, days, taken) or (0,)


def stays(tale: acts.Story, today: date) -> list[Stay]:
    """From when to when each worker had anything to do with a family; a lead, until the next."""
    found: dict[str, Stay] = {}

    def seen(worker: Worker, first: date, last: date) -> None:
        before = found.get(worker.email, Stay(worker, first, last))
        spell = Stay(worker, min(before.first, first), max(before.last, last))
        found[worker.email] = spell

    for act in tale:
        seen(act.by, timezone.localdate(act.at), timezone.localdate(act.at))
    given = [act for act in tale if isinstance(act, acts.Allocate)]
    ended = [a.at for a in tale if isinstance(a, acts.AgreeToClose | acts.Authorise)]
    for act in given:
        following = [other.at for other in given if other.at > act.at]
        until = following or [moment for moment in ended[-1:] if moment > act.at]
        last = timezone.localdate(until[0]) if until else today
        seen(act.worker, timezone.localdate(act.at), last)
    return list(found.values())


def called(people: Collection[Person], known: Iterable[Known]) -> Called:
    """Every word that names somebody of a family, or where they live."""
    given: dict[str, str] = {}
    family: dict[str, bool] = {}
    short: dict[str, str] = {}
    spelt: dict[str, str] = {}
    homes: dict[str, str] = {}
    numbers: dict[str, list[str]] = {"nhs": [], "upn": [], "phone": []}
    for person, facts in zip(people, known, strict=True):
        for name in facts.names:
            given[name.given_names] = person.sex if name.kind != "known_as" else ""
            if name.kind == "spelling":
                spelt[name.family_name] = person.family_name
            elif name.kind == "known_as":
                short[name.given_names] = person.given_names
                given.pop(name.given_names)
            else:
                family[name.family_name] = True
        homes |= {a.lines: a.postcode for a in facts.addresses}
        numbers["phone"] += [point.value for point in facts.contact_points]
        for identifier in facts.identifiers:
            numbers[identifier.kind].append(identifier.value)
    return Called(
        given=tuple((name, sex) for name, sex in given.items() if name),
        known_as={name: full for name, full in short.items() if name and name not in given},
        family=tuple(name for name in family if name),
        spelt={name: full for name, full in spelt.items() if name not in family},
        homes=tuple(homes.items()),
        phones=tuple(dict.fromkeys(numbers["phone"])),
        nhs=tuple(dict.fromkeys(numbers["nhs"])),
        upns=tuple(dict.fromkeys(numbers["upn"])),
    )
