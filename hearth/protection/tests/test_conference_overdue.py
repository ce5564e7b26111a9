"""Agencies' reports and conferences' papers that are past their day, wherever they must be seen."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from hearth.accounts.worker_context import set_worker
from hearth.casework.models import Task
from hearth.config.testing import at_most_queries, hearth_itself
from hearth.lib.panels import banner_facts, desk_panels
from hearth.protection import actions
from hearth.protection.models import AgencyReport
from hearth.protection.overdue import PAPERS
from hearth.protection.pages import conference_list
from hearth.protection.tests import conferences as made
from hearth.protection.tests.factories import service_manager
from hearth.protection.tests.pages import ask, text
from hearth.workforce.tests.factories import social_worker

__all__ = ["ask"]
pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def awaited():
    """A conference to which an agency has not sent its report by its day."""
    taker = made.note_taker()
    member, _ = made.asked_agency(made.booked(taker=taker))
    report = member.agency_report
    AgencyReport.objects.filter(pk=report.pk).update(due_on=YESTERDAY)
    return report


@pytest.fixture
def unsent():
    """A conference that decided, whose papers somebody has not been sent by their day."""
    conference = made.issued()
    Task.objects.filter(record_id=conference.pk, step_key__in=PAPERS).update(due_on=YESTERDAY)
    return conference


def listed(ask, show=""):
    page = ask(made.note_taker(), "conferences", query_params={"show": show})
    return page.context["page"], text(page)


def desk_of(worker):
    return [one for one in desk_panels(worker, TODAY) if one.key == "conference"]


def said_of(child):
    facts = banner_facts(social_worker(), child, TODAY)
    return [fact.text for fact in facts if fact.text.startswith("Conference: ")]


def test_a_report_past_its_day_is_on_the_list_with_whose_it_is(ask, awaited):
    page, words = listed(ask, "reports")

    assert [line.conference.pk for line in page.lines] == [awaited.conference_id]
    assert "1 report overdue" in words
    assert f"Not here: {awaited.member.agency_name}" in words
    assert ("reports", "Reports overdue", 1) in page.counts


def test_a_report_that_came_or_is_not_due_is_not_overdue(ask, awaited):
    AgencyReport.objects.update(sent_at=timezone.now(), written_by="Mrs Onwu")
    made.asked_agency()

    page, words = listed(ask, "reports")
    assert page.lines == []
    assert "report overdue" not in words


def test_a_report_to_a_conference_called_off_is_waited_for_no_longer(ask, awaited):
    told = {"conference": awaited.conference, "reason": "They moved away."}
    actions.stand_down(**told, by=service_manager())

    assert listed(ask, "reports")[0].lines == []
    assert desk_of(awaited.conference.meeting.chair) == []


def test_papers_past_their_day_are_marked_on_the_list(ask, unsent):
    page, words = listed(ask, "unsent")

    assert [line.conference.pk for line in page.lines] == [unsent.pk]
    assert "Not sent in time" in words
    assert "1 working day late" in words or "Less than 1 working day late" in words


def test_every_page_of_a_child_says_what_is_overdue(awaited, unsent):
    assert said_of(awaited.conference.children.get().child) == ["Conference: 1 report overdue"]
    assert said_of(unsent.children.get().child) == ["Conference: not sent in time"]
    assert said_of(made.issued().children.get().child) == []


def test_a_childs_front_page_tells_of_an_earlier_conference_not_sent(client, unsent):
    child = unsent.children.get().child
    client.force_login(social_worker())
    with at_most_queries(15):
        page = text(client.get(reverse("desk:child", args=[child.pk])))
    set_worker(hearth_itself())

    assert "Review child protection conference" in page
    assert "not sent to everybody yet" in page


def test_the_chair_and_the_note_taker_have_it_on_their_desk(client, awaited, unsent):
    meeting = awaited.conference.meeting
    for worker, many in ((meeting.chair, 1), (meeting.note_taker, 1), (unsent.meeting.chair, 1)):
        (panel,) = desk_of(worker)
        assert len(panel.context["lines"]) == many
    assert desk_of(made.chair()) == desk_of(social_worker()) == []

    client.force_login(meeting.chair)
    page = text(client.get(reverse("desk:home")))
    set_worker(hearth_itself())
    assert reverse("protection:conference_reports", args=[awaited.conference_id]) in page
    assert str(awaited.conference.children.get().child) in page


def test_the_list_is_a_page_at_a_time_and_costs_the_same_however_long(ask, monkeypatch):
    monkeypatch.setattr(conference_list, "A_PAGE", 2)
    taker = made.note_taker()
    for _ in range(3):
        made.requested()

    first = ask(taker, "conferences", query_params={"show": "unbooked"})
    second = ask(taker, "conferences", query_params={"show": "unbooked", "page": "2"})

    assert "3 conferences, showing 1 to 2" in text(first)
    assert "?show=unbooked&amp;page=2" in text(first)
    shown = [line.conference.pk for one in (first, second) for line in one.context["page"].lines]
    assert len(shown) == len(set(shown)) == 3
