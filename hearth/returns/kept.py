"""Files of returns, outside the web root, under names nobody can guess, for as long as each is for.

What is on its way in goes as soon as it has been read. What a check found is held for its hour
among what is passing, and among what is checked only when somebody asks to keep it; no backup holds
what is on its way in or passing.
"""

import json
import os
import shutil
import time
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from hearth.returns.cin.reader import FileSource

INCOMING, PASSING, CHECKED = "incoming", "passing", "checked"
NAMES = "names.json"


def folder(name: str = INCOMING) -> Path:
    """Where files on their way in, or what is held, are kept."""
    place: Path = settings.DOCUMENTS / name
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


@dataclass(frozen=True, slots=True)
class Incoming:
    """The files of a return on its way in, each by the name it was given, and last year's.

    With them come the lists that some rules read besides, and the code of whose return it is.
    """

    now: list[tuple[str, Path]]
    before: list[tuple[str, Path]] = field(default_factory=list)
    providers: list[tuple[str, Path]] = field(default_factory=list)
    postcodes: list[tuple[str, Path]] = field(default_factory=list)
    authority: str = ""


Named = tuple[str, Iterable[bytes]]


def put_in(name: str, files: Mapping[str, Iterable[Named]], authority: str = "") -> None:
    """Keep the files of a return, each with the name it was given, readable by Hearth alone.

    `files` are by what they are of, as `Incoming` calls it.
    """
    place = folder() / name
    place.mkdir(mode=0o700)
    try:
        names = {
            of: [_put(place / f"{of}{number}", *each) for number, each in enumerate(some)]
            for of, some in files.items()
        }
        about = {"files": names, "authority": authority}
        _put(place / NAMES, NAMES, [json.dumps(about).encode()])
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)
        raise


def _put(path: Path, name: str, chunks: Iterable[bytes]) -> str:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        for chunk in chunks:
            file.write(chunk)
    return name


def taken_from(name: str) -> Incoming:
    """The files of a return that were kept. Raises FileNotFoundError when they have gone."""
    place = folder() / name
    about = json.loads((place / NAMES).read_text())
    files = {
        of: [(name, place / f"{of}{number}") for number, name in enumerate(names)]
        for of, names in about["files"].items()
    }
    return Incoming(**files, authority=about["authority"])


def remove_incoming(name: str) -> None:
    """Remove the files of a return."""
    shutil.rmtree(folder() / name, ignore_errors=True)


def where_found(name: str) -> Path:
    """Where what a check found is, or is to be: among what is kept, or else what is passing."""
    kept = folder(CHECKED) / name
    return kept if kept.exists() else folder(PASSING) / name


def keep_found(name: str) -> None:
    """Put what a check found among what is kept."""
    passing = folder(PASSING) / name
    if passing.exists():
        passing.rename(folder(CHECKED) / name)


def remove_found(name: str) -> None:
    """Remove what a check found, wherever it is."""
    for place in (PASSING, CHECKED):
        (folder(place) / name).unlink(missing_ok=True)


def remove(path: Path) -> None:
    """Remove a file, or a folder of them."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def left_behind(seconds: float) -> Iterator[Path]:
    """What checks hold, or held when they were cut short, that has not been touched for so long."""
    before = time.time() - seconds
    places = [path for path in folder().iterdir() if path.is_dir()]
    for path in (*places, *folder(PASSING).iterdir(), *folder(CHECKED).iterdir()):
        if path.stat().st_mtime < before:
            yield path
