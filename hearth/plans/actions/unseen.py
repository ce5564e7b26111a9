"""Telling managers and chairs of a child with a protection plan whom nobody has seen for weeks."""

from datetime import date, timedelta

from django.db import transaction

from hearth.accounts import trail
from hearth.accounts.models import Notice, User
from hearth.accounts.notices import notify
from hearth.accounts.roles import Role
from hearth.accounts.structure import managers_of
from hearth.accounts.trail import label
from hearth.casework.actions import lead_worker
from hearth.casework.models.local import local_rules
from hearth.casework.timescales import due, timescale_of
from hearth.lib.dates import in_words
from hearth.people.models import Person
from hearth.plans.actions.visiting import last_counted
from hearth.plans.models import CONFERENCES, Meeting, PlanChild, PlanKind

NOT_SEEN = "CP-13"
AGAIN_AFTER = timedelta(weeks=1)


@transaction.atomic
def tell_of_unseen(*, today: date, by: User) -> int:
    """Tell the lead's managers, and the chair, of each child not seen in time. Returns how many.

    Told again each week until the child is seen.
    """
    told, timescale, local = 0, timescale_of(NOT_SEEN), local_rules()
    standing = PlanChild.objects.on(today).of_kind(PlanKind.PROTECTION)
    for part in standing.select_related("child", "plan").order_by("pk"):
        since = last_counted(part) or part.started_on
        limit = due(timescale, since, local)
        if limit is None or limit.on >= today or _told_lately(part, today):
            continue
        workers = whom_to_tell(part.child, today)
        if workers:
            notify(
                to=workers,
                text=f"A child with a protection plan was last seen on {in_words(since)}"
                if last_counted(part)
                else f"A child with a protection plan since {in_words(since)} has not been seen",
                page=f"/children/{part.child_id}/",
                subject=part,
                by=by,
            )
            told += 1
    trail.record(f"Looked for children not seen: told of {told}", None, by=by)
    return told


def whom_to_tell(child: Person, today: date) -> list[User]:
    """The managers of whoever leads the case, and the chair of the last conference."""
    lead = lead_worker(child)
    found = {one.pk: one for one in managers_of(lead, on=today)} if lead is not None else {}
    held = Meeting.objects.held().of_child(child).filter(kind__in=CONFERENCES)
    last = held.filter(chair__isnull=False).select_related("chair").order_by("-held_at").first()
    if last is not None and last.chair is not None:
        found[last.chair.pk] = last.chair
    if not found:
        senior = User.objects.filter(is_active=True, roles__contains=[Role.SERVICE_MANAGER])
        found = {one.pk: one for one in senior}
    return list(found.values())


def _told_lately(part: PlanChild, today: date) -> bool:
    """Whether this was told within the week."""
    since = today - AGAIN_AFTER
    return Notice.objects.filter(subject=label(part), recorded_at__date__gt=since).exists()
