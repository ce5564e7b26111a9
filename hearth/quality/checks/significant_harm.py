"""A check that signs of significant harm are met: by a discussion, an enquiry, or a decision."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F
from django.utils import timezone

from hearth.assessments.models import AssessmentFactor
from hearth.casework.checks import Fact, Looked, Severity, check
from hearth.casework.models import Episode
from hearth.front_door.models import ContactChild
from hearth.lib.codes import code_set
from hearth.lib.dates import add_working_days, in_words
from hearth.protection.models import EnquiryChild, StrategyChild
from hearth.records.models import NoteChild

# Physical and sexual abuse by a child or an adult, and female genital mutilation (CIN census).
HARM = ("18A", "18B", "18C", "19A", "19B", "19C", "22A")
CONSIDERED = "section_47"
DAYS = 1


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign of significant harm on a child's record: what it says, since when, and where."""

    child: int
    subject: str
    seen_on: date
    fact: Fact


@dataclass(frozen=True, slots=True)
class Answer:
    """What met a sign: a strategy discussion, an enquiry, or a manager's decision."""

    on: date
    fact: Fact


@check(
    key="PC-013",
    title="Signs of significant harm, and no strategy discussion",
    rule="Where a contact says that a child may be suffering significant harm, or an assessment "
    "finds physical or sexual abuse or female genital mutilation, then within {days} working day a "
    "strategy discussion is held, a section 47 enquiry begins, or a manager records why neither is "
    "needed.",
    passes_over="Harm that was already discussed or enquired into since the child was referred, "
    "in whichever of the child's open episodes. An assessment often names it again at its end.",
    put_right="Hold the strategy discussion today. If section 47 does not apply, a manager records "
    "it on the child's record as oversight, with which agencies were asked.",
    authority="Children Act 1989, section 47; Working Together to Safeguard Children 2023, "
    "chapter 3; Southwark 2011",
    severity=Severity.CRITICAL,
    nothing="No contact or assessment in this child's open case tells of significant harm.",
    numbers={"days": DAYS},
)
def harm_is_met(children: Sequence[int], today: date) -> Iterator[Looked]:
    """Each sign of significant harm in a child's open case, against what met it."""
    opened = dict(
        Episode.objects.open().filter(child__in=children).values_list("child_id", "started_on")
    )
    signs = [*_told(opened), *_found(opened)]
    answers = _answers(sorted({sign.child for sign in signs}), opened)
    for sign in signs:
        met = answers.get(sign.child, [])
        by = add_working_days(sign.seen_on, DAYS)
        yield Looked(
            child=sign.child,
            subject=sign.subject,
            fires=not met and today > by,
            because=f"{sign.fact.says}. "
            + (f"{met[0].fact.says}." if met else "Nobody has discussed or decided on it."),
            since=by + timedelta(1),
            facts=[sign.fact, *(answer.fact for answer in met)],
        )


def _told(opened: Mapping[int, date]) -> Iterator[Sign]:
    """Contacts since the referral that say a child may be suffering significant harm."""
    parts = ContactChild.objects.filter(
        child__in=opened, contact__significant_harm=True, contact__withdrawn_at=None
    ).select_related("contact")
    for part in parts.order_by("pk"):
        day = timezone.localdate(part.contact.received_at)
        if day >= opened[part.child_id]:
            says = f"A contact on {in_words(day)} says that a child may be suffering harm"
            fact = Fact("Contact", says, day, "front_door:contact", part.contact_id)
            yield Sign(part.child_id, f"front_door.Contact:{part.contact_id}", day, fact)


def _found(opened: Mapping[int, date]) -> Iterator[Sign]:
    """Assessments since the referral that find abuse, once each, from the day it was written."""
    rows = AssessmentFactor.objects.filter(
        removed_at=None, code__in=HARM, child__in=opened, part__assessment__cancelled_on=None
    ).order_by("recorded_at", "pk")
    seen: set[tuple[int, int]] = set()
    for child, assessment, started_on, code, recorded_at in rows.values_list(
        "child_id", "part__assessment", "part__assessment__started_on", "code", "recorded_at"
    ):
        if started_on < opened[child] or (child, assessment) in seen:
            continue
        seen.add((child, assessment))
        day = timezone.localdate(recorded_at)
        words = code_set("assessment_factors").label(code).lower()
        says = f"An assessment finds {words}, written on {in_words(day)}"
        fact = Fact("Assessment", says, day, "assessments:open_assessment", assessment)
        yield Sign(child, f"assessments.Assessment:{assessment}", day, fact)


def _answers(children: Sequence[int], opened: Mapping[int, date]) -> dict[int, list[Answer]]:
    """What met the signs of each child since they were referred, the earliest first."""
    found: dict[int, list[Answer]] = {}
    for child, answer in (*_discussed(children), *_enquired(children), *_decided(children)):
        if answer.on >= opened[child]:
            found.setdefault(child, []).append(answer)
    return {child: sorted(some, key=lambda one: one.on) for child, some in found.items()}


def _discussed(children: Sequence[int]) -> Iterator[tuple[int, Answer]]:
    rows = StrategyChild.objects.filter(
        child__in=children,
        discussion__meeting__held_at__isnull=False,
        discussion__meeting__cancelled_at=None,
    ).values_list("child_id", "discussion_id", "discussion__meeting__held_at")
    for child, discussion, held_at in rows:
        day = timezone.localdate(held_at)
        says = f"A strategy discussion was held on {in_words(day)}"
        fact = Fact("Strategy discussion", says, day, "protection:strategy", discussion)
        yield child, Answer(day, fact)


def _enquired(children: Sequence[int]) -> Iterator[tuple[int, Answer]]:
    rows = EnquiryChild.objects.filter(child__in=children, enquiry__cancelled_on=None)
    for child, enquiry, day in rows.values_list("child_id", "enquiry_id", "enquiry__started_on"):
        says = f"A section 47 enquiry began on {in_words(day)}"
        yield child, Answer(day, Fact("Enquiry", says, day, "protection:enquiry", enquiry))


def _decided(children: Sequence[int]) -> Iterator[tuple[int, Answer]]:
    rows = NoteChild.objects.filter(
        child__in=children, note__oversight_point=CONSIDERED, note__withdrawn_at=None
    ).annotate(said_at=F("note__happened_at"))
    for child, note, said_at in rows.values_list("child_id", "note_id", "said_at"):
        day = timezone.localdate(said_at)
        says = f"A manager decided on {in_words(day)} that section 47 was not needed"
        yield child, Answer(day, Fact("Manager's decision", says, day, "records:read_note", note))
