"""Looking: what the checks find is kept, what they no longer find is cleared, and people are told.

Done by Hearth itself, for children whom a worker may not know of as for any other; row-level
security keeps what was found with the child it was found for.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from hearth.accounts import trail
from hearth.accounts.actions import system_worker
from hearth.accounts.models import User
from hearth.accounts.worker_context import acting_as
from hearth.casework.checks import CHECKS, Check, Fact, Looked, look_at
from hearth.casework.models import Episode
from hearth.lib.dates import add_working_days
from hearth.people.models import Person
from hearth.quality.actions.telling import tell
from hearth.quality.models import Alert, LastLook

AT_ONCE = 500
Key = tuple[str, int, str]


@transaction.atomic
def look(children: Sequence[int], *, today: date, by: User) -> list[Alert]:
    """Have every check look at these children now. Gives the alerts that are new.

    Those of these people who have no child's record, or whose record was merged, are passed over.
    Whoever asked for it is on the trail; what it finds is Hearth's own finding.
    """
    system = system_worker()
    with acting_as(system):
        records = Person.objects.filter(pk__in=children, la_child_id__isnull=False)
        children = sorted(records.filter(merged_into=None).values_list("pk", flat=True))
        said = look_at(children, today=today)
        now = timezone.now()
        opened = _keep(children, said, today=today, now=now, by=by)
        _remember(children, said, now)
        tell(children, today=today, by=system)
    return opened


def look_at_open_cases(
    *, today: date, by: User, progress: Callable[[int, int], None] = lambda _done, _all: None
) -> int:
    """Look at every child whose case is open, and at those with an alert that stands.

    One transaction for each few hundred children, so that a night's look holds nobody up. Says to
    `progress` how many it has looked at, of how many.
    """
    with acting_as(system_worker()):
        found = Episode.objects.open().values_list("child_id", flat=True)
        standing = Alert.objects.standing().values_list("child_id", flat=True)
        ids = sorted(set(found) | set(standing))
    for start in range(0, len(ids), AT_ONCE):
        look(ids[start : start + AT_ONCE], today=today, by=by)
        progress(min(start + AT_ONCE, len(ids)), len(ids))
    return len(ids)


def _keep(
    children: Sequence[int],
    said: Mapping[str, Sequence[Looked]],
    *,
    today: date,
    now: datetime,
    by: User,
) -> list[Alert]:
    standing: dict[Key, Alert] = {
        (alert.check_key, alert.child_id, alert.subject): alert
        for alert in Alert.objects.standing().filter(child__in=children).select_for_update()
    }
    fires = {
        (key, seen.child, seen.subject): seen
        for key, all_seen in said.items()
        for seen in all_seen
        if seen.fires
    }
    cleared = {key: alert for key, alert in standing.items() if key not in fires}
    _clear(cleared.values(), said, now)
    for key in fires.keys() & standing.keys():
        _bring_up_to_date(standing[key], fires[key])
    opened = [
        _new(CHECKS[key[0]], seen, today=today, now=now)
        for key, seen in fires.items()
        if key not in standing
    ]
    Alert.objects.bulk_create(opened)
    trail.record_many(
        [
            *(
                (f"A check found: {alert}", trail.label(alert), [alert.child_id], "")
                for alert in opened
            ),
            *(
                (f"A check was cleared: {alert}", trail.label(alert), [alert.child_id], "")
                for alert in cleared.values()
            ),
        ],
        by=by,
    )
    return opened


def _clear(alerts: Iterable[Alert], said: Mapping[str, Sequence[Looked]], now: datetime) -> None:
    for alert in alerts:
        now_said = [
            seen.because
            for seen in said.get(alert.check_key, ())
            if (seen.child, seen.subject) == (alert.child_id, alert.subject)
        ]
        alert.cleared_at = now
        alert.cleared_because = now_said[0] if now_said else "What it was about is over"
        alert.save(update_fields=["cleared_at", "cleared_because"])


def _bring_up_to_date(alert: Alert, seen: Looked) -> None:
    facts = as_plain(seen.facts)
    if (alert.because, alert.facts) != (seen.because, facts):
        alert.because, alert.facts = seen.because, facts
        alert.save(update_fields=["because", "facts"])


def _new(check: Check, seen: Looked, *, today: date, now: datetime) -> Alert:
    after = check.manager_after
    return Alert(
        check_key=check.key,
        child_id=seen.child,
        subject=seen.subject,
        because=seen.because,
        facts=as_plain(seen.facts),
        since=seen.since or today,
        managers_from=today if after is None else add_working_days(today, after),
        opened_at=now,
    )


def as_plain(facts: Iterable[Fact]) -> list[dict[str, Any]]:
    """Facts as they are kept with an alert."""
    return [
        {
            "label": fact.label,
            "says": fact.says,
            "on": fact.on.isoformat() if fact.on else None,
            "page": fact.page,
            "pk": fact.pk,
        }
        for fact in facts
    ]


def _remember(children: Sequence[int], said: Mapping[str, Sequence[Looked]], now: datetime) -> None:
    LastLook.objects.bulk_create(
        [
            LastLook(child_id=child, looked_at=now, said=dict(_said_of(child, said)))
            for child in children
        ],
        update_conflicts=True,
        unique_fields=["child"],
        update_fields=["looked_at", "said"],
    )


def _said_of(
    child: int, said: Mapping[str, Sequence[Looked]]
) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    for key, all_seen in said.items():
        yield (
            key,
            [
                {
                    "subject": seen.subject,
                    "fires": seen.fires,
                    "because": seen.because,
                    "facts": as_plain(seen.facts),
                }
                for seen in all_seen
                if seen.child == child
            ],
        )
