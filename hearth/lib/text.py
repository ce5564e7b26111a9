"""Words as typed or pasted, made safe to keep and fair to compare."""

import re
import unicodedata
from collections.abc import Collection

# Bidirectional embeddings, overrides and isolates can make words on a page read in another order
# than the one recorded. The joiners stay: Persian and emoji are spelt with them.
_UNSEEN = re.compile("[\u202a-\u202e\u2066-\u2069\u200b\u2060-\u2064\ufeff\ufff9-\ufffb]")
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_CONTROLS = {"Cc", "Cs"}
_MANY_BLANK_LINES = re.compile(r"\n{4,}")
_SENTENCE_ENDS = re.compile(r"[.!?\n]+")
_POSSESSIVE = re.compile("['\u2019]s\\b")
_WORD = re.compile(r"[^\W_]+")
_PRONOUNS = {"he", "she", "him", "her", "his", "hers", "himself", "herself"}
_SHORTEST_SENTENCE = 4  # words; "No concerns." stands in every record and tells nothing


def tidy_text(text: str) -> str:
    """Text of several lines without unseen characters, its lines and its meaning kept."""
    seen = "".join(map(_printable, _LINE_ENDS.sub("\n", _UNSEEN.sub("", text))))
    text = unicodedata.normalize("NFC", seen)
    lines = "\n".join(line.rstrip() for line in text.split("\n"))
    return _MANY_BLANK_LINES.sub("\n\n\n", lines).strip()


def tidy_line(text: str) -> str:
    """A value of one line, such as a name, without unseen characters or doubled spaces."""
    return " ".join(tidy_text(text).split())


def too_long(text: str, limit: int, what: str = "This") -> str | None:
    """What to tell a worker whose words do not fit, or None when they do."""
    over = len(text) - limit
    if over <= 0:
        return None
    thing = "character" if over == 1 else "characters"
    return f"{what} must be {limit:,} characters or fewer. Take out {over:,} {thing}"


def copied_share(text: str, other: str, *, leaving_out: Collection[str] = ()) -> float:
    """The share of a text's sentences, 0 to 1, that also stand in another text.

    Names given in `leaving_out`, and he or she, count as the same word, so that a brother's record
    copied with the name changed is still seen as copied.
    """
    same = _PRONOUNS | {word for name in leaving_out for word in _words(name)}
    sentences = _sentences(text, same)
    if not sentences:
        return 0.0
    theirs = frozenset(_sentences(other, same))
    return sum(sentence in theirs for sentence in sentences) / len(sentences)


def _printable(character: str) -> str:
    if character == "\n":
        return character
    if character == "\t":
        return " "
    return "" if unicodedata.category(character) in _CONTROLS else character


def _sentences(text: str, same: Collection[str]) -> list[str]:
    parts = [_words(part) for part in _SENTENCE_ENDS.split(text)]
    return [
        " ".join("_" if word in same else word for word in words)
        for words in parts
        if len(words) >= _SHORTEST_SENTENCE
    ]


def _words(text: str) -> list[str]:
    folded = unicodedata.normalize("NFC", text).casefold()
    return _WORD.findall(_POSSESSIVE.sub("", folded))
