"""Sealing the trail into a chain, and finding any event changed, added or removed since.

Events are sealed in batches of whole transactions, and only those that every running transaction
began after (below the oldest still at work), so that no event can arrive late in a sealed batch and
no writer ever waits for the sealing. Each seal holds a mark of every event in its batch, and the
digest of those marks and of the seal before it: changing anything breaks the chain from there on.

What a chain alone cannot show is its own end being cut off, or the whole of it being made again by
somebody with the database in their hands. Keep the head somewhere else (`head`), and give it to
`verify`.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection, connections, transaction
from django.db.backends.utils import CursorWrapper

from hearth.accounts.actions import system_worker
from hearth.accounts.models import TrailSeal
from hearth.accounts.worker_context import acting_as

FIRST = "0" * 64
BATCH = 5_000
# Any number will do, so long as nothing else in Hearth takes the same lock.
ONE_SEALER = 4_827_109_553
ID_BYTES, MARK_BYTES = 8, 40

Event = tuple[Any, ...]

_EVENTS = """
    SELECT id, transaction, (extract(epoch FROM at) * 1000000)::bigint, by_id, by_name, kind, what,
           subject, about, reason
    FROM accounts_trailevent WHERE transaction >= %s AND transaction < %s
    ORDER BY transaction, id
"""
# The number of the oldest transaction still at work in this database, on the trail's own clock. One
# known to be in another database of the server cannot write here, and holds nothing up; one about
# which nothing is known may.
_HORIZON = """
    WITH now AS MATERIALIZED (SELECT pg_current_snapshot() AS taken),
    at_work AS (SELECT pg_snapshot_xip(taken)::text::bigint AS number FROM now),
    elsewhere AS (
        SELECT held.transactionid::text::bigint AS number
        FROM pg_locks held JOIN pg_stat_activity session ON session.pid = held.pid
        WHERE held.locktype = 'transactionid' AND held.mode = 'ExclusiveLock' AND held.granted
            AND session.datname <> current_database()
    )
    SELECT coalesce(
        (
            SELECT min(number) FROM at_work
            -- A lock shows the last 32 bits of the number.
            WHERE number & 4294967295 NOT IN (SELECT number FROM elsewhere)
        ),
        (SELECT pg_snapshot_xmax(taken)::text::bigint FROM now)
    ) + coalesce((SELECT sum(added)::bigint FROM accounts_trailclock), 0)
"""
_END_OF_BATCH = """
    SELECT transaction + 1 FROM accounts_trailevent WHERE transaction >= %s AND transaction < %s
    ORDER BY transaction, id OFFSET %s LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Head:
    """The newest seal of the chain, to be kept where nobody with the database can reach it."""

    digest: str
    seal: int
    at: datetime | None
    events: int
    not_yet_sealed: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verifying found: in words, nothing when the trail stands as it was written."""

    broken: tuple[str, ...]
    seals: int
    events: int
    not_yet_sealed: int

    @property
    def stands(self) -> bool:
        """Whether nothing was found wrong."""
        return not self.broken


def mark(event: Event) -> bytes:
    """An event's id and the digest of everything in it, which is its place in a seal."""
    place: bytes = event[0].to_bytes(ID_BYTES, "big")
    words = json.dumps(event, ensure_ascii=True, separators=(",", ":"))
    return place + hashlib.sha256(words.encode()).digest()


def digest_of(before: str, first: int, last: int, marks: bytes) -> str:
    """A seal's digest: of the seal before it, of what it covers, and of every event in it."""
    return hashlib.sha256(f"{before}|{first}|{last}|".encode() + marks).hexdigest()


def seal(*, most: int = BATCH) -> int:
    """Seal every event that can be sealed now; how many were. One sealer works at a time."""
    sealed, more = 0, True
    while more:
        with transaction.atomic(), acting_as(system_worker()), connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [ONE_SEALER])
            if not cursor.fetchone()[0]:
                return sealed
            count, more = _seal_one(cursor, most)
            sealed += count
    return sealed


def _seal_one(cursor: CursorWrapper, most: int) -> tuple[int, bool]:
    """Seal one batch: how many events, and whether there are more."""
    last = TrailSeal.objects.order_by("-to_transaction").first()
    first, before = (last.to_transaction, last.digest) if last else (0, FIRST)
    cursor.execute(_HORIZON)
    horizon = cursor.fetchone()[0]
    # A transaction of many events is sealed whole, so the batch ends where one does.
    cursor.execute(_END_OF_BATCH, [first, horizon, most - 1])
    found = cursor.fetchone()
    end = found[0] if found else horizon
    marks = b"".join(mark(event) for event in _events(cursor, first, end))
    if not marks:
        return 0, False
    TrailSeal.objects.create(
        from_transaction=first,
        to_transaction=end,
        events=len(marks) // MARK_BYTES,
        marks=marks,
        digest=digest_of(before, first, end, marks),
    )
    return len(marks) // MARK_BYTES, found is not None


