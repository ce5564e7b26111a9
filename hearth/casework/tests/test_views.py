"""Casework's pages, as the people who use them see them."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from hearth.accounts.roles import Role
from hearth.accounts.tests.factories import UserFactory
from hearth.accounts.worker_context import acting_as, set_worker
from hearth.casework import actions
from hearth.casework.models import (
    Allocation,
    Closing,
    Direction,
    FrameworkAdoption,
    LocalChange,
    Task,
)
from hearth.casework.tests.factories import AllocationFactory, EpisodeFactory, InvolvementFactory
from hearth.config.testing import at_most_queries, hearth_itself
from hearth.people.tests.factories import (
    ChildFactory,
    HouseholdFactory,
    HouseholdMemberFactory,
    RestrictionFactory,
)
from hearth.workforce.tests.factories import StaffFactory, TeamFactory, manager, social_worker

pytestmark = pytest.mark.django_db
DAY = date(2026, 2, 3)


@pytest.fixture
def team():
    return TeamFactory.create(name="North team", caseload_limit=4)


@pytest.fixture
def boss(team):
    return manager(team)


@pytest.fixture
def worker(team):
    return social_worker(team, phone="01632 960 001")


@pytest.fixture
def admin():
    return StaffFactory.create(user=UserFactory.create(roles=[Role.ADMINISTRATOR])).user


@pytest.fixture
def senior():
    return StaffFactory.create(user=UserFactory.create(roles=[Role.SERVICE_MANAGER])).user


@pytest.fixture
def family():
    """The episodes of a brother and a sister."""
    children = [
        ChildFactory.create(given_names=name, family_name="Quill", born_on=born)
        for name, born in (("Rowan", date(2012, 1, 1)), ("Bea", date(2016, 1, 1)))
    ]
    home = HouseholdFactory.create()
    for child in children:
        HouseholdMemberFactory.create(household=home, person=child)
    return [EpisodeFactory.create(child=child) for child in children]


def look(client, who, address, *args, query="", most=15):
    client.force_login(who)
    with at_most_queries(most):
        response = client.get(reverse(f"casework:{address}", args=args) + query)
    assert response.status_code == 200, response.content.decode()
    set_worker(hearth_itself())
    return response.content.decode()


def send(client, who, address, /, *args, **data):
    client.force_login(who)
    response = client.post(reverse(f"casework:{address}", args=args), data)
    set_worker(hearth_itself())
    return response


def refused(client, who, address, *args):
    client.force_login(who)
    response = client.get(reverse(f"casework:{address}", args=args))
    assert response.status_code == 403
    return response.content.decode()


def days(name, day):
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def a_task(worker, team, child=None, key="tests.plan", **kwargs):
    return actions.open_step(
        key,
        children=[child or ChildFactory.create()],
        trigger=DAY,
        worker=worker,
        team=team,
        by=worker,
        **kwargs,
    )


# A task's own page


def test_a_task_says_what_whose_why_due_and_on_what_authority(steps, client, worker, boss, team):
    task = a_task(worker, team, key="tests.visit")

    page = look(client, boss, "task", task.pk)

    assert "Do it: 4 weeks after it began on 3 February 2026 (law)" in page
    assert "late" in page
    assert "North team" in page
    assert "Opened" in page


def test_a_task_tells_what_happened_to_it_by_whom_and_why(steps, client, worker, boss, team):
    task, other = a_task(worker, team, key="tests.assess"), social_worker(team)
    send(client, boss, "reassign_task", task.pk, to=f"worker:{other.pk}", reason="Leave")
    actions.recompute(task, trigger=date(2026, 2, 10), by=boss)
    with acting_as(other):
        actions.submit(
            task, outcome="plan", on=date(2026, 5, 20), content={}, late_reason="Snow.", by=other
        )
    set_worker(hearth_itself())
    actions.return_work(task, comments="What does Bea say?", by=boss)
    actions.submit(
        task, outcome="plan", on=date(2026, 5, 21), content={}, late_reason="Snow.", by=other
    )
    actions.sign_off(task, by=boss)

    page = look(client, boss, "task", task.pk)

    for words in (
        f"Given to {other}, by {boss}",
        "Due date moved from 9 April 2026 to 16 April 2026",
        f"Done, by {other}. Snow.",
        "Returned to be changed",
        "Signed off",
        "What does Bea say?",
    ):
        assert words in page, words
    assert "Give this to somebody else" not in page


def test_reassigning_takes_one_choice_and_goes_back_to_the_teams_work(
    steps, client, worker, boss, team
):
    task, other = a_task(worker, team), social_worker(team)

    answer = send(client, boss, "reassign_task", task.pk, to=f"worker:{other.pk}")

    assert answer.url == reverse("desk:team_work", args=[team.pk])
    task.refresh_from_db()
    assert task.worker == other


def test_a_task_may_be_left_for_a_team_and_one_without_goes_back_to_itself(
    steps, client, worker, boss, team
):
    task, loose = a_task(worker, team), a_task(worker, None)

    send(client, boss, "reassign_task", task.pk, to=f"team:{team.pk}")
    answer = send(client, boss, "reassign_task", loose.pk, to=f"worker:{social_worker().pk}")

    task.refresh_from_db()
    assert task.worker is None
    assert answer.url == reverse("casework:task", args=[loose.pk])


def test_those_who_have_left_or_do_no_such_work_are_not_offered(steps, client, worker, boss, team):
    gone = social_worker(team, ended_on=date(2026, 1, 1))
    clerk = StaffFactory.create(
        team=team, user=UserFactory.create(roles=[Role.BUSINESS_SUPPORT])
    ).user
    task = a_task(worker, team)

    page = look(client, boss, "task", task.pk)
    late = send(client, boss, "reassign_task", task.pk, to=f"worker:{gone.pk}")

    assert f"worker:{gone.pk}" not in page
    assert f"worker:{clerk.pk}" not in page
    assert late.status_code == 200
    assert "Select a valid choice" in late.content.decode()


def test_a_manager_of_another_team_may_not_take_a_task(steps, client, worker, team):
    task = a_task(worker, team)

    assert "a team you do not manage" in refused(client, manager(), "reassign_task", task.pk)
    assert "a team you do not manage" in refused(client, manager(), "cancel_task", task.pk)
    assert "a team you do not manage" in look(client, manager(), "task", task.pk)


def test_a_service_manager_or_the_workers_own_manager_may(steps, client, worker, senior, boss):
    task = a_task(worker, None)

    assert "It is no longer needed" in look(client, senior, "task", task.pk)
    assert "It is no longer needed" in look(client, boss, "task", task.pk)


def test_a_task_is_taken_off_the_list_with_why(steps, client, worker, boss, team):
    task = a_task(worker, team)
    look(client, boss, "cancel_task", task.pk)

    empty = send(client, boss, "cancel_task", task.pk, reason="")
    send(client, boss, "cancel_task", task.pk, reason="The family moved away")
    twice = send(client, boss, "cancel_task", task.pk, reason="Again")

    assert "Why is this no longer needed?" in empty.content.decode()
    assert "The family moved away" in look(client, boss, "task", task.pk)
    assert "someone has finished it" in twice.content.decode()


def test_a_restricted_childs_task_is_not_found(steps, client, worker, boss, team):
    child = ChildFactory.create()
    task = a_task(worker, team, child)
    RestrictionFactory.create(person=child)
    client.force_login(boss)

    assert client.get(reverse("casework:task", args=[task.pk])).status_code == 404


def test_a_task_with_a_page_of_its_own_says_where_it_is_done(client, worker, boss, team):
    direction = actions.give_direction(
        children=[ChildFactory.create()],
        text="Visit.",
        owner=worker,
        due_on=date(2026, 2, 10),
        on=DAY,
        team=team,
        by=boss,
    )

    page = look(client, boss, "task", Task.objects.get().pk)

    assert reverse("casework:direction", args=[direction.pk]) in page


# Directions


def test_a_direction_is_read_and_done_on_one_page(client, worker, boss):
    child = ChildFactory.create()
    direction = actions.give_direction(
        children=[child],
        text="See Bea alone.",
        owner=worker,
        due_on=timezone.localdate() + timedelta(days=3),
        on=timezone.localdate(),
        by=boss,
    )

    assert "See Bea alone." in look(client, worker, "direction", direction.pk)
    assert f"This was given to {worker}" in look(client, social_worker(), "direction", direction.pk)
    look(client, worker, "do_direction", direction.pk)
    send(
        client,
        worker,
        "do_direction",
        direction.pk,
        result="Seen at school.",
        **days("on", timezone.localdate()),
    )

    assert "Seen at school." in look(client, boss, "direction", direction.pk)
    assert "no longer waiting" in refused(client, worker, "do_direction", direction.pk)


def test_a_late_direction_asks_why(client, worker, boss):
    direction = actions.give_direction(
        children=[ChildFactory.create()],
        text="See Bea alone.",
        owner=worker,
        due_on=date(2026, 2, 10),
        on=DAY,
        by=boss,
    )

    answer = send(
        client, worker, "do_direction", direction.pk, result="Seen.", **days("on", date(2026, 3, 2))
    )

    assert "Say why it is late" in answer.content.decode()
    assert Direction.objects.get().result == ""


# Allocating


def test_allocating_shows_each_worker_now_then_and_their_limit(client, worker, boss, team, family):
    lapsed = StaffFactory.create(team=team).user
    StaffFactory.create(
        user=UserFactory.create(first_name="Hana"),
        team=team,
        registered=True,
        asye_until=date(2999, 1, 1),
    )
    for _ in range(3):
        AllocationFactory.create(worker=worker, team=team)

    page = look(client, boss, "allocate", family[0].pk, query=f"?team={team.pk}&part=lead")

    assert "Rowan Quill and family" in page
    assert "Bea Quill" in page
    assert "<strong>4.6</strong>" in page  # three, and two of one family
    assert "Over the limit" in page
    assert "First year" in page
    assert f"{lapsed} has no social work registration on record" in page


def test_a_family_is_allocated_with_its_exception_and_what_to_do_first(
    client, worker, boss, team, family
):
    answer = send(
        client,
        boss,
        "allocate",
        family[0].pk,
        team=team.pk,
        part="lead",
        children=[family[0].pk],
        worker=worker.pk,
        direction="Get to know Rowan.",
        ask_1="See Rowan at school",
        **days("on", DAY),
        **days("ask_1_by", date(2026, 2, 6)),
    )

    assert answer.url == reverse("casework:episode", args=[family[0].pk])
    assert [a.child_id for a in Allocation.objects.all()] == [family[0].child_id]
    assert Direction.objects.get().text == "See Rowan at school"
    assert "Get to know Rowan." in look(client, boss, "allocation", Allocation.objects.get().pk)


def test_what_is_missing_or_cannot_be_is_said_and_what_was_typed_stays(
    client, worker, boss, team, family
):
    for _ in range(4):
        AllocationFactory.create(worker=worker, team=team)
    said = {"team": team.pk, "part": "lead", **days("on", DAY)}

    empty = send(client, boss, "allocate", family[0].pk, **said).content.decode()
    over = send(
        client,
        boss,
        "allocate",
        family[0].pk,
        children=[e.pk for e in family],
        worker=worker.pk,
        direction="Visit at once.",
        ask_2="Ring school",
        **days("ask_3_by", DAY),
        **said,
    ).content.decode()
    too_many = send(
        client,
        boss,
        "allocate",
        family[0].pk,
        children=[e.pk for e in family],
        worker=worker.pk,
        direction="Visit at once.",
        **said,
    ).content.decode()

    assert "Choose at least one child" in empty
    assert "Say by when" in over
    assert "Say what is to be done by then" in over
    assert "Visit at once." in over
    assert "over the limit of 4.0. Say why" in too_many
    assert f'value="{worker.pk}" checked' in too_many
    assert not Allocation.objects.filter(child=family[0].child).exists()


def test_a_hand_over_asks_why_the_worker_changes_and_a_late_one_why_it_is_late(
    client, worker, boss, team, family
):
    AllocationFactory.create(worker=social_worker(team), team=team, episode=family[0])
    actions.open_step(
        "casework.allocate", children=[family[1].child], trigger=DAY, team=team, by=boss
    )

    page = look(client, boss, "allocate", family[0].pk)

    assert "Why is the worker changing?" in page
    assert "Why is the allocation late?" in page
    assert "Lead worker now" in page


def test_allocating_before_a_team_is_chosen_asks_only_for_the_team(client, boss, family):
    page = look(client, boss, "allocate", family[0].pk)

    assert "Show these workers" in page
    assert "Your direction to the worker" not in page
    answer = send(client, boss, "allocate", family[0].pk, children=[family[0].pk])
    assert answer.status_code == 200


def test_a_co_worker_needs_no_direction(client, worker, boss, team, family):
    send(
        client,
        boss,
        "allocate",
        family[0].pk,
        team=team.pk,
        part="co_worker",
        children=[family[0].pk],
        worker=worker.pk,
        **days("on", DAY),
    )

    allocation = Allocation.objects.get()
    assert allocation.role == "co_worker"
    look(client, boss, "end_allocation", allocation.pk)
    send(client, boss, "end_allocation", allocation.pk, **days("on", date(2026, 3, 2)))
    allocation.refresh_from_db()
    assert allocation.ended_on == date(2026, 3, 2)
    assert "This has ended" in refused(client, boss, "end_allocation", allocation.pk)


def test_a_team_nobody_holds_cases_in_says_so(client, boss, family):
    empty = TeamFactory.create(name="Empty team")

    page = look(client, boss, "allocate", family[0].pk, query=f"?team={empty.pk}")

    assert "Nobody in Empty team holds cases" in page


def test_only_a_manager_allocates_and_only_what_is_open(client, worker, boss):
    closed = EpisodeFactory.create(ended_on=date(2026, 2, 20), closure_reason="RC8")

    refused(client, worker, "allocate", EpisodeFactory.create().pk)
    assert "This episode is closed" in refused(client, boss, "allocate", closed.pk)


# Who has the case


def test_a_childs_workers_are_told_with_when_and_why_they_changed(client, worker, boss, team):
    episode = EpisodeFactory.create()
    for number in range(3):
        AllocationFactory.create(
            episode=episode,
            started_on=timezone.localdate() - timedelta(days=90 - 30 * number),
            ended_on=timezone.localdate() - timedelta(days=60 - 30 * number)
            if number < 2
            else None,
            change_reason="LEFTRL",
        )

    page = look(client, boss, "case_history", episode.child_id)

    assert "3 lead workers in the last 12 months" in page
    assert "Previous worker left role" in page
    assert "Nobody has been given" in look(client, boss, "case_history", ChildFactory.create().pk)


def test_a_lead_is_not_ended_by_itself(client, boss):
    allocation = AllocationFactory.create()

    assert "Give the case to another lead" in refused(client, boss, "end_allocation", allocation.pk)


def test_an_episode_tells_all_of_it(steps, client, worker, boss, team):
    allocation = AllocationFactory.create(worker=worker, team=team, episode__primary_need="N1")
    episode = allocation.episode
    InvolvementFactory.create(child=episode.child, episode=episode, kind="protection")
    a_task(worker, team, episode.child)
    actions.give_direction(
        children=[episode.child],
        text="Visit weekly.",
        owner=worker,
        due_on=date(2026, 2, 10),
        on=DAY,
        by=boss,
    )

    page = look(client, boss, "episode", episode.pk)

    for words in ("Child protection plan", "Plan", "Visit weekly.", str(worker), "Allocate"):
        assert words in page, words


def test_a_closed_episode_says_why_and_by_whom(client, boss):
    episode = EpisodeFactory.create(
        ended_on=date(2026, 3, 2),
        closure_reason="RC8",
        closure_summary="All is well.",
        closed_by=boss,
    )
    nothing_more = EpisodeFactory.create(
        ended_on=date(2026, 2, 2), no_further_action=True, primary_need=""
    )

    page = look(client, boss, "episode", episode.pk)

    assert "Case closed after assessment" in page
    assert "All is well." in page
    assert "no further action" in look(client, boss, "episode", nothing_more.pk)


def test_every_page_of_a_child_says_who_has_the_case_with_a_telephone(client, worker, boss, team):
    case = AllocationFactory.create(worker=worker, team=team)
    InvolvementFactory.create(child=case.child, kind="protection")

    page = look(client, boss, "case_history", case.child_id)

    assert f"{worker}, 01632 960 001" in page
    assert "Child protection plan" in page
    assert str(boss) in page


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (ChildFactory.create, "Not known to us before"),
        (lambda: EpisodeFactory.create().child, "Not allocated"),
        (
            lambda: EpisodeFactory.create(ended_on=date(2026, 3, 2), closure_reason="RC8").child,
            "Closed on 2 March 2026",
        ),
    ],
)
def test_a_childs_status_is_worked_out(client, boss, make, words):
    assert words in look(client, boss, "case_history", make().pk)


def test_a_childs_front_page_says_what_is_next(steps, client, worker, boss, team):
    child = ChildFactory.create()
    for _ in range(14):
        a_task(worker, team, child, key="tests.visit")
    client.force_login(boss)

    page = client.get(reverse("desk:child", args=[child.pk])).content.decode()
    quiet = client.get(reverse("desk:child", args=[ChildFactory.create().pk])).content.decode()

    assert "4 weeks after it began" in page
    assert "There is more to do" in page
    assert "Nothing is waiting to be done" in quiet


# Children nobody has been given


def test_those_nobody_has_been_given_are_listed_the_gravest_first_as_families(
    client, boss, team, family
):
    planned = EpisodeFactory.create(primary_need="")
    InvolvementFactory.create(child=planned.child, kind="protection")
    last = AllocationFactory.create(ended_on=date(2026, 3, 2))
    AllocationFactory.create()
    actions.open_step(
        "casework.allocate", children=[e.child for e in family], trigger=DAY, team=team, by=boss
    )

    page = look(client, boss, "unallocated")
    ours = look(client, boss, "unallocated", query=f"?team={team.pk}")

    assert page.index(str(planned.child)) < page.index("Rowan Quill")
    assert "Had a worker before" in page
    assert "since 2 March 2026" in page
    assert str(last.child) in page
    assert "4 children" in page
    assert "2 children" in ours
    assert "North team" in ours


def test_when_all_are_allocated_the_list_says_so(client, boss):
    assert "Every child with an open episode has a lead worker" in look(client, boss, "unallocated")


# Handing over


def test_all_a_workers_work_is_handed_over_on_one_page(client, worker, boss, team):
    case, to = AllocationFactory.create(worker=worker, team=team), social_worker(team)

    page = look(client, boss, "hand_over", worker.staff.pk)
    answer = send(
        client,
        boss,
        "hand_over",
        worker.staff.pk,
        to=to.pk,
        change_reason="LEFTRL",
        direction="Meet each family together.",
        **days("on", date(2026, 3, 2)),
    )

    assert str(case.child) in page
    assert answer.url == reverse("workforce:staff", args=[worker.staff.pk])
    assert Allocation.objects.current().get().worker == to
    leave = client.get(reverse("workforce:leave", args=[worker.staff.pk])).content.decode()
    assert "has no open cases" in leave


def test_a_workers_leaving_page_lists_what_they_have_with_links(client, worker, boss, team, admin):
    case = AllocationFactory.create(worker=worker, team=team)
    address = reverse("workforce:leave", args=[worker.staff.pk])

    client.force_login(boss)
    page = client.get(address).content.decode()
    client.force_login(admin)
    told = client.get(address).content.decode()

    assert f"/allocations/{case.pk}/" in page
    assert "Give it all to somebody else" in page
    assert str(case.child) not in told
    assert "cases (1)" in told


# What is carried


def test_a_team_sees_who_carries_what_the_fullest_first(client, worker, boss, team):
    for _ in range(5):
        AllocationFactory.create(worker=worker, team=team)
    light = social_worker(team)

    page = look(client, boss, "team_caseload", team.pk)

    assert "1 over their limit" in page
    assert page.index(str(worker)) < page.index(str(light))
    assert "How it has gone" in page
    assert "Nobody in" in look(client, boss, "team_caseload", TeamFactory.create().pk)


def test_a_worker_sees_their_own_load_child_by_child(client, worker, boss, team):
    case = AllocationFactory.create(worker=worker, team=team)
    InvolvementFactory.create(child=case.child, kind="assessment")

    page = look(client, worker, "staff_caseload", worker.staff.pk)

    assert "Being assessed" in page
    assert "1.3" in page
    assert "has no cases" in look(client, boss, "staff_caseload", boss.staff.pk)
    assert "what you carry yourself" in refused(
        client, social_worker(), "staff_caseload", worker.staff.pk
    )


def test_the_weights_are_published_with_their_reasons(client, worker):
    page = look(client, worker, "weights")

    assert "core groups and conferences to write for" in page
    assert "Each further child of a family counts 0.60" in page


# Closing


def part(child, **kwargs):
    said = {"closes": "yes", "closure_reason": "RC7", "summary": "Home is safe.", **kwargs}
    return {
        **{f"child-{child.pk}-{name}": value for name, value in said.items()},
        **days(f"child-{child.pk}-last_seen_on", date(2026, 2, 27)),
    }


CLOSING = {
    "told_family": "Mum and Rowan, who are glad.",
    "told_agencies": "School.",
    "against_advice": "no",
    **days("ended_on", date(2026, 3, 2)),
}


def test_a_closing_is_written_child_by_child_sent_and_agreed(client, worker, boss, team, family):
    for episode in family:
        AllocationFactory.create(worker=worker, team=team, episode=episode)
    one, two = (episode.child for episode in family)

    assert "Bea Quill" in look(client, worker, "ask_to_close", family[0].pk, most=25)
    send(
        client,
        worker,
        "ask_to_close",
        family[0].pk,
        **CLOSING,
        **part(one),
        **{f"child-{two.pk}-closes": "no"},
    )
    closing = Closing.objects.get()
    assert "Home is safe." in look(client, boss, "closing", closing.pk, most=20)
    assert "someone else must sign it off" in refused_or_read(client, worker, closing)
    send(client, boss, "decide_closing", closing.pk, decision="agree", comments="")

    family[0].refresh_from_db()
    family[1].refresh_from_db()
    assert family[0].ended_on == date(2026, 3, 2)
    assert family[1].ended_on is None
    assert "not waiting for a decision" in refused(client, boss, "decide_closing", closing.pk)


def refused_or_read(client, worker, closing):
    worker.roles = [Role.TEAM_MANAGER]
    worker.save()
    return refused(client, worker, "decide_closing", closing.pk)


def test_a_closing_lists_what_is_to_be_finished_first_with_links(steps, client, worker, boss, team):
    episode = AllocationFactory.create(worker=worker, team=team).episode
    task = a_task(worker, team, episode.child)
    InvolvementFactory.create(child=episode.child, kind="protection")

    page = look(client, worker, "ask_to_close", episode.pk, most=25)
    answer = send(
        client, worker, "ask_to_close", episode.pk, **CLOSING, **part(episode.child)
    ).content.decode()

    assert reverse("casework:task", args=[task.pk]) in page
    assert "Child protection plan still stands" in page
    assert "Plan is still open" in answer
    assert "Mum and Rowan, who are glad." in answer


def test_each_child_that_closes_is_whole(client, worker, team):
    episode = AllocationFactory.create(worker=worker, team=team).episode
    key = f"child-{episode.child_id}"

    answer = send(
        client, worker, "ask_to_close", episode.pk, **CLOSING, **{f"{key}-closes": "yes"}
    ).content.decode()

    for words in ("Choose why it closes", "Write what was done", "or why they were not"):
        assert words in answer


def test_a_returned_closing_comes_back_with_all_it_said_and_why(client, worker, boss, team):
    episode = AllocationFactory.create(worker=worker, team=team).episode
    send(client, worker, "ask_to_close", episode.pk, **CLOSING, **part(episode.child))
    closing = Closing.objects.get()

    silent = send(client, boss, "decide_closing", closing.pk, decision="return", comments="")
    send(client, boss, "decide_closing", closing.pk, decision="return", comments="Ask school.")

    assert "Say what must change" in silent.content.decode()
    page = look(client, worker, "ask_to_close", episode.pk, most=25)
    assert "Ask school." in page
    assert "Home is safe." in page
    assert "Mum and Rowan, who are glad." in page


def test_only_whoever_has_the_case_or_a_manager_asks_to_close(client, boss):
    episode = EpisodeFactory.create()
    closed = EpisodeFactory.create(ended_on=date(2026, 3, 2), closure_reason="RC8")

    assert "Only a worker who has this case" in refused(
        client, social_worker(), "ask_to_close", episode.pk
    )
    assert "This episode is closed" in refused(client, boss, "ask_to_close", closed.pk)


# How the service works


def test_how_work_flows_is_made_from_the_declarations(client, worker):
    page = look(client, worker, "how_work_flows")

    assert "Allocate to a social worker" in page
    assert "never by anyone who did the work" in page


def test_a_limit_is_proposed_by_one_agreed_by_another_and_shown(client, admin, senior, worker):
    look(client, admin, "propose_limit")
    tomorrow = timezone.localdate() + timedelta(days=1)
    wrong = send(
        client,
        admin,
        "propose_limit",
        timescale="CLO-01",
        amount="3",
        reason="Ours.",
        **days("since", date(2026, 1, 1)),
    )
    send(
        client,
        admin,
        "propose_limit",
        timescale="CLO-01",
        amount="3",
        reason="Ours.",
        **days("since", tomorrow),
    )
    change = LocalChange.objects.get()

    assert "cannot start in the past" in wrong.content.decode()
    assert "Decide" in look(client, senior, "local_limits")
    assert "3 working days, not 5 working days" in look(client, senior, "decide_change", change.pk)
    send(client, senior, "decide_change", change.pk, decision="agree", reason="")
    assert f"3 from {tomorrow.day}" in look(client, worker, "local_limits")
    assert "This has been decided" in refused(client, senior, "decide_change", change.pk)


def test_a_day_of_adoption_is_proposed_and_may_be_refused_or_taken_back(client, admin, senior):
    look(client, admin, "propose_adoption")
    said = {
        "framework": "single",
        "reason": "Cabinet minute.",
        **days("adopted_on", date(2016, 9, 1)),
    }

    send(client, admin, "propose_adoption", **said)
    change = LocalChange.objects.get()
    mute = send(client, senior, "decide_change", change.pk, decision="refuse", reason="")
    own = send(client, admin, "decide_change", change.pk, decision="agree", reason="")
    send(client, admin, "decide_change", change.pk, decision="refuse", reason="Wrong day.")

    assert "Say why" in mute.content.decode()
    assert "someone else must agree it" in own.content.decode()
    assert not FrameworkAdoption.objects.exists()


def test_another_administrator_does_not_decide(client, admin):
    other = UserFactory.create(roles=[Role.ADMINISTRATOR])
    change = actions.propose_adoption(
        framework="single", adopted_on=date(2016, 9, 1), reason="x", by=admin
    )

    assert "A service manager or the director decides this" in refused(
        client, other, "decide_change", change.pk
    )


def test_an_adopted_framework_shows_our_day(client, admin, senior):
    change = actions.propose_adoption(
        framework="single", adopted_on=date(2016, 9, 1), reason="x", by=admin
    )
    actions.agree_change(change=change, by=senior)

    assert "1 September 2016" in look(client, senior, "local_limits")
    assert Task.objects.count() == 0
