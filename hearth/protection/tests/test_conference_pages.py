"""The pages of conferences, from the list to the family's copy."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from hearth.accounts.roles import Role
from hearth.config.testing import earlier_today
from hearth.plans.models import PlanAction, PlanChild
from hearth.protection.models import Conference
from hearth.protection.tests import conferences as made
from hearth.protection.tests.factories import service_manager
from hearth.protection.tests.pages import address, ask, at, dated, text
from hearth.workforce.tests.factories import manager, social_worker

__all__ = ["ask"]
pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def in_the_meeting(conference, decision="plan", **but):
    """What the chair's page sends: everybody came, one action, one contingency."""
    meeting = Conference.objects.get(pk=conference.pk).meeting
    sent = {
        "version": meeting.version,
        "danger": made.DANGER,
        "strengths": "Dawn keeps every appointment.",
        "summary": "They are likely to be hurt again.",
        "action-TOTAL_FORMS": 6,
        "action-INITIAL_FORMS": 0,
        "action-0-what": "Fit a lock to the gate",
        "action-0-owner": "dawn quill",
        "action-0-measure": "Sam sees the lock",
        **dated("action-0-due_on", TODAY + timedelta(days=9)),
        "if-TOTAL_FORMS": 1,
        "if-INITIAL_FORMS": 0,
        "if-0-trigger": "he comes back",
        "if-0-action": "call the police",
        "if-0-owner": "Dawn Quill",
        "if-0-within": "the same hour",
        "if-0-rating": "sound",
        **at("held_at", earlier_today(minutes=9)),
        **dated("core_group_on", TODAY + timedelta(days=7)),
        **dated("next_review_on", TODAY + timedelta(days=80)),
    }
    for member in made.members_of(conference).values():
        sent[f"member-{member.pk}-attendance"] = "in_person"
        sent[f"member-{member.pk}-in_core_group"] = "on"
    for part in conference.children.all():
        sent[f"child-{part.child_id}-participation"] = "views_told"
        sent[f"child-{part.child_id}-decision"] = decision
        sent[f"child-{part.child_id}-category"] = "NEG"
    return {**sent, **but}


def test_a_manager_asks_for_a_conference_and_it_is_accepted_and_booked(ask):
    children, chair = made.family(2), made.chair()
    task = made.to_request(*children)

    page = ask(task.worker, "request_conference", task.pk)
    assert "The section 47 enquiry began on" in text(page)
    ask(
        task.worker,
        "request_conference",
        task.pk,
        data={"kind": "initial_conference", "reason": "Bea was hurt."},
    )
    conference = Conference.objects.get()
    assert "Accept it" in text(ask(chair, "conference", conference.pk))
    ask(chair, "accept_conference", conference.pk)
    ask(chair, "accept_conference", conference.pk, data={"yes": "yes"})
    day = made.at(TODAY + timedelta(days=2))
    assert "Book it" in text(ask(chair, "book_conference", conference.pk))
    ask(
        chair,
        "book_conference",
        conference.pk,
        data={
            **at("planned_from", day),
            **at("planned_to", day + timedelta(hours=2)),
            "how": "in_person",
            "chair": chair.pk,
        },
    )
    assert Conference.objects.get().meeting.chair == chair


def test_those_whom_the_record_knows_are_asked_and_others_by_name(ask):
    conference = made.booked()
    chair = conference.meeting.chair

    page = ask(chair, "invite", conference.pk)
    assert "Dawn Quill, Mother" in text(page)
    keys = [key for key, _ in page.context["known"].fields["chosen"].choices]
    ask(chair, "invite", conference.pk, data={"chosen": keys})
    ask(chair, "invite", conference.pk, data={"name": "DS Hart", "agency": "police"})
    assert {"Dawn Quill", "DS Hart"} <= set(made.members_of(conference))
    hart = made.members_of(conference)["DS Hart"]
    ask(chair, "change_invitation", hart.pk)
    ask(chair, "change_invitation", hart.pk, data={"remove": "yes"})
    assert "DS Hart" not in made.members_of(conference)
    mum = made.members_of(conference)["Dawn Quill"]
    ask(chair, "change_invitation", mum.pk, data={"interpreter": "Albanian"})
    page = ask(chair, "send_invitations", conference.pk)
    ask(
        chair,
        "send_invitations",
        conference.pk,
        data={"members": [mum.pk], "how": "post", **at("sent_at", timezone.now())},
    )
    assert "Invitation" in text(ask(chair, "conference", conference.pk))


