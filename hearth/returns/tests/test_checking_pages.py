"""Checking a return from its page: given, watched, read, downloaded, kept and deleted."""

import io
import os
import stat
import zipfile
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from hearth.accounts.models import TrailEvent
from hearth.accounts.roles import Role
from hearth.accounts.tests.factories import UserFactory
from hearth.accounts.worker_context import acting_as, set_worker
from hearth.config.testing import at_most_queries, hearth_itself
from hearth.lib.errors import CannotDo
from hearth.returns import actions, kept, tasks
from hearth.returns.models import CheckedReturn, CheckState
from hearth.returns.tests.factories import FAULTY, checked, given, upload
from hearth.returns.tests.test_reader import CHILD, census

pytestmark = pytest.mark.django_db
HEADER = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB"


@pytest.fixture(autouse=True)
def _documents_of_its_own(settings, tmp_path):
    settings.DOCUMENTS = tmp_path


@pytest.fixture
def analyst():
    return UserFactory.create(roles=[Role.ANALYST])


@pytest.fixture
def desk(client, analyst):
    client.force_login(analyst)
    return client


def page(desk, name, made, **asked):
    response = desk.get(reverse(f"returns:{name}", args=[made.pk]), asked)
    set_worker(hearth_itself())
    return response


def words(response):
    return " ".join(response.content.decode().split())


