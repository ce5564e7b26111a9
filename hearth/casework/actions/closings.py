"""Asking for a family's episodes to be closed, and a manager's decision on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.accounts.roles import SENIOR
from hearth.casework.actions.episodes import close_episode
from hearth.casework.actions.sign_off import return_work, sign_off, submit
from hearth.casework.actions.tasks import cancel, open_step, take_task
from hearth.casework.closing import needs_senior, why_not_close
from hearth.casework.closing_days import why_not_day
from hearth.casework.closure_reasons import ASKED_WHY, asks_why, found_nothing, why_not_reason
from hearth.casework.models import Closing, ClosingChild, Episode, Task
from hearth.casework.steps import CLOSE
from hearth.lib.dates import in_words
from hearth.lib.errors import CannotDo
from hearth.records.actions import chronicle, record_oversight
from hearth.workforce.models import Team


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingPart:
    """What is said of one child when their episode is to be closed."""

    episode: Episode
    closure_reason: str
    summary: str
    last_seen_on: date | None = None
    not_seen_reason: str = ""
    no_factors_reason: str = ""


@transaction.atomic
def ask_to_close(
    *,
    parts: Sequence[ClosingPart],
    ended_on: date,
    told_family: str,
    told_agencies: str,
    against_advice: bool = False,
    late_reason: str = "",
    team: Team | None = None,
    by: User,
) -> Closing:
    """Send a family's episodes to a manager to be closed, with a reason and a summary for each.

    A closing that was returned is sent again, as it now reads; both versions are kept.
    """
    _check(parts, ended_on, told_family, told_agencies)
    task = _task_for(parts, team, by)
    said = {
        "ended_on": ended_on,
        "told_family": told_family,
        "told_agencies": told_agencies,
        "against_advice": against_advice,
    }
    closing = _write(task, said, parts, by)
    submit(
        task,
        outcome="closed",
        on=timezone.localdate(),
        content=_as_sent(closing, parts),
        late_reason=late_reason,
        by=by,
    )
    trail.record("Asked to close", closing, by=by)
    return closing


def _write(task: Task, said: dict[str, Any], parts: Sequence[ClosingPart], by: User) -> Closing:
    """The closing that a task is about, and each child's part, as they now read."""
    said = {**said, "about": task.about}
    closing, _ = Closing.objects.update_or_create(
        task=task, defaults=said, create_defaults={**said, "recorded_by": by}
    )
    for part in parts:
        ClosingChild.objects.update_or_create(
            closing=closing,
            child_id=part.episode.child_id,
            defaults={
                "episode": part.episode,
                "closure_reason": part.closure_reason,
                "summary": part.summary,
                "last_seen_on": part.last_seen_on,
                "not_seen_reason": part.not_seen_reason,
                "no_factors_reason": part.no_factors_reason,
            },
        )
    task.record_id = closing.pk
    task.save(update_fields=["record_id"])
    return closing


@transaction.atomic
def agree_closing(*, closing: Closing, comments: str = "", by: User) -> None:
    """Agree a closing, and close each child's episode."""
    parts = list(closing.children.select_related("child", "episode"))
    why = needs_senior(closing, [part.episode for part in parts])
    if why and not by.has_role(*SENIOR):
        raise CannotDo(f"{why}, so a service manager decides")
    sign_off(closing.task, comments=comments, by=by)
    record_oversight(
        children=[part.child for part in parts],
        text=comments or f"Agreed that the case closes on {in_words(closing.ended_on)}.",
        oversight_point="sign_off",
        decision=True,
        told_already=True,
        by=by,
    )
    for part in parts:
        close_episode(
            episode=part.episode,
            ended_on=closing.ended_on,
            closure_reason=part.closure_reason,
            closure_summary=part.summary,
            by=by,
        )
    chronicle(
        about=[part.child for part in parts],
        kind="closure",
        title="Closed",
        texts={part.child_id: part.summary for part in parts},
        happened_on=closing.ended_on,
        source=closing,
        page="casework:closing",
        significance="high",
        by=by,
    )
    trail.record("Agreed to close", closing, by=by)


