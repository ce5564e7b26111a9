"""What an administrator does to a worker's account."""

from collections.abc import Sequence
from datetime import date

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from hearth.accounts import trail
from hearth.accounts.actions.own import sign_out_everywhere
from hearth.accounts.actions.roles import check_roles, needs_agreement, tell_of_record_readers
from hearth.accounts.models import User
from hearth.accounts.notices import notify
from hearth.accounts.roles import Role
from hearth.accounts.structure import managers_of, open_work_of
from hearth.lib.errors import CannotDo
from hearth.lib.text import tidy_line

SYSTEM_USERNAME = "hearth"
OWN = "Nobody does this to their own account: ask another administrator"


def system_worker() -> User:
    """The worker that Hearth's own jobs run as, made the first time it is asked for."""
    worker: User
    worker, _ = User.objects.get_or_create(
        username=SYSTEM_USERNAME,
        defaults={
            "first_name": "Hearth",
            "roles": [Role.SYSTEM],
            "is_active": False,
            "password": make_password(None),
        },
    )
    return worker


@transaction.atomic
def create_worker(
    *,
    email: str,
    first_name: str,
    last_name: str,
    roles: Sequence[str],
    password: str | None,
    by: User,
) -> User:
    """Give somebody who works here a way to sign in. Without a password they use single sign-on."""
    email = _free_address(email)
    check_roles(roles)
    if not by.has_role(Role.SYSTEM) and needs_agreement(User(), roles):
        raise CannotDo("Make the account without the roles that open records, then ask for them")
    worker: User = User.objects.create(
        username=email,
        email=email,
        first_name=tidy_line(first_name),
        last_name=tidy_line(last_name),
        roles=[Role(role) for role in roles],
        password=make_password(password),
    )
    trail.record("Created a worker's account", worker, by=by, reason=worker.role_names)
    tell_of_record_readers(worker, roles, by)
    return worker


@transaction.atomic
def change_worker(*, worker: User, email: str, first_name: str, last_name: str, by: User) -> None:
    """Change how a worker is named and the address they sign in with."""
    _not_hearth(worker)
    if email.strip().lower() != worker.email:
        worker.email = worker.username = _free_address(email)
        # The council's sign-in goes by the address: whoever has the new one is found afresh.
        SocialAccount.objects.filter(user=worker).delete()
    worker.first_name, worker.last_name = tidy_line(first_name), tidy_line(last_name)
    worker.save(update_fields=["email", "username", "first_name", "last_name"])
    trail.record("Changed a worker's name or address", worker, by=by)


@transaction.atomic
def deactivate_worker(*, worker: User, by: User) -> None:
    """Close a worker's account: they are signed out at once and cannot sign in again.

    An account is closed whatever its worker still has, for it may have to be closed this minute;
    but their managers are told what is left with nobody to do it.
    """
    _not_hearth(worker)
    if worker.pk == by.pk:
        raise CannotDo(OWN)
    if worker.has_role(Role.ADMINISTRATOR) and not _other_administrators(worker):
        raise CannotDo("This is the only administrator: give somebody else the role first")
    worker.is_active = False
    worker.save(update_fields=["is_active"])
    trail.record("Closed a worker's account", worker, by=by)
    sign_out_everywhere(worker=worker, by=by)
    if left := open_work_of(worker):
        notify(
            to=managers_of(worker, on=timezone.localdate()),
            text=f"{worker} can no longer sign in, and still has {left}. Give it to others today",
            page=f"/staff/{worker.staff.pk}/hand-over/" if hasattr(worker, "staff") else "",
            by=by,
        )


@transaction.atomic
def reactivate_worker(*, worker: User, by: User) -> None:
    """Open a closed account again, with the roles it had."""
    _not_hearth(worker)
    if worker.pk == by.pk:
        raise CannotDo(OWN)
    worker.is_active, worker.ends_on = True, None
    worker.save(update_fields=["is_active", "ends_on"])
    trail.record("Opened a worker's account again", worker, by=by, reason=worker.role_names)
    tell_of_record_readers(worker, worker.roles, by)


@transaction.atomic
def end_account(*, worker: User, ends_on: date | None, by: User) -> None:
    """Say from which day a worker may no longer sign in; they are signed out as it begins."""
    _not_hearth(worker)
    worker.ends_on = ends_on
    worker.save(update_fields=["ends_on"])
    trail.record("Set the day a worker's account ends", worker, by=by)


@transaction.atomic
def reset_second_factor(*, worker: User, by: User) -> None:
    """Take away a worker's second factor, for one who has lost it, and sign them out everywhere.

    They, and the Caldicott guardian, are told: with a new password it would let somebody else in.
    """
    _not_hearth(worker)
    if worker.pk == by.pk:
        raise CannotDo(OWN)
    Authenticator.objects.filter(user=worker).delete()
    SocialAccount.objects.filter(user=worker).delete()
    trail.record("Reset a worker's second factor", worker, by=by)
    sign_out_everywhere(worker=worker, by=by)
    told = [worker, *User.objects.holding(Role.CALDICOTT)]
    notify(to=told, text=f"{by} reset {worker}'s second factor.", by=by)


@transaction.atomic
def issue_password_link(*, worker: User, by: User) -> str:
    """Make a link with which a worker chooses a password; it works once, for a day. Its path.

    They are told that it was made, and by whom.
    """
    _not_hearth(worker)
    if worker.pk == by.pk:
        raise CannotDo("Change your own password from your account")
    if not worker.may_sign_in(on=timezone.localdate()):
        raise CannotDo("This account is closed: open it again first")
    key = default_token_generator.make_token(worker)
    trail.record("Made a link to choose a password", worker, by=by)
    notify(to=worker, text=f"{by} made a link with which you could choose a password.", by=by)
    return reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(worker), "key": key},
    )


def _free_address(email: str) -> str:
    email = email.strip().lower()
    if User.objects.filter(username=email).exists() or User.objects.filter(email=email).exists():
        raise CannotDo(f"Somebody signs in as {email} already")
    return email


def _not_hearth(worker: User) -> None:
    if worker.has_role(Role.SYSTEM):
        raise CannotDo("This account is Hearth's own")


def _other_administrators(worker: User) -> bool:
    return bool(User.objects.holding(Role.ADMINISTRATOR).exclude(pk=worker.pk).exists())
