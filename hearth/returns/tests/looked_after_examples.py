"""Reading the examples beneath a rule of the SSDA903.

A line is a row: its table, then column=value, then `!` when the rule should find it. A row is of
child 1 unless it says CHILD. The year is 2026 to 2027 unless a line says `year ends=2026-03-31`. A
table of last year's is named with `_last`; every table of this year is supplied, and last year's
when one of them is named. `authority code=`, `provider` and `postcode` say what is known besides.
"""

from datetime import date

from hearth.returns.checking.looked_after import LAYOUT
from hearth.returns.checking.outside import Outside
from hearth.returns.tests.examples import lines

YEAR = date(2027, 3, 31)


def read_example(text):
    """The tables of an example, last year's, its year, what else is known, and what is found."""
    known: dict = {"provider": [], "postcode": [], "authority": [{"code": ""}]}
    tables: dict = {name: [] for name in LAYOUT}
    previous: dict = {}
    expected: set = set()
    ends = YEAR
    for table, said, found in lines(text):
        if table == "year":
            ends = date.fromisoformat(said["ends"])
            continue
        if table in known:
            known[table].append(said)
            continue
        name = table.removesuffix("_last")
        if name != table and not previous:
            previous = {each: [] for each in LAYOUT}
        into = tables if name == table else previous
        row = dict.fromkeys(LAYOUT[name]) | {"CHILD": "1"} | said
        into[name].append({column: value or None for column, value in row.items()})
        if found:
            expected.add((table, len(into[name]) - 1))
    outside = Outside(
        authority=known["authority"][-1]["code"],
        providers=known["provider"] or None,
        postcodes=known["postcode"] or None,
    )
    return tables, previous or None, ends, outside, expected
