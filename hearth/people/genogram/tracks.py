"""At what height each line of brothers and sisters runs, so that those of one gap do not meet."""

from collections import defaultdict
from collections.abc import Sequence

from hearth.people.genogram.arrange import Arrangement, drop_of
from hearth.people.genogram.tree import Tree, Union

HAIR = 1e-6


def tracks(tree: Tree, arrangement: Arrangement) -> dict[Union, int]:
    """For each set of parents, the track of its line above the children: 0 is the highest."""
    by_row: defaultdict[int, list[Union]] = defaultdict(list)
    for union in tree.unions:
        by_row[arrangement.row_of[union.children[0]]].append(union)
    found: dict[Union, int] = {}
    for unions in by_row.values():
        found.update(_of_a_gap(tree, arrangement, unions))
    return found


def _of_a_gap(tree: Tree, arrangement: Arrangement, unions: Sequence[Union]) -> dict[Union, int]:
    drops = {union: drop_of(tree, union, arrangement.x) for union in unions}
    places = {union: [arrangement.x[child] for child in union.children] for union in unions}
    under: defaultdict[Union, set[Union]] = defaultdict(set)
    for one in unions:
        low, high = min([drops[one], *places[one]]), max([drops[one], *places[one]])
        for other in unions:
            if other is one:
                continue
            if low - HAIR < drops[other] < high + HAIR:
                under[one].add(other)  # the other's line comes down through here
            elif any(low - HAIR < place < high + HAIR for place in places[other]):
                under[other].add(one)  # the other's children hang through here
    return _levels(unions, under)


def _levels(unions: Sequence[Union], under: dict[Union, set[Union]]) -> dict[Union, int]:
    """Each as high as what it must run under allows; a ring is broken where it is met."""
    level: dict[Union, int] = {}

    def place(union: Union, seen: frozenset[Union]) -> int:
        if union not in level:
            above = [u for u in under.get(union, ()) if u not in seen]
            level[union] = max((place(u, seen | {union}) + 1 for u in above), default=0)
        return level[union]

    for union in unions:
        place(union, frozenset({union}))
    return level
