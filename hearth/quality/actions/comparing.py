"""An authority's own comparators: entered with their source, put right, and withdrawn."""

from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.lib.errors import CannotDo
from hearth.quality.comparators import COMPARATORS, FIRST_YEAR, last_year
from hearth.quality.flow.elsewhere import measures
from hearth.quality.models import OwnComparator

WHOLE = Decimal(100)


@transaction.atomic
def record_comparator(
    *, name: str, measure: str, year: int, percent: Decimal, source: str, by: User
) -> OwnComparator:
    """Enter what a share was elsewhere in a year. It stands beside the charts, and signals nothing.

    One stands for whom, what and which year; the figures that are published keep their names.
    """
    if not name or not source:
        raise CannotDo("Say whose share it is, and where it is from")
    if measure not in dict(measures()):
        raise CannotDo("Choose which share it is")
    if name.casefold() in {one.name.casefold() for one in COMPARATORS.values()}:
        raise CannotDo(f"What is published of {name} is here already: give yours another name")
    last = last_year(timezone.localdate())
    if not FIRST_YEAR <= year <= last:
        raise CannotDo(f"Choose a year from {FIRST_YEAR} to {last}: one that is over")
    if (
        OwnComparator.objects.standing()
        .filter(name__iexact=name, measure=measure, year=year)
        .exists()
    ):
        raise CannotDo("This is entered already. If it is wrong, put it right where it stands")
    made = _made(name=name, measure=measure, year=year, percent=percent, source=source, by=by)
    trail.record("Entered a comparator of the figures", made, by=by)
    return made


def _made(*, percent: Decimal, by: User, **of: object) -> OwnComparator:
    if not 0 <= percent <= WHOLE:
        raise CannotDo("A share is between 0 and 100 in a hundred")
    made: OwnComparator = OwnComparator.objects.create(percent=percent, recorded_by=by, **of)
    return made


@transaction.atomic
def correct_comparator(
    *,
    comparator: OwnComparator,
    percent: Decimal | None,
    source: str,
    reason: str,
    by: User,
) -> OwnComparator | None:
    """Put another figure in a comparator's place, or nothing; what it said stays in the history."""
    wrong = OwnComparator.objects.select_for_update(of=("self",)).get(pk=comparator.pk)
    if wrong.withdrawn_at is not None:
        raise CannotDo("This was put right or withdrawn already")
    if not reason:
        raise CannotDo("Say what was wrong with it")
    source = source or wrong.source
    if percent is not None and (percent, source) == (wrong.percent, wrong.source):
        raise CannotDo("This is what it says already")
    wrong.withdrawn_at, wrong.withdrawn_by = timezone.now(), by
    wrong.withdrawn_because = reason
    wrong.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
    if percent is None:
        trail.record("Withdrew a comparator of the figures", wrong, by=by, reason=reason)
        return None
    of = {"name": wrong.name, "measure": wrong.measure, "year": wrong.year}
    made = _made(percent=percent, source=source, corrects=wrong, by=by, **of)
    trail.record("Put a comparator of the figures right", made, by=by, reason=reason)
    return made
