"""Who has looked at a record, what a worker looked at, and who was refused."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from hearth.accounts import trail
from hearth.accounts.models import TrailKind
from hearth.accounts.roles import Role
from hearth.accounts.tests.factories import UserFactory
from hearth.config.testing import at_most_queries
from hearth.people.tests.factories import (
    ChildFactory,
    RestrictionAccessFactory,
    RestrictionFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def child():
    return ChildFactory.create(given_names="Tamsin", family_name="Quill")


@pytest.fixture
def worker():
    return UserFactory.create(first_name="Farah", last_name="Holt")


@pytest.fixture
def manager():
    return UserFactory.create(manager=True)


@pytest.fixture
def guardian():
    return UserFactory.create(roles=[Role.CALDICOTT])


def page(client, name, *args, **filters):
    return client.get(reverse(f"people:{name}", args=args), filters).content.decode()


def test_a_manager_sees_who_opened_a_record_and_when(client, child, worker, manager):
    client.force_login(worker)
    client.get(reverse("desk:child", args=[child.pk]))
    client.force_login(manager)
    with at_most_queries(15):
        seen = page(client, "looks", child.pk)

    assert "Farah Holt" in seen
    assert "Opened: View a child's record" in seen.replace("&#x27;", "'")


def test_the_list_is_narrowed_by_worker_kind_and_days(client, child, worker, manager):
    other = UserFactory.create(first_name="Idris", last_name="Garside")
    trail.record("Recorded a contact", child, by=worker)
    trail.record("GET desk.child", child, by=other, kind=TrailKind.LOOK)
    client.force_login(manager)

    by_worker = page(client, "looks", child.pk, worker=worker.pk)
    assert "Recorded a contact" in by_worker
    assert "View a child" not in by_worker
    looks = page(client, "looks", child.pk, kind="look", worker=other.pk)
    assert "Recorded a contact" not in looks
    yesterday = timezone.localdate() - timedelta(days=1)
    days = {"last_day": yesterday.day, "last_month": yesterday.month, "last_year": yesterday.year}
    assert "Nobody, in those days" in page(client, "looks", child.pk, **days)
    days = {key.replace("last", "first"): value for key, value in days.items()}
    assert "Recorded a contact" in page(client, "looks", child.pk, **days)


def test_an_answer_that_makes_no_sense_is_said_and_narrows_nothing(client, child, worker, manager):
    trail.record("Recorded a contact", child, by=worker)
    client.force_login(manager)
    seen = page(client, "looks", child.pk, first_day="99", first_month="1", first_year="2026")

    assert "Enter the day as a number" in seen
    assert "Recorded a contact" in seen


def test_the_number_of_questions_asked_does_not_grow_with_the_list(client, child, worker, manager):
    for _ in range(60):
        trail.record("GET desk.child", child, by=worker, kind=TrailKind.LOOK)
    client.force_login(manager)
    with at_most_queries(15):
        assert "showing 1 to 50" in page(client, "looks", child.pk)


def test_a_social_worker_does_not_see_who_looked(client, child, worker):
    client.force_login(worker)

    assert client.get(reverse("people:looks", args=[child.pk])).status_code == 403


def test_the_looks_of_a_hidden_record_are_as_hidden_as_it_is(client, child, worker, manager):
    RestrictionFactory.create(person=child)
    client.force_login(manager)
    assert client.get(reverse("people:looks", args=[child.pk])).status_code == 404

    RestrictionAccessFactory.create(person=child, worker=manager)
    assert client.get(reverse("people:looks", args=[child.pk])).status_code == 200


def test_the_guardian_sees_what_a_worker_looked_at_and_hidden_records_by_number(
    client, child, worker, guardian
):
    hidden = RestrictionFactory.create().person
    trail.record("GET desk.child", child, by=worker, kind=TrailKind.LOOK)
    trail.record("GET desk.child", hidden, by=worker, kind=TrailKind.LOOK)
    client.force_login(guardian)
    with at_most_queries(15):
        seen = page(client, "looks_by", worker.pk)

    assert "Tamsin Quill" in seen
    assert f"record {hidden.pk}" in seen
    assert str(hidden) not in seen


def test_a_manager_does_not_see_all_that_a_worker_looked_at(client, worker, manager):
    client.force_login(manager)

    assert client.get(reverse("people:looks_by", args=[worker.pk])).status_code == 403


def test_refused_looks_are_listed_for_the_guardian_with_whose_record_it_was(
    client, worker, guardian
):
    hidden = RestrictionFactory.create().person
    client.force_login(worker)
    client.get(reverse("desk:child", args=[hidden.pk]))
    client.get(reverse("people:looks", args=[ChildFactory.create().pk]))
    client.force_login(guardian)
    with at_most_queries(15):
        seen = page(client, "refused_looks")

    assert f"record {hidden.pk}" in seen
    assert "2 refusals" in seen


def test_an_administrator_opens_no_record_and_does_not_search(client, child):
    client.force_login(UserFactory.create(roles=[Role.ADMINISTRATOR]))

    assert client.get(reverse("desk:child", args=[child.pk])).status_code == 403
    assert client.get(reverse("desk:search")).status_code == 403
