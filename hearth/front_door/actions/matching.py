"""Saying whose record a described child is, making one, and that children are siblings."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.casework.actions import name_children
from hearth.casework.models import Task
from hearth.front_door import policies, process
from hearth.front_door.actions import checks, story
from hearth.front_door.actions.contacts import (
    add_child,
    check_child,
    family_name,
    raise_third_contact_prompts,
    tell_who_works_with_them,
)
from hearth.front_door.models import Contact, ReportedChild
from hearth.lib.errors import CannotDo
from hearth.people import kin
from hearth.people.actions import (
    NewPerson,
    create_child,
    create_household,
    join_household,
    record_relationship,
)
from hearth.people.models import Address, BirthKind, HouseholdMember, Person, Relationship

SIBLING = {"M": "brother", "F": "sister"}


@transaction.atomic
def match_child(*, reported: ReportedChild, child: Person, by: User, is_new: bool = False) -> None:
    """Say which record a child somebody described is; the description is kept as told."""
    contact = checks.locked(reported.contact)
    checks.allowed(policies.match_child, by, contact)
    checks.still_undecided(contact)
    reported = ReportedChild.objects.select_for_update(of=("self",)).get(pk=reported.pk)
    if reported.child_id is not None:
        raise CannotDo(f"Someone has already said whose record {reported} is")
    check_child(child, contact.received_on)
    if contact.children.filter(child=child).exists():
        raise CannotDo(f"{child} is already on this contact")
    reported.child, reported.is_new_record = child, is_new
    reported.matched_at, reported.matched_by = timezone.now(), by
    reported.save(update_fields=["child", "is_new_record", "matched_at", "matched_by"])
    part = add_child(contact, child, reported.said, contact.received_on)
    _name_everywhere(contact, by)
    trail.record("Said whose record a child on a contact is", contact, by=by)
    story.tell_of_contact(contact, [part], by=by)
    tell_who_works_with_them(contact, [child], by)
    raise_third_contact_prompts(contact, [child])


def _name_everywhere(contact: Contact, by: User) -> None:
    children = list(Person.objects.filter(contact_parts__contact=contact))
    contact.about = sorted(child.pk for child in children)
    contact.family = family_name(children, ()) or contact.family
    contact.save(update_fields=["about", "family"])
    contact.advice.update(about=contact.about)
    keys = [step.key for step in process.CONTACTS.steps if step != process.READ_CONTACT]
    for task in Task.objects.outstanding().filter(step_key__in=keys, record_id=contact.pk):
        name_children(task, children=children, by=by)


@transaction.atomic
def create_reported_child(
    *, reported: ReportedChild, none_of: Collection[int] = (), today: date, by: User
) -> Person:
    """Make a child's record from what the referrer said, when it is nobody's already on record.

    `none_of` are the likely matches the worker was shown and turned down.
    """
    child = create_child(new=as_new_person(reported), none_of=none_of, today=today, by=by)
    match_child(reported=reported, child=child, is_new=True, by=by)
    return child


def as_new_person(reported: ReportedChild) -> NewPerson:
    """A described child as the people room asks for somebody new."""
    kind = BirthKind.EXPECTED if reported.is_unborn else BirthKind.KNOWN
    address = Address(lines=reported.address, postcode=reported.postcode)
    return NewPerson(
        given_names=reported.given_names,
        family_name=reported.family_name,
        birth_kind=kind if reported.born_on else BirthKind.UNKNOWN,
        born_on=reported.born_on,
        sex=reported.sex,
        facts=[address] if reported.address else [],
    )


def siblings_missing(children: Sequence[Person]) -> list[tuple[Person, Person]]:
    """Pairs of these children not on record as brother or sister, nor as having one parent."""
    ids = [child.pk for child in children]
    tied: defaultdict[int, set[int]] = defaultdict(set)
    rows = Relationship.objects.standing().filter(other_person__in=ids)
    parents: defaultdict[int, set[int]] = defaultdict(set)
    for row in rows:
        if kin.is_sibling(row.code):
            tied[row.person_id].add(row.other_person_id)
            tied[row.other_person_id].add(row.person_id)
        elif kin.is_parent(row.code):
            parents[row.other_person_id].add(row.person_id)
    return [
        (one, other)
        for place, one in enumerate(children)
        for other in children[place + 1 :]
        if other.pk not in tied[one.pk] and parents[one.pk].isdisjoint(parents[other.pk])
    ]


@transaction.atomic
def confirm_siblings(
    *, contact: Contact, children: Sequence[Person], live_together: bool, today: date, by: User
) -> None:
    """Record that children on a contact are brothers and sisters, and that they share a home."""
    contact = checks.locked(contact)
    checks.allowed(policies.match_child, by, contact)
    if {child.pk for child in children} - set(contact.about):
        raise CannotDo("Choose only children who are on this contact")
    for one, other in siblings_missing(children):
        record_relationship(
            person=one,
            other_person=other,
            code=SIBLING.get(one.sex, "sibling"),
            today=today,
            by=by,
        )
    if live_together:
        _share_a_home(children, today, by)
    trail.record("Said that children on a contact are siblings", contact, by=by)


def _share_a_home(children: Sequence[Person], today: date, by: User) -> None:
    """Put everyone in the household one of them is already in, or in a new one."""
    now = HouseholdMember.objects.on(today).filter(person__in=[child.pk for child in children])
    members = list(now.select_related("household").order_by("household", "pk"))
    if not members:
        create_household(members=children, today=today, by=by)
        return
    home = members[0].household
    there = {member.person_id for member in members if member.household_id == home.pk}
    for child in children:
        if child.pk not in there:
            join_household(household=home, person=child, today=today, by=by)
