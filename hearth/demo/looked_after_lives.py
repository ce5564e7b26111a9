"""Invented lives of children in care, from which a return of any year may be drawn.

Each is made by a chance of its own, of the seed and the child's number, and does not ask what year
it is read in: so the return of one year agrees with that of the year before.
"""

import random
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from hearth.demo.communities import COMMUNITIES
from hearth.lib.dates import add_months

BOY, GIRL = "M", "F"
KINDS = ("care", "leaver", "adopted", "alone", "short breaks")
KIND_SHARES = (76, 10, 5, 6, 3)
NEEDS = ("N1", "N5", "N4", "N3", "N2", "N6", "N8")
NEED_SHARES = (62, 13, 8, 4, 4, 3, 6)
# Each legal status in turn.
PATHS = (("V2",), ("C1", "C2"), ("V2", "C1", "C2"), ("C1",))
PATH_SHARES = (30, 38, 20, 12)
MOVES = ("CARPL", "CREQB", "CREQO", "CHILD", "LAREQ", "STAND", "OTHER")
# A placement, the youngest who may be there, and who may provide it.
PLACEMENTS = (
    ("U6", 0, ("PR1", "PR4")),
    ("U4", 0, ("PR1", "PR4")),
    ("U3", 0, ("PR1",)),
    ("U1", 0, ("PR1",)),
    ("K2", 8, ("PR4", "PR5")),
    ("S1", 7, ("PR4",)),
    ("K3", 16, ("PR4", "PR5")),
    ("P1", 0, ("PR0",)),
)
PLACEMENT_SHARES = (40, 18, 14, 8, 10, 2, 14, 5)
WAYS_HOME = ("E4A", "E4B", "E13", "E8", "E48")
WORKER_REASONS = ("MANAGE", "LEFTRL", "ORGRST", "TSPROC", "ABSENC", "OTHERS")


@dataclass(slots=True)
class Episode:
    """A stretch of care under one legal status in one placement."""

    began: date
    why: str
    status: str
    place: str
    provider: str
    postcode: str
    urn: str
    ceased: date | None = None
    ended: str = ""
    moved: str = ""


@dataclass(slots=True)
class Life:
    """All that a return might ever say of one child."""

    number: int
    sex: str
    born: date
    ethnicity: str
    need: str
    home: str
    episodes: list[Episode] = field(default_factory=list)
    reviews: list[date] = field(default_factory=list)
    workers: list[tuple[str, date, date | None, str]] = field(default_factory=list)
    missing: list[tuple[str, date, date]] = field(default_factory=list)
    deprived: list[tuple[date, date]] = field(default_factory=list)
    mother_on: date | None = None
    alone: bool = False
    # The day it was decided that the child should be adopted, and matched with adopters.
    decided: date | None = None
    matched: date | None = None


def birthday(life: Life, years: int) -> date:
    """The day they are so old."""
    return add_months(life.born, 12 * years)


def life(seed: int, number: int, end: date) -> Life:
    """One child who is in the return of the year that ends on this day."""
    chance = random.Random(f"{seed}/looked after/{number}")
    kind = chance.choices(KINDS, weights=KIND_SHARES)[0]
    community = chance.choices(COMMUNITIES, weights=[each.share for each in COMMUNITIES])[0]
    need = "N2" if kind == "short breaks" else chance.choices(NEEDS, weights=NEED_SHARES)[0]
    known = Life(
        number=number,
        sex=BOY if kind == "short breaks" else chance.choice((BOY, GIRL)),
        born=end,
        ethnicity=community.ethnicity or "NOBT",
        need="N8" if kind == "alone" else need,
        home=_postcode(chance),
    )
    {
        "care": _in_care,
        "leaver": _leaver,
        "adopted": _adopted,
        "alone": _alone,
        "short breaks": _short_breaks,
    }[kind](known, chance, end)
    return known


def _postcode(chance: random.Random) -> str:
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    street = f"{chance.choice(letters)}{chance.choice(letters)}"
    return f"ZZ{chance.randint(1, 9)} {chance.randint(1, 9)}{street}"


