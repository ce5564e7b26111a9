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
from hearth.lib.errors import CannotDo
from hearth.people.tests.factories import ChildFactory, PersonFactory, RelationshipFactory
from hearth.plans import actions as plans
from hearth.plans.models import Distribution, Meeting, MeetingMember, PlanKind
from hearth.plans.tests.factories import MeetingMemberFactory
from hearth.plans.tests.test_pages import moment
from hearth.protection.tests.test_core_groups import core_group, hold, waiting
from hearth.records import storage
from hearth.records.tests.papers import is_tagged, pdf_of, tags_of, word_of
from hearth.workforce.tests.factories import TeamFactory, manager, social_worker

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
    set_worker(hearth_itself())
    plans.keep_notes_from(
        meeting=meeting, member=plans.unsent(meeting)[0], reason="Why", by=manager()
    )
    client.force_login(manager())
    with at_most_queries():
        assert (
            "Kept from somebody"
            in client.get(reverse("plans:send_notes", args=[meeting.pk])).content.decode()
        )
    for of in ("notes.agencies", f"notes.{mums(meeting)}"):
        with at_most_queries():
            assert client.get(address, {"of": of}).status_code == 200
        set_worker(hearth_itself())


def send_to(meeting, members, by, **more):
    return plans.send_notes(
        meeting=meeting,
        members=members,
        how="secure_email",
        sent_at=timezone.now(),
        by=by,
        **more,
    )


def keep_from(client, meeting, member, reason="He would learn the address"):
    address = reverse("plans:send_notes", args=[meeting.pk])
    said = {"do": "keep", "keep-member": str(member.pk), "keep-reason": reason}
    return client.post(address, said)


def test_a_manager_keeps_the_notes_from_one_with_the_reason_and_lets_them_have_them_again(
    client, meeting, worker
):
    boss, mum = manager(), meeting.members.get(name="Dawn Quill")
    client.force_login(boss)
    assert keep_from(client, meeting, mum).status_code == 302
    address = reverse("plans:send_notes", args=[meeting.pk])
    page = client.get(address).content.decode()
    assert f"kept from them by {boss}. He would learn the address" in page
    set_worker(hearth_itself())
    assert mum not in plans.unsent(meeting)
    assert TrailEvent.objects.filter(what="Kept back: Minutes", by_id=boss.pk).exists()
    send_to(meeting, plans.unsent(meeting), worker)
    assert not waiting("protection.send_core_group").exists()

    kept = Distribution.objects.standing().get(member=mum)
    client.force_login(boss)
    again = {"do": "give", "give-kept": str(kept.pk), "give-reason": "He moved away"}
    assert client.post(address, again).status_code == 302

    shown = client.get(address).content.decode()
    assert f"{boss} then let them have it:</strong> He moved away" in shown
    set_worker(hearth_itself())
    assert plans.unsent(meeting) == [mum]
    assert waiting("protection.send_core_group").get().record_id == meeting.pk
    event = TrailEvent.objects.get(what="Let somebody have a paper kept from them")
    assert (event.by_id, event.reason) == (boss.pk, "He moved away")


def test_only_a_manager_or_chair_keeps_notes_back_and_only_what_is_kept_is_given_back(
    client, meeting, worker
):
    mum = meeting.members.get(name="Dawn Quill")
    client.force_login(worker)
    page = client.get(reverse("plans:send_notes", args=[meeting.pk])).content.decode()
    assert "ask them before you send" in page
    assert keep_from(client, meeting, mum).status_code == 200
    set_worker(hearth_itself())
    assert not Distribution.objects.exists()
    boss = manager()
    with pytest.raises(CannotDo, match="A manager or the chair"):
        plans.keep_notes_from(meeting=meeting, member=mum, reason="Why", by=worker)
    other = MeetingMemberFactory.create()
    with pytest.raises(CannotDo, match="not asked to this meeting"):
        plans.keep_notes_from(meeting=meeting, member=other, reason="Why", by=boss)
    plans.keep_notes_from(meeting=meeting, member=mum, reason="Why", by=boss)
    kept = Distribution.objects.get()
    for by, reason, words in (
        (boss, "", "Say why"),
        (worker, "He moved", "A manager or the chair"),
    ):
        with pytest.raises(CannotDo, match=words):
            plans.give_notes_back(meeting=meeting, kept=kept, reason=reason, by=by)
    with pytest.raises(CannotDo, match="another meeting"):
        plans.give_notes_back(meeting=other.meeting, kept=kept, reason="He moved", by=boss)
    plans.give_notes_back(meeting=meeting, kept=kept, reason="He moved", by=boss)
    with pytest.raises(CannotDo, match="not kept from them now"):
        plans.give_notes_back(meeting=meeting, kept=kept, reason="He moved", by=boss)


@pytest.fixture
def aunt(meeting, worker):
    """One of the family whom the record says to be nobody's parent or carer."""
    found = MeetingMember.objects.create(
        meeting=meeting, about=meeting.about, name="Jo Vance", recorded_by=worker
    )
    meeting.children.filter(child__given_names="Tom").update(views="I want Gran")
    return found


def test_one_who_is_nobodys_parent_on_record_has_no_childs_part_until_it_is_chosen(
    ask, aunt, children
):
    bea, tom = children
    page = ask(f"member-{aunt.pk}").content.decode()
    assert "does not say that Jo Vance is a parent or carer of any of these children" in page
    assert "Whose part goes into it?" in page
    assert "I want Gran" not in page
    assert "Download" not in page

    page = ask(f"member-{aunt.pk}", part=[tom.pk], words="yes").content.decode()

    assert "I want Gran" in page
    assert BEAS_SECRET not in page
    assert "Play therapy" not in page
    assert f"{bea}&#x27;s own part is left out" in page
    assert f'name="part" value="{tom.pk}">' in page


def test_their_copy_is_sent_and_kept_with_the_parts_that_were_chosen(
    client, meeting, aunt, worker, children
):
    with pytest.raises(CannotDo, match="Choose whose part goes into the copy"):
        send_to(meeting, [aunt], worker)
    client.force_login(worker)
    address = reverse("plans:send_notes", args=[meeting.pk])
    assert "Whose part went to Jo Vance?" in client.get(address).content.decode()
    sending = {"members": [str(aunt.pk)], "how": "post"} | moment("sent_at", timezone.now())
    refused = client.post(address, sending).content.decode()
    assert "Choose whose part goes into the copy" in refused
    sending |= {f"parts_{aunt.pk}": [str(children[1].pk)]}
    assert client.post(address, sending).status_code == 302

    set_worker(hearth_itself())
    kept: Any = Distribution.objects.select_related("kept__document").get(member=aunt).kept
    said = pdf_of(storage.path_of(kept.stored_as).read_bytes())[1]
    assert "Play therapy" not in said
    assert "Ring the nurse" in said
