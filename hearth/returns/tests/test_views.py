"""Bringing a census in from a page."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from hearth.accounts.roles import Role
from hearth.accounts.tests.factories import UserFactory
from hearth.accounts.worker_context import set_worker
from hearth.config.testing import at_most_queries, hearth_itself
from hearth.people.models import Person
from hearth.returns import tasks
from hearth.returns.models import CensusImport
from hearth.returns.tests.test_reader import CHILD, census

pytestmark = pytest.mark.django_db


@pytest.fixture
def analyst(client, settings, tmp_path):
    settings.DOCUMENTS = tmp_path
    client.force_login(UserFactory.create(roles=[Role.ANALYST]))
    return client


def upload(text):
    return {"file": SimpleUploadedFile("census.xml", text.encode())}


def test_a_census_is_brought_in_by_the_worker_and_its_progress_shown(analyst, tmp_path):
    response = analyst.post(reverse("returns:import_census"), upload(census(CHILD)))
    [job] = ProcrastinateJob.objects.all()
    tasks.import_census(**job.args)
    set_worker(hearth_itself())
    assert Person.objects.children().count() == 1

    with at_most_queries(15):
        page = analyst.get(response.url).content.decode()

    assert "Put on record" in page
    assert not list((tmp_path / "incoming").iterdir())


def test_the_page_that_watches_is_drawn_whole_once_the_last_child_is_in(analyst):
    page = analyst.post(reverse("returns:import_census"), upload(census(CHILD))).url
    watching = {"HX-Request": "true"}
    before = analyst.get(page, headers=watching)
    tasks.import_census(**ProcrastinateJob.objects.get().args)
    after = analyst.get(page, headers=watching)

    assert "HX-Refresh" not in before
    assert after["HX-Refresh"] == "true"


def test_a_broken_file_is_refused_on_the_page_and_leaves_nothing(analyst, tmp_path):
    page = analyst.post(reverse("returns:import_census"), upload(census(CHILD)[:-30]))

    assert "not well-formed" in page.content.decode()
    assert not CensusImport.objects.exists()
    assert not list((tmp_path / "incoming").iterdir())


def test_every_line_can_be_downloaded(analyst):
    response = analyst.post(reverse("returns:import_census"), upload(census(CHILD)))
    tasks.import_census(**ProcrastinateJob.objects.get().args)

    run = CensusImport.objects.get()
    lines = b"".join(analyst.get(reverse("returns:download_import", args=[run.pk])))

    assert b"A1,1,Put on record" in lines
    assert response.status_code == 302


def test_an_administrator_may_not_bring_children_in(client):
    client.force_login(UserFactory.create(roles=[Role.ADMINISTRATOR]))

    assert client.get(reverse("returns:import_census")).status_code == 403
