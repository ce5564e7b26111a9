"""Planning visits, and recording what was seen."""

import uuid as uuids
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.lib.codes import code_set
from hearth.lib.errors import CannotDo
from hearth.people.models import Person
from hearth.records.actions.chronology import chronicle, correct_chronicle
from hearth.records.actions.writing import already_sent, check_not_merged, check_when, take_to_edit
from hearth.records.after import tell_rooms
from hearth.records.models import Significance, Visit, VisitChild, VisitState
from hearth.records.models.visits import NOT_PROVIDED
from hearth.workforce.rules import is_employed

PAGE = "records:read_visit"
Parts = Sequence[tuple[Person, Mapping[str, Any]]]
SHARED = (
    "announced",
    "place",
    "present",
    "account",
    "home",
    "worries",
    "agreed",
    "concern",
    "strategy_asked",
    "understood",
    "understood_detail",
)
OF_A_CHILD = (
    "seen",
    "seen_alone",
    "where_seen",
    "bedroom_seen",
    "reason",
    "reason_detail",
    "own_words",
    "observation",
)


@transaction.atomic
def plan_visit(
    *,
    children: Sequence[Person],
    kind: str,
    planned_on: date,
    worker: User,
    planned_time: time | None = None,
    place: str = "",
    announced: bool | None = None,
    by: User,
) -> Visit:
    """Put a visit in a worker's day."""
    if not children:
        raise CannotDo("Choose at least one child this is about")
    check_not_merged(children)
    _check_plan(planned_on, worker)
    _check_kind(kind, planned_on)
    visit: Visit = Visit.objects.create(
        about=sorted(child.pk for child in children),
        kind=kind,
        state=VisitState.PLANNED,
        planned_on=planned_on,
        planned_time=planned_time,
        place=place,
        announced=announced,
        worker=worker,
        recorded_by=by,
    )
    VisitChild.objects.bulk_create(VisitChild(visit=visit, child=child) for child in children)
    trail.record("Planned a visit", visit, by=by)
    return visit


@transaction.atomic
def replan_visit(
    *, visit: Visit, planned_on: date, planned_time: time | None, worker: User, by: User
) -> Visit:
    """Move a planned visit to another day, or to another worker."""
    visit = _planned(visit)
    _check_plan(planned_on, worker)
    visit.planned_on, visit.planned_time, visit.worker = planned_on, planned_time, worker
    visit.version += 1
    visit.save(update_fields=["planned_on", "planned_time", "worker", "version"])
    trail.record("Moved a planned visit", visit, by=by)
    return visit


@transaction.atomic
def cancel_visit(*, visit: Visit, reason: str, by: User) -> None:
    """Take a planned visit out of the day, and say why it was not made."""
    visit = _planned(visit)
    if not reason:
        raise CannotDo("Say why the visit is not going to be made")
    visit.state, visit.cancelled_reason = VisitState.CANCELLED, reason[:500]
    visit.save(update_fields=["state", "cancelled_reason"])
    trail.record("Cancelled a visit", visit, by=by)


@transaction.atomic
def record_visit(
    *,
    parts: Parts,
    kind: str,
    happened_at: datetime,
    attempted: bool = False,
    visit: Visit | None = None,
    uuid: uuids.UUID | None = None,
    worker: User | None = None,
    next_visit_on: date | None = None,
    by: User,
    **account: Any,
) -> Visit:
    """Record a visit made or attempted: the account they share, and each child's own part.

    `parts` holds each child with what is theirs: seen, seen alone, where, own words. `visit` is the
    planned one it was, if it was planned. Sent twice, it is one visit. `next_visit_on` plans the
    next for the same children.
    """
    if (sent := already_sent(Visit, uuid, by)) and sent.is_done:
        return sent
    children = [child for child, _ in parts]
    check_when(happened_at, children)
    check_not_merged(children)
    _check_kind(kind, timezone.localdate(happened_at))
    _check_account(attempted, account, parts)
    made = _write(
        visit,
        uuid=uuid or uuids.uuid4(),
        about=sorted(child.pk for child in children),
        kind=kind,
        state=VisitState.ATTEMPTED if attempted else VisitState.MADE,
        happened_at=happened_at,
        worker=worker or by,
        recorded_by=by,
        **{name: account[name] for name in SHARED if name in account},
    )
    _write_parts(made, parts)
    _tell(made, parts, by)
    trail.record("Recorded a visit", made, by=by)
    tell_rooms(made, by)
    if next_visit_on:
        plan_visit(
            children=children, kind=kind, planned_on=next_visit_on, worker=made.worker, by=by
        )
    return made


@transaction.atomic
def edit_visit(
    *, visit: Visit, version: int, parts: Parts, happened_at: datetime, by: User, **account: Any
) -> Visit:
    """Put a visit right on the day it was recorded. The words it had are kept as a version."""
    visit = take_to_edit(visit, version=version, by=by)
    if visit.state not in (VisitState.MADE, VisitState.ATTEMPTED):
        raise CannotDo("This visit has not been recorded yet")
    check_when(happened_at, [child for child, _ in parts])
    _check_account(visit.state == VisitState.ATTEMPTED, account, parts)
    if sorted(child.pk for child, _ in parts) != visit.about:
        raise CannotDo("The children this visit was about cannot be changed: withdraw it instead")
    visit.happened_at = happened_at
    for name in SHARED:
        setattr(visit, name, account.get(name, getattr(visit, name)))
    visit.version += 1
    visit.save(update_fields=["happened_at", "version", *SHARED])
    _write_parts(visit, parts)
    correct_chronicle(
        source=visit,
        happened_on=timezone.localdate(happened_at),
        title=title_of(visit),
        text=shared_text(visit),
        texts=private_texts(parts),
        by=by,
    )
    trail.record("Edited a visit", visit, by=by)
    tell_rooms(visit, by)
    return visit


