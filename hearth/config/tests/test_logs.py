"""What goes wrong is written down without whom it went wrong for."""

import logging

from django.conf import settings
from django.db import IntegrityError

from hearth.config.logs import WithoutRows

SAID = """duplicate key value violates unique constraint "identifier_once"
DETAIL:  Failing row contains (7, Tamsin, He said
that his uncle hit him, 943 476 5919).
HINT:  Look again."""


def refuse():
    raise IntegrityError(SAID)


def test_a_row_the_database_refused_is_not_in_the_log(caplog):
    try:
        refuse()
    except IntegrityError:
        logging.getLogger("django.request").exception("Internal Server Error: /people/")

    (entry,) = [WithoutRows("%(message)s").format(record) for record in caplog.records]
    for words in ("Tamsin", "his uncle", "943 476"):
        assert words in caplog.text
        assert words not in entry
    for words in ("/people/", "identifier_once", "HINT:  Look again", "test_logs.py"):
        assert words in entry


def test_a_fault_is_said_where_whoever_runs_hearth_reads_it():
    assert settings.LOGGING["root"] == {"handlers": ["stderr"], "level": "WARNING"}
    assert logging.getLogger("django.request").isEnabledFor(logging.ERROR)
    assert not logging.getLogger("django").handlers
