"""The elements of a piece of XML as columns: what each is called, what it is in and what it says.

Reading a return an element at a time takes far longer than parsing it. Here the signs that open and
close every tag are found at once, and names, depths and parents are worked out for all of them
together. It is exact only for what `plain_xml` has passed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
import numpy.typing as npt

from hearth.returns.checking.columns import WIDEST, Places, Texts, short
from hearth.returns.checking.plain_xml import DEEPEST, CannotRead, plain

LONGEST_NAME = 32
UNKNOWN = -1
_ODD = re.compile(rb"""[\s:/="'>]""")
_MIX = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5],
    dtype=np.uint64,
)
# What to keep of eight bytes when so many of them belong.
_KEEP = np.array([(1 << (8 * kept)) - 1 for kept in range(9)], dtype=np.uint64)
_ENTITY = re.compile(rb"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|(amp|lt|gt|quot|apos));")
_NAMED = {b"amp": "&", b"lt": "<", b"gt": ">", b"quot": '"', b"apos": "'"}

Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Names:
    """The element names that mean something, each with the number it is known by."""

    names: tuple[str, ...]
    words: npt.NDArray[np.uint64]
    order: Places
    hashes: npt.NDArray[np.uint64]

    @classmethod
    def of(cls, names: Sequence[str]) -> "Names":
        """Know these names, none of them longer than 32 letters."""
        fixed = np.array([name.encode() for name in names], dtype=f"S{LONGEST_NAME}")
        words = fixed.view(np.uint64).reshape(len(names), -1)
        hashes = _hashes(words)
        order = np.argsort(hashes)
        return cls(tuple(names), words, order, hashes[order])

    def number(self, name: str) -> int:
        """The number of a name."""
        return self.names.index(name)

    def find(self, words: npt.NDArray[np.uint64]) -> npt.NDArray[np.int16]:
        """The number of each name, UNKNOWN for any other."""
        at = np.searchsorted(self.hashes, _hashes(words))
        guess = self.order[np.minimum(at, len(self.order) - 1)]
        same = (self.words[guess] == words).all(axis=1)
        return np.where(same, guess, UNKNOWN).astype(np.int16)


@dataclass(frozen=True, slots=True)
class Elements:
    """Every element of a piece, in the order they begin. `parent` is a place among them."""

    source: Bytes
    names: npt.NDArray[np.int16]
    parent: Places
    starts: Places
    ends: Places
    leaf: npt.NDArray[np.bool_]
    unknown: frozenset[str]
    left_open: tuple[bytes, ...]
    has_entities: bool

    def texts(self, which: Places) -> tuple[Texts, dict[int, str]]:
        """What these elements say; and, by their place among `which`, what is too long to keep."""
        starts, ends = self.starts[which], self.ends[which]
        widths = ends - starts
        widest = int(widths.max(initial=0))
        words = words_at(
            self.source, starts, np.minimum(widths, WIDEST), max(min(widest, WIDEST), 1)
        )
        column = words.view(f"S{8 * words.shape[1]}").reshape(-1)
        odd = widths > WIDEST
        if self.has_entities:
            odd |= np.char.find(column, b"&") >= 0
        if not odd.any():
            return column, {}
        return self._mended(column, np.flatnonzero(odd), starts, ends)

    def said_in_rows(self, which: Places, rows: Places, count: int) -> tuple[Texts, dict[int, str]]:
        """What these elements say, each in its row of so many: of two in one row, the first.

        And, by its row, what is too long to keep.
        """
        # The last to be written stands, so they are written from the end of the file.
        which, rows = which[::-1], rows[::-1]
        said, long = self.texts(which)
        values: Texts = np.zeros(count, dtype=said.dtype if len(said) else "S1")
        values[rows] = said
        stands = np.full(count, -1, dtype=np.intp)
        stands[rows] = np.arange(len(rows))
        kept = {
            int(rows[place]): text for place, text in long.items() if stands[rows[place]] == place
        }
        return values, kept

    def _mended(
        self, column: Texts, odd: Places, starts: Places, ends: Places
    ) -> tuple[Texts, dict[int, str]]:
        """With entities read, and with what is too long by its digest."""
        column = column.astype(f"S{WIDEST}")
        long: dict[int, str] = {}
        for place in odd.tolist():
            value = _read_entities(self.source[starts[place] : ends[place]].tobytes())
            column[place] = short(value)
            if len(value) > WIDEST:
                long[place] = value.decode()
        return column, long


