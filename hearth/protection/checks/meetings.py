"""Checks of conferences and core groups: in time, quorate, agencies there, and everybody told."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from hearth.casework.checks import Fact, Looked, Severity, check
from hearth.casework.models.local import local_rules
from hearth.casework.timescales import LocalRules, Timescale, due
from hearth.lib.dates import in_words, working_days_until
from hearth.plans.models import (
    CONFERENCES,
    Meeting,
    MeetingKind,
    MeetingMember,
    Paper,
    PlanChild,
    PlanKind,
)
from hearth.plans.standing import held_of, next_due, parts_of, plan_fact
from hearth.protection import timescales

NO_PLAN = "This child has no child protection plan."
NO_MEETING = "No conference or core group has been held about this child since the plan."
OTHER_AGENCIES = 2
NOTICE_DAYS = {MeetingKind.REVIEW_CONFERENCE: 5}
NOTICE = 3
LATELY = timedelta(days=183)


@check(
    key="PC-045",
    title="Review conference late",
    rule="The first review conference is held within {first} months of the initial conference, and "
    "each later one within {later} months of the last.",
    put_right="Hold the review conference, or book it for a day that is in time.",
    authority="Working Together to Safeguard Children, all editions since 2006",
    severity=Severity.HIGH,
    nothing=NO_PLAN,
    manager_after=0,
    numbers={
        "first": timescales.FIRST_REVIEW.limits[-1].amount,
        "later": timescales.REVIEW.limits[-1].amount,
    },
)
def review_in_time(children: Sequence[int], today: date) -> Iterator[Looked]:
    """Each plan that stands, against the review conferences held under it."""
    limits = (timescales.FIRST_REVIEW, timescales.REVIEW)
    yield from _held_in_time(children, MeetingKind.REVIEW_CONFERENCE, limits, today)


@check(
    key="PC-042",
    title="Core group late",
    rule="The first core group is held within {first} working days of the conference, and each "
    "later one within {later} weeks of the last.",
    put_right="Hold the core group and record it.",
    authority="Working Together to Safeguard Children; Lambeth 2012, paragraph 37",
    severity=Severity.HIGH,
    nothing=NO_PLAN,
    manager_after=2,
    numbers={
        "first": timescales.FIRST_CORE_GROUP.limits[-1].amount,
        "later": timescales.CORE_GROUP.limits[-1].amount,
    },
)
def core_group_in_time(children: Sequence[int], today: date) -> Iterator[Looked]:
    """Each plan that stands, against the core groups held under it."""
    limits = (timescales.FIRST_CORE_GROUP, timescales.CORE_GROUP)
    yield from _held_in_time(children, MeetingKind.CORE_GROUP, limits, today)


def _held_in_time(
    children: Sequence[int],
    kind: MeetingKind,
    limits: tuple[Timescale, Timescale],
    today: date,
) -> Iterator[Looked]:
    parts, local = parts_of(PlanKind.PROTECTION, children), local_rules()
    held = held_of([part.child_id for part in parts], [kind])
    for part in parts:
        last, by = next_due(part, held.get(part.child_id, ()), limits, local)
        yield _in_time(part, kind.label.lower(), last, by, today)


def _in_time(part: PlanChild, what: str, last: date | None, by: date | None, today: date) -> Looked:
    late = by is not None and today > by
    said = f"The last {what} was on {in_words(last)}" if last else f"No {what} has been held"
    return Looked(
        child=part.child_id,
        subject=f"plans.PlanChild:{part.pk}",
        fires=late,
        because=f"{said}; the next {'was' if late else 'is'} due by {in_words(by)}."
        if by
        else f"{said}.",
        since=by + timedelta(1) if by else None,
        facts=[plan_fact(part), Fact(f"Last {what}", in_words(last) if last else "None", last)],
    )


def meetings_lately(
    children: Sequence[int], kinds: Sequence[MeetingKind], today: date
) -> list[Meeting]:
    """Meetings of these kinds held about these children in the last six months."""
    start = timezone.make_aware(datetime.combine(today - LATELY, time()))
    return list(
        Meeting.objects.held()
        .filter(children__child__in=children, kind__in=kinds, held_at__gte=start)
        .prefetch_related("children", "members", "sendings")
        .distinct()
        .order_by("pk")
    )


def of_each(
    meeting: Meeting,
    children: Sequence[int],
    *,
    fires: bool,
    because: str,
    since: date,
    more: Sequence[Fact] = (),
) -> Iterator[Looked]:
    """What is found of a meeting, said of each of these children whom it was about."""
    held = timezone.localdate(meeting.held_at)
    for part in meeting.children.all():
        if part.child_id in children:
            yield Looked(
                child=part.child_id,
                subject=f"plans.Meeting:{meeting.pk}",
                fires=fires,
                because=because,
                since=since,
                facts=[Fact(str(meeting), f"Held on {in_words(held)}", held), *more],
            )


def standing_members(meeting: Meeting) -> list[MeetingMember]:
    """Whoever was asked to a meeting and not taken off it."""
    return [member for member in meeting.members.all() if member.removed_at is None]


def _unsent(meeting: Meeting, papers: Mapping[Paper, Sequence[MeetingMember]]) -> list[str]:
    """Whoever has been neither sent nor refused a paper they are owed, by name."""
    had = {(one.member_id, one.paper) for one in meeting.sendings.all() if one.returned_at is None}
    return [
        f"{Paper(paper).label.lower()} to {member.name}"
        for paper, members in papers.items()
        for member in members
        if (member.pk, paper) not in had
    ]


def _is_owed(member: MeetingMember, paper: Paper) -> bool:
    """Whether a paper goes to them. Our own workers read a core group's notes on its page."""
    return member.is_key and (paper != Paper.MINUTES or member.worker_id is None)


