"""A conference on paper: each reader's copy, and what was sent kept as it was."""

from typing import Any

import pytest
from django.urls import reverse

from hearth.accounts.models import TrailEvent, User
from hearth.accounts.tests.factories import UserFactory
from hearth.accounts.worker_context import set_worker
from hearth.config.testing import at_most_queries, hearth_itself
from hearth.lib.errors import CannotDo
from hearth.people.models import Person
from hearth.people.tests.factories import RestrictionFactory
from hearth.plans.copies import AGENCIES, reader_of
from hearth.plans.models import Distribution, MeetingMember, Paper
from hearth.plans.tests.factories import MeetingMemberFactory
from hearth.protection import actions
from hearth.protection.conference_copies import offer_of
from hearth.protection.conference_facts import Facts
from hearth.protection.models import (
    AgencyReport,
    AgencyReportChild,
    Conference,
    ConferenceReportChild,
)
from hearth.protection.tests import conferences as made
from hearth.protection.tests.test_conference_sending import send
from hearth.records import storage
from hearth.records.outgoing import Reader, made_as, put_together
from hearth.records.tests.papers import is_tagged, pdf_of, word_of

pytestmark = pytest.mark.django_db

BEAS_SECRET = "I hide behind the blue door"
SAID = "DS Hart said that a neighbour rang."


@pytest.fixture
def children():
    bea, tom = made.family(2)
    Person.objects.filter(pk=bea.pk).update(given_names="Beatrice", known_as="Bea")
    Person.objects.filter(pk=tom.pk).update(given_names="Tom", known_as="")
    return Person.objects.get(pk=bea.pk), Person.objects.get(pk=tom.pk)


@pytest.fixture
def approved(children):
    """A conference on two children, decided, its record approved."""
    bea, tom = children
    conference = made.begun(made.requested(bea, tom))
    mother = Person.objects.get(given_names="Dawn")
    MeetingMember.objects.filter(name="Dawn Quill").update(person=mother)
    made.issue(
        conference,
        [made.decided(bea, views=BEAS_SECRET), made.decided(tom, views="I want Gran.")],
    )
    chair = conference.meeting.chair
    conference.meeting.refresh_from_db()
    actions.write_record(
        conference=conference, minutes=SAID, version=conference.meeting.version, by=chair
    )
    conference = Conference.objects.get(pk=conference.pk)
    version = conference.meeting.version
    actions.approve_record(conference=conference, version=version, by=chair)
    return Conference.objects.get(pk=conference.pk)


@pytest.fixture
def ask(client):
    def get(conference, of="", **asked):
        client.force_login(User.objects.get(pk=conference.meeting.chair_id))
        address = reverse("protection:conference_copies", args=[conference.pk])
        answer = client.get(address, {"of": of, **asked})
        set_worker(hearth_itself())
        return answer

    return get


def mums(conference):
    return f"member-{made.members_of(conference)['Dawn Quill'].pk}"


def file_of(version):
    return storage.path_of(version.stored_as).read_bytes()


def test_the_invitation_says_when_and_who_leads_it_and_asks_the_family_in_plain_words(ask):
    conference = made.begun()

    _, said = word_of(ask(conference, f"invitation.{mums(conference)}", **{"as": "docx"}).content)

    assert "Dear Dawn Quill," in said
    assert f"Chair: {conference.meeting.chair}" in said
    assert "Who is asked for a report" not in said
    assert "DS Hart" in said


def test_the_record_for_agencies_is_whole_and_tagged(ask, approved):
    answer = ask(approved, "record.agencies", **{"as": "pdf"})
    pdf, said = pdf_of(answer.content)

    assert is_tagged(pdf)
    for words in (SAID, made.DANGER, BEAS_SECRET, "I want Gran.", "Fit a lock to the gate"):
        assert words in said, words
    assert TrailEvent.objects.filter(what__contains="Record of the conference, as PDF").exists()


