"""A conference on paper: the invitation, what was decided, the record, and each child's own copy.

Everything in them is what the record says. Whose parts go into which copy is settled by its reader.
"""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from django.utils import timezone

from hearth.design.components.words import clock, day, moment
from hearth.people.models import Person
from hearth.plans.models import MeetingKind, MeetingMember, Paper
from hearth.plans.pages.plan import names_of
from hearth.plans.paper_parts import (
    by_when,
    if_not_enough,
    letter_to,
    quorate_label,
    to_a_child,
    who_comes,
    you_told_us,
)
from hearth.protection.conference_facts import Facts
from hearth.protection.models import Conference, ConferenceDecision
from hearth.protection.pages.conference_page import ChildLine
from hearth.protection.report_copy import report_sections
from hearth.records.outgoing import (
    NO_LETTER,
    Letter,
    Offer,
    Outgoing,
    Reader,
    Section,
    facts,
    paper_for,
    points,
    quote,
    section,
    table,
    words,
)

LETTERS = Path(__file__).parent / "letters"
TITLES = {
    Paper.REPORT: "Social worker's report to the conference",
    Paper.INVITATION: "Invitation to a child protection conference",
    Paper.DECISIONS: "What the conference decided",
    Paper.RECORD: "Record of the conference",
}
TO_FAMILY = {
    ConferenceDecision.PLAN: (
        "The meeting decided that {name} needs a child protection plan. This is because the people "
        "there think {name} has been badly hurt or neglected, or is likely to be."
    ),
    ConferenceDecision.CONTINUE: "The meeting decided that {name} still needs the plan.",
    ConferenceDecision.IN_NEED: (
        "The meeting decided that {name} does not need a child protection plan. You will be asked "
        "to make a child in need plan with us instead: a plan for help that you agree to."
    ),
    ConferenceDecision.NO_PLAN: (
        "The meeting decided that {name} does not need a child protection plan, or other help "
        "from us now."
    ),
}
TO_A_CHILD = {
    ConferenceDecision.PLAN: "You now have a plan to keep you safe.",
    ConferenceDecision.CONTINUE: "You still have a plan to keep you safe.",
    ConferenceDecision.IN_NEED: "You do not need a plan to keep you safe. We will still help you.",
    ConferenceDecision.NO_PLAN: "You do not need a plan to keep you safe.",
}


def offers(read: Facts) -> list[Offer]:
    """The copies that may be made of a conference as it stands."""
    conference = read.conference
    readers = read.readers
    made = [offer_of(read, paper, reader) for paper in _ready(conference) for reader in readers]
    if conference.decided_at is None:
        return made
    own = [child for child in read.children if not child.is_unborn]
    return [*made, *(_own_copy(read, Reader.child(child)) for child in own)]


def _ready(conference: Conference) -> list[Paper]:
    report = getattr(conference, "report", None)
    written = [Paper.REPORT] if report is not None and report.authorised_on else []
    if conference.decided_at is None:
        return [Paper.INVITATION, *written]
    agreed = [Paper.RECORD] if conference.meeting.approved_at is not None else []
    return [Paper.DECISIONS, *agreed, *written]


def offer_of(read: Facts, paper: Paper, reader: Reader) -> Offer:
    """One paper for one reader. A child has what was decided in plain words."""
    if reader.is_one_of(read.children) and paper == Paper.DECISIONS:
        return _own_copy(read, reader)
    return Offer(
        key=f"{paper}.{reader.key}",
        label=f"{TITLES[paper]}: for {reader.name}",
        reader=reader,
        make=partial(MAKE[paper], read, reader),
        around=read.around,
        holds_words=paper != Paper.INVITATION,
    )


def _own_copy(read: Facts, reader: Reader) -> Offer:
    return Offer(
        key=f"own.{reader.key}",
        label=f"{reader.name}'s own copy, in plain words",
        reader=reader,
        make=partial(_childs, read, reader),
        around=read.around,
        is_plain=True,
    )


