"""Opening a restricted record in an emergency, and the review of it."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from hearth.accounts.actions import system_worker
from hearth.accounts.models import Notice
from hearth.accounts.roles import Role
from hearth.accounts.worker_context import acting_as, seeing_everybody
from hearth.config.testing import at_most_queries
from hearth.lib.errors import CannotDo
from hearth.people.actions.restriction_openings import (
    ExactDetails,
    break_glass,
    review_opening,
)
from hearth.people.models import DeclaredConnection, RestrictionAccess
from hearth.people.tests.factories import (
    NameFactory,
    RestrictionAccessFactory,
    RestrictionFactory,
)
from hearth.workforce.tests.factories import social_worker
from tests.restriction.who_sees import sees, told

pytestmark = pytest.mark.django_db

# Breaking the glass
EXACT = ExactDetails(given_names="Tamsin", family_name="Quill", born_on=date(2016, 9, 14))


def ask(worker, details=EXACT, reason="Father is at the school gate"):
    with acting_as(worker):
        return break_glass(details=details, reason=reason, by=worker)


@pytest.fixture
def hidden(child):
    RestrictionFactory.create(person=child)
    return child


@pytest.mark.parametrize(
    "details",
    [
        EXACT,
        ExactDetails(given_names=" tamsin ", family_name="QUILL", born_on=date(2016, 9, 14)),
        ExactDetails(identifier="t1234567"),
        ExactDetails(identifier="T 1234 567", given_names="Tamsin", family_name="Quill"),
    ],
)
def test_exact_details_open_a_restricted_record(hidden, worker, details):
    assert ask(worker, details) == [hidden]
    assert sees(worker, hidden)


def test_a_name_of_theirs_that_is_not_their_first_will_do(hidden, worker):
    NameFactory.create(person=hidden, kind="alias", given_names="Tammy", family_name="Reed")
    details = ExactDetails(given_names="Tammy", family_name="Reed", born_on=date(2016, 9, 14))

    assert ask(worker, details) == [hidden]


@pytest.mark.parametrize(
    "details",
    [
        ExactDetails(given_names="Tamsyn", family_name="Quill", born_on=date(2016, 9, 14)),
        ExactDetails(given_names="Tamsin", family_name="Quill", born_on=date(2016, 9, 15)),
        ExactDetails(identifier="T1234568"),
        ExactDetails(given_names="Tamsin", family_name="Quill", phone="07700 900123"),
    ],
)
def test_details_that_are_nearly_right_open_nothing(hidden, worker, details):
    assert ask(worker, details) == []
    assert not sees(worker, hidden)


@pytest.mark.parametrize(
    "details",
    [
        ExactDetails(),
        ExactDetails(given_names="Tamsin", family_name="Quill"),
        ExactDetails(family_name="Quill", born_on=date(2016, 9, 14)),
        ExactDetails(phone="07700 900123"),
    ],
)
def test_too_few_details_are_not_looked_for(hidden, worker, details):
    with pytest.raises(CannotDo, match="Give the full name"):
        ask(worker, details)


def test_a_reason_for_opening_is_asked_for(hidden, worker):
    with pytest.raises(CannotDo, match="Say why"):
        ask(worker, reason=" ")


@pytest.mark.parametrize("kind", ["adoption", "allegation"])
def test_adoptions_and_allegations_are_never_opened_so(child, worker, guardian, kind):
    RestrictionFactory.create(person=child)
    RestrictionFactory.create(person=child, kind=kind)

    assert ask(worker) == []
    assert not sees(worker, child)
    with acting_as(guardian):
        assert "never opened so" in Notice.objects.visible_to(guardian).get().text


@pytest.mark.parametrize("kind", ["adoption", "allegation"])
def test_the_database_itself_lets_nobody_through_to_them_so(child, worker, kind):
    RestrictionFactory.create(person=child, kind=kind)
    RestrictionAccessFactory.create(
        person=child,
        worker=worker,
        kind="break_glass",
        expires_at=timezone.now() + timedelta(minutes=60),
    )

    assert not sees(worker, child)


def test_a_record_one_declared_a_connection_to_is_never_opened_so(hidden, worker):
    with seeing_everybody(system_worker()):
        DeclaredConnection.objects.create(
            worker=worker, declared_person_id=hidden.pk, relationship="My niece"
        )

    assert ask(worker) == []
    assert not sees(worker, hidden)


def test_the_answer_is_the_same_whether_there_is_no_record_or_one_never_opened(
    client, child, worker
):
    RestrictionFactory.create(person=child, kind="adoption")
    client.force_login(worker)
    page = reverse("people:break_glass")
    reason = {"reason": "At risk"}
    never = client.post(page, reason | {"identifier": "T1234567"}).content.decode()
    nobody = client.post(page, reason | {"identifier": "T7654321"}).content.decode()

    def words(text):
        return text.split("<main")[1].split("<form")[0]

    assert "No record could be opened" in never
    assert words(never) == words(nobody)


def test_a_record_in_plain_sight_is_not_opened_and_leaves_no_opening(child, worker):
    assert ask(worker) == []
    assert not RestrictionAccess.objects.exists()


def test_opening_lasts_sixty_minutes(hidden, worker):
    ask(worker)
    access = RestrictionAccess.objects.get()
    assert access.expires_at is not None
    assert access.expires_at - timezone.now() < timedelta(minutes=60, seconds=1)

    RestrictionAccess.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert not sees(worker, hidden)


def test_the_database_lets_no_opening_last_longer_whatever_the_row_says(hidden, worker):
    ask(worker)
    RestrictionAccess.objects.update(
        expires_at=timezone.now() + timedelta(days=9),
        recorded_at=timezone.now() - timedelta(minutes=62),
    )

    assert not sees(worker, hidden)


def test_the_manager_and_the_reviewers_are_told_but_not_whose_record_it_is(
    hidden, worker, boss, guardian
):
    ask(worker)

    for told_worker in (boss, guardian):
        (text,) = told(told_worker)
        assert f"{worker} opened a restricted record" in text
        assert "Tamsin" not in text


def test_those_named_on_the_record_are_told_whose_it_is(hidden, worker):
    named = social_worker()
    RestrictionAccessFactory.create(person=hidden, worker=named)
    ask(worker)

    assert "Tamsin Quill's restricted record" in told(named)[0]


def test_after_five_that_could_not_be_opened_a_worker_must_telephone(hidden, worker):
    for number in range(5):
        ask(worker, ExactDetails(identifier=f"T000000{number}"))

    with pytest.raises(CannotDo, match="Telephone your manager"):
        ask(worker)
    assert ask(social_worker()) == [hidden]


def test_an_opening_is_reviewed_by_somebody_else_once(hidden, worker, guardian):
    worker.roles = [Role.SERVICE_MANAGER]
    worker.save()
    ask(worker)
    access = RestrictionAccess.objects.get()
    with acting_as(worker), pytest.raises(CannotDo, match="someone else must review"):
        review_opening(access=access, review_note="Fine", by=worker)
    with acting_as(guardian):
        with pytest.raises(CannotDo, match="Say what you found"):
            review_opening(access=access, review_note=" ", by=guardian)
        review_opening(access=access, review_note="Right: the school rang", by=guardian)
        with pytest.raises(CannotDo, match="has been reviewed"):
            review_opening(access=access, review_note="Again", by=guardian)

    access.refresh_from_db()
    assert access.reviewed_by == guardian


def test_a_naming_is_not_reviewed(hidden, worker, guardian):
    access = RestrictionAccessFactory.create(person=hidden, worker=worker)
    with pytest.raises(CannotDo, match="nothing to review"):
        review_opening(access=access, review_note="Fine", by=guardian)


def test_the_reviewers_list_says_by_when_and_not_whose(client, hidden, worker, guardian):
    ask(worker)
    client.force_login(guardian)
    with at_most_queries(15):
        page = client.get(reverse("people:openings")).content.decode()

    assert str(worker) in page
    assert "Tamsin" not in page
    access = RestrictionAccess.objects.get()
    address = reverse("people:review_opening", args=[access.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"review_note": "Right"}).status_code == 302
    assert (
        "All have been reviewed"
        in client.get(reverse("people:openings"), {"show": "waiting"}).content.decode()
    )


def test_a_worker_opens_a_record_from_the_page_and_sees_until_when(client, hidden, worker):
    client.force_login(worker)
    answers = {
        "given_names": "Tamsin",
        "family_name": "Quill",
        "born_on_day": "14",
        "born_on_month": "9",
        "born_on_year": "2016",
        "reason": "Father is at the gate",
    }
    page = client.post(reverse("people:break_glass"), answers, follow=True).content.decode()

    assert "Open to you until" in page
    assert "Restricted" in page
