"""Every table that holds a child's data, asked in raw SQL as the application's own role.

A row about a restricted child is put in every protected table, for each column that names a person,
and every way of asking is tried by a worker who is not named, one who is, one who broke the glass,
and nobody at all.
"""

import datetime as dt
import uuid
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count

import pytest
from django.apps import apps
from django.db import Error, ProgrammingError, connection, connections, transaction
from psycopg import sql

from hearth.accounts.actions import system_worker
from hearth.accounts.protection import (
    PEOPLE_COLUMN,
    PERSON_COLUMNS,
    PERSON_TABLES,
    condition,
    tables,
)
from hearth.accounts.tests.factories import UserFactory
from hearth.config import testing
from hearth.people.tests.factories import (
    ChildFactory,
    RestrictionAccessFactory,
    RestrictionFactory,
)

# Seen by worker as well as by person: each has tests of its own below.
BY_WORKER = {
    "accounts_notice",
    "accounts_noticeevent",
    "people_declaredconnection",
    "people_declaredconnectionevent",
    # Nobody's but the two of them: hearth/supervision/tests/test_finishing.py.
    "supervision_session",
    "supervision_sessionevent",
    "supervision_personal",
    "supervision_personalevent",
    *("returns_checkedreturn", "returns_checkedreturnevent"),  # returns' test_checking_pages.py
}
NUMBERS = count(1_000_000)
MADE = {
    "bigint": lambda: next(NUMBERS),
    "integer": lambda: next(NUMBERS),
    "smallint": lambda: 1,
    "boolean": lambda: False,
    "date": lambda: dt.date(2024, 1, 1),
    "timestamp with time zone": lambda: dt.datetime(2024, 1, 1, tzinfo=dt.UTC),
    "time without time zone": lambda: dt.time(9),
    "numeric": lambda: 1,
    "double precision": lambda: 1.0,
    "jsonb": lambda: "{}",
    "bytea": lambda: b"",
    "uuid": lambda: str(uuid.UUID(int=next(NUMBERS))),
    "ARRAY": lambda: "{}",
    "daterange": lambda: "empty",
    "tstzrange": lambda: "empty",
    "interval": lambda: "1 hour",
}


def models_columns(model):
    return {column.column for column in model._meta.local_concrete_fields}


PROTECTED = {
    model._meta.db_table: models_columns(model)
    for model in apps.get_models(include_auto_created=True)
    if model.__module__.startswith("hearth.")
    and condition(models_columns(model), model._meta.db_table)
}
BY_PERSON = sorted(set(PROTECTED) - BY_WORKER)


def naming(table):
    """The columns that each name a person whose row this is."""
    columns = PROTECTED[table]
    ones = [column for column in PERSON_COLUMNS if column in columns]
    if PEOPLE_COLUMN in columns:
        ones.append(PEOPLE_COLUMN)
    if not ones and "pgh_obj_id" in columns:
        ones = ["pgh_obj_id"]
    return ones


@dataclass
class Filled:
    """A database with rows of a hidden child and of another in every table."""

    hidden: int
    open: int
    workers: dict[str, int] = field(default_factory=dict)


def text_of(length):
    return f"x{next(NUMBERS)}"[-(length or 40) :]


def insert(cursor, table, column, person, other):
    """A row about one person by one column, the other columns naming somebody else."""
    cursor.execute(
        """
        SELECT column_name, data_type, character_maximum_length FROM information_schema.columns
        WHERE table_name = %s AND is_nullable = 'NO' AND is_identity = 'NO'
          AND is_generated = 'NEVER'
        """,
        [table],
    )
    values = {
        name: MADE.get(kind, lambda length=length: text_of(length))()
        for name, kind, length in cursor.fetchall()
    }
    values |= dict.fromkeys(naming(table), other)
    values[column] = person
    if PEOPLE_COLUMN in values:
        values[PEOPLE_COLUMN] = [other, person] if column == PEOPLE_COLUMN else [other]
    if table == "people_restriction":
        values["lifted_at"] = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
    cursor.execute(
        sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
            sql.Identifier(table),
            sql.SQL(", ").join(map(sql.Identifier, values)),
            sql.SQL(", ").join(sql.Placeholder() * len(values)),
        ),
        list(values.values()),
    )


def fill(filled):
    """Put the rows in as the owner, with no foreign key or check to satisfy."""
    with transaction.atomic("owner"), connections["owner"].cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("""
            SELECT conrelid::regclass::text, conname FROM pg_constraint
            WHERE contype IN ('c', 'x', 'u') AND connamespace = 'public'::regnamespace
        """)
        for table, name in cursor.fetchall():
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}" CASCADE')
        cursor.execute("""
            SELECT indexrelid::regclass::text FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
            WHERE indisunique AND NOT indisprimary AND t.relnamespace = 'public'::regnamespace
        """)
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP INDEX {name} CASCADE")
        for table in sorted(set(BY_PERSON) - set(PERSON_TABLES)):
            for column in naming(table):
                insert(cursor, table, column, filled.hidden, filled.open)
            insert(cursor, table, naming(table)[0], filled.open, filled.open)


