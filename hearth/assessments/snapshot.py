"""An assessment in words, section by section: as it is sent, compared and printed.

Codes become words here, and what is empty is left out. The children's own words come first.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from hearth.assessments.models import AgencyConsulted, AssessmentChild, Outcome, ParentView
from hearth.assessments.questions import SECTIONS, Question, Section
from hearth.assessments.reading import Reading, section_values
from hearth.lib.codes import code_set
from hearth.lib.dates import in_words

FIRST = ("voice",)
CODES = {
    "seen_alone_reason": "seen_alone_reason",
    "words_obtained": "direct_work_tool",
    "risk_rating": "risk_rating",
    "closure_reason": "cin_closure_reason",
}
# Said in one line with each visit.
SEEN = ("seen_on", "seen_where", "seen_by", "seen_alone", "seen_alone_reason")
ROWS = {"risks": "assessment_factors", "protections": "protective_factor"}


def contents(reading: Reading) -> list[dict[str, Any]]:
    """Every section with something in it, each with its answers, the children's voices first."""
    order = sorted(SECTIONS.values(), key=lambda section: section.key not in FIRST)
    sections = [(section, list(_answers(section, reading))) for section in order]
    return [
        {"key": section.key, "title": section.title, "answers": answers}
        for section, answers in sections
        if answers
    ]


def _answers(section: Section, reading: Reading) -> Iterator[dict[str, str]]:
    shared = section_values(reading.assessment, section)
    yield from _written("", "", section.shared, shared)
    if section.key == "parents":
        yield from (_parent(view) for view in reading.parents)
    if section.key == "agencies":
        yield from (_agency(asked) for asked in reading.agencies)
    for part in reading.parts if section.child else ():
        place, who = f"child-{part.child_id}", part.child.name
        yield from _seen(place, who, section, part, reading)
        yield from _written(place, who, section.child, section_values(part, section))


def _written(
    place: str, who: str, questions: Sequence[Question], values: dict[str, Any]
) -> Iterator[dict[str, str]]:
    for question in questions:
        if question.field in SEEN:
            continue
        if text := say(question.field, values[question.field]):
            first_name = who.split(" ", maxsplit=1)[0]
            label = (question.heading or question.label).replace("{name}", first_name)
            yield _row(place, question.field, label, text, who=who, of=place)


def _seen(
    place: str, who: str, section: Section, part: AssessmentChild, reading: Reading
) -> Iterator[dict[str, str]]:
    """The days a child was seen, first in what they say."""
    if section.key != "voice":
        return
    child = next(child for child in reading.facts.children if child.pk == part.child_id)
    if child.seen:
        text = "\n".join(_seen_once(seen) for seen in child.seen)
        yield _row(place, "seen", "When seen", text, who=who, of=place)


def _seen_once(seen: Any) -> str:
    alone = {True: "alone", False: "not alone", None: ""}[seen.alone]
    reason = say("seen_alone_reason", seen.alone_reason)
    why = f"{alone}: {reason[:1].lower()}{reason[1:]}" if alone and reason else alone or reason
    words = [in_words(seen.on), seen.where, f"by {seen.by}" if seen.by else "", why]
    return ", ".join(filter(None, words))


def _parent(view: ParentView) -> dict[str, str]:
    reason = (
        code_set("parent_not_seen_reason").label(view.not_seen_reason)
        if view.not_seen_reason
        else ""
    )
    seen = f"Spoken to on {in_words(view.seen_on)}." if view.seen_on else ""
    not_seen = f"Not spoken to: {reason[:1].lower()}{reason[1:]}." if reason else ""
    text = "\n".join(filter(None, [seen, view.views, not_seen, view.not_seen_detail]))
    label = f"{view}, {view.relationship}" if view.relationship else str(view)
    return _row(f"parent-{view.pk}", "parent", label, text)


def _agency(asked: AgencyConsulted) -> dict[str, str]:
    when = f"Asked on {in_words(asked.asked_on)}."
    answered = f"Answered on {in_words(asked.answered_on)}." if asked.answered_on else ""
    about = f"About {asked.child}." if asked.child else ""
    no_answer = f"No answer: {asked.no_answer}" if asked.no_answer else ""
    text = "\n".join(filter(None, [f"{when} {answered} {about}".strip(), asked.said, no_answer]))
    of = f"child-{asked.child_id}" if asked.child_id else ""
    return _row(f"agency-{asked.pk}", "agency", str(asked), text, of=of)


def _row(
    place: str, field: str, label: str, text: str, *, who: str = "", of: str = ""
) -> dict[str, str]:
    """One answer: where it stands, under whose name, and whose alone it is."""
    return {"place": place, "who": who, "of": of, "field": field, "label": label, "text": text}


def say(field: str, value: Any) -> str:
    """An answer in words, or nothing where there is none."""
    if field in ROWS:
        known = code_set(ROWS[field])
        return "\n".join(f"{known.label(code)}: {text}" for code, text in value)
    if field == "factors":
        return "\n".join(code_set("assessment_factors").label(code) for code in value)
    if field == "outcome":
        return str(Outcome(value).label) if value else ""
    if field in CODES:
        return code_set(CODES[field]).label(value) if value else ""
    return _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, date):
        return in_words(value)
    return "" if value is None else str(value)
