"""The pages on which an assessment is checked, sent, decided on and reviewed."""

import pytest

from hearth.assessments import actions
from hearth.assessments.models import Assessment, State
from hearth.assessments.tests.factories import (
    FINISHED,
    authorised,
    family,
    needs,
    save,
    started,
    submitted,
    voice,
    written,
)
from hearth.assessments.tests.pages import address, as_hearth, text
from hearth.casework.models import Task
from hearth.casework.tests.factories import TaskFactory
from hearth.config.testing import at_most_queries, hearth_itself
from hearth.workforce.tests.factories import StaffFactory, manager, social_worker

pytestmark = pytest.mark.django_db


def test_every_gap_is_listed_with_a_link_to_its_box(client, being_written):
    child = being_written.children.first().child

    page = text(client.get(address("submit_assessment", being_written.pk)))

    needs_page = address("write_section", being_written.pk, "needs")
    assert f'href="{needs_page}#id_child-{child.pk}-health"' in page
    assert f'href="{address("agencies", being_written.pk)}#id_agencies"' in page
    assert "Send to a manager" not in page
    boxes = text(client.get(needs_page))
    assert f'id="id_child-{child.pk}-health"' in boxes


def test_each_link_of_the_list_leads_to_a_box_that_is_there(client, being_written):
    page = client.get(address("submit_assessment", being_written.pk))

    for place in page.context["page"].missing:
        for gap in place.gaps:
            at, _, anchor = gap.href.partition("#")
            shown = text(client.get(at))
            boxes = (f'id="{anchor}"', f'id="{anchor}_0"', f'id="{anchor}_day"')
            assert any(box in shown for box in boxes), gap


def test_a_whole_assessment_is_sent_from_the_page(client):
    assessment = written()
    client.force_login(assessment.task.worker)
    at = address("submit_assessment", assessment.pk)
    assert "Everything that must be here is here." in text(client.get(at))
    assert "Why is it late?" in text(client.post(at, {"cautions_answer": ""}))

    done = client.post(at, {"late_reason": "Illness.", "cautions_answer": "Booked."}, follow=True)

    assert "Waiting to be authorised" in text(done)
    assert client.get(at).status_code == 403


def test_an_unregistered_worker_is_told_why_they_may_not_send_it(client):
    assessment = written()
    worker = StaffFactory.create(team=assessment.task.team).user
    client.force_login(worker)

    page = text(client.get(address("submit_assessment", assessment.pk)))

    assert "has no social work registration on record" in page
    assert "Send to a manager" not in page


def test_a_manager_decides_on_one_page(client):
    change = {("Rowan", "conclusion"): {"outcome": "no_further_action", "closure_reason": "RC8"}}
    assessment = submitted(change=change)
    client.force_login(manager())
    at = address("decide_assessment", assessment.pk)
    with at_most_queries(25):
        page = text(client.get(at))
    assert "Rowan Pemberton:</strong> the case closes" in page
    assert "Tamsin Pemberton:</strong> a child in need plan is to be arranged" in page

    done = client.post(at, {"decision": "authorise", "words": "It follows."}, follow=True)

    assert "Authorised by" in text(done)
    assert client.get(at).status_code == 403


def test_a_manager_returns_it_and_the_worker_sees_why_and_what_changed(client):
    tamsin, rowan = family()
    assessment = submitted([tamsin, rowan])
    worker, boss = assessment.task.worker, manager()
    client.force_login(boss)
    at = address("decide_assessment", assessment.pk)
    client.post(at, {"decision": "return", "words": "Say more of his health."})
    client.force_login(worker)
    assert "Say more of his health." in text(client.get(address("open_assessment", assessment.pk)))
    as_hearth()
    changed = needs(rowan, health="Rowan has asthma.")
    save(assessment, "needs", changed, place=f"child-{rowan.pk}", by=worker)
    versions = text(client.get(address("versions", assessment.pk)))
    assert "1 answer differs between version 1 and what stands now" in versions
    assert "asthma." in versions
    as_hearth()
    actions.submit_assessment(
        assessment=assessment, on=FINISHED, cautions_answer="Done.", by=worker
    )
    client.force_login(boss)
    assert "what changed since you returned it" in text(client.get(at))
    assert "between version 1 and version 2" in text(client.get(address("versions", assessment.pk)))
    same = text(client.get(address("version", assessment.pk, 2)))
    assert "Version 2 and what stands now are the same." in same


