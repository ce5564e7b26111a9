"""The invented census: what is in it can be brought in."""

from lxml import etree

from hearth.demo.census import write_census
from hearth.lib.identifiers import check_upn


def test_every_pupil_number_is_well_made_and_nobody_elses(tmp_path):
    file = tmp_path / "census.xml"
    write_census(file, children=1100, year=2026, seed=1)

    numbers = [upn.text or "" for upn in etree.parse(file).iter("UPN")]

    assert len(set(numbers)) == len(numbers) > 500
    assert [check_upn(upn) for upn in numbers] == numbers
