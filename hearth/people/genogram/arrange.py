"""Where everybody stands: each generation a row, ordered so that few lines cross.

Partners stand side by side as one block. Rows are ordered by the mean place of what hangs above and
below (a barycentre sweep), from several seeded beginnings, and the one with the fewest crossings is
kept. The same family is always drawn the same way.
"""

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from statistics import fmean

from hearth.people.genogram.tree import Tree, Union

BEGINNINGS, SWEEPS, SETTLINGS = 10, 6, 16
# What a drawing is judged by: crossings before all, then whole households, then short lines.
CROSSING, BRIDGE, SPLIT, LENGTH = 100.0, 40.0, 8.0, 1.0

Block = tuple[int, ...]
Rows = dict[int, list[Block]]


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Each person's row and place along it, in steps of one person's width."""

    rows: list[list[int]]
    x: dict[int, float]
    row_of: dict[int, int]
    crossings: int


def arrange(tree: Tree) -> Arrangement:
    """The best of several arrangements of a family."""
    chance = random.Random(tree.focus)  # noqa: S311 - a repeatable drawing, not a secret
    first = _first_rows(tree)
    best, least = first, _Judge(tree, first).cost()
    for beginning in range(BEGINNINGS):
        rows = {level: list(blocks) for level, blocks in first.items()}
        if beginning:
            for blocks in rows.values():
                chance.shuffle(blocks)
        rows = _swept(tree, rows)
        rows, cost = _improved(tree, rows)
        if cost < least - 1e-9:
            best, least = rows, cost
    return _settled(tree, best)


def _first_rows(tree: Tree) -> Rows:
    """Every generation's blocks, in the order their people were found."""
    rows: Rows = defaultdict(list)
    placed: set[int] = set()
    partners: defaultdict[int, list[int]] = defaultdict(list)
    for couple in tree.couples:
        one, other = couple.ends
        partners[one].append(other)
        partners[other].append(one)
    for pk in tree.people:
        if pk not in placed:
            block = _block_of(pk, partners)
            placed.update(block)
            rows[tree.generation[pk]].append(block)
    return {level: rows[level] for level in sorted(rows)}


def _block_of(pk: int, partners: dict[int, list[int]]) -> Block:
    """Somebody with their partners and theirs, each beside the one they are with if they can be."""
    around = _reached(pk, partners)
    # From somebody with one partner or none; one who had two then stands between them.
    start = min(around, key=lambda each: (len(partners[each]), each))
    block = [start]
    waiting = [each for each in around if each != start]
    while waiting:
        beside = next((each for each in waiting if block[-1] in partners[each]), None)
        before = next((each for each in waiting if block[0] in partners[each]), None)
        if beside is not None:
            block.append(beside)
        elif before is not None:
            block.insert(0, before)
        else:
            beside = next(e for e in waiting if not set(partners[e]).isdisjoint(block))
            block.append(beside)
        waiting = [each for each in waiting if each not in block]
    return tuple(block)


def _reached(pk: int, partners: dict[int, list[int]]) -> list[int]:
    found = [pk]
    for each in found:
        found += [other for other in partners[each] if other not in found]
    return found


class _Judge:
    """How good an order of the rows is."""

    def __init__(self, tree: Tree, rows: Rows) -> None:
        self.tree = tree
        self.place: dict[int, float] = {}
        for blocks in rows.values():
            line = [pk for block in blocks for pk in block]
            middle = (len(line) - 1) / 2
            self.place.update({pk: place - middle for place, pk in enumerate(line)})

    def drop(self, union: Union) -> float:
        """Where the line to the children leaves the parents."""
        return drop_of(self.tree, union, self.place)

    def crossings(self) -> int:
        """How many lines to children cross each other."""
        lines: defaultdict[int, list[tuple[float, float]]] = defaultdict(list)
        for union in self.tree.unions:
            for child in union.children:
                lines[self.tree.generation[child]].append((self.drop(union), self.place[child]))
        return sum(
            (one[0] - other[0]) * (one[1] - other[1]) < 0
            for level in lines.values()
            for one, other in combinations(level, 2)
        )

    def cost(self) -> float:
        """The whole, the less the better."""
        length = sum(
            abs(self.drop(union) - self.place[child])
            for union in self.tree.unions
            for child in union.children
        )
        return (
            CROSSING * self.crossings()
            + BRIDGE * self._bridged()
            + SPLIT * self._splits()
            + LENGTH * length
        )

    def _bridged(self) -> float:
        """How many people stand between partners who are not side by side."""
        return sum(abs(self.place[a] - self.place[b]) - 1 for a, b in _ends(self.tree))

    def _splits(self) -> int:
        """In how many more pieces than need be the households stand."""
        pieces = 0
        for _, people in self.tree.homes:
            for level in {self.tree.generation[pk] for pk in people}:
                places = sorted(
                    self.place[pk] for pk in people if self.tree.generation[pk] == level
                )
                pieces += sum(b - a > 1 for a, b in pairwise(places))
        return pieces


def _ends(tree: Tree) -> list[tuple[int, int]]:
    return [couple.ends for couple in tree.couples]


