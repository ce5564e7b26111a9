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

BLOCK = 1 << 20
LONGEST_PIECE = 64 << 20
DEEPEST = 64

_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
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
    kept, given = b"", 0
    for block in _in_utf8(stream):
        _feed(parser, block)
        kept += block
        given += len(block)
        # What the parser has not come to the end of may be an aside, and hold anything.
        passed = len(kept) - (given - parser.CurrentByteIndex)
        piece, rest = _cut(_without(asides, kept[:passed]), ends)
        kept = rest + kept[passed:]
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
    try:
        decoder = codecs.getincrementaldecoder(encoding)()
    except LookupError:
        raise CannotRead(f"The file says it is in {encoding}, which is not an encoding") from None
    line = 1
    while block:
        line += block.count(b"\n")
        yield _decoded(decoder, block, encoding, line)
        block = stream.read(BLOCK)
    yield _decoded(decoder, b"", encoding, line)


def marked_encoding(first: bytes) -> str:
    """The encoding that a file's byte order mark says it is in; nothing without one."""
    return next((encoding for mark, encoding in _MARKS if first.startswith(mark)), "")


def _encoding(first: bytes) -> str:
    declared = _DECLARED.match(first)
    return marked_encoding(first) or (declared[1].decode().lower() if declared else "utf-8")


def _decoded(decoder: codecs.IncrementalDecoder, block: bytes, encoding: str, line: int) -> bytes:
    try:
        return decoder.decode(block, final=not block).encode()
    except UnicodeError as error:
        wrong = getattr(error, "object", b"")[getattr(error, "start", 0) :][:1]
        raise CannotRead(
            f"About line {line}: the file is not in {encoding}, as it says it is"
            f" (byte {wrong.hex() or 'missing'}). Save it as UTF-8"
        ) from None


def _escaped(text: bytes) -> bytes:
    return text.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")


def _cut(kept: bytes, ends: bytes) -> tuple[bytes, bytes]:
    """As much as ends with a whole element, and what is left."""
    close = b"</" + ends + b">"
    place = kept.rfind(close)
    if place >= 0:
        end = place + len(close)
    else:
        odd = rb"</(?:[^\s<>:]+:)?" + re.escape(ends) + rb"\s*>"
        end = max((found.end() for found in re.finditer(odd, kept)), default=0)
    return kept[:end], kept[end:]


def plain(piece: bytes) -> bytes:
    """With every tag as <Name> or </Name>, and nothing else between the signs."""
    return _TAG.sub(_plain_tag, piece)


def _plain_tag(tag: re.Match[bytes]) -> bytes:
    ends, name, closes = tag[1], tag[2], tag[3]
    if closes:
        return b"<" + name + b"></" + name + b">"
    return b"<" + ends + name + b">"
