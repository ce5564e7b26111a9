"""The sections of an assessment, opened, written and saved on their pages."""

from datetime import date

import pytest
from django.utils import timezone

from hearth.assessments.forms.sections import usual_reason
from hearth.assessments.models import Assessment
from hearth.assessments.reading import read
from hearth.assessments.snapshot import contents
from hearth.assessments.tests.factories import (
    family,
    needs,
    save,
    started,
    written,
)
from hearth.assessments.tests.pages import address, as_hearth, sent_form, text
from hearth.config.testing import at_most_queries
from hearth.workforce.tests.factories import social_worker

pytestmark = pytest.mark.django_db

SECTIONS = ["plan", "voice", "needs", "identity", "family", "history", "risk", "conclusion"]


# Writing


@pytest.mark.parametrize("section", SECTIONS)
def test_each_section_opens_within_the_budget(client, being_written, section):
    with at_most_queries(15):
        page = client.get(address("write_section", being_written.pk, section))

    assert page.status_code == 200


@pytest.mark.parametrize("name", ["open_assessment", "parents", "agencies", "submit_assessment"])
def test_each_page_of_the_writer_opens_within_the_budget(client, being_written, name):
    with at_most_queries(15):
        page = client.get(address(name, being_written.pk))

    assert page.status_code == 200


def test_the_budget_does_not_grow_with_the_family(client):
    assessment = written(family(4))
    client.force_login(assessment.task.worker)
    for section in SECTIONS:
        with at_most_queries(15):
            client.get(address("write_section", assessment.pk, section))
    with at_most_queries(15):
        client.get(address("open_assessment", assessment.pk))


@pytest.mark.parametrize("section", SECTIONS)
def test_saving_a_section_as_it_was_drawn_changes_nothing(client, section):
    assessment = written()
    client.force_login(assessment.task.worker)
    at = address("write_section", assessment.pk, section)
    before, saves = contents(read(assessment)), assessment.saves.count()

    page = client.post(at, sent_form(client.get(at)))

    assert page.status_code == 302
    assert contents(read(Assessment.objects.get(pk=assessment.pk))) == before
    assert assessment.saves.count() == saves


def test_saving_goes_on_to_the_next_section_or_to_the_whole(client, being_written):
    at = address("write_section", being_written.pk, "plan")
    given = sent_form(client.get(at)) | {"people_to_see": "Everybody at home"}

    assert client.post(at, given).url == address("write_section", being_written.pk, "voice")
    given = sent_form(client.get(at)) | {"whole": "yes"}
    assert client.post(at, given).url == address("open_assessment", being_written.pk)
    last = address("write_section", being_written.pk, "conclusion")
    given = sent_form(client.get(last))
    assert client.post(last, given).url == address("submit_assessment", being_written.pk)
    being_written.refresh_from_db()
    assert being_written.people_to_see == "Everybody at home"


def test_every_childs_part_is_on_the_page_and_none_hidden(client):
    assessment = started(family(3))
    client.force_login(assessment.task.worker)

    page = text(client.get(address("write_section", assessment.pk, "needs")))

    assert page.count('class="hearth-part"') == 3
    assert "(child 3 of 3)" in page
    assert "How Tamsin comes across to others" in page


def test_two_editors_see_both_texts_and_their_own_stays_in_the_box(client):
    [tamsin] = family(1)
    assessment = started([tamsin])
    worker = assessment.task.worker
    client.force_login(worker)
    at = address("write_section", assessment.pk, "needs")
    mine = sent_form(client.get(at))
    as_hearth()
    other = social_worker(team=assessment.task.team)
    save(assessment, "needs", needs(tamsin, health="Theirs."), place=f"child-{tamsin.pk}", by=other)
    mine[f"child-{tamsin.pk}-health"] = "Mine."

    page = client.post(at, mine)

    assert page.status_code == 409
    shown = text(page)
    assert f"{other} changed this while you were writing" in shown
    assert "Theirs." in shown
    assert '<textarea name="child-' in shown
    assert "Mine.</textarea>" in shown.replace("\n", "")
    again = client.post(at, sent_form(page) | {f"child-{tamsin.pk}-health": "Theirs. Mine."})
    assert again.status_code == 302
    part = assessment.children.get()
    assert part.health == "Theirs. Mine."
    assert part.education == needs(tamsin)["education"]


