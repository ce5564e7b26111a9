"""What this authority chooses about its time limits: proposed by one worker, agreed by another."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.casework.models import FrameworkAdoption, LocalChange, LocalChangeKind, LocalTimescale
from hearth.casework.timescales import FRAMEWORKS, TIMESCALES, limit_on
from hearth.lib.dates import in_words
from hearth.lib.errors import CannotDo

LONGEST = 1000


@transaction.atomic
def propose_adoption(*, framework: str, adopted_on: date, reason: str, by: User) -> LocalChange:
    """Propose the day this authority took up a framework, where it was not the national day."""
    known = FRAMEWORKS.get(framework)
    if known is None or not known.adoptable:
        raise CannotDo("An authority has no day of its own for this framework")
    if adopted_on < known.since:
        raise CannotDo(f"{known.name} only took effect on {in_words(known.since)}")
    return _propose(LocalChangeKind.FRAMEWORK, framework, adopted_on, None, reason, by)


@transaction.atomic
def propose_limit(
    *, timescale: str, amount: int, since: date, reason: str, by: User
) -> LocalChange:
    """Propose a time limit of this authority's own, from a day that has not passed."""
    if why := why_not_limit(timescale, amount, since, today=timezone.localdate()):
        raise CannotDo(why)
    return _propose(LocalChangeKind.TIMESCALE, timescale, since, amount, reason, by)


def why_not_limit(timescale: str, amount: int, since: date, *, today: date) -> str | None:
    """Why an authority may not choose this limit, in words; None when it may.

    It starts on a day to come, so that nothing already counted is counted again.
    """
    known = TIMESCALES.get(timescale)
    if known is None or known.configurable == "no":
        return "The law fixes this limit, so an authority may not choose its own"
    if since < today:
        return "A limit of our own cannot start in the past: what was counted stays as it was"
    if not 1 <= amount <= LONGEST:
        return f"Enter a number from 1 to {LONGEST:,}"
    limit = limit_on(known, since)
    if known.configurable == "stricter only" and limit is not None and amount > limit.amount:
        return f"This may only be made shorter: the national limit is {limit.amount} {limit.unit}"
    return None


def _propose(
    kind: LocalChangeKind, key: str, day: date, amount: int | None, reason: str, by: User
) -> LocalChange:
    if not reason:
        raise CannotDo("Say why this is to change")
    if LocalChange.objects.waiting().filter(kind=kind, key=key).exists():
        raise CannotDo("A change to this is already waiting to be agreed")
    change: LocalChange = LocalChange.objects.create(
        kind=kind, key=key, holds_from=day, amount=amount, reason=reason, recorded_by=by
    )
    trail.record("Proposed a local change", change, by=by)
    return change


@transaction.atomic
def agree_change(*, change: LocalChange, by: User) -> None:
    """Agree a proposed change: it holds from its day, and rewrites nothing before."""
    change = _waiting(change, by)
    if change.kind == LocalChangeKind.FRAMEWORK:
        FrameworkAdoption.objects.update_or_create(
            framework=change.key,
            defaults={"adopted_on": change.holds_from, "recorded_by": by},
        )
    else:
        _set_limit(change, by)
    change.agreed_at, change.agreed_by = timezone.now(), by
    change.save(update_fields=["agreed_at", "agreed_by"])
    trail.record("Agreed a local change", change, by=by)


def _set_limit(change: LocalChange, by: User) -> None:
    today = timezone.localdate()
    amount = change.amount or 0
    if why := why_not_limit(change.key, amount, change.holds_from, today=today):
        raise CannotDo(f"{why}. Refuse it, and propose it again")
    LocalTimescale.objects.update_or_create(
        timescale=change.key,
        since=change.holds_from,
        defaults={"amount": amount, "recorded_by": by},
    )


@transaction.atomic
def refuse_change(*, change: LocalChange, reason: str, by: User) -> None:
    """Refuse a proposed change, with why. Whoever proposed it may take it back."""
    change = LocalChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
    if change.agreed_at is not None or change.refused_at is not None:
        raise CannotDo("This change has already been decided")
    if not reason:
        raise CannotDo("Say why")
    change.refused_at, change.refused_by, change.refused_reason = timezone.now(), by, reason
    change.save(update_fields=["refused_at", "refused_by", "refused_reason"])
    trail.record("Refused a local change", change, by=by)


def _waiting(change: LocalChange, by: User) -> LocalChange:
    change = LocalChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
    if change.agreed_at is not None or change.refused_at is not None:
        raise CannotDo("This change has already been decided")
    if change.recorded_by_id == by.pk:
        raise CannotDo("You proposed this, so someone else must agree it")
    return change
