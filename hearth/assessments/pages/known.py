"""What is already on the record, shown beside the question and never asked again."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from hearth.assessments.questions import Section
from hearth.assessments.reading import Reading
from hearth.assessments.rules import Child, Seen
from hearth.lib.codes import code_set
from hearth.lib.dates import in_words
from hearth.people.models import (
    Characteristic,
    CharacteristicKind,
    Disability,
    Language,
    Person,
)

Known = Mapping[int, Mapping[str, str]]


def known_of(section: Section, reading: Reading) -> Known:
    """For each child, what the record says beside each question of this section."""
    if section.key == "identity":
        return _identity(reading)
    if section.key == "voice":
        return {child.pk: _seen(child) for child in reading.facts.children}
    return defaultdict(dict)


def _seen(child: Child) -> dict[str, str]:
    """The visits on which the child was seen, and what they said on each."""
    said = "\n".join(f"{in_words(s.on)}: {s.own_words}" for s in child.seen if s.own_words)
    visits = [seen for seen in child.seen if seen.visit]
    days = "; ".join(_sight(seen) for seen in visits)
    return {"child_words": "\n".join(filter(None, [f"Visits: {days}" if days else "", said]))}


def _sight(seen: Seen) -> str:
    alone = "seen alone" if seen.alone else "seen, not alone"
    by = "" if seen.by_social_worker else f" by {seen.by}, who is not a registered social worker"
    return f"{in_words(seen.on)}, {alone}{by}"


def _identity(reading: Reading) -> Known:
    """Each child's ethnicity, religion, languages and disabilities as recorded, in one query."""
    day = reading.assessment.started_on
    kinds = (CharacteristicKind.ETHNICITY, CharacteristicKind.RELIGION)
    people = Person.objects.filter(pk__in=[child.pk for child in reading.children]).annotate(
        described=_rows(Characteristic, day, {"kind__in": kinds}, "kind", "code", "detail"),
        spoken=_rows(Language, day, {}, "code", "interpreter_needed"),
        disabled=_rows(Disability, day, {}, "code", "detail"),
    )
    return {person.pk: _described(person) for person in people}


def _rows(model: Any, day: date, only: Mapping[str, Any], *columns: str) -> ArraySubquery:
    """The facts of one kind that hold on a day, below each person."""
    facts = model.objects.on(day).filter(person=OuterRef("pk"), **only).order_by("pk")
    return ArraySubquery(facts.values(row=JSONObject(**{name: name for name in columns})))


def _described(person: Any) -> dict[str, str]:
    told: dict[str, list[str]] = defaultdict(list)
    for row in person.described:
        words = code_set(row["kind"]).label(row["code"]) if row["code"] else ""
        told[row["kind"]].append(_both(words, row["detail"]))
    for row in person.spoken:
        extra = "interpreter needed" if row["interpreter_needed"] else ""
        told["language"].append(_both(code_set("language").label(row["code"]), extra))
    for row in person.disabled:
        told["disability"].append(_both(code_set("disability").label(row["code"]), row["detail"]))
    fields = ("ethnicity", "religion", "language", "disability")
    return {field: "; ".join(told[field]) or "Nothing" for field in fields}


def _both(words: str, extra: str) -> str:
    return f"{words} ({extra})" if words and extra else words or extra
