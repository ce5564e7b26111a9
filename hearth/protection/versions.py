"""What changed in a section 47 enquiry since a version of it was sent to a manager."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from hearth.lib.codes import code_set
from hearth.lib.marking import Piece, marked

FAMILY = {
    "home_seen_on": "When the home was seen",
    "home": "The home",
    "history": "History",
    "analysis": "Analysis",
}
OF_CHILD = {
    "seen": "First seen",
    "seen_alone": "First seen alone",
    "not_seen_why": "Why they were not seen",
    "not_alone_reason": "Why they were not seen alone",
    "words": "Their own words",
    "words_on_visits": "Their own words on visits",
    "presentation": "How they are, and how they came across",
    "medical_needed": "A medical is needed",
    "medical_why_not": "Why no medical is needed",
    "analysis": "What it means for them",
    "outcome": "What was found",
    "outcome_reason": "Why that was found",
    "no_conference_reason": "Why there is no conference",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One answer as it was sent and as it is, where they differ."""

    label: str
    before: list[Piece]
    after: list[Piece]


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """What differs between two versions as they were kept, the later one's order first."""
    old, new = dict(_answers(before)), dict(_answers(after))
    labels = [*new, *(label for label in old if label not in new)]
    return [
        Difference(label, *marked(old.get(label, ""), new.get(label, "")))
        for label in labels
        if old.get(label, "") != new.get(label, "")
    ]


def as_kept(content: Mapping[str, Any]) -> dict[str, Any]:
    """What stands now, as it would be kept if it were sent."""
    kept: dict[str, Any] = json.loads(json.dumps(content))
    return kept


def _answers(content: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, label in FAMILY.items():
        yield label, content["family"].get(name, "")
    for child in content["children"]:
        for name, label in OF_CHILD.items():
            yield f"{child['child']}: {label}", _words(name, child.get(name, ""))
    for parent in content["parents"]:
        yield parent["who"], f"{_seen(parent['seen_on'])}{parent['account']}"
    agencies = code_set("agency_type")
    for check in content["agencies"]:
        label = f"{agencies.label(check['agency'])}, asked on {check['asked_on']}"
        yield label, check["said"]


def _seen(day: str) -> str:
    return f"Seen on {day}. " if day else ""


def _words(name: str, value: Any) -> str:
    if name == "words_on_visits":
        return "\n".join(value)
    if name == "not_alone_reason" and value:
        return code_set("seen_alone_reason").label(value)
    return str(value)
