"""Asking clamd: what it says is believed only when it says that a file is clean."""

import socket
import struct
import threading
import time

import pytest

from hearth.lib.errors import CannotDo
from hearth.records import actions, scanning
from hearth.records.models import Scan
from hearth.records.tests.factories import PDF, document

pytestmark = pytest.mark.django_db


class Clamd(threading.Thread):
    """A scanner that answers what it is told to, after taking in a file as clamd does."""

    def __init__(self, answer, family=socket.AF_INET, address=("127.0.0.1", 0)):
        super().__init__(daemon=True)
        self.answer, self.received = answer, b""
        self.server = socket.socket(family)
        self.server.bind(address)
        self.server.listen()
        self.address = self.server.getsockname()
        self.start()

    def run(self):
        taken, _ = self.server.accept()
        with taken, self.server:
            command = self._take(taken, len(b"zINSTREAM\0"))
            assert command == b"zINSTREAM\0"
            while length := struct.unpack(">I", self._take(taken, 4))[0]:
                self.received += self._take(taken, length)
            if self.answer is None:
                time.sleep(0.6)
                return
            for part in self.answer:
                taken.sendall(part)

    def _take(self, taken, length):
        got = b""
        while len(got) < length:
            got += taken.recv(length - len(got))
        return got


@pytest.fixture
def clamd(settings):
    def start(*answer):
        scanner = Clamd(answer)
        settings.CLAMD = f"127.0.0.1:{scanner.address[1]}"
        settings.CLAMD_TIMEOUT = 5
        return scanner

    return start


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(PDF * 5000)
    return path


@pytest.mark.parametrize(
    ("answer", "verdict", "words"),
    [
        ([b"stream: OK\0"], Scan.CLEAN, ""),
        ([b"stre", b"am: OK\0"], Scan.CLEAN, ""),
        ([b"stream: Eicar-Signature FOUND\0"], Scan.INFECTED, "Eicar-Signature FOUND"),
        (
            [b"INSTREAM size limit exceeded. ERROR\0"],
            Scan.FAILED,
            "INSTREAM size limit exceeded. ERROR",
        ),
        ([b"stream: OK but not really\0"], Scan.FAILED, "OK but not really"),
        ([b""], Scan.FAILED, "No answer"),
        ([b"\xff" * 5000], Scan.FAILED, "\ufffd" * 200),
    ],
)
def test_what_the_scanner_says_is_told(clamd, file, answer, verdict, words):
    scanner = clamd(*answer)

    assert scanning.scan(file) == (verdict, words)
    assert scanner.received == file.read_bytes()


def test_a_scanner_that_does_not_answer_in_time_has_not_said_that_it_is_clean(settings, file):
    scanner = Clamd(None)
    settings.CLAMD, settings.CLAMD_TIMEOUT = f"127.0.0.1:{scanner.address[1]}", 0.2

    verdict, words = scanning.scan(file)

    assert verdict is Scan.FAILED
    assert "timed out" in words
    scanner.join()


def test_a_scanner_that_is_not_there_has_not_said_that_it_is_clean(settings, file):
    settings.CLAMD, settings.CLAMD_TIMEOUT = "127.0.0.1:1", 1

    assert scanning.scan(file)[0] is Scan.FAILED


def test_a_scanner_on_a_socket_of_this_machine_is_asked(settings, tmp_path, file):
    path = str(tmp_path / "clamd.sock")
    Clamd([b"stream: OK\0"], socket.AF_UNIX, path)
    settings.CLAMD, settings.CLAMD_TIMEOUT = f"unix:{path}", 5

    assert scanning.scan(file) == (Scan.CLEAN, "")


def test_without_a_scanner_the_file_is_said_to_be_not_scanned(file):
    assert scanning.scan(file) == (Scan.NOT_SCANNED, "")


def test_a_file_with_a_virus_is_kept_back_for_good(clamd, worker, ade):
    clamd(b"stream: Eicar-Signature FOUND\0")

    version = document(ade, by=worker).versions.get()

    assert (version.scan, version.scan_answer) == ("infected", "Eicar-Signature FOUND")
    assert version.is_held_back
    with pytest.raises(CannotDo, match="stays kept back"):
        actions.scan_again(version=version, by=worker)


def test_a_file_that_could_not_be_scanned_may_be_scanned_again(clamd, settings, worker, ade):
    settings.CLAMD, settings.CLAMD_TIMEOUT = "127.0.0.1:1", 1
    version = document(ade, by=worker).versions.get()
    clamd(b"stream: OK\0")

    again = actions.scan_again(version=version, by=worker)

    assert (version.scan, again.scan) == ("failed", "clean")
