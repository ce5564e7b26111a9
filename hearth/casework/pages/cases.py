"""Who has the case: a child's history of workers, an episode, and the children nobody has."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from hearth.accounts.models import User
from hearth.casework import policies
from hearth.casework.caseload import statuses_on
from hearth.casework.families import families_of
from hearth.casework.models import (
    Allocation,
    Direction,
    Episode,
    Involvement,
    InvolvementKind,
    Task,
    TaskChild,
)
from hearth.casework.status import Tag, tags_of
from hearth.lib.codes import words
from hearth.lib.dates import add_months, in_calendar, working_days_until
from hearth.people.models import Person
from hearth.workforce.models import Team
from hearth.workforce.rules import is_employed

DANGER = [
    InvolvementKind.PROTECTION,
    InvolvementKind.LOOKED_AFTER,
    InvolvementKind.ASSESSMENT,
    InvolvementKind.CHILD_IN_NEED,
]


@dataclass(frozen=True, slots=True)
class Spell:
    """One worker's time with a case, as a page shows it."""

    allocation: Allocation
    why_changed: str
    why_not_end: list[str]


@dataclass(frozen=True, slots=True)
class CaseHistory:
    """Everybody who had a child's case, and how often the lead changed."""

    child: Person
    spells: list[Spell]
    leads_in_a_year: int
    episodes: list[Episode]


def history_of(child: Person, worker: User, *, today: date) -> CaseHistory:
    """Everybody who had a child's case, the latest first."""
    held = list(
        Allocation.objects.filter(child=child)
        .select_related("worker", "team", "allocated_by", "episode")
        .order_by("-started_on", "-pk")
    )
    spells = [Spell(a, _why(a), policies.end_allocation.refusals(worker, a)) for a in held]
    episodes = list(child.episodes.order_by("-started_on", "-pk"))
    return CaseHistory(child, spells, leads_since(held, add_months(today, -12)), episodes)


def leads_since(held: Sequence[Allocation], day: date) -> int:
    """How many different lead workers there were since a day."""
    return len(
        {a.worker_id for a in held if a.role == "lead" and (a.ended_on is None or a.ended_on > day)}
    )


def _why(allocation: Allocation) -> str:
    reason = allocation.change_reason
    return words("allocation_change_reason", reason) if reason else ""


@dataclass(frozen=True, slots=True)
class EpisodePage:
    """One child's time with the service."""

    episode: Episode
    child: Person
    tags: tuple[Tag, ...]
    facts: dict[str, str]
    spells: list[Spell]
    involvements: list[Involvement]
    waiting: list[Task]
    directions: list[Direction]
    today: date
    why_not_allocate: list[str]
    why_not_close: list[str]


def episode_page(episode: Episode, worker: User, *, today: date) -> EpisodePage:
    """How it began, what the child was to us, who had it, what is open and how it ended."""
    involvements = list(episode.child.involvements.order_by("-started_on", "-pk"))
    during = [i for i in involvements if i.ended_on is None or i.ended_on > episode.started_on]
    held = (
        episode.allocations.select_related("worker", "team", "allocated_by")
        .order_by("-started_on", "-pk")
        .all()
    )
    return EpisodePage(
        episode=episode,
        child=episode.child,
        tags=tags_of({i.kind for i in involvements if i.ended_on is None}, episode),
        facts=_facts(episode),
        spells=[Spell(a, _why(a), []) for a in held],
        involvements=during,
        waiting=list(
            Task.objects.outstanding()
            .filter(children__episode=episode)
            .select_related("worker", "team")
            .order_by(F("due_on").asc(nulls_last=True), "pk")
        ),
        directions=list(
            Direction.objects.filter(children__episode=episode)
            .select_related("owner", "given_by", "task")
            .order_by("-given_on", "-pk")[:20]
        ),
        today=today,
        why_not_allocate=policies.allocate.refusals(worker, episode),
        why_not_close=policies.ask_to_close.refusals(worker, episode),
    )


def _facts(episode: Episode) -> dict[str, str]:
    """The episode's codes in words."""
    found = {"Referral source": words("referral_source", episode.referral_source)}
    if episode.primary_need:
        found["Primary need"] = words("primary_need", episode.primary_need)
    if episode.no_further_action:
        found["Closed"] = "At the referral, with no further action"
    if episode.closure_reason:
        found["Why it closed"] = words("cin_closure_reason", episode.closure_reason)
    return found


