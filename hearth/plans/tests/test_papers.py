"""A plan on paper: what each reader's copy says and does not, on the page, as PDF and as Word."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from hearth.accounts.models import TrailEvent
from hearth.accounts.roles import Role
from hearth.accounts.tests.factories import UserFactory
from hearth.accounts.worker_context import set_worker
from hearth.casework.tests.factories import AllocationFactory
from hearth.config.testing import at_most_queries, hearth_itself
from hearth.people.tests.factories import PersonFactory, RelationshipFactory
from hearth.plans import actions
from hearth.plans.models import PlanKind
from hearth.plans.tests.factories import action, plan
from hearth.records.tests.papers import is_tagged, pdf_of, word_of

pytestmark = pytest.mark.django_db

BEAS_SECRET = "I hide behind the blue door"


@pytest.fixture
def dawn(rowan, bea):
    mother = PersonFactory.create(given_names="Dawn", family_name="Quill")
    for child in (rowan, bea):
        RelationshipFactory.create(person=mother, other_person=child)
    return mother


@pytest.fixture
def standing(rowan, bea, dawn, worker, team):
    """A protection plan of two children: one action is for both, one for Bea alone."""
    for child in (rowan, bea):
        AllocationFactory.create(episode=child.episodes.get(), worker=worker, team=team)
    made = plan(rowan, bea, by=worker, kind=PlanKind.PROTECTION)
    said = {
        rowan.pk: {"needs": "Rowan needs to sleep.", "views": "I want Mum to be well."},
        bea.pk: {"needs": "Bea needs quiet.", "views": BEAS_SECRET},
    }
    actions.write_plan(
        plan=made,
        worries="They are left alone.",
        strengths="Dawn asks for help.",
        aim="They are warm, fed and not left alone.",
        children=said,
        version=made.version,
        by=worker,
    )
    soon = timezone.localdate() + timedelta(days=9)
    for words, about in (("Fix the heating", [rowan, bea]), ("Play therapy", [bea])):
        asked = action(what=words, children=about, due_on=soon)
        actions.set_action(
            plan=made, action=asked, set_on=made.children.first().started_on, by=worker
        )
    actions.issue_plan(plan=made, on=timezone.localdate(), by=worker)
    return made


@pytest.fixture
def ask(client, standing, worker):
    client.force_login(worker)

    def get(**asked):
        set_worker(hearth_itself())
        return client.get(reverse("plans:plan_papers", args=[standing.pk]), asked)

    return get


def test_the_page_shows_what_is_in_the_plan_in_a_few_queries(client, ask, standing, dawn):
    ask()
    address = reverse("plans:plan_papers", args=[standing.pk])
    with at_most_queries():
        page = client.get(address).content.decode()
    with at_most_queries():
        assert "Dear Dawn" in client.get(address, {"of": f"parent-{dawn.pk}"}).content.decode()

    assert "Fix the heating" in page
    assert "Letter with the plan, to Dawn Quill" in page
    assert "Rowan Quill&#x27;s own copy, in plain words" in page
    assert "Download PDF" in page


@pytest.mark.parametrize(("ending", "read"), [("pdf", pdf_of), ("docx", word_of)])
def test_those_who_carry_it_out_have_the_whole_of_it(ask, worker, ending, read):
    answer = ask(of="agencies", **{"as": ending})
    _, said = read(answer.content)

    for words in (
        "Fix the heating",
        "Play therapy",
        "left alone",
        BEAS_SECRET,
        "neglect",
        "dentist's",
    ):
        assert words.lower() in said.lower(), words
    assert answer["Cache-Control"] == "no-store"
    assert answer["Content-Disposition"].endswith(f'.{ending}"')
    event = TrailEvent.objects.get(what__startswith="Took out on paper")
    assert event.by_id == worker.pk
    assert event.reason == "For those who carry out the plan"


def test_a_childs_own_copy_is_theirs_alone_in_plain_words(ask, rowan):
    answer = ask(of=f"child-{rowan.pk}", **{"as": "pdf"})
    pdf, said = pdf_of(answer.content)

    assert is_tagged(pdf)
    assert "Hello Rowan" in said
    assert "You have a child protection plan. It is there to keep you safe." in said
    assert "I want Mum to be well." in said
    assert "Fix the heating. Mum will do this. By" in said
    assert "reading age of about" in said
    for private in (BEAS_SECRET, "Play therapy", "Bea needs", "Bea Quill"):
        assert private not in said


def test_a_parents_letter_leaves_out_what_the_children_said_until_it_is_chosen(ask, dawn):
    letter = f"parent-{dawn.pk}"

    _, said = word_of(ask(of=letter, **{"as": "docx"}).content)

    assert "Dear Dawn Quill," in said
    assert "Fix the heating" in said
    assert BEAS_SECRET not in said
    assert BEAS_SECRET in word_of(ask(of=letter, words="yes", **{"as": "docx"}).content)[1]


def test_a_sisters_name_in_a_brothers_part_is_to_be_looked_at_first(ask, standing, rowan):
    standing.needs.filter(child=rowan).update(needs="To be kept apart from Bea at night")

    page = ask(of="agencies").content.decode()
    assert "Rowan Quill&#x27;s part names Bea Quill" in page
    refused = ask(of="agencies", **{"as": "pdf"}).content.decode()
    assert "say that you have checked them" in refused
    answer = ask(of="agencies", checked="yes", **{"as": "pdf"})
    assert answer["Content-Type"] == "application/pdf"


def test_it_is_not_made_before_the_plan_is_agreed_nor_by_those_who_send_nothing(
    client, ask, standing, worker, rowan, bea
):
    client.force_login(UserFactory.create(roles=[Role.FAMILY_SUPPORT_WORKER]))
    assert ask().status_code == 403
    client.force_login(worker)
    page = client.get(reverse("plans:plan", args=[standing.pk])).content.decode()
    assert "Copies: PDF and Word" in page
    set_worker(hearth_itself())
    type(standing).objects.filter(pk=standing.pk).update(issued_on=None, issued_by=None)
    assert ask().status_code == 403


def test_forty_actions_and_odd_names_are_carried_through(ask, standing, rowan, worker, today):
    set_worker(hearth_itself())
    for n in range(40):
        asked = action(what=f"Thing {n}", owner="\u0639\u0645\u0631 Zoë 😀", due_on=today)
        actions.set_action(plan=standing, action=asked, set_on=today, by=worker)
    rowan.known_as = "\u0631\u0648\u0627\u0646"
    rowan.save()

    for ending, read in (("pdf", pdf_of), ("docx", word_of)):
        _, said = read(ask(of="agencies", **{"as": ending}).content)
        assert "Thing 39" in said
        assert "Zoë" in said
    own = ask(of=f"child-{rowan.pk}", **{"as": "docx"})
    assert "Hello \u0631\u0648\u0627\u0646." in word_of(own.content)[1]