@transaction.atomic
def return_closing(*, closing: Closing, comments: str, by: User) -> None:
    """Send a closing back to whoever asked for it, saying what must change."""
    return_work(closing.task, comments=comments, by=by)
    trail.record("Returned a closing", closing, by=by)


def _check(
    parts: Sequence[ClosingPart], ended_on: date, told_family: str, told_agencies: str
) -> None:
    if not parts:
        raise CannotDo("Choose the children to close")
    if not told_family or not told_agencies:
        raise CannotDo("Say who in the family and which agencies were told, or why they were not")
    if ended_on > timezone.localdate():
        raise CannotDo("An episode cannot be closed on a day that has not come")
    nothing = found_nothing([part.episode for part in parts])
    for part in parts:
        _check_part(part, ended_on)
        is_asked = part.episode.pk in nothing and asks_why(part.closure_reason)
        if is_asked and not part.no_factors_reason:
            raise CannotDo(f"{part.episode.child}: {ASKED_WHY[:1].lower()}{ASKED_WHY[1:]}")


def _check_part(part: ClosingPart, ended_on: date) -> None:
    child, episode = part.episode.child, Episode.objects.get(pk=part.episode.pk)
    if episode.ended_on is not None:
        raise CannotDo(f"{child}'s episode was closed on {in_words(episode.ended_on)}")
    if ended_on < episode.started_on:
        raise CannotDo(f"{child} was only referred on {in_words(episode.started_on)}")
    if why := why_not_reason(episode, part.closure_reason, on=ended_on):
        raise CannotDo(f"{child}: {why}")
    if why := why_not_day(episode, on=ended_on) or _what_is_missing(part, str(child)):
        raise CannotDo(why)
    if reasons := why_not_close(episode):
        raise CannotDo(". ".join(reasons))


def _what_is_missing(part: ClosingPart, child: str) -> str | None:
    if not part.summary:
        return f"Write what was done for {child}, and what is different now"
    if part.last_seen_on is None and not part.not_seen_reason:
        return f"Say when {child} was last seen, or why they were not"
    if part.last_seen_on is not None and part.last_seen_on > timezone.localdate():
        return f"{child} cannot have been seen on a day that has not come"
    return None


def _task_for(parts: Sequence[ClosingPart], team: Team | None, by: User) -> Task:
    """The task of closing these children: the one waiting for exactly them, or a new one.

    One waiting for some of them with others gives way to it.
    """
    about = sorted(part.episode.child_id for part in parts)
    episodes = [part.episode for part in parts]
    waiting = Task.objects.filter(step_key=CLOSE.key, signed_off_at=None, cancelled_at=None)
    for task in waiting.filter(children__episode__in=episodes).distinct():
        if task.done_at is not None:
            raise CannotDo("This has already been sent to a manager to be closed")
        if task.about == about:
            return take_task(task)
        cancel(task, reason="Closing was asked for again, for other children", by=by)
    lead = parts[0].episode.allocations.current().leading().select_related("team").first()
    return open_step(
        CLOSE,
        children=[part.episode.child for part in parts],
        trigger=timezone.localdate(),
        by=by,
        worker=by,
        team=team or (lead.team if lead else None),
    )


def _as_sent(closing: Closing, parts: Sequence[ClosingPart]) -> dict[str, Any]:
    """The closing in plain values, as the manager is sent it."""
    return {
        "ended_on": closing.ended_on.isoformat(),
        "told_family": closing.told_family,
        "told_agencies": closing.told_agencies,
        "against_advice": closing.against_advice,
        "children": [
            {
                "child": part.episode.child_id,
                "closure_reason": part.closure_reason,
                "summary": part.summary,
                "last_seen_on": part.last_seen_on.isoformat() if part.last_seen_on else None,
                "not_seen_reason": part.not_seen_reason,
                "no_factors_reason": part.no_factors_reason,
            }
            for part in parts
        ],
    }
