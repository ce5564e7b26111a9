"""Child in need plans, each made, agreed and reviewed through its own actions."""

from datetime import timedelta

from hearth.accounts.models import User
from hearth.casework.models import Task
from hearth.demo import acts
from hearth.demo.living.life import Life, day_of, why_late
from hearth.family_help import actions
from hearth.people.models import Person
from hearth.plans import actions as plans
from hearth.plans.gathering import Decided
from hearth.plans.models import MeetingKind, Plan, PlanChild

STEP = "family_help.plan"
SAID = "I want things at home to be calmer, and to go on seeing my friends."
GOING = "They love each other and let us in. School and grandparents help."
AIM = "The children are at school, rested and looked after each day, and know whom to ask for help."
WANTS = "To feel safe at home, to sleep, and to be at school on time."
DOES = (
    (
        "See that each child is at school on time",
        "They miss no lessons, and keep their friends",
        "School's register, each fortnight",
    ),
    (
        "Register with the GP and go to each appointment",
        "Their asthma is looked after, and they sleep",
        "A letter from the surgery",
    ),
)
TOLD = "Done as agreed; the children notice the difference."


def make_plan(life: Life, act: acts.HandOver, task: Task) -> None:
    """The worker writes a plan and sends it; their manager agrees it."""
    writer, day = task.worker or life.user(act), day_of(act)
    plan = actions.begin_plan(task=task, by=writer)
    _write(plan, act, writer)
    actions.send_plan(plan=plan, on=day, late_reason=why_late(task, day), by=writer)
    comments = "It says what must change, who does it and by when."
    actions.agree_plan(plan=plan, started_on=day, comments=comments, by=life.user(act))


def _write(plan: Plan, act: acts.HandOver, writer: User) -> None:
    day = day_of(act)
    plans.write_plan(
        plan=plan,
        worries=act.note or "The children are often tired and late.",
        strengths=GOING,
        aim=AIM,
        parents_view="They want it to work, and ask for no more meetings than it needs.",
        parents_agree=True,
        planned_end_on=day + timedelta(weeks=26),
        children={pk: {"needs": WANTS, "views": SAID} for pk in plan.about},
        version=plan.version,
        by=writer,
    )
    for what, outcome, measure in DOES:
        action = plans.NewAction(
            what=what,
            outcome=outcome,
            measure=measure,
            owner="The parents",
            due_on=day + timedelta(weeks=16),
        )
        plans.set_action(plan=plan, action=action, set_on=day, by=writer)
    then = plans.NewContingency(
        trigger="A child is found alone at night",
        action="Their grandmother comes, and the duty worker is rung",
        owner="The parents, or whoever finds them",
        within="the same night",
    )
    plans.set_contingency(plan=plan, contingency=then, by=writer)


def review_plan(life: Life, act: acts.ReviewPlan) -> None:
    """Review the plan that stands, and send the record of it the same afternoon."""
    standing = PlanChild.objects.current().filter(child__in=life.ids(), kind="child_in_need")
    part = standing.select_related("plan").first()
    if part is None:
        return
    by, kind = life.user(act), MeetingKind.IN_NEED_REVIEW
    meeting = plans.call_gathering(plan=part.plan, kind=kind, by=by)
    task = Task.objects.outstanding().filter(step_key="family_help.review").for_child(part.child)
    members = list(meeting.members.all())
    plans.hold_gathering(
        meeting=meeting,
        said=plans.Held(
            held_at=act.at,
            minutes=act.text or "We looked at each action with the parents.",
            attendance={member.pk: "in_person" for member in members},
            children={child.pk: _took_part(child) for child in _about(meeting.about)},
            decided={pk: Decided(decision="continue", reason=TOLD) for pk in meeting.about},
            progress={
                action.pk: plans.Rated(rating="on_track", words=TOLD)
                for action in plans.open_actions(meeting)
            },
            late_reason=why_late(task.first(), day_of(act)),
        ),
        by=by,
    )
    plans.send_notes(
        meeting=meeting,
        members=plans.unsent(meeting),
        how="secure_email",
        sent_at=act.at,
        keep=False,  # or a borough would be sixty thousand files
        by=by,
    )


def _about(ids: list[int]) -> list[Person]:
    return list(Person.objects.filter(pk__in=ids))


def _took_part(child: Person) -> dict[str, str]:
    if child.is_unborn:
        return {"participation": "unborn"}
    return {"participation": "views_told", "views": SAID}
