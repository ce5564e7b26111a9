"""Discussing a family's case: what is thought, what is feared, and what is decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.casework.actions import complete, give_direction, open_step
from hearth.casework.models import Allocation, DirectionSource, Task
from hearth.casework.timescales import ENGLAND
from hearth.lib.dates import in_words
from hearth.lib.errors import CannotDo
from hearth.people.models import Person
from hearth.records.actions import record_oversight
from hearth.records.models import CaseNote
from hearth.supervision import process
from hearth.supervision.actions.finishing import why_not_write_up
from hearth.supervision.actions.sessions import check_day_to_come, take_session
from hearth.supervision.models import Decision, Discussion, DiscussionChild, Session
from hearth.workforce.models import Team

# "Noted" is not oversight: what is thought takes at least a short sentence.
SHORTEST = 30
NOON = time(12)


@dataclass(frozen=True, slots=True)
class Life:
    """One child, and what their life is like now."""

    child: Person
    life_now: str


@dataclass(frozen=True, slots=True)
class Decided:
    """One thing decided: what, who does it, and by when."""

    text: str
    owner: User
    due_on: date


@transaction.atomic
def record_discussion(
    *,
    session: Session,
    lives: Sequence[Life],
    reflection: str,
    risks: str,
    decisions: Sequence[Decided] = (),
    no_change: str = "",
    bring_back_on: date | None = None,
    late_reason: str = "",
    by: User,
) -> Discussion:
    """Record what was thought and decided of a family's case, on each child's own record.

    Each decision becomes a task of its owner. The manager's direction stands at the top of each
    child's record and in the chronology, so that nothing is written a second time.
    """
    session = take_session(session)
    children = _check_children(session, lives, by)
    _check_words(reflection, risks, decisions, no_change)
    discussed_on = session.held_on or timezone.localdate()
    discussion: Discussion = Discussion.objects.create(
        session=session,
        about=sorted(child.pk for child in children),
        worker=session.worker,
        supervisor=session.supervisor,
        discussed_on=discussed_on,
        reflection=reflection,
        risks=risks,
        no_change=no_change,
        note=_write_oversight(session, lives, risks, decisions, no_change, by),
    )
    DiscussionChild.objects.bulk_create(
        DiscussionChild(
            discussion=discussion,
            child=life.child,
            discussed_on=discussed_on,
            life_now=life.life_now,
        )
        for life in lives
    )
    _decide(discussion, children, decisions, by)
    _meet_the_wait(discussion, late_reason, by)
    if bring_back_on is not None:
        _bring_back(discussion, children, bring_back_on, by)
    trail.record("Discussed a case in supervision", discussion, by=by)
    return discussion


def _check_children(session: Session, lives: Sequence[Life], by: User) -> list[Person]:
    """Refuse children who are not the worker's, or whose case was discussed already."""
    if not session.is_open:
        raise CannotDo("Say first that this supervision was held; or it is already signed")
    if why := why_not_write_up(session, by):
        raise CannotDo(why)
    children = [life.child for life in lives]
    ids = {child.pk for child in children}
    if not ids or len(ids) != len(children):
        raise CannotDo("Choose the children this is about, each once")
    for life in lives:
        if not life.life_now:
            raise CannotDo(f"Say what {life.child}'s life is like now")
    _check_whose(session, children)
    return children


def _check_whose(session: Session, children: Sequence[Person]) -> None:
    on = session.held_on or timezone.localdate()
    held = Allocation.objects.filter(worker=session.worker, child__in=children, started_on__lte=on)
    theirs = set(held.exclude(ended_on__lt=on).values_list("child_id", flat=True))
    for child in children:
        if child.pk not in theirs:
            raise CannotDo(f"{session.worker} does not have {child}'s case")
    parts = DiscussionChild.objects.standing()
    known = parts.filter(child__in=children, discussion__session=session)
    if (there := known.select_related("child").first()) is not None:
        raise CannotDo(f"{there.child}'s case has been discussed in this supervision already")


def _check_words(reflection: str, risks: str, decisions: Sequence[Decided], no_change: str) -> None:
    if len(reflection) < SHORTEST:
        raise CannotDo("Say a little more of what you thought together about this family")
    if not risks:
        raise CannotDo("Say what the risks are now; or that there are none, and how you know")
    if not decisions and not no_change:
        raise CannotDo("Decide something, with an owner and a date; or say why nothing changes")
    if decisions and no_change:
        raise CannotDo("Either something was decided or nothing changes: leave one of them out")


def _write_oversight(
    session: Session,
    lives: Sequence[Life],
    risks: str,
    decisions: Sequence[Decided],
    no_change: str,
    by: User,
) -> CaseNote:
    """The manager's direction on each child's record: what is feared and decided, in one place."""
    lines = [f"Discussed in supervision with {session.worker}.", "", f"Risks now: {risks}", ""]
    lines += [
        f"Decided: {each.text} ({each.owner}, by {in_words(each.due_on)})" for each in decisions
    ]
    lines += [f"No change, because: {no_change}"] if no_change else []
    now = timezone.now()
    held_on = session.held_on or timezone.localdate()
    today = held_on == timezone.localdate(now)
    return record_oversight(
        children=[life.child for life in lives],
        text="\n".join(lines).strip(),
        texts={life.child.pk: f"Life now: {life.life_now}" for life in lives},
        oversight_point="supervision",
        happened_at=now if today else datetime.combine(held_on, NOON, tzinfo=ENGLAND),
        by=by,
    )


def _decide(
    discussion: Discussion, children: Sequence[Person], decisions: Sequence[Decided], by: User
) -> None:
    team = _team_of(discussion)
    for each in decisions:
        direction = give_direction(
            children=children,
            text=each.text,
            owner=each.owner,
            due_on=each.due_on,
            on=discussion.discussed_on,
            source=DirectionSource.SUPERVISION,
            team=team,
            by=by,
        )
        Decision.objects.create(discussion=discussion, about=discussion.about, direction=direction)


def _team_of(discussion: Discussion) -> Team | None:
    held = Allocation.objects.current().filter(worker=discussion.worker, child__in=discussion.about)
    found = held.select_related("team").first()
    return found.team if found else None


def waiting_for(children: Sequence[int]) -> list[Task]:
    """The tasks of bringing any of these children back to supervision."""
    waiting = Task.objects.outstanding().of_step(process.CASE_DISCUSSION)
    return list(waiting.filter(children__child__in=children).distinct())


def _meet_the_wait(discussion: Discussion, late_reason: str, by: User) -> None:
    for task in waiting_for(discussion.about):
        complete(
            task,
            outcome="discussed",
            on=discussion.discussed_on,
            late_reason=late_reason,
            by=by,
        )


def _bring_back(discussion: Discussion, children: Sequence[Person], day: date, by: User) -> None:
    check_day_to_come(day)
    open_step(
        process.CASE_DISCUSSION,
        children=children,
        trigger=discussion.discussed_on,
        worker=by,
        set_for=day,
        by=by,
    )
