"""A backup can be put back: every row, every document, and the trail as it was written."""

import json
from pathlib import Path

import pytest
from django.db import connections

from hearth.accounts import seal
from hearth.accounts.models import TrailEvent
from hearth.accounts.tests.factories import UserFactory
from hearth.cli.main import FOUND, OK, UNUSABLE, main
from hearth.config import database
from hearth.people.tests.factories import PersonFactory
from hearth.records.models import DocumentVersion
from hearth.records.tests.factories import document

in_the_database = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
ANOTHER = "hearth_test_restored"


def point_at(name):
    """Have both connections use this database."""
    for each in ("default", "owner"):
        connections[each].close()
        connections[each].settings_dict["NAME"] = name


@pytest.fixture
def elsewhere(settings, tmp_path):
    """Go to an empty place when called: another database, another folder of documents."""
    owner = connections["owner"]
    own_name = owner.settings_dict["NAME"]

    def go():
        point_at(ANOTHER)
        settings.DOCUMENTS = tmp_path / "documents-restored"

    yield go
    point_at(own_name)
    with owner._nodb_cursor() as cursor:  # noqa: SLF001
        cursor.execute(f'DROP DATABASE IF EXISTS "{ANOTHER}" WITH (FORCE)')


def said_as_json(capsys, *words):
    code = main([*words, "--json"])
    return code, json.loads(capsys.readouterr().out)


@pytest.fixture
def backup(settings, tmp_path, capsys):
    """A backup of a child with a document, and how many events their trail has."""
    settings.DOCUMENTS = tmp_path / "documents"
    worker = UserFactory.create(roles=["social_worker"])
    document(PersonFactory.create(), by=worker)
    seal.seal()
    code, made = said_as_json(capsys, "backup", str(tmp_path / "kept"))
    assert code == OK
    return made, TrailEvent.objects.count()


@in_the_database
def test_what_was_backed_up_is_there_again(backup, elsewhere, capsys):
    made, events = backup
    elsewhere()

    code, found = said_as_json(capsys, "restore", made["folder"])

    assert code == OK, found
    assert found["trail_stands"]
    assert (found["documents"], found["documents_amiss"]) == (1, [])
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM accounts_trailevent")
        assert cursor.fetchone() == (events,)
    database.refuse_unready()
    database.refuse_to_leak()
    assert main(["restore", made["folder"]]) == UNUSABLE
    assert "only put into an empty place" in capsys.readouterr().err


@in_the_database
def test_what_was_touched_since_is_named(backup, elsewhere, capsys, settings):
    made, _ = backup
    with (Path(made["folder"]) / "database.dump").open("ab") as dump:
        dump.write(b"x")
    stored = DocumentVersion.objects.get().stored_as
    (settings.DOCUMENTS / stored[:2] / stored).write_bytes(b"something else")
    _, later = said_as_json(capsys, "backup", str(settings.DOCUMENTS.parent / "later"))
    elsewhere()

    assert main(["restore", made["folder"]]) == UNUSABLE
    assert "database.dump" in capsys.readouterr().err

    code, found = said_as_json(capsys, "restore", later["folder"])
    assert (code, found["documents_amiss"]) == (FOUND, [stored])


def test_a_folder_that_is_no_backup_is_refused(tmp_path, capsys):
    assert main(["restore", str(tmp_path)]) == UNUSABLE
    assert "is not a backup" in capsys.readouterr().err
