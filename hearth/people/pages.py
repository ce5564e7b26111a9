"""What the pages of a person show, ready for a template."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from hearth.accounts.models import User
from hearth.people import policies
from hearth.people.actions.creating import OLDEST_CHILD
from hearth.people.kinds import ALL, BY_KEY, GROUPS, Kind
from hearth.people.loading import facts_of
from hearth.people.models import (
    DatedFact,
    Hazard,
    Identifier,
    IdentifierKind,
    Merge,
    NetworkMember,
    Organisation,
    Person,
    Professional,
)
from hearth.people.models.hazards import HazardQuerySet
from hearth.people.overlaps import overlaps
from hearth.people.rules import days_in_words


@dataclass(frozen=True, slots=True)
class Line:
    """One fact as a page shows it."""

    fact: Any
    text: str
    notes: Sequence[str]
    days: str

    @property
    def pk(self) -> int:
        """The fact's number."""
        return int(self.fact.pk)


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of fact about somebody: what is so now, and how much more was said."""

    kind: Kind
    now: Sequence[Line]
    before: int

    @property
    def is_full(self) -> bool:
        """Whether a new one would only take the place of what is there."""
        return self.kind.is_single and bool(self.now)


@dataclass(frozen=True, slots=True)
class Group:
    """Kinds of fact that are read together."""

    title: str
    sections: Sequence[Section]


def page_of(person: Person, *, today: date) -> list[Group]:
    """All that is recorded of who somebody is, as it is today."""
    facts = facts_of([person.pk], withdrawn=True)
    _name_the_network([fact for fact in facts if isinstance(fact, NetworkMember)])
    sections = [_section(kind, facts, today) for kind in ALL if kind.group in GROUPS]
    shown = [section for section in sections if _is_shown(section, person, facts)]
    return [
        Group(title, [section for section in shown if section.kind.group == title])
        for title in GROUPS
    ]


def _section(kind: Kind, facts: Iterable[Any], today: date) -> Section:
    mine = [fact for fact in facts if kind.holds(fact)]
    now = [fact for fact in mine if fact.held_on(today)]
    now.sort(key=lambda fact: (fact.started_on or date.min, fact.pk), reverse=True)
    return Section(kind, [line_of(kind, fact) for fact in now], len(mine) - len(now))


def _is_shown(section: Section, person: Person, facts: Iterable[Any]) -> bool:
    """Events only once they happened; why there is no pupil number, of children without one."""
    if section.kind.chosen and section.kind.is_single:
        return bool(section.now or section.before)
    if section.kind.key != "no-upn":
        return True
    has_upn = any(
        isinstance(fact, Identifier) and fact.kind == IdentifierKind.UPN and not fact.is_withdrawn
        for fact in facts
    )
    return bool(section.now) or (person.is_child_record and not has_upn)


def line_of(kind: Kind, fact: DatedFact) -> Line:
    """One fact in words."""
    days = days_in_words(fact).strip() if kind.can_end else ""
    return Line(fact, kind.says(fact), kind.notes(fact), days)


def _name_the_network(members: Sequence[NetworkMember]) -> None:
    """Give each their professional and organisation, in a query for each."""
    professionals = Professional.objects.in_bulk([m.professional_id for m in members])
    organisations = Organisation.objects.in_bulk([m.organisation_id for m in members])
    for member in members:
        if member.professional_id is not None:
            member.professional = professionals[member.professional_id]
        if member.organisation_id is not None:
            member.organisation = organisations[member.organisation_id]


@dataclass(frozen=True, slots=True)
class Version:
    """One row of a fact's history: what was said, by whom, when, and what became of it."""

    line: Line
    recorded_by: str
    withdrawn_by: str

    @property
    def fact(self) -> Any:
        """The row itself."""
        return self.line.fact


def history_of(person: Person, kind: Kind) -> list[Version]:
    """Everything ever said of one kind about somebody, the newest first, mistakes included."""
    rows = list(kind.of(person).select_related(*_named_by(kind)))
    workers = get_user_model().objects.in_bulk(
        {pk for row in rows for pk in (row.recorded_by_id, row.withdrawn_by_id) if pk}
    )
    return [
        Version(
            line_of(kind, row),
            str(workers.get(row.recorded_by_id, "")),
            str(workers.get(row.withdrawn_by_id, "")),
        )
        for row in rows
    ]


