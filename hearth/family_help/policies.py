"""Who may make a child in need plan, and agree it."""

from collections.abc import Iterator

from hearth.accounts.models import User
from hearth.accounts.policy import policy
from hearth.accounts.roles import MANAGERS, PRACTITIONERS, QUALIFIED, RECORD_READERS, Role
from hearth.casework.actions.sign_off import why_not_sign_off
from hearth.casework.models import Task
from hearth.family_help.process import PLAN
from hearth.plans.models import Plan
from hearth.plans.policies import NOT_YOURS, leads

WRITERS = (*QUALIFIED, *MANAGERS)


@policy("Go to the plan a task asks for", subject=Task, roles=RECORD_READERS)
def from_task(_worker: User, task: Task) -> Iterator[str]:
    """Whoever may read the record."""
    if task.step_key != PLAN.key:
        yield "This task does not ask for a child in need plan"


@policy("Begin a child in need plan", subject=Task, roles=WRITERS)
def begin_plan(worker: User, task: Task) -> Iterator[str]:
    """The lead worker, whoever was given the task, or a manager."""
    if task.step_key != PLAN.key:
        yield "This task does not ask for a child in need plan"
    if task.done_at or task.cancelled_at:
        yield "This task is no longer waiting to be done"
    if task.worker_id != worker.pk and not leads(worker, task.about):
        yield NOT_YOURS


@policy("Send a child in need plan to a manager", subject=Plan, roles=WRITERS)
def send_plan(worker: User, plan: Plan) -> Iterator[str]:
    """The lead worker, whoever was given the task, or a manager who wrote it."""
    task = plan.task
    if task is None or task.step_key != PLAN.key or task.done_at or task.cancelled_at:
        yield "This plan is not waiting to be sent"
    elif task.worker_id != worker.pk and not leads(worker, plan.about):
        yield NOT_YOURS


@policy("Decide on a child in need plan", subject=Plan, roles=MANAGERS)
def decide_plan(worker: User, plan: Plan) -> Iterator[str]:
    """A manager who had no part in writing it."""
    task = plan.task
    if task is None or task.done_at is None or task.signed_off_at or task.cancelled_at:
        yield "This is not waiting for a decision"
    elif why := why_not_sign_off(task, worker):
        yield why


@policy(
    "See how child in need plans go",
    subject=None,
    roles=(*PRACTITIONERS, *MANAGERS, Role.DIRECTOR, Role.AUDITOR),
)
def in_need(_worker: User, _nothing: None) -> Iterator[str]:
    """Whoever works with the children, and those who answer for it."""
    yield from ()
