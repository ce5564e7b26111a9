"""An episode does not close before what is dated within it (CIN census rule 8565)."""

from datetime import date, timedelta

import pytest

from hearth.casework import closing_days
from hearth.casework.actions import close_episode
from hearth.casework.closing_days import Dated, why_not_day
from hearth.casework.models import Allocation, Involvement
from hearth.casework.tests.factories import AllocationFactory, EpisodeFactory, InvolvementFactory
from hearth.lib.errors import CannotDo
from hearth.workforce.tests.factories import social_worker

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


@pytest.fixture
def episode(monkeypatch):
    """One in which, to the rooms above, something began on the day and something ended later."""
    dated = [
        Dated(words="an assessment began", rows=Allocation.objects.all, day="started_on"),
        Dated(words="a plan ended", rows=Involvement.objects.all, day="ended_on"),
    ]
    monkeypatch.setattr(closing_days, "DATED", dated)
    found = EpisodeFactory.create(started_on=date(2026, 1, 5))
    AllocationFactory.create(episode=found, started_on=DAY)
    InvolvementFactory.create(
        episode=found, child=found.child, started_on=date(2026, 1, 5), ended_on=date(2026, 3, 9)
    )
    return found


def test_it_closes_from_the_day_of_the_last_thing_in_it(episode, django_assert_num_queries):
    with django_assert_num_queries(1):
        why = why_not_day(episode, on=DAY)

    assert why == f"{episode.child} cannot close before 9 March 2026, the day a plan ended"
    assert why_not_day(episode, on=date(2026, 3, 9)) is None
    with pytest.raises(CannotDo, match="cannot close before 9 March 2026"):
        close_episode(
            episode=episode,
            ended_on=date(2026, 3, 9) - timedelta(days=1),
            closure_reason="RC7",
            by=social_worker(),
        )


def test_where_no_room_dates_anything_any_day_will_do(monkeypatch):
    monkeypatch.setattr(closing_days, "DATED", [])

    assert why_not_day(EpisodeFactory.create(), on=DAY) is None
