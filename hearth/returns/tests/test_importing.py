"""Bringing a CIN census in: each child wholly or not at all, and twice changes nothing."""

from datetime import date

import pytest

from hearth.accounts.actions import system_worker
from hearth.accounts.roles import Role
from hearth.accounts.tests.factories import UserFactory
from hearth.accounts.worker_context import acting_as, set_worker
from hearth.assessments.models import Assessment, AssessmentFactor
from hearth.casework.models import Episode, Involvement, Task
from hearth.config.testing import hearth_itself
from hearth.people.models import Identifier, Person
from hearth.people.tests.factories import RestrictionFactory
from hearth.plans.models import PlanChild
from hearth.records.models import ChronologyEntry
from hearth.returns.actions import import_census, start_import
from hearth.returns.checking.plain_xml import CannotRead
from hearth.returns.models import CensusImport, LineState
from hearth.returns.tests.test_reader import CHILD, census, source  # noqa: F401
from hearth.workforce.tests.factories import TeamFactory, social_worker

pytestmark = pytest.mark.django_db
TODAY = date(2026, 4, 20)


@pytest.fixture
def bring_in(source):  # noqa: F811
    def bring(*children, team=None, text=None):
        file, by = source(text or census(*children)), system_worker()
        run = start_import(name="census.xml", source=file, by=by)
        import_census(run=run, source=file, today=TODAY, by=by, team=team)
        set_worker(hearth_itself())
        return run

    return bring


def child(child_id="A1", **changes):
    text = CHILD.replace("A1", child_id)
    for old, new in changes.values():
        assert old in text
        text = text.replace(old, new)
    return text


def lines(run):
    return {line.child_id_in_file: (line.state, line.words) for line in run.lines.all()}


def test_a_child_is_put_on_record_with_their_episode_assessment_and_factors(bring_in):
    run = bring_in(child())

    person = Person.objects.get(la_child_id="A1")
    episode = Episode.objects.get(child=person)
    assert (person.born_on, person.sex, person.ethnicity) == (date(2015, 5, 6), "F", "WBRI")
    assert (episode.started_on, episode.ended_on) == (date(2025, 6, 2), None)
    assert Assessment.objects.get().kind == "single"
    assert set(AssessmentFactor.objects.values_list("code", flat=True)) == {"3B", "4B"}
    assert ChronologyEntry.objects.filter(child=person, kind="referral").exists()
    assert (run.loaded, run.unchanged, run.refused) == (1, 0, 0)


def test_the_same_file_twice_changes_nothing(bring_in):
    bring_in(child("A1"), child("A2"))
    before = [m.objects.count() for m in (Person, Episode, Assessment, ChronologyEntry)]

    run = bring_in(child("A1"), child("A2"))

    after = [m.objects.count() for m in (Person, Episode, Assessment, ChronologyEntry)]
    assert (run.loaded, run.unchanged, run.refused) == (0, 2, 0)
    assert after == before


def test_next_years_file_closes_what_was_open_and_adds_what_is_new(bring_in):
    bring_in(child())
    closure = (
        "<CINclosureDate>2025-09-01</CINclosureDate><ReasonForClosure>RC8</ReasonForClosure>"
        "<Assessments>"
    )

    run = bring_in(child(closed=("<Assessments>", closure)))

    episode = Episode.objects.get()
    assert (episode.ended_on, episode.closure_reason) == (date(2025, 9, 1), "RC8")
    assert lines(run)["A1"][0] == LineState.CHANGED


