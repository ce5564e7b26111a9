"""The notes of a core group or a review on paper, for agencies and for each of the family.

Everything in them is what the record says of the meeting, and of the plan as the meeting left it.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property, partial

from django.db.models import Q
from django.utils import timezone

from hearth.design.components.words import day, moment
from hearth.lib.codes import code_set
from hearth.people.models import Person
from hearth.plans.copies import AGENCIES, reader_of
from hearth.plans.gathering import GATHERINGS, Decided
from hearth.plans.meeting_facts import MeetingFacts
from hearth.plans.models import ActionProgress, Meeting, MeetingChild, PlanAction
from hearth.plans.pages.plan import names_of
from hearth.plans.paper_parts import by_when, quorate_label
from hearth.plans.rules import who_is_missing
from hearth.records.outgoing import (
    Offer,
    Outgoing,
    Reader,
    Section,
    facts,
    paper_for,
    quote,
    section,
    table,
    words,
)

KEPT_OUT = "Some of what was said is not in this copy. Ask the social worker why."


class Facts(MeetingFacts):
    """A meeting that carries a plan on, read for its notes."""

    def __init__(self, meeting: Meeting) -> None:
        """Read this meeting."""
        super().__init__(meeting, meeting.about)
        self.gathering = GATHERINGS[meeting.kind]
        self.held_on = timezone.localdate(meeting.held_at)

    @cached_property
    def parts(self) -> dict[int, MeetingChild]:
        """Each child's part, by the child, the eldest first."""
        found = self.meeting.children.select_related("child").order_by("child__born_on", "child")
        return {part.child_id: part for part in found}

    @cached_property
    def decided(self) -> Mapping[int, Decided]:
        """What was decided for each child, where such a meeting decides anything."""
        decided = self.gathering.decided
        return decided(self.meeting) if decided is not None else {}

    @cached_property
    def progress(self) -> list[ActionProgress]:
        """How each action was found to go."""
        return list(self.meeting.progress.select_related("action").order_by("action__number"))

    @cached_property
    def actions(self) -> list[PlanAction]:
        """What the plan asked for as the meeting left it."""
        if self.meeting.plan is None:
            return []
        asked = self.meeting.plan.actions.filter(set_on__lte=self.held_on)
        return list(asked.filter(Q(ended_on=None) | Q(ended_on__gt=self.held_on)))

    @cached_property
    def next_at(self) -> str:
        """When the next is, where one is arranged."""
        if self.meeting.plan is None:
            return ""
        coming = self.meeting.plan.meetings.coming().filter(planned_from__isnull=False)
        found = coming.order_by("planned_from").first()
        return f"The next meeting is on {moment(found.planned_from)}." if found else ""


def offers(read: Facts) -> list[Offer]:
    """The copies of a meeting's notes that may be made."""
    readers = dict.fromkeys([AGENCIES, *map(reader_of, read.members)])
    return [offer_of(read, reader) for reader in readers]


def offer_of(read: Facts, reader: Reader) -> Offer:
    """The notes for one reader."""
    return Offer(
        key=f"notes.{reader.key}",
        label=f"{title_of(read.meeting)}: for {reader.name}",
        reader=reader,
        make=partial(_notes, read, reader),
        around=read.around,
    )


def title_of(meeting: Meeting) -> str:
    """What the notes of a meeting are called."""
    return f"Notes of the {str(meeting).lower()}"


def _notes(read: Facts, reader: Reader, shown: Sequence[Person], with_words: bool) -> Outgoing:  # noqa: FBT001 - as an offer calls it
    parts = [each for child in shown for each in _of_child(read, child, with_words=with_words)]
    return paper_for(
        reader,
        title=title_of(read.meeting),
        subject=names_of(shown),
        on=day(read.meeting.held_at),
        address=reader.address(read.around),
        sections=(
            *_held(read, reader),
            *_who(read),
            *([] if reader.is_kept_out else _said(read)),
            *parts,
            *_how_it_goes(read, shown),
            *_to_be_done(read, shown),
            *section("What happens next", words(read.next_at)),
        ),
    )


def _held(read: Facts, reader: Reader) -> tuple[Section, ...]:
    meeting = read.meeting
    where = ", ".join(filter(None, [str(meeting.room or ""), meeting.place]))
    lacked = f"No. Not there: {' and '.join(who_is_missing(read.members))}. "
    quorate = "Yes" if meeting.quorate else f"{lacked}{meeting.quorate_reason}"
    return section(
        "The meeting",
        facts(
            ("Held", moment(meeting.held_at)),
            ("Where", where),
            (quorate_label(reader), quorate if meeting.quorate is not None else ""),
            ("Why it was late", meeting.late_reason),
        ),
        words(KEPT_OUT if reader.is_kept_out else ""),
    )


def _who(read: Facts) -> tuple[Section, ...]:
    came = [
        (one.name, one.role or one.agency_name, one.get_attendance_display() or "Not recorded")
        for one in read.members
    ]
    return section("Who was asked", table("Who was asked", ("Who", "As", "Took part"), came))


def _said(read: Facts) -> tuple[Section, ...]:
    """What each told the meeting, what was agreed, and who did not agree."""
    return (
        *section(
            "What each told the meeting", facts(*((str(one), one.shared) for one in read.members))
        ),
        *section("What was said and agreed", words(read.meeting.minutes)),
        *section("Who did not agree", facts(*((str(one), one.dissent) for one in read.members))),
    )


def _of_child(read: Facts, child: Person, *, with_words: bool) -> tuple[Section, ...]:
    part, decided = read.parts[child.pk], read.decided.get(child.pk)
    took_part = code_set("meeting_participation").label(part.participation)
    return section(
        str(child),
        facts(
            ("How they took part", took_part if part.participation else ""),
            ("Decided", decided.decision if decided else ""),
            ("Why", decided.reason if decided else ""),
        ),
        quote(part.views if with_words else "", str(child)),
        about=[child.pk],
    )


def _how_it_goes(read: Facts, shown: Sequence[Person]) -> tuple[Section, ...]:
    ids = {child.pk for child in shown}
    ratings = code_set("action_progress")
    rows = [
        (f"{one.action.number}. {one.action.what}", ratings.label(one.rating), one.words)
        for one in read.progress
        if ids & set(one.action.about)
    ]
    head = ("What was asked", "How it goes", "What has been done")
    return section("How the plan goes", table("How the plan goes", head, rows))


def _to_be_done(read: Facts, shown: Sequence[Person]) -> tuple[Section, ...]:
    ids = {child.pk for child in shown}
    rows = [
        (f"{one.number}. {one.what}", one.owner, by_when(one), one.measure)
        for one in read.actions
        if ids & set(one.about)
    ]
    head = ("What", "Who", "By when", "How we will know")
    return section("What is to be done", table("To be done", head, rows))