def _paper(
    read: Facts,
    reader: Reader,
    shown: Sequence[Person],
    title: str,
    sections: Sequence[Section],
    said: Letter = NO_LETTER,
    **more: Any,
) -> Outgoing:
    return paper_for(
        reader,
        title=title,
        subject=names_of(shown),
        on=day(read.meeting.held_at) or day(timezone.localdate()),
        sections=sections,
        said=said,
        **more,
    )


def _letter(name: str, read: Facts, reader: Reader, shown: Sequence[Person]) -> Letter:
    return letter_to(
        reader,
        LETTERS / name,
        shown,
        worker=read.worker,
        held_on=day(read.meeting.held_at),
        chair=str(read.meeting.chair or "the chair"),
    )


def _invitation(read: Facts, reader: Reader, shown: Sequence[Person], _words: bool) -> Outgoing:  # noqa: FBT001 - as an offer calls it
    meeting = read.meeting
    mine = [one for one in read.members if reader.key == f"member-{one.pk}"]
    where = [str(meeting.room), meeting.room.address] if meeting.room else []
    when = f"{moment(meeting.planned_from)} to {clock(meeting.planned_to)}"
    sections = [
        *section(
            "The meeting",
            facts(
                ("When", when if meeting.planned_from else ""),
                ("Where", ", ".join(filter(None, [*where, meeting.place]))),
                ("How", meeting.get_how_display()),
                ("Chair", str(meeting.chair or "")),
                ("About", names_of(shown)),
                ("Interpreter", mine[0].interpreter if mine else ""),
            ),
        ),
        *section("Who is asked", points(*map(str, read.members))),
    ]
    wanted = [str(one) for one in read.members if one.report_wanted]
    if not reader.is_family:
        sections += section("Who is asked for a report", points(*wanted))
    said = _letter("invitation.txt", read, reader, shown) if reader.is_family else NO_LETTER
    noted = ("The chair has kept them out of all or part: say so to them first.",)
    return _paper(
        read,
        reader,
        shown,
        TITLES[Paper.INVITATION],
        sections,
        said,
        address=reader.address(read.around),
        noted=noted if reader.is_kept_out else (),
    )


def _decisions(read: Facts, reader: Reader, shown: Sequence[Person], with_words: bool) -> Outgoing:  # noqa: FBT001 - as an offer calls it
    said = _letter("decisions.txt", read, reader, shown) if reader.is_family else NO_LETTER
    children = [s for c in shown for s in _of_child(read.parts[c.pk], reader, with_words)]
    return _paper(
        read,
        reader,
        shown,
        TITLES[Paper.DECISIONS],
        [*children, *_found(read), *_plan(read, shown)],
        said,
        address=reader.address(read.around),
    )


def _of_child(line: ChildLine, reader: Reader, with_words: bool) -> tuple[Section, ...]:  # noqa: FBT001
    told, name = line.took_part, str(line.child)
    decision = ConferenceDecision(line.part.decision)
    said = TO_FAMILY[decision].format(name=name) if reader.is_family else f"{line.decision}."
    worry = f"The main worry is {line.category.lower()}." if line.category else ""
    return section(
        name,
        words(f"{said} {worry}"),
        words(line.part.reason),
        facts(("How they took part", line.participation)),
        quote(told.views if told and with_words else "", name),
        about=[line.child.pk],
    )


def _found(read: Facts) -> tuple[Section, ...]:
    it = read.conference
    return (
        *section("Why", words(it.summary)),
        *section("What we are worried about", words(it.danger)),
        *section("What is going well", words(it.strengths)),
    )


def _plan(read: Facts, shown: Sequence[Person]) -> tuple[Section, ...]:
    ids = {child.pk for child in shown}
    actions, contingencies = read.asked_for
    mine = [one for one in actions if set(one.about) & ids]
    rows = [(one.what, one.owner, by_when(one), one.measure) for one in mine]
    return (
        *section(
            "What happens now",
            table("The plan", ("What", "Who", "By when", "How we will know"), rows),
            words(_next(read) if mine else ""),
        ),
        *if_not_enough("If the plan is not enough", contingencies, shown),
    )


