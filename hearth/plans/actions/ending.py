"""Ending a child's plan without a meeting: at 18, at death, on transfer, or looked after."""

from datetime import date

from django.db import transaction

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.accounts.roles import SENIOR
from hearth.casework.models import Episode
from hearth.lib.codes import code_set
from hearth.lib.errors import CannotDo
from hearth.people.models import Person
from hearth.plans.actions.plans import end_plan
from hearth.plans.models import PlanChild, PlanKind
from hearth.plans.rules import BORNE_OUT_BY_WORDS, adult_on, why_not_end
from hearth.records.actions import chronicle

PAGE = "plans:plan"


@transaction.atomic
def end_part(*, part: PlanChild, reason: str, ended_on: date, grounds: str = "", by: User) -> None:
    """End a child's plan for what needs no meeting, and tell it in their story.

    A death and a birthday are on the record. That a child became looked after, or that another
    authority's conference took the plan over, a service manager says, with the grounds.
    """
    child = Person.objects.get(pk=part.child_id)
    if why := why_not_end(child, reason, ended_on):
        raise CannotDo(why)
    if reason in BORNE_OUT_BY_WORDS:
        if part.kind == PlanKind.PROTECTION and not by.has_role(*SENIOR):
            raise CannotDo("A service manager ends a child protection plan for this")
        if not grounds:
            raise CannotDo(
                "Say under what order and where the child lives now, or which authority's "
                "conference took the plan over and on what day"
            )
    end_plan(part=part, ended_on=ended_on, reason=reason, by=by)
    tell_ended(part, reason, ended_on, by, grounds=grounds)
    trail.record(f"Ended without a meeting: {part}", part, by=by, reason=reason)


def tell_ended(
    part: PlanChild, reason: str, ended_on: date, by: User, *, grounds: str = ""
) -> None:
    """Put the end of a plan into a child's story."""
    chronicle(
        about=[part.child],
        kind="plan",
        title=f"{part.plan} ended: {code_set('plan_end_reason').label(reason)}",
        text=grounds,
        happened_on=ended_on,
        source=part.plan,
        page=PAGE,
        significance="high",
        by=by,
    )


@transaction.atomic
def end_of_adults(*, today: date, by: User) -> int:
    """End the plans of all who have become 18, from their birthday. Returns how many ended."""
    ended = 0
    standing = PlanChild.objects.current().select_related("child", "plan")
    for part in standing.filter(child__born_on__isnull=False).order_by("pk"):
        birthday = adult_on(part.child)
        if birthday is not None and birthday <= today:
            on = max(birthday, part.started_on)
            end_part(part=part, reason="adult", ended_on=on, by=by)
            ended += 1
    trail.record(f"Looked for plans of those now 18: {ended} ended", None, by=by)
    return ended


def end_with_episode(episode: Episode, ended_on: date, by: User) -> None:
    """End the child in need plan of a child whose episode closes; protection keeps it open."""
    standing = PlanChild.objects.current().filter(child=episode.child_id)
    for part in standing.select_related("plan", "child"):
        end_plan(part=part, ended_on=max(ended_on, part.started_on), reason="closed", by=by)
        tell_ended(part, "closed", ended_on, by)
