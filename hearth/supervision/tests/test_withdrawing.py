"""A discussion recorded on the wrong case: taken back whole, and kept."""

from datetime import timedelta

import pytest
from django.urls import reverse

from hearth.accounts.models import Notice
from hearth.accounts.roles import Role
from hearth.accounts.tests.factories import UserFactory
from hearth.accounts.worker_context import set_worker
from hearth.casework.actions import do_direction
from hearth.casework.models import Task
from hearth.config.testing import at_most_queries, hearth_itself
from hearth.lib.errors import CannotDo
from hearth.records.actions import withdraw_written
from hearth.records.models import ChronologyEntry
from hearth.supervision.actions import Decided, withdraw_discussion
from hearth.supervision.models import DiscussionChild
from hearth.supervision.tests.factories import THOUGHT, case_of, discuss, finish, held
from hearth.workforce.tests.factories import manager, social_worker

pytestmark = pytest.mark.django_db
WHY = "These are the words of another family"


@pytest.fixture
def session(worker, boss):
    return held(worker, boss)


@pytest.fixture
def child(worker):
    return case_of(worker)


def waiting():
    return Task.objects.outstanding().filter(
        step_key__in=["casework.direction", "supervision.case_discussion"]
    )


def test_it_leaves_the_record_with_all_that_followed_and_is_kept(
    session, child, worker, boss, today
):
    discussion = discuss(session, child, bring_back_on=today + timedelta(days=7))

    withdraw_discussion(discussion=discussion, reason=WHY, by=boss)

    discussion.refresh_from_db()
    assert (discussion.withdrawn_by, discussion.withdrawn_reason) == (boss, WHY)
    assert discussion.reflection == THOUGHT
    assert discussion.note.is_withdrawn
    assert not ChronologyEntry.objects.standing().of_source(discussion.note).exists()
    assert not waiting().exists()
    assert DiscussionChild.objects.last_days([child.pk]) == {}
    assert Notice.objects.filter(to=worker, text__contains="It no longer stands").count() == 2


def test_the_right_words_may_be_recorded_in_its_place(session, child, boss):
    withdraw_discussion(discussion=discuss(session, child), reason=WHY, by=boss)

    again = discuss(session, child)

    assert DiscussionChild.objects.last_days([child.pk]) == {child.pk: again.discussed_on}


def test_what_was_done_meanwhile_stays(session, child, worker, boss, today):
    discussion = discuss(session, child, decisions=[Decided("Ring the school", worker, today)])
    direction = discussion.decisions.get().direction

    do_direction(direction=direction, result="Rang: she is there.", on=today, by=worker)

    withdraw_discussion(discussion=discussion, reason=WHY, by=boss)

    direction.refresh_from_db()
    assert direction.result == "Rang: she is there."
    assert direction.task.cancelled_at is None


def test_a_case_that_was_to_be_brought_back_waits_again(session, child, worker, boss, today):
    discuss(session, child, bring_back_on=today + timedelta(days=7))
    asked = waiting().get(step_key="supervision.case_discussion")
    finish(session)
    other = held(worker, boss, kind="unplanned")
    discussion = discuss(other, child)
    asked.refresh_from_db()
    assert asked.done_at is not None

    withdraw_discussion(discussion=discussion, reason=WHY, by=boss)

    again = waiting().get(step_key="supervision.case_discussion")
    assert (again.due_on, again.worker) == (asked.due_on, boss)


def test_who_may_take_it_back(session, child, worker, boss):
    discussion = discuss(session, child)
    service_manager = UserFactory.create(roles=[Role.SERVICE_MANAGER])

    for nobody, why in (
        (worker, "Your manager withdraws"),
        (manager(), "not in a team you manage"),
        (social_worker(), "Only a manager"),
    ):
        with pytest.raises(CannotDo, match=why):
            withdraw_discussion(discussion=discussion, reason=WHY, by=nobody)
    with pytest.raises(CannotDo, match="Say why"):
        withdraw_discussion(discussion=discussion, reason="", by=boss)
    withdraw_discussion(discussion=discussion, reason=WHY, by=service_manager)
    with pytest.raises(CannotDo, match="withdrawn already"):
        withdraw_discussion(discussion=discussion, reason=WHY, by=boss)


def test_a_note_withdrawn_by_itself_before_does_not_stand_in_the_way(session, child, boss):
    discussion = discuss(session, child)
    withdraw_written(written=discussion.note, reason=WHY, by=boss)
    discussion.note.refresh_from_db()

    withdraw_discussion(discussion=discussion, reason=WHY, by=boss)

    discussion.refresh_from_db()
    assert discussion.is_withdrawn


def test_its_page_asks_why_and_says_what_goes_with_it(client, session, child, worker, boss):
    discussion = discuss(session, child)
    address = reverse("supervision:withdraw_discussion", args=[discussion.pk])
    page = reverse("supervision:discussion", args=[discussion.pk])

    client.force_login(worker)
    assert client.get(address).status_code == 403
    client.force_login(boss)
    assert address in client.get(page).content.decode()
    with at_most_queries():
        asked = client.get(address).content.decode()
    assert "1 thing that it asked for and nobody has done yet leaves" in asked
    assert "Error:" in client.post(address, {"reason": ""}).content.decode()
    assert client.post(address, {"reason": WHY}).url == page
    assert client.post(address, {"reason": WHY}).status_code == 403

    told = client.get(page).content.decode()
    assert WHY in told
    assert THOUGHT in told
    client.force_login(worker)
    hidden = client.get(page).content.decode()
    assert WHY in hidden
    assert THOUGHT not in hidden
    for name, pk in (("child", child.pk), ("session", session.pk)):
        seen = client.get(reverse(f"supervision:{name}", args=[pk])).content.decode()
        assert "Small: she asks" not in seen
    set_worker(hearth_itself())
