"""Bringing a CIN census in: each child wholly or not at all, and twice changes nothing more.

The whole file is read before anything is written, so that one broken near its end leaves the
database as it was. Children are then written in batches; where a batch cannot be written, its
children are written one by one, and those that cannot be are refused with the reason.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from django.db import IntegrityError, transaction
from django.utils import timezone

from hearth.accounts import trail
from hearth.accounts.actions import system_worker
from hearth.accounts.models import User
from hearth.accounts.worker_context import acting_as
from hearth.lib.errors import CannotDo
from hearth.returns.actions.writing import Written, people_by_id, write_children
from hearth.returns.cin.blocks import Block
from hearth.returns.cin.plan import PlannedChild, plan
from hearth.returns.cin.reader import Source, check_whole, read_children, read_header
from hearth.returns.models import CensusImport, CensusImportLine, LineState, RunState
from hearth.workforce.models import Team

AT_ONCE = 250
CHUNK = 1 << 20
Progress = Callable[[int, int], None]

# What a constraint of the database says, for a worker: the others are said as they are.
CONSTRAINTS = {
    "episode_one_at_a_time": "an episode overlaps one already on record",
    "plan_part_one_at_a_time": "a plan overlaps one already on record",
    "involvement_one_child_in_need": "an in-need plan overlaps one already on record",
    "people_person_la_child_id_key": "another record already has this LAchildID",
}


@dataclass
class _Run:
    """An import as it goes: its row, who is bringing it in, and the ids met so far."""

    row: CensusImport
    by: User
    today: date
    team: Team | None
    seen: set[str] = field(default_factory=set)


@transaction.atomic
def start_import(*, name: str, source: Source, by: User) -> CensusImport:
    """Note that a file is to be brought in. Raises CannotRead when it cannot be used at all."""
    header = read_header(source)
    children = check_whole(source)
    run: CensusImport = CensusImport.objects.create(
        name=name[:250],
        digest=_digest(source),
        year=header.year,
        lea=header.lea[:3],
        children=children,
        recorded_by=by,
    )
    trail.record("Began to import a CIN census", run, by=by)
    return run


def import_census(
    *,
    run: CensusImport,
    source: Source,
    today: date,
    by: User,
    team: Team | None = None,
    progress: Progress | None = None,
) -> CensusImport:
    """Put the children of a census on record, batch by batch, with a line for what became of each.

    Unfinished assessments are given to `team`. Each batch is a transaction of its own, so that
    what is done stays done; bringing the file in again goes on from there.
    """
    going = _Run(run, by, today, team)
    _mark(run, state=RunState.RUNNING)
    for batch in _batches(read_children(source)):
        planned = [plan(child, today=today) for child in batch]
        with transaction.atomic(), acting_as(system_worker()):
            _import_batch(going, planned)
        if progress is not None:
            progress(run.handled, run.children)
    _mark(run, state=RunState.DONE, finished_at=timezone.now())
    return run


def _import_batch(going: _Run, planned: Sequence[PlannedChild]) -> None:
    for child in planned:
        if child.child_id and child.child_id in going.seen:
            child.reasons.append(f"Line {child.line}: this LAchildID stands earlier in the file")
        going.seen.add(child.child_id)
    sound = [child for child in planned if not child.refused]
    written = _write(going, sound)
    lines = [_refused(child) for child in planned if child.refused]
    lines += [_line(child, written[child.child_id]) for child in sound]
    for line in lines:
        line.run = going.row
    CensusImportLine.objects.bulk_create(lines)
    people = [line.child.pk for line in lines if line.child is not None]
    trail.record("Imported from a CIN census", going.row, by=going.by, about=people)
    _count(going.row, lines)


def _write(going: _Run, children: Sequence[PlannedChild]) -> dict[str, Written]:
    """What became of each child: all at once, or where that cannot be, each by itself."""
    try:
        with transaction.atomic():
            return write_children(children, today=going.today, team=going.team, by=going.by)
    except (IntegrityError, CannotDo):
        return {child.child_id: _write_alone(going, child) for child in children}


def _write_alone(going: _Run, child: PlannedChild) -> Written:
    try:
        with transaction.atomic():
            return write_children([child], today=going.today, team=going.team, by=going.by)[
                child.child_id
            ]
    except IntegrityError as clash:
        why = _in_words(clash)
    except CannotDo as refusal:
        why = str(refusal)
    # Whoever is on record already is named, so that the line is hidden from who may not know.
    return Written(people_by_id([child.child_id]).get(child.child_id), LineState.REFUSED, [why])


def _in_words(clash: IntegrityError) -> str:
    name = getattr(getattr(clash.__cause__, "diag", None), "constraint_name", "") or ""
    return CONSTRAINTS.get(name, f"the database refused it ({name or clash})")


def _refused(child: PlannedChild) -> CensusImportLine:
    return CensusImportLine(
        child_id_in_file=child.child_id[:60],
        line=child.line,
        state=LineState.REFUSED,
        words=". ".join(child.reasons),
    )


def _line(child: PlannedChild, written: Written) -> CensusImportLine:
    return CensusImportLine(
        child_id_in_file=child.child_id[:60],
        child=written.person,
        line=child.line,
        state=written.state,
        words=". ".join(written.words),
    )


def _count(row: CensusImport, lines: Sequence[CensusImportLine]) -> None:
    states = [line.state for line in lines]
    row.handled += len(lines)
    row.loaded += states.count(LineState.LOADED) + states.count(LineState.CHANGED)
    row.unchanged += states.count(LineState.UNCHANGED)
    row.refused += states.count(LineState.REFUSED)
    row.save(update_fields=["handled", "loaded", "unchanged", "refused"])


def _mark(row: CensusImport, **changes: object) -> None:
    for name, value in changes.items():
        setattr(row, name, value)
    row.save(update_fields=list(changes))


def _batches(children: Iterator[Block]) -> Iterator[list[Block]]:
    while batch := list(islice(children, AT_ONCE)):
        yield batch


def _digest(source: Source) -> str:
    digest = hashlib.sha256()
    with source.open() as stream:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
