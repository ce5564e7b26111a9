"""What the pages of accounts are made of."""

from django.db.models import F, QuerySet

from hearth.accounts.models import Notice, User


def notices_of(worker: User) -> QuerySet[Notice]:
    """All a worker was told: unread first, then the newest."""
    found = Notice.objects.visible_to(worker).select_related("told_by")
    return found.order_by(F("read_at").desc(nulls_first=True), "-recorded_at", "-pk")
