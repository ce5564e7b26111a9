"""Bring the database up to date with this version of Hearth.

Creates the database and the application's role if they are not there, applies what has changed in
the tables, and puts row-level security on all of them. Safe to run again. `hearth serve` does it
first; run it alone to upgrade before several machines start.

    hearth make-ready
    DATABASE_URL=postgresql://hearth_owner:...@db/hearth hearth make-ready
"""

import argparse

from hearth.cli.main import OK
from hearth.cli.report import progress, say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing to ask."""


def run(_args: argparse.Namespace) -> int:
    """Make it ready."""
    from hearth.config import database

    done = database.make_ready(progress)
    say("The database is ready" if done else "The database was ready already")
    return OK
