"""Living the stories: strategy discussions, through the actions of the room that holds them."""

from hearth.casework.models import Task
from hearth.demo.acts import Act
from hearth.demo.living.life import Life, day_of, why_late
from hearth.plans.actions import NewMember
from hearth.plans.models import Attendance, How
from hearth.protection import actions
from hearth.protection.models import StrategyDecision

STEP = "protection.strategy_discussion"
CONCERN = "There was cause to suspect that the children were being harmed."
ASKED = (
    NewMember(agency="police", name="DS Marlow", role="Child abuse investigation"),
    NewMember(agency="hospital", name="Dr Adeyemi", role="Named doctor"),
)
KNOWN = {
    "police": "No new report. One call to the address in the last year.",
    "hospital": "No attendance that raised a worry.",
}


def hold_strategy(life: Life, act: Act, task: Task, words: str) -> None:
    """A manager holds the discussion with police and health, and sends its record the same day.

    The threshold is not met in these: enquiries and what follows them have stories of their own.
    """
    by = life.user(act)
    discussion = actions.call_strategy(
        children=life.children, concern=CONCERN, members=ASKED, task=task, by=by
    )
    members = list(discussion.meeting.members.all())
    discussion = actions.decide_strategy(
        discussion=discussion,
        held_at=act.at,
        how=How.TELEPHONE,
        concern=CONCERN,
        decision=StrategyDecision.NO_ENQUIRY,
        rationale=words,
        late_reason=why_late(task, day_of(act)),
        said=actions.Round(
            asked={
                member.pk: actions.Told(
                    attendance=Attendance.TELEPHONE, shared=KNOWN[member.agency]
                )
                for member in members
            }
        ),
        children={
            part.child_id: actions.Safety(safe_now=True, safety=words)
            for part in discussion.children.all()
        },
        by=by,
    )
    actions.send_strategy(
        discussion=discussion, members=members, how="secure_email", sent_at=act.at, by=by
    )
