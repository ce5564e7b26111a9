"""Checks of strategy discussions: the agencies that must take part, a decision, a record sent."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils import timezone

from hearth.casework.checks import Fact, Looked, Severity, check
from hearth.casework.models.local import local_rules
from hearth.casework.timescales import due
from hearth.lib.dates import in_words
from hearth.plans.models import Distribution, MeetingMember, Paper
from hearth.protection import timescales
from hearth.protection.models import StrategyChild

POLICE = {"police"}
HEALTH = {
    "gp",
    "hospital",
    "ambulance",
    "health_visiting",
    "school_nursing",
    "midwifery",
    "camhs",
    "other_health",
}


@check(
    key="PC-014",
    title="Strategy discussion without the police, health or a decision",
    rule="The police and health take part in a strategy discussion with children's social care, "
    "it has a decision, and its record is sent within {days} working day.",
    passes_over="A discussion by telephone is a discussion, if the agencies are recorded. An "
    "agency that could not take part, with the reason and when it was asked since.",
    put_right="Record who took part, or why an agency did not and when it was asked since; record "
    "the decision; send the record.",
    authority="Working Together to Safeguard Children 2023, chapter 3; Southwark 2011; "
    "Wandsworth 2011",
    severity=Severity.HIGH,
    nothing="No strategy discussion has been held about this child in an open case.",
    manager_after=0,
    numbers={"days": timescales.SEND_STRATEGY.limits[-1].amount},
)
def quorate_and_sent(children: Sequence[int], today: date) -> Iterator[Looked]:
    """Each discussion held about a child whose case is open."""
    parts = list(
        StrategyChild.objects.filter(
            child__in=children,
            discussion__meeting__held_at__isnull=False,
            discussion__meeting__cancelled_at=None,
            episode__ended_on=None,
        ).select_related("discussion__meeting")
    )
    meetings = {part.discussion.meeting_id for part in parts}
    came: dict[int, set[str]] = {}
    for meeting, agency in (
        MeetingMember.objects.came()
        .filter(meeting__in=meetings, removed_at=None)
        .values_list("meeting_id", "agency")
    ):
        came.setdefault(meeting, set()).add(agency)
    sent = set(
        Distribution.objects.standing()
        .filter(meeting__in=meetings, paper__in=[Paper.RECORD, Paper.MINUTES])
        .values_list("meeting_id", flat=True)
    )
    local = local_rules()
    for part in parts:
        one = part.discussion
        held = timezone.localdate(one.meeting.held_at)
        lacks = list(_lacking(part, came.get(one.meeting_id, set())))
        by = due(timescales.SEND_STRATEGY, held, local)
        if one.meeting_id not in sent and by is not None and today > by.on:
            lacks.append("its record has not been sent")
        yield Looked(
            child=part.child_id,
            subject=f"protection.StrategyDiscussion:{one.pk}",
            fires=bool(lacks),
            because=f"Of the discussion on {in_words(held)}: {'; '.join(lacks)}."
            if lacks
            else f"The police and health took part on {in_words(held)}, or there is a reason.",
            since=held,
            facts=[Fact("Held", in_words(held), held, "protection:strategy", one.pk)],
        )


def _lacking(part: StrategyChild, agencies: set[str]) -> Iterator[str]:
    discussion = part.discussion
    if not discussion.missing_agency_reason:
        if not agencies & POLICE:
            yield "the police took no part"
        if not agencies & HEALTH:
            yield "health took no part"
    if not discussion.decision:
        yield "there is no decision"
