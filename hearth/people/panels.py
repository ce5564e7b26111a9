"""What the people room puts on a child's pages, and in the ways about the service."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Q, Value

from hearth.lib.codes import words
from hearth.lib.panels import BannerFact, NavLink, SideLink, banner, nav_link, side_link
from hearth.people import policies, restriction_panels
from hearth.people.models import Hazard, HouseholdMember

side_link(SideLink("person", "Who they are", "people:person", order=12))
side_link(SideLink("genogram", "Family tree", "people:genogram", order=14))

nav_link(
    NavLink(
        "create_person",
        "Put a person on record",
        "people:create_person",
        policies.create_person,
        order=30,
        begins=True,
    )
)
nav_link(
    NavLink(
        "professionals", "Professionals", "people:professionals", policies.professionals, order=60
    )
)
nav_link(NavLink("hazards", "Hazards to review", "people:hazards", policies.hazards, order=70))
nav_link(NavLink("merges", "Records to merge", "people:merges", policies.merges, order=80))


@banner
def warned(worker: Any, child: Any, today: date) -> Iterator[BannerFact]:
    """What a worker must know before they speak or knock, in one query.

    Whether few may know of this record, and the hazards of the child and of those they live with.
    """
    now = HouseholdMember.objects.on(today)
    homes = now.filter(person=child).values("household")
    at_home = now.filter(household__in=homes).values("person")
    hazards = Hazard.objects.on(today).filter(Q(person=child) | Q(person__in=at_home))
    found = restriction_panels.restricted(worker, child).union(
        hazards.values_list(Value("hazard"), "code")
    )
    codes = {(what, said) for what, said in found}
    for until in sorted(said for what, said in codes if what == "restriction"):
        yield from restriction_panels.said_of(until)
    for code in sorted(code for what, code in codes if what == "hazard"):
        yield BannerFact(words("hazard", code), colour="red", order=10)
