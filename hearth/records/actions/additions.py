"""What is done to a note or a visit after it was written: added to, read, taken back."""

from django.db import transaction
from django.utils import timezone

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.lib.errors import CannotDo
from hearth.people.models import Person
from hearth.records.actions.chronology import withdraw_chronicle
from hearth.records.actions.notes import OVERSEERS
from hearth.records.actions.writing import why_not_withdraw
from hearth.records.after import tell_rooms
from hearth.records.models import Addition, AdditionKind, CaseNote, Visit


@transaction.atomic
def add_addendum(
    *, written: CaseNote | Visit, text: str, child: Person | None = None, by: User
) -> Addition:
    """Add, dated, to what was written. With a `child` it is private to them."""
    return _add(written, AdditionKind.ADDENDUM, text, child, by)


@transaction.atomic
def give_feedback(*, written: CaseNote | Visit, text: str, by: User) -> Addition:
    """Attach a manager's feedback to somebody's recording, which stays as it was written."""
    if not by.has_role(*OVERSEERS):
        raise CannotDo("Only a manager gives feedback on recording")
    if written.recorded_by_id == by.pk:
        raise CannotDo("You wrote this yourself. Add to it instead")
    mark_read(written=written, by=by)
    return _add(written, AdditionKind.FEEDBACK, text, None, by)


@transaction.atomic
def mark_read(*, written: CaseNote | Visit, by: User) -> None:
    """Record that a manager has read what a worker wrote."""
    taken = type(written).objects.select_for_update(of=("self",)).get(pk=written.pk)
    if not by.has_role(*OVERSEERS) or taken.recorded_by_id == by.pk:
        raise CannotDo("A manager other than whoever wrote this marks it as read")
    if taken.read_at is None:
        taken.read_at, taken.read_by = timezone.now(), by
        taken.save(update_fields=["read_at", "read_by"])
    trail.record("Marked as read", taken, by=by)


@transaction.atomic
def withdraw_written(*, written: CaseNote | Visit, reason: str, by: User) -> None:
    """Take back a note or visit recorded by mistake. It is kept, out of the record, with why."""
    taken = type(written).objects.select_for_update(of=("self",)).get(pk=written.pk)
    if why := why_not_withdraw(taken, by=by):
        raise CannotDo(why)
    if not reason:
        raise CannotDo("Say why this is withdrawn")
    taken.withdrawn_at, taken.withdrawn_by = timezone.now(), by
    taken.withdrawn_reason = reason[:500]
    taken.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    if isinstance(taken, Visit):
        for part in taken.parts.all():
            part.withdrawn = True
            part.save(update_fields=["withdrawn"])
    withdraw_chronicle(source=taken, reason=reason, by=by)
    trail.record("Withdrew", taken, by=by)
    if isinstance(taken, Visit):
        tell_rooms(taken, by)


def _add(
    written: CaseNote | Visit, kind: AdditionKind, text: str, child: Person | None, by: User
) -> Addition:
    if written.is_withdrawn:
        raise CannotDo("This was withdrawn, so it cannot be added to")
    if not text:
        raise CannotDo("Say what you want to add")
    if child is not None and child.pk not in written.about:
        raise CannotDo(f"This is not about {child}")
    addition: Addition = Addition.objects.create(
        note=written if isinstance(written, CaseNote) else None,
        visit=written if isinstance(written, Visit) else None,
        about=written.about,
        child=child,
        kind=kind,
        text=text,
        recorded_by=by,
    )
    trail.record(f"{addition}: {written._meta.verbose_name}", addition, by=by)
    return addition
