"""A borough of thousands: some hundreds of lives lived, and lived again by all the others."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count

from django.db import connections, transaction

from hearth.accounts.actions import system_worker
from hearth.accounts.worker_context import acting_as
from hearth.demo import living
from hearth.demo.acts import Story
from hearth.demo.bulk import checks, writing
from hearth.demo.bulk.calibration import Tally, again, tally, together, weights
from hearth.demo.bulk.families import Group, Lived, drawn, lived
from hearth.demo.bulk.lived import Pattern, Reader
from hearth.demo.bulk.tables import Table, tables
from hearth.demo.living import loose_ends, staff
from hearth.demo.living.clock import Clock, plan_for_small_tables, story_time
from hearth.demo.living.life import Life
from hearth.demo.living.staff import Payroll
from hearth.demo.protection_acts import HoldConference
from hearth.demo.scenes import Told, scenes
from hearth.demo.staff import Service, service
from hearth.demo.stories.pen import at
from hearth.lib.dates import add_working_days
from hearth.lib.errors import CannotDo, CannotRun

TOGETHER = 20
PACE, SCENE_PACE = 3.0, 6.0
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How much there is to be of a borough."""

    children: int
    years: int
    lived: int
    scenes: int | None = None
    full: bool = True
    # Of those who live, besides: had a child protection conference, made no plan, have one now.
    protected: tuple[int, int, int] = (0, 0, 0)


PROTECTED = (14, 2, 6)
SIZES = {
    "tenth": Size(children=6_000, years=10, lived=100, protected=PROTECTED),
    "full": Size(children=60_000, years=10, lived=100, protected=PROTECTED),
}


@dataclass(slots=True)
class Written:
    """How much was written."""

    families: int = 0
    children: int = 0
    acts: int = 0


@dataclass(slots=True)
class Making:
    """A borough being made."""

    size: Size
    seed: int
    today: date
    service: Service
    payroll: Payroll
    say: Say
    clock: Clock = field(default_factory=Clock)
    written: Written = field(default_factory=Written)
    # What came of the families that are not lived again.
    base: list[Tally] = field(default_factory=list)


def make(size: Size, *, seed: int, today: date, password: str, say: Say) -> Written:
    """The whole borough. What was written stays written if something stops it half-way."""
    since = today - timedelta(days=365 * size.years)
    invented = service(full=size.full, seed=seed, since=since - timedelta(days=30), today=today)
    with transaction.atomic(), acting_as(system_worker()):
        payroll = staff.write(invented, password=password)
    making = Making(size, seed, today, invented, payroll, say)
    told = [t for group in _groups(size, since, today) for t in _drawn(making, group)]
    say(f"{len(told)} families live their stories through the rooms' own actions")
    lives = _live(making, told)
    _leave_work_waiting(making)
    _live_again(making, lives)
    _finish(making)
    return making.written


def _drawn(making: Making, group: Group) -> list[Told]:
    return drawn(group, service=making.service, seed=making.seed, today=making.today, pace=PACE)


def _groups(size: Size, since: date, today: date) -> Iterator[Group]:
    """Families of any kind; and where the borough is to have its rates, those with a plan apart."""
    ended, none, standing = size.protected
    if not ended:
        yield Group(size.lived, since, today)
        return
    yield Group(size.lived, since, today, keep=lambda tale: not tally(tale, 0).conferences)
    past = today - timedelta(days=500)
    yield Group(ended, since, past, begins=3000, protected=True, keep=_is_over)
    yield Group(none, since, past, begins=4000, protected=True, keep=_made_none)
    recent = today - timedelta(days=300), today - timedelta(days=50)
    yield Group(standing, *recent, begins=6000, protected=True, keep=_stands)
    # Of late, so that the last census year has some of each.
    lately = today - timedelta(days=700), today - timedelta(days=260)
    yield Group(2, *lately, begins=7000, moves_in=True, keep=_came_with_a_plan)
    yield Group(1, *lately, begins=8000, protected=True, moves_away=True, keep=_took_it_elsewhere)


def _decisions(tale: Story) -> list[str]:
    return [act.decision for act in tale if isinstance(act, HoldConference)]


def _is_over(tale: Story) -> bool:
    return "plan" in _decisions(tale) and not tally(tale, 1).standing


def _made_none(tale: Story) -> bool:
    return bool(_decisions(tale)) and "plan" not in _decisions(tale)


def _came_with_a_plan(tale: Story) -> bool:
    return bool(tally(tale, 1).moved_in) and "plan" in _decisions(tale)


def _took_it_elsewhere(tale: Story) -> bool:
    return bool(tally(tale, 1).moved_away)


def _stands(tale: Story) -> bool:
    return bool(tally(tale, 1).standing)


def _live(making: Making, told: Sequence[Told]) -> list[tuple[Life, Told]]:
    """Some families at a time, so that the database can count what it holds in between."""
    lived_by: list[tuple[Life, Told]] = []
    for start in range(0, len(told), TOGETHER):
        lived_by += _through_the_actions(making, told[start : start + TOGETHER])
        making.say(f"  {len(lived_by)} of {len(told)} families")
    return lived_by


