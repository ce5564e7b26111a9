"""The ways to the staff and the teams."""

from hearth.lib.panels import (
    SERVICE,
    NavLink,
    nav_link,
)
from hearth.workforce import policies

nav_link(
    NavLink("staff", "Staff", "workforce:staff_list", policies.staff_list, order=70, group=SERVICE)
)
nav_link(NavLink("teams", "Teams", "workforce:teams", policies.teams, order=71, group=SERVICE))
