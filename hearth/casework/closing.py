"""What stands in the way of closing an episode, each thing with the task it can be put right at."""

from collections.abc import Sequence
from dataclasses import dataclass

from hearth.casework.models import Closing, Episode, Involvement, InvolvementKind, Task
from hearth.lib.dates import add_months

# While one of these stands a child is the service's to keep safe, and the episode stays open.
KEEPS_OPEN = (InvolvementKind.PROTECTION, InvolvementKind.LOOKED_AFTER)


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing still open, in words, and the task that would close it where there is one."""

    text: str
    task: Task | None = None


def obstacles_to_closing(episode: Episode) -> list[Obstacle]:
    """All that is still open on an episode. Empty when it may be closed.

    No closure with work outstanding: CIN census rules 8867 and 8868.
    """
    tasks = Task.objects.filter(children__episode=episode)
    waiting = [
        Obstacle(f"{task.step.name} is still open for {_whose(task)}", task)
        for task in tasks.outstanding().order_by("due_on", "pk")
        if not task.step.ends_with_episode
    ]
    unsigned = [
        Obstacle(f"{task.step.name} is waiting to be signed off for {_whose(task)}", task)
        for task in tasks.awaiting_sign_off().order_by("done_on", "pk")
        if not task.step.ends_with_episode
    ]
    return [*_standing(episode), *waiting, *unsigned]


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


def _standing(episode: Episode) -> list[Obstacle]:
    kept = Involvement.objects.filter(child=episode.child_id, kind__in=KEEPS_OPEN, ended_on=None)
    return [
        Obstacle(f"{involvement} still stands for {episode.child}")
        for involvement in kept.order_by("started_on")
    ]


def _whose(task: Task) -> str:
    return task.family or "this child"
