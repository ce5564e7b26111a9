"""Living the stories: what a conference hears and decides, and the plan it makes."""

from collections.abc import Sequence
from datetime import date, timedelta

from hearth.demo import protection_acts as acts
from hearth.demo.living.conferring import FIRST_PARENT, conference_of
from hearth.demo.living.life import Life, day_of
from hearth.people.models import Person
from hearth.plans import actions as plans
from hearth.plans.models import CAME, Attendance, MeetingKind, MeetingMember
from hearth.protection import actions
from hearth.protection.actions.conference_plan import last_day_for, review_timescale
from hearth.protection.models import Conference, ConferenceDecision
from hearth.protection.rules.conference import asks_how_they_took_part

NOT_AGREED = (
    "Does not agree that the children are at risk. It was once, and it will not happen again."
)
NOT_CORE = ("police", "gp")
DOES = (
    (
        "See that an adult who has not been drinking is with the children each night",
        "The children sleep, and none of them keeps watch",
        "What each child says on each visit; the grandmother's diary",
        "The parents, with the grandmother",
    ),
    (
        "Bring each child to school or nursery on time",
        "They miss no lessons and keep their friends",
        "The register, each fortnight",
        "The parents",
    ),
    (
        "Go to the programme for parents, each week",
        "The children see arguments end without anybody being hurt",
        "The worker's letter after each month",
        "The father",
    ),
)
AFTER = (
    "Agree what happens at weekends, and keep to it",
    "The children know who is there on Saturday and Sunday",
    "What each child says on the next three visits",
    "The parents",
)
IF_NOT = plans.NewContingency(
    trigger="A child is hurt, or is found alone at night",
    action=(
        "Whoever finds it rings the police and the duty worker; the children go to their "
        "grandmother that night, and a legal meeting is held within two working days"
    ),
    owner="Whoever finds it, and the team manager",
    within="the same night",
)
COMES_AT = 10
TOOK_PART = ("attended", "views_told", "advocate", "views_sent")


def hold_conference(life: Life, act: acts.HoldConference) -> None:
    """The chair issues what was decided for each child."""
    conference = conference_of(life)
    meeting = conference.meeting
    assert meeting.planned_from is not None  # noqa: S101 - booked before this
    members = list(meeting.members.filter(removed_at=None))
    is_review = meeting.kind == MeetingKind.REVIEW_CONFERENCE
    looked = _looked(conference, act)
    done = {one.action.pk for one in looked if one.rating == "done"}
    still_open = len(looked) > len(done)
    starts = act.category and not is_review
    actions.decide_conference(
        conference=conference,
        version=meeting.version,
        held=actions.Held(
            held_at=meeting.planned_from,
            attendance={member.pk: _came(member, act) for member in members},
            quorate_reason=act.why_alone,
            dissent=_dissent(members, act),
            core_group=[member.pk for member in members if member.agency not in NOT_CORE],
        ),
        children=[_decided(life, child, act) for child in _about(conference)],
        danger=act.danger,
        strengths=act.strengths,
        summary=act.summary,
        actions=_new(act, starts=bool(starts), still_open=still_open),
        contingencies=[actions.RatedContingency(contingency=IF_NOT, rating="sound")]
        if starts
        else [],
        looked=looked,
        core_group_on=_not_after(act.core_group_on, "CP-07", act),
        next_review_on=_not_after(act.review_on, review_timescale(meeting.kind), act),
        by=life.user(act),
    )


def _not_after(day: date | None, timescale: str, act: acts.HoldConference) -> date | None:
    """The day wanted, or the last that the time limit allows."""
    last = last_day_for(timescale, day_of(act))
    return min(day, last) if day and last else day


def _about(conference: Conference) -> Sequence[Person]:
    return [part.child for part in conference.children.select_related("child").order_by("pk")]


def _came(member: MeetingMember, act: acts.HoldConference) -> str:
    """Most came; the police join from their desks, and a second parent stays away from some."""
    if member.agency:
        if member.agency == act.away or (act.alone and member.agency != act.alone):
            return Attendance.APOLOGIES
        return Attendance.VIDEO if member.agency == "police" else CAME[0]
    second = member.person_id is not None and member.role != FIRST_PARENT
    return Attendance.ABSENT if second and act.at.day % 4 == 0 else CAME[0]


def _dissent(members: Sequence[MeetingMember], act: acts.HoldConference) -> dict[int, str]:
    """A parent does not agree with some plans, nor an agency with some of those that end."""
    against = [member.pk for member in members if act.against and member.agency == act.against]
    said = dict.fromkeys(against, act.against_words)
    if act.category and act.at.day % 3 == 0:
        parents = [member.pk for member in members if member.role == FIRST_PARENT]
        said |= dict.fromkeys(parents, NOT_AGREED)
    return said


def _decided(life: Life, child: Person, act: acts.HoldConference) -> actions.ChildDecided:
    place = life.ids().index(child.pk)
    views, is_apart = act.views.get(place, ""), place in act.apart
    return actions.ChildDecided(
        child=child,
        decision=ConferenceDecision.NO_PLAN if is_apart else act.decision,
        category=act.category,
        significant_harm=bool(act.category),
        reason=act.why_apart if is_apart else act.reason,
        participation=_participation(child, act),
        views=views,
        views_heard_by="Their social worker" if views else "",
        advocate_offered=True if views else None,
        earlier_plans=act.earlier,
    )


def _participation(child: Person, act: acts.HoldConference) -> str:
    age = child.age_on(day_of(act))
    known = asks_how_they_took_part(age, is_unborn=child.is_unborn)
    older = age is not None and age >= COMES_AT
    return known or (TOOK_PART[act.at.day % len(TOOK_PART)] if older else "views_told")


def _looked(conference: Conference, act: acts.HoldConference) -> list[actions.Looked]:
    """The first action that stands is done by now; each of the others goes on."""
    if conference.plan is None:
        return []
    standing = list(conference.plan.actions.open().order_by("number"))
    return [
        actions.Looked(
            action=action, rating="done" if n == 0 else "on_track", words=act.progress or "Done."
        )
        for n, action in enumerate(standing)
    ]


def _new(act: acts.HoldConference, *, starts: bool, still_open: bool) -> list[plans.NewAction]:
    due = day_of(act) + timedelta(weeks=10)
    wanted = DOES if starts else () if not act.category or still_open else (AFTER,)
    return [
        plans.NewAction(what=what, outcome=outcome, measure=measure, owner=owner, due_on=due)
        for what, outcome, measure, owner in wanted
    ]
