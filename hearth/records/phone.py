"""A worker's visits of the day on their telephone, for homes where there is no signal.

Pages are kept by the browser (`design/static/design/kept.js`), when the worker asks for it: the
list of the day, and the form of each visit that is theirs and still to be made. A restricted record
is never kept on a telephone. What is written there is sent when there is signal again, and taken
here: once, and over nobody else's words.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from http import HTTPStatus
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from hearth.accounts import sessions
from hearth.accounts.models import User
from hearth.lib.errors import CannotDo
from hearth.people.models import Person
from hearth.people.understood import needs_on
from hearth.records import actions
from hearth.records.drafts import seen_version
from hearth.records.forms.shared import named_parts
from hearth.records.forms.visits import VisitForm, VisitPart
from hearth.records.models import Draft, Visit, VisitState
from hearth.records.models.drafts import SHARED
from hearth.records.reading import children_of

# What stands in a form and is no answer of the worker's.
NOT_WORDS = ("csrfmiddlewaretoken", "uuid", "draft_version")


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a visit sent from a telephone: in words, and the page to go on with."""

    state: str
    words: str
    page: str

    @property
    def status(self) -> HTTPStatus:
        """The same for the browser."""
        return {
            "recorded": HTTPStatus.OK,
            "lacking": HTTPStatus.UNPROCESSABLE_ENTITY,
        }.get(self.state, HTTPStatus.CONFLICT)


def kept_until(session: Mapping[str, Any], now: datetime) -> datetime:
    """When a telephone forgets what it keeps: at the end of the day, or of the longest session."""
    midnight = datetime.combine(timezone.localdate(now) + timedelta(days=1), time.min)
    over = sessions.ends_by(dict(session), int(now.timestamp()))
    return min(timezone.make_aware(midnight), datetime.fromtimestamp(over, tz=now.tzinfo))


def planned_draft(visit: Visit) -> str:
    """The name of the draft of a planned visit, which all who write it up share."""
    return f"records.planned-visit.{visit.pk}"


def beside_draft(visit: Visit) -> str:
    """The name of the draft of a visit written beside one that a colleague recorded."""
    return f"records.visit-beside.{visit.pk}"


def take(sent: QueryDict, visit: Visit, *, by: User, today: date) -> Answer:
    """Record a visit sent from a telephone, unless that would lose somebody's words.

    Sent again because the answer was lost, it is the same visit. Where a colleague recorded or
    cancelled it meanwhile, or is writing it up, the words are kept and both are shown.
    """
    children = children_of(visit)
    form = VisitForm(sent, today=today, needs=needs_on(visit.about, today))
    parts = named_parts(VisitPart, children, data=sent)
    is_whole = form.is_valid() & parts.is_valid()
    if (
        visit.is_done
        and visit.uuid == form.cleaned_data.get("uuid")
        and visit.recorded_by_id == by.pk
    ):
        return _recorded(visit, children[0])
    if visit.state != VisitState.PLANNED:
        return _beside(visit, children[0], sent, by)
    if writer := _writing_too(visit, sent, by):
        return _open_form(visit, "clash", f"{writer} changed this too. Open it to see both texts")
    if not is_whole:
        return _open_form(visit, "lacking", "This visit needs something more before it is recorded")
    included = [(child, said) for child, said in parts.cleaned_data if said["included"]]
    try:
        made = actions.record_visit(parts=included, visit=visit, by=by, **form.cleaned_data)
    except CannotDo as why:
        return _open_form(visit, "lacking", str(why))
    actions.finish_draft(key=SHARED + planned_draft(visit), by=by)
    return _recorded(made, included[0][0])


def _recorded(visit: Visit, child: Person) -> Answer:
    page = f"{reverse('records:read_visit', args=[visit.pk])}?child={child.pk}"
    return Answer("recorded", "The visit was sent and recorded", page)


def _open_form(visit: Visit, state: str, words: str) -> Answer:
    return Answer(state, words, reverse("records:record_planned_visit", args=[visit.pk]))


def _beside(visit: Visit, child: Person, sent: QueryDict, by: User) -> Answer:
    """Keep the words as a draft of a visit of the worker's own, to be read beside the other."""
    page = f"{reverse('records:record_visit', args=[child.pk])}?beside={visit.pk}"
    actions.save_draft(
        key=beside_draft(visit),
        version=0,
        fields={name: sent.getlist(name) for name in sent if name not in NOT_WORDS},
        about=visit.about,
        address=page,
        by=by,
    )
    did = "cancelled" if visit.state == VisitState.CANCELLED else "recorded"
    words = f"This visit was {did} by somebody else meanwhile. Open it to see both texts"
    return Answer("conflict", words, page)


def _writing_too(visit: Visit, sent: QueryDict, by: User) -> User | None:
    """A colleague who has been writing this visit up since this worker last saw its draft."""
    drafts = Draft.objects.under(SHARED + planned_draft(visit), by).unfinished()
    newest = drafts.select_related("worker").order_by("-version").first()
    if newest is None or newest.worker_id == by.pk or newest.version <= seen_version(sent):
        return None
    return newest.worker
