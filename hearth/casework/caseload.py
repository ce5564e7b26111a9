"""How much work a worker carries: children and families, weighted by published weights.

The weights are data, each with its reason, so that a worker can see why their number is what it is
and an authority can argue with it.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from django.db.models import Q

from hearth.casework.families import families_of
from hearth.casework.models import Allocation, AllocationRole, Episode, Involvement
from hearth.lib.arrays import any_of
from hearth.lib.dates import add_months

NO_STATUS = "referred"


@dataclass(frozen=True, slots=True)
class Weight:
    """What one kind of case counts for, and why."""

    key: str
    name: str
    weight: Decimal
    why: str


STATUS_WEIGHTS: Mapping[str, Weight] = {
    w.key: w
    for w in (
        Weight(
            "protection",
            "Child protection plan",
            Decimal("1.50"),
            "Seen at least every ten working days, with core groups and conferences to write for",
        ),
        Weight(
            "assessment",
            "Being assessed",
            Decimal("1.25"),
            "All is new, everybody has to be seen and asked, and the clock is running",
        ),
        Weight(
            "looked_after",
            "Looked after",
            Decimal("1.25"),
            "Visits, reviews, health, school and family time, and carers to work with",
        ),
        Weight(
            "child_in_need",
            "Child in need",
            Decimal("1.00"),
            "The measure the others are set against: visited monthly, planned with the family",
        ),
        Weight(
            NO_STATUS,
            "Referred, not yet assessed",
            Decimal("1.00"),
            "Nobody knows yet what it will ask, so it counts as the measure",
        ),
        Weight(
            "care_leaver",
            "Care leaver",
            Decimal("0.75"),
            "Kept in touch with every eight weeks, and a plan reviewed twice a year",
        ),
        Weight(
            "early_help",
            "Early help",
            Decimal("0.50"),
            "The family leads, with other agencies doing most of the work",
        ),
    )
}
PART_WEIGHTS: Mapping[str, Weight] = {
    w.key: w
    for w in (
        Weight(AllocationRole.LEAD.value, "Lead worker", Decimal(1), "Answers for the case"),
        Weight(
            AllocationRole.CO_WORKER.value,
            "Co-worker",
            Decimal("0.50"),
            "Shares the visits and the thinking, not the recording and the reports",
        ),
        Weight(
            AllocationRole.SUPERVISING.value,
            "Supervising",
            Decimal("0.25"),
            "Reads, advises and answers for the worker",
        ),
    )
}
SIBLING = Weight(
    "sibling",
    "Each further child of a family",
    Decimal("0.60"),
    "One home and one set of meetings; but each child is seen alone and has their own plan",
)
ASYE = Weight(
    "asye",
    "Limit in the assessed and supported year",
    Decimal("0.90"),
    "A newly qualified worker has a tenth of their time for learning (ASYE framework)",
)


@dataclass(frozen=True, slots=True)
class Case:
    """One child whom one worker has, what they are to the case, and what the child is to us."""

    worker: int
    child: int
    part: str = AllocationRole.LEAD.value
    statuses: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Caseload:
    """What one worker carries on a day."""

    children: int = 0
    families: int = 0
    weighted: Decimal = Decimal(0)
    by_status: Mapping[str, int] = field(default_factory=dict)

    def over(self, limit: Decimal) -> bool:
        """Whether it is more than the limit."""
        return self.weighted > limit


def weight_of(case: Case) -> Weight:
    """The weight of the heaviest thing a child is to the service."""
    return _heaviest(case.statuses)


@cache
def _heaviest(statuses: frozenset[str]) -> Weight:
    """Worked out once for each mixture: a team's year asks it for every child, every month."""
    known = [STATUS_WEIGHTS[status] for status in statuses if status in STATUS_WEIGHTS]
    return max(known, key=lambda w: w.weight, default=STATUS_WEIGHTS[NO_STATUS])


def weigh(cases: Iterable[Case], families: Mapping[int, int]) -> Caseload:
    """One worker's cases as a caseload. In each family the heaviest counts whole."""
    by_family: dict[int, list[Decimal]] = {}
    statuses: Counter[str] = Counter()
    for case in cases:
        weight = weight_of(case)
        statuses[weight.key] += 1
        counted = weight.weight * PART_WEIGHTS[case.part].weight
        by_family.setdefault(families.get(case.child, case.child), []).append(counted)
    total = Decimal(0)
    for weights in by_family.values():
        heaviest = max(weights)
        total += heaviest + (sum(weights) - heaviest) * SIBLING.weight
    return Caseload(sum(statuses.values()), len(by_family), _tenth(total), dict(statuses))


def limit_of(team_limit: int, *, asye: bool = False, share: Decimal = Decimal(1)) -> Decimal:
    """The most one worker should carry: the team's limit, less for part time and for ASYE."""
    return _tenth(team_limit * share * (ASYE.weight if asye else 1))


