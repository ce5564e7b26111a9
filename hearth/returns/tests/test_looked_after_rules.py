"""Every rule of the return of looked-after children finds what its examples say, and no more."""

import pytest

from hearth.returns.check import check_tables
from hearth.returns.rules.books import SSDA903
from hearth.returns.tests.looked_after_examples import read_example

CASES = [
    pytest.param(rule, case, id=f"{rule.code}-{number}")
    for rule in SSDA903.declared
    for number, case in enumerate(rule.told)
]


@pytest.mark.parametrize(("rule", "case"), CASES)
def test_a_rule_finds_what_its_examples_say(rule, case):
    tables, previous, ends, expected = read_example(case)

    found = check_tables(
        "ssda903", tables, rules=[rule.code], collection_end=ends, previous=previous
    )

    assert {(finding.table, finding.row) for finding in found} == expected


@pytest.mark.parametrize("rule", SSDA903.declared, ids=lambda rule: rule.code)
def test_a_rule_has_an_example_that_it_finds_and_one_that_it_passes(rule):
    cases = [read_example(case) for case in rule.told]

    assert any(expected for *_, expected in cases)
    rows = sum(len(rows) for tables, *_ in cases for rows in tables.values())
    assert rows > sum(len(expected) for *_, expected in cases)
