"""Asking the out-of-hours team to keep a child in mind, and telling the day what happened."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.accounts.notices import notify
from hearth.accounts.roles import Role
from hearth.accounts.structure import managers_of
from hearth.casework.actions import complete, lead_worker, open_step, still_here
from hearth.casework.models import Task
from hearth.front_door import policies, process
from hearth.front_door.actions import checks
from hearth.front_door.actions.routing import front_door_team
from hearth.front_door.models import NightReport, NightWatch, StepNote
from hearth.lib.errors import CannotDo
from hearth.people.models import Person
from hearth.records.actions import chronicle
from hearth.records.models.chronology import Significance

LONGEST = timedelta(days=28)
PAGE = "front_door:night_watch"


@transaction.atomic
def ask_for_watch(
    *,
    children: Sequence[Person],
    worry: str,
    to_do: str,
    starts_on: date,
    last_on: date,
    by: User,
) -> list[NightWatch]:
    """Ask the out-of-hours team to keep children in mind until a night, the last included."""
    worry = checks.words(worry, "The worry", needed="Say what you are worried about")
    to_do = checks.words(to_do, "What to do", needed="Say what they should do")
    _check_nights(starts_on, last_on)
    if not children:
        raise CannotDo("Say which child or children to keep in mind")
    return [_ask(child, worry, to_do, starts_on, last_on, by) for child in children]


def _check_nights(starts_on: date, last_on: date) -> None:
    if starts_on < timezone.localdate():
        raise CannotDo("The first night has gone. Choose tonight or later")
    if last_on < starts_on:
        raise CannotDo("The last night comes before the first")
    if last_on - starts_on > LONGEST:
        raise CannotDo("Ask for four weeks at most, then ask again if it is still needed")


def _ask(
    child: Person, worry: str, to_do: str, starts_on: date, last_on: date, by: User
) -> NightWatch:
    child = Person.objects.select_for_update(no_key=True).get(pk=child.pk)
    checks.allowed(policies.ask_for_watch, by, child)
    there = NightWatch.objects.filter(child=child, ended_at=None, ends_on__gt=starts_on)
    if there.exists():
        raise CannotDo(f"The out-of-hours team is asked to keep {child} in mind already")
    watch: NightWatch = NightWatch.objects.create(
        child=child,
        worry=worry,
        to_do=to_do,
        starts_on=starts_on,
        ends_on=last_on + timedelta(days=1),
        asked_by=by,
    )
    chronicle(
        about=[child],
        kind="note",
        title="The out-of-hours team was asked to keep the child in mind",
        text=f"{worry}\n\n{to_do}",
        happened_on=timezone.localdate(),
        source=watch,
        page=PAGE,
        by=by,
    )
    notify(
        to=User.objects.holding(Role.OUT_OF_HOURS),
        text=f"{by} asks you to keep {child} in mind",
        page=f"/tonight/{watch.pk}/",
        subject=watch,
        by=by,
    )
    trail.record("Asked the out-of-hours team to keep a child in mind", watch, by=by)
    return watch


@transaction.atomic
def end_watch(*, watch: NightWatch, reason: str, by: User) -> None:
    """Say that a child need no longer be kept in mind at night, and why."""
    watch = _taken(watch)
    checks.allowed(policies.end_watch, by, watch)
    watch.ended_reason = checks.words(reason, "The reason", needed="Say why it is no longer needed")
    watch.ended_at, watch.ended_by = timezone.now(), by
    watch.save(update_fields=["ended_reason", "ended_at", "ended_by"])
    trail.record("Ended an out-of-hours watch", watch, by=by)


@transaction.atomic
def report_night(
    *, watch: NightWatch, happened_at: datetime, seen: bool, text: str, by: User
) -> NightReport:
    """Record what happened in the night, and put it on the list of whoever has the case."""
    watch = _taken(watch)
    checks.allowed(policies.report_night, by, watch)
    day = checks.day_of(checks.past(happened_at, "The time it happened"))
    if day < watch.starts_on:
        raise CannotDo("That is before this was asked for. Check the date")
    report: NightReport = NightReport.objects.create(
        watch=watch,
        child=watch.child,
        happened_at=happened_at,
        seen=seen,
        text=checks.words(text, "What happened", needed="Say what happened"),
        recorded_by=by,
    )
    chronicle(
        about=[watch.child],
        kind="note",
        title=f"Out of hours: {'child seen' if seen else 'child not seen'}",
        text=report.text,
        happened_on=day,
        source=watch,
        page=PAGE,
        significance=Significance.MEDIUM,
        by=by,
    )
    _put_on_a_list(watch, happened_at, by)
    trail.record("Recorded what happened in the night", report, by=by)
    return report


def _put_on_a_list(watch: NightWatch, happened_at: datetime, by: User) -> None:
    if _waiting(watch) is not None:
        return
    today = timezone.localdate()
    asker = watch.asked_by
    able = filter(still_here, [lead_worker(watch.child), asker, *managers_of(asker, on=today)])
    worker = next(able, None)
    open_step(
        process.READ_NIGHT,
        children=[watch.child],
        trigger=happened_at,
        record_id=watch.pk,
        worker=worker,
        team=None if worker else front_door_team(by, on=today),
        by=by,
    )


@transaction.atomic
def read_night(
    *, watch: NightWatch, will_do: str, late_reason: str = "", at: datetime, by: User
) -> None:
    """Record that the day service has read what happened, and what it will do."""
    watch = _taken(watch)
    checks.allowed(policies.read_night, by, watch)
    task = _waiting(watch)
    if task is None:
        raise CannotDo("This has already been read and answered")
    StepNote.objects.create(
        task=task,
        about=task.about,
        text=checks.words(will_do, "Your answer", needed="Say what you will do about it"),
        written_at=at,
        written_by=by,
    )
    complete(task, outcome="read", on=checks.day_of(at), by=by, late_reason=late_reason)
    trail.record("Read what happened in the night", watch, by=by)


def _taken(watch: NightWatch) -> NightWatch:
    return NightWatch.objects.select_for_update(of=("self",)).get(pk=watch.pk)


def _waiting(watch: NightWatch) -> Task | None:
    return checks.waiting(process.READ_NIGHT, watch.pk)
