"""What each kind of fact must say before it is kept, and the form its values are kept in."""

from collections.abc import Callable
from datetime import date
from functools import singledispatch

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from hearth.lib.codes import code_set
from hearth.lib.errors import CannotDo
from hearth.lib.identifiers import (
    BadIdentifier,
    check_nhs_number,
    check_upn,
    tidy_phone,
    tidy_postcode,
)
from hearth.lib.text import tidy_line, tidy_text, too_long
from hearth.people.models import (
    Address,
    Birth,
    Characteristic,
    CharacteristicKind,
    ContactPoint,
    ContactPointKind,
    DatedFact,
    Disability,
    Hazard,
    Identifier,
    IdentifierKind,
    Language,
    Name,
    NetworkMember,
    Relationship,
)

EVENTS = (CharacteristicKind.DEATH, CharacteristicKind.PREGNANCY_ENDED)
NAME, LINES, DETAIL, NUMBER, PART, EMAIL = 200, 300, 500, 40, 200, 254
LONGEST_TEXT = 50_000
ULN_DIGITS, UPRN_DIGITS = 10, 12


@singledispatch
def prepare(fact: DatedFact, on: date | None) -> None:
    """Put a fact's values in the form they are kept in, or say what is wrong with them.

    A code must have held `on` the day; with no day, ever.
    """


@prepare.register
def _name(fact: Name, on: date | None) -> None:  # noqa: ARG001
    fact.given_names = line(fact.given_names, NAME, "The first name")
    fact.family_name = line(fact.family_name, NAME, "The family name")
    if not any(map(str.isalpha, fact.given_names + fact.family_name)):
        raise CannotDo("Enter a name with letters in it")


@prepare.register
def _birth(fact: Birth, on: date | None) -> None:  # noqa: ARG001
    if fact.kind == "unknown":
        raise CannotDo("Leave the date of birth out when it is not known")
    fact.started_on = None if fact.kind == "expected" else fact.date


@prepare.register
def _characteristic(fact: Characteristic, on: date | None) -> None:
    fact.detail = line(fact.detail, DETAIL, "What is said of it")
    if fact.kind in EVENTS:
        if fact.started_on is None:
            raise CannotDo("Enter the day it happened")
        return
    if fact.kind == CharacteristicKind.PRONOUNS:
        fact.detail = line(fact.detail, 50, "The pronouns")
        if not fact.detail:
            raise CannotDo("Enter the pronouns")
        return
    _code(fact.kind, fact.code, on)


@prepare.register
def _disability(fact: Disability, on: date | None) -> None:
    fact.detail = text(fact.detail)
    _code("disability", fact.code, on)


@prepare.register
def _language(fact: Language, on: date | None) -> None:
    _code("language", fact.code, on)


@prepare.register
def _hazard(fact: Hazard, on: date | None) -> None:
    fact.detail, fact.advice = text(fact.detail), text(fact.advice)
    if not fact.detail:
        raise CannotDo("Say what the hazard is")
    if on is not None and fact.review_on <= on:
        raise CannotDo("The review must be after the hazard was recorded")
    _code("hazard", fact.code, on)


@prepare.register
def _relationship(fact: Relationship, on: date | None) -> None:
    fact.detail = line(fact.detail, LINES, "What is said of it")
    _code("relationship", fact.code, on)


@prepare.register
def _network(fact: NetworkMember, on: date | None) -> None:  # noqa: ARG001
    fact.part = line(fact.part, PART, "Their part")
    if not fact.part:
        raise CannotDo("Say what part they have with this person")
    if fact.professional_id is None and fact.organisation_id is None:
        raise CannotDo("Choose a professional or an organisation")


@prepare.register
def _identifier(fact: Identifier, on: date | None) -> None:  # noqa: ARG001
    fact.value = tidy_identifier(fact.kind, fact.value)


@prepare.register
def _address(fact: Address, on: date | None) -> None:  # noqa: ARG001
    fact.lines = line(fact.lines.replace("\n", ", "), LINES, "The address")
    if not fact.lines and not fact.postcode:
        raise CannotDo("Enter the address")
    fact.postcode = _tidied(tidy_postcode, fact.postcode) if fact.postcode.strip() else ""
    fact.uprn = fact.uprn.strip()
    if fact.uprn and not (
        fact.uprn.isascii() and fact.uprn.isdigit() and len(fact.uprn) <= UPRN_DIGITS
    ):
        raise CannotDo("A UPRN is a number of up to 12 digits")


@prepare.register
def _contact_point(fact: ContactPoint, on: date | None) -> None:  # noqa: ARG001
    fact.note = line(fact.note, PART, "The note")
    if not fact.value.strip():
        raise CannotDo("Enter the number or address")
    is_email = fact.kind == ContactPointKind.EMAIL
    fact.value = tidied_email(fact.value) if is_email else tidied_phone(fact.value)


def tidy_identifier(kind: str, value: str) -> str:
    """A number another service gave somebody, tidied; CannotDo when it cannot be right."""
    if kind in (IdentifierKind.UPN, IdentifierKind.FORMER_UPN):
        return _tidied(check_upn, value)
    if kind == IdentifierKind.NHS:
        return _tidied(check_nhs_number, value)
    value = line(value, NUMBER, "The number")
    if not value:
        raise CannotDo("Enter the number")
    if kind == IdentifierKind.ULN:
        value = value.replace(" ", "")
        if not (value.isascii() and value.isdigit() and len(value) == ULN_DIGITS):
            raise CannotDo("A unique learner number has 10 digits")
    return value


def tidied_phone(value: str) -> str:
    """A telephone number in its usual form, or none; CannotDo when it cannot be one."""
    return _tidied(tidy_phone, value) if value.strip() else ""


def tidied_email(value: str) -> str:
    """An email address, or none; CannotDo when it cannot be one."""
    value = line(value, EMAIL, "The email address")
    try:
        if value:
            validate_email(value)
    except ValidationError:
        raise CannotDo("Enter an email address, such as name@example.com") from None
    return value


def line(value: str, limit: int, what: str) -> str:
    """One line of words, tidied, and refused rather than cut when it is too long."""
    value = tidy_line(value)
    if message := too_long(value, limit, what):
        raise CannotDo(message)
    return value


def text(value: str) -> str:
    """Several lines of words, tidied, and refused rather than cut when they are too long."""
    value = tidy_text(value)
    if message := too_long(value, LONGEST_TEXT):
        raise CannotDo(message)
    return value


def _tidied(tidy: Callable[[str], str], value: str) -> str:
    try:
        return tidy(value)
    except BadIdentifier as error:
        raise CannotDo(str(error)) from None


def _code(key: str, code: str, on: date | None) -> None:
    if reason := code_set(key).why_not_valid(code, on=on):
        raise CannotDo(reason)
