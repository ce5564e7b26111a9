"""What may be recorded of people, decided from the facts alone: no query, no clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, TypeVar

from hearth.lib.dates import in_words
from hearth.people.models import DatedFact

F = TypeVar("F", bound=DatedFact)

# The longest a pregnancy is counted: before it, nothing can be known of a child.
PREGNANCY = timedelta(weeks=43)
OLDEST = timedelta(days=366 * 125)


class NoRoom(Exception):
    """A fact does not fit among those already recorded. The message tells the worker why."""


@dataclass(frozen=True, slots=True)
class Room(Generic[F]):
    """Where a fact fits: the days it holds up to, and the fact it brings to an end."""

    ended_on: date | None
    brings_to_an_end: F | None = None


def why_not_born(born_on: date, *, expected: bool, today: date) -> str | None:
    """Why a date of birth, or one that is expected, cannot be right; None when it can."""
    if not expected and born_on > today:
        return "The date of birth is in the future. If the birth is expected, say so"
    if not expected and born_on < today - OLDEST:
        return "The date of birth is more than 125 years ago"
    if expected and born_on > today + PREGNANCY:
        return "The date the birth is expected is too far ahead"
    if expected and born_on < today - PREGNANCY:
        return "The date the birth was expected is too long ago. Record the birth, or its end"
    return None


def earliest_day(born_on: date | None, expected_on: date | None) -> date | None:
    """The first day anything can be recorded of somebody; None when nothing is known.

    A child may be known of before birth: an address, a household, a network, a relationship.
    """
    if expected_on is not None:
        return expected_on - PREGNANCY
    return born_on


def why_not_days(fact: DatedFact, *, earliest: date | None, today: date) -> str | None:
    """Why a fact cannot have held on the days given for it; None when it can."""
    started_on, ended_on = fact.started_on, fact.ended_on
    if started_on is not None and started_on > today:
        return "The start date is in the future"
    if started_on is not None and ended_on is not None and ended_on < started_on:
        return "The end date is before the start date"
    first = min((day for day in (started_on, ended_on) if day is not None), default=None)
    if earliest is not None and first is not None and first < earliest:
        return f"This cannot have been so before {in_words(earliest)}, for they were not yet born"
    return None


def make_room(fact: F, others: Sequence[F]) -> Room[F]:
    """Where a new fact fits among the standing ones of its slot.

    An open one that came before ends where the new one starts; a new one recorded late ends where
    the next started. Anything else that shares a day with it is refused: it is for the worker to
    say which is wrong.
    """
    ended_on = fact.ended_on
    if ended_on is None:
        starts = [o.started_on for o in others if o.started_on and _is_after(o, fact)]
        ended_on = min(starts, default=None)
    in_the_way = [o for o in others if _overlap(o, fact.started_on, ended_on)]
    open_before = [o for o in in_the_way if _is_open_before(o, fact)]
    for other in in_the_way:
        if other not in open_before:
            raise NoRoom(f"{_already(other)}. Correct or end that first")
    return Room(ended_on, open_before[0] if open_before else None)


def _is_after(other: DatedFact, fact: DatedFact) -> bool:
    return other.started_on is not None and (
        fact.started_on is None or other.started_on > fact.started_on
    )


def _is_open_before(other: DatedFact, fact: DatedFact) -> bool:
    return (
        other.ended_on is None
        and fact.started_on is not None
        and (other.started_on is None or other.started_on < fact.started_on)
    )


def _overlap(other: DatedFact, started_on: date | None, ended_on: date | None) -> bool:
    """Whether two facts share a day; one that started and ended on one day holds none."""
    low = max(other.started_on or date.min, started_on or date.min)
    high = min(other.ended_on or date.max, ended_on or date.max)
    return low < high


def _already(other: DatedFact) -> str:
    return f"{other} is already recorded{days_in_words(other)}"


def days_in_words(fact: DatedFact) -> str:
    """The days a fact held, to follow its words: ' from 1 May 2024 up to 3 June 2025'."""
    start = f" from {in_words(fact.started_on)}" if fact.started_on else ""
    end = f" up to {in_words(fact.ended_on)}" if fact.ended_on else ""
    return start + end