def test_two_editors_of_the_family_see_both_texts(client, being_written):
    at = address("write_section", being_written.pk, "family")
    mine = sent_form(client.get(at)) | {"parenting_capacity": "Mine."}
    as_hearth()
    save(being_written, "family", {"parenting_capacity": "Theirs.", "family_environment": ""})

    page = client.post(at, mine)

    assert page.status_code == 409
    assert "Theirs." in text(page)
    assert client.post(at, sent_form(page)).status_code == 302


def risk_rows(child, of, *rows):
    prefix = f"child-{child.pk}-{of}"
    data = {f"{prefix}-TOTAL_FORMS": str(len(rows)), f"{prefix}-INITIAL_FORMS": "0"}
    for number, (code, words) in enumerate(rows):
        data |= {f"{prefix}-{number}-code": code, f"{prefix}-{number}-text": words}
    return data


def test_rows_of_risk_are_added_and_half_a_row_is_refused_with_everything_kept(client):
    [tamsin] = family(1)
    assessment = started([tamsin])
    client.force_login(assessment.task.worker)
    at = address("write_section", assessment.pk, "risk")
    base = sent_form(client.get(at))
    whole = risk_rows(tamsin, "risks", ("3B", "She hears it."), ("", ""))

    half = risk_rows(tamsin, "risks", ("3B", ""), ("", "Hungry."))
    page = client.post(at, base | half | risk_rows(tamsin, "protections", ("school", "")))
    assert page.status_code == 200
    shown = text(page)
    for words in ("Risk, row 1: Say how", "Risk, row 2: Choose which", "What protects, row 1"):
        assert words in shown
    assert "Hungry." in shown
    assert client.post(at, base | whole).status_code == 302
    assert [risk.code for risk in assessment.children.get().risks.all()] == ["3B"]


def test_too_many_rows_are_refused_in_words(client):
    [tamsin] = family(1)
    assessment = started([tamsin])
    client.force_login(assessment.task.worker)
    at = address("write_section", assessment.pk, "risk")
    rows = [("3B", f"Reason {number}.") for number in range(31)]

    page = client.post(at, sent_form(client.get(at)) | risk_rows(tamsin, "risks", *rows))

    assert page.status_code == 200
    assert "30" in text(page)


def test_factors_ticked_together_with_none_found_are_refused_on_the_page(client):
    [tamsin] = family(1)
    assessment = started([tamsin])
    client.force_login(assessment.task.worker)
    at = address("write_section", assessment.pk, "conclusion")

    page = client.post(at, sent_form(client.get(at)) | {f"child-{tamsin.pk}-factors": ["21", "3B"]})

    assert "cannot stand beside another factor" in text(page)


def test_the_risks_recorded_are_ticked_as_factors_to_begin_with(client):
    [tamsin] = family(1)
    assessment = written([tamsin], leave_out=("conclusion",))
    client.force_login(assessment.task.worker)

    page = client.get(address("write_section", assessment.pk, "conclusion"))

    [part] = page.context["parts"]
    assert part.form["factors"].value() == ["3B"]


def test_the_usual_reason_for_closing_is_filled_in(client, monkeypatch):
    [tamsin] = family(1)
    assessment = written([tamsin])
    client.force_login(assessment.task.worker)
    at = address("write_section", assessment.pk, "conclusion")
    place = f"child-{tamsin.pk}"

    client.post(at, sent_form(client.get(at)) | {f"{place}-outcome": "early_help"})

    assert assessment.children.get().closure_reason == "RC9"
    assert usual_reason("no_further_action") == "RC8"
    assert usual_reason("no_further_action", {"RC8": "It had an enquiry."}) == "RC7"
    monkeypatch.setattr(timezone, "localdate", lambda: date(2021, 1, 4))
    assert usual_reason("early_help") == "RC8"


def test_a_section_that_is_not_there_is_not_found(client, being_written):
    for section in ("agencies", "parents", "nonsense"):
        assert client.get(address("write_section", being_written.pk, section)).status_code == 404
