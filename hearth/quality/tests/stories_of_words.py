"""Known faults and near misses of how families are understood on visits."""

from datetime import date, timedelta
from typing import Any

from hearth.people.models import Disability, Household, HouseholdMember, Language, Person
from hearth.people.tests.factories import PersonFactory
from hearth.quality.tests.stories import TODAY, Case, at, fault, near_miss

LATELY, BEFORE = TODAY - timedelta(5), TODAY - timedelta(20)
KNOWN = date(2026, 1, 5)


def speaks(case: Case, person: Person, *, known: date = KNOWN, **said: Any) -> None:
    """Somebody who needs an interpreter for Polish, as the record said from a day."""
    given = {"interpreter_needed": True, "recorded_at": at(known), **said}
    Language.objects.create(person=person, code="pol", recorded_by=case.worker, **given)


def mother_at_home(case: Case, *, left: date | None = None) -> Person:
    """A mother whom the child lives with, or lived with until a day."""
    mother: Person = PersonFactory.create(given_names="Marta")
    home = Household.objects.create()
    for person, ended in ((case.child, None), (mother, left)):
        HouseholdMember.objects.create(
            household=home,
            person=person,
            started_on=KNOWN,
            ended_on=ended,
            recorded_by=case.worker,
        )
    return mother


@fault("PC-048.visit")
def a_child_who_needs_an_interpreter_and_nothing_is_said(case: Case):
    speaks(case, case.child)
    case.seen(LATELY)


@fault("PC-048.visit")
def a_mother_at_home_for_whom_none_was_provided(case: Case):
    speaks(case, mother_at_home(case))
    case.seen(LATELY, understood="not_provided")


@fault("PC-048.visit")
def a_child_who_does_not_hear_and_nothing_is_said(case: Case):
    Disability.objects.create(
        person=case.child, code="HEAR", recorded_at=at(KNOWN), recorded_by=case.worker
    )
    case.seen(LATELY)


@fault("PC-048.visit")
def provided_once_and_not_on_the_last_visit(case: Case):
    speaks(case, case.child)
    case.seen(BEFORE, understood="interpreter")
    case.seen(LATELY)


@near_miss("PC-048.visit")
def an_interpreter_on_the_last_visit(case: Case):
    speaks(case, case.child)
    case.seen(BEFORE)
    case.seen(LATELY, understood="interpreter")


@near_miss("PC-048.visit")
def a_worker_who_speaks_it(case: Case):
    speaks(case, case.child)
    case.seen(LATELY, understood="worker_speaks")


@near_miss("PC-048.visit")
def offered_and_declined(case: Case):
    speaks(case, mother_at_home(case))
    case.seen(LATELY, understood="declined")


@near_miss("PC-048.visit")
def another_language_and_no_interpreter_needed(case: Case):
    speaks(case, case.child, interpreter_needed=False)
    case.seen(LATELY)


@near_miss("PC-048.visit")
def a_need_that_was_told_after_the_visit(case: Case):
    speaks(case, case.child, known=TODAY)
    case.seen(LATELY)


@near_miss("PC-048.visit")
def a_mother_who_had_moved_out(case: Case):
    speaks(case, mother_at_home(case, left=BEFORE))
    case.seen(LATELY)


@near_miss("PC-048.visit")
def a_visit_from_before_it_was_asked(case: Case):
    speaks(case, case.child)
    case.seen(LATELY, understood="not_asked")


@fault("PC-048.family")
def a_brother_interpreted_for_the_mother(case: Case):
    speaks(case, mother_at_home(case))
    case.seen(LATELY, understood="family_member")


@fault("PC-048.family")
def an_aunt_interpreted_for_the_child(case: Case):
    speaks(case, case.child)
    case.seen(LATELY, understood="family_member")


@near_miss("PC-048.family")
def an_aunt_once_and_an_interpreter_since(case: Case):
    speaks(case, case.child)
    case.seen(BEFORE, understood="family_member")
    case.seen(LATELY, understood="interpreter")


@near_miss("PC-048.family")
def nothing_said_of_who_interpreted(case: Case):
    speaks(case, case.child)
    case.seen(LATELY)
