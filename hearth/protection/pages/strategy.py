"""The pages of a strategy discussion: calling it, recording it live, reading it, sending it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from hearth.casework.models import Episode, Task
from hearth.design.forms import ChildParts
from hearth.people.family import family_of
from hearth.people.models import Person
from hearth.plans.actions import NewMember, Place
from hearth.plans.models import Distribution, Meeting, MeetingMember, Paper
from hearth.protection.actions.sending import unsent
from hearth.protection.actions.starting import Lead
from hearth.protection.actions.strategy import Round, Safety, Told
from hearth.protection.forms.picking import gather
from hearth.protection.forms.strategy import (
    MUST_COME,
    AskedRows,
    CallForm,
    HoldForm,
    JoinedRows,
    MemberForm,
    SafetyForm,
    starting,
)
from hearth.protection.household import children_at_home, is_child
from hearth.protection.models import EnquiryChild, StrategyChild, StrategyDiscussion
from hearth.protection.pages.frame import Frame, strategy_frame
from hearth.protection.pages.workers import social_workers

HOUR = timedelta(hours=1)
NOBODY_WAITS = "Everybody who was asked has been sent the record, or it is kept from them."
Data = Mapping[str, Any] | None


class Calling:
    """The page where a discussion is called: the concern, the children, and who is asked."""

    def __init__(self, children: Sequence[Person], data: Data, *, today: date) -> None:
        self.today = today
        self.children = list(children)
        self.at_home = children_at_home(self.children, today=today)
        known = {child.pk for child in (*self.children, *self.at_home)}
        family = family_of(self.children[0], today=today).children if self.children else []
        elsewhere = [c for c in family if c.pk not in known and is_child(c, today)]
        self.form = CallForm(elsewhere, data)
        self.rows = AskedRows(data, prefix="asked", initial=MUST_COME)

    def is_valid(self) -> bool:
        """Whether it can be called; all of it is checked, so that all errors show."""
        if not self.form.is_bound:
            return False
        valid = all([self.form.is_valid(), self.rows.is_valid()])
        for error in self.rows.non_form_errors():
            self.form.add_error(None, error)
        return valid

    @property
    def answers(self) -> dict[str, Any]:
        """What the action asks for."""
        given = dict(self.form.cleaned_data)
        starts, how = given.pop("planned_from"), given.pop("how")
        others = given.pop("others", [])
        return {
            "children": [*self.children, *others],
            "concern": given["concern"],
            "members": [new_member(row) for row in self.rows.cleaned_data if row.get("name")],
            "place": Place(planned_from=starts, planned_to=starts + HOUR, how=how)
            if starts
            else None,
        }


def new_member(row: Mapping[str, Any]) -> NewMember:
    """Somebody asked, as a row of the form names them."""
    return NewMember(**{name: row[name] for name in ("agency", "name", "role", "email")})


class Holding:
    """The page where a discussion is recorded as it is held, in one go."""

    def __init__(self, discussion: StrategyDiscussion, data: Data, *, now: datetime) -> None:
        self.discussion, self.today = discussion, timezone.localdate(now)
        self.frame = strategy_frame(discussion, "hold", today=self.today)
        meeting = discussion.meeting
        known = list(discussion.children.select_related("child").order_by("pk"))
        self.children = [part.child for part in known]
        self.children += children_at_home(self.children, today=self.today)
        self.open_parts = list(
            EnquiryChild.objects.filter(child__in=self.children, ended_on=None).select_related(
                "child"
            )
        )
        # A child of the household without a case came with those who have one, the newest first.
        cases = list(Episode.objects.open().filter(child__in=self.children).order_by("-pk"))
        due_on = discussion.task.due_on if discussion.task else None
        self.form = HoldForm(
            social_workers(self.today),
            data,
            initial=starting(
                now,
                concern=discussion.concern,
                version=meeting.version,
                referral_source=cases[0].referral_source if cases else "",
            ),
            asks_source=len(cases) < len(self.children),
            is_late=bool(due_on and due_on < self.today),
            goes_on=bool(self.open_parts),
        )
        members = MeetingMember.objects.filter(meeting=meeting, removed_at=None)
        self.members = ChildParts(MemberForm, list(members), data=data, prefix="member")
        asked = {member.agency for member in members}
        wanting = [row for row in MUST_COME if row["agency"] not in asked] if not asked else []
        self.rows = JoinedRows(data, prefix="joined", initial=wanting)
        self.parts = ChildParts(SafetyForm, self.children, data=data)

    def is_valid(self) -> bool:
        """Whether it can be recorded; all of it is checked, so that all errors show."""
        if not self.form.is_bound:
            return False
        own = self.form.is_valid()
        others = all([self.members.is_valid(), self.rows.is_valid(), self.parts.is_valid()])
        gather(self.form, [(str(part.child), part.form) for part in self.members])
        for error in self.rows.non_form_errors():
            self.form.add_error(None, error)
        return own and others

    @property
    def answers(self) -> dict[str, Any]:
        """What the action asks for."""
        given = dict(self.form.cleaned_data)
        lead = Lead(
            worker=given.pop("lead", None),
            co_worker=given.pop("co_worker", None),
            referral_source=given.pop("referral_source", ""),
        )
        said = Round(
            asked={member.pk: Told(**told) for member, told in self.members.cleaned_data},
            joined=[(new_member(r), _told(r)) for r in self.rows.cleaned_data if r.get("name")],
        )
        children = {child.pk: Safety(**answer) for child, answer in self.parts.cleaned_data}
        return {**given, "lead": lead, "said": said, "children": children}


def _told(row: Mapping[str, Any]) -> Told:
    return Told(**{each.name: row[each.name] for each in fields(Told)})


@dataclass(frozen=True, slots=True)
class Sent:
    """One who was asked to a discussion, and how its record reached them."""

    member: MeetingMember
    sending: Distribution | None


@dataclass(frozen=True, slots=True)
class StrategyPage:
    """A discussion as it is read, and printed."""

    frame: Frame
    discussion: StrategyDiscussion
    meeting: Meeting
    children: Sequence[StrategyChild]
    sent: Sequence[Sent]
    task: Task | None

    @property
    def unsent(self) -> int:
        """How many have not been sent the record."""
        return sum(each.sending is None for each in self.sent)


def strategy_page(discussion: StrategyDiscussion, current: str, *, today: date) -> StrategyPage:
    """A discussion's page."""
    meeting = discussion.meeting
    sendings = {
        each.member_id: each
        for each in Distribution.objects.standing()
        .filter(meeting=meeting, paper=Paper.RECORD)
        .select_related("sent_by", "withheld_by", "member")
    }
    members = MeetingMember.objects.filter(meeting=meeting, removed_at=None)
    return StrategyPage(
        frame=strategy_frame(discussion, current, today=today),
        discussion=discussion,
        meeting=meeting,
        children=list(discussion.children.select_related("child").order_by("pk")),
        sent=[Sent(member, sendings.get(member.pk)) for member in members],
        task=discussion.task,
    )


def waiting_members(discussion: StrategyDiscussion) -> list[MeetingMember]:
    """Those who have not been sent the record."""
    return unsent(discussion)


def children_of_task(task: Task) -> list[Person]:
    """The children a task is about, the eldest first."""
    return list(Person.objects.filter(pk__in=task.about).order_by("born_on", "pk"))


def discussion_of(task: Task) -> StrategyDiscussion | None:
    """The discussion a task has been called by, if it has."""
    return StrategyDiscussion.objects.filter(task=task).first()


def sendings_to_receive(discussion: StrategyDiscussion) -> list[Distribution]:
    """What was sent and is not known to have arrived."""
    found = Distribution.objects.standing().filter(
        meeting=discussion.meeting_id,
        paper=Paper.RECORD,
        sent_at__isnull=False,
        received_at=None,
    )
    return list(found.select_related("member"))


def send_is_late(discussion: StrategyDiscussion, *, today: date) -> bool:
    """Whether sending the record is past the day it was due."""
    waiting = Task.objects.outstanding().filter(
        step_key="protection.send_strategy", record_id=discussion.pk, due_on__lt=today
    )
    return waiting.exists()
