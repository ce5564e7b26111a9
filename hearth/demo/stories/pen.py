"""The pen a story is written with: whose story, by whom, how much of it, and what time it is."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from hearth.casework.timescales import ENGLAND
from hearth.demo.acts import Act, Story
from hearth.demo.families import Household, Somebody
from hearth.demo.staff import DOMAIN, KNOWN, Post, Service, Worker
from hearth.demo.words import Telling, and_list, first_name, named
from hearth.demo.words.themes import Theme
from hearth.lib.dates import add_working_days, is_working_day

FIRST_HOUR, LAST_HOUR = 9, 17
# How much of a team's work each grade is given.
SHARES = {"social_worker": 1.0, "agency": 1.0, "newly_qualified": 0.7, "senior": 0.5}
FRONT_DOOR, NIGHTS, INDEPENDENT = "front_door", "out_of_hours", "independent"
STEADY = timedelta(days=45)


@dataclass(slots=True)
class Spell:
    """A post's time with a case."""

    post: Post
    team: str
    start: datetime
    end: datetime | None = None


@dataclass(slots=True)
class Pen:
    """Writes one family's story."""

    family: Household
    service: Service
    chance: random.Random
    theme: Theme
    today: date
    # How much is written: a case note for about so many working days of open work.
    pace: float
    telling: Telling
    # The known address of whoever is to lead, where the story is told for them.
    leader: str = ""
    # Whether the first contact is to be accepted and assessed, whatever chance would have said.
    accepted: bool = False
    # Whether the first referral is to lead to a child protection conference.
    protected: bool = False
    # Whether the family comes with another authority's plan; and whether it takes ours elsewhere.
    moves_in: bool = False
    moves_away: bool = False
    # Whether the first contact is about children who are still to be born, and no others.
    unborn: bool = False
    acts: Story = field(default_factory=list)
    keys: int = 0
    put_on_record: bool = False
    # Whom the open case is about, by their places among the children.
    case: tuple[int, ...] = ()
    # Who leads, and in which team, while a case is open.
    lead: Post | None = None
    spells: list[Spell] = field(default_factory=list)
    # The day of the last referral.
    referred_on: date | None = None
    # When each expected child is known to be born, and who they then are.
    births: dict[int, tuple[datetime, Somebody]] = field(default_factory=dict)
    born: set[int] = field(default_factory=set)
    # Who chaired the last conference, and when the last child protection plan ended.
    chaired_by: Worker | None = None
    # Whether a conference has been held that the next one reviews.
    conferred: bool = False
    plan_ended: date | None = None

    @property
    def stop(self) -> datetime:
        """Where every story stops: the last midnight, so that nothing is written of today."""
        return at(self.today, 0)

    def key(self) -> int:
        """A number for the next contact or assessment of this family."""
        self.keys += 1
        return self.keys

    def add(self, act: Act) -> None:
        """Put an act into the story."""
        self.acts.append(act)

    def likely(self, share: float) -> bool:
        """True so often in the long run."""
        return self.chance.random() < share

    def apart(self, what: str, day: date) -> random.Random:
        """A chance of its own, so that what is drawn by it changes nothing else of the story."""
        return random.Random(f"{self.family.number}/{self.family.children[0].born_on}/{day}/{what}")

    def one_of(self, table: Sequence[tuple[str, float]]) -> str:
        """One of a table's answers, by their weights."""
        return self.chance.choices([a for a, _ in table], weights=[w for _, w in table])[0]

    def working(self, day: date, *, after: datetime | None = None) -> datetime:
        """A time in working hours on a day, or on the next working day; never before `after`."""
        if not is_working_day(day):
            day = add_working_days(day, 1)
        moment = at(day, self.chance.randint(FIRST_HOUR, LAST_HOUR - 1), self.chance.randint(0, 59))
        if after is None or moment > after:
            return moment
        soon = after + timedelta(minutes=self.chance.randint(6, 40))
        if soon.hour < LAST_HOUR and soon.date() == after.date() and is_working_day(soon.date()):
            return soon
        return self.working(add_working_days(after.date(), 1))

    def in_days(self, moment: datetime, least: int, most: int) -> datetime:
        """Some working days later, in working hours."""
        days = self.chance.randint(least, most)
        day = add_working_days(moment.date(), days) if days else moment.date()
        return self.working(day, after=moment)

    def children_on(self, moment: datetime) -> list[int]:
        """The places of the children under 18 on a day, with those expected."""
        day = moment.date()
        return [
            n
            for n, child in enumerate(self.family.children)
            if child.born_on.year + 18 > day.year
            or (
                child.born_on.year + 18 == day.year
                and (child.born_on.month, child.born_on.day) > (day.month, day.day)
            )
        ]

    def child(self, place: int, day: date) -> Somebody:
        """A child of the family as they were known to be on a day: one expected, until born."""
        if place in self.born:
            known, born = self.births[place]
            if known.date() <= day:
                return born
        return self.family.children[place]

    def start_spell(self, post: Post, team: str, start: datetime) -> None:
        """The case goes to a post."""
        self.end_spell(start)
        self.lead = post
        self.spells.append(Spell(post, team, start))

    def end_spell(self, end: datetime) -> None:
        """The case leaves the post it is with."""
        if self.spells and self.spells[-1].end is None:
            self.spells[-1].end = end

    def worker_on(self, moment: datetime) -> Worker:
        """Who had the case at a moment, or else whoever was on screening."""
        post = self.post_on(moment)
        day = moment.date()
        return post.held_on(day) if post is not None else self.screening_officer(day)

    def post_on(self, moment: datetime) -> Post | None:
        """The post that had the case at a moment."""
        for spell in reversed(self.spells):
            if spell.start <= moment and (spell.end is None or moment < spell.end):
                return spell.post
        return None

    def says(self, child: Somebody, day: date, *lists: Sequence[str], **more: str) -> str:
        """Sentences about a child."""
        if self.telling.silent:
            return ""
        return tidy(self.telling.write(*lists, **{**self.telling.facts(child, day), **more}))

    def says_of_all(self, day: date, *lists: Sequence[str], **more: str) -> str:
        """Sentences about the family, told with its eldest child in mind."""
        if self.telling.silent:
            return ""
        eldest = self.family.children[0]
        everyone = [first_name(self.child(n, day)) for n in range(len(self.family.children))]
        facts = {
            **self.telling.facts(eldest, day),
            "eldest": first_name(eldest),
            "children": and_list(everyone),
            **more,
        }
        return tidy(self.telling.write(*lists, **facts))

    def adults_to_ask(self) -> list[int]:
        """The places of the parents and step-parents among the adults."""
        wanted = ("mother", "father", "stepfather")
        return [n for n, adult in enumerate(self.family.adults) if adult.relation in wanted]

    def has(self, relation: str) -> bool:
        """Whether the family has an adult in this relation."""
        return bool(named(self.family, relation))

    def duty_team(self, day: date) -> str:
        """The assessment team that takes what comes on a day; the leader's own, if there is one."""
        team = KNOWN[self.leader][1] if self.leader else None
        if team and team.startswith("assessment"):
            return team
        return self.service.duty_team(day)

    def family_team(self) -> str:
        """The team that helps the family after an assessment."""
        if self.theme.key == "disability" and not self.leader:
            return "disability"
        team = KNOWN[self.leader][1] if self.leader else None
        if team and team.startswith("family"):
            return team
        return f"family_{self.chance.randint(1, 6)}"

    def case_post(self, team: str, *, steady_from: date | None = None) -> Post:
        """The post that is given the case, of those in a team that lead cases.

        Steady from a day: of somebody experienced who is not about to leave.
        """
        posts = self.service.case_posts(team)
        if steady_from is not None:
            posts = _steady(posts, steady_from) or posts[:1]
        address = f"{self.leader}@{DOMAIN}"
        for post in posts if self.leader else ():
            if post.holders[-1].email == address:
                return post
        return self.chance.choices(posts, weights=[SHARES[post.grade.key] for post in posts])[0]

    def screening_officer(self, day: date) -> Worker:
        """Who is on screening."""
        return self.service.one_of(FRONT_DOOR, day, self.chance, "screening")

    def front_door_manager(self, day: date) -> Worker:
        """Who decides at the front door."""
        return self.service.one_of(FRONT_DOOR, day, self.chance, "manager")


def _steady(posts: Sequence[Post], day: date) -> list[Post]:
    """Those whose holder is past their first year, and is here for some weeks yet."""
    experienced = [post for post in posts if post.grade.key != "newly_qualified"]
    return [p for p in experienced if p.held_on(day) is p.held_on(day + STEADY)]


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment of a day in England."""
    return datetime.combine(day, time(hour, minute), ENGLAND)


def tidy(text: str) -> str:
    """Sentences with capitals at their starts, whatever was put there."""
    text = text.strip().replace(". the children's", ". The children's")
    return text[:1].upper() + text[1:]
