r"""Put a backup into an empty database, bring it up to date, and verify its trail.

Nothing is ever written over: the database and the folder of documents must be empty. To go back to
a backup, start a new local folder or a new database, restore into it, and then use that one.

    HEARTH_LOCAL=/srv/hearth-new hearth restore /var/backups/hearth-2026-11-21-020000
    DATABASE_URL=postgresql://hearth_owner:...@db/hearth_new HEARTH_DOCUMENTS=/srv/documents-new \
        hearth restore /var/backups/hearth-2026-11-21-020000

Ends with 1 if the trail in the backup has been interfered with.
"""

import argparse
from pathlib import Path

from hearth.cli.main import FOUND, OK
from hearth.cli.report import progress, say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which."""
    parser.add_argument("folder", type=Path, help="one backup, as hearth backup named it")


def run(args: argparse.Namespace) -> int:
    """Restore, make ready and verify."""
    from hearth.accounts import seal
    from hearth.cli import copies
    from hearth.config import database

    about = copies.restore(args.folder)
    say(f"Restored the backup of {about['made']}")
    database.make_ready(progress)
    verdict = seal.verify(expecting=about["trail_head"])
    for line in verdict.broken:
        say(line)
    say("The trail stands as it was written" if verdict.stands else "The trail was interfered with")
    return OK if verdict.stands else FOUND
