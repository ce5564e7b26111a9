"""Referrals: their date, their need, what they lead to and who has them."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied

from hearth.casework.actions import open_step
from hearth.casework.models import Allocation, Episode, Involvement, Task
from hearth.casework.tests.factories import EpisodeFactory
from hearth.front_door import actions
from hearth.front_door.models import Referral, StepNote
from hearth.front_door.tests.factories import TUESDAY, ReferralFactory
from hearth.front_door.tests.steps import decide, record, screen, screened
from hearth.lib.errors import CannotDo
from hearth.people.tests.factories import ChildFactory
from hearth.records.models import ChronologyEntry
from hearth.workforce.tests.factories import TeamFactory, social_worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def children():
    return ChildFactory.create_batch(2)


@pytest.fixture
def accepted(children, officer, decider):
    """A contact accepted as a referral of two children, waiting to be decided."""
    decide(screened(children, officer), decider, outcome="referral", threshold_level="3")
    return Referral.objects.get()


def settle(referral, by, **changes):
    answers = {
        "outcome": "assess",
        "threshold_level": "3",
        "rationale": "Each needs to be seen and heard.",
        "at": TUESDAY,
    }
    return actions.decide_referral(referral=referral, by=by, **{**answers, **changes})


def waiting():
    return {task.step_key for task in Task.objects.outstanding()}


def test_to_assess_opens_the_assessment_of_the_framework_on_the_day_of_the_referral(
    accepted, children, decider
):
    settle(accepted, decider)

    assert waiting() == {"casework.allocate", "assessments.single", "front_door.feedback"}
    assert Involvement.objects.filter(kind="assessment", ended_on=None).count() == 2
    assert ChronologyEntry.objects.filter(title="Referral decided: assess").count() == 2


def test_before_2013_it_opened_an_initial_assessment(officer, decider):
    day = datetime(2012, 6, 11, 9, 30, tzinfo=UTC)
    child = ChildFactory.create(born_on=date(2004, 5, 1))
    contact = screen(record([child], officer, received_at=day), officer, at=day)

    decide(contact, decider, outcome="strategy_discussion", threshold_level="4", at=day)

    assert "assessments.initial" in waiting()


def test_a_worker_is_given_the_family_with_the_managers_direction(accepted, decider):
    team = TeamFactory.create()
    worker = social_worker(team)

    settle(accepted, decider, team=team, worker=worker, direction="See both by Friday.")

    assert {a.direction for a in Allocation.objects.filter(worker=worker)} == {
        "See both by Friday."
    }
    assert Task.objects.get(step_key="assessments.single").worker == worker
    assert "casework.allocate" not in waiting()


@pytest.mark.parametrize("outcome", ["no_further_action", "other_service", "early_help"])
def test_what_is_not_kept_closes_on_the_day_of_the_referral(accepted, decider, outcome):
    settle(accepted, decider, outcome=outcome, primary_need="N5")

    assert {(e.started_on, e.ended_on, e.no_further_action) for e in Episode.objects.all()} == {
        (date(2026, 2, 2), date(2026, 2, 2), True)
    }
    assert ("family_help.early_help" in waiting()) == (outcome == "early_help")


def test_one_child_may_be_kept_and_another_not(accepted, children, decider):
    own = actions.OutcomeForOne(outcome="no_further_action", note="Lives with her father.")

    settle(accepted, decider, exceptions={children[1].pk: own})

    kept = Episode.objects.open().get()
    assert kept.child == children[0]
    assert Task.objects.get(step_key="assessments.single").about == [children[0].pk]
    part = accepted.children.get(child=children[1])
    assert (part.outcome, part.note) == ("no_further_action", "Lives with her father.")
    assert str(part) == f"{accepted.pk} of {children[1].pk}"


def test_a_child_who_is_not_on_it_is_refused(accepted, decider):
    stray = {ChildFactory.create().pk: actions.OutcomeForOne(outcome="assess")}

    with pytest.raises(CannotDo, match="not on this referral"):
        settle(accepted, decider, exceptions=stray)


def test_a_strategy_discussion_is_held_for_the_children_who_need_it(accepted, decider):
    settle(accepted, decider, outcome="strategy_discussion", threshold_level="4")

    assert "protection.strategy_discussion" in waiting()


def test_the_need_is_restated_on_the_episode(accepted, children, decider):
    own = actions.OutcomeForOne(primary_need="N2")

    settle(accepted, decider, primary_need="N5", exceptions={children[1].pk: own})

    needs = Episode.objects.order_by("child_id").values_list("primary_need", flat=True)
    assert list(needs) == ["N5", "N2"]


def test_a_kept_referral_has_a_need(officer, decider):
    contact = screened([ChildFactory.create()], officer, concerns=[])
    decide(contact, decider, outcome="referral", threshold_level="3")

    with pytest.raises(CannotDo, match="Choose the primary need"):
        settle(Referral.objects.get(), decider)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"outcome": ""}, "Choose what to do"),
        ({"threshold_level": ""}, "Choose the level of need"),
        ({"rationale": ""}, "Give your reasons"),
        ({"priority": "whenever"}, "Choose one of the answers"),
        ({"family_told": False}, "Say why the family has not been told"),
        ({"primary_need": "N99"}, "has no code N99"),
    ],
)
def test_what_is_missing_or_wrong_is_said(accepted, decider, changes, words):
    with pytest.raises(CannotDo, match=words):
        settle(accepted, decider, **changes)

    accepted.refresh_from_db()
    assert accepted.decided_at is None


def test_a_worker_is_chosen_with_their_team(accepted, decider):
    team, elsewhere = TeamFactory.create(), TeamFactory.create()
    worker = social_worker(elsewhere)

    with pytest.raises(CannotDo, match="Choose the team as well"):
        settle(accepted, decider, worker=worker)
    with pytest.raises(CannotDo, match="is not in Assessment team"):
        settle(accepted, decider, worker=worker, team=team, direction="See them.")


def test_neither_a_leaver_nor_a_closed_team_is_given_anything(accepted, decider):
    team = TeamFactory.create()
    leaver = social_worker(team, ended_on=date(2026, 1, 31))
    closed = TeamFactory.create(closed_on=date(2026, 1, 31))

    with pytest.raises(CannotDo, match="does not work here"):
        settle(accepted, decider, worker=leaver, team=team, direction="See them.")
    with pytest.raises(CannotDo, match="is closed"):
        settle(accepted, decider, team=closed)


def test_it_is_decided_once(accepted, decider):
    settle(accepted, decider)

    with pytest.raises(CannotDo, match=f"{decider} has already decided"):
        settle(accepted, decider)


def test_only_a_registered_manager_decides(accepted, officer):
    with pytest.raises(PermissionDenied):
        settle(accepted, officer)


@pytest.mark.parametrize("referred_on", [date(2026, 2, 1), date(2026, 2, 4)])
def test_its_date_is_from_receipt_to_decision(children, officer, decider, referred_on):
    with pytest.raises(CannotDo, match="must be between the day the contact was received"):
        decide(
            screened(children, officer),
            decider,
            outcome="referral",
            threshold_level="3",
            referred_on=referred_on,
        )


def test_a_referral_within_twelve_months_points_to_the_last_episode(officer, decider):
    before = EpisodeFactory.create(
        started_on=date(2025, 3, 1), ended_on=date(2025, 6, 1), closure_reason="RC8"
    )
    long_ago = EpisodeFactory.create(
        started_on=date(2024, 3, 1), ended_on=date(2024, 6, 1), closure_reason="RC8"
    )

    decide(
        screened([before.child, long_ago.child], officer),
        decider,
        outcome="referral",
        threshold_level="3",
    )

    parts = {part.child: part.previous for part in Referral.objects.get().children.all()}
    assert parts == {before.child: before, long_ago.child: None}


def test_a_family_handed_over_is_taken_up_by_somebody_named(officer, decider):
    decide(
        screened([ChildFactory.create()], officer),
        decider,
        outcome="early_help",
        threshold_level="2",
    )
    task = Task.objects.get(step_key="family_help.early_help")

    with pytest.raises(CannotDo, match="Say who took this up"):
        actions.hand_over(task=task, taken_up="", at=TUESDAY, by=officer)
    actions.hand_over(task=task, taken_up="Jo, on Thursday.", at=TUESDAY, by=officer)

    assert StepNote.objects.get().text == "Jo, on Thursday."
    other = Task.objects.get(step_key="front_door.feedback")
    with pytest.raises(CannotDo, match="not handed over here"):
        actions.hand_over(task=other, taken_up="x", at=TUESDAY, by=officer)


def test_a_referral_with_no_contact_names_the_team_that_will_have_it(decider):
    referral = ReferralFactory.create(contact=None, about=[ChildFactory.create().pk])
    open_step(
        "front_door.decide_referral",
        children=[part.child for part in referral.children.all()],
        trigger=date(2026, 2, 2),
        record_id=referral.pk,
        worker=decider,
        by=decider,
    )

    with pytest.raises(CannotDo, match="Choose the team that will have this"):
        settle(referral, decider, primary_need="N1")
