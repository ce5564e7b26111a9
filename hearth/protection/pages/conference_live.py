"""The page the chair works from in the meeting: all its forms, and what they say to the actions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from hearth.accounts.models import User
from hearth.casework.timescales import describe_limit
from hearth.design.forms import ChildParts
from hearth.people.models import Person
from hearth.plans.actions import NewContingency
from hearth.plans.forms.rows import ActionRows, actions_in
from hearth.plans.models import MeetingKind, MeetingMember, PlanAction, PlanChild
from hearth.protection.actions import ChildDecided, Held, Looked, RatedContingency
from hearth.protection.actions.conference_plan import proposed_days
from hearth.protection.forms.conference_live import (
    ContingencyRows,
    DecisionPart,
    HoldForm,
    LookedPart,
    MemberPart,
)
from hearth.protection.models import Conference, ConferenceChild
from hearth.protection.pages.conference_reports import Reports, reports_of
from hearth.protection.rules.conference import (
    Came,
    Quorum,
    asks_how_they_took_part,
    carries_the_plan_on,
    decisions_for,
    quorum,
    usual_attendance,
)
from hearth.protection.timescales import FIRST_CORE_GROUP, FIRST_REVIEW, REVIEW

Data = Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Live:
    """Every form of the chair's page, checked together and answered together."""

    conference: Conference
    form: HoldForm
    members: ChildParts[MeetingMember]
    parts: ChildParts[Person]
    looked: ChildParts[PlanAction]
    rows: Any
    contingencies: Any
    is_review: bool
    today: date
    reports: Reports | None = None

    @property
    def groups(self) -> list[Any]:
        """All the forms but the first, for the list of what is wrong."""
        return [self.members, self.parts, self.looked, self.rows, self.contingencies]

    def is_valid(self) -> bool:
        """Whether everything may be sent; every form is checked, so that all errors show."""
        return all([self.form.is_valid(), *(group.is_valid() for group in self.groups)])

    @property
    def quorum(self) -> Quorum:
        """Whether enough agencies are there, as the page now has it."""
        return quorum(
            Came(
                part.child.worker_id is not None,
                part.child.agency,
                str(part.form["attendance"].value() or ""),
            )
            for part in self.members
        )

    @property
    def who_can(self) -> list[str]:
        """Those to whom an action may be given, for the list that is typed into."""
        return [part.child.name for part in self.members]

    @property
    def limits(self) -> tuple[str, str]:
        """The time limits of the core group and of the next review, in words."""
        review = REVIEW if self.is_review else FIRST_REVIEW
        return describe_limit(FIRST_CORE_GROUP), describe_limit(review)

    def answers(self) -> dict[str, Any]:
        """What was answered, as the action takes it."""
        said = dict(self.form.cleaned_data)
        at = said.pop("held_at")
        return {
            "version": said.pop("version"),
            "held": self._held(at, said.pop("quorate_reason"), said.pop("late_reason", "")),
            "children": [_decided(child, told) for child, told in self.parts.cleaned_data],
            "looked": [Looked(action=a, **told) for a, told in self.looked.cleaned_data],
            "actions": actions_in(self.rows, [part.child for part in self.members]),
            "contingencies": [_contingency(row) for row in _written(self.contingencies, "trigger")],
            **said,
        }

    def _held(self, at: datetime, quorate_reason: str, late_reason: str) -> Held:
        told = self.members.cleaned_data
        return Held(
            held_at=at,
            attendance=self.attendance,
            core_group=[member.pk for member, said in told if said["in_core_group"]],
            dissent={member.pk: said["dissent"] for member, said in told},
            quorate_reason=quorate_reason,
            late_reason=late_reason,
        )

    @property
    def attendance(self) -> dict[int, str]:
        """Whether each of those asked came."""
        return {member.pk: said["attendance"] for member, said in self.members.cleaned_data}


def _written(rows: Any, name: str) -> list[Mapping[str, Any]]:
    """The rows that were not left empty."""
    return [row.cleaned_data for row in rows if row.cleaned_data.get(name)]


