"""What a child is to the service on a day: worked out, never typed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from hearth.accounts.models import User
from hearth.casework.models import Allocation, Episode, Involvement, InvolvementKind
from hearth.lib.dates import in_words
from hearth.people.models import Person
from hearth.workforce.models import Staff, TeamMembership

# Those whose danger must be seen at once are red; the rest are open work.
COLOURS = {InvolvementKind.PROTECTION: "red", InvolvementKind.EARLY_HELP: "green"}
ORDER = list(reversed(InvolvementKind.values))


@dataclass(frozen=True, slots=True)
class Tag:
    """A child's status in a word or two."""

    text: str
    colour: str


@dataclass(frozen=True, slots=True)
class Carer:
    """Somebody who answers for a child's case, and how to reach them."""

    worker: User
    phone: str = ""

    def __str__(self) -> str:
        return f"{self.worker}, {self.phone}" if self.phone else str(self.worker)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a child is to the service, and who answers for the case."""

    episode: Episode | None
    tags: tuple[Tag, ...]
    lead: Allocation | None = None
    lead_worker: Carer | None = None
    manager: Carer | None = None


def standing_of(child: Person, *, today: date) -> Standing:
    """A child's status, lead worker and manager. Four queries."""
    episode = Episode.objects.filter(child=child).order_by("-started_on", "-pk").first()
    kinds = Involvement.objects.on(today).filter(child=child).values_list("kind", flat=True)
    if episode is None or episode.ended_on is not None:
        return Standing(episode, tags_of(set(kinds), episode))
    lead = (
        Allocation.objects.on(today)
        .leading()
        .filter(episode=episode)
        .select_related("worker__staff", "team")
        .first()
    )
    tags = tags_of(set(kinds), episode)
    if lead is None:
        return Standing(episode, (*tags, Tag("Not allocated", "red")))
    return Standing(episode, tags, lead, _carer(lead.worker), _manager_of(lead, today))


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


def _carer(worker: User) -> Carer:
    staff: Staff | None = getattr(worker, "staff", None)
    return Carer(worker, staff.phone if staff else "")


def _manager_of(lead: Allocation, today: date) -> Carer | None:
    """Whoever manages the team that has the case; not the lead, where somebody else does."""
    held = (
        TeamMembership.objects.on(today)
        .filter(team=lead.team, manages=True)
        .filter(Q(staff__ended_on=None) | Q(staff__ended_on__gt=today))
        .select_related("staff__user")
        .order_by("started_on", "pk")
    )
    found = [membership.staff for membership in held]
    others = [staff for staff in found if staff.user_id != lead.worker_id]
    chosen = (others or found)[:1]
    return Carer(chosen[0].user, chosen[0].phone) if chosen else None
