"""Reading a draft as the browser sends it. The contract is in static/design/drafts.js."""

import json
import re
from dataclasses import dataclass
from typing import Any

KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,119}")
MOST_FIELDS, MOST_ANSWERS, MOST_PEOPLE = 3000, 500, 100
LARGEST_NUMBER = 2**31 - 1
# PostgreSQL's JSON cannot hold these: the null character, and halves of a pair standing alone.
UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")


class Unreadable(ValueError):
    """What was sent is not a draft."""


@dataclass(frozen=True, slots=True)
class SentDraft:
    """A draft as it was sent: to be kept, or to be thrown away."""

    key: str
    version: int
    fields: dict[str, list[str]]
    about: list[int]
    discard: bool


def read_draft(body: bytes) -> SentDraft:
    """Take a draft out of a request, refusing anything that is not one."""
    try:
        sent = json.loads(body)
    except ValueError as error:
        raise Unreadable("This is not JSON") from error
    if not isinstance(sent, dict):
        raise Unreadable("This is not a draft")
    return SentDraft(
        key=_key(sent.get("key")),
        version=_number(sent.get("version", 0)),
        fields=_fields(sent.get("fields", {})),
        about=_people(sent.get("about", [])),
        discard=sent.get("discard") is True,
    )


def _key(key: Any) -> str:
    if not isinstance(key, str) or not KEY.fullmatch(key):
        raise Unreadable("A draft's key holds letters, digits, dots, dashes and _")
    return key


def _number(value: Any) -> int:
    if type(value) is not int or not 0 <= value <= LARGEST_NUMBER:
        raise Unreadable("A number was expected")
    return value


def _people(about: Any) -> list[int]:
    if not isinstance(about, list) or len(about) > MOST_PEOPLE:
        raise Unreadable("A list of people was expected")
    return [_number(pk) for pk in about]


def _fields(fields: Any) -> dict[str, list[str]]:
    if not isinstance(fields, dict) or len(fields) > MOST_FIELDS:
        raise Unreadable("Named answers were expected")
    return {_keepable(name): _answers(answers) for name, answers in fields.items()}


def _answers(answers: Any) -> list[str]:
    if not isinstance(answers, list) or len(answers) > MOST_ANSWERS:
        raise Unreadable("Each field has a list of answers")
    if not all(isinstance(answer, str) for answer in answers):
        raise Unreadable("Each answer is text")
    return [_keepable(answer) for answer in answers]


def _keepable(text: str) -> str:
    return UNKEEPABLE.sub("", text)
