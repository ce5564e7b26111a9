"""Open records that lack something: whose, what, and where each thing is put right."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from hearth.accounts.models import User
from hearth.accounts.roles import MANAGERS, Role
from hearth.casework.missing import Missing, what_is_missing, with_what_is_there
from hearth.casework.models import Allocation, Episode
from hearth.people.models import Person
from hearth.workforce.models import Team

# A new record is not yet a poor one: the list leaves it out for its first week, in which there are
# five working days.
DAYS_TO_FILL = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Lacking:
    """One open record: whose it is, who has the case, and what it lacks."""

    child: Person
    lead: str
    missing: list[tuple[Missing, str]]


def open_records(worker: User, *, team: Team | None, today: date) -> QuerySet[Episode]:
    """Records open for more than five working days: a team's, one's own, or for a manager all."""
    leading = Allocation.objects.on(today).leading()
    found = Episode.objects.open_on(today).filter(started_on__lt=today - DAYS_TO_FILL)
    if team is not None:
        found = found.filter(pk__in=leading.filter(team=team).values("episode"))
    elif not worker.has_role(*MANAGERS, Role.DIRECTOR):
        found = found.filter(pk__in=leading.filter(worker=worker).values("episode"))
    named = leading.filter(episode=OuterRef("pk"))
    return (
        with_what_is_there(found, today=today)
        .annotate(lead_id=Subquery(named.values("worker")[:1]))
        .select_related("child")
        .order_by("started_on", "pk")
    )


def lacking(episodes: Sequence[Any], *, today: date) -> list[Lacking]:
    """These records with what each lacks; those that lack nothing say so. One query."""
    workers = User.objects.in_bulk({e.lead_id for e in episodes if e.lead_id})
    return [
        Lacking(
            episode.child,
            str(workers[episode.lead_id]) if episode.lead_id in workers else "",
            missing_from(episode, today=today),
        )
        for episode in episodes
    ]


def missing_from(episode: Any, *, today: date) -> list[tuple[Missing, str]]:
    """What one record lacks, each with the address that takes it."""
    found = what_is_missing(episode, today=today)
    return [(missing, missing.href(episode.child_id)) for missing in found]
