"""The work list: every task in its band, grouped by family, and none left out unsaid."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from hearth.accounts.actions import system_worker
from hearth.accounts.models import Notice
from hearth.accounts.tests.factories import UserFactory
from hearth.accounts.worker_context import set_worker
from hearth.casework.models import Task
from hearth.casework.tests.factories import TaskFactory
from hearth.config.testing import at_most_queries, hearth_itself
from hearth.desk import pages, work
from hearth.people.tests.factories import ChildFactory
from hearth.records.tests.factories import DraftFactory
from hearth.workforce.tests.factories import TeamFactory, manager, social_worker

pytestmark = pytest.mark.django_db
TODAY = date(2026, 2, 3)


@pytest.fixture
def worker():
    return UserFactory.create()


def due(worker, day, count=1, **kwargs):
    about = [ChildFactory.create().pk]
    return [
        TaskFactory.create(worker=worker, due_on=day, about=about, **kwargs) for _ in range(count)
    ]


def shown(worker, **skip):
    found, _ = work.bands(Task.objects.filter(worker=worker), today=TODAY, skip=skip)
    return {band.key: band for band in found}


def test_a_long_backlog_hides_nothing_due_today_and_counts_what_it_leaves_out(worker, monkeypatch):
    monkeypatch.setattr(work, "MOST", 2)
    due(worker, TODAY - timedelta(3), count=5)
    due(worker, TODAY)

    found = shown(worker)

    assert (found["overdue"].count, found["overdue"].left_out) == (5, 3)
    assert (found["soon"].count, found["soon"].left_out) == (1, 0)


def test_the_rest_of_a_long_band_is_on_its_next_pages(worker, monkeypatch):
    monkeypatch.setattr(work, "MOST", 2)
    tasks = due(worker, TODAY - timedelta(3), count=5)

    first, second, third = (shown(worker, overdue=str(skip))["overdue"] for skip in (0, 2, 4))

    pages = [
        [line.task for family in page.families for line in family.lines]
        for page in (first, second, third)
    ]
    assert [task for page in pages for task in page] == tasks
    assert (first.next_from, second.next_from, third.left_out) == (2, 4, 0)


@pytest.mark.parametrize("typed", ["", "-1", "x", "9" * 30, "\u0663"])
def test_a_page_that_is_no_number_is_the_first(worker, typed):
    due(worker, TODAY)

    assert shown(worker, soon=typed)["soon"].count == 1


def test_a_task_with_no_date_comes_last(worker):
    undated, dated = due(worker, None)[0], due(worker, TODAY + timedelta(9))[0]

    families = shown(worker)["coming"].families

    assert [family.lines[0].task for family in families] == [dated, undated]


def test_a_long_list_says_on_the_page_how_many_more_there_are(client, worker, monkeypatch):
    monkeypatch.setattr(work, "MOST", 2)
    due(worker, timezone.localdate() - timedelta(3), count=5)
    client.force_login(worker)

    with at_most_queries(15):
        page = client.get(reverse("desk:work")).content.decode()

    assert "(5)" in page
    assert "3 more are not on this page" in page
    assert "?overdue=2#band-overdue" in page
    assert (
        "Back to the first" in client.get(reverse("desk:home"), {"overdue": "2"}).content.decode()
    )


def told_of(worker, count):
    for number in range(count):
        Notice.objects.create(to=worker, text=f"Notice {number}", told_by=system_worker())


def desk(client, worker, **asked):
    client.force_login(worker)
    with at_most_queries(15):
        page = client.get(reverse("desk:home"), asked).content.decode()
    set_worker(hearth_itself())
    return page


def test_a_desk_shows_the_first_of_each_list_and_the_way_to_all_of_it(client, monkeypatch):
    monkeypatch.setattr(pages, "SHORT", dict.fromkeys(pages.SHORT, 2))
    team = TeamFactory.create()
    boss, today = manager(team), timezone.localdate()
    due(boss, today - timedelta(3), count=4)
    done_by = social_worker(team)
    done = {"done_on": today, "done_at": timezone.now(), "done_by": done_by, "team": team}
    due(done_by, today, count=3, step_key="assessments.single", **done)
    told_of(boss, pages.TO_READ + 2)
    for number in range(3):
        DraftFactory.create(worker=boss, key=f"records.note.{number}")

    page = desk(client, boss)
    assert page.count("Notice ") == pages.TO_READ
    assert f"See all {pages.TO_READ + 2}, and what you have read before" in page
    assert reverse("accounts:notices") in page
    for key, count in (("overdue", 4), ("sign_off", 3), ("drafts", 3)):
        assert f'"?{key}=0#band-{key}">See all {count}<' in page
        assert f'id="band-{key}"' in page

    every = desk(client, boss, overdue="0", sign_off="0", drafts="0")
    assert "See all 4" not in every
    assert "See all 3" not in every
    assert every.count("Back to the first of these") == 3
    assert every.count("hearth-task__name") == page.count("hearth-task__name") + 2 + 1 + 1
    assert "Waiting for you to sign off" not in desk(client, boss, sign_off="9")


def test_a_desk_on_which_nothing_waits_still_leads_to_what_was_read(client, worker):
    page = desk(client, worker)
    assert "Nothing new has been told you" in page
    assert "What you have read before" in page
