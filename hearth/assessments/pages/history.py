"""What has happened before, drawn from the record: nobody types it again."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.urls import NoReverseMatch, reverse

from hearth.assessments.reading import Reading
from hearth.casework.models import Episode
from hearth.lib.codes import code_set
from hearth.lib.dates import in_words
from hearth.people.models import Address, Person
from hearth.records.models import ChronologyEntry, Significance

MOST = 60


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, in whose stories, and where it is read in full."""

    on: date
    title: str
    text: str
    whose: str
    href: str


@dataclass(frozen=True, slots=True)
class History:
    """All that the record holds from before this assessment."""

    events: Sequence[Event]
    episodes: Sequence[str]
    addresses: Sequence[str]
    relatives: Sequence[str]
    is_cut: bool

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is known from before."""
        return not (self.events or self.episodes or self.addresses)


def history_of(reading: Reading) -> History:
    """The earlier events, episodes, addresses and relatives of the children assessed."""
    children = {child.pk: child for child in reading.children}
    before = reading.assessment.trigger_on
    entries = list(
        ChronologyEntry.objects.of_children(*children.values())
        .standing()
        .filter(happened_on__lt=before)
        .exclude(significance=Significance.LOW)
        .newest_first()[:MOST]
    )
    people = _with_past(children, before)
    return History(
        events=_events(entries, children),
        episodes=[_episode(row, person.name) for person in people for row in person.episode_rows],
        addresses=_addresses(people),
        relatives=_relatives(reading),
        is_cut=len(entries) == MOST,
    )


def _events(entries: Sequence[ChronologyEntry], children: dict[int, Person]) -> list[Event]:
    """One line an event, however many of the children it stands with."""
    shared: dict[object, list[ChronologyEntry]] = defaultdict(list)
    for entry in entries:
        shared[entry.event].append(entry)
    return [
        Event(
            on=same[0].happened_on,
            title=same[0].title,
            text=_text(same, children),
            whose=", ".join(children[entry.child_id].name for entry in same),
            href=_address(same[0]),
        )
        for same in shared.values()
    ]


def _text(same: Sequence[ChronologyEntry], children: dict[int, Person]) -> str:
    """What was recorded of them all, then what is each child's own, under their name."""
    own = [
        f"{children[entry.child_id].name}: {entry.private_text}"
        for entry in same
        if entry.private_text
    ]
    return "\n\n".join(filter(None, [same[0].text, *own]))


def _address(entry: ChronologyEntry) -> str:
    try:
        return reverse(entry.page, args=[entry.source_id])
    except NoReverseMatch:
        return ""


def _with_past(children: Collection[int], before: date) -> list[Any]:
    """The children with their earlier episodes and all their addresses, in one query."""
    episodes = Episode.objects.filter(child=OuterRef("pk"), started_on__lt=before)
    addresses = Address.objects.standing().filter(person=OuterRef("pk"))
    columns = ("started_on", "ended_on", "primary_need", "closure_reason", "no_further_action")
    return list(
        Person.objects.filter(pk__in=children).annotate(
            episode_rows=_rows(episodes.order_by("-started_on"), *columns),
            address_rows=_rows(
                addresses.order_by("-started_on", "-pk"),
                *("lines", "postcode", "started_on", "ended_on"),
            ),
        )
    )


def _rows(below: Any, *columns: str) -> ArraySubquery:
    return ArraySubquery(below.values(row=JSONObject(**{name: name for name in columns})))


def _episode(row: Mapping[str, Any], whose: str) -> str:
    need = code_set("primary_need").label(row["primary_need"]) if row["primary_need"] else ""
    end = f" to {_day(row['ended_on'])}" if row["ended_on"] else ", still open"
    why = "No further action" if row["no_further_action"] else ""
    if row["closure_reason"]:
        why = code_set("cin_closure_reason").label(row["closure_reason"])
    told = "; ".join(filter(None, [need, why]))
    return f"{whose}: {_day(row['started_on'])}{end}{f' ({told})' if told else ''}"


def _addresses(people: Sequence[Any]) -> list[str]:
    """Where the children have lived: each place once, with who lived there."""
    places: dict[str, list[str]] = defaultdict(list)
    for person in people:
        for row in person.address_rows:
            where = ", ".join(filter(None, [row["lines"], row["postcode"]]))
            since = f" from {_day(row['started_on'])}" if row["started_on"] else ""
            until = f" to {_day(row['ended_on'])}" if row["ended_on"] else ""
            places[f"{where}{since}{until}"].append(person.name)
    return [f"{place}: {', '.join(dict.fromkeys(who))}" for place, who in places.items()]


def _day(text: str) -> str:
    return in_words(date.fromisoformat(text))


def _relatives(reading: Reading) -> list[str]:
    adults = [f"{person}, {words.lower()}" for person, words in reading.family.adults]
    others = [
        f"{person}, in the family, and with no part here" for person in reading.family.left_out
    ]
    return [*adults, *others]
