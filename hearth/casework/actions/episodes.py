"""Opening and closing episodes, and what a child is to the service."""

from datetime import date

from django.db import transaction

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.casework.actions.tasks import cancel
from hearth.casework.models import Allocation, Episode, Involvement, Task
from hearth.lib.dates import in_words
from hearth.lib.errors import CannotDo
from hearth.people.models import Person


@transaction.atomic
def open_episode(
    *,
    child: Person,
    started_on: date,
    referral_source: str,
    primary_need: str = "",
    no_further_action: bool = False,
    by: User,
) -> Episode:
    """Open a child's episode at a referral; one with no further action is closed the same day."""
    clash = Episode.objects.filter(child=child).open_on(started_on).first()
    if clash is not None:
        raise CannotDo(f"{child} already has an episode open on {in_words(started_on)}")
    episode = Episode.objects.create(
        child=child,
        started_on=started_on,
        ended_on=started_on if no_further_action else None,
        referral_source=referral_source,
        primary_need=primary_need,
        no_further_action=no_further_action,
        closed_by=by if no_further_action else None,
    )
    trail.record("Opened an episode", episode, by=by)
    return episode


def why_not_close(episode: Episode) -> list[str]:
    """What is still open on an episode, in words. Empty when it may be closed.

    No closure with work outstanding: CIN census rules 8867 and 8868.
    """
    tasks = Task.objects.filter(children__episode=episode)
    waiting = [
        f"{task.step.name} is still open for {task.family or 'this child'}"
        for task in tasks.outstanding()
        if not task.step.ends_with_episode
    ]
    unsigned = [
        f"{task.step.name} is waiting to be signed off for {task.family or 'this child'}"
        for task in tasks.awaiting_sign_off()
    ]
    return [*waiting, *unsigned]


def _drop_what_ends_with(episode: Episode, by: User) -> None:
    """Take off the list what only an open episode asks for, unless a sibling's still does."""
    for task in Task.objects.outstanding().filter(children__episode=episode):
        others = task.children.exclude(episode=episode).filter(
            episode__isnull=False, episode__ended_on=None
        )
        if not others.exists():
            cancel(task, reason="The episode closed", by=by)


@transaction.atomic
def close_episode(
    *, episode: Episode, ended_on: date, closure_reason: str, closure_summary: str = "", by: User
) -> None:
    """Close an episode with its reason, and with it the child's involvements and allocations."""
    episode = Episode.objects.select_for_update().get(pk=episode.pk)
    if episode.ended_on is not None:
        raise CannotDo(f"This episode was closed on {in_words(episode.ended_on)}")
    if ended_on < episode.started_on:
        raise CannotDo("An episode cannot be closed before its referral")
    if reasons := why_not_close(episode):
        raise CannotDo(". ".join(reasons))
    _drop_what_ends_with(episode, by)
    episode.ended_on, episode.closure_reason = ended_on, closure_reason
    episode.closure_summary, episode.closed_by = closure_summary, by
    episode.save(update_fields=["ended_on", "closure_reason", "closure_summary", "closed_by"])
    for involvement in Involvement.objects.filter(episode=episode, ended_on=None):
        end_involvement(involvement=involvement, ended_on=ended_on, by=by)
    for allocation in Allocation.objects.current().filter(episode=episode):
        allocation.ended_on = max(ended_on, allocation.started_on)
        allocation.save(update_fields=["ended_on"])
    trail.record("Closed an episode", episode, by=by)


@transaction.atomic
def restate_need(*, episode: Episode, primary_need: str, by: User) -> None:
    """Say what need an episode is now known to be about; its history keeps the earlier answer."""
    episode.primary_need = primary_need
    episode.save(update_fields=["primary_need"])
    trail.record("Restated the primary need of an episode", episode, by=by)


@transaction.atomic
def end_at_referral(*, episode: Episode, by: User) -> None:
    """Close an episode on the day of its referral, because no further action was decided.

    The CIN census reads such a referral as ReferralNFA, with no closure reason.
    """
    episode = Episode.objects.select_for_update().get(pk=episode.pk)
    if episode.ended_on is not None:
        raise CannotDo(f"This episode was closed on {in_words(episode.ended_on)}")
    if reasons := why_not_close(episode):
        raise CannotDo(". ".join(reasons))
    _drop_what_ends_with(episode, by)
    episode.ended_on, episode.no_further_action = episode.started_on, True
    episode.closed_by = by
    episode.save(update_fields=["ended_on", "no_further_action", "closed_by"])
    trail.record("Closed an episode: no further action", episode, by=by)


@transaction.atomic
def start_involvement(
    *, child: Person, kind: str, started_on: date, episode: Episode | None, by: User
) -> Involvement:
    """Record what a child now is to the service. Nothing changes if they are that already."""
    standing = Involvement.objects.filter(child=child, kind=kind).on(started_on).first()
    if standing is not None:
        return standing
    involvement = Involvement.objects.create(
        child=child, kind=kind, started_on=started_on, episode=episode
    )
    trail.record(f"Started: {involvement}", involvement, by=by)
    return involvement


@transaction.atomic
def end_involvement(*, involvement: Involvement, ended_on: date, by: User) -> None:
    """Record the first day a child was no longer that to the service."""
    involvement.ended_on = max(ended_on, involvement.started_on)
    involvement.save(update_fields=["ended_on"])
    trail.record(f"Ended: {involvement}", involvement, by=by)
