"""Small true-to-life records, each with one known fault, or what only looks like one.

A story builds its own child and says which check it is about. `FAULTS` must all be caught, and
`NEAR_MISSES` must raise no alarm of that check.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from hearth.casework.tests.factories import AllocationFactory, EpisodeFactory, TaskFactory
from hearth.people.models import Person
from hearth.people.tests.factories import ChildFactory
from hearth.plans.models import (
    Contingency,
    Distribution,
    Meeting,
    MeetingChild,
    MeetingMember,
    Plan,
    PlanAction,
    PlanChild,
)
from hearth.protection.models import (
    Conference,
    ConferenceChild,
    Enquiry,
    EnquiryChild,
    HomeRequest,
    MedicalExamination,
    NightPlace,
    ReturnHome,
    SafetyAgreement,
    StrategyChild,
    StrategyDiscussion,
)
from hearth.records.models import Visit, VisitChild
from hearth.workforce.models import Registration
from hearth.workforce.tests.factories import TeamFactory, manager, social_worker

TODAY = date(2026, 6, 15)
REFERRED = date(2026, 3, 2)
Story = Callable[["Case"], Any]


@dataclass
class Case:
    """A child with an open case, a lead worker, and that worker's manager."""

    team: Any = field(default_factory=TeamFactory.create)
    born_on: date = date(2016, 9, 14)
    unborn: bool = False

    def __post_init__(self) -> None:
        self.worker = social_worker(self.team)
        self.boss = manager(self.team)
        self.child: Person = ChildFactory.create(
            **({"unborn": True} if self.unborn else {"born_on": self.born_on})
        )
        self.episode = EpisodeFactory.create(child=self.child, started_on=REFERRED)
        AllocationFactory.create(episode=self.episode, worker=self.worker, team=self.team)

    @property
    def about(self) -> list[int]:
        """The child, as a record made for several says whom it is about."""
        return [self.child.pk]

    def enquiry(
        self, begun: date, *, ended: date | None = None, slept: bool = True, **part: Any
    ) -> EnquiryChild:
        """A section 47 enquiry about the child, under way unless it ended; slept elsewhere."""
        task = TaskFactory.create(
            step_key="protection.enquiry", about=self.about, worker=self.worker, trigger_on=begun
        )
        task.due_on = None
        task.save()
        signed = (
            {
                "submitted_on": ended,
                "submitted_by": self.worker,
                "authorised_on": ended,
                "authorised_by": self.boss,
            }
            if ended
            else {}
        )
        made = Enquiry.objects.create(
            about=self.about, started_on=begun, task=task, recorded_by=self.boss, **signed
        )
        of_child = EnquiryChild.objects.create(
            enquiry=made, child=self.child, episode=self.episode, **part
        )
        if slept:
            self.night(of_child, begun, at_home=False)
        return of_child

    def seen(
        self,
        day: date,
        *,
        alone: bool = True,
        seen: bool = True,
        kind: str = "section_47",
        understood: str = "",
        **part: Any,
    ) -> None:
        """A visit on a day, made by the lead worker."""
        visit = Visit.objects.create(
            about=self.about,
            kind=kind,
            state="made",
            happened_at=at(day),
            account="They were at home.",
            understood=understood,
            worker=self.worker,
            recorded_by=self.worker,
        )
        VisitChild.objects.create(
            visit=visit,
            child=self.child,
            happened_on=day,
            visited_by=self.worker,
            seen=seen,
            seen_alone=(alone if seen else None),
            **{"reason": "" if seen and alone else "not_home", **part},
        )

    def agreement(self, part: EnquiryChild | None = None, **said: Any) -> SafetyAgreement:
        """A paper that keeps the child safe, signed by the manager unless said otherwise."""
        given = {
            "kind": "written_agreement",
            "conditions": "Nobody who drinks is left with the children.",
            "contingency": "If he comes back, Nan takes the children the same night.",
            "review_on": TODAY + timedelta(14),
            "signed_at": timezone.now(),
            "signed_by": self.boss,
        }
        return SafetyAgreement.objects.create(
            about=self.about,
            enquiry=part.enquiry if part else None,
            recorded_by=self.worker,
            **(given | said),
        )

    def meeting(self, kind: str, held: date | None, **said: Any) -> Meeting:
        """A meeting about the child, held on a day unless it is only to come."""
        meeting = Meeting.objects.create(
            about=self.about,
            kind=kind,
            held_at=at(held) if held else None,
            recorded_by=self.boss,
            **said,
        )
        MeetingChild.objects.create(meeting=meeting, child=self.child)
        return meeting

    def member(self, meeting: Meeting, name: str, agency: str = "", **said: Any) -> MeetingMember:
        """Somebody who was asked to a meeting, and came unless said otherwise."""
        given = {"attendance": "in_person", **said}
        return MeetingMember.objects.create(
            meeting=meeting,
            about=self.about,
            name=name,
            agency=agency,
            recorded_by=self.boss,
            **given,
        )

    def sent(self, member: MeetingMember, paper: str, day: date, **said: Any) -> Distribution:
        """A paper sent to somebody on a day."""
        return Distribution.objects.create(
            meeting=member.meeting,
            member=member,
            about=self.about,
            paper=paper,
            **{"how": "post", "sent_at": at(day), "sent_by": self.boss, **said},
        )

    def strategy(self, held: date, *agencies: str, **said: Any) -> StrategyDiscussion:
        """A strategy discussion held with these agencies, decided, and its record sent."""
        meeting = self.meeting("strategy", held)
        for agency in agencies:
            self.sent(self.member(meeting, agency, agency), "record", held)
        given = {
            "decision": "joint",
            "rationale": "An injury nobody explains.",
            "decided_at": at(held),
            "decided_by": self.boss,
        }
        made = StrategyDiscussion.objects.create(
            meeting=meeting, about=self.about, recorded_by=self.boss, **(given | said)
        )
        StrategyChild.objects.create(discussion=made, child=self.child, episode=self.episode)
        return made

    def plan(self, begun: date, kind: str = "protection", **part: Any) -> PlanChild:
        """A plan for the child from a day, with what is done if it fails."""
        plan = Plan.objects.create(
            about=self.about,
            kind=kind,
            aim="Kai is safe at home and goes to school.",
            issued_on=begun,
            issued_by=self.boss,
            recorded_by=self.boss,
        )
        made = PlanChild.objects.create(
            plan=plan,
            child=self.child,
            episode=self.episode,
            kind=kind,
            started_on=begun,
            recorded_by=self.boss,
            **part,
        )
        if kind == "protection":
            self.contingency(plan)
        return made

    def contingency(self, plan: Plan, **said: Any) -> Contingency:
        """What is done if a plan fails: whole and specific unless said otherwise."""
        given = {
            "trigger": "If he is in the home again, or Kai is not in school for two days",
            "action": "the worker goes the same day, and Nan has the children that night",
            "owner": "The duty manager",
            "within": "The same day",
        }
        return Contingency.objects.create(
            plan=plan, about=plan.about, recorded_by=self.boss, **(given | said)
        )

    def action(self, plan: Plan, **said: Any) -> PlanAction:
        """Something a plan asks for, whole unless said otherwise."""
        given = {
            "number": plan.actions.count() + 1,
            "what": "Go to the drug service each week",
            "outcome": "Kai is not left alone with somebody who has used",
            "measure": "The service says so at each core group",
            "owner": "His mother",
            "due_on": TODAY + timedelta(30),
            "set_on": REFERRED,
        }
        return PlanAction.objects.create(
            plan=plan, about=plan.about, recorded_by=self.boss, **(given | said)
        )

    def conference(self, **said: Any) -> Conference:
        """An initial conference about the child, asked for and not yet held."""
        held = said.pop("held", None)
        booked = said.pop("booked", None)
        kind = said.pop("kind", "initial_conference")
        planned = (
            {"planned_from": at(booked), "planned_to": at(booked) + timedelta(hours=2)}
            if booked
            else {}
        )
        made = Conference.objects.create(
            meeting=self.meeting(kind, held, **planned),
            about=self.about,
            recorded_by=self.boss,
            **said,
        )
        ConferenceChild.objects.create(conference=made, child=self.child, episode=self.episode)
        return made

    def night(self, part: EnquiryChild, day: date, *, at_home: bool) -> NightPlace:
        """Where the child slept on a night of the enquiry."""
        return NightPlace.objects.create(
            enquiry=part.enquiry,
            child=self.child,
            night_of=day,
            at_home=at_home,
            place="12 Mill Lane",
            with_whom="His mother",
            decided_by_name=str(self.boss),
            reason="The alleged harm was by somebody who has left.",
            recorded_by=self.worker,
        )

    def asked_home(self, part: EnquiryChild, day: date, **said: Any) -> HomeRequest:
        """A manager asked whether the child may be at home, on a signed paper."""
        paper = self.agreement(part, kind="risk_assessment", signed_at=at(day))
        told = {"risk_assessment": paper, "reason": "He has left.", "asked_of": self.boss}
        return HomeRequest.objects.create(
            enquiry=part.enquiry, child=self.child, recorded_by=self.worker, **(told | said)
        )

    def went_home(self, part: EnquiryChild, day: date, **said: Any) -> ReturnHome:
        """The child went home on a day, as a manager had agreed."""
        agreed = {"decision": "agreed", "words": "Safe.", "decided_by": self.boss}
        asked = self.asked_home(part, day, decided_at=at(day, 16), settled_at=at(day, 17), **agreed)
        paper = asked.risk_assessment
        assert paper
        return ReturnHome.objects.create(
            enquiry=part.enquiry,
            child=self.child,
            request=asked,
            happened_at=at(day, 17),
            risk_assessment=paper,
            agreed_at=at(day, 16),
            agreed_by=self.boss,
            agreement="His father is bailed elsewhere.",
            recorded_by=self.worker,
            **said,
        )

    def medical(self, part: EnquiryChild, asked: date, **said: Any) -> None:
        """A medical asked for on a day."""
        MedicalExamination.objects.create(
            enquiry=part.enquiry,
            child=self.child,
            kind="child_protection",
            requested_at=at(asked),
            recorded_by=self.worker,
            **said,
        )

    def registration_lapses(self, day: date) -> None:
        """The lead worker's registration runs out on a day."""
        Registration.objects.filter(staff__user=self.worker).update(expires_on=day)


def at(day: date, hour: int = 10) -> datetime:
    """A moment of a day."""
    return timezone.make_aware(datetime(day.year, day.month, day.day, hour))  # noqa: DTZ001


@dataclass(frozen=True)
class Told:
    """One story: the check it is about, in words, and how its record is made."""

    check: str
    words: str
    make: Callable[[Case], Any]
    options: dict[str, Any]


FAULTS: list[Told] = []
NEAR_MISSES: list[Told] = []


def fault(check: str, **options: Any) -> Callable[[Story], Story]:
    """A record with a fault that this check must catch."""
    return _tell(FAULTS, check, options)


def near_miss(check: str, **options: Any) -> Callable[[Story], Story]:
    """A record that looks faulty to a careless check, and is not."""
    return _tell(NEAR_MISSES, check, options)


def _tell(shelf: list[Told], check: str, options: dict[str, Any]) -> Callable[[Story], Story]:
    def put(make: Story) -> Story:
        shelf.append(Told(check, make.__name__.replace("_", " "), make, options))
        return make

    return put
