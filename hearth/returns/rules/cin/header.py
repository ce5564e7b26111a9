"""The census header."""

import numpy as np

from hearth.returns.checking.census import Census
from hearth.returns.checking.rule import Flags
from hearth.returns.rules.books import CIN


@CIN.rule(
    "100",
    "The reference date must be 31 March of the year of the census",
    Header="ReferenceDate Year",
)
def reference_date(cin: Census) -> Flags:
    """The year is the header's own."""
    dates = cin.Header.date("ReferenceDate")
    months = dates.astype("datetime64[M]")
    year = cin.Header.number("Year")
    right = months == (np.nan_to_num(year, nan=0).astype(int) - 1970).astype("datetime64[Y]") + (
        np.timedelta64(2, "M")
    )
    right &= (dates - months.astype("datetime64[D]")) == np.timedelta64(30, "D")
    return [cin.Header.where(~right)]


reference_date.examples("""
    Header Year=2026 ReferenceDate=2026-03-31
    ----
    Header Year=2025 ReferenceDate=2025-03-31
    ----
    Header Year=2026 ReferenceDate=2026-03-30 !
    ----
    Header Year=2026 ReferenceDate=2025-03-31 !
    ----
    Header Year=2026 !
    ----
    Header ReferenceDate=2026-03-31 !
    ----
    Header Year=20x6 ReferenceDate=2026-03-31 !
    ----
    Header Year=2026 ReferenceDate=31/03/2026 !
    ----
    Header Year=2026 ReferenceDate=2026-02-30 !
""")