def _sent_in_time(
    meeting: Meeting,
    children: Sequence[int],
    owed: Mapping[Paper, Timescale],
    today: date,
    local: LocalRules,
) -> Iterator[Looked]:
    held = timezone.localdate(meeting.held_at)
    late = {
        paper: [member for member in standing_members(meeting) if _is_owed(member, paper)]
        for paper, timescale in owed.items()
        if (by := due(timescale, held, local)) is not None and today > by.on
    }
    unsent = _unsent(meeting, late)
    yield from of_each(
        meeting,
        children,
        fires=bool(unsent),
        because=f"Not sent: {'; '.join(unsent)}." if unsent else "All that is due has been sent.",
        since=held,
    )


@check(
    key="PC-044",
    title="Conference decisions or record not sent",
    rule="The decisions and outline plan are sent to every key member within {decisions} working "
    "day of a conference, and the full record within {record} working days.",
    passes_over="Somebody from whom a manager or the chair kept the paper, with the reason.",
    put_right="Send what is unsent, or record why it is kept from somebody.",
    authority="Local safeguarding procedures; Lambeth 2012, paragraph 36",
    severity=Severity.MEDIUM,
    nothing=NO_MEETING,
    manager_after=2,
    numbers={
        "decisions": timescales.SEND_DECISIONS.limits[-1].amount,
        "record": timescales.SEND_RECORD.limits[-1].amount,
    },
)
def conference_papers_sent(children: Sequence[int], today: date) -> Iterator[Looked]:
    """Each conference of the last six months, by what its key members have been sent."""
    local = local_rules()
    owed = {Paper.DECISIONS: timescales.SEND_DECISIONS, Paper.RECORD: timescales.SEND_RECORD}
    for meeting in meetings_lately(children, CONFERENCES, today):
        yield from _sent_in_time(meeting, children, owed, today, local)


