"""A meeting that carries a plan on: who is asked, what is known beforehand, and its record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from hearth.accounts.models import User
from hearth.casework.models import Task
from hearth.design.forms import ChildParts
from hearth.lib.codes import code_set
from hearth.people.models import Person
from hearth.plans import policies
from hearth.plans.actions import Held, Rated
from hearth.plans.forms.rows import actions_in
from hearth.plans.gathering import GATHERINGS, Decided, Gathering
from hearth.plans.models import (
    ActionProgress,
    Distribution,
    Meeting,
    MeetingChild,
    MeetingMember,
    Paper,
)
from hearth.plans.rules import who_is_missing
from hearth.records.models import VisitChild


@dataclass(frozen=True, slots=True)
class MemberLine:
    """Somebody asked, with what they were sent."""

    member: MeetingMember
    sending: Distribution | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingPage:
    """A meeting as it is read."""

    meeting: Meeting
    gathering: Gathering
    children: Sequence[tuple[MeetingChild, str]]
    members: Sequence[MemberLine]
    missing: Sequence[str]
    progress: Sequence[tuple[ActionProgress, str]]
    visits: Sequence[VisitChild]
    since: date | None
    may: Mapping[str, bool]
    today: date

    @property
    def unsent(self) -> int:
        """How many key members of other agencies and the family have not been sent the notes."""
        return sum(
            1
            for line in self.members
            if line.member.is_key and line.member.worker_id is None and line.sending is None
        )


def meeting_page(meeting: Meeting, worker: User, *, today: date) -> MeetingPage:
    """All that stands on a meeting's page."""
    since = since_last(meeting)
    progress = meeting.progress.select_related("action").order_by("action__number")
    members = list(meeting.members.filter(removed_at=None).select_related("person", "worker"))
    comes = policies.book_meeting.allows(worker, meeting)
    held = meeting.held_at is not None
    return MeetingPage(
        meeting=meeting,
        gathering=GATHERINGS[meeting.kind],
        children=[(part, _took_part(part)) for part in meeting.children.select_related("child")],
        members=_with_sendings(meeting, members),
        missing=who_is_missing(members) if held else [],
        progress=[(each, code_set("action_progress").label(each.rating)) for each in progress],
        visits=visits_since(meeting, since),
        since=since,
        may={"arrange": comes, "send": held and policies.send_notes.allows(worker, meeting)},
        today=today,
    )


def _took_part(part: MeetingChild) -> str:
    words = code_set("meeting_participation")
    return words.label(part.participation) if part.participation else "Not recorded yet"


def _with_sendings(meeting: Meeting, members: Sequence[MeetingMember]) -> list[MemberLine]:
    standing = Distribution.objects.standing().filter(meeting=meeting, paper=Paper.MINUTES)
    sent = {one.member_id: one for one in standing.select_related("withheld_by")}
    return [MemberLine(member, sent.get(member.pk)) for member in members]


def since_last(meeting: Meeting) -> date | None:
    """The day of the meeting of this kind before this one, or of the plan's start."""
    assert meeting.plan is not None  # noqa: S101 - the policy has looked
    held = meeting.plan.meetings.held().filter(kind=meeting.kind).exclude(pk=meeting.pk)
    if meeting.held_at is not None:
        held = held.filter(held_at__lt=meeting.held_at)
    last = held.order_by("-held_at").values_list("held_at", flat=True).first()
    if last is not None:
        return timezone.localdate(last)
    starts = meeting.plan.children.order_by("started_on").values_list("started_on", flat=True)
    return starts.first()


def visits_since(meeting: Meeting, since: date | None) -> list[VisitChild]:
    """The visits to these children since the last meeting: shown from the record, never typed."""
    made = VisitChild.objects.standing().filter(
        child__in=meeting.about, seen__isnull=False, happened_on__isnull=False
    )
    if since is not None:
        made = made.filter(happened_on__gte=since)
    if meeting.held_at is not None:
        made = made.filter(happened_on__lte=timezone.localdate(meeting.held_at))
    return list(made.select_related("child", "visited_by", "visit").order_by("-happened_on"))


def is_late(meeting: Meeting, step: str, *, today: date, own: bool = False) -> bool:
    """Whether what this does is overdue today: late is never blocked, and says why."""
    late = Task.objects.overdue(today).filter(step_key=step)
    if own:
        return late.filter(record_id=meeting.pk).exists()
    return late.filter(children__child__in=meeting.about).exists()


def said_of(
    form: Mapping[str, Any],
    came: ChildParts[MeetingMember],
    rated: ChildParts[Any],
    children: ChildParts[Person],
    rows: Any = (),
) -> Held:
    """What the forms say, as the action takes it."""
    decided = {
        child.pk: Decided(decision=said["decision"], reason=said["reason"])
        for child, said in children.cleaned_data
        if said.get("decision")
    }
    return Held(
        attendance={member.pk: said["attendance"] for member, said in came.cleaned_data},
        shared={member.pk: said["shared"] for member, said in came.cleaned_data},
        children={child.pk: said for child, said in children.cleaned_data},
        decided=decided,
        progress={action.pk: Rated(**said) for action, said in rated.cleaned_data},
        actions=actions_in(rows, [member for member, _ in came.cleaned_data]),
        **form,
    )


def to_receive(meeting: Meeting) -> list[Distribution]:
    """The notes that were sent, and not yet said to have arrived."""
    standing = Distribution.objects.standing().filter(
        meeting=meeting, paper=Paper.MINUTES, sent_at__isnull=False, received_at=None
    )
    return list(standing.select_related("member"))
