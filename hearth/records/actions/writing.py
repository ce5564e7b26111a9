"""What every note and visit is checked for before it is written, edited or taken back."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.utils import timezone

from hearth.accounts.models import User
from hearth.accounts.roles import MANAGERS
from hearth.lib.errors import CannotDo
from hearth.people.models import Person
from hearth.records.actions.holding import hold
from hearth.records.models import CaseNote, Visit
from hearth.records.rules import why_not_then

W = TypeVar("W", CaseNote, Visit)


def already_sent(model: type[W], uuid: UUID | None, by: User) -> W | None:
    """What this worker already sent under this id; whoever sends it twice at once waits here."""
    if uuid is None:
        return None
    hold(f"written:{uuid}")
    sent = model.objects.filter(uuid=uuid).first()
    if sent is not None and sent.recorded_by_id != by.pk:
        raise CannotDo("This form was already sent by somebody else. Open it again")
    return sent


def check_when(happened_at: datetime, children: Sequence[Person]) -> None:
    """Refuse a moment still to come, or long before one of the children was born."""
    if not children:
        raise CannotDo("Choose at least one child this is about")
    born = {child.name: child.born_on for child in children}
    day = timezone.localdate(happened_at)
    if happened_at > timezone.now():
        raise CannotDo("This cannot be recorded before it has happened: check the date and time")
    if why := why_not_then(day, today=timezone.localdate(), born=born):
        raise CannotDo(why)


def check_not_merged(children: Sequence[Person]) -> None:
    """Nothing is written on a record that was merged into another."""
    for child in children:
        if child.merged_into_id is not None:
            raise CannotDo(f"{child}'s record was merged into another: write it there")


def take_to_edit(written: W, *, version: int, by: User) -> W:
    """This note or visit, locked, when its author may still edit the words they saw."""
    taken = type(written).objects.select_for_update(of=("self",)).get(pk=written.pk)
    if why := why_not_edit(taken, by=by, now=timezone.now()):
        raise CannotDo(why)
    if taken.version != version:
        raise CannotDo("This was changed since you opened it. Open it again to see both texts")
    return taken


def why_not_edit(written: CaseNote | Visit, *, by: User, now: datetime) -> str | None:
    """Why this worker may no longer edit what was written; None if they may."""
    if written.is_withdrawn:
        return "This was withdrawn"
    if written.recorded_by_id != by.pk:
        return "Only whoever wrote this may edit it. You may add to it"
    if not written.is_open_at(now):
        return "This may be edited only on the day it was written. You may add to it"
    return None


def why_not_withdraw(written: CaseNote | Visit, *, by: User) -> str | None:
    """Why this worker may not take back what was written; None if they may."""
    if written.is_withdrawn:
        return "This was already withdrawn"
    if written.recorded_by_id != by.pk and not by.has_role(*MANAGERS):
        return "Only whoever wrote this, or a manager, may withdraw it"
    return None
