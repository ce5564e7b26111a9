"""An agency's report to a conference on paper, as it was sent: for agencies, and for each parent.

The family's copy leaves out what the agency said the family must not be told. What an agency says
of one child stands in that child's part, so that a brother's or sister's name there is pointed out.
"""

from collections.abc import Sequence
from functools import partial

from hearth.design.components.words import day, moment
from hearth.people.models import Person
from hearth.plans.pages.plan import names_of
from hearth.protection.conference_facts import Facts
from hearth.protection.models import AgencyReport, AgencyReportChild
from hearth.protection.pages.conference_reports import sent_reports
from hearth.records.outgoing import (
    Offer,
    Outgoing,
    Reader,
    Section,
    facts,
    paper_for,
    section,
    words,
)

LEFT_OUT = "What the agency said the family must not be told is left out."
FILE_APART = "The file they attached is not in it. It is with the children's documents."


def offers_asked(read: Facts, asked: str) -> list[Offer]:
    """The copies of the report that is asked for by the key of one; none for any other key."""
    named, _, _ = asked.partition(".")
    for report in sent_reports(read.conference) if named.startswith("agency-") else ():
        if named == f"agency-{report.pk}":
            return [_offer_of(read, report, reader) for reader in read.readers]
    return []


def _offer_of(read: Facts, report: AgencyReport, reader: Reader) -> Offer:
    return Offer(
        key=f"agency-{report.pk}.{reader.key}",
        label=f"{_title(report)}: for {reader.name}",
        reader=reader,
        make=partial(_report, read, report, reader),
        around=read.around,
        holds_words=False,
    )


def _title(report: AgencyReport) -> str:
    return f"Report to the conference from {report.member}"


def _report(
    read: Facts,
    report: AgencyReport,
    reader: Reader,
    shown: Sequence[Person],
    _words: bool,  # noqa: FBT001 - as an offer calls it
) -> Outgoing:
    ids = {child.pk for child in shown}
    parts = [part for part in report.children.all() if part.child_id in ids]
    noted = [LEFT_OUT] if reader.is_family and report.not_for_family else []
    return paper_for(
        reader,
        title=_title(report),
        subject=names_of(shown),
        on=day(report.sent_at),
        noted=(*noted, *([FILE_APART] if report.document_id else [])),
        sections=(
            *_of(read, report),
            *(each for part in parts for each in _of_child(part)),
            *section("The family", words(report.family)),
            *section("Dates that matter", words(report.chronology)),
            *_not_for_family(report, reader),
        ),
    )


def _of(read: Facts, report: AgencyReport) -> tuple[Section, ...]:
    return section(
        "The report",
        facts(
            ("From", ", ".join(filter(None, [report.member.name, report.member.agency_name]))),
            ("Written by", report.written_by),
            ("Sent", moment(report.sent_at)),
            ("For", f"{read.conference}, {moment(read.meeting.planned_from)}"),
        ),
    )


def _of_child(part: AgencyReportChild) -> tuple[Section, ...]:
    child, about = str(part.child), [part.child_id]
    return (
        *section(child, words(part.known), about=about),
        *section(f"Worries about {child}", words(part.worries), about=about),
        *section(f"What is going well for {child}", words(part.strengths), about=about),
        *section(f"What they want to happen for {child}", words(part.wanted), about=about),
    )


def _not_for_family(report: AgencyReport, reader: Reader) -> tuple[Section, ...]:
    """For those who are not of the family alone."""
    if reader.is_family:
        return ()
    return section("Not to be told to the family", words(report.not_for_family))
