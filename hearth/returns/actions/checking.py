"""Checking a return that was given to Hearth: read and asked by the job worker, held for an hour.

What is given goes as soon as it has been read. What is found is for whoever asked, until its hour
is over, or they remove it, or for as long as they ask to keep it.
"""

import logging
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeAlias

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from hearth.accounts import trail
from hearth.accounts.actions import system_worker
from hearth.accounts.models import User
from hearth.accounts.worker_context import acting_as
from hearth.lib.errors import CannotDo
from hearth.records.files import safe_name
from hearth.returns import asking, kept
from hearth.returns.checking.plain_xml import CannotRead
from hearth.returns.checking.run import Report
from hearth.returns.found.writing import Writer
from hearth.returns.models import CheckedReturn, CheckState, Collection
from hearth.returns.models.checked import HELD_FOR

CHUNK = 1 << 20
# A check that has not ended by now never will: the machine it ran on stopped.
LONGEST = timedelta(hours=6)
LEFT_BEHIND = LONGEST.total_seconds()
BETWEEN_TELLING = 1.0
OUR_FAULT = (
    "The check stopped because of a fault in Hearth, not in the return. Try again, and if it"
    " happens again tell whoever looks after Hearth"
)

log = logging.getLogger("hearth.returns")
Upload: TypeAlias = "UploadedFile[Any]"


@transaction.atomic
def start_check(
    *,
    collection: str,
    this_year: Sequence[Upload],
    last_year: Sequence[Upload] = (),
    providers: Sequence[Upload] = (),
    postcodes: Sequence[Upload] = (),
    authority: str = "",
    year: int | None = None,
    by: User,
) -> CheckedReturn:
    """Take the files of a return, and have the job worker check them.

    `year` is the March its year ends in, where the return is not to say it. The two lists and the
    code of the authority whose return it is are what some rules of the SSDA903 need besides.
    """
    given = {"now": this_year, "before": last_year, "providers": providers, "postcodes": postcodes}
    files = {
        of: [(safe_name(f.name or ""), f.chunks()) for f in some] for of, some in given.items()
    }
    return _start(collection=collection, files=files, authority=authority, year=year, by=by)


@transaction.atomic
def check_own_census(*, path: Path, build_name: str, by: User) -> CheckedReturn:
    """Have the job worker check a census that Hearth built: each finding leads to what mends it.

    A copy is taken, so that whoever built it may do with the file as they like.
    """
    files = {"now": [(build_name, _chunks(path))]}
    return _start(collection=Collection.CIN, files=files, by=by, own=True)


def _start(
    *,
    collection: str,
    files: Mapping[str, Iterable[kept.Named]],
    authority: str = "",
    year: int | None = None,
    by: User,
    own: bool = False,
) -> CheckedReturn:
    checked: CheckedReturn = CheckedReturn.objects.create(
        collection=collection, asked_year=year, own=own, recorded_by=by
    )
    kept.put_in(checked.file, files, authority)
    _hand_over(checked)
    trail.record("Gave a return to be checked", checked, by=by)
    return checked


def _hand_over(checked: CheckedReturn) -> None:
    """Give it to the job worker, in this transaction: there is no check without its job."""
    app.configure_task("returns.check_return").defer(checked_id=checked.pk)


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from iter(lambda: file.read(CHUNK), b"")


class _Gone(Exception):
    """Whoever asked for it has removed it."""


def check_return(*, checked: CheckedReturn, by: User) -> None:
    """Read a return that was given, ask its rules, and hold what they find for an hour.

    It takes as long as it takes, so only what came of it is written in a transaction. Done twice,
    the first stands. One whose year must be asked for keeps its files for as long.
    """
    if checked.stands_still:
        return
    waits = False
    partial = kept.folder(kept.PASSING) / f"{checked.file}.partial"
    partial.unlink(missing_ok=True)
    writer = Writer(partial)
    try:
        report, about = asking.ask(checked, writer.take, _Telling(checked))
        _finish(checked, writer, report, about, by=by)
    except asking.NoYear:
        waits = _wait_for_year(checked, by=by)
    except _Gone:
        log.info("A check was removed before its end")
    except CannotRead as fault:
        _finish(checked, writer, None, {"refusal": str(fault)}, by=by)
    except Exception:
        _finish(checked, writer, None, {"refusal": OUR_FAULT}, by=by)
        raise
    finally:
        writer.close()
        partial.unlink(missing_ok=True)
        if not waits:
            kept.remove_incoming(checked.file)


