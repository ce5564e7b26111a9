"""Sending an assessment, agreeing it, and returning it."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from hearth.accounts.roles import Role
from hearth.accounts.tests.factories import UserFactory
from hearth.assessments import actions
from hearth.assessments.models import Assessment, State
from hearth.assessments.tests.deciding import LATE, agree, send
from hearth.assessments.tests.factories import (
    FINISHED,
    family,
    save,
    started,
    submitted,
    written,
)
from hearth.casework.models import Task
from hearth.lib.errors import CannotDo
from hearth.people.tests.factories import ChildFactory
from hearth.workforce.models import Registration
from hearth.workforce.tests.factories import StaffFactory, manager, social_worker

pytestmark = pytest.mark.django_db


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
