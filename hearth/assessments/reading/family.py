"""Who else is in the family: the adults to ask, and the brothers and sisters with no part."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from django.db.models import Q

from hearth.lib.codes import code_set, inverse_relationship
from hearth.people.models import Person, Relationship

# Whoever is one of these to a child is asked what they think, and so is anyone with parental
# responsibility. Codes are the code set `relationship`'s.
PARENTS = frozenset(
    (
        *("mother", "father", "parent", "believed_father", "stepfather", "stepmother"),
        *("step_parent", "adoptive_father", "adoptive_mother", "adoptive_parent"),
        *("parents_partner", "guardian", "special_guardian", "kinship_carer", "foster_carer"),
        *("private_foster_carer", "carer"),
    )
)
SIBLINGS = frozenset(
    (
        *("brother", "sister", "sibling", "half_brother", "half_sister", "half_sibling", "twin"),
        *("stepbrother", "stepsister", "step_sibling", "adoptive_brother", "adoptive_sister"),
        "adoptive_sibling",
    )
)
CHILDREN = frozenset(
    (
        *("son", "daughter", "child", "stepson", "stepdaughter", "step_child", "adopted_son"),
        *("adopted_daughter", "adopted_child", "partners_child"),
    )
)
ADULT = 18


@dataclass(frozen=True, slots=True)
class Family:
    """The adults to ask, with what they are to the children, and the siblings left out."""

    adults: Sequence[tuple[Person, str]]
    left_out: Sequence[Person]


@dataclass(frozen=True, slots=True)
class Tie:
    """What one person is to another, whichever way round it was recorded."""

    person: Person
    code: str
    to: int
    has_responsibility: bool = False


def family_of(ids: set[int], *, on: date) -> Family:
    """The family round some children, from the relationships on record, in one query."""
    ties = list(_ties(ids))
    adults: dict[int, tuple[Person, list[str]]] = {}
    for tie in ties:
        if tie.to in ids and (tie.code in PARENTS or tie.has_responsibility):
            codes = adults.setdefault(tie.person.pk, (tie.person, []))[1]
            if tie.code not in codes:
                codes.append(tie.code)
    siblings = {
        tie.person.pk: tie.person
        for tie in ties
        if (tie.to in ids and tie.code in SIBLINGS) or (tie.to in adults and tie.code in CHILDREN)
    }
    return Family(
        [(person, _in_words(codes)) for person, codes in adults.values() if _is_asked(person, ids)],
        [s for s in siblings.values() if s.pk not in ids and _is_child(s, on)],
    )


def _ties(ids: set[int]) -> Iterator[Tie]:
    """Everybody's ties to these children, and to whoever is tied to them."""
    rows = Relationship.objects.standing().filter(ended_on=None)
    near = rows.filter(other_person__in=ids).values("person")
    near_too = rows.filter(person__in=ids).values("other_person")
    ends = [Q(person__in=ids), Q(other_person__in=ids)]
    ends += [Q(person__in=near), Q(other_person__in=near)]
    ends += [Q(person__in=near_too), Q(other_person__in=near_too)]
    # Each by its own index, and put together: asked as one condition, every tie there is was read.
    first, *others = (rows.filter(end).order_by().values("pk") for end in ends)
    everyone = (
        rows.filter(pk__in=first.union(*others, all=True))
        .select_related("person", "other_person")
        .order_by("pk")
    )
    for row in cast("Iterator[Relationship]", everyone):
        person, other = row.person, row.other_person
        yield Tie(person, row.code, other.pk, bool(row.parental_responsibility))
        yield Tie(other, inverse_relationship(row.code, other.sex), person.pk)


def _is_asked(person: Person, ids: set[int]) -> bool:
    return person.pk not in ids and person.died_on is None


def _in_words(codes: list[str]) -> str:
    labels = code_set("relationship")
    return ", ".join(labels.label(code) for code in codes)


def _is_child(person: Person, day: date) -> bool:
    age = person.age_on(day)
    return person.is_child_record and person.died_on is None and (age is None or age < ADULT)
