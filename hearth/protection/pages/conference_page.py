"""A conference's own page: what it was asked, who comes, what it decided, and who has been told."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.utils import timezone

from hearth.accounts.models import User
from hearth.lib.codes import code_set
from hearth.lib.dates import working_days_until
from hearth.people.models import Person
from hearth.plans.models import (
    Contingency,
    Distribution,
    MeetingChild,
    MeetingMember,
    Plan,
    PlanAction,
)
from hearth.protection import policies
from hearth.protection.models import Conference, ConferenceChild, ConferenceDecision
from hearth.protection.pages.conference_list import tags_of
from hearth.protection.pages.conference_reports import Reports, reports_of
from hearth.protection.rules.conference import Came, Quorum, quorum

DEEDS = (
    "accept_conference",
    "book_conference",
    "invite",
    "add_to_review",
    "send_invitations",
    "decide_conference",
    "reconvene",
    "write_record",
    "approve_record",
    "conference_decisions",
    "conference_copies",
    "send_decisions",
    "send_record",
    "stand_down",
)


@dataclass(frozen=True, slots=True)
class MemberLine:
    """One of those asked: whether they came, and what they have been sent."""

    member: MeetingMember
    sent: list[Distribution]

    @property
    def attendance(self) -> str:
        """Whether they came, in words; empty until the conference is held."""
        return str(self.member.get_attendance_display()) if self.member.attendance else ""


@dataclass(frozen=True, slots=True)
class ChildLine:
    """One child's part: how they took part, and what was decided for them."""

    child: Person
    part: ConferenceChild
    took_part: MeetingChild | None

    @property
    def participation(self) -> str:
        """How they took part, in words."""
        code = self.took_part.participation if self.took_part else ""
        return code_set("meeting_participation").label(code) if code else ""

    @property
    def decision(self) -> str:
        """What was decided for them, in words."""
        return str(ConferenceDecision(self.part.decision).label) if self.part.decision else ""

    @property
    def category(self) -> str:
        """Under which category, in words."""
        return code_set("cp_category").label(self.part.category) if self.part.category else ""


@dataclass(frozen=True, slots=True)
class ConferencePage:
    """All there is to say of a conference."""

    conference: Conference
    today: date
    tags: list[tuple[str, str]]
    children: list[ChildLine]
    members: list[MemberLine]
    quorum: Quorum
    plan: Plan | None
    actions: list[PlanAction]
    contingencies: list[Contingency]
    late: str
    may: dict[str, bool]
    reports: Reports

    @property
    def names(self) -> str:
        """The children, by name."""
        return ", ".join(str(line.child) for line in self.children)

    @property
    def core_group(self) -> list[MeetingMember]:
        """Those who carry the plan on."""
        return [line.member for line in self.members if line.member.in_core_group]


def conference_page(conference: Conference, worker: User, *, today: date) -> ConferencePage:
    """A conference, as a worker may see it and act on it."""
    members = member_lines(conference)
    meeting = conference.meeting
    actions, contingencies = set_at(conference)
    code = meeting.late_reason
    return ConferencePage(
        conference=conference,
        today=today,
        tags=tags_of(conference, today),
        children=child_lines(conference),
        members=members,
        quorum=quorum(
            Came(line.member.worker_id is not None, line.member.agency, line.member.attendance)
            for line in members
        ),
        plan=conference.plan,
        actions=actions,
        contingencies=contingencies,
        late=code_set("conference_late_reason").label(code) if code else "",
        may={deed: getattr(policies, deed).allows(worker, conference) for deed in DEEDS},
        reports=reports_of(conference, worker, today=today),
    )


def notice_of(conference: Conference, today: date) -> int | None:
    """How many working days are left before it; None when it is not booked or has begun."""
    planned = conference.meeting.planned_from
    if planned is None or timezone.localdate(planned) < today:
        return None
    return working_days_until(today, timezone.localdate(planned))


def child_lines(conference: Conference) -> list[ChildLine]:
    """Each child's part, with how they took part; once decided, of those it decided for."""
    took = {part.child_id: part for part in conference.meeting.children.all()}
    parts = conference.children.select_related("child", "plan_part")
    return [
        ChildLine(part.child, part, took.get(part.child_id))
        for part in parts
        if part.decision or conference.decided_at is None
    ]


def member_lines(conference: Conference) -> list[MemberLine]:
    """Everybody asked, with the papers that went to them or are kept from them."""
    standing = Distribution.objects.standing().select_related("sent_by", "withheld_by")
    members = (
        conference.meeting.members.filter(removed_at=None)
        .select_related("person", "worker")
        .prefetch_related(Prefetch("sendings", standing, to_attr="papers"))
    )
    return [MemberLine(member, member.papers) for member in members]  # type: ignore[attr-defined]


def set_at(conference: Conference) -> tuple[list[PlanAction], list[Contingency]]:
    """What the plan asks for as this conference left it, and what is done if it fails."""
    plan = conference.plan
    if plan is None or conference.decided_at is None:
        return [], []
    actions = plan.actions.filter(set_on__lte=timezone.localdate(conference.meeting.held_at))
    return list(actions), list(plan.contingencies.filter(ended_on=None))
