"""A batch of children, from the record to the file: what is written of each, or why it is not."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from hearth.returns.building import children, episodes, reading
from hearth.returns.building.noting import Fate, Notes, Thing
from hearth.returns.building.parts import PARTS
from hearth.returns.building.reading import Asked, EpisodeRow, PersonRow
from hearth.returns.building.structure import CHILD, Values, why_not
from hearth.returns.building.writing import written
from hearth.returns.building.year import CollectionYear
from hearth.returns.models import BuildReason

DEEP = 2


@dataclass(frozen=True, slots=True)
class Said:
    """What is to be said of one child in the reconciliation."""

    child_id: int
    la_child_id: str
    reason: str
    words: str = ""


@dataclass(slots=True)
class Batch:
    """What came of a batch: the file's text, the counts, and what is to be said of children."""

    text: list[str] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    notes: Notes = field(default_factory=Notes)


def build_batch(ids: Sequence[int], year: CollectionYear, moment: datetime) -> Batch:
    """Read a batch of children as they stood, and write those of the year in the order given."""
    batch = Batch()
    people, cases = reading.people(ids, moment), reading.episodes(ids, moment)
    sent: dict[int, list[EpisodeRow]] = {}
    for pk in ids:
        if pk in people and (within := _within(people[pk], cases.get(pk, []), year, batch)):
            sent[pk] = within
    known = reading.known(list(sent), moment)
    asked = Asked(moment, {pk: cases[pk] for pk in sent})
    read = [(part, part.read(asked)) for part in PARTS]
    for pk, within in sent.items():
        notes = Notes()
        number = people[pk].la_child_id or ""
        value: Values = {
            "ChildIdentifiers": children.identifiers(number, known[pk], year.ends),
            "ChildCharacteristics": children.characteristics(known[pk], year.ends),
            "CINdetails": [
                episodes.values(each, episodes.with_parts(each, read), year, notes)
                for each in within
            ],
        }
        _put(batch, Said(pk, number, ""), value, notes)
    place = {pk: number for number, pk in enumerate(ids)}
    batch.said.sort(key=lambda said: place[said.child_id])
    return batch


def _within(
    person: PersonRow, cases: Sequence[EpisodeRow], year: CollectionYear, batch: Batch
) -> list[EpisodeRow]:
    """A child's episodes of the year: none where the child is not sent, and why is said."""
    within = [each for each in cases if episodes.is_in(each, year)]
    for each in cases:
        if each not in within:
            episodes.note(each, year, batch.notes)
    reason = None
    if person.merged_into_id is not None:
        reason = BuildReason.MERGED
    elif not within:
        reason = BuildReason.NOTHING
    elif not person.la_child_id:
        reason = BuildReason.NO_NUMBER
    if reason is None:
        return within
    _leave_out(batch, Said(person.id, person.la_child_id or "", ""), reason, len(within))
    return []


def _leave_out(
    batch: Batch, said: Said, reason: str, episodes_of_year: int, words: str = ""
) -> None:
    """A child who is not sent, nor any of their episodes."""
    nothing = reason == BuildReason.NOTHING
    batch.notes.count(Thing.CHILDREN, Fate.NOTHING if nothing else Fate.LEFT_OUT)
    batch.notes.counts[f"{Thing.EPISODES}.{Fate.LEFT_OUT}"] += episodes_of_year
    batch.said.append(replace(said, reason=reason, words=words))


def _put(batch: Batch, said: Said, value: Values, notes: Notes) -> None:
    """Write a child, or say what of them the file cannot take."""
    if why := why_not(CHILD, value):
        words = f"{why[:1].upper()}{why[1:]}"
        _leave_out(batch, said, BuildReason.NOT_TAKEN, len(value["CINdetails"]), words)
        return
    batch.notes.counts += notes.counts
    batch.notes.count(Thing.CHILDREN, Fate.WRITTEN)
    batch.text.append(written(CHILD, value, DEEP))
    for reason, sayings in (
        (BuildReason.PART_LEFT_OUT, notes.left_out),
        (BuildReason.SAID_OTHERWISE, notes.said_otherwise),
    ):
        batch.said += [replace(said, reason=reason, words=each) for each in sayings]
