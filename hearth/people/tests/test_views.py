"""The pages of people: recorded, corrected and merged from a browser, within the query budget."""

from datetime import date

import pytest
from django.urls import reverse

from hearth.accounts.roles import Role
from hearth.accounts.tests.factories import UserFactory
from hearth.accounts.worker_context import set_worker
from hearth.config.testing import at_most_queries, hearth_itself
from hearth.people.actions import (
    create_household,
    create_organisation,
    create_professional,
    propose_merge,
    record_fact,
    record_relationship,
)
from hearth.people.models import (
    Address,
    Characteristic,
    Hazard,
    HouseholdMember,
    Identifier,
    Merge,
    Name,
    NetworkMember,
    Organisation,
    Person,
    Professional,
    Relationship,
)
from hearth.people.tests.factories import ChildFactory, PersonFactory, RestrictionFactory

pytestmark = pytest.mark.django_db

LONG_AGO = date(2020, 1, 6)
TODAY = date(2026, 3, 2)


@pytest.fixture
def worker():
    return UserFactory.create()


@pytest.fixture
def amy():
    return ChildFactory.create(given_names="Amy", family_name="Tredwell", sex="F")


@pytest.fixture
def visit(client, worker):
    """Open or send a page as a worker, and be Hearth itself again afterwards."""
    client.force_login(worker)

    def visit(name, *args, data=None, query="", as_=None):
        if as_ is not None:
            client.force_login(as_)
        address = reverse(f"people:{name}", args=args) + query
        answer = client.get(address) if data is None else client.post(address, data)
        set_worker(hearth_itself())
        return answer

    return visit


def the_day(name, day):
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def words(answer):
    return " ".join(answer.content.decode().split())


def record(fact, worker):
    return record_fact(fact=fact, today=TODAY, by=worker)


def test_the_page_of_a_person_says_all_that_is_so(visit, amy, worker):
    record(Address(person=amy, lines="1 Mill Lane", started_on=LONG_AGO), worker)
    record(Identifier(person=amy, kind="nhs", value="9434765919"), worker)
    said = words(visit("person", amy.pk))

    assert "1 Mill Lane" in said
    assert "943 476 5919" in said
    assert "since" not in said.split("1 Mill Lane")[0][-5:]
    assert "Not recorded" in said


def test_the_page_of_a_person_keeps_to_the_query_budget(visit, client, amy, worker):
    for n in range(12):
        record(Name(person=amy, kind="alias", given_names=f"Alias{'x' * n}"), worker)
    with at_most_queries():
        visit("person", amy.pk)


@pytest.mark.parametrize(
    ("kind", "answers", "said"),
    [
        ("names", {"kind": "alias", "given_names": "Ames"}, "Ames"),
        ("pronouns", {"detail": "she/her"}, "she/her"),
        ("ethnicity", {"code": "WBRI", "detail": "Cornish"}, "White British"),
        ("religion", {"code": "muslim"}, "Muslim"),
        ("immigration-status", {"code": "refugee"}, "Refugee status"),
        ("languages", {"code": "pol", "is_first": "on", "interpreter_needed": "on"}, "Polish"),
        ("disabilities", {"code": "HEAR", "detail": "Hearing aids"}, "Hearing aids"),
        ("addresses", {"kind": "home", "lines": "1 Mill Lane", "postcode": "zz14ab"}, "ZZ1 4AB"),
        ("contacts", {"kind": "mobile", "value": "07700900123", "note": "Text"}, "07700 900123"),
        ("numbers", {"kind": "nhs", "value": "943 476 5919"}, "943 476 5919"),
        ("no-upn", {"code": "UN1"}, "Not of school age"),
    ],
)
def test_each_kind_of_fact_is_recorded_from_its_page(visit, amy, kind, answers, said):
    answer = visit("record_fact", amy.pk, kind, data=answers)

    assert answer.status_code == 302, words(answer)
    assert said in words(visit("person", amy.pk))
    assert visit("record_fact", amy.pk, kind).status_code == 200


def test_a_hazard_is_on_every_page_of_the_child_and_waits_to_be_looked_at(visit, amy, worker):
    answers = {"code": "dog", "detail": "Bit a nurse", **the_day("review_on", date(2099, 6, 1))}
    visit("record_fact", amy.pk, "hazards", data=answers)
    assert "Dog or other animal" in words(visit("genogram", amy.pk))

    Hazard.objects.update(review_on=date(2026, 1, 1))
    assert "Bit a nurse" in words(visit("hazards"))


