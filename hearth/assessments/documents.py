"""An assessment on paper: the report itself, and a copy that a member of the family can be given.

Headings a family can read, no codes, nothing empty; the children's own words first, and their
names on every page.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from django.conf import settings

from hearth.accounts.models import User
from hearth.assessments.models import Addendum
from hearth.assessments.questions import SECTIONS
from hearth.assessments.reading import Reading
from hearth.assessments.snapshot import contents
from hearth.casework.models import Submission
from hearth.design.components.words import moment
from hearth.lib.dates import in_words
from hearth.records.printing import CLASSIFICATION, compiled

SOURCE = Path(__file__).parent / "print" / "assessment.typ"
# Not for a family's copy: what may be another adult's, and what a child may have told in trust.
KEPT_BACK = ("history", "plan")
IN_TRUST = "voice"
# Said for the census, in its words.
CODED = ("factors", "closure_reason")
INTRO = (
    "This is what we found when we looked at how things are for {names}, and what we think should "
    "happen now. It is written by a social worker and agreed by their manager."
)
CLOSING = (
    "If any of this is wrong, or you do not agree with it, tell the social worker. What you say is "
    "written down and kept with it. You may complain, and you may ask to see the rest of what is "
    "written about you."
)


@dataclass(frozen=True, slots=True)
class Copy:
    """What a reader's copy may hold, as the worker chose: nothing private goes in by itself."""

    # Whose copy: a child's id, or a parent's place in the assessment.
    reader: str
    reader_name: str
    words_of: Collection[int] = ()
    agencies: Collection[int] = ()

    def takes(self, section: str, answer: Mapping[str, str]) -> bool:
        """Whether an answer goes into this reader's copy."""
        place = answer["place"]
        if section in KEPT_BACK or answer["field"] in CODED:
            return False
        if place.startswith("parent-"):
            return place == self.reader
        if place.startswith("agency-"):
            return int(place.removeprefix("agency-")) in self.agencies and self._is_theirs(answer)
        if section == IN_TRUST and int(place.removeprefix("child-")) not in self.words_of:
            return False
        return self._is_theirs(answer)

    def _is_theirs(self, answer: Mapping[str, str]) -> bool:
        """A child's copy holds their own part and what is shared, never a brother's or sister's."""
        return not self.reader.startswith("child-") or answer["of"] in ("", self.reader)


def report(
    reading: Reading,
    agreed: Submission | None,
    added: Sequence[Addendum],
    *,
    by: User,
    at: datetime,
) -> bytes:
    """The authorised assessment as a PDF."""
    assessment = reading.assessment
    facts = {
        "Started": in_words(assessment.started_on),
        "Authorised": in_words(assessment.authorised_on) if assessment.authorised_on else "",
        "Social worker": str(assessment.submitted_by or ""),
        "Manager": str(assessment.authorised_by or ""),
        "Agencies": ", ".join(str(asked) for asked in reading.agencies),
        "Why it was agreed": agreed.comments if agreed else "",
    }
    given = {
        **_frame(reading, f"{assessment} of {_names(reading)}", by, at),
        "reader": "",
        "intro": "",
        "facts": [{"label": label, "text": text} for label, text in facts.items() if text],
        "sections": _sections(contents(reading)),
        "added": [
            {"label": f"{one.recorded_by}, {moment(one.recorded_at)}", "text": one.text}
            for one in added
        ],
        "closing": "",
    }
    return compiled(SOURCE.read_bytes(), given)


def family_copy(reading: Reading, copy: Copy, *, by: User, at: datetime) -> bytes:
    """The authorised assessment as a member of the family is given it."""
    kept = [
        {**section, "answers": [a for a in section["answers"] if copy.takes(section["key"], a)]}
        for section in contents(reading)
    ]
    assessment = reading.assessment
    names = copy.reader_name if copy.reader.startswith("child-") else _names(reading)
    given = {
        **_frame(reading, f"Our assessment of {names}", by, at),
        "children": names,
        "classification": "Private and confidential",
        "reader": copy.reader_name,
        "intro": INTRO.replace("{names}", names),
        "facts": [{"label": "Agreed on", "text": in_words(assessment.authorised_on)}]
        if assessment.authorised_on
        else [],
        "sections": _sections([section for section in kept if section["answers"]]),
        "added": [],
        "closing": CLOSING,
    }
    return compiled(SOURCE.read_bytes(), given)


def _frame(reading: Reading, title: str, by: User, at: datetime) -> dict[str, Any]:
    return {
        "title": title,
        "author": str(by),
        "authority": settings.AUTHORITY_NAME,
        "classification": CLASSIFICATION,
        "children": _names(reading),
        "printed": f"Printed by {by} on {moment(at)}",
    }


def _names(reading: Reading) -> str:
    *most, last = [child.name for child in reading.children]
    return f"{', '.join(most)} and {last}" if most else last


def _sections(sections: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Sections with each child's answers together, under their name."""
    return [
        {
            "title": SECTIONS[section["key"]].title,
            "people": [
                {"who": who, "answers": [{"label": a["label"], "text": a["text"]} for a in answers]}
                for who, answers in groupby(section["answers"], key=lambda a: a["who"])
            ],
        }
        for section in sections
    ]
