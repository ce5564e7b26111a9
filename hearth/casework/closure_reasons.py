"""Which reasons for closing fit an episode, and in words why the others do not.

The census finds a reason that its own record contradicts (rules 2990, 8825 and 8585), and asks
about one that its record does not lead to (8873Q). Rooms above say what they know of an episode:
they register here at start-up.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from hearth.casework.models import Episode
from hearth.lib.codes import code_set

DIED = "RC2"
# A case that closed when its assessment was done: there was no more to it than that.
AFTER_ASSESSMENT = ("RC8", "RC9")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """Something an episode may have had: in words, and its rows, which have an `episode`."""

    key: str
    words: str
    rows: Callable[[], QuerySet[Any]]


# What a case is closed after, where it closes after assessment; and what is more than that.
ASSESSMENTS: list[Trace] = []
MORE: list[Trace] = []
# Of some episodes by id, those whose only assessment found no factors.
FOUND_NOTHING: list[Callable[[Sequence[int]], set[int]]] = []
ASKED_WHY = (
    "The one assessment found no factors, and yet it does not close after assessment: say why not"
)


def traces(episode: str = "pk") -> dict[str, Exists]:
    """What an episode had, to be annotated on rows whose `episode` this path leads to."""
    return {
        f"had_{one.key}": Exists(one.rows().filter(episode=OuterRef(episode)))
        for one in (*ASSESSMENTS, *MORE)
    }


def refused_each(episodes: Sequence[Episode]) -> dict[int, dict[str, str]]:
    """The reasons that do not fit each of these, with why, by the episode. One query."""
    ids = [episode.pk for episode in episodes]
    rows = Episode.objects.filter(pk__in=ids).select_related("child").annotate(**traces())
    return {row.pk: refused(row, died_on=row.child.died_on) for row in rows}


def refused(row: Any, *, died_on: date | None) -> dict[str, str]:
    """The reasons that do not fit, with why, of a row that `traces` were annotated on."""
    found = {} if died_on else {DIED: "no death is on their record: record it there first"}
    more = [one.words for one in MORE if getattr(row, f"had_{one.key}")]
    if more:
        why = f"that is for a case closed straight after assessment, and this had {_and(more)}"
        found |= dict.fromkeys(AFTER_ASSESSMENT, why)
    elif ASSESSMENTS and not any(getattr(row, f"had_{one.key}") for one in ASSESSMENTS):
        why = "that is for a case closed after assessment, and none was made in this episode"
        found |= dict.fromkeys(AFTER_ASSESSMENT, why)
    return found


def why_not_reason(episode: Episode, reason: str, *, on: date) -> str | None:
    """Why this is no reason, or does not fit an episode, and which do; None when it does."""
    why = code_set("cin_closure_reason").why_not_valid(reason, on=on)
    return why or say_refused(reason, refused_each([episode])[episode.pk], on=on)


def found_nothing(episodes: Sequence[Episode]) -> set[int]:
    """Those of some episodes whose only assessment found no factors, by id."""
    ids = [episode.pk for episode in episodes]
    return {pk for ask in FOUND_NOTHING for pk in ask(ids)}


def asks_why(reason: str) -> bool:
    """Whether to ask, of an episode in which nothing was found, why it closes for this reason."""
    return reason not in AFTER_ASSESSMENT


def say_refused(reason: str, refusals: Mapping[str, str], *, on: date) -> str | None:
    """Why a reason is refused, and which fit, in words; None where it is not."""
    if reason not in refusals:
        return None
    known = code_set("cin_closure_reason")
    fit = "; ".join(known.label(code) for code in fitting(refusals, on=on))
    return f"Not “{known.label(reason)}”: {refusals[reason]}. What fits: {fit}"


def fitting(refusals: Iterable[str], *, on: date) -> list[str]:
    """The codes of the reasons that fit."""
    return [
        code for code, _ in code_set("cin_closure_reason").choices(on=on) if code not in refusals
    ]


def not_offered(refusals: Mapping[str, str]) -> str:
    """Which reasons are not offered, and why, as light help beside the question."""
    known, by_why = code_set("cin_closure_reason"), dict[str, list[str]]()
    for code, why in refusals.items():
        by_why.setdefault(why, []).append(f"“{known.label(code)}”")
    return " ".join(f"Not {' or '.join(names)}: {why}." for why, names in by_why.items())


def _and(words: Sequence[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last
