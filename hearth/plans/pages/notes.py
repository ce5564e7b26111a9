"""To whom the notes of a meeting are still to go, and from whom they are kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from hearth.accounts.models import User
from hearth.plans import actions
from hearth.plans.copies import unplaced
from hearth.plans.forms.keeping import GiveBackForm, KeepForm
from hearth.plans.forms.meetings import SendForm
from hearth.plans.gathering import GATHERINGS
from hearth.plans.models import Distribution, Meeting, Paper
from hearth.plans.pages.meeting import is_late
from hearth.plans.pages.plan import children_of
from hearth.plans.rules import may_keep_papers


@dataclass(frozen=True, slots=True, kw_only=True)
class NotesPage:
    """The three things that may be done with the notes; `deed` is the one that was asked for."""

    send: SendForm
    keep: KeepForm
    give: GiveBackForm
    kept: Sequence[Distribution]
    lifted: Sequence[Distribution]
    may_keep: bool
    deed: str

    @property
    def form(self) -> Any:
        """The form of what was asked for."""
        return getattr(self, self.deed)


def notes_page(
    meeting: Meeting, worker: User, data: Mapping[str, Any] | None, *, today: date
) -> NotesPage:
    """The page where notes are sent, and kept from somebody."""
    may_keep = may_keep_papers(worker)
    asked = (data or {}).get("do", "")
    deed = asked if asked in ("keep", "give") and may_keep else "send"
    step = GATHERINGS[meeting.kind].send_step
    waiting, children = actions.unsent(meeting), children_of(meeting)
    withheld = Distribution.objects.withheld().filter(meeting=meeting, paper=Paper.MINUTES)
    kept = [one for one in withheld if one.returned_at is None]
    return NotesPage(
        send=SendForm(
            data if deed == "send" else None,
            members=waiting,
            children=children,
            unplaced=unplaced(waiting, children),
            is_late=bool(step) and is_late(meeting, step, today=today, own=True),
        ),
        keep=KeepForm(data if deed == "keep" else None, members=waiting),
        give=GiveBackForm(data if deed == "give" else None, kept=kept),
        kept=kept,
        lifted=[one for one in withheld if one.lifted_by],
        may_keep=may_keep,
        deed=deed,
    )
