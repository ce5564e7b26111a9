"""What supervision puts on a desk, on a team's pages, and beside a child's."""

from datetime import date

from hearth.accounts.models import User
from hearth.accounts.roles import SUPERVISORS
from hearth.lib.panels import (
    CASES,
    NavLink,
    Panel,
    SideLink,
    StaffLink,
    desk_panel,
    nav_link,
    side_link,
    staff_link,
    team_panel,
)
from hearth.supervision import policies
from hearth.supervision.pages.standing import managed_by, standings
from hearth.workforce.models import Team

SHOWN = 5

nav_link(
    NavLink("supervision", "Supervision", "supervision:mine", policies.mine, order=20, group=CASES)
)
side_link(SideLink("supervision", "Supervision", "supervision:child", order=35))
staff_link(StaffLink("supervision", "Supervision", "supervision:worker", policies.worker, order=20))


@desk_panel
def overdue_supervision(worker: User, today: date) -> Panel | None:
    """Whose supervision a manager has to hold, or has held and not written down."""
    if not worker.has_role(*SUPERVISORS):
        return None
    found = standings(managed_by(worker, today=today))
    wanting = [(one, one.states(today)) for one in found if one.needs(today) - {"all", "unsigned"}]
    if not wanting:
        return None
    context = {"lines": wanting[:SHOWN], "more": max(len(wanting) - SHOWN, 0)}
    title = f"Supervision overdue or not recorded ({len(wanting)})"
    return Panel("supervision", title, "supervision/_desk.html", context, order=20)


@team_panel
def supervision_of(worker: User, team: Team, _today: date) -> Panel | None:
    """How a team's supervision and oversight stand, for those who answer for it.

    The figures come after the page, so that the list of the team never waits for them.
    """
    if not policies.team.allows(worker, team):
        return None
    return Panel("supervision", "Supervision", "supervision/_team.html", {"team": team}, order=20)
