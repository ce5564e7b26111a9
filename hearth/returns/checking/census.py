"""A CIN census as its rules see it: tables, and which child and episode every row is of.

A file says by its shape what everything is of (`census_file`). Plain rows given by another tool say
it by LAchildID and CINdetailsID, and by AssessmentID and CPPID (`census_rows`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import MINYEAR, date

import numpy as np

from hearth.returns.checking.columns import NEVER, Dates, Mask, iso_dates
from hearth.returns.checking.tables import Filled, Rows, Table

# What rows are gathered by, each within the one before: an assessment and a plan are of an episode.
CHILD, EPISODE, ASSESSMENT, PLAN = "Child", "Episode", "Assessment", "Plan"
ABOVE = {CHILD: (), EPISODE: (CHILD,), ASSESSMENT: (EPISODE, CHILD), PLAN: (EPISODE, CHILD)}
# The group that says most of each.
SPOKEN_FOR = {
    CHILD: ("ChildIdentifiers", "ChildCharacteristics"),
    EPISODE: ("CINdetails",),
    ASSESSMENT: ("Assessments",),
    PLAN: ("ChildProtectionPlans",),
}


@dataclass(frozen=True, slots=True)
class Group:
    """A group of the return: what it is of, and its columns.

    `wrappers` may stand between its element and its fields. One that is itself a value, repeated,
    is its `element`, and has one column.
    """

    name: str
    of: str
    columns: tuple[str, ...]
    wrappers: tuple[str, ...] = ()
    element: str = ""
    other_names: tuple[str, ...] = ()

    @property
    def tag(self) -> str:
        """The name of its element."""
        return self.element or self.name


GROUPS = (
    Group(
        "Header",
        "",
        (
            *("Collection", "Year", "ReferenceDate", "SourceLevel", "LEA", "SoftwareCode"),
            *("Release", "SerialNo", "DateTime"),
        ),
        ("CollectionDetails", "Source"),
    ),
    Group(
        "ChildIdentifiers",
        CHILD,
        (
            *("LAchildID", "UPN", "FormerUPN", "UPNunknown", "PersonBirthDate"),
            *("ExpectedPersonBirthDate", "Sex", "PersonDeathDate"),
        ),
    ),
    Group("ChildCharacteristics", CHILD, ("Ethnicity",)),
    Group("Disabilities", CHILD, ("Disability",), ("Disabilities",), "Disability"),
    Group(
        "CINdetails",
        EPISODE,
        (
            *("CINreferralDate", "ReferralSource", "PrimaryNeedCode", "CINclosureDate"),
            *("ReasonForClosure", "DateOfInitialCPC", "ReferralNFA"),
        ),
    ),
    Group(
        "Assessments",
        ASSESSMENT,
        (
            "AssessmentActualStartDate",
            "AssessmentInternalReviewDate",
            "AssessmentAuthorisationDate",
        ),
    ),
    Group(
        "AssessmentFactorsList",
        ASSESSMENT,
        ("AssessmentFactor",),
        ("FactorsIdentifiedAtAssessment",),
        "AssessmentFactors",
        ("AssessmentFactors", "FactorsIdentifiedAtAssessment"),
    ),
    Group(
        "CINPlanDates",
        EPISODE,
        ("CINPlanStartDate", "CINPlanEndDate"),
        other_names=("CINplanDates",),
    ),
    Group(
        "Section47",
        EPISODE,
        ("S47ActualStartDate", "InitialCPCtarget", "DateOfInitialCPC", "ICPCnotRequired"),
    ),
    Group(
        "ChildProtectionPlans",
        PLAN,
        (
            *("CPPstartDate", "CPPendDate", "InitialCategoryOfAbuse", "LatestCategoryOfAbuse"),
            "NumberOfPreviousCPP",
        ),
    ),
    Group("Reviews", PLAN, ("CPPreviewDate",), ("Reviews",), "CPPreviewDate"),
)
BY_NAME = {group.name: group for group in GROUPS}


class Census:
    """A CIN census: each group by its name, as all of its rows, and the census period.

    `starts` and `ends` are the first and last day of the period, from the return's own header;
    never (not a time) when the header does not say.
    """

    Header: Rows
    ChildIdentifiers: Rows
    ChildCharacteristics: Rows
    Disabilities: Rows
    CINdetails: Rows
    Assessments: Rows
    AssessmentFactorsList: Rows
    CINPlanDates: Rows
    Section47: Rows
    ChildProtectionPlans: Rows
    Reviews: Rows

    def __init__(self, filled: Mapping[str, Filled], counts: Mapping[str, int]) -> None:
        self.tables = {name: group.table(name, iso_dates) for name, group in filled.items()}
        self.groups = {of: Table(of, counts.get(of, 0), {}, iso_dates) for of in SPOKEN_FOR}
        for name, group in filled.items():
            for of, places in group.of.items():
                self.tables[name].belongs(self.groups[of], places)
        for of, names in SPOKEN_FOR.items():
            for name in names:
                self._speaks(self.tables[name], of)
        for name, table in self.tables.items():
            setattr(self, name, table.rows)
        self.children, self.episodes = self.groups[CHILD].rows, self.groups[EPISODE].rows
        self.ends = self._ends()
        self.starts = first_day(self.ends)

    def _speaks(self, spokesman: Table, of: str) -> None:
        """Let every row of a child, or of an episode, be asked for the row that says most of it."""
        firsts = np.full(self.groups[of].count + 1, -1, dtype=np.intp)
        if of in spokesman.parents:
            places = spokesman.parents[of][1]
            firsts[places[::-1]] = np.arange(len(places))[::-1]
            firsts[-1] = -1
        for table in self.tables.values():
            if of in table.parents:
                table.parents[spokesman.name] = (spokesman, firsts[table.parents[of][1]])

    def _ends(self) -> np.datetime64:
        dates = self.Header.date("ReferenceDate")
        return dates[0] if len(dates) else NEVER

    def in_period(self, dates: Dates) -> Mask:
        """Where a day is in the census period, its first and last day included."""
        return (dates >= self.starts) & (dates <= self.ends)

    def child_of(self, rows: Rows) -> list[str | None]:
        """The LAchildID of the child each row is about."""
        if CHILD not in rows.table.parents:
            return [None] * len(rows)
        known = rows.up("ChildIdentifiers")
        if not known.table.supplied:
            return [rows.table.value("LAchildID", row) for row in rows.places.tolist()]
        return [
            known.table.value("LAchildID", row) if row >= 0 else None
            for row in known.places.tolist()
        ]

    def known(self, outside: str) -> str:
        """Why knowledge that the file should give is not there."""
        if outside == "period" and np.isnat(self.ends):
            return "The Header has no ReferenceDate to take the period from"
        return ""


def first_day(ends: np.datetime64) -> np.datetime64:
    """The first day of the year that ends on this one."""
    if np.isnat(ends):
        return NEVER
    last = ends.astype(object)
    if not isinstance(last, date) or last.year == MINYEAR:
        return NEVER
    day = 28 if (last.month, last.day) == (2, 29) else last.day
    return np.datetime64(date(last.year - 1, last.month, day)) + 1
