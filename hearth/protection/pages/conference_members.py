"""Who is to be asked to a conference, as the record knows the family and those who help it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from django.db.models import Exists, OuterRef, Q

from hearth.accounts.models import User
from hearth.casework.models import Allocation
from hearth.lib.codes import code_set
from hearth.people import kin
from hearth.people.models import Language, NetworkMember, Person, Relationship
from hearth.plans.actions import NewMember
from hearth.plans.models import MeetingMember
from hearth.protection import policies
from hearth.protection.models import Conference, EnquiryCheck
from hearth.protection.pages.conference_page import MemberLine, member_lines, notice_of
from hearth.protection.rules.conference import MANAGER, MAY_COME_FROM
from hearth.workforce.models import TeamMembership
from hearth.workforce.rules import is_employed


@dataclass(frozen=True, slots=True)
class Proposal:
    """Somebody the record knows of, who is not on the list yet."""

    key: str
    member: NewMember

    @property
    def words(self) -> str:
        """Who they are, in a line."""
        parts = [self.member.name, self.member.role]
        if self.member.agency:
            parts.append(code_set("agency_type").label(self.member.agency))
        if self.member.interpreter:
            parts.append(f"interpreter: {self.member.interpreter}")
        return ", ".join(dict.fromkeys(filter(None, parts)))


@dataclass(frozen=True, slots=True)
class Known:
    """A conference with those asked to it, and those whom the record knows of besides."""

    conference: Conference
    children: list[Person]
    members: list[MemberLine]
    proposals: list[Proposal]
    may_send: bool
    today: date

    @property
    def names(self) -> str:
        """The children, by name."""
        return ", ".join(str(child) for child in self.children)

    def chosen(self, said: Mapping[str, Any]) -> list[NewMember]:
        """Those ticked, or whoever was named who is not on the record."""
        if "chosen" in said:
            return [one.member for one in self.proposals if one.key in said["chosen"]]
        return [NewMember(**said)]

    @property
    def notice(self) -> int | None:
        """How many working days are left before it."""
        return notice_of(self.conference, self.today)


def members_page(conference: Conference, worker: User, *, today: date) -> Known:
    """Who is asked to a conference, and who might be."""
    children = list(Person.objects.filter(pk__in=conference.about))
    members = member_lines(conference)
    has = [line.member.name for line in members]
    return Known(
        conference=conference,
        children=children,
        members=members,
        proposals=proposals(conference, children, has, today=today),
        may_send=policies.send_invitations.allows(worker, conference),
        today=today,
    )


def proposals(
    conference: Conference, children: Sequence[Person], has: Iterable[str], *, today: date
) -> list[Proposal]:
    """Parents and carers, children old enough, workers, professionals, and those asked before."""
    known = {name.casefold() for name in has}
    found: dict[str, Proposal] = {}
    sources = (
        _family(conference, children, today),
        _workers(conference, today),
        _network(conference, today),
        _asked_before(conference),
        _checked(conference),
    )
    for one in chain(*sources):
        name = one.member.name.casefold()
        if name not in known:
            known.add(name)
            found[one.key] = one
    return list(found.values())


def _family(conference: Conference, children: Sequence[Person], today: date) -> Iterator[Proposal]:
    """Whoever cares for them or answers for them, and the children who are old enough."""
    rows = (
        Relationship.objects.standing()
        .filter(other_person__in=conference.about, person__died_on=None)
        .filter(Q(ended_on=None) | Q(ended_on__gt=today))
        .select_related("person")
        .order_by("pk")
    )
    asked = [
        (row.person, code_set("relationship").label(row.code))
        for row in rows
        if row.parental_responsibility or _is_carer(row.code)
    ]
    for child in children:
        age = child.age_on(today)
        if age is not None and age >= MAY_COME_FROM:
            asked.append((child, f"child, {age}"))
    speaks = _interpreters([person.pk for person, _ in asked])
    for person, role in asked:
        yield _person(person, role, speaks)


def _is_carer(code: str) -> bool:
    return kin.is_parent(code) or kin.may_be_responsible(code)


def _person(person: Person, role: str, speaks: dict[int, str]) -> Proposal:
    return Proposal(
        f"person-{person.pk}",
        NewMember(
            name=str(person), role=role, person=person, interpreter=speaks.get(person.pk, "")
        ),
    )


def _interpreters(people: list[int]) -> dict[int, str]:
    """The language of each who needs an interpreter."""
    needed = Language.objects.standing().filter(
        person__in=people, ended_on=None, interpreter_needed=True
    )
    return {one.person_id: str(one) for one in needed}


def _workers(conference: Conference, today: date) -> Iterator[Proposal]:
    """Who has the case now, and who manages their team: one query."""
    given = Allocation.objects.current().filter(child__in=conference.about)
    managing = TeamMembership.objects.on(today).filter(team__in=given.values("team"), manages=True)
    users = (
        User.objects.filter(
            Q(pk__in=given.values("worker")) | Q(pk__in=managing.values("staff__user"))
        )
        .select_related("staff")
        .annotate(
            leads=Exists(given.leading().filter(worker=OuterRef("pk"))),
            works=Exists(given.filter(worker=OuterRef("pk"))),
        )
        .order_by("-leads", "-works", "pk")
    )
    for user in users:
        if is_employed(user, on=today):
            others = "co-worker" if user.works else MANAGER
            yield Proposal(
                f"worker-{user.pk}",
                NewMember(
                    name=str(user),
                    role="lead worker" if user.leads else others,
                    worker=user,
                    email=user.email,
                    report_wanted=user.leads,
                ),
            )


def _network(conference: Conference, today: date) -> Iterator[Proposal]:
    rows = (
        NetworkMember.objects.standing()
        .filter(person__in=conference.about)
        .filter(Q(ended_on=None) | Q(ended_on__gt=today))
        .select_related("professional__organisation", "organisation")
        .order_by("pk")
    )
    for row in rows:
        organisation = row.organisation or (row.professional and row.professional.organisation)
        name = str(row.professional or organisation)
        yield Proposal(
            f"network-{row.pk}",
            NewMember(
                name=name,
                role=row.part,
                agency=organisation.agency if organisation else "other",
                email=(row.professional.email if row.professional else "") or "",
                report_wanted=True,
            ),
        )


def _asked_before(conference: Conference) -> Iterator[Proposal]:
    """Agencies that came to an earlier meeting about these children."""
    before = (
        MeetingMember.objects.came()
        .filter(meeting__children__child__in=conference.about, person=None, worker=None)
        .exclude(meeting=conference.meeting)
        .distinct()
    )
    for member in before:
        yield Proposal(
            f"member-{member.pk}",
            NewMember(
                name=member.name,
                role=member.role,
                agency=member.agency,
                email=member.email,
                phone=member.phone,
                report_wanted=True,
            ),
        )


def _checked(conference: Conference) -> Iterator[Proposal]:
    """Agencies that told the enquiry what they know."""
    checks = EnquiryCheck.objects.filter(enquiry=conference.enquiry_id).exclude(said="")
    for check in checks:
        agency = code_set("agency_type").label(check.agency)
        yield Proposal(
            f"check-{check.pk}",
            NewMember(name=check.contact or agency, agency=check.agency, report_wanted=True),
        )
