"""A child's name where it should not be: in the part of a paper that is another child's.

Each child's part goes out alone, to those who may know of that child and of no brother or sister.
Pure: whose words are whose, and what each child is called, in; what to look at again out. It warns
and never refuses: one child's part may have to speak of another.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from hearth.lib.nicknames import are_forms_of_one_name
from hearth.lib.spelling import fold

_WORD = re.compile(r"[^\W\d_]+(?:[-\u2019'][^\W\d_]+)*")
_POSSESSIVE = re.compile("[\u2019']s?$")
_SHORTEST_PET_FORM = 3  # letters: "Al" stands in too many words' place
# Names that are also ordinary words are only names when they begin with a capital.
_ALSO_WORDS = """
    amber angel april art ash august autumn bill blessing bob brook chance charity chase clay
    cliff coral crystal daisy dale dawn dean destiny don drew eve faith fern frank gene ginger
    grace grant guy harmony hazel heath heaven heather honey honor hope hunter iris ivory ivy
    jade jasmine jay jewel joy june justice lance lark lily mark mason max may melody mercy mike
    miles misty nick olive pat patience pearl penny pepper poppy precious prince princess
    promise ray reed rich river rob robin rose ruby rusty sage sandy serenity skip sky sonny
    star stone storm sue summer sunny tab tiger trinity violet wade will willow winter
"""
_ORDINARY = frozenset(_ALSO_WORDS.split())


@dataclass(frozen=True, slots=True)
class Misplaced:
    """A name to look at again: in whose part it stands, whose name it is, and the word itself."""

    part: int
    named: int
    word: str


def names_out_of_place(
    parts: Mapping[int, str], names: Mapping[int, Collection[str]]
) -> list[Misplaced]:
    """Each brother's or sister's name that stands in another child's part, once for each part.

    `parts` is each child's words by the child's id; `names` what each is called: first names, not
    family names, which they share. Other spellings and pet forms of a name are seen as it.
    """
    called = {child: set(_called(known)) for child, known in names.items()}
    return [one for part, text in parts.items() for one in _in_part(part, text, called)]


def _called(names: Collection[str]) -> Iterator[str]:
    """Each name in plain letters, whole and by its first word."""
    for plain in filter(None, map(fold, names)):
        yield plain
        yield plain.split()[0]


def _in_part(part: int, text: str, called: Mapping[int, set[str]]) -> Iterator[Misplaced]:
    own, seen = called.get(part, set()), set()
    for word in _words(text):
        for child, names in called.items():
            if child == part or child in seen or _is_one_of(word, own):
                continue
            if _is_one_of(word, names):
                seen.add(child)
                yield Misplaced(part, child, word)


def _words(text: str) -> Iterable[str]:
    """Each word as it is written, and each half of one with a hyphen."""
    for match in _WORD.finditer(text):
        word = _POSSESSIVE.sub("", match[0])
        yield word
        if "-" in word:
            yield from word.split("-")


def _is_one_of(word: str, names: Collection[str]) -> bool:
    plain, has_capital = fold(word), word[:1].isupper()
    if plain in _ORDINARY and not has_capital:
        return False
    if plain in names:
        return True
    return (
        has_capital
        and len(plain) >= _SHORTEST_PET_FORM
        and any(are_forms_of_one_name(plain, name) for name in names)
    )
