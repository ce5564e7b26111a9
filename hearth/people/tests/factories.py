"""Made-up people."""

from datetime import date

import factory

from hearth.accounts.actions import system_worker
from hearth.people.actions import refresh
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
    """Somebody in a family, not a child on record, with the facts their columns are drawn from."""

    class Meta:
        model = Person

    given_names = factory.Sequence(lambda n: GIVEN[n % len(GIVEN)])
    family_name = factory.Sequence(lambda n: FAMILY[n % len(FAMILY)])
    birth_kind = "known"
    born_on = date(1988, 6, 4)
    sex = "F"

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        person = super()._create(model_class, *args, **kwargs)
        told = {"person": person, "recorded_by": system_worker()}
        if person.given_names or person.family_name:
            given, family = person.given_names, person.family_name
            Name.objects.create(given_names=given, family_name=family, **told)
        if person.known_as:
            Name.objects.create(kind="known_as", given_names=person.known_as, **told)
        if person.born_on:
            start = None if person.is_unborn else person.born_on
            Birth.objects.create(
                kind=person.birth_kind, date=person.born_on, started_on=start, **told
            )
        if person.died_on:
            Characteristic.objects.create(kind="death", started_on=person.died_on, **told)
        if person.pronouns:
            Characteristic.objects.create(kind="pronouns", detail=person.pronouns, **told)
        Characteristic.objects.bulk_create(
            Characteristic(kind=kind, code=code, **told)
            for kind, code in (("sex", person.sex), ("ethnicity", person.ethnicity))
            if code
        )
        refresh(person)
        return person


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

    kind = "alias"
    given_names = "Tamsin"
    family_name = "Pemberton"


class BirthFactory(FactFactory):
    class Meta:
        model = Birth

    person = factory.SubFactory(ChildFactory, birth_kind="unknown", born_on=None)
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


class HouseholdMemberFactory(FactFactory):
    class Meta:
        model = HouseholdMember

    household = factory.SubFactory(HouseholdFactory)
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
