"""An assessment as the rules see it: plain values, read once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

OLD_ENOUGH_TO_SAY = 3  # years; from this age a child's own view is required
OLD_ENOUGH_TO_BE_ALONE = 4


@dataclass(frozen=True, slots=True)
class Seen:
    """A day on which a child was seen."""

    on: date
    where: str = ""
    by: str = ""
    alone: bool | None = None
    alone_reason: str = ""
    # Whether whoever saw them was a social worker registered that day.
    by_social_worker: bool = True
    # What the child said, in their own words, and the visit it stands in.
    own_words: str = ""
    visit: int | None = None


@dataclass(frozen=True, slots=True)
class Adult:
    """A parent or carer, and what was recorded of speaking to them."""

    key: str
    name: str
    relationship: str = ""
    person_id: int | None = None
    spoken_to: bool = False
    why_not: bool = False


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency that was asked."""

    pk: int
    name: str
    is_waiting: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """One child's part."""

    pk: int
    name: str
    # How the child is spoken of, and every name they have, in small letters.
    first_name: str
    names: frozenset[str] = frozenset()
    age: int | None = None
    is_unborn: bool = False
    answers: Mapping[str, Any] = field(default_factory=dict)
    risks: Sequence[tuple[str, str]] = ()
    protections: Sequence[tuple[str, str]] = ()
    factors: Sequence[str] = ()
    seen: Sequence[Seen] = ()
    # The reasons for closing that do not fit, with why.
    reasons_refused: Mapping[str, str] = field(default_factory=dict)

    @property
    def seen_days(self) -> int:
        """On how many days the child was seen."""
        return len({seen.on for seen in self.seen})

    @property
    def was_seen(self) -> bool:
        """Whether a social worker saw the child. Another worker's visit is not enough."""
        return any(seen.by_social_worker for seen in self.seen)

    @property
    def was_alone(self) -> bool:
        """Whether the child was ever seen alone."""
        return any(seen.alone for seen in self.seen)

    @property
    def can_say(self) -> bool:
        """Old enough that their own view is required. One whose age is not known is asked."""
        return not self.is_unborn and (self.age is None or self.age >= OLD_ENOUGH_TO_SAY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """A whole assessment."""

    kind: str
    trigger_on: date
    started_on: date
    due_on: date | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    children: Sequence[Child] = ()
    adults: Sequence[Adult] = ()
    agencies: Sequence[Agency] = ()
    # Brothers and sisters under 18 who have no part in it.
    left_out: Sequence[str] = ()
    # Names, in small letters, of other children the writer works with, and not of this family.
    elsewhere: frozenset[str] = frozenset()
