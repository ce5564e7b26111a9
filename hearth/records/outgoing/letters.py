"""Letters' own words: files that a council may replace with its own, and what stands in them.

A file holds paragraphs with an empty line between them. A line that begins with `- ` is a thing in
a list. `{{ name }}` is filled from the record, and where `{{ record }}` stands alone, what the
record says stands. Nothing in a file is run: a name that the letter does not have is refused.
"""

import re
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings

from hearth.lib.errors import CannotDo
from hearth.records.outgoing.structure import Block, Letter, points, words

SLOT = re.compile(r"{{\s*(\w+)\s*}}")
BETWEEN = re.compile(r"\n\s*\n")
RECORD = "record"


def letter(source: Path, facts: Mapping[str, str]) -> Letter:
    """The words above what the record says, and those below it.

    The council's own file of that name stands in place of the one that comes with Hearth.
    """
    text = _own(source).read_text(encoding="utf-8")
    before: list[Block] = []
    after: list[Block] = []
    into = before
    for paragraph in filter(None, map(str.strip, BETWEEN.split(text))):
        if (slot := SLOT.fullmatch(paragraph)) and slot[1] == RECORD:
            into = after
        elif (block := _block(paragraph, facts, source.name)) is not None:
            into.append(block)
    if into is before:
        raise CannotDo(f"The letter {source.name} does not say where the record stands in it")
    return tuple(before), tuple(after)


def _own(source: Path) -> Path:
    if settings.LETTERS is not None and (settings.LETTERS / source.name).is_file():
        return Path(settings.LETTERS / source.name)
    return source


def _block(paragraph: str, facts: Mapping[str, str], name: str) -> Block | None:
    """A paragraph with its slots filled; none when all that it has to say is not known."""
    asked = SLOT.findall(paragraph)
    if unknown := [slot for slot in asked if slot not in facts]:
        raise CannotDo(f"The letter {name} asks for “{unknown[0]}”, which it does not have")
    if asked and not any(facts[slot] for slot in asked):
        return None
    lines = [SLOT.sub(lambda slot: facts[slot[1]], line) for line in paragraph.split("\n")]
    if all(line.startswith("- ") for line in lines):
        return points(*(line.removeprefix("- ").strip() for line in lines))
    return words(" ".join(line.strip() for line in lines))
