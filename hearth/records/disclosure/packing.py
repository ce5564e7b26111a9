"""A child's record packed to be handed over: to read, to load, and the files themselves."""

import json
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.conf import settings

from hearth.accounts.models import User
from hearth.design.components.words import moment
from hearth.lib.dates import in_words
from hearth.records.disclosure.purposes import LEFT_OUT, WHOLE
from hearth.records.disclosure.reading import Disclosure, Line, author
from hearth.records.files import safe_name
from hearth.records.models import DocumentVersion
from hearth.records.printing import CLASSIFICATION, compiled
from hearth.records.storage import path_of

SOURCE = Path(__file__).parent.parent / "print" / "record.typ"
IN_MEMORY = 8 * 1024 * 1024
READ_FIRST = (
    "Somebody must read every page before it leaves the service. It may hold other people's "
    "information, and what would harm somebody if it were told: Data Protection Act 2018, "
    "schedule 2, paragraph 16, and schedule 3, part 3."
)


def packed(found: Disclosure, *, reason: str, by: User, at: datetime) -> IO[bytes]:
    """A zip of record.pdf, record.json and the documents, from its beginning."""
    told = _told(found, reason, by, at)
    file = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - whoever asked closes it
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr("record.json", json.dumps(told, ensure_ascii=False, indent=1))
        pack.writestr("record.pdf", compiled(SOURCE.read_bytes(), told))
        for name, path in _files(found):
            pack.write(path, name)
    file.seek(0)
    return file


def _files(found: Disclosure) -> Iterator[tuple[str, Path]]:
    """The files given whole, but for those the scanner kept back."""
    versions = DocumentVersion.objects.filter(document__in=found.gives("records.Document"))
    for version in versions.order_by("document", "number"):
        path = path_of(version.stored_as)
        if not version.is_held_back and path.exists():
            name = safe_name(version.file_name)
            yield f"documents/{version.document_id}-{version.number}-{name}", path


def _told(found: Disclosure, reason: str, by: User, at: datetime) -> dict[str, Any]:
    child = found.child
    return {
        "title": f"The record of {child.full_name}",
        "authority": settings.AUTHORITY_NAME,
        "classification": CLASSIFICATION,
        "child": str(child),
        "child_id": child.la_child_id or "",
        "born": in_words(child.born_on) if child.born_on else "Not known",
        "purpose": found.purpose.label,
        "reason": reason,
        "printed_by": author(by),
        "printed_at": moment(at),
        "read_first": READ_FIRST,
        "count": found.count,
        "notes": list(_notes(found)),
        "left_out": list(LEFT_OUT.values()),
        "sections": [
            {"key": s.key, "title": s.title, "records": [_record(line) for line in s.lines]}
            for s in found.sections
        ],
    }


def _notes(found: Disclosure) -> Iterator[str]:
    yield f"{found.count:,} record{'' if found.count == 1 else 's'} of {len(found.sections)} kinds."
    if found.purpose not in WHOLE:
        yield (
            f"{found.kept_back:,} kept back, wholly or in part, each with why. Whoever reviews "
            "this decides whether any of it may be told."
        )
    if found.hidden:
        yield (
            f"{found.hidden:,} more are about somebody whose record whoever took this out may not "
            "know of, and are not here. Ask the Caldicott guardian."
        )


def _record(line: Line) -> dict[str, Any]:
    return {
        "number": line.number,
        "title": line.title,
        "kept_back": line.kept_back,
        "review": line.review,
        "says": [{"label": label, "text": text} for label, text in line.said],
    }
