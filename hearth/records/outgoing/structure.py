"""What a paper says, before it is a PDF or a Word document: a title, sections, and their blocks.

Each room puts its own papers together from the record, once; how they look is the writers' part.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

Kind = Literal["words", "quote", "points", "facts", "table"]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, what somebody said, a list, facts under their labels, or a table."""

    kind: Kind
    text: str = ""
    title: str = ""
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing, so that no heading stands over it."""
        return not self.text and not self.rows

    def texts(self) -> Iterator[str]:
        """All that it says, piece by piece."""
        yield from (self.title, self.text, *self.head)
        for row in self.rows:
            yield from row

    def changed(self, change: Callable[[str], str]) -> "Block":
        """The same block with each piece of what it says changed."""
        rows = tuple(tuple(change(cell) for cell in row) for row in self.rows)
        return replace(self, text=change(self.text), rows=rows)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a paper. `about` is whom it is private to; empty when it is about them all."""

    title: str
    blocks: tuple[Block, ...]
    about: tuple[int, ...] = ()

    @property
    def text(self) -> str:
        """All that it says."""
        return "\n".join(t for block in self.blocks for t in block.texts() if t)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A whole paper, for one reader.

    `opening` and `closing` are a letter's own words, above and below what the record says.
    `noted` is said on the page to whoever makes it, and never on the paper.
    """

    title: str
    subject: str
    reader: str
    is_for_family: bool
    marking: str
    address: str = ""
    on: str
    authority: str
    opening: tuple[Block, ...] = ()
    sections: tuple[Section, ...]
    closing: tuple[Block, ...] = ()
    reading: str = ""
    noted: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All that it says, but for its title."""
        own = [t for block in (*self.opening, *self.closing) for t in block.texts() if t]
        return "\n".join([*own, *(f"{each.title}.\n{each.text}" for each in self.sections)])

    def changed(self, change: Callable[[str], str]) -> "Outgoing":
        """The same paper with each piece of what it says changed."""
        return replace(
            self,
            opening=tuple(block.changed(change) for block in self.opening),
            closing=tuple(block.changed(change) for block in self.closing),
            sections=tuple(
                replace(
                    each,
                    title=change(each.title),
                    blocks=tuple(block.changed(change) for block in each.blocks),
                )
                for each in self.sections
            ),
        )


# What a letter says above the record, and below it.
Letter = tuple[tuple[Block, ...], tuple[Block, ...]]
NO_LETTER: Letter = ((), ())


def words(text: str) -> Block:
    """A paragraph, or several."""
    return Block("words", text=text.strip())


def quote(text: str, said_by: str = "") -> Block:
    """What somebody said, in their words."""
    return Block("quote", text=text.strip(), title=said_by)


def points(*each: str) -> Block:
    """A list."""
    return Block("points", rows=tuple((one,) for one in each if one))


def facts(*each: tuple[str, str]) -> Block:
    """Facts under their labels; one that is not known is left out."""
    return Block("facts", rows=tuple((label, text) for label, text in each if text))


def table(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> Block:
    """A table with its caption and headings."""
    return Block("table", title=title, head=tuple(head), rows=tuple(map(tuple, rows)))


def section(title: str, *blocks: Block, about: Iterable[int] = ()) -> tuple[Section, ...]:
    """A section, or none when it would say nothing."""
    said = tuple(block for block in blocks if not block.is_empty)
    return (Section(title, said, tuple(about)),) if said else ()
