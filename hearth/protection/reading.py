"""A section 47 enquiry read whole: what pages show, what is missing, and what is kept as sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model

from hearth.accounts.models import User
from hearth.casework.models import Submission
from hearth.lib.codes import code_set
from hearth.lib.dates import in_words
from hearth.people.models import Person
from hearth.protection.going_home import is_away
from hearth.protection.leading import why_not_lead
from hearth.protection.models import (
    Enquiry,
    EnquiryCheck,
    EnquiryChild,
    EnquiryOutcome,
    EnquiryParent,
    HomeRequest,
    HomeState,
    MedicalExamination,
    NightPlace,
    ReturnHome,
    SafetyAgreement,
)
from hearth.protection.rules import ChildFacts, EnquiryFacts
from hearth.protection.rules.gaps import OF_A_CHILD, SHARED
from hearth.protection.together import Rows, ids, join, read_together
from hearth.records.models import VisitChild

ALSO = ("not_seen_why", "not_alone_reason", "medical_needed", "medical_why_not")


@dataclass(frozen=True, slots=True)
class ChildReading:
    """One child's part, with the visits, medicals, nights and going home that belong to it."""

    part: EnquiryChild
    visits: Sequence[VisitChild]
    medicals: Sequence[MedicalExamination]
    nights: Sequence[NightPlace]
    home: Sequence[ReturnHome]
    requests: Sequence[HomeRequest] = ()

    @property
    def child(self) -> Person:
        """Whose part it is."""
        return self.part.child

    @property
    def own_words(self) -> list[VisitChild]:
        """What they said, visit by visit."""
        return [visit for visit in self.visits if visit.own_words]

    @property
    def bedroom_seen(self) -> bool | None:
        """Whether their bedroom was seen, by the enquiry or on any visit in it."""
        seen = [visit.bedroom_seen for visit in self.visits if visit.bedroom_seen is not None]
        return True if any(seen) else self.part.bedroom_seen

    @property
    def open_requests(self) -> list[HomeRequest]:
        """What a manager is asked, or agreed, or refused though the child is there."""
        return [one for one in self.requests if one.settled_at is None]

    @property
    def requests_not_used(self) -> list[HomeRequest]:
        """What a manager was asked, but for what the child then went home on."""
        return [one for one in self.requests if one.state != HomeState.HOME]

    @property
    def is_away(self) -> bool:
        """Whether their last night was away from home, and they have not gone back since."""
        return bool(self.nights) and is_away(self.nights[-1], self.last_home)

    @property
    def last_home(self) -> ReturnHome | None:
        """The last time they went home in the enquiry."""
        return max(self.home, key=lambda home: home.happened_at, default=None)

    @property
    def outcome(self) -> str:
        """What was found, in words."""
        return EnquiryOutcome(self.part.outcome).label if self.part.outcome else ""


@dataclass(frozen=True, slots=True)
class Reading:
    """An enquiry and all that was found in it."""

    enquiry: Enquiry
    children: Sequence[ChildReading]
    parents: Sequence[EnquiryParent]
    checks: Sequence[EnquiryCheck]
    agreements: Sequence[SafetyAgreement]
    submissions: Sequence[Submission] = ()

    @property
    def people(self) -> list[Person]:
        """The children it is about, the eldest first."""
        return [child.child for child in self.children]


def read(enquiry: Enquiry) -> Reading:
    """Everything about an enquiry, in four queries however large the family."""
    of = ("enquiry_id", enquiry.pk)
    found = read_together([*((model, *of) for model in OF_AN_ENQUIRY), *_submissions(enquiry)])
    parts, papers, home = found[EnquiryChild], found[SafetyAgreement], found[ReturnHome]
    parents, sent = found[EnquiryParent], found.get(Submission, [])
    asked = found[HomeRequest]
    people = Person.objects.in_bulk(ids(parts, "child") | ids(parents, "person"))
    join(parts, people, "child")
    join(parents, people, "person")
    workers = User.objects.in_bulk(
        ids(papers, "recorded_by", "signed_by")
        | ids(home, "agreed_by")
        | ids(asked, *OF_A_REQUEST)
        | ids(parts, "no_conference_agreed_by")
        | ids(sent, "submitted_by", "decided_by")
        | ids([enquiry], "submitted_by", "authorised_by", "cancelled_by")
    )
    join(papers, workers, "recorded_by", "signed_by")
    join(home, workers, "agreed_by")
    join(asked, workers, *OF_A_REQUEST)
    join(parts, workers, "no_conference_agreed_by")
    join(sent, workers, "submitted_by", "decided_by")
    join([enquiry], workers, "submitted_by", "authorised_by", "cancelled_by")
    join(parts, {enquiry.pk: enquiry}, "enquiry")
    known = sorted(
        (part for part in parts if part.child_id in people),
        key=lambda part: (part.child.born_on or date.max, part.pk),
    )
    visits = _visits(enquiry, known)
    return Reading(
        enquiry=enquiry,
        children=[_of_child(part, visits, found) for part in known],
        parents=parents,
        checks=sorted(found[EnquiryCheck], key=lambda check: (check.asked_on, check.pk)),
        agreements=papers,
        submissions=sent,
    )


