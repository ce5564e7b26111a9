"""What a good reader would stop at. A caution never blocks; the worker and the manager see it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from hearth.assessments.rules.facts import OLD_ENOUGH_TO_BE_ALONE, Child, Facts
from hearth.assessments.rules.gaps import IDENTITY, NEEDS
from hearth.lib.text import copied_share

COPIED = 0.5  # half the sentences word for word, names apart
SEEN_DAYS = 2
FEW_WORDS = 4
# Words that fill a box and say nothing about a child.
STOCK = frozenset(
    [
        "a",
        "all",
        "and",
        "any",
        "applicable",
        "as",
        "at",
        "been",
        "above",
        "below",
        "concern",
        "concerns",
        "considered",
        "for",
        "has",
        "have",
        "identified",
        "in",
        "is",
        "issue",
        "issues",
        "it",
        "known",
        "n",
        "na",
        "needs",
        "nil",
        "no",
        "none",
        "not",
        "noted",
        "nothing",
        "of",
        "record",
        "recorded",
        "relevant",
        "see",
        "specific",
        "stated",
        "the",
        "there",
        "this",
        "time",
        "to",
    ]
)
NARRATIVES = {
    "child_words": "voice",
    "words_changed": "voice",
    "day_in_life": "voice",
    **dict.fromkeys(NEEDS, "needs"),
    **dict.fromkeys(IDENTITY, "identity"),
    "risk_rationale": "risk",
    "analysis": "conclusion",
}
WHERE = {
    "child_words": "what the child says",
    "words_changed": "what it changed",
    "day_in_life": "the ordinary day",
    **NEEDS,
    **{field: field for field in IDENTITY},
    "risk_rationale": "why the risk is rated so",
    "analysis": "the analysis",
}
# Outcome by risk rating: pairs that a reader could not square.
CONFLICTS = {
    ("no_further_action", "moderate"): "The risk is moderate, and nothing more is to be done",
    ("no_further_action", "high"): "The risk is high, and nothing more is to be done",
    ("no_further_action", "significant"): "The risk is of significant harm, and nothing more is "
    "to be done",
    ("early_help", "high"): "The risk is high, and the case is to close to early help",
    ("early_help", "significant"): "The risk is of significant harm, and the case is to close to "
    "early help",
    ("child_in_need", "significant"): "The risk is of significant harm, and there is to be no "
    "strategy discussion",
    ("strategy_discussion", "low"): "The risk is low, and there is to be a strategy discussion",
    ("legal_planning", "low"): "The risk is low, and there is to be a legal planning meeting",
}
_SENTENCE = re.compile(r"(?<=[.!?\n])\s+")
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Caution:
    """One thing to stop at: where, whose, what, and on what it rests."""

    section: str
    words: str
    why: str
    child: int | None = None


def cautions(facts: Facts) -> list[Caution]:
    """Everything to look at again before an assessment is sent, and before it is agreed."""
    found: list[Caution] = []
    for child in facts.children:
        found += _seen(child)
        found += _identity(child)
        found += _conflict(child)
        found += _names(child, facts)
    found += _copied(facts.children)
    found += [
        Caution(
            "plan",
            f"{name} is a brother or sister under 18 and has no part in this assessment",
            "Every child of a family is assessed, or a manager says why not",
        )
        for name in facts.left_out
    ]
    return found


def _seen(child: Child) -> Iterator[Caution]:
    if child.is_unborn:
        return
    days = child.seen_days
    if days < SEEN_DAYS:
        times = {0: "has not been seen", 1: "has been seen on one day only"}[days]
        why = "A child seen fewer than two days is seldom known; another visit may change this"
        yield Caution("voice", f"{child.name} {times}", why, child.pk)
    if days and not child.was_alone and (child.age or 0) >= OLD_ENOUGH_TO_BE_ALONE:
        words = f"{child.name} has not been seen alone"
        yield Caution("voice", words, "Children say what they cannot say in front of others")


def _identity(child: Child) -> Iterator[Caution]:
    written = {field: str(child.answers.get(field) or "") for field in IDENTITY}
    thin = [field for field, text in written.items() if text and is_stock(text)]
    if thin:
        words = f"{child.name}: little is said of {_listed(thin)}"
        why = "Say what it means in this child's life, or how you know that it does not matter"
        yield Caution("identity", words, why, child.pk)


def _conflict(child: Child) -> Iterator[Caution]:
    pair = (str(child.answers.get("outcome")), str(child.answers.get("risk_rating")))
    if words := CONFLICTS.get(pair):
        why = "The outcome and the recorded risk do not seem to agree"
        yield Caution("conclusion", f"{child.name}: {words}", why, child.pk)


def _names(child: Child, facts: Facts) -> Iterator[Caution]:
    own = child.names
    for field, section in NARRATIVES.items():
        text = str(child.answers.get(field) or "")
        for other in facts.children:
            if other.pk != child.pk and begins_with(text, other.names - own, own):
                words = f"{child.name}: {other.name} is written of in {WHERE[field]}"
                why = f"Is this about {child.name}? Words may have been copied across"
                yield Caution(section, words, why, child.pk)
        for name in sorted(_capitalised(text) & facts.elsewhere):
            words = f"{child.name}: “{name.title()}” stands in {WHERE[field]}"
            why = "That is the name of a child you work with in another family"
            yield Caution(section, words, why, child.pk)


def _copied(children: Sequence[Child]) -> Iterator[Caution]:
    """Brothers and sisters whose parts are much the same: one caution a section for each two."""
    for one, other in combinations(children, 2):
        same = [field for field in NARRATIVES if _is_copy(one, other, field)]
        for section in dict.fromkeys(NARRATIVES[field] for field in same):
            what = _listed([WHERE[field] for field in same if NARRATIVES[field] == section])
            words = f"{one.name} and {other.name}: much the same is written of {what}"
            yield Caution(section, words, "Each child is assessed on their own", other.pk)


def _is_copy(one: Child, other: Child, field: str) -> bool:
    first, second = str(one.answers.get(field) or ""), str(other.answers.get(field) or "")
    names = one.names | other.names
    return (
        copied_share(first, second, leaving_out=names) >= COPIED
        or copied_share(second, first, leaving_out=names) >= COPIED
    )


def is_stock(text: str) -> bool:
    """Whether words were put in a box without saying anything about the child."""
    words = [word.lower() for word in _WORD.findall(text)]
    return len(words) < FEW_WORDS or all(word in STOCK for word in words)


def begins_with(text: str, names: frozenset[str], own: frozenset[str]) -> bool:
    """Whether a sentence is about somebody else: it opens with their name and never says ours."""
    for sentence in _SENTENCE.split(text):
        words = [_plain(word) for word in _WORD.findall(sentence)]
        if words and words[0] in names and not own.intersection(words):
            return True
    return False


def _capitalised(text: str) -> frozenset[str]:
    return frozenset(_plain(word) for word in _WORD.findall(text) if word[:1].isupper())


def _plain(word: str) -> str:
    return word.lower().replace("\u2019", "'").removesuffix("'s")


def _listed(things: Sequence[Any]) -> str:
    *most, last = [str(thing) for thing in things]
    return f"{', '.join(most)} and {last}" if most else last
