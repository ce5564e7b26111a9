"""A worker's own tie to somebody on record."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from hearth.accounts import structure, trail
from hearth.accounts.actions import system_worker
from hearth.accounts.models import User
from hearth.accounts.notices import notify
from hearth.accounts.worker_context import seeing_everybody
from hearth.lib.errors import CannotDo
from hearth.people.models import DeclaredConnection, Person, RestrictionAccess


@transaction.atomic
def declare_connection(*, person: Person, relationship: str, by: User) -> None:
    """Say that one is tied to somebody on record. Their record is out of reach from this moment.

    The worker's manager is told, for whatever work they had with the family must go to another.
    """
    if not relationship.strip():
        raise CannotDo("Say what you are to each other")
    declared = DeclaredConnection.objects.in_force().filter(worker=by)
    if declared.filter(declared_person_id=person.pk).exists():
        raise CannotDo("You have declared this already")
    named = RestrictionAccess.objects.filter(person=person, worker=by, ended_at=None)
    named.update(ended_at=timezone.now())
    notify(
        to=structure.managers_of(by, on=timezone.localdate()),
        text=f"{by} has a personal connection to {person} and can no longer open the record. "
        "Give any work they have with this family to somebody else.",
        page=reverse("people:connections"),
        subject=person,
        by=by,
    )
    trail.record("Declared a connection of their own", person, by=by)
    DeclaredConnection.objects.create(
        worker=by, declared_person_id=person.pk, relationship=relationship
    )


@transaction.atomic
def end_connection(*, connection: DeclaredConnection, reason: str, by: User) -> None:
    """End a worker's declared connection, as a manager. They may open the record again."""
    with seeing_everybody(system_worker()):
        found = DeclaredConnection.objects.select_for_update().get(pk=connection.pk)
    if found.worker_id == by.pk:
        raise CannotDo("You declared this connection, so a manager must end it")
    if found.ended_at is not None:
        raise CannotDo("This connection has been ended")
    if not reason.strip():
        raise CannotDo("Say why it has ended")
    found.ended_at, found.ended_by = timezone.now(), by
    found.save(update_fields=["ended_at", "ended_by"])
    about = [found.declared_person_id]
    trail.record("Ended a declared connection", found, by=by, about=about, reason=reason)
