"""Reading the examples that stand beneath a rule, as rows and as a file.

A line is a row: its table, then column=value, then `!` when the rule should find it. A row belongs
to the last row above it that it can belong to. `return !` says that the return as a whole is found.
"""

import shlex
from xml.sax.saxutils import escape

from hearth.returns.checking.census import BY_NAME, CHILD, EPISODE, GROUPS
from hearth.returns.checking.census_rows import KEYS

STARTS = {"ChildIdentifiers": "LAchildID", "CINdetails": "CINdetailsID"}
STARTS |= {"Assessments": "AssessmentID", "ChildProtectionPlans": "CPPID"}
WITHIN = {"ChildIdentifiers": (), "CINdetails": ("LAchildID",)}
WITHIN |= dict.fromkeys(("Assessments", "ChildProtectionPlans"), ("LAchildID", "CINdetailsID"))


def read_census_example(text):
    """The tables of an example, and the rows that should be found, as (table, row)."""
    tables: dict = {group.name: [] for group in GROUPS}
    expected: set = set()
    at: dict = {}
    for table, said, found in lines(text):
        if table == "return":
            expected.add((None, None))
            continue
        _number(table, said, at)
        group = BY_NAME[table]
        ids = KEYS[group.of] if group.of else ()
        row = dict.fromkeys(group.columns) | {name: at.get(name, "1") for name in ids} | said
        tables[table].append({name: value or None for name, value in row.items()})
        if found:
            expected.add((table, len(tables[table]) - 1))
    if not tables["Header"]:
        header = {"Collection": "CIN", "Year": "2026", "ReferenceDate": "2026-03-31"}
        tables["Header"].append(dict.fromkeys(BY_NAME["Header"].columns) | header)
    return tables, expected


def lines(text):
    """Each row of an example: its table, what it says, and whether it should be found."""
    for line in text.strip().splitlines():
        words = shlex.split(line)
        found = words[-1] == "!"
        said = dict(word.split("=", 1) for word in words[1 : len(words) - found])
        yield words[0], said, found


def _number(table, said, at):
    if table not in STARTS:
        return
    name = STARTS[table]
    above = tuple(at.get(key, "1") for key in WITHIN[table])
    count = at[table, above] = at.get((table, above), 0) + 1
    at[name] = said.get(name, f"C{count}" if table == "ChildIdentifiers" else str(count))
    if table == "ChildIdentifiers":
        at["CINdetailsID"] = "0"


def as_census_file(tables):
    """The same as a file: groups stand in their child and episode by the ids of their rows."""
    header = tables["Header"][0]
    parts = ["<Message><Header><CollectionDetails>"]
    parts += [_field(name, header[name]) for name in ("Collection", "Year", "ReferenceDate")]
    parts.append("</CollectionDetails></Header><Children>")
    for child in _keys(tables, CHILD):
        parts += _child(tables, child)
    parts.append("</Children></Message>")
    return "".join(parts).encode()


def _keys(tables, of):
    rows = (row for group in GROUPS if group.of for row in tables[group.name])
    wanted = KEYS[of]
    keys = (tuple(row[name] for name in wanted) for row in rows if all(n in row for n in wanted))
    return list(dict.fromkeys(keys))


def _of(tables, name, key, of):
    return [row for row in tables[name] if tuple(row[part] for part in KEYS[of]) == key]


def _child(tables, child):
    yield "<Child>"
    for row in _of(tables, "ChildIdentifiers", child, CHILD):
        yield _group("ChildIdentifiers", row)
    yield "<ChildCharacteristics>"
    for row in _of(tables, "ChildCharacteristics", child, CHILD):
        yield _fields("ChildCharacteristics", row)
    yield _list("Disabilities", "Disability", _of(tables, "Disabilities", child, CHILD))
    yield "</ChildCharacteristics>"
    for episode in [key for key in _keys(tables, EPISODE) if key[:1] == child]:
        yield from _episode(tables, episode)
    yield "</Child>"


def _episode(tables, episode):
    yield "<CINdetails>"
    for row in _of(tables, "CINdetails", episode, EPISODE):
        yield _fields("CINdetails", row)
    for row in _of(tables, "Assessments", episode, EPISODE):
        mine, factors = _id(row, "AssessmentID"), tables["AssessmentFactorsList"]
        same = [factor for factor in factors if _id(factor, "AssessmentID") == mine]
        yield f"<Assessments>{_fields('Assessments', row)}"
        yield _list("FactorsIdentifiedAtAssessment", "AssessmentFactors", same, "AssessmentFactor")
        yield "</Assessments>"
    for name in ("CINPlanDates", "Section47"):
        yield from (_group(name, row) for row in _of(tables, name, episode, EPISODE))
    for row in _of(tables, "ChildProtectionPlans", episode, EPISODE):
        same = [r for r in tables["Reviews"] if _id(r, "CPPID") == _id(row, "CPPID")]
        yield f"<ChildProtectionPlans>{_fields('ChildProtectionPlans', row)}"
        yield _list("Reviews", "CPPreviewDate", same) + "</ChildProtectionPlans>"
    yield "</CINdetails>"


def _id(row, name):
    return tuple(row[part] for part in ("LAchildID", "CINdetailsID", name))


def _list(wrapper, element, rows, column=""):
    if not rows:
        return ""
    inside = "".join(_field(element, row[column or element]) for row in rows)
    return f"<{wrapper}>{inside}</{wrapper}>"


def _group(name, row):
    return f"<{name}>{_fields(name, row)}</{name}>"


def _fields(name, row):
    return "".join(_field(column, row[column]) for column in BY_NAME[name].columns)


def _field(name, value):
    return "" if value is None else f"<{name}>{escape(value)}</{name}>"
