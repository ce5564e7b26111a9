"""How a room puts something on a page that stands above it, without being imported by it.

Each room's `panels.py` is read at start-up. A child's pages are made of what is registered here:
the tags and facts of the banner, the links at the side, and the panels of the front page. So are a
worker's desk and a team's pages, as far as other rooms have something to say there.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db import connection


@dataclass(frozen=True, slots=True)
class Panel:
    """One part of a page: a template, and what it is drawn from."""

    key: str
    title: str
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    order: int = 50


@dataclass(frozen=True, slots=True)
class BannerFact:
    """One thing said at the top of every page of a child: a coloured tag, or a label with words."""

    text: str
    label: str = ""
    colour: str = ""
    order: int = 50


@dataclass(frozen=True, slots=True)
class SideLink:
    """A link beside a child's pages. The address takes the child's id as `person_id`."""

    key: str
    text: str
    url_name: str
    order: int = 50


@dataclass(frozen=True, slots=True)
class NavLink:
    """A way from every page to a room's list, for those its policy lets in.

    Few stand under the header themselves; the rest stand there within their `group`, so that nobody
    has to search a row of twenty. With `begins`, it is where work begins ("Record a contact"), and
    a button on the desk instead.
    """

    key: str
    text: str
    url_name: str
    policy: Any
    order: int = 50
    begins: bool = False
    group: str = ""


@dataclass(frozen=True, slots=True)
class StaffLink:
    """A way from somebody's staff page to what another room knows of them, for those let in.

    The address takes their id as `staff_id`.
    """

    key: str
    text: str
    url_name: str
    policy: Any
    order: int = 50


# The groups of ways, in the order in which they stand. A way in no group stands by itself.
PROTECTION, CASES, SERVICE = "Protection and plans", "Cases", "Service"
GROUPS = (PROTECTION, CASES, SERVICE)
# So few need no groups.
FEW_WAYS = 7


# One row of what a room tells: JSON, as the database gave it.
Row = Mapping[str, Any]


def day_told(text: str | None) -> date | None:
    """A day that a row tells; None where it tells of none."""
    return date.fromisoformat(text) if text else None


def moment_told(text: str | None) -> datetime | None:
    """A moment that a row tells; None where it tells of none."""
    return datetime.fromisoformat(text) if text else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What a room tells of a child, asked of the database in one query with what others tell.

    `ask` takes the child's key and today, and gives a queryset of two columns: this key, and a JSON
    object. It is put into SQL once a day for every child, so it may go by nothing else: neither by
    who asks, whose rights the database itself keeps to, nor by the time of day. `banner` draws what
    every page says from the rows; `panel`, the front page's.
    """

    key: str
    ask: Callable[[int, date], Any]
    banner: Callable[[Sequence[Row], Any, date], Iterable[BannerFact]] | None = None
    panel: Callable[[Sequence[Row], Any, Any, date], Panel | None] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskTelling:
    """What a room puts on a worker's desk, asked in one query with what others put there.

    `ask` takes the worker and today, and gives such a queryset; or None for whom it has nothing.
    """

    key: str
    ask: Callable[[Any, date], Any | None]
    panel: Callable[[Sequence[Row], Any, date], Panel | None]


# Each takes the worker, the child and today, and says what it has to say.
BannerSource = Callable[[Any, Any, date], Iterable[BannerFact]]
PanelSource = Callable[[Any, Any, date], Panel | None]

# These take the worker and today; and for a team's pages the team between them.
DeskSource = Callable[[Any, date], Panel | None]
TeamSource = Callable[[Any, Any, date], Panel | None]
# These take the worker, the plan and today.
PlanSource = Callable[[Any, Any, date], Panel | None]

TELLINGS: list[Telling] = []
DESK_TELLINGS: list[DeskTelling] = []
BANNER: list[BannerSource] = []
SIDE: list[SideLink] = []
PANELS: list[PanelSource] = []
NAV: list[NavLink] = []
DESK: list[DeskSource] = []
TEAM: list[TeamSource] = []
PLAN: list[PlanSource] = []
STAFF: list[StaffLink] = []


def tell(telling: Telling) -> Telling:
    """Register what a room tells of a child along with the other rooms."""
    TELLINGS.append(telling)
    return telling


def tell_desk(telling: DeskTelling) -> DeskTelling:
    """Register what a room tells a worker along with the other rooms."""
    DESK_TELLINGS.append(telling)
    return telling


def _together(queries: Sequence[Any]) -> dict[str, list[Row]]:
    """The rows of several tellings, by their keys. One query, whatever is asked."""
    found: dict[str, list[Row]] = {}
    if queries:
        first, *rest = queries
        for key, row in first.union(*rest, all=True) if rest else first:
            found.setdefault(key, []).append(row)
    return found


# Stands for the child while the question is put into SQL. It is nobody's key.
ANY_CHILD = -4_815_162_342


