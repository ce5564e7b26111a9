"""The trail cannot be changed by the application, and what its owner changes is found."""

import itertools

import psycopg
import pytest
from django.db import DatabaseError, connection, connections, transaction

from hearth.accounts import seal, trail
from hearth.accounts.models import TrailEvent, TrailSeal
from hearth.accounts.seal import FIRST, head, verify
from hearth.accounts.tests.factories import UserFactory

committed = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def look(count=1):
    worker = UserFactory.create()
    for number in range(count):
        trail.record(f"GET people.person {number}", None, by=worker, about=[number])


def tamper(sql, *values):
    """Change something as the owner of the database, with the trigger that forbids it off."""
    with transaction.atomic("owner"), connections["owner"].cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql, values)


def ids():
    return list(TrailEvent.objects.order_by("id").values_list("id", flat=True))


def elsewhere():
    """A connection to the database every server has, with a transaction of its own."""
    settings = connections["owner"].get_connection_params()
    wanted = {
        name: settings[name] for name in ("host", "port", "user", "password") if name in settings
    }
    return psycopg.connect(dbname="postgres", **wanted)


@committed
def test_everything_written_is_sealed_and_stands():
    look(7)

    assert seal.seal() == len(ids())
    assert verify().stands
    assert verify().not_yet_sealed == 0
    assert head().digest == TrailSeal.objects.get().digest


@committed
def test_sealing_again_with_nothing_new_makes_no_seal():
    look()
    seal.seal()

    assert seal.seal() == 0
    assert TrailSeal.objects.count() == 1


@committed
def test_many_events_are_sealed_in_batches_that_end_with_a_transaction():
    look(7)
    with transaction.atomic():
        look(4)

    seal.seal(most=3)

    covered = TrailSeal.objects.order_by("pk").values_list("from_transaction", "to_transaction")
    pairs = list(covered)
    assert len(pairs) > 2
    assert all(end == start for (_, end), (start, _) in itertools.pairwise(pairs))
    assert verify() == seal.Verdict((), len(pairs), len(ids()), 0)


@committed
def test_nothing_is_sealed_while_an_older_transaction_is_at_work_and_nobody_waits():
    late = connections["default"].copy()
    try:
        late.set_autocommit(False)
        with late.cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id()")
        look(2)

        assert seal.seal() == 0

        late.commit()
        assert seal.seal() == 2
    finally:
        late.close()


@committed
def test_a_transaction_in_another_database_of_the_server_holds_nothing_back():
    with elsewhere() as other:
        other.execute("SELECT pg_current_xact_id()")
        look(2)

        assert seal.seal() == 2
        assert verify().not_yet_sealed == 0


@committed
def test_one_sealer_works_at_a_time():
    look()
    other = connections["default"].copy()
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [seal.ONE_SEALER])

        assert seal.seal() == 0
    finally:
        other.close()


@committed
def test_a_changed_event_is_named():
    look(3)
    seal.seal()
    changed = ids()[1]
    tamper("UPDATE accounts_trailevent SET by_name = 'Somebody else' WHERE id = %s", changed)

    assert verify().broken == (
        f"Event {changed} was changed after seal {TrailSeal.objects.get().pk} was made",
    )


@committed
@pytest.mark.parametrize(
    "change",
    [
        "at = at + interval '1 microsecond'",
        "by_id = by_id + 1",
        "what = what || ' '",
        "kind = 'look'",
        "subject = 'people.Person:1'",
        "about = about || 1::bigint",
        "reason = 'because'",
    ],
)
def test_a_change_of_any_column_is_found(change):
    look(1)
    seal.seal()
    tamper(f"UPDATE accounts_trailevent SET {change}")

    assert not verify().stands


@committed
def test_a_removed_event_is_named():
    look(3)
    seal.seal()
    gone = ids()[1]
    tamper("DELETE FROM accounts_trailevent WHERE id = %s", gone)

    assert verify().broken == (
        f"Event {gone} was removed after seal {TrailSeal.objects.get().pk} was made",
    )


@committed
def test_an_event_slipped_in_is_named():
    look(3)
    seal.seal()
    tamper("""
        INSERT INTO accounts_trailevent
            (at, transaction, by_id, by_name, kind, what, subject, about, reason)
        SELECT at, transaction, by_id, by_name, kind, 'Never happened', subject, about, reason
        FROM accounts_trailevent LIMIT 1
    """)

    assert verify().broken == (
        f"Event {ids()[-1]} was added after seal {TrailSeal.objects.get().pk} was made",
    )


