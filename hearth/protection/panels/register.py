"""The way to the list of children with a protection plan."""

from hearth.lib.panels import PROTECTION, NavLink, nav_link
from hearth.protection.policies import register

nav_link(
    NavLink(
        "register",
        "Protection plans",
        "protection:register",
        register,
        order=36,
        group=PROTECTION,
    )
)
