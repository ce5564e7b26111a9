"""Reading a question that came by machine: who signed it, about whom, or why it is refused."""

import json
import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest

from hearth.api.models import Asker
from hearth.api.signing import is_fresh, is_signed, message
from hearth.lib.identifiers import check_nhs_number

LONGEST = 4096
FIELDS = {"asked_id", "nhs_number", "born_on", "asked_by", "setting"}


class Refused(Exception):
    """A question that is not answered: the status, and the words."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status


@dataclass(frozen=True, slots=True)
class Question:
    """A question, as it was asked."""

    asked_id: uuid.UUID
    nhs_number: str
    born_on: date
    asked_by: str
    setting: str


def asker_of(request: HttpRequest, *, now: datetime) -> Asker:
    """The service that signed this. Every fault of a signature is answered alike."""
    sent_at = request.headers.get("Hearth-Date", "")
    asker = (
        Asker.objects.on(now.date()).filter(key_name=request.headers.get("Hearth-Key", "")).first()
    )
    signed = message(request.method or "", request.path, sent_at, body_of(request))
    signature = request.headers.get("Hearth-Signature", "")
    if asker is None or not is_signed(asker.public_key, signature, signed):
        raise Refused(401, "This is not signed by a service that may ask")
    if not is_fresh(sent_at, now):
        raise Refused(401, "Hearth-Date must be the time now, with its offset: check your clock")
    return asker


def body_of(request: HttpRequest) -> bytes:
    """What was sent, if it is short enough to be a question."""
    if int(request.headers.get("Content-Length") or 0) > LONGEST:
        raise Refused(413, f"A question is at most {LONGEST} bytes")
    return request.body


def question_in(body: bytes) -> Question:
    """The question in a body, or what is wrong with it."""
    try:
        asked: Any = json.loads(body)
    except (ValueError, RecursionError):
        raise Refused(400, "Send one JSON object") from None
    if not isinstance(asked, dict) or set(asked) != FIELDS:
        raise Refused(400, f"Send exactly these: {', '.join(sorted(FIELDS))}")
    if not all(isinstance(value, str) for value in asked.values()):
        raise Refused(400, "Each must be text")
    return Question(
        _uuid(asked["asked_id"]),
        _nhs_number(asked["nhs_number"]),
        _day(asked["born_on"]),
        _words(asked["asked_by"], "asked_by: say who is asking"),
        _words(asked["setting"], "setting: say where, such as an emergency department"),
    )


def _uuid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise Refused(400, "asked_id must be a UUID, new for each question") from None


def _nhs_number(text: str) -> str:
    try:
        return check_nhs_number(text)
    except ValueError as why:
        raise Refused(400, f"nhs_number: {why}") from None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(400, "born_on must be a date, as 2019-04-30") from None


def _words(text: str, needed: str) -> str:
    words = " ".join(text.split())
    if not words or not words.isprintable():
        raise Refused(400, needed)
    return words
