"""What is needed to understand a family and be understood: interpreters, and other ways to speak.

By the facts that stood on a day and were on record by then: nobody is held to what was told later.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Value
from django.utils import timezone

from hearth.lib.codes import code_set
from hearth.people.models import Disability, HouseholdMember, Language

# Disabilities by which somebody is spoken with otherwise than by ear and mouth.
SPEAKS_OTHERWISE = ("COMM", "HEAR", "VIS")
INTERPRETER, AID = "interpreter", "aid"


@dataclass(frozen=True, slots=True)
class Need:
    """What one of a family needs: in words, and since when it is known here."""

    words: str
    since: date


def needs_of(days: Mapping[int, date]) -> dict[int, list[Need]]:
    """What each child, and whoever they live with, needed on a day of their own. Two queries."""
    homes = _homes(days)
    people = {person for everyone in homes.values() for person in everyone} | set(days)
    facts = _facts(people, set(days))
    found: dict[int, list[Need]] = {}
    for child, day in days.items():
        for fact in facts:
            theirs = fact["person_id"] in homes.get(child, {child})
            if (theirs if fact["what"] == INTERPRETER else fact["person_id"] == child) and (
                _stood(fact, day)
            ):
                found.setdefault(child, []).append(_need(fact))
    return found


def needs_on(children: Collection[int], day: date) -> list[str]:
    """What these children and their homes need on one day, each thing once, in words."""
    needs = needs_of(dict.fromkeys(children, day)).values()
    return list(dict.fromkeys(one.words for some in needs for one in some))


def _homes(days: Mapping[int, date]) -> dict[int, set[int]]:
    """Whom each child lived with on their day, the child among them."""
    members: dict[int, list[HouseholdMember]] = {}
    for one in HouseholdMember.objects.standing().with_any_of(list(days)):
        members.setdefault(one.household_id, []).append(one)
    homes: dict[int, set[int]] = {child: {child} for child in days}
    for there in members.values():
        for home in there:
            day = days.get(home.person_id)
            if day is not None and home.held_on(day):
                homes[home.person_id] |= {one.person_id for one in there if one.held_on(day)}
    return homes


def _facts(people: Collection[int], children: Collection[int]) -> list[dict[str, Any]]:
    columns = ("person_id", "code", "started_on", "ended_on", "recorded_at", "what", "name")
    name = F("person__given_names")
    speaks = Language.objects.standing().filter(person__in=people, interpreter_needed=True)
    needs = Disability.objects.standing().filter(person__in=children, code__in=SPEAKS_OTHERWISE)
    said = speaks.annotate(what=Value(INTERPRETER), name=name).order_by().values(*columns)
    more = needs.annotate(what=Value(AID), name=name).order_by().values(*columns)
    found: list[dict[str, Any]] = list(said.union(more, all=True))
    return sorted(found, key=lambda fact: (fact["what"], fact["person_id"], fact["code"]))


def _stood(fact: Mapping[str, Any], day: date) -> bool:
    begun, ended = _since(fact), fact["ended_on"]
    return bool(begun <= day and (ended is None or day < ended))


def _since(fact: Mapping[str, Any]) -> date:
    known = timezone.localdate(fact["recorded_at"])
    return max(known, fact["started_on"] or known)


def _need(fact: Mapping[str, Any]) -> Need:
    what, code = fact["what"], fact["code"]
    if what == INTERPRETER:
        words = f"an interpreter for {code_set('language').label(code)}"
    else:
        words = f"another way to be spoken with ({code_set('disability').label(code).lower()})"
    return Need(f"{fact['name']} needs {words}", _since(fact))
