"""Who is at work in this transaction: what row-level security and history go by."""

from collections.abc import Iterator
from contextlib import contextmanager

import pghistory
from django.db import connection, transaction

from hearth.accounts.models import User


def set_worker(worker: User) -> None:
    """Make the rest of this transaction this worker's. Must be called inside a transaction."""
    if not connection.in_atomic_block:
        raise RuntimeError("A worker is set for a transaction, and there is none")
    _set(str(worker.pk))


@contextmanager
def acting_as(worker: User) -> Iterator[None]:
    """Do the work within as this worker: what they may not see, it does not find.

    Whoever was at work before is at work again afterwards.
    """
    with transaction.atomic(), pghistory.context(worker=worker.pk):
        before = _setting()
        set_worker(worker)
        yield
        # When something went wrong within, undoing the savepoint has put it back already.
        _set(before)


@contextmanager
def seeing_everybody(system: User) -> Iterator[None]:
    """Let an action reach rows its worker may not know of, such as when two records become one.

    The history still says that the worker did it. What is found must not be told to them.
    """
    with transaction.atomic():
        before = _setting()
        set_worker(system)
        yield
        _set(before)


def _setting() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('hearth.worker', true), '')")
        return str(cursor.fetchone()[0])


def _set(value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('hearth.worker', %s, true)", [value])