def _next(read: Facts) -> str:
    it = read.conference
    first = "next" if it.meeting.kind == MeetingKind.REVIEW_CONFERENCE else "first"
    group = f"The people who help with the plan {first} meet on {day(it.core_group_on)}."
    review = f"The plan is looked at again on {day(it.next_review_on)}."
    said = [group if it.core_group_on else "", review if it.next_review_on else ""]
    return " ".join(filter(None, said))


def _record(read: Facts, reader: Reader, shown: Sequence[Person], with_words: bool) -> Outgoing:  # noqa: FBT001 - as an offer calls it
    """The minutes. Whoever was kept out of what was said has none of it in their copy."""
    meeting = read.meeting
    came = [(one.name, one.role or one.agency_name, _came(one)) for one in read.members]
    children = [s for c in shown for s in _of_child(read.parts[c.pk], reader, with_words)]
    kept_out = words(
        "Some of what was said is not in this copy. The chair can tell you why."
        if reader.is_kept_out
        else ""
    )
    told = [] if reader.is_kept_out else _told(read)
    sections = [
        *section(
            "The meeting",
            facts(
                ("Held", moment(meeting.held_at)),
                ("Chair", str(meeting.chair or "")),
                ("Notes taken by", str(meeting.note_taker or "")),
                (
                    quorate_label(reader),
                    "Yes" if meeting.quorate else f"No. {meeting.quorate_reason}",
                ),
            ),
            kept_out,
        ),
        *section("Who was asked", table("Who was asked", ("Who", "As", "Took part"), came)),
        *told,
        *children,
        *_found(read),
        *_plan(read, shown),
        *_apart(read, reader),
    ]
    return _paper(
        read,
        reader,
        shown,
        TITLES[Paper.RECORD],
        sections,
        address=reader.address(read.around),
    )


def _report(read: Facts, reader: Reader, shown: Sequence[Person], with_words: bool) -> Outgoing:  # noqa: FBT001 - as an offer calls it
    today = timezone.localdate()
    sections = report_sections(read.conference, reader, shown, with_words=with_words, today=today)
    return _paper(read, reader, shown, TITLES[Paper.REPORT], sections)


def _came(member: MeetingMember) -> str:
    return str(member.get_attendance_display()) if member.attendance else "Not recorded"


def _told(read: Facts) -> list[Section]:
    """What was said, and by whom; and who did not agree."""
    shared = [(str(one), one.shared) for one in read.members]
    dissent = [(str(one), one.dissent) for one in read.members]
    return [
        *section("What was said", words(read.meeting.minutes), facts(*shared)),
        *section("Who did not agree", facts(*dissent)),
    ]


def _apart(read: Facts, reader: Reader) -> tuple[Section, ...]:
    """For those who are not of the family alone: who was kept out, and why."""
    if reader.is_family:
        return ()
    kept = [(str(one), one.excluded_reason) for one in read.members]
    return section("Not for the family: who was kept out of it, and why", facts(*kept))


def _childs(read: Facts, reader: Reader, shown: Sequence[Person], _words: bool) -> Outgoing:  # noqa: FBT001 - as an offer calls it
    """A child's own copy, in plain words: theirs alone."""
    (child,) = shown
    line = read.parts[child.pk]
    actions = [one for one in read.asked_for[0] if child.pk in one.about]
    decision = ConferenceDecision(line.part.decision)
    sections = [
        *section("What was decided", words(TO_A_CHILD[decision])),
        *you_told_us(line.took_part.views if line.took_part else ""),
        *section("What people will do", points(*map(to_a_child, actions))),
        *section("What happens next", words(_next(read) if actions else "")),
        *who_comes(read.worker),
    ]
    said = _letter("child-conference.txt", read, reader, shown)
    return _paper(read, reader, shown, "Your meeting", sections, said, marking="This is yours")


MAKE = {
    Paper.INVITATION: _invitation,
    Paper.REPORT: _report,
    Paper.DECISIONS: _decisions,
    Paper.RECORD: _record,
}
