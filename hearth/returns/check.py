"""Checking a return, whoever holds it: the one way in for the command, the page and other tools."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import BinaryIO

import numpy as np

from hearth.returns.checking.census import Census
from hearth.returns.checking.census_file import read_census
from hearth.returns.checking.census_rows import PlainRows, census_of
from hearth.returns.checking.looked_after import LAST, LookedAfter, year_end
from hearth.returns.checking.looked_after_files import Files, read_files, read_folder
from hearth.returns.checking.looked_after_rows import looked_after_of
from hearth.returns.checking.outside import Listing, Outside, listing_in
from hearth.returns.checking.plain_xml import CannotRead
from hearth.returns.checking.rule import Rule, RuleBook
from hearth.returns.checking.run import Finding, Report, run
from hearth.returns.rules.books import CIN, SSDA903

__all__ = [
    "CannotRead",
    "Files",
    "Finding",
    "Listing",
    "Outside",
    "Report",
    "census_year",
    "check_census",
    "check_tables",
    "listing_in",
    "looked_after_in",
    "read_census",
    "read_files",
    "read_folder",
    "report_on_census",
    "report_on_looked_after",
    "year_of",
    "year_shown",
]

Plain = Mapping[str, PlainRows]


def check_tables(
    name: str,
    tables: Plain,
    *,
    rules: Iterable[str] | None = None,
    collection_end: date | None = None,
    previous: Plain | None = None,
    outside: Outside | None = None,
) -> list[Finding]:
    """What the rules of a return find in tables that another tool holds.

    `name` is "cin" or "ssda903". `tables` maps each table's published name to its rows, each a
    dictionary of text or None; a table or a column that is absent was not supplied, and a rule that
    needs it is not run. `rules` picks rules by code. `collection_end` is the last day of the
    return's year, and is read from a census's own header; `previous` is the tables of the year
    before, for the SSDA903, and `outside` what is known besides: the authority's own code, Ofsted's
    list and where postcodes are. Raises CannotRead for a return, table or rule that there is none
    of.
    """
    return [*report_on_tables(name, tables, rules, collection_end, previous, outside).findings]


def report_on_tables(
    name: str,
    tables: Plain,
    rules: Iterable[str] | None = None,
    collection_end: date | None = None,
    previous: Plain | None = None,
    outside: Outside | None = None,
) -> Report:
    """As `check_tables`, with the rules that were not run, and why."""
    if name == "cin":
        return report_on_census(census_of(tables), rules=rules)
    if name == "ssda903":
        ends = np.datetime64(collection_end, "D") if collection_end else None
        given = looked_after_of(tables, ends, previous, outside)
        return report_on_looked_after(given, rules=rules)
    raise CannotRead(f"There are no rules for a return called {name}: there are cin and ssda903")


def report_on_looked_after(
    given: LookedAfter,
    *,
    rules: Iterable[str] | None = None,
    told: Callable[[int, int], None] = lambda _done, _all: None,
    taken: Callable[[list[Finding]], None] | None = None,
) -> Report:
    """What the rules of its year find in an SSDA903 return.

    Raises CannotRead when nobody has said what year it is of and the return does not show it.
    """
    if np.isnat(given.ends):
        raise CannotRead(
            "The return does not show what year it is of: say the last day of its collection year"
        )
    return run(picked(SSDA903, year_of(given.ends), rules), given, told, taken)


def year_of(day: np.datetime64) -> int:
    """The year a day is in."""
    return int(day.astype("datetime64[Y]").astype(int)) + 1970


def year_shown(files: Files) -> int | None:
    """The year that an SSDA903 return is of, by the March it ends in; none where it shows none."""
    ends = year_end(files.tables)
    return None if np.isnat(ends) else year_of(ends)


def report_on_census(
    census: Census,
    *,
    year: int | None = None,
    rules: Iterable[str] | None = None,
    told: Callable[[int, int], None] = lambda _done, _all: None,
    taken: Callable[[list[Finding]], None] | None = None,
) -> Report:
    """What the rules of its year find in a census; `told` hears how many of them are done.

    What is found is given to `taken`, where there is one, instead of to the report.
    """
    chosen = picked(CIN, year or census_year(census), rules)
    return run(chosen, census, told, taken)


def census_year(census: Census) -> int:
    """The year of the census by its own header; the newest known where it does not say."""
    if np.isnat(census.ends):
        return CIN.last
    return year_of(census.ends)


def picked(book: RuleBook, year: int, codes: Iterable[str] | None) -> list[Rule]:
    """The rules of a year, or those asked for. Raises CannotRead where there is no such rule."""
    rules = book.of_year(year)
    if codes is None:
        return rules
    wanted = set(codes)
    if unknown := wanted - {rule.code for rule in rules}:
        raise CannotRead(f"There is no rule {', '.join(sorted(unknown))} in {book.name} {year}")
    return [rule for rule in rules if rule.code in wanted]


def check_census(stream: BinaryIO, *, year: int | None = None) -> Report:
    """What the rules find in a census file. Raises CannotRead when it is not one."""
    return report_on_census(read_census(stream), year=year)


def looked_after_in(
    now: Files,
    before: Files | None = None,
    collection_end: date | None = None,
    outside: Outside | None = None,
) -> LookedAfter:
    """The SSDA903 return in files that have been read, with last year's where they were given."""
    tables = dict(now.tables)
    for name, filled in (before.tables if before else {}).items():
        tables[name + LAST] = replace(filled, called=name + LAST)
    ends = np.datetime64(collection_end, "D") if collection_end else year_end(now.tables)
    return LookedAfter(tables, ends, outside)
