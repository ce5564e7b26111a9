"""A new concern on a visit: managers are told, and the strategy discussion asked for is theirs."""

from django.utils import timezone

from hearth.accounts import trail
from hearth.accounts.models import Notice, User
from hearth.accounts.notices import notify
from hearth.accounts.structure import managers_of
from hearth.accounts.trail import label
from hearth.casework import actions as casework
from hearth.casework.models import Allocation, Task
from hearth.people.models import Person
from hearth.protection.process import STRATEGY
from hearth.records.models import Visit


def follow_concern(visit: Visit, by: User) -> None:
    """See that a concern does not wait in a visit's account until somebody reads it.

    Called whenever a visit is recorded, put right or withdrawn; what was asked for once is not
    asked for again.
    """
    if not visit.concern or visit.is_withdrawn or visit.happened_at is None:
        return
    if visit.strategy_asked:
        _ask(visit, by)
    if not Notice.objects.filter(subject=label(visit)).exists():
        asked = " and asks for a strategy discussion" if visit.strategy_asked else ""
        notify(
            to=_managers(visit, by),
            text=f"{by} recorded a new concern on a visit{asked}",
            page=f"/visits/{visit.pk}/",
            subject=visit,
            by=by,
        )


def _managers(visit: Visit, by: User) -> list[User]:
    """Those of whoever leads each child's case, and of whoever went."""
    led = Allocation.objects.current().leading().filter(child__in=visit.about)
    workers = {by.pk: by} | {one.worker_id: one.worker for one in led.select_related("worker")}
    today = timezone.localdate()
    return [manager for worker in workers.values() for manager in managers_of(worker, on=today)]


def _ask(visit: Visit, by: User) -> None:
    """Put the discussion on the list of the team that has the case, once for these children."""
    assert visit.happened_at is not None  # noqa: S101 - a done visit has a time, by constraint
    children = list(Person.objects.filter(pk__in=visit.about).order_by("pk"))
    asked = Task.objects.of_step(STRATEGY).filter(
        trigger_on__gte=timezone.localdate(visit.happened_at)
    )
    waiting = Task.objects.outstanding().of_step(STRATEGY)
    if any(rows.for_child(child).exists() for rows in (asked, waiting) for child in children):
        return
    held = Allocation.objects.current().leading().filter(child__in=children).select_related("team")
    lead = held.first()
    task = casework.open_step(
        STRATEGY,
        children=children,
        trigger=visit.happened_at,
        by=by,
        worker=None if lead else by,
        team=lead.team if lead else None,
        brief=f"Asked for by {by} after a visit",
    )
    trail.record("Asked for a strategy discussion after a visit", task, by=by)