def _events(cursor: CursorWrapper, first: int, end: int) -> Iterator[Event]:
    cursor.execute(_EVENTS, [first, end])
    while rows := cursor.fetchmany(2_000):
        yield from rows


def head() -> Head:
    """The newest seal, and how much has been written since."""
    with transaction.atomic(), acting_as(system_worker()), connection.cursor() as cursor:
        last = TrailSeal.objects.order_by("-to_transaction").first()
        cursor.execute("SELECT coalesce(sum(events), 0) FROM accounts_trailseal")
        events = int(cursor.fetchone()[0])
        waiting = _not_yet_sealed(cursor, last.to_transaction if last else 0)
    if last is None:
        return Head(FIRST, 0, None, 0, waiting)
    return Head(last.digest, last.pk, last.at.astimezone(UTC), events, waiting)


def _not_yet_sealed(cursor: CursorWrapper, since: int) -> int:
    cursor.execute("SELECT count(*) FROM accounts_trailevent WHERE transaction >= %s", [since])
    return int(cursor.fetchone()[0])


def verify(*, expecting: str = "") -> Verdict:
    """Work the whole chain out again, and say what is not as it was sealed.

    `expecting` is a head kept elsewhere: if no seal has that digest, the chain was cut or remade.
    """
    broken: list[str] = []
    before, first, seals, events = FIRST, 0, 0, 0
    known = not expecting or expecting == FIRST
    with transaction.atomic(), acting_as(system_worker()), connection.cursor() as cursor:
        for link in TrailSeal.objects.order_by("to_transaction").iterator(chunk_size=50):
            broken += _broken_link(link, before, first)
            broken += _changed_events(cursor, link)
            before, first = link.digest, link.to_transaction
            seals, events = seals + 1, events + link.events
            known = known or link.digest == expecting
        waiting = _not_yet_sealed(cursor, first)
    if not known:
        broken.append(f"No seal has the digest {expecting}: seals were removed or made again")
    return Verdict(tuple(broken), seals, events, waiting)


def _broken_link(link: TrailSeal, before: str, first: int) -> Iterator[str]:
    """What is wrong with the seal itself, and with its place in the chain."""
    if link.from_transaction != first:
        yield f"Seal {link.pk} does not follow the one before it: a seal is missing"
    if link.events != len(link.marks) // MARK_BYTES:
        yield f"Seal {link.pk} was changed: it says {link.events} events"
    covered = (link.from_transaction, link.to_transaction, bytes(link.marks))
    if link.digest != digest_of(before, *covered):
        yield f"Seal {link.pk} was changed, or the seal before it was"


def _changed_events(cursor: CursorWrapper, link: TrailSeal) -> Iterator[str]:
    """Each event that is not as it was when it was sealed."""
    marks = bytes(link.marks)
    places = range(0, len(marks), MARK_BYTES)
    sealed = {marks[n : n + ID_BYTES]: marks[n : n + MARK_BYTES] for n in places}
    for event in _events(cursor, link.from_transaction, link.to_transaction):
        own = mark(event)
        expected = sealed.pop(own[:ID_BYTES], None)
        if expected is None:
            yield f"Event {event[0]} was added after seal {link.pk} was made"
        elif expected != own:
            yield f"Event {event[0]} was changed after seal {link.pk} was made"
    for gone in sealed:
        yield f"Event {int.from_bytes(gone, 'big')} was removed after seal {link.pk} was made"


def keep_time(alias: str = "owner") -> None:
    """Set the trail's clock forward when the database has moved to a server whose numbers are low.

    Called by the owner of the tables before anything is served. On the same server it does nothing.
    """
    with connections[alias].cursor() as cursor:
        cursor.execute("""
            INSERT INTO accounts_trailclock (added)
            SELECT newest - hearth_transaction() + 1 FROM (
                SELECT greatest(
                    (SELECT max(transaction) FROM accounts_trailevent),
                    (SELECT max(to_transaction) FROM accounts_trailseal)
                ) AS newest
            ) known WHERE newest >= hearth_transaction()
        """)
