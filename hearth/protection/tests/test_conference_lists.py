"""The list of conferences, diaries, rooms, and what a child's pages tell of them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from hearth.accounts.worker_context import set_worker
from hearth.config.testing import at_most_queries, hearth_itself
from hearth.plans.models import MeetingRoom
from hearth.protection.models import Conference
from hearth.protection.tests import conferences as made
from hearth.protection.tests.pages import ask, dated, text
from hearth.workforce.tests.factories import social_worker

__all__ = ["ask"]
pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def test_the_list_shows_what_is_to_be_booked_what_is_late_and_what_is_not_sent(ask):
    late, sent = made.requested(), made.issued()
    Conference.objects.filter(pk=late.pk).update(target_on=TODAY - timedelta(days=1))
    made.booked()
    taker = made.note_taker()

    assert "Past its time limit" in text(ask(taker, "conferences"))
    for show, count in (("unbooked", 2), ("late", 1), ("unsent", 1), ("decided", 1)):
        page = ask(taker, "conferences", data=None, query_params={"show": show})
        assert len(page.context["page"].lines) == count, show
    assert "Send the full record of the conference" in text(
        ask(taker, "conferences", query_params={"show": "unsent"})
    )
    child = sent.children.get().child
    assert "Send the conference" in text(ask(taker, "child_conferences", child.pk))


def test_a_diary_shows_whom_it_is_asked_for(ask):
    conference = made.booked()
    made.booked()
    chair = conference.meeting.chair

    every = ask(chair, "chair_diary")
    own = ask(chair, "chair_diary", query_params={"chair": chair.pk})

    assert len(every.context["entries"]) == 2
    assert [entry.conference_id for entry in own.context["entries"]] == [conference.pk]


def test_rooms_are_put_on_the_list_and_taken_off(ask):
    taker = made.note_taker()

    assert "No room is on the list yet" in text(ask(taker, "rooms"))
    ask(taker, "rooms", data={"name": "Blue room", "step_free": "on", "seats": "12"})
    refused = ask(taker, "rooms", data={"name": "Blue room"})
    assert "already" in text(refused)
    room = MeetingRoom.objects.get()
    ask(taker, "close_room", room.pk)
    ask(taker, "close_room", room.pk, data=dated("closed_on", TODAY))
    assert "Not used" in text(ask(taker, "rooms"))


def test_a_childs_front_page_tells_of_the_latest_conference(client):
    asked, decided = made.requested(), made.issued()
    client.force_login(social_worker())

    def front(conference):
        set_worker(hearth_itself())
        child = conference.children.order_by("pk").first().child
        with at_most_queries(15):
            return text(client.get(reverse("desk:child", args=[child.pk])))

    assert "Not booked yet." in front(asked)
    assert "Review child protection conference" in front(decided)
    set_worker(hearth_itself())
    nothing = made.family()[0]
    assert "Child protection conference</h2>" not in text(
        client.get(reverse("desk:child", args=[nothing.pk]))
    )


def test_those_asked_to_another_kind_of_meeting_are_not_changed_here(ask):
    conference = made.booked()
    asked = made.begun()
    mum = made.members_of(asked)["Dawn Quill"]
    mum.meeting.kind = "strategy"
    mum.meeting.save()

    for page in ("change_invitation", "keep_from"):
        assert ask(conference.meeting.chair, page, mum.pk).status_code == 403
