"""Every change to a model has its migration, and a new database is the same however it is made."""

import subprocess

import pytest
from django.core.management import call_command
from django.db import connections

from hearth.config import database, embedded
from hearth.config.migrating import migrate
from tests.code import HEARTH


@pytest.mark.django_db(databases=["default", "owner"])
def test_every_change_to_a_model_has_its_migration(capsys):
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=1)

    assert "No changes detected" in capsys.readouterr().out


@pytest.mark.parametrize("room", sorted(HEARTH.glob("*/migrations")), ids=lambda p: p.parent.name)
def test_a_rooms_migrations_are_in_one_line(room):
    numbers = [path.name[:4] for path in sorted(room.glob("0*.py"))]

    assert numbers == [f"{n:04}" for n in range(1, len(numbers) + 1)]


def schema(name):
    """Everything in a database's structure, as SQL."""
    place = connections["owner"].settings_dict
    where = ["--host", place["HOST"], "--username", place["USER"], "--dbname", name]
    where += ["--port", place["PORT"]] if place["PORT"] else []
    dump = [str(embedded.programs() / "pg_dump"), "--schema-only", *where]
    said = subprocess.run(
        dump, check=True, capture_output=True, text=True, env={"PGPASSWORD": place["PASSWORD"]}
    ).stdout
    return [line for line in said.splitlines() if not line.startswith(("\\", "--"))]


@pytest.fixture
def empty(django_db_blocker):
    """Two empty databases, and the owner's connection pointed at whichever is asked for."""
    owner = connections["owner"]
    own_name = owner.settings_dict["NAME"]
    made = []

    def point(name):
        owner.close()
        owner.settings_dict["NAME"] = name
        made.append(name)
        database.ensure_database()
        return owner

    with django_db_blocker.unblock():
        yield point
        owner.close()
        owner.settings_dict["NAME"] = own_name
        with owner._nodb_cursor() as cursor:  # noqa: SLF001
            for name in made:
                cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        owner.close()


@pytest.mark.slow
def test_migrating_quickly_makes_the_same_database_as_django_does(empty, django_db_setup):
    migrate(empty("hearth_test_quick"))
    quick = schema("hearth_test_quick")

    empty("hearth_test_slow")
    call_command("migrate", database="owner", verbosity=0, interactive=False)

    assert quick == schema("hearth_test_slow")
