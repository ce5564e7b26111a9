"""Living the stories: strategy discussions and enquiries, through the actions that make them."""

from collections.abc import Mapping, Sequence

from django.db.models import QuerySet

from hearth.accounts.models import User
from hearth.casework.models import Task
from hearth.demo import protection_acts as acts
from hearth.demo.living.life import Life, day_of, why_late
from hearth.people.models import Person
from hearth.plans.actions import NewMember
from hearth.plans.models import Attendance, How, PlanChild, PlanKind
from hearth.protection import actions
from hearth.protection.models import (
    Enquiry,
    EnquiryChild,
    HomeDecision,
    StrategyChild,
    StrategyDiscussion,
)
from hearth.protection.process import ENQUIRY, STRATEGY

ASKED = (
    NewMember(agency="police", name="DS Marlow", role="Child abuse investigation"),
    NewMember(agency="hospital", name="Dr Adeyemi", role="Named doctor"),
)
KNOWN = {
    "police": "No new report. One call to the address in the last year.",
    "hospital": "No attendance that raised a worry.",
}
WAYS = (How.TELEPHONE, How.VIDEO, How.TELEPHONE, How.IN_PERSON)
WITH_WHOM = {True: "Their mother, and their grandmother at night", False: "Their grandmother"}
NOT_SEEN = "Away that day with an aunt, and seen and spoken to by the school and the police."


def hold_strategy(life: Life, act: acts.HoldStrategy) -> None:
    """A manager holds the discussion with police and health, and sends its record the same day."""
    by = life.user(act)
    task = life.task(STRATEGY.key) if act.waits else None
    discussion = actions.call_strategy(
        children=life.some(act.about), concern=act.concern, members=ASKED, task=task, by=by
    )
    members = list(discussion.meeting.members.all())
    parts = list(discussion.children.all())
    going = _enquired_into(parts)
    included = going | {child.pk for child in life.some(act.about)}
    discussion = actions.decide_strategy(
        discussion=discussion,
        held_at=act.at,
        how=WAYS[act.at.day % len(WAYS)],
        concern=act.concern,
        decision=act.decision,
        rationale=act.rationale,
        enquiry_plan=act.plan,
        late_reason=why_late(task, day_of(act)),
        said=_round(discussion),
        children={
            part.child_id: actions.Safety(
                safe_now=True, safety=act.safety, in_enquiry=part.child_id in included
            )
            for part in parts
        },
        lead=actions.Lead(worker=life.user(act.lead)) if act.lead and not going else None,
        by=by,
    )
    if discussion.enquiry is not None:
        life.enquiries[act.key] = discussion.enquiry
    actions.send_strategy(
        discussion=discussion,
        members=members,
        how="secure_email",
        sent_at=act.at,
        keep=False,  # or a borough would be sixty thousand files
        by=by,
    )


def _enquired_into(parts: Sequence[StrategyChild]) -> set[int]:
    """Those in an open enquiry: they stay in it, and it is led by whoever leads it."""
    inside = EnquiryChild.objects.filter(child__in=[p.child_id for p in parts], ended_on=None)
    return set(inside.values_list("child_id", flat=True))


def _round(discussion: StrategyDiscussion) -> actions.Round:
    told = {
        member.pk: actions.Told(attendance=Attendance.TELEPHONE, shared=KNOWN[member.agency])
        for member in discussion.meeting.members.all()
    }
    return actions.Round(asked=told)


def _enquiry(life: Life, key: int) -> Enquiry:
    """The enquiry as it now stands."""
    return Enquiry.objects.get(pk=life.enquiries[key].pk)


def _children(life: Life, enquiry: Enquiry) -> list[Person]:
    return [child for child in life.children if child.pk in enquiry.about]


def write_paper(life: Life, act: acts.WritePaper) -> None:
    """Write the risk assessment by which the children may be at home."""
    enquiry = _enquiry(life, act.key)
    life.papers[act.key] = actions.write_agreement(
        enquiry=enquiry,
        children=_children(life, enquiry),
        kind="risk_assessment",
        risk=act.risk,
        conditions=act.conditions,
        contingency=act.contingency,
        review_on=act.review_on,
        by=life.user(act),
    )


def sign_paper(life: Life, act: acts.SignPaper) -> None:
    """A manager signs it, and each parent."""
    actions.sign_agreement(agreement=life.papers[act.key], by=life.user(act))


def write_plan_paper(life: Life, act: acts.WritePlanPaper) -> None:
    """Write it about the children for whom the plan stands."""
    parts = list(_standing(life).select_related("plan", "child").order_by("pk"))
    actions.write_plan_agreement(
        plan=parts[0].plan,
        children=[part.child for part in parts],
        kind=act.kind,
        conditions=act.conditions,
        contingency=act.contingency,
        review_on=act.review_on,
        by=life.user(act),
    )


def sign_plan_paper(life: Life, act: acts.SignPlanPaper) -> None:
    """Sign the one that waits, and confirm that it says what the plan says."""
    plan = _standing(life).order_by("pk")[0].plan
    paper = plan.agreements.filter(signed_at=None).order_by("pk")[0]
    paper = actions.sign_agreement(agreement=paper, by=life.user(act))
    actions.confirm_agreement(agreement=paper, by=life.user(act))


