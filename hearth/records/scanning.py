"""Asking clamd whether a file holds a virus, where this installation has one.

`HEARTH_CLAMD` is `host:port` or `unix:/path/to/socket`. Whatever is not a plain "OK" keeps the file
back: a scanner that cannot answer has not said that a file is clean.
"""

import socket
import struct
from pathlib import Path

from django.conf import settings

from hearth.records.models import Scan

CHUNK = 1 << 16
LONGEST_ANSWER = 4096


def is_set_up() -> bool:
    """Whether this installation has a scanner."""
    return bool(settings.CLAMD)


def scan(path: Path) -> tuple[Scan, str]:
    """What the scanner says of a file, and in what words."""
    if not is_set_up():
        return Scan.NOT_SCANNED, ""
    try:
        answer = _ask(path)
    except OSError as error:
        return Scan.FAILED, f"No answer from the scanner: {error}"[:200]
    words = answer.removeprefix("stream: ")[:200]
    if answer.endswith(" FOUND"):
        return Scan.INFECTED, words
    return (Scan.CLEAN, "") if answer == "stream: OK" else (Scan.FAILED, words or "No answer")


def _ask(path: Path) -> str:
    with _connected() as clamd, path.open("rb") as file:
        clamd.sendall(b"zINSTREAM\0")
        while chunk := file.read(CHUNK):
            clamd.sendall(struct.pack(">I", len(chunk)) + chunk)
        clamd.sendall(struct.pack(">I", 0))
        answer = b""
        while b"\0" not in answer and len(answer) < LONGEST_ANSWER:
            part = clamd.recv(CHUNK)
            if not part:
                break
            answer += part
    return answer.split(b"\0")[0].decode(errors="replace").strip()


def _connected() -> socket.socket:
    if settings.CLAMD.startswith("unix:"):
        clamd = socket.socket(socket.AF_UNIX)
        clamd.settimeout(settings.CLAMD_TIMEOUT)
        clamd.connect(settings.CLAMD.removeprefix("unix:"))
        return clamd
    host, _, port = settings.CLAMD.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=settings.CLAMD_TIMEOUT)