@pytest.fixture(scope="module")
def filled(django_db_setup, django_db_blocker):
    """Committed, so that every worker's own transaction sees what is there; gone afterwards."""
    with django_db_blocker.unblock():
        testing.work_as_hearth_itself(committing=True)
        hidden, other = ChildFactory.create(), ChildFactory.create()
        RestrictionFactory.create(person=hidden)
        made = Filled(hidden.pk, other.pk, {"Hearth": system_worker().pk})
        for name in ("not named", "named", "broke the glass", "broke it an hour ago", "declared"):
            made.workers[name] = UserFactory.create().pk
        now = dt.datetime.now(dt.UTC)
        for name, kind, ends in (
            ("named", "named", None),
            ("broke the glass", "break_glass", now + dt.timedelta(minutes=60)),
            ("broke it an hour ago", "break_glass", now - dt.timedelta(seconds=1)),
        ):
            RestrictionAccessFactory.create(
                person=hidden, worker_id=made.workers[name], kind=kind, expires_at=ends
            )
        fill(made)
        yield made
        testing.copy_template()


@contextmanager
def asking(filled, who):
    """A transaction of a worker's own, or of nobody's, and what asks in it."""
    with transaction.atomic(), connection.cursor() as cursor:
        worker = str(filled.workers[who]) if who else ""
        cursor.execute("SELECT set_config('hearth.worker', %s, true)", [worker])
        yield cursor


def ask(filled, who, query, *values):
    """One number, asked by a worker, or by nobody, in a transaction of their own."""
    with asking(filled, who) as cursor:
        cursor.execute(query, values)
        return cursor.rowcount if cursor.description is None else cursor.fetchone()[0]


def test_every_table_of_the_database_that_should_be_is_among_those_tried(filled):
    with connection.cursor() as cursor:
        found = {
            table for table, columns in tables(connection, cursor) if condition(columns, table)
        }

    assert found == set(PROTECTED)
    assert len(found) > 40


# Tables with personal words in them that are about nobody on record, each with why.
ABOUT_NOBODY_ON_RECORD = {
    "accounts_rolerequest": "about workers",
    "accounts_user": "about workers",
    "front_door_thresholddocument": "a published document",
    "people_professional": "about professionals; who works with whom is NetworkMember",
    "quality_investigation": "about figures: its forms ask that no child be named",
    "workforce_staff": "about workers",
}


def test_a_table_with_personal_words_is_protected_or_says_why_not():
    bare = {
        model._meta.db_table
        for model in apps.get_models()
        if model.__module__.startswith("hearth.") and model._meta.db_table not in PROTECTED
        if (privacy := getattr(model, "Privacy", None))
        if [*getattr(privacy, "personal", ()), *getattr(privacy, "sensitive", ())]
    }

    assert bare <= set(ABOUT_NOBODY_ON_RECORD), (
        "Give these a person, child or about column, or say above why they need none:"
        f" {bare - set(ABOUT_NOBODY_ON_RECORD)}"
    )


def is_named(column):
    return f"{column} @> ARRAY[%s]::bigint[]" if column == PEOPLE_COLUMN else f"{column} = %s"


BLIND = ["not named", "broke it an hour ago", None]


def ways_of_asking(table, column):
    """Each way of asking a table about a person: counted, found, and through another table."""
    rows = f"FROM {table} WHERE {is_named(column)}"
    ways = [f"(SELECT count(*) {rows})", f"(SELECT EXISTS (SELECT {rows})::int)"]
    if table not in PERSON_TABLES and column != PEOPLE_COLUMN:
        joined = f"FROM {table} t LEFT JOIN people_person p ON p.id = t.{column}"
        ways.append(f"(SELECT count(*) {joined} WHERE t.{column} = %s)")
    return ways


def found(cursor, table, person):
    """What a worker finds of a person by each column and way of asking, and all that they see."""
    columns = naming(table) or ["id"]
    ways = {column: ways_of_asking(table, column) for column in columns}
    asked = [way for each in ways.values() for way in each]
    everything = f"(SELECT count(*) FROM {table})"
    cursor.execute(f"SELECT {', '.join([*asked, everything])}", [person] * len(asked))
    *answers, everything = cursor.fetchone()
    numbers = iter(answers)
    return {column: [next(numbers) for _ in each] for column, each in ways.items()}, everything


@pytest.fixture(scope="module")
def there(filled):
    """What there is in each table: of the hidden child by each column, and altogether."""
    with asking(filled, "Hearth") as cursor:
        return {table: found(cursor, table, filled.hidden) for table in BY_PERSON}


def test_there_is_something_to_hide_in_every_table_by_every_column(there):
    empty = [
        (table, ways) for table, (ways, _) in there.items() if not all(map(all, ways.values()))
    ]

    assert empty == []


