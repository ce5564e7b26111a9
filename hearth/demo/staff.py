"""Who holds each post of the invented service, from when to when: the same for the same seed."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property

from hearth.demo.communities import COMMUNITIES
from hearth.demo.grades import GRADES, HELP, SERVICES, TEAMS, Grade, PlannedTeam
from hearth.lib.dates import add_working_days, is_working_day

DOMAIN = "fenbridge.example"
YEAR = 365
# When the registers changed hands.
SWE_SINCE = date(2019, 12, 2)
HCPC_SINCE = date(2012, 8, 1)


@dataclass(frozen=True, slots=True)
class PlannedRegistration:
    """A spell on one register, up to the first day it no longer stands."""

    body: str
    started_on: date
    expires_on: date


@dataclass(slots=True, eq=False)
class Worker:
    """Somebody who works, or worked, in the invented service."""

    email: str
    given_names: str
    family_name: str
    grade: Grade
    team: PlannedTeam
    started_on: date
    ended_on: date | None
    phone: str
    number: int
    working_share: float = 1.0
    registrations: list[PlannedRegistration] = field(default_factory=list)
    # Teams managed besides their own: a service manager answers for several.
    answers_for: list[PlannedTeam] = field(default_factory=list)

    @property
    def name(self) -> str:
        """As the record shows it."""
        return f"{self.given_names} {self.family_name}"

    @property
    def asye_until(self) -> date | None:
        """A newly qualified worker is assessed and supported for a year."""
        if self.grade.key != "newly_qualified":
            return None
        return self.started_on + timedelta(days=YEAR)

    def works_on(self, day: date) -> bool:
        """Whether they had started, and not left, on a day."""
        return self.started_on <= day and (self.ended_on is None or day < self.ended_on)


@dataclass(slots=True, eq=False)
class Post:
    """A post, and those who have held it one after another, with no day between them."""

    team: PlannedTeam
    grade: Grade
    number: int
    holders: list[Worker] = field(default_factory=list)

    def held_on(self, day: date) -> Worker:
        """Who held it on a day."""
        return next(worker for worker in self.holders if worker.works_on(day))


@dataclass(eq=False)
class Service:
    """The whole invented service over the years."""

    posts: list[Post]
    since: date
    today: date

    @cached_property
    def workers(self) -> list[Worker]:
        """Everybody who has worked here, in the order they started."""
        everyone = [worker for post in self.posts for worker in post.holders]
        return sorted(everyone, key=lambda w: (w.started_on, w.email))

    @cached_property
    def _by_team(self) -> dict[str, list[Post]]:
        found: dict[str, list[Post]] = {}
        for post in self.posts:
            found.setdefault(post.team.key, []).append(post)
        return found

    def posts_of(self, team: str, *grades: str) -> list[Post]:
        """A team's posts of these grades, or all of them."""
        return [p for p in self._by_team[team] if not grades or p.grade.key in grades]

    def manager(self, team: str, day: date, *, which: int = 0) -> Worker:
        """Who managed a team on a day; `which` tells its several managers apart."""
        posts = self.posts_of(team, "manager") or self.posts_of("leadership", "service_manager")
        return posts[which % len(posts)].held_on(day)

    def duty_team(self, day: date) -> str:
        """The assessment team on duty: each has a week in turn."""
        return f"assessment_{day.isocalendar().week % 6 + 1}"

    def case_posts(self, team: str) -> list[Post]:
        """The posts whose holders may lead a case."""
        return self.posts_of(team, "senior", "social_worker", "newly_qualified", "agency")

    def one_of(self, team: str, day: date, chance: random.Random, *grades: str) -> Worker:
        """Somebody of these grades in a team on a day."""
        return chance.choice(self.posts_of(team, *grades)).held_on(day)

    def signing_in(self) -> Iterator[Worker]:
        """One worker for each known address."""
        for worker in self.workers:
            if worker.ended_on is None and worker.email in KNOWN_ADDRESSES:
                yield worker


KNOWN = {
    **{
        grade.address: (grade.key, None, 0)
        for grade in GRADES.values()
        if grade.address and grade.key != "manager"
    },
    "team.manager": ("manager", "assessment_1", 0),
    "front.door.manager": ("manager", "front_door", 0),
    "out.of.hours.manager": ("manager", "out_of_hours", 0),
    "family.support.manager": ("manager", "family_1", 0),
    "business.support": ("support", "independent", 0),
    "administrator.two": ("administrator", None, 1),
    "social.worker": ("social_worker", "assessment_1", 0),
    "senior.social.worker": ("senior", "assessment_1", 0),
    "newly.qualified": ("newly_qualified", "assessment_1", 0),
    "agency.social.worker": ("agency", "assessment_1", 0),
    "family.support.worker": ("family_support", "assessment_1", 0),
    "protection.social.worker": ("social_worker", "family_1", 0),
}
KNOWN_ADDRESSES = {f"{address}@{DOMAIN}": key for address, (key, _, _) in KNOWN.items()}


