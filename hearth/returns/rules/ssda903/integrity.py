"""That the tables of a return agree: on who its children are, and on when they were born."""

from typing import Any

from hearth.returns.checking.looked_after import CHILD, LookedAfter
from hearth.returns.checking.rule import Flags, Rule
from hearth.returns.rules.books import SSDA903
from hearth.returns.rules.ssda903.answers import of_a_child

CALLED = {
    "Header": "the Header",
    "Reviews": "a review",
    "UASC": "a row in UASC",
    "OC2": "a row in OC2",
    "OC3": "a row in OC3",
    "AD1": "a row in AD1",
    "PlacedAdoption": "a placement for adoption",
    "PrevPerm": "a previous permanence",
    "Missing": "a missing period",
}
OF_CHILDREN_LOOKED_AFTER = ("Reviews", "OC2", "AD1", "PlacedAdoption", "PrevPerm", "Missing")


def _in_the_header(code: str, table: str) -> Rule:
    """Declare that every row of a table is of a child in the Header."""
    reads: dict[str, Any] = {"Header": "", table: "CHILD"}

    @SSDA903.rule(code, f"The child with {CALLED[table]} is not in the Header", **reads)
    def in_the_header(looked_after: LookedAfter) -> Flags:
        """A row that does not say which child it is of is of none in the Header."""
        rows = looked_after.tables[table].rows
        return [rows.where(~rows.up("Header").there)]

    in_the_header.examples(f"""
    Header
    {table}
    {table} CHILD=2 !
    {table} CHILD= !
    Header CHILD=3
""")
    return in_the_header


def _born_as_in_the_header(code: str, table: str) -> Rule:
    """Declare that the date of birth in a table is the Header's."""
    reads: dict[str, Any] = {"Header": "DOB", table: "DOB"}
    message = f"The date of birth with {CALLED[table]} is not the one in the Header"

    @SSDA903.rule(code, message, **reads)
    def born_as_in_the_header(looked_after: LookedAfter) -> Flags:
        """Only where both are dates, however they are written."""
        rows = looked_after.tables[table].rows
        here, there = rows.date("DOB"), rows.up("Header").date("DOB")
        return [rows.where((here < there) | (here > there))]

    born_as_in_the_header.examples(f"""
    Header DOB=01/05/2015
    {table} DOB=1/5/2015
    {table} DOB=02/05/2015 !
    {table} DOB=30/04/2015 !
    {table}
    {table} DOB=31/02/2015
    Header CHILD=2
    {table} CHILD=2 DOB=02/05/2015
    {table} CHILD=3 DOB=02/05/2015
""")
    return born_as_in_the_header


def _once(code: str, table: str) -> Rule:
    """Declare that a child has one row in a table."""
    reads: dict[str, Any] = {table: "CHILD"}

    @SSDA903.rule(code, f"The child has more than one row in {table}", **reads)
    def once(looked_after: LookedAfter) -> Flags:
        """Each of them is found. A row that does not say which child it is of is left out."""
        rows = of_a_child(looked_after.tables[table].rows)
        return [rows.where(rows.alongside(rows, within=CHILD) > 1)]

    once.examples(f"""
    {table} CHILD=1 !
    {table} CHILD=2
    {table} CHILD=1 !
    {table} CHILD=01
    {table} CHILD=
    {table} CHILD=
""")
    return once


AMONG = [
    _in_the_header(code, table)
    for code, table in (
        ("INT01", "AD1"),
        ("INT02", "PlacedAdoption"),
        ("INT04", "Missing"),
        ("INT05", "OC2"),
        ("INT06", "OC3"),
        ("INT07", "PrevPerm"),
        ("INT08", "Reviews"),
        ("INT09", "UASC"),
    )
]
BORN = [
    _born_as_in_the_header(code, table)
    for code, table in (
        ("INT11", "AD1"),
        ("INT12", "PlacedAdoption"),
        ("INT13", "Missing"),
        ("INT14", "OC2"),
        ("INT15", "OC3"),
        ("INT16", "PrevPerm"),
        ("INT17", "Reviews"),
        ("INT18", "UASC"),
    )
]
ONCE = [
    _once(code, table)
    for code, table in (
        ("INT31", "AD1"),
        ("INT32", "Header"),
        ("INT33", "OC2"),
        ("INT34", "OC3"),
        ("INT35", "PrevPerm"),
        ("INT36", "UASC"),
    )
]


@SSDA903.rule(
    "INT21", "The sex with a row in UASC is not the one in the Header", Header="SEX", UASC="SEX"
)
def sex_as_in_the_header(looked_after: LookedAfter) -> Flags:
    """Only where both are given."""
    uasc = looked_after.UASC
    header = uasc.up("Header")
    both = uasc.given("SEX") & header.given("SEX")
    return [uasc.where(both & (uasc.text("SEX") != header.text("SEX")))]


sex_as_in_the_header.examples("""
    Header SEX=M
    UASC SEX=M
    UASC SEX=F !
    UASC
    Header CHILD=2
    UASC CHILD=2 SEX=F
    UASC CHILD=3 SEX=F
""")


@SSDA903.rule(
    "EPI",
    "The child in the Header has neither an episode nor a row in OC3",
    needs="Header",
    Header="CHILD",
    Episodes="",
    OC3="",
)
def looked_after_or_left(looked_after: LookedAfter) -> Flags:
    """One who has either is sound; a table that was not supplied holds nobody."""
    header = looked_after.Header
    children = header.up(CHILD)
    told = children.any(looked_after.Episodes) | children.any(looked_after.OC3)
    return [header.where(~told)]


looked_after_or_left.examples("""
    Header CHILD=1
    Episodes CHILD=1
    Header CHILD=2
    OC3 CHILD=2
    Header CHILD=3 !
    Reviews CHILD=3
    Header CHILD= !
    Episodes CHILD=
""")


@SSDA903.rule(
    "1012",
    "The child has no episode in this year's return",
    needs="Episodes",
    Episodes="",
    Reviews="CHILD",
    OC2="CHILD",
    AD1="CHILD",
    PlacedAdoption="CHILD",
    PrevPerm="CHILD",
    Missing="CHILD",
)
def has_an_episode(looked_after: LookedAfter) -> Flags:
    """Asked of every table about children who are looked after; not of care leavers."""
    tables = [looked_after.tables[name].rows for name in OF_CHILDREN_LOOKED_AFTER]
    return [rows.where(~rows.up(CHILD).any(looked_after.Episodes)) for rows in tables]


has_an_episode.examples("""
    Episodes CHILD=1
    Reviews CHILD=1
    Missing CHILD=1
    Header CHILD=2
    Reviews CHILD=2 !
    OC2 CHILD=2 !
    AD1 CHILD=2 !
    PlacedAdoption CHILD=2 !
    PrevPerm CHILD=2 !
    Missing CHILD=2 !
    OC3 CHILD=2
    UASC CHILD=2
""")
