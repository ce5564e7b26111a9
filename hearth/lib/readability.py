"""How hard a text is to read: the age at which most people read it easily, worked out.

By the Flesch-Kincaid grade (words to a sentence, syllables to a word), with five added to make it
an age. It is a measure, not a judgement: short words in short sentences can still say nothing. Our
own in sixty lines, because the library that counts such things brings a word list of megabytes for
a figure that is rough by any formula.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

SENTENCE = re.compile(r"(?<=[.!?])[\"'”\u2019)]*\s+(?=[\"'“\u2018(]*[^\W\d_a-z])|\n+")
WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
VOWELS = re.compile(r"[aeiouyàáâäèéêëìíîïòóôöùúûü]+")
SILENT = re.compile(r"(?:[^laeiouycsxzgh]es|[^dtaeiouy]ed|[^laeiouy]e)$")
YOUNGEST, OLDEST = 5, 22
MUCH = 4  # years: one such sentence is named though the rest is easy
SHORTEST = 4  # words: fewer are a heading or a name, and not a sentence to put more plainly
# The grade is the school year of another country: five years are added to make it an age.
PER_WORD, PER_SYLLABLE, LESS, TO_AGE = 0.39, 11.8, 15.59, 5


@dataclass(frozen=True, slots=True)
class Reading:
    """How old somebody must be to read a text easily, and its hardest sentences."""

    age: int
    hardest: Sequence[str]


def syllables(word: str) -> int:
    """How many syllables an English word has, near enough."""
    folded = word.lower().replace("\u2019", "'").split("'")[0]
    found = len(VOWELS.findall(folded))
    if found > 1 and SILENT.search(folded):
        found -= 1
    return max(found, 1)


def sentences(text: str) -> list[str]:
    """The sentences of a text. A line by itself is one: a heading, or a thing in a list."""
    found = (part.strip() for part in SENTENCE.split(text))
    return [part for part in found if WORD.search(part)]


def age_of(parts: Sequence[str]) -> float:
    """The reading age of sentences taken together."""
    words = [word for part in parts for word in WORD.findall(part)]
    if not words:
        return YOUNGEST
    sounded = sum(syllables(word) for word in words) / len(words)
    grade = PER_WORD * len(words) / len(parts) + PER_SYLLABLE * sounded - LESS
    return min(max(grade + TO_AGE, YOUNGEST), OLDEST)


def reading_of(text: str, *, limit: float, most: int = 3) -> Reading:
    """How a text reads, with its hardest sentences.

    Those over the limit when the whole of it is; otherwise those that are much harder than it.
    """
    parts = sentences(text)
    age = round(age_of(parts))
    harder = limit if age > limit else limit + MUCH
    long = [part for part in parts if len(WORD.findall(part)) >= SHORTEST]
    hard = sorted(long, key=lambda part: age_of([part]), reverse=True)
    return Reading(age, tuple(part for part in hard[:most] if age_of([part]) > harder))
