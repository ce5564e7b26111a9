"""Telling a worker something on their desk."""

from collections.abc import Iterable, Sequence

from django.db import connection, models, transaction

from hearth.accounts.models import User
from hearth.accounts.trail import label, people_in

# No RETURNING: the teller may not be allowed to see what they tell of.
_INSERT = """
    INSERT INTO accounts_notice (to_id, text, page, subject, about, told_by_id)
    SELECT told, %s, %s, %s, %s::bigint[], %s FROM unnest(%s::bigint[]) told
"""


@transaction.atomic
def notify(
    *,
    to: User | Iterable[User],
    text: str,
    page: str = "",
    subject: models.Model | None = None,
    about: Sequence[int] | None = None,
    by: User,
) -> None:
    """Tell one or several workers something, once each, with the address of the page it leads to.

    It is about the people the subject is about unless told otherwise, and nobody is shown a notice
    about somebody they may not know of. Nobody is told of their own doing, unless they alone are
    told.
    """
    if about is None:
        about = people_in(subject) if subject is not None else []
    told = {to.pk} if isinstance(to, User) else {worker.pk for worker in to} - {by.pk}
    with connection.cursor() as cursor:
        cursor.execute(
            _INSERT, [text[:500], page[:300], label(subject), list(about), by.pk, sorted(told)]
        )
