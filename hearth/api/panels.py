"""The ways to what is asked by machine."""

from hearth.api import policies
from hearth.lib.panels import (
    SERVICE,
    NavLink,
    SideLink,
    nav_link,
    side_link,
)

nav_link(
    NavLink("askers", "Health look-ups", "api:askers", policies.askers, order=95, group=SERVICE)
)
side_link(SideLink("look_ups", "Health look-ups", "api:child_look_ups", order=95))
