"""The return of looked-after children (SSDA903) as its rules see it: tables, this year's and last.

Rows are joined by CHILD, the authority's own identifier, this year and last. A row with no CHILD is
of no child.
"""

from collections.abc import Mapping

import numpy as np

from hearth.returns.checking.census import first_day
from hearth.returns.checking.columns import NEVER, Dates, Mask, british_dates, years_after
from hearth.returns.checking.outside import Outside
from hearth.returns.checking.postcodes import Postcodes, asked_about, find, worked_out
from hearth.returns.checking.providers import Providers
from hearth.returns.checking.tables import Filled, Rows, Table

CHILD = "Child"
# A year outside these is a slip of the pen, and says nothing of what year the return is of.
EARLIEST, LATEST = np.datetime64("1991-10-14"), np.datetime64("2100-01-01")
LAST = "_last"
# Each table and its columns, in the order they are published.
LAYOUT: dict[str, tuple[str, ...]] = {
    "Header": ("CHILD", "SEX", "DOB", "ETHNIC", "UPN", "MOTHER", "MC_DOB"),
    "Episodes": (
        *("CHILD", "DECOM", "RNE", "LS", "CIN", "PLACE", "PLACE_PROVIDER", "DEC", "REC"),
        *("REASON_PLACE_CHANGE", "HOME_POST", "PL_POST", "URN"),
    ),
    "Reviews": ("CHILD", "DOB", "REVIEW", "REVIEW_CODE"),
    "UASC": ("CHILD", "SEX", "DOB", "DUC"),
    "OC2": (
        *("CHILD", "DOB", "SDQ_SCORE", "SDQ_REASON", "CONVICTED", "HEALTH_CHECK", "IMMUNISATIONS"),
        *("TEETH_CHECK", "HEALTH_ASSESSMENT", "SUBSTANCE_MISUSE", "INTERVENTION_RECEIVED"),
        "INTERVENTION_OFFERED",
    ),
    "OC3": ("CHILD", "DOB", "IN_TOUCH", "ACTIV", "ACCOM"),
    "AD1": (
        *("CHILD", "DOB", "DATE_INT", "DATE_MATCH", "FOSTER_CARE", "NB_ADOPTR", "SEX_ADOPTR"),
        "LS_ADOPTR",
    ),
    "PlacedAdoption": ("CHILD", "DOB", "DATE_PLACED", "DATE_PLACED_CEASED", "REASON_PLACED_CEASED"),
    "PrevPerm": ("CHILD", "DOB", "PREV_PERM", "LA_PERM", "DATE_PERM"),
    "Missing": ("CHILD", "DOB", "MISSING", "MIS_START", "MIS_END"),
    "SWEpisodes": ("CHILD", "DOB", "SW_ID", "SW_DECOM", "SW_DEC", "SW_REASON"),
    "DoLo": ("CHILD", "DOB", "DOLO_START", "DOLO_END"),
}
# Worked out from postcodes, or given: read where they stand, and never asked for.
DERIVED = {
    "Episodes": ("PL_LA", "PL_LOCATION", "PL_DISTANCE"),
    "Header": ("UASC",),
}
_WHOSE = "It needs the code of the authority that makes the return"
_EPISODES = ("Episodes", "Episodes" + LAST)


