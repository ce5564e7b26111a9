"""From which day an episode may close: nothing within it may be dated after it closed.

CIN census rule 8565. Rooms above say what they date in an episode: they register here at start-up.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, DateField, F, QuerySet, Value
from django.db.models.functions import Cast

from hearth.casework.models import Episode
from hearth.lib.dates import in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """Something that an episode may have had on a day: in words, its rows, and their day."""

    words: str
    rows: Callable[[], QuerySet[Any]]
    day: str


DATED: list[Dated] = []


def why_not_day(episode: Episode, *, on: date) -> str | None:
    """Why an episode may not close on a day, and from which it may; None when it may. One query."""
    later = [_after(kind, episode, on) for kind in DATED]
    found = later[0].union(*later[1:], all=True).order_by("-day", "said").first() if later else None
    if found is None:
        return None
    day, words = found
    return f"{episode.child} cannot close before {in_words(day)}, the day {words}"


def _after(kind: Dated, episode: Episode, on: date) -> QuerySet[Any, Any]:
    """What of a kind an episode has on a later day than this."""
    dated = kind.rows().filter(episode=episode).annotate(day=Cast(F(kind.day), DateField()))
    later = dated.filter(day__gt=on).annotate(said=Value(kind.words, output_field=CharField()))
    found: QuerySet[Any, Any] = later.order_by().values_list("day", "said")
    return found
