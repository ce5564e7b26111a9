"""What is on the record already, shown beside each question and never asked again."""

from datetime import date

import pytest

from hearth.accounts.actions import system_worker
from hearth.assessments import actions
from hearth.assessments.tests.factories import (
    authorised,
    family,
    needs,
    started,
)
from hearth.assessments.tests.pages import address, sent_form, text, worker_of
from hearth.casework.actions import open_step
from hearth.casework.models import Task
from hearth.casework.tests.factories import EpisodeFactory
from hearth.config.testing import at_most_queries, hearth_itself
from hearth.people.models import Disability, Language
from hearth.people.tests.factories import (
    AddressFactory,
    CharacteristicFactory,
    ChildFactory,
)
from hearth.records.tests.factories import ALONE, ChronologyEntryFactory, moment, visit
from hearth.workforce.rules import teams_of
from hearth.workforce.tests.factories import StaffFactory, manager, social_worker

pytestmark = pytest.mark.django_db


def test_a_visit_on_the_record_is_shown_and_not_asked_again(client):
    tamsin, rowan = family()
    assessment = started([tamsin, rowan])
    visit(
        tamsin,
        by=assessment.task.worker,
        happened_at=moment(2026, 2, 10, 16, 0),
        parts=[(tamsin, {**ALONE, "own_words": "I like cats."})],
    )
    helper = StaffFactory.create().user
    visit(
        rowan,
        by=helper,
        happened_at=moment(2026, 2, 11, 16, 0),
        parts=[(rowan, {"seen": True, "seen_alone": False, "reason": "asleep"})],
    )
    client.force_login(assessment.task.worker)

    page = text(client.get(address("write_section", assessment.pk, "voice")))

    assert "10 February 2026, seen alone" in page
    assert "10 February 2026: I like cats." in page
    assert "seen, not alone by" in page
    assert "who is not a registered social worker" in page
    assert f"child-{tamsin.pk}-seen_where" not in page
    assert f"child-{rowan.pk}-seen_where" in page


def test_an_unborn_child_is_named_and_nothing_is_asked_of_their_words(client):
    baby = ChildFactory.create(unborn=True, given_names="Baby", family_name="Quill")
    EpisodeFactory.create(child=baby)
    assessment = started([baby])
    client.force_login(assessment.task.worker)
    at = address("write_section", assessment.pk, "voice")

    page = client.get(at)

    assert "Baby Quill is not yet born." in text(page)
    assert client.post(at, sent_form(page)).status_code == 302
    assert "not yet born" in text(client.get(address("open_assessment", assessment.pk)))


def test_what_is_known_stands_beside_identity(client):
    [tamsin] = family(1)
    CharacteristicFactory.create(person=tamsin, kind="ethnicity", code="BCRB")
    CharacteristicFactory.create(
        person=tamsin, kind="religion", code="", detail="Spiritual, in her own way"
    )
    told = {"person": tamsin, "recorded_by": hearth_itself()}
    Language.objects.create(code="eng", is_first=True, interpreter_needed=True, **told)
    Disability.objects.create(code="HEAR", detail="Wears an aid", **told)
    assessment = started([tamsin])
    client.force_login(assessment.task.worker)

    page = text(client.get(address("write_section", assessment.pk, "identity")))

    assert "Caribbean" in page
    assert "Spiritual, in her own way" in page
    assert "(interpreter needed)" in page
    assert "(Wears an aid)" in page


def test_what_was_said_last_time_stands_beside_the_question(client):
    children = family(1)
    first = authorised(children, by=manager())
    actions.decide_update(
        task=Task.objects.get(step_key="assessments.update"),
        needed=True,
        reason="A year has gone by.",
        on=date(2026, 9, 1),
        by=manager(),
    )
    task = Task.objects.outstanding().get(step_key="assessments.single")
    again = actions.start_assessment(
        task=task, started_on=date(2026, 9, 2), on=date(2026, 9, 2), by=worker_of(task)
    )
    client.force_login(task.worker)

    page = text(client.get(address("write_section", again.pk, "needs")))
    shared = text(client.get(address("write_section", again.pk, "family")))

    assert "In the assessment authorised on 16 March 2026:" in page
    assert needs(children[0])["health"] in page.replace("&#x27;", "'")
    assert "Marian feeds, clothes and comforts" in shared
    assert first.pk != again.pk


def children_with_a_history():
    tamsin, rowan = family()
    EpisodeFactory.create(
        child=tamsin,
        started_on=date(2020, 1, 6),
        ended_on=date(2020, 6, 1),
        closure_reason="RC7",
    )
    EpisodeFactory.create(
        child=rowan,
        started_on=date(2021, 1, 6),
        ended_on=date(2021, 1, 6),
        no_further_action=True,
        primary_need="",
    )
    AddressFactory.create(person=tamsin, started_on=date(2019, 1, 1), ended_on=date(2021, 1, 1))
    ChronologyEntryFactory.create(
        child=tamsin,
        happened_on=date(2024, 3, 3),
        title="Contact from the police",
        private_text="She rang herself.",
    )
    ChronologyEntryFactory.create(
        child=tamsin, happened_on=date(2024, 3, 4), title="Trifle", significance="low"
    )
    ChronologyEntryFactory.create(
        child=rowan, happened_on=date(2024, 3, 5), title="Odd", page="nowhere:at_all", text=""
    )
    return [tamsin, rowan]


def test_the_history_is_drawn_from_the_record(client):
    assessment = started_after(children_with_a_history())
    client.force_login(assessment.task.worker)

    with at_most_queries(15):
        page = text(client.get(address("write_section", assessment.pk, "history")))

    assert "6 January 2020 to 1 June 2020" in page
    assert "No further action" in page
    assert "14 Mill Lane, Fenbridge, ZZ1 4AB from 1 January 2019 to 1 January 2021" in page
    assert "Contact from the police" in page
    assert "Tamsin Pemberton: She rang herself." in page
    assert "Trifle" not in page
    assert "Marian Pemberton, mother" in page


def started_after(children):
    """An assessment of children who have had other episodes."""
    worker = social_worker()
    task = open_step(
        "assessments.single",
        children=children,
        trigger=date(2026, 2, 2),
        worker=worker,
        team=teams_of(worker, on=date(2026, 2, 2))[0],
        by=system_worker(),
    )
    return actions.start_assessment(
        task=task, started_on=date(2026, 2, 4), on=date(2026, 2, 4), by=worker
    )


def test_an_empty_history_says_what_would_be_there(client):
    baby = ChildFactory.create(given_names="New", family_name="Here")
    assessment = started_after([baby])
    client.force_login(assessment.task.worker)

    page = text(client.get(address("write_section", assessment.pk, "history")))

    assert "Nothing about these children was recorded before this assessment" in page


def test_a_long_history_says_that_it_is_cut(client, monkeypatch):
    from hearth.assessments.pages import history

    monkeypatch.setattr(history, "MOST", 2)
    [tamsin] = family(1)
    for day in (1, 2, 3):
        ChronologyEntryFactory.create(child=tamsin, happened_on=date(2025, 1, day))
    assessment = started([tamsin])
    client.force_login(assessment.task.worker)

    page = text(client.get(address("write_section", assessment.pk, "history")))

    assert "These are the latest." in page
