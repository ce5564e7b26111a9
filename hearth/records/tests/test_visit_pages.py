"""Visits, planned, made and written up on their pages."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from hearth.accounts.worker_context import set_worker
from hearth.config.testing import at_most_queries, hearth_itself
from hearth.records.models import Visit
from hearth.records.tests.factories import NOT_SEEN, visit

pytestmark = pytest.mark.django_db


def seen(*children, **kwargs):
    sent = {
        "kind": "child_in_need",
        "outcome": "made",
        "happened_at": "2026-03-03 4pm",
        "account": "Their mother let us in.",
    }
    for child, sight in children:
        sent[f"child-{child.pk}-sight"] = sight
    return sent | kwargs


def test_a_visit_is_recorded_with_what_was_seen_of_each_child(browser, worker, ade, bea, mother):
    answer = browser.post(
        reverse("records:record_visit", args=[ade.pk]),
        seen(
            (ade, "alone"),
            (bea, "with_others"),
            **{
                f"child-{bea.pk}-reason": "too_young",
                f"child-{ade.pk}-own_words": "I like it here",
                f"child-{ade.pk}-bedroom_seen": "yes",
                "concern": "no",
                "next_visit_on": (timezone.localdate() + timedelta(days=7)).isoformat(),
            },
        ),
        follow=True,
    )

    assert "Visit recorded" in answer.content.decode()
    assert "I like it here" in answer.content.decode()
    set_worker(hearth_itself())
    assert (ade.visit_parts.seen(ade)[0].seen_alone, bea.visit_parts.seen(bea)[0].seen_alone) == (
        True,
        False,
    )
    assert Visit.objects.planned().count() == 1


def test_a_sibling_not_part_of_the_visit_has_no_part(browser, ade, bea, mother):
    browser.post(
        reverse("records:record_visit", args=[ade.pk]), seen((ade, "alone"), (bea, "not_part"))
    )

    set_worker(hearth_itself())
    assert not bea.visit_parts.exists()


def test_an_attempted_visit_asks_only_when(browser, ade):
    browser.post(
        reverse("records:record_visit", args=[ade.pk]),
        seen(outcome="attempted", account=""),
    )

    set_worker(hearth_itself())
    part = ade.visit_parts.get()
    assert (part.visit.state, part.seen, part.reason) == ("attempted", False, "not_home")


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({}, "Say whether they were seen, and alone"),
        ({"sight": "with_others"}, "Say why they were not seen alone"),
        ({"sight": "not_seen"}, "Say why they were not seen"),
        ({"sight": "elsewhere"}, "Select a valid choice"),
    ],
)
def test_a_visit_that_leaves_a_child_out_is_asked_about_and_keeps_every_word(
    browser, ade, sent, why
):
    answer = browser.post(
        reverse("records:record_visit", args=[ade.pk]),
        seen(home="Cold.", **{f"child-{ade.pk}-{name}": value for name, value in sent.items()}),
    )

    assert answer.status_code == 200
    assert why in answer.content.decode()
    assert "Cold." in answer.content.decode()


def test_a_visit_says_what_happened_and_the_next_is_to_come(browser, ade):
    answer = browser.post(
        reverse("records:record_visit", args=[ade.pk]),
        seen((ade, "alone"), account="", next_visit_on="2020-01-01"),
    ).content.decode()

    assert "Say what happened on the visit" in answer
    assert "The next visit must be today or later" in answer


def test_words_for_a_sibling_not_part_of_the_visit_are_asked_about(browser, ade, bea, mother):
    answer = browser.post(
        reverse("records:record_visit", args=[ade.pk]),
        seen((ade, "alone"), (bea, "not_part"), **{f"child-{bea.pk}-own_words": "Hello"}),
    )

    assert "take out the words written for them" in answer.content.decode()


def test_a_visit_is_planned_moved_made_and_leaves_the_day(browser, worker, ade, bea, mother):
    today = timezone.localdate()
    browser.post(
        reverse("records:plan_visit", args=[ade.pk]),
        {
            "kind": "child_in_need",
            "planned_on": today.isoformat(),
            "planned_time": "4pm",
            "worker": worker.pk,
            "also": [bea.pk],
        },
    )
    set_worker(hearth_itself())
    plan = Visit.objects.planned().get()
    assert plan.about == sorted([ade.pk, bea.pk])
    assert "Ade Quill, Bea Quill" in browser.get(reverse("records:day")).content.decode()

    moved = {"planned_on": (today + timedelta(days=1)).isoformat(), "worker": worker.pk}
    browser.post(reverse("records:change_visit", args=[plan.pk]), moved)
    assert "No visit is planned" in browser.get(reverse("records:day")).content.decode()

    browser.post(
        reverse("records:record_planned_visit", args=[plan.pk]),
        seen((ade, "alone"), (bea, "alone")),
    )
    done = browser.get(reverse("records:day"), {"on": "2026-03-03"}).content.decode()
    assert "Child in need visit: Ade Quill, Bea Quill" in done


def test_a_planned_visit_is_cancelled_with_why(browser, worker, full):
    answer = browser.post(
        reverse("records:change_visit", args=[full["plan"].pk]),
        {"worker": worker.pk, "cancelled_reason": "The family is away"},
        follow=True,
    )

    assert "The family is away" in answer.content.decode()


@pytest.mark.parametrize(
    ("day", "why"), [("", "Enter the day, or say why"), ("2020-01-01", "today or later")]
)
def test_a_visit_is_moved_to_a_day_to_come(browser, worker, full, day, why):
    answer = browser.post(
        reverse("records:change_visit", args=[full["plan"].pk]),
        {"planned_on": day, "worker": worker.pk},
    )

    assert why in answer.content.decode()


def test_a_visit_is_not_planned_for_a_day_gone_by(browser, worker, ade):
    answer = browser.post(
        reverse("records:plan_visit", args=[ade.pk]),
        {"kind": "child_in_need", "planned_on": "2020-01-01", "worker": worker.pk},
    )

    assert "The day must be today or later" in answer.content.decode()


def test_a_visit_of_an_earlier_day_waits_to_be_written_up(browser, worker, full):
    Visit.objects.filter(pk=full["plan"].pk).update(planned_on=date(2026, 3, 2))

    with at_most_queries(15):
        page = browser.get(reverse("records:day"), {"on": "nonsense"}).content.decode()

    assert "Still to be written up" in page


def test_a_visit_is_edited_on_its_day(browser, worker, ade):
    made = visit(ade, by=worker)

    browser.post(
        reverse("records:edit_visit", args=[made.pk]),
        seen((ade, "with_others"), version=1, **{f"child-{ade.pk}-reason": "asleep"}),
    )

    page = browser.get(reverse("records:read_visit", args=[made.pk])).content.decode()
    before = browser.get(reverse("records:visit_versions", args=[made.pk])).content.decode()
    assert "seen, not alone" in page
    assert "made tea" in before


def test_an_attempted_visit_is_edited_without_asking_who_was_seen(browser, worker, ade):
    made = visit(ade, by=worker, attempted=True, account="", parts=[(ade, NOT_SEEN)])

    answer = browser.post(
        reverse("records:edit_visit", args=[made.pk]),
        {"version": 1, "happened_at": "2026-03-03 5pm", "agreed": "A letter was left."},
    )

    assert answer.status_code == 302


def test_a_manager_reads_a_visit_and_says_so(client, worker, manager, ade):
    made = visit(ade, by=worker)
    client.force_login(manager)

    client.post(reverse("records:mark_visit_read", args=[made.pk]))
    client.post(reverse("records:feedback_on_visit", args=[made.pk]), {"text": "Good."})
    client.post(reverse("records:add_to_visit", args=[made.pk]), {"text": "Later."})
    page = client.get(reverse("records:read_visit", args=[made.pk])).content.decode()
    client.post(reverse("records:withdraw_visit", args=[made.pk]), {"reason": "Mistake"})
    withdrawn = client.get(reverse("records:read_visit", args=[made.pk])).content.decode()

    assert f"Read by {manager}" in page
    assert "Good." in page
    assert "Later." in page
    assert "Mistake" in withdrawn
