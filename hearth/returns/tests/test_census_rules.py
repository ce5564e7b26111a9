"""Every rule of the children in need census finds what its examples say, and nothing else."""

import io

import pytest

from hearth.returns.check import check_census, check_tables
from hearth.returns.rules.books import CIN
from hearth.returns.tests.examples import as_census_file, read_census_example

CASES = [
    pytest.param(rule, case, id=f"{rule.code}-{number}")
    for rule in CIN.declared
    for number, case in enumerate(rule.told)
]


@pytest.mark.parametrize("year", [2025, 2026])
def test_every_rule_of_the_year_is_there(year):
    assert len(CIN.of_year(year)) == 109


@pytest.mark.parametrize(("rule", "case"), CASES)
def test_a_rule_finds_what_its_examples_say(rule, case):
    tables, expected = read_census_example(case)

    found = check_tables("cin", tables, rules=[rule.code])

    assert {(finding.table, finding.row) for finding in found} == expected


@pytest.mark.parametrize(("rule", "case"), CASES)
def test_a_rule_finds_the_same_in_a_file(rule, case):
    tables, expected = read_census_example(case)

    report = check_census(io.BytesIO(as_census_file(tables)))

    assert report.failed == []
    mine = [finding for finding in report.findings if finding.rule == rule.code]
    assert {(finding.table, finding.row) for finding in mine} == expected


@pytest.mark.parametrize("rule", CIN.declared, ids=lambda rule: rule.code)
def test_a_rule_has_an_example_that_it_finds_and_one_that_it_passes(rule):
    cases = [read_census_example(case) for case in rule.told]

    assert any(expected for _, expected in cases)
    rows = sum(len(rows) for tables, _ in cases for rows in tables.values())
    assert rows > sum(len(expected) for _, expected in cases)