@check(
    key="PC-043",
    title="Core group notes not sent",
    rule="The notes of a core group are sent to every key member, the parents among them, within "
    "{days} working days.",
    passes_over="Somebody from whom a manager kept the notes, with the reason; our own workers, "
    "who read them here. Notes that came back were not sent.",
    put_right="Send the notes, or record why they are kept from somebody.",
    authority="Lambeth 2012, paragraph 37",
    severity=Severity.MEDIUM,
    nothing=NO_MEETING,
    manager_after=2,
    numbers={"days": timescales.SEND_CORE_GROUP.limits[-1].amount},
)
def core_group_notes_sent(children: Sequence[int], today: date) -> Iterator[Looked]:
    """Each core group of the last six months, by what its key members have been sent."""
    local = local_rules()
    owed = {Paper.MINUTES: timescales.SEND_CORE_GROUP}
    for meeting in meetings_lately(children, [MeetingKind.CORE_GROUP], today):
        yield from _sent_in_time(meeting, children, owed, today, local)


@check(
    key="PC-042.quorum",
    title="Core group without two agencies and a parent",
    rule="At least {agencies} agencies beside children's social care, and a parent or carer, take "
    "part in a core group.",
    passes_over="A parent who is kept out of the group, with the reason.",
    put_right="Ask those who were missing, and hold the next core group with them.",
    authority="Working Together to Safeguard Children; Lambeth 2012, paragraph 37",
    severity=Severity.MEDIUM,
    nothing=NO_MEETING,
    manager_after=5,
    numbers={"agencies": OTHER_AGENCIES},
)
def core_group_quorate(children: Sequence[int], today: date) -> Iterator[Looked]:
    """The last core group of each child in six months, by who took part."""
    last: dict[int, Meeting] = {}
    for meeting in meetings_lately(children, [MeetingKind.CORE_GROUP], today):
        for part in meeting.children.all():
            known = last.get(part.child_id)
            if known is None or (meeting.held_at, meeting.pk) > (known.held_at, known.pk):
                last[part.child_id] = meeting
    for child, meeting in last.items():
        if child in children:
            lacks = list(_lacking(meeting))
            held = timezone.localdate(meeting.held_at)
            yield from of_each(
                meeting,
                [child],
                fires=bool(lacks),
                because=f"On {in_words(held)} there was no {' and no '.join(lacks)}."
                if lacks
                else f"On {in_words(held)} enough took part.",
                since=held,
            )


def _lacking(meeting: Meeting) -> Iterator[str]:
    members = standing_members(meeting)
    agencies = {one.agency for one in members if one.took_part and one.agency}
    if len(agencies) < OTHER_AGENCIES:
        yield f"second agency ({len(agencies)} took part)" if agencies else "other agency"
    family = [one for one in members if not one.agency and one.worker_id is None]
    if not any(one.took_part or one.excluded_reason for one in family):
        yield "parent or carer"


@check(
    key="PC-049",
    title="Agency missing from a conference, with no report",
    rule="An agency asked to a conference comes or sends a report, and is asked at least {notice} "
    "working days before.",
    put_right="Ask the agency for its report, and say when; ask earlier next time.",
    authority="Lambeth 2012, paragraph 44",
    severity=Severity.MEDIUM,
    nothing=NO_MEETING,
    manager_after=5,
    numbers={"notice": NOTICE},
)
def agencies_heard(children: Sequence[int], today: date) -> Iterator[Looked]:
    """Each conference of the last six months, by the agencies that were asked."""
    for meeting in meetings_lately(children, CONFERENCES, today):
        unheard = list(_unheard(meeting))
        yield from of_each(
            meeting,
            children,
            fires=bool(unheard),
            because=f"{'; '.join(unheard)}." if unheard else "Every agency asked was heard.",
            since=timezone.localdate(meeting.held_at),
        )


def _unheard(meeting: Meeting) -> Iterator[str]:
    invited = {
        one.member_id: timezone.localdate(one.sent_at)
        for one in meeting.sendings.all()
        if one.paper == Paper.INVITATION and one.sent_at and one.returned_at is None
    }
    held = timezone.localdate(meeting.held_at)
    for member in standing_members(meeting):
        if not member.agency or member.took_part or member.shared:
            continue
        asked = invited.get(member.pk)
        notice = NOTICE_DAYS.get(MeetingKind(meeting.kind), NOTICE)
        short = asked is not None and working_days_until(asked, held) < notice
        words = f"{member.agency_name} did not come and sent no report"
        yield f"{words}, and was asked late" if short else words
