"""Row-level security: what the database itself keeps from a worker, whatever a query forgets.

Every table that holds a child's data is found by its columns: `person_id`, `child_id` and
`other_person_id` hold one person's id, `about` holds several. A row is visible to the application
only while a worker is set for the transaction and none of its people are hidden from that worker
(`hearth_hidden`, below). No worker, no rows. The owner of the tables is not bound, so that
migrations and the two security-definer functions can work; the application never connects as it.

Run after every migration (`hearth migrate` does), so that a new table is protected from the start:
until then the application has no right to it at all.
"""

from collections.abc import Iterable, Iterator

from django.apps import apps
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from hearth.accounts.roles import Role

PERSON_COLUMNS = ("person_id", "child_id", "other_person_id")
PEOPLE_COLUMN = "about"
PERSON_TABLES = ("people_person",)
OVERSEERS = (Role.CALDICOTT, Role.SYSTEM)
REVIEWERS = (*OVERSEERS, Role.SERVICE_MANAGER)
# Never changed or removed, by anybody: the trail, its seals, and every earlier version of a record.
APPEND_ONLY = ("accounts_trailevent", "accounts_trailseal", "accounts_trailclock")


def _holds(roles: Iterable[Role]) -> str:
    named = ", ".join(f"'{role}'" for role in roles)
    return f"(SELECT hearth_holds(ARRAY[{named}]))"


DECLARED = f"(worker_id = (SELECT hearth_worker()) OR {_holds([*REVIEWERS, Role.TEAM_MANAGER])})"
# Supervision is seen by the two in it and by those who answer for it; what is personal in it, by
# the two alone. A team manager is narrowed to their own team by the query.
PAIR = "(worker_id = (SELECT hearth_worker()) OR supervisor_id = (SELECT hearth_worker()))"
ANSWERABLE = (
    Role.TEAM_MANAGER,
    Role.SERVICE_MANAGER,
    Role.DIRECTOR,
    Role.PRINCIPAL_SOCIAL_WORKER,
    Role.SYSTEM,
)
SUPERVISION = f"({PAIR} OR {_holds(ANSWERABLE)})"
PERSONAL = f"({PAIR} OR {_holds([Role.SYSTEM])})"
# Where more or less than a record's people decides who sees a row; `{people}` stands for the usual
# condition. Oversight sees that a hidden record was opened, never the record itself.
SPECIAL = {
    "accounts_trailevent": f"({_holds(OVERSEERS)} OR ({{people}}))",
    "accounts_notice": (
        f"((to_id = (SELECT hearth_worker()) OR told_by_id = (SELECT hearth_worker())"
        f" OR {_holds([Role.SYSTEM])}) AND {{people}})"
    ),
    "people_restriction": f"({_holds(OVERSEERS)} OR ({{people}}))",
    "people_restrictionaccess": (
        f"({_holds(OVERSEERS)} OR (kind = 'break_glass' AND {_holds(REVIEWERS)}) OR ({{people}}))"
    ),
    "people_declaredconnection": (
        f"(worker_id = (SELECT hearth_worker()) OR {_holds([*REVIEWERS, Role.TEAM_MANAGER])})"
    ),
    "supervision_session": SUPERVISION,
    "supervision_personal": PERSONAL,
    # What checking a return found is for whoever asked, and nobody else.
    "returns_checkedreturn": (
        f"(recorded_by_id = (SELECT hearth_worker()) OR {_holds([Role.SYSTEM])})"
    ),
}

FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION hearth_worker() RETURNS bigint STABLE PARALLEL SAFE LANGUAGE sql AS $$
    SELECT nullif(current_setting('hearth.worker', true), '')::bigint
$$;

-- Whether the worker set for this transaction holds any of these roles.
CREATE OR REPLACE FUNCTION hearth_holds(wanted text[]) RETURNS boolean STABLE LANGUAGE sql
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM accounts_user u WHERE u.id = hearth_worker() AND u.roles::text[] && wanted
    )
$$;

-- This transaction's number, on a clock that never goes back, wherever the database is moved.
CREATE OR REPLACE FUNCTION hearth_transaction() RETURNS bigint LANGUAGE sql AS $$
    SELECT pg_current_xact_id()::text::bigint
         + coalesce((SELECT sum(added)::bigint FROM accounts_trailclock), 0)
