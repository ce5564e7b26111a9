"""What is recorded of people. Every fact is a dated row; a mistake is withdrawn, not erased."""

from hearth.people.models.facts import DatedFact
from hearth.people.models.family import Household, HouseholdMember, Relationship
from hearth.people.models.hazards import Hazard
from hearth.people.models.network import NetworkMember, Organisation, Professional
from hearth.people.models.person import (
    Birth,
    Characteristic,
    Disability,
    Identifier,
    Language,
    Name,
    Person,
)
from hearth.people.models.places import Address, ContactPoint
from hearth.people.models.restriction import (
    DeclaredConnection,
    Merge,
    MergedRow,
    Restriction,
    RestrictionAccess,
)

__all__ = [
    "Address",
    "Birth",
    "Characteristic",
    "ContactPoint",
    "DatedFact",
    "DeclaredConnection",
    "Disability",
    "Hazard",
    "Household",
    "HouseholdMember",
    "Identifier",
    "Language",
    "Merge",
    "MergedRow",
    "Name",
    "NetworkMember",
    "Organisation",
    "Person",
    "Professional",
    "Relationship",
    "Restriction",
    "RestrictionAccess",
]
