"""What happens to a family besides our work with it: births, moves, dangers to workers."""

from dataclasses import replace
from datetime import datetime, timedelta

from hearth.demo.acts import Birth, FindHazard, Move
from hearth.demo.families import address
from hearth.demo.stories.pen import Pen
from hearth.demo.words.sentences import WORK

HANDED_ON = WORK["handover_directions"]
HAZARDS = (
    (
        "dog",
        "A large dog that is not tied up. It has bitten a visitor.",
        "Ring first and ask for it to be shut in the kitchen.",
    ),
    (
        "violence",
        "Threatened a worker on the stairs in the spring.",
        "Visit in pairs. Leave if the father is drinking.",
    ),
    ("visit_in_pairs", "Other adults come and go who are not known.", "Two workers, in daylight."),
    ("recording", "Films workers and puts it online.", "Say at the door that you know. Stay calm."),
    (
        "infection",
        "Scabies in the household, being treated.",
        "Do not sit on soft chairs until cleared.",
    ),
)
MALE_HAZARDS = ("violence",)


def expect_births(pen: Pen) -> None:
    """Settle when each expected child is born, and what they are called."""
    for n, child in enumerate(pen.family.children):
        if child.expected:
            sex = pen.chance.choice("MF")
            names = pen.family.community.boys if sex == "M" else pen.family.community.girls
            taken = {c.given_names for c in pen.family.children}
            given = pen.chance.choice([name for name in names if name not in taken] or names)
            born_on = child.born_on + timedelta(days=pen.chance.randint(-18, 10))
            known = pen.in_days(pen.working(born_on), 1, 4)
            born = replace(child, expected=False, born_on=born_on, sex=sex, given_names=given)
            pen.births[n] = (known, born)


def meanwhile(pen: Pen, start: datetime, end: datetime) -> None:
    """What happens in the family while its case is open."""
    _births(pen, start, end)
    days = (end - start).days
    if days > 30 and pen.likely(0.14):
        _move(pen, start + timedelta(days=pen.chance.randint(12, days - 5)))
    if days > 20 and pen.likely(0.07):
        _hazard(pen, pen.working((start + timedelta(days=12)).date()))


def _births(pen: Pen, start: datetime, end: datetime) -> None:
    """A birth is recorded while a case is open, or when somebody next looks."""
    for n, (known, born) in list(pen.births.items()):
        if n in pen.born or known > end:
            continue
        when = known if known > start else pen.in_days(start, 2, 4)
        pen.born.add(n)
        pen.births[n] = (when, born)
        pen.add(
            Birth(
                at=when,
                by=pen.worker_on(when),
                child=n,
                born_on=born.born_on,
                sex=born.sex,
                given_names=born.given_names,
            )
        )


def _move(pen: Pen, when: datetime) -> None:
    lines, postcode = address(pen.chance)
    moved = pen.working(when.date())
    told = pen.in_days(moved, 0, 6)
    pen.add(
        Move(at=told, by=pen.worker_on(told), lines=lines, postcode=postcode, moved_on=moved.date())
    )


def _hazard(pen: Pen, when: datetime) -> None:
    code, detail, advice = pen.chance.choice(HAZARDS)
    men = [
        n for n, adult in enumerate(pen.family.adults) if adult.relation in ("father", "stepfather")
    ]
    adult = men[0] if code in MALE_HAZARDS and men else 0
    pen.add(
        FindHazard(
            at=when,
            by=pen.worker_on(when),
            adult=adult,
            code=code,
            detail=detail,
            advice=advice,
            review_on=when.date() + timedelta(days=182),
        )
    )
