"""The sector's two validators: where they are kept, and where what they find departs from ours."""

import json
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hearth.demo.bench.returns import (
    CENSUS,
    FAULTS,
    LOOKED_AFTER,
    ROOT,
    Made,
    Say,
    Setting,
    aligned,
    checked_by_peer,
    made,
    once,
    validate,
)

if TYPE_CHECKING:
    from hearth.returns.checking.census import Census
    from hearth.returns.checking.looked_after import LookedAfter

PACKAGES = ("csc-validator-be-cin==0.1.13", "csc-validator-be-903==0.1.17")
DOCUMENT = ROOT / "docs" / "returns.md"
SECTIONS = {CENSUS: "### The census", LOOKED_AFTER: "### The looked-after return"}
UNEXPLAINED = "UNEXPLAINED"
_NUMBERED = re.compile(r"([A-Za-z]*)(\d+)([A-Za-z]*)")
Place = tuple[str | None, int | None]
Found = dict[str, set[Place]]


@dataclass(frozen=True, slots=True)
class Difference:
    """A rule that finds other rows there than here."""

    of: str
    rule: str
    only_ours: int
    only_theirs: int
    why: str


def python(folder: Path, say: Say) -> Path | None:
    """The Python of an environment with both, made the first time; none where it cannot be made."""
    place = folder / "bin" / "python"
    if _has_them(place):
        return place
    say(f"Making an environment for {' and '.join(PACKAGES)} in {folder}")
    for command in (
        [sys.executable, "-m", "venv", str(folder)],
        [str(place), "-m", "pip", "install", "--quiet", *PACKAGES],
    ):
        made = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
        if made.returncode:
            say(
                f"The peers are left out, for {' '.join(command[1:4])} failed: {made.stderr[-600:]}"
            )
            return None
    return place


def _has_them(place: Path) -> bool:
    if not place.exists():
        return False
    asked = [str(place), "-c", "import cin_validator, lac_validator"]
    return not subprocess.run(asked, capture_output=True, check=False).returncode  # noqa: S603


def compared(setting: Setting, say: Say) -> list[Difference]:
    """Where they and we find other rows in a return with faults; nothing without them."""
    if setting.peers is None:
        return []
    there = made(setting.folder, min(setting.sizes), FAULTS)
    found = []
    for of in (CENSUS, LOOKED_AFTER):
        say(f"{of} {there.children:,} with faults: rule by rule")
        found += differences(setting.peers, there, of)
    return found


def lines(found: list[Difference]) -> list[str]:
    """Every rule that differs, for people."""
    if not found:
        return ["", "No rule finds other rows here than there"]
    heading = ("return", "rule", "only ours", "only theirs", "")
    rows = [
        (each.of, each.rule, str(each.only_ours), str(each.only_theirs), each.why) for each in found
    ]
    unexplained = sum(UNEXPLAINED in each.why for each in found)
    return ["", *aligned([heading, *rows]), "", f"{unexplained} unexplained"]


def differences(place: Path, there: Made, of: str) -> list[Difference]:
    """Each rule whose rows differ between ours and theirs, and whether it is written why."""
    ours, not_asked = _ours(there, of)
    theirs, stopped = _theirs(place, there, of)
    known = explained(DOCUMENT.read_text(encoding="utf-8"), of)
    shared = _shared(there, of)
    found = []
    for rule in sorted(ours.keys() | theirs.keys() | stopped.keys()):
        mine, yours = ours.get(rule, set()), theirs.get(rule, set())
        if rule in not_asked or (mine == yours and rule not in stopped):
            continue
        why = UNEXPLAINED
        if rule in known:
            why = "explained"
        elif rule not in stopped and mine ^ yours <= shared:
            why = "explained: of children whose identifier is repeated or missing"
        if rule in stopped:
            why = f"{why}; it stopped: {stopped[rule][:60]}"
        found.append(Difference(of, rule, len(mine - yours), len(yours - mine), why))
    return found


def _shared(there: Made, of: str) -> set[Place]:
    """The rows of children whose identifier is not theirs alone, or who have none.

    The page explains these for every rule at once.
    """
    from hearth.returns.check import looked_after_in, read_census, read_folder  # noqa: PLC0415

    given: Census | LookedAfter
    if of == CENSUS:
        with there.census.open("rb") as stream:
            given = read_census(stream)
        listed = given.tables["ChildIdentifiers"]
    else:
        given = looked_after_in(read_folder(there.now), read_folder(there.before))
        listed = given.tables["Header"]
    often = Counter(given.child_of(listed.rows))
    return {
        (name.lower(), row)
        for name, table in given.tables.items()
        for row, child in enumerate(given.child_of(table.rows))
        if not child or often[child] > 1
    }


def _ours(there: Made, of: str) -> tuple[Found, set[str]]:
    said = there.folder / "ours"
    once(validate(there, of, "--format", "jsonl"), said)
    found: Found = defaultdict(set)
    for line in said.read_text(encoding="utf-8").splitlines():
        finding = json.loads(line)
        found[finding["rule"]].add(_place(finding["table"], finding["row"]))
    told = said.with_suffix(".errors").read_text(encoding="utf-8")
    return found, set(re.findall(r"^hearth: (\w+) was not run", told, re.MULTILINE))


def _theirs(place: Path, there: Made, of: str) -> tuple[Found, dict[str, str]]:
    out = there.folder / "theirs.json"
    once([*checked_by_peer(place, there, of, "rules"), str(out)], there.folder / "said")
    answers: Mapping[str, dict[str, object]] = json.loads(out.read_text(encoding="utf-8"))
    found: Found = {}
    stopped: dict[str, str] = {}
    for rule, answer in answers.items():
        rows = answer["rows"]
        found[rule] = {_place(*row) for row in rows} if isinstance(rows, list) else set()
        if answer["stopped"]:
            stopped[rule] = str(answer["stopped"])
    return found, stopped


def _place(table: str | None, row: int | None) -> Place:
    return table and table.lower(), row


def explained(document: str, of: str) -> set[str]:
    """The rules that have a row in the page on returns, of those where this peer departs."""
    section = document.split(SECTIONS[of], 1)[1].split("\n### ", 1)[0]
    named: set[str] = set()
    for line in section.splitlines():
        if line.startswith("| "):
            for words in line.split("|")[1].split(","):
                named |= _spelt_out(words.strip())
    return named


def _spelt_out(words: str) -> set[str]:
    """A code, or every code from one to another: 371 to 374, 503A to 503J."""
    first, _, last = words.partition(" to ")
    one, other = _NUMBERED.fullmatch(first), _NUMBERED.fullmatch(last)
    if one is None or other is None:
        return {first}
    if one[2] == other[2]:
        letters = range(ord(one[3]), ord(other[3]) + 1)
        return {f"{one[1]}{one[2]}{chr(letter)}" for letter in letters}
    width = len(one[2])
    return {f"{one[1]}{n:0{width}}{one[3]}" for n in range(int(one[2]), int(other[2]) + 1)}
