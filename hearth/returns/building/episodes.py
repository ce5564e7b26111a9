"""What the census says of an episode: from referral to closure, with what is in its year."""

from collections.abc import Mapping, Sequence
from typing import Any

from hearth.lib.dates import in_words
from hearth.returns.building.noting import Fate, Notes, Thing
from hearth.returns.building.reading import EpisodeRow
from hearth.returns.building.structure import Values
from hearth.returns.building.year import CollectionYear

NOBODY_KNOWS = "10"
# A part's rows of this episode, and how they are told.
Parts = Sequence[tuple[Any, Sequence[Any]]]


def is_in(episode: EpisodeRow, year: CollectionYear) -> bool:
    """Whether an episode is in a year: open in it, or referred in it and taken no further."""
    if episode.no_further_action:
        return year.holds(episode.started_on)
    return year.touches(episode.started_on, episode.ended_on)


def note(episode: EpisodeRow, year: CollectionYear, notes: Notes) -> None:
    """Count an episode that is not in the year."""
    notes.count(Thing.EPISODES, Fate.AFTER if episode.started_on > year.ends else Fate.BEFORE)


def values(episode: EpisodeRow, parts: Parts, year: CollectionYear, notes: Notes) -> Values:
    """CINdetails. A referral with no further action is its date and source (rules 4000, 8831)."""
    notes.count(Thing.EPISODES, Fate.WRITTEN)
    said = _referral(episode, notes)
    if episode.no_further_action:
        return said | {"ReferralNFA": "1"}
    closed_on = year.by_its_end(episode.ended_on)
    said |= {
        "PrimaryNeedCode": episode.primary_need or None,
        "CINclosureDate": closed_on and closed_on.isoformat(),
        "ReasonForClosure": (episode.closure_reason or None) if closed_on else None,
        "ReferralNFA": "0",
    }
    for part, rows in parts:
        said |= part.tell(rows, year, notes)
    return said


def _referral(episode: EpisodeRow, notes: Notes) -> dict[str, Any]:
    if not episode.referral_source:
        notes.said_otherwise.append(
            f"Who made the referral of {in_words(episode.started_on)} is not on record: "
            "sent as code 10, not known"
        )
    return {
        "CINreferralDate": episode.started_on.isoformat(),
        "ReferralSource": episode.referral_source or NOBODY_KNOWS,
    }


def with_parts(
    episode: EpisodeRow, read: Sequence[tuple[Any, Mapping[int, Sequence[Any]]]]
) -> Parts:
    """An episode's own rows of each part."""
    return [(part, rows.get(episode.id, ())) for part, rows in read]
