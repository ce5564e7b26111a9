"""What a worker does to their own session and notices."""

from django.db import transaction
from django.utils import timezone

from hearth.accounts import trail
from hearth.accounts.models import Notice, TrailKind, User


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
