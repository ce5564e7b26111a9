"""Words that many rules of the SSDA903 use, each said once."""

import numpy as np

from hearth.returns.checking.columns import Mask
from hearth.returns.checking.looked_after import CHILD, LookedAfter
from hearth.returns.checking.tables import Rows

SHORT_BREAKS = ("V3", "V4")
ADOPTED = ("E11", "E12")


def in_order(episodes: Rows) -> Rows:
    """Each child's episodes one after another, by the day they began."""
    return episodes.ordered(CHILD, episodes.date("DECOM"))


def short_break(episodes: Rows) -> Mask:
    """Where an episode is one of a series of short breaks; a blank legal status is not."""
    return episodes.is_("LS", *SHORT_BREAKS)


def overlaps_year(looked_after: LookedAfter, episodes: Rows) -> Mask:
    """Where an episode began by the end of the year and did not cease before it began."""
    ceased = episodes.date("DEC")
    open_or_later = np.isnat(ceased) | (ceased >= looked_after.starts)
    return (episodes.date("DECOM") <= looked_after.ends) & open_or_later


def looked_after_all_year(looked_after: LookedAfter, rows: Rows) -> Mask:
    """Where a row's child was looked after for the twelve months to the end of the year.

    The child has an episode overlapping the year, and none that began care after its first day,
    ended care before its last (a blank reason ends care), or was a short break in it.
    """
    episodes = looked_after.Episodes
    began, ceased = episodes.date("DECOM"), episodes.date("DEC")
    overlapping = overlaps_year(looked_after, episodes)
    started = episodes.is_("RNE", "S") & (began > looked_after.starts)
    started &= began <= looked_after.ends
    ended = ~episodes.is_("REC", "X1") & (ceased >= looked_after.starts)
    ended &= ceased < looked_after.ends
    broken = started | ended | (short_break(episodes) & overlapping)
    children = rows.up(CHILD)
    return children.any(episodes.where(overlapping)) & ~children.any(episodes.where(broken))


def ceased_care(episodes: Rows) -> Mask:
    """Where an episode ended a period of being looked after."""
    return episodes.given("DEC") & episodes.given("REC") & ~episodes.is_("REC", "X1")


def unaccompanied(looked_after: LookedAfter, rows: Rows, year: str = "") -> Mask:
    """Where a row's child is an unaccompanied asylum-seeking child: in last year's return, "_last".

    The Header says so in XML. In CSV it has no such column, and a row in the table UASC says it.
    """
    header = looked_after.tables["Header" + year]
    if "UASC" in header.columns:
        return rows.up(header.name).is_("UASC", "1")
    return rows.up("UASC" + year).there
