"""Supervision over the last weeks, through its own actions: most of it in time, some of it not."""

import random
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hearth.accounts.roles import SUPERVISED, Role
from hearth.accounts.worker_context import acting_as
from hearth.casework.actions import do_direction
from hearth.casework.models import Direction
from hearth.demo.living.staff import Payroll
from hearth.demo.staff import KNOWN_ADDRESSES, Service, Worker, working_day
from hearth.demo.stories.pen import at
from hearth.demo.words.sentences import read
from hearth.lib.dates import add_working_days
from hearth.supervision import actions
from hearth.supervision.models import Session
from hearth.supervision.pages.cases import Case, cases_of
from hearth.supervision.pages.finishing import known_of, lateness_of

SAID = read("supervision")
CARRYING = ("senior", "social_worker", "newly_qualified", "agency", "family_support", "adviser")
NEVER, OVERDUE, UNRECORDED, UNSIGNED = 0.05, 0.15, 0.1, 0.2
DISCUSSED = 2


def finish_directions(children: Collection[int], day: date) -> None:
    """Do what managers asked for about these children, each by whoever has it."""
    waiting = Direction.objects.for_children(*children).filter(
        task__done_at=None, task__cancelled_at=None, source="supervision"
    )
    for direction in waiting.select_related("task__worker").order_by("pk"):
        do(direction, day)


def do(direction: Direction, day: date) -> None:
    """Do what was asked, and say what came of it."""
    assert direction.task is not None  # noqa: S101 - given with its task
    assert direction.task.worker is not None  # noqa: S101 - an owner is always named
    with acting_as(direction.task.worker):
        do_direction(
            direction=direction,
            result="Done, and written up on the record.",
            on=day,
            late_reason="The family could not be reached before." if day > direction.due_on else "",
            by=direction.task.worker,
        )


@dataclass(frozen=True, slots=True)
class Meeting:
    """One supervision: when, whose, with whom, and how far its record got."""

    at: datetime
    worker: Worker
    manager: Worker
    is_recorded: bool
    is_signed: bool
    chance: random.Random

    def hold(self, payroll: Payroll) -> None:
        """Hold it, discuss the cases that have waited longest, write it up, and sign it."""
        worker, manager, day = payroll.user(self.worker), payroll.user(self.manager), self.at.date()
        self._do_what_was_asked(payroll)
        with acting_as(manager):
            session = actions.hold_session(staff=worker.staff, held_on=day, by=manager)
            for case in cases_of([worker.pk], today=day)[:DISCUSSED]:
                self._discuss(session, case, day)
            if self.is_recorded:
                self._finish(session)
        if self.is_recorded and self.is_signed:
            with acting_as(worker):
                actions.sign_session(session=session, by=worker)

    def _do_what_was_asked(self, payroll: Payroll) -> None:
        """Most of what was decided last time has been done by now."""
        worker = payroll.user(self.worker)
        with acting_as(worker):
            asked = Direction.objects.filter(task__worker=worker, source="supervision").filter(
                task__done_at=None, task__cancelled_at=None
            )
            for direction in asked.select_related("task__worker").order_by("pk"):
                if self.chance.random() > OVERDUE:
                    do(direction, self.at.date())

    def _discuss(self, session: Session, case: Case, day: date) -> None:
        decided = actions.Decided(
            self._one("decision"),
            session.worker,
            add_working_days(day, self.chance.randint(4, 15)),
        )
        changes = self.chance.random() > UNSIGNED
        actions.record_discussion(
            session=session,
            lives=[
                actions.Life(child, self._one("life").format(name=child.given_names or "The baby"))
                for child in case.children
            ],
            reflection=self._one("reflection"),
            risks=self._one("risks"),
            decisions=[decided] if changes else [],
            no_change="" if changes else self._one("no_change"),
            by=session.supervisor,
        )

    def _finish(self, session: Session) -> None:
        late = lateness_of(session)
        next_on = known_of(session)["next_on"]
        assert isinstance(next_on, date)  # noqa: S101 - what the form starts with
        actions.finish_session(
            session=session,
            reflection=self._one("practice"),
            challenge=self._one("challenge"),
            learning=self._one("learning"),
            wellbeing=self._one("wellbeing"),
            next_on=next_on,
            late_reason="Leave and an urgent removal came first." if late else "",
            by=session.supervisor,
        )

    def _one(self, of: str) -> str:
        return self.chance.choice(SAID[of])


def diary(service: Service, *, seed: int, today: date, whole: bool = True) -> list[Meeting]:
    """The meetings of the last weeks, in the order of time; or only of those who sign in."""
    found = [
        meeting
        for worker in service.workers
        if worker.ended_on is None and (whole or worker.email in KNOWN_ADDRESSES)
        if not set(SUPERVISED).isdisjoint(worker.grade.roles)
        for meeting in _of(
            worker, service, random.Random(f"{seed}/supervision/{worker.email}"), today
        )
    ]
    return sorted(found, key=lambda m: (m.at, m.worker.email))


def _of(worker: Worker, service: Service, chance: random.Random, today: date) -> Iterator[Meeting]:
    """One worker's meetings: the last, and for those with cases one before it."""
    fate = chance.random()
    if fate < NEVER:
        return
    new = worker.grade.key == "newly_qualified"
    ago = chance.randint(30, 50) if fate < OVERDUE else chance.randint(2, 6 if new else 24)
    gaps = [ago + (9 if new else 27), ago] if worker.grade.key in CARRYING else [ago]
    for place, gap in enumerate(gaps, 1):
        day = working_day(today - timedelta(days=gap + 2))
        manager = _supervisor(worker, service, day)
        if manager is not None and manager is not worker and worker.started_on <= day < today:
            is_last = place == len(gaps)
            recorded = not is_last or chance.random() > UNRECORDED
            yield Meeting(
                at(day, chance.randint(9, 15), chance.randint(0, 59)),
                worker,
                manager,
                recorded,
                chance.random() > UNSIGNED,
                chance,
            )


def _supervisor(worker: Worker, service: Service, day: date) -> Worker | None:
    """Who supervised them: their team's manager, then a service manager, then the director."""
    if Role.SERVICE_MANAGER in worker.grade.roles:
        return service.posts_of("leadership", "director")[0].held_on(day)
    if worker.grade.manages or not service.posts_of(worker.team.key, "manager"):
        return service.posts_of("leadership", "service_manager")[0].held_on(day)
    return service.posts_of(worker.team.key, "manager")[0].held_on(day)
