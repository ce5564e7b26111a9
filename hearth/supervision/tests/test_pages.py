"""The pages of a session, from the plan to the worker's signature."""

from datetime import timedelta

import pytest
from django.urls import reverse

from hearth.accounts.tests.factories import UserFactory
from hearth.accounts.worker_context import set_worker
from hearth.casework.tests.factories import InvolvementFactory, TaskFactory
from hearth.config.testing import at_most_queries, hearth_itself
from hearth.people.tests.factories import ChildFactory, RestrictionFactory
from hearth.records.models import ChronologyEntry
from hearth.supervision import actions
from hearth.supervision.models import Discussion, Personal, Session
from hearth.supervision.tests.factories import THOUGHT, case_of, discuss, finish, held
from hearth.workforce.tests.factories import manager

pytestmark = pytest.mark.django_db


def words(response):
    return " ".join(response.content.decode().split())


def date_boxes(name, day):
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def rows(*decisions):
    """Decisions as the form sends them."""
    sent = {"decision-TOTAL_FORMS": max(len(decisions), 1), "decision-INITIAL_FORMS": 0}
    for n, (text, owner, day) in enumerate(decisions):
        boxes = date_boxes(f"decision-{n}-due_on", day) if day else {}
        sent |= {f"decision-{n}-text": text, f"decision-{n}-owner": owner, **boxes}
    return sent


def ask(client, user, name, *args, **data):
    client.force_login(user)
    response = client.get(reverse(f"supervision:{name}", args=args), data)
    set_worker(hearth_itself())
    return response


def send(client, user, name, *args, **data):
    client.force_login(user)
    response = client.post(reverse(f"supervision:{name}", args=args), data)
    set_worker(hearth_itself())
    return response


def test_a_manager_plans_moves_and_says_why_it_was_not_held(client, worker, boss, today):
    staff = worker.staff
    assert "Plan supervision" in words(ask(client, boss, "plan_session", staff.pk))
    send(client, boss, "plan_session", staff.pk, **date_boxes("planned_on", today))
    session = Session.objects.get()
    refused = send(client, boss, "plan_session", staff.pk, **date_boxes("planned_on", today))
    assert "already planned" in words(refused)

    send(client, boss, "move_session", session.pk, **date_boxes("planned_on", today))
    page = words(ask(client, boss, "session", session.pk))
    assert "It was not held" in page
    soon = today + timedelta(days=3)
    send(
        client, boss, "record_not_held", session.pk, not_held="sick", **date_boxes("next_on", soon)
    )

    history = words(ask(client, boss, "worker", staff.pk))
    assert "The worker was off sick" in history
    assert Session.objects.planned().get().planned_on == soon


def test_supervision_is_held_discussed_finished_and_signed_by_both(client, worker, boss, today):
    child = case_of(worker, ChildFactory.create(given_names="Ade", family_name="Okoro"))
    where = send(
        client,
        boss,
        "hold_session",
        worker.staff.pk,
        kind="one_to_one",
        **date_boxes("held_on", today),
    )
    session = Session.objects.get()
    assert where["Location"] == reverse("supervision:session", args=[session.pk])
    assert "Not discussed in time" in words(ask(client, boss, "session", session.pk))

    discussing = {
        f"child-{child.pk}-life_now": "He is thin, and cheerful with his aunt.",
        "reflection": THOUGHT,
        "risks": "He is hungry at weekends.",
        **rows(("See the home on a Sunday", worker.pk, today)),
    }
    send(client, boss, "record_discussion", session.pk, child.pk, **discussing)
    assert "What was decided" in words(ask(client, boss, "session", session.pk))
    assert ChronologyEntry.objects.filter(child=child, kind="oversight").exists()
    finishing = {
        "reflection": THOUGHT,
        "wellbeing": "Tired since the court week.",
        "late_reason": "The first in this post.",
        **date_boxes("next_on", today + timedelta(days=28)),
    }
    send(client, boss, "finish_session", session.pk, **finishing)

    page = words(ask(client, worker, "session", session.pk))
    assert "Tired since the court week." in page
    assert "Ade Okoro" in page
    send(client, worker, "sign_session", session.pk, comment="I would go on a Saturday.")
    signed = words(ask(client, boss, "session", session.pk))
    assert "Signed by both" in signed
    assert "I would go on a Saturday." in signed


def test_a_form_with_something_missing_says_what_and_keeps_what_was_typed(
    client, worker, boss, today
):
    session, child = held(worker, boss), case_of(worker)
    sent = {
        f"child-{child.pk}-life_now": "",
        "reflection": "Something I typed at length and would hate to lose",
        "risks": "Few",
        **rows(("Ring the school", "", None), ("", "", today)),
    }

    page = words(send(client, boss, "record_discussion", session.pk, child.pk, **sent))

    assert "Something I typed at length" in page
    for fault in ("Choose who does this", "Say by when this is to be done", "Say what is to be"):
        assert fault in page, fault
    assert not Discussion.objects.exists()
    nothing = {
        f"child-{child.pk}-life_now": "Well",
        "reflection": THOUGHT,
        "risks": "Few",
        **rows(),
    }
    refused = words(send(client, boss, "record_discussion", session.pk, child.pk, **nothing))
    assert "Decide something, with an owner and a date" in refused