def test_an_unseen_child_is_asked_about_on_the_decision_page(client):
    tamsin, rowan = family()
    unseen = {"seen_on": None, "seen_alone": None, "not_seen_why": "In Spain."}
    assessment = submitted([tamsin, rowan], change={("Rowan", "voice"): unseen})
    client.force_login(manager())
    at = address("decide_assessment", assessment.pk)
    decide = {"decision": "authorise", "words": "It follows."}

    refused = text(client.post(at, decide))
    assert "Choose why you accept that Rowan Pemberton has not been seen" in refused
    assert client.post(at, decide | {f"not_seen_{rowan.pk}": "abroad"}).status_code == 302


def test_what_stands_in_the_way_of_closing_is_listed(client):
    [tamsin] = family(1)
    closing = {"outcome": "no_further_action", "closure_reason": "RC8"}
    assessment = submitted([tamsin], change={("Tamsin", "conclusion"): closing})
    from hearth.casework.actions import open_step

    open_step(
        "assessments.hand_over_plan",
        children=[tamsin],
        trigger=FINISHED,
        worker=social_worker(),
        by=hearth_itself(),
    )
    client.force_login(manager())

    page = text(client.get(address("decide_assessment", assessment.pk)))

    assert "Arrange a child in need plan is still open" in page
    assert "review of an assessment is still open" not in page


def test_there_are_no_versions_before_it_is_sent(client, being_written):
    assert client.get(address("versions", being_written.pk)).status_code == 404


# Managing


def test_a_manager_reviews_it_half_way_and_is_warned_of_one_visit(client):
    [tamsin, rowan] = family()
    assessment = started([tamsin, rowan])
    save(assessment, "voice", voice(tamsin), place=f"child-{tamsin.pk}")
    client.force_login(manager())
    at = address("review_point", assessment.pk)
    page = text(client.get(at))
    assert "Tamsin Pemberton has been seen on one day only" in page
    assert "Rowan Pemberton has not been seen" in page
    said = {"held_on": "2026-02-17", "note": "Slow.", "direction": "See Rowan."}

    done = client.post(at, said | {"late_reason": "Away."}, follow=True)

    assert "What happens now: See Rowan." in text(done)


def test_a_manager_cancels_it(client):
    assessment = started()
    client.force_login(manager())
    at = address("cancel_assessment", assessment.pk)
    assert "Their cases stay open" in text(client.get(at))

    done = client.post(at, {"reason": "Opened twice."}, follow=True)

    assert "Opened twice." in text(done)
    assert Assessment.objects.get(pk=assessment.pk).state == State.CANCELLED


def test_something_is_added_to_an_authorised_assessment(client):
    assessment = authorised(by=manager())
    client.force_login(assessment.task.worker)
    at = address("add_to_assessment", assessment.pk)
    assert client.get(at).status_code == 200

    done = client.post(at, {"text": "The school has changed."}, follow=True)

    assert "The school has changed." in text(done)


def test_an_update_and_a_hand_over_are_decided_from_their_tasks(client):
    authorised(by=manager())
    boss = manager()
    client.force_login(boss)
    update = Task.objects.get(step_key="assessments.update")
    plan = TaskFactory.create(step_key="assessments.hand_over_early_help")
    for name, task in (("decide_update", update), ("hand_over", plan)):
        assert client.get(address(name, task.pk)).status_code == 200

    said = {"needed": "yes", "reason": "Much has changed."}
    assert client.post(address("decide_update", update.pk), said).status_code == 302
    said = {"handed_to": "Jo", "handed_on": "2026-03-20", "late_reason": "-"}
    assert client.post(address("hand_over", plan.pk), said).status_code == 302
    assert client.get(address("hand_over", plan.pk)).status_code == 403
    assert client.get(address("decide_update", plan.pk)).status_code == 403