def title_of(visit: Visit) -> str:
    """What the chronology calls a visit."""
    return f"{visit}: {visit.place}" if visit.place else str(visit)


def shared_text(visit: Visit) -> str:
    """The account that every child's chronology may show, each answer under what it answers."""
    said = (
        ("", visit.account),
        ("The home: ", visit.home),
        ("Worries, and what is going well: ", visit.worries),
        ("Agreed, and what happens next: ", visit.agreed),
        ("How the family was understood: ", visit.understood_in_words),
    )
    return "\n\n".join(asked + text for asked, text in said if text)


def private_texts(parts: Parts) -> dict[int, str]:
    """What stands in each child's chronology alone."""
    return {child.pk: _own_text(child, answers) for child, answers in parts}


def _own_text(child: Person, answers: Mapping[str, Any]) -> str:
    part = VisitChild(child=child, **{name: answers.get(name) for name in ("seen", "seen_alone")})
    said = [f"{part.sight_in_words}."]
    if words := answers.get("own_words"):
        said.append(f"{child.name} said: {words}")
    if observation := answers.get("observation"):
        said.append(observation)
    return "\n\n".join(said)


def _planned(visit: Visit) -> Visit:
    taken: Visit = Visit.objects.select_for_update(of=("self",)).get(pk=visit.pk)
    if taken.state != VisitState.PLANNED or taken.is_withdrawn:
        raise CannotDo("This visit is no longer planned: it was recorded or cancelled")
    return taken


def _write(visit: Visit | None, **facts: Any) -> Visit:
    if visit is None:
        created: Visit = Visit.objects.create(**facts)
        return created
    # The plan becomes the visit, recorded now, under the id of the account that was sent.
    made = _planned(visit)
    facts |= {"recorded_at": timezone.now(), "version": made.version + 1}
    for name, value in facts.items():
        setattr(made, name, value)
    made.save(update_fields=list(facts))
    return made


def _write_parts(visit: Visit, parts: Parts) -> None:
    known = {part.child_id: part for part in visit.parts.all()}
    for child, answers in parts:
        part = known.pop(child.pk, None) or VisitChild(visit=visit, child=child)
        for name in OF_A_CHILD:
            if name in answers:
                setattr(part, name, answers[name])
        assert visit.happened_at is not None  # noqa: S101 - a done visit has a time, by constraint
        part.happened_on, part.visited_by = timezone.localdate(visit.happened_at), visit.worker
        part.save()
    for left_out in known.values():
        # Planned for, and in the end not part of the visit: the plan's part says no more.
        left_out.withdrawn = True
        left_out.save(update_fields=["withdrawn"])


def _tell(visit: Visit, parts: Parts, by: User) -> None:
    assert visit.happened_at is not None  # noqa: S101 - as above
    chronicle(
        about=[child for child, _ in parts],
        kind="visit",
        title=title_of(visit),
        text=shared_text(visit),
        texts=private_texts(parts),
        happened_on=timezone.localdate(visit.happened_at),
        source=visit,
        page=PAGE,
        significance=Significance.HIGH if visit.concern else Significance.MEDIUM,
        by=by,
    )


def _check_plan(planned_on: date, worker: User) -> None:
    if planned_on < timezone.localdate():
        raise CannotDo("A visit is planned for today or a day to come. Record one that was made")
    if not is_employed(worker, on=planned_on):
        raise CannotDo(f"{worker} does not work here on that day. Choose somebody else")


def _check_kind(kind: str, on: date) -> None:
    if why := code_set("visit_kind").why_not_valid(kind, on=on):
        raise CannotDo(why)


def _check_account(attempted: bool, account: Mapping[str, Any], parts: Parts) -> None:  # noqa: FBT001
    if not attempted and not account.get("account"):
        raise CannotDo("Say what happened on the visit")
    _check_understood(account)
    for child, answers in parts:
        seen, alone = answers.get("seen"), answers.get("seen_alone")
        if attempted and seen:
            raise CannotDo(f"{child} was seen, so the visit was made, not attempted")
        if seen is None:
            raise CannotDo(f"Say whether {child} was seen")
        if not (seen and alone) and not answers.get("reason"):
            raise CannotDo(f"Say why {child} was not seen{' alone' if seen else ''}")


def _check_understood(account: Mapping[str, Any]) -> None:
    """How the family was understood is a code; where nothing was provided, it says why."""
    given = account.get("understood")
    if not given:
        return
    if why := code_set("visit_understood").why_not_valid(given, on=timezone.localdate()):
        raise CannotDo(why)
    if given == NOT_PROVIDED and not account.get("understood_detail"):
        raise CannotDo("Say why what they need to be understood was not provided")