def caseloads_on(workers: Collection[int], *, on: date) -> dict[int, Caseload]:
    """What each worker carries on a day. Three queries, however many workers."""
    return {worker: now for worker, (now, _) in loads_with(workers, [], "lead", on=on).by.items()}


@dataclass(frozen=True, slots=True)
class Loads:
    """What each worker carries now and would then, what the children are, and who leads them."""

    by: Mapping[int, tuple[Caseload, Caseload]]
    statuses: Mapping[int, frozenset[str]]
    leads: Mapping[int, Allocation]


def loads_with(
    workers: Collection[int], episodes: Sequence[Episode], part: str, *, on: date
) -> Loads:
    """What each worker carries on a day, and would if they were given these as well."""
    given = [episode.child_id for episode in episodes]
    # An episode that a decision would open is weighed before it is on record: nobody leads it yet.
    opened = [episode.pk for episode in episodes if episode.pk]
    rows = list(
        Allocation.objects.on(on)
        .filter(Q(worker__in=workers) | Q(role=AllocationRole.LEAD, episode__in=opened))
        .select_related("worker", "team")
    )
    children = {row.child_id for row in rows} | set(given)
    statuses, families = statuses_on(children, on=on), families_of(children, on=on)

    def case(worker: int, child: int, part: str) -> Case:
        return Case(worker, child, part, statuses.get(child, frozenset()))

    held: dict[int, dict[int, Case]] = {worker: {} for worker in workers}
    for row in rows:
        if row.worker_id in held:
            held[row.worker_id][row.child_id] = case(row.worker_id, row.child_id, row.role)
    by = {
        worker: (
            weigh(cases.values(), families),
            # A part they would be given takes the place of the part they have.
            weigh((cases | {c: case(worker, c, part) for c in given}).values(), families),
        )
        for worker, cases in held.items()
    }
    leads = {row.episode_id: row for row in rows if row.role == AllocationRole.LEAD}
    return Loads(by, statuses, leads)


def statuses_on(children: Collection[int], *, on: date) -> dict[int, frozenset[str]]:
    """What each child was to the service on a day."""
    found: dict[int, set[str]] = {}
    standing = Involvement.objects.on(on).filter(any_of("child", children))
    for child, kind in standing.values_list("child_id", "kind"):
        found.setdefault(child, set()).add(kind)
    return {child: frozenset(kinds) for child, kinds in found.items()}


def months_back(today: date, months: int) -> list[date]:
    """The first day of each of the last months, the oldest first, and then today."""
    first = today.replace(day=1)
    return [*(add_months(first, -n) for n in range(months - 1, -1, -1)), today]


Held = tuple[int, int, str, date, date | None]
Stood = tuple[int, str, date, date | None]


@dataclass(frozen=True, slots=True)
class Carried:
    """All that some workers carried over a time: asked for once, counted for any day of it."""

    held: Sequence[Held]
    stood: Sequence[Stood]
    families: Mapping[int, int]

    def cases(self, day: date) -> dict[int, list[Case]]:
        """Each worker's cases on a day."""
        statuses: dict[int, set[str]] = {}
        for child, kind, start, end in self.stood:
            if start <= day and (end is None or end > day):
                statuses.setdefault(child, set()).add(kind)
        by_worker: dict[int, list[Case]] = {}
        for worker, child, part, start, end in self.held:
            if start <= day and (end is None or end > day):
                case = Case(worker, child, part, frozenset(statuses.get(child, ())))
                by_worker.setdefault(worker, []).append(case)
        return by_worker

    def loads(self, day: date) -> dict[int, Caseload]:
        """What each worker carried on a day; those who carried nothing are left out."""
        return {worker: weigh(cases, self.families) for worker, cases in self.cases(day).items()}

    def trend(self, days: Iterable[date]) -> list[tuple[date, Caseload]]:
        """What they carried together on each of some days."""
        return [(day, together(self.loads(day).values())) for day in days]


def carried(workers: Collection[int], *, since: date, until: date) -> Carried:
    """All that these workers carried from one day to another. Three queries."""
    held = list(
        Allocation.objects.filter(worker__in=workers, started_on__lte=until)
        .exclude(ended_on__lte=since)
        .values_list("worker_id", "child_id", "role", "started_on", "ended_on")
    )
    children = {row[1] for row in held}
    stood = list(
        Involvement.objects.filter(any_of("child", children), started_on__lte=until)
        .exclude(ended_on__lte=since)
        .values_list("child_id", "kind", "started_on", "ended_on")
    )
    return Carried(held, stood, families_of(children, on=until))


def together(loads: Iterable[Caseload]) -> Caseload:
    """Several workers' loads as one."""
    loads, counted = list(loads), Counter[str]()
    for load in loads:
        counted.update(load.by_status)
    return Caseload(
        sum(load.children for load in loads),
        sum(load.families for load in loads),
        sum((load.weighted for load in loads), Decimal(0)),
        dict(counted),
    )


def _tenth(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.1"), ROUND_HALF_UP)
