"""What restriction puts on a child's pages: its tag, and its place at the side."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from hearth.design.forms.dates import clock
from hearth.lib.panels import BannerFact, NavLink, SideLink, nav_link, side_link
from hearth.people import policies_restriction as policies
from hearth.people.models import RestrictionAccess
from hearth.people.models.restriction import AccessKind

nav_link(
    NavLink("restrictions", "Restricted", "people:restrictions", policies.restrictions, order=84)
)
nav_link(NavLink("openings", "Records opened", "people:openings", policies.openings, order=85))
nav_link(
    NavLink("refused_looks", "Refused looks", "people:refused_looks", policies.refused_looks, 86)
)
side_link(SideLink("restriction", "Who may see this", "people:restriction", order=95))

side_link(SideLink("looks", "Who has looked", "people:looks", order=96))


def restricted(worker: Any, child: Any) -> Iterator[BannerFact]:
    """Few may know of this record; and until when, for one who broke the glass."""
    yield BannerFact("Restricted", colour="purple", order=1)
    broken = RestrictionAccess.objects.open_at(timezone.now()).filter(
        person=child, worker=worker, kind=AccessKind.BREAK_GLASS
    )
    if access := broken.order_by("-expires_at").first():
        until = clock(timezone.localtime(access.expires_at))
        yield BannerFact(f"Open to you until {until}", colour="orange", order=2)
