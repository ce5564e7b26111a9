"""Keeping a record from all but those named, and letting the keeping go.

Who may not know of a record is decided by the database (`hearth.accounts.protection`) from what is
written here.
"""

from collections.abc import Collection, Iterable, Sequence

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from hearth.accounts import trail
from hearth.accounts.actions import system_worker
from hearth.accounts.models import User
from hearth.accounts.notices import notify
from hearth.accounts.roles import RECORD_READERS, Role
from hearth.accounts.worker_context import seeing_everybody
from hearth.lib.errors import CannotDo
from hearth.people.models import DeclaredConnection, Person, Restriction, RestrictionAccess
from hearth.people.models.restriction import AccessKind


@transaction.atomic
def restrict_people(
    *, people: Sequence[Person], kind: str, reason: str, workers: Collection[User], by: User
) -> list[Restriction]:
    """Keep the records of one person, or of brothers and sisters at once, from all but those named.

    It holds from this moment, for whoever does it too unless they are named.
    """
    if not reason.strip():
        raise CannotDo("Say why the record is restricted")
    already = Restriction.objects.in_force().filter(person__in=people, kind=kind)
    restricted = set(already.values_list("person_id", flat=True))
    new = [person for person in people if person.pk not in restricted]
    if not new:
        raise CannotDo("This record is already restricted for that reason")
    for person in people:
        _name(person, workers, reason, by)
    if stranded := [person for person in new if not _somebody_named(person)]:
        raise CannotDo(f"Name at least one worker who may see {stranded[0]}'s record")
    # From here on it may be out of this worker's own sight.
    made = Restriction.objects.bulk_create(
        Restriction(person=person, kind=kind, reason=reason, recorded_by=by) for person in new
    )
    for restriction in made:
        trail.record("Restricted a record", restriction, by=by)
    return made


@transaction.atomic
def name_worker(*, person: Person, worker: User, reason: str, by: User) -> None:
    """Let one more worker through to a restricted record."""
    if not Restriction.objects.in_force().filter(person=person).exists():
        raise CannotDo("This record is not restricted")
    if not _name(person, [worker], reason, by):
        raise CannotDo(f"{worker} is already named")


@transaction.atomic
def name_worker_unseen(*, restriction: Restriction, worker: User, reason: str, by: User) -> None:
    """Let a worker through to a record that the one who names them may not see.

    For the Caldicott guardian, when everybody named has left. The service managers are told.
    """
    with seeing_everybody(system_worker()):
        name_worker(person=restriction.person, worker=worker, reason=reason, by=by)
    notify(
        to=User.objects.holding(Role.SERVICE_MANAGER),
        text=f"{by} named {worker} on a restricted record.",
        subject=restriction,
        about=[],
        by=by,
    )


@transaction.atomic
def remove_worker(*, access: RestrictionAccess, by: User) -> None:
    """Take a worker's name off a restricted record: they may no longer know of it."""
    access = RestrictionAccess.objects.select_for_update(of=("self",)).get(pk=access.pk)
    if access.ended_at is not None:
        raise CannotDo("This worker is no longer named")
    others = RestrictionAccess.objects.named_now(access.person_id).exclude(pk=access.pk)
    if access.kind == AccessKind.NAMED and not others.exists():
        raise CannotDo("Somebody must be named: name another worker first, or lift the restriction")
    trail.record(f"Took {access.worker}'s name off a restricted record", access, by=by)
    access.ended_at = timezone.now()
    access.save(update_fields=["ended_at"])


@transaction.atomic
def lift_restriction(*, restriction: Restriction, lifted_reason: str, by: User) -> None:
    """End a restriction. When it is the last, nobody stays named for a later one."""
    restriction = Restriction.objects.select_for_update(of=("self",)).get(pk=restriction.pk)
    if restriction.lifted_at is not None:
        raise CannotDo("This restriction has been lifted")
    if not lifted_reason.strip():
        raise CannotDo("Say why the restriction is lifted")
    restriction.lifted_at, restriction.lifted_by = timezone.now(), by
    restriction.lifted_reason = lifted_reason
    restriction.save(update_fields=["lifted_at", "lifted_by", "lifted_reason"])
    if not Restriction.objects.in_force().filter(person_id=restriction.person_id).exists():
        named = RestrictionAccess.objects.filter(person_id=restriction.person_id, ended_at=None)
        named.update(ended_at=timezone.now())
    trail.record("Lifted a restriction", restriction, by=by)


def _name(person: Person, workers: Iterable[User], reason: str, by: User) -> list[User]:
    """Name those who are not named already; whom it was."""
    open_to = set(
        RestrictionAccess.objects.named_now(person.pk).values_list("worker_id", flat=True)
    )
    new = [worker for worker in workers if worker.pk not in open_to]
    for worker in new:
        if why := why_not_name(worker, person):
            raise CannotDo(why)
        access = RestrictionAccess.objects.create(
            person=person, worker=worker, kind=AccessKind.NAMED, reason=reason, recorded_by=by
        )
        trail.record(f"Named {worker} on a restricted record", access, by=by)
    told = [worker for worker in new if worker.pk != by.pk]
    if told:
        text = f"You are named on {person}'s record, which is restricted. Few may know of it."
        notify(
            to=told, text=text, page=reverse("desk:child", args=[person.pk]), subject=person, by=by
        )
    return new


def why_not_name(worker: User, person: Person) -> str | None:
    """Why a worker cannot be named on somebody's record, in words; None if they can."""
    if not worker.may_sign_in(on=timezone.localdate()):
        return f"{worker} no longer works here"
    if not worker.has_role(*RECORD_READERS):
        return f"{worker}'s role does not open records"
    declared = DeclaredConnection.objects.in_force().filter(worker=worker)
    if declared.filter(declared_person_id=person.pk).exists():
        return f"{worker} has declared a connection to this person"
    return None


def _somebody_named(person: Person) -> bool:
    return RestrictionAccess.objects.named_now(person.pk).exists()
