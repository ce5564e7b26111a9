"""The pages of a plan: read, written, its actions told of and ended, its meetings arranged."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from hearth.accounts.roles import Role
from hearth.accounts.tests.factories import UserFactory
from hearth.accounts.worker_context import set_worker
from hearth.casework.models import Task
from hearth.casework.tests.factories import AllocationFactory
from hearth.config.testing import at_most_queries, earlier_today, hearth_itself
from hearth.plans import actions
from hearth.plans.models import (
    ActionState,
    Distribution,
    Meeting,
    MeetingKind,
    Plan,
    PlanAction,
    PlanChild,
    PlanKind,
)
from hearth.plans.tests.factories import MeetingFactory, action, gathering, plan
from hearth.workforce.tests.factories import social_worker

pytestmark = pytest.mark.django_db


def at(name, record):
    return reverse(f"plans:{name}", args=[record.pk])


def text(response):
    return response.content.decode()


def moment(name, when):
    when = timezone.localtime(when)
    return {f"{name}_day": when.day, f"{name}_month": when.month, f"{name}_year": when.year} | {
        f"{name}_time": when.strftime("%H:%M")
    }


@pytest.fixture
def standing(rowan, bea, worker, team):
    """A child in need plan of two children, whose case the worker has."""
    for child in (rowan, bea):
        AllocationFactory.create(episode=child.episodes.get(), worker=worker, team=team)
    made = plan(rowan, bea, by=worker)
    actions.set_action(
        plan=made, action=action(), set_on=made.children.first().started_on, by=worker
    )
    actions.issue_plan(plan=made, on=timezone.localdate(), by=worker)
    made.refresh_from_db()
    return made


@pytest.fixture
def open_action(standing):
    return standing.actions.get()


def test_a_plan_is_read_in_a_few_queries_however_much_it_asks(client, standing, worker, today):
    for n in range(5):
        asked = action(what=f"Thing {n}", due_on=today)
        actions.set_action(plan=standing, action=asked, set_on=today, by=worker)
    client.force_login(worker)

    with at_most_queries():
        page = text(client.get(at("plan", standing)))

    assert "Take Bea to the dentist" in page
    assert "Thing 4" in page
    assert "Not told yet" in page
    assert "Add an action" in page


def test_others_read_it_and_change_nothing(client, standing):
    client.force_login(social_worker())

    page = text(client.get(at("plan", standing)))

    assert "lead worker or a manager does that" in page
    assert "Add an action" not in page
    for name in ("write_plan", "add_action", "add_contingency", "call_meeting"):
        assert client.get(at(name, standing)).status_code == 403


def test_a_protection_plan_shows_its_categories_and_other_plans(client, rowan, boss):
    first = plan(rowan, by=boss)
    second = plan(rowan, by=boss, kind=PlanKind.PROTECTION, started_on=timezone.localdate())
    client.force_login(boss)

    with at_most_queries():
        page = text(client.get(at("plan", second)))
    assert "Neglect, from" in page
    assert at("plan", first) in page
    assert "plan without a meeting" in page
    with at_most_queries():
        listed = text(client.get(reverse("plans:child_plans", args=[rowan.pk])))
    assert "A child protection plan took its place" in listed


def test_what_it_is_for_is_written_and_nobody_writes_over_another(
    client, standing, rowan, bea, worker
):
    client.force_login(worker)
    said = {
        "version": standing.version,
        "worries": "Alone at night",
        "strengths": "Gran",
        "aim": "Somebody is there",
        "parents_view": "Agreed",
        "parents_agree": "yes",
        "planned_end_on": "2027-03-01",
    }
    for child in (rowan, bea):
        said |= {f"child-{child.pk}-needs": "Company", f"child-{child.pk}-views": "I get scared"}

    lacking = client.post(at("write_plan", standing), {"worries": "Typed already", "version": 1})
    assert "Typed already" in text(lacking)
    assert client.post(at("write_plan", standing), said).status_code == 302
    again = client.post(at("write_plan", standing), said | {"aim": "Something else"})

    assert "changed in another window" in text(again)
    assert ">Something else</textarea>" in text(again).replace("\n", "")
    assert "I get scared" in text(client.get(at("plan", standing)))


def test_an_action_of_ours_goes_onto_our_list_and_leaves_it_when_done(
    client, standing, worker, today
):
    client.force_login(worker)
    said = {
        "what": "Ring the school",
        "outcome": "He is there each day",
        "owner_worker": worker.pk,
        "due_on": (today + timedelta(days=7)).isoformat(),
        "measure": "They ring back",
        "children": [str(pk) for pk in standing.about],
    }
    for wrong, words in (
        ({"owner_worker": ""}, "Say who is to do this"),
        ({"due_on": ""}, "Say by when, or how often"),
        ({"measure": ""}, "error"),
        ({"due_on": "2020-01-01"}, "before the plan was made"),
    ):
        refused = client.post(at("add_action", standing), said | wrong)
        assert words in text(refused)
        assert "Ring the school" in text(refused)

    made = client.post(at("add_action", standing), said | {"another": "1"})

    assert made.url == at("add_action", standing)
    set_worker(hearth_itself())
    put = PlanAction.objects.get(what="Ring the school")
    task = Task.objects.get(step_key="plans.action")
    assert (task.worker, task.due_on, task.record_id) == (worker, put.due_on, put.pk)
    told = {"rating": "slow", "words": "Rang twice", "seen_on": today.isoformat()}
    assert client.post(at("record_progress", put), told).status_code == 302
    assert "Rang twice" in text(client.get(at("action", put)))
    ending = {"state": "done", "words": "They rang back", "on": today.isoformat()}
    assert client.post(at("end_action", put), ending).status_code == 302
    set_worker(hearth_itself())
    task.refresh_from_db()
    assert (task.done_on, task.outcome) == (today, "done")
    assert client.get(at("end_action", put)).status_code == 403
    assert "They rang back" in text(client.get(at("plan", standing)))


def test_an_action_no_longer_needed_is_taken_off_the_list(standing, worker, today):
    ours = action(owner_worker=worker, owner=str(worker), due_on=today)
    put = actions.set_action(plan=standing, action=ours, set_on=today, by=worker)

    actions.end_action(
        action=put, state=ActionState.STOPPED, words="They moved", on=today, by=worker
    )

    assert Task.objects.get(record_id=put.pk).cancelled_reason == "They moved"


def test_what_a_plan_asked_leaves_the_list_when_the_last_child_has_left_it(standing, worker, today):
    ours = action(owner_worker=worker, owner=str(worker), due_on=today)
    put = actions.set_action(plan=standing, action=ours, set_on=today, by=worker)

    for part in standing.children.all():
        actions.end_plan(part=part, ended_on=today, reason="review", by=worker)

    assert Task.objects.get(record_id=put.pk).cancelled_reason == "The plan ended"


def test_what_is_done_if_it_fails_is_put_in_and_taken_out(client, standing, worker, today):
    client.force_login(worker)
    said = {
        "trigger": "Alone at night",
        "action": "Gran comes",
        "owner": "Gran",
        "within": "an hour",
    }
    assert client.post(at("add_contingency", standing), said).status_code == 302
    set_worker(hearth_itself())
    one = standing.contingencies.get()
    assert "Gran comes" in text(client.get(at("end_contingency", one)))
    assert client.post(at("end_contingency", one), {"on": today.isoformat()}).status_code == 302
    assert "Nobody has said what is done then" in text(client.get(at("plan", standing)))


def test_a_plan_says_what_comes_next_and_shows_the_worries_before_its_aim_is_written(
    client, standing, rowan, boss
):
    actions.open_visits(
        part=standing.children.get(child=rowan), trigger=timezone.localdate(), by=boss
    )
    Plan.objects.filter(pk=standing.pk).update(worries="Left alone at night.", aim="")
    client.force_login(boss)

    page = text(client.get(at("plan", standing)))

    assert "What comes next" in page
    assert "Left alone at night." in page
    assert "As often as the service asks: every " in page


def test_a_manager_sets_visits_and_ends_a_plan_from_its_pages(client, standing, rowan, boss):
    chair = social_worker(user=UserFactory.create(roles=[Role.CONFERENCE_CHAIR]))
    part = standing.children.get(child=rowan)
    client.force_login(boss)
    assert str(chair) in text(client.get(at("set_visits", part)))
    said = {"visit_days": "10", "reason": "He asked for it"}
    assert client.post(at("set_visits", part), said).status_code == 302
    assert "Every 10 working days" in text(client.get(at("plan", standing)))
    refused = client.post(at("end_part", part), {"reason": "adult", "ended_on": "2026-05-01"})
    assert "is 18 on 1 January 2030" in text(refused)
    ending = {"reason": "looked_after", "ended_on": "2026-05-01"}
    assert "under what order" in text(client.post(at("end_part", part), ending))
    ending["grounds"] = "Section 20: with his aunt."
    assert client.post(at("end_part", part), ending).status_code == 302
    set_worker(hearth_itself())
    assert PlanChild.objects.get(pk=part.pk).end_reason == "looked_after"


def test_a_meeting_is_arranged_and_called_off(client, standing, worker):
    meeting = gathering(standing)
    client.force_login(worker)
    soon = timezone.now() + timedelta(days=3)
    booked = moment("planned_from", soon) | moment("planned_to", soon + timedelta(hours=1))
    assert client.post(at("book_meeting", meeting), booked | {"how": "video"}).status_code == 302
    asked = {"name": "Mr Achebe", "agency": "school", "is_key": "on"}
    assert client.post(at("add_member", meeting), asked).status_code == 302
    set_worker(hearth_itself())
    member = meeting.members.get(name="Mr Achebe")
    assert "not asked to this meeting" in text(client.get(at("remove_member", member)))
    assert client.post(at("remove_member", member)).status_code == 302
    assert client.get(at("remove_member", member)).status_code == 403
    with at_most_queries():
        assert "Mr Achebe" not in text(client.get(at("meeting", meeting)))
    assert client.post(at("cancel_meeting", meeting), {"reason": "Flu"}).status_code == 302
    assert "Flu" in text(client.get(at("meeting", meeting)))
    assert client.get(at("hold_meeting", meeting)).status_code == 403


def test_a_meeting_of_another_room_has_its_own_page(client, worker):
    meeting = MeetingFactory.create(kind=MeetingKind.STRATEGY)
    client.force_login(worker)

    assert client.get(at("meeting", meeting)).status_code == 403


def test_notes_are_sent_late_with_why_and_received(client, standing, worker, open_action, today):
    meeting = gathering(standing, kind=MeetingKind.IN_NEED_PLANNING)
    actions.add_member(meeting=meeting, member=actions.NewMember(name="Mum"), by=worker)
    said = actions.Held(
        held_at=earlier_today(minutes=5),
        minutes="We met.",
        attendance={member.pk: "in_person" for member in meeting.members.all()},
        children={pk: {"participation": "not_known"} for pk in standing.about},
    )
    actions.hold_gathering(meeting=meeting, said=said, by=worker)
    client.force_login(worker)
    assert "Notes not sent to all" in text(client.get(at("meeting", meeting)))
    mum = meeting.members.get(name="Mum")
    sending = {"members": [str(mum.pk)], "how": "post"} | moment("sent_at", timezone.now())
    sending |= {f"parts_{mum.pk}": [str(pk) for pk in standing.about]}
    assert client.post(at("send_notes", meeting), sending).status_code == 302
    assert "Everybody who is always sent them has them" in text(
        client.get(at("send_notes", meeting))
    )
    set_worker(hearth_itself())
    sent = Distribution.objects.get()
    Distribution.objects.filter(pk=sent.pk).update(sent_at=said.held_at)
    got = {"sendings": [str(sent.pk)]} | moment("received_at", timezone.now())
    assert client.post(at("mark_received", meeting), got).status_code == 302
    assert "Reached them" in text(client.get(at("meeting", meeting)))
    assert "Nothing is waiting" in text(client.get(at("mark_received", meeting)))
    assert Meeting.objects.held().get() == meeting


def test_the_front_page_of_a_child_shows_the_plan(client, standing, rowan, worker):
    client.force_login(worker)

    assert at("plan", standing) in text(client.get(reverse("desk:child", args=[rowan.pk])))


def test_every_page_of_a_child_says_that_they_have_a_plan(client, standing, worker, rowan):
    client.force_login(worker)

    page = text(client.get(reverse("plans:child_plans", args=[rowan.pk])))

    assert "hearth-banner" in page
    assert page.index("Child in need plan") < page.index("<h1")