def test_the_chair_issues_from_one_page_and_the_familys_copy_is_ready_at_once(ask):
    child = made.family()[0]
    conference = made.begun(made.requested(child))
    chair = conference.meeting.chair

    page = ask(chair, "decide_conference", conference.pk)
    assert "Quorate" in text(page)
    answer = ask(chair, "decide_conference", conference.pk, data=in_the_meeting(conference))

    assert answer["Location"] == address("conference_decisions", conference.pk)
    copy = text(ask(chair, "conference_decisions", conference.pk))
    assert "needs a child protection plan" in copy
    assert "Fit a lock to the gate" in copy
    action = PlanAction.objects.get()
    assert action.owner == "dawn quill"
    shown = text(ask(social_worker(), "conference", conference.pk))
    assert "A child protection plan is needed" in shown
    assert "Hold the conference" not in shown
    assert ask(chair, "decide_conference", conference.pk).status_code == 302


def test_an_action_without_an_owner_or_a_day_is_not_issued_and_nothing_typed_is_lost(ask):
    conference = made.begun()
    sent = in_the_meeting(conference, **{"action-0-owner": "", "action-0-due_on_day": ""})

    page = text(ask(conference.meeting.chair, "decide_conference", conference.pk, data=sent))

    assert "Say who is to do it" in page
    assert "Fit a lock to the gate" in page
    assert made.DANGER in page
    assert not PlanChild.objects.exists()


def test_what_each_child_needs_is_asked_on_the_page(ask):
    conference = made.begun()
    child = conference.children.get().child_id
    sent = in_the_meeting(conference, "no_plan", **{"if-0-rating": "vague"})

    page = text(ask(conference.meeting.chair, "decide_conference", conference.pk, data=sent))

    assert "Say why no protection plan is needed" in page
    assert "Say what would make it specific" in page
    sent = in_the_meeting(conference, **{f"child-{child}-category": "", "if-0-owner": ""})
    page = text(ask(conference.meeting.chair, "decide_conference", conference.pk, data=sent))
    assert "Choose the category of abuse" in page
    assert "Say who does it" in page


def test_the_quorum_is_counted_again_as_people_are_marked(ask):
    conference = made.begun()
    school = made.members_of(conference)["Mrs Onwu"]
    sent = in_the_meeting(conference, **{f"member-{school.pk}-attendance": "absent"})

    part = ask(
        conference.meeting.chair,
        "decide_conference",
        conference.pk,
        data=sent,
        headers={"HX-Request": "true"},
    )

    assert "Missing: 1 more agency" in text(part)
    assert "<html" not in text(part)
    assert not PlanChild.objects.exists()


def test_it_is_booked_anew_while_the_chair_types(ask):
    conference = made.begun()
    sent = in_the_meeting(conference, version=1)

    page = text(ask(conference.meeting.chair, "decide_conference", conference.pk, data=sent))

    assert "booked anew" in page
    assert "Fit a lock to the gate" in page


def test_too_few_came_and_it_is_called_again(ask):
    conference = made.begun()
    chair = conference.meeting.chair
    came = {f"member-{one.pk}-attendance": "absent" for one in made.members_of(conference).values()}

    assert "the clock does not stop" in text(ask(chair, "reconvene", conference.pk))
    refused = ask(chair, "reconvene", conference.pk, data={**came, "reason": ""})
    assert refused.status_code == 200
    answer = ask(chair, "reconvene", conference.pk, data={**came, "reason": "Snow."})

    again = Conference.objects.get(meeting__cancelled_at=None)
    assert answer["Location"] == address("book_conference", again.pk)
    assert "Not quorate" in text(ask(chair, "conference", conference.pk))


