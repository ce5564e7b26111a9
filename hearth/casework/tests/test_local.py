"""What an authority chooses: proposed by one, agreed by another, and never looking back."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from hearth.accounts.tests.factories import UserFactory
from hearth.casework import timescales
from hearth.casework.actions import agree_change, propose_adoption, propose_limit, refuse_change
from hearth.casework.models import LocalChange
from hearth.casework.models.local import local_rules
from hearth.casework.timescales import Limit, Timescale
from hearth.lib.errors import CannotDo

pytestmark = pytest.mark.django_db


@pytest.fixture
def one():
    return UserFactory.create()


@pytest.fixture
def other():
    return UserFactory.create()


@pytest.fixture(autouse=True)
def limits(monkeypatch):
    def known(key, configurable):
        limit = Limit(10, "working days", "law")
        return Timescale(
            key=key, duty="Do it", trigger="it began", limits=[limit], configurable=configurable
        )

    for key, configurable in {"T-no": "no", "T-less": "stricter only", "T-yes": "yes"}.items():
        monkeypatch.setitem(timescales.TIMESCALES, key, known(key, configurable))


def tomorrow():
    return timezone.localdate() + timedelta(days=1)


def limit(by, key="T-less", amount=8, since=None, reason="Our own standard."):
    return propose_limit(
        timescale=key, amount=amount, since=since or tomorrow(), reason=reason, by=by
    )


def test_a_limit_of_our_own_holds_once_a_second_person_agrees(one, other):
    change = limit(one)
    assert local_rules().amounts == {}

    agree_change(change=change, by=other)

    assert local_rules().amounts == {"T-less": [(tomorrow(), 8)]}
    change.refresh_from_db()
    assert change.agreed_by == other


def test_the_day_a_framework_was_adopted_is_proposed_and_agreed(one, other):
    change = propose_adoption(
        framework="single", adopted_on=date(2016, 9, 1), reason="Cabinet minute.", by=one
    )

    agree_change(change=change, by=other)

    assert local_rules().adopted == {"single": date(2016, 9, 1)}


def test_nobody_agrees_their_own_proposal(one):
    with pytest.raises(CannotDo, match="You proposed this, so someone else must agree it"):
        agree_change(change=limit(one), by=one)


def test_the_database_itself_refuses_it_too(one):
    change = limit(one)

    with (
        pytest.raises(IntegrityError, match="local_change_agreed_by_another"),
        transaction.atomic(),
    ):
        LocalChange.objects.filter(pk=change.pk).update(agreed_by=one, agreed_at=timezone.now())


@pytest.mark.parametrize(
    ("key", "amount", "words"),
    [
        ("T-no", 5, "The law fixes this limit"),
        ("T-gone", 5, "The law fixes this limit"),
        ("T-less", 11, "may only be made shorter: the national limit is 10 working days"),
        ("T-yes", 0, "Enter a number from 1 to 1,000"),
        ("T-yes", 1001, "Enter a number from 1 to 1,000"),
    ],
)
def test_a_limit_the_law_does_not_leave_open_is_refused(one, key, amount, words):
    with pytest.raises(CannotDo, match=words):
        limit(one, key=key, amount=amount)


def test_a_limit_the_law_leaves_open_may_be_longer(one):
    assert limit(one, key="T-yes", amount=15)


def test_a_limit_does_not_start_in_the_past_even_if_it_waited_too_long_to_be_agreed(one, other):
    with pytest.raises(CannotDo, match="cannot start in the past"):
        limit(one, since=date(2026, 1, 1))
    change = limit(one)
    LocalChange.objects.filter(pk=change.pk).update(holds_from=date(2026, 1, 1))

    with pytest.raises(CannotDo, match="Refuse it, and propose it again"):
        agree_change(change=change, by=other)


@pytest.mark.parametrize(
    ("framework", "day", "words"),
    [
        ("wt_2013", date(2016, 9, 1), "no day of its own"),
        ("nothing", date(2016, 9, 1), "no day of its own"),
        ("single", date(2012, 9, 1), "only took effect on 15 April 2013"),
    ],
)
def test_a_framework_is_adopted_no_sooner_than_it_was_made(one, framework, day, words):
    with pytest.raises(CannotDo, match=words):
        propose_adoption(framework=framework, adopted_on=day, reason="x", by=one)


def test_a_change_gives_its_reason_and_waits_alone(one):
    with pytest.raises(CannotDo, match="Say why this is to change"):
        limit(one, reason="")
    limit(one)
    with pytest.raises(CannotDo, match="already waiting to be agreed"):
        limit(one)


def test_a_change_is_refused_with_why_and_decided_once(one, other):
    change = limit(one)

    with pytest.raises(CannotDo, match="Say why"):
        refuse_change(change=change, reason="", by=other)
    refuse_change(change=change, reason="Not this year.", by=other)

    for decide in (
        lambda: agree_change(change=change, by=other),
        lambda: refuse_change(change=change, reason="Again.", by=other),
    ):
        with pytest.raises(CannotDo, match="already been decided"):
            decide()
    assert local_rules().amounts == {}


def test_an_amount_agreed_again_for_the_same_day_takes_the_lasts_place(one, other):
    agree_change(change=limit(one), by=other)
    agree_change(change=limit(one, amount=6), by=other)

    assert local_rules().amounts == {"T-less": [(tomorrow(), 6)]}
