"""The children who live with a child: none of them is left out of a strategy discussion."""

from collections.abc import Sequence
from datetime import date

from hearth.people.models import HouseholdMember, Person

ADULT = 18


def is_child(person: Person, today: date) -> bool:
    """Whether somebody is to be kept safe as a child: under 18, not yet born, or of no known age.

    Somebody of no known age is a child where they have a child's record.
    """
    if person.died_on or person.pregnancy_ended_on or person.is_merged:
        return False
    age = person.age_on(today)
    if age is None:
        return person.is_unborn or person.is_child_record
    return age < ADULT


def children_at_home(children: Sequence[Person], *, today: date) -> list[Person]:
    """Every other child who lives with any of these now, as far as the worker may know of them."""
    known = {child.pk for child in children}
    at_home = HouseholdMember.objects.on(today).with_any_of(known).values("person")
    found = Person.objects.standing().filter(pk__in=at_home)
    return [
        person
        for person in found.order_by("born_on", "pk")
        if person.pk not in known and is_child(person, today)
    ]
