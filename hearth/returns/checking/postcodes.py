"""Where postcodes are, and what is worked out of a placement from them.

A placement's authority, whether that is the authority's own, and the miles from the child's home.
What the return itself says of any of these stands; only what it leaves out is worked out.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from hearth.returns.checking.columns import Mask, Texts, as_text
from hearth.returns.checking.outside import Listing
from hearth.returns.checking.plain_xml import CannotRead
from hearth.returns.checking.tables import Filled

POSTCODE = re.compile("POSTCODE|PCDS?|PCD[0-9]")
AUTHORITY = re.compile("AUTHORITY|(OS)?LAUA|LAD[0-9]*CD|PL_LA")
COUNTY = re.compile("COUNTY|(OS)?CTY|CTY[0-9]*CD")
EASTING = re.compile("EASTING|(OS)?EAST1M")
NORTHING = re.compile("NORTHING|(OS)?NRTH1M|NORTH1M")
# The statistical code of an authority begins with its country; of England's, E.
_CODE = re.compile("[A-Z][0-9]{8}")
ELSEWHERE = {"S": "SCO", "W": "WAL", "N": "NIR"}
ABROAD = (*ELSEWHERE.values(), "CON", "NUK")
METRES_IN_A_MILE = 1609.3
NOT_MEASURED = "999.9"
OFTEN = 100_000


class Place(NamedTuple):
    """Where a postcode is: its authority, and how far east and north in metres if that is known."""

    area: str
    east: float
    north: float


@dataclass(slots=True)
class Postcodes:
    """Those of the postcodes asked about that the list has, without their spaces."""

    places: dict[str, Place] = field(default_factory=dict)

    def known(self, values: Texts) -> Mask:
        """Where a value is a postcode that the list has."""
        texts, which = _short(values)
        return np.array([text in self.places for text in texts], dtype=bool)[which]

    def area_of(self, postcode: str) -> str:
        """The authority a postcode is in; nothing where that is not known."""
        place = self.places.get(postcode)
        return place.area if place else ""

    def areas(self, values: Texts) -> Texts:
        """The authority each is in; nothing where that is not known."""
        texts, which = _short(values)
        return np.array([self.area_of(text).encode() for text in texts], dtype=np.bytes_)[which]

    def miles(self, homes: Texts, placements: Texts) -> Texts:
        """How far apart, to a tenth; nothing where either is not known.

        Outside England no distance is measured, and 999.9 stands for it.
        """
        home_areas, areas = self.areas(homes), self.areas(placements)
        metres = np.hypot(*(self._grid(homes) - self._grid(placements)))
        both = self.known(homes) & self.known(placements)
        abroad = np.isin(home_areas, _ABROAD) | np.isin(areas, _ABROAD)
        said = np.char.mod("%.1f", metres / METRES_IN_A_MILE).astype(np.bytes_)
        said = np.where(both & abroad, NOT_MEASURED.encode(), said)
        miles: Texts = np.where(both & (abroad | ~np.isnan(metres)), said, b"")
        return miles

    def _grid(self, values: Texts) -> npt.NDArray[np.float64]:
        texts, which = _short(values)
        found = [self.places.get(text, _NOWHERE)[1:] for text in texts]
        return np.array(found, dtype=np.float64).reshape(-1, 2)[which].T


_NOWHERE = Place("", np.nan, np.nan)
_ABROAD = np.array([code.encode() for code in ABROAD])


def find(
    listing: Listing, wanted: set[str], authority: str, told: Callable[[int], None]
) -> Postcodes:
    """Where the postcodes that are wanted are, of a list that may be of every one there is.

    Raises CannotRead for a list without its columns, or in which `authority` has no postcode.
    """
    at = listing.must_have("POSTCODE", POSTCODE)
    lower = listing.must_have("AUTHORITY", AUTHORITY)
    upper = listing.place(COUNTY)
    upper = lower if upper is None else upper
    east, north = listing.must_have("EASTING", EASTING), listing.must_have("NORTHING", NORTHING)
    found, areas, width = Postcodes(), set(), max(at, lower, upper, east, north)
    for number, row in enumerate(listing.rows):
        if number % OFTEN == 0:
            told(number)
        if len(row) > width:
            areas.add((row[lower], row[upper]))
            postcode = row[at].replace(" ", "").upper()
            if postcode in wanted:
                area = _area(row[lower], row[upper])
                found.places[postcode] = Place(area, _metres(row[east]), _metres(row[north]))
    known = {_area(*each) for each in areas} - {""}
    if authority and authority not in known:
        raise CannotRead(
            f"{listing.name} has no postcode in the authority {authority}. It writes authorities"
            f" as {', '.join(sorted(known)[:3]) or 'nothing'}: give the code as it writes it"
        )
    return found


def _area(lower: str, upper: str) -> str:
    """The authority with children's services: the county, where a district is in one."""
    area = upper.strip() if upper.strip().startswith("E10") else lower.strip()
    return ELSEWHERE.get(area[:1], area) if _CODE.fullmatch(area) else area


def _metres(said: str) -> float:
    try:
        return float(said)
    except ValueError:
        return float("nan")


def _short(values: Texts) -> tuple[list[str], npt.NDArray[np.intp]]:
    """The different values without spaces, in capitals, and which of them each is."""
    each, which = np.unique(values, return_inverse=True)
    return [as_text(value).replace(" ", "").upper() for value in each], which.reshape(-1)


def asked_about(tables: Iterable[Filled]) -> set[str]:
    """Every postcode in these tables, without its spaces."""
    columns = [filled.columns.get(name) for filled in tables for name in ("HOME_POST", "PL_POST")]
    return {text for column in columns if column is not None for text in _short(column)[0]} - {""}


def worked_out(filled: Filled, postcodes: Postcodes | None, authority: str) -> Filled:
    """A table of episodes with what it leaves out of where each placement is."""
    columns: dict[str, Texts] = dict(filled.columns)
    if postcodes is not None and "PL_POST" in columns:
        _add(columns, "PL_LA", postcodes.areas(columns["PL_POST"]))
        if "HOME_POST" in columns:
            miles = postcodes.miles(columns["HOME_POST"], columns["PL_POST"])
            _add(columns, "PL_DISTANCE", miles)
    if authority and "PL_LA" in columns:
        area = columns["PL_LA"]
        where = np.where(area == authority.encode(), b"IN", b"OUT")
        _add(columns, "PL_LOCATION", np.where(area == b"", b"", where))
    return replace(filled, columns=columns)


def _add(columns: dict[str, Texts], name: str, values: Texts) -> None:
    columns.setdefault(name, values)
