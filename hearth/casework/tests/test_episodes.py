"""Episodes and involvements: one at a time, in order, and refused in words."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from hearth.accounts.tests.factories import UserFactory
from hearth.casework.actions import (
    close_episode,
    end_involvement,
    open_episode,
    start_involvement,
)
from hearth.casework.models import Allocation, Episode
from hearth.casework.tests.factories import (
    AllocationFactory,
    EpisodeFactory,
    InvolvementFactory,
)
from hearth.lib.errors import CannotDo
from hearth.people.tests.factories import ChildFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker():
    return UserFactory.create()


def refer(child, on, by, **kwargs):
    return open_episode(child=child, started_on=on, referral_source="1A", by=by, **kwargs)


# Opening


def test_a_referral_opens_an_episode(worker):
    episode = refer(ChildFactory.create(), date(2026, 2, 2), worker, primary_need="N1")

    assert (episode.started_on, episode.ended_on, episode.primary_need) == (
        date(2026, 2, 2),
        None,
        "N1",
    )


def test_a_referral_with_no_further_action_is_closed_the_same_day(worker):
    episode = refer(ChildFactory.create(), date(2026, 2, 2), worker, no_further_action=True)

    assert episode.ended_on == date(2026, 2, 2)
    assert episode.closed_by == worker


@pytest.mark.parametrize("day", [date(2026, 1, 5), date(2026, 2, 2), date(2026, 2, 20)])
def test_a_child_has_one_episode_at_a_time(worker, day):
    episode = EpisodeFactory.create(started_on=date(2026, 2, 2))

    with pytest.raises(CannotDo, match="already has an episode open from 2 February 2026"):
        refer(episode.child, day, worker)


def test_a_referral_within_a_closed_episode_says_which_days_it_ran(worker):
    episode = EpisodeFactory.create(
        started_on=date(2026, 2, 2), ended_on=date(2026, 3, 2), closure_reason="RC8"
    )

    with pytest.raises(CannotDo, match="open from 2 February 2026 to 2 March 2026"):
        refer(episode.child, date(2026, 2, 20), worker)
    assert refer(episode.child, date(2026, 3, 2), worker)


def test_a_referral_that_goes_no_further_is_not_put_inside_an_open_episode(worker):
    episode = EpisodeFactory.create(started_on=date(2026, 2, 2))

    with pytest.raises(CannotDo, match="already has an episode"):
        refer(episode.child, date(2026, 2, 20), worker, no_further_action=True)
    assert refer(episode.child, date(2026, 1, 20), worker, no_further_action=True)


def test_one_that_went_no_further_is_in_nobodys_way(worker):
    child = ChildFactory.create()
    refer(child, date(2026, 2, 2), worker, no_further_action=True)

    assert refer(child, date(2026, 1, 5), worker).ended_on is None


def test_a_referral_is_not_dated_in_the_future_nor_coded_at_will(worker):
    child = ChildFactory.create()

    with pytest.raises(CannotDo, match="cannot be dated in the future"):
        refer(child, timezone.localdate() + timedelta(days=1), worker)
    with pytest.raises(CannotDo, match="has no code ZZ"):
        open_episode(child=child, started_on=date(2026, 2, 2), referral_source="ZZ", by=worker)
    with pytest.raises(CannotDo, match="has no code N99"):
        refer(child, date(2026, 2, 2), worker, primary_need="N99")


def test_the_database_itself_refuses_a_second_episode_on_one_day(worker):
    episode = EpisodeFactory.create()

    with pytest.raises(IntegrityError, match="episode_one_at_a_time"), transaction.atomic():
        EpisodeFactory.create(child=episode.child, started_on=date(2026, 2, 10))


# Closing


def test_closing_ends_what_the_child_was_to_us_and_who_had_the_case(worker):
    episode = EpisodeFactory.create()
    need = InvolvementFactory.create(child=episode.child, episode=episode)
    AllocationFactory.create(episode=episode)

    close_episode(
        episode=episode,
        ended_on=date(2026, 3, 2),
        closure_reason="RC7",
        closure_summary="Home is safe.",
        by=worker,
    )

    episode.refresh_from_db()
    need.refresh_from_db()
    assert (episode.ended_on, episode.closed_by) == (date(2026, 3, 2), worker)
    assert episode.closure_summary == "Home is safe."
    assert need.ended_on == date(2026, 3, 2)
    assert Allocation.objects.get(episode=episode).ended_on == date(2026, 3, 2)


@pytest.mark.parametrize(
    ("ended_on", "reason", "words"),
    [
        (date(2026, 2, 1), "RC8", "cannot be closed before its referral"),
        (date(2999, 1, 1), "RC8", "a day that has not come"),
        (date(2026, 3, 2), "RC99", "has no code RC99"),
        (date(2026, 3, 2), "", "has no code"),
    ],
)
def test_an_episode_is_closed_in_order_and_with_a_reason(worker, ended_on, reason, words):
    with pytest.raises(CannotDo, match=words):
        close_episode(
            episode=EpisodeFactory.create(), ended_on=ended_on, closure_reason=reason, by=worker
        )


def test_a_closing_code_must_have_held_on_the_day(worker):
    episode = EpisodeFactory.create(started_on=date(2021, 2, 2))

    with pytest.raises(CannotDo, match="RC9 was not in use on 1 March 2021"):
        close_episode(episode=episode, ended_on=date(2021, 3, 1), closure_reason="RC9", by=worker)


def test_an_episode_is_closed_once(worker):
    episode = EpisodeFactory.create(ended_on=date(2026, 3, 2), closure_reason="RC8")

    with pytest.raises(CannotDo, match="This episode was closed on 2 March 2026"):
        close_episode(episode=episode, ended_on=date(2026, 3, 3), closure_reason="RC8", by=worker)


@pytest.mark.parametrize(
    ("kind", "words"),
    [("protection", "Child protection plan still stands"), ("looked_after", "Looked after still")],
)
def test_a_child_with_a_plan_or_in_care_is_not_closed(worker, kind, words):
    episode = EpisodeFactory.create()
    InvolvementFactory.create(child=episode.child, kind=kind)

    with pytest.raises(CannotDo, match=words):
        close_episode(episode=episode, ended_on=date(2026, 3, 2), closure_reason="RC7", by=worker)


# What a child is to us


def test_what_already_holds_is_not_started_twice(worker):
    standing = InvolvementFactory.create()

    again = start_involvement(
        child=standing.child,
        kind="child_in_need",
        started_on=date(2026, 2, 20),
        episode=None,
        by=worker,
    )

    assert again == standing


def test_what_starts_before_a_later_spell_of_the_same_is_refused_in_words(worker):
    later = InvolvementFactory.create(started_on=date(2026, 2, 2))

    with pytest.raises(CannotDo, match="was that already from 2 February 2026: Child in need"):
        start_involvement(
            child=later.child,
            kind="child_in_need",
            started_on=date(2026, 1, 5),
            episode=None,
            by=worker,
        )


def test_nothing_starts_in_the_future(worker):
    with pytest.raises(CannotDo, match="Child in need: this cannot start in the future"):
        start_involvement(
            child=ChildFactory.create(),
            kind="child_in_need",
            started_on=timezone.localdate() + timedelta(days=1),
            episode=None,
            by=worker,
        )


def test_what_has_ended_does_not_end_again(worker):
    involvement = InvolvementFactory.create()
    end_involvement(involvement=involvement, ended_on=date(2026, 3, 2), by=worker)

    with pytest.raises(CannotDo, match="Child in need had ended by 2 March 2026"):
        end_involvement(involvement=involvement, ended_on=date(2026, 3, 3), by=worker)


def test_the_database_itself_refuses_two_spells_of_the_same(worker):
    spell = InvolvementFactory.create()

    with pytest.raises(IntegrityError, match="involvement_one_child_in_need"), transaction.atomic():
        InvolvementFactory.create(child=spell.child, started_on=date(2026, 2, 20))


def test_the_database_itself_refuses_two_leads_and_one_worker_twice(worker):
    lead = AllocationFactory.create()

    with pytest.raises(IntegrityError, match="allocation_one_lead"), transaction.atomic():
        AllocationFactory.create(episode=lead.episode)
    with pytest.raises(IntegrityError, match="allocation_one_part"), transaction.atomic():
        AllocationFactory.create(episode=lead.episode, worker=lead.worker, role="co_worker")


def test_an_episode_keeps_its_earlier_versions():
    episode = EpisodeFactory.create()
    Episode.objects.filter(pk=episode.pk).update(primary_need="N2")

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT primary_need FROM casework_episodeevent WHERE pgh_obj_id = %s", [episode.pk]
        )
        assert cursor.fetchall() == [("N1",)]