class _Telling:
    """Notes how many of the rules have been asked, no oftener than once a second."""

    def __init__(self, checked: CheckedReturn) -> None:
        self._pk = checked.pk
        self._last = 0.0

    def __call__(self, done: int, every: int) -> None:
        now = time.monotonic()
        if now - self._last < BETWEEN_TELLING:
            return
        self._last = now
        with acting_as(system_worker()):
            standing = CheckedReturn.objects.filter(pk=self._pk, gone_at=None)
            if not standing.update(state=CheckState.RUNNING, rules=every, rules_done=done):
                raise _Gone


@transaction.atomic
def _finish(
    checked: CheckedReturn,
    writer: Writer,
    report: Report | None,
    about: dict[str, object],
    *,
    by: User,
) -> None:
    """Say how it ended, and let whoever asked open what was found; nothing, if they removed it."""
    with acting_as(system_worker()):
        held = CheckedReturn.objects.select_for_update().filter(pk=checked.pk, gone_at=None).first()
        if held is None:
            return
        if report is not None:
            held.state, held.rules = CheckState.DONE, len(report.ran)
            held.errors, held.queries = writer.errors, writer.queries
            held.children = writer.children
        else:
            held.state = CheckState.REFUSED
        held.year = about.get("year", held.asked_year)  # type: ignore[assignment]
        held.finished_at = timezone.now()
        held.held_until = held.finished_at + HELD_FOR
        held.save()
        writer.finish(about, report.not_run if report else [], report.failed if report else [])
        writer.path.rename(kept.folder(kept.PASSING) / held.file)
        trail.record("Checked a return", held, by=by)


@transaction.atomic
def _wait_for_year(checked: CheckedReturn, *, by: User) -> bool:
    """Hold the files until whoever asked says the year; not, if they removed it meanwhile."""
    with acting_as(system_worker()):
        held = CheckedReturn.objects.select_for_update().filter(pk=checked.pk, gone_at=None).first()
        if held is None:
            return False
        held.state, held.held_until = CheckState.NO_YEAR, timezone.now() + HELD_FOR
        held.save(update_fields=["state", "held_until"])
        trail.record("Asked what year a return is of", held, by=by)
    return True


@transaction.atomic
def say_year(*, checked: CheckedReturn, year: int, by: User) -> CheckedReturn:
    """Say the year of a return that does not show it, by the March it ends in; and check it."""
    held = _standing(checked)
    if held.state != CheckState.NO_YEAR:
        raise CannotDo("This return does not wait to be told its year")
    held.state, held.asked_year, held.held_until = CheckState.WAITING, year, None
    held.save(update_fields=["state", "asked_year", "held_until"])
    _hand_over(held)
    trail.record("Said what year a return is of", held, by=by)
    return held


@transaction.atomic
def keep_check(*, checked: CheckedReturn, reason: str, by: User) -> CheckedReturn:
    """Keep what a check found beyond its hour, until whoever asked removes it."""
    held = _standing(checked)
    if not reason.strip():
        raise CannotDo("Say why it is to be kept")
    if not held.is_over:
        raise CannotDo("The check has not finished, so there is nothing to keep yet")
    if held.kept_at is not None:
        raise CannotDo("It is kept already")
    held.kept_at = timezone.now()
    held.save(update_fields=["kept_at"])
    kept.keep_found(held.file)
    trail.record("Kept what checking a return found", held, by=by, reason=reason)
    return held


@transaction.atomic
def delete_check(*, checked: CheckedReturn, by: User) -> CheckedReturn:
    """Remove what a check found, now. A check that is still under way is stopped."""
    held = _standing(checked)
    _remove(held)
    trail.record("Removed what checking a return found", held, by=by)
    return held


def _standing(checked: CheckedReturn) -> CheckedReturn:
    held = CheckedReturn.objects.held().select_for_update().filter(pk=checked.pk).first()
    if held is None:
        raise CannotDo("What this check found has been removed already")
    return held


def _remove(checked: CheckedReturn) -> None:
    checked.gone_at = timezone.now()
    checked.save(update_fields=["gone_at"])
    kept.remove_found(checked.file)
    kept.remove_incoming(checked.file)


@transaction.atomic
def clear_checks(*, by: User) -> int:
    """Remove what was found by each check whose hour is over, and what was left behind by any.

    How many checks were removed. Nobody could open them before: this frees the room they took.
    """
    over = CheckedReturn.objects.over(begun_before=timezone.now() - LONGEST)
    cleared = list(over.select_for_update(skip_locked=True))
    for checked in cleared:
        _remove(checked)
        trail.record("Removed what checking a return found: its hour was over", checked, by=by)
    standing = set(CheckedReturn.objects.filter(gone_at=None).values_list("file", flat=True))
    for path in kept.left_behind(LEFT_BEHIND):
        if path.name not in standing:
            with suppress(FileNotFoundError):
                kept.remove(path)
    return len(cleared)
