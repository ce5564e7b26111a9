"""Giving a case to a worker, and taking it back."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.accounts.notices import notify
from hearth.casework.actions.directions import give_direction
from hearth.casework.actions.tasks import complete
from hearth.casework.allocating import Candidate, candidate
from hearth.casework.following import check_may_be_given
from hearth.casework.models import Allocation, AllocationRole, DirectionSource, Episode, Task
from hearth.lib.codes import code_set
from hearth.lib.dates import in_words
from hearth.lib.errors import CannotDo
from hearth.people.models import Person
from hearth.records.actions import chronicle, record_oversight
from hearth.records.rules import moment_on
from hearth.workforce.models import Team

TO_ALLOCATE = "casework.allocate"
FIRST_WORKER = "FCONTA"


@transaction.atomic
def allocate(
    *,
    episode: Episode,
    worker: User,
    team: Team,
    on: date,
    direction: str,
    role: str = AllocationRole.LEAD,
    change_reason: str = "",
    over_limit_reason: str = "",
    late_reason: str = "",
    asked: Sequence[tuple[str, date]] = (),
    by: User,
) -> Allocation:
    """Give one child's case to a worker, with the manager's direction."""
    return allocate_family(
        episodes=[episode],
        worker=worker,
        team=team,
        on=on,
        direction=direction,
        role=role,
        change_reason=change_reason,
        over_limit_reason=over_limit_reason,
        late_reason=late_reason,
        asked=asked,
        by=by,
    )[0]


@transaction.atomic
def allocate_family(
    *,
    episodes: Sequence[Episode],
    worker: User,
    team: Team,
    on: date,
    direction: str,
    role: str = AllocationRole.LEAD,
    change_reason: str = "",
    over_limit_reason: str = "",
    late_reason: str = "",
    asked: Sequence[tuple[str, date]] = (),
    by: User,
) -> list[Allocation]:
    """Give the cases of brothers and sisters to a worker, with the manager's direction.

    `asked` is what the worker is to do first, each with its date. The lead must be a social worker
    registered on the day. A lead already there hands over, and the child's open tasks go with the
    case. More than the limit is a warning that asks for its reason.
    """
    episodes = [_held(episode, on) for episode in sorted(episodes, key=lambda e: e.child_id)]
    _check_asked_for(episodes, role, direction)
    said = {
        "worker": worker,
        "team": team,
        "role": role,
        "started_on": on,
        "direction": direction,
        "change_reason": change_reason,
        "over_limit_reason": _why_over(episodes, worker, team, role, on, over_limit_reason),
    }
    given = [_give(episode, said, by) for episode in episodes]
    if role == AllocationRole.LEAD:
        _oversee(episodes, direction, asked, on, by)
        _meet_the_wait(episodes, on, late_reason, by)
    _ask(episodes, worker, team, on, asked, by)
    _tell(given, worker, by)
    return given


def _check_asked_for(episodes: Sequence[Episode], role: str, direction: str) -> None:
    if not episodes:
        raise CannotDo("Choose at least one child")
    if role == AllocationRole.LEAD and not direction:
        raise CannotDo("Give your direction to the worker: what to do first, and by when")


def _oversee(
    episodes: Sequence[Episode],
    direction: str,
    asked: Sequence[tuple[str, date]],
    on: date,
    by: User,
) -> None:
    """Keep the direction with the rest of a manager's oversight, at the top of each record."""
    first = [f"{text} By {in_words(due_on)}." for text, due_on in asked]
    record_oversight(
        children=[episode.child for episode in episodes],
        text="\n\n".join([direction, *first]),
        oversight_point="allocation",
        happened_at=moment_on(on, now=timezone.now()),
        told_already=True,
        by=by,
    )


def _ask(
    episodes: Sequence[Episode],
    worker: User,
    team: Team,
    on: date,
    asked: Sequence[tuple[str, date]],
    by: User,
) -> None:
    """Put what the manager asks to be done first on the worker's list, with its date."""
    for text, due_on in asked:
        give_direction(
            children=[episode.child for episode in episodes],
            text=text,
            owner=worker,
            due_on=due_on,
            on=on,
            source=DirectionSource.ALLOCATION,
            team=team,
            by=by,
        )


def _tell(given: Sequence[Allocation], worker: User, by: User) -> None:
    """Tell the worker on their desk that the case is theirs."""
    if worker.pk == by.pk:
        return
    part = given[0].get_role_display().lower()
    names = ", ".join(str(allocation.child) for allocation in given)
    notify(
        to=worker,
        text=f"{by} made you {part} for {names}",
        page=f"/allocations/{given[0].pk}/",
        about=[allocation.child_id for allocation in given],
        by=by,
    )


def _held(episode: Episode, on: date) -> Episode:
    """The episode, held so that two managers cannot give it at once, if it can be given that day.

    The child's row is held, as for everything that must not happen twice to one child.
    """
    child = Person.objects.select_for_update(no_key=True).get(pk=episode.child_id)
    episode = Episode.objects.select_related("child").get(pk=episode.pk)
    if on > timezone.localdate():
        raise CannotDo("A case cannot be allocated from a day that has not come")
    if on < episode.started_on:
        raise CannotDo(f"{child} was only referred on {in_words(episode.started_on)}")
    if episode.ended_on is not None:
        raise CannotDo(f"{child}'s episode was closed on {in_words(episode.ended_on)}")
    return episode


