"""The social worker's report to a conference on paper: the report's own reading, as sections."""

from collections.abc import Sequence
from datetime import date

from hearth.design.components.words import day
from hearth.people.models import Person
from hearth.protection.models import Conference
from hearth.protection.pages.conference_report import ChildPart, ReportPaper, report_paper
from hearth.records.outgoing import (
    Reader,
    Section,
    facts,
    points,
    quote,
    section,
    table,
    words,
)


def report_sections(
    conference: Conference,
    reader: Reader,
    shown: Sequence[Person],
    *,
    with_words: bool,
    today: date,
) -> list[Section]:
    """The report as a reader may have it: the family's leaves out what that reading leaves out."""
    paper = report_paper(conference, today=today, for_family=reader.is_family)
    ids = {child.pk for child in shown}
    parts = [part for part in paper.parts if part.child.pk in ids]
    return [
        *section("What the danger is, and what would be safe", words(paper.report.danger)),
        *section("Why there is a conference", words(conference.request_reason)),
        *section("The family", points(*map(str, paper.people))),
        *_enquiry(paper),
        *(each for part in parts for each in _of_child(paper, part, with_words=with_words)),
        *section(
            "What agencies told the enquiry",
            facts(*((check.agency_name, check.said) for check in paper.checks)),
        ),
        *section(
            "Reports from agencies", points(*(str(report.member) for report in paper.agencies))
        ),
    ]


def _enquiry(paper: ReportPaper) -> tuple[Section, ...]:
    made = paper.conference.enquiry
    if made is None:
        return ()
    began = f"The section 47 enquiry began on {day(made.started_on)}."
    return section("The enquiry", words(began), words(made.analysis))


def _of_child(paper: ReportPaper, part: ChildPart, *, with_words: bool) -> tuple[Section, ...]:
    child, found = part.child, part.found
    said = [v for v in part.visits if v.own_words and with_words]
    about = [child.pk]
    return (
        *section(
            str(child),
            facts(
                ("Expected" if child.is_unborn else "Born", day(child.born_on)),
                ("Last seen", day(part.last_seen)),
                ("Last seen alone", day(part.last_alone)),
                ("What the enquiry found", found.outcome_reason if found else ""),
            ),
            words(found.analysis if found and not paper.for_family else ""),
            *(quote(v.own_words, f"{day(v.happened_on)}: {child}") for v in said),
            about=about,
        ),
        *section(f"What this means for {child}", words(part.analysis), about=about),
        *section(
            f"What has happened to {child}",
            table(
                f"What has happened to {child}",
                ("When", "What"),
                [(day(event.entry.happened_on), event.entry.title) for event in part.events],
            ),
            about=about,
        ),
    )
