"""Where the database is, and how it is spoken to, wherever it is."""

import pytest
from django.db import connections

from hearth.config.postgres import parse


@pytest.mark.django_db(databases=["default", "owner"])
@pytest.mark.parametrize("alias", ["default", "owner"])
def test_no_query_is_compiled_before_it_is_run(alias):
    with connections[alias].cursor() as cursor:
        cursor.execute("SHOW jit")

        assert cursor.fetchone() == ("off",)


def test_what_an_address_asks_for_besides_is_kept():
    place = parse(
        "postgresql://a:b%40c@db.internal/hearth?sslmode=verify-full&options=-c%20geqo=off"
    )

    assert place["PASSWORD"] == "b@c"
    assert place["OPTIONS"] == {"sslmode": "verify-full", "options": "-c jit=off -c geqo=off"}