def test_a_parent_kept_out_has_nothing_of_what_was_said_nor_why_anybody_was_kept_out(ask, approved):
    MeetingMember.objects.filter(name="Dawn Quill").update(excluded_reason="She shouted at DS Hart")

    _, hers = pdf_of(ask(approved, f"record.{mums(approved)}", **{"as": "pdf"}).content)
    _, theirs = pdf_of(ask(approved, "record.agencies", **{"as": "pdf"}).content)

    assert SAID not in hers
    assert "Some of what was said is not in this copy" in hers
    assert "She shouted" not in hers
    assert "She shouted at DS Hart" in theirs
    assert BEAS_SECRET not in hers
    assert "Fit a lock to the gate" in hers


def test_a_childs_own_copy_holds_no_word_of_a_brothers_or_sisters(ask, approved, children):
    tom = children[1]

    _, said = pdf_of(ask(approved, f"own.child-{tom.pk}", **{"as": "pdf"}).content)

    assert "Hello Tom." in said
    assert "You now have a plan to keep you safe." in said
    assert "I want Gran." in said
    assert "Fit a lock to the gate. Dawn Quill will do this. By" in said
    assert "reading age of about" in said
    assert BEAS_SECRET not in said
    assert "Bea" not in said


def test_a_restricted_child_shows_in_nobody_elses_copy_and_the_familys_page_says_so(
    approved, children
):
    tom = children[1]
    RestrictionFactory.create(person=tom, kind="witness", recorded_by=UserFactory.create())
    set_worker(hearth_itself())
    read = Facts(approved)
    reader = reader_of(made.members_of(approved)["Dawn Quill"])
    chosen = put_together(offer_of(read, Paper.RECORD, reader), read.children, with_words=True)

    assert "Tom" not in chosen.paper.text
    assert "Gran" not in chosen.paper.text
    assert chosen.paper.subject == "Bea Quill"
    assert any("Tom Quill is left out" in one for one in chosen.paper.noted)


def test_what_each_was_sent_is_kept_as_it_was_when_the_record_changes(approved, children):
    bea = children[0]
    send(approved, Paper.DECISIONS)
    sent = Distribution.objects.select_related("kept__document", "member")
    kept: dict[str, Any] = {one.member.name: one.kept for one in sent}
    Person.objects.filter(pk=bea.pk).update(known_as="Bella")

    _, hers = pdf_of(file_of(kept["Dawn Quill"]))
    _, polices = pdf_of(file_of(kept["DS Hart"]))

    assert "needs a child protection plan" in hers
    assert "Bea Quill" in hers
    assert BEAS_SECRET not in hers
    assert BEAS_SECRET in polices
    assert kept["DS Hart"] == kept["Mrs Onwu"] != kept["Dawn Quill"]
    assert kept["DS Hart"].document.confidential_from_family
    assert not kept["Dawn Quill"].document.confidential_from_family


def test_the_social_workers_report_is_each_readers_own(children):
    bea, tom = children
    conference = made.submitted_report(made.booked(made.requested(bea, tom)))
    ConferenceReportChild.objects.filter(child=tom).update(analysis="Tom is quiet at school.")
    read = Facts(conference)
    own = Reader(key="b", name="Bea", person=bea, is_family=True)

    whole = put_together(offer_of(read, Paper.REPORT, AGENCIES), read.children).paper
    hers = put_together(offer_of(read, Paper.REPORT, own), read.children).paper

    assert "Tom is quiet at school." in whole.text
    assert "Tom is quiet" not in hers.text
    assert "What this means for Bea Quill" in hers.text
    assert conference.report.danger in pdf_of(made_as(whole, "pdf"))[1]


def test_what_may_not_be_read_by_somebody_is_not_recorded_as_sent_to_them(approved, children):
    for child in children:
        RestrictionFactory.create(person=child, kind="adoption", recorded_by=UserFactory.create())
    mum = made.members_of(approved)["Dawn Quill"]

    with pytest.raises(CannotDo, match="Nothing of this may be read by Dawn Quill"):
        send(approved, Paper.DECISIONS, [mum])

    assert not Distribution.objects.exists()