def test_a_review_shows_what_was_asked_last_time(ask):
    first = made.issued()
    made.back_in_time(first.plan)
    review = made.begun(made.review_of(first))
    chair = review.meeting.chair
    action = first.plan.actions.get()

    page = text(ask(chair, "decide_conference", review.pk))
    assert "What was asked last time" in page
    assert "Fit a lock to the gate" in page
    sent = in_the_meeting(review, "continue")
    sent |= {f"last-{action.pk}-rating": "on_track", f"last-{action.pk}-words": "Lock fitted."}
    sent |= {"action-0-what": "", "action-0-owner": "", "action-0-measure": ""}
    sent |= dict.fromkeys((f"action-0-due_on_{part}" for part in ("day", "month", "year")), "")
    answer = ask(chair, "decide_conference", review.pk, data=sent)

    assert answer.status_code == 302
    assert action.progress.get().words == "Lock fitted."


def test_the_record_is_written_approved_and_may_then_be_sent(ask):
    conference = made.issued(taker=(taker := made.note_taker()))
    chair = conference.meeting.chair
    meeting = conference.meeting
    meeting.refresh_from_db()

    ask(taker, "write_record", conference.pk)
    said = {"version": meeting.version, "minutes": "DS Hart spoke first."}
    ask(taker, "write_record", conference.pk, data=said)
    stale = ask(taker, "write_record", conference.pk, data=said | {"minutes": "Only mine."})
    assert "What it says now" in text(stale)
    assert "Only mine." in text(stale)
    meeting.refresh_from_db()
    assert "DS Hart spoke first." in text(ask(chair, "approve_record", conference.pk))
    assert "Somebody else has changed" in text(
        ask(chair, "approve_record", conference.pk, data={"version": "x"})
    )
    ask(chair, "approve_record", conference.pk, data={"version": meeting.version})
    assert "Record as sent" in text(ask(taker, "send_record", conference.pk))


def test_what_is_sent_has_a_receipt_and_what_is_kept_back_a_reason(ask):
    conference = made.issued(taker=(taker := made.note_taker()))
    chair, meeting = conference.meeting.chair, conference.meeting
    everybody = [one.pk for one in made.members_of(conference).values()]
    mum = made.members_of(conference)["Dawn Quill"]
    ask(chair, "keep_from", mum.pk)
    ask(chair, "keep_from", mum.pk, data={"paper": "decisions", "reason": "He opens her post."})
    everybody.remove(mum.pk)
    sent = {"members": everybody, "how": "post", **at("sent_at", timezone.now())}
    ask(taker, "send_decisions", conference.pk, data=sent)
    page = text(ask(taker, "send_decisions", conference.pk))
    assert "Everybody who is to have it" in page
    assert "He opens her post." in page
    one, other = meeting.sendings.filter(paper="decisions", withheld_reason="")[:2]
    ask(taker, "mark_received", one.pk)
    refused = ask(taker, "mark_received", one.pk, data={"became": "arrived"})
    assert "Say when it arrived" in text(refused)
    ask(
        taker,
        "mark_received",
        one.pk,
        data={"became": "arrived", **at("received_at", timezone.now() + timedelta(minutes=1))},
    )
    ask(taker, "mark_received", other.pk, data={"became": "returned"})
    other.refresh_from_db()
    assert other.returned_at is not None


