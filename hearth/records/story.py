"""Events as a page or a print tells them: each once, with whose they are and what they meant."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from hearth.lib.codes import code_set
from hearth.lib.dates import in_words
from hearth.people.models import Person
from hearth.records.models import ChronologyEntry, ImpactNote, Significance
from hearth.records.reading import impacts_on


@dataclass(frozen=True, slots=True)
class Event:
    """One event. `private_text` and `impacts` are only ever of the child whose story is told."""

    entry: ChronologyEntry
    kind: str
    address: str
    private_text: str
    impacts: Sequence[ImpactNote]
    children: list[Person] = field(default_factory=list)

    @property
    def when(self) -> str:
        """When it happened, what it is, whose, how much it weighs, and how late it was told."""
        entry = self.entry
        words = [
            in_words(entry.happened_on),
            self.kind,
            f"{entry.get_significance_display()} significance",
        ]
        if self.who:
            words.insert(2, f"About {self.who}")
        if (told := timezone.localdate(entry.recorded_at)) != entry.happened_on:
            words.append(f"Recorded {in_words(told)}")
        return ". ".join(words)

    @property
    def is_high(self) -> bool:
        """Whether it weighs most."""
        return self.entry.significance == Significance.HIGH

    @property
    def who(self) -> str:
        """Whose event it is, when it is told among siblings."""
        return ", ".join(child.name for child in self.children)


@dataclass(frozen=True, slots=True)
class Story:
    """The events of one child, or of a sibling group read on one child's record."""

    child: Person
    siblings: list[Person]
    events: list[Event]


def story_of(
    entries: Iterable[ChronologyEntry],
    child: Person,
    siblings: Sequence[Person],
    *,
    impacts: bool = True,
) -> Story:
    """Tell these events on one child's record: an event of several siblings is told once.

    `impacts` asks for what each meant for the child as well.
    """
    entries = list(entries)
    known = {person.pk: person for person in (child, *siblings)}
    for entry in entries:
        entry.child = known[entry.child_id]  # or each would be asked for by itself
    own = [entry for entry in entries if entry.child_id == child.pk]
    meant = impacts_on(own) if impacts else {}
    told: dict[object, Event] = {}
    for entry in sorted(entries, key=lambda entry: entry.child_id != child.pk):
        event = told.get(entry.event)
        if event is None:
            event = told[entry.event] = _event(entry, child, meant)
        if siblings:
            event.children.append(known[entry.child_id])
    order = {entry.event: place for place, entry in reversed(list(enumerate(entries)))}
    return Story(
        child, list(siblings), sorted(told.values(), key=lambda event: order[event.entry.event])
    )


def source_address(entry: ChronologyEntry) -> str:
    """Where the record behind an event opens, on this child's record; empty when it has no page."""
    try:
        return f"{reverse(entry.page, args=[entry.source_id])}?child={entry.child_id}"
    except NoReverseMatch:
        return ""


def _event(entry: ChronologyEntry, child: Person, impacts: dict[int, list[ImpactNote]]) -> Event:
    is_own = entry.child_id == child.pk
    return Event(
        entry=entry,
        kind=code_set("chronology_kind").label(entry.kind),
        address=source_address(entry),
        private_text=entry.private_text if is_own else "",
        impacts=impacts.get(entry.pk, []) if is_own else [],
    )
