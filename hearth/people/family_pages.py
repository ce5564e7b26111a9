"""What the pages of families and households show, ready for a template."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import NoReverseMatch, reverse

from hearth.accounts.models import User
from hearth.people.family import Family, Member, family_of, household_name
from hearth.people.genogram import Drawing, draw
from hearth.people.loading import facts_of
from hearth.people.matching import Hit, search
from hearth.people.models import Address, AddressKind, Household, HouseholdMember, Person


@dataclass(frozen=True, slots=True)
class Choosing:
    """Somebody to be chosen: those near already, and those a search found."""

    sought: str
    near: Sequence[Member]
    hits: Sequence[Hit]
    of: Person | None


@dataclass(frozen=True, slots=True)
class Lodger:
    """Somebody's time in a household, and where they live now."""

    member: HouseholdMember
    address: Address | None


@dataclass(frozen=True, slots=True)
class HouseholdPage:
    """A household, those in it now and those who were."""

    household: Household
    now: Sequence[Lodger]
    before: Sequence[Lodger]

    @property
    def name(self) -> str:
        """What it is called."""
        return household_name(self.people or [lodger.member.person for lodger in self.before])

    @property
    def people(self) -> list[Person]:
        """Who lives there now."""
        return [lodger.member.person for lodger in self.now]


@dataclass(frozen=True, slots=True)
class DrawnFamily:
    """A family drawn, and the same in rows."""

    family: Family
    drawing: Drawing


def genogram_of(person: Person, *, today: date) -> DrawnFamily:
    """A person's family, drawn."""
    family = family_of(person, today=today)
    return DrawnFamily(family, draw(family, today=today))


def choosing(
    asked: Mapping[str, str], person: Person | None, worker: User, *, today: date
) -> Choosing:
    """Whom a worker may mean when somebody else is to be chosen for a page."""
    sought = asked.get("q", "").strip()
    hits = search(sought, worker, today=today).hits if sought else []
    hits = [hit for hit in hits if person is None or hit.person.pk != person.pk]
    near = [] if person is None else family_of(person, today=today).members
    return Choosing(sought, [member for member in near if member.row is None], hits, person)


def who_may_live_together(person: Person, *, today: date) -> list[Person]:
    """The family of somebody, apart from those who died."""
    family = family_of(person, today=today)
    return [member.person for member in family.members if member.person.died_on is None]


def household_of(household: Household, *, today: date) -> HouseholdPage:
    """Those of a household whom the worker may know of."""
    rows = household.members.standing().newest_first().select_related("person")
    members = [member for member in rows if not member.person.is_merged]
    addresses = _addresses([member.person_id for member in members], today)
    lodgers = [Lodger(member, addresses.get(member.person_id)) for member in members]
    now = [lodger for lodger in lodgers if lodger.member.held_on(today)]
    now.sort(key=lambda lodger: lodger.member.person.born_on or date.max)
    before = [lodger for lodger in lodgers if lodger not in now]
    return HouseholdPage(household, now, before)


def _addresses(people: Sequence[int], today: date) -> dict[int, Address]:
    rows = [row for row in facts_of(people, [Address]) if row.held_on(today)]
    rows.sort(key=lambda row: row.kind != AddressKind.HOME)
    return {row.person_id: row for row in reversed(rows) if row.kind != AddressKind.OTHER}


def home_of(person: Person) -> str:
    """Where somebody's family is shown."""
    try:
        return reverse("desk:family", args=[person.pk])
    except NoReverseMatch:
        return reverse("people:person", args=[person.pk])
