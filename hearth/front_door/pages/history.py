"""What is already known of the children on a contact and of everybody round them.

Read in one query, however large the family: it is on every page where a contact is screened or
decided, so that nobody decides on the last worry alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone

from hearth.casework.models import (
    Allocation,
    AllocationRole,
    Episode,
    Involvement,
    InvolvementKind,
)
from hearth.front_door.models import Contact, ContactChild, ContactDecisionChild, ContactOutcome
from hearth.front_door.rules import REPEATED_WITHIN_MONTHS
from hearth.lib.codes import inverse_relationship, words
from hearth.lib.dates import add_months
from hearth.people.models import HouseholdMember, Person, Relationship

PARENTS = ("mother", "father", "parent", "believed_father", "adoptive_mother", "adoptive_father")
ON_CONTACT, IN_HOUSEHOLD = "On this contact", "Lives in the household"


@dataclass(frozen=True, slots=True)
class PastContact:
    """One contact about somebody in the last twelve months, and what was decided for them."""

    contact_id: int
    received_at: datetime
    source: str
    significant_harm: bool
    outcome: str


@dataclass(frozen=True, slots=True)
class PastEpisode:
    """One of somebody's episodes: when, why, and how it ended."""

    started_on: date
    ended_on: date | None
    no_further_action: bool
    primary_need: str
    closure_reason: str
    closure_summary: str


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody who now has the case, and how to reach them."""

    name: str
    part: str
    team: str
    phone: str


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody on a contact or round those who are, and what the service knows of them."""

    person: Person
    part: str
    is_on_contact: bool = False
    contacts: list[PastContact] = field(default_factory=list)
    episodes: list[PastEpisode] = field(default_factory=list)
    statuses: list[str] = field(default_factory=list)
    workers: list[Worker] = field(default_factory=list)

    @property
    def has_history(self) -> bool:
        """Whether there is anything to read."""
        return bool(self.contacts or self.episodes or self.statuses or self.workers)


def known_of(children: Sequence[Person], *, today: date, but_not: int | None = None) -> list[Known]:
    """Each child, then everybody round them, with what the service has known of each.

    `but_not` is the contact being read, which is not its own history. One query.
    """
    ids = [child.pk for child in children]
    if not ids:
        return []
    people = Person.objects.filter(pk__in=_round(ids, today)).annotate(
        ties=ArraySubquery(_ties(ids)),
        contacts=ArraySubquery(_contacts(today, but_not)),
        past=ArraySubquery(_episodes()),
        statuses=ArraySubquery(_statuses(today)),
        workers=ArraySubquery(_workers()),
    )
    found = [_known(person, ids) for person in people]
    return sorted(found, key=lambda k: (not k.is_on_contact, k.part == IN_HOUSEHOLD, k.person.pk))


def _round(ids: Sequence[int], today: date) -> QuerySet[Any, Any]:
    """The children, their relatives, their parents' other children, and those they live with."""
    ties = Relationship.objects.standing()
    parents = ties.filter(other_person__in=ids, code__in=PARENTS).values("person")
    found: QuerySet[Any, Any] = Person.objects.filter(pk__in=ids).values_list("pk")
    return found.union(
        ties.filter(other_person__in=ids).values_list("person"),
        ties.filter(person__in=ids).values_list("other_person"),
        ties.filter(person__in=parents, code__in=PARENTS).values_list("other_person"),
        HouseholdMember.objects.on(today).with_any_of(ids).values_list("person"),
    )


def _ties(ids: Sequence[int]) -> QuerySet[Any, Any]:
    ties = Relationship.objects.standing()
    parents = ties.filter(other_person__in=ids, code__in=PARENTS).values("person")
    own = Q(person=OuterRef("pk"), other_person__in=ids)
    theirs = Q(other_person=OuterRef("pk"), person__in=ids)
    shared = Q(other_person=OuterRef("pk"), person__in=parents, code__in=PARENTS)
    return (
        ties.filter(own | theirs | shared)
        .order_by(F("ended_on").desc(nulls_first=True), "pk")
        .values(
            json=JSONObject(
                person="person_id",
                other="other_person_id",
                code="code",
                over="ended_on",
                given="person__given_names",
                family="person__family_name",
            )
        )
    )


