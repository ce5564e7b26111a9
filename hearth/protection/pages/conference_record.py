"""The record of a conference as it is written, and each paper as it goes out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from hearth.accounts.models import User
from hearth.casework.models import Task
from hearth.plans.models import MeetingMember, Paper
from hearth.protection import policies
from hearth.protection.actions.conference_sending import STEPS
from hearth.protection.forms.conference import RecordForm
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
