"""The kinds of fact as pages know them: what each is called, asked and said."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from hearth.lib.dates import in_words
from hearth.people.forms import facts as forms
from hearth.people.models import (
    Address,
    Birth,
    Characteristic,
    ContactPoint,
    DatedFact,
    Disability,
    FactQuerySet,
    Hazard,
    HouseholdMember,
    Identifier,
    IdentifierKind,
    Language,
    Name,
    NetworkMember,
    Person,
    Relationship,
)

Notes = Callable[[Any], list[str]]


def _no_notes(_fact: Any) -> list[str]:
    return []


@dataclass(frozen=True)
class Kind:
    """One kind of fact. `one` follows "Record": an address, a language."""

    key: str
    title: str
    one: str
    model: type[DatedFact]
    form: type[forms.FactForm]
    group: str
    fixed: Mapping[str, Any] = field(default_factory=dict)
    notes: Notes = _no_notes
    says: Callable[[Any], str] = str
    can_end: bool = True
    # Whether a page of its own records it, because somebody else is chosen first.
    chosen: bool = False
    # Whether there is one at a time, so that a new one takes the place of the old.
    is_single: bool = False

    def holds(self, fact: DatedFact) -> bool:
        """Whether a fact is of this kind."""
        return isinstance(fact, self.model) and all(
            getattr(fact, name) == value for name, value in self.fixed.items()
        )

    def of(self, person: Person) -> FactQuerySet:
        """Every fact of this kind about somebody, withdrawn ones too, the newest first."""
        rows = self.model.objects.filter(**self.fixed).newest_first()
        if self.model is Relationship:
            return rows.filter(Q(person=person) | Q(other_person=person))
        return rows.filter(person=person)


NAME, IDENTITY, SPEECH = "Name and birth", "Identity", "Communication and disability"
NUMBERS, REACH, DANGER = "Numbers", "Where they live and how to reach them", "Hazards and warnings"
NETWORK, TIES = "Professionals around them", "Family"


def _code_said(fact: Any) -> str:
    return str(fact).partition(": ")[2]


def _characteristic(key: str, title: str, one: str, form: type[forms.FactForm]) -> Kind:
    """A characteristic has the code set of its own name."""
    return Kind(
        key.replace("_", "-"),
        title,
        one,
        Characteristic,
        form,
        IDENTITY,
        fixed={"kind": key},
        notes=lambda fact: [fact.detail] if fact.detail else [],
        says=_code_said,
        is_single=True,
    )


def _spaced(fact: Identifier) -> str:
    """An NHS number is read three, three and four."""
    number = fact.value
    if fact.kind == IdentifierKind.NHS:
        number = f"{number[:3]} {number[3:6]} {number[6:]}"
    return f"{fact.get_kind_display()}: {number}"


def _of_name(fact: Name) -> list[str]:
    return [fact.get_kind_display()]


def _of_birth(fact: Birth) -> list[str]:
    return [fact.get_kind_display()] if fact.ended_on is None else ["The date it was expected"]


def _of_address(fact: Address) -> list[str]:
    kept = ["Keep from the family, and off letters"] if fact.confidential else []
    return [fact.get_kind_display(), *kept]


def _of_hazard(fact: Hazard) -> list[str]:
    advice = [f"What to do: {fact.advice}"] if fact.advice else []
    return [fact.detail, *advice, f"To be looked at again by {in_words(fact.review_on)}"]


def _of_language(fact: Language) -> list[str]:
    first = ["First language"] if fact.is_first else []
    return first + (["Interpreter needed"] if fact.interpreter_needed else [])


def _of_network(fact: NetworkMember) -> list[str]:
    who = fact.professional
    phones = [fact.professional, fact.organisation]
    place = [str(fact.organisation)] if who is not None and fact.organisation else []
    return [fact.part, *place, *(one.phone for one in phones if one is not None and one.phone)]


def _network_said(fact: NetworkMember) -> str:
    return str(fact.professional or fact.organisation)


def _of_relationship(fact: Relationship) -> list[str]:
    said = {True: "Has parental responsibility", False: "No parental responsibility"}
    note = said.get(fact.parental_responsibility)  # type: ignore[arg-type]
    return [line for line in (note, fact.detail) if line]


def _relationship_said(fact: Relationship) -> str:
    return f"{fact.person} is {str(fact).lower()} of {fact.other_person}"


def _home_said(_fact: HouseholdMember) -> str:
    return "Lived in a household"


def _happened(fact: Characteristic) -> str:
    return in_words(fact.started_on) if fact.started_on else ""


def _event(key: str, title: str, one: str) -> Kind:
    """Something that happened on a day, recorded on a page of its own."""
    return Kind(
        key.replace("_", "-"),
        title,
        one,
        Characteristic,
        forms.EventForm,
        NAME,
        fixed={"kind": key},
        says=_happened,
        can_end=False,
        chosen=True,
        is_single=True,
    )


def _noted(fact: Any) -> list[str]:
    return [fact.detail] if fact.detail else []


ALL: tuple[Kind, ...] = (
    Kind("names", "Names", "a name", Name, forms.NameForm, NAME, notes=_of_name),
    Kind(
        "birth",
        "Birth",
        "a date of birth",
        Birth,
        forms.BirthForm,
        NAME,
        notes=_of_birth,
        says=lambda fact: in_words(fact.date),
        can_end=False,
        is_single=True,
    ),
    Kind(
        "pronouns",
        "Pronouns",
        "pronouns",
        Characteristic,
        forms.PronounsForm,
        NAME,
        fixed={"kind": "pronouns"},
        says=_code_said,
        is_single=True,
    ),
    _event("pregnancy_ended", "End of the pregnancy", "the end of a pregnancy"),
    _event("death", "Death", "a death"),
    _characteristic("sex", "Sex", "sex", forms.coded_form("sex", "Sex recognised in law")),
    _characteristic(
        "gender_identity",
        "Gender identity",
        "gender identity",
        forms.coded_form("gender_identity", "Gender identity", in_their_words="In their words"),
    ),
    _characteristic(
        "ethnicity",
        "Ethnicity",
        "ethnicity",
        forms.coded_form("ethnicity", "Ethnicity", in_their_words="In their words"),
    ),
    _characteristic(
        "religion",
        "Religion",
        "religion",
        forms.coded_form("religion", "Religion", in_their_words="What it means for their care"),
    ),
    _characteristic(
        "immigration_status",
        "Immigration status",
        "immigration status",
        forms.coded_form(
            "immigration_status", "Immigration status", in_their_words="Anything to add"
        ),
    ),
    Kind(
        "languages",
        "Languages",
        "a language",
        Language,
        forms.LanguageForm,
        SPEECH,
        notes=_of_language,
    ),
    Kind(
        "disabilities",
        "Disability",
        "a disability",
        Disability,
        forms.DisabilityForm,
        SPEECH,
        notes=_noted,
    ),
    Kind(
        "addresses", "Addresses", "an address", Address, forms.AddressForm, REACH, notes=_of_address
    ),
    Kind(
        "contacts",
        "Telephone and email",
        "a telephone number or email address",
        ContactPoint,
        forms.ContactPointForm,
        REACH,
        notes=lambda fact: [fact.note] if fact.note else [],
    ),
    Kind(
        "hazards",
        "Hazards",
        "a hazard",
        Hazard,
        forms.HazardForm,
        DANGER,
        notes=_of_hazard,
    ),
    Kind(
        "network",
        "Professionals and organisations",
        "a professional or organisation",
        NetworkMember,
        forms.NetworkForm,
        NETWORK,
        notes=_of_network,
        says=_network_said,
        chosen=True,
    ),
    Kind(
        "numbers",
        "Numbers other services know them by",
        "a number",
        Identifier,
        forms.IdentifierForm,
        NUMBERS,
        says=_spaced,
    ),
    Kind(
        "no-upn",
        "Why there is no unique pupil number",
        "why there is no unique pupil number",
        Characteristic,
        forms.coded_form("upn_unknown_reason", "Why is there no unique pupil number?"),
        NUMBERS,
        fixed={"kind": "upn_unknown_reason"},
        says=_code_said,
        is_single=True,
    ),
    Kind(
        "relationships",
        "Relationships",
        "a relationship",
        Relationship,
        forms.RelationshipForm,
        TIES,
        notes=_of_relationship,
        says=_relationship_said,
        chosen=True,
    ),
    Kind(
        "households",
        "Households",
        "a household",
        HouseholdMember,
        forms.HouseholdMemberForm,
        TIES,
        says=_home_said,
        chosen=True,
    ),
)
BY_KEY = {kind.key: kind for kind in ALL}
GROUPS = (NAME, DANGER, REACH, IDENTITY, SPEECH, NETWORK, NUMBERS)