def _decided(child: Person, told: Mapping[str, Any]) -> ChildDecided:
    said = {**told, "earlier_plans": told.get("earlier_plans") or 0}
    return ChildDecided(child=child, **said)


def _contingency(said: Mapping[str, Any]) -> RatedContingency:
    return RatedContingency(
        contingency=NewContingency(
            trigger=said["trigger"],
            action=said["action"],
            owner=said["owner"],
            within=said["within"],
        ),
        rating=said["rating"],
        reason=said["reason"],
    )


def live_page(
    conference: Conference, *, data: Data, today: date, worker: User | None = None
) -> Live:
    """The page as it opens, or as it was sent."""
    meeting = conference.meeting
    is_review = meeting.kind == MeetingKind.REVIEW_CONFERENCE
    parts = list(
        conference.children.to_decide()
        .select_related("child", "plan_part")
        .prefetch_related("plan_part__categories")
        .order_by("pk")
    )
    asked = list(meeting.members.filter(removed_at=None).select_related("person", "worker"))
    return Live(
        conference=conference,
        form=_form(conference, data, is_review=is_review, today=today),
        members=_members(conference, asked, data),
        parts=_parts(parts, data, is_review=is_review, today=today),
        looked=_looked(conference, data),
        rows=ActionRows(
            data, prefix="action", form_kwargs={"children": [part.child for part in parts]}
        ),
        contingencies=ContingencyRows(data, prefix="if"),
        is_review=is_review,
        today=today,
        reports=reports_of(conference, worker, today=today, members=asked) if worker else None,
    )


def _form(conference: Conference, data: Data, *, is_review: bool, today: date) -> HoldForm:
    meeting = conference.meeting
    planned = meeting.planned_from
    began = planned if planned and planned <= timezone.now() else timezone.now()
    group, review = proposed_days(meeting.kind, timezone.localdate(began))
    plan = conference.plan
    return HoldForm(
        data,
        is_late=bool(conference.target_on and today > conference.target_on),
        is_review=is_review,
        initial={
            "version": meeting.version,
            "held_at": began,
            "late_reason": meeting.late_reason,
            "danger": plan.worries if plan else "",
            "strengths": plan.strengths if plan else "",
            "core_group_on": group,
            "next_review_on": review,
        },
    )


def _members(
    conference: Conference, members: Sequence[MeetingMember], data: Data
) -> ChildParts[MeetingMember]:
    """Everybody is expected to have come, save whoever is kept out."""
    usual = usual_attendance(conference.meeting.how)
    initial = {
        member.pk: {
            "attendance": "absent" if member.excluded_reason else usual,
            "in_core_group": carries_the_plan_on(
                is_key=member.is_key,
                is_kept_out=bool(member.excluded_reason),
                is_a_child=member.person_id in conference.about,
                role=member.role,
            ),
        }
        for member in members
    }
    return ChildParts(MemberPart, members, data=data, initial=initial, prefix="member")


def _parts(
    parts: list[ConferenceChild], data: Data, *, is_review: bool, today: date
) -> ChildParts[Person]:
    before = PlanChild.objects.plans_elsewhere([part.child_id for part in parts])
    initial = {
        part.child_id: {
            "earlier_plans": before.get(part.child_id),
            "category": part.plan_part.category if part.plan_part else "",
            "participation": asks_how_they_took_part(
                part.child.age_on(today), is_unborn=part.child.is_unborn
            ),
        }
        for part in parts
    }
    children = [part.child for part in parts]
    shown = ChildParts(DecisionPart, children, data=data, initial=initial)
    plans = {part.child_id: part.plan_part is not None for part in parts}
    for one in shown:
        decisions = decisions_for(is_review=is_review, has_plan=plans[one.child.pk])
        asks = not initial[one.child.pk]["participation"]
        one.form.about(one.child, decisions, asks=asks)  # type: ignore[attr-defined]
    return shown


def _looked(conference: Conference, data: Data) -> ChildParts[PlanAction]:
    """The actions of the plan that are still to do, each with how it was found last."""
    plan = conference.plan if conference.decided_at is None else None
    actions = list(plan.actions.open().filter(~Q(what=""))) if plan else []
    return ChildParts(LookedPart, actions, data=data, prefix="last")
