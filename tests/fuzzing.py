"""What a form asks, and everything that may be sent to it instead."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from itertools import count

from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone
from lxml import html

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
# Changed by looking, by signing in, or by what is being typed: no record.
NOT_RECORDS = {
    "accounts_trailevent",
    "accounts_trailseal",
    "accounts_trailclock",
    "records_draft",
}
NOT_SIGNING_IN = {"accounts_user": "(to_jsonb(r) - 'last_login')::text"}
BLANK_ROW = "__prefix__"  # copied by the browser when a row is added, and never sent
PLAUSIBLE = "She said so herself, and her teacher heard it too."
DATE_PARTS = ("_day", "_month", "_year")
SENT = count(1)


@dataclass(frozen=True)
class Field:
    """One thing a form asks: its name, how it is asked, what is there, and what may be chosen."""

    name: str
    kind: str
    value: str = ""
    options: tuple = ()


@dataclass(frozen=True)
class Sent:
    """What is sent, and the words in it that a page refusing it must still hold."""

    data: dict
    words: dict = field(default_factory=dict)


def is_page(response):
    return not response.streaming and response.get("Content-Type", "").startswith("text/html")


def forms_on(page, address):
    """The forms on a page: the address that each is sent to, and every field, hidden ones too."""
    if not is_page(page):
        return {}
    found: dict[str, dict] = {}
    for form in html.fromstring(page.content.decode() or "<p>").iter("form"):
        to = form.get("action") or address
        if form.get("method", "get").lower() != "post":
            continue
        fields = found.setdefault(to, {})
        for each in form.iter("input", "textarea", "select", "button"):
            asked = _field(each)
            if asked.name and asked.name != "csrfmiddlewaretoken" and BLANK_ROW not in asked.name:
                before = fields.get(asked.name)
                options = (*(before.options if before else ()), *asked.options)
                fields[asked.name] = replace(asked, options=options)
    return {to: tuple(fields.values()) for to, fields in found.items()}


def _field(each):
    name = each.get("name") or ""
    if each.tag == "select":
        return Field(name, "select", "", tuple(o.get("value", "") for o in each.iter("option")))
    if each.tag == "textarea":
        return Field(name, "textarea", (each.text or "").strip())
    kind = each.get("type", "text") if each.tag == "input" else "button"
    value = each.get("value") or ""
    return Field(name, kind, value, (value,) if kind in {"radio", "checkbox", "button"} else ())


# What a worker might send


def sensible(asked, chance):
    """What somebody might answer: a choice that is offered, today, and some words."""
    return {each.name: value for each in asked if (value := _sensible(each, chance)) is not None}


def _sensible(each, chance):
    if each.options:
        offered = [option for option in each.options if option] or [""]
        return chance.choice(offered)
    if each.kind == "file":
        return SimpleUploadedFile("Letter.pdf", PDF, "application/pdf")
    if each.value or each.kind == "hidden":
        return each.value
    today = timezone.localdate()
    for part, value in zip(DATE_PARTS, (today.day, today.month, today.year), strict=True):
        if each.name.endswith(part):
            return str(value)
    return {"number": "1", "time": "10:30", "email": "amara@fenbridge.example"}.get(
        each.kind, PLAUSIBLE
    )


# What nobody should send

WORDS = (
    "nothing\x00after",
    "bell\x07 escape\x1b[31m backspace\x08 delete\x7f",
    "\U0001f469\u200d\U0001f469\u200d\U0001f467 \U0001f3f4\U000e0067\U000e0062\U000e007f",
    "\u0645\u062d\u0645\u062f \u05d3\u05d5\u05d3 \u202egnorw\u202c",
    "Zo\u0308e\u0301\u0327\u0328 " + "\u0301" * 40,
    "<script>alert(1)</script>{{ 7|add:7 }}{% now 'Y' %}",
    "'; DROP TABLE people_person; --",
    "%s %(name)s %n {0} \\x00 \\u202e",
    "\r\n\r\nLocation: elsewhere",
)
LONG = "The longest word. " * 11_111
NUMBERS = (
    *("-1", "0", "x", "1.5", "1e400", "NaN", "-Infinity", "\u0663", "0x10", "1_0", " 7 ", "\x00"),
    *(str(2**31), str(2**63), str(10**30)),
)
DAYS = (
    *(
        ("31", "2", "2024"),
        ("0", "0", "0"),
        ("1", "1", "1"),
        ("31", "12", "9999"),
        ("1", "13", "9"),
    ),
    *(("1", "1", "99999"), ("-1", "-1", "-1"), ("\u0661", "\u0661", "\u0662\u0660\u0662\u0660")),
    *(("x", "", "2024"), ("1", "June", "2024"), ("29", "2", "2023"), ("1", "1", "1880")),
)
FILES = (
    ("Letter.pdf", b"MZ\x90\x00 a program", "application/pdf"),
    ("photo.png", b"<html><script>alert(1)</script></html>", "image/png"),
    ("../../../etc/passwd", PDF, "application/pdf"),
    ("\u202egnp.exe", PDF, "application/x-msdownload"),
    ("empty.pdf", b"", "application/pdf"),
    ("census.xml", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>', "text/xml"),
    ("census.xml", b"\xff\xfe\x00<", "text/xml"),
    ("long" * 200 + ".pdf", PDF, "application/pdf"),
)


def all_wrong(asked, chance, others):
    """Every field answered with something that nobody should send."""
    data: dict = {}
    words: dict[str, str] = {}
    day = chance.choice(DAYS)
    for each in asked:
        data[each.name] = _wrong(each, chance, others, day, words)
    return Sent(data, words)


def one_wrong(asked, chance, others):
    """Sensible answers, but for one field or date."""
    data = sensible(asked, chance)
    words: dict[str, str] = {}
    if asked:
        spoilt = chance.choice(asked)
        day = chance.choice([*DAYS, *_days_around()])
        stem = spoilt.name.rpartition("_")[0]
        is_date = spoilt.name.endswith(DATE_PARTS)
        for each in asked:
            if each is spoilt or (is_date and each.name.rpartition("_")[0] == stem):
                data[each.name] = _wrong(each, chance, others, day, words)
    return Sent(data, words)


def some_missing(asked, chance, others):
    """Sensible answers to some of the fields, and nothing of the others at all."""
    data = sensible(asked, chance)
    return Sent({name: value for name, value in data.items() if chance.random() < 0.6})


def repeated(asked, chance, others):
    """Every field twice or more, with differing answers, and some that were never asked."""
    data = {
        each.name: [_wrong(each, chance, others, DAYS[0], {}), value, value]
        if not hasattr(value := sensible((each,), chance)[each.name], "read")
        else value
        for each in asked
    }
    return Sent(data | {"by": "1", "person": "1", "pk": "1", "form-TOTAL_FORMS": "9999"})


def one_long(asked, chance, others):
    """Sensible answers, and two hundred thousand characters in one box."""
    data = sensible(asked, chance)
    words: dict[str, str] = {}
    boxes = [each for each in asked if each.kind in {"textarea", "text"}]
    if boxes:
        box = chance.choice(boxes)
        data[box.name] = LONG
        words = {} if box.name.endswith(DATE_PARTS) else {box.name: LONG[:60].strip()}
    return Sent(data, words)


WAYS = (all_wrong, one_wrong, some_missing, repeated, one_long)


def _days_around():
    today = timezone.localdate()
    around = (today + timedelta(days=days) for days in (1, 400, -1, -9_000, -40_000))
    return [(str(day.day), str(day.month), str(day.year)) for day in (*around, date(2099, 1, 1))]


def _wrong(each, chance, others, day, words):
    if each.name.endswith("_FORMS"):
        return each.value  # a browser always sends how many rows there are; `repeated` lies of it
    if each.kind == "file":
        return SimpleUploadedFile(*chance.choice(FILES))
    for part, value in zip(DATE_PARTS, day, strict=True):
        if each.name.endswith(part):
            return value
    if each.options or each.kind in {"hidden", "number", "time", "select"}:
        return chance.choice([*NUMBERS, *map(str, others), *WORDS[:4]])
    if each.kind == "textarea" or chance.random() < 0.8:
        mark = f"typed{next(SENT)}"
        words[each.name] = mark
        return f"{mark} {chance.choice(WORDS)}"
    return chance.choice(["", "   ", "\x00", "\u200b"])


# What is in the database


@cache
def tables():
    """Every table of records."""
    return sorted(
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("hearth.") and model._meta.db_table not in NOT_RECORDS
    )


def writes():
    """How many rows this transaction has written to the tables of records, undone or not."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_xact_user_tables"
            " WHERE relname = ANY(%s)",
            [tables()],
        )
        return cursor.fetchone()[0]


def records():
    """Each table of records, with how many rows there are and what is in them, as one number."""
    asked = " UNION ALL ".join(
        f"SELECT '{t}', count(*),"
        f" coalesce(sum(hashtext({NOT_SIGNING_IN.get(t, 'r::text')})::bigint), 0) FROM {t} r"
        for t in tables()
    )
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return {table: (number, held) for table, number, held in cursor.fetchall()}