def test_what_is_kept_back_is_shown_with_its_reason_and_so_is_letting_them_have_it(ask):
    conference = made.issued()
    chair, mum = conference.meeting.chair, made.members_of(conference)["Dawn Quill"]
    ask(chair, "keep_from", mum.pk, data={"paper": "decisions", "reason": "He opens her post."})
    page = text(ask(chair, "keep_from", mum.pk))
    assert "He opens her post." in page
    assert 'value="decisions"' not in page
    assert "Let them have it" in text(ask(chair, "send_decisions", conference.pk))

    kept = mum.sendings.get()
    give = {"do": "give", "give-kept": kept.pk, "give-reason": ""}
    assert "He opens her post." in text(ask(chair, "keep_from", mum.pk, data=give))
    ask(chair, "keep_from", mum.pk, data=give | {"give-reason": "He has moved out."})

    for page in (("send_decisions", conference.pk), ("keep_from", mum.pk)):
        shown = text(ask(chair, *page))
        assert f"{chair} then let them have it:</strong> He has moved out." in shown
    assert ask(made.note_taker(), "keep_from", mum.pk).status_code == 403


def test_a_transfer_in_is_asked_for_from_the_childs_record(ask):
    child, sibling = made.family(2)
    boss = manager()

    ask(boss, "call_conference", child.pk)
    sent = {"kind": "transfer_conference", "children": [child.pk], "reason": "They moved here."}
    refused = ask(boss, "call_conference", child.pk, data=sent)
    assert "Say when the other authority told us" in text(refused)
    ask(boss, "call_conference", child.pk, data=sent | dated("notified_on", TODAY))

    conference = Conference.objects.get()
    assert conference.about == [child.pk]
    assert sibling.pk not in conference.about


def test_a_conference_is_stood_down_from_its_page(ask):
    conference, boss = made.requested(), service_manager()

    assert ask(manager(), "stand_down", conference.pk).status_code == 403
    ask(boss, "stand_down", conference.pk)
    ask(boss, "stand_down", conference.pk, data={"reason": "Aunt has them."})

    assert "Aunt has them." in text(ask(boss, "conference", conference.pk))


def test_a_task_leads_to_its_conference(ask):
    conference = made.requested()

    there = ask(social_worker(), "conference_of_task", conference.task.pk)
    assert there["Location"] == address("conference", conference.pk)
    Conference.objects.update(task=None)
    there = ask(social_worker(), "conference_of_task", conference.task.pk)
    assert there["Location"] == reverse("casework:task", args=[conference.task.pk])


def test_only_those_who_chair_and_arrange_do_so(ask):
    conference = made.begun()
    worker = social_worker()

    assert ask(worker, "book_conference", conference.pk).status_code == 403
    assert ask(worker, "decide_conference", conference.pk).status_code == 403
    assert ask(made.chair(), "decide_conference", conference.pk).status_code == 403
    assert Role.CONFERENCE_CHAIR in conference.meeting.chair.roles


def test_a_second_window_that_issues_is_told_by_whom_it_was_with_nothing_typed_lost(ask):
    conference = made.begun()
    chair = conference.meeting.chair
    first = in_the_meeting(conference)
    second = {**first, "summary": "Typed in the other room.", "action-0-what": "See her GP"}
    ask(chair, "decide_conference", conference.pk, data=first)

    page = text(ask(chair, "decide_conference", conference.pk, data=second))

    assert f"{chair} issued these decisions on" in page
    assert "put it into the record" in page
    for typed in ("Typed in the other room.", "See her GP"):
        assert typed in page
    assert PlanChild.objects.count() == 1
    assert not PlanAction.objects.filter(what="See her GP").exists()


def test_issuing_that_breaks_off_half_way_stores_nothing(ask, monkeypatch):
    def lost(*_given, **_also):
        raise OSError

    conference = made.begun()
    where = "hearth.protection.actions.conference_deciding._tell"
    with monkeypatch.context() as broken:
        broken.setattr(where, lost)
        with pytest.raises(OSError):  # noqa: PT011 - the fault itself, and no words
            ask(
                conference.meeting.chair,
                "decide_conference",
                conference.pk,
                data=in_the_meeting(conference),
            )

    assert Conference.objects.get(pk=conference.pk).decided_at is None
    assert not PlanChild.objects.exists()
    ask(
        conference.meeting.chair,
        "decide_conference",
        conference.pk,
        data=in_the_meeting(conference),
    )
    assert PlanChild.objects.count() == 1
