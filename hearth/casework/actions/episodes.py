"""Opening and closing episodes, and what a child is to the service."""

from datetime import date
from typing import TypeVar

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.casework.actions.due_dates import reconsider
from hearth.casework.actions.tasks import cancel
from hearth.casework.closing import why_not_close
from hearth.casework.closing_days import why_not_day
from hearth.casework.closure_reasons import why_not_reason
from hearth.casework.following import tell_followers
from hearth.casework.models import Allocation, Episode, Involvement, InvolvementKind, Task
from hearth.lib.codes import code_set
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
    _hold(child)
    _check_codes(referral_source, primary_need, started_on)
    if started_on > timezone.localdate():
        raise CannotDo("A referral cannot be dated in the future")
    ended_on = started_on if no_further_action else None
    if clash := _in_the_way(Episode.objects.filter(child=child), started_on, ended_on):
        raise CannotDo(f"{child} already has an episode open {_days(clash)}")
    episode = Episode.objects.create(
        child=child,
        started_on=started_on,
        ended_on=ended_on,
        referral_source=referral_source,
        primary_need=primary_need,
        no_further_action=no_further_action,
        closed_by=by if no_further_action else None,
    )
    trail.record("Opened an episode", episode, by=by)
    return episode


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
    episode = _to_be_closed(episode, ended_on, closure_reason)
    _drop_what_ends_with(episode, by)
    episode.ended_on, episode.closure_reason = ended_on, closure_reason
    episode.closure_summary, episode.closed_by = closure_summary, by
    episode.save(update_fields=["ended_on", "closure_reason", "closure_summary", "closed_by"])
    tell_followers(episode, ended_on, by)
    for involvement in Involvement.objects.filter(episode=episode, ended_on=None):
        end_involvement(involvement=involvement, ended_on=ended_on, by=by)
    for allocation in Allocation.objects.current().filter(episode=episode):
        allocation.ended_on = max(ended_on, allocation.started_on)
        allocation.save(update_fields=["ended_on"])
    trail.record("Closed an episode", episode, by=by)


def _to_be_closed(episode: Episode, ended_on: date, closure_reason: str) -> Episode:
    """The episode, held, if it may be closed on this day for this reason."""
    episode = Episode.objects.select_for_update(of=("self",)).get(pk=episode.pk)
    if episode.ended_on is not None:
        raise CannotDo(f"This episode was closed on {in_words(episode.ended_on)}")
    if ended_on < episode.started_on:
        raise CannotDo("An episode cannot be closed before its referral")
    if ended_on > timezone.localdate():
        raise CannotDo("An episode cannot be closed on a day that has not come")
    why = why_not_reason(episode, closure_reason, on=ended_on)
    if why := why or why_not_day(episode, on=ended_on):
        raise CannotDo(why)
    if reasons := why_not_close(episode):
        raise CannotDo(". ".join(reasons))
    return episode


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
    _hold(child)
    if started_on > timezone.localdate():
        raise CannotDo(f"{InvolvementKind(kind).label}: this cannot start in the future")
    same = Involvement.objects.filter(child=child, kind=kind)
    standing = same.on(started_on).first()
    if standing is not None:
        return standing
    if later := _in_the_way(same, started_on, None):
        raise CannotDo(f"{child} was that already {_days(later)}: {later}")
    involvement = Involvement.objects.create(
        child=child, kind=kind, started_on=started_on, episode=episode
    )
    trail.record(f"Started: {involvement}", involvement, by=by)
    reconsider(child, by=by)
    return involvement


@transaction.atomic
def end_involvement(*, involvement: Involvement, ended_on: date, by: User) -> None:
    """Record the first day a child was no longer that to the service."""
    if involvement.ended_on is not None:
        raise CannotDo(f"{involvement} had ended by {in_words(involvement.ended_on)}")
    involvement.ended_on = max(ended_on, involvement.started_on)
    involvement.save(update_fields=["ended_on"])
    trail.record(f"Ended: {involvement}", involvement, by=by)
    reconsider(involvement.child, by=by)


Spells = TypeVar("Spells", Episode, Involvement)


def _hold(child: Person) -> None:
    """Hold a child's row, so that two workers cannot open the same thing for them at once."""
    Person.objects.select_for_update(no_key=True).get(pk=child.pk)


def _in_the_way(spells: QuerySet[Spells], started_on: date, ended_on: date | None) -> Spells | None:
    """The first of a child's spells that shares a day with this one.

    One that started and ended on one day holds none; but a new one may not stand within another.
    """
    found = spells.exclude(ended_on__lte=started_on)
    if ended_on == started_on:
        found = found.filter(started_on__lte=started_on)
    else:
        found = found.exclude(ended_on=F("started_on"))
        if ended_on is not None:
            found = found.filter(started_on__lt=ended_on)
    return found.order_by("started_on").first()


def _days(spell: Episode | Involvement) -> str:
    end = f" to {in_words(spell.ended_on)}" if spell.ended_on else ""
    return f"from {in_words(spell.started_on)}{end}"


def _check_codes(referral_source: str, primary_need: str, day: date) -> None:
    why = code_set("referral_source").why_not_valid(referral_source, on=day)
    if why is None and primary_need:
        why = code_set("primary_need").why_not_valid(primary_need, on=day)
    if why:
        raise CannotDo(why)