$$;

CREATE OR REPLACE FUNCTION hearth_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is only ever added to', TG_TABLE_NAME;
END $$;

-- The people whose records the worker set for this transaction may not know of: those under a
-- restriction in force that does not let the worker through, those the worker has declared a
-- connection to, and those whose record was merged with one of these, at however many removes.
-- Breaking the glass opens no adoption or allegation, nor lasts longer than the hour, whatever is
-- written in the row. Hearth's own jobs, and only they, are shown everybody.
CREATE OR REPLACE FUNCTION hearth_hidden() RETURNS bigint[]
STABLE SECURITY DEFINER LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $$
    WITH RECURSIVE hidden AS (
        SELECT r.person_id FROM people_restriction r
        WHERE r.lifted_at IS NULL AND NOT EXISTS (
            SELECT FROM people_restrictionaccess a
            WHERE a.person_id = r.person_id AND a.worker_id = hearth_worker()
            AND a.ended_at IS NULL AND (a.expires_at IS NULL OR a.expires_at > clock_timestamp())
            AND (a.kind <> 'break_glass' OR (
                r.kind NOT IN ('adoption', 'allegation')
                AND a.recorded_at > clock_timestamp() - interval '61 minutes'
            ))
        )
        UNION
        SELECT d.declared_person_id FROM people_declaredconnection d
        WHERE d.worker_id = hearth_worker() AND d.ended_at IS NULL
    ), merged AS (
        SELECT person_id FROM hidden
        UNION
        SELECT tied.id FROM merged, LATERAL (
            SELECT p.merged_into_id AS id FROM people_person p
            WHERE p.id = merged.person_id AND p.merged_into_id IS NOT NULL
            UNION ALL
            SELECT p.id FROM people_person p WHERE p.merged_into_id = merged.person_id
        ) tied
    )
    SELECT CASE WHEN EXISTS (
        SELECT FROM accounts_user u
        WHERE u.id = hearth_worker() AND '{Role.SYSTEM.value}' = ANY (u.roles)
    ) THEN '{{}}'::bigint[] ELSE coalesce(array_agg(person_id), '{{}}') END
    FROM merged
$$;
CREATE OR REPLACE FUNCTION hearth_hidden_rows() RETURNS SETOF bigint
STABLE SECURITY DEFINER LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT unnest(hearth_hidden())
$$;

-- The events about one person, never a hidden one: the index on `about` is out of reach of the
-- application's own conditions, and this is not. The rows themselves are guarded as ever.
CREATE OR REPLACE FUNCTION hearth_trail_of(person bigint) RETURNS SETOF bigint
STABLE SECURITY DEFINER LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT e.id FROM accounts_trailevent e
    WHERE e.about @> ARRAY[person] AND hearth_worker() IS NOT NULL
      AND person <> ALL (hearth_hidden())
$$;

-- Who might be meant by these search keys, the most shared keys first; never a hidden person.
-- Counted by looking each key up in the index, not by reading the keys of everybody who shares one.
CREATE OR REPLACE FUNCTION people_candidates(keys text[], most integer)
RETURNS TABLE (person_id bigint, shared bigint)
STABLE SECURITY DEFINER LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT p.id, count(*)
    FROM (SELECT DISTINCT unnest(keys::varchar[])) asked (key)
    CROSS JOIN LATERAL (
        SELECT id FROM people_person WHERE search_keys @> ARRAY[asked.key] OFFSET 0
    ) p
    WHERE hearth_worker() IS NOT NULL
      -- In parentheses: worked out once, and not for each of thousands who share a key.
      AND p.id <> ALL ((SELECT hearth_hidden())::bigint[])
    GROUP BY p.id
    ORDER BY 2 DESC, p.id
    LIMIT most
