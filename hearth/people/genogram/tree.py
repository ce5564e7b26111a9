"""Who is drawn, in which generation, and which parents each child hangs from."""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from hearth.people import kin
from hearth.people.family import Family
from hearth.people.models import Person, Relationship

MOST_PARENTS = 2


@dataclass(frozen=True, slots=True)
class Union:
    """Up to two parents and the children that hang from them.

    `kind` is birth, adoptive, believed (said to be the father, not known) or care.
    """

    parents: tuple[int, ...]
    children: tuple[int, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Couple:
    """Two people side by side: together, ended, or parents of a child and nothing more known."""

    ends: tuple[int, int]
    state: str


@dataclass(slots=True)
class Tree:
    """All that a drawing needs to know of a family."""

    focus: int
    people: dict[int, Person]
    generation: dict[int, int]
    unions: list[Union] = field(default_factory=list)
    couples: list[Couple] = field(default_factory=list)
    homes: list[tuple[str, frozenset[int]]] = field(default_factory=list)
    # What is said under somebody whom no line reaches.
    unlinked: dict[int, str] = field(default_factory=dict)


def tree_of(family: Family) -> Tree:
    """A family as it is to be drawn: kin, carers, and those in the child's household."""
    rows = [row for row in family.relationships if kin.generations_up(row.code) is not None]
    people = {person.pk: person for person in family.people}
    generation = _generations(family.child.pk, rows)
    for member in family.members:
        if member.lives_with:
            generation.setdefault(member.person.pk, 0)
    drawn = {pk: people[pk] for pk in generation if pk in people}
    tree = Tree(family.child.pk, drawn, generation)
    tree.unions = _unions([r for r in rows if _both(r, drawn)], generation)
    tree.couples = _couples([r for r in rows if _both(r, drawn)], tree)
    homes = [
        (home.name, frozenset(p.pk for p in home.people if p.pk in drawn)) for home in family.homes
    ]
    tree.homes = [(name, people) for name, people in homes if people]
    tree.unlinked = _unlinked(tree, {m.person.pk: m.words for m in family.members})
    return tree


def _both(row: Relationship, people: Iterable[int]) -> bool:
    return row.person_id in people and row.other_person_id in people


def _generations(focus: int, rows: Sequence[Relationship]) -> dict[int, int]:
    """Each person's generation, the child's being 0 and the parents' -1, by the shortest way."""
    steps: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    # Parents first, so that a half-remembered tie never moves somebody a parent's tie has placed.
    for row in sorted(rows, key=lambda row: (not kin.is_parent(row.code), row.pk)):
        up = kin.generations_up(row.code) or 0
        steps[row.other_person_id].append((row.person_id, -up))
        steps[row.person_id].append((row.other_person_id, up))
    found, waiting = {focus: 0}, deque([focus])
    while waiting:
        at = waiting.popleft()
        for other, step in steps[at]:
            if other not in found:
                found[other] = found[at] + step
                waiting.append(other)
    return found


def _unions(rows: Sequence[Relationship], generation: dict[int, int]) -> list[Union]:
    parents: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    for row in rows:
        kind = _parentage(row)
        above = generation[row.person_id] < generation[row.other_person_id]
        if kind and above and row.person_id not in parents[row.other_person_id, kind]:
            parents[row.other_person_id, kind].append(row.person_id)
    _believe(parents)
    children: defaultdict[tuple[tuple[int, ...], str], list[int]] = defaultdict(list)
    for (child, kind), found in parents.items():
        children[tuple(sorted(found)[:MOST_PARENTS]), kind].append(child)
    _add_siblings(rows, children, {child for child, _ in parents})
    return [
        Union(tuple(pk for pk in ends if pk > 0), tuple(sorted(kids)), kind)
        for (ends, kind), kids in children.items()
        if kids
    ]


def _believe(parents: dict[tuple[int, str], list[int]]) -> None:
    """A man believed to be the father stands beside the mother, when she is all that is known."""
    for child, kind in list(parents):
        known = parents.get((child, "birth"), [])
        if kind == "believed" and len(known) == 1:
            known += parents.pop((child, kind))[:1]


def _parentage(row: Relationship) -> str:
    if row.code == "believed_father":
        return "believed"
    if row.code in kin.BIRTH_PARENTS:
        return "birth"
    if kin.neutral(row.code) == "adoptive_parent":
        return "adoptive"
    return "care" if row.code in kin.CARERS and row.ended_on is None else ""


def _add_siblings(
    rows: Sequence[Relationship],
    children: dict[tuple[tuple[int, ...], str], list[int]],
    have_parents: set[int],
) -> None:
    """Whole brothers and sisters with no parents on record hang beside those who have them."""
    pairs = [(r.person_id, r.other_person_id) for r in rows if r.code in kin.SIBLINGS]
    for group in _groups(pairs):
        lone = sorted(group - have_parents)
        hung = sorted(group & have_parents)
        key = next((k for k, kids in children.items() if hung and hung[0] in kids), ((), "birth"))
        if lone and (hung or len(lone) > 1):
            children.setdefault(key if hung else ((-lone[0],), "birth"), []).extend(lone)


def _groups(pairs: Iterable[tuple[int, int]]) -> Iterator[set[int]]:
    """Those who are joined by any chain of pairs."""
    groups: list[set[int]] = []
    for pair in pairs:
        joined = [group for group in groups if not group.isdisjoint(pair)]
        groups = [group for group in groups if group not in joined]
        groups.append(set(pair).union(*joined))
    yield from groups


def _couples(rows: Sequence[Relationship], tree: Tree) -> list[Couple]:
    """Partners, and the two parents of a child, who stand in one generation."""
    states: dict[tuple[int, int], str] = {}
    for union in tree.unions:
        if len(union.parents) == MOST_PARENTS:
            states[union.parents[0], union.parents[1]] = "parents"
    for row in rows:
        ends = min(row.person_id, row.other_person_id), max(row.person_id, row.other_person_id)
        if row.code == "believed_father":
            _doubt(states, row.person_id)
        if row.code in kin.PARTNERS:
            over = row.code == "former_partner" or row.ended_on is not None
            if not (over and states.get(ends) == "together"):
                states[ends] = "ended" if over else "together"
    level = tree.generation
    return [Couple(ends, s) for ends, s in states.items() if level[ends[0]] == level[ends[1]]]


def _doubt(states: dict[tuple[int, int], str], father: int) -> None:
    """Nothing is said of a couple whose man is only believed to be the father."""
    for ends, state in states.items():
        if father in ends and state == "parents":
            states[ends] = "believed"


def _unlinked(tree: Tree, words: dict[int, str]) -> dict[int, str]:
    linked = {pk for union in tree.unions for pk in (*union.parents, *union.children)}
    linked |= {pk for couple in tree.couples for pk in couple.ends}
    return {pk: words.get(pk, "") for pk in tree.people if pk not in linked and pk != tree.focus}
