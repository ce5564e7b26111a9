"""The record of a conference as it is written, and each paper as it goes out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from hearth.accounts.models import User
from hearth.casework.models import Task
from hearth.plans.models import Distribution, MeetingMember, Paper
from hearth.protection import policies
from hearth.protection.actions.conference_sending import STEPS
from hearth.protection.forms.conference import KeepFromForm, LetHaveForm, RecordForm
from hearth.protection.models import Conference
from hearth.protection.papers import Standing, standings
from hearth.records.forms.shared import EditForm

ADDRESSES = {
    Paper.INVITATION: "protection:send_invitations",
    Paper.DECISIONS: "protection:send_decisions",
    Paper.RECORD: "protection:send_record",
}


class WriteForm(EditForm, RecordForm):
    """What was said, unless it was changed since it was read."""


def record_form(conference: Conference, data: Mapping[str, Any] | None) -> WriteForm:
    """The form that writes what was said."""
    meeting = conference.meeting
    return WriteForm(data, record=meeting, initial={"minutes": meeting.minutes})


@dataclass(frozen=True, slots=True)
class SendingPage:
    """A paper, those who are to have it, and how it stands with each."""

    conference: Conference
    paper: Paper
    lines: list[Standing]
    task: Task | None
    is_late: bool
    today: date
    may_keep_back: bool

    @property
    def address(self) -> str:
        """Where it is sent from."""
        return ADDRESSES[self.paper]

    @property
    def waiting(self) -> list[MeetingMember]:
        """Those still to have it."""
        return [line.member for line in self.lines if not line.has_it]


def sending_page(conference: Conference, paper: Paper, worker: User, *, today: date) -> SendingPage:
    """How a paper of a conference stands."""
    tasks = Task.objects.outstanding().filter(record_id=conference.pk)
    task = tasks.filter(step_key=STEPS[paper]).first() if paper in STEPS else None
    return SendingPage(
        conference=conference,
        paper=paper,
        lines=standings(conference.meeting, paper),
        task=task,
        is_late=bool(task and task.due_on and today > task.due_on),
        today=today,
        may_keep_back=worker.has_role(*policies.keep_from.roles) and paper != Paper.INVITATION,
    )


@dataclass(frozen=True, slots=True)
class KeepingPage:
    """What is kept from one of those asked, what they may be let have, and what may be kept."""

    keep: KeepFromForm
    give: LetHaveForm
    kept: list[Distribution]
    lifted: list[Distribution]
    may_keep: bool
    gives: bool

    @property
    def form(self) -> Any:
        """The form of what was asked for."""
        return self.give if self.gives else self.keep


def keeping_page(member: MeetingMember, data: Mapping[str, Any] | None) -> KeepingPage:
    """The page where a paper is kept from somebody, or they are let have it."""
    rows = list(member.sendings.select_related("withheld_by", "lifted_by"))
    standing = [one for one in rows if one.returned_at is None]
    kept = [one for one in standing if one.withheld_reason]
    gives = (data or {}).get("do") == "give"
    keep = KeepFromForm(None if gives else data)
    return KeepingPage(
        keep=keep,
        give=LetHaveForm(data if gives else None, kept=kept),
        kept=kept,
        lifted=[one for one in rows if one.lifted_reason],
        may_keep=keep.leave_out({one.paper for one in standing}),
        gives=gives,
    )
