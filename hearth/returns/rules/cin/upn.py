"""Unique pupil numbers.

A UPN has a check letter, the three digits of an authority, eight digits, and last a digit, or a
letter when it is temporary.
"""

import numpy as np
import numpy.typing as npt

from hearth.returns.checking.census import Census
from hearth.returns.checking.columns import Mask
from hearth.returns.checking.rule import Flags
from hearth.returns.checking.tables import Rows
from hearth.returns.rules.books import CIN
from hearth.returns.rules.cin.authorities import AUTHORITIES

LENGTH = 13
CHECK_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
# What a character stands for in the sum, by its number; -1 is nothing.
DIGITS = np.full(128, -1)
DIGITS[ord("0") : ord("9") + 1] = np.arange(10)
LETTERS = np.full(128, -1)
LETTERS[[ord(letter) for letter in CHECK_LETTERS]] = np.arange(len(CHECK_LETTERS))

Characters = npt.NDArray[np.uint32]


def characters(rows: Rows, name: str) -> Characters:
    """The characters of each value by their numbers, a row each, and nought beyond its end."""
    column = rows.text(name)
    width = max(column.dtype.itemsize, LENGTH + 1)
    try:
        told = column.astype(f"U{width}")
    except UnicodeDecodeError:
        told = np.char.decode(column, "utf-8", "replace").astype(f"U{width}")
    return np.ascontiguousarray(told).view(np.uint32).reshape(len(column), width)


