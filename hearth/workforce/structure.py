"""What workforce tells the rooms below of teams and managers."""

from collections.abc import Collection, Iterable
from datetime import date

from hearth.accounts.models import User
from hearth.accounts.structure import STRUCTURE
from hearth.workforce.leaving import in_numbers
from hearth.workforce.models import Team, TeamMembership


def teams(on: date) -> list[tuple[int, str]]:
    """The teams open on a day."""
    return list(Team.objects.open_on(on).values_list("pk", "name"))


def members(team_ids: Collection[int], on: date) -> Iterable[User]:
    """Everybody in any of these teams on a day."""
    held = TeamMembership.objects.on(on).filter(team__in=team_ids)
    found: Iterable[User] = User.objects.filter(pk__in=held.values("staff__user"))
    return found


def managers(worker: User, on: date) -> Iterable[User]:
    """Whoever manages a team the worker is in on a day."""
    own = TeamMembership.objects.on(on).filter(staff__user=worker).values("team_id")
    managing = TeamMembership.objects.on(on).filter(manages=True, team_id__in=own)
    found: Iterable[User] = User.objects.filter(pk__in=managing.values("staff__user"))
    return found


def tell() -> None:
    """Told once, when Hearth starts."""
    STRUCTURE.teams, STRUCTURE.members, STRUCTURE.managers = teams, members, managers
    STRUCTURE.open_work = in_numbers
