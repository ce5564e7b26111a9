"""Two versions of the same words side by side, with what was taken out and put in marked."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_PIECES = re.compile(r"\S+\s*|\s+")
SAME, TAKEN_OUT, PUT_IN = "same", "out", "in"
# Words that two sentences share by chance, between what differs.
BY_CHANCE = 2


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words, and whether they stand in both versions or in one."""

    text: str
    kind: str


def marked(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces, word by word, with what differs marked.

    A word or two that both have between two changes, as "and the", is marked with them: a sentence
    written anew is read as one, and not as what it shares with the old by chance.
    """
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    left: list[Piece] = []
    right: list[Piece] = []
    for same, i, j, k, m in _runs(old, new):
        if j > i:
            left.append(Piece("".join(old[i:j]), SAME if same else TAKEN_OUT))
        if m > k:
            right.append(Piece("".join(new[k:m]), SAME if same else PUT_IN))
    return left, right


def _runs(old: list[str], new: list[str]) -> list[tuple[bool, int, int, int, int]]:
    """Runs that are the same or differ, in turn: where each begins and ends in both."""
    found = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    runs: list[tuple[bool, int, int, int, int]] = []
    for place, (tag, i, j, k, m) in enumerate(found):
        inside = 0 < place < len(found) - 1
        same = tag == "equal" and (j - i > BY_CHANCE or not inside)
        if runs and runs[-1][0] == same:
            runs[-1] = (same, runs[-1][1], j, runs[-1][3], m)
        else:
            runs.append((same, i, j, k, m))
    return runs
