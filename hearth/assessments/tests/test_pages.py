"""The pages of an assessment: written, checked, decided on, compared, copied and refused."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from hearth.accounts.roles import Role
from hearth.accounts.tests.factories import UserFactory
from hearth.accounts.worker_context import set_worker
from hearth.assessments import actions
from hearth.assessments.forms.sections import usual_reason
from hearth.assessments.models import Assessment, State
from hearth.assessments.reading import read
from hearth.assessments.snapshot import contents
from hearth.assessments.tests.factories import (
    FINISHED,
    authorised,
    family,
    needs,
    save,
    started,
    submitted,
    voice,
    waiting,
    written,
)
from hearth.casework.models import Task
from hearth.casework.tests.factories import AllocationFactory, EpisodeFactory
from hearth.config.testing import at_most_queries, hearth_itself
from hearth.people.models import Disability, Language
from hearth.people.tests.factories import (
    AddressFactory,
    CharacteristicFactory,
    ChildFactory,
    RestrictionAccessFactory,
    RestrictionFactory,
)
from hearth.records.tests.factories import ALONE, moment, visit
from hearth.workforce.rules import teams_of
from hearth.workforce.tests.factories import StaffFactory, manager, social_worker

pytestmark = pytest.mark.django_db
SECTIONS = ["plan", "voice", "needs", "identity", "family", "history", "risk", "conclusion"]


def address(name, *args):
    return reverse(f"assessments:{name}", args=args)


def text(response):
    return response.content.decode()


def as_hearth():
    """Go on making things after a page was asked for by a worker."""
    set_worker(hearth_itself())


@pytest.fixture
def being_written(client):
    assessment = started()
    client.force_login(assessment.task.worker)
    return assessment


def worker_of(task):
    return task.worker


def sent_form(page):
    """What a browser would send back of a page's forms, as they were drawn."""
    context = page.context
    data: dict[str, object] = {}
    forms = [context.get("form"), *(part.form for part in context.get("parts") or ())]
    for form in filter(None, forms):
        for name in form.fields:
            data |= drawn(form[name])
        for rows in getattr(form, "rows", {}).values():
            data[f"{rows.prefix}-TOTAL_FORMS"] = str(rows.total_form_count())
            data[f"{rows.prefix}-INITIAL_FORMS"] = str(rows.initial_form_count())
            for row in rows:
                for name in row.fields:
                    data |= drawn(row[name])
    return data


def drawn(field):
    value = field.value()
    if isinstance(value, date):
        value = value.isoformat()
    return {field.html_name: "" if value is None else value}


# From a task


def test_a_task_leads_to_where_its_assessment_is_started(client):
    task = waiting()
    client.force_login(task.worker)

    page = client.get(address("from_task", task.pk), follow=True)

    assert page.redirect_chain[-1][0] == address("start_assessment", task.pk)
    assert "Start: single assessment" in text(page)


def test_a_task_leads_to_its_assessment_once_there_is_one(client, being_written):
    for name in ("from_task", "start_assessment"):
        page = client.get(address(name, being_written.task_id))
        assert page.url == address("open_assessment", being_written.pk)


def test_a_manager_is_told_that_it_has_not_been_started_and_why_they_may_not(client):
    task = waiting()
    client.force_login(manager())

    page = text(client.get(address("from_task", task.pk)))

    assert "This has not been started." in page
    assert "Your role does not allow this" in page


def test_a_worker_whose_registration_is_not_on_record_is_told_so(client):
    task = waiting()
    worker = StaffFactory.create(team=task.team).user
    client.force_login(worker)

    assert "no social work registration" in text(client.get(address("from_task", task.pk)))


def test_starting_it_opens_the_assessment(client):
    task = waiting()
    client.force_login(task.worker)

    page = client.post(
        address("start_assessment", task.pk),
        {"started_on": "2026-02-04", "questions": "Are they safe?"},
        follow=True,
    )

    assessment = Assessment.objects.get(task=task)
    assert page.redirect_chain[-1][0] == address("open_assessment", assessment.pk)
    assert assessment.questions == "Are they safe?"


def test_a_start_that_makes_no_sense_keeps_what_was_typed(client):
    task = waiting()
    client.force_login(task.worker)

    page = text(
        client.post(
            address("start_assessment", task.pk),
            {"started_on_day": "31", "started_on_month": "2", "started_on_year": "2026"}
            | {"questions": "Kept as it was"},
        )
    )

    assert "There is no 31 February 2026" in page
    assert "Kept as it was" in page
    assert not Assessment.objects.exists()


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


def test_the_history_is_drawn_from_the_record(client):
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
    from hearth.records.tests.factories import ChronologyEntryFactory

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
    assessment = started_after([tamsin, rowan])
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
    from hearth.accounts.actions import system_worker
    from hearth.casework.actions import open_step

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
    from hearth.records.tests.factories import ChronologyEntryFactory

    monkeypatch.setattr(history, "MOST", 2)
    [tamsin] = family(1)
    for day in (1, 2, 3):
        ChronologyEntryFactory.create(child=tamsin, happened_on=date(2025, 1, day))
    assessment = started([tamsin])
    client.force_login(assessment.task.worker)

    page = text(client.get(address("write_section", assessment.pk, "history")))

    assert "These are the latest." in page


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
    monkeypatch.setattr(timezone, "localdate", lambda: date(2021, 1, 4))
    assert usual_reason("early_help") == "RC8"


