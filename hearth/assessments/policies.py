"""Who may do what to an assessment.

Unqualified staff may contribute to one, signed, and never own, complete or agree it. Nobody agrees
their own work. A manager returns a social worker's words; they do not alter them.
"""

from collections.abc import Iterator

from hearth.accounts.models import User
from hearth.accounts.policy import policy
from hearth.accounts.roles import (
    MANAGERS,
    PRACTITIONERS,
    QUALIFIED,
    RECORD_READERS,
    Role,
)
from hearth.assessments.models import AgencyConsulted, Assessment, State
from hearth.assessments.process import ASSESSMENTS, HAND_OVERS, UPDATE
from hearth.casework.actions.sign_off import why_not_sign_off
from hearth.casework.models import Task
from hearth.casework.whose import works_on
from hearth.people.models import Person
from hearth.workforce.models import Team

WRITERS = (*QUALIFIED, *MANAGERS)
NOT_YOURS = "You are not working with this family"
NOT_BEING_WRITTEN = {
    State.SUBMITTED: "This is with a manager. It can be changed if they return it",
    State.AUTHORISED: "This has been authorised, so it no longer changes. Add to it instead",
    State.CANCELLED: "This was cancelled",
}


def _being_written(assessment: Assessment) -> Iterator[str]:
    if assessment.state in NOT_BEING_WRITTEN:
        yield NOT_BEING_WRITTEN[assessment.state]


@policy("Open an assessment", subject=Assessment, roles=RECORD_READERS)
def open_assessment(_user: User, _assessment: Assessment) -> Iterator[str]:
    """Whoever opens children's records reads their assessments."""
    yield from ()


@policy("Go to the assessment a task asks for", subject=Task, roles=RECORD_READERS)
def from_task(_user: User, _task: Task) -> Iterator[str]:
    """Whoever opens children's records."""
    yield from ()


@policy("Start an assessment", subject=Task, roles=QUALIFIED)
def start_assessment(user: User, task: Task) -> Iterator[str]:
    """A social worker starts it: it is theirs to own (Working Together 2023, chapter 3)."""
    if task.step_key not in ASSESSMENTS:
        yield "This task is not an assessment"
    if task.done_at or task.cancelled_at:
        yield "This task is no longer waiting to be done"
    if not works_on(user, task):
        yield NOT_YOURS


@policy("Write an assessment", subject=Assessment, roles=PRACTITIONERS)
def write_assessment(user: User, assessment: Assessment) -> Iterator[str]:
    """The workers on it write it. A family support worker contributes, and is named for it."""
    yield from _being_written(assessment)
    if not works_on(user, assessment.task):
        yield NOT_YOURS


@policy("Record what an agency said", subject=AgencyConsulted, roles=PRACTITIONERS)
def answer_agency(user: User, asked: AgencyConsulted) -> Iterator[str]:
    """Whoever may write the assessment."""
    yield from _being_written(asked.assessment)
    if not works_on(user, asked.assessment.task):
        yield NOT_YOURS


@policy("Send an assessment to a manager", subject=Assessment, roles=QUALIFIED)
def submit_assessment(user: User, assessment: Assessment) -> Iterator[str]:
    """A social worker registered on the day completes it (Children and Social Work Act 2017)."""
    yield from _being_written(assessment)
    if not works_on(user, assessment.task):
        yield NOT_YOURS


@policy("Decide on an assessment", subject=Assessment, roles=MANAGERS)
def decide_assessment(user: User, assessment: Assessment) -> Iterator[str]:
    """A manager who had no part in the work authorises it, or returns it with comments."""
    if assessment.state != State.SUBMITTED:
        yield "This is not waiting to be authorised"
    if assessment.task and (why := why_not_sign_off(assessment.task, user)):
        yield why


@policy("Review an assessment as it goes", subject=Assessment, roles=MANAGERS)
def review_point(_user: User, assessment: Assessment) -> Iterator[str]:
    """A manager looks at how it is going and gives direction."""
    yield from _being_written(assessment)


@policy("Cancel an assessment", subject=Assessment, roles=MANAGERS)
def cancel_assessment(_user: User, assessment: Assessment) -> Iterator[str]:
    """A manager ends one that should not go on, with the reason."""
    yield from _being_written(assessment)


@policy("Print an authorised assessment", subject=Assessment, roles=RECORD_READERS)
def print_assessment(_user: User, assessment: Assessment) -> Iterator[str]:
    """Whoever may read it. One not yet agreed is not handed round on paper."""
    if assessment.state != State.AUTHORISED:
        yield "This has not been authorised yet"


@policy("Make a copy of an assessment for the family", subject=Assessment, roles=WRITERS)
def family_copy(user: User, assessment: Assessment) -> Iterator[str]:
    """The worker or a manager, who knows what is safe to show to whom."""
    if assessment.state != State.AUTHORISED:
        yield "This has not been authorised yet"
    if not user.has_role(*MANAGERS) and not works_on(user, assessment.task):
        yield NOT_YOURS


@policy("Add to an authorised assessment", subject=Assessment, roles=(*QUALIFIED, *MANAGERS))
def add_to_assessment(user: User, assessment: Assessment) -> Iterator[str]:
    """A correction is a dated addition; the assessment itself never changes."""
    if assessment.state != State.AUTHORISED:
        yield "This has not been authorised yet. Change it instead"
    if not user.has_role(*MANAGERS) and not works_on(user, assessment.task):
        yield NOT_YOURS


@policy("Decide whether to assess again", subject=Task, roles=(*QUALIFIED, *MANAGERS))
def decide_update(_user: User, task: Task) -> Iterator[str]:
    """A social worker or manager."""
    if task.step_key != UPDATE.key:
        yield "This task does not ask that"
    if task.done_at or task.cancelled_at:
        yield "This task is no longer waiting to be done"


@policy("Hand over what an assessment decided", subject=Task, roles=MANAGERS)
def hand_over(_user: User, task: Task) -> Iterator[str]:
    """A manager passes it on, so that nothing falls between."""
    if task.step_key not in HAND_OVERS:
        yield "This task is not a hand-over"
    if task.done_at or task.cancelled_at:
        yield "This task is no longer waiting to be done"


@policy("See a child's assessments", subject=Person, roles=RECORD_READERS)
def child_assessments(_user: User, _child: Person) -> Iterator[str]:
    """Whoever opens children's records."""
    yield from ()


@policy(
    "See a team's assessments",
    subject=Team,
    roles=(*PRACTITIONERS, *MANAGERS, Role.DIRECTOR, Role.AUDITOR, Role.BUSINESS_SUPPORT),
)
def team_assessments(_user: User, _team: Team) -> Iterator[str]:
    """Whoever works with the teams. The database leaves out children kept from the worker."""
    yield from ()
