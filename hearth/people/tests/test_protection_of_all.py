"""What row-level security might miss: a new table, a history, a decoy, a record merged twice."""

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone

from hearth.accounts.actions import read_notice
from hearth.accounts.models import Notice
from hearth.accounts.notices import notify
from hearth.accounts.roles import Role
from hearth.accounts.tests.factories import UserFactory
from hearth.accounts.worker_context import acting_as
from hearth.people.models import DeclaredConnection, Person
from hearth.people.tests.factories import ChildFactory, RestrictionFactory

pytestmark = pytest.mark.django_db

# Every table of the database whose rows the database keeps from nobody, with why that may be. A new
# one must be given a person, child or about column, or be added here by somebody who has thought.
OPEN = {
    **dict.fromkeys(
        [
            "accounts_user",
            "accounts_user_groups",
            "accounts_user_user_permissions",
            "accounts_rolerequest",
            "workforce_registration",
            "workforce_staff",
            "workforce_team",
            "workforce_teammembership",
            "workforce_teamname",
            "workforce_teamposts",
        ],
        "about workers",
    ),
    **dict.fromkeys(["people_organisation", "people_professional"], "about professionals"),
    "people_household": "nothing but a number: who is in it is HouseholdMember",
    "plans_meetingroom": "rooms where meetings are held",
    "api_asker": "a health service that may ask: what it asked is LookUp",
    "returns_censusbuild": "a file that was built: whom it left out is CensusBuildLine",
    "returns_censusimport": "a file that was read: whom it named is CensusImportLine",
    **dict.fromkeys(
        [
            "quality_chartnote",
            "quality_chartstart",
            "quality_investigation",
            "quality_owncomparator",
            "quality_reportedmonth",
            "quality_signal",
            "quality_signaltold",
        ],
        "about the figures of a service: no child is named, and no number of children kept",
    ),
    "accounts_trailclock": "numbers of transactions",
    "accounts_trailseal": "digests",
    **dict.fromkeys(
        [
            "casework_frameworkadoption",
            "casework_localchange",
            "casework_localtimescale",
            "front_door_thresholddocument",
        ],
        "what the authority has decided for everybody",
    ),
}
# Those of the libraries: accounts, sessions and jobs, whose arguments are numbers.
LIBRARIES = ("account_", "auth_", "django_", "mfa_", "procrastinate_", "socialaccount_")
OURS_TO_RUN = {"hearth_cache", "hearth_ready", "pghistory_context"}


def asked(query, *values):
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall()


def bound():
    """Every table of the database, and whether row-level security is on and has a policy."""
    return dict(
        asked("""
            SELECT t.relname, t.relrowsecurity AND EXISTS (
                SELECT FROM pg_policies p WHERE p.tablename = t.relname
                AND p.qual LIKE '%%hearth_worker()%%'
            )
            FROM pg_class t WHERE t.relnamespace = 'public'::regnamespace
            AND t.relkind IN ('r', 'p', 'v', 'm', 'f')
        """)
    )


def test_a_table_is_bound_by_the_database_or_known_to_be_about_nobody():
    histories = {f"{table}event" for table in OPEN}
    loose = {table for table, is_bound in bound().items() if not is_bound}
    unknown = {
        t for t in loose - OPEN.keys() - histories - OURS_TO_RUN if not t.startswith(LIBRARIES)
    }

    assert unknown == set()
    assert OPEN.keys() <= loose, "leave out those that are bound now"


def test_a_history_is_bound_as_the_record_it_is_of():
    kept, wrong = bound(), []
    for model in apps.get_models():
        events = getattr(model, "pgh_event_model", None) or getattr(model, "events", None)
        table = model._meta.db_table
        if f"{table}event" in kept and events is not None:
            wrong += [table] if kept[table] != kept[f"{table}event"] else []

    assert wrong == []
    assert kept["people_declaredconnectionevent"]


def test_whom_a_colleague_was_tied_to_is_not_read_in_the_history():
    worker, other = UserFactory.create(), UserFactory.create(roles=[Role.SOCIAL_WORKER])
    tie = DeclaredConnection.objects.create(
        worker=worker, declared_person_id=ChildFactory.create().pk, relationship="My niece"
    )
    tie.ended_at, tie.ended_by = timezone.now(), worker
    tie.save()
    history = "SELECT count(*) FROM people_declaredconnectionevent"

    with acting_as(worker):
        assert asked(history) == [(1,)]
    with acting_as(other):
        assert asked(history) == [(0,)]


def test_what_a_colleague_was_told_is_not_read_in_the_history():
    worker, teller, other = UserFactory.create_batch(3)
    notify(to=worker, text="Your registration has lapsed", by=teller)
    with acting_as(worker):
        read_notice(notice=Notice.objects.get(), by=worker)
    history = "SELECT count(*) FROM accounts_noticeevent"

    for who, count in ((worker, 1), (teller, 1), (other, 0)):
        with acting_as(who):
            assert asked(history) == [(count,)]


DECOYS = [
    "CREATE TEMP TABLE people_restriction (LIKE public.people_restriction)",
    """CREATE TEMP TABLE accounts_user AS
       SELECT id, '{system,caldicott}'::text[] AS roles FROM public.accounts_user""",
]


@pytest.mark.parametrize("decoy", DECOYS)
def test_a_decoy_table_opens_nothing(decoy):
    child, worker = ChildFactory.create(), UserFactory.create(roles=[Role.SOCIAL_WORKER])
    RestrictionFactory.create(person=child)
    with acting_as(worker), transaction.atomic():
        connection.cursor().execute(decoy)

        assert asked("SELECT count(*) FROM people_person WHERE id = %s", child.pk) == [(0,)]
        assert asked("SELECT count(*) FROM public.people_restriction") == [(0,)]


def test_every_function_that_runs_as_the_owner_looks_among_temporary_tables_last():
    settings = asked("""
        SELECT proname, coalesce(array_to_string(proconfig, ';'), '') FROM pg_proc
        WHERE prosecdef AND pronamespace = 'public'::regnamespace
    """)

    assert len(settings) >= 5
    assert {f: s for f, s in settings if s != "search_path=pg_catalog, public, pg_temp"} == {}


def test_records_merged_one_after_another_are_all_hidden_with_the_last():
    first, second, last = ChildFactory.create_batch(3)
    Person.objects.filter(pk=first.pk).update(merged_into=second)
    Person.objects.filter(pk=second.pk).update(merged_into=last)
    worker = UserFactory.create(roles=[Role.SOCIAL_WORKER])
    RestrictionFactory.create(person=last)

    with acting_as(worker):
        assert not Person.objects.filter(pk__in=[first.pk, second.pk, last.pk]).exists()