def _in_care(known: Life, chance: random.Random, end: date) -> None:
    """Began care at any age; one in four leaves this year, as does everyone who comes of age."""
    began = end - timedelta(days=int(chance.triangular(12, 2900, 300)))
    oldest = 18 * 365 - max((end - timedelta(days=330) - began).days, 60)
    known.born = began - timedelta(days=chance.randint(3, oldest))
    of_age = birthday(known, 18)
    start = date(end.year - 1, 4, 1)
    ceased, how = None, ""
    if of_age <= end:
        ceased, how = of_age, chance.choice(("E17", "E5", "E6"))
    elif chance.random() < 0.22 and (end - began).days > 40:
        earliest = max(start, began + timedelta(days=20))
        ceased = earliest + timedelta(days=chance.randint(0, (end - earliest).days))
        how = chance.choice(WAYS_HOME)
    if chance.random() < 0.08 and (began - known.born).days > 900:
        _earlier(known, chance, began)
    _care(known, chance, began, ceased, how, end)
    _lived(known, chance, end)


def _earlier(known: Life, chance: random.Random, before: date) -> None:
    """A time in care that ended before this one began."""
    ceased = before - timedelta(days=chance.randint(30, 400))
    _care(known, chance, ceased - timedelta(days=chance.randint(40, 400)), ceased, "E4A", ceased)


def _alone(known: Life, chance: random.Random, end: date) -> None:
    """Came unaccompanied, of 14 or more, and looked after until of age."""
    began = end - timedelta(days=chance.randint(12, 700))
    known.born = began - timedelta(days=chance.randint(14 * 365, 16 * 365))
    known.alone = True
    of_age = birthday(known, 18)
    ceased = of_age if of_age <= end else None
    _care(known, chance, began, ceased, "E17" if ceased else "", end, path=("V2",))
    _lived(known, chance, end)


def _leaver(known: Life, chance: random.Random, end: date) -> None:
    """Came of age, and left care, in the year before."""
    # Late enough for the 91 days from 14 that make a care leaver to be in that year.
    of_age = date(end.year - 2, 4, 1) + timedelta(days=chance.randint(120, 360))
    known.born = add_months(of_age, -12 * 18)
    of_age = birthday(known, 18)
    began = of_age - timedelta(days=chance.randint(400, 2400))
    _care(known, chance, began, of_age, chance.choice(("E17", "E5")), end)
    _lived(known, chance, end)
    known.mother_on = None


def _adopted(known: Life, chance: random.Random, end: date) -> None:
    """A young child, placed with adopters and adopted this year."""
    ceased = date(end.year - 1, 4, 1) + timedelta(days=chance.randint(0, 363))
    placed = ceased - timedelta(days=chance.randint(75, 300))
    order = placed - timedelta(days=chance.randint(20, 200))
    began = order - timedelta(days=chance.randint(150, 500))
    known.born = began - timedelta(days=chance.randint(2, 1300))
    known.decided = order - timedelta(days=chance.randint(0, 60))
    known.matched = placed - timedelta(days=chance.randint(1, 20))
    first = Episode(began, "S", "C1", "U6", "PR1", _postcode(chance), "SC000001")
    ordered = replace(first, began=order, why="L", status="E1")
    with_them = Episode(placed, "P", "E1", "A6", "PR1", _postcode(chance), "XXXXXXX")
    _end(first, order, "X1")
    _end(ordered, placed, "X1")
    ordered.moved = "CARPL"
    _end(with_them, ceased, chance.choice(("E11", "E12")))
    known.episodes = [first, ordered, with_them]
    _lived(known, chance, end)


def _short_breaks(known: Life, chance: random.Random, end: date) -> None:
    """Some nights away, now and then; a boy, for of a girl two rules ask opposite things."""
    known.born = end - timedelta(days=chance.randint(5 * 365, 15 * 365))
    began = date(end.year - 1, 4, 3) + timedelta(days=chance.randint(0, 60))
    for _ in range(chance.randint(2, 6)):
        stay = Episode(began, "S", "V3", "R1", "PR4", "", "")
        _end(stay, began + timedelta(days=chance.randint(1, 10)), "E4A")
        known.episodes.append(stay)
        began += timedelta(days=chance.randint(20, 50))


def _end(episode: Episode, day: date, how: str) -> None:
    episode.ceased, episode.ended = day, how


