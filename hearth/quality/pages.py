"""What the pages of checks are made of."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Case, Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.urls import NoReverseMatch, reverse

from hearth.accounts.models import User
from hearth.accounts.roles import MANAGERS, Role
from hearth.casework.checks import CHECKS, Check, Severity
from hearth.casework.models import Allocation
from hearth.lib.dates import how_long_ago, in_words
from hearth.people.models import Person
from hearth.quality.models import Alert, AlertTold, LastLook, SetAside
from hearth.workforce.models import TeamMembership

COLOURS = {
    Severity.CRITICAL: "red",
    Severity.HIGH: "orange",
    Severity.MEDIUM: "yellow",
    Severity.LOW: "grey",
}
GRAVEST_FIRST = list(Severity)
SEES_ALL = (
    Role.SERVICE_MANAGER,
    Role.DIRECTOR,
    Role.PRINCIPAL_SOCIAL_WORKER,
    Role.CONFERENCE_CHAIR,
    Role.REVIEWING_OFFICER,
)


@dataclass(frozen=True, slots=True)
class FactLine:
    """One fact that a check went by, as a page shows it."""

    label: str
    says: str
    # Which day it is of, where its words do not say that, and how long ago that was.
    age: str
    href: str


@dataclass(frozen=True, slots=True)
class AlertLine:
    """One alert as a page shows it: the check, why it sounds, and who knows."""

    alert: Alert
    check: Check
    colour: str
    facts: Sequence[FactLine] = ()
    # Who was told, by name, and when.
    told: Sequence[tuple[str, datetime]] = ()
    aside: SetAside | None = None
    may_ask: bool = False
    may_decide: bool = False


@dataclass(frozen=True, slots=True)
class Quiet:
    """A check that does not sound for a child, and what it said of each record it looked at."""

    check: Check
    said: Sequence[tuple[str, Sequence[FactLine]]]


@dataclass(frozen=True, slots=True)
class ChildPage:
    """What the checks say of one child: what sounds, what was set aside, what is quiet and why."""

    looked_at: datetime | None
    sounding: Sequence[AlertLine]
    aside: Sequence[AlertLine]
    quiet: Sequence[Quiet] = field(default_factory=list)


def page_of_child(child: Person, worker: User, *, today: date) -> ChildPage:
    """Everything the checks say of a child. Four queries, however much it is."""
    look = LastLook.objects.filter(child=child).first()
    alerts = _gravest_first(Alert.objects.standing().filter(child=child).select_related("child"))
    lines = list(_lines(alerts, worker, today))
    sounding = [line for line in lines if not _is_aside(line, today)]
    loud = {line.check.key for line in lines}
    said = look.said if look else {}
    quiet = [
        Quiet(check, [(one["because"], facts_of(one["facts"], today)) for one in said.get(key, ())])
        for key, check in CHECKS.items()
        if key not in loud
    ]
    return ChildPage(
        look.looked_at if look else None,
        sounding,
        [line for line in lines if _is_aside(line, today)],
        sorted(quiet, key=lambda one: (not one.said, one.check.title)),
    )


def _is_aside(line: AlertLine, today: date) -> bool:
    return bool(line.aside and line.aside.until and line.aside.until > today)


def _lines(alerts: Sequence[Alert], worker: User, today: date) -> Iterator[AlertLine]:
    told: dict[int, list[tuple[str, datetime]]] = {}
    for one in AlertTold.objects.filter(alert__in=alerts).select_related("to"):
        told.setdefault(one.alert_id, []).append((str(one.to), one.told_at))
    aside = {
        one.alert_id: one
        for one in SetAside.objects.filter(alert__in=alerts).select_related(
            "asked_by", "decided_by"
        )
    }
    manages = worker.has_role(*MANAGERS)
    has_case = _has_case(worker, {alert.child_id for alert in alerts})
    for alert in alerts:
        asked = aside.get(alert.pk)
        waits = asked is not None and asked.decided_at is None
        yield AlertLine(
            alert=alert,
            check=alert.check_declared,
            colour=COLOURS[alert.check_declared.severity],
            facts=facts_of(alert.facts, today),
            told=told.get(alert.pk, []),
            aside=asked,
            may_ask=not waits and (manages or alert.child_id in has_case),
            may_decide=waits and manages and asked is not None and asked.asked_by_id != worker.pk,
        )


def _has_case(worker: User, children: Collection[int]) -> set[int]:
    held = Allocation.objects.current().filter(worker=worker, child__in=children)
    return set(held.values_list("child_id", flat=True))


def facts_of(plain: Sequence[Mapping[str, Any]], today: date) -> list[FactLine]:
    """The facts kept with an alert, each with how old it is."""
    return [
        FactLine(fact["label"], fact["says"], _age(fact, today), _address(fact["page"], fact["pk"]))
        for fact in plain
    ]


def _age(fact: Mapping[str, Any], today: date) -> str:
    if not fact["on"]:
        return ""
    on = date.fromisoformat(fact["on"])
    ago = how_long_ago(on, today)
    return ago if in_words(on) in fact["says"] else f"{in_words(on)}, {ago}"


def _address(page: str, pk: int | None) -> str:
    """Where a fact is on the record; nowhere when its page has gone since."""
    try:
        return reverse(page, args=[pk]) if page and pk else ""
    except NoReverseMatch:
        return ""


def _gravest_first(alerts: QuerySet[Alert]) -> list[Alert]:
    return sorted(
        alerts,
        key=lambda one: (GRAVEST_FIRST.index(one.check_declared.severity), one.since, one.pk),
    )


def alerts_for(
    worker: User, *, today: date, check: str = "", severity: str = ""
) -> QuerySet[Alert]:
    """What sounds for this worker: of their own children; for a manager of their teams' too.

    A manager sees what managers are told of. Those who answer for the service see all of that.
    """
    found = Alert.objects.sounding(today)
    mine = Allocation.objects.current().filter(worker=worker).values("child")
    whose = Q(child__in=mine)
    if worker.has_role(*SEES_ALL):
        whose |= Q(managers_from__lte=today)
    elif worker.has_role(*MANAGERS):
        managed = TeamMembership.objects.on(today).filter(staff__user=worker, manages=True)
        theirs = Allocation.objects.current().filter(team__in=managed.values("team"))
        whose |= Q(child__in=theirs.values("child"), managers_from__lte=today)
    keys = [
        key
        for key, one in CHECKS.items()
        if check in ("", key) and severity in ("", one.severity.value)
    ]
    lead = Allocation.objects.current().leading().filter(child=OuterRef("child"))
    return (
        found.filter(whose, check_key__in=keys)
        .select_related("child")
        .annotate(grave=_graveness(), lead=Subquery(lead.values("worker")[:1]))
        .order_by("grave", "since", "pk")
    )


def _graveness() -> Case:
    return Case(
        *(
            When(
                check_key__in=[key for key, one in CHECKS.items() if one.severity == severity],
                then=Value(place),
            )
            for place, severity in enumerate(GRAVEST_FIRST)
        ),
        default=Value(len(GRAVEST_FIRST)),
        output_field=IntegerField(),
    )


def as_list(alerts: Sequence[Any]) -> list[tuple[Alert, str, User | None]]:
    """These alerts, each with its colour and the child's lead worker. One query."""
    workers = User.objects.in_bulk({alert.lead for alert in alerts if alert.lead})
    return [
        (alert, COLOURS[alert.check_declared.severity], workers.get(alert.lead)) for alert in alerts
    ]


def all_checks(worker: User, *, today: date) -> list[tuple[Check, str, int]]:
    """Every check in words, with how many alerts of it sound for this worker. One query."""
    counts = dict(
        alerts_for(worker, today=today)
        .order_by()
        .values_list("check_key")
        .annotate(many=Count("pk"))
    )
    ordered = sorted(CHECKS.values(), key=lambda one: (GRAVEST_FIRST.index(one.severity), one.key))
    return [(one, COLOURS[one.severity], counts.get(one.key, 0)) for one in ordered]
