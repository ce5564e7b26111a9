"""What the invented workers write: short, plain, about one child at a time.

Sentences are lists to draw from, with a family's facts put in, so that no two children share a
paragraph. `Telling` draws them; the other modules here hold the sentences.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from hearth.demo.families import Household, Somebody
from hearth.lib.dates import age_on

PRONOUNS = {
    "M": {"they": "he", "them": "him", "their": "his", "They": "He", "Their": "His"},
    "F": {"they": "she", "them": "her", "their": "her", "They": "She", "Their": "Her"},
    "U": {"they": "they", "them": "them", "their": "their", "They": "They", "Their": "Their"},
}
BANDS = ((3, "baby"), (5, "early"), (11, "primary"), (19, "teen"))
SCHOOLS = (
    "St Werburgh's Primary",
    "Ferry Lane Primary",
    "Osier Park Primary",
    "Kilnfield Primary",
    "Weir Road Primary",
    "Cloister Hill Primary",
    "Paddock Green Primary",
    "Jubilee Primary",
)
SECONDARIES = ("Beacon Academy", "Fenbridge High", "Heron Quay School", "Glebe Park Academy")
NURSERIES = ("Little Reeds Nursery", "Ferry Lane Nursery", "Yarrow Children's Centre")


@dataclass(slots=True)
class Telling:
    """Draws sentences for one family, never the same one twice while there are others left."""

    family: Household
    chance: random.Random
    # A silent one says nothing: what happens in the story is the same, and is told much faster.
    silent: bool = False
    # The list itself is kept, so that its id stands for it and for no other.
    said: dict[int, tuple[Sequence[str], list[int]]] = field(default_factory=dict)

    def pick(self, sentences: Sequence[str], **facts: str) -> str:
        """One of these sentences, with the facts put in."""
        if self.silent:
            return ""
        _, left = self.said.get(id(sentences), (sentences, []))
        if not left:
            left = list(range(len(sentences)))
            self.chance.shuffle(left)
            self.said[id(sentences)] = (sentences, left)
        return sentences[left.pop()].format(**facts)

    def write(self, *lists: Sequence[str], **facts: str) -> str:
        """A paragraph: one sentence from each list."""
        return " ".join(self.pick(sentences, **facts) for sentences in lists)

    def facts(self, child: Somebody, day: date) -> dict[str, str]:
        """What is put into sentences about a child, as it was on a day."""
        mother = named(self.family, "mother")
        return {
            **PRONOUNS[child.sex],
            "child": first_name(child),
            "age": str(max(age_on(child.born_on, day), 0)),
            "mother": mother,
            "father": named(self.family, "father") or "father",
            "gran": named(self.family, "grandmother", "aunt", "family_friend") or "a neighbour",
            "school": school(child, day),
            "sibling": sibling(self.family, child),
            "street": self.family.addresses[-1][0].split(",")[-2].strip().lstrip("0123456789 "),
            "family": self.family.family_name,
        }


def band(child: Somebody, day: date) -> str:
    """How old a child was, as writing goes: unborn, baby, early, primary or teen."""
    if child.expected or child.born_on > day:
        return "unborn"
    years = age_on(child.born_on, day)
    return next((name for under, name in BANDS if years < under), "teen")


def first_name(person: Somebody) -> str:
    """What somebody is called, or what an unborn child is called until named."""
    return person.known_as or person.given_names or "the unborn baby"


def named(family: Household, *relations: str) -> str:
    """The first name of the first adult there is in one of these relations; empty when none."""
    return next(
        (a.given_names for relation in relations for a in family.adults if a.relation == relation),
        "",
    )


def sibling(family: Household, child: Somebody) -> str:
    """Another child of the family, by name, or nobody."""
    others = [c for c in family.children if c is not child and c.given_names]
    return first_name(others[0]) if others else "other children"


def school(child: Somebody, day: date) -> str:
    """Where a child learns, the same each time it is asked of the same age."""
    place = sum(map(ord, child.given_names + child.family_name))
    of_band: Mapping[str, Sequence[str]] = {
        "baby": NURSERIES,
        "early": NURSERIES,
        "primary": SCHOOLS,
        "teen": SECONDARIES,
    }
    names = of_band.get(band(child, day), NURSERIES)
    return names[place % len(names)]


def and_list(names: Sequence[str]) -> str:
    """Names as they are said: Amy, Ben and Cal."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
