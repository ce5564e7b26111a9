"""Reading a return that was given to Hearth, and asking its rules.

Whatever was given goes as soon as it has been read: before the first rule is asked.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from hearth.returns import check, kept
from hearth.returns.checking.looked_after import LookedAfter
from hearth.returns.checking.looked_after_files import Files
from hearth.returns.checking.rule import RuleBook
from hearth.returns.checking.run import Finding, Report
from hearth.returns.models import CheckedReturn, Collection
from hearth.returns.rules.books import CIN, SSDA903

Taken = Callable[[list[Finding]], None]
Told = Callable[[int, int], None]
About = dict[str, object]
Named = list[tuple[str, Path]]


class NoYear(Exception):
    """The return does not show what year it is of, and nobody has said."""


def ask(checked: CheckedReturn, taken: Taken, told: Told) -> tuple[Report, About]:
    """What the rules say of the return, and what is to be known of it besides.

    Raises CannotRead where it cannot be used, and NoYear where its year must be asked for first;
    only then are its files left where they are.
    """
    try:
        given = kept.taken_from(checked.file)
    except FileNotFoundError:
        raise check.CannotRead("The files are no longer here. Choose them again") from None
    of = _of_census if checked.collection == Collection.CIN else _of_looked_after
    report, about = of(checked, given, taken, told)
    lists = [name for name, _ in (*given.providers, *given.postcodes)]
    names = {"files": _names(given.now), "previous": _names(given.before), "lists": lists}
    return report, names | about


def _names(files: Named) -> list[str]:
    return [name for name, _ in files]


def _of_census(
    checked: CheckedReturn, given: kept.Incoming, taken: Taken, told: Told
) -> tuple[Report, About]:
    [(name, path)] = given.now
    with _said_of(f"{name}: "), path.open("rb") as stream:
        census = check.read_census(stream)
    kept.remove_incoming(checked.file)
    year = checked.asked_year or check.census_year(census)
    report = check.report_on_census(census, year=year, told=told, taken=taken)
    rows, notices = len(census.children), list(_other_rules(CIN, year))
    return report, {"year": year, "rows": rows, "notices": notices}


def _of_looked_after(
    checked: CheckedReturn, given: kept.Incoming, taken: Taken, told: Told
) -> tuple[Report, About]:
    now, before = _read(given.now), None
    if given.before:
        with _said_of("Last year's files: "):
            before = _read(given.before)
    year = checked.asked_year or check.year_shown(now)
    if year is None:
        raise NoYear
    looked_after = _with_lists(given, now, before, year)
    kept.remove_incoming(checked.file)
    report = check.report_on_looked_after(looked_after, told=told, taken=taken)
    last = before.notices if before else []
    notices = [*now.notices, *(f"Last year's: {notice}" for notice in last)]
    notices += _other_rules(SSDA903, year)
    return report, {"year": year, "rows": len(looked_after.children), "notices": notices}


def _read(files: Named) -> Files:
    return check.read_files((name, path.open("rb")) for name, path in files)


def _with_lists(given: kept.Incoming, now: Files, before: Files | None, year: int) -> LookedAfter:
    """The return, with what the lists that were given say of it."""
    with _listed(given.providers) as providers, _listed(given.postcodes) as postcodes:
        outside = check.Outside(given.authority.strip(), providers, postcodes)
        return check.looked_after_in(now, before, date(year, 3, 31), outside)


@contextmanager
def _listed(files: Named) -> Iterator[check.Listing | None]:
    name, path = files[0] if files else ("", None)
    with check.listing_in(path, name) as listing:
        yield listing


@contextmanager
def _said_of(what: str) -> Iterator[None]:
    """Say which files could not be read, in whatever is said of them within this."""
    try:
        yield
    except check.CannotRead as fault:
        raise check.CannotRead(f"{what}{fault}") from None


def _other_rules(book: RuleBook, year: int) -> Iterator[str]:
    """What is to be said where the rules of the return's own year are not known."""
    if (nearest := book.nearest(year)) != year:
        yield f"The rules of {year} are not known, so those of {nearest} were asked"