$$;
"""  # noqa: S608 - the one value put in is our own constant


def protect(alias: str = "owner", *, application_role: str) -> list[str]:
    """Put row-level security on every table that needs it, and give the application its rights.

    Safe to run again. Returns the names of the tables protected.
    """
    connection = connections[alias]
    with connection.cursor() as cursor:
        cursor.execute(FUNCTIONS)
        _look_only_where_we_put_things(cursor)
        protected = [table for table, _ in _protect_tables(connection, cursor)]
        _grant(cursor, application_role)
        _close(cursor, application_role)
    return protected


def _look_only_where_we_put_things(cursor: CursorWrapper) -> None:
    """Have every function that runs as the owner look for tables among a worker's own last.

    PostgreSQL looks among temporary tables first unless told otherwise, and anybody may make one
    called `people_restriction`, with nobody in it.
    """
    cursor.execute("""
        SELECT p.oid::regprocedure::text FROM pg_proc p
        WHERE p.prosecdef AND p.pronamespace = 'public'::regnamespace
    """)
    for (function,) in cursor.fetchall():
        cursor.execute(f"ALTER FUNCTION {function} SET search_path = pg_catalog, public, pg_temp")


def condition(columns: set[str], table: str) -> str | None:
    """The SQL that says a row of this table may be seen, or None when it holds nobody's data."""
    people = _people_condition(columns, table)
    # An earlier version is seen by those who see the record itself.
    special = SPECIAL.get(table.removesuffix("event") if "pgh_obj_id" in columns else table)
    if people is None and special is None:
        return None
    seen = special.format(people=people) if special else people
    return f"(SELECT hearth_worker()) IS NOT NULL AND {seen}"


def _people_condition(columns: set[str], table: str) -> str | None:
    ones = [c for c in PERSON_COLUMNS if c in columns]
    if table in PERSON_TABLES:
        ones.append("id")
    if f"{table}".startswith("people_person") and "pgh_obj_id" in columns:
        ones.append("pgh_obj_id")
    parts = [
        f"({c} IS NULL OR {c} NOT IN (SELECT hearth_hidden_rows()))"
        if c != "id"
        else "id NOT IN (SELECT hearth_hidden_rows())"
        for c in ones
    ]
    if PEOPLE_COLUMN in columns:
        parts.append(f"NOT ({PEOPLE_COLUMN} && (SELECT hearth_hidden()))")
    return " AND ".join(parts) or None


def tables(
    connection: BaseDatabaseWrapper, cursor: CursorWrapper
) -> Iterator[tuple[str, set[str]]]:
    """Each table of the project's own rooms, with the names of its columns."""
    ours = tuple(
        config.label + "_" for config in apps.get_app_configs() if config.name.startswith("hearth.")
    )
    for table in connection.introspection.table_names(cursor):
        if table.startswith(ours):
            described = connection.introspection.get_table_description(cursor, table)
            yield table, {column.name for column in described}


def _protect_tables(
    connection: BaseDatabaseWrapper, cursor: CursorWrapper
) -> Iterator[tuple[str, str]]:
    for table, columns in list(tables(connection, cursor)):
        if sees := condition(columns, table):
            cursor.execute(f"""
                ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY;
                DROP POLICY IF EXISTS hearth_sees ON "{table}";
                DROP POLICY IF EXISTS hearth_adds ON "{table}";
                CREATE POLICY hearth_sees ON "{table}" USING ({sees}) WITH CHECK (true);
            """)
            yield table, sees


def _grant(cursor: CursorWrapper, role: str) -> None:
    """What the application may do: read and write records; add to the trail, and no more to it."""
    cursor.execute(f"""
        GRANT USAGE ON SCHEMA public TO {role};
        GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};
        GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role};
        GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {role};
        REVOKE ALL ON django_migrations FROM {role};
        GRANT SELECT ON django_migrations TO {role};
        REVOKE INSERT ON accounts_trailclock FROM {role};
    """)  # noqa: S608 - the role is our own setting


def append_only_tables() -> list[str]:
    """The trail's tables, and the history of every record."""
    histories = [
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model.__name__.endswith("Event") and hasattr(model, "pgh_obj_id")
    ]
    return [*APPEND_ONLY, *histories]


def _close(cursor: CursorWrapper, role: str) -> None:
    """Let nobody change or remove what is only ever added to: by right, and by trigger behind it.

    The owner of the tables can take the trigger off; what it then changes, `seal.verify` finds.
    """
    for table in append_only_tables():
        cursor.execute(f"""
            REVOKE UPDATE, DELETE, TRUNCATE ON "{table}" FROM {role};
            CREATE OR REPLACE TRIGGER hearth_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
                ON "{table}" FOR EACH STATEMENT EXECUTE FUNCTION hearth_append_only();
        """)
