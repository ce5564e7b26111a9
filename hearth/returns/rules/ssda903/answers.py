"""What a row answers: which items it gives, and how its days stand to the child's others."""

import numpy as np

from hearth.returns.checking.columns import Dates, Mask, years_after
from hearth.returns.checking.looked_after import CHILD
from hearth.returns.checking.tables import Rows

# The items of a care leaver (OC3), of an adoption (AD1), and of a child's health and conduct (OC2).
LEAVER = ("IN_TOUCH", "ACTIV", "ACCOM")
ADOPTION = ("DATE_INT", "DATE_MATCH", "FOSTER_CARE", "NB_ADOPTR", "SEX_ADOPTR", "LS_ADOPTR")
OF_EVERY_CHILD = ("IMMUNISATIONS", "TEETH_CHECK", "HEALTH_ASSESSMENT", "SUBSTANCE_MISUSE")
OF_SOME_CHILDREN = ("CONVICTED", "HEALTH_CHECK", "INTERVENTION_RECEIVED", "INTERVENTION_OFFERED")
OUTCOMES = (*OF_SOME_CHILDREN[:2], *OF_EVERY_CHILD, *OF_SOME_CHILDREN[2:])


def any_given(rows: Rows, names: tuple[str, ...]) -> Mask:
    """Where a row says something in any of these columns."""
    given: Mask = np.logical_or.reduce([rows.given(name) for name in names])
    return given


def all_given(rows: Rows, names: tuple[str, ...]) -> Mask:
    """Where a row says something in every one of these columns."""
    given: Mask = np.logical_and.reduce([rows.given(name) for name in names])
    return given


def birthday(rows: Rows, years: int) -> Dates:
    """The day on which a row's own DOB makes the child so many years old."""
    return years_after(rows.date("DOB"), years)


def no_day(rows: Rows, name: str) -> Mask:
    """Where a row gives no day in a column: nothing, or what is not a day."""
    return np.isnat(rows.date(name))


def of_a_child(rows: Rows) -> Rows:
    """Those that say which child they are of."""
    return rows.where(rows.up(CHILD).there)


def of_children(children: Rows, *tables: Rows) -> list[Rows]:
    """Of each table, the rows of these children."""
    return [children.below(rows) for rows in tables]


def unlike_another(rows: Rows, days: Dates, others: Rows, other_days: Dates) -> Mask:
    """Where any other row of the child gives another day; a row without a day is unlike none."""
    children = rows.up(CHILD)
    first, last = children.earliest(others, other_days), children.latest(others, other_days)
    unlike: Mask = (first < days) | (last > days)
    return unlike
