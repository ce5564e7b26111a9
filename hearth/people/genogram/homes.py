"""The line round those who live together: the outline of the boxes they stand in."""

import itertools
from collections.abc import Sequence

Box = tuple[float, float, float, float]


def outlines(boxes: Sequence[Box], *, gap: float) -> tuple[str, tuple[float, float]]:
    """The outline of some boxes as an SVG path, and the lower left corner of the lowest.

    Boxes next to each other in a row are one, and so are those of rows next to each other where one
    stands under the other.
    """
    joined = [*_in_rows(boxes, gap), *_between(_in_rows(boxes, gap))]
    xs = sorted({edge for box in joined for edge in (box[0], box[2])})
    ys = sorted({edge for box in joined for edge in (box[1], box[3])})
    inside = {
        (i, j)
        for i, (x, right) in enumerate(itertools.pairwise(xs))
        for j, (y, below) in enumerate(itertools.pairwise(ys))
        if any(b[0] <= x and right <= b[2] and b[1] <= y and below <= b[3] for b in joined)
    }
    lowest = max(boxes, key=lambda box: (box[3], -box[0]))
    return "".join(_edges(xs, ys, inside)), (lowest[0], lowest[3])


def _in_rows(boxes: Sequence[Box], gap: float) -> list[Box]:
    """Boxes of one row with nobody between them, as one."""
    found: list[Box] = []
    for box in sorted(boxes, key=lambda box: (box[1], box[0])):
        last = found[-1] if found else None
        if last and last[1] == box[1] and box[0] - last[2] < gap / 2:
            found[-1] = (last[0], last[1], box[2], box[3])
        else:
            found.append(box)
    return found


def _between(rows: Sequence[Box]) -> list[Box]:
    """What joins a box to the one it stands over, in the next row down."""
    tops = sorted({box[1] for box in rows})
    found = []
    for top, below in itertools.pairwise(tops):
        for upper in (box for box in rows if box[1] == top):
            for lower in (box for box in rows if box[1] == below):
                left, right = max(upper[0], lower[0]), min(upper[2], lower[2])
                if left < right:
                    found.append((left, upper[3], right, lower[1]))
    return found


def _edges(xs: Sequence[float], ys: Sequence[float], inside: set[tuple[int, int]]) -> list[str]:
    """The sides of the cells within that have nothing within beyond them."""
    lines = []
    for i, j in sorted(inside):
        left, right, top, bottom = xs[i], xs[i + 1], ys[j], ys[j + 1]
        if (i, j - 1) not in inside:
            lines.append(f"M{left:.0f} {top:.0f}H{right:.0f}")
        if (i, j + 1) not in inside:
            lines.append(f"M{left:.0f} {bottom:.0f}H{right:.0f}")
        if (i - 1, j) not in inside:
            lines.append(f"M{left:.0f} {top:.0f}V{bottom:.0f}")
        if (i + 1, j) not in inside:
            lines.append(f"M{right:.0f} {top:.0f}V{bottom:.0f}")
    return lines
