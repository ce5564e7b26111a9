"""Asking on a visit how a family was understood, where their record says what they need."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from hearth.accounts.worker_context import set_worker
from hearth.config.testing import at_most_queries, hearth_itself
from hearth.lib.errors import CannotDo
from hearth.people.models import Disability, Household, HouseholdMember, Language
from hearth.people.understood import needs_on
from hearth.records import actions
from hearth.records.models import ChronologyEntry, Visit
from hearth.records.tests.factories import ALONE

pytestmark = pytest.mark.django_db
QUESTION = "How was what they need to be understood provided?"


@pytest.fixture
def needs(ade, mother, worker):
    """A mother at home who needs an interpreter for Polish."""
    home = Household.objects.create()
    for person in (ade, mother):
        HouseholdMember.objects.create(household=home, person=person, recorded_by=worker)
    Language.objects.create(person=mother, code="pol", interpreter_needed=True, recorded_by=worker)


@pytest.fixture
def planned(worker, ade):
    return actions.plan_visit(
        children=[ade],
        kind="joint",
        planned_on=timezone.localdate(),
        worker=worker,
        by=worker,
    )


def said(child, **but):
    now = timezone.localtime()
    return {
        "uuid": str(uuid.uuid4()),
        "kind": "joint",
        "outcome": "made",
        "happened_at": f"{now:%Y-%m-%d} {now:%H:%M}",
        "account": "Their mother let us in.",
        f"child-{child.pk}-sight": "alone",
        **but,
    }


def record(browser, child, sister, **but):
    own = said(child, **{f"child-{sister.pk}-sight": "not_part"} | but)
    page = browser.post(reverse("records:record_visit", args=[child.pk]), own)
    set_worker(hearth_itself())
    return page


def send(browser, visit, data):
    answer = browser.post(reverse("records:send_visit", args=[visit.pk]), data)
    set_worker(hearth_itself())
    return answer


def test_it_is_asked_where_the_record_says_that_they_need_it(browser, ade, bea, needs):
    with at_most_queries(15):
        page = browser.get(reverse("records:record_visit", args=[ade.pk])).content.decode()
    assert QUESTION in page
    assert "needs an interpreter for Polish" in page

    why = record(browser, ade, bea, understood="not_provided").content.decode()
    assert "Say why it was not provided" in why
    record(browser, ade, bea, understood="interpreter", understood_detail="Ms Nowak")

    visit = Visit.objects.get()
    assert visit.understood_in_words.endswith("on the telephone: Ms Nowak")
    assert "How the family was understood: An interpreter" in ChronologyEntry.objects.get().text
    read = browser.get(reverse("records:read_visit", args=[visit.pk])).content.decode()
    assert "How they were understood:" in read
    assert QUESTION in browser.get(reverse("records:edit_visit", args=[visit.pk])).content.decode()


def test_it_is_not_asked_of_others(browser, ade, bea, mother):
    page = browser.get(reverse("records:record_visit", args=[ade.pk])).content.decode()
    assert QUESTION not in page
    record(browser, ade, bea)
    assert Visit.objects.get().understood == ""


def test_nobody_is_asked_how_they_were_understood_where_nobody_was_in(browser, ade, bea, needs):
    sight = {f"child-{ade.pk}-sight": "not_seen"}
    record(browser, ade, bea, outcome="attempted", understood="", **sight)
    assert Visit.objects.get().state == "attempted"


def test_a_phone_sends_the_answer_once(browser, ade, needs, planned):
    kept = browser.get(
        reverse("records:record_planned_visit", args=[planned.pk]), {"kept": "yes"}
    ).content.decode()
    assert QUESTION in kept
    data = said(ade, understood="family_member", draft_version="0")

    for _ in range(2):
        assert send(browser, planned, data).json()["state"] == "recorded"

    assert [one.understood for one in Visit.objects.all()] == ["family_member"]


def test_a_phone_that_kept_its_page_before_it_was_asked_still_sends(browser, ade, needs, planned):
    answer = send(browser, planned, said(ade, draft_version="0"))

    assert answer.json()["state"] == "recorded"
    assert Visit.objects.get().understood == ""


def test_the_action_has_the_last_word(ade, worker):
    given = {"parts": [(ade, ALONE)], "kind": "joint", "happened_at": timezone.now(), "by": worker}
    for answer, why in (("charades", "no code charades"), ("not_provided", "Say why")):
        with pytest.raises(CannotDo, match=why):
            actions.record_visit(account="We spoke.", understood=answer, **given)


def test_a_need_stands_from_the_day_it_was_told_to_the_day_it_ended(ade, worker):
    today = timezone.localdate()
    Disability.objects.create(
        person=ade, code="COMM", ended_on=today + timedelta(days=2), recorded_by=worker
    )

    assert needs_on([ade.pk], today - timedelta(days=1)) == []
    assert len(needs_on([ade.pk], today)) == 1
    assert needs_on([ade.pk], today + timedelta(days=2)) == []
