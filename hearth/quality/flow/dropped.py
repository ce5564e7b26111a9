"""The children who dropped out between enquiry and plan, for whoever may know of each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator

from hearth.accounts.models import User
from hearth.accounts.roles import RECORD_READERS
from hearth.lib.dates import in_words
from hearth.people.models import Person
from hearth.protection.models import ConferenceChild, ConferenceDecision, EnquiryChild
from hearth.quality.flow.asked import FlowForm, chosen, months_of
from hearth.quality.flow.funnel import DROPPED
from hearth.quality.flow.page import without_page
from hearth.quality.flow.reckon import Hit, Stage, tally
from hearth.quality.flow.record import Record, read
from hearth.quality.rules.months import span

A_PAGE = 50
HEAD = ("Child", "Day", "Outcome", "Reason", "Brothers and sisters with them", "Team")


@dataclass(frozen=True, slots=True)
class DroppedLine:
    """A child, on which day, with what outcome, and whose case it was."""

    hit: Hit
    name: str
    outcome: str
    reason: str
    with_them: int
    team: str
    page: str

    @property
    def record(self) -> int:
        """The enquiry or the conference itself."""
        return self.hit.family


@dataclass(frozen=True, slots=True)
class DroppedPage:
    """A page of the children of one stage."""

    filters: FlowForm
    stage: str
    title: str
    period: str
    page: Page[Any]
    lines: Sequence[DroppedLine]
    # Whether whoever reads it opens children's records; an analyst is given numbers, not names.
    opens: bool
    query: str


def dropped_page(worker: User, query: Any, *, today: date) -> DroppedPage:
    """The children of a stage, as narrowed. Those kept from this worker are not among them."""
    filters = FlowForm(query)
    stage = _stage(query)
    period = months_of(chosen(filters)["period"], today)
    record, hits = _hits(filters, stage, period)
    shown = Paginator(hits, A_PAGE).get_page(query.get("page"))
    opens = worker.has_role(*RECORD_READERS)
    return DroppedPage(
        filters,
        stage.value,
        DROPPED[stage],
        span(period[0], period[-1]),
        shown,
        _lines(record, list(shown.object_list), hits, filters.teams, opens=opens),
        opens,
        without_page(query),
    )


def _stage(query: Any) -> Stage:
    asked = query.get("stage")
    return Stage(asked) if asked in DROPPED else Stage.NO_CONFERENCE


def _hits(filters: FlowForm, stage: Stage, period: Sequence[date]) -> tuple[Record, list[Hit]]:
    record = read(period[0])
    counted = tally(record, period, record.of_team(chosen(filters)["team"]))
    return record, sorted(counted.of(stage, period), key=lambda hit: (hit.day, hit.pk))


def _lines(
    record: Record,
    shown: Sequence[Hit],
    hits: Sequence[Hit],
    teams: Mapping[int, str],
    *,
    opens: bool,
) -> list[DroppedLine]:
    people = Person.objects.in_bulk({hit.child for hit in shown})
    said = _said(shown)
    families: dict[int, int] = {}
    for hit in hits:
        families[hit.family] = families.get(hit.family, 0) + 1
    lines = []
    for hit in shown:
        outcome, reason = said[hit.pk]
        person = people[hit.child]
        of_enquiry = hit.stage in (Stage.NO_CONFERENCE, Stage.NOT_HELD)
        lines.append(
            DroppedLine(
                hit,
                str(person) if opens else f"Child {person.la_child_id}",
                outcome,
                # An analyst reads no free text of a child's record.
                reason if opens else "",
                families[hit.family] - 1,
                teams.get(record.leads.team(hit.child, hit.day) or 0, "Nobody's case"),
                "protection:enquiry" if of_enquiry else "protection:conference",
            )
        )
    return lines


def _said(shown: Sequence[Hit]) -> dict[int, tuple[str, str]]:
    """What each part of the record says came of it, and why. One query."""
    pks = [hit.pk for hit in shown]
    if shown and shown[0].stage == Stage.NO_PLAN:
        parts = ConferenceChild.objects.filter(pk__in=pks).values_list("pk", "decision", "reason")
        decided = dict(ConferenceDecision.choices)
        return {pk: (str(decided.get(code, "Not recorded")), why) for pk, code, why in parts}
    return {
        part.pk: (
            part.get_outcome_display() or "Not recorded",
            part.no_conference_reason or part.outcome_reason,
        )
        for part in EnquiryChild.objects.filter(pk__in=pks)
    }


def dropped_rows(worker: User, query: Any, *, today: date) -> Iterator[Sequence[str]]:
    """The same children as rows, all of them."""
    filters, stage = FlowForm(query), _stage(query)
    period = months_of(chosen(filters)["period"], today)
    record, hits = _hits(filters, stage, period)
    opens = worker.has_role(*RECORD_READERS)
    yield HEAD
    for start in range(0, len(hits), 1000):
        for line in _lines(record, hits[start : start + 1000], hits, filters.teams, opens=opens):
            yield (
                line.name,
                in_words(line.hit.day),
                line.outcome,
                line.reason,
                str(line.with_them),
                line.team,
            )
