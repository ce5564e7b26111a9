"""Asking why the figures signal, and saying what came of it; what changed, and where limits begin.

No signal closes without an answer, unless the figures themselves take it back.
"""

from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.accounts.notices import notify
from hearth.lib.dates import add_months
from hearth.lib.errors import CannotDo
from hearth.quality.flow.series import SERIES
from hearth.quality.models import (
    ChartNote,
    ChartStart,
    Investigation,
    InvestigationDecision,
    Signal,
)
from hearth.quality.rules.months import last_whole, named

# So long must a new level have held before limits may be reckoned from it.
HELD_MONTHS = 7


@transaction.atomic
def open_investigation(
    *, signal: Signal, question: str, method: str, partners: str = "", owner: User, by: User
) -> Investigation:
    """Begin to ask why a series signals: the question, which cases are looked at, and who does."""
    signal = _standing(signal)
    if Investigation.objects.filter(signal=signal).exists():
        raise CannotDo("Somebody is asking why already")
    if not question or not method:
        raise CannotDo("Say what is asked, and which cases are looked at")
    if not owner.may_sign_in(on=timezone.localdate()):
        raise CannotDo(f"{owner} no longer works here. Choose somebody else")
    made: Investigation = Investigation.objects.create(
        signal=signal,
        question=question,
        method=method,
        partners=partners,
        owner=owner,
        opened_by=by,
    )
    notify(
        to=owner,
        text=f"{by} asks you why: {SERIES[signal.series].title}",
        page=reverse("quality:signal", args=[signal.pk]),
        subject=signal,
        by=by,
    )
    trail.record("Began to ask why the figures signal", made, by=by)
    return made


@transaction.atomic
def conclude_investigation(
    *,
    signal: Signal,
    sampled: int,
    findings: str,
    decision: str,
    decision_words: str,
    review_on: date,
    by: User,
) -> Investigation:
    """Say what was found in how many cases, what is decided, and when that is looked at again."""
    signal = _standing(signal)
    made = Investigation.objects.select_for_update().filter(signal=signal).first()
    if made is None:
        raise CannotDo("Nobody has asked why yet. Begin with the question")
    if decision not in InvestigationDecision.values:
        raise CannotDo("Choose what is decided")
    if sampled < 1 or not findings or not decision_words:
        raise CannotDo("Say how many cases were read, what was found, and what is decided")
    if review_on <= timezone.localdate():
        raise CannotDo("Look at it again on a day after today")
    made.sampled, made.findings, made.decision = sampled, findings, decision
    made.decision_words, made.review_on = decision_words, review_on
    made.concluded_at, made.concluded_by = timezone.now(), by
    made.save()
    signal.closed_at, signal.closed_because = made.concluded_at, made.get_decision_display()
    signal.save(update_fields=["closed_at", "closed_because"])
    trail.record("Concluded why the figures signalled", made, by=by)
    return made


def _standing(signal: Signal) -> Signal:
    found: Signal = Signal.objects.select_for_update(of=("self",)).get(pk=signal.pk)
    if found.closed_at is not None:
        raise CannotDo("This signal is closed already")
    return found


@transaction.atomic
def note_month(*, month: date, words: str, series: str = "", by: User) -> ChartNote:
    """Note what changed in a month, so that the charts of it are read rightly."""
    _must_be_over(month)
    if series and series not in SERIES:
        raise CannotDo("Choose which chart it is about")
    if not words:
        raise CannotDo("Say what changed")
    if ChartNote.objects.standing().filter(month=month, series=series, words=words).exists():
        raise CannotDo("This is noted already")
    made: ChartNote = ChartNote.objects.create(
        month=month, series=series, words=words, recorded_by=by
    )
    trail.record("Noted what changed in a month", made, by=by)
    return made


@transaction.atomic
def withdraw_note(*, note: ChartNote, by: User) -> None:
    """Take back a note that was wrong. It stays in the history."""
    note = ChartNote.objects.select_for_update(of=("self",)).get(pk=note.pk)
    if note.withdrawn_at is not None:
        raise CannotDo("This note was taken back already")
    note.withdrawn_at, note.withdrawn_by = timezone.now(), by
    note.save(update_fields=["withdrawn_at", "withdrawn_by"])
    trail.record("Took back a note on a month", note, by=by)


@transaction.atomic
def begin_afresh(*, series: str, month: date, reason: str, by: User) -> ChartStart:
    """Reckon a chart's limits anew from a month on, because of something known that changed.

    Only once the new level has held for seven months; the limits before it stay as they were.
    """
    if series not in SERIES:
        raise CannotDo("Choose which chart")
    if not reason:
        raise CannotDo("Say what changed, and how it is known")
    _must_be_over(month)
    last = last_whole(timezone.localdate())
    if add_months(month, HELD_MONTHS - 1) > last:
        enough = named(add_months(last, 1 - HELD_MONTHS))
        raise CannotDo(f"A new level must have held for {HELD_MONTHS} months: {enough} or before")
    starts = ChartStart.objects.select_for_update().filter(series=series)
    if (newest := starts.order_by("-month").first()) and month <= newest.month:
        raise CannotDo(f"The limits begin at {named(newest.month)} already: choose a later month")
    made: ChartStart = ChartStart.objects.create(
        series=series, month=month, reason=reason, recorded_by=by
    )
    trail.record("Began a chart's limits afresh", made, by=by, reason=reason)
    return made


def _must_be_over(month: date) -> None:
    if month.day != 1 or month > last_whole(timezone.localdate()):
        raise CannotDo("Choose a month that is over")
