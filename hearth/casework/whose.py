"""Whose work something is: asked by the policies of the rooms that do it."""

from django.utils import timezone

from hearth.accounts.models import User
from hearth.casework.models import Allocation, Task
from hearth.workforce.rules import memberships_of


def works_on(user: User, task: Task | None) -> bool:
    """Whether the work is this worker's: theirs by name, by team, or by working with a child."""
    if task is None:
        return False
    if task.worker_id == user.pk:
        return True
    with_a_child = Allocation.objects.current().filter(worker=user, child__in=task.about)
    in_its_team = memberships_of(user, timezone.localdate()).filter(team=task.team_id)
    # One question of the database: a page may ask this of several policies.
    return with_a_child.values("pk").union(in_its_team.values("pk")).exists()
