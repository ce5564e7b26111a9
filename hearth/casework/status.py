"""What a child is to the service on a day: worked out, never typed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BooleanField,
    ExpressionWrapper,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import JSONObject

from hearth.accounts.models import User
from hearth.accounts.roles import Role
from hearth.casework.models import Allocation, Episode, Involvement, InvolvementKind
from hearth.lib.dates import in_words
from hearth.lib.panels import Row, day_told
from hearth.people.models import Person
from hearth.workforce.models import TeamMembership

KEY = "standing"
# Those whose danger must be seen at once are red; the rest are open work.
COLOURS = {InvolvementKind.PROTECTION: "red", InvolvementKind.EARLY_HELP: "green"}
ORDER = list(reversed(InvolvementKind.values))


@dataclass(frozen=True, slots=True)
class Tag:
    """A child's status in a word or two."""

    text: str
    colour: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What a child is to the service, and who answers for the case: each with a telephone."""

    episode: Episode | None
    tags: tuple[Tag, ...]
    lead_worker: str = ""
    manager: str = ""


def ask_standing(child: int, today: date) -> QuerySet[Any, Any]:
    """A child's status, lead worker and manager, for every page to tell."""
    leading = Allocation.objects.on(today).leading().filter(episode=OuterRef("latest__pk"))
    kinds = Involvement.objects.on(today).filter(child=OuterRef("pk")).values("kind")
    told = JSONObject(
        kinds="kinds",
        started_on="latest__started_on",
        ended_on="latest__ended_on",
        lead="lead",
        manager="manager",
    )
    rows: QuerySet[Any, Any] = (
        Person.objects.filter(pk=child)
        .annotate(
            latest=FilteredRelation("episodes"),
            kinds=ArraySubquery(kinds),
            lead_team=leading.values("team")[:1],
            lead_id=leading.values("worker")[:1],
            lead=_named(leading, "worker"),
            manager=_named(_managing(today), "staff__user"),
        )
        .order_by(F("latest__started_on").desc(nulls_last=True), "-latest__pk")
        .annotate(telling=Value(KEY), row=told)
        .values_list("telling", "row")[:1]
    )
    return rows


def standing_of(row: Row) -> Standing:
    """That, as it was told."""
    episode = None
    if started_on := day_told(row["started_on"]):
        episode = Episode(started_on=started_on, ended_on=day_told(row["ended_on"]))
    tags = tags_of(set(row["kinds"]), episode)
    if episode is None or episode.ended_on is not None:
        return Standing(episode, tags)
    if row["lead"] is None:
        return Standing(episode, (*tags, Tag("Not allocated", "red")))
    return Standing(episode, tags, _reached(row["lead"]), _reached(row["manager"]))


def _named(found: QuerySet[Any], worker: str) -> Subquery:
    """The first of these, as who they are and how to reach them."""
    who = JSONObject(
        first_name=f"{worker}__first_name",
        last_name=f"{worker}__last_name",
        username=f"{worker}__username",
        phone=f"{worker}__staff__phone",
    )
    return Subquery(found.values(who=who)[:1])


def _reached(found: Row | None) -> str:
    """Somebody's name and telephone."""
    if found is None:
        return ""
    phone = found["phone"]
    worker = str(User(**{name: found[name] for name in found if name != "phone"}))
    return f"{worker}, {phone}" if phone else worker


def _managing(today: date) -> QuerySet[TeamMembership]:
    """Those who manage the team that has the case.

    Its own team manager comes before a service manager who answers for several, and the lead last
    where somebody else manages it.
    """
    nearest = Q(staff__user__roles__contains=[Role.TEAM_MANAGER])
    return (
        TeamMembership.objects.on(today)
        .filter(team=OuterRef("lead_team"), manages=True)
        .filter(Q(staff__ended_on=None) | Q(staff__ended_on__gt=today))
        .alias(
            is_lead=ExpressionWrapper(Q(staff__user=OuterRef("lead_id")), BooleanField()),
            is_nearest=ExpressionWrapper(nearest, BooleanField()),
        )
        .order_by("is_lead", "-is_nearest", "started_on", "pk")
    )


def tags_of(kinds: Iterable[str], episode: Episode | None) -> tuple[Tag, ...]:
    """A child's status as tags, the gravest first."""
    known = sorted(kinds, key=ORDER.index)
    found = tuple(
        Tag(InvolvementKind(kind).label, COLOURS.get(InvolvementKind(kind), "blue"))
        for kind in known
    )
    if found:
        return found
    if episode is None:
        return (Tag("Not known to us before", "grey"),)
    if episode.ended_on is not None:
        return (Tag(f"Closed on {in_words(last_day(episode))}", "grey"),)
    return (Tag("Referred", "blue"),)


def last_day(episode: Episode) -> date:
    """The day an episode was closed, for people to read: `ended_on` is the day itself."""
    return episode.ended_on or episode.started_on
