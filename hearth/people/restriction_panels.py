"""What restriction puts on a child's pages: its tag, and its place at the side."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from hearth.design.forms.dates import clock
from hearth.lib.panels import (
    SERVICE,
    BannerFact,
    NavLink,
    SideLink,
    nav_link,
    side_link,
)
from hearth.people import policies_restriction as policies
from hearth.people.models import Restriction, RestrictionAccess
from hearth.people.models.restriction import AccessKind

nav_link(
    NavLink(
        "restrictions",
        "Restricted",
        "people:restrictions",
        policies.restrictions,
        order=84,
        group=SERVICE,
    )
)
nav_link(
    NavLink(
        "openings", "Records opened", "people:openings", policies.openings, order=85, group=SERVICE
    )
)
nav_link(
    NavLink(
        "refused_looks",
        "Refused looks",
        "people:refused_looks",
        policies.refused_looks,
        86,
        group=SERVICE,
    )
)
side_link(SideLink("restriction", "Who may see this", "people:restriction", order=95))

side_link(SideLink("looks", "Who has looked", "people:looks", order=96))


def restricted(worker: Any, child: Any) -> QuerySet[Any, Any]:
    """That few may know of this record; and until when it is open to one who broke the glass."""
    sealed = Restriction.objects.in_force().filter(person=child)
    broken = RestrictionAccess.objects.open_at(timezone.now()).filter(
        person=child, worker=worker, kind=AccessKind.BREAK_GLASS
    )
    until = Subquery(
        broken.order_by("-expires_at").values(said=Cast("expires_at", TextField()))[:1]
    )
    return sealed.values_list(
        Value("restriction"), Coalesce(until, Value(""), output_field=TextField())
    )


def said_of(until: str) -> Iterator[BannerFact]:
    """The same, in words."""
    yield BannerFact("Restricted", colour="purple", order=1)
    if until:
        words = clock(timezone.localtime(datetime.fromisoformat(until)))
        yield BannerFact(f"Open to you until {words}", colour="orange", order=2)