def test_a_section_that_is_not_there_is_not_found(client, being_written):
    for section in ("agencies", "parents", "nonsense"):
        assert client.get(address("write_section", being_written.pk, section)).status_code == 404


# Parents and agencies


def test_parents_are_asked_and_somebody_else_may_be_added(client, being_written):
    at = address("parents", being_written.pk)
    page = client.get(at)
    assert "Marian Pemberton" in text(page)
    [mother, _] = page.context["parts"]
    given = sent_form(page) | {
        f"adult-{mother.child.pk}-views": "I am tired.",
        f"adult-{mother.child.pk}-seen_on": "2026-02-11",
        "adult-other-new-name": "Joss",
        "adult-other-new-views": "I am her friend.",
    }

    done = client.post(at, given)

    assert done.url == address("agencies", being_written.pk)
    assert {str(view) for view in being_written.parents.all()} == {"Marian Pemberton", "Joss"}
    again = client.get(at)
    assert [part.child.name for part in again.context["parts"]] == [
        "Marian Pemberton",
        "Joss",
        "Somebody else",
    ]


def test_views_of_nobody_are_refused_on_the_page(client, being_written):
    at = address("parents", being_written.pk)

    page = client.post(at, sent_form(client.get(at)) | {"adult-other-new-views": "Anonymous."})

    assert "Say whose views these are" in text(page)
    assert "Anonymous." in text(page)


def test_two_editors_of_a_parents_views_see_both(client, being_written):
    at = address("parents", being_written.pk)
    before = client.get(at)
    [mother, _] = before.context["parts"]
    box = f"adult-{mother.child.pk}-views"
    assert client.post(at, sent_form(before) | {box: "Theirs."}).status_code == 302

    page = client.post(at, sent_form(before) | {box: "Mine."})

    assert page.status_code == 409
    assert "Theirs." in text(page)
    assert client.post(at, sent_form(page)).status_code == 302
    assert being_written.parents.get().views == "Mine."


def test_an_agency_is_asked_chased_and_answers(client, being_written):
    at = address("agencies", being_written.pk)
    page = client.post(at, {"agency": "gp", "asked_on": "2026-02-05", "child": ""}, follow=True)
    assert "GP practice was asked" in text(page)
    asked = being_written.agencies.get()

    chase = address("chase_agency", asked.pk)
    assert client.get(chase).status_code == 200
    assert client.post(chase, {"chased_on": "2026-02-12"}).url == at
    answer = address("answer_agency", asked.pk)
    assert client.get(answer).status_code == 200
    assert "or below why there is no answer" in text(client.post(answer, {"said": ""}))
    assert "Enter the date they answered" in text(client.post(answer, {"said": "Fine."}))
    assert (
        client.post(answer, {"said": "All well.", "answered_on": "2026-02-20"}).status_code == 302
    )
    shown = text(client.get(at))
    assert "again 12 February 2026" in shown
    assert "All well." in shown


# Checking and deciding


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
    plan = Task.objects.get(step_key="assessments.hand_over_plan")
    for name, task in (("decide_update", update), ("hand_over", plan)):
        assert client.get(address(name, task.pk)).status_code == 200

    said = {"needed": "yes", "reason": "Much has changed."}
    assert client.post(address("decide_update", update.pk), said).status_code == 302
    said = {"handed_to": "Jo", "handed_on": "2026-03-20", "late_reason": "-"}
    assert client.post(address("hand_over", plan.pk), said).status_code == 302
    assert client.get(address("hand_over", plan.pk)).status_code == 403
    assert client.get(address("decide_update", plan.pk)).status_code == 403


# Lists, paper and a child's page


def test_a_teams_assessments_are_listed_by_the_day_they_are_due(client):
    assessment = started()
    team = assessment.task.team
    done = authorised(family(1), worker=social_worker(team=team), by=manager())
    client.force_login(assessment.task.worker)
    at = address("team_assessments", team.pk)

    with at_most_queries(15):
        page = text(client.get(at))

    assert address("open_assessment", assessment.pk) in page
    assert address("open_assessment", done.pk) not in page
    shown = {
        show: text(client.get(at, {"show": show}))
        for show in ("overdue", "waiting", "authorised", "nonsense")
    }
    assert "1 assessment" in shown["overdue"]
    assert "No assessment of this kind" in shown["waiting"]
    assert address("open_assessment", done.pk) in shown["authorised"]
    assert "1 assessment" in shown["nonsense"]


def test_the_list_does_not_ask_more_for_more_rows(client):
    assessment = started()
    team = assessment.task.team
    worker = assessment.task.worker
    for _ in range(4):
        started(family(3), worker=worker)
    client.force_login(worker)

    with at_most_queries(15):
        page = text(client.get(address("team_assessments", team.pk)))

    assert "5 assessments" in page


