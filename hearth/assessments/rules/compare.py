"""Two versions of the same words set side by side, with what was taken out and put in marked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hearth.lib.marking import SAME, Piece, marked


@dataclass(frozen=True, slots=True)
class Difference:
    """One answer as it was and as it is."""

    section: str
    who: str
    label: str
    before: list[Piece]
    after: list[Piece]

    @property
    def changed(self) -> bool:
        """Whether anything in it is different."""
        return any(piece.kind != SAME for piece in (*self.before, *self.after))


def compare(
    before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]
) -> list[Difference]:
    """Every answer of two versions, in the order of the later one, those since taken out last."""
    old, new = dict(_answers(before)), dict(_answers(after))
    keys = [*new, *(key for key in old if key not in new)]
    return [_difference(old.get(key), new.get(key)) for key in keys]


def _answers(
    sections: Sequence[Mapping[str, Any]],
) -> Iterator[tuple[tuple[str, ...], dict[str, str]]]:
    for section in sections:
        for answer in section["answers"]:
            key = (section["key"], answer["place"], answer["field"])
            yield key, {**answer, "section": section["title"]}


def _difference(old: Mapping[str, str] | None, new: Mapping[str, str] | None) -> Difference:
    known = new or old or {}
    before, after = marked(old["text"] if old else "", new["text"] if new else "")
    return Difference(known["section"], known["who"], known["label"], before, after)
