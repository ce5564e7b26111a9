"""A restricted child's rows cannot be read or counted, whatever a query forgets."""

import pytest
from django.db import connection, connections

from hearth.accounts.protection import PEOPLE_COLUMN, PERSON_COLUMNS, condition, tables
from hearth.accounts.tests.factories import UserFactory
from hearth.accounts.worker_context import acting_as
from hearth.people.tests.factories import (
    AddressFactory,
    ChildFactory,
    RestrictionAccessFactory,
    RestrictionFactory,
)

pytestmark = pytest.mark.django_db


def count(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return cursor.fetchone()[0]


def test_the_application_is_bound_by_row_level_security():
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False, False)


def test_every_table_with_a_childs_data_is_under_row_level_security():
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity")
        secured = {row[0] for row in cursor.fetchall()}
        found = {
            table for table, columns in tables(connection, cursor) if condition(columns, table)
        }

    assert found
    assert found <= secured


def test_a_worker_not_named_on_a_restriction_cannot_read_or_count_its_rows():
    hidden = AddressFactory.create().person
    AddressFactory.create()
    RestrictionFactory.create(person=hidden)

    with acting_as(UserFactory.create()):
        assert count("people_person") == 1
        assert count("people_address") == 1
        assert count("people_restriction") == 0


def test_a_worker_named_on_a_restriction_sees_the_record():
    child, worker = ChildFactory.create(), UserFactory.create()
    RestrictionFactory.create(person=child)
    RestrictionAccessFactory.create(person=child, worker=worker)

    with acting_as(worker):
        assert count("people_person") == 1


def test_without_a_worker_nothing_is_seen():
    ChildFactory.create()
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('hearth.worker', '', true)")

    assert count("people_person") == 0


def test_the_columns_that_protect_a_table_are_the_ones_the_rules_name():
    assert PEOPLE_COLUMN == "about"
    assert set(PERSON_COLUMNS) == {"person_id", "child_id", "other_person_id"}
    assert "owner" in connections
