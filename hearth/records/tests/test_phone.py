"""Visits kept on a telephone for where there is no signal, and sent from it afterwards."""

import json
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from hearth.accounts.worker_context import set_worker
from hearth.config.testing import at_most_queries, hearth_itself
from hearth.design.kept import let_keeper_serve
from hearth.people.tests.factories import RestrictionAccessFactory, RestrictionFactory
from hearth.records import actions, phone
from hearth.records.models import Draft, Visit
from hearth.records.tests.factories import ALONE
from hearth.workforce.tests.factories import social_worker

pytestmark = pytest.mark.django_db

MINE = "Their mother let us in."


@pytest.fixture
def planned(worker, ade, bea, mother):
    """A visit to both, planned for today."""
    return actions.plan_visit(
        children=[ade, bea],
        kind="child_protection",
        planned_on=timezone.localdate(),
        worker=worker,
        by=worker,
    )


@pytest.fixture
def sent(ade, bea):
    """What was written on the telephone."""
    now = timezone.localtime()
    return {
        "uuid": str(uuid.uuid4()),
        "draft_version": "0",
        "kind": "child_protection",
        "outcome": "made",
        "happened_at": f"{now:%Y-%m-%d} {now:%H:%M}",
        "account": MINE,
        "home": "Warm.",
        "concern": "no",
        f"child-{ade.pk}-sight": "alone",
        f"child-{ade.pk}-own_words": "I like it here",
        f"child-{bea.pk}-sight": "alone",
        f"child-{bea.pk}-own_words": "He shouts at night",
        "next_visit_on": (timezone.localdate() + timedelta(days=7)).isoformat(),
    }


def send(browser, visit, data):
    answer = browser.post(
        reverse("records:send_visit", args=[visit.pk]), data, headers={"accept": "application/json"}
    )
    set_worker(hearth_itself())
    return answer


def test_the_list_that_is_kept_holds_only_visits_still_to_be_made(browser, worker, planned, ade):
    actions.record_visit(
        parts=[(ade, ALONE)], kind="joint", happened_at=timezone.now(), account="Done", by=worker
    )
    with at_most_queries(15):
        page = browser.get(reverse("records:day"), {"kept": "yes"}).content.decode()

    assert f'data-keeps href="/visits/{planned.pk}/record/"' in page
    assert "data-kept-until" in page
    assert "Recorded</h2>" not in page


def test_a_restricted_record_is_never_kept_on_a_telephone(browser, worker, planned, bea):
    RestrictionFactory.create(person=bea)
    RestrictionAccessFactory.create(person=bea, worker=worker)

    list_ = browser.get(reverse("records:day"), {"kept": "yes"}).content.decode()
    form = browser.get(
        reverse("records:record_planned_visit", args=[planned.pk]), {"kept": "yes"}, follow=True
    )

    assert "Ade" not in list_
    assert "1 visit to a restricted record is not kept" in list_
    assert "is not kept on a phone" in form.content.decode()
    assert "Was Bea seen?" not in form.content.decode()


def test_the_form_that_is_kept_asks_about_the_children_of_the_visit_alone(
    browser, worker, ade, bea, mother
):
    visit = actions.plan_visit(
        children=[ade], kind="joint", planned_on=timezone.localdate(), worker=worker, by=worker
    )
    address = reverse("records:record_planned_visit", args=[visit.pk])

    assert "Was Bea seen?" in browser.get(address).content.decode()
    assert "Was Bea seen?" not in browser.get(address, {"kept": "yes"}).content.decode()


def test_what_is_kept_is_forgotten_at_midnight_or_when_the_session_must_end(settings):
    settings.LONGEST_SESSION = 3600
    noon = timezone.localtime().replace(hour=12, minute=0)
    late = noon.replace(hour=23, minute=30)

    assert phone.kept_until({}, noon) == noon.replace(microsecond=0) + timedelta(hours=1)
    assert timezone.localtime(phone.kept_until({}, late)).hour == 0


def test_a_visit_sent_twice_because_the_answer_was_lost_is_one_visit(browser, planned, sent, ade):
    first, again = (send(browser, planned, sent) for _ in range(2))

    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json() == again.json()
    visit = Visit.objects.done().get()
    assert (visit.parts.count(), Visit.objects.planned().count()) == (2, 1)
    assert visit.parts.get(child=ade).own_words == "I like it here"


def test_one_sent_again_without_its_mark_is_set_beside_the_first(browser, planned, sent):
    send(browser, planned, sent)

    for mark in ("", "not a mark"):
        assert send(browser, planned, sent | {"uuid": mark}).status_code == 409
    assert Visit.objects.done().get().account == MINE


def test_a_visit_that_a_colleague_recorded_meanwhile_keeps_both_texts(
    browser, planned, sent, ade, bea
):
    actions.record_visit(
        parts=[(ade, ALONE | {"own_words": "Hers alone"}), (bea, ALONE)],
        kind="joint",
        happened_at=timezone.now(),
        account="Nobody wanted us there.",
        visit=planned,
        by=social_worker(),
    )
    answers = [send(browser, planned, sent) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [409, 409]
    assert Visit.objects.done().count() == 1
    page = browser.get(answers[0].json()["page"]).content.decode()
    assert "Nobody wanted us there." in page
    assert "Hers alone" in page
    assert MINE in page
    set_worker(hearth_itself())
    assert "csrfmiddlewaretoken" not in Draft.objects.unfinished().get().fields


def test_a_visit_cancelled_meanwhile_keeps_what_was_written(browser, worker, planned, sent):
    actions.cancel_visit(visit=planned, reason="They moved", by=social_worker())

    page = browser.get(send(browser, planned, sent).json()["page"]).content.decode()

    assert "They moved" in page
    assert MINE in page


def test_words_of_a_colleague_who_is_writing_it_up_are_not_written_over(browser, planned, sent):
    actions.save_draft(
        key="shared." + phone.planned_draft(planned),
        version=0,
        fields={"account": ["Hers"]},
        about=planned.about,
        by=social_worker(),
    )
    answer = send(browser, planned, sent)

    assert (answer.status_code, answer.json()["state"]) == (409, "clash")
    assert Visit.objects.planned().count() == 1
    assert send(browser, planned, sent | {"draft_version": "1"}).status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"account": ""},
        {"next_visit_on": "2001-01-01"},
        {"kind": "not_a_kind"},
        {"uuid": "not an id"},
        {"draft_version": "²"},
    ],
)
def test_what_is_not_whole_is_asked_for_and_nothing_is_recorded(browser, planned, sent, wrong):
    answer = send(browser, planned, sent | wrong)

    assert answer.status_code == (200 if "draft_version" in wrong else 422)
    assert Visit.objects.done().count() == (answer.status_code == 200)
    assert json.loads(answer.content)["page"]


def test_a_visit_refused_when_it_is_written_is_asked_for_again(browser, planned, sent):
    answer = send(browser, planned, sent | {"happened_at": "1990-01-01 10:00"})

    assert answer.status_code == 422
    assert Visit.objects.planned().count() == 1


def test_the_keeper_alone_may_stand_for_the_whole_service():
    keeper: dict[str, str] = {}
    other: dict[str, str] = {}
    let_keeper_serve(keeper, "", "/static/design/keeper.js")
    let_keeper_serve(other, "", "/static/design/kept.js")

    assert keeper["Service-Worker-Allowed"] == "/"
    assert not other
