"""What a file is, by its first bytes: something else altogether, or text in some encoding."""

import codecs
import re

# An encoding that a return may be in. Others that Python knows turn bytes into bytes, or are slow.
_OF_TEXT = re.compile(r"ascii|utf-8(-sig)?|utf-(16|32)(-[bl]e)?|iso8859-\d+|cp\d+|mac-\w+")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_EXCEL = "an Excel workbook. Save each sheet as CSV, and give those"
_KINDS = (
    (b"\xd0\xcf\x11\xe0", _EXCEL),
    (b"PK\x03\x04", "a ZIP file. Take out what is in it, and give that"),
    (b"\x1f\x8b", "a compressed file. Take out what is in it, and give that"),
    (b"%PDF", "a PDF document"),
)
# What stands near the beginning of a workbook, which is a ZIP file too.
_OF_A_WORKBOOK = (b"[Content_Types].xml", b"xl/", b"opendocument.spreadsheet")


def other_kind(first: bytes) -> str:
    """What a file is that is no text at all; nothing when it may be text."""
    if first.startswith(b"PK") and any(sign in first for sign in _OF_A_WORKBOOK):
        return _EXCEL
    return next((kind for begins, kind in _KINDS if first.startswith(begins)), "")


def marked_encoding(first: bytes) -> str:
    """The encoding that a byte order mark, or for want of one a nought beside it, shows.

    Nothing where neither does. A letter in UTF-16 is two bytes, and one of a plain letter's is 0.
    """
    for mark, encoding in _MARKS:
        if first.startswith(mark):
            return encoding
    if first[:2].count(0) == 1:
        return "utf-16-be" if first[0] == 0 else "utf-16-le"
    return ""


def is_markup(first: bytes) -> bool:
    """Whether a file is XML, by its first bytes and whatever encoding it is in.

    So with neither a byte order mark nor the noughts that stand beside letters.
    """
    return first.translate(None, b"\0\xff\xfe" + codecs.BOM_UTF8).lstrip().startswith(b"<")


def declared_encoding(first: bytes) -> str:
    """The encoding an XML file says it is in; UTF-8 where it does not, or cannot be what it says.

    A declaration that can be read as it stands is not in two or four bytes a letter, though
    programs that wrote it so in memory leave it so.
    """
    declared = _DECLARED.match(first)
    said = declared[1].decode().lower() if declared else "utf-8"
    return "utf-8" if said.startswith(("utf-16", "utf-32", "ucs-")) else said


def is_of_text(encoding: str) -> bool:
    """Whether there is such an encoding, and a return may be in it."""
    try:
        return bool(_OF_TEXT.fullmatch(codecs.lookup(encoding).name))
    except LookupError:
        return False