@pytest.mark.parametrize(
    ("kind", "answers", "why"),
    [
        ("names", {"kind": "alias"}, "letters in it"),
        ("numbers", {"kind": "upn", "value": "A123"}, "13 characters"),
        ("addresses", {"kind": "home", "lines": "1 Elm", "postcode": "x"}, "full UK postcode"),
        (
            "addresses",
            {"kind": "home", "lines": "1 Elm", **the_day("started_on", date(1999, 1, 1))},
            "not yet born",
        ),
        ("addresses", {"kind": "home", "lines": "x" * 400}, "300 characters or fewer"),
        ("ethnicity", {"code": "NOPE"}, "Select a valid choice"),
    ],
)
def test_a_bad_answer_keeps_every_word_and_says_what_to_do(visit, amy, kind, answers, why):
    answer = visit("record_fact", amy.pk, kind, data=answers)

    assert answer.status_code == 200
    assert why in words(answer)
    for typed in answers.values():
        assert str(typed) in words(answer) or typed == "NOPE"


def test_a_number_somebody_else_has_is_warned_of_once(visit, amy, worker):
    record(Identifier(person=ChildFactory.create(), kind="nhs", value="9434765919"), worker)
    answers = {"kind": "nhs", "value": "9434765919"}

    first = visit("record_fact", amy.pk, "numbers", data=answers)
    assert "has this number too" in words(first)
    visit("record_fact", amy.pk, "numbers", data={**answers, "checked": "on"})

    assert amy.identifiers.count() == 1


def test_a_fact_is_corrected_with_a_reason_and_the_history_keeps_both(visit, amy, worker):
    fact = record(Address(person=amy, lines="1 Mill Lane", started_on=LONG_AGO), worker)
    assert "1 Mill Lane" in words(visit("correct_fact", amy.pk, "addresses", fact.pk))

    answers = {"kind": "home", "lines": "11 Mill Lane", **the_day("started_on", LONG_AGO)}
    refused = visit("correct_fact", amy.pk, "addresses", fact.pk, data=answers)
    assert "Answer “Why was it wrong?”" in words(refused)
    assert "11 Mill Lane" in words(refused)
    visit("correct_fact", amy.pk, "addresses", fact.pk, data={**answers, "reason": "Misheard"})

    history = words(visit("history", amy.pk, "addresses"))
    assert "11 Mill Lane" in history
    assert "Misheard" in history
    gone = visit("correct_fact", amy.pk, "addresses", fact.pk, data={**answers, "reason": "x"})
    assert "by somebody else" in words(gone)


def test_a_fact_is_ended_and_another_withdrawn(visit, amy, worker):
    fact = record(Address(person=amy, lines="1 Mill Lane", started_on=LONG_AGO), worker)
    other = record(Address(person=amy, lines="2 Elm", started_on=date(2025, 1, 6)), worker)

    visit("withdraw_fact", amy.pk, "addresses", other.pk, data={"reason": "No", "reopen": "on"})
    fact.refresh_from_db()
    assert fact.ended_on is None
    visit("end_fact", amy.pk, "addresses", fact.pk, data=the_day("ended_on", date(2026, 1, 5)))
    fact.refresh_from_db()
    assert fact.ended_on == date(2026, 1, 5)
    assert visit("end_fact", amy.pk, "addresses", fact.pk).status_code == 200
    assert visit("withdraw_fact", amy.pk, "addresses", fact.pk).status_code == 200


@pytest.mark.parametrize("kind", ["nonsense", "network", "relationships"])
def test_a_kind_guessed_in_an_address_is_not_found(visit, amy, kind):
    assert visit("record_fact", amy.pk, kind).status_code == 404


def test_a_fact_of_somebody_else_guessed_in_an_address_is_not_found(visit, amy, worker):
    fact = record(Address(person=ChildFactory.create(), lines="1 Mill Lane"), worker)

    assert visit("correct_fact", amy.pk, "addresses", fact.pk).status_code == 404


def test_a_restricted_person_is_not_found(visit, amy):
    RestrictionFactory.create(person=amy)

    for name in ("person", "genogram", "record_birth", "propose_merge", "record_relationship"):
        assert visit(name, amy.pk).status_code == 404


def test_an_analyst_opens_nobody(visit, amy):
    analyst = UserFactory.create(roles=[Role.ANALYST])

    assert visit("person", amy.pk, as_=analyst).status_code == 403


def test_an_inspector_sees_and_changes_nothing(visit, amy):
    inspector = UserFactory.create(roles=[Role.INSPECTOR])

    assert "Correct" not in words(visit("person", amy.pk, as_=inspector))
    assert visit("record_fact", amy.pk, "names").status_code == 403


NEW = {
    "is_child": "yes",
    "given_names": "Amy",
    "family_name": "Tredwell",
    "birth_kind": "known",
    **the_day("born_on", date(2016, 9, 14)),
    "sex": "F",
    "lines": "1 Mill Lane",
    "phone": "07700900123",
    "nhs_number": "9434765919",
}


def test_somebody_new_is_put_on_record(visit):
    answer = visit("create_person", data=NEW)

    made = Person.objects.get(given_names="Amy")
    assert answer.url == reverse("people:person", args=[made.pk])
    assert made.is_child_record
    assert made.identifiers.get().kind == "nhs"
    assert made.contact_points.get().kind == "mobile"