@lru_cache(maxsize=4)
def _question(today: date, *, whole: bool) -> tuple[str, Sequence[Any]]:
    """What the rooms tell of any child, or what the banner needs: SQL, and what is put into it.

    Composing it takes longer than asking it, and it is asked on every page of a child.
    """
    asked = [one for one in TELLINGS if whole or one.banner is not None]
    first, *rest = [one.ask(ANY_CHILD, today) for one in asked]
    sql, given = first.union(*rest, all=True).query.sql_with_params()
    if any(isinstance(one, datetime) for one in given):
        raise ValueError("What is told of a child goes by the day, not by the time of day")
    return sql, given


def _of(child: int, given: Any) -> Any:
    """What is put into the question, of this child."""
    if isinstance(given, (list, tuple)):
        return [_of(child, one) for one in given]
    return child if given == ANY_CHILD else given


def _told_of(child: Any, today: date, *, whole: bool) -> Mapping[str, list[Row]]:
    """What the rooms tell of a child: all of it, or what the banner needs. Asked once a page."""
    known: dict[str, list[Row]] | None = vars(child).get("_told")
    if known is None:
        known = {}
        sql, given = _question(today, whole=whole)
        with connection.cursor() as cursor:
            cursor.execute(sql, _of(child.pk, given))
            for key, row in cursor.fetchall():
                known.setdefault(key, []).append(json.loads(row))
        vars(child)["_told"] = known
    return known


def banner(source: BannerSource) -> BannerSource:
    """Register what a room says in the banner of every page of a child."""
    BANNER.append(source)
    return source


def panel(source: PanelSource) -> PanelSource:
    """Register a room's panel of a child's front page."""
    PANELS.append(source)
    return source


def desk_panel(source: DeskSource) -> DeskSource:
    """Register what a room puts on a worker's desk."""
    DESK.append(source)
    return source


def team_panel(source: TeamSource) -> TeamSource:
    """Register what a room says of a team, on the team's page and its work list."""
    TEAM.append(source)
    return source


def plan_panel(source: PlanSource) -> PlanSource:
    """Register what a room puts on the page of a plan."""
    PLAN.append(source)
    return source


def side_link(link: SideLink) -> SideLink:
    """Register a link beside a child's pages. Their order never changes."""
    SIDE.append(link)
    SIDE.sort(key=lambda known: (known.order, known.key))
    return link


def nav_link(link: NavLink) -> NavLink:
    """Register a way to a room's list, or a button on the desk. Their order never changes."""
    NAV.append(link)
    NAV.sort(key=lambda known: (known.order, known.key))
    return link


def staff_link(link: StaffLink) -> StaffLink:
    """Register a way from somebody's staff page. Their order never changes."""
    STAFF.append(link)
    STAFF.sort(key=lambda known: (known.order, known.key))
    return link


def staff_links(worker: Any, staff: Any) -> list[StaffLink]:
    """The ways from somebody's staff page that this worker may take."""
    return [link for link in STAFF if link.policy.allows(worker, staff)]


def ways_of(worker: Any, *, begins: bool = False) -> list[NavLink]:
    """The links, or the buttons, that this worker's role lets them use."""
    return [n for n in NAV if n.begins is begins and n.policy.allows(worker, None)]


def banner_facts(worker: Any, child: Any, today: date) -> list[BannerFact]:
    """All that the rooms say in the banner, in order."""
    facts = [fact for source in BANNER for fact in source(worker, child, today)]
    told = _told_of(child, today, whole=False)
    for one in TELLINGS:
        if one.banner is not None:
            facts += one.banner(told.get(one.key, ()), child, today)
    return sorted(_said_once(facts), key=lambda fact: fact.order)


def _said_once(facts: Sequence[BannerFact]) -> list[BannerFact]:
    """What is said, without a tag that another room says in full: a plan, and a plan's category."""
    said = [fact.text for fact in facts if not fact.label]
    return [
        fact
        for fact in facts
        if fact.label or not any(other.startswith(f"{fact.text}: ") for other in said)
    ]


def panels_for(worker: Any, child: Any, today: date) -> list[Panel]:
    """The panels of a child's front page, in order."""
    told = _told_of(child, today, whole=True)
    found = [source(worker, child, today) for source in PANELS]
    found += [
        one.panel(told.get(one.key, ()), worker, child, today)
        for one in TELLINGS
        if one.panel is not None
    ]
    return _in_order(found)


def desk_panels(worker: Any, today: date) -> list[Panel]:
    """The rooms' panels of a worker's desk, in order."""
    asked = [query for one in DESK_TELLINGS if (query := one.ask(worker, today)) is not None]
    told = _together(asked)
    found = [source(worker, today) for source in DESK]
    found += [one.panel(told.get(one.key, ()), worker, today) for one in DESK_TELLINGS]
    return _in_order(found)


def plan_panels(worker: Any, plan: Any, today: date) -> list[Panel]:
    """What the rooms put on the page of a plan, in order."""
    found = (source(worker, plan, today) for source in PLAN)
    return sorted((p for p in found if p is not None), key=lambda p: (p.order, p.key))


def team_panels(worker: Any, team: Any, today: date) -> list[Panel]:
    """What the rooms say of a team, in order."""
    return _in_order(source(worker, team, today) for source in TEAM)


def _in_order(found: Iterable[Panel | None]) -> list[Panel]:
    return sorted((p for p in found if p is not None), key=lambda p: (p.order, p.key))
