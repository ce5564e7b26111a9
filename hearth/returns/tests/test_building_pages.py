"""Building a census from a page: progress, reconciliation, the file, and what is done with it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from hearth.accounts.models import TrailEvent
from hearth.accounts.roles import Role
from hearth.accounts.tests.factories import UserFactory
from hearth.accounts.worker_context import set_worker
from hearth.casework.tests.factories import EpisodeFactory
from hearth.config.testing import at_most_queries, hearth_itself
from hearth.lib.errors import CannotDo
from hearth.people.tests.factories import ChildFactory, RestrictionFactory
from hearth.records import storage
from hearth.returns import actions, tasks
from hearth.returns.models import BuildState, CensusBuild, CensusBuildLine
from hearth.returns.tests.building import assessed, build

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("documents")]
WATCHING = {"HX-Request": "true"}


def referred(number="A1", on=date(2025, 6, 2), **said):
    child = ChildFactory.create(la_child_id=number)
    return EpisodeFactory.create(child=child, started_on=on, **said)


@pytest.fixture
def analyst(client):
    client.force_login(UserFactory.create(roles=[Role.ANALYST]))
    return client


def address(name, built):
    return reverse(f"returns:{name}", args=[built.pk])


def test_a_census_is_asked_for_built_by_the_worker_and_taken_out(analyst):
    referred()
    assessed(referred("A2", date(2025, 1, 6)), date(2025, 1, 7))
    page = analyst.post(reverse("returns:build_census"), {"year": "2026"}).url
    before = analyst.get(page, headers=WATCHING)

    tasks.build_census(**ProcrastinateJob.objects.get().args)

    after = analyst.get(page, headers=WATCHING)
    assert "HX-Refresh" not in before
    assert after["HX-Refresh"] == "true"
    shown = analyst.get(page).content.decode()
    assert "2 in the file" in shown
    assert "begun on 7 January 2025" in shown
    built = CensusBuild.objects.get()
    response = analyst.get(address("download_build", built))
    assert b"".join(response.streaming_content).startswith(b"<?xml")
    assert built.file_name in response["Content-Disposition"]
    set_worker(hearth_itself())
    assert TrailEvent.objects.filter(what="GET returns.download_build").exists()


def test_the_record_as_it_stood_at_a_moment_can_be_asked_for(analyst):
    moment = {"as_at_day": "1", "as_at_month": "7", "as_at_year": "2026", "as_at_time": "12:00"}

    analyst.post(reverse("returns:build_census"), {"year": "2025", **moment})

    built = CensusBuild.objects.get()
    assert (built.year, timezone.localtime(built.as_at).isoformat()) == (
        2025,
        "2026-07-01T12:00:00+01:00",
    )


def test_a_moment_to_come_is_refused_on_the_form_with_what_was_typed(analyst):
    moment = {"as_at_day": "1", "as_at_month": "7", "as_at_year": "2099", "as_at_time": "12:00"}

    page = analyst.post(reverse("returns:build_census"), {"year": "2026", **moment})

    assert "must not be in the future" in page.content.decode()
    assert 'value="2099"' in page.content.decode()
    assert not CensusBuild.objects.exists()


def test_a_year_with_nothing_in_it_says_so_on_its_page(analyst):
    page = analyst.post(reverse("returns:build_census"), {"year": "2026"}).url

    tasks.build_census(**ProcrastinateJob.objects.get().args)

    assert "Nobody on record has anything" in analyst.get(page).content.decode()


def test_a_restricted_child_is_counted_in_the_file_and_on_no_list(analyst):
    hidden = referred("A7", date(2025, 1, 6))
    assessed(hidden, date(2025, 1, 7))
    assessed(referred("A8", date(2025, 1, 6)), date(2025, 1, 7))
    built = build()
    RestrictionFactory.create(person=hidden.child)

    page = analyst.get(address("build", built)).content.decode()
    csv = analyst.get(address("download_reconciliation", built)).content.decode()

    assert "2 in the file" in page
    assert "A8" in page
    assert "A8" in csv
    assert "A7" not in page + csv
    assert "(1)" in page


def test_a_long_list_comes_in_pages_narrowed_by_reason_and_asks_no_more_for_more(analyst):
    for number in range(3):
        assessed(referred(f"A{number}", date(2025, 1, 6)), date(2025, 1, 7))
    built = build()
    child = ChildFactory.create(la_child_id="Z1")
    CensusBuildLine.objects.bulk_create(
        CensusBuildLine(build=built, child=child, la_child_id=f"Z{n}", reason="nothing")
        for n in range(120)
    )

    with at_most_queries(15):
        first = analyst.get(address("build", built)).content.decode()
    narrowed = analyst.get(address("build", built), {"reason": "nothing", "page": "2"})

    assert "3 lines" in first
    assert "Z119" in narrowed.content.decode()
    assert "Z1<" not in narrowed.content.decode()


def test_the_reconciliation_says_every_count_and_every_line(analyst):
    assessed(referred("A1", date(2025, 1, 6)), date(2025, 1, 7))
    ChildFactory.create(la_child_id="A2")
    built = build()

    text = analyst.get(address("download_reconciliation", built)).content.decode()

    assert ",Children in the file,1" in text
    assert "A2,Nothing of theirs is in the year," in text
    assert 'A1,"In the file, with something left out"' in text


def test_a_file_that_was_sent_is_marked_and_can_no_longer_be_deleted(analyst):
    referred()
    built = build()
    today = timezone.localdate()
    day: Any = {
        "submitted_on_day": today.day,
        "submitted_on_month": today.month,
        "submitted_on_year": today.year,
    }

    analyst.post(address("submit_build", built), day)

    page = analyst.get(address("build", built)).content.decode()
    assert "marked by" in page
    assert "Delete the file" not in page
    assert analyst.post(address("delete_build", built)).status_code == 403
    built.refresh_from_db()
    assert built.has_file


def test_a_file_is_deleted_from_the_disk_and_what_was_built_stays(
    analyst, django_capture_on_commit_callbacks
):
    referred()
    built = build()
    path = storage.path_of(built.stored_as)
    assert "Delete the file" in analyst.get(address("delete_build", built)).content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        analyst.post(address("delete_build", built))

    assert not path.exists()
    page = analyst.get(address("build", built)).content.decode()
    assert built.digest in page
    assert "Download the XML" not in page
    assert analyst.get(address("download_build", built)).status_code == 403


def test_the_actions_hold_whatever_a_page_lets_through():
    referred()
    built, today, by = build(), timezone.localdate(), hearth_itself()
    said: Any = {"build": built, "today": today, "by": by}
    with pytest.raises(CannotDo, match="between the day it was built and today"):
        actions.mark_submitted(submitted_on=today - timedelta(days=1), **said)
    actions.mark_submitted(submitted_on=today, **said)
    with pytest.raises(CannotDo, match="already"):
        actions.mark_submitted(submitted_on=today, **said)
    with pytest.raises(CannotDo, match="is kept"):
        actions.delete_build(build=built, by=by)
    other = build()
    actions.delete_build(build=other, by=by)
    for deed in (actions.mark_submitted, actions.delete_build):
        extra = {"submitted_on": today, "today": today} if deed is actions.mark_submitted else {}
        with pytest.raises(CannotDo, match="no file"):
            deed(build=other, by=by, **extra)


def test_a_build_that_was_broken_off_begins_anew_and_says_what_stopped_it(monkeypatch):
    assessed(referred("A1", date(2025, 1, 6)), date(2025, 1, 7))

    def stop(_stream):
        raise MemoryError

    monkeypatch.setattr(actions.building, "read_census", stop)
    with pytest.raises(MemoryError):
        build()
    monkeypatch.undo()
    built = CensusBuild.objects.get()
    assert built.state == BuildState.FAILED
    assert "Something went wrong, and it stopped" in built.failure

    actions.build_census(build=built, by=hearth_itself())

    assert built.state == BuildState.DONE
    assert built.lines.count() == 1


def test_an_administrator_may_neither_build_nor_take_out(client):
    referred()
    built = build()
    client.force_login(UserFactory.create(roles=[Role.ADMINISTRATOR]))

    assert client.get(reverse("returns:build_census")).status_code == 403
    assert client.get(address("download_build", built)).status_code == 403


def test_what_the_rules_find_is_shown_to_whoever_asks_as_of_our_own_record(analyst, documents):
    referred()
    built = build()

    page = analyst.post(address("check_build", built)).url
    job = ProcrastinateJob.objects.get(task_name="returns.check_return")
    tasks.check_return(**job.args)

    shown = analyst.get(page).content.decode()
    assert "8540" in shown
    storage.path_of(built.stored_as).unlink()
    assert "not in the store" in analyst.post(address("check_build", built)).content.decode()
    assert "not in the store" in analyst.get(address("download_build", built)).content.decode()


def test_the_same_file_is_built_again_from_its_page(analyst):
    referred()
    built = build()
    assert "the same moment" in analyst.get(address("build_again", built)).content.decode()

    analyst.post(address("build_again", built))
    tasks.build_census(**ProcrastinateJob.objects.get(task_name="returns.build_census").args)

    again = CensusBuild.objects.exclude(pk=built.pk).get()
    assert (again.digest, again.as_at) == (built.digest, built.as_at)