def _why_over(
    episodes: Sequence[Episode], worker: User, team: Team, role: str, on: date, reason: str
) -> str:
    """Why it is right though it is more than the limit; nothing where it is not."""
    weighed = _weigh(episodes, worker, team, role, on)
    if weighed.warning and not reason:
        raise CannotDo(f"{weighed.warning}. Say why it is right all the same")
    return reason if weighed.warning else ""


def _weigh(episodes: Sequence[Episode], worker: User, team: Team, role: str, on: date) -> Candidate:
    found = candidate(
        worker, team=team, episodes=episodes, part=role, on=on, today=timezone.localdate()
    )
    if found is None:
        raise CannotDo(f"{worker} does not work here on that day")
    if found.refusals:
        raise CannotDo(". ".join(found.refusals))
    return found


def _give(episode: Episode, said: Mapping[str, Any], by: User) -> Allocation:
    """Record one child's allocation, ending what it takes the place of."""
    allocation = Allocation(child_id=episode.child_id, episode=episode, allocated_by=by, **said)
    allocation.change_reason = _why_changed(episode, allocation)
    _end_what_it_replaces(episode, allocation, by)
    allocation.save()
    part = allocation.get_role_display()
    trail.record(f"Allocated to {allocation.worker}: {part.lower()}", allocation, by=by)
    chronicle(
        about=[episode.child],
        kind="allocation",
        title=f"{part}: {allocation.worker}, {allocation.team}",
        text=allocation.direction,
        happened_on=allocation.started_on,
        source=allocation,
        page="casework:allocation",
        by=by,
    )
    return allocation


def _why_changed(episode: Episode, allocation: Allocation) -> str:
    if allocation.role != AllocationRole.LEAD:
        return allocation.change_reason
    leads = Allocation.objects.leading().filter(episode=episode).select_related("worker")
    last = leads.order_by("-started_on", "-pk").first()
    reason = allocation.change_reason or ("" if last else FIRST_WORKER)
    if last and not reason:
        raise CannotDo(
            f"{last.worker} has led {episode.child}'s case since {in_words(last.started_on)}. "
            "Choose why the worker is changing"
        )
    if why := code_set("allocation_change_reason").why_not_valid(reason, on=allocation.started_on):
        raise CannotDo(why)
    return reason


def _end_what_it_replaces(episode: Episode, allocation: Allocation, by: User) -> None:
    """End the present lead's spell, and the new worker's own in another part; refuse a clash."""
    on, worker, child = allocation.started_on, allocation.worker, episode.child
    spells = Allocation.objects.filter(child=child).exclude(ended_on__lte=on)
    lead: User | None = None
    for spell in spells.select_related("worker").select_for_update(of=("self",)):
        leads = spell.role == allocation.role == AllocationRole.LEAD
        if not leads and spell.worker_id != worker.pk:
            continue
        if spell.worker_id == worker.pk and spell.role == allocation.role:
            raise CannotDo(f"{worker} already has {child}'s case in that part")
        if not leads and spell.role == AllocationRole.LEAD:
            raise CannotDo(f"{worker} leads {child}'s case. Give it another lead first")
        if spell.started_on > on or spell.ended_on is not None:
            raise CannotDo(
                f"{spell.worker} was allocated on {in_words(spell.started_on)}, after that day"
            )
        end_allocation(allocation=spell, on=on, by=by)
        lead = spell.worker if leads else lead
    if allocation.role == AllocationRole.LEAD:
        _take_over_work(episode, allocation, lead)


def _take_over_work(episode: Episode, allocation: Allocation, before: User | None) -> None:
    """Give the new lead what waits for the last one, or for nobody yet, about this child.

    What is about a sibling too stays with the last lead while they still lead that sibling. A step
    whose room keeps the new lead from it stops the allocation, with what must be done first.
    """
    kept = Allocation.objects.current().leading().filter(worker=before)
    theirs = set(kept.values_list("child_id", flat=True)) if before else set()
    for task in Task.objects.outstanding().filter(children__episode=episode):
        waits = task.worker_id is None and allocation.worker.has_role(*task.step.done_by)
        passes = (
            before is not None and task.worker_id == before.pk and theirs.isdisjoint(task.about)
        )
        if (waits or passes) and task.step_key != TO_ALLOCATE:
            check_may_be_given(task, allocation.worker, allocation.started_on)
            task.worker, task.team = allocation.worker, allocation.team
            task.save(update_fields=["worker", "team"])


def _meet_the_wait(episodes: Sequence[Episode], on: date, late_reason: str, by: User) -> None:
    """Finish the task of allocating these children, once each of them has a lead."""
    waiting = Task.objects.outstanding().filter(step_key=TO_ALLOCATE)
    for task in waiting.filter(children__episode__in=episodes).distinct():
        led = Allocation.objects.current().leading().filter(child__in=task.about)
        if set(task.about) <= set(led.values_list("child_id", flat=True)):
            complete(task, outcome="allocated", on=on, late_reason=late_reason, by=by)


@transaction.atomic
def end_allocation(*, allocation: Allocation, on: date, by: User) -> None:
    """Record the first day a worker no longer had the case."""
    if allocation.ended_on is not None:
        raise CannotDo(f"This allocation ended on {in_words(allocation.ended_on)}")
    if on < allocation.started_on:
        raise CannotDo(
            f"{allocation.worker} only had the case from {in_words(allocation.started_on)}"
        )
    allocation.ended_on = on
    allocation.save(update_fields=["ended_on"])
    trail.record("Ended an allocation", allocation, by=by)
