"""The benchmark of the returns: what it measures and says, and which differences are explained."""

import sys

import pytest

from hearth.demo.bench import peers, returns
from hearth.lib.errors import CannotRun


def test_ours_and_the_bare_reading_are_measured_at_each_size(tmp_path, monkeypatch):
    monkeypatch.setattr(returns, "OFTEN", 1)
    setting = returns.Setting(tmp_path, [10])
    said: list[str] = []

    returns.measure(setting, said.append)

    measured = {(each.of, each.what) for each in setting.costs}
    assert measured == {
        *((returns.CENSUS, what) for what in (returns.OURS, returns.PARSE)),
        *((returns.LOOKED_AFTER, what) for what in (returns.OURS, returns.COLUMNS)),
    }
    assert all(each.seconds > 0 and each.megabytes > 1 for each in setting.costs)
    assert peers.compared(setting, said.append) == []


def test_each_is_said_beside_ours_and_beside_the_bare_reading():
    costs = [
        returns.Cost(returns.CENSUS, what, children, seconds * children, seconds, 10)
        for children in (1000, 20000)
        for what, seconds in (
            (returns.OURS, 0.001),
            (returns.PARSE, 0.0005),
            (returns.PEER, 0.12 if children > 1000 else 0.012),
        )
    ]

    text = "\n".join(returns.lines(costs))

    assert "120.0 times faster than the peer (at least 100: holds)" in text
    assert "2.0 times as long as lxml parse (at most 3: holds)" in text
    assert "CIN peer: a child takes 10.00 times as long, from 1,000 to 20,000 children" in text


def test_a_command_that_does_not_work_stops_it(tmp_path):
    with pytest.raises(CannotRun, match="No such file"):
        returns.once([sys.executable, "nothing.py"], tmp_path / "said")


def test_a_difference_is_explained_where_the_page_has_a_row_for_its_rule():
    page = (
        "### The census, x\n| Rule | We |\n| 8945Q, 8950Q | a |\n"
        "### The looked-after return, x\n| 371 to 374 | b |\n| 503A to 503C, INT08 to INT10 | c |\n"
    )

    assert {"8945Q", "8950Q"} <= peers.explained(page, returns.CENSUS)
    assert peers.explained(page, returns.LOOKED_AFTER) == {
        *("371", "372", "373", "374", "503A", "503B", "503C", "INT08", "INT09", "INT10")
    }


def test_rules_that_differ_are_said_with_whether_it_is_known_why():
    found = [peers.Difference(returns.CENSUS, "8590", 2, 0, peers.UNEXPLAINED)]

    assert "8590" in "\n".join(peers.lines(found))
    assert peers.lines(found)[-1] == "1 unexplained"
    assert "No rule" in peers.lines([])[-1]
