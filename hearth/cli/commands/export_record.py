r"""Take out all that is on record of one child: to read, to load, and the documents.

A zip of record.pdf, record.json and the files. For a subject access request, what names a member of
the public who told us, warnings to workers, legal advice and what was marked to be kept from the
family are kept back, each with why; a court or another authority is given everything. Nothing
private to a brother or sister is in it. Somebody must read every page before it leaves the service.

It is taken out in the name of a worker who may do that from the child's page, with what they may
know of; how much more there is, is said. Who took it out, for whom and why stands on the trail.

    hearth export record out.zip --child FEN1042 --by caldicott@council.gov.uk \
        --purpose subject_access --reason "Her letter of 3 November"

Ends with 2, and writes nothing, if the file is there already, or there is no such child or worker.
"""

import argparse
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from hearth.cli.main import OK
from hearth.cli.report import add_json, new_file, report
from hearth.lib.errors import CannotDo

if TYPE_CHECKING:
    from hearth.accounts.models import User

PURPOSES = ("subject_access", "court", "transfer")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to, whose record, in whose name and why."""
    parser.add_argument("file", type=Path, help="the zip to make")
    parser.add_argument("--child", required=True, metavar="NUMBER", help="the child's own number")
    parser.add_argument("--by", required=True, metavar="EMAIL", help="the worker who takes it out")
    parser.add_argument("--purpose", required=True, choices=PURPOSES, help="why")
    parser.add_argument("--reason", required=True, metavar="WORDS", help="who asked, and when")
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Find the child as the worker may know of them, and write the file."""
    from django.db import transaction
    from django.utils import timezone

    from hearth.accounts.worker_context import acting_as
    from hearth.people.models import Person
    from hearth.records.actions import export_record

    worker = _worker(args.by)
    with transaction.atomic(), acting_as(worker):
        child = Person.objects.children().filter(la_child_id=args.child).first()
        if child is None:
            raise CannotDo(f"{worker} may know of no child with the number {args.child}")
        taken = export_record(
            child=child, purpose=args.purpose, reason=args.reason, at=timezone.now(), by=worker
        )
        with taken.file, new_file(args.file) as out:
            shutil.copyfileobj(taken.file, out)
    found = taken.found
    told = {"file": str(args.file), "records": found.count}
    told |= {"kept_back": found.kept_back, "hidden": found.hidden}
    lines = [f"{found.count:,} records in {args.file}, {found.kept_back:,} kept back"]
    if found.hidden:
        lines.append(f"{found.hidden:,} more are about somebody {worker} may not know of")
    report(args, told, lines)
    return OK


def _worker(email: str) -> "User":
    from django.utils import timezone

    from hearth.accounts.models import User

    worker: User | None = User.objects.filter(email=email.strip().lower()).first()
    if worker is None or not worker.may_sign_in(on=timezone.localdate()):
        raise CannotDo(f"Nobody signs in as {email}")
    return worker
