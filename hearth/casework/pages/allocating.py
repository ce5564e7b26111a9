"""The page on which a manager gives a family's cases to a worker."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef

from hearth.accounts.models import User
from hearth.casework.allocating import Candidate, Choice, choose_among
from hearth.casework.caseload import loads_with
from hearth.casework.families import open_episodes_with
from hearth.casework.forms.allocating import WhereForm
from hearth.casework.models import Allocation, AllocationRole, Episode, Task
from hearth.casework.status import Tag, tags_of
from hearth.lib.codes import words
from hearth.lib.errors import CannotDo
from hearth.workforce.leaving import Holding, held_by
from hearth.workforce.models import Staff, Team, TeamMembership


@dataclass(frozen=True, slots=True)
class Sibling:
    """A child of the family whose case is to be given."""

    episode: Episode
    tags: tuple[Tag, ...]
    need: str
    lead: Allocation | None


@dataclass(frozen=True, slots=True)
class AllocatePage:
    """The family, and everybody in a team who could have its cases."""

    episode: Episode
    siblings: list[Sibling]
    candidates: list[Candidate]
    team: Team | None
    part: str
    waiting: Task | None
    today: date

    @property
    def about(self) -> list[int]:
        """The ids of the children."""
        return [sibling.episode.child_id for sibling in self.siblings]

    @property
    def changes(self) -> bool:
        """Whether any of the children has a lead already."""
        return any(sibling.lead for sibling in self.siblings)

    @property
    def part_words(self) -> str:
        """The part in words."""
        return str(AllocationRole(self.part).label)

    @property
    def known(self) -> dict[str, str]:
        """What need not be typed again: what the manager who accepted it wants done."""
        return {"direction": self.waiting.brief} if self.waiting else {}

    @property
    def form_options(self) -> dict[str, Any]:
        """What the form is made from."""
        due_on = self.waiting.due_on if self.waiting else None
        return {
            "episodes": [sibling.episode for sibling in self.siblings],
            "candidates": self.candidates,
            "part": self.part,
            "changes": self.changes,
            "is_late": due_on is not None and due_on < self.today,
            "today": self.today,
        }


def page_of(episode: Episode, where: WhereForm, *, today: date) -> AllocatePage:
    """The family of an episode, and what each worker of the chosen team would carry."""
    episodes = open_episodes_with(episode, on=today)
    waiting = (
        Task.objects.outstanding()
        .filter(step_key="casework.allocate", children__episode__in=episodes)
        .select_related("team")
        .order_by("due_on", "pk")
        .first()
    )
    part = _part(where)
    team = team_of(where) or (waiting.team if waiting else None) or _team_of_lead(episode)
    if team is not None:
        choice = choose_among(team=team, episodes=episodes, part=part, on=today, today=today)
    else:
        choice = Choice([], loads_with([], episodes, part, on=today))
    statuses, leads = choice.loads.statuses, choice.loads.leads
    siblings = [
        Sibling(
            e,
            tags_of(statuses.get(e.child_id, ()), e),
            words("primary_need", e.primary_need) if e.primary_need else "",
            leads.get(e.pk),
        )
        for e in episodes
    ]
    return AllocatePage(episode, siblings, choice.candidates, team, part, waiting, today)


def case_of(task: Task) -> Episode:
    """The open case a task asks to have given to somebody: one that nobody leads, before others."""
    led = Allocation.objects.current().leading().filter(episode=OuterRef("pk"))
    found = (
        Episode.objects.open()
        .filter(child__in=task.about)
        .order_by(Exists(led), "started_on", "pk")
        .first()
    )
    if found is None:
        raise CannotDo("None of these children has an open case to give to anybody")
    return found


def _team_of_lead(episode: Episode) -> Team | None:
    lead = episode.allocations.current().leading().select_related("team").first()
    return lead.team if lead else None


def team_of(where: WhereForm) -> Team | None:
    """The team that was chosen, if one was."""
    where.is_valid()
    chosen: Team | None = getattr(where, "cleaned_data", {}).get("team")
    return chosen


def _part(where: WhereForm) -> str:
    where.is_valid()
    return str(getattr(where, "cleaned_data", {}).get("part") or AllocationRole.LEAD.value)


@dataclass(frozen=True, slots=True)
class HandOverPage:
    """All that a worker has, and the team whose workers could take it."""

    staff: Staff
    held: Holding
    team: Team
    teams: list[Team]


def hand_over_page(staff: Staff, chosen: str | None, worker: User, *, today: date) -> HandOverPage:
    """What somebody has, and the team they are in unless another is chosen."""
    own = TeamMembership.objects.on(today).filter(team=OuterRef("pk"), staff=staff)
    teams = list(Team.objects.open_on(today).order_by(Exists(own).desc(), "name"))
    asked = [team for team in teams if str(team.pk) == chosen]
    team = (asked or teams)[0]  # their own stand first
    return HandOverPage(staff, held_by(staff.user, worker=worker), team, teams)
