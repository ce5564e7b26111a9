"""The drawing itself: symbols, lines and words as SVG, with nothing a style policy would refuse."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html import escape
from textwrap import wrap

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from hearth.lib.dates import in_words
from hearth.people.family import Family
from hearth.people.genogram.arrange import Arrangement, arrange, drop_of
from hearth.people.genogram.homes import outlines
from hearth.people.genogram.tracks import tracks
from hearth.people.genogram.tree import Couple, Tree, Union, tree_of
from hearth.people.models import Person

STEP, SIZE, MARGIN = 160, 44, 24
HALF = SIZE // 2
LINE, LETTERS = 16, 17
ABOVE, UNDER, TRACK = 44, 26, 14


@dataclass(frozen=True, slots=True)
class Drawing:
    """A family drawn: the SVG, and what it says in words for those who do not see it."""

    svg: SafeString
    words: str
    crossings: int
    tree: Tree


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where each person's symbol stands on the paper."""

    tree: Tree
    arrangement: Arrangement
    tops: list[int]
    height: int
    bars: dict[Union, int]
    labels: dict[int, list[str]]
    # How far the words go down under the symbols of each row.
    under: list[int]

    def x(self, pk: int) -> float:
        """The middle of somebody's symbol, across."""
        return MARGIN + STEP / 2 + self.arrangement.x[pk] * STEP

    def y(self, pk: int) -> int:
        """The middle of somebody's symbol, down."""
        return self.tops[self.arrangement.row_of[pk]] + ABOVE + HALF

    def bottom(self, pk: int) -> int:
        """Under the words of somebody's row."""
        return self.y(pk) + HALF + self.under[self.arrangement.row_of[pk]] - 4

    @property
    def width(self) -> float:
        """How wide the paper is."""
        return 2 * MARGIN + STEP * (1 + max(self.arrangement.x.values(), default=0))

    def drop(self, union: Union) -> float:
        """Where the line to the children leaves the parents, across."""
        return MARGIN + STEP / 2 + drop_of(self.tree, union, self.arrangement.x) * STEP


def draw(family: Family, *, today: date) -> Drawing:
    """A family as a genogram, with a table of the same beside it on the page."""
    tree = tree_of(family)
    sheet = _sheet(tree, {pk: _label(tree, person, today) for pk, person in tree.people.items()})
    parts = [
        *_homes(sheet),
        *(_couple(sheet, couple) for couple in tree.couples),
        *(line for union in tree.unions for line in _hung(sheet, union)),
        *(_person(sheet, person) for person in tree.people.values()),
    ]
    words = _in_words(tree)
    svg = format_html(
        '<svg class="hearth-genogram" xmlns="http://www.w3.org/2000/svg" role="img"'
        ' aria-labelledby="genogram-title genogram-words" width="{w}" height="{h}"'
        ' viewBox="0 0 {w} {h}"><title id="genogram-title">{title}</title>'
        '<desc id="genogram-words">{words}</desc>{parts}</svg>',
        w=round(sheet.width),
        h=sheet.height,
        title=f"Family of {family.child.name}",
        words=words,
        parts=mark_safe("".join(parts)),  # noqa: S308 - each part escapes what it is given
    )
    return Drawing(svg, words, sheet.arrangement.crossings, tree)


def _sheet(tree: Tree, labels: dict[int, list[str]]) -> Sheet:
    """The paper, each row as high as its words, and the lines to its children, need."""
    arrangement = arrange(tree)
    level = tracks(tree, arrangement)
    row_of = arrangement.row_of
    needed: defaultdict[int, int] = defaultdict(int)
    for union, track in level.items():
        row = row_of[union.children[0]]
        needed[row] = max(needed[row], track + 1)
    under = [UNDER + LINE * max(len(labels[pk]) for pk in line) for line in arrangement.rows]
    tops, top = [], MARGIN - ABOVE // 2
    for row, depth in enumerate(under):
        top += TRACK * needed[row]
        tops.append(top)
        top += ABOVE + SIZE + depth
    bars = {
        union: tops[row_of[union.children[0]]]
        + 12
        - TRACK * (needed[row_of[union.children[0]]] - 1 - track)
        for union, track in level.items()
    }
    return Sheet(tree, arrangement, tops, top + MARGIN, bars, labels, under)


def _homes(sheet: Sheet) -> Iterator[str]:
    """A dashed line round those who live together."""
    for number, (name, people) in enumerate(sheet.tree.homes):
        boxes = [
            (
                sheet.x(pk) - 74,
                sheet.y(pk) - HALF - 12,
                sheet.x(pk) + 74,
                sheet.bottom(pk),
            )
            for pk in people
        ]
        path, corner = outlines(boxes, gap=STEP)
        dash = ("7 5", "2 4", "12 4")[number % 3]
        yield (
            f'<path class="hearth-genogram__home" d="{path}" fill="none" stroke="#505a5f"'
            f' stroke-width="2" stroke-dasharray="{dash}"/>'
        )
        yield _text(corner[0] + 6, corner[1] - 5, name, anchor="start", home=True)


def _couple(sheet: Sheet, couple: Couple) -> str:
    """The line between two partners; over the heads of those who stand between them."""
    one, other = sorted(couple.ends, key=sheet.x)
    left, right, y = sheet.x(one) + HALF, sheet.x(other) - HALF, sheet.y(one)
    dash = {"parents": ' stroke-dasharray="8 4"', "believed": ' stroke-dasharray="2 4"'}
    style = f'fill="none" stroke="#0b0c0c" stroke-width="2"{dash.get(couple.state, "")}'
    if sheet.x(other) - sheet.x(one) > STEP + 1:
        over = y - HALF - 8
        path = f"M{left - 8:.0f} {y - HALF}V{over}H{right + 8:.0f}V{y - HALF}"
    else:
        path = f"M{left:.0f} {y}H{right:.0f}"
    slashes = ""
    if couple.state == "ended":
        at = left + 14
        slashes = f'<path {style} d="M{at:.0f} {y + 9}l8 -18m4 18l8 -18"/>'
    return f'<path class="hearth-genogram__couple" {style} d="{path}"/>{slashes}'


