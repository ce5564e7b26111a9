"""Each paper is sent to each who was asked, or kept from them by somebody who may decide that."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hearth.lib.errors import CannotDo
from hearth.plans import actions
from hearth.plans.models import Distribution, Paper
from hearth.plans.tests.factories import MeetingFactory, moment

pytestmark = pytest.mark.django_db
HELD, SENT = moment(2026, 3, 10, 10), moment(2026, 3, 11, 9)


@pytest.fixture
def meeting(worker):
    return actions.hold_meeting(meeting=MeetingFactory.create(), held_at=HELD, by=worker)


@pytest.fixture
def members(meeting, worker):
    return [
        actions.add_member(meeting=meeting, member=actions.NewMember(name=name), by=worker)
        for name in ("Mum", "Mr Achebe")
    ]


def send(meeting, members, by, **kwargs):
    given = {"paper": Paper.MINUTES, "how": "secure_email", "sent_at": SENT}
    return actions.send_paper(meeting=meeting, members=members, by=by, **(given | kwargs))


def test_a_paper_goes_to_each_once(meeting, members, worker):
    first = send(meeting, members[:1], worker)
    second = send(meeting, members, worker)

    assert [s.member for s in (*first, *second)] == members
    assert str(second[0]) == f"Minutes to {members[1].pk}"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"how": "pigeon"}, "pigeon"),
        ({"sent_at": moment(2999, 1, 1, 9)}, "has not come"),
        ({"sent_at": moment(2026, 3, 9, 9)}, "before the meeting is held"),
    ],
)
def test_how_a_paper_cannot_be_sent(said, words, meeting, members, worker):
    with pytest.raises(CannotDo, match=words):
        send(meeting, members, worker, **said)


def test_a_paper_goes_only_to_those_asked_and_minutes_only_of_a_meeting(meeting, members, worker):
    with pytest.raises(CannotDo, match="not asked to this meeting"):
        send(MeetingFactory.create(), members, worker, paper=Paper.INVITATION)
    with pytest.raises(CannotDo, match="before the meeting is held"):
        send(MeetingFactory.create(), [], worker)


def test_its_receipt_is_kept(meeting, members, worker):
    (sent,) = send(meeting, members[:1], worker)
    for when, words in (
        (SENT - timedelta(days=1), "before it is sent"),
        (timezone.now() + timedelta(days=1), "has not come"),
    ):
        with pytest.raises(CannotDo, match=words):
            actions.mark_received(sending=sent, received_at=when, by=worker)

    actions.mark_received(sending=sent, received_at=SENT, by=worker)

    sent.refresh_from_db()
    assert sent.received_at == SENT


def test_one_that_came_back_was_not_sent(meeting, members, worker):
    (sent,) = send(meeting, members[:1], worker)

    actions.mark_returned(sending=sent, by=worker)

    assert not Distribution.objects.standing().exists()
    with pytest.raises(CannotDo, match="came back already"):
        actions.mark_returned(sending=sent, by=worker)
    with pytest.raises(CannotDo, match="came back undelivered"):
        actions.mark_received(sending=sent, received_at=SENT, by=worker)
    assert len(send(meeting, members, worker)) == 2


def test_a_manager_or_the_chair_keeps_a_paper_from_somebody_and_says_why(
    meeting, members, worker, boss
):
    keeping = {"member": members[0], "paper": Paper.MINUTES}
    with pytest.raises(CannotDo, match="Say why"):
        actions.withhold_paper(reason="", by=boss, **keeping)
    with pytest.raises(CannotDo, match="A manager or the chair decides"):
        actions.withhold_paper(reason="She hurt Bea after the last", by=worker, **keeping)

    kept = actions.withhold_paper(reason="She hurt Bea after the last", by=boss, **keeping)

    assert (kept.sent_at, kept.withheld_by) == (None, boss)
    with pytest.raises(CannotDo, match="has this already"):
        actions.withhold_paper(reason="Again", by=boss, **keeping)
    with pytest.raises(CannotDo, match="before it is sent"):
        actions.mark_received(sending=kept, received_at=SENT, by=worker)
    assert [s.member for s in send(meeting, members, worker)] == members[1:]
