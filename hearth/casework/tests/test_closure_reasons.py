"""Which reasons for closing fit an episode, in words: as the census will find them."""

from datetime import date

import pytest

from hearth.casework import closure_reasons
from hearth.casework.actions import ClosingPart, ask_to_close, close_episode
from hearth.casework.closure_reasons import Trace, refused_each, why_not_reason
from hearth.casework.models import Allocation, Closing, Involvement
from hearth.casework.tests.factories import AllocationFactory, EpisodeFactory, InvolvementFactory
from hearth.casework.tests.pages import look, send
from hearth.casework.tests.test_closing_pages import CLOSING, part
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


def test_where_nothing_was_found_the_form_asks_why_it_closes_otherwise(
    client, worker, team, monkeypatch
):
    """Rule 8873Q: the one assessment found no factors, and it does not close after assessment."""
    episode = AllocationFactory.create(worker=worker, team=team).episode
    monkeypatch.setattr(closure_reasons, "FOUND_NOTHING", [lambda _: {episode.pk}])
    assert "Why does it close for that reason?" in look(
        client, worker, "ask_to_close", episode.pk, most=25
    )
    said = {**CLOSING, **part(episode.child)}

    again = send(client, worker, "ask_to_close", episode.pk, **said)
    assert again.status_code == 200
    assert "yet it does not close after assessment" in again.text
    with pytest.raises(CannotDo, match="yet it does not close after assessment"):
        ask(episode, worker, closure_reason="RC7")

    why = "They moved to Leeds before the plan began."
    named = f"child-{episode.child_id}-no_factors_reason"
    assert send(client, worker, "ask_to_close", episode.pk, **said, **{named: why})
    closing = Closing.objects.get()
    assert closing.children.get().no_factors_reason == why
    assert why in look(client, worker, "closing", closing.pk, most=20)


def test_nobody_is_asked_where_it_closes_after_assessment(worker, monkeypatch):
    episode = AllocationFactory.create(worker=worker).episode
    monkeypatch.setattr(closure_reasons, "FOUND_NOTHING", [lambda _: {episode.pk}])
    monkeypatch.setattr(closure_reasons, "ASSESSMENTS", [])

    ask(episode, worker, closure_reason="RC8")

    assert Closing.objects.get().children.get().no_factors_reason == ""


def ask(episode, worker, **said):
    parts = [ClosingPart(episode=episode, summary="Safe.", last_seen_on=DAY, **said)]
    return ask_to_close(
        parts=parts, ended_on=DAY, told_family="Mum.", told_agencies="School.", by=worker
    )
