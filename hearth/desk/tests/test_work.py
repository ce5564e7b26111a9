"""The work list: every task in its band, grouped by family, and none left out unsaid."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from hearth.accounts.tests.factories import UserFactory
from hearth.casework.models import Task
from hearth.casework.tests.factories import TaskFactory
from hearth.config.testing import at_most_queries
from hearth.desk import work
from hearth.people.tests.factories import ChildFactory

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
