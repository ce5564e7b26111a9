"""A worker's browser, so far as a server can tell: cookies, pages, and forms filled in and sent."""

import http.client
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any, Protocol
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from lxml import html

from hearth.accounts.models import User

TYPED = ("text", "hidden", "date", "email", "tel", "number", "time", "search")


def signed_in(worker: User) -> str:
    """A session for a worker, as signing in would begin it."""
    session = SessionStore()
    session[SESSION_KEY] = str(worker.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = worker.get_session_auth_hash()
    session.create()
    return str(session.session_key)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, and in how many milliseconds."""

    status: int
    body: bytes
    took: float


class Asks(Protocol):
    """Whatever a page can be asked of."""

    def get(self, address: str) -> Answer:
        """Open a page."""

    def post(self, address: str, data: Mapping[str, Any]) -> Answer:
        """Send a form."""


@dataclass(slots=True)
class Browser:
    """One connection to a server, kept open, with its cookies."""

    host: str
    port: int
    session: str
    token: str = ""
    line: http.client.HTTPConnection | None = field(default=None)

    def get(self, address: str) -> Answer:
        """Open a page."""
        return self._ask("GET", address, None, {})

    def post(self, address: str, data: Mapping[str, Any]) -> Answer:
        """Send a form."""
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", address, urlencode(data, doseq=True), kind)

    def _ask(
        self, method: str, address: str, body: str | None, headers: Mapping[str, str]
    ) -> Answer:
        kept = self.line is not None
        self.line = self.line or http.client.HTTPConnection(self.host, self.port, timeout=60)
        whole = {**headers, "Cookie": f"sessionid={self.session}; csrftoken={self.token}"}
        began = time.perf_counter()
        try:
            self.line.request(method, address, body, whole)
            answer = self.line.getresponse()
            text = answer.read()
        except (OSError, http.client.HTTPException) as error:
            self.line.close()
            self.line = None
            if kept and isinstance(error, http.client.RemoteDisconnected):
                # The server ends a line nobody has spoken on for half a minute; a browser asks
                # again on a new one.
                return self._ask(method, address, body, headers)
            return Answer(0, b"", (time.perf_counter() - began) * 1000)
        took = (time.perf_counter() - began) * 1000
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            self._keep(SimpleCookie(cookie))
        return Answer(answer.status, text, took)

    def _keep(self, cookies: "SimpleCookie") -> None:
        if "csrftoken" in cookies:
            self.token = cookies["csrftoken"].value


class InProcess:
    """The same pages without a network or a server, for counting what one of them costs."""

    def __init__(self, session: str) -> None:
        from django.test import Client  # noqa: PLC0415 - only a measurement needs it

        self.client = Client(SERVER_NAME="127.0.0.1")
        self.client.cookies["sessionid"] = session

    def get(self, address: str) -> Answer:
        """Open a page."""
        return self._timed(lambda: self.client.get(address))

    def post(self, address: str, data: Mapping[str, Any]) -> Answer:
        """Send a form."""
        return self._timed(lambda: self.client.post(address, data))

    def _timed(self, ask: Callable[[], Any]) -> Answer:
        began = time.perf_counter()
        answer = ask()
        return Answer(answer.status_code, answer.content, (time.perf_counter() - began) * 1000)


def filled(page: bytes, answers: Mapping[str, str]) -> dict[str, Any]:
    """The page's own form as it stands, with these answers.

    An answer is by a field's name or, where its name begins with a hyphen, by how the name ends.
    """
    document: Any = html.fromstring(page)
    forms = [form for form in document.forms if form.method.upper() == "POST"]
    form = max(forms, key=lambda form: len(form.fields))
    data: dict[str, Any] = {}
    for field_ in form.inputs:
        name = field_.get("name")
        if name and (value := _answer(name, answers)) is not None:
            data[name] = value
        elif name and (value := _standing(field_)) is not None:
            data.setdefault(name, []).append(value)
    return data


def _answer(name: str, answers: Mapping[str, str]) -> str | None:
    if name in answers:
        return answers[name]
    endings = (ending for ending in answers if ending.startswith("-") and name.endswith(ending))
    return next((answers[ending] for ending in endings), None)


def _standing(field_: Any) -> str | None:
    """What an untouched field would send; nothing where it is not sent."""
    kind = field_.get("type", "text")
    if field_.tag == "input" and kind in ("radio", "checkbox"):
        return (field_.get("value") or "on") if field_.get("checked") is not None else None
    if field_.tag == "input" and kind not in TYPED:
        return None
    value = field_.value
    return value if isinstance(value, str) else ""
