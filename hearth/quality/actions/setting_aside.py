"""Setting an alert aside: a worker says why it is not relevant, and a manager agrees, or not."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.accounts.notices import notify
from hearth.accounts.roles import MANAGERS
from hearth.accounts.structure import managers_of
from hearth.lib.dates import add_months, in_words
from hearth.lib.errors import CannotDo
from hearth.quality.models import Alert, SetAside

LONGEST_MONTHS = 3


@transaction.atomic
def ask_to_set_aside(*, alert: Alert, reason: str, by: User) -> SetAside:
    """Ask that an alert be set aside, with the reason. It sounds on until a manager agrees."""
    alert = Alert.objects.select_for_update(of=("self",)).get(pk=alert.pk)
    if alert.cleared_at is not None:
        raise CannotDo("This has been put right already")
    if not reason:
        raise CannotDo("Say why it is not relevant")
    if alert.set_aside.filter(decided_at=None).exists():
        raise CannotDo("A manager has been asked about this already")
    asked: SetAside = SetAside.objects.create(
        alert=alert, child_id=alert.child_id, reason=reason, asked_by=by
    )
    notify(
        to=managers_of(by, on=timezone.localdate()),
        text=f"{by} asks you to set aside: {alert}, {alert.child}",
        page=f"/alerts/{alert.pk}/decide/",
        subject=alert,
        by=by,
    )
    trail.record("Asked that an alert be set aside", asked, by=by, reason=reason)
    return asked


@transaction.atomic
def agree_to_set_aside(*, alert: Alert, until: date, words: str = "", by: User) -> SetAside:
    """Agree that an alert is not relevant, until a day within three months."""
    asked = _asked(alert, by)
    today = timezone.localdate()
    if not today < until <= add_months(today, LONGEST_MONTHS):
        last = in_words(add_months(today, LONGEST_MONTHS))
        raise CannotDo(f"Set it aside until a day after today, and no later than {last}")
    return _decide(asked, until, words, by)


@transaction.atomic
def refuse_to_set_aside(*, alert: Alert, words: str, by: User) -> SetAside:
    """Say that an alert is relevant, and what is to be done about it."""
    asked = _asked(alert, by)
    if not words:
        raise CannotDo("Say what is to be done about it")
    return _decide(asked, None, words, by)


def _asked(alert: Alert, by: User) -> SetAside:
    asked = alert.set_aside.select_for_update().filter(decided_at=None).first()
    if asked is None:
        raise CannotDo("Nobody has asked for this to be set aside, or it was decided already")
    if asked.asked_by_id == by.pk:
        raise CannotDo("Someone else must agree to this")
    if not by.has_role(*MANAGERS):
        raise CannotDo("Only a manager agrees to this")
    return asked


def _decide(asked: SetAside, until: date | None, words: str, by: User) -> SetAside:
    asked.decided_at, asked.decided_by = timezone.now(), by
    asked.until, asked.words = until, words
    asked.save(update_fields=["decided_at", "decided_by", "until", "words"])
    answer = "set aside" if until else "not set aside"
    notify(
        to=asked.asked_by,
        text=f"{by} decided: {answer}: {asked.alert}, {asked.alert.child}",
        page=f"/children/{asked.child_id}/checks/",
        subject=asked.alert,
        by=by,
    )
    trail.record(f"Decided: {answer}", asked, by=by, reason=words)
    return asked
