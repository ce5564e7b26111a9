"""For whom a paper is made: what they may read, whom they may be told of, where they live."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from hearth.people import kin
from hearth.people.models import Address, AddressKind, Person, Relationship, Restriction


class Around:
    """The family round some children, as far as the worker at work may know of it.

    Three queries, each asked when it is first needed, whatever the family.
    """

    def __init__(self, children: Iterable[int]) -> None:
        """Look round these children."""
        self.children = frozenset(children)

    @cached_property
    def ties(self) -> list[Relationship]:
        """What everybody is to the children, and to their brothers and sisters."""
        standing = Relationship.objects.standing()
        parents = standing.filter(other_person__in=self.children).values("person")
        found = standing.filter(
            Q(person__in=self.children)
            | Q(other_person__in=self.children)
            | Q(person__in=parents, other_person__isnull=False)
        )
        return list(found.select_related("person").order_by("person__born_on", "person_id", "pk"))

    @cached_property
    def people(self) -> frozenset[int]:
        """Everybody in it."""
        ends = {pk for tie in self.ties for pk in (tie.person_id, tie.other_person_id)}
        return self.children | ends

    @cached_property
    def restricted(self) -> dict[int, tuple[Person, set[str]]]:
        """Those whose record is restricted, and why."""
        rows = Restriction.objects.in_force().filter(person__in=self.people)
        found: dict[int, tuple[Person, set[str]]] = {}
        for row in rows.select_related("person"):
            found.setdefault(row.person_id, (row.person, set()))[1].add(row.kind)
        return found

    @cached_property
    def homes(self) -> list[Address]:
        """Where they live and lived."""
        found = Address.objects.standing().filter(person__in=self.people)
        return list(found.select_related("person"))

    @property
    def parents(self) -> list[Person]:
        """Those on record as a parent or carer of any of the children now, each once."""
        found: dict[int, Person] = {}
        for tie in self.ties:
            if self._holds(tie) and tie.person.died_on is None:
                found.setdefault(tie.person_id, tie.person)
        return list(found.values())

    def held_by(self, person: Person) -> set[int]:
        """The children whose parent or carer somebody is on record as being now."""
        mine = [tie for tie in self.ties if tie.person_id == person.pk and self._holds(tie)]
        return {tie.other_person_id for tie in mine}

    def _holds(self, tie: Relationship) -> bool:
        return (
            tie.other_person_id in self.children
            and tie.ended_on is None
            and kin.may_be_responsible(tie.code)
        )


CHOOSE = (
    "The record does not say that {} is a parent or carer of any of these children. Choose whose "
    "part goes into the copy, or put on record whose parent they are."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Somebody a paper is for. `person` is set where they are on record.

    `is_kept_out` of what was said: a parent whom the chair kept out of all or part of a meeting.
    `chosen` is the children whose parts a worker chose for somebody of the family whom the record
    does not say to be anybody's parent or carer.
    """

    key: str
    name: str
    person: Person | None = None
    is_family: bool = False
    is_kept_out: bool = False
    chosen: frozenset[int] = frozenset()

    @classmethod
    def child(cls, child: Person) -> "Reader":
        """A child, as the reader of their own copy."""
        return cls(key=f"child-{child.pk}", name=str(child), person=child, is_family=True)

    def may_read_of(
        self, children: Sequence[Person], around: Around
    ) -> tuple[list[Person], list[str]]:
        """The children whose parts go into their copy, and why any do not, for who makes it.

        A child's copy holds their own part. A parent of some of the children has theirs. Anybody
        else of the family has those that the worker chose, and none until then. A child whose
        record is restricted is in nobody's copy but their own, unless the reader's record is
        restricted for the same reason.
        """
        if not self.is_family:
            return list(children), []
        if self.is_one_of(children):
            return [child for child in children if child == self.person], []
        hidden = self._hidden(children, around)
        why = [
            f"{child} is left out: a restricted record must not show in another person's copy."
            for child in hidden
        ]
        if self.is_unplaced(children, around) and not self.chosen:
            return [], [*why, CHOOSE.format(self.name)]
        others = self._of_others([child for child in children if child not in hidden], around)
        why += [
            f"{child}'s own part is left out: the record does not say that {self.name} is their "
            "parent or carer."
            for child in others
        ]
        return [child for child in children if child not in (*hidden, *others)], why

    def is_unplaced(self, children: Sequence[Person], around: Around) -> bool:
        """Whether they are of the family, and the record says nobody's parent: a worker chooses."""
        return self.is_family and not self.is_one_of(children) and not self._held(around)

    def is_one_of(self, children: Sequence[Person]) -> bool:
        """Whether the copy is one of the children's own."""
        return self.person is not None and self.person in children

    def _hidden(self, children: Sequence[Person], around: Around) -> list[Person]:
        kinds = {pk: kinds for pk, (_, kinds) in around.restricted.items()}
        mine = kinds.get(self.person.pk, set()) if self.person is not None else set()
        return [child for child in children if kinds.get(child.pk, set()) - mine]

    def _of_others(self, children: Sequence[Person], around: Around) -> list[Person]:
        """Those whose parent they are not, and who were not chosen for them."""
        mine = self._held(around) or self.chosen
        return [child for child in children if child.pk not in mine]

    def _held(self, around: Around) -> set[int]:
        return around.held_by(self.person) if self.person is not None else set()

    def address(self, around: Around) -> str:
        """Where a letter finds them; nothing where the address is to be kept from the family."""
        if self.person is None or not self.is_family:
            return ""
        homes = [
            home
            for home in around.homes
            if home.person_id == self.person.pk and home.ended_on is None and not home.confidential
        ]
        if not homes:
            return ""
        home = min(homes, key=lambda one: (one.kind != AddressKind.HOME, one.pk))
        lines = [part.strip() for part in home.lines.split(",") if part.strip()]
        return "\n".join([*lines, *filter(None, [home.postcode])])
