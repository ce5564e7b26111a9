"""The ways under the header: few enough to take in at once, and none of them lost."""

import pytest

from hearth.accounts.roles import STAFF
from hearth.accounts.tests.factories import UserFactory
from hearth.design.components.furniture import ways
from hearth.lib.panels import FEW_WAYS, GROUPS, NAV, ways_of


@pytest.mark.parametrize("role", [*STAFF, tuple(STAFF)], ids=str)
def test_no_role_has_more_than_seven_and_each_way_stands_once(role):
    worker = UserFactory.build(roles=[role] if isinstance(role, str) else list(role))

    shown = ways(worker, "/")

    assert len(shown) <= FEW_WAYS
    standing = [link["text"] for way in shown for link in way.get("links", [way])]
    assert sorted(standing) == sorted(way.text for way in ways_of(worker))


def test_a_group_says_that_the_page_is_within_it():
    worker = UserFactory.build(roles=["team_manager"])

    shown = {way["text"]: way for way in ways(worker, "/core-groups/")}

    assert shown["Protection and plans"]["here"] == "Core groups"
    assert not shown["Cases"]["here"]
    (current,) = [one for one in shown["Protection and plans"]["links"] if one["is_current"]]
    assert current["href"] == "/core-groups/"


def test_every_way_stands_by_itself_or_in_a_group_that_is_shown():
    assert {way.group for way in NAV} <= {"", *GROUPS}
