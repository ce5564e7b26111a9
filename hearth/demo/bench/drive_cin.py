"""Run by itself, in the environment of the sector's validator of the CIN census.

`check FILE YEAR` reads and checks the file as its own command does. `rules FILE YEAR OUT` asks each
rule by itself, of a copy of its own, and writes which rows each finds, or what stopped it.
"""

import copy
import json
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

VALIDATOR = "cin_validator.cin_validator"


def _tables(file: str) -> Any:
    validator = import_module(VALIDATOR)
    root = import_module("xml.etree.ElementTree").parse(file).getroot()
    return validator.process_data(validator.convert_data(root))


def _registry(year: str) -> Any:
    return import_module("cin_validator.rules.ruleset_utils").get_year_ruleset(year)


def check(file: str, year: str) -> None:
    """Everything it does for a user, but for printing."""
    import_module(VALIDATOR).CinValidator(_tables(file), _registry(year))


def rules(file: str, year: str, out: str) -> None:
    """What each rule finds: the table and place of each row, neither for the return as a whole."""
    tables = import_module(VALIDATOR).enum_keys(_tables(file))
    context = import_module("cin_validator.rule_engine").RuleContext
    found = {}
    for code, rule in _registry(year).items():
        asked = context(rule)
        stopped = None
        try:
            rule.func(copy.deepcopy(tables), asked)
        except Exception as error:  # noqa: BLE001 - whatever stops it is what is to be told
            stopped = f"{type(error).__name__}: {error}"
        found[str(code)] = {"rows": sorted(_rows(asked), key=str), "stopped": stopped}
    Path(out).write_text(json.dumps(found), encoding="utf-8")


def _rows(asked: Any) -> set[tuple[str | None, int | None]]:
    found: set[tuple[str | None, int | None]] = {
        (issue.table.name, int(issue.row)) for issue in asked.issues
    }
    for kind in (asked.type1_issues, asked.type2_issues, asked.type3_issues):
        for issue in [kind] if hasattr(kind, "row_df") else kind or []:
            found |= {(issue.table.name, row) for row in _places(issue.row_df)}
    if asked.la_issues:
        found.add((None, None))
    return found


def _places(frame: Any) -> set[int]:
    """Its column of places holds a number or a list of them; what is not itself is no place."""
    column = next(name for name in frame.columns if name.startswith("ROW_ID"))
    each = (value if isinstance(value, list) else [value] for value in frame[column])
    return {int(place) for places in each for place in places if place == place}  # noqa: PLR0124


WAYS: dict[str, Callable[..., object]] = {"check": check, "rules": rules}

if __name__ == "__main__":
    WAYS[sys.argv[1]](*sys.argv[2:])
