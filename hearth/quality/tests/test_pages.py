"""The pages of checks: what is found, why, and why the others are quiet."""

from datetime import timedelta

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from procrastinate.contrib.django.models import ProcrastinateJob

from hearth.accounts.actions import system_worker
from hearth.accounts.worker_context import set_worker
from hearth.casework.tests.pages import days
from hearth.config.testing import at_most_queries, hearth_itself
from hearth.design.components.words import day
from hearth.lib.dates import how_long_ago
from hearth.lib.panels import banner_facts, desk_panels, panels_for
from hearth.quality.actions import ask_to_set_aside, look
from hearth.quality.models import Alert, SetAside
from hearth.quality.tests.stories import Case
from hearth.quality.touched import touched
from hearth.workforce.tests.factories import manager, social_worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def case(today):
    case = Case()
    case.enquiry(today - timedelta(7))
    look([case.child.pk], today=today, by=system_worker())
    return case


@pytest.fixture
def alert(case):
    return Alert.objects.get(check_key="PC-022")


def see(client, who, name, *args, query=""):
    client.force_login(who)
    with at_most_queries(15):
        response = client.get(reverse(f"quality:{name}", args=args) + query)
    set_worker(hearth_itself())
    assert response.status_code == 200, response.content.decode()
    return response.content.decode()


def send(client, who, name, *args, **data):
    client.force_login(who)
    response = client.post(reverse(f"quality:{name}", args=args), data)
    set_worker(hearth_itself())
    return response


def test_a_childs_page_says_what_sounds_and_why_the_rest_is_quiet(client, case, alert):
    page = see(client, case.worker, "child", case.child.pk)

    assert "Child not seen, or not seen alone, in a section 47 enquiry" in page
    assert "has not been seen in the enquiry" in page
    assert "Laming" in page
    assert "7 days ago)" in page
    assert f'So since</dt><dd class="govuk-summary-list__value">{day(alert.since)}' in page
    assert "How to put it right" in page
    assert f"{case.boss}, " in page
    assert "Why has it not sounded?" in page
    assert "was registered throughout" in page
    assert "This child has no child protection plan." in page
    assert "Not relevant because" in page


def test_a_page_of_a_child_nobody_has_looked_at_says_so(client):
    case = Case()
    assert "not looked at this record yet" in see(client, case.worker, "child", case.child.pk)
    send(client, case.worker, "look_again", case.child.pk)
    assert "Nothing: no check sounds" in see(client, case.worker, "child", case.child.pk)


def test_a_worker_who_does_not_have_the_case_may_not_set_it_aside(client, case, alert):
    stranger = social_worker()
    assert "Not relevant because" not in see(client, stranger, "child", case.child.pk)
    assert send(client, stranger, "ask_to_set_aside", alert.pk, reason="No").status_code == 403


def test_a_worker_asks_and_a_manager_decides(client, case, alert, today):
    send(client, case.worker, "ask_to_set_aside", alert.pk, reason="Femi saw him.")
    assert "A manager has not decided yet" in see(client, case.worker, "child", case.child.pk)
    assert "Femi saw him." in see(client, case.boss, "decide_to_set_aside", alert.pk)

    nothing = send(client, case.boss, "decide_to_set_aside", alert.pk, agree="yes")
    assert "Enter the day" in nothing.content.decode()
    until = days("until", today + timedelta(10))
    send(client, case.boss, "decide_to_set_aside", alert.pk, agree="yes", **until)

    assert SetAside.objects.get().until == today + timedelta(10)
    assert "Set aside for now" in see(client, case.boss, "child", case.child.pk)


def test_a_manager_who_does_not_agree_must_say_what_to_do(client, case, alert):
    ask_to_set_aside(alert=alert, reason="Femi saw him.", by=case.worker)
    nothing = send(client, case.boss, "decide_to_set_aside", alert.pk, agree="no")
    assert "Say what is to be done" in nothing.content.decode()
    send(client, case.boss, "decide_to_set_aside", alert.pk, agree="no", words="See him.")
    assert "did not agree: See him." in see(client, case.worker, "child", case.child.pk)


def test_the_list_is_the_workers_own_and_the_managers_teams(client, case, today):
    for who in (case.worker, case.boss):
        page = see(client, who, "alerts")
        assert str(case.child) in page
        assert "1 thing to put right" in page
    for who in (social_worker(), manager()):
        assert str(case.child) not in see(client, who, "alerts")
    assert "0 things" in see(client, case.worker, "alerts", query="?severity=low")
    assert "1 thing" in see(client, case.worker, "alerts", query="?check=PC-022")


def test_every_check_is_in_words_with_how_many_it_has_found(client, case):
    page = see(client, case.boss, "checks")
    assert "1 to put right" in page
    assert "Managers are told at once" in page


def test_the_desk_and_the_childs_front_page_say_it(case, today):
    def title(panels):
        return [panel.title for panel in panels if panel.key == "checks"]

    assert title(desk_panels(case.worker, today)) == ["To put right (1)"]
    assert title(desk_panels(case.boss, today)) == ["To put right (1)"]
    assert title(desk_panels(social_worker(), today)) == []
    assert title(panels_for(case.worker, case.child, today)) == ["To put right (1)"]
    assert title(panels_for(case.worker, Case().child, today)) == []


def test_where_an_alarm_is_seen_its_age_and_what_clears_it_are_said(case, alert, today):
    def words(panels):
        return "".join(
            render_to_string(one.template, {"panel": one.context})
            for one in panels
            if one.key == "checks"
        )

    desk, front = desk_panels(case.worker, today), panels_for(case.worker, case.child, today)
    for page in (words(desk), words(front)):
        assert alert.because in page
        assert how_long_ago(alert.since, today) in page
        assert escape(alert.check_declared.put_right) in page
    assert escape(alert.check_declared.authority) in words(front)
    assert escape(alert.check_declared.rule) in words(front)
    assert f"{case.boss}, " in words(front)
    assert "7 days ago)" in words(front)


def test_every_page_of_a_child_says_that_a_critical_check_sounds(case, today):
    def said(child):
        tags = [fact.text for fact in banner_facts(case.worker, child, today)]
        return [text for text in tags if "critical check" in text]

    assert said(case.child) == ["1 critical check to put right"]
    assert said(Case().child) == []


def test_the_checks_look_again_soon_after_a_record_is_written(
    case, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        touched([case.child.pk])
        touched([case.child.pk])

    job = ProcrastinateJob.objects.get(task_name="quality.look_again")
    assert job.args == {"children": [case.child.pk]}


def test_work_in_bulk_waits_for_the_night(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        touched(list(range(1, 200)))

    assert not ProcrastinateJob.objects.filter(task_name="quality.look_again").exists()