def test_a_childs_assessments_are_listed_and_the_last_is_on_their_front_page(client):
    children = family()
    assessment = authorised(children, by=manager())
    client.force_login(assessment.task.worker)

    listed = text(client.get(address("child_assessments", children[0].pk)))
    front = text(client.get(reverse("desk:child", args=[children[0].pk])))

    assert address("open_assessment", assessment.pk) in listed
    assert "authorised on 16 March 2026" in front
    assert "Moderate: health or development" in front


def test_an_unassessed_childs_list_says_so(client):
    child = ChildFactory.create(given_names="New", family_name="Here")
    client.force_login(social_worker())

    assert "New Here has not been assessed" in text(
        client.get(address("child_assessments", child.pk))
    )


def test_an_authorised_assessment_prints_and_one_that_is_not_does_not(client, being_written):
    assert client.get(address("print_assessment", being_written.pk)).status_code == 403
    as_hearth()
    assessment = authorised(family(1), by=manager())

    printed = client.get(address("print_assessment", assessment.pk))

    assert printed["Content-Type"] == "application/pdf"
    assert printed.content.startswith(b"%PDF")


def test_a_copy_for_the_family_is_made_as_the_worker_chose(client):
    tamsin, rowan = family()
    assessment = authorised([tamsin, rowan], by=manager())
    client.force_login(assessment.task.worker)
    at = address("family_copy", assessment.pk)
    assert "Whose own words may this reader be given?" in text(client.get(at))
    mother = assessment.parents.get()

    for reader in (f"parent-{mother.pk}", f"child-{tamsin.pk}"):
        made = client.post(at, {"reader": reader, "words_of": [str(tamsin.pk)]})
        assert made.content.startswith(b"%PDF")
    assert client.post(at, {"reader": "parent-0"}).status_code == 200


# Who may


def test_somebody_not_working_with_the_family_may_read_and_not_write(client, being_written):
    client.force_login(social_worker())

    assert client.get(address("open_assessment", being_written.pk)).status_code == 200
    for name in ("parents", "agencies", "submit_assessment"):
        refused = client.get(address(name, being_written.pk))
        assert refused.status_code == 403
        assert "You are not working with this family" in text(refused)


def test_a_co_worker_may_write(client, being_written):
    helper = StaffFactory.create(user=UserFactory.create(roles=[Role.FAMILY_SUPPORT_WORKER])).user
    child = being_written.children.first()
    AllocationFactory.create(
        episode=child.episode, child=child.child, worker=helper, role="co_worker"
    )
    client.force_login(helper)

    assert client.get(address("parents", being_written.pk)).status_code == 200
    assert client.get(address("submit_assessment", being_written.pk)).status_code == 403


def test_the_author_may_not_decide(client):
    assessment = submitted()
    author = assessment.task.worker
    author.roles = [Role.SOCIAL_WORKER, Role.TEAM_MANAGER]
    author.save(update_fields=["roles"])
    client.force_login(author)

    refused = client.get(address("decide_assessment", assessment.pk))

    assert refused.status_code == 403
    assert "You did some of this work" in text(refused)


def test_a_restricted_sibling_hides_the_whole_assessment_from_those_not_named(client):
    tamsin, rowan = family()
    assessment = started([tamsin, rowan])
    RestrictionFactory.create(person=rowan)
    worker = assessment.task.worker
    client.force_login(worker)
    pages = ("open_assessment", "parents", "agencies", "submit_assessment")
    for name in pages:
        assert client.get(address(name, assessment.pk)).status_code == 404
    listed = text(client.get(address("team_assessments", assessment.task.team.pk)))
    assert "Pemberton" not in listed
    assert "Assessment</h2>" not in text(client.get(reverse("desk:child", args=[tamsin.pk])))

    as_hearth()
    RestrictionAccessFactory.create(person=rowan, worker=worker)
    for name in pages:
        assert client.get(address(name, assessment.pk)).status_code == 200


def test_ids_that_are_guessed_are_not_found(client, being_written):
    for name in ("open_assessment", "parents", "answer_agency", "from_task", "team_assessments"):
        assert client.get(address(name, 999_999)).status_code == 404


def test_an_imported_assessment_is_read_and_never_written(client):
    child = ChildFactory.create(given_names="Old", family_name="Record")
    imported = Assessment.objects.create(
        about=[child.pk],
        kind="single",
        trigger_on=date(2019, 1, 7),
        started_on=date(2019, 1, 7),
        authorised_on=date(2019, 2, 7),
        recorded_by=hearth_itself(),
    )
    imported.children.create(child=child)
    client.force_login(manager())

    page = text(client.get(address("open_assessment", imported.pk)))

    assert "Authorised" in page
    assert "Old Record" in page
    assert client.get(address("submit_assessment", imported.pk)).status_code == 403
    assert client.get(address("print_assessment", imported.pk)).status_code == 200
