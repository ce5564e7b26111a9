"""The sentences, read from text files beside this module, so that anybody can improve them.

A line is a sentence or a short paragraph; `[name]` begins a list; a hyphen alone is nothing
written; what is in braces is a fact of the family. Parts of one line are set apart by ` | `.
"""

from pathlib import Path

HERE = Path(__file__).parent
Sentences = tuple[str, ...]


def read(name: str) -> dict[str, Sentences]:
    """Every list of a file, by its name."""
    lists: dict[str, list[str]] = {}
    current: list[str] = []
    for line in (HERE / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            current = lists.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            current.append("" if line == "-" else line)
    return {key: tuple(lines) for key, lines in lists.items()}


def in_parts(sentences: Sentences) -> list[tuple[str, ...]]:
    """Lines that are set apart into parts."""
    return [tuple(line.split(" | ")) for line in sentences]


WORK = read("work")
CHILDREN = read("children")
PROTECTION = read("protection")
