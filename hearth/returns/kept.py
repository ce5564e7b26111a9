"""A file on its way in, kept outside the web root under a name nobody can guess, until read."""

import uuid
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from hearth.returns.cin.reader import FileSource


def folder() -> Path:
    """Where files on their way in are kept."""
    place: Path = settings.DOCUMENTS / "incoming"
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    return place


def keep(file: UploadedFile) -> FileSource:  # type: ignore[type-arg]
    """Keep an upload on disk while it is read."""
    path = folder() / f"{uuid.uuid4().hex}.xml"
    with path.open("xb") as kept:
        for chunk in file.chunks():
            kept.write(chunk)
    return FileSource(path)


def forget(source: FileSource) -> None:
    """Remove a file that has been read, or could not be."""
    source.path.unlink(missing_ok=True)
