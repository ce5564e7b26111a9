"""A CIN census file as plain values: what it says of each child, and on which line.

Names are the census's own element names, so that a message can be looked up in the guide.
"""

from dataclasses import dataclass, field
from datetime import date


@dataclass(slots=True)
class Header:
    """What the file says of itself."""

    collection: str = ""
    year: int | None = None
    reference_date: date | None = None
    lea: str = ""
    software: str = ""


@dataclass(slots=True)
class Block:
    """One repeating element: its plain fields by name, and the line it starts on."""

    tag: str
    line: int
    fields: dict[str, str] = field(default_factory=dict)
    lists: dict[str, list[str]] = field(default_factory=dict)
    blocks: list["Block"] = field(default_factory=list)

    def of(self, tag: str) -> list["Block"]:
        """The blocks within this one that bear this name."""
        return [block for block in self.blocks if block.tag == tag]

    def get(self, name: str) -> str:
        """A field's text with the spaces round it taken off; empty when it is not there."""
        return self.fields.get(name, "").strip()
