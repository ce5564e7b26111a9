"""The returns room's place on every page."""

from hearth.lib.panels import (
    SERVICE,
    NavLink,
    nav_link,
)
from hearth.returns import policies

nav_link(NavLink("returns", "Returns", "returns:home", policies.home, order=80, group=SERVICE))