def _care(
    known: Life,
    chance: random.Random,
    began: date,
    ceased: date | None,
    how: str,
    end: date,
    path: tuple[str, ...] = (),
) -> None:
    """One time in care: episodes that follow on each other until it ceases, or until now."""
    statuses = list(path or chance.choices(PATHS, weights=PATH_SHARES)[0])
    now = _placed(known, chance, began, "S", statuses.pop(0))
    known.episodes.append(now)
    while True:
        changed = now.began + timedelta(days=int(chance.triangular(12, 900, 120)))
        if changed > (ceased - timedelta(days=10) if ceased else end):
            break
        if statuses and chance.random() < 0.5:
            then = replace(now, began=changed, why="L", status=statuses.pop(0), moved="")
        else:
            now = _away(known, chance, now, changed)
            then = _placed(known, chance, changed, "P", now.status)
            while then.place == now.place == "P1":
                then = _placed(known, chance, changed, "P", now.status)
            now.moved = chance.choice(MOVES)
        _end(now, changed, "X1")
        known.episodes.append(then)
        now = then
    if ceased:
        _end(now, ceased, how)


def _away(known: Life, chance: random.Random, now: Episode, before: date) -> Episode:
    """Some nights in hospital or on holiday, and back; where there is time for that."""
    left = now.began + timedelta(days=12)
    if chance.random() > 0.15 or left + timedelta(days=8) > before:
        return now
    place = chance.choice(("T1", "T2", "T4"))
    away = Episode(left, "P", now.status, place, "", _postcode(chance), "")
    back = replace(now, began=left + timedelta(days=chance.randint(2, 6)), why="P")
    _end(now, left, "X1")
    _end(away, back.began, "X1")
    known.episodes += [away, back]
    return back


def _placed(known: Life, chance: random.Random, day: date, why: str, status: str) -> Episode:
    """A placement for a child of that age; never with parents while accommodated by agreement."""
    age = (day - known.born).days / 365.25
    fits = [
        (each, share)
        for each, share in zip(PLACEMENTS, PLACEMENT_SHARES, strict=True)
        if each[1] + 0.1 <= age + (each[1] == 0) and (each[0] != "P1" or status == "C2")
    ]
    place, _, providers = chance.choices(*zip(*fits, strict=True))[0]
    postcode = _postcode(chance)
    while postcode == known.home:
        postcode = _postcode(chance)
    urn = "" if place == "P1" else f"SC{chance.randint(10_000, 999_999):06}"
    return Episode(
        day,
        why,
        status,
        place,
        chance.choice(providers),
        known.home if place == "P1" else postcode,
        urn,
    )


def _lived(known: Life, chance: random.Random, end: date) -> None:
    """What else there is to say of a child in care: reviews, workers, nights missing, a child."""
    last = min(known.episodes[-1].ceased or end, end)
    first = known.episodes[0].began
    reviewed = first + timedelta(days=chance.randint(14, 20))
    while reviewed <= last:
        if _cared_for(known, reviewed):
            known.reviews.append(reviewed)
        reviewed += timedelta(days=chance.randint(120, 183))
    _add_workers(known, chance, first, last)
    _add_missing(known, chance, last)
    _add_deprivation(known, chance, last)
    young = birthday(known, 15) + timedelta(days=chance.randint(0, 900))
    if known.sex == GIRL and young < last and chance.random() < 0.06:
        known.mother_on = young


def _cared_for(known: Life, day: date) -> bool:
    return any(
        each.began <= day and (each.ceased is None or day <= each.ceased) for each in known.episodes
    )


def _add_workers(known: Life, chance: random.Random, first: date, last: date) -> None:
    """One after another without a break, the last of them still theirs."""
    began, reason = first, "FCONTA"
    while True:
        worker = f"SW{chance.randint(1, 99999):05}"
        until = began + timedelta(days=chance.randint(90, 1500))
        if until >= last:
            known.workers.append((worker, began, None, reason))
            return
        known.workers.append((worker, began, until, reason))
        began, reason = until + timedelta(days=1), chance.choice(WORKER_REASONS)


def _add_missing(known: Life, chance: random.Random, last: date) -> None:
    for episode in known.episodes:
        old = (episode.began - known.born).days > 11 * 365
        days = ((episode.ceased or last) - episode.began).days
        if old and days > 30 and chance.random() < 0.12:
            began = episode.began + timedelta(days=chance.randint(5, days - 10))
            known.missing.append((chance.choice("MMMA"), began, began + timedelta(days=2)))


def _add_deprivation(known: Life, chance: random.Random, last: date) -> None:
    for episode in known.episodes:
        days = ((episode.ceased or last) - episode.began).days
        if episode.place == "K2" and days > 60 and chance.random() < 0.1:
            began = episode.began + timedelta(days=chance.randint(2, 20))
            known.deprived.append((began, began + timedelta(days=28)))