def test_what_was_decided_last_time_stands_beside_the_questions(client, worker, boss, today):
    child = case_of(worker)
    earlier = held(worker, boss, on=today - timedelta(days=30))
    discuss(
        earlier,
        child,
        bring_back_on=today,
        decisions=[
            actions.Decided("Ask the school for attendance", worker, today - timedelta(days=9))
        ],
    )
    TaskFactory.create(about=[child.pk], worker=worker).children.create(child=child)
    finish(earlier)
    session = held(worker, boss)

    page = words(ask(client, boss, "record_discussion", session.pk, child.pk))

    assert "Decided last time" in page
    assert "Ask the school for attendance" in page
    assert "Decide what to do" in page or "Overdue" in page
    assert "Why is it late" not in page


def test_a_child_who_is_not_the_workers_is_not_on_the_agenda(client, worker, boss):
    session = held(worker, boss)

    assert ask(client, boss, "record_discussion", session.pk, case_of(boss).pk).status_code == 404


def test_a_discussion_is_read_on_each_childs_record_with_that_childs_part_alone(client):
    session = held()
    ade, bea = case_of(session.worker), case_of(session.worker)
    lives = [actions.Life(ade, "Hungry at school."), actions.Life(bea, "Settled at nursery.")]
    found = discuss(session, lives=lives)

    page = words(ask(client, session.worker, "discussion", found.pk, child=bea.pk))

    assert "Settled at nursery." in page
    assert "Hungry at school." not in page
    assert "Ring the health visitor" in page
    unknown = ask(client, session.worker, "discussion", found.pk, child=ChildFactory.create().pk)
    assert unknown.status_code == 404
    told = words(ask(client, session.worker, "child", ade.pk))
    assert "A manager gave a direction today." in told
    fresh = words(ask(client, session.worker, "child", ChildFactory.create().pk))
    assert "No manager has given a direction yet." in fresh


def test_nobody_but_the_pair_reads_what_is_personal_and_others_see_nothing(
    client, worker, boss, team
):
    session = finish(held(worker, boss), wellbeing="My father is ill.")
    assert Personal.objects.exists()
    deputy, stranger = manager(team), manager()

    seen = words(ask(client, deputy, "session", session.pk))

    assert THOUGHT[:20] in seen
    assert "My father is ill." not in seen
    assert ask(client, stranger, "session", session.pk).status_code == 404
    assert ask(client, stranger, "worker", worker.staff.pk).status_code == 403
    assert ask(client, worker, "finish_session", session.pk).status_code == 403


def test_a_case_brought_back_opens_where_it_is_to_be_discussed(client, worker, boss, today):
    session, child = held(worker, boss), case_of(worker)
    discuss(session, child, bring_back_on=today)
    task = child.task_parts.get(task__step_key="supervision.case_discussion").task

    def goes_to():
        return ask(client, boss, "bring_back", task.pk)["Location"]

    assert goes_to() == reverse("supervision:session", args=[session.pk])
    Session.objects.all().update(held_on=None, not_held="other")
    assert goes_to() == reverse("supervision:worker", args=[worker.staff.pk])
    child.allocations.update(ended_on=today)
    assert goes_to() == reverse("casework:task", args=[task.pk])


def test_a_restricted_child_is_left_off_the_agenda_and_the_record(client, worker, boss):
    child = case_of(worker, ChildFactory.create(given_names="Hidden"))
    session = held(worker, boss)
    found = discuss(session, child)
    RestrictionFactory.create(person=child, kind="sealed")

    assert "Hidden" not in words(ask(client, boss, "session", session.pk))
    assert ask(client, boss, "discussion", found.pk).status_code == 404


@pytest.mark.parametrize("families", [2, 9])
def test_a_session_asks_the_database_no_more_for_many_cases(client, worker, boss, today, families):
    session = held(worker, boss)
    for _ in range(families):
        child = case_of(worker)
        InvolvementFactory.create(child=child, kind="protection")
        TaskFactory.create(about=[child.pk], worker=worker).children.create(child=child)
    discuss(session, child)
    client.force_login(boss)
    for name, args in (("session", [session.pk]), ("worker", [worker.staff.pk])):
        address = reverse(f"supervision:{name}", args=args)
        with at_most_queries():
            client.get(address)


def test_one_who_is_on_no_staff_list_is_told_so(client):
    assert "not on the staff list" in words(ask(client, UserFactory.create(), "mine"))