@committed
def test_two_events_that_changed_places_are_found():
    look(2)
    seal.seal()
    first, second = ids()
    tamper("UPDATE accounts_trailevent SET id = -1 WHERE id = %s", first)
    tamper("UPDATE accounts_trailevent SET id = %s WHERE id = %s", first, second)
    tamper("UPDATE accounts_trailevent SET id = %s WHERE id = -1", second)

    assert len(verify().broken) == 2


def three_seals():
    for _ in range(3):
        look(2)
        seal.seal()
    return list(TrailSeal.objects.order_by("pk"))


@committed
def test_a_removed_seal_is_found():
    _first, middle, last = three_seals()
    tamper("DELETE FROM accounts_trailseal WHERE id = %s", middle.pk)

    assert f"Seal {last.pk} does not follow the one before it: a seal is missing" in verify().broken


@committed
@pytest.mark.parametrize(
    "change",
    [
        "digest = repeat('0', 64)",
        "events = events + 1",
        "marks = substring(marks FROM 41)",
        "from_transaction = from_transaction - 1",
    ],
)
def test_a_changed_seal_is_found(change):
    _first, middle, _last = three_seals()
    tamper(f"UPDATE accounts_trailseal SET {change} WHERE id = %s", middle.pk)

    found = " ".join(verify().broken)
    assert f"Seal {middle.pk}" in found


@committed
def test_an_event_changed_with_its_own_seal_made_to_match_breaks_the_next():
    first, middle, _last = three_seals()
    with connections["owner"].cursor() as cursor:
        tamper(
            "UPDATE accounts_trailevent SET what = 'Something else' WHERE transaction >= %s"
            " AND transaction < %s",
            first.from_transaction,
            first.to_transaction,
        )
        forged = b"".join(
            seal.mark(event)
            for event in seal._events(cursor, first.from_transaction, first.to_transaction)  # noqa: SLF001
        )
    digest = seal.digest_of(FIRST, first.from_transaction, first.to_transaction, forged)
    tamper(
        "UPDATE accounts_trailseal SET marks = %s, digest = %s WHERE id = %s",
        forged,
        digest,
        first.pk,
    )

    assert verify().broken == (f"Seal {middle.pk} was changed, or the seal before it was",)


@committed
def test_a_trail_cut_off_at_its_end_is_found_against_a_head_kept_elsewhere():
    *_, last = three_seals()
    kept = head().digest
    tamper("DELETE FROM accounts_trailevent WHERE transaction >= %s", last.from_transaction)
    tamper("DELETE FROM accounts_trailseal WHERE id = %s", last.pk)

    assert verify().stands
    assert verify(expecting=kept).broken == (
        f"No seal has the digest {kept}: seals were removed or made again",
    )


@committed
def test_an_empty_trail_has_a_head_and_stands():
    assert head().digest == FIRST
    assert verify(expecting=FIRST).stands


@committed
def test_after_a_move_to_a_server_whose_numbers_start_low_the_trail_still_stands():
    look(2)
    seal.seal()
    # As a restored backup: all that was written has numbers far above this server's.
    tamper("UPDATE accounts_trailseal SET to_transaction = to_transaction + 1000000")
    (link,) = TrailSeal.objects.all()
    digest = seal.digest_of(FIRST, link.from_transaction, link.to_transaction, bytes(link.marks))
    tamper("UPDATE accounts_trailseal SET digest = %s", digest)

    seal.keep_time()
    look(2)
    seal.seal()

    assert verify().stands
    assert verify().seals == 2
    seal.keep_time()
    look()
    assert verify().stands


ONLY_ADDED_TO = ("accounts_trailevent", "accounts_trailseal", "people_personevent")
DEEDS = ("UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE")


@committed
def test_what_is_only_added_to_refuses_anything_else():
    look()
    for table, deed, alias in itertools.product(ONLY_ADDED_TO, DEEDS, ("default", "owner")):
        with (
            pytest.raises(DatabaseError),
            transaction.atomic(alias),
            connections[alias].cursor() as cursor,
        ):
            cursor.execute(deed.format(table))


@pytest.mark.django_db
def test_the_application_may_not_set_the_trails_clock():
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute("INSERT INTO accounts_trailclock (added) VALUES (5)")
