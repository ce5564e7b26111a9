"""Breaking the glass: opening a restricted record for an hour, for a child's safety.

Whoever asks must already know whom they ask for. Whether nobody has those details, or somebody has
whose record is never opened so, the answer is the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from hearth.accounts import structure, trail
from hearth.accounts.actions import system_worker
from hearth.accounts.models import TrailEvent, TrailKind, User
from hearth.accounts.notices import notify
from hearth.accounts.roles import Role
from hearth.accounts.worker_context import seeing_everybody
from hearth.design.forms.dates import clock
from hearth.lib.errors import CannotDo
from hearth.lib.identifiers import tidy_phone
from hearth.people.models import (
    ContactPoint,
    DeclaredConnection,
    Identifier,
    Name,
    Person,
    Restriction,
    RestrictionAccess,
)
from hearth.people.models.restriction import AccessKind, RestrictionKind

OPEN_FOR = timedelta(minutes=60)
NEVER = (RestrictionKind.ADOPTION, RestrictionKind.ALLEGATION)
TRIES, WITHIN = 5, timedelta(hours=1)
REFUSED = "Refused to break the glass"


@dataclass(frozen=True, slots=True)
class ExactDetails:
    """What is known of somebody: a name with a birth date or telephone, or one of their numbers."""

    given_names: str = ""
    family_name: str = ""
    born_on: date | None = None
    phone: str = ""
    identifier: str = ""

    @property
    def is_enough(self) -> bool:
        """Whether these could only be meant for one person."""
        named = bool(self.given_names and self.family_name)
        return bool(self.identifier) or (named and bool(self.born_on or self.phone))


@transaction.atomic
def break_glass(*, details: ExactDetails, reason: str, by: User) -> list[Person]:
    """Open the restricted record these details belong to, for 60 minutes; none if there is none.

    The worker's manager is told, and it is reviewed by somebody else the next working day. Never
    for an adoption, an allegation, or a record the worker has declared a connection to.
    """
    if not details.is_enough:
        raise CannotDo(
            "Give the full name with the date of birth or telephone number, or one of their numbers"
        )
    if not reason.strip():
        raise CannotDo("Say why a child's safety depends on it")
    now = timezone.now()
    _refuse_guessing(by, now)
    with seeing_everybody(system_worker()):
        meant = [person for person in matching(details) if _is_hidden_from(person, by, now)]
        opened = [person for person in meant if _may_be_opened(person, by)]
        for person in opened:
            _open(person, reason, by, now)
    if not opened:
        _note_refusal(meant, by)
    return opened


def matching(details: ExactDetails) -> list[Person]:
    """Everybody with exactly these details."""
    found = Person.objects.standing()
    if details.identifier:
        number = "".join(details.identifier.split()).upper()
        held = Identifier.objects.filter(value__iexact=number, withdrawn_at=None)
        numbered = Q(la_child_id=number) | Q(pk__in=held.values("person_id"))
        found = found.filter(numbered)
    if details.given_names or details.family_name:
        found = found.filter(_named(details))
    if details.born_on:
        found = found.filter(born_on=details.born_on)
    if details.phone:
        held_phones = ContactPoint.objects.filter(
            value=_tidied_phone(details.phone), withdrawn_at=None
        )
        found = found.filter(pk__in=held_phones.values("person_id"))
    return list(found[:5])


def _named(details: ExactDetails) -> Q:
    given, family = details.given_names.strip(), details.family_name.strip()
    names = Name.objects.filter(
        given_names__iexact=given, family_name__iexact=family, withdrawn_at=None
    )
    own = Q(family_name__iexact=family) & (Q(given_names__iexact=given) | Q(known_as__iexact=given))
    return own | Q(pk__in=names.values("person_id"))


def _tidied_phone(text: str) -> str:
    try:
        return tidy_phone(text)
    except ValueError:
        return text.strip()


def _refuse_guessing(by: User, now: datetime) -> None:
    """So that nobody finds who is hidden by trying names."""
    tried = TrailEvent.objects.filter(
        by_id=by.pk, kind=TrailKind.REFUSAL, what=REFUSED, at__gt=now - WITHIN
    )
    with seeing_everybody(system_worker()):
        too_many = tried.count() >= TRIES
    if too_many:
        raise CannotDo(
            "You have asked for several records that could not be opened. Telephone your manager, "
            "or out of hours the duty manager"
        )


def _is_hidden_from(person: Person, by: User, now: datetime) -> bool:
    restricted = Restriction.objects.in_force().filter(person=person).exists()
    let_in = RestrictionAccess.objects.open_at(now).filter(person=person, worker=by)
    return _has_declared(person, by) or (restricted and not let_in.exists())


def _has_declared(person: Person, by: User) -> bool:
    declared = DeclaredConnection.objects.in_force().filter(worker=by)
    return declared.filter(declared_person_id=person.pk).exists()


def _may_be_opened(person: Person, by: User) -> bool:
    never = Restriction.objects.in_force().filter(person=person, kind__in=NEVER)
    return not never.exists() and not _has_declared(person, by)


def _open(person: Person, reason: str, by: User, now: datetime) -> None:
    until = now + OPEN_FOR
    access = RestrictionAccess.objects.create(
        person=person,
        worker=by,
        kind=AccessKind.BREAK_GLASS,
        reason=reason,
        recorded_by=by,
        expires_at=until,
    )
    trail.record("Broke the glass of a restricted record", access, by=by)
    named = RestrictionAccess.objects.named_now(person.pk).values_list("worker_id", flat=True)
    _tell(access, _workers(named), f"{by} opened {person}'s restricted record", [person.pk])
    reviewers = list(User.objects.holding(Role.CALDICOTT, Role.SERVICE_MANAGER))
    managers = structure.managers_of(by, on=timezone.localdate(now))
    _tell(access, managers, f"{by} opened a restricted record", [], "")
    _tell(access, reviewers, f"{by} opened a restricted record", [], reverse("people:openings"))


def _workers(ids: Iterable[int]) -> list[User]:
    return list(User.objects.filter(pk__in=ids))


def _tell(
    access: RestrictionAccess, to: Iterable[User], what: str, about: list[int], page: str = ""
) -> None:
    """Tell that it happened; only those who may know of the record are told whose it is."""
    until = clock(timezone.localtime(access.expires_at))
    text = f"{what} for a child's safety. It closes at {until}, and is reviewed by the next day."
    notify(to=to, text=text, page=page, subject=access, about=about, by=access.worker)


def _note_refusal(meant: Iterable[Person], by: User) -> None:
    about = [person.pk for person in meant]
    trail.record(REFUSED, None, by=by, about=about, kind=TrailKind.REFUSAL)
    if about:
        notify(
            to=User.objects.holding(Role.CALDICOTT),
            text=f"{by} asked for a restricted record that is never opened so, and was refused.",
            by=by,
        )


@transaction.atomic
def review_opening(*, access: RestrictionAccess, review_note: str, by: User) -> None:
    """Look over why a restricted record was opened. Never by whoever opened it."""
    with seeing_everybody(system_worker()):
        found = RestrictionAccess.objects.select_for_update(of=("self",)).get(pk=access.pk)
        if found.kind != AccessKind.BREAK_GLASS:
            raise CannotDo("This worker was named on the record: there is nothing to review")
        if found.worker_id == by.pk:
            raise CannotDo("You opened this record, so someone else must review it")
        if found.reviewed_at is not None:
            raise CannotDo("This has been reviewed")
        if not review_note.strip():
            raise CannotDo("Say what you found")
        found.reviewed_at, found.reviewed_by = timezone.now(), by
        found.review_note = review_note
        found.save(update_fields=["reviewed_at", "reviewed_by", "review_note"])
        trail.record("Reviewed the opening of a restricted record", found, by=by)
