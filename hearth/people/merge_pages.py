"""What the pages of a merge show, ready for a template."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from hearth.accounts.models import User
from hearth.lib.dates import in_words
from hearth.lib.names import PersonDetails, PersonName
from hearth.people import policies
from hearth.people.kinds import ALL, GROUPS, Kind
from hearth.people.loading import facts_of
from hearth.people.matching import Hit, likely_matches, search
from hearth.people.models import Merge, Person
from hearth.people.overlaps import Overlap, overlaps
from hearth.people.rows import counted
from hearth.people.summary import Known

PARTS = (" child", " childs", " children")


@dataclass(frozen=True, slots=True)
class Compared:
    """One kind of fact on two records."""

    title: str
    one: Sequence[str]
    other: Sequence[str]
    # Whether two records of one person may be expected to say the same.
    is_fact: bool = True

    @property
    def differs(self) -> bool:
        """Whether both say something and it is not the same."""
        both_say = self.is_fact and bool(self.one) and bool(self.other)
        return both_say and set(self.one) != set(self.other)


@dataclass(frozen=True, slots=True)
class Both:
    """Two records side by side."""

    one: Person
    other: Person
    rows: Sequence[Compared]

    @property
    def heads(self) -> str:
        """The headings of the table of both."""
        names = [_short(person) for person in (self.one, self.other)]
        return "|".join(["", *names])

    @property
    def differences(self) -> int:
        """How many kinds of fact differ."""
        return sum(row.differs for row in self.rows)


@dataclass(frozen=True, slots=True)
class MergePage:
    """A merge: both records, what will move or moved, and what this worker may do."""

    both: Both
    moving: Sequence[str]
    staying: Sequence[Overlap]
    may: Mapping[str, list[str]]


@dataclass(frozen=True, slots=True)
class Choosing:
    """The record that may be of the same person: the likely ones, or those a search found."""

    sought: str
    hits: Sequence[Hit]


def listed(worker: User, asked: Mapping[str, str]) -> QuerySet[Merge]:
    """Merges waiting for a manager, or all of them."""
    found = Merge.objects.visible_to(worker).select_related(
        "person", "other_person", "proposed_by", "agreed_by", "refused_by"
    )
    found = found if asked.get("show") == "all" else found.waiting()
    return found.order_by("-recorded_at", "-pk")


def choosing(asked: Mapping[str, str], person: Person, worker: User, *, today: date) -> Choosing:
    """Whose record may be of the same person: those most like, or those looked for."""
    sought = asked.get("q", "").strip()
    hits = search(sought, worker, today=today).hits if sought else _alike(person)
    return Choosing(sought, [hit for hit in hits if hit.person.pk != person.pk])


def _alike(person: Person) -> list[Hit]:
    known = Known()
    for fact in facts_of([person.pk]):
        known.add(fact)
    names = [PersonName(name.given_names, name.family_name) for name in known.names]
    details = PersonDetails(
        names=tuple(names) or (PersonName(person.given_names, person.family_name),),
        born_on=person.born_on,
        sex=person.sex,
        postcodes=tuple(address.postcode for address in known.addresses),
        phones=tuple(point.value for point in known.contact_points if "@" not in point.value),
        identifiers=tuple(number.value for number in known.identifiers),
    )
    return likely_matches(details)


def side_by_side(one: Person, other: Person, *, today: date) -> Both:
    """Two records, one kind of fact a row; kinds neither says anything of are left out."""
    facts = facts_of([one.pk, other.pk])
    rows = [
        Compared(kind.title, _said(kind, facts, one), _said(kind, facts, other))
        for kind in ALL
        if kind.group in GROUPS and kind.key != "network"
    ]
    first = Compared("Child's number", _number(one), _number(other), is_fact=False)
    ages = Compared("Age", [one.age_in_words(today)], [other.age_in_words(today)])
    since = Compared("On record since", [_since(one)], [_since(other)], is_fact=False)
    kept = [row for row in (first, *rows, ages, since) if any([*row.one, *row.other])]
    return Both(one, other, kept)


def _said(kind: Kind, facts: Sequence[Any], person: Person) -> list[str]:
    mine = [fact for fact in facts if kind.holds(fact) and fact.person_id == person.pk]
    return sorted(kind.says(fact) for fact in mine)


def _short(person: Person) -> str:
    number = f", {person.la_child_id}" if person.la_child_id else ""
    return f"{person.full_name}{number}".replace("|", " ")


def _number(person: Person) -> list[str]:
    return [person.la_child_id] if person.la_child_id else []


def _since(person: Person) -> str:
    return in_words(person.recorded_at.date())


def page_of(merge: Merge, worker: User, *, today: date) -> MergePage:
    """A merge as this worker may see and decide it."""
    moving = counted(merge.person) if merge.is_waiting else []
    # A child's part of something is counted with the thing itself.
    moving = [said for said in moving if not said.endswith(PARTS)]
    is_told = merge.is_waiting or merge.is_standing
    staying = overlaps(merge.person, merge.other_person) if is_told else []
    still_open = [each.refusal for each in staying if each.is_open]
    may = {
        "agree": [*policies.agree_merge.refusals(worker, merge), *still_open],
        "refuse": policies.refuse_merge.refusals(worker, merge),
        "undo": policies.undo_merge.refusals(worker, merge),
    }
    both = side_by_side(merge.person, merge.other_person, today=today)
    return MergePage(both, moving, staying, may)
