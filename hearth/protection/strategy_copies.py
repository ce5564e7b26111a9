"""The record of a strategy discussion on paper: for the agencies that took part, and nobody else.

It is not for the family: what is planned to keep a child safe would be told to whoever may have
harmed them (Working Together to Safeguard Children 2023, chapter 3).
"""

from collections.abc import Sequence
from functools import cached_property, partial

from hearth.design.components.words import day, moment
from hearth.lib.codes import code_set
from hearth.people.models import Person
from hearth.plans.copies import AGENCIES
from hearth.plans.meeting_facts import MeetingFacts
from hearth.plans.pages.plan import names_of
from hearth.protection.models import StrategyChild, StrategyDecision, StrategyDiscussion
from hearth.records.outgoing import (
    Offer,
    Outgoing,
    Reader,
    Section,
    facts,
    paper_for,
    section,
    table,
    words,
)

TITLE = "Record of a strategy discussion"
NOT_IN_IT = "Legal advice is left out: it is for this council alone."
SAFE = {True: "Yes", False: "No", None: ""}


class Facts(MeetingFacts):
    """A discussion read for its record."""

    def __init__(self, discussion: StrategyDiscussion) -> None:
        """Read this discussion."""
        super().__init__(discussion.meeting, discussion.about)
        self.discussion = discussion

    @cached_property
    def parts(self) -> dict[int, StrategyChild]:
        """Each child's part, by the child, the eldest first."""
        found = self.discussion.children.select_related("child")
        return {part.child_id: part for part in found.order_by("child__born_on", "child")}


def offers(read: Facts) -> list[Offer]:
    """The one copy there is."""
    return [offer_of(read, AGENCIES)]


def offer_of(read: Facts, reader: Reader) -> Offer:
    """The record for those who took part."""
    return Offer(
        key=f"record.{reader.key}",
        label=f"{TITLE}: for {reader.name}",
        reader=reader,
        make=partial(_record, read, reader),
        around=read.around,
    )


def _record(read: Facts, reader: Reader, shown: Sequence[Person], _words: bool) -> Outgoing:  # noqa: FBT001 - as an offer calls it
    it = read.discussion
    return paper_for(
        reader,
        title=TITLE,
        subject=names_of(shown),
        on=day(read.meeting.held_at),
        noted=(NOT_IN_IT,) if it.legal_advice else (),
        sections=(
            *_held(read),
            *section("Why it was held", words(it.concern)),
            *_who(read),
            *section("What each told it", facts(*((str(one), one.shared) for one in read.members))),
            *(each for child in shown for each in _of_child(read.parts[child.pk])),
            *_decided(read),
        ),
    )


def _held(read: Facts) -> tuple[Section, ...]:
    meeting = read.meeting
    return section(
        "The discussion",
        facts(
            ("Held", moment(meeting.held_at)),
            ("How", meeting.get_how_display()),
            ("Held by", str(meeting.chair or "")),
            ("Why it was late", meeting.late_reason),
            ("Quorate", _quorate(read.discussion)),
        ),
    )


def _quorate(it: StrategyDiscussion) -> str:
    if not it.missing_reason:
        return "Yes: children's social care, the police and health took part"
    why = code_set("strategy_missing_reason").label(it.missing_reason)
    return f"No. {why}. {it.missing_agency_reason}".strip()


def _who(read: Facts) -> tuple[Section, ...]:
    came = [
        (
            one.name,
            ", ".join(filter(None, [one.agency_name, one.role])) or "Children's social care",
            one.get_attendance_display() or "Not recorded",
        )
        for one in read.members
    ]
    return section("Who was asked", table("Who was asked", ("Who", "For", "Took part"), came))


def _of_child(part: StrategyChild) -> tuple[Section, ...]:
    enquired = "Yes" if part.in_enquiry else "No"
    return section(
        str(part.child),
        facts(
            ("Expected" if part.child.is_unborn else "Born", day(part.child.born_on)),
            ("Safe now", SAFE[part.safe_now]),
            ("What keeps them safe", part.safety),
            ("Staying with", part.staying_with),
            ("In the section 47 enquiry", enquired if part.in_enquiry is not None else ""),
        ),
        about=[part.child_id],
    )


def _decided(read: Facts) -> tuple[Section, ...]:
    it = read.discussion
    again = f"It is discussed again on {day(it.next_on)}." if it.next_on else ""
    return (
        *section(
            "What was decided",
            words(f"{StrategyDecision(it.decision).label}." if it.decision else ""),
            words(it.rationale),
        ),
        *section("Who did not agree", facts(*((str(one), one.dissent) for one in read.members))),
        *section("The plan of the enquiry", words(it.enquiry_plan)),
        *section("What happens next", words(again)),
    )
