"""The record: written, approved, sent to each who is to have it, and kept from some."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from hearth.accounts.models import TrailEvent
from hearth.casework.models import Task
from hearth.lib.errors import CannotDo
from hearth.plans.models import Paper
from hearth.protection import actions
from hearth.protection.papers import standings, still_to_have
from hearth.protection.tests import conferences as made
from hearth.workforce.tests.factories import manager

pytestmark = pytest.mark.django_db


def refusal(call, **kwargs):
    with pytest.raises(CannotDo) as why:
        call(**kwargs)
    return str(why.value)


def send(conference, paper=Paper.DECISIONS, members=None, **kwargs):
    members = still_to_have(conference.meeting, paper) if members is None else members
    given = {"how": "secure_email", "sent_at": timezone.now(), "by": made.note_taker()}
    actions.send_conference_paper(
        conference=conference, paper=paper, members=members, **given | kwargs
    )


def waiting(conference, step):
    return Task.objects.outstanding().filter(step_key=step, record_id=conference.pk).exists()


def test_decisions_are_sent_when_everybody_has_them_and_not_before():
    conference = made.issued()
    first, *others = still_to_have(conference.meeting, Paper.DECISIONS)

    send(conference, members=[first])
    assert waiting(conference, "protection.send_decisions")
    send(conference, members=others)

    assert not waiting(conference, "protection.send_decisions")
    assert all(line.has_it for line in standings(conference.meeting, Paper.DECISIONS))


def test_a_paper_is_kept_from_somebody_with_the_reason_and_that_meets_the_duty_too():
    conference = made.issued()
    mum = made.members_of(conference)["Dawn Quill"]
    others = [one for one in still_to_have(conference.meeting, Paper.DECISIONS) if one != mum]
    send(conference, members=others)

    actions.keep_from(
        conference=conference,
        member=mum,
        paper=Paper.DECISIONS,
        reason="He opens her post.",
        by=manager(),
    )

    assert not waiting(conference, "protection.send_decisions")


def test_a_paper_kept_from_somebody_is_let_go_by_a_manager_and_is_to_be_sent_again():
    conference, boss = made.issued(), manager()
    mum = made.members_of(conference)["Dawn Quill"]
    about = {"conference": conference, "by": boss}
    actions.keep_from(member=mum, paper=Paper.DECISIONS, reason="He opens her post.", **about)
    send(conference)
    assert not waiting(conference, "protection.send_decisions")
    kept = mum.sendings.get()

    give = {"kept": kept, "reason": "He has moved out.", **about}
    assert "Say why" in refusal(actions.let_have, **give | {"reason": ""})
    assert "A manager or the chair" in refusal(actions.let_have, **give | {"by": made.note_taker()})
    assert "another meeting" in refusal(actions.let_have, **give | {"conference": made.booked()})
    actions.let_have(**give)

    kept.refresh_from_db()
    assert (kept.lifted_by, kept.lifted_reason) == (boss, "He has moved out.")
    event = TrailEvent.objects.get(what="Let somebody have a paper kept from them")
    assert (event.by_id, event.reason) == (boss.pk, "He has moved out.")
    assert still_to_have(conference.meeting, Paper.DECISIONS) == [mum]
    assert waiting(conference, "protection.send_decisions")
    assert "not kept from them" in refusal(actions.let_have, **give)
    send(conference)
    assert not waiting(conference, "protection.send_decisions")


def test_a_paper_that_came_back_is_to_be_sent_again():
    conference = made.issued()
    send(conference)
    assert not waiting(conference, "protection.send_decisions")
    sending: Any = standings(conference.meeting, Paper.DECISIONS)[0].sending

    assert "not come" in refusal(
        actions.mark_arrived,
        sending=sending,
        received_at=timezone.now() + timedelta(days=1),
        by=manager(),
    )
    actions.mark_came_back(sending=sending, by=manager())
    assert still_to_have(conference.meeting, Paper.DECISIONS) == [sending.member]
    assert waiting(conference, "protection.send_decisions")
    send(conference)
    again: Any = standings(conference.meeting, Paper.DECISIONS)[0].sending
    actions.mark_arrived(sending=again, received_at=timezone.now(), by=manager())
    again.refresh_from_db()
    assert again.received_at is not None


def test_nothing_is_sent_before_there_is_something_to_send():
    conference = made.requested()

    assert "Book the conference" in refusal(
        send, conference=conference, paper=Paper.INVITATION, members=[]
    )
    conference = made.begun(conference)
    assert "have not been issued" in refusal(send, conference=conference)
    send(conference, Paper.INVITATION)
    assert still_to_have(conference.meeting, Paper.INVITATION) == []
    conference = made.issue(conference)
    assert "Choose who" in refusal(send, conference=conference, members=[])
    assert "not approved" in refusal(send, conference=conference, paper=Paper.RECORD)
    assert "has been held" in refusal(send, conference=conference, paper=Paper.INVITATION)


def test_the_record_is_written_by_two_and_approved_by_the_chair_alone():
    conference = made.begun()
    meeting, taker = conference.meeting, made.note_taker()
    write = {"conference": conference, "by": taker}
    approve = {"conference": conference, "by": meeting.chair}

    version = meeting.version
    actions.write_record(minutes="DS Hart spoke first.", version=version, **write)
    assert "Somebody else has changed this" in refusal(
        actions.write_record, minutes="Mine alone.", version=version, **write
    )
    meeting.refresh_from_db()
    assert "not been issued" in refusal(actions.approve_record, version=1, **approve)
    conference = made.issue(conference)
    meeting.refresh_from_db()
    approve["conference"] = conference
    assert "Only the chair" in refusal(
        actions.approve_record, **approve | {"by": made.chair()}, version=meeting.version
    )
    actions.approve_record(version=meeting.version, **approve)

    meeting.refresh_from_db()
    conference.meeting = meeting
    assert (meeting.minutes, meeting.approved_by) == ("DS Hart spoke first.", meeting.chair)
    assert "approved" in refusal(
        actions.write_record, minutes="Later.", version=meeting.version, **write
    )
    send(conference, Paper.RECORD)
    assert not waiting(conference, "protection.send_record")
