"""The pages of closing: what stands in the way, what was said, and what was decided."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from hearth.accounts.models import User
from hearth.casework import policies
from hearth.casework.addresses import address_of
from hearth.casework.closing import needs_senior, obstacles_to_closing_each
from hearth.casework.closure_reasons import found_nothing, refused_each
from hearth.casework.families import open_episodes_with
from hearth.casework.models import Closing, ClosingChild, Episode, Submission, Task
from hearth.lib.codes import words
from hearth.people.models import Person
from hearth.records.models import VisitChild


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that has to be finished first, with where."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Asking:
    """A family's open episodes, what stands in the way of closing them, and what was said."""

    episode: Episode
    episodes: list[Episode]
    gaps: list[tuple[Person, list[Gap]]]
    returned: Submission | None
    said: Mapping[str, Any]
    said_of_each: Mapping[int, Mapping[str, Any]]
    today: date
    # The reasons that do not fit each episode, with why.
    refused: Mapping[int, Mapping[str, str]]
    # The children in whose only assessment no factors were found.
    found_nothing: frozenset[int]

    @property
    def children(self) -> list[Person]:
        """The children, eldest first after the one it was opened from."""
        return [episode.child for episode in self.episodes]

    def fits(self, child: Person) -> dict[str, Any]:
        """The reasons that do not fit a child's episode, and whether nothing was found in it."""
        nothing = child.pk in self.found_nothing
        return {"refused": self.refused[child.pk], "found_nothing": nothing}

    @property
    def about(self) -> list[int]:
        """The children's ids."""
        return [episode.child_id for episode in self.episodes]


def asking(episode: Episode, *, today: date) -> Asking:
    """The page on which a closing is written; a returned one with all it said."""
    episodes = open_episodes_with(episode, on=today)
    obstacles = obstacles_to_closing_each(episodes)
    gaps = [(e.child, [_gap(o.text, o.task) for o in obstacles[e.pk]]) for e in episodes]
    last, not_fitting = _returned(episode), refused_each(episodes)
    nothing = found_nothing(episodes)
    seen = VisitChild.objects.last_seen_days([e.child_id for e in episodes])
    return Asking(
        episode=episode,
        episodes=episodes,
        gaps=[(child, found) for child, found in gaps if found],
        returned=_decision(last) if last else None,
        said=_said(last),
        said_of_each=_said_of_each(last, episode, seen),
        today=today,
        refused={e.child_id: not_fitting[e.pk] for e in episodes},
        found_nothing=frozenset(e.child_id for e in episodes if e.pk in nothing),
    )


def _gap(text: str, task: Task | None) -> Gap:
    return Gap(text, address_of(task) if task else "")


def _returned(episode: Episode) -> Closing | None:
    """The closing of this episode that was sent back, if it was."""
    return (
        Closing.objects.filter(
            children__episode=episode, task__done_at=None, task__cancelled_at=None
        )
        .order_by("-pk")
        .first()
    )


def _decision(closing: Closing) -> Submission | None:
    return closing.task.submissions.select_related("decided_by").order_by("-number").first()


def _said(closing: Closing | None) -> dict[str, Any]:
    if closing is None:
        return {}
    names = ("ended_on", "told_family", "told_agencies", "against_advice")
    return {name: getattr(closing, name) for name in names}


SAID_OF_EACH = ("summary", "last_seen_on", "not_seen_reason")


def _said_of_each(
    closing: Closing | None, episode: Episode, seen: Mapping[int, date]
) -> dict[int, dict[str, Any]]:
    """What each child's part starts with: when they were last seen, or what was said before."""
    found: dict[int, dict[str, Any]] = {pk: {"last_seen_on": day} for pk, day in seen.items()}
    found.setdefault(episode.child_id, {})["closes"] = True
    names = ("closure_reason", "no_factors_reason", *SAID_OF_EACH)
    for part in closing.children.all() if closing else ():
        said = {name: getattr(part, name) for name in names}
        found[part.child_id] = {**said, "closes": True}
    return found


@dataclass(frozen=True, slots=True)
class ClosingPage:
    """A closing as it was sent, and what was decided."""

    closing: Closing
    task: Task
    parts: list[tuple[ClosingChild, str]]
    versions: list[Submission]
    needs_senior: str | None
    refusals: list[str]
    gaps: list[Gap]


def page_of(closing: Closing, worker: User) -> ClosingPage:
    """A closing, for whoever wrote it and whoever decides it."""
    parts = list(closing.children.select_related("child", "episode").order_by("child__born_on"))
    episodes = [part.episode for part in parts]
    is_waiting = closing.task.signed_off_at is None
    obstacles = obstacles_to_closing_each(episodes if is_waiting else []).values()
    gaps = [obstacle for found in obstacles for obstacle in found]
    return ClosingPage(
        closing=closing,
        task=closing.task,
        parts=[(part, words("cin_closure_reason", part.closure_reason)) for part in parts],
        versions=list(
            closing.task.submissions.select_related("submitted_by", "decided_by").order_by("number")
        ),
        needs_senior=needs_senior(closing, episodes),
        refusals=policies.decide_closing.refusals(worker, closing),
        gaps=[_gap(o.text, o.task) for o in gaps],
    )