def _worth(said: Characters, values: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    return values[np.minimum(said, len(values) - 1)]


def _letter(said: Characters) -> Mask:
    lower = said | 0x20
    letter: Mask = (lower >= ord("a")) & (lower <= ord("z"))
    return letter


def _thirteen(said: Characters) -> Mask:
    exactly: Mask = (said[:, LENGTH - 1] != 0) & (said[:, LENGTH] == 0)
    return exactly


@CIN.rule(
    "1510",
    "The first letter of the UPN is not the one its other characters call for",
    ChildIdentifiers="UPN",
)
def check_letter(cin: Census) -> Flags:
    """The last letter of a temporary UPN counts too. One that cannot be summed is left alone."""
    children = cin.ChildIdentifiers
    said = characters(children, "UPN")
    worth = _worth(said[:, 1:LENGTH], DIGITS)
    last = _worth(said[:, LENGTH - 1], LETTERS)
    worth[:, -1] = np.where(worth[:, -1] < 0, last, worth[:, -1])
    summed = _thirteen(said) & (worth >= 0).all(axis=1)
    right = worth @ np.arange(2, LENGTH + 1) % len(CHECK_LETTERS)
    return [children.where(summed & (_worth(said[:, 0], LETTERS) != right))]


check_letter.examples("""
    ChildIdentifiers UPN=B801200005001
    ChildIdentifiers UPN=A801200005001 !
    ChildIdentifiers UPN=P207000016049
    ChildIdentifiers UPN=Q207000016049 !
    ChildIdentifiers UPN=T850728973744
    ChildIdentifiers UPN=t850728973744 !
    ChildIdentifiers UPN=C80120000501K
    ChildIdentifiers UPN=D80120000501K !
    ChildIdentifiers UPN=1850728973744 !
    ChildIdentifiers UPN=É801200005001 !
    ChildIdentifiers UPN=A80120000500
    ChildIdentifiers UPN=A8012000050011
    ChildIdentifiers UPN=A80120000500I
    ChildIdentifiers UPN=A80X200005001
    ChildIdentifiers
""")


@CIN.rule(
    "1520",
    "More than one child has this UPN",
    ChildIdentifiers="UPN",
)
def one_child_each(cin: Census) -> Flags:
    """Of the whole return, character for character; children with none are not alike."""
    children = cin.ChildIdentifiers
    return [children.where((children.alike("UPN") > 1) & children.given("UPN"))]


one_child_each.examples("""
    ChildIdentifiers UPN=B801200005001 !
    ChildIdentifiers UPN=P207000016049
    ChildIdentifiers UPN=B801200005001 !
    ChildIdentifiers UPN=b801200005001
    ChildIdentifiers
    ChildIdentifiers
""")


@CIN.rule(
    "1530",
    "The second to fourth characters of the UPN are not the code of a local authority",
    ChildIdentifiers="UPN",
)
def of_an_authority(cin: Census) -> Flags:
    """However long the UPN is; one too short to hold a code has none."""
    children = cin.ChildIdentifiers
    worth = _worth(characters(children, "UPN")[:, 1:4], DIGITS)
    known = (worth >= 0).all(axis=1) & np.isin(worth @ np.array([100, 10, 1]), AUTHORITIES)
    return [children.where(children.given("UPN") & ~known)]


of_an_authority.examples("""
    ChildIdentifiers UPN=B801200005001
    ChildIdentifiers UPN=B943200005001
    ChildIdentifiers UPN=B944200005001 !
    ChildIdentifiers UPN=B001200005001
    ChildIdentifiers UPN=B000200005001 !
    ChildIdentifiers UPN=B804200005001 !
    ChildIdentifiers UPN=É801200005001
    ChildIdentifiers UPN=B80X200005001 !
    ChildIdentifiers UPN=B999 !
    ChildIdentifiers UPN=B801
    ChildIdentifiers UPN=B80 !
    ChildIdentifiers
""")


@CIN.rule(
    "1540",
    "The fifth to twelfth characters of the UPN must all be digits",
    ChildIdentifiers="UPN",
)
def digits_in_the_middle(cin: Census) -> Flags:
    """A UPN too short to hold all eight is found too."""
    children = cin.ChildIdentifiers
    digits = (_worth(characters(children, "UPN")[:, 4:12], DIGITS) >= 0).all(axis=1)
    return [children.where(children.given("UPN") & ~digits)]


digits_in_the_middle.examples("""
    ChildIdentifiers UPN=B801200005001
    ChildIdentifiers UPN=B80120000500A
    ChildIdentifiers UPN=BXXX20000500A
    ChildIdentifiers UPN=B801X00005001 !
    ChildIdentifiers UPN=B8012000050X1 !
    ChildIdentifiers UPN=B801٢00005001 !
    ChildIdentifiers UPN=B80120000500
    ChildIdentifiers UPN=B8012000050 !
    ChildIdentifiers UPN=B !
    ChildIdentifiers
""")


@CIN.rule(
    "1550",
    "The thirteenth character of the UPN must be a digit, or a capital letter but I, O or S",
    ChildIdentifiers="UPN",
)
def last_character(cin: Census) -> Flags:
    """A UPN too short to have a thirteenth character is found too."""
    children = cin.ChildIdentifiers
    last = characters(children, "UPN")[:, LENGTH - 1]
    sound = (_worth(last, DIGITS) >= 0) | (_worth(last, LETTERS) >= 0)
    return [children.where(children.given("UPN") & ~sound)]


last_character.examples("""
    ChildIdentifiers UPN=B801200005001
    ChildIdentifiers UPN=B80120000500K
    ChildIdentifiers UPN=B80120000500I !
    ChildIdentifiers UPN=B80120000500O !
    ChildIdentifiers UPN=B80120000500S !
    ChildIdentifiers UPN=B80120000500k !
    ChildIdentifiers UPN=B80120000500- !
    ChildIdentifiers UPN=B80120000500 !
    ChildIdentifiers UPN=B801200005001I
    ChildIdentifiers
""")


@CIN.rule(
    "1560Q",
    "The former UPN must be 13 characters: a letter, 11 digits, then a digit or a letter",
    ChildIdentifiers="FormerUPN",
)
def former_upn(cin: Census) -> Flags:
    """Any letters will do, small ones too, and any authority."""
    children = cin.ChildIdentifiers
    said = characters(children, "FormerUPN")
    digits = _worth(said[:, :LENGTH], DIGITS) >= 0
    last = said[:, LENGTH - 1]
    sound = _thirteen(said) & _letter(said[:, 0]) & digits[:, 1:-1].all(axis=1)
    sound &= digits[:, -1] | _letter(last)
    return [children.where(children.given("FormerUPN") & ~sound)]


former_upn.examples("""
    ChildIdentifiers FormerUPN=A801200005001
    ChildIdentifiers FormerUPN=X98765432123B
    ChildIdentifiers FormerUPN=x98765432123b
    ChildIdentifiers FormerUPN=19876543212BB !
    ChildIdentifiers FormerUPN=1987654321231 !
    ChildIdentifiers FormerUPN=X9876543212BB !
    ChildIdentifiers FormerUPN=X98765432123- !
    ChildIdentifiers FormerUPN=X98765432123 !
    ChildIdentifiers FormerUPN=X987654321231B !
    ChildIdentifiers FormerUPN=X98765432123é !
    ChildIdentifiers
""")