def _through_the_actions(making: Making, told: Sequence[Told]) -> list[tuple[Life, Told]]:
    clock, lives = Clock(), list[tuple[Life, Told]]()
    with transaction.atomic():
        if not making.written.families:
            plan_for_small_tables()
        with acting_as(system_worker()):
            clock.set(clock.moment)
        with story_time(clock):
            for tale in told:
                lives += _one_family(making, tale, clock)
            if any(t.scene for t in told):
                clock.set(at(add_working_days(making.today, -1), 16, 40))
                loose_ends.leave(making.payroll, [life for life, _ in lives], clock.moment)
        with acting_as(system_worker()):
            clock.settle()
    _analyse()
    return lives


def _one_family(making: Making, tale: Told, clock: Clock) -> Iterator[tuple[Life, Told]]:
    """One family's whole story; left out, and said so, where a room refuses something in it."""
    life = Life(tale.family, tale.family.number, making.payroll)
    try:
        with transaction.atomic():
            making.written.acts += living.live([(life, tale.story)], clock)
    except CannotDo as refused:
        making.say(f"  Left out, for a room refused: {refused} {refused.__notes__[0][:150]}")
        return
    making.written.families += 1
    making.written.children += len(life.children)
    yield life, tale


def _leave_work_waiting(making: Making) -> None:
    """The families of the scenes, on the desks of those whose addresses are known."""
    staged = scenes(
        making.service,
        seed=making.seed,
        today=making.today,
        pace=SCENE_PACE,
        many=making.size.scenes,
    )
    since = making.today - timedelta(days=400)
    group = Group(3, since, making.today, begins=5000, keep=lambda tale: not _decisions(tale))
    closed = _drawn(making, group)
    told = [*closed, *staged]
    # Only now: those who live again would all be in the same room at the same hour.
    with transaction.atomic(), acting_as(system_worker()):
        staff.open_rooms(making.service, making.payroll)
    for life, t in _through_the_actions(making, told):
        making.base.append(tally(t.story, len(life.children)))


def _analyse() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")


def _live_again(making: Making, lives: Sequence[tuple[Life, Told]]) -> None:
    everyone, patterns, every_table = read(lives, making)
    apart = writing.highest(every_table) + 1
    numbers = writing.child_numbers(making.size.children * 2)
    casting = writing.Casting(making.service, making.payroll, seed=making.seed, apart=apart)
    parts = (
        casting.part(family, patterns[family.number], turn, numbers)
        for family, turn in _until_enough(making, everyone, _often(making, lives))
    )
    said = 0
    for _ in writing.write(parts, every_table):
        tenths = making.written.children * 20 // making.size.children
        if tenths != said:
            said = tenths
            making.say(f"  {making.written.children:,} of {making.size.children:,} children")


def read(
    lives: Sequence[tuple[Life, Told]], making: Making
) -> tuple[list[Lived], Mapping[int, Pattern], list[Table]]:
    """What was written of those who lived, cut into patterns."""
    with transaction.atomic(), acting_as(system_worker()):
        everyone = list(lived(((life, t.story) for life, t in lives), making.today))
    family_of = {p.pk: life.number for life, _ in lives for p in life.everyone}
    own = {family.number: writing.owned(family, making.payroll) for family in everyone}
    every_table = tables()
    return everyone, Reader(family_of, own).read(every_table), every_table


def _until_enough(
    making: Making, everyone: Sequence[Lived], often: Mapping[int, float]
) -> Iterator[tuple[Lived, int]]:
    """Each family in turn as often as is its share, again and again, until there are enough."""
    written = making.written
    for turn in count(1):
        for family in everyone:
            weight = often.get(family.number, 1.0)
            for place in range(again(weight, turn - 1), again(weight, turn)):
                if written.children >= making.size.children:
                    return
                written.families += 1
                written.children += len(family.children)
                written.acts += family.acts
                yield family, place + 1


def _often(making: Making, lives: Sequence[tuple[Life, Told]]) -> dict[int, float]:
    """How often each family is to live, so that the borough has the national rates."""
    size = making.size
    if not size.protected[0]:
        return {}
    tallies = {life.number: tally(told.story, len(life.children)) for life, told in lives}
    base = together(making.base)
    return weights(tallies, base=base, children=size.children, years=size.years)


def _finish(making: Making) -> None:
    every_table = tables()
    with transaction.atomic(), acting_as(system_worker()):
        staff.retire(making.service)
    making.say("Counting what there is")
    writing.count_on(every_table)
    writing.tidy(every_table)
    making.say("Checking what must hold of every life")
    wrong = checks.found_wrong(every_table)
    if making.size.protected[0]:
        rates = list(checks.measured(making.size.years))
        for rate in rates:
            making.say(f"  {rate}")
        wrong += [str(rate) for rate in rates if not rate.is_near]
    if wrong:
        raise CannotRun("The borough is not as it must be:\n" + "\n".join(wrong))
