"""Where the files are: under random names, outside anything the web server serves."""

import hashlib
import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from hearth.lib.errors import CannotDo


@dataclass(frozen=True, slots=True)
class Stored:
    """A file that was put away: its random name, its size and its digest."""

    name: str
    size: int
    sha256: str


def path_of(name: str) -> Path:
    """Where a stored file is. Names are our own: letters and digits, nothing that climbs."""
    if not (name.isascii() and name.isalnum()):
        raise CannotDo("There is no such file")
    return Path(settings.DOCUMENTS) / name[:2] / name


def put(chunks: Iterable[bytes]) -> Stored:
    """Put a file away, on the disk itself before it is spoken of, readable by Hearth alone."""
    name = secrets.token_hex(32)
    path = path_of(name)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest, size = hashlib.sha256(), 0
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return Stored(name, size, digest.hexdigest())
