"""What is done to workers' accounts. Every write in this room is here."""

from collections.abc import Sequence

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from hearth.accounts import trail
from hearth.accounts.models import Notice, TrailKind, User
from hearth.accounts.roles import Role

SYSTEM_USERNAME = "hearth"


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
    worker: User = User.objects.create(
        username=email.lower(),
        email=email.lower(),
        first_name=first_name,
        last_name=last_name,
        roles=list(roles),
        password=make_password(password),
    )
    trail.record("Created a worker's account", worker, by=by)
    return worker


@transaction.atomic
def sign_out_everywhere(*, worker: User, by: User) -> None:
    """End every session a worker has, on every device."""
    worker.signed_out_at = timezone.now()
    worker.save(update_fields=["signed_out_at"])
    trail.record("Signed out everywhere", worker, by=by, kind=TrailKind.SIGN_IN)


@transaction.atomic
def read_notice(*, notice: Notice, by: User) -> None:
    """Note that a notice was read: the first time counts."""
    if notice.read_at is None:
        notice.read_at = timezone.now()
        notice.save(update_fields=["read_at"])
        trail.record("Read a notice", notice, by=by)