def _hung(sheet: Sheet, union: Union) -> Iterator[str]:
    """The lines from parents down to their children."""
    drop, bar = sheet.drop(union), sheet.bars[union]
    dash = {"care": ' stroke-dasharray="3 4"', "adoptive": ' stroke-dasharray="9 3 2 3"'}
    dash["believed"] = ' stroke-dasharray="2 4"'
    parents = [pk for pk in union.parents if pk in sheet.tree.people]
    steps = []
    if len(parents) == 1:
        at, y = sheet.x(parents[0]), sheet.y(parents[0])
        steps.append(f"M{at + (HALF if drop > at else -HALF):.0f} {y}H{drop:.0f}V{bar}")
    elif parents:
        apart = abs(sheet.x(parents[0]) - sheet.x(parents[1])) > STEP + 1
        start = sheet.y(parents[0]) - (HALF + 8 if apart else 0)
        steps.append(f"M{drop:.0f} {start}V{bar}")
    ends = [drop, *(sheet.x(child) for child in union.children)]
    steps.append(f"M{min(ends):.0f} {bar}H{max(ends):.0f}")
    steps += [f"M{sheet.x(child):.0f} {bar}V{sheet.y(child) - HALF}" for child in union.children]
    yield (
        f'<path class="hearth-genogram__children" d="{"".join(steps)}" fill="none"'
        f' stroke="#0b0c0c" stroke-width="2"{dash.get(union.kind, "")}/>'
    )


def _label(tree: Tree, person: Person, today: date) -> list[str]:
    """What stands under somebody's symbol."""
    names = wrap(person.name, LETTERS)[:2] or [person.name[:LETTERS]]
    said = wrap(tree.unlinked.get(person.pk, ""), LETTERS)[:2]
    return list(filter(None, [*names, _born(person, today), *said]))


def _person(sheet: Sheet, person: Person) -> str:
    """Somebody's symbol, with their name and age under it."""
    x, y = sheet.x(person.pk), sheet.y(person.pk)
    focus = person.pk == sheet.tree.focus
    parts = [_symbol(person, x, y, HALF)]
    if focus:
        parts.append(_symbol(person, x, y, HALF - 5))
    if person.died_on or person.pregnancy_ended_on:
        parts.append(
            f'<path d="M{x - HALF:.0f} {y - HALF}l{SIZE} {SIZE}m0 -{SIZE}l-{SIZE} {SIZE}"'
            ' stroke="#0b0c0c" stroke-width="2"/>'
        )
    for number, line in enumerate(sheet.labels[person.pk]):
        parts.append(_text(x, y + HALF + LINE * (number + 1), line, bold=focus and number == 0))
    return f'<g class="hearth-genogram__one">{"".join(parts)}</g>'


def _symbol(person: Person, x: float, y: int, half: int) -> str:
    """Square, circle, diamond or triangle."""
    look = 'fill="#fff" stroke="#0b0c0c" stroke-width="2"'
    if person.is_unborn:
        return f'<path {look} d="M{x:.0f} {y - half}l{half} {2 * half}h-{2 * half}z"/>'
    if person.sex == "M":
        return (
            f'<rect {look} x="{x - half:.0f}" y="{y - half}" width="{2 * half}"'
            f' height="{2 * half}"/>'
        )
    if person.sex == "F":
        return f'<circle {look} cx="{x:.0f}" cy="{y}" r="{half}"/>'
    return f'<path {look} d="M{x:.0f} {y - half}l{half} {half}l-{half} {half}l-{half} -{half}z"/>'


def _born(person: Person, today: date) -> str:
    if person.died_on:
        return f"died {person.died_on.year}"
    if person.is_unborn and person.born_on and not person.pregnancy_ended_on:
        return f"due {in_words(person.born_on)}"
    return person.age_in_words(today)


def _text(
    x: float,
    y: float,
    words: str,
    *,
    anchor: str = "middle",
    bold: bool = False,
    home: bool = False,
) -> str:
    weight = ' font-weight="700"' if bold else ""
    halo = ' stroke="#fff" stroke-width="4" paint-order="stroke"'
    colour = "#505a5f" if home else "#0b0c0c"
    return (
        f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}" font-family="arial, sans-serif"'
        f' font-size="14" fill="{colour}"{weight}{halo}>{escape(words)}</text>'
    )


def _in_words(tree: Tree) -> str:
    """The same as the lines, in sentences."""
    name = {pk: person.name for pk, person in tree.people.items()}
    said = []
    for union in tree.unions:
        parents = " and ".join(name[pk] for pk in union.parents if pk in name)
        children = ", ".join(name[pk] for pk in union.children)
        lead = _CHILDREN[union.kind].format(parents) if parents else "Brothers and sisters"
        said.append(f"{lead}: {children}.")
    for couple in tree.couples:
        one, other = (name[pk] for pk in couple.ends)
        if couple.state in _COUPLES:
            said.append(f"{one} and {other} {_COUPLES[couple.state]}.")
    said += [f"{home}: {', '.join(name[pk] for pk in sorted(ids))}." for home, ids in tree.homes]
    return " ".join(said) or "Nobody else is on record."


_CHILDREN = {
    "birth": "Children of {}",
    "adoptive": "Adopted by {}",
    "believed": "Believed to be children of {}",
    "care": "Cared for by {}",
}
_COUPLES = {"together": "are partners", "ended": "were partners"}
