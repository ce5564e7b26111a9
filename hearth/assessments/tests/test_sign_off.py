"""Sending an assessment, agreeing it, returning it, and what follows for each child."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from hearth.accounts.roles import Role
from hearth.accounts.tests.factories import UserFactory
from hearth.assessments import actions
from hearth.assessments.models import Assessment, State
from hearth.assessments.tests.factories import (
    FINISHED,
    authorised,
    family,
    save,
    started,
    submitted,
    written,
)
from hearth.casework.models import Task
from hearth.lib.errors import CannotDo
from hearth.people.tests.factories import ChildFactory
from hearth.records.models import CaseNote, ChronologyEntry
from hearth.workforce.models import Registration
from hearth.workforce.rules import teams_of
from hearth.workforce.tests.factories import StaffFactory, manager, social_worker

pytestmark = pytest.mark.django_db
LATE = date(2026, 4, 9)


def outstanding(child):
    return {task.step_key: task for task in Task.objects.outstanding().for_child(child)}


def send(assessment, **kwargs):
    given = {"on": FINISHED, "cautions_answer": "Another visit is booked.", "late_reason": ""}
    by = assessment.task.worker
    sent = actions.submit_assessment(assessment=assessment, **({"by": by} | given | kwargs))
    assessment.refresh_from_db()
    return sent


def agree(assessment, **kwargs):
    given = {"rationale": "The analysis follows.", "on": FINISHED}
    actions.authorise_assessment(assessment=assessment, **({"by": manager()} | given | kwargs))
    assessment.refresh_from_db()


def ending(outcome, reason="", *, rating="moderate", names=("Tamsin",)):
    """Answers that decide this for these children."""
    decided = {"outcome": outcome, "closure_reason": reason}
    return {(name, "conclusion"): decided for name in names} | {
        (name, "risk"): {"risk_rating": rating} for name in names
    }


# Sending


def test_a_whole_assessment_is_sent_kept_as_it_was_and_waits_for_a_manager():
    assessment = submitted()

    assert assessment.state == State.SUBMITTED
    assert assessment.submitted_on == FINISHED
    sent = assessment.task.submissions.get()
    assert sent.content["sections"][0]["key"] == "voice"
    assert sent.content["cautions_answer"] == "Another visit is booked for next week."
    assert assessment.task in Task.objects.awaiting_sign_off()


@pytest.mark.parametrize("section", ["voice", "needs", "identity", "risk", "conclusion"])
def test_it_is_refused_while_any_child_lacks_what_is_required(section):
    assessment = written(leave_out=(section,))

    with pytest.raises(CannotDo, match="more things are missing"):
        send(assessment)
    assert assessment.state == State.IN_PROGRESS


def test_the_words_say_when_one_thing_alone_is_missing():
    assessment = written(leave_out=("history",))

    with pytest.raises(CannotDo, match=r"the history means now\. Nothing else is missing"):
        send(assessment)


def test_one_sibling_half_done_holds_back_the_whole():
    assessment = written(change={("Rowan", "needs"): {"health": ""}})

    with pytest.raises(CannotDo, match="Rowan Pemberton: write about health"):
        send(assessment)


def test_what_a_good_reader_would_stop_at_must_be_answered():
    with pytest.raises(CannotDo, match="Say what you make of the points listed"):
        send(written(), cautions_answer="")


def test_it_may_be_late_with_a_reason_and_never_without():
    assessment = written()

    with pytest.raises(CannotDo, match=r"This was due on 8 April 2026\. Say why it is late"):
        send(assessment, on=LATE)
    send(assessment, on=LATE, late_reason="The school was closed.")

    assert assessment.task.late_reason == "The school was closed."


def test_only_a_registered_social_worker_completes_it():
    assessment = written()
    helper = StaffFactory.create().user

    with pytest.raises(CannotDo, match="has no social work registration on record"):
        send(assessment, by=helper)


def test_a_registration_that_ran_out_the_day_before_does_not_do():
    assessment = written()
    Registration.objects.filter(staff__user=assessment.task.worker).update(expires_on=FINISHED)

    with pytest.raises(CannotDo, match="ran out on 16 March 2026"):
        send(assessment)


def test_it_is_sent_once():
    assessment = submitted()

    with pytest.raises(CannotDo, match="This is with a manager"):
        send(assessment)
    assert assessment.task.submissions.count() == 1


def test_nothing_changes_when_it_is_refused_half_way():
    assessment = written()

    with pytest.raises(CannotDo), transaction.atomic():
        send(assessment, on=LATE)

    assert not assessment.task.submissions.exists()
    assert Assessment.objects.get(pk=assessment.pk).state == State.IN_PROGRESS


# Who may agree it


def test_the_author_never_agrees_it_even_as_a_manager():
    author = social_worker()
    author.roles = [Role.SOCIAL_WORKER, Role.TEAM_MANAGER]
    author.save(update_fields=["roles"])
    assessment = submitted(worker=author)

    with pytest.raises(CannotDo, match="You did some of this work"):
        agree(assessment, by=author)


def test_nobody_who_wrote_a_part_agrees_it():
    boss = manager()
    assessment = started()
    save(
        assessment,
        "plan",
        {"questions": "Mine", "people_to_see": "", "agencies_to_ask": ""},
        by=boss,
    )
    assert boss.pk in Task.objects.get(pk=assessment.task_id).worked_by

    whole = written(family(1), worker=social_worker())
    save(whole, "history", {"history_considered": "I added this."}, by=boss)
    send(whole)
    with pytest.raises(CannotDo, match="You did some of this work"):
        agree(whole, by=boss)


def test_nobody_junior_agrees_it():
    with pytest.raises(CannotDo, match="Your role does not sign this off"):
        agree(submitted(), by=social_worker())


def test_a_manager_who_is_not_registered_does_not_agree_it():
    boss = StaffFactory.create(user=UserFactory.create(manager=True)).user

    with pytest.raises(CannotDo, match="has no social work registration"):
        agree(submitted(), by=boss)


def test_the_database_itself_refuses_the_author():
    assessment = submitted()

    with pytest.raises(IntegrityError), transaction.atomic():
        Assessment.objects.filter(pk=assessment.pk).update(
            authorised_on=FINISHED, authorised_by=assessment.submitted_by
        )


def test_it_is_agreed_once_and_with_a_reason():
    assessment = submitted()
    with pytest.raises(CannotDo, match="Say why you agree"):
        agree(assessment, rationale="")
    with pytest.raises(CannotDo, match="sent to you on 16 March 2026"):
        agree(assessment, on=date(2026, 3, 15))
    agree(assessment)

    with pytest.raises(CannotDo, match="not waiting to be authorised"):
        agree(assessment)


# A child nobody has seen

UNSEEN = {
    "seen_on": None,
    "seen_where": "",
    "seen_by": "",
    "seen_alone": None,
    "not_seen_why": "Rowan is with his father in Spain.",
}


def test_an_unseen_child_stands_in_the_way_until_a_manager_gives_a_coded_reason():
    tamsin, rowan = family()
    assessment = submitted([tamsin, rowan], change={("Rowan", "voice"): UNSEEN})

    with pytest.raises(CannotDo, match="Rowan Pemberton has not been seen"):
        agree(assessment)
    with pytest.raises(CannotDo, match="has no code busy"):
        agree(assessment, not_seen={rowan.pk: "busy"})
    boss = manager()
    agree(assessment, not_seen={rowan.pk: "abroad"}, by=boss)

    part = assessment.children.get(child=rowan)
    assert (part.not_seen_reason, part.not_seen_agreed_by) == ("abroad", boss)
    assert assessment.children.get(child=tamsin).not_seen_reason == ""


def test_an_unborn_child_is_not_expected_to_be_seen():
    baby = ChildFactory.create(unborn=True, given_names="Baby", family_name="Pemberton")
    from hearth.assessments.tests import factories
    from hearth.casework.tests.factories import EpisodeFactory

    EpisodeFactory.create(child=baby, started_on=factories.REFERRED)
    factories.WORDS["child_words"]["Baby"] = ""
    nothing = dict.fromkeys(("seen_on", "seen_alone", "how_safe", "how_safe_on"))
    assessment = submitted([*family(1), baby], change={("Baby", "voice"): nothing})

    agree(assessment)

    assert assessment.state == State.AUTHORISED


# Returning it


def test_it_is_returned_with_comments_changed_and_sent_again_and_both_versions_are_kept():
    boss = manager()
    tamsin, rowan = family()
    assessment = submitted([tamsin, rowan])
    actions.return_assessment(assessment=assessment, comments="Say more of his health.", by=boss)
    assessment.refresh_from_db()
    assert assessment.state == State.IN_PROGRESS

    from hearth.assessments.tests.factories import needs

    changed = needs(rowan, health="Rowan has asthma and uses a pump twice a day.")
    save(assessment, "needs", changed, place=f"child-{rowan.pk}")
    send(assessment)
    agree(assessment, by=boss)

    first, second = assessment.task.submissions.order_by("number")
    assert (first.decision, first.comments) == ("returned", "Say more of his health.")
    assert second.decision == "authorised"
    assert "asthma" not in str(first.content)
    assert "asthma" in str(second.content)


def test_returning_needs_comments_and_one_decision():
    assessment, boss = submitted(), manager()

    with pytest.raises(CannotDo, match="Say what must change"):
        actions.return_assessment(assessment=assessment, comments="", by=boss)
    agree(assessment)
    with pytest.raises(CannotDo, match="not waiting to be authorised"):
        actions.return_assessment(assessment=assessment, comments="Too late", by=boss)


# What follows


def test_a_manager_agrees_it_and_each_child_has_a_next_step():
    children = family()
    assessment = authorised(children, by=manager())

    assert assessment.state == State.AUTHORISED
    for child in children:
        steps = outstanding(child)
        assert set(steps) == {"assessments.hand_over_plan", "assessments.update"}
        plan = steps["assessments.hand_over_plan"]
        assert (plan.due_on, plan.worker, plan.team) == (
            date(2026, 3, 30),
            None,
            assessment.task.team,
        )
        assert steps["assessments.update"].due_on == date(2027, 3, 16)
        assert steps["assessments.update"].worker == assessment.task.worker
        kinds = child.involvements.filter(ended_on=None).values_list("kind", flat=True)
        assert list(kinds) == ["child_in_need"]


def test_the_managers_words_are_an_oversight_note_on_each_child():
    children = family()
    boss = manager()
    authorised(children, by=boss)

    [note] = CaseNote.objects.oversight()

    assert (note.recorded_by, note.oversight_point) == (boss, "sign_off")
    assert note.about == sorted(child.pk for child in children)


def test_each_childs_story_has_what_was_decided_and_said_and_no_siblings_words():
    tamsin, rowan = family()
    authorised([tamsin, rowan], by=manager())

    story = ChronologyEntry.objects.of_children(tamsin)
    text = " ".join(f"{entry.title} {entry.text} {entry.private_text}" for entry in story)

    assert "I like it when Mum is not tired." in text
    assert "I want my own bed" not in text
    assert "Tamsin is loved" in text
    assert "Rowan is loved" not in text


def test_one_child_may_be_closed_while_another_goes_on():
    tamsin, rowan = family()
    change = ending("no_further_action", "RC8", rating="low", names=("Rowan",))
    authorised([tamsin, rowan], by=manager(), change=change)

    episode = rowan.episodes.get()
    assert (episode.ended_on, episode.closure_reason) == (FINISHED, "RC8")
    assert outstanding(rowan) == {}
    assert not rowan.involvements.filter(ended_on=None).exists()
    assert ChronologyEntry.objects.of_children(rowan).filter(kind="closure").exists()
    assert tamsin.episodes.get().ended_on is None
    assert "assessments.hand_over_plan" in outstanding(tamsin)


def test_early_help_closes_the_case_and_a_manager_passes_the_family_on():
    [tamsin] = family(1)
    authorised([tamsin], by=manager(), change=ending("early_help", "RC9", rating="low"))

    assert tamsin.episodes.get().closure_reason == "RC9"
    assert set(outstanding(tamsin)) == {"assessments.hand_over_early_help"}


@pytest.mark.parametrize(
    ("outcome", "opens"),
    [
        ("strategy_discussion", {"assessments.hand_over_strategy", "assessments.update"}),
        ("legal_planning", {"assessments.hand_over_legal", "assessments.update"}),
        ("continue", {"assessments.update"}),
    ],
)
def test_what_each_other_outcome_opens(outcome, opens):
    [tamsin] = family(1)
    authorised([tamsin], by=manager(), change=ending(outcome))

    assert set(outstanding(tamsin)) == opens


def test_a_strategy_discussion_is_due_the_next_working_day():
    [tamsin] = family(1)
    authorised([tamsin], by=manager(), change=ending("strategy_discussion", rating="significant"))

    assert outstanding(tamsin)["assessments.hand_over_strategy"].due_on == date(2026, 3, 17)


def test_an_initial_assessment_leads_to_a_core_one_counted_from_its_end():
    day = date(2012, 1, 9)
    from hearth.assessments.tests import factories
    from hearth.casework.tests.factories import EpisodeFactory

    tamsin = ChildFactory.create(
        given_names="Tamsin", family_name="Pemberton", born_on=date(2003, 9, 14)
    )
    EpisodeFactory.create(child=tamsin, started_on=day)
    assessment = factories.written(
        [tamsin],
        step="assessments.initial",
        trigger=day,
        leave_out=("parents", "agencies"),
        change={
            ("Tamsin", "voice"): {"seen_on": day, "how_safe_on": day},
            ("Tamsin", "conclusion"): {"outcome": "core_assessment"},
        },
    )
    said = {"name": "Marian", "seen_on": day, "views": "I am worried."}
    actions.save_parents(
        assessment=assessment,
        written={"adult-other-new": actions.Written(said)},
        on=FINISHED,
        by=assessment.task.worker,
    )
    asked = actions.ask_agency(
        assessment=assessment, agency="school", asked_on=day, on=day, by=assessment.task.worker
    )
    actions.record_agency_answer(
        agency=asked, answered_on=day, said="Well.", on=day, by=assessment.task.worker
    )
    finished = date(2012, 1, 20)
    send(assessment, on=finished)
    agree(assessment, on=finished)

    core = outstanding(tamsin)["assessments.core"]
    assert core.due_on == date(2012, 3, 9)
    assert core.worker == assessment.task.worker
    assert set(outstanding(tamsin)) == {"assessments.core"}


def test_the_managers_review_falls_away():
    assessment = authorised(by=manager())

    review = Task.objects.get(step_key="assessments.review_point", record_id=assessment.pk)

    assert review.cancelled_reason == "The assessment was authorised"


def test_other_work_still_open_keeps_a_case_from_closing_and_nothing_is_half_done():
    [tamsin] = family(1)
    assessment = submitted([tamsin], change=ending("no_further_action", "RC8", rating="low"))
    from hearth.casework.actions import open_step

    open_step(
        "assessments.hand_over_plan",
        children=[tamsin],
        trigger=FINISHED,
        worker=social_worker(),
        by=UserFactory.create(),
    )

    with pytest.raises(CannotDo, match="is still open"), transaction.atomic():
        agree(assessment)
    assessment.refresh_from_db()
    assert assessment.state == State.SUBMITTED
    assert tamsin.episodes.get().ended_on is None


def test_a_worker_who_has_left_is_given_nothing_new():
    assessment = submitted()
    staff = assessment.task.worker.staff
    staff.ended_on = date(2026, 3, 20)
    staff.save(update_fields=["ended_on"])

    boss = manager()
    agree(assessment, by=boss)

    update = Task.objects.get(step_key="assessments.update")
    assert (update.worker, update.team) == (None, teams_of(boss, on=FINISHED)[0])
