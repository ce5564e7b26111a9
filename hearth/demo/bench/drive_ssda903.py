"""Run by itself, in the environment of the sector's validator of the looked-after return.

`check FOLDER PREVIOUS YEAR` reads and checks a year's files and the year before's. `rules FOLDER
PREVIOUS YEAR OUT` asks each rule by itself, of a copy of its own (one of its rules writes in the
table that the rest read), and writes which rows each finds, or what stopped it.
"""

import json
import logging
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

# The authority that makes the return, which it must be told; no rule compared here reads it.
AUTHORITY = "E09000027"


def _files(folder: str, previous: str) -> list[dict[str, Any]]:
    return [
        {"name": path.name, "description": year, "file_content": path.read_bytes()}
        for year, where in (("This year", folder), ("Prev year", previous))
        for path in sorted(Path(where).glob("*.csv"))
    ]


def _registry(year: str) -> Any:
    return import_module("lac_validator.rules.ruleset_utils").get_year_ruleset(year)


def check(folder: str, previous: str, year: str) -> None:
    """Reading the files and asking every rule; its report is not made."""
    import_module("lac_validator.lac_validator").LacValidator(
        {"collectionYear": year, "localAuthority": AUTHORITY},
        _files(folder, previous),
        _registry(year),
    )


def rules(folder: str, previous: str, year: str, out: str) -> None:
    """What each rule finds: the table and place of each row."""
    store = import_module("lac_validator.datastore")
    read = import_module("lac_validator.ingress").read_from_text
    tables, said = read(raw_files=_files(folder, previous))
    about = {"collectionYear": year, "localAuthority": AUTHORITY, **said}
    given = store.create_datastore(tables, about)
    found = {}
    for code, rule in _registry(year).items():
        mine = {n: dict(t) if n == "metadata" else t.copy() for n, t in given.items()}
        rows, stopped = [], None
        try:
            answer = rule.func(mine)
        except Exception as error:  # noqa: BLE001 - whatever stops it is what is to be told
            stopped = f"{type(error).__name__}: {error}"
        else:
            rows = sorted({(name, int(row)) for name in answer for row in _real(answer[name])})
        found[str(code)] = {"rows": rows, "stopped": stopped}
    Path(out).write_text(json.dumps(found), encoding="utf-8")


def _real(places: Any) -> list[Any]:
    """Without those that are no place, which are not equal to themselves."""
    return [place for place in places if place == place]  # noqa: PLR0124


WAYS: dict[str, Callable[..., object]] = {"check": check, "rules": rules}

if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    WAYS[sys.argv[1]](*sys.argv[2:])
