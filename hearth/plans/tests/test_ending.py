"""What ends a plan without a meeting, and with the episode."""

from datetime import date, timedelta

import pytest

from hearth.accounts.actions import system_worker
from hearth.accounts.roles import Role
from hearth.accounts.tests.factories import UserFactory
from hearth.casework.actions import close_episode
from hearth.casework.models import Involvement
from hearth.lib.errors import CannotDo
from hearth.people.models import Person
from hearth.people.tests.factories import ChildFactory
from hearth.plans import actions, tasks
from hearth.plans.models import PlanChild, PlanKind
from hearth.plans.rules import adult_on
from hearth.plans.tests.factories import plan
from hearth.records.models import ChronologyEntry

pytestmark = pytest.mark.django_db


def ended(child):
    part = PlanChild.objects.get(child=child)
    return part.ended_on, part.end_reason


@pytest.mark.parametrize("reason", ["looked_after", "transferred"])
def test_what_another_duty_takes_over_ends_a_plan_when_a_service_manager_says_on_what_grounds(
    reason, rowan, boss
):
    part = plan(rowan, by=boss, kind=PlanKind.PROTECTION).children.get()
    senior = UserFactory.create(roles=[Role.SERVICE_MANAGER])
    said = {"part": part, "reason": reason, "ended_on": date(2026, 5, 1)}

    for by, grounds, words in (
        (boss, "Section 20, with her aunt.", "A service manager ends"),
        (senior, "", "under what order"),
    ):
        with pytest.raises(CannotDo, match=words):
            actions.end_part(**said, grounds=grounds, by=by)
    assert ended(rowan) == (None, "")
    actions.end_part(**said, grounds="Section 20, with her aunt.", by=senior)

    assert ended(rowan) == (date(2026, 5, 1), reason)
    entry = ChronologyEntry.objects.get(child=rowan)
    assert entry.title.startswith("Child protection plan ended: ")
    assert entry.text == "Section 20, with her aunt."


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("conference", "A conference or a review decides that"),
        ("died", "Record Rowan Quill's death"),
        ("adult", "is 18 on 1 January 2030"),
    ],
)
def test_what_does_not_end_a_plan(reason, words, rowan, boss):
    part = plan(rowan, by=boss).children.get()

    with pytest.raises(CannotDo, match=words):
        actions.end_part(part=part, reason=reason, ended_on=date(2026, 5, 1), by=boss)


def test_a_plan_ends_no_earlier_than_a_death_and_no_18_without_a_birth(boss):
    died = ChildFactory.create(died_on=date(2026, 5, 1))
    unborn = ChildFactory.create(unborn=True)
    for child, reason, words in (
        (died, "died", "died on 1 May 2026"),
        (unborn, "adult", "date of birth is not known"),
    ):
        part = plan(child, by=boss).children.get()
        with pytest.raises(CannotDo, match=words):
            actions.end_part(part=part, reason=reason, ended_on=date(2026, 4, 1), by=boss)
    part = PlanChild.objects.get(child=died)
    actions.end_part(part=part, reason="died", ended_on=date(2026, 5, 1), by=boss)
    assert ended(died) == (date(2026, 5, 1), "died")


def test_each_night_the_plans_of_those_now_18_end_from_their_birthday(boss, today):
    eighteen = date(today.year - 18, today.month, today.day) - timedelta(days=3)
    grown, child = ChildFactory.create(born_on=eighteen), ChildFactory.create()
    for one in (grown, child):
        plan(one, by=boss)

    tasks.each_night(timestamp=0)

    assert ended(grown) == (today - timedelta(days=3), "adult")
    assert ended(child) == (None, "")
    assert actions.end_of_adults(today=today, by=system_worker()) == 0


def test_born_on_29_february_they_are_18_on_1_march():
    assert adult_on(Person(born_on=date(2008, 2, 29), birth_kind="known")) == date(2026, 3, 1)


def test_a_child_in_need_plan_ends_with_the_episode(rowan, boss):
    plan(rowan, by=boss)

    close_episode(
        episode=rowan.episodes.get(), ended_on=date(2026, 6, 1), closure_reason="RC7", by=boss
    )

    assert ended(rowan) == (date(2026, 6, 1), "closed")
    assert Involvement.objects.get(child=rowan).ended_on == date(2026, 6, 1)


def test_a_protection_plan_keeps_the_episode_open(rowan, boss):
    plan(rowan, by=boss, kind=PlanKind.PROTECTION)

    with pytest.raises(CannotDo, match="Child protection plan still stands"):
        close_episode(
            episode=rowan.episodes.get(), ended_on=date(2026, 6, 1), closure_reason="RC7", by=boss
        )
