"""What several rooms say at the top of a child's pages."""

from hearth.lib.panels import BannerFact, _said_once


def test_a_tag_that_another_room_says_in_full_is_said_once():
    status, full = BannerFact("Child protection plan"), BannerFact("Child protection plan: neglect")
    worker = BannerFact("Child protection plan", label="Worker")

    assert _said_once([status, full, worker]) == [full, worker]
    assert _said_once([status, BannerFact("Being assessed")])[0] == status
