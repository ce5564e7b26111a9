"""Giving workers their roles. Nobody gives themselves any."""

from collections.abc import Collection, Sequence

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from hearth.accounts import trail
from hearth.accounts.models import RoleRequest, User
from hearth.accounts.notices import notify
from hearth.accounts.roles import RECORD_READERS, STAFF, Role
from hearth.lib.errors import CannotDo


@transaction.atomic
def give_roles(*, worker: User, roles: Sequence[str], by: User) -> None:
    """Change what a worker may do.

    Not their own; and an administrator's account is given a role that opens records only when
    somebody else agrees (`request_roles`). The Caldicott guardian is told of each such role given.
    """
    worker = User.objects.select_for_update().get(pk=worker.pk)
    check_roles(roles)
    if worker.pk == by.pk:
        raise CannotDo("Nobody changes their own roles: ask for them, and somebody else must agree")
    if worker.has_role(Role.SYSTEM):
        raise CannotDo("This account is Hearth's own")
    if needs_agreement(worker, roles):
        raise CannotDo(
            "An administrator's account is given a role that opens records only when somebody"
            " else agrees: ask for it"
        )
    _refuse_leaving_none(worker, roles)
    new = set(roles) - set(worker.roles)
    _set(worker, roles, by)
    tell_of_record_readers(worker, new, by)


def needs_agreement(worker: User, roles: Collection[str]) -> bool:
    """Whether these would let somebody both open records and manage accounts, as they may not now.

    It is kept rare, and never one person's doing, that whoever makes accounts can read records.
    """
    reads, read = bool(_readers(roles)), worker.has_role(*RECORD_READERS)
    administers, administered = Role.ADMINISTRATOR in roles, worker.has_role(Role.ADMINISTRATOR)
    return reads and (administers or administered) and not (read and administered)


@transaction.atomic
def request_roles(*, worker: User, roles: Sequence[str], reason: str, by: User) -> RoleRequest:
    """Ask for roles that somebody else must agree to: one's own, or an administrator's."""
    check_roles(roles)
    if worker.has_role(Role.SYSTEM):
        raise CannotDo("This account is Hearth's own")
    if not reason.strip():
        raise CannotDo("Say why the roles are needed")
    if RoleRequest.objects.waiting().filter(worker=worker).exists():
        raise CannotDo("Roles have been asked for this account already, and wait for an answer")
    request = RoleRequest.objects.create(
        worker=worker, roles=[Role(role) for role in roles], reason=reason, requested_by=by
    )
    trail.record("Asked for roles", request, by=by, reason=str(request))
    notify(
        to=User.objects.holding(Role.ADMINISTRATOR, Role.CALDICOTT).exclude(pk=worker.pk),
        text=f"{by} asks for roles for {worker}: {request}. Somebody else must agree.",
        page=reverse("accounts:role_requests"),
        subject=request,
        by=by,
    )
    return request


@transaction.atomic
def decide_roles(*, request: RoleRequest, agreed: bool, by: User) -> None:
    """Agree to roles that were asked for, or refuse them. Never by who asked or is to have them."""
    request = RoleRequest.objects.select_for_update().get(pk=request.pk)
    if request.decided_at is not None:
        raise CannotDo("This has been decided")
    if by.pk in (request.requested_by_id, request.worker_id):
        raise CannotDo("Somebody else must decide this")
    request.decided_at, request.decided_by, request.agreed = timezone.now(), by, agreed
    request.save(update_fields=["decided_at", "decided_by", "agreed"])
    words = "Agreed to roles" if agreed else "Refused roles"
    trail.record(words, request, by=by, reason=str(request))
    if agreed:
        worker = User.objects.select_for_update().get(pk=request.worker_id)
        _refuse_leaving_none(worker, request.roles)
        _set(worker, request.roles, by)
        tell_of_record_readers(worker, request.roles, by)
    answer = "agreed to" if agreed else "refused"
    notify(
        to=request.requested_by, text=f"{by} {answer} the roles you asked for: {request}.", by=by
    )


def check_roles(roles: Sequence[str]) -> None:
    """Refuse a role that nobody holds."""
    if not roles:
        raise CannotDo("Choose at least one role")
    if unknown := set(roles) - set(STAFF):
        raise CannotDo(f"Nobody holds the role {', '.join(sorted(unknown))}")


def tell_of_record_readers(worker: User, roles: Collection[str], by: User) -> None:
    """Tell the Caldicott guardian that somebody may now open records."""
    opened = [Role(role).label for role in sorted(_readers(roles))]
    if opened and not by.has_role(Role.SYSTEM):
        notify(
            to=User.objects.holding(Role.CALDICOTT),
            text=f"{by} gave {worker} a role that opens records: {', '.join(opened)}.",
            by=by,
        )


def _readers(roles: Collection[str]) -> set[str]:
    return set(roles) & set(RECORD_READERS)


def _set(worker: User, roles: Sequence[str], by: User) -> None:
    before = worker.role_names or "none"
    worker.roles = [Role(role) for role in roles]
    worker.save(update_fields=["roles"])
    words = f"{before}; now {worker.role_names}"
    trail.record("Changed a worker's roles", worker, by=by, reason=words)


def _refuse_leaving_none(worker: User, roles: Sequence[str]) -> None:
    if worker.has_role(Role.ADMINISTRATOR) and Role.ADMINISTRATOR not in roles:
        others = User.objects.holding(Role.ADMINISTRATOR).exclude(pk=worker.pk)
        if not others.exists():
            raise CannotDo("This is the only administrator: give somebody else the role first")
