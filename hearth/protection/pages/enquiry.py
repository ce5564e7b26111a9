"""The pages of a section 47 enquiry: read whole, written, checked, decided."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.urls import reverse

from hearth.accounts.models import User
from hearth.casework.models import Submission
from hearth.design.forms import ChildParts
from hearth.people.family import family_of
from hearth.people.models import Person
from hearth.protection import policies
from hearth.protection.actions.enquiry import ChildPart
from hearth.protection.actions.found import Night
from hearth.protection.forms.enquiry import ChildPartForm, NightForm, NightPartForm, WriteForm
from hearth.protection.household import is_child
from hearth.protection.models import (
    Enquiry,
    EnquiryChild,
    EnquiryOutcome,
    StrategyDiscussion,
)
from hearth.protection.models.enquiries import NEEDS_SENIOR
from hearth.protection.pages.frame import Frame, enquiry_frame
from hearth.protection.reading import Reading, facts_of, read, snapshot
from hearth.protection.rules import Gap, gaps
from hearth.protection.versions import Difference, as_kept, differences
from hearth.workforce.rules import why_not_registered

Data = Mapping[str, Any] | None
ADDRESSES = {
    "write": "write_enquiry",
    "parents": "enquiry_parents",
    "agencies": "enquiry_agencies",
    "medicals": "enquiry_medicals",
    "nights": "enquiry_nights",
    "agreements": "enquiry_agreements",
    "lead": "assign_enquiry",
}
OF_FAMILY = ("home_seen_on", "home", "history", "analysis")
OF_CHILD = tuple(ChildPart.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Missing:
    """Something to put right, and where."""

    words: str
    href: str


@dataclass(frozen=True, slots=True)
class Compared:
    """A version as it was sent, beside a later one or what stands now, and where they differ."""

    before: Submission
    after: Submission | None
    differences: Sequence[Difference]


@dataclass(frozen=True)
class EnquiryPage:
    """An enquiry read whole."""

    frame: Frame
    reading: Reading
    missing: Sequence[Missing]
    discussions: Sequence[StrategyDiscussion]
    submissions: Sequence[Submission]

    @property
    def enquiry(self) -> Enquiry:
        """The enquiry itself."""
        return self.reading.enquiry

    @property
    def returned(self) -> Submission | None:
        """What was last sent, if a manager returned it."""
        last = self.submissions[-1] if self.submissions else None
        is_back = last is not None and last.decision == "returned"
        return last if is_back and not self.enquiry.submitted_on else None

    @property
    def agreed(self) -> Submission | None:
        """What was authorised."""
        return next((each for each in self.submissions if each.decision == "authorised"), None)

    @cached_property
    def compared(self) -> "Compared | None":
        """The last version sent beside the one before, or beside what stands since its return."""
        if self.returned is not None:
            after = as_kept(snapshot(self.reading))
            return Compared(self.returned, None, differences(self.returned.content, after))
        if len(self.submissions) < 2:  # noqa: PLR2004 - one has nothing beside it
            return None
        before, last = self.submissions[-2:]
        return Compared(before, last, differences(before.content, last.content))

    @property
    def to_agree(self) -> list[Person]:
        """The children for whom a service manager must agree that there is no conference."""
        return [part.child for part in self._parts if _wants_senior(part)]

    @property
    def _parts(self) -> list[EnquiryChild]:
        return [child.part for child in self.reading.children]


def _wants_senior(part: EnquiryChild) -> bool:
    return part.outcome in NEEDS_SENIOR and part.no_conference_agreed_at is None


def enquiry_page(enquiry: Enquiry, current: str, *, worker: User, today: date) -> EnquiryPage:
    """The page of an enquiry."""
    reading = read(enquiry)
    is_made = enquiry.submitted_on is None and enquiry.cancelled_on is None and enquiry.task
    found = gaps(facts_of(reading, on=today)) if is_made else []
    discussions = StrategyDiscussion.objects.filter(enquiry=enquiry).select_related("meeting")
    frame = enquiry_frame(enquiry, current, worker=worker, today=today, children=reading.people)
    ways = {place.href for place in frame.places}
    if policies.assign_enquiry.allows(worker, enquiry):
        ways.add(reverse("protection:assign_enquiry", args=[enquiry.pk]))
    return EnquiryPage(
        frame=frame,
        reading=reading,
        missing=[missing_at(enquiry, gap, ways) for gap in found],
        discussions=list(discussions.order_by("pk")),
        submissions=sorted(reading.submissions, key=lambda sent: sent.number),
    )


def missing_at(enquiry: Enquiry, gap: Gap, ways: Collection[str]) -> Missing:
    """A gap with the address of the box that would fill it, for whoever may fill it."""
    address = reverse(f"protection:{ADDRESSES[gap.page]}", args=[enquiry.pk])
    if address not in ways:
        return Missing(gap.words, "")
    return Missing(gap.words, f"{address}#{gap.anchor}" if gap.anchor else address)


class Writing:
    """The page where an enquiry is written: the family, then each child."""

    def __init__(self, enquiry: Enquiry, data: Data, *, worker: User, today: date) -> None:
        self.enquiry = enquiry
        self.reading = read(enquiry)
        people = self.reading.people
        self.frame = enquiry_frame(enquiry, "write", worker=worker, today=today, children=people)
        shared = {name: getattr(enquiry, name) for name in OF_FAMILY}
        self.form = WriteForm(data, initial={**shared, "version": enquiry.version})
        own = {
            child.child.pk: {name: getattr(child.part, name) for name in OF_CHILD}
            for child in self.reading.children
        }
        children = [child.child for child in self.reading.children]
        self.parts = ChildParts(ChildPartForm, children, data=data, initial=own)

    def is_valid(self) -> bool:
        """Whether it can be saved; all of it is checked, so that all errors show."""
        return self.form.is_bound and all([self.form.is_valid(), self.parts.is_valid()])

    @property
    def answers(self) -> dict[str, Any]:
        """What the action asks for."""
        parts = {child.pk: ChildPart(**answer) for child, answer in self.parts.cleaned_data}
        return {**self.form.cleaned_data, "parts": parts}

    @property
    def known(self) -> list[tuple[Any, Any]]:
        """Each child's part of the form, with what the visits say already."""
        return list(zip(self.parts, self.reading.children, strict=True))


