"""What disabilities an invented child has: seldom only one, and of every kind the census counts.

The order is about that of disabled children in need in England: autism and learning far before the
others, then communication and behaviour, and consciousness or hearing least often.
"""

import random
from collections.abc import Mapping

NONE = "NONE"
# Of every hundred disabled children, by the one their worker would name first.
FIRST: Mapping[str, int] = {
    "LD": 30,
    "AUT": 28,
    "BEH": 14,
    "COMM": 12,
    "MOB": 6,
    "HEAR": 3,
    "VIS": 3,
    "CON": 2,
    "DDA": 2,
}
# What else they have, and how often beside the others.
BESIDE: Mapping[str, Mapping[str, int]] = {
    "LD": {"COMM": 9, "BEH": 6, "PC": 5, "INC": 5, "MOB": 4, "HAND": 3, "VIS": 2, "CON": 2},
    "AUT": {"COMM": 9, "LD": 9, "BEH": 8, "INC": 3, "PC": 3, "DDA": 2, "HAND": 1, "HEAR": 1},
    "BEH": {"AUT": 6, "LD": 5, "COMM": 3, "DDA": 3, "CON": 1},
    "COMM": {"LD": 6, "HEAR": 4, "AUT": 4, "BEH": 3, "HAND": 1},
    "MOB": {"HAND": 6, "PC": 6, "INC": 5, "LD": 3, "VIS": 2, "CON": 2},
    "HEAR": {"COMM": 6, "LD": 2, "VIS": 1},
    "VIS": {"LD": 3, "MOB": 3, "HAND": 2, "HEAR": 1},
    "CON": {"LD": 5, "PC": 3, "MOB": 2},
    "DDA": {"PC": 3, "MOB": 2, "BEH": 2},
}
HOW_MANY_MORE, HOW_OFTEN = (0, 1, 2, 3), (28, 34, 24, 14)


def first(chance: random.Random) -> str:
    """The disability that is named first, of a child who has any."""
    return chance.choices(list(FIRST), weights=list(FIRST.values()))[0]


def others(named: str, chance: random.Random, many: int | None = None) -> list[str]:
    """So many more, or as many as chance has it, each once; none of a child who has none."""
    left = dict(BESIDE.get(named, {}))
    if many is None:
        many = chance.choices(HOW_MANY_MORE, weights=HOW_OFTEN)[0]
    found: list[str] = []
    while left and len(found) < many:
        found.append(chance.choices(list(left), weights=list(left.values()))[0])
        del left[found[-1]]
    return found