def _named_by(kind: Kind) -> list[str]:
    """The records a kind of fact needs for its words."""
    named = ("professional", "organisation", "person", "other_person")
    return [f.name for f in kind.model._meta.concrete_fields if f.name in named]


def kind_called(key: str) -> Kind:
    """The kind of fact an address names."""
    if key not in BY_KEY:
        raise Http404
    return BY_KEY[key]


def fact_of(person: Person, kind: Kind, pk: int) -> Any:
    """One fact of somebody's, if it is theirs."""
    return get_object_or_404(kind.of(person).select_related(*_named_by(kind)), pk=pk)


def somebody(pk: object, worker: User) -> Person:
    """Another person named by an address, if the worker may know of them."""
    if not str(pk).isascii() or not str(pk).isdigit():
        raise Http404
    return get_object_or_404(Person.objects.visible_to(worker).standing(), pk=int(str(pk)))


def shell(person: Person, current: str) -> dict[str, Any]:
    """What every page of a person starts from. Only a child's pages have side links."""
    base = "people/child_page.html" if person.is_child_record else "people/person_page.html"
    return {"child": person, "base": base, "current": current}


def may(worker: User, person: Person, *, today: date) -> dict[str, list[str]]:
    """Why this worker may not do each thing to a person; empty when they may."""
    asked = (
        policies.record_fact,
        policies.record_birth,
        policies.end_pregnancy,
        policies.record_death,
        policies.give_child_record,
        policies.propose_merge,
        policies.create_household,
    )
    why_not = {each.key.partition(".")[2]: each.refusals(worker, person) for each in asked}
    if (person.age_on(today) or 0) > OLDEST_CHILD:
        why_not["give_child_record"].append("They are grown up")
    return why_not


def recordable(key: str) -> Kind:
    """A kind of fact that is recorded on the page all kinds share."""
    kind = kind_called(key)
    if kind.chosen:
        raise Http404
    return kind


def standing(person: Person, kind: Kind, *, today: date) -> list[Line]:
    """What is so now of one kind, shown beside the question."""
    rows = kind.of(person).on(today).select_related(*_named_by(kind))
    return [line_of(kind, row) for row in rows]


def merged(person: Person, *, today: date) -> dict[str, Any]:
    """The page of a record that gave way to another: which, and what stayed on it."""
    kept = person.merged_into
    merge = Merge.objects.standing().filter(person=person).first()
    staying = overlaps(person, kept) if kept else []
    said = [
        Group(group.title, [section for section in group.sections if section.now])
        for group in page_of(person, today=today)
    ]
    stayed = {"merge": merge, "staying": staying, "groups": said}
    return {**shell(person, "person"), "kept": kept, **stayed}


BEGUN = {"given_names", "family_name", "is_child", "lines", "postcode"}


def begun(asked: Mapping[str, str]) -> dict[str, str]:
    """What another page knew already of somebody to be put on record."""
    known = {name: asked[name] for name in asked if name in BEGUN}
    if name := asked.get("name", "").strip():
        given, _, family = name.rpartition(" ")
        known |= {"given_names": given or family, "family_name": family if given else ""}
    return known


def onwards(asked: Mapping[str, str], pk: int) -> str:
    """Where to go once somebody is on record: back to whom they were made for, or to them."""
    for name, url in (("relative_of", "record_relationship"), ("household", "join_household")):
        number = asked.get(name, "")
        if number.isascii() and number.isdigit():
            return f"{reverse(f'people:{url}', args=[int(number)])}?with={pk}"
    return reverse("people:person", args=[pk])


def hazards_due(worker: User, *, today: date) -> HazardQuerySet:
    """Hazards to be looked at again, of those the worker may know of."""
    people = Person.objects.visible_to(worker).standing()
    return Hazard.objects.due_review(today).filter(person__in=people).select_related("person")
