"""What kind of file was sent, told by its own bytes and never by what it is called.

Each kind on the list is one that people really send, that runs nothing when it is opened, and whose
signature can be checked. Everything else is refused, with words that say what to do.
"""

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from email.parser import BytesHeaderParser
from pathlib import PurePath
from typing import BinaryIO

from hearth.lib.errors import CannotDo
from hearth.lib.text import tidy_line

HEAD = 2048
MOST_INSIDE = 5_000
LARGEST_INSIDE = 300 * 1024 * 1024
MOST_SQUEEZED = 200  # times: ordinary documents are squeezed to a tenth, a bomb to a thousandth
NOT_WRITING = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f]")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MESSAGE_STREAM = "__properties_version1.0".encode("utf-16-le")
HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1")
MP4_BRANDS = (b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ")
M4A_BRANDS = (b"M4A ", b"M4B ", b"mp42", b"isom")
MP3_SYNC = (b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xfa")
MACROS = re.compile(
    r"vbaProject|(^|/)(Basic|Scripts)/|\.(exe|dll|js|vbs|scr|bat|cmd|ps1)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file that is taken, and how its own bytes are known."""

    words: str
    content_type: str
    is_one: Callable[[BinaryIO], bool]


def kind_of(file: BinaryIO, file_name: str) -> FileKind:
    """The kind a file is, when it is on the list and is what it is called."""
    ending = PurePath(file_name).suffix.lower()
    kind = KINDS.get(ending)
    if kind is None:
        raise CannotDo(
            f"Hearth does not keep files that end in “{ending or 'nothing'}”. "
            f"Send one of these instead: {', '.join(e.lstrip('.') for e in sorted(KINDS))}"
        )
    file.seek(0)
    if not kind.is_one(file):
        raise CannotDo(
            f"“{safe_name(file_name)}” is called {kind.words}, and is not one inside, or it is "
            "protected with a password. Open it where it came from and save it again"
        )
    return kind


def safe_name(file_name: str) -> str:
    """A file's name without folders, unseen characters or anything a shell would read."""
    name = tidy_line(file_name.replace("\\", "/").rsplit("/", 1)[-1])
    name = re.sub(r'[<>:"|?*%\x7f]', "_", name).lstrip(". ") or "document"
    stem, dot, ending = name.rpartition(".")
    return f"{stem[: 190 - len(ending)]}{dot}{ending}" if dot else name[:190]


def _begins(*signatures: bytes) -> Callable[[BinaryIO], bool]:
    return lambda file: file.read(HEAD).startswith(signatures)


def _is_pdf(file: BinaryIO) -> bool:
    return b"%PDF-" in file.read(1024)


def _has_brand(*brands: bytes) -> Callable[[BinaryIO], bool]:
    def check(file: BinaryIO) -> bool:
        head = file.read(HEAD)
        length = int.from_bytes(head[:4], "big")
        return head[4:8] == b"ftyp" and any(brand in head[8 : min(length, 200)] for brand in brands)

    return check


def _is_mp3(file: BinaryIO) -> bool:
    head = file.read(3)
    return head == b"ID3" or head[:2] in MP3_SYNC


def _is_writing(file: BinaryIO) -> bool:
    text = file.read()
    if NOT_WRITING.search(text):
        return False
    for encoding in ("utf-8", "cp1252"):
        try:
            text.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False


def _is_email(file: BinaryIO) -> bool:
    headers = BytesHeaderParser().parse(file)
    file.seek(0)
    return {"from", "date", "received", "subject"} & {
        name.lower() for name in headers
    } != set() and b"\x00" not in file.read(HEAD)


def _is_outlook_message(file: BinaryIO) -> bool:
    data = file.read()
    return data.startswith(OLE) and MESSAGE_STREAM in data


def _office(folder: str) -> Callable[[BinaryIO], bool]:
    """A Word, Excel or PowerPoint file: a zip with its parts in one folder, and no macros."""

    def check(file: BinaryIO) -> bool:
        with _opened(file) as parts:
            if parts is None or "[Content_Types].xml" not in parts.namelist():
                return False
            types = parts.read("[Content_Types].xml")
            _refuse_macros(parts, types)
            return any(name.startswith(folder) for name in parts.namelist())

    return check


def _is_open_document(file: BinaryIO) -> bool:
    with _opened(file) as parts:
        if parts is None or "mimetype" not in parts.namelist():
            return False
        _refuse_macros(parts, b"")
        return parts.read("mimetype").strip() == KINDS[".odt"].content_type.encode()


class _opened:  # noqa: N801 - reads as a word where it is used
    """A zip file that is safe to look into, or None."""

    def __init__(self, file: BinaryIO) -> None:
        try:
            self.parts: zipfile.ZipFile | None = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            self.parts = None

    def __enter__(self) -> zipfile.ZipFile | None:
        if self.parts is not None:
            _refuse_bombs(self.parts.infolist())
        return self.parts

    def __exit__(self, *_error: object) -> None:
        if self.parts is not None:
            self.parts.close()


def _refuse_bombs(inside: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(part.file_size for part in inside)
    packed = sum(part.compress_size for part in inside) or 1
    if (
        len(inside) > MOST_INSIDE
        or unpacked > LARGEST_INSIDE
        or (unpacked > HEAD * HEAD and unpacked / packed > MOST_SQUEEZED)
    ):
        raise CannotDo("This file unpacks to far more than a document should, so it was not taken")


def _refuse_macros(parts: zipfile.ZipFile, types: bytes) -> None:
    if b"macroEnabled" in types or any(MACROS.search(name) for name in parts.namelist()):
        raise CannotDo("This file has macros in it, which can run by themselves. Save it without")


_DOCUMENT = "application/vnd.openxmlformats-officedocument"
KINDS: dict[str, FileKind] = {
    ".pdf": FileKind("a PDF", "application/pdf", _is_pdf),
    ".docx": FileKind(
        "a Word document", f"{_DOCUMENT}.wordprocessingml.document", _office("word/")
    ),
    ".xlsx": FileKind("an Excel workbook", f"{_DOCUMENT}.spreadsheetml.sheet", _office("xl/")),
    ".pptx": FileKind(
        "a PowerPoint presentation",
        f"{_DOCUMENT}.presentationml.presentation",
        _office("ppt/"),
    ),
    ".odt": FileKind(
        "an OpenDocument text", "application/vnd.oasis.opendocument.text", _is_open_document
    ),
    ".jpg": FileKind("a JPEG picture", "image/jpeg", _begins(b"\xff\xd8\xff")),
    ".jpeg": FileKind("a JPEG picture", "image/jpeg", _begins(b"\xff\xd8\xff")),
    ".png": FileKind("a PNG picture", "image/png", _begins(b"\x89PNG\r\n\x1a\n")),
    ".heic": FileKind("a HEIC picture", "image/heic", _has_brand(*HEIC_BRANDS)),
    ".txt": FileKind("a text file", "text/plain", _is_writing),
    ".eml": FileKind("an email", "message/rfc822", _is_email),
    ".msg": FileKind("an Outlook message", "application/vnd.ms-outlook", _is_outlook_message),
    ".mp3": FileKind("an MP3 recording", "audio/mpeg", _is_mp3),
    ".m4a": FileKind("an M4A recording", "audio/mp4", _has_brand(*M4A_BRANDS)),
    ".mp4": FileKind("an MP4 film", "video/mp4", _has_brand(*MP4_BRANDS)),
}
