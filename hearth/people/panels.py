"""What the people room puts on a child's pages, and in the ways about the service."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Value

from hearth.lib.codes import words
from hearth.lib.panels import (
    CASES,
    SERVICE,
    BannerFact,
    NavLink,
    SideLink,
    banner,
    nav_link,
    side_link,
)
from hearth.people import policies, restriction_panels
from hearth.people.models import Disability, Hazard, HouseholdMember, Language, Person
from hearth.people.understood import SPEAKS_OTHERWISE

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
        "professionals",
        "Professionals",
        "people:professionals",
        policies.professionals,
        order=60,
        group=SERVICE,
    )
)
nav_link(
    NavLink(
        "hazards", "Hazards to review", "people:hazards", policies.hazards, order=70, group=CASES
    )
)
nav_link(
    NavLink("merges", "Records to merge", "people:merges", policies.merges, order=80, group=CASES)
)


@banner
def warned(worker: Any, child: Any, today: date) -> Iterator[BannerFact]:
    """What a worker must know before they speak or knock, in one query.

    Whether few may know of this record; the hazards and the interpreters of the child and of those
    they live with; and how the child must be spoken with.
    """
    at_home = HouseholdMember.objects.on(today).with_any_of([child.pk]).values("person")
    # One list, not "the child or one of these": that would read through every language there is.
    whose = Person.objects.filter(pk=child.pk).values("pk").union(at_home)
    speaks = Language.objects.on(today).filter(person__in=whose, interpreter_needed=True)
    needs = Disability.objects.on(today).filter(person=child, code__in=SPEAKS_OTHERWISE)
    found = restriction_panels.restricted(worker, child).union(
        Hazard.objects.on(today).filter(person__in=whose).values_list(Value("hazard"), "code"),
        speaks.values_list(Value("language"), "code"),
        needs.values_list(Value("disability"), "code"),
    )
    said: dict[str, list[str]] = {}
    for what, code in sorted(set(found)):
        said.setdefault(what, []).append(code)
    for until in said.get("restriction", ()):
        yield from restriction_panels.said_of(until)
    for code in said.get("hazard", ()):
        yield BannerFact(words("hazard", code), colour="red", order=10)
    for what, label in (("language", "Interpreter needed"), ("disability", "Communication")):
        if what in said:
            names = ", ".join(words(what, code) for code in said[what])
            yield BannerFact(names, label=label, order=35)
