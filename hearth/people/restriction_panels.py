"""What restriction puts on a child's pages: its tag, and its place at the side."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils import timezone

from hearth.design.forms.dates import clock
from hearth.lib.panels import BannerFact, SideLink, banner, side_link
from hearth.people.models import Restriction, RestrictionAccess
from hearth.people.models.restriction import AccessKind

side_link(SideLink("restriction", "Who may see this", "people:restriction", order=95))

side_link(SideLink("looks", "Who has looked", "people:looks", order=96))


@banner
def restricted(worker: Any, child: Any, today: date) -> Iterator[BannerFact]:  # noqa: ARG001
    """Few may know of this record; and until when, for one who broke the glass."""
    if not Restriction.objects.in_force().filter(person=child).exists():
        return
    yield BannerFact("Restricted", colour="purple", order=1)
    broken = RestrictionAccess.objects.open_at(timezone.now()).filter(
        person=child, worker=worker, kind=AccessKind.BREAK_GLASS
    )
    if access := broken.order_by("-expires_at").first():
        until = clock(timezone.localtime(access.expires_at))
        yield BannerFact(f"Open to you until {until}", colour="orange", order=2)
