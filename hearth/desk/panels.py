"""The desk's own places beside a child's pages."""

from hearth.lib.panels import SideLink, side_link

side_link(SideLink("front", "Front page", "desk:child", order=0))
side_link(SideLink("family", "Family", "desk:family", order=10))