@dataclass(slots=True)
class Waiting:
    """A family nobody has been given: who, how long, and how grave."""

    episode: Episode
    children: list[Person] = field(default_factory=list)
    tags: tuple[Tag, ...] = ()
    need: str = ""
    team: Team | None = None
    since: date | None = None
    days: int = 0
    had_one: bool = False
    # Who leads it on paper, and why they cannot.
    stranded: str = ""


def unallocated(*, team: Team | None = None, today: date) -> QuerySet[Episode]:
    """Open episodes that no worker leads who can: the gravest first, then the longest waiting.

    A case led by somebody whose account is closed, who has left, or whose registration ran out has
    nobody, whatever its allocation says.
    """
    leading = Allocation.objects.on(today).leading()
    led = leading.filter(episode=OuterRef("pk"))
    # Those with no end, and those with one to come, each by its own index.
    able = leading.able(today).values("episode")
    waiting = TaskChild.objects.filter(
        episode=OuterRef("pk"),
        task__step_key="casework.allocate",
        task__done_at=None,
        task__cancelled_at=None,
    )
    standing = Involvement.objects.on(today).filter(child=OuterRef("child"))
    found = (
        Episode.objects.open_on(today)
        .exclude(pk__in=able.filter(ended_on=None))
        .exclude(pk__in=able.filter(ended_on__gt=today))
        .annotate(
            team_id=Coalesce(
                Subquery(waiting.values("task__team")[:1]), Subquery(led.values("team")[:1])
            ),
            is_planned=Exists(standing.filter(kind=InvolvementKind.PROTECTION)),
            is_looked_after=Exists(standing.filter(kind=InvolvementKind.LOOKED_AFTER)),
        )
    )
    if team is not None:
        found = found.filter(Q(team_id=team.pk))
    return found.select_related("child").order_by(
        "-is_planned", "-is_looked_after", "started_on", "pk"
    )


def as_waiting(episodes: Sequence[Any], *, today: date) -> list[Waiting]:
    """Those episodes as lines of a list, brothers and sisters together."""
    children = [episode.child_id for episode in episodes]
    kinds = statuses_on(children, on=today)
    families = families_of(children, on=today)
    ended = Allocation.objects.leading().filter(episode__in=[e.pk for e in episodes])
    last = dict(ended.order_by("ended_on").values_list("episode_id", "ended_on"))
    stranded = _stranded(episodes, today)
    teams = Team.objects.in_bulk({e.team_id for e in episodes if e.team_id})
    lines: dict[int, Waiting] = {}
    for episode in episodes:
        line = lines.get(families[episode.child_id])
        if line is None:
            since = last.get(episode.pk) or episode.started_on
            line = lines[families[episode.child_id]] = Waiting(
                episode=episode,
                tags=tags_of(kinds.get(episode.child_id, ()), episode),
                need=words("primary_need", episode.primary_need) if episode.primary_need else "",
                team=teams.get(episode.team_id),
                since=since,
                days=working_days_until(since, today) if in_calendar(since) else 0,
                had_one=episode.pk in last,
                stranded=stranded.get(episode.pk, ""),
            )
        line.children.append(episode.child)
    return list(lines.values())


def _stranded(episodes: Sequence[Any], today: date) -> dict[int, str]:
    """Of these episodes, who leads each on paper and why they cannot."""
    held = Allocation.objects.on(today).leading().filter(episode__in=[e.pk for e in episodes])
    found = held.select_related("worker__staff").order_by("pk")
    return {each.episode_id: _why_unable(each.worker, today) for each in found}


def _why_unable(worker: User, today: date) -> str:
    if not worker.may_sign_in(on=today):
        return f"{worker}'s account is closed"
    if not is_employed(worker, on=today):
        return f"{worker} does not work here now"
    return f"{worker} is not registered"


@dataclass(frozen=True, slots=True)
class AllocationPage:
    """One worker's time with one child's case."""

    spell: Spell
    directions: list[Direction]
    part_ended: bool


def allocation_page(allocation: Allocation, worker: User) -> AllocationPage:
    """The spell, and what the manager asked for when it began."""
    asked = Direction.objects.filter(
        children__episode=allocation.episode_id,
        source="allocation",
        given_on=allocation.started_on,
        owner=allocation.worker_id,
    )
    return AllocationPage(
        Spell(allocation, _why(allocation), policies.end_allocation.refusals(worker, allocation)),
        list(asked.select_related("task").order_by("due_on", "pk")),
        allocation.ended_on is not None,
    )
