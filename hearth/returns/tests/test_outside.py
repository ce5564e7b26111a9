"""What no return holds may be given beside it: whose it is, Ofsted's list, and postcodes."""

import pytest

from hearth.returns import CannotRead, Outside, check_tables
from hearth.returns.check import report_on_tables
from hearth.returns.checking.columns import as_text
from hearth.returns.checking.looked_after_rows import looked_after_of
from hearth.returns.tests.looked_after_examples import YEAR

HERE, THERE = "E06000001", "E06000002"


def postcode(code, authority=HERE, east="400000", north="300000", **more):
    row = {"pcds": code, "oslaua": authority, "oseast1m": east, "osnrth1m": north}
    return row | more


POSTCODES = [
    postcode("AB1 1AA"),
    postcode("AB1 1AB", THERE, "403000", "304000"),
    postcode("AB1 1AC", "W06000015"),
    postcode("AB1 1AD", "S12000033", "", ""),
    postcode("AB1 1AE", east=""),
    postcode("AB1 1AF", "E07000008", oscty="E10000003"),
    postcode("AB1 1AG", oscty="E99999999"),
]


def episode(home, placement, **more):
    return {"CHILD": "1", "HOME_POST": home, "PL_POST": placement} | more


def worked_out(*rows, authority=HERE, postcodes=POSTCODES):
    """What is worked out of each row: its area, whether that is inside, and the miles."""
    outside = Outside(authority=authority, postcodes=postcodes)
    given = looked_after_of({"Episodes": rows}, None, None, outside)
    columns = [given.Episodes.text(name) for name in ("PL_LA", "PL_LOCATION", "PL_DISTANCE")]
    return [tuple(as_text(value) for value in row) for row in zip(*columns, strict=True)]


@pytest.mark.parametrize(
    ("home", "placement", "said"),
    [
        ("AB1 1AA", "AB1 1AB", (THERE, "OUT", "3.1")),
        ("ab11aa", "AB11AA", (HERE, "IN", "0.0")),
        ("AB1 1AA", "AB1 1AC", ("WAL", "OUT", "999.9")),
        ("AB1 1AD", "AB1 1AA", (HERE, "IN", "999.9")),
        ("AB1 1AA", "AB1 1AE", (HERE, "IN", "")),
        ("AB1 1AA", "AB1 1AF", ("E10000003", "OUT", "0.0")),
        ("AB1 1AA", "AB1 1AG", (HERE, "IN", "0.0")),
        ("ZZ9 9ZZ", "AB1 1AA", (HERE, "IN", "")),
        ("AB1 1AA", "ZZ9 9ZZ", ("", "", "")),
        ("", "", ("", "", "")),
    ],
)
def test_where_a_placement_is_comes_from_its_postcode(home, placement, said):
    assert worked_out(episode(home, placement)) == [said]


def test_what_the_return_says_of_a_placement_stands():
    said = {"PL_LA": "WAL", "PL_LOCATION": "IN", "PL_DISTANCE": "7"}

    assert worked_out(episode("AB1 1AA", "AB1 1AB", **said)) == [("WAL", "IN", "7")]


def test_whether_it_is_inside_needs_the_authority_and_no_postcodes():
    given = looked_after_of(
        {"Episodes": [{"PL_LA": HERE}, {"PL_LA": THERE}, {"PL_LA": ""}]},
        outside=Outside(authority=HERE),
    )

    assert given.Episodes.text("PL_LOCATION").tolist() == [b"IN", b"OUT", b""]
    assert "PL_DISTANCE" not in given.tables["Episodes"].columns


def test_last_years_placements_are_worked_out_too():
    before = {"Episodes": [episode("", "AB1 1AB", DECOM="01/05/2025", DEC="")]}
    now = {"Episodes": [episode("", "AB1 1AA", DECOM="01/05/2025", DEC="")]}

    found = check_tables(
        "ssda903",
        now,
        rules=["503H"],
        collection_end=YEAR,
        previous=before,
        outside=Outside(postcodes=POSTCODES),
    )

    assert [finding.values for finding in found] == [("01/05/2025", HERE)]


@pytest.mark.parametrize(
    ("outside", "why"),
    [
        (Outside(postcodes=[{"pcds": "AB1 1AA"}]), "postcodes has no column AUTHORITY"),
        (Outside(authority="999", postcodes=POSTCODES), "no postcode in the authority 999"),
        (Outside(providers=[{"Name": "A"}]), "providers has no column URN: it has NAME"),
        (Outside(providers=[{"URN": ""}]), "lists no provider"),
        (Outside(providers=[]), "providers has no column URN"),
        (
            Outside(providers=[{"URN": "1"}, {"URN": "2", "REG_END": "46112"}]),
            "row 2 below the column names: REG_END is 46112",
        ),
    ],
)
def test_a_list_that_cannot_be_used_is_refused(outside, why):
    with pytest.raises(CannotRead, match=why):
        report_on_tables("ssda903", {"Episodes": []}, collection_end=YEAR, outside=outside)


def test_a_rule_that_needs_a_column_the_list_has_not_is_not_run():
    report = report_on_tables(
        "ssda903",
        {"Episodes": [{"CHILD": "1", "URN": "1"}]},
        rules=["227", "1008"],
        collection_end=YEAR,
        outside=Outside(providers=[{"URN": "1"}]),
    )

    assert [each.reason for each in report.not_run] == ["The list of providers has no REG_END"]


def test_long_lists_say_how_far_they_are():
    heard: list = []
    outside = Outside(postcodes=POSTCODES, told=heard.append)

    looked_after_of({"Episodes": []}, None, None, outside)

    assert heard == [0]