class LookedAfter:
    """An SSDA903 return: each table by its name, as all of its rows, and the collection year.

    `starts` and `ends` are the first and last day of the year. Last year's tables are named with
    `_last`; a table that was not supplied is empty. `authority`, `providers` and `postcodes` are
    what is known from outside the return, if it is.
    """

    authority: str
    providers: Providers
    postcodes: Postcodes | None = None

    Header: Rows
    Episodes: Rows
    Reviews: Rows
    UASC: Rows
    OC2: Rows
    OC3: Rows
    AD1: Rows
    PlacedAdoption: Rows
    PrevPerm: Rows
    Missing: Rows
    SWEpisodes: Rows
    DoLo: Rows
    Header_last: Rows
    Episodes_last: Rows
    Reviews_last: Rows
    UASC_last: Rows
    OC2_last: Rows
    OC3_last: Rows
    AD1_last: Rows
    PlacedAdoption_last: Rows
    PrevPerm_last: Rows
    Missing_last: Rows
    SWEpisodes_last: Rows
    DoLo_last: Rows

    def __init__(
        self, filled: Mapping[str, Filled], ends: np.datetime64, outside: Outside | None = None
    ) -> None:
        """`filled` is by name, last year's with `_last`; a name that is not there was not given."""
        self.ends, self.starts = ends, first_day(ends)
        filled = self._with_outside(filled, outside or Outside())
        names = [name + year for year in ("", LAST) for name in LAYOUT]
        absent = Filled(supplied=False)
        self.tables = {name: filled.get(name, absent).table(name, british_dates) for name in names}
        self._join()
        for name, table in self.tables.items():
            setattr(self, name, table.rows)

    def _with_outside(self, filled: Mapping[str, Filled], outside: Outside) -> dict[str, Filled]:
        """Take in what is known from outside, and work out from it where each placement is."""
        episodes = {name: filled[name] for name in _EPISODES if name in filled}
        self.authority = outside.authority
        self.providers = Providers()
        if outside.providers is not None:
            listing = outside.listing("The list of providers", outside.providers)
            self.providers = Providers.of(listing)
        if outside.postcodes is not None:
            wanted = asked_about(episodes.values())
            wanted |= self.providers.postcodes()
            listing = outside.listing("The list of postcodes", outside.postcodes)
            self.postcodes = find(listing, wanted, self.authority, outside.told)
            if "POSTCODE" in self.providers.columns and "LA" not in self.providers.columns:
                self.providers.infer_areas(self.postcodes.area_of)
        for name, table in episodes.items():
            episodes[name] = worked_out(table, self.postcodes, self.authority)
        return {**filled, **episodes}

    def _join(self) -> None:
        """Let every row be asked for its child's first row of any other table."""
        ids = [table.text("CHILD")[:-1] for table in self.tables.values()]
        known, numbers = np.unique(np.concatenate(ids), return_inverse=True)
        nobody = int(np.searchsorted(known, b"")) if len(known) and known[0] == b"" else -1
        child = Table(CHILD, len(known), {}, british_dates)
        self.children = child.rows
        at = 0
        for table in self.tables.values():
            places = numbers[at : at + table.count].astype(np.intp)
            at += table.count
            table.belongs(child, np.where(places == nobody, -1, places) if nobody >= 0 else places)
        for of in self.tables.values():
            firsts = np.full(child.count + 1, -1, dtype=np.intp)
            mine = of.parents[CHILD][1]
            firsts[mine[::-1]] = np.arange(of.count)[::-1]
            firsts[-1] = -1
            for table in self.tables.values():
                table.parents[of.name] = (of, firsts[table.parents[CHILD][1]])

    def in_year(self, dates: Dates) -> Mask:
        """Where a day is in the collection year, its first and last day included."""
        return (dates >= self.starts) & (dates <= self.ends)

    def child_of(self, rows: Rows) -> list[str | None]:
        """The CHILD each row is about."""
        return [rows.table.value("CHILD", row) for row in rows.places.tolist()]

    def known(self, outside: str) -> str:
        """Why knowledge from outside the return is not there."""
        if outside.startswith("provider"):
            return self._listed(outside)
        if outside.startswith("unaccompanied"):
            year = outside.removeprefix("unaccompanied")
            flagged = "UASC" in self.tables[f"Header{year}"].columns
            there = flagged or self.tables[f"UASC{year}"].supplied
            return "" if there else f"There is no UASC{year} to say who came unaccompanied"
        given = self.tables["Episodes"].columns.keys() & DERIVED["Episodes"]
        is_there, reason = {
            "postcodes": (bool(given), "It needs where each postcode is, which was not supplied"),
            "location": ("PL_LOCATION" in given, _WHOSE),
            "authority": (bool(self.authority), _WHOSE),
        }[outside]
        return "" if is_there else reason

    def _listed(self, outside: str) -> str:
        """Why Ofsted's list, or a column of it, is not there."""
        if not self.providers:
            return "It needs Ofsted's list of providers, which was not supplied"
        column = outside.partition(".")[2]
        if column and column not in self.providers.columns:
            return f"The list of providers has no {column}"
        return ""

    def year_before(self) -> np.datetime64:
        """The last day of the year before."""
        last: np.datetime64 = years_after(np.array([self.ends]), -1)[0]
        return last


def year_end(tables: Mapping[str, Filled]) -> np.datetime64:
    """The end of the collection year, where nobody has said: the year that most reviews were in.

    Reviews and episodes that ceased are all of the year in a sound return; what an episode began is
    not. Never, when the return holds no such day.
    """
    days = [
        british_dates(tables[name].columns.get(column, np.zeros(1, dtype="S1")))
        for name, column in (("Reviews", "REVIEW"), ("Episodes", "DEC"))
        if name in tables
    ]
    known = np.concatenate([*days, np.array([NEVER])])
    known = known[(known > EARLIEST) & (known < LATEST)]
    if not len(known):
        return NEVER
    # Nine months on, 1 April to 31 March is a year by itself.
    years = (known.astype("datetime64[M]") + 9).astype("datetime64[Y]")
    each, counts = np.unique(years, return_counts=True)
    april = each[np.argmax(counts)].astype("datetime64[M]") + 3
    last: np.datetime64 = april.astype("datetime64[D]") - 1
    return last
