"""The invented returns are sound unless faults are asked for, and then most rules find some."""

import hashlib
from datetime import date

from hearth.demo.census import write_census
from hearth.demo.looked_after import write_return
from hearth.returns.check import (
    check_census,
    looked_after_in,
    read_folder,
    report_on_looked_after,
)

CHILDREN, FAULTS = 300, 0.1
OF_FEW = {
    "8670Q": "some assessments are late, as in any authority",
}
# A made-up file, not a truth about rules: how many of a book's rules find something in the faults.
MOST = 0.75


def checked_census(path, *, faults=0):
    write_census(path, children=CHILDREN, year=2026, seed=3, protection=0.4, faults=faults)
    with path.open("rb") as file:
        return check_census(file)


def checked_return(folder, *, faults=0):
    now, before = folder / "2027", folder / "2026"
    write_return(now, children=CHILDREN, year=2027, seed=3, previous=before, faults=faults)
    given = looked_after_in(read_folder(now), read_folder(before), date(2027, 3, 31))
    return report_on_looked_after(given)


def test_a_sound_census_has_no_finding_but_those_of_few_children(tmp_path):
    report = checked_census(tmp_path / "census.xml")

    assert {finding.rule for finding in report.findings} <= OF_FEW.keys()
    assert b"<CPPreviewDate>" in (tmp_path / "census.xml").read_bytes()


def test_a_sound_return_of_looked_after_children_has_no_finding(tmp_path):
    report = checked_return(tmp_path)

    assert report.findings == []
    assert all(len(path.read_text().splitlines()) > 1 for path in (tmp_path / "2027").iterdir())


def test_most_rules_find_something_in_a_census_with_faults(tmp_path):
    report = checked_census(tmp_path / "census.xml", faults=FAULTS)

    assert len({finding.rule for finding in report.findings}) > MOST * len(report.ran)
    assert not report.failed


def test_most_rules_find_something_in_a_return_with_faults(tmp_path):
    report = checked_return(tmp_path, faults=FAULTS)

    assert len({finding.rule for finding in report.findings}) > MOST * len(report.ran)
    assert not report.failed


def test_the_same_seed_writes_the_same_bytes(tmp_path):
    for folder in ("once", "again"):
        checked_return(tmp_path / folder, faults=FAULTS)
        checked_census(tmp_path / folder / "census.xml", faults=FAULTS)

    assert digest(tmp_path / "once") == digest(tmp_path / "again")


def digest(folder):
    files = sorted(folder.rglob("*.*"))
    return [(path.name, hashlib.sha256(path.read_bytes()).hexdigest()) for path in files]
