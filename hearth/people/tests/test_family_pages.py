"""The pages of relatives, households, the family tree and professionals."""

from datetime import date

import pytest
from django.urls import reverse

from hearth.config.testing import at_most_queries
from hearth.people.actions import (
    create_household,
    create_organisation,
    create_professional,
    record_relationship,
)
from hearth.people.models import (
    Address,
    HouseholdMember,
    NetworkMember,
    Organisation,
    Person,
    Professional,
    Relationship,
)
from hearth.people.tests.factories import PersonFactory
from hearth.people.tests.pages import LONG_AGO, TODAY, the_day, words

pytestmark = pytest.mark.django_db


def test_a_relative_is_found_and_tied(visit, amy):
    joan = PersonFactory.create(given_names="Joan", family_name="Quill")
    assert visit("record_relationship", amy.pk).status_code == 200
    assert "Joan Quill" in words(visit("record_relationship", amy.pk, query="?q=joan+quill"))

    with_joan = f"?with={joan.pk}"
    assert "What is Joan Quill to Amy" in words(
        visit("record_relationship", amy.pk, query=with_joan)
    )
    answers = {"code": "mother", "parental_responsibility": "yes"}
    visit("record_relationship", amy.pk, query=with_joan, data=answers)
    twice = visit("record_relationship", amy.pk, query=with_joan, data=answers)

    assert "already recorded" in words(twice)
    tie = Relationship.objects.get()
    assert (tie.person, tie.parental_responsibility) == (joan, True)
    assert visit("correct_fact", amy.pk, "relationships", tie.pk).status_code == 200
    assert visit("record_relationship", amy.pk, query="?with=xx").status_code == 404
    myself = visit("record_relationship", amy.pk, query=f"?with={amy.pk}", data={"code": "twin"})
    assert "own relative" in words(myself)


def test_a_new_relative_comes_back_to_be_tied(visit, amy):
    query = f"?relative_of={amy.pk}&name=Joan+Quill"
    assert 'value="Joan"' in words(visit("create_person", query=query))

    answers = {"is_child": "no", "given_names": "Joan", "birth_kind": "unknown", "sex": "F"}
    answer = visit("create_person", query=query, data=answers)

    joan = Person.objects.get(given_names="Joan")
    assert answer.url == reverse("people:record_relationship", args=[amy.pk]) + f"?with={joan.pk}"


def test_a_household_is_begun_joined_and_moved(visit, amy, worker):
    joan, lodger = PersonFactory.create(given_names="Joan"), PersonFactory.create()
    record_relationship(person=joan, other_person=amy, code="mother", today=TODAY, by=worker)
    assert visit("create_household", amy.pk).status_code == 200

    made = visit("create_household", amy.pk, data={"who": [joan.pk]})
    household = HouseholdMember.objects.filter(person=joan).get().household
    assert made.url == reverse("people:household", args=[household.pk])
    assert visit("join_household", household.pk, query="?q=x").status_code == 200
    query = f"?with={lodger.pk}"
    assert visit("join_household", household.pk, query=query).status_code == 200
    visit("join_household", household.pk, query=query, data={"started_on_day": ""})
    assert visit("move_household", household.pk).status_code == 200
    answers = {"lines": "9 Quay Street", "kind": "home", "who_stayed": [lodger.pk]}
    visit("move_household", household.pk, data={**answers, **the_day("moved_on", LONG_AGO)})

    assert Address.objects.filter(lines="9 Quay Street").count() == 2
    with at_most_queries():
        said = words(visit("household", household.pk))
    assert "9 Quay Street" in said
    assert "Who used to" in said


def test_the_genogram_keeps_to_the_query_budget(visit, amy, worker):
    for n in range(8):
        kin = PersonFactory.create(given_names=f"Kin{n}")
        record_relationship(person=kin, other_person=amy, code="aunt", today=TODAY, by=worker)
    with at_most_queries():
        said = words(visit("genogram", amy.pk))
    assert "<svg" in said
    assert "Aunt" in said


def test_the_family_tree_of_an_adult_is_drawn_without_a_childs_side_links(visit, amy):
    assert "moj-side-navigation" not in words(visit("genogram", PersonFactory.create().pk))
    assert "moj-side-navigation" in words(visit("genogram", amy.pk))


def test_professionals_are_listed_put_around_a_child_and_closed(visit, amy):
    assert visit("professionals").status_code == 200
    visit("create_organisation", data={"name": "Elm School", "agency": "school", "phone": "0163 2"})
    assert not Organisation.objects.exists()
    visit("create_organisation", data={"name": "Elm School", "agency": "school"})
    school = Organisation.objects.get()
    assert "Elm School" in words(visit("professionals", query="?kind=organisations&q=elm"))
    answers = {"name": "Ms Ojo", "job_title": "Head", "organisation": school.pk}
    made = visit("create_professional", data=answers, query=f"?for={amy.pk}")
    head = Professional.objects.get()
    assert made.url.endswith(f"/people/{amy.pk}/network/record/?professional={head.pk}")
    assert "Ms Ojo" in words(visit("record_network", amy.pk, query="?q=ojo"))
    query = f"?professional={head.pk}"
    assert visit("record_network", amy.pk, query=query).status_code == 200
    visit("record_network", amy.pk, query=query, data={"part": "Head teacher"})
    assert "Head teacher" in words(visit("person", amy.pk))
    assert visit("record_network", amy.pk, query="?organisation=x").status_code == 404

    for name, pk in (("change_professional", head.pk), ("change_organisation", school.pk)):
        assert visit(name, pk).status_code == 200
    visit("change_professional", head.pk, data={**answers, "name": "Mrs Ojo"})
    visit("change_organisation", school.pk, data={"name": "Elm Primary", "agency": "school"})
    for name, pk in (("close_professional", head.pk), ("close_organisation", school.pk)):
        assert visit(name, pk).status_code == 200
    visit("close_professional", head.pk, data=the_day("left_on", date(2026, 2, 1)))
    visit("close_organisation", school.pk, data=the_day("closed_on", date(2026, 2, 1)))

    assert NetworkMember.objects.get().ended_on == date(2026, 2, 1)
    assert visit("close_professional", head.pk).status_code == 403
    assert "Ojo" not in words(visit("professionals"))


def test_a_long_list_of_professionals_is_paged(visit, worker):
    school = create_organisation(name="Elm", agency="school", today=TODAY, by=worker)
    for n in range(30):
        create_professional(name=f"Teacher {n}", organisation=school, today=TODAY, by=worker)
    with at_most_queries():
        assert "showing 1 to 25" in words(visit("professionals"))


def test_an_empty_household_says_so(visit, amy, worker):
    household = create_household(members=[amy], started_on=LONG_AGO, today=TODAY, by=worker)
    HouseholdMember.objects.update(ended_on=date(2021, 1, 1))

    assert "Nobody lives in this household now" in words(visit("household", household.pk))
