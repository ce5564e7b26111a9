"""What a plan asks for is whole, is looked at, and comes to an end that is told."""

from datetime import date

import pytest

from hearth.lib.errors import CannotDo
from hearth.people.tests.factories import ChildFactory
from hearth.plans import actions
from hearth.plans.models import ActionProgress, ActionState, PlanAction
from hearth.plans.tests.factories import STARTED, MeetingFactory, action, plan
from hearth.workforce.tests.factories import StaffFactory

pytestmark = pytest.mark.django_db
SEEN = date(2026, 3, 20)


@pytest.fixture
def standing(rowan, bea, worker):
    return plan(rowan, bea, by=worker)


@pytest.fixture
def dentist(standing, worker):
    return actions.set_action(plan=standing, action=action(), set_on=STARTED, by=worker)


@pytest.fixture
def if_alone(standing, worker):
    said = actions.NewContingency(
        trigger="Rowan is alone overnight",
        action="Gran fetches him and rings us",
        owner="Gran",
        within="the same night",
    )
    return actions.set_contingency(plan=standing, contingency=said, by=worker)


def test_an_action_is_numbered_and_is_for_all_the_children_or_for_some(standing, bea, worker):
    first = actions.set_action(plan=standing, action=action(), set_on=STARTED, by=worker)
    second = actions.set_action(
        plan=standing,
        action=action(children=[bea], due_on=None, frequency="Every school day"),
        set_on=STARTED,
        by=worker,
    )

    assert (first.number, first.about) == (1, standing.about)
    assert (second.number, second.about) == (2, [bea.pk])
    assert list(PlanAction.objects.open()) == [first, second]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"what": ""}, "Say what is to be done"),
        ({"owner": ""}, "Say who is to do this: Take Bea"),
        ({"due_on": None}, "Say by when, or how often"),
        ({"due_on": date(2026, 3, 1)}, "a day before the plan was made"),
        ({"measure": ""}, "Say how we will know"),
        ({"children": []}, "Choose children of this plan"),
    ],
)
def test_an_action_is_never_without_owner_day_and_how_we_will_know(said, words, standing, worker):
    with pytest.raises(CannotDo, match=words):
        actions.set_action(plan=standing, action=action(**said), set_on=STARTED, by=worker)


def test_an_action_is_for_children_of_the_plan_and_workers_who_are_here(standing, worker):
    gone = StaffFactory.create(ended_on=date(2026, 1, 1)).user
    stranger = ChildFactory.create()
    for said, words in (
        ({"children": [stranger]}, "children of this plan"),
        ({"owner_worker": gone}, "no longer works here"),
    ):
        with pytest.raises(CannotDo, match=words):
            actions.set_action(plan=standing, action=action(**said), set_on=STARTED, by=worker)
    with pytest.raises(CannotDo, match="has not come"):
        actions.set_action(
            plan=standing,
            action=action(due_on=date(2999, 2, 1)),
            set_on=date(2999, 1, 1),
            by=worker,
        )


def test_progress_is_kept_over_time_and_once_for_each_meeting(dentist, worker):
    meeting = MeetingFactory.create(about=dentist.about)
    said = {"action": dentist, "seen_on": SEEN, "by": worker}
    actions.record_progress(rating="not_started", words="No appointment", **said)
    actions.record_progress(rating="slow", words="Booked for May", meeting=meeting, **said)
    actions.record_progress(rating="on_track", words="Moved to April", meeting=meeting, **said)

    found = [(p.rating, p.meeting) for p in ActionProgress.objects.filter(action=dentist)]
    assert found == [("not_started", None), ("on_track", meeting)]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"rating": "splendid"}, "splendid"),
        ({"words": ""}, "Say how this action is going"),
        ({"seen_on": date(2999, 1, 1)}, "has not come"),
        ({"seen_on": date(2026, 3, 1)}, "only set on 2 March 2026"),
    ],
)
def test_what_progress_cannot_say(said, words, dentist, worker):
    given = {"rating": "slow", "words": "Booked for May", "seen_on": SEEN}

    with pytest.raises(CannotDo, match=words):
        actions.record_progress(action=dentist, by=worker, **(given | said))


def test_progress_is_told_at_a_meeting_about_these_children(dentist, worker):
    elsewhere = MeetingFactory.create()

    with pytest.raises(CannotDo, match="not about the children of this plan"):
        actions.record_progress(
            action=dentist,
            rating="slow",
            words="Booked",
            seen_on=SEEN,
            meeting=elsewhere,
            by=worker,
        )


def test_an_action_ends_once_with_what_came_of_it(dentist, worker):
    ending = {"action": dentist, "state": ActionState.DONE, "on": SEEN, "by": worker}
    for wrong, words in (
        ({"words": ""}, "what came of"),
        ({"words": "Two fillings", "state": ActionState.OPEN}, "what came of"),
        ({"words": "Two fillings", "on": date(2026, 3, 1)}, "between the day it was set and today"),
        ({"words": "Two fillings", "on": date(2999, 1, 1)}, "between the day it was set and today"),
    ):
        with pytest.raises(CannotDo, match=words):
            actions.end_action(**(ending | wrong))

    actions.end_action(words="Two fillings, no pain", **ending)

    dentist.refresh_from_db()
    assert (dentist.state, dentist.ended_on) == ("done", SEEN)
    with pytest.raises(CannotDo, match="ended already"):
        actions.end_action(words="Two fillings, no pain", **ending)


def test_what_is_done_if_the_plan_fails_is_whole(standing, if_alone, worker):
    assert if_alone.about == standing.about
    with pytest.raises(CannotDo, match="Say if what, then what"):
        actions.set_contingency(
            plan=standing,
            contingency=actions.NewContingency(
                trigger="He is alone", action="", owner="Gran", within="the same night"
            ),
            by=worker,
        )


def test_the_chair_rates_it_and_says_what_would_make_it_sound(if_alone, boss):
    with pytest.raises(CannotDo, match="fine"):
        actions.rate_contingency(contingency=if_alone, rating="fine", by=boss)
    with pytest.raises(CannotDo, match="Say what would make"):
        actions.rate_contingency(contingency=if_alone, rating="vague", by=boss)

    actions.rate_contingency(contingency=if_alone, rating="vague", reason="Say which gran", by=boss)

    if_alone.refresh_from_db()
    assert (if_alone.rating, if_alone.rated_by) == ("vague", boss)


def test_it_is_taken_out_once_and_stays_on_the_record(if_alone, worker):
    with pytest.raises(CannotDo, match="has not come"):
        actions.end_contingency(contingency=if_alone, on=date(2999, 1, 1), by=worker)

    actions.end_contingency(contingency=if_alone, on=SEEN, by=worker)

    if_alone.refresh_from_db()
    assert if_alone.ended_on == SEEN
    with pytest.raises(CannotDo, match="already"):
        actions.end_contingency(contingency=if_alone, on=SEEN, by=worker)
