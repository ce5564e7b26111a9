"""What must not stand in a copy: a sister's name in her brother's part, a place of safety.

A name in the wrong part is said to whoever makes the paper, who decides. What is restricted does
not depend on anybody's care: it is taken out of a family's copy, and what was taken out is said.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from hearth.people.models import Name, Person
from hearth.records.misplaced import OutOfPlace, siblings_named
from hearth.records.outgoing.readers import Around, Reader
from hearth.records.outgoing.structure import Outgoing

TAKEN_OUT = "[kept back]"
SHORTEST_LINE = 5
SHORTEST_NAME = 2


@dataclass(frozen=True, slots=True)
class Apart:
    """The words that may not stand in a reader's copy, and what each of them is."""

    hidden: Sequence[tuple[str, str]]

    def kept_from(self, paper: Outgoing) -> Outgoing:
        """The paper without those words, saying on the page what was taken out."""
        found = [(words, what) for words, what in self.hidden if _is_in(words, paper.text)]
        if not found:
            return paper
        pattern = re.compile(
            "|".join(_pattern(words) for words, _ in sorted(found, key=_longest)), re.IGNORECASE
        )
        told = tuple(dict.fromkeys(f"Taken out of this copy: {what}." for _, what in found))
        without = paper.changed(lambda text: pattern.sub(TAKEN_OUT, text))
        return replace(without, noted=(*paper.noted, *told))


def apart_from(reader: Reader, around: Around, shown: Sequence[Person]) -> Apart:
    """What is kept out of a family's copy: restricted people's names, and addresses in confidence.

    Only what the worker at work may know of can be looked for.
    """
    if not reader.is_family:
        return Apart(())
    own = {reader.person.pk} if reader.person is not None else set()
    theirs = own | {child.pk for child in shown}
    return Apart([*_restricted(around, theirs), *_in_confidence(around, own)])


def _restricted(around: Around, theirs: Collection[int]) -> Iterable[tuple[str, str]]:
    hidden = {pk: who for pk, (who, _) in around.restricted.items() if pk not in theirs}
    also: dict[int, list[str]] = {pk: [] for pk in hidden}
    if hidden:
        names = Name.objects.standing().filter(person__in=hidden)
        for pk, given in names.values_list("person_id", "given_names"):
            also[pk].append(given)
    for pk, person in hidden.items():
        for name in _names(person, also[pk]):
            yield name, f"the name of {person}, whose record is restricted"


def _in_confidence(around: Around, own: Collection[int]) -> Iterable[tuple[str, str]]:
    for home in around.homes:
        if not home.confidential or home.person_id in own:
            continue
        what = f"an address of {home.person} that is to be kept from the family"
        for piece in (home.lines, home.lines.split(",")[0].strip(), home.postcode):
            if len(piece) >= SHORTEST_LINE:
                yield piece, what


def warnings_of(paper: Outgoing, reader: Reader, children: Sequence[Person]) -> list[OutOfPlace]:
    """Where a part that is one child's names another. The whole of a child's own copy is theirs."""
    if reader.person is not None and reader.is_one_of(children):
        return siblings_named({reader.person.pk: paper.text}, children)
    parts: dict[int, str] = {}
    for each in paper.sections:
        if len(each.about) == 1:
            parts[each.about[0]] = f"{parts.get(each.about[0], '')}\n{each.text}"
    return siblings_named(parts, children)


def _names(person: Person, others: Iterable[str]) -> list[str]:
    """All that somebody is called, whole and by their first names."""
    firsts = [*person.given_names.split()[:1], person.known_as]
    found = [person.full_name, person.name, *firsts, *others]
    return [name for name in dict.fromkeys(found) if len(name) >= SHORTEST_NAME]


def _pattern(words: str) -> str:
    between = r"[\s,]+".join(re.escape(word) for word in re.split(r"[\s,]+", words) if word)
    return rf"(?<!\w){between}(?!\w)"


def _is_in(words: str, text: str) -> bool:
    return re.search(_pattern(words), text, re.IGNORECASE) is not None


def _longest(found: tuple[str, str]) -> int:
    return -len(found[0])
