"""Checks of whether families understand and are understood: interpreters at meetings."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from django.utils import timezone

from hearth.casework.checks import Fact, Looked, Severity, check
from hearth.lib.codes import code_set
from hearth.lib.dates import in_words
from hearth.people.models import Language
from hearth.plans.models import Meeting, MeetingKind, MeetingMember
from hearth.protection.checks.meetings import meetings_lately, of_each, standing_members

FAMILY_MEETINGS = [kind for kind in MeetingKind if kind != MeetingKind.STRATEGY]


@check(
    key="PC-048",
    title="Interpreter needed at a meeting, and none recorded",
    rule="Somebody of the family who needs an interpreter has one at each conference, core group "
    "and review they come to.",
    passes_over="Somebody who needs none, though the child or another parent does; and somebody "
    "who did not come.",
    put_right="Book an interpreter for the next meeting, never one of the family. If one was "
    "there, or was declined, say so on the meeting.",
    authority="Equality Act 2010, section 29; Working Together to Safeguard Children 2023",
    severity=Severity.MEDIUM,
    nothing="No conference, core group or review has been held about this child in six months.",
    manager_after=5,
)
def interpreters_were_there(children: Sequence[int], today: date) -> Iterator[Looked]:
    """Each meeting of the last six months, by who came of the family and what they speak."""
    meetings = meetings_lately(children, FAMILY_MEETINGS, today)
    came = {m.pk: [one for one in standing_members(m) if _is_family(one)] for m in meetings}
    spoken = _needing({one.person_id for some in came.values() for one in some if one.person_id})
    for meeting in meetings:
        without = list(_without(meeting, came[meeting.pk], spoken))
        held = timezone.localdate(meeting.held_at)
        yield from of_each(
            meeting,
            children,
            fires=bool(without),
            because=f"On {in_words(held)} no interpreter was recorded for {'; '.join(without)}."
            if without
            else f"Whoever needed an interpreter on {in_words(held)} had one.",
            since=held,
            more=[Fact("Needs an interpreter", words) for words in without],
        )


def _is_family(member: MeetingMember) -> bool:
    return member.person_id is not None and member.took_part


def _needing(people: set[int]) -> dict[int, list[Language]]:
    found: dict[int, list[Language]] = {}
    rows = Language.objects.standing().filter(person__in=people, interpreter_needed=True)
    for language in rows:
        found.setdefault(language.person_id, []).append(language)
    return found


def _without(
    meeting: Meeting, came: Sequence[MeetingMember], spoken: Mapping[int, Sequence[Language]]
) -> Iterator[str]:
    held = timezone.localdate(meeting.held_at)
    for member in came:
        needs = [one for one in spoken.get(member.person_id or 0, ()) if one.held_on(held)]
        if needs and not member.interpreter:
            yield f"{member.name} ({code_set('language').label(needs[0].code)})"
