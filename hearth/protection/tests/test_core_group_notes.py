"""Core group notes on paper: each reader's copy, kept as it was sent."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from hearth.accounts.models import TrailEvent
from hearth.accounts.worker_context import set_worker
from hearth.casework.tests.factories import AllocationFactory, EpisodeFactory
from hearth.config.testing import at_most_queries, hearth_itself
from hearth.people.tests.factories import ChildFactory, PersonFactory, RelationshipFactory
from hearth.plans import actions as plans
from hearth.plans.models import Distribution, Meeting, PlanKind
from hearth.protection.tests.test_core_groups import core_group, hold
from hearth.records import storage
from hearth.records.tests.papers import is_tagged, pdf_of, tags_of, word_of
from hearth.workforce.tests.factories import TeamFactory, social_worker

pytestmark = pytest.mark.django_db
BEAS_SECRET = "I hide behind the blue door"


@pytest.fixture
def worker():
    return social_worker(TeamFactory.create())


@pytest.fixture
def children(worker):
    """Two of one family, whose mother is on record."""
    mother = PersonFactory.create(given_names="Dawn", family_name="Quill")
    team = worker.staff.memberships.get().team
    found = []
    for name in ("Bea", "Tom"):
        child = ChildFactory.create(given_names=name, family_name="Quill")
        RelationshipFactory.create(person=mother, other_person=child)
        AllocationFactory.create(
            episode=EpisodeFactory.create(child=child), worker=worker, team=team
        )
        found.append(child)
    return found


@pytest.fixture
def meeting(worker, children):
    """A core group held: a parent and two agencies came, and Bea said something."""
    today = timezone.localdate()
    parts = [plans.PlanPart(child=child, category="NEG") for child in children]
    plan = plans.start_plan(kind=PlanKind.PROTECTION, parts=parts, started_on=today, by=worker)
    for what, about in (("Ring the nurse", None), ("Play therapy", [children[0]])):
        asked = plans.NewAction(
            what=what,
            owner="Mum",
            measure="She came",
            due_on=today + timedelta(days=9),
            children=about,
        )
        plans.set_action(plan=plan, action=asked, set_on=today, by=worker)
    plans.issue_plan(plan=plan, on=today, by=worker)
    called = core_group(plan, worker)
    called.members.filter(name="Mum").delete()
    hold(called, worker, shared={called.members.get(name="Mr Achebe").pk: "He is tired on Mondays"})
    called.children.filter(child=children[0]).update(views=BEAS_SECRET)
    return Meeting.objects.get(pk=called.pk)


@pytest.fixture
def ask(client, worker, meeting):
    def get(of="", **asked):
        client.force_login(worker)
        answer = client.get(
            reverse("plans:meeting_papers", args=[meeting.pk]), {"of": f"notes.{of}", **asked}
        )
        set_worker(hearth_itself())
        return answer

    return get


def mums(meeting):
    return f"member-{meeting.members.get(name='Dawn Quill').pk}"


@pytest.mark.parametrize(("ending", "read"), [("pdf", pdf_of), ("docx", word_of)])
def test_agencies_have_the_whole_of_it_from_the_record(ask, worker, meeting, ending, read):
    _, said = read(ask("agencies", **{"as": ending}).content)

    for words in (
        "Notes of the core group",
        "Quorate: Yes",
        "Ms Szabo",
        "He is tired on Mondays",
        "The nurse is to come on Fridays.",
        BEAS_SECRET,
        "1. Ring the nurse",
        "2. Play therapy",
        "Rang once",
        "How we will know",
        "She came",
    ):
        assert words in said, words
    event = TrailEvent.objects.get(what__startswith="Took out on paper")
    assert event.by_id == worker.pk


def test_it_can_be_read_by_a_screen_reader(ask, meeting):
    pdf, _ = pdf_of(ask("agencies", **{"as": "pdf"}).content)

    assert is_tagged(pdf)
    assert {"/H1", "/H2", "/Table", "/TH"} <= tags_of(pdf)


def test_a_parents_copy_leaves_out_what_the_children_said_until_it_is_chosen(ask, meeting):
    assert BEAS_SECRET not in ask(mums(meeting)).content.decode()
    assert BEAS_SECRET in ask(mums(meeting), words="yes").content.decode()


def test_a_parent_kept_out_has_nothing_of_what_was_said(ask, meeting):
    meeting.members.filter(name="Dawn Quill").update(excluded_reason="He would hit her")

    said = ask(mums(meeting)).content.decode()

    assert "Some of what was said is not in this copy" in said
    assert "He is tired on Mondays" not in said
    assert "He would hit her" not in said
    assert "Ring the nurse" in said


def test_a_brothers_name_in_a_sisters_part_is_to_be_looked_at_first(ask, meeting, children):
    meeting.children.filter(child=children[0]).update(views="Tom hurts me")

    assert "Bea Quill&#x27;s part names Tom Quill" in ask("agencies").content.decode()
    refused = ask("agencies", **{"as": "pdf"}).content.decode()
    assert "say that you have checked them" in refused
    taken = ask("agencies", checked="yes", **{"as": "pdf"})
    assert taken["Content-Type"] == "application/pdf"


def test_what_each_was_sent_is_kept_as_it_was(client, meeting, worker):
    plans.send_notes(
        meeting=meeting,
        members=plans.unsent(meeting),
        how="secure_email",
        sent_at=timezone.now(),
        by=worker,
    )
    sent = Distribution.objects.select_related("kept__document", "member")
    kept: dict[str, Any] = {one.member.name: one.kept for one in sent}
    Meeting.objects.filter(pk=meeting.pk).update(minutes="Changed")

    read = {name: storage.path_of(one.stored_as).read_bytes() for name, one in kept.items()}
    assert "The nurse is to come on Fridays." in pdf_of(read["Mr Achebe"])[1]
    assert BEAS_SECRET in pdf_of(read["Mr Achebe"])[1]
    assert BEAS_SECRET not in pdf_of(read["Dawn Quill"])[1]
    assert kept["Mr Achebe"] == kept["Ms Szabo"] != kept["Dawn Quill"]
    assert kept["Mr Achebe"].document.confidential_from_family
    client.force_login(worker)
    page = client.get(reverse("plans:meeting", args=[meeting.pk])).content.decode()
    opened = reverse("records:download_document", args=[kept["Dawn Quill"].pk])
    assert opened in page
    answer = client.get(opened)
    assert b"".join(answer.streaming_content).startswith(b"%PDF")


def test_the_pages_ask_little_and_lead_to_it(client, ask, meeting, worker):
    client.force_login(worker)
    address = reverse("plans:meeting_papers", args=[meeting.pk])
    with at_most_queries():
        assert address in client.get(reverse("plans:meeting", args=[meeting.pk])).content.decode()
    for of in ("notes.agencies", f"notes.{mums(meeting)}"):
        with at_most_queries():
            assert client.get(address, {"of": of}).status_code == 200
        set_worker(hearth_itself())
