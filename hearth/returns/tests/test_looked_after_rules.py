"""Every rule of the return of looked-after children finds what its examples say, and no more."""

import pytest

from hearth.returns.check import check_tables, report_on_tables
from hearth.returns.rules.books import SSDA903
from hearth.returns.tests.looked_after_examples import YEAR, read_example

CASES = [
    pytest.param(rule, case, id=f"{rule.code}-{number}")
    for rule in SSDA903.declared
    for number, case in enumerate(rule.told)
]


@pytest.mark.parametrize(("rule", "case"), CASES)
def test_a_rule_finds_what_its_examples_say(rule, case):
    tables, previous, ends, outside, expected = read_example(case)

    found = check_tables(
        "ssda903",
        tables,
        rules=[rule.code],
        collection_end=ends,
        previous=previous,
        outside=outside,
    )

    assert {(finding.table, finding.row) for finding in found} == expected


@pytest.mark.parametrize("year", [(2026, 316), (2027, 327)])
def test_every_rule_of_the_year_is_there(year):
    assert len(SSDA903.of_year(year[0])) == year[1]


def test_a_rule_that_needs_what_no_return_holds_is_listed_with_the_reason():
    report = report_on_tables("ssda903", read_example("Header SEX=M")[0], collection_end=YEAR)

    reasons = {each.rule: each.reason for each in report.not_run}
    of_providers = {"219", "221", "224", "227", "228", "229", "241", "1008"}
    assert {code for code, reason in reasons.items() if "Ofsted" in reason} == of_providers


@pytest.mark.parametrize("rule", SSDA903.declared, ids=lambda rule: rule.code)
def test_a_rule_has_an_example_that_it_finds_and_one_that_it_passes(rule):
    cases = [read_example(case) for case in rule.told]

    assert any(expected for *_, expected in cases)
    rows = sum(len(rows) for tables, *_ in cases for rows in tables.values())
    assert rows > sum(len(expected) for *_, expected in cases)


@pytest.mark.parametrize("more", [{}, {"IN_TOUCH": "DIED"}])
def test_a_finding_shows_what_a_rule_does_not_need_where_it_is_there(more):
    tables = {"Episodes": [{"CHILD": "1", "REC": "E2"}], "OC3": [{"CHILD": "1"} | more]}

    (found,) = check_tables("ssda903", tables, rules=["1000"], collection_end=YEAR)

    assert dict(zip(found.fields, found.values, strict=True)) == more
