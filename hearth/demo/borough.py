"""Making the invented borough: small, through the rooms' own actions; or of thousands, in bulk."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from django.db import transaction

from hearth.accounts.actions import system_worker
from hearth.accounts.models import User
from hearth.accounts.worker_context import acting_as
from hearth.demo import living
from hearth.demo.bulk.borough import SIZES, make
from hearth.demo.families import household
from hearth.demo.fingerprint import fingerprint
from hearth.demo.living import loose_ends, staff, supervising
from hearth.demo.living.clock import Clock, plan_for_small_tables, story_time
from hearth.demo.living.life import Life
from hearth.demo.scenes import Told, scenes
from hearth.demo.staff import Service, service
from hearth.demo.stories import story
from hearth.demo.stories.pen import at
from hearth.lib.dates import add_working_days
from hearth.lib.errors import CannotDo
from hearth.people.models import Person
from hearth.quality.actions import keep_first_figures, look_at_figures, look_at_open_cases

SMALL_FAMILIES = 70
SMALL_YEARS = 2
SMALL_PACE = 6.0
YEAR = timedelta(days=365)
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Made:
    """What was made, and its print: the same for the same borough."""

    families: int
    acts: int
    people: int
    children: int
    fingerprint: str

    def in_words(self) -> str:
        """What was made, for whoever asked for it."""
        return (
            f"{self.families:,} families, {self.children:,} children among {self.people:,} people, "
            f"and {self.acts:,} things done"
        )


def create(size: str, *, seed: int, today: date, password: str, say: Say) -> Made:
    """The borough in an empty database. The small one is made whole, or not at all."""
    if size in SIZES:
        with transaction.atomic(), acting_as(system_worker()):
            refuse_unless_empty()
        written = make(SIZES[size], seed=seed, today=today, password=password, say=say)
        return made(written.families, written.acts)
    with transaction.atomic():
        with acting_as(system_worker()):
            refuse_unless_empty()
        whole = small(SMALL_FAMILIES, seed=seed, today=today, password=password, say=say)
        # The checks look every night, and the first night of these records has not come.
        look_at_open_cases(today=today, by=system_worker())
        keep_first_figures(today=today, by=system_worker())
        look_at_figures(today=today, by=system_worker())
        return whole


def refuse_unless_empty() -> None:
    """Stop where anybody is on record: invented people are never put among real ones."""
    if not Person.objects.exists() and not User.objects.exclude(username="hearth").exists():
        return
    invented = (
        not User.objects.exclude(email__endswith=".example").exclude(username="hearth").exists()
    )
    if invented:
        raise CannotDo(
            "The invented borough is here already. To make it again, remove the local folder "
            "(.local) while Hearth is stopped, or name another empty database"
        )
    raise CannotDo(
        "People are on record in this database. The invented borough is only made in an empty one"
    )


def small(families: int, *, seed: int, today: date, password: str, say: Say) -> Made:
    """Some families over two years, through the rooms' own actions."""
    since = today - SMALL_YEARS * YEAR
    invented = service(full=False, seed=seed, since=since - timedelta(days=30), today=today)
    clock = Clock()
    plan_for_small_tables()
    with acting_as(system_worker()):
        clock.set(clock.moment)
        payroll = staff.write(invented, password=password)
        staff.open_rooms(invented, payroll)
    told = _told(families, invented, seed, since, today)
    lives = [Life(family=tale.family, number=tale.family.number, payroll=payroll) for tale in told]
    say(f"Inventing {len(lives)} families, and two years of work with them")
    with story_time(clock):
        meetings = supervising.diary(
            invented, seed=seed, today=today, whole=families >= SMALL_FAMILIES
        )
        acts = living.live(
            zip(lives, (tale.story for tale in told), strict=True),
            clock,
            [(meeting.at, partial(meeting.hold, payroll)) for meeting in meetings],
            refused=lambda why: say(f"  A family stays where it was, for a room refused: {why}"),
        )
        clock.set(at(add_working_days(today, -1), 16, 40))
        loose_ends.leave(payroll, lives, clock.moment)
    with acting_as(system_worker()):
        staff.retire(invented)
        clock.settle()
    return made(len(lives), acts)


def made(families: int, acts: int) -> Made:
    """What is now on record."""
    with transaction.atomic(), acting_as(system_worker()):
        children = Person.objects.exclude(la_child_id=None).count()
        return Made(families, acts, Person.objects.count(), children, fingerprint())


def _told(families: int, invented: Service, seed: int, since: date, today: date) -> list[Told]:
    """The families of the two years, and the last of them those of the scenes."""
    many = None if families >= SMALL_FAMILIES else families // 2
    staged = scenes(invented, seed=seed, today=today, pace=SMALL_PACE, many=many)
    scened = list(staged)
    told = []
    for n in range(families - len(scened)):
        chance = random.Random(f"{seed}/{n}")
        first = since + timedelta(days=chance.randrange((today - since).days))
        family = household(n, chance, today=first)
        tale = story(
            family, service=invented, chance=chance, first=first, today=today, pace=SMALL_PACE
        )
        told.append(Told(family, tale))
    return [*told, *scened]
