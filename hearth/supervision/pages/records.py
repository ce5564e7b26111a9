"""A worker's supervision over time, and a child's case as it was discussed."""

from dataclasses import dataclass
from datetime import date

from hearth.accounts.models import User
from hearth.people.models import Person
from hearth.supervision import policies
from hearth.supervision.actions.withdrawing import undone
from hearth.supervision.models import Discussion, DiscussionChild, Session
from hearth.supervision.pages.cases import overseen_days
from hearth.supervision.pages.standing import Standing, standings
from hearth.workforce.models import Staff

MOST = 40


@dataclass(frozen=True, slots=True)
class WorkerPage:
    """One worker's supervision: how it stands, and every session."""

    staff: Staff
    today: date
    standing: Standing
    states: list[tuple[str, str]]
    sessions: list[Session]
    is_self: bool
    why_not: str
    may_oversee: bool


def worker_page(staff: Staff, worker: User, *, today: date) -> WorkerPage:
    """One worker's supervision, the latest first."""
    (standing,) = standings(Staff.objects.filter(pk=staff.pk))
    sessions = Session.objects.visible_to(worker).of(staff.user).order_by("-planned_on", "-pk")
    refusals = policies.plan_session.refusals(worker, staff)
    return WorkerPage(
        staff,
        today,
        standing,
        standing.states(today),
        list(sessions[:MOST]),
        staff.user_id == worker.pk,
        ". ".join(refusals),
        policies.overview.allows(worker, None),
    )


@dataclass(frozen=True, slots=True)
class DiscussionPage:
    """One discussion, as it is read on one child's record."""

    discussion: Discussion
    child: Person
    life_now: str
    others: list[Person]
    decisions: list[object]
    # What was withdrawn may be about another family: only those who answer for it read it on.
    is_told: bool
    may_withdraw: bool


def discussion_page(discussion: Discussion, asked: str, worker: User) -> DiscussionPage | None:
    """A discussion on one child's record, with that child's part and no other's."""
    parts = list(
        DiscussionChild.objects.filter(discussion=discussion)
        .select_related("child")
        .order_by("child__born_on", "child")
    )
    found = [part for part in parts if str(part.child_id) == asked] if asked else parts
    if not found:
        return None
    decisions = discussion.decisions.select_related("direction__owner", "direction__task")
    return DiscussionPage(
        discussion,
        found[0].child,
        found[0].life_now,
        [part.child for part in parts if part.child_id != found[0].child_id],
        [decision.direction for decision in decisions.order_by("direction__due_on", "pk")],
        is_told=not discussion.is_withdrawn or worker.has_role(*policies.OVERSEERS),
        may_withdraw=policies.withdraw_discussion.allows(worker, discussion),
    )


@dataclass(frozen=True, slots=True)
class WithdrawingPage:
    """A discussion about to be taken back, and what goes with it."""

    discussion: Discussion
    names: str
    undone: int
    done: int


def withdrawing_page(discussion: Discussion) -> WithdrawingPage:
    """Whose records it leaves, how much is taken off lists, and how much was done already."""
    people = Person.objects.filter(pk__in=discussion.about).order_by("born_on", "pk")
    return WithdrawingPage(
        discussion,
        ", ".join(str(person) for person in people),
        undone(discussion).count(),
        discussion.decisions.filter(direction__task__done_at__isnull=False).count(),
    )


@dataclass(frozen=True, slots=True)
class ChildPage:
    """Every discussion of a child's case, and how long since a manager gave a direction."""

    discussions: list[Discussion]
    days: int | None


def child_page(child: Person, *, today: date) -> ChildPage:
    """A child's case as it was discussed, the latest first."""
    found = Discussion.objects.of_child(child).select_related("worker", "supervisor")
    overseen = overseen_days([child.pk]).get(child.pk)
    return ChildPage(list(found[:MOST]), (today - overseen.date()).days if overseen else None)
