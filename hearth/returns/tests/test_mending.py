"""Each finding about a census that Hearth built leads to what mends it, for who may open it."""

from datetime import date

import pytest
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from hearth.accounts.roles import Role
from hearth.accounts.tests.factories import UserFactory
from hearth.accounts.worker_context import acting_as, set_worker
from hearth.assessments.tests import factories as assessments
from hearth.casework.tests.factories import EpisodeFactory
from hearth.config.testing import at_most_queries, hearth_itself
from hearth.people.tests.factories import ChildFactory, RestrictionFactory
from hearth.returns import actions, tasks
from hearth.returns.checking.run import Finding
from hearth.returns.mending import page_for, pages_for
from hearth.returns.tests.factories import FAULTY
from hearth.returns.tests.test_reader import CHILD, census

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _documents_of_its_own(settings, tmp_path):
    settings.DOCUMENTS = tmp_path / "documents"


@pytest.fixture
def head():
    """A service manager: answers for the returns, and opens records."""
    return UserFactory.create(roles=[Role.SERVICE_MANAGER])


@pytest.fixture
def child():
    return ChildFactory.create(la_child_id="A1")


def own(by, tmp_path, *children):
    built = tmp_path / "built.xml"
    built.write_text(census(*children))
    with acting_as(by):
        made = actions.check_own_census(path=built, build_name="CIN 2026, as at today", by=by)
    built.unlink()
    tasks.check_return(**ProcrastinateJob.objects.latest("pk").args)
    return made


def findings(client, by, made, **asked):
    client.force_login(by)
    with at_most_queries(15):
        page = client.get(reverse("returns:findings_of_check", args=[made.pk]), asked)
    set_worker(hearth_itself())
    return page.content.decode()


@pytest.mark.parametrize(
    ("table", "field", "fact"),
    [
        ("ChildIdentifiers", "UPN", "numbers"),
        ("ChildIdentifiers", "UPNunknown", "no-upn"),
        ("ChildIdentifiers", "PersonBirthDate", "birth"),
        ("ChildIdentifiers", "Sex", "sex"),
        ("ChildCharacteristics", "Ethnicity", "ethnicity"),
        ("Disabilities", "Disability", "disabilities"),
    ],
)
def test_a_fact_about_a_child_is_mended_on_the_page_of_that_fact(head, child, table, field, fact):
    page = page_for("A1", table, field, worker=head)

    assert page == reverse("people:history", args=[child.pk, fact])


def test_a_rule_found_by_another_field_leads_to_the_fact_it_is_about(head, child):
    born = ("PersonBirthDate",), ("2015-02-01",)
    found = Finding("8540", "error", "", "A1", "ChildIdentifiers", 0, *born)

    [page] = pages_for([found], head)
    assert page == reverse("people:history", args=[child.pk, "disabilities"])


def test_what_is_wrong_with_an_episode_is_mended_on_the_episode_it_is_about(head, child):
    first = EpisodeFactory.create(
        child=child, started_on=date(2025, 5, 1), ended_on=date(2025, 6, 1), closure_reason="RC1"
    )
    last = EpisodeFactory.create(child=child, started_on=date(2025, 9, 1))
    said = {"CINreferralDate": "2025-05-01"}

    assert page_for("A1", "CINdetails", None, worker=head, said=said) == reverse(
        "casework:episode", args=[first.pk]
    )
    assert page_for("A1", "CINdetails", "CINclosureDate", worker=head) == reverse(
        "casework:ask_to_close", args=[last.pk]
    )
    assert page_for("A1", "Section47", None, worker=head) == reverse("desk:child", args=[child.pk])
    assert page_for("A1", "ChildIdentifiers", "LAchildID", worker=head) == reverse(
        "people:person", args=[child.pk]
    )


def test_what_is_wrong_with_an_assessment_is_mended_in_it(head):
    assessment = assessments.started()
    part = assessment.children.first()
    assert part is not None
    part.child.la_child_id = "A2"
    part.child.save(update_fields=["la_child_id"])
    said = {"AssessmentActualStartDate": assessment.started_on.isoformat()}

    for table in ("Assessments", "AssessmentFactorsList"):
        assert page_for("A2", table, None, worker=head, said=said) == reverse(
            "assessments:open_assessment", args=[assessment.pk]
        )


def test_nobody_is_led_to_a_child_they_may_not_open_or_that_is_not_there(head, child):
    analyst = UserFactory.create(roles=[Role.ANALYST])

    assert page_for("A1", "ChildIdentifiers", "UPN", worker=analyst) == ""
    assert page_for("NOBODY", "ChildIdentifiers", "UPN", worker=head) == ""
    RestrictionFactory.create(person=child)
    with acting_as(head):
        assert page_for("A1", "ChildIdentifiers", "UPN", worker=head) == ""


def test_each_finding_of_a_census_that_hearth_built_can_be_put_right(client, head, child, tmp_path):
    EpisodeFactory.create(child=child, started_on=date(2025, 6, 2))
    made = own(
        head, tmp_path, FAULTY, CHILD.replace("A1", "HIDDEN").replace("2025-06-03", "2025-05-01")
    )
    hidden = ChildFactory.create(la_child_id="HIDDEN", given_names="Tamsin")
    RestrictionFactory.create(person=hidden)
    page = findings(client, head, made, rule="1103", table="CINdetails")

    assert page.count("Put it right") == 1
    assert reverse("desk:child", args=[hidden.pk]) not in page
    assert "Tamsin" not in page


def test_an_analyst_is_shown_the_findings_and_led_to_no_record(client, child, tmp_path):
    analyst = UserFactory.create(roles=[Role.ANALYST])

    assert "Put it right" not in findings(client, analyst, own(analyst, tmp_path, FAULTY))
