"""What stands in the way of closing an episode, each thing with the task it can be put right at."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F

from hearth.casework.models import Closing, Episode, Involvement, InvolvementKind, Task
from hearth.lib.dates import add_months, in_words

# While one of these stands a child is the service's to keep safe, and the episode stays open.
KEEPS_OPEN = (InvolvementKind.PROTECTION, InvolvementKind.LOOKED_AFTER)


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing still open, in words, and the task that would close it where there is one."""

    text: str
    task: Task | None = None


def obstacles_to_closing(episode: Episode) -> list[Obstacle]:
    """All that is still open on an episode. Empty when it may be closed."""
    return obstacles_to_closing_each([episode])[episode.pk]


def obstacles_to_closing_each(episodes: Sequence[Episode]) -> dict[int, list[Obstacle]]:
    """All that is still open on each of some episodes. Two queries, however many there are.

    No closure with work outstanding: CIN census rules 8867 and 8868.
    """
    found = {episode.pk: _standing(episode, kept) for episode, kept in _kept_open(episodes)}
    tasks: Any = (
        Task.objects.unsettled()
        .filter(children__episode__in=list(found))
        .annotate(of_episode=F("children__episode"))
        .order_by(F("done_on").asc(nulls_first=True), "due_on", "pk")
    )
    for task in tasks:
        if not task.step.ends_with_episode:
            how = "still open" if task.done_at is None else "waiting to be signed off"
            said = Obstacle(f"{task.step.name} is {how} for {_whose(task)}{_by(task)}", task)
            found[task.of_episode].append(said)
    return found


def why_not_close(episode: Episode) -> list[str]:
    """What is still open on an episode, in words alone."""
    return [obstacle.text for obstacle in obstacles_to_closing(episode)]


def needs_senior(closing: Closing, episodes: Sequence[Episode]) -> str | None:
    """Why a service manager, and not a team manager, decides a closing; None when either may.

    A child who had a protection plan in the last year, or a closing that the family or an agency
    does not agree with.
    """
    if closing.against_advice:
        return "The family or an agency does not agree with closing"
    year_before = add_months(closing.ended_on, -12)
    ended = Involvement.objects.filter(
        child__in=[episode.child_id for episode in episodes],
        kind=InvolvementKind.PROTECTION,
        ended_on__gt=year_before,
    )
    first = ended.select_related("child").order_by("pk").first()
    return f"{first.child} had a child protection plan in the last 12 months" if first else None


def _kept_open(episodes: Sequence[Episode]) -> Iterator[tuple[Episode, list[Involvement]]]:
    """Each episode, with what keeps its child the service's to keep safe."""
    children = [episode.child_id for episode in episodes]
    kept = Involvement.objects.filter(child__in=children, kind__in=KEEPS_OPEN, ended_on=None)
    standing = list(kept.order_by("started_on"))
    for episode in episodes:
        yield episode, [one for one in standing if one.child_id == episode.child_id]


def _standing(episode: Episode, kept: Sequence[Involvement]) -> list[Obstacle]:
    return [Obstacle(f"{one} still stands for {episode.child}") for one in kept]


def _whose(task: Task) -> str:
    return task.family or "this child"


def _by(task: Task) -> str:
    return f", due {in_words(task.due_on)}" if task.due_on else ""
