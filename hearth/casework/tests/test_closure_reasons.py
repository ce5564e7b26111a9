"""Which reasons for closing fit an episode, in words: as the census will find them."""

from datetime import date

import pytest

from hearth.casework import closure_reasons
from hearth.casework.actions import close_episode
from hearth.casework.closure_reasons import Trace, refused_each, why_not_reason
from hearth.casework.models import Allocation, Involvement
from hearth.casework.tests.factories import AllocationFactory, EpisodeFactory, InvolvementFactory
from hearth.casework.tests.pages import look
from hearth.lib.errors import CannotDo
from hearth.workforce.tests.factories import social_worker

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


@pytest.fixture
def had(monkeypatch):
    """Stand in for the rooms above: an allocation for an assessment, an involvement for more."""
    assessed = Trace(key="assessment", words="an assessment", rows=Allocation.objects.all)
    more = Trace(key="more", words="an enquiry", rows=Involvement.objects.all)
    monkeypatch.setattr(closure_reasons, "ASSESSMENTS", [assessed])
    monkeypatch.setattr(closure_reasons, "MORE", [more])


def test_a_case_closes_after_assessment_only_if_it_was_assessed(had):
    """Rule 8825: a reason after assessment, and no assessment."""
    plain, assessed = EpisodeFactory.create(), AllocationFactory.create().episode

    for reason in ("RC8", "RC9"):
        why = why_not_reason(plain, reason, on=DAY)
        assert why is not None
        assert "none was made in this episode" in why
        assert why_not_reason(assessed, reason, on=DAY) is None


def test_a_case_that_was_more_than_assessed_does_not_close_after_assessment(had):
    """Rule 2990: no enquiry, conference or plan beside such a reason."""
    episode = AllocationFactory.create().episode
    InvolvementFactory.create(episode=episode, child=episode.child)

    why = why_not_reason(episode, "RC8", on=DAY)

    assert why is not None
    assert why.startswith("Not “Case closed after assessment, no further action”")
    assert "this had an enquiry" in why
    assert "Services ceased for any other reason" in why.split("What fits: ")[1]
    assert "Case closed after assessment" not in why.split("What fits: ")[1]
    with pytest.raises(CannotDo, match="this had an enquiry"):
        close_episode(episode=episode, ended_on=DAY, closure_reason="RC9", by=social_worker())


def test_died_is_for_a_child_whose_death_is_on_their_record(had):
    """Rule 8585: a case that closed because a child died, and no day of death."""
    living = EpisodeFactory.create()
    dead = EpisodeFactory.create(child__died_on=date(2026, 2, 20))

    why = why_not_reason(living, "RC2", on=DAY)
    assert why is not None
    assert "record it there first" in why
    assert why_not_reason(dead, "RC2", on=DAY) is None


def test_many_episodes_are_looked_at_in_one_question(had, django_assert_num_queries):
    episodes = [EpisodeFactory.create() for _ in range(3)]
    with django_assert_num_queries(1):
        found = refused_each(episodes)
    assert set(found) == {episode.pk for episode in episodes}


def test_the_form_offers_what_fits_and_says_what_does_not(client, worker, had):
    episode = AllocationFactory.create(worker=worker).episode
    InvolvementFactory.create(episode=episode, child=episode.child)

    page = look(client, worker, "ask_to_close", episode.pk, most=25)

    assert '<option value="RC7"' in page
    assert '<option value="RC8"' not in page
    assert "straight after assessment, and this had an enquiry" in page