class NightsPage:
    """The page where it is said where each child sleeps."""

    def __init__(self, enquiry: Enquiry, data: Data, *, worker: User, today: date) -> None:
        self.reading = read(enquiry)
        people = self.reading.people
        self.frame = enquiry_frame(enquiry, "nights", worker=worker, today=today, children=people)
        self.form = NightForm(data, initial={"night_of": today})
        children = [child.child for child in self.reading.children if not child.child.is_unborn]
        self.parts = ChildParts(NightPartForm, children, data=data)

    def is_valid(self) -> bool:
        """Whether it can be saved."""
        return self.form.is_bound and all([self.form.is_valid(), self.parts.is_valid()])

    @property
    def answers(self) -> dict[str, Any]:
        """What the action asks for."""
        nights = {child.pk: Night(**answer) for child, answer in self.parts.cleaned_data}
        return {**self.form.cleaned_data, "nights": nights}


def adults_of(enquiry: Enquiry, *, today: date) -> list[tuple[Person, str]]:
    """Parents, carers and other adults of the household, with what they are to the first child."""
    children = Person.objects.filter(pk__in=enquiry.about).order_by("born_on", "pk")
    first = children.first()
    if first is None:
        return []
    return [
        (member.person, f"{member.person}, {member.words}" if member.words else str(member.person))
        for member in family_of(first, today=today).members
        if not is_child(member.person, today)
        and (member.may_be_responsible or member.lives_with)
        and not member.person.died_on
    ]


@dataclass(frozen=True, slots=True)
class Consequence:
    """What authorising does for one child."""

    child: str
    words: str


def consequences(page: EnquiryPage) -> list[Consequence]:
    """What authorising an enquiry would do, child by child."""
    return [Consequence(c.child.name, _consequence(c.part)) for c in page.reading.children]


def _consequence(part: EnquiryChild) -> str:
    if part.outcome == EnquiryOutcome.CONFERENCE:
        return "a conference is asked for, and is to be held by the day below"
    if part.outcome == EnquiryOutcome.LEGAL:
        return "a legal planning meeting is put on a manager's list"
    if part.outcome == EnquiryOutcome.NO_CONTINUING_RISK:
        return "no conference is held, as a service manager agreed"
    return "nothing more follows from the enquiry"


@dataclass(frozen=True, slots=True)
class CheckPage:
    """What still stands in the way of sending an enquiry."""

    frame: Frame
    missing: Sequence[Missing]
    why_not: str
    is_late: bool


def check_page(enquiry: Enquiry, worker: User, *, today: date) -> CheckPage:
    """The page of Check and send."""
    page = enquiry_page(enquiry, "check", worker=worker, today=today)
    return CheckPage(
        frame=page.frame,
        missing=page.missing,
        why_not=why_not_registered(worker, on=today) or "",
        is_late=bool(enquiry.due_on and enquiry.due_on < today),
    )
