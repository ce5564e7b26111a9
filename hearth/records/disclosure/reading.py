"""One child's record as it is given: every row in words, and how much is not here."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from hearth.accounts.actions import system_worker
from hearth.accounts.models import User
from hearth.accounts.worker_context import seeing_everybody
from hearth.design.components.words import moment
from hearth.lib.codes import code_set_keys, words
from hearth.lib.dates import in_words
from hearth.people.models import Person
from hearth.records.disclosure.plan import Table, tables
from hearth.records.disclosure.purposes import WHOLE, Purpose, why_kept_back

# Keys and workings, which say nothing of anybody.
UNSAID = {"id", "uuid", "form_key", "about", "event", "version", "search_keys", "stored_as"}
UNSAID |= {
    "recorded_at",
    "recorded_by",
    "source_label",
    "source_id",
    "page",
    "worked_by",
    "withdrawn",
    "happened_moment",
}
LABELS = {"la_child_id": "Number of the record"}
CODES: Mapping[str, str] = {
    "records.CaseNote.kind": "note_kind",
    "records.CaseNote.method": "contact_method",
    "records.ChronologyEntry.kind": "chronology_kind",
    "records.Document.kind": "document_kind",
    "records.Visit.kind": "visit_kind",
    "records.Visit.understood": "visit_understood",
    "records.VisitChild.reason": "child_not_seen_reason",
    "casework.Episode.closure_reason": "cin_closure_reason",
    "casework.ClosingChild.closure_reason": "cin_closure_reason",
    "casework.Allocation.change_reason": "allocation_change_reason",
    "front_door.Contact.method": "contact_method",
    "front_door.Contact.referrer_agency": "agency_type",
    "front_door.Contact.source": "referral_source",
    "front_door.Contact.concerns": "contact_concern",
    "front_door.Contact.stated_threshold": "threshold_level",
    "front_door.Contact.recommended_threshold": "threshold_level",
    "front_door.AdviceRequest.agency": "agency_type",
    "front_door.Referral.source": "referral_source",
    "assessments.AssessmentChild.not_seen_reason": "child_not_seen_reason",
    "assessments.AssessmentChild.closure_reason": "cin_closure_reason",
    "assessments.RiskFactor.code": "assessment_factors",
    "assessments.ProtectiveFactor.code": "protective_factor",
    "assessments.AssessmentFactor.code": "assessment_factors",
    "assessments.ParentView.not_seen_reason": "parent_not_seen_reason",
    "assessments.AgencyConsulted.agency": "agency_type",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One record: what it is, all that it says, and what whoever reviews it must look at."""

    number: int
    title: str
    said: list[tuple[str, str]]
    kept_back: str = ""
    review: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Section:
    """The records of one kind."""

    key: str
    title: str
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Disclosure:
    """A child's whole record, for one purpose."""

    child: Person
    purpose: Purpose
    sections: list[Section]
    # Records about somebody else too, of whom the worker who takes it out may not know.
    hidden: int

    @property
    def count(self) -> int:
        """How many records there are."""
        return sum(len(section.lines) for section in self.sections)

    @property
    def kept_back(self) -> int:
        """How many of them are kept back, wholly or in part."""
        return sum(bool(line.kept_back) for section in self.sections for line in section.lines)

    def gives(self, key: str) -> set[int]:
        """The numbers of the records of a kind that are given whole."""
        lines = [line for s in self.sections if s.key == key for line in s.lines]
        return {line.number for line in lines if not line.kept_back}


def disclose(child: Person, *, purpose: Purpose) -> Disclosure:
    """Everything on record of a child that the worker at work may know of."""
    found = [(table, table.of(child)) for table in tables()]
    sections = [_section(table, rows, child, purpose) for table, rows in found]
    shown = sum(len(section.lines) for section in sections)
    with seeing_everybody(system_worker()):
        there = sum(rows.count() for _, rows in found)
    identity = Section("people.Person", "Who they are", [_line(child, [], child, purpose)])
    kept = [section for section in sections if section.lines]
    return Disclosure(child, purpose, [identity, *kept], max(there - shown, 0))


def _section(table: Table, rows: QuerySet[Any, Any], child: Person, purpose: Purpose) -> Section:
    named = [f.name for f in table.model._meta.concrete_fields if f.is_relation]
    people = rows.select_related(*named).order_by("pk")
    parts: dict[int, list[Any]] = {}
    if table.part is not None:
        for part in table.parts_of(child):
            parts.setdefault(getattr(part, f"{table.link}_id"), []).append(part)
    lines = [_line(row, parts.get(row.pk, []), child, purpose) for row in people]
    return Section(table.model._meta.label, table.title, lines)


def _line(row: Any, parts: Iterable[Any], child: Person, purpose: Purpose) -> Line:
    why, fields = ("", ()) if purpose in WHOLE else why_kept_back(row)
    title = str(row) if not why or fields else ""
    if why and not fields:
        return Line(row.pk, title, [], why)
    but_not = UNSAID | set(fields)
    said = [fact for each in (row, *parts) for fact in _facts(each, child, but_not)]
    said += [(f"Recorded {word}", text) for word, text in _recorded(row)]
    return Line(row.pk, title, said, why, list(_review(row, child)))


def _review(row: Any, child: Person) -> Iterator[str]:
    """What somebody must think about before this is given to anybody."""
    others = len(set(getattr(row, "about", None) or []) - {child.pk})
    if others:
        yield f"Also about {others} other {'person' if others == 1 else 'people'}"
    if getattr(row, "withdrawn_at", None) is not None:
        yield "Withdrawn as recorded in error"


def _facts(row: Any, child: Person, but_not: set[str]) -> Iterator[tuple[str, str]]:
    for each in row._meta.concrete_fields:
        is_own = each.related_model is Person and getattr(row, each.attname) == child.pk
        if each.name in but_not or is_own:
            continue
        if text := _said(row, each):
            label = str(each.verbose_name)
            yield LABELS.get(each.name, label[:1].upper() + label[1:]), text


def _recorded(row: Any) -> Iterator[tuple[str, str]]:
    """When it was written down, and by whom, after all that it says."""
    yield "on", moment(row.recorded_at)
    if (by := getattr(row, "recorded_by", None)) is not None:
        yield "by", str(by)


def _said(row: Any, each: Any) -> str:
    value = getattr(row, each.name)
    if value in (None, "", []) or value is False:
        return ""
    if each.choices and not isinstance(value, list):
        return str(getattr(row, f"get_{each.name}_display")())
    return _in_words(value, CODES.get(f"{row._meta.label}.{each.name}", each.name))


def _in_words(value: Any, codes: str) -> str:
    if value is True:
        return "Yes"
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return in_words(value)
    if isinstance(value, list):
        return ", ".join(_in_words(each, codes) for each in value)
    if isinstance(value, str) and codes in code_set_keys():
        return words(codes, value)
    return str(value)


def author(worker: User) -> str:
    """Who took it out, with their roles."""
    return f"{worker} ({worker.role_names.lower()})"
