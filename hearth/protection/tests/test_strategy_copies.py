"""The record of a strategy discussion on paper: for agencies alone, kept as it was sent."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from hearth.accounts.roles import Role
from hearth.accounts.tests.factories import UserFactory
from hearth.accounts.worker_context import set_worker
from hearth.config.testing import at_most_queries, hearth_itself
from hearth.lib.errors import CannotDo
from hearth.people.tests.factories import PersonFactory, RestrictionFactory
from hearth.plans.models import Distribution, MeetingMember
from hearth.protection import actions
from hearth.protection.models import StrategyDiscussion
from hearth.protection.tests.factories import CONCERN, all_safe, called, decide, decided, sent
from hearth.records import storage
from hearth.records.tests.papers import is_tagged, pdf_of, word_of
from hearth.workforce.tests.factories import manager

pytestmark = pytest.mark.django_db


@pytest.fixture
def held():
    return StrategyDiscussion.objects.get(pk=decided().pk)


@pytest.fixture
def ask(client):
    def get(discussion, **asked):
        client.force_login(manager())
        address = reverse("protection:strategy_copies", args=[discussion.pk])
        answer = client.get(address, asked)
        set_worker(hearth_itself())
        return answer

    return get


@pytest.mark.parametrize(("ending", "read"), [("pdf", pdf_of), ("docx", word_of)])
def test_agencies_have_what_each_told_each_childs_safety_and_what_was_decided(
    ask, held, ending, read
):
    paper, said = read(ask(held, **{"as": ending}).content)

    for words in (
        "Record of a strategy discussion",
        CONCERN,
        "Known to us since May.",
        "Safe now: Yes",
        "With their grandmother until seen.",
        "Joint section 47 enquiry with the police.",
        "Both to be seen alone today with the police.",
        "Quorate: Yes",
        *(str(part.child) for part in held.children.all()),
    ):
        assert words in said, words
    assert ending != "pdf" or is_tagged(paper)


def test_legal_advice_is_no_agencys_and_whoever_makes_it_is_told(ask):
    held = decided(legal_advice="Counsel thinks that it is met.")

    page = ask(held).content.decode()

    assert "Counsel thinks" not in page
    assert "Legal advice is left out" in page


def test_one_without_a_quorum_says_who_was_missing_and_why(ask):
    held = decided(missing_reason="", missing_agency_reason="")
    StrategyDiscussion.objects.filter(pk=held.pk).update(
        missing_reason="night", missing_agency_reason="Rang twice"
    )

    assert "Rang twice" in ask(held).content.decode()


def test_a_sisters_name_in_a_brothers_part_is_to_be_looked_at_first(ask):
    discussion = called()
    ade, bea = [part.child for part in discussion.children.all()]
    children = all_safe(discussion)
    children[ade.pk] = actions.Safety(
        safe_now=True, safety=f"Apart from {bea.given_names}", in_enquiry=True
    )
    held = decide(discussion, children=children)

    assert f"{ade}&#x27;s part names {bea}" in ask(held).content.decode()
    assert "say that you have checked them" in ask(held, **{"as": "pdf"}).content.decode()


def test_it_is_never_sent_to_the_family(held):
    mother = MeetingMember.objects.create(
        meeting=held.meeting,
        about=held.about,
        name="Dawn Quill",
        person=PersonFactory.create(),
        recorded_by=held.recorded_by,
    )

    with pytest.raises(CannotDo, match="Dawn Quill is of the family"):
        actions.send_strategy(
            discussion=held,
            members=[mother],
            how="post",
            sent_at=timezone.now(),
            by=held.recorded_by,
        )
    assert not Distribution.objects.exists()


def test_what_was_sent_is_kept_and_opened_from_the_page(client):
    made = sent()
    kept: Any = {one.kept for one in Distribution.objects.select_related("kept__document")}

    (version,) = kept
    assert CONCERN in pdf_of(storage.path_of(version.stored_as).read_bytes())[1]
    assert version.document.confidential_from_family
    client.force_login(made.recorded_by)
    page = client.get(reverse("protection:strategy", args=[made.pk])).content.decode()
    opened = reverse("records:download_document", args=[version.pk])
    assert opened in page
    assert reverse("protection:strategy_copies", args=[made.pk]) in page
    answer = client.get(opened)
    assert b"".join(answer.streaming_content).startswith(b"%PDF")


def test_it_is_refused_before_it_is_held_and_to_those_who_may_not_know_of_the_child(client, held):
    client.force_login(manager())
    assert client.get(reverse("protection:strategy_copies", args=[called().pk])).status_code == 403
    set_worker(hearth_itself())
    child = held.children.first().child
    RestrictionFactory.create(person=child, kind="adoption", recorded_by=UserFactory.create())
    address = reverse("protection:strategy_copies", args=[held.pk])
    client.force_login(manager())
    assert client.get(address).status_code == 404
    client.force_login(UserFactory.create(roles=[Role.FAMILY_SUPPORT_WORKER]))
    assert client.get(address).status_code in (403, 404)


def test_the_pages_ask_little(client, held):
    client.force_login(manager())
    for name in ("strategy_copies", "strategy"):
        with at_most_queries():
            assert client.get(reverse(f"protection:{name}", args=[held.pk])).status_code == 200
        set_worker(hearth_itself())
