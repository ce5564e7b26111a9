"""What a plan asks for: set, looked at and ended; and what is done if it fails a child."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.lib.codes import code_set
from hearth.lib.dates import in_words
from hearth.lib.errors import CannotDo
from hearth.people.models import Person
from hearth.plans.actions.asking import answer, ask_owner
from hearth.plans.models import (
    ActionProgress,
    ActionState,
    Contingency,
    Meeting,
    Plan,
    PlanAction,
)
from hearth.workforce.rules import is_employed


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAction:
    """One thing a plan is to ask for."""

    what: str
    owner: str
    measure: str
    due_on: date | None = None
    frequency: str = ""
    outcome: str = ""
    owner_worker: User | None = None
    owner_person: Person | None = None
    # None for all the children of the plan.
    children: Sequence[Person] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewContingency:
    """If this, then that, by whom and how soon."""

    trigger: str
    action: str
    owner: str
    within: str


@transaction.atomic
def set_action(
    *, plan: Plan, action: NewAction, set_on: date, meeting: Meeting | None = None, by: User
) -> PlanAction:
    """Put an action in a plan: never without what, who, by when and how we will know."""
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if why := why_not_whole(action, set_on):
        raise CannotDo(why)
    if set_on > timezone.localdate():
        raise CannotDo("An action cannot be set on a day that has not come")
    if action.owner_worker and not is_employed(action.owner_worker, on=timezone.localdate()):
        raise CannotDo(f"{action.owner_worker} no longer works here. Choose somebody else")
    about = plan.about
    if action.children is not None:
        about = sorted(child.pk for child in action.children)
        if not about or set(about) - set(plan.about):
            raise CannotDo("Choose children of this plan")
    last = plan.actions.aggregate(last=Max("number"))["last"] or 0
    made: PlanAction = PlanAction.objects.create(
        plan=plan,
        about=about,
        number=last + 1,
        what=action.what,
        outcome=action.outcome,
        measure=action.measure,
        owner=action.owner,
        owner_worker=action.owner_worker,
        owner_person=action.owner_person,
        due_on=action.due_on,
        frequency=action.frequency,
        set_at=meeting,
        set_on=set_on,
        recorded_by=by,
    )
    if plan.issued_on is not None:
        ask_owner(made, by)
    trail.record(f"Set an action: {plan}", made, by=by)
    return made


def why_not_whole(action: NewAction, set_on: date) -> str | None:
    """What an action lacks, in words; None when it is whole."""
    if not action.what:
        return "Say what is to be done"
    if not action.owner:
        return f"Say who is to do this: {action.what}"
    if action.due_on is None and not action.frequency:
        return f"Say by when, or how often: {action.what}"
    if action.due_on is not None and action.due_on < set_on:
        return f"This is to be done by a day before the plan was made: {action.what}"
    if not action.measure:
        return f"Say how we will know this is done: {action.what}"
    return None


@transaction.atomic
def end_action(*, action: PlanAction, state: ActionState, words: str, on: date, by: User) -> None:
    """Say that an action is done, or no longer needed, and what came of it."""
    action = PlanAction.objects.select_for_update(of=("self",)).get(pk=action.pk)
    if action.state != ActionState.OPEN:
        raise CannotDo("This action was ended already")
    if state == ActionState.OPEN or not words:
        raise CannotDo("Say what came of this action")
    if on > timezone.localdate() or on < action.set_on:
        raise CannotDo("An action ends between the day it was set and today")
    action.state, action.ended_on, action.ended_words = state, on, words
    action.save(update_fields=["state", "ended_on", "ended_words"])
    answer(action, words=words, on=on, by=by)
    trail.record(f"Ended an action: {action.plan}", action, by=by)


@transaction.atomic
def record_progress(
    *,
    action: PlanAction,
    rating: str,
    words: str,
    seen_on: date,
    meeting: Meeting | None = None,
    by: User,
) -> ActionProgress:
    """Say how an action is going, at a meeting or between; at one meeting the last stands."""
    if why := code_set("action_progress").why_not_valid(rating):
        raise CannotDo(why)
    if not words:
        raise CannotDo("Say how this action is going")
    if seen_on > timezone.localdate():
        raise CannotDo("Progress cannot be recorded for a day that has not come")
    if seen_on < action.set_on:
        raise CannotDo(f"This action was only set on {in_words(action.set_on)}")
    if meeting is not None and not set(meeting.about) & set(action.plan.about):
        raise CannotDo("That meeting was not about the children of this plan")
    said = {
        "about": action.about,
        "seen_on": seen_on,
        "rating": rating,
        "words": words,
        "recorded_by": by,
    }
    if meeting is None:
        progress = ActionProgress.objects.create(action=action, **said)
    else:
        progress, _ = ActionProgress.objects.update_or_create(
            action=action, meeting=meeting, defaults=said
        )
    trail.record(f"Recorded progress: {action.plan}", progress, by=by)
    return progress


@transaction.atomic
def set_contingency(*, plan: Plan, contingency: NewContingency, by: User) -> Contingency:
    """Say what is done if the plan does not keep the children safe: specific, and whole."""
    given = (contingency.trigger, contingency.action, contingency.owner, contingency.within)
    if not all(given):
        raise CannotDo("Say if what, then what, by whom and how soon")
    made: Contingency = Contingency.objects.create(
        plan=plan,
        about=plan.about,
        trigger=contingency.trigger,
        action=contingency.action,
        owner=contingency.owner,
        within=contingency.within,
        recorded_by=by,
    )
    trail.record(f"Set what is done if it fails: {plan}", made, by=by)
    return made


@transaction.atomic
def end_contingency(*, contingency: Contingency, on: date, by: User) -> None:
    """Take a contingency out of a plan; it stays on the record."""
    if contingency.ended_on is not None:
        raise CannotDo("This was taken out of the plan already")
    if on > timezone.localdate():
        raise CannotDo("A contingency cannot be taken out on a day that has not come")
    contingency.ended_on = on
    contingency.save(update_fields=["ended_on"])
    trail.record("Took out a contingency", contingency, by=by)


@transaction.atomic
def rate_contingency(*, contingency: Contingency, rating: str, reason: str = "", by: User) -> None:
    """The chair's view of whether a contingency is specific, and in proportion to the risk."""
    if why := code_set("contingency_rating").why_not_valid(rating):
        raise CannotDo(why)
    if rating != "sound" and not reason:
        raise CannotDo("Say what would make this contingency specific and in proportion")
    contingency.rating, contingency.rating_reason = rating, reason
    contingency.rated_at, contingency.rated_by = timezone.now(), by
    contingency.save(update_fields=["rating", "rating_reason", "rated_at", "rated_by"])
    trail.record("Rated a contingency", contingency, by=by)
