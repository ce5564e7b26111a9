"""Decisions about what is written: pure, over values."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from hearth.lib.dates import in_words

Answers = Mapping[str, Sequence[str]]


def holds_all_of(newer: Answers, older: Answers) -> bool:
    """Whether every word of one draft stands in another, so that saving it over loses nothing."""
    return all(
        _held(answers, newer.get(name, ())) for name, answers in older.items() if any(answers)
    )


def answers_alike(sent: Answers, others: Answers) -> bool:
    """Whether every answer in another's draft is the one that was sent: none is written over."""
    return all(
        _said(answers) == _said(sent.get(name, ()))
        for name, answers in others.items()
        if not name.endswith("-TOTAL_FORMS")
    )


def _said(answers: Sequence[str]) -> list[str]:
    return [_plain(answer) for answer in answers if answer]


def _held(older: Sequence[str], newer: Sequence[str]) -> bool:
    texts = [_plain(answer) for answer in newer]
    return all(any(_plain(answer) in text for text in texts) for answer in older if answer)


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


# A child may be written about before birth, once they are expected.
BEFORE_BIRTH = timedelta(days=300)


def why_not_then(happened_on: date, *, today: date, born: Mapping[str, date | None]) -> str | None:
    """Why something cannot have happened to these children then, in words; None if it can.

    `born` holds each child's name and day of birth, or the day it is expected.
    """
    if happened_on > today:
        return "This cannot be recorded before it has happened: check the date"
    for name, birth in born.items():
        if birth is not None and happened_on < birth - BEFORE_BIRTH:
            return (
                f"{in_words(happened_on)} is long before {name}'s birth on {in_words(birth)}: "
                f"check the date, or leave {name} out"
            )
    return None


NOON = time(12)


def moment_on(day: date, *, now: datetime) -> datetime:
    """A moment on a day: now if it is today, and noon of a day gone by."""
    if day == timezone.localdate(now):
        return now
    return timezone.make_aware(datetime.combine(day, NOON))


def first_words(text: str, most: int = 200) -> str:
    """The beginning of a text, cut between words."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    return line[: most - 1].rsplit(" ", 1)[0] + "…"
