"""Building the CIN census from the record: begun, written batch by batch, checked, kept.

A statutory return holds every child, so the record is read as Hearth itself; what is said of each
child on a page is kept from those who may not know of them.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from django.db import transaction
from django.utils import timezone

from hearth.accounts import trail
from hearth.accounts.actions import system_worker
from hearth.accounts.as_at import settled_moment
from hearth.accounts.models import User
from hearth.accounts.worker_context import acting_as
from hearth.lib.dates import in_words
from hearth.lib.errors import CannotDo
from hearth.records import storage
from hearth.returns.building import reading
from hearth.returns.building.batches import Batch, build_batch
from hearth.returns.building.noting import Fate, Thing
from hearth.returns.building.structure import HEADER, why_not
from hearth.returns.building.writing import ENDS, beginning, header
from hearth.returns.building.year import CollectionYear
from hearth.returns.check import read_census, report_on_census
from hearth.returns.models import BuildState, CensusBuild, CensusBuildLine

AT_ONCE = 1000
# The first census of children in need by the child; before it there is nothing to build.
FIRST_YEAR = 2009
STOPPED = "Something went wrong, and it stopped. Begin again, or tell whoever runs Hearth here"
Progress = Callable[[int, int], None]


@transaction.atomic
def start_build(
    *,
    year: int,
    as_at: datetime | None = None,
    dated: datetime | None = None,
    today: date,
    by: User,
) -> CensusBuild:
    """Note that the census of a year is to be built, of the record as it stood at a moment.

    With no moment, the record as it stands now. `dated` is the moment that the file says it was
    made, the same unless told otherwise.
    """
    newest = settled_moment()
    if why := why_not_build(year, as_at, newest, today):
        raise CannotDo(why)
    moment = as_at or newest
    build: CensusBuild = CensusBuild.objects.create(
        year=year, as_at=moment, dated=dated or moment, recorded_by=by
    )
    trail.record("Began to build a CIN census", build, by=by)
    return build


def why_not_build(year: int, as_at: datetime | None, newest: datetime, today: date) -> str | None:
    """Why no census can be built of this; None when it can."""
    if year < FIRST_YEAR or year > today.year + 2:
        return f"Give the year of its 31 March, from {FIRST_YEAR}, as 2026"
    begins = CollectionYear(year).starts
    if begins > today:
        return f"The year of that census begins on {in_words(begins)}"
    if as_at is not None and as_at > newest:
        return "The record can only be built as it stood at a moment that has passed"
    if why := why_not(HEADER, header(CollectionYear(year), newest)):
        return f"The file would not be taken: {why}. Set HEARTH_AUTHORITY_CODE to your authority's"
    return None


@dataclass(slots=True)
class _Going:
    """A build as it goes."""

    build: CensusBuild
    counts: Counter[str]
    progress: Progress | None


def build_census(*, build: CensusBuild, by: User, progress: Progress | None = None) -> CensusBuild:
    """Write the census of a build, check it by the rules of its year, and keep it.

    Each batch of children is a transaction of its own, so that its progress is seen; they agree
    with each other, because each reads the record as it stood at one moment. Begun again after it
    was broken off, it begins anew.
    """
    with transaction.atomic(), acting_as(system_worker()):
        build.lines.all().delete()
    _mark(build, state=BuildState.RUNNING, handled=0, failure="")
    going = _Going(build, Counter(), progress)
    try:
        kept = storage.put(_chunks(going))
        _mark(build, stored_as=kept.name, size=kept.size, digest=kept.sha256)
        errors, queries = _checked(build)
    except Exception as fault:
        said = str(fault) if isinstance(fault, CannotDo) else f"{STOPPED} ({type(fault).__name__})"
        _mark(build, state=BuildState.FAILED, failure=said[:500], finished_at=timezone.now())
        raise
    with transaction.atomic():
        _mark(
            build,
            errors=errors,
            queries=queries,
            counts=dict(sorted(going.counts.items())),
            state=BuildState.DONE,
            finished_at=timezone.now(),
        )
        trail.record("Built a CIN census", build, by=by, reason=f"SHA-256 {kept.sha256}")
    return build


@transaction.atomic
def mark_submitted(*, build: CensusBuild, submitted_on: date, today: date, by: User) -> CensusBuild:
    """Say that this is the file that was sent to the Department. It is kept from then on."""
    build = CensusBuild.objects.select_for_update(of=("self",)).get(pk=build.pk)
    if not build.has_file:
        raise CannotDo("There is no file of this build")
    if build.submitted_on is not None:
        raise CannotDo(f"It was submitted on {in_words(build.submitted_on)} already")
    if not timezone.localdate(build.finished_at) <= submitted_on <= today:
        raise CannotDo("It was submitted between the day it was built and today")
    _mark(build, submitted_on=submitted_on, submitted_by=by)
    trail.record("Marked a CIN census as submitted", build, by=by)
    return build


@transaction.atomic
def delete_build(*, build: CensusBuild, by: User) -> CensusBuild:
    """Delete the file of a build that was not submitted. What was built, when and by whom stays."""
    build = CensusBuild.objects.select_for_update(of=("self",)).get(pk=build.pk)
    if not build.has_file:
        raise CannotDo("There is no file of this build")
    if build.submitted_on is not None:
        raise CannotDo("A return that was submitted is kept")
    _mark(build, deleted_at=timezone.now(), deleted_by=by)
    trail.record("Deleted the file of a CIN census", build, by=by)
    path = storage.path_of(build.stored_as)
    transaction.on_commit(lambda: path.unlink(missing_ok=True))
    return build


def _chunks(going: _Going) -> Iterator[bytes]:
    """The file, a batch at a time."""
    build = going.build
    year = CollectionYear(build.year)
    yield beginning(year, build.dated).encode()
    with transaction.atomic(), acting_as(system_worker()):
        ids = reading.everybody(build.as_at)
    _mark(build, considered=len(ids))
    left = iter(ids)
    while some := list(islice(left, AT_ONCE)):
        with transaction.atomic(), acting_as(system_worker()):
            batch = build_batch(some, year, build.as_at)
            _tell(going, batch, len(some))
        yield "".join(batch.text).encode()
    if not going.counts[f"{Thing.CHILDREN}.{Fate.WRITTEN}"]:
        raise CannotDo(f"Nobody on record has anything in the year to {in_words(year.ends)}")
    yield ENDS.encode()


def _tell(going: _Going, batch: Batch, many: int) -> None:
    """Put on record what became of a batch."""
    build = going.build
    going.counts += batch.notes.counts
    CensusBuildLine.objects.bulk_create(
        CensusBuildLine(
            build=build,
            child_id=each.child_id,
            la_child_id=each.la_child_id,
            reason=each.reason,
            words=each.words,
        )
        for each in batch.said
    )
    _mark(build, handled=build.handled + many)
    if going.progress is not None:
        going.progress(build.handled, build.considered)


def _checked(build: CensusBuild) -> tuple[int, int]:
    """How many errors and queries the rules of its year find in the file."""
    with storage.path_of(build.stored_as).open("rb") as stream:
        report = report_on_census(read_census(stream))
    kinds = Counter(finding.severity for finding in report.findings)
    return kinds["error"], kinds["query"]


def _mark(build: CensusBuild, **changes: object) -> None:
    for name, value in changes.items():
        setattr(build, name, value)
    build.save(update_fields=list(changes))
