"""What checking a return asks besides its files: its year, and what no return holds."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from hearth.accounts.roles import Role
from hearth.accounts.tests.factories import UserFactory
from hearth.accounts.worker_context import acting_as, set_worker
from hearth.config.testing import hearth_itself
from hearth.lib.errors import CannotDo
from hearth.returns import actions, tasks
from hearth.returns.models import CheckedReturn
from hearth.returns.tests.factories import COLUMNS, checked, upload

pytestmark = pytest.mark.django_db
EPISODES = (
    "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN"
)
SOUND = f"{COLUMNS}\n1,1,01/02/2015,WBRI,,,\n"
PLACED = f"{EPISODES}\n1,01/05/2025,S,C2,N1,U4,PR1,,,,AB1 2CD,AB1 2CD,SC1\n"
PLACES = "POSTCODE,AUTHORITY,EASTING,NORTHING\nAB1 2CD,E06000001,400000,300000\n"
NO_YEAR = {"collection": "ssda903"}


@pytest.fixture
def analyst():
    return UserFactory.create(roles=[Role.ANALYST])


@pytest.fixture
def desk(client, analyst, settings, tmp_path):
    settings.DOCUMENTS = tmp_path
    client.force_login(analyst)
    return client


def page(desk, name, made):
    response = desk.get(reverse(f"returns:{name}", args=[made.pk]))
    set_worker(hearth_itself())
    return response


def words(response):
    return " ".join(response.content.decode().split()).replace("&#x27;", "'")


def held(tmp_path):
    return [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_return_that_shows_no_year_keeps_its_files_until_it_is_told(desk, analyst, tmp_path):
    made = checked(analyst, upload("a.csv", SOUND), **NO_YEAR)
    asked = reverse("returns:say_year", args=[made.pk])
    assert "Waits to be told its year" in words(desk.get(reverse("returns:home")))
    assert page(desk, "view_check", made).url == asked
    assert "Choose the year" in words(desk.post(asked, {"year": ""}))
    response = desk.post(asked, {"year": "2026"}, follow=True)
    set_worker(hearth_itself())
    assert "Waiting to begin" in words(response)
    job = ProcrastinateJob.objects.filter(task_name="returns.check_return").latest("pk")
    tasks.check_return(**job.args)

    assert "31 March 2026" in words(page(desk, "view_check", made))
    assert not list((tmp_path / "incoming").iterdir()), "the files went when they had been read"
    assert desk.post(asked, {"year": "2025"}).status_code == 403
    set_worker(hearth_itself())
    with acting_as(analyst), pytest.raises(CannotDo, match="does not wait"):
        actions.say_year(checked=made, year=2025, by=analyst)


def test_a_return_never_told_its_year_goes_after_an_hour_or_when_it_is_removed(
    desk, analyst, tmp_path
):
    late, removed = (checked(analyst, upload("a.csv", SOUND), **NO_YEAR) for _ in range(2))
    desk.post(reverse("returns:delete_check", args=[removed.pk]))
    set_worker(hearth_itself())
    CheckedReturn.objects.filter(pk=late.pk).update(held_until=timezone.now() - timedelta(days=1))
    with acting_as(analyst), pytest.raises(CannotDo, match="removed already"):
        actions.say_year(checked=late, year=2026, by=analyst)
    tasks.clear()

    assert not held(tmp_path)


def test_lists_from_outside_let_more_rules_be_run_and_go_as_the_files_do(desk, tmp_path):
    sent = {
        "collection": "ssda903",
        "year": "2026",
        "this_year": [upload("header.csv", SOUND), upload("episodes.csv", PLACED)],
    }
    alone = sent_and_checked(desk, sent)
    lists = {
        "authority": " E06000001 ",
        "providers": upload("ofsted.csv", "URN,LA\nSC1,E06000001\n"),
        "postcodes": upload("places.csv", PLACES),
    }
    both = sent_and_checked(desk, sent | lists)

    assert both.rules > alone.rules
    assert "with ofsted.csv, places.csv" in words(page(desk, "view_check", both))
    assert "It needs Ofsted's list of providers" in words(page(desk, "view_check", alone))
    assert not list((tmp_path / "incoming").iterdir())


def sent_and_checked(desk, sent):
    for file in sent["this_year"]:
        file.seek(0)
    desk.post(reverse("returns:check_return"), sent)
    set_worker(hearth_itself())
    made = CheckedReturn.objects.latest("pk")
    tasks.check_return(checked_id=made.pk)
    return CheckedReturn.objects.get(pk=made.pk)


def test_the_code_that_is_asked_for_is_the_councils_own_until_another_is_typed(desk, settings):
    settings.AUTHORITY_AREA = "E06000002"

    assert 'value="E06000002"' in words(desk.get(reverse("returns:check_return")))
