"""The desk's own places on every page, and beside a child's pages."""

from hearth.desk import policies
from hearth.lib.panels import NavLink, SideLink, nav_link, side_link

nav_link(NavLink("desk", "Desk", "desk:home", policies.home, order=0))
nav_link(NavLink("work", "Your work", "desk:work", policies.work, order=5))

side_link(SideLink("front", "Front page", "desk:child", order=0))
side_link(SideLink("judgements", "Need and risk", "desk:judgements", order=33))
side_link(SideLink("family", "Family", "desk:family", order=10))