@pytest.mark.parametrize("who", BLIND, ids=str)
def test_who_is_not_let_through_finds_nothing_however_they_ask(filled, there, who):
    leaks = {}
    with asking(filled, who) as cursor:
        for table, (hidden, everything) in there.items():
            ways, rest = found(cursor, table, filled.hidden)
            left = everything - sum(counted for counted, *_ in hidden.values()) if who else 0
            if any(map(any, ways.values())) or rest != left:
                leaks[table] = (ways, rest, left)

    assert leaks == {}


@pytest.mark.parametrize("who", ["named", "broke the glass"])
def test_who_is_let_through_finds_every_row(filled, there, who):
    with asking(filled, who) as cursor:
        seen = {table: found(cursor, table, filled.hidden) for table in BY_PERSON}

    assert {table: each for table, each in seen.items() if each != there[table]} == {}


def test_nobody_changes_or_removes_what_they_cannot_see(filled, there):
    done = {}
    with asking(filled, "not named") as cursor:
        for table, (ways, _) in there.items():
            column = next(iter(ways))
            for deed in (f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"):
                changed = attempt(cursor, f"{deed} WHERE {is_named(column)}", filled.hidden)
                if changed:
                    done[deed] = changed

    assert done == {}


def attempt(cursor, deed, person):
    """How many rows a deed changed: none, where the table refuses it outright."""
    try:
        with transaction.atomic():
            cursor.execute(deed, [person])
            return cursor.rowcount
    except ProgrammingError as refusal:
        return 0 if "permission denied" in str(refusal) else str(refusal)


TRICKS = [
    "SET row_security = off; SELECT count(*) FROM people_person",
    "ALTER TABLE people_person DISABLE ROW LEVEL SECURITY",
    "DROP POLICY hearth_sees ON people_person",
    "CREATE POLICY mine ON people_person USING (true)",
    "SET ROLE postgres",
    "SET SESSION AUTHORIZATION postgres",
    "ALTER ROLE CURRENT_USER BYPASSRLS",
    "DROP FUNCTION hearth_hidden CASCADE",
    "COPY people_person TO PROGRAM 'cat'",
    "SET session_replication_role = replica",
    "TRUNCATE accounts_trailevent",
    "ALTER TABLE accounts_trailevent DISABLE TRIGGER ALL",
]


def test_the_application_cannot_take_its_own_bonds_off(filled):
    for trick in TRICKS:
        with pytest.raises(Error, match=r"permission denied|must be|would be affected|only"):
            ask(filled, "not named", trick)


def test_the_functions_of_the_database_tell_no_more(filled):
    keys = ask(
        filled,
        "Hearth",
        "UPDATE people_person SET search_keys = ARRAY['k'] WHERE id = %s",
        filled.hidden,
    )
    assert keys == 1
    sounding = "SELECT count(*) FROM people_candidates(ARRAY['k'], 10)"
    looked = "SELECT count(*) FROM hearth_trail_of(%s)"

    assert ask(filled, "named", sounding) == 1
    assert ask(filled, "named", looked, filled.hidden) > 0
    for who in BLIND:
        assert ask(filled, who, sounding) == 0
        assert ask(filled, who, looked, filled.hidden) == 0


def test_a_declared_connection_hides_as_a_restriction_does(filled):
    declared = "SELECT count(*) FROM people_person WHERE id = %s"
    assert ask(filled, "declared", declared, filled.open) == 1
    ask(
        filled,
        "Hearth",
        "INSERT INTO people_declaredconnection (worker_id, declared_person_id, relationship)"
        " VALUES (%s, %s, 'My niece')",
        filled.workers["declared"],
        filled.open,
    )

    assert ask(filled, "declared", declared, filled.open) == 0
    assert ask(filled, "not named", declared, filled.open) == 1
    mine = "SELECT count(*) FROM people_declaredconnection"
    assert ask(filled, "declared", mine) == 1
    assert ask(filled, "not named", mine) == 0
    assert ask(filled, "declared", "UPDATE people_declaredconnection SET ended_at = now()") == 1
    ask(filled, "Hearth", "UPDATE people_declaredconnection SET ended_at = NULL")


def test_a_notice_is_seen_by_the_told_and_the_teller_and_not_about_the_hidden(filled):
    told, teller = filled.workers["not named"], filled.workers["named"]
    for about in ([], [filled.hidden]):
        ask(
            filled,
            "Hearth",
            "INSERT INTO accounts_notice (to_id, text, page, subject, about, told_by_id)"
            " VALUES (%s, 'Look', '', '', %s::bigint[], %s)",
            told,
            about,
            teller,
        )
    seen = "SELECT count(*) FROM accounts_notice WHERE text = 'Look'"

    assert ask(filled, "not named", seen) == 1
    assert ask(filled, "named", seen) == 2
    assert ask(filled, "broke the glass", seen) == 0
    assert ask(filled, None, seen) == 0
