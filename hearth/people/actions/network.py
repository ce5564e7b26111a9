"""Professionals and organisations: put on the list, changed, closed."""

from datetime import date

from django.db import transaction

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.lib.codes import code_set
from hearth.lib.dates import in_words
from hearth.lib.errors import CannotDo
from hearth.people.checks import line, tidied_email, tidied_phone
from hearth.people.models import FactQuerySet, NetworkMember, Organisation, Professional

NAME, ADDRESS = 200, 300


@transaction.atomic
def create_organisation(
    *,
    name: str,
    agency: str,
    urn: str = "",
    address: str = "",
    phone: str = "",
    email: str = "",
    today: date,
    by: User,
) -> Organisation:
    """Put a school, surgery or other body on the list. One of the same name is not listed twice."""
    name = line(name, NAME, "The name")
    if not name:
        raise CannotDo("Enter the organisation's name")
    if reason := code_set("agency_type").why_not_valid(agency, on=today):
        raise CannotDo(reason)
    same = Organisation.objects.open_on(today).filter(name__iexact=name, agency=agency)
    if same.filter(address__iexact=line(address, ADDRESS, "The address")).exists():
        raise CannotDo(f"{name} is on the list already")
    organisation = Organisation.objects.create(
        name=name,
        agency=agency,
        urn=line(urn, 20, "The reference number"),
        address=line(address.replace("\n", ", "), ADDRESS, "The address"),
        phone=tidied_phone(phone),
        email=tidied_email(email),
    )
    trail.record("Put an organisation on the list", organisation, by=by)
    return organisation


@transaction.atomic
def change_organisation(
    *,
    organisation: Organisation,
    name: str,
    agency: str,
    urn: str = "",
    address: str = "",
    phone: str = "",
    email: str = "",
    today: date,
    by: User,
) -> Organisation:
    """Change what is known of an organisation. The database keeps what it said before."""
    name = line(name, NAME, "The name")
    if not name:
        raise CannotDo("Enter the organisation's name")
    if agency != organisation.agency and (
        reason := code_set("agency_type").why_not_valid(agency, on=today)
    ):
        raise CannotDo(reason)
    organisation.name, organisation.agency = name, agency
    organisation.urn = line(urn, 20, "The reference number")
    organisation.address = line(address.replace("\n", ", "), ADDRESS, "The address")
    organisation.phone, organisation.email = tidied_phone(phone), tidied_email(email)
    organisation.save(update_fields=["name", "agency", "urn", "address", "phone", "email"])
    trail.record("Changed an organisation", organisation, by=by)
    return organisation


@transaction.atomic
def close_organisation(
    *, organisation: Organisation, closed_on: date, today: date, by: User
) -> Organisation:
    """Record that an organisation closed: it is offered no more, and its part ends."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if organisation.closed_on is not None:
        raise CannotDo(f"This closed on {in_words(organisation.closed_on)}")
    _not_future(closed_on, today)
    organisation.closed_on = closed_on
    organisation.save(update_fields=["closed_on"])
    parts = NetworkMember.objects.standing().filter(organisation=organisation, professional=None)
    _end_parts(parts, closed_on)
    trail.record("Closed an organisation", organisation, by=by)
    return organisation


@transaction.atomic
def create_professional(
    *,
    name: str,
    job_title: str = "",
    organisation: Organisation | None = None,
    phone: str = "",
    email: str = "",
    today: date,
    by: User,
) -> Professional:
    """Put somebody who works with children elsewhere on the list."""
    name = line(name, NAME, "The name")
    if not name:
        raise CannotDo("Enter the professional's name")
    _open(organisation, today)
    same = Professional.objects.working_on(today).filter(
        name__iexact=name, organisation=organisation
    )
    if same.exists():
        raise CannotDo(f"{name} is on the list already for the same organisation")
    professional = Professional.objects.create(
        name=name,
        job_title=line(job_title, NAME, "The job"),
        organisation=organisation,
        phone=tidied_phone(phone),
        email=tidied_email(email),
    )
    trail.record("Put a professional on the list", professional, by=by)
    return professional


@transaction.atomic
def change_professional(
    *,
    professional: Professional,
    name: str,
    job_title: str = "",
    organisation: Organisation | None = None,
    phone: str = "",
    email: str = "",
    today: date,
    by: User,
) -> Professional:
    """Change what is known of a professional. The database keeps what it said before."""
    professional.name = line(name, NAME, "The name")
    if not professional.name:
        raise CannotDo("Enter the professional's name")
    if organisation != professional.organisation:
        _open(organisation, today)
    professional.job_title = line(job_title, NAME, "The job")
    professional.organisation = organisation
    professional.phone, professional.email = tidied_phone(phone), tidied_email(email)
    professional.save(update_fields=["name", "job_title", "organisation", "phone", "email"])
    trail.record("Changed a professional", professional, by=by)
    return professional


@transaction.atomic
def close_professional(
    *, professional: Professional, left_on: date, today: date, by: User
) -> Professional:
    """Record that a professional left: they are offered no more."""
    professional = Professional.objects.select_for_update().get(pk=professional.pk)
    if professional.left_on is not None:
        raise CannotDo(f"{professional} left on {in_words(professional.left_on)}")
    _not_future(left_on, today)
    professional.left_on = left_on
    professional.save(update_fields=["left_on"])
    _end_parts(NetworkMember.objects.standing().filter(professional=professional), left_on)
    trail.record("Recorded that a professional left", professional, by=by)
    return professional


def _end_parts(parts: FactQuerySet, day: date) -> None:
    for part in parts.filter(ended_on=None):
        part.ended_on = max(day, part.started_on or day)
        part.save(update_fields=["ended_on"])


def _open(organisation: Organisation | None, today: date) -> None:
    closed_on = organisation.closed_on if organisation else None
    if closed_on is not None and closed_on <= today:
        raise CannotDo(f"{organisation} closed on {in_words(closed_on)}")


def _not_future(day: date, today: date) -> None:
    if day > today:
        raise CannotDo("The date is in the future")
