"""Reviews, cancelling, adding, copies, updates and hand-overs."""

from datetime import date
from typing import Any

import pytest

from hearth.assessments import actions
from hearth.assessments.models import State
from hearth.assessments.tests.factories import (
    FINISHED,
    authorised,
    family,
    started,
    submitted,
)
from hearth.casework.actions import open_step
from hearth.casework.models import Task
from hearth.lib.errors import CannotDo
from hearth.people.models import Person
from hearth.records.models import CaseNote, ChronologyEntry
from hearth.workforce.tests.factories import manager, social_worker

pytestmark = pytest.mark.django_db


def review(assessment, **kwargs):
    given = {
        "held_on": date(2026, 2, 17),
        "note": "Rowan has not been seen yet.",
        "direction": "See Rowan at school by Friday.",
        "on": FINISHED,
    }
    return actions.record_review_point(
        assessment=assessment, **({"by": manager()} | given | kwargs)
    )


def test_a_review_is_oversight_on_each_child_and_ends_its_task():
    assessment = started()
    held = review(assessment)

    assert "See Rowan at school by Friday." in held.note.text
    assert held.note.oversight_point == "review_point"
    task = Task.objects.get(step_key="assessments.review_point")
    assert (task.outcome, task.done_on) == ("reviewed", date(2026, 2, 17))
    assessment.refresh_from_db()
    assert assessment.internal_review_on == date(2026, 2, 17)
    assert str(held) == "Review on 17 February 2026"


def test_a_late_review_says_why():
    assessment = started()

    with pytest.raises(CannotDo, match="This was due on 18 February 2026"):
        review(assessment, held_on=date(2026, 2, 19))
    review(assessment, held_on=date(2026, 2, 19), late_reason="I was away.")


def test_it_may_be_reviewed_again():
    assessment = started()
    review(assessment)

    review(assessment, held_on=date(2026, 3, 3))

    assert assessment.review_points.count() == 2


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"note": ""}, "Say what you found"),
        ({"direction": ""}, "Say what you found"),
        ({"held_on": date(2026, 3, 17)}, "in the future"),
        ({"held_on": date(2026, 2, 3)}, "started on 4 February 2026"),
    ],
)
def test_a_review_that_cannot_be(changes, why):
    with pytest.raises(CannotDo, match=why):
        review(started(), **changes)


def test_only_a_manager_reviews():
    with pytest.raises(CannotDo, match="Only a manager"):
        review(started(), by=social_worker())


def cancel(assessment, reason="It was opened for the wrong family."):
    actions.cancel_assessment(assessment=assessment, reason=reason, on=FINISHED, by=manager())
    assessment.refresh_from_db()


def test_an_assessment_cancelled_takes_its_tasks_with_it_and_says_why():
    children = family()
    assessment = started(children)

    cancel(assessment)

    assert assessment.state == State.CANCELLED
    assert not Task.objects.outstanding().for_child(children[0]).exists()
    assert not children[0].involvements.filter(ended_on=None).exists()
    told = ChronologyEntry.objects.of_children(children[0]).get(title__endswith="cancelled")
    assert told.text == "It was opened for the wrong family."


def test_cancelling_needs_a_reason_and_one_still_being_written():
    with pytest.raises(CannotDo, match="Say why"):
        cancel(started(), reason="")
    with pytest.raises(CannotDo, match="This is with a manager"):
        cancel(submitted())
    assessment = started(family(1))
    cancel(assessment)
    with pytest.raises(CannotDo, match="This was cancelled"):
        cancel(assessment)


def test_an_authorised_assessment_is_added_to_and_never_changed():
    assessment = authorised(by=manager())

    added = actions.add_to_assessment(
        assessment=assessment, text="The school moved.", by=assessment.task.worker
    )

    assert list(assessment.addenda.all()) == [added]
    with pytest.raises(CannotDo, match="no longer changes"):
        review(assessment)
    with pytest.raises(CannotDo, match="Write what is to be added"):
        actions.add_to_assessment(assessment=assessment, text="", by=assessment.task.worker)
    with pytest.raises(CannotDo, match="has not been authorised"):
        actions.add_to_assessment(
            assessment=started(family(1)), text="x", by=assessment.task.worker
        )


def test_a_copy_for_the_family_is_written_into_the_story():
    assessment = authorised(by=manager())
    give = {"reader_name": "Marian Pemberton", "on": FINISHED, "by": assessment.task.worker}

    actions.make_family_copy(assessment=assessment, **give)

    assert ChronologyEntry.objects.filter(title__contains="for Marian Pemberton").count() == 2
    with pytest.raises(CannotDo, match="has not been authorised"):
        actions.make_family_copy(assessment=started(family(1)), **give)


# Keeping it fresh


def update_of(assessment):
    return Task.objects.get(step_key="assessments.update", about=assessment.about)


def decide(task, *, needed, reason="Much has changed.", on=date(2026, 9, 1)):
    actions.decide_update(task=task, needed=needed, reason=reason, on=on, by=manager())


def test_an_update_that_is_needed_opens_a_single_assessment_from_that_day():
    assessment = authorised(by=manager())

    decide(update_of(assessment), needed=True)

    again = Task.objects.outstanding().get(step_key="assessments.single")
    assert again.trigger_on == date(2026, 9, 1)
    assert again.about == assessment.about


def test_an_update_that_is_not_needed_opens_nothing():
    assessment = authorised(by=manager())

    decide(update_of(assessment), needed=False)

    assert not Task.objects.outstanding().filter(step_key="assessments.single").exists()


def test_an_update_is_decided_with_a_reason_and_from_its_own_task():
    assessment = authorised(by=manager())

    with pytest.raises(CannotDo, match="Say why"):
        decide(update_of(assessment), needed=True, reason="")
    with pytest.raises(CannotDo, match="does not ask that"):
        decide(assessment.task, needed=True)


# Handing over


def plan_of(assessment):
    return open_step(
        "assessments.hand_over_early_help",
        children=list(Person.objects.filter(pk__in=assessment.about)),
        trigger=date(2026, 3, 16),
        team=assessment.task.team,
        by=manager(),
    )


def pass_on(task, **kwargs):
    given: dict[str, Any] = {
        "handed_to": "Jo Holt, North family support",
        "handed_on": date(2026, 3, 18),
    }
    return actions.hand_over(task=task, on=date(2026, 3, 20), by=manager(), **(given | kwargs))


def test_a_manager_records_who_has_taken_it_on():
    assessment = authorised(by=manager())

    task = plan_of(assessment)
    handed = pass_on(task, note="First meeting on 25 March.")

    assert str(handed) == "Handed over to Jo Holt, North family support"
    task.refresh_from_db()
    assert task.outcome == "handed_over"
    with pytest.raises(CannotDo, match="someone has finished it"):
        pass_on(task)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"handed_to": ""}, "Say who"),
        ({"handed_on": date(2026, 3, 15)}, "Say on what day"),
        ({"handed_on": date(2026, 3, 21)}, "Say on what day"),
    ],
)
def test_a_hand_over_that_cannot_be(changes, why):
    assessment = authorised(by=manager())

    with pytest.raises(CannotDo, match=why):
        pass_on(plan_of(assessment), **changes)


def test_only_a_hand_over_is_handed_over():
    with pytest.raises(CannotDo, match="not a hand-over"):
        pass_on(started().task)


def test_no_oversight_is_written_of_what_was_refused():
    assessment = started()
    with pytest.raises(CannotDo):
        review(assessment, held_on=date(2026, 2, 3))

    assert not CaseNote.objects.exists()
