"""What is recorded of people. Every fact is a dated row; a mistake is withdrawn, not erased."""

from hearth.people.models.facts import DatedFact, FactQuerySet
from hearth.people.models.family import Household, HouseholdMember, Relationship
from hearth.people.models.hazards import Hazard
from hearth.people.models.identifiers import Identifier, IdentifierKind
from hearth.people.models.merging import Merge, MergedRow
from hearth.people.models.network import NetworkMember, Organisation, Professional
from hearth.people.models.person import (
    Birth,
    BirthKind,
    Characteristic,
    CharacteristicKind,
    Disability,
    Language,
    Name,
    NameKind,
    Person,
)
from hearth.people.models.places import Address, AddressKind, ContactPoint, ContactPointKind
from hearth.people.models.restriction import (
    DeclaredConnection,
    Restriction,
    RestrictionAccess,
    RestrictionKind,
)

__all__ = [
    "Address",
    "AddressKind",
    "Birth",
    "BirthKind",
    "Characteristic",
    "CharacteristicKind",
    "ContactPoint",
    "ContactPointKind",
    "DatedFact",
    "DeclaredConnection",
    "Disability",
    "FactQuerySet",
    "Hazard",
    "Household",
    "HouseholdMember",
    "Identifier",
    "IdentifierKind",
    "Language",
    "Merge",
    "MergedRow",
    "Name",
    "NameKind",
    "NetworkMember",
    "Organisation",
    "Person",
    "Professional",
    "Relationship",
    "Restriction",
    "RestrictionAccess",
    "RestrictionKind",
]
