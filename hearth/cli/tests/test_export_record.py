"""A child's record is taken out by name, as a worker may know of it, over no other file."""

import json
import stat
import zipfile

import pytest

from hearth.accounts.models import TrailEvent
from hearth.accounts.roles import Role
from hearth.accounts.tests.factories import UserFactory
from hearth.cli.main import OK, UNUSABLE, main
from hearth.people.tests.factories import ChildFactory, RestrictionFactory

pytestmark = pytest.mark.django_db(databases=["default", "owner"])


def export(file, child, by, *more, purpose="court"):
    given = ["--child", child.la_child_id, "--by", by.email, "--purpose", purpose]
    return main(["export", "record", str(file), *given, "--reason", "Order of 3 May", *more])


def test_it_is_one_file_that_only_we_can_read_and_stands_on_the_trail(tmp_path, capsys):
    boss, child = UserFactory.create(roles=[Role.SERVICE_MANAGER]), ChildFactory.create()
    file = tmp_path / "record.zip"

    assert export(file, child, boss, "--json") == OK

    told = json.loads(capsys.readouterr().out)
    assert told["records"] > 1
    assert told["hidden"] == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert set(zipfile.ZipFile(file).namelist()) == {"record.json", "record.pdf"}
    assert TrailEvent.objects.get(what="Took out the whole record").by_id == boss.pk
    assert export(file, child, boss) == UNUSABLE
    assert "there already" in capsys.readouterr().err


def test_it_is_taken_out_by_somebody_who_may_and_may_know_of_the_child(tmp_path, capsys):
    boss, child = UserFactory.create(roles=[Role.SERVICE_MANAGER]), ChildFactory.create()
    file = tmp_path / "record.zip"
    left = UserFactory.create(roles=[Role.CALDICOTT], is_active=False)

    assert export(file, child, UserFactory.create()) == UNUSABLE
    assert export(file, child, left) == UNUSABLE
    RestrictionFactory.create(person=child)
    assert export(file, child, boss) == UNUSABLE

    assert not file.exists()
    said = capsys.readouterr().err
    assert "A service manager" in said
    assert "Nobody signs in as" in said
    assert "may know of no child" in said