def test_one_childs_fault_refuses_that_child_and_no_other(bring_in):
    bad = child("A2", date=("2025-06-02", "2025-02-31"))

    run = bring_in(child("A1"), bad, child("A3"))

    assert set(Person.objects.children().values_list("la_child_id", flat=True)) == {"A1", "A3"}
    assert "not a date" in lines(run)["A2"][1]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("2025-06-02", "2026-06-02"), "in the future"),
        (("2025-06-03", "2025-05-03"), "before CINreferralDate"),
        (("WBRI", "WXYZ"), "not one of its codes"),
        (("<Sex>F", "<Sex>Q"), "not one of its codes"),
        ((">3B<", ">99Z<"), "not one of its codes"),
        ((">3B<", ">21<"), "factor 21"),
        (("<CINreferralDate>2025-06-02</CINreferralDate>", ""), "no CINreferralDate"),
        (("<LAchildID>A2</LAchildID>", ""), "no LAchildID"),
        (("<LAchildID>A2<", "<LAchildID>A_2<"), "letters and digits"),
        (("2015-05-06", "2027-05-06"), "in the future"),
        (
            (
                "<Assessments>",
                "<CINclosureDate>2025-05-01</CINclosureDate><Assessments>",
            ),
            "before CINreferralDate",
        ),
        (("<Disability>NONE", "<Disability>AUT</Disability><Disability>NONE"), "NONE beside"),
    ],
)
def test_a_child_that_cannot_be_says_why(bring_in, change, words):
    run = bring_in(child("A2", change=change))

    assert run.refused == 1
    assert words in run.lines.get().words
    assert not Person.objects.children().exists()


def test_an_id_met_twice_in_a_file_is_refused_the_second_time(bring_in):
    run = bring_in(child("A1"), child("A1"))

    assert (run.loaded, run.refused) == (1, 1)


def test_a_clash_with_what_is_on_record_refuses_that_child_alone(bring_in):
    bring_in(child("A1"))
    earlier = child("A1", date=("2025-06-02", "2025-05-01"))

    run = bring_in(earlier, child("A2"))

    assert lines(run)["A1"][0] == LineState.REFUSED
    assert lines(run)["A2"][0] == LineState.LOADED


def test_a_long_id_is_kept_as_a_number_from_an_earlier_system(bring_in):
    bring_in(child("LONGNUMBER12345"))
    run = bring_in(child("LONGNUMBER12345"))

    assert run.unchanged == 1
    assert Identifier.objects.get(kind="legacy").value == "LONGNUMBER12345"
    assert len(Person.objects.children().get().la_child_id or "") == 8


def test_a_wrong_pupil_number_is_left_out_and_said(bring_in):
    run = bring_in(child(upn=("<PersonBirthDate>", "<UPN>A801200005001</UPN><PersonBirthDate>")))

    assert run.loaded == 1
    assert "UPN not kept" in run.lines.get().words


def test_an_in_need_plan_makes_the_child_one_in_need(bring_in):
    plan = "<CINPlanDates><CINPlanStartDate>2025-07-07</CINPlanStartDate></CINPlanDates></CINdet"

    bring_in(child(plan=("</CINdet", plan)))

    assert Involvement.objects.get().kind == "child_in_need"
    assert PlanChild.objects.get().started_on == date(2025, 7, 7)


def test_unfinished_assessments_go_to_the_team_with_their_due_date(bring_in):
    team = TeamFactory.create()
    social_worker(team)

    bring_in(child(), team=team)

    task = Task.objects.get()
    assert (task.team, task.due_on) == (team, date(2025, 8, 4))


def test_a_file_broken_near_its_end_writes_nothing(bring_in):
    with pytest.raises(CannotRead):
        bring_in(text=census(*[child(f"A{n}") for n in range(30)])[:-60])

    assert not Person.objects.children().exists()
    assert not CensusImport.objects.exists()


def test_a_refusal_about_a_restricted_child_is_hidden_with_them(bring_in):
    bring_in(child("A1"), child("A2"))
    hidden = Person.objects.get(la_child_id="A1")
    RestrictionFactory.create(person=hidden)
    earlier = ("2025-06-02<", "2025-05-20<")

    run = bring_in(child("A1", referred=earlier), child("A2", referred=earlier))

    assert {state for state, _ in lines(run).values()} == {LineState.REFUSED}
    with acting_as(UserFactory.create(roles=[Role.ANALYST])):
        assert set(lines(run)) == {"A2"}


def test_a_review_planned_for_a_day_to_come_is_kept(bring_in):
    start = "<AssessmentActualStartDate>2025-06-03</AssessmentActualStartDate>"
    planned = "<AssessmentInternalReviewDate>2026-05-01</AssessmentInternalReviewDate>"

    bring_in(child(review=(start, start + planned)))

    assert Assessment.objects.get().internal_review_on == date(2026, 5, 1)
