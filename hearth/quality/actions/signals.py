"""The figures looked at: what signals is kept and told, and what no longer does is taken back.

Done by Hearth itself, over every child. What it keeps holds no numbers, so that nobody learns from
a signal how many children are kept from them.
"""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from hearth.accounts import trail
from hearth.accounts.actions import system_worker
from hearth.accounts.models import User
from hearth.accounts.notices import notify
from hearth.accounts.roles import Role
from hearth.accounts.worker_context import acting_as
from hearth.casework.models.local import local_rules
from hearth.casework.timescales import due
from hearth.lib.dates import in_words
from hearth.quality.flow.charting import default_start
from hearth.quality.flow.findings import Finding, find, fired
from hearth.quality.flow.looking import Reckoned, chart_all, reckon, starts_on_record
from hearth.quality.flow.series import SERIES, rule_in_words
from hearth.quality.models import ChartStart, Signal, SignalTold
from hearth.quality.rules.charts import Rule
from hearth.quality.rules.months import named
from hearth.quality.timescales import ASK_WHY
from hearth.workforce.models import TeamMembership

# The head of safeguarding is a service manager here.
TOLD = (Role.ANALYST, Role.SERVICE_MANAGER)
FIRST = "The first month that is charted. Hearth set it when it first looked."
TAKEN_BACK = "What was recorded since has changed the figures: the rule holds no more"
STOCK = "PC-021"


@transaction.atomic
def look_at_figures(*, today: date, by: User) -> list[Signal]:
    """Hold every series of the service, and of each team, against its limits. Gives what is new."""
    with acting_as(system_worker()):
        _lock_starts(today, by)
        service, starts = reckon(None, today=today), starts_on_record()
        new = _keep(service, None, today, by)
        for team in sorted(_teams(service)):
            of_team = chart_all(service.record, starts, team, service.charted)
            new += _keep(of_team, team, today, by)
    return new


def _lock_starts(today: date, by: User) -> None:
    """Set where each series begins, the first time there is anything to look at."""
    known = starts_on_record()
    missing = [key for key in SERIES if key not in known]
    seen = reckon(None, today=today) if missing else None
    if seen is None or seen.record.first is None or seen.record.first > seen.last:
        return
    month = default_start(seen.record.first, seen.last)
    ChartStart.objects.bulk_create(
        [ChartStart(series=key, month=month, reason=FIRST, recorded_by=by) for key in missing]
    )
    trail.record(f"Began the charts of figures at {named(month)}", None, by=by)


def _teams(seen: Reckoned) -> set[int]:
    return {team for spells in seen.record.leads.spells.values() for _, _, team in spells}


def _keep(seen: Reckoned, team: int | None, today: date, by: User) -> list[Signal]:
    """Keep what signals for one team, or for the service; take back what no longer does."""
    ours = Signal.objects.filter(team=team)
    standing = {one.series: one for one in ours.standing().select_related("investigation")}
    after = {
        one.series: one.month
        for one in ours.filter(investigation__concluded_at__isnull=False).order_by("month")
    }
    of_team = team is not None
    found = {
        one.series.key: one
        for one in find(seen.charts, seen.counted, seen.last, of_team=of_team, after=after)
    }
    _take_back([one for key, one in standing.items() if key not in found], seen, by)
    new = []
    for key, finding in found.items():
        signal = standing.get(key) or Signal(
            check_key=finding.series.check, series=key, team_id=team, due_on=_due(today)
        )
        is_new = signal.pk is None
        _write(signal, finding)
        if is_new:
            trail.record(f"The figures signal: {SERIES[key].title}", signal, by=by)
            new.append(signal)
        _tell(signal, today, by)
    return new


def _due(today: date) -> date:
    limit = due(ASK_WHY, today, local_rules())
    return limit.on if limit else today


def _write(signal: Signal, finding: Finding) -> None:
    """Bring a signal up to date with what holds now; its first month never moves later."""
    held = {
        "rules": [rule.value for rule in finding.rules],
        "high": finding.newest.high,
        "month": finding.newest.month,
        "comparator": finding.comparator,
        "twice": signal.twice or finding.twice,
        "first_month": min(signal.first_month or finding.first, finding.first),
    }
    if signal.pk is None or any(getattr(signal, name) != value for name, value in held.items()):
        for name, value in held.items():
            setattr(signal, name, value)
        signal.save()


def _take_back(quiet: Iterable[Signal], seen: Reckoned, by: User) -> None:
    """Close what nobody has begun to ask about and no rule holds for: it came of late recording."""
    charts = {one.series.key: one for one in seen.charts}
    for signal in quiet:
        chart = charts[signal.series]
        held = fired(chart, seen.counted, seen.last, of_team=signal.team_id is not None)
        asked = getattr(signal, "investigation", None) is not None
        if asked or any(one.month >= signal.month for one in held):
            continue
        signal.closed_at, signal.closed_because = timezone.now(), TAKEN_BACK
        signal.save(update_fields=["closed_at", "closed_because"])
        trail.record("A signal was taken back", signal, by=by, reason=TAKEN_BACK)


def _tell(signal: Signal, today: date, by: User) -> None:
    """Tell those who do not know yet."""
    owed = _owed(signal, today) - set(signal.told.values_list("to", flat=True))
    if not owed:
        return
    SignalTold.objects.bulk_create([SignalTold(signal=signal, to_id=pk) for pk in sorted(owed)])
    notify(
        to=User.objects.filter(pk__in=owed),
        text=f"{in_short(signal)} Ask why by {in_words(signal.due_on)}.",
        page=reverse("quality:signal", args=[signal.pk]),
        subject=signal,
        by=by,
    )


def _owed(signal: Signal, today: date) -> set[int]:
    """Who is to know; the director of plans, and of what signals a second time."""
    if signal.team_id is not None:
        return _holding(Role.ANALYST) | _of_team(signal.team_id, today)
    if signal.check_key == STOCK or signal.twice:
        return _holding(*TOLD, Role.DIRECTOR)
    return _holding(*TOLD)


def _holding(*roles: Role) -> set[int]:
    return set(User.objects.holding(*roles).values_list("pk", flat=True))


def _of_team(team: int, today: date) -> set[int]:
    found = TeamMembership.objects.on(today).filter(team=team, manages=True)
    return set(found.values_list("staff__user_id", flat=True))


def in_short(signal: Signal) -> str:
    """A signal in a sentence: what, which rule, and when."""
    words = rule_in_words(Rule(signal.rules[0]), high=signal.high)
    return f"{SERIES[signal.series].title}: {words}, in {named(signal.month)}."