def service(*, full: bool, seed: int, since: date, today: date) -> Service:
    """The invented service: every post filled from `since` to `today`."""
    chance = random.Random(f"{seed}/service")
    posts = list(_posts(full=full))
    named: set[str] = set()
    registered = 30_000 + chance.randrange(10_000)
    for post in posts:
        _fill(post, chance, since, today, named)
        for worker in post.holders:
            registered += chance.randint(1, 90)
            worker.number = registered
            worker.registrations = list(_registrations(worker, today))
    _give_known_addresses(posts)
    _answer_for(posts)
    _let_one_lapse(posts, today)
    return Service(posts, since, today)


def _posts(*, full: bool) -> Iterator[Post]:
    for team in TEAMS:
        for key, sizes in team.posts.items():
            for number in range(sizes[full]):
                yield Post(team, GRADES[key], number)


def _fill(post: Post, chance: random.Random, since: date, today: date, named: set[str]) -> None:
    start = since - timedelta(days=chance.randint(0, int(post.grade.stays * YEAR)))
    start = working_day(start)
    while True:
        end = start + timedelta(days=_stay(post.grade, chance))
        # Nobody is found to have left in the last six weeks: their cases are handed over by then.
        last = end > today - timedelta(days=42)
        end = today if last else working_day(end)
        if end > since or last:
            post.holders.append(_worker(post, chance, start, None if last else end, named))
        if last:
            return
        start = end


def _stay(grade: Grade, chance: random.Random) -> int:
    if grade.key == "newly_qualified":
        return YEAR
    return int(YEAR * grade.stays * min(max(chance.expovariate(1.0), 0.35), 3.0))


def _worker(
    post: Post, chance: random.Random, start: date, end: date | None, named: set[str]
) -> Worker:
    community = chance.choices(COMMUNITIES, weights=[c.share for c in COMMUNITIES])[0]
    given = chance.choice(community.girls if chance.random() < 0.78 else community.boys)
    family = chance.choice(community.families)
    return Worker(
        email=_address(given, family, named),
        given_names=given,
        family_name=family,
        grade=post.grade,
        team=post.team,
        started_on=start,
        ended_on=end,
        phone=f"020 7946 0{chance.randint(0, 999):03d}",
        number=0,
        working_share=chance.choices((1.0, 0.8, 0.6), weights=(86, 9, 5))[0],
    )


def _address(given: str, family: str, named: set[str]) -> str:
    plain = f"{ascii_of(given)}.{ascii_of(family)}"
    address, n = plain, 1
    while address in named:
        n += 1
        address = f"{plain}{n}"
    named.add(address)
    return f"{address}@{DOMAIN}"


def ascii_of(name: str) -> str:
    """A name in the letters of an email address."""
    turned = name.translate(str.maketrans("áãâçéêíïóôõúüñńśżźłęąÓŚŻ", "aaaceeiiooouunnszzleaOSZ"))
    return "".join(c for c in turned.lower() if c.isascii() and c.isalpha())


def _registrations(worker: Worker, today: date) -> Iterator[PlannedRegistration]:
    """Their time on each register in turn; most have renewed for the coming year."""
    if not worker.grade.registered:
        return
    start = worker.started_on - timedelta(days=30)
    end = worker.ended_on or today
    for body, since, until in (
        ("gscc", date(2004, 4, 1), HCPC_SINCE),
        ("hcpc", HCPC_SINCE, SWE_SINCE),
    ):
        if start < until:
            yield PlannedRegistration(body, max(start, since), until)
            start = until
        if end < until:
            return
    yield PlannedRegistration("swe", start, renewal_after(end))


def renewal_after(day: date) -> date:
    """When the register is next renewed: 1 December; renewals open in September."""
    return date(day.year + ((day.month, day.day) >= (9, 1)), 12, 1)


def _give_known_addresses(posts: Sequence[Post]) -> None:
    for address, (grade, team, which) in KNOWN.items():
        found = [
            post
            for post in posts
            if post.grade.key == grade and (team is None or post.team.key == team)
        ]
        if which < len(found):
            found[which].holders[-1].email = f"{address}@{DOMAIN}"


def _answer_for(posts: Sequence[Post]) -> None:
    """Share the teams out among the service managers; the first has help and protection."""
    managers = [post for post in posts if post.grade.key == "service_manager"]
    for team in TEAMS:
        if team.key == "leadership":
            continue
        place = SERVICES.index(team.service) if team.service in SERVICES else 0
        own = managers[0] if team.service == HELP else managers[min(place, len(managers) - 1)]
        for worker in own.holders:
            worker.answers_for.append(team)


def _let_one_lapse(posts: Sequence[Post], today: date) -> None:
    """One agency worker has not renewed, and has nine days left."""
    for post in posts:
        worker = post.holders[-1]
        if worker.email == f"agency.social.worker@{DOMAIN}":
            last = worker.registrations[-1]
            worker.registrations[-1] = replace(last, expires_on=today + timedelta(days=9))


def working_day(day: date) -> date:
    """This day, or the next working one."""
    return day if is_working_day(day) else add_working_days(day, 1)
