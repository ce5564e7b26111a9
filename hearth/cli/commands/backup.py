"""Copy the database and the documents to a folder, while Hearth is in use.

A new folder is made inside the one given, and has its name only once the copy is whole. It holds
every child's record: keep it as safely as the database. It does not hold the secret key; keep that
apart. Sessions are left out, so everybody signs in again after a restore.

    hearth backup /var/backups
    hearth backup /var/backups --json
    DATABASE_URL=postgresql://hearth_owner:...@db/hearth hearth backup /var/backups
"""

import argparse
from pathlib import Path

from hearth.cli.main import OK
from hearth.cli.report import add_json, report


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    parser.add_argument("folder", type=Path, help="the folder that backups are kept in")
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Copy, and say where."""
    from hearth.cli import copies

    made = copies.back_up(args.folder)
    report(args, made, [f"Backed up to {made['folder']}", f"Trail head {made['trail_head']}"])
    return OK
