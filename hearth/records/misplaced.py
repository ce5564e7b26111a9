"""Whether one child's part of a paper names a brother or sister, by any name on record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hearth.lib.misplaced import names_out_of_place
from hearth.people.models import Name, Person


@dataclass(frozen=True, slots=True)
class OutOfPlace:
    """A name to look at again before a part goes out: whose part, who is named, and the word."""

    part: Person
    named: Person
    word: str

    def __str__(self) -> str:
        return f"{self.part}'s part names {self.named}: “{self.word}”"


def siblings_named(parts: Mapping[int, str], children: Sequence[Person]) -> list[OutOfPlace]:
    """Each name of one of these children that stands in another's part: one query.

    `parts` is each child's words by the child's id. Every given name, known-as name, other spelling
    and former name on record counts; pet forms too.
    """
    by_id = {child.pk: child for child in children}
    names = {pk: [child.given_names, child.known_as] for pk, child in by_id.items()}
    others = Name.objects.standing().filter(person__in=list(by_id))
    for pk, given in others.values_list("person_id", "given_names"):
        names[pk].append(given)
    return [
        OutOfPlace(by_id[one.part], by_id[one.named], one.word)
        for one in names_out_of_place(parts, names)
    ]
