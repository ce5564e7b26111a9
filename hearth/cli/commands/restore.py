r"""Put a backup into an empty database, bring it up to date, and prove it.

The trail is verified to the seal the backup was made at, and every document that the record names
is looked for and compared with its digest.

Nothing is ever written over: the database and the folder of documents must be empty. To go back to
a backup, start a new local folder or a new database, restore into it, and then use that one.

    HEARTH_LOCAL=/srv/hearth-new hearth restore /var/backups/hearth-2026-11-21-020000
    DATABASE_URL=postgresql://hearth_owner:...@db/hearth_new HEARTH_DOCUMENTS=/srv/documents-new \
        hearth restore /var/backups/hearth-2026-11-21-020000

Ends with 1 if the trail has been interfered with or a document is missing or changed, and says
which; with 2 if the backup is not whole, or the place is not empty, and then nothing was changed.
"""

import argparse
from pathlib import Path

from hearth.cli.main import FOUND, OK
from hearth.cli.report import add_json, progress, report


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which."""
    parser.add_argument("folder", type=Path, help="one backup, as hearth backup named it")
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Restore, make ready and verify."""
    from hearth.accounts import seal
    from hearth.cli import copies
    from hearth.config import database

    about = copies.restore(args.folder)
    database.make_ready(None if args.json else progress)
    verdict = seal.verify(expecting=about["trail_head"])
    documents, amiss = copies.documents_amiss()
    lines = [f"Restored the backup of {about['made']}", *verdict.broken]
    lines.append("The trail stands" if verdict.stands else "THE TRAIL WAS INTERFERED WITH")
    lines += [f"Document {name} is missing or changed" for name in amiss]
    lines.append(f"{documents - len(amiss):,} of {documents:,} documents are as they were put away")
    found = {
        **about,
        "trail_stands": verdict.stands,
        "broken": verdict.broken,
        "documents": documents,
        "documents_amiss": amiss,
    }
    report(args, found, lines)
    return OK if verdict.stands and not amiss else FOUND
