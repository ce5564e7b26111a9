"""What an answer must be before it is kept, whoever sends it."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from hearth.assessments.models import Assessment, AssessmentChild, AssessmentKind, Outcome
from hearth.assessments.rules import why_factors_not_valid
from hearth.lib.codes import code_set
from hearth.lib.dates import in_words
from hearth.lib.errors import CannotDo
from hearth.people.models import Person

# Which code set each coded answer comes from.
CODED = {
    "seen_alone_reason": "seen_alone_reason",
    "words_obtained": "direct_work_tool",
    "risk_rating": "risk_rating",
    "closure_reason": "cin_closure_reason",
    "not_seen_reason": "parent_not_seen_reason",
}
ROW_CODES = {"risks": "assessment_factors", "protections": "protective_factor"}
DATES = {"seen_on": "seen", "how_safe_on": "asked how safe they feel"}
SAFEST = 10


def check(assessment: Assessment, record: Any, changed: Mapping[str, Any], on: date) -> None:
    """Stop at the first answer that cannot be right."""
    child = record.child if isinstance(record, AssessmentChild) else None
    for why in _wrong(assessment, child, changed, on):
        if why:
            raise CannotDo(why)


def _wrong(
    assessment: Assessment, child: Person | None, changed: Mapping[str, Any], on: date
) -> Iterator[str | None]:
    for field, key in CODED.items():
        if code := changed.get(field):
            yield code_set(key).why_not_valid(code, on=on)
    for field, what in DATES.items():
        if day := changed.get(field):
            yield why_not_seen_on(child, day, what, on)
    for field, key in ROW_CODES.items():
        yield from _wrong_rows(changed.get(field) or (), key)
    yield _wrong_factors(changed.get("factors"))
    yield why_not_outcome(assessment.kind, changed.get("outcome") or "")
    yield _wrong_scale(changed.get("how_safe"))


def _wrong_factors(factors: Any) -> str | None:
    why = why_factors_not_valid(factors) if factors else None
    return f"Factors: {why}" if why else None


def _wrong_scale(how_safe: int | None) -> str | None:
    if how_safe is None or 1 <= how_safe <= SAFEST:
        return None
    return "How safe a child feels is a number from 1 to 10"


def _wrong_rows(rows: Any, key: str) -> Iterator[str]:
    for code, text in rows:
        if code not in code_set(key):
            yield f"{code_set(key).title}: there is no {code or 'empty choice'}"
        if not text:
            yield f"Say how, beside “{code_set(key).label(code)}”"


def why_not_seen_on(child: Person | None, day: date, what: str, on: date) -> str | None:
    """Why somebody cannot have been seen on a day, in words; None if they can."""
    if day > on:
        return f"Nobody can have been {what} in the future: {in_words(day)}"
    if child is not None and child.born_on and day < child.born_on:
        return f"{child} cannot have been {what} before they were born: {in_words(day)}"
    return None


def why_not_outcome(kind: str, outcome: str) -> str | None:
    """Why an assessment of this kind cannot end so, in words; None if it can."""
    if outcome and outcome not in Outcome.values:
        return "Choose what should happen next from the list"
    if outcome == Outcome.CORE_ASSESSMENT and kind != AssessmentKind.INITIAL:
        return "Only an initial assessment leads to a core assessment"
    return None
