"""Columns of text as they stand in a return, and the dates and codes read from them.

A column is a fixed-width array of bytes, in UTF-8, with nothing (`b""`) where the return says
nothing. Every array has one more entry than the table has rows, and it is nothing: place -1 is
"there is no such row", and so a row without a parent reads as one whose parent says nothing.
"""

import hashlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Texts = npt.NDArray[np.bytes_]
Dates = npt.NDArray[np.datetime64]
Mask = npt.NDArray[np.bool_]
Places = npt.NDArray[np.intp]

NEVER = np.datetime64("NaT", "D")
# No code, date or number is as long; a longer text is kept apart and stands here by its digest, so
# that one enormous value does not make every row of its column as wide.
WIDEST = 64

_DIGIT_0, _DIGIT_9 = ord("0"), ord("9")
_DAYS_IN_MONTH = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])


def short(value: bytes) -> bytes:
    """A text as it stands in a column: itself, or something as distinct that is short."""
    if len(value) <= WIDEST:
        return value
    return value[:24] + hashlib.blake2b(value, digest_size=20).hexdigest().encode()


def nothing(count: int) -> Texts:
    """A column that was not supplied, of so many rows."""
    return np.zeros(count + 1, dtype="S1")


def _figures(column: Texts, width: int) -> npt.NDArray[np.uint8]:
    """The first `width` bytes of every value, a row of numbers each."""
    fixed = np.ascontiguousarray(column.astype(f"S{width}"))
    return fixed.view(np.uint8).reshape(len(column), width)


def _number(figures: npt.NDArray[np.uint8], start: int, end: int) -> npt.NDArray[np.int64]:
    number = np.zeros(len(figures), dtype=np.int64)
    for place in range(start, end):
        number = number * 10 + figures[:, place] - _DIGIT_0
    return number


def _days(
    year: npt.NDArray[np.int64],
    month: npt.NDArray[np.int64],
    day: npt.NDArray[np.int64],
    well_formed: Mask,
) -> Dates:
    """The day of each, and never where there is no such day."""
    real = well_formed & (year >= 1) & (month >= 1) & (month <= 12) & (day >= 1)  # noqa: PLR2004
    month = np.where(real, month, 1)
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    longest = _DAYS_IN_MONTH[month] + ((month == 2) & leap)  # noqa: PLR2004
    real &= day <= longest
    months = np.where(real, (year - 1970) * 12 + month - 1, 0)
    days = months.astype("datetime64[M]").astype("datetime64[D]") + np.where(real, day - 1, 0)
    days[~real] = NEVER
    return days


def iso_dates(column: Texts) -> Dates:
    """Days written as 2026-03-31, and never where a value is not a day that there was."""
    if column.dtype.itemsize < 10:  # noqa: PLR2004 - shorter than any date
        return np.full(len(column), NEVER)
    figures = _figures(column, 11)
    digits = (figures >= _DIGIT_0) & (figures <= _DIGIT_9)
    dashes = (figures[:, 4] == ord("-")) & (figures[:, 7] == ord("-"))
    numbers = digits[:, [0, 1, 2, 3, 5, 6, 8, 9]].all(axis=1) & (figures[:, 10] == 0)
    return _days(
        _number(figures, 0, 4), _number(figures, 5, 7), _number(figures, 8, 10), dashes & numbers
    )


def british_dates(column: Texts) -> Dates:
    """Days written as 31/03/2026 (or 1/4/2026), and never where a value is not a day."""
    padded = _padded(column)
    if padded.dtype.itemsize < 10:  # noqa: PLR2004 - shorter than any date
        return np.full(len(column), NEVER)
    figures = _figures(padded, 11)
    digits = (figures >= _DIGIT_0) & (figures <= _DIGIT_9)
    slashes = (figures[:, 2] == ord("/")) & (figures[:, 5] == ord("/"))
    numbers = digits[:, [0, 1, 3, 4, 6, 7, 8, 9]].all(axis=1) & (figures[:, 10] == 0)
    return _days(
        _number(figures, 6, 10), _number(figures, 3, 5), _number(figures, 0, 2), slashes & numbers
    )


def _padded(column: Texts) -> Texts:
    """With the noughts that 1/4/2026 leaves out; few values are written so, and each costs."""
    lengths = np.char.str_len(column)
    brief = np.flatnonzero((lengths == 8) | (lengths == 9))  # noqa: PLR2004 - as 1/4/2026
    if not len(brief):
        return column
    padded = column.astype(f"S{max(column.dtype.itemsize, 10)}")
    for place in brief:
        parts = bytes(column[place]).split(b"/")
        padded[place] = b"/".join(part.zfill(2) for part in parts)
    return padded


def years_after(dates: Dates, years: int) -> Dates:
    """The same day so many years on; 28 February for 29 February where there is none."""
    months = dates.astype("datetime64[M]")
    day = (dates - months.astype("datetime64[D]")).astype(np.int64)
    later = months + 12 * years
    first = later.astype("datetime64[D]")
    longest = ((later + 1).astype("datetime64[D]") - first).astype(np.int64)
    moved: Dates = first + np.minimum(day, longest - 1).astype("timedelta64[D]")
    moved[np.isnat(dates)] = NEVER
    return moved


def is_any(column: Texts, codes: Sequence[str]) -> Mask:
    """Where a value is one of the codes, exactly."""
    found = np.zeros(len(column), dtype=bool)
    for code in codes:
        found |= column == code.encode()
    return found


def as_text(value: bytes) -> str:
    """A value as it is shown; what is not UTF-8 is shown as the signs that stand for it."""
    return bytes(value).decode("utf-8", "backslashreplace")


def printable(text: str) -> str:
    """A text from a file that anybody may have written, safe on a line of a screen."""
    return "".join(
        sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text
    )
