"""A child seen on a visit is seen in the enquiry: written once, on the visit, and never again."""

from django.utils import timezone

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.casework import actions as casework
from hearth.casework.models import Task
from hearth.lib.dates import in_words
from hearth.protection.models import EnquiryChild
from hearth.protection.process import SEE_CHILD
from hearth.records.models import Visit, VisitChild
from hearth.workforce.rules import is_registered

# Nothing more is to be had by going again: a baby, or a child who needs somebody with them.
CANNOT_BE_ALONE = ("too_young", "disability")
SEEN = "seen"
NOT_SO = "The visit that met it was withdrawn or put right: the child has not been seen, or alone"


def see_in_enquiries(visit: Visit, by: User) -> None:
    """Let open enquiries about the children of a visit say when each was seen, and alone.

    Called whenever a visit is recorded, put right or withdrawn. Only a registered social worker's
    visit counts. A withdrawn one counts no more.
    """
    open_parts = EnquiryChild.objects.filter(child__in=visit.about, ended_on=None)
    for part in open_parts.select_for_update(of=("self",)).select_related("enquiry").order_by("pk"):
        _see(part, by)


def _see(part: EnquiryChild, by: User) -> None:
    seen = _sights(part)
    alone = [sight for sight in seen if sight.seen_alone]
    first = seen[0] if seen else None
    was = (part.seen_at, part.seen_alone_at)
    part.seen_at = first.visit.happened_at if first else None
    part.seen_alone_at = alone[0].visit.happened_at if alone else None
    if first is not None and not alone and not part.not_alone_reason:
        part.not_alone_reason = first.reason
    if was == (part.seen_at, part.seen_alone_at):
        return
    part.save(update_fields=["seen_at", "seen_alone_at", "not_alone_reason"])
    trail.record("Seen in a section 47 enquiry, as the visit says", part, by=by)
    enough = alone or [sight for sight in seen if sight.reason in CANNOT_BE_ALONE]
    if enough:
        _finish(part, enough[0], by)
    else:
        _ask_again(part, by)


def _sights(part: EnquiryChild) -> list[VisitChild]:
    """The visits since the enquiry began at which a registered social worker saw the child."""
    seen = VisitChild.objects.filter(
        child=part.child_id,
        seen=True,
        withdrawn=False,
        happened_on__gte=part.enquiry.started_on,
        visit__state="made",
    ).select_related("visit", "visited_by")
    return [
        sight
        for sight in seen.order_by("visit__happened_at", "pk")
        if sight.visited_by
        and sight.happened_on
        and is_registered(sight.visited_by, on=sight.happened_on)
    ]


def _ask_again(part: EnquiryChild, by: User) -> None:
    """Put seeing this child back on the list, where the visit that met it does not stand."""
    met = Task.objects.of_step(SEE_CHILD).filter(
        record_id=part.enquiry_id, about=[part.child_id], outcome=SEEN, done_at__isnull=False
    )
    for task in met:
        casework.reopen(task, reason=NOT_SO, by=by)


def _finish(part: EnquiryChild, sight: VisitChild, by: User) -> None:
    """Take seeing this child off the list; late, the visit itself says when it came to be."""
    waiting = Task.objects.outstanding().of_step(SEE_CHILD)
    for task in waiting.filter(record_id=part.enquiry_id, about=[part.child_id]):
        on = sight.happened_on or timezone.localdate()
        casework.complete(
            task,
            outcome=SEEN,
            on=on,
            late_reason=f"First seen on {in_words(on)}",
            by=by if is_registered(by, on=on) else sight.visited_by or by,
        )
