"""Short forms and spellings of the same given name: Bob and Robert, Maxamed and Mohammed."""

from collections import defaultdict
from functools import cache
from pathlib import Path

LIST = Path(__file__).parent / "data" / "nicknames.txt"


def groups_of(name: str) -> frozenset[str]:
    """The names this one is a form of, given in plain small letters; none when it has no others."""
    return _groups().get(name, frozenset())


def are_forms_of_one_name(one: str, other: str) -> bool:
    """Whether two names can belong to one person as forms of the same name."""
    return not groups_of(one).isdisjoint(groups_of(other))


@cache
def _groups() -> dict[str, frozenset[str]]:
    heads: defaultdict[str, set[str]] = defaultdict(set)
    for line in LIST.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            names = line.split()
            for name in names:
                heads[name].add(names[0])
    return {name: frozenset(each) for name, each in heads.items()}