def test_the_page_asks_little_and_the_conference_leads_to_it(ask, approved, client):
    assert "Copies: PDF and Word" in _page(client, "conference", approved)
    address = reverse("protection:conference_copies", args=[approved.pk])
    for of in ("", f"record.{mums(approved)}"):
        with at_most_queries():
            assert client.get(address, {"of": of}).status_code == 200
        set_worker(hearth_itself())
    assert "What the conference decided" in _page(client, "conference_decisions", approved)
    send(approved, Paper.DECISIONS)
    assert ">as sent<" in _page(client, "send_decisions", approved)


def _page(client, name, conference):
    client.force_login(User.objects.get(pk=conference.meeting.chair_id))
    page = client.get(reverse(f"protection:{name}", args=[conference.pk])).content.decode()
    set_worker(hearth_itself())
    return page


@pytest.fixture
def told(children):
    """A school's report on two children, which names one in the other's part."""
    report = made.sent_agency(made.booked(made.requested(*children)))
    bea, tom = children
    AgencyReport.objects.update(
        family="Mum comes to every meeting.", not_for_family="He opens her telephone."
    )
    AgencyReportChild.objects.filter(child=bea).update(worries="Bea is hungry. Tom is not.")
    AgencyReportChild.objects.filter(child=tom).update(known="Tom joined in May.", worries="")
    mother = Person.objects.get(given_names="Dawn")
    MeetingMemberFactory.create(
        meeting=report.conference.meeting, name="Dawn Quill", person=mother, agency=""
    )
    return report


def test_an_agencys_report_has_a_paper_for_agencies_and_one_for_each_parent(ask, told):
    conference = told.conference
    key = f"agency-{told.pk}"

    whole = ask(conference, f"{key}.agencies").context["page"].chosen.paper
    hers = ask(conference, f"{key}.{mums(conference)}").context["page"].chosen.paper

    for paper in (whole, hers):
        assert "Tom joined in May." in paper.text
        assert "Mum comes to every meeting." in paper.text
        assert "Mrs Onwu, head" in paper.text
    assert "He opens her telephone." in whole.text
    assert "He opens her telephone." not in hers.text
    assert any("must not be told is left out" in one for one in hers.noted)
    assert not ask(conference, f"{key}.{mums(conference)}").context["page"].offer.asks_for_words
    pdf, said = pdf_of(made_as(hers, "pdf"))
    assert is_tagged(pdf)
    assert "Tom joined in May." in said
    assert "He opens her telephone." not in word_of(made_as(hers, "docx"))[1]


def test_an_agencys_report_that_names_a_sister_in_her_brothers_part_is_checked_first(ask, told):
    page = ask(told.conference, f"agency-{told.pk}.agencies")

    assert "A name may stand in the wrong part" in page.content.decode()
    refused = ask(told.conference, f"agency-{told.pk}.agencies", **{"as": "pdf"})
    assert "say that you have checked them" in refused.content.decode()
    made_of = ask(told.conference, f"agency-{told.pk}.agencies", **{"as": "pdf", "checked": "yes"})
    assert made_of.headers["Content-Type"] == "application/pdf"
    taken = TrailEvent.objects.get(what__startswith="Took out on paper: Report to the conference")
    assert sorted(taken.about) == told.about


def test_an_agencys_report_is_taken_out_from_where_it_is_read(client, ask, told):
    conference = told.conference
    page = _page(client, "conference_reports", conference)

    assert f"?of=agency-{told.pk}.agencies" in page
    address = reverse("protection:conference_copies", args=[conference.pk])
    with at_most_queries():
        client.get(address, {"of": f"agency-{told.pk}.agencies"})
    set_worker(hearth_itself())
    unsent = ask(conference, "agency-0.agencies").context["page"]
    assert unsent.offer.key == "invitation.agencies"
