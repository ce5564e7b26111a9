"""By when: time limits as data, and the one place that computes a due date.

A limit belongs to a framework (an edition of the guidance) and holds from the day the framework
takes effect until another replaces it. Each authority has its own day of adopting some frameworks;
the national date is only the default. The limit in force on the day of the trigger applies, not
today's, so changing a limit never rewrites the past.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from hearth.lib.dates import add_months, add_working_days, in_words

ENGLAND = ZoneInfo("Europe/London")
Unit = Literal["working days", "calendar days", "weeks", "months", "hours"]


@dataclass(frozen=True, slots=True)
class Framework:
    """An edition of the guidance, and the national date it took effect."""

    key: str
    name: str
    since: date
    adoptable: bool = False


FRAMEWORKS: dict[str, Framework] = {
    f.key: f
    for f in (
        Framework(
            "fa_2000",
            "Framework for the Assessment of Children in Need and their Families (2000)",
            date(2001, 4, 1),
        ),
        Framework(
            "initial_10",
            "Working Together 2010: initial assessment in 10 working days",
            date(2010, 3, 17),
            adoptable=True,
        ),
        Framework("wt_2010", "Working Together 2010", date(2010, 3, 17)),
        Framework("wt_2013", "Working Together 2013 and later", date(2013, 4, 15)),
        Framework(
            "single",
            "Working Together 2013: a single assessment",
            date(2013, 4, 15),
            adoptable=True,
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Limit:
    """So much time, under one framework, until another replaces it."""

    amount: int
    unit: Unit
    authority: str
    framework: str | None = None
    replaced_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Timescale:
    """One duty's time limit, through all its editions. `key` is permanent."""

    key: str
    duty: str
    trigger: str
    limits: Sequence[Limit]
    configurable: Literal["no", "stricter only", "yes"] = "no"
    # Counted back from the trigger: a report that is wanted some days before a meeting.
    before: bool = False


@dataclass(frozen=True, slots=True)
class LocalRules:
    """What one authority has chosen: its days of adoption, and its own amounts with their dates."""

    adopted: Mapping[str, date] = field(default_factory=dict)
    amounts: Mapping[str, Sequence[tuple[date, int]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Due:
    """When something is due, and why, in words a worker can be shown."""

    on: date
    because: str
    at: datetime | None = None


TIMESCALES: dict[str, Timescale] = {}
NATIONAL = LocalRules()


def declare(timescale: Timescale) -> Timescale:
    """Make a timescale known. Each room's `timescales.py` is read at start-up."""
    if timescale.key in TIMESCALES:
        raise ValueError(f"{timescale.key} is declared twice")
    TIMESCALES[timescale.key] = timescale
    return timescale


def timescale_of(key: str) -> Timescale:
    """The timescale a key names; `CP-12:5` is CP-12 with five working days, as a plan sets it."""
    declared, _, days = key.partition(":")
    if not days:
        return TIMESCALES[declared]
    limit = Limit(int(days), "working days", "set in the plan")
    return replace(TIMESCALES[declared], key=key, limits=[limit], configurable="no")


def takes_effect(framework: str, local: LocalRules = NATIONAL) -> date:
    """The day a framework takes effect here: the authority's own day, or the national one."""
    return local.adopted.get(framework, FRAMEWORKS[framework].since)


def limit_on(timescale: Timescale, day: date, local: LocalRules = NATIONAL) -> Limit | None:
    """The limit in force on a day, or None when no edition sets one."""
    for limit in reversed(timescale.limits):
        begun = limit.framework is None or takes_effect(limit.framework, local) <= day
        over = limit.replaced_by is not None and takes_effect(limit.replaced_by, local) <= day
        if begun and not over:
            return limit
    return None


def amount_on(timescale: Timescale, limit: Limit, day: date, local: LocalRules) -> int:
    """The national amount, or the authority's own where the rule lets it choose."""
    chosen = [amount for since, amount in local.amounts.get(timescale.key, ()) if since <= day]
    if not chosen or timescale.configurable == "no":
        return limit.amount
    if timescale.configurable == "stricter only":
        return min(chosen[-1], limit.amount)
    return chosen[-1]


def due(timescale: Timescale, trigger: date | datetime, local: LocalRules = NATIONAL) -> Due | None:
    """When the duty falls due for a trigger, or None when no limit applied on that day.

    The trigger's day is day 0, whichever way the days are counted. Hours run by the clock from a
    moment, or from a day's start.
    """
    day = trigger.astimezone(ENGLAND).date() if isinstance(trigger, datetime) else trigger
    limit = limit_on(timescale, day, local)
    if limit is None:
        return None
    amount = amount_on(timescale, limit, day, local)
    because = (
        f"{timescale.duty}: {amount_in_words(amount, limit.unit)} "
        f"{'before' if timescale.before else 'after'} {timescale.trigger} "
        f"on {in_words(day)} ({limit.authority})"
    )
    if timescale.before:
        return Due(_counted(day, -amount, limit.unit), because)
    if limit.unit == "hours" and isinstance(trigger, datetime):
        at = (trigger.astimezone(UTC) + timedelta(hours=amount)).astimezone(ENGLAND)
        return Due(at.date(), because, at)
    return Due(_counted(day, amount, limit.unit), because)


def describe_limit(timescale: Timescale) -> str:
    """The newest national limit in a few words: 10 working days."""
    limit = timescale.limits[-1]
    return amount_in_words(limit.amount, limit.unit)


def amount_in_words(amount: int, unit: Unit) -> str:
    """An amount with its unit: 1 working day, 10 working days; the same day."""
    if not amount:
        return "the same day"
    return f"{amount} {unit[:-1] if amount == 1 else unit}"


def _counted(day: date, amount: int, unit: Unit) -> date:
    if unit == "working days":
        return add_working_days(day, amount)
    if unit == "months":
        return add_months(day, amount)
    if unit == "weeks":
        return day + timedelta(weeks=amount)
    if unit == "hours":
        return day + timedelta(days=-(-amount // 24))
    return day + timedelta(days=amount)
