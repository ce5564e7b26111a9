"""XML as bytes that a column can be read from: checked whole, and in the plainest form.

Whether a file is well formed is for a real parser (expat), which reads every byte and keeps none.
What it has passed is given on in UTF-8, without comments, in pieces that hold whole children, so
that memory never grows with the file.
"""

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO
from xml.parsers import expat

from hearth.lib.errors import CannotDo
from hearth.returns.checking.columns import as_text, printable
from hearth.returns.checking.encodings import (
    declared_encoding,
    is_of_text,
    marked_encoding,
    other_kind,
)

BLOCK = 1 << 20
LONGEST_PIECE = 64 << 20
DEEPEST = 64
LONGEST_TAG = 1024

_ASIDE = re.compile(rb"<!--.*?-->|<\?.*?\?>|<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_TAG = re.compile(
    rb"""<(/?)(?:[^\s<>/:="']+:)?([^\s<>/="']+)"""
    rb"""(?:\s+[^\s=<>"'/]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*(/?)>"""
)


class CannotRead(CannotDo):
    """The file cannot be used. The message says what is wrong, with its line where there is one."""


def pieces(stream: BinaryIO, ends: bytes) -> Iterator[bytes]:
    """The file in pieces that each end after an element called `ends`, without asides.

    Its tags may still need `plain`. Raises CannotRead where the file is not well formed, has a
    document type, is not in the encoding it says, or has more than 64 MB without an end.
    """
    asides: list[str] = []
    parser = _parser(asides)
    kept, given, hopeful = b"", 0, False
    closing = re.compile(rb"</(?:[^\s<>:]+:)?" + re.escape(ends) + rb"\s*>")
    for block in _in_utf8(stream):
        _feed(parser, block)
        kept += block
        given += len(block)
        # What the parser has not come to the end of may be an aside, and hold anything.
        passed = len(kept) - (given - parser.CurrentByteIndex)
        # Where there is no end, it is not looked for in the same bytes again and again.
        if hopeful or closing.search(kept, max(0, len(kept) - len(block) - LONGEST_TAG)):
            piece, rest = _cut(_without(asides, kept[:passed]), ends, closing)
            kept = rest + kept[passed:]
            hopeful = closing.search(kept) is not None
            if piece:
                yield piece
        if len(kept) > LONGEST_PIECE:
            raise CannotRead(
                f"More than {LONGEST_PIECE >> 20} MB with no </{ends.decode()}>, up to line"
                f" {parser.CurrentLineNumber}: this is not a return"
            )
    _feed(parser, b"", last=True)
    if kept.strip():
        yield _without(asides, kept)


def _parser(asides: list[str]) -> expat.XMLParserType:
    """A parser that notes when it has met a comment, an instruction or text quoted whole."""
    parser = expat.ParserCreate(encoding="utf-8")
    parser.CommentHandler = lambda *_: asides.append("comment")
    parser.ProcessingInstructionHandler = lambda *_: asides.append("instruction")
    parser.StartCdataSectionHandler = lambda: asides.append("quoted")

    def refuse(*_about: object) -> None:
        raise CannotRead(
            f"Line {parser.CurrentLineNumber}: the file has a document type declaration. A return"
            " never has one, and it can be used to do harm, so the file was not read"
        )

    parser.StartDoctypeDeclHandler = refuse
    return parser


def _feed(parser: expat.XMLParserType, block: bytes, *, last: bool = False) -> None:
    try:
        parser.Parse(block, last)
    except expat.ExpatError as error:
        said = expat.errors.messages[error.code]
        raise CannotRead(f"Line {error.lineno}, column {error.offset + 1}: {said}") from None


def _without(asides: list[str], piece: bytes) -> bytes:
    """Without comments and instructions, and with what was quoted whole as ordinary text."""
    if asides or b"<?xml" in piece[:200]:
        return _ASIDE.sub(lambda aside: _escaped(aside[1] or b""), piece)
    return piece


def _in_utf8(stream: BinaryIO) -> Iterator[bytes]:
    """The bytes of the file in UTF-8, whatever it was written in, without a byte order mark."""
    block = stream.read(BLOCK)
    if not block:
        raise CannotRead("The file is empty")
    encoding = _encoding(block)
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    while block:
        yield _decoded(decoder, block, encoding, line)
        line += block.count(b"\n")
        block = stream.read(BLOCK)
    yield _decoded(decoder, b"", encoding, line)


def _encoding(first: bytes) -> str:
    """The encoding a file is in by its first bytes. Raises CannotRead for one that is no XML."""
    if kind := other_kind(first):
        raise CannotRead(f"This is {kind}")
    encoding = marked_encoding(first)
    begins = first.removeprefix(codecs.BOM_UTF8).lstrip()
    if encoding in {"", "utf-8-sig"} and begins and not begins.startswith(b"<"):
        begins = begins.split(b"\n")[0][:40]
        raise CannotRead(f"This is not XML: it begins with {printable(as_text(begins))}")
    encoding = encoding or declared_encoding(first)
    if not is_of_text(encoding):
        raise CannotRead(f"The file says it is in {encoding}, which is not an encoding of text")
    return encoding


def _decoded(decoder: codecs.IncrementalDecoder, block: bytes, encoding: str, line: int) -> bytes:
    """A block in UTF-8, which began on this line. Raises CannotRead where it is not as it says."""
    try:
        decoded: bytes = decoder.decode(block, final=not block).encode()
    except UnicodeError as error:
        read, start = getattr(error, "object", b""), getattr(error, "start", 0)
        line += read[:start].count(b"\n") if isinstance(read, bytes) else 0
        wrong = f"byte {read[start : start + 1].hex()}" if block else "the last is cut short"
        raise CannotRead(
            f"Line {line}: the file is not in {encoding}, as it says it is ({wrong})."
            " Save it as UTF-8"
        ) from None
    # The parser would take a nought among the first bytes for another encoding than this.
    if (place := decoded.find(b"\0")) >= 0:
        line += decoded.count(b"\n", 0, place)
        raise CannotRead(f"Line {line}: there is a NUL byte, which is no text")
    return decoded


def _escaped(text: bytes) -> bytes:
    return text.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")


def _cut(kept: bytes, ends: bytes, closing: re.Pattern[bytes]) -> tuple[bytes, bytes]:
    """As much as ends with a whole element, and what is left."""
    plainly = b"</" + ends + b">"
    place = kept.rfind(plainly)
    if place >= 0:
        end = place + len(plainly)
    else:
        end = max((found.end() for found in closing.finditer(kept)), default=0)
    return kept[:end], kept[end:]


def plain(piece: bytes) -> bytes:
    """With every tag as <Name> or </Name>, and nothing else between the signs."""
    return _TAG.sub(_plain_tag, piece)


def _plain_tag(tag: re.Match[bytes]) -> bytes:
    ends, name, closes = tag[1], tag[2], tag[3]
    if closes:
        return b"<" + name + b"></" + name + b">"
    return b"<" + ends + name + b">"
