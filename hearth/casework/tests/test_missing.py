"""What open records lack: worked out from the record, listed, and put right where it is said."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from hearth.accounts.tests.factories import UserFactory
from hearth.casework.missing import what_is_missing, with_what_is_there
from hearth.casework.models import Episode
from hearth.casework.tests.factories import AllocationFactory, EpisodeFactory
from hearth.config.testing import at_most_queries
from hearth.people.tests.factories import ChildFactory
from hearth.records.actions import review_chronology

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)
LIST = reverse("casework:to_complete")


def lacks(child, today=TODAY):
    EpisodeFactory.create(child=child)
    (episode,) = with_what_is_there(Episode.objects.filter(child=child), today=today)
    return [missing.words for missing in what_is_missing(episode, today=today)]


def test_a_bare_record_lacks_what_the_census_and_a_worker_at_night_need():
    child = ChildFactory.create(born_on=date(2016, 9, 14), sex="U", ethnicity="")

    assert lacks(child) == [
        "Not seen since the referral",
        "Who has parental responsibility",
        "Sex",
        "Ethnicity",
        "Language",
        "Religion",
        "Disability, or that there is none",
        "Address",
        "Unique pupil number, or why there is none",
    ]


def test_a_child_brought_in_by_a_census_has_no_name_and_is_to_be_given_one():
    nameless = ChildFactory.create(given_names="", family_name="", known_as="")

    assert lacks(nameless)[0] == "Name"
    assert "Name" not in lacks(ChildFactory.create(given_names="", family_name="Quill"))


def test_an_ethnicity_not_obtained_is_to_be_asked_again():
    child = ChildFactory.create(born_on=date(2016, 9, 14), sex="F", ethnicity="NOBT")

    assert "Ethnicity: recorded as not obtained, so ask again" in lacks(child)
    assert "Ethnicity" not in lacks(ChildFactory.create(sex="F", ethnicity="WBRI"))


def test_a_child_not_yet_born_and_one_too_young_for_school_lack_less():
    unborn = ChildFactory.create(birth_kind="expected", born_on=date(2026, 6, 1), sex="U")
    baby = ChildFactory.create(born_on=date(2025, 6, 1), sex="F", ethnicity="WBRI")

    assert lacks(unborn) == ["Who has parental responsibility", "Language", "Address"]
    assert "Unique pupil number, or why there is none" not in lacks(baby)


def test_a_chronology_nobody_read_through_for_three_months_is_to_be_read():
    child, unread = ChildFactory.create(), "Chronology not read through for three months"
    worker = UserFactory.create()
    assert unread not in lacks(child, today=date(2026, 5, 2))
    today = timezone.localdate()
    (episode,) = with_what_is_there(Episode.objects.filter(child=child), today=today)
    assert unread in [missing.words for missing in what_is_missing(episode, today=today)]

    review_chronology(child=child, text="Each move made it worse.", by=worker)

    (episode,) = with_what_is_there(Episode.objects.filter(child=child), today=today)
    assert unread not in [missing.words for missing in what_is_missing(episode, today=today)]
    later = today + timedelta(days=100)
    assert unread in [missing.words for missing in what_is_missing(episode, today=later)]


def test_each_thing_leads_to_where_it_is_put_right(client):
    child = EpisodeFactory.create(child=ChildFactory.create(sex="U", ethnicity="")).child
    client.force_login(UserFactory.create(manager=True))

    page = client.get(reverse("desk:child", args=[child.pk])).content.decode()

    assert "This record lacks" in page
    for name, args in (
        ("people:record_fact", [child.pk, "ethnicity"]),
        ("people:record_fact", [child.pk, "addresses"]),
        ("people:record_relationship", [child.pk]),
        ("records:record_visit", [child.pk]),
    ):
        assert reverse(name, args=args) in page


def test_a_worker_sees_their_own_cases_a_manager_any_and_a_team_its_own(client, worker, team, boss):
    long_ago = timezone.localdate() - timedelta(30)
    mine, theirs = (
        ChildFactory.create(given_names=name, family_name="Quill") for name in ("Rowan", "Bea")
    )
    episode = EpisodeFactory.create(child=mine, started_on=long_ago)
    AllocationFactory.create(episode=episode, worker=worker, team=team, started_on=long_ago)
    EpisodeFactory.create(child=theirs, started_on=long_ago)

    def listed(user, **asked):
        client.force_login(user)
        page = client.get(LIST, asked).content.decode()
        return [name for name in ("Rowan Quill", "Bea Quill") if f">{name}</a>" in page]

    assert listed(worker) == ["Rowan Quill"]
    assert listed(boss) == ["Rowan Quill", "Bea Quill"]
    assert listed(boss, team=team.pk) == ["Rowan Quill"]


def test_a_record_in_its_first_week_is_not_listed(client, boss):
    EpisodeFactory.create(started_on=timezone.localdate())
    client.force_login(boss)

    assert "No record has been open" in client.get(LIST).content.decode()


def test_forty_records_ask_no_more_of_the_database_than_one(client, boss):
    EpisodeFactory.create_batch(20)
    client.force_login(boss)

    with at_most_queries():
        client.get(LIST)
