"""Two versions of the same words side by side, with what was taken out and put in marked."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_PIECES = re.compile(r"\S+\s*|\s+")
SAME, TAKEN_OUT, PUT_IN = "same", "out", "in"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words, and whether they stand in both versions or in one."""

    text: str
    kind: str


def marked(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces, word by word, with what differs marked."""
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    left: list[Piece] = []
    right: list[Piece] = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if j > i:
            left.append(Piece("".join(old[i:j]), SAME if tag == "equal" else TAKEN_OUT))
        if m > k:
            right.append(Piece("".join(new[k:m]), SAME if tag == "equal" else PUT_IN))
    return left, right