def _contacts(today: date, but_not: int | None) -> QuerySet[Any, Any]:
    first = add_months(today, -REPEATED_WITHIN_MONTHS)
    since = timezone.make_aware(datetime.combine(first, time.min))
    decided = ContactDecisionChild.objects.filter(
        decision__contact=OuterRef("contact"), child=OuterRef("child"), decision__superseded_by=None
    )
    return (
        ContactChild.objects.filter(
            child=OuterRef("pk"), contact__withdrawn_at=None, contact__received_at__gte=since
        )
        .exclude(contact=but_not)
        .order_by("-contact__received_at")
        .values(
            json=JSONObject(
                pk="contact_id",
                at="contact__received_at",
                kind="contact__referrer_kind",
                agency="contact__referrer_agency",
                organisation="contact__referrer_organisation",
                harm="contact__significant_harm",
                outcome=Subquery(decided.values("outcome")[:1]),
            )
        )
    )


def _episodes() -> QuerySet[Any, Any]:
    names = PastEpisode.__dataclass_fields__
    return (
        Episode.objects.filter(child=OuterRef("pk"))
        .order_by("-started_on", "-pk")
        .values(json=JSONObject(**dict(zip(names, names, strict=True))))
    )


def _statuses(today: date) -> QuerySet[Any, Any]:
    return Involvement.objects.on(today).filter(child=OuterRef("pk")).values("kind")


def _workers() -> QuerySet[Any, Any]:
    return (
        Allocation.objects.current()
        .filter(child=OuterRef("pk"))
        .order_by("-role", "pk")
        .values(
            json=JSONObject(
                first="worker__first_name",
                last="worker__last_name",
                role="role",
                team="team__name",
                phone="worker__staff__phone",
            )
        )
    )


def _known(person: Any, ids: Sequence[int]) -> Known:
    on_contact = person.pk in ids
    return Known(
        person=person,
        part=ON_CONTACT if on_contact else _part(person, person.ties, ids),
        is_on_contact=on_contact,
        contacts=[_past_contact(row) for row in person.contacts],
        episodes=[_past_episode(row) for row in person.past],
        statuses=[str(InvolvementKind(kind).label) for kind in person.statuses],
        workers=[
            Worker(
                f"{row['first']} {row['last']}".strip(),
                str(AllocationRole(row["role"]).label),
                row["team"],
                row["phone"] or "",
            )
            for row in person.workers
        ],
    )


def _part(person: Person, ties: Iterable[Mapping[str, Any]], ids: Sequence[int]) -> str:
    """What somebody is to the children, by the tie that still holds if any does."""
    for tie in ties:
        if tie["person"] == person.pk:
            return _said(words("relationship", tie["code"]), tie)
        if tie["person"] in ids:
            return _said(words("relationship", inverse_relationship(tie["code"], person.sex)), tie)
        return f"Also a child of {tie['given']} {tie['family']}".strip()
    return IN_HOUSEHOLD


def _said(what: str, tie: Mapping[str, Any]) -> str:
    return f"{what} (no longer)" if tie["over"] else what


def _past_contact(row: Mapping[str, Any]) -> PastContact:
    told = Contact(
        referrer_kind=row["kind"],
        referrer_agency=row["agency"],
        referrer_organisation=row["organisation"],
    )
    outcome = row["outcome"]
    return PastContact(
        row["pk"],
        datetime.fromisoformat(row["at"]),
        told.from_whom,
        row["harm"],
        str(ContactOutcome(outcome).label) if outcome else "Not decided yet",
    )


def _past_episode(row: Mapping[str, Any]) -> PastEpisode:
    ended_on = row["ended_on"]
    return PastEpisode(
        **{
            **row,
            "started_on": date.fromisoformat(row["started_on"]),
            "ended_on": date.fromisoformat(ended_on) if ended_on else None,
        }
    )
