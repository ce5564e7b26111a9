"""Run by itself: read a return and do nothing with it, as the least that checking it could cost.

`xml FILE` parses the file; `columns FOLDER...` reads CSV files into columns, and `frames FOLDER...`
into data frames, where the Python that runs this has pandas.
"""

import csv
import importlib
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any


def xml(file: str) -> object:
    """The whole file as a tree."""
    return importlib.import_module("lxml.etree").parse(file)


def columns(*folders: str) -> list[list[tuple[str, ...]]]:
    """Every table of the folders, each as its columns of text."""
    return [_columns(path) for folder in folders for path in sorted(Path(folder).glob("*.csv"))]


def _columns(path: Path) -> list[tuple[str, ...]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(zip(*csv.reader(file), strict=True))


def frames(*folders: str) -> list[Any]:
    """Every table of the folders, each as a frame of text."""
    pandas = importlib.import_module("pandas")
    return [
        pandas.read_csv(path, dtype=str)
        for folder in folders
        for path in sorted(Path(folder).glob("*.csv"))
    ]


WAYS: dict[str, Callable[..., object]] = {"xml": xml, "columns": columns, "frames": frames}

if __name__ == "__main__":
    WAYS[sys.argv[1]](*sys.argv[2:])
