"""The chronology as a tagged PDF: one that a screen reader can read, and a court can page.

Words go to typst as data. They are never part of its source, so nothing typed can be markup.
"""

import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.contrib.staticfiles import finders

from hearth.accounts.models import User
from hearth.design.components.words import moment
from hearth.lib.dates import in_words
from hearth.records.models import Significance
from hearth.records.story import Event, Story

SOURCE = Path(__file__).parent / "print" / "chronology.typ"
CLASSIFICATION = "OFFICIAL-SENSITIVE"
# How typst says that none of its fonts has a character, which an accessible PDF may not leave out.
NO_FONT = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
FIRST_UNUSUAL = 0x250  # below it, and in Greek and Cyrillic, every font here has the letters
PROOF = b"""#set document(title: "Proof")
#set text(font: ("Atkinson Hyperlegible", "Libertinus Serif", "DejaVu Sans Mono"))
#json(bytes(sys.inputs.given)).text"""


def print_of(story: Story, *, chosen: str, by: User, at: datetime) -> bytes:
    """The events of a story as a PDF, saying whose it is, who printed it and when."""
    count = len(story.events)
    given = {
        "title": f"Chronology of {story.child}",
        "child": str(story.child),
        "born": _born(story),
        "siblings": ", ".join(str(sibling) for sibling in story.siblings),
        "chosen": chosen,
        "count": f"{count:,} event{'' if count == 1 else 's'}.",
        "classification": CLASSIFICATION,
        "printed_by": str(by),
        "printed_at": moment(at),
        "events": [_told(event) for event in story.events],
    }
    return compiled(SOURCE.read_bytes(), given)


def compiled(source: bytes, given: Mapping[str, Any]) -> bytes:
    """The PDF. A character no font has is named in words, so that nothing is left out unsaid."""
    data = json.dumps(given, ensure_ascii=False)
    unusual = "".join(sorted({c for c in data if ord(c) >= FIRST_UNUSUAL}))
    return _compile(source, data.translate(_in_words(unusual)))


def _in_words(unusual: str) -> dict[int, str]:
    """What to print for each of these characters that no font has: [grinning face]."""
    swapped: dict[int, str] = {}
    while unusual:
        try:
            _compile(PROOF, json.dumps({"text": " ".join(unusual)}))
        except typst.TypstError as error:
            missing = NO_FONT.search(error.message)
            if missing is None:
                raise
            without = set(missing[1]) & set(unusual) or set(unusual)
            swapped |= {ord(c): f"[{_name(c)}]" for c in without}
            unusual = "".join(c for c in unusual if c not in without)
        else:
            break
    return swapped


def _name(character: str) -> str:
    return unicodedata.name(character, f"character {ord(character):X}").lower()


def _compile(source: bytes, data: str) -> bytes:
    pdf: bytes = typst.compile(
        source,
        format="pdf",
        pdf_standards=["ua-1"],  # the accessible PDF of ISO 14289-1, or none at all
        sys_inputs={"given": data},
        font_paths=_fonts(),
    )
    return pdf


@cache
def _fonts() -> typst.Fonts:
    """The service's own font where it is installed, this machine's, and those typst brings."""
    found = finders.find("vendor/fonts")
    return typst.Fonts(font_paths=[str(found)] if found else [])


def _born(story: Story) -> str:
    child = story.child
    if child.born_on is None:
        return "Date of birth not known"
    return f"{'Expected' if child.is_unborn else 'Born'} {in_words(child.born_on)}"


def _told(event: Event) -> dict[str, Any]:
    entry = event.entry
    return {
        "on": in_words(entry.happened_on),
        "kind": event.kind,
        "significance": Significance(entry.significance).label,
        "title": entry.title,
        "who": event.who,
        "text": entry.text,
        "private_text": event.private_text,
        "impacts": [impact.text for impact in event.impacts],
    }