def held(tmp_path):
    return [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_census_is_given_checked_by_the_worker_and_read_rule_by_rule(desk, tmp_path):
    sent = {"collection": "cin", "this_year": upload("census.xml", census(CHILD, FAULTY))}
    response = desk.post(reverse("returns:check_return"), sent)
    waiting = words(desk.get(response.url))
    assert "Waiting to begin" in waiting
    assert "http-equiv" in waiting, "it goes on without scripts"

    set_worker(hearth_itself())
    tasks.check_return(**ProcrastinateJob.objects.get(task_name="returns.check_return").args)
    with at_most_queries(15):
        found = words(desk.get(response.url))

    assert "1103" in found
    assert "census.xml" in found
    assert "2 children in it" in found
    assert not list((tmp_path / "incoming").iterdir()), "the files went when they had been read"


def test_a_page_that_watches_is_drawn_whole_at_the_end(desk, analyst):
    made = given(analyst)
    address = reverse("returns:view_check", args=[made.pk])
    watching = {"HX-Request": "true"}
    assert "HX-Refresh" not in desk.get(address, headers=watching)
    tasks.check_return(checked_id=made.pk)

    assert desk.get(address, headers=watching)["HX-Refresh"] == "true"


def test_progress_says_how_many_of_the_rules_have_been_asked(desk, analyst):
    made = given(analyst)
    CheckedReturn.objects.filter(pk=made.pk).update(state="running", rules=109, rules_done=34)

    assert "34 of 109 rules asked" in words(page(desk, "view_check", made))


def test_each_finding_says_what_the_row_says_and_where_it_is(desk, analyst):
    made = checked(analyst)
    with at_most_queries(15):
        found = words(page(desk, "findings_of_check", made, rule="1103"))

    assert "AssessmentActualStartDate: <b>2025-05-01</b>" in found
    assert "Assessments, row 2" in found
    assert "Put it right" not in found, "another system may have the same identifiers"


@pytest.mark.parametrize(
    ("asked", "some"),
    [
        ({"child": "A1"}, True),
        ({"child": "NOBODY"}, False),
        ({"severity": "error", "table": "Assessments"}, True),
        ({"rule": "1103", "severity": "query"}, False),
        ({"rule": "' OR 1=1", "page": "99999999999"}, False),
        ({"severity": "neither"}, True),
    ],
)
def test_findings_are_narrowed(desk, analyst, asked, some):
    found = words(page(desk, "findings_of_check", checked(analyst), **asked))

    assert ("No finding matches" not in found) is some


def test_a_page_holds_a_hundred_however_many_there_are(desk, analyst):
    many = [CHILD.replace("A1", f"C{n}").replace("2025-06-03", "2025-05-01") for n in range(250)]
    made = checked(analyst, upload("census.xml", census(*many)))
    with at_most_queries(15):
        last = words(page(desk, "findings_of_check", made, rule="1103", page="5"))
    assert "showing 401 to 500" in last
    with at_most_queries(15):
        children = words(page(desk, "children_of_check", made, page="3"))
    assert "250 children, showing 201 to 250" in children


def test_a_looked_after_return_says_which_rules_were_not_run(desk, analyst):
    header = upload("a.csv", f"{HEADER}\n1,1,01/02/2015,WBRI,,,\n2,1,2015-02-01,WBRI,,,\n")
    made = checked(analyst, header, collection="ssda903", year=2026)
    found = words(page(desk, "view_check", made))

    assert "Rules that were not run" in found
    assert "There is no Episodes" in found
    assert made.year == 2026
    dates = words(page(desk, "findings_of_check", made, child="2"))
    assert "2015-02-01" in dates, "a date in another format is found by a rule"


def test_a_year_whose_rules_are_not_known_is_checked_by_the_nearest_and_that_is_said(desk, analyst):
    made = checked(analyst, year=2024)

    assert "rules of 2024 are not known, so those of 2025 were asked" in words(
        page(desk, "view_check", made)
    )


def test_last_years_files_let_rules_that_compare_be_run(analyst):
    def headers(sex):
        return upload("header.csv", f"{HEADER}\n1,{sex},01/02/2015,WBRI,,,\n")

    alone = checked(analyst, headers(1), collection="ssda903", year=2026)
    both = checked(analyst, headers(1), collection="ssda903", year=2026, last_year=[headers(2)])

    assert both.rules > alone.rules


def test_the_findings_are_downloaded_whole_or_as_they_are_narrowed(desk, analyst):
    made = checked(analyst)
    whole = b"".join(page(desk, "check_as_csv", made)).decode()
    some = b"".join(page(desk, "check_as_csv", made, rule="1103")).decode()
    book = b"".join(page(desk, "check_as_excel", made, rule="1103"))

    assert whole.startswith("rule,severity,message,child,table,row,fields,values")
    assert len(some.splitlines()) < len(whole.splitlines())
    sheets = zipfile.ZipFile(io.BytesIO(book)).namelist()
    assert "xl/worksheets/sheet3.xml" in sheets


def test_what_was_found_is_for_whoever_asked_and_nobody_else(client, analyst):
    made = checked(analyst)
    client.force_login(UserFactory.create(roles=[Role.ANALYST, Role.SERVICE_MANAGER]))
    for name in ("view_check", "children_of_check", "findings_of_check", "check_as_csv"):
        assert page(client, name, made).status_code == 404
    assert client.post(reverse("returns:delete_check", args=[made.pk])).status_code == 404
    with acting_as(UserFactory.create(roles=[Role.ADMINISTRATOR])):
        assert not CheckedReturn.objects.exists(), "the database itself keeps it"


def test_it_is_readable_by_hearth_alone_and_named_so_that_nobody_guesses(analyst, tmp_path):
    made = given(analyst)
    files = held(tmp_path)
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    tasks.check_return(checked_id=made.pk)
    [file] = held(tmp_path)

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.name == made.file
    assert len(made.file) == 64


def test_after_an_hour_it_cannot_be_opened_and_the_worker_clears_it_away(desk, analyst, tmp_path):
    made = checked(analyst)
    CheckedReturn.objects.filter(pk=made.pk).update(held_until=timezone.now() - timedelta(days=1))
    assert page(desk, "view_check", made).status_code == 404
    assert held(tmp_path), "nobody has cleared it yet"

    tasks.clear()
    assert not held(tmp_path)
    assert TrailEvent.objects.filter(what__contains="its hour was over").exists()


def test_what_is_kept_stays_until_it_is_deleted(desk, analyst, tmp_path):
    made = checked(analyst)
    address = reverse("returns:keep_check", args=[made.pk])
    long = f"For the meeting {'x' * 300}"
    assert long in words(desk.post(address, {"reason": long})), "what was typed stands"
    assert "Say why it is to be kept" in words(desk.post(address, {"reason": " "}))
    desk.post(address, {"reason": "For the meeting on Friday"})
    set_worker(hearth_itself())
    CheckedReturn.objects.filter(pk=made.pk).update(held_until=timezone.now() - timedelta(days=1))
    tasks.clear()

    assert "Kept since" in words(page(desk, "view_check", made))
    assert TrailEvent.objects.filter(reason="For the meeting on Friday", by_id=analyst.pk).exists()
    assert desk.get(address).status_code == 403, "it is kept already"
    set_worker(hearth_itself())

    response = desk.post(reverse("returns:delete_check", args=[made.pk]), follow=True)
    assert "Nothing of the return" in words(response)
    set_worker(hearth_itself())
    assert not held(tmp_path)
    assert page(desk, "view_check", made).status_code == 404


def test_the_trail_says_who_gave_looked_downloaded_and_deleted(desk, analyst):
    made = checked(analyst)
    page(desk, "findings_of_check", made)
    page(desk, "check_as_csv", made)
    desk.post(reverse("returns:delete_check", args=[made.pk]))
    set_worker(hearth_itself())
    told = set(
        TrailEvent.objects.filter(
            subject=f"returns.CheckedReturn:{made.pk}", by_id=analyst.pk
        ).values_list("what", flat=True)
    )

    assert told >= {
        "Gave a return to be checked",
        "Checked a return",
        "GET returns.view_check",
        "GET returns.download_check",
        "Removed what checking a return found",
    }


def test_a_check_deleted_while_it_runs_stops_and_leaves_nothing(analyst, tmp_path):
    made = given(analyst)
    with acting_as(analyst):
        actions.delete_check(checked=made, by=analyst)
        with pytest.raises(CannotDo, match="removed already"):
            actions.delete_check(checked=made, by=analyst)
    tasks.check_return(checked_id=made.pk)

    assert not held(tmp_path)


def test_what_is_not_over_cannot_be_kept_nor_anything_kept_twice(analyst):
    waiting, done = given(analyst), checked(analyst)
    with acting_as(analyst):
        with pytest.raises(CannotDo, match="not finished"):
            actions.keep_check(checked=waiting, reason="A reason", by=analyst)
        with pytest.raises(CannotDo, match="Say why"):
            actions.keep_check(checked=done, reason=" ", by=analyst)
        actions.keep_check(checked=done, reason="A reason", by=analyst)
        with pytest.raises(CannotDo, match="kept already"):
            actions.keep_check(checked=done, reason="A reason", by=analyst)


def test_a_fault_of_ours_is_said_to_be_ours_and_leaves_no_file(
    desk, analyst, tmp_path, monkeypatch
):
    made = given(analyst)
    monkeypatch.setattr("hearth.returns.check.read_census", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        tasks.check_return(checked_id=made.pk)

    assert "fault in Hearth" in words(page(desk, "view_check", made))
    assert len(held(tmp_path)) == 1, "only what says so"


def test_a_job_that_is_done_twice_leaves_what_the_first_found(desk, analyst):
    made = checked(analyst)
    tasks.check_return(checked_id=made.pk)

    assert "What each rule found" in words(page(desk, "view_check", made))


def test_files_that_went_and_findings_that_went_are_said_to_have_gone(desk, analyst):
    gone, lost = given(analyst), checked(analyst)
    kept.remove_incoming(gone.file)
    tasks.check_return(checked_id=gone.pk)
    kept.remove_found(lost.file)

    assert "no longer here" in words(page(desk, "view_check", gone))
    for name in ("view_check", "check_as_csv", "check_as_excel"):
        response = page(desk, name, lost)
        assert response.status_code == 409
        assert "no longer held" in words(response)


def test_what_was_cut_short_is_cleared_away(analyst, tmp_path):
    made = given(analyst)
    left = kept.folder(kept.PASSING) / "of-nobody"
    left.write_text("findings")
    for path in (left, kept.folder() / made.file):
        os.utime(path, (0, 0))
    CheckedReturn.objects.filter(pk=made.pk).update(
        recorded_at=timezone.now() - timedelta(days=1), state=CheckState.RUNNING
    )
    tasks.clear()

    assert not held(tmp_path)


def test_the_front_page_lists_what_is_held_for_this_worker(desk, analyst):
    checked(analyst), checked(), given(analyst)
    with at_most_queries(15):
        front = words(desk.get(reverse("returns:home")))

    assert (
        front.count("Children in need census (CIN)</a>")
        + front.count("Children in need census (CIN), 2026</a>")
        == 2
    )
    assert "Waiting to begin" in front
    assert "Bring in a CIN census" in front


def test_an_administrator_checks_nothing(client):
    client.force_login(UserFactory.create(roles=[Role.ADMINISTRATOR]))

    assert client.get(reverse("returns:home")).status_code == 403
    assert client.get(reverse("returns:check_return")).status_code == 403
