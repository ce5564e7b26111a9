"""Whose records were written in a transaction: the checks look at them again once it is done."""

from collections.abc import Sequence

from django.db import connection, transaction

from hearth.quality.tasks import look_soon


class _Touched:
    """The children of one transaction, gathered until it commits."""

    def __init__(self) -> None:
        self.children: set[int] = set()

    def __call__(self) -> None:
        look_soon(self.children)


def touched(people: Sequence[int]) -> None:
    """Note that these people's records were written. Nothing is asked if the work is undone."""
    for waiting in connection.run_on_commit:
        gathered: object = waiting[1]
        if isinstance(gathered, _Touched):
            gathered.children.update(people)
            return
    first = _Touched()
    first.children.update(people)
    transaction.on_commit(first, robust=True)
