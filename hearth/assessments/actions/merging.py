"""Two workers, one section: what each wrote is set beside what each had read, question by question.

A question one of them changed takes that worker's words. One that both changed, differently, is a
clash: nothing is saved until a worker has seen both texts and chosen.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Written:
    """What a worker wrote in one place of a section, and prints of what they had read there.

    A place is "" for what is shared, `child-12` for a child's part, `adult-5` for a parent's, and
    `adult-other-3` or `adult-other-new` for that of one known by name alone.
    """

    values: Mapping[str, Any]
    read: str = ""


@dataclass(frozen=True, slots=True)
class Clash:
    """A question two workers answered differently: what is on the record, and what was written."""

    place: str
    field: str
    theirs: Any
    mine: Any


def fingerprint(value: Any) -> str:
    """A short print of an answer: the same for the same answer."""
    plain = json.dumps(value, sort_keys=True, default=str)
    return hashlib.sha256(plain.encode()).hexdigest()[:12]


def prints(values: Mapping[str, Any]) -> str:
    """Prints of all that stands in a place, as the form carries them: `health=3f2a faith=09cd`."""
    return " ".join(f"{field}={fingerprint(value)}" for field, value in values.items())


def settled(read: str, clashes: Iterable[Clash]) -> str:
    """The prints to go on with once a worker has been shown these clashes.

    Only what was shown counts as read: what another worker wrote elsewhere is still theirs.
    """
    seen = _read(read) | {clash.field: fingerprint(clash.theirs) for clash in clashes}
    return " ".join(f"{field}={value}" for field, value in seen.items())


def merge(
    place: str, standing: Mapping[str, Any], written: Written
) -> tuple[dict[str, Any], list[Clash]]:
    """The answers to write, and the clashes to be settled first.

    Without its prints (a form sent by hand) an answer is taken as changed by both.
    """
    read = _read(written.read)
    changes: dict[str, Any] = {}
    clashes: list[Clash] = []
    for field, theirs in standing.items():
        mine = written.values.get(field, theirs)
        if fingerprint(mine) in (fingerprint(theirs), read.get(field)):
            continue
        if fingerprint(theirs) == read.get(field) or is_empty(theirs):
            changes[field] = mine
        else:
            clashes.append(Clash(place, field, theirs, mine))
    return changes, clashes


def _read(read: str) -> dict[str, str]:
    return dict(pair.partition("=")[::2] for pair in read.split())


def is_empty(value: Any) -> bool:
    """Whether there is nothing there to lose. No is an answer."""
    return value is None or value in ("", [])
