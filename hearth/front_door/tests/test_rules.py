"""Decisions over facts, and the windows of a year."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.casework.timescales import TIMESCALES, due
from hearth.front_door import rules
from hearth.lib.codes import code_set
from hearth.lib.dates import add_months

DAYS = st.dates(date(2006, 1, 1), date(2027, 12, 31))


def test_every_concern_the_rules_name_is_in_the_published_set():
    named = rules.DOMESTIC_ABUSE.union(*(signs for _, signs in rules.NEEDS))

    assert named <= {code.code for code in code_set("contact_concern")}


def test_every_agency_has_a_census_source_that_exists():
    assert set(rules.SOURCES) <= {code.code for code in code_set("agency_type")}
    assert set(rules.SOURCES.values()) <= {code.code for code in code_set("referral_source")}


@pytest.mark.parametrize("concern", rules.harm_concerns())
def test_each_sign_of_significant_harm_is_one(concern):
    assert rules.suggests_harm(["money", concern])


def test_worries_that_are_not_signs_of_significant_harm_are_not():
    assert not rules.suggests_harm(["money", "housing", "domestic_abuse"])


@pytest.mark.parametrize(
    ("concerns", "need"),
    [
        (["injury", "money"], "N1"),
        (["child_disability"], "N2"),
        (["parent_mental_health", "money"], "N3"),
        (["young_carer"], "N4"),
        (["family_conflict"], "N5"),
        (["behaviour"], "N6"),
        (["money"], "N7"),
        (["unaccompanied"], "N8"),
        ([], ""),
    ],
)
def test_the_need_the_concerns_point_to(concerns, need):
    assert rules.likely_need(concerns) == need


def test_a_contact_a_year_ago_to_the_day_is_counted_and_one_the_day_before_is_not():
    today = date(2026, 2, 2)

    assert rules.contacts_within([date(2025, 2, 2), today], today) == 2
    assert rules.contacts_within([date(2025, 2, 1), today], today) == 1


def test_a_later_contact_is_not_counted_in_an_earlier_ones_year():
    assert rules.contacts_within([date(2026, 2, 2), date(2026, 3, 2)], date(2026, 2, 2)) == 1


@given(days=st.lists(DAYS, max_size=12), on=DAYS)
def test_the_count_is_of_days_within_twelve_months_and_never_of_others(days, on):
    count = rules.contacts_within(days, on)

    assert 0 <= count <= len(days)
    assert count == len([d for d in days if d <= on and add_months(on, -12) <= d])
    # Nothing more than 366 days before counts, and everything within 365 does.
    assert count <= len([d for d in days if timedelta(0) <= on - d <= timedelta(days=366)])
    assert count >= len([d for d in days if timedelta(0) <= on - d <= timedelta(days=365)])


@given(days=st.lists(DAYS, max_size=8), on=DAYS, more=DAYS)
def test_another_contact_never_lowers_the_count(days, on, more):
    assert rules.contacts_within([*days, more], on) >= rules.contacts_within(days, on)


@given(previous=DAYS, after=st.integers(0, 800))
def test_a_re_referral_is_within_twelve_months_of_the_referral_before(previous, after):
    referred_on = previous + timedelta(days=after)

    assert rules.is_re_referral(previous, referred_on) == (referred_on <= add_months(previous, 12))


def test_a_referral_before_another_is_not_a_re_referral_of_it():
    assert not rules.is_re_referral(date(2026, 2, 2), date(2026, 2, 1))


@pytest.mark.parametrize(
    ("born_on", "is_unborn", "received_on", "refused"),
    [
        (date(2026, 2, 2), False, date(2026, 2, 2), False),
        (date(2026, 2, 3), False, date(2026, 2, 2), True),
        (date(2026, 8, 1), True, date(2026, 2, 2), False),
        (None, False, date(2026, 2, 2), False),
        (date(2000, 2, 3), False, date(2026, 2, 2), False),
        (date(2000, 2, 2), False, date(2026, 2, 2), True),
    ],
)
def test_whom_a_contact_can_be_about(born_on, is_unborn, received_on, refused):
    why = rules.why_not_about("Bea", born_on=born_on, is_unborn=is_unborn, received_on=received_on)

    assert bool(why) == refused


@pytest.mark.parametrize(
    ("key", "trigger", "on"),
    [
        ("CON-01", date(2026, 4, 2), date(2026, 4, 7)),  # over Easter
        ("CON-02", date(2026, 2, 6), date(2026, 2, 9)),
        ("CON-03", date(2025, 12, 24), date(2025, 12, 29)),
        ("CON-04", date(2026, 2, 7), date(2026, 2, 7)),
        ("CON-05", date(2026, 2, 6), date(2026, 2, 11)),
        ("CON-06", date(2026, 2, 6), date(2026, 2, 11)),
        ("REF-01", date(2009, 2, 6), date(2009, 2, 9)),
        ("REF-01", date(2026, 2, 6), date(2026, 2, 9)),
        ("REF-06", date(2024, 2, 29), date(2025, 2, 28)),
        ("S47-01", date(2026, 2, 6), date(2026, 2, 9)),
    ],
)
def test_when_the_front_doors_duties_fall_due(key, trigger, on):
    found = due(TIMESCALES[key], trigger)

    assert found is not None
    assert found.on == on