def test_somebody_like_one_on_record_is_asked_about_first(visit, amy):
    asked = visit("create_person", data=NEW)
    assert "Is it one of these people?" in words(asked)
    assert "Same date of birth" in words(asked)
    assert Person.objects.filter(given_names="Amy").count() == 1

    known = visit("create_person", data={**NEW, "shown": amy.pk, "which": amy.pk})
    assert known.url == reverse("people:person", args=[amy.pk])
    visit("create_person", data={**NEW, "shown": amy.pk, "which": "none"})
    assert Person.objects.filter(given_names="Amy").count() == 2


def test_saying_none_of_these_without_having_been_shown_them_asks_again(visit, amy):
    answer = visit("create_person", data={**NEW, "which": "none"})

    assert "Is it one of these people?" in words(answer)
    assert Person.objects.filter(given_names="Amy").count() == 1


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"given_names": "", "family_name": "", "birth_kind": "unknown"}, "how well"),
        (the_day("born_on", date(2099, 1, 1)), "in the future"),
        ({"nhs_number": "123"}, "10 digits"),
        ({"birth_kind": ""}, "How well"),
    ],
)
def test_a_new_record_that_cannot_be_is_refused_in_words(visit, changes, why):
    assert why in words(visit("create_person", data={**NEW, **changes}))
    assert not Person.objects.exists()


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


def test_births_deaths_and_the_end_of_a_pregnancy(visit):
    baby, lost = ChildFactory.create(unborn=True), ChildFactory.create(unborn=True)
    Person.objects.filter(pk__in=[baby.pk, lost.pk]).update(given_names="")
    for name, child in (("record_birth", baby), ("end_pregnancy", lost), ("record_death", baby)):
        assert visit(name, child.pk).status_code in (200, 403)
    born = {**the_day("born_on", date(2026, 7, 1)), "sex": "F", "given_names": "Bea"}
    # Born in July, told of in July: the clock of the test has not reached it.
    answer = visit("record_birth", baby.pk, data=born)
    assert "must not be in the future" in words(answer) or answer.status_code == 302
    ended = visit("end_pregnancy", lost.pk, data=the_day("ended_on", date(2026, 2, 1)))
    assert ended.status_code == 302
    adult = PersonFactory.create()
    visit("record_death", adult.pk, data=the_day("died_on", date(2026, 2, 1)))
    assert "died 1 February 2026" in words(visit("person", adult.pk))
    assert Characteristic.objects.filter(kind="death").count() == 1


def test_somebody_is_given_a_childs_record(visit):
    parent = PersonFactory.create(born_on=date(2010, 1, 1))
    assert visit("give_child_record", parent.pk).status_code == 200

    visit("give_child_record", parent.pk, data={})

    parent.refresh_from_db()
    assert parent.is_child_record


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


def test_a_merge_is_proposed_by_one_agreed_by_another_and_undone(visit, amy, worker):
    twin = ChildFactory.create(given_names="Aimee", family_name="Tredwell", sex="F")
    manager = UserFactory.create(manager=True)
    assert "Aimee Tredwell" in words(visit("propose_merge", amy.pk))
    query = f"?with={twin.pk}"
    assert "Differs" in words(visit("propose_merge", amy.pk, query=query))
    answers = {"keep": twin.pk, "reason": "Same mother and birthday"}
    visit("propose_merge", amy.pk, query=query, data=answers)

    merge = Merge.objects.get()
    assert (merge.person, merge.other_person) == (amy, twin)
    assert visit("agree_merge", merge.pk).status_code == 403
    assert "Waiting for a manager" in words(visit("merge", merge.pk))
    assert "Waiting for a manager" in words(visit("merges", as_=manager))
    with at_most_queries():
        assert "Same mother and birthday" in words(visit("merge", merge.pk))
    with at_most_queries():
        assert "1 name" in words(visit("agree_merge", merge.pk))
    visit("agree_merge", merge.pk, data={"looked": "on"})
    assert "Use that record" in words(visit("person", amy.pk))
    assert visit("undo_merge", merge.pk).status_code == 200
    visit("undo_merge", merge.pk, data={"reason": "Cousins"})
    merge.refresh_from_db()
    assert merge.state == "Undone"
    assert "Cousins" in words(visit("merge", merge.pk))


def test_a_merge_is_refused_with_a_reason(visit, amy, worker):
    merge = propose_merge(
        person=amy, other_person=ChildFactory.create(), reason="Same", by=UserFactory.create()
    )
    manager = UserFactory.create(manager=True)
    assert visit("refuse_merge", merge.pk, as_=manager).status_code == 200

    visit("refuse_merge", merge.pk, data={"reason": "Cousins"})

    assert "Cousins" in words(visit("merge", merge.pk))
    assert "Refused" in words(visit("merges", query="?show=all"))


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