def drop_of(tree: Tree, union: Union, place: dict[int, float]) -> float:
    """Where the line to the children leaves: between partners, or beside a lone parent."""
    parents = sorted((pk for pk in union.parents if pk in place), key=place.__getitem__)
    if not parents:
        return fmean(place[child] for child in union.children)
    if len(parents) == 1:
        return place[parents[0]] + side_of(tree, parents[0], place) * STUB
    one, other = parents
    if place[other] - place[one] <= 1 + 1e-6:
        return fmean((place[one], place[other]))
    # Apart: the line leaves in the gap just inside the one with more partners' other side.
    busy = sum(one in ends for ends in _ends(tree)) > sum(other in ends for ends in _ends(tree))
    return place[other] - 0.5 if busy else place[one] + 0.5


STUB = 0.42


def side_of(tree: Tree, pk: int, place: dict[int, float]) -> int:
    """The side on which a lone parent has nobody: 1 for the right, -1 for the left."""
    beside = [place[b if a == pk else a] - place[pk] for a, b in _ends(tree) if pk in (a, b)]
    return -1 if any(0 < gap <= 1 + 1e-6 for gap in beside) else 1


def _swept(tree: Tree, rows: Rows) -> Rows:
    """Rows put in the order of the mean place of what they hang from, and what hangs from them."""
    for sweep in range(SWEEPS):
        levels = list(rows) if sweep % 2 == 0 else list(reversed(rows))
        for level in levels:
            judge = _Judge(tree, rows)
            rows[level] = sorted(rows[level], key=_mean_of(tree, judge, down=sweep % 2 == 0))
    return rows


def _mean_of(tree: Tree, judge: _Judge, *, down: bool) -> Callable[[Block], float]:
    above: defaultdict[int, list[float]] = defaultdict(list)
    below: defaultdict[int, list[float]] = defaultdict(list)
    for union in tree.unions:
        for child in union.children:
            above[child].append(judge.drop(union))
            for parent in union.parents:
                below[parent].append(judge.place[child])

    def mean(block: Block) -> float:
        near = [place for pk in block for place in (above if down else below).get(pk, [])]
        return fmean(near) if near else fmean(judge.place[pk] for pk in block)

    return mean


def _improved(tree: Tree, rows: Rows) -> tuple[Rows, float]:
    """Neighbours exchanged, and blocks turned round, while that makes the drawing better."""
    cost, better = _Judge(tree, rows).cost(), True
    while better:
        better = False
        for level, trial in _trials(rows):
            candidate = {**rows, level: trial}
            found = _Judge(tree, candidate).cost()
            if found < cost - 1e-9:
                rows, cost, better = candidate, found, True
                break
    return rows, cost


def _trials(rows: Rows) -> Iterable[tuple[int, list[Block]]]:
    for level, blocks in rows.items():
        for place, block in enumerate(blocks):
            if len(block) > 1:
                yield level, [*blocks[:place], block[::-1], *blocks[place + 1 :]]
            for other in range(place + 1, min(place + 4, len(blocks))):
                moved = list(blocks)
                moved.insert(other, moved.pop(place))
                yield level, moved


def _settled(tree: Tree, rows: Rows) -> Arrangement:
    """Places along each row that put parents over their children, in the order found."""
    place = dict(_Judge(tree, rows).place)
    for turn in range(SETTLINGS):
        levels = list(rows) if turn % 2 == 0 else list(reversed(rows))
        for level in levels:
            wanted = [_wanted(tree, block, place) for block in rows[level]]
            for block, left in zip(rows[level], _spread(rows[level], wanted), strict=True):
                place.update({pk: left + n for n, pk in enumerate(block)})
    least = min(place.values(), default=0.0)
    place = {pk: x - least for pk, x in place.items()}
    lines = [[pk for block in blocks for pk in block] for blocks in rows.values()]
    row_of = {pk: number for number, line in enumerate(lines) for pk in line}
    return Arrangement(lines, place, row_of, _Judge(tree, rows).crossings())


def _wanted(tree: Tree, block: Block, place: dict[int, float]) -> tuple[float, float]:
    """Where a block's left end would like to be, and how much it cares."""
    left, wishes = place[block[0]], []
    for union in tree.unions:
        drop = drop_of(tree, union, place)
        wishes += [drop - (place[pk] - left) for pk in union.children if pk in block]
        if any(parent in block for parent in union.parents):
            middle = fmean(place[child] for child in union.children)
            wishes.append(middle - (drop - left))
    return (fmean(wishes), float(len(wishes))) if wishes else (left, 0.1)


def _spread(blocks: Sequence[Block], wanted: Sequence[tuple[float, float]]) -> list[float]:
    """The left ends nearest to what is wanted that keep the order and a step between people."""
    before = [sum(map(len, blocks[:n])) for n in range(len(blocks))]
    pools: list[list[float]] = []  # mean, weight, how many blocks
    for offset, (left, weight) in zip(before, wanted, strict=True):
        pools.append([left - offset, weight, 1])
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            last, earlier = pools.pop(), pools.pop()
            total = last[1] + earlier[1]
            mean = (last[0] * last[1] + earlier[0] * earlier[1]) / total
            pools.append([mean, total, last[2] + earlier[2]])
    ends = [mean for mean, _, count in pools for _ in range(int(count))]
    return [end + offset for end, offset in zip(ends, before, strict=True)]
