"""A family's story with the service, from the first time somebody told us of it. Pure: no database.

The same family, service, day and seed give the same story. Every story stops at the last midnight,
wherever the family then is: that is where the work that waits for somebody comes from.
"""

import random
from dataclasses import replace
from datetime import date, datetime, timedelta

from hearth.demo.acts import Act, Allocate, Story
from hearth.demo.families import Household
from hearth.demo.staff import Service
from hearth.demo.stories import growing
from hearth.demo.stories.assessing import CLOSES, assessment
from hearth.demo.stories.front_door import Accepted, contact
from hearth.demo.stories.helping import help_family
from hearth.demo.stories.pen import Pen, Spell, at
from hearth.demo.words import Telling
from hearth.demo.words.themes import THEMES

LEFT_ROLE = "LEFTRL"
YEAR = timedelta(days=365)
# The chance that somebody tells us again, and in how many years on average.
AGAIN, WITHIN = 0.37, 1.6
AGAIN_AFTER_REFERRAL, WITHIN_AFTER_REFERRAL = 0.52, 0.6


def story(  # noqa: PLR0913 - what a story is drawn from
    family: Household,
    *,
    service: Service,
    chance: random.Random,
    first: date,
    today: date,
    pace: float = 3.0,
    leader: str = "",
    accepted: bool = False,
    protected: bool = False,
    moves_in: bool = False,
    moves_away: bool = False,
    unborn: bool = False,
    silent: bool = False,
) -> Story:
    """All that is done for a family from its first contact to the last midnight."""
    pen = new_pen(family, service, chance, first, today, pace)
    pen.leader, pen.accepted, pen.protected = leader, accepted or moves_in, protected
    pen.moves_in, pen.moves_away, pen.unborn = moves_in, moves_away, unborn
    pen.telling.silent = silent
    moment: datetime | None = at(first, 9)
    while moment is not None and moment < pen.stop:
        moment = _chapter(pen, moment)
    return finish(pen)


def new_pen(
    family: Household,
    service: Service,
    chance: random.Random,
    first: date,
    today: date,
    pace: float,
) -> Pen:
    """A pen for a family, with the worry its story is about."""
    oldest = max(first.year - child.born_on.year for child in family.children)
    themes = [theme for theme in THEMES if theme.youngest <= oldest]
    theme = chance.choices(themes, weights=[t.share for t in themes])[0]
    # Words are drawn apart from events, so that a silent story is the same story.
    telling = Telling(family, random.Random(chance.getrandbits(64)))
    pen = Pen(family, service, chance, theme, today, pace, telling)
    growing.expect_births(pen)
    return pen


def _chapter(pen: Pen, moment: datetime) -> datetime | None:
    """One contact and all that comes of it; returns when somebody next tells us, if they do."""
    outcome = contact(pen, moment)
    if not isinstance(outcome, Accepted):
        referred = pen.referred_on is not None and outcome.date() - pen.referred_on < YEAR
        return _next(pen, outcome, referred=referred)
    return _next(pen, _open_case(pen, outcome), referred=True)


def _open_case(pen: Pen, accepted: Accepted) -> datetime:
    """An assessment, and the help that may follow; sometimes somebody tells us again meanwhile."""
    about = pen.case = accepted.about
    finished = assessment(pen, accepted, about)
    closes = finished.outcome in CLOSES
    ended = finished.at if closes else help_family(pen, finished, about)
    growing.meanwhile(pen, accepted.at, min(ended, pen.stop))
    _tell_again(pen, accepted.at, ended)
    pen.end_spell(ended)
    pen.lead = None
    return ended


def _tell_again(pen: Pen, start: datetime, end: datetime) -> None:
    """A contact about an open case, which goes to its worker."""
    days = (end - start).days - 16 if end < pen.stop else (pen.stop - start).days - 1
    if days > 20 and pen.likely(0.3):
        when = start + timedelta(days=pen.chance.randint(10, days))
        contact(pen, when, open_case=True)


def _next(pen: Pen, ended: datetime, *, referred: bool) -> datetime | None:
    if not pen.likely(AGAIN_AFTER_REFERRAL if referred else AGAIN):
        return None
    years = WITHIN_AFTER_REFERRAL if referred else WITHIN
    days = max(int(pen.chance.expovariate(1 / years) * YEAR.days), 3)
    moment = ended + timedelta(days=days)
    return moment if pen.children_on(moment) else None


def finish(pen: Pen) -> Story:
    """The acts in the order of time, up to where the story stops, with its workers' comings."""
    acts = [*pen.acts, *_handed_on(pen)]
    told = [act for act in acts if act.at < pen.stop]
    return sorted(told, key=lambda act: act.at)


def _handed_on(pen: Pen) -> list[Act]:
    """A case goes on to whoever takes up its worker's post."""
    return [_to_the_next(pen, spell, day) for spell in pen.spells for day in _changes(spell, pen)]


def _changes(spell: Spell, pen: Pen) -> list[date]:
    end = spell.end.date() if spell.end else pen.today
    starts = (worker.started_on for worker in spell.post.holders)
    return [day for day in starts if spell.start.date() < day <= end and at(day, 8, 45) < pen.stop]


def _to_the_next(pen: Pen, spell: Spell, day: date) -> Allocate:
    return Allocate(
        at=at(day, 8, 45),
        by=pen.service.manager(spell.team, day),
        worker=spell.post.held_on(day),
        team=spell.team,
        direction=pen.says_of_all(day, growing.HANDED_ON),
        reason=LEFT_ROLE,
    )


__all__ = ["LEFT_ROLE", "Act", "finish", "new_pen", "replace", "story"]
