"""The reports to a conference: most of them there in time, some late, and some not at all.

How often is our own guess: no national figure says. Drawn by a chance of their own, so that they
change nothing else of a family's story.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hearth.demo.protection_acts import (
    AgencyWrites,
    AgreeReport,
    AskForReports,
    ReturnReport,
    SendReport,
    ShareReports,
    WriteReport,
)
from hearth.demo.staff import Worker
from hearth.demo.stories.pen import Pen, Spell, at
from hearth.demo.words.sentences import PROTECTION
from hearth.lib.dates import add_working_days

IN_TIME, LATE, BEGUN, NEVER = "in_time", "late", "begun", "never"
OWN = ((IN_TIME, 78), (LATE, 14), (BEGUN, 3), (NEVER, 5))
AGENCIES = ((IN_TIME, 60), (LATE, 18), (BEGUN, 7), (NEVER, 15))
# A surgery has the least time for it.
SURGERIES = ((IN_TIME, 42), (LATE, 18), (BEGUN, 5), (NEVER, 35))
ASKED, ASKED_AGAIN, RETURNED, SHARED, READ = 0.92, 0.6, 0.1, 0.85, 0.9
WITHHELD, NEXT_DAY = 0.12, 0.5
# How many working days before it the family is to have them.
INITIAL, REVIEW = 2, 5


@dataclass(frozen=True, slots=True)
class _Coming:
    """A conference that reports are written for."""

    about: tuple[int, ...]
    booked: datetime
    day: date
    due: date
    spell: Spell
    chance: random.Random

    def day_by(self, fate: str) -> date | None:
        """The day of a report with this fate: after it was booked, and before it is held."""
        early = add_working_days(self.due, -self.chance.choice((0, 0, 1)))
        last = add_working_days(self.day, -1)
        day = max(early if fate != LATE else last, add_working_days(self.booked.date(), 1))
        return day if day <= last and fate != NEVER else None

    def lead(self, day: date) -> Worker:
        """Who leads on a day."""
        return self.spell.post.held_on(day)


def report(
    pen: Pen, booked: datetime, day: date, about: tuple[int, ...], asked_of: Sequence[str]
) -> None:
    """All that is written for a conference between its booking and its day."""
    spell = next((each for each in reversed(pen.spells) if each.start <= booked), None)
    if spell is None:
        return
    chance = pen.apart("reports", day)
    within = REVIEW if pen.conferred else INITIAL
    coming = _Coming(about, booked, day, add_working_days(day, -within), spell, chance)
    if chance.random() < ASKED:
        _ask(pen, coming)
        for agency in asked_of:
            _agency(pen, coming, agency)
    shared = at(add_working_days(day, -1), 16, 50)
    if chance.random() < SHARED and shared > booked:
        pen.add(ShareReports(at=shared, by=coming.lead(shared.date())))
    _own(pen, coming)


def _ask(pen: Pen, coming: _Coming) -> None:
    asked = coming.booked + timedelta(minutes=25)
    pen.add(AskForReports(at=asked, by=coming.lead(asked.date())))
    again = at(add_working_days(coming.due, 1), 10, 15)
    if asked < again < at(coming.day, 9) and coming.chance.random() < ASKED_AGAIN:
        pen.add(AskForReports(at=again, by=coming.lead(again.date()), again=True))


def _fate(coming: _Coming, table: Sequence[tuple[str, int]]) -> str:
    return coming.chance.choices([a for a, _ in table], weights=[w for _, w in table])[0]


def _agency(pen: Pen, coming: _Coming, agency: str) -> None:
    fate = _fate(coming, SURGERIES if agency == "gp" else AGENCIES)
    day = coming.day_by(fate)
    when = at(day or coming.day, coming.chance.randint(11, 15), coming.chance.randint(0, 59))
    held_back = coming.chance.random() < WITHHELD
    if day is None:
        return
    pen.add(
        AgencyWrites(
            at=when,
            by=coming.lead(day),
            agency=agency,
            sends=fate != BEGUN,
            family=pen.says_of_all(day, PROTECTION["report.family"]),
            chronology=pen.says_of_all(day, PROTECTION["report.chronology"]),
            not_for_family=pen.says_of_all(day, PROTECTION["report.withheld"]) if held_back else "",
            children={n: _of_a_child(pen, n, day) for n in coming.about},
        )
    )


def _of_a_child(pen: Pen, place: int, day: date) -> dict[str, str]:
    child = pen.child(place, day)
    asked = ("known", "worries", "strengths", "wanted")
    return {name: pen.says(child, day, PROTECTION[f"report.{name}"]) for name in asked}


def _own(pen: Pen, coming: _Coming) -> None:
    """The social worker's: begun the day before it is sent; sent back for some, and sent again."""
    fate = _fate(coming, OWN)
    returned = coming.chance.random() < RETURNED
    read = coming.chance.random() < READ
    day = coming.day_by(fate)
    if day is None:
        return
    before = add_working_days(day, -1)
    begun = at(before, 10, 20) if before > coming.booked.date() else at(day, 9, 50)
    _write(pen, coming, begun)
    if fate == BEGUN:
        return
    sent = _send(coming, pen, at(day, 13, 30), read=read)
    if returned:
        back = sent + timedelta(minutes=70)
        comments = pen.says_of_all(day, PROTECTION["report.returned"])
        pen.add(ReturnReport(at=back, by=_manager(pen, coming, day), comments=comments))
        _write(pen, coming, back + timedelta(minutes=35))
        sent = _send(coming, pen, back + timedelta(minutes=50), read=read)
    agreed, morning = sent + timedelta(minutes=40), at(add_working_days(day, 1), 9, 20)
    if morning.date() < coming.day and coming.chance.random() < NEXT_DAY:
        agreed = morning
    by = _manager(pen, coming, agreed.date())
    comments = pen.says_of_all(agreed.date(), PROTECTION["report.agreed"])
    pen.add(AgreeReport(at=agreed, by=by, comments=comments))


def _write(pen: Pen, coming: _Coming, when: datetime) -> None:
    day = when.date()
    pen.add(
        WriteReport(
            at=when,
            by=coming.lead(day),
            danger=pen.says_of_all(day, PROTECTION["danger"]),
            parts={
                n: pen.says(pen.child(n, day), day, PROTECTION["child_means"]) for n in coming.about
            },
        )
    )


def _send(coming: _Coming, pen: Pen, when: datetime, *, read: bool) -> datetime:
    why = "" if read else pen.says_of_all(when.date(), PROTECTION["report.not_shared"])
    pen.add(SendReport(at=when, by=coming.lead(when.date()), not_shared=why))
    return when


def _manager(pen: Pen, coming: _Coming, day: date) -> Worker:
    return pen.service.manager(coming.spell.team, day)
