"""A manager's directions: given with an owner and a date, and done with what came of it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.accounts.notices import notify
from hearth.casework.actions.tasks import complete, open_step
from hearth.casework.models import Direction, DirectionChild, DirectionSource, Episode
from hearth.casework.steps import DIRECTION
from hearth.lib.dates import in_words
from hearth.lib.errors import CannotDo
from hearth.people.models import Person
from hearth.workforce.models import Team


@transaction.atomic
def give_direction(
    *,
    children: Sequence[Person],
    text: str,
    owner: User,
    due_on: date,
    on: date,
    source: str = DirectionSource.SUPERVISION,
    team: Team | None = None,
    by: User,
) -> Direction:
    """Direct that something be done for these children, by whom and by when.

    It stands on its owner's list from then on. No action is given without an owner and a date.
    """
    _check(children, text, due_on, on)
    said = {"text": text, "owner": owner, "due_on": due_on, "source": DirectionSource(source)}
    direction = _write(children, {**said, "given_on": on, "given_by": by})
    direction.task = open_step(
        DIRECTION,
        children=children,
        trigger=on,
        by=by,
        record_id=direction.pk,
        worker=owner,
        team=team,
        set_for=due_on,
    )
    direction.save(update_fields=["task"])
    _tell(direction, by)
    trail.record("Gave a direction", direction, by=by)
    return direction


def _check(children: Sequence[Person], text: str, due_on: date, on: date) -> None:
    if not text:
        raise CannotDo("Say what is to be done")
    if not children:
        raise CannotDo("Choose the children this is for")
    if due_on < on:
        raise CannotDo(
            f"It is to be done by {in_words(due_on)}, before it was asked for on {in_words(on)}"
        )


def _write(children: Sequence[Person], said: Mapping[str, Any]) -> Direction:
    """The direction, and a part for each child with the episode they have open."""
    direction: Direction = Direction.objects.create(
        about=sorted(child.pk for child in children), **said
    )
    episodes = {e.child_id: e for e in Episode.objects.open().filter(child__in=list(children))}
    DirectionChild.objects.bulk_create(
        DirectionChild(direction=direction, child=child, episode=episodes.get(child.pk))
        for child in children
    )
    return direction


@transaction.atomic
def do_direction(
    *, direction: Direction, result: str, on: date, late_reason: str = "", by: User
) -> None:
    """Record what was done about a direction, and take it off the list."""
    if not result:
        raise CannotDo("Say what was done and what came of it")
    direction = Direction.objects.select_for_update(of=("self",)).get(pk=direction.pk)
    if on < direction.given_on:
        raise CannotDo(f"This was only asked for on {in_words(direction.given_on)}")
    if direction.task is None:
        raise CannotDo("This direction has no task to finish")
    complete(direction.task, outcome="done", on=on, late_reason=late_reason, by=by)
    direction.result = result
    direction.save(update_fields=["result"])
    trail.record("Did what was directed", direction, by=by)


def _tell(direction: Direction, by: User) -> None:
    if direction.owner_id != by.pk:
        notify(
            to=direction.owner,
            text=f"{by} asks for something by {in_words(direction.due_on)}",
            page=f"/directions/{direction.pk}/",
            subject=direction,
            by=by,
        )