OF_AN_ENQUIRY: tuple[type[Model], ...] = (
    EnquiryChild,
    EnquiryParent,
    EnquiryCheck,
    MedicalExamination,
    NightPlace,
    HomeRequest,
    ReturnHome,
    SafetyAgreement,
)
OF_A_REQUEST = ("asked_of", "recorded_by", "decided_by", "withdrawn_by")


def _submissions(enquiry: Enquiry) -> list[tuple[type[Model], str, int]]:
    return [(Submission, "task_id", enquiry.task_id)] if enquiry.task_id else []


def _visits(enquiry: Enquiry, parts: Sequence[EnquiryChild]) -> list[VisitChild]:
    found = VisitChild.objects.filter(
        child__in=[part.child_id for part in parts],
        withdrawn=False,
        happened_on__gte=enquiry.started_on,
        visit__state__in=("made", "attempted"),
    )
    return list(found.select_related("visit", "visited_by").order_by("visit__happened_at"))


def _of_child(part: EnquiryChild, visits: Sequence[VisitChild], found: Rows) -> ChildReading:
    mine = {
        model: [each for each in found[model] if each.child_id == part.child_id]
        for model in (MedicalExamination, NightPlace, HomeRequest, ReturnHome)
    }
    return ChildReading(
        part=part,
        visits=[v for v in visits if v.child_id == part.child_id and _within(v, part.enquiry)],
        medicals=mine[MedicalExamination],
        nights=sorted(mine[NightPlace], key=lambda night: (night.night_of, night.pk)),
        home=mine[ReturnHome],
        requests=mine[HomeRequest],
    )


def _within(visit: VisitChild, enquiry: Enquiry) -> bool:
    end = enquiry.authorised_on or enquiry.cancelled_on
    return end is None or (visit.happened_on is not None and visit.happened_on <= end)


def facts_of(reading: Reading, *, on: date) -> EnquiryFacts:
    """What the rules ask about an enquiry."""
    enquiry = reading.enquiry
    worker = enquiry.task.worker if enquiry.task else None
    agencies = code_set("agency_type")
    return EnquiryFacts(
        answers={name: getattr(enquiry, name) for name in (*SHARED, "home_seen_on")},
        children=[_child(child, on) for child in reading.children],
        parents=len(reading.parents),
        agencies=len(reading.checks),
        waiting_for=[
            agencies.label(check.agency)
            for check in reading.checks
            if not (check.answered_on or check.no_answer)
        ],
        unsigned=[
            str(paper)
            for paper in reading.agreements
            if paper.ended_on is None and paper.signed_at is None
        ],
        why_not_lead=why_not_lead(worker, enquiry.co_worker, on=on) or "",
    )


def _child(read_child: ChildReading, on: date) -> ChildFacts:
    part, child = read_child.part, read_child.child
    names = (*OF_A_CHILD, *ALSO, "no_conference_reason")
    undone = [m for m in read_child.medicals if not (m.done_at or m.not_done_reason)]
    return ChildFacts(
        pk=child.pk,
        name=child.name,
        is_unborn=child.is_unborn,
        age=child.age_on(on),
        seen=part.seen_at is not None,
        seen_alone=part.seen_alone_at is not None,
        bedroom_seen=read_child.bedroom_seen,
        has_words=bool(part.words or read_child.own_words),
        nights=len(read_child.nights),
        medicals=len(read_child.medicals),
        medicals_open=len(undone),
        going_home=[_going_home(one) for one in read_child.open_requests],
        answers={name: getattr(part, name) for name in names},
    )


def _going_home(request: HomeRequest) -> str:
    if request.is_without_agreement:
        return "a manager must agree that they are at home, or they must be away again"
    if request.state == HomeState.WAITING:
        return "a manager has not said whether they go home"
    return "record when they went home, or take the request back"


def snapshot(reading: Reading) -> dict[str, Any]:
    """The enquiry in words, kept whole as it was sent."""
    enquiry = reading.enquiry
    return {
        "family": {name: _say(getattr(enquiry, name)) for name in ("home_seen_on", *SHARED)},
        "children": [
            {
                "child": child.child.name,
                "seen": _say(child.part.seen_at),
                "seen_alone": _say(child.part.seen_alone_at),
                "outcome": child.outcome,
                **{
                    name: _say(getattr(child.part, name))
                    for name in (*OF_A_CHILD, *ALSO, "words", "no_conference_reason")
                    if name != "outcome"
                },
                "words_on_visits": [visit.own_words for visit in child.own_words],
            }
            for child in reading.children
        ],
        "parents": [
            {"who": str(parent), "seen_on": _say(parent.seen_on), "account": parent.account}
            for parent in reading.parents
        ],
        "agencies": [
            {"agency": check.agency, "asked_on": _say(check.asked_on), "said": check.said}
            for check in reading.checks
        ],
    }


def _say(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return in_words(value) if isinstance(value, date) else str(value)