def elements(piece: bytes, names: Names, above: Sequence[bytes] = ()) -> Elements:
    """The elements of a piece. `above` are those left open by the pieces before it."""
    whole = b"".join(b"<" + name + b">" for name in above) + piece
    if found := _elements(whole, names):
        return found
    return cast("Elements", _elements(plain(whole), names, known_plain=True))


def _elements(whole: bytes, names: Names, *, known_plain: bool = False) -> Elements | None:
    """The elements; nothing when a tag has more than a name in it, and is not known to be plain."""
    source = np.frombuffer(whole + bytes(LONGEST_NAME + 1), dtype=np.uint8)
    opens = np.flatnonzero(source == ord("<"))
    closes = np.flatnonzero(source == ord(">"))
    # A > may stand in a text; only the first after each < ends a tag.
    closes = closes[np.searchsorted(closes, opens)]
    ending = source[opens + 1] == ord("/")
    begins = np.flatnonzero(~ending)
    first = opens[begins] + 1
    lengths = closes[begins] - first
    # A name too long to be known is not read as the beginning of one.
    words = words_at(source, first, np.where(lengths > LONGEST_NAME, 0, lengths), LONGEST_NAME)
    number = names.find(words)
    unknown = _unknown(whole, number, first, closes[begins])
    if not known_plain and any(_ODD.search(name) for name in unknown):
        return None
    depth = np.cumsum(np.where(ending, -1, 1))
    if depth.max(initial=0) > DEEPEST:
        raise CannotRead(f"The file has elements more than {DEEPEST} deep: it is not a return")
    following = np.minimum(begins + 1, len(opens) - 1)
    return Elements(
        source=source,
        names=number,
        parent=_parents(depth[begins]),
        starts=closes[begins] + 1,
        ends=opens[following],
        leaf=ending[following],
        unknown=frozenset(name.decode("utf-8", "replace") for name in unknown),
        left_open=_left_open(whole, depth, begins, first, closes),
        has_entities=b"&" in whole,
    )


def words_at(source: Bytes, first: Places, lengths: Places, most: int) -> npt.NDArray[np.uint64]:
    """The first `most` bytes at each place as numbers of eight, nought beyond its length."""
    # Every run of eight bytes, wherever it begins, without copying one.
    eights = np.ndarray(len(source) - 7, dtype="<u8", buffer=source.data, strides=(1,))
    words = np.empty((len(first), -(-most // 8)), dtype=np.uint64)
    for place in range(words.shape[1]):
        at = np.minimum(first + 8 * place, len(eights) - 1)
        words[:, place] = eights[at] & _KEEP[np.clip(lengths - 8 * place, 0, 8)]
    return words


def _hashes(words: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    mixed: npt.NDArray[np.uint64] = (words * _MIX).sum(axis=1, dtype=np.uint64)
    return mixed ^ (mixed >> np.uint64(29))


def _unknown(
    whole: bytes, number: npt.NDArray[np.int16], first: Places, ends: Places
) -> set[bytes]:
    """What is not known by name; a tag with anything but a name in it is among them."""
    which = np.flatnonzero(number == UNKNOWN)
    pairs = zip(first[which].tolist(), ends[which].tolist(), strict=True)
    return {whole[start:end] for start, end in pairs}


def _parents(depth: npt.NDArray[np.int64]) -> Places:
    """The element each is in: the last before it that is one less deep; -1 at the top."""
    parent = np.full(len(depth), -1, dtype=np.intp)
    above = np.flatnonzero(depth == 1)
    level = 2
    while len(above):
        here = np.flatnonzero(depth == level)
        parent[here] = above[np.searchsorted(above, here) - 1]
        above, level = here, level + 1
    return parent


def _left_open(
    whole: bytes,
    depth: npt.NDArray[np.int64],
    begins: Places,
    first: Places,
    closes: Places,
) -> tuple[bytes, ...]:
    """The names of the elements that the piece does not end, outermost first."""
    deep = int(depth[-1]) if len(depth) else 0
    started = depth[begins]
    names = []
    for level in range(1, deep + 1):
        last = np.flatnonzero(started == level)[-1]
        names.append(whole[first[last] : closes[begins[last]]].split()[0])
    return tuple(names)


def _read_entities(value: bytes) -> bytes:
    return _ENTITY.sub(lambda entity: _entity(entity).encode(), value)


def _entity(entity: re.Match[bytes]) -> str:
    sixteen, ten, name = entity.groups()
    if name:
        return _NAMED[name]
    return chr(int(sixteen, 16) if sixteen else int(ten))