def _standing(life: Life) -> "QuerySet[PlanChild]":
    return PlanChild.objects.current().filter(child__in=life.ids(), kind=PlanKind.PROTECTION)


def find_out(life: Life, act: acts.FindOut) -> None:
    """Ask the parents and the agencies, and record where each child sleeps."""
    enquiry, by = _enquiry(life, act.key), life.user(act)
    for place in range(len(life.everyone) - len(life.children)):
        if place in act.said:
            actions.record_parent(
                enquiry=enquiry,
                person=life.adult(place),
                relationship="Parent or carer",
                seen_on=day_of(act),
                account=act.said[place],
                by=by,
            )
    for agency, said in act.agencies.items():
        check = actions.ask_agency(enquiry=enquiry, agency=agency, asked_on=act.asked_on, by=by)
        actions.record_answer(check=check, answered_on=day_of(act), said=said, by=by)
    born = [child for child in _children(life, enquiry) if not child.is_unborn]
    at_home = act.key in life.papers
    for child in born if at_home else []:
        _goes_home(life, act, enquiry, child)
    night = actions.Night(
        at_home=at_home,
        place="At home" if at_home else "At their grandmother's",
        with_whom=WITH_WHOM[at_home],
        decided_by_name="Their mother, with the team manager's agreement",
        reason=act.agreed,
    )
    if born:
        actions.record_nights(
            enquiry=enquiry, night_of=day_of(act), nights=dict.fromkeys(_pks(born), night), by=by
        )
    if act.medical and born:
        _medical(act, enquiry, born[0], by)


def _pks(children: list[Person]) -> list[int]:
    return [child.pk for child in children]


def _goes_home(life: Life, act: acts.FindOut, enquiry: Enquiry, child: Person) -> None:
    """The worker asks the manager who signed the paper, who agrees; and the child is there."""
    paper = life.papers[act.key]
    paper.refresh_from_db()
    boss = paper.signed_by
    assert boss is not None  # noqa: S101 - signed before this in every story
    (asked,) = actions.ask_return_home(
        enquiry=enquiry,
        children=[child],
        risk_assessment=paper,
        reason=act.agreed,
        asked_of=boss,
        by=life.user(act),
    )
    agreed = actions.decide_return_home(
        request=asked, decision=HomeDecision.AGREED, words=act.agreed, by=boss
    )
    actions.record_return_home(request=agreed, happened_at=act.at, by=life.user(act))


def _medical(act: acts.FindOut, enquiry: Enquiry, child: Person, by: User) -> None:
    medical = actions.request_medical(
        enquiry=enquiry,
        child=child,
        kind="physical",
        requested_at=act.at,
        provider="The community paediatrician",
        by=by,
    )
    actions.record_medical(medical=medical, done_at=act.at, findings=act.medical, by=by)


def send_enquiry(life: Life, act: acts.SendEnquiry) -> None:
    """Write what was found for each child, and send it to a manager."""
    enquiry, by = _enquiry(life, act.key), life.user(act)
    places = {child.pk: n for n, child in enumerate(life.children)}
    parts = enquiry.children.select_related("child").order_by("pk")
    actions.write_enquiry(
        enquiry=enquiry,
        home_seen_on=act.home_seen_on,
        home=act.home,
        history=act.history,
        analysis=act.analysis,
        parts={
            part.child_id: _part(
                act.parts[places[part.child_id]],
                seen=part.seen_at is not None,
                medical=enquiry.medicals.filter(child=part.child_id).exists(),
            )
            for part in parts
        },
        version=enquiry.version,
        by=by,
    )
    task = Task.objects.outstanding().of_step(ENQUIRY).filter(record_id=enquiry.pk).first()
    late = why_late(task, day_of(act)) or act.late_reason
    actions.submit_enquiry(enquiry=_enquiry(life, act.key), late_reason=late, by=by)


def _part(written: Mapping[str, object], *, seen: bool, medical: bool) -> actions.ChildPart:
    words = dict(written)
    if medical:
        words["medical_why_not"] = ""
    not_seen = "" if seen else NOT_SEEN
    return actions.ChildPart(**words, not_seen_why=not_seen, medical_needed=medical)  # type: ignore[arg-type]


def agree_no_conference(life: Life, act: acts.AgreeNoConference) -> None:
    """A service manager agrees, for each child, that there need be no conference."""
    enquiry = _enquiry(life, act.key)
    for child in _children(life, enquiry):
        actions.agree_no_conference(
            enquiry=enquiry, child=child, reason=act.reason, by=life.user(act)
        )


def authorise_enquiry(life: Life, act: acts.AuthoriseEnquiry) -> None:
    """A manager agrees what was found, and the family and agencies are told the same day."""
    enquiry, by = _enquiry(life, act.key), life.user(act)
    actions.authorise_enquiry(enquiry=enquiry, comments=act.comments, by=by)
    actions.record_told(
        enquiry=enquiry, family_told_on=day_of(act), agencies_told_on=day_of(act), by=by
    )
