"""Known faults and near misses of visits under plans, and of interpreters at meetings."""

from datetime import date, timedelta

from hearth.people.models import Language
from hearth.people.tests.factories import PersonFactory
from hearth.plans.models import PlanChild
from hearth.quality.tests.stories import TODAY, Case, fault, near_miss

BEGUN = date(2026, 4, 13)
# The last day but nine, and but ten, of working days before today.
TEN_DAYS_AGO, ELEVEN_DAYS_AGO = date(2026, 6, 1), date(2026, 5, 29)
WEEKS = timedelta(weeks=1)


@fault("PC-040")
def never_seen_since_the_plan_began(case: Case):
    case.plan(BEGUN)


@fault("PC-040")
def seen_eleven_working_days_ago(case: Case):
    case.plan(BEGUN)
    case.seen(ELEVEN_DAYS_AGO, kind="child_protection")


@fault("PC-040")
def visited_since_and_nobody_answered(case: Case):
    case.plan(BEGUN)
    case.seen(ELEVEN_DAYS_AGO, kind="child_protection")
    case.seen(date(2026, 6, 10), kind="child_protection", seen=False)


@fault("PC-040")
def seen_since_on_a_visit_of_another_kind(case: Case):
    case.plan(BEGUN)
    case.seen(date(2026, 6, 10), kind="looked_after")


@fault("PC-040")
def the_plan_asks_for_a_visit_each_week(case: Case):
    case.plan(BEGUN, visit_days=5, visit_reason="A baby.", visit_agreed_by=case.boss)
    case.seen(date(2026, 6, 5), kind="child_protection")


@fault("PC-040")
def seen_by_somebody_whose_registration_had_lapsed(case: Case):
    case.plan(BEGUN)
    case.seen(date(2026, 6, 10), kind="child_protection")
    case.registration_lapses(date(2026, 6, 1))


@near_miss("PC-040")
def seen_on_the_tenth_working_day(case: Case):
    case.plan(BEGUN)
    case.seen(TEN_DAYS_AGO, kind="child_protection")


@near_miss("PC-040")
def a_plan_begun_last_week(case: Case):
    case.plan(TODAY - WEEKS)


@near_miss("PC-040")
def seen_in_a_new_enquiry(case: Case):
    case.plan(BEGUN)
    case.seen(date(2026, 6, 10))


@near_miss("PC-040")
def a_protection_plan_that_ended_before_the_visit_was_due(case: Case):
    case.plan(BEGUN, ended_on=date(2026, 6, 8), end_reason="conference")


@near_miss("PC-040")
def the_chair_agreed_to_fewer_visits(case: Case):
    case.plan(BEGUN, visit_days=20, visit_reason="In hospital.", visit_agreed_by=case.boss)
    case.seen(ELEVEN_DAYS_AGO, kind="child_protection")


@fault("PC-041")
def seen_twice_with_his_mother_in_the_room(case: Case):
    case.plan(BEGUN)
    case.seen(date(2026, 6, 1), alone=False)
    case.seen(date(2026, 6, 10), alone=False)


@fault("PC-041")
def seen_alone_only_long_ago(case: Case):
    case.plan(BEGUN)
    case.seen(date(2026, 5, 11))
    case.seen(date(2026, 6, 1), alone=False, reason="no_time")
    case.seen(date(2026, 6, 10), alone=False, reason="parent_refused")


@near_miss("PC-041")
def seen_alone_every_other_time(case: Case):
    case.plan(BEGUN)
    case.seen(date(2026, 6, 1))
    case.seen(date(2026, 6, 10), alone=False)


@near_miss("PC-041", born_on=date(2024, 1, 5))
def a_two_year_old_on_a_plan(case: Case):
    case.plan(BEGUN)
    case.seen(date(2026, 6, 1), alone=False, reason="too_young")
    case.seen(date(2026, 6, 10), alone=False, reason="too_young")


@near_miss("PC-041")
def a_child_who_needs_somebody_with_them(case: Case):
    case.plan(BEGUN)
    case.seen(date(2026, 6, 1), alone=False, reason="disability")
    case.seen(date(2026, 6, 10), alone=False, reason="disability")


@near_miss("PC-041")
def visited_only_once_yet(case: Case):
    case.plan(BEGUN)
    case.seen(date(2026, 6, 10), alone=False)


@fault("PC-041.bedroom")
def two_visits_at_school(case: Case):
    case.plan(BEGUN)
    case.seen(date(2026, 6, 1), bedroom_seen=False)
    case.seen(date(2026, 6, 10), bedroom_seen=False)


@near_miss("PC-041.bedroom")
def at_school_and_then_at_home(case: Case):
    case.plan(BEGUN)
    case.seen(date(2026, 6, 1), bedroom_seen=True)
    case.seen(date(2026, 6, 10), bedroom_seen=False)


@fault("PC-054.visit")
def in_need_and_not_seen_for_seven_weeks(case: Case):
    case.plan(date(2026, 3, 9), "child_in_need")
    case.seen(TODAY - 7 * WEEKS, kind="child_in_need")


@fault("PC-054.visit")
def in_need_and_never_seen(case: Case):
    case.plan(date(2026, 4, 13), "child_in_need")


@near_miss("PC-054.visit")
def in_need_and_seen_six_weeks_ago(case: Case):
    case.plan(date(2026, 3, 9), "child_in_need")
    case.seen(TODAY - 6 * WEEKS, kind="child_in_need")


@near_miss("PC-054.visit")
def short_breaks_with_fewer_visits_agreed(case: Case):
    agreed = {"visit_reason": "Short breaks.", "visit_agreed_by": case.boss}
    case.plan(date(2026, 3, 30), "child_in_need", visit_days=60, **agreed)


def core_group_with_mother(
    case: Case, *, needs: bool, interpreter: str = "", attendance: str = "in_person"
) -> PlanChild:
    """A core group that a mother who speaks Polish was asked to."""
    part = case.plan(BEGUN)
    meeting = case.meeting("core_group", date(2026, 6, 8), plan=part.plan)
    mother = PersonFactory.create(given_names="Marta")
    Language.objects.create(
        person=mother, code="pol", interpreter_needed=needs, recorded_by=case.worker
    )
    said = {"person": mother, "interpreter": interpreter, "attendance": attendance}
    case.member(meeting, "Marta", **said)
    return part


@fault("PC-048")
def a_mother_who_needed_an_interpreter_and_had_none(case: Case):
    core_group_with_mother(case, needs=True)


@fault("PC-048")
def an_interpreter_needed_on_the_telephone_too(case: Case):
    core_group_with_mother(case, needs=True, attendance="telephone")


@near_miss("PC-048")
def an_interpreter_was_booked(case: Case):
    core_group_with_mother(case, needs=True, interpreter="Ms Nowak, Wordbridge")


@near_miss("PC-048")
def a_mother_who_needs_no_interpreter(case: Case):
    core_group_with_mother(case, needs=False)


@near_miss("PC-048")
def a_mother_who_needed_one_and_did_not_come(case: Case):
    core_group_with_mother(case, needs=True, attendance="apologies")


@near_miss("PC-048")
def the_child_needs_one_and_another_parent_came(case: Case):
    Language.objects.create(
        person=case.child, code="pol", interpreter_needed=True, recorded_by=case.worker
    )
    core_group_with_mother(case, needs=False)
