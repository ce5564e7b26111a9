"""Made-up people."""

from datetime import date

import factory

from hearth.accounts.actions import system_worker
from hearth.people.models import (
    Address,
    Birth,
    Characteristic,
    Household,
    HouseholdMember,
    Name,
    Person,
    Relationship,
    Restriction,
    RestrictionAccess,
)

GIVEN = ("Tamsin", "Rowan", "Ade", "Nadia", "Owen", "Leela", "Marek", "Sorcha", "Yusuf", "Bea")
FAMILY = ("Pemberton", "Okafor", "Lindqvist", "Rahmani", "Tredwell", "Szabo", "Achebe", "Quill")


class PersonFactory(factory.django.DjangoModelFactory):
    """Somebody in a family, not a child on record."""

    class Meta:
        model = Person

    given_names = factory.Sequence(lambda n: GIVEN[n % len(GIVEN)])
    family_name = factory.Sequence(lambda n: FAMILY[n % len(FAMILY)])
    birth_kind = "known"
    born_on = date(1988, 6, 4)
    sex = "F"


class ChildFactory(PersonFactory):
    """A child on record, aged nine in early 2026."""

    la_child_id = factory.Sequence(lambda n: f"T{n:08d}")
    born_on = date(2016, 9, 14)
    sex = "M"

    class Params:
        unborn = factory.Trait(birth_kind="expected", born_on=date(2026, 8, 1), sex="U")


class FactFactory(factory.django.DjangoModelFactory):
    """What every dated fact has."""

    class Meta:
        abstract = True

    person = factory.SubFactory(ChildFactory)
    recorded_by = factory.LazyFunction(system_worker)


class NameFactory(FactFactory):
    class Meta:
        model = Name

    given_names = "Tamsin"
    family_name = "Pemberton"


class BirthFactory(FactFactory):
    class Meta:
        model = Birth

    kind = "known"
    date = date(2016, 9, 14)


class CharacteristicFactory(FactFactory):
    class Meta:
        model = Characteristic

    kind = "ethnicity"
    code = "WBRI"


class AddressFactory(FactFactory):
    class Meta:
        model = Address

    lines = "14 Mill Lane, Fenbridge"
    postcode = "ZZ1 4AB"


class RelationshipFactory(FactFactory):
    """`person` is the mother of `other_person`."""

    class Meta:
        model = Relationship

    person = factory.SubFactory(PersonFactory)
    other_person = factory.SubFactory(ChildFactory)
    code = "mother"
    parental_responsibility = True


class HouseholdFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Household

    name = "Pemberton household"


class HouseholdMemberFactory(FactFactory):
    class Meta:
        model = HouseholdMember

    household = factory.SubFactory(
        HouseholdFactory, about=factory.LazyAttribute(lambda o: [o.factory_parent.person.pk])
    )
    started_on = date(2020, 1, 1)


class RestrictionFactory(FactFactory):
    """A record kept from all but those named."""

    class Meta:
        model = Restriction

    kind = "staff"
    reason = "A colleague's child"


class RestrictionAccessFactory(FactFactory):
    class Meta:
        model = RestrictionAccess

    kind = "named"
    reason = "Works with the child"
