"""The way to core groups, and what a protection plan waits for on its own page."""

from hearth.lib.panels import (
    PROTECTION,
    NavLink,
    nav_link,
)
from hearth.protection.policies import core_groups

nav_link(
    NavLink(
        "core_groups",
        "Core groups",
        "protection:core_groups",
        core_groups,
        order=38,
        group=PROTECTION,
    )
)
