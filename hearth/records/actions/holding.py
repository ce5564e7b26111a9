"""Taking turns: what two requests may try at once, done one after the other."""

from django.db import connection


def hold(name: str) -> None:
    """Let nobody else hold this name until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 7))", [name])
