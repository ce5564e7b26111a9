"""Known faults and near misses of conferences, core groups and plans."""

from datetime import date

from hearth.plans.models import ActionProgress
from hearth.quality.tests.stories import Case, fault, near_miss

LONG_AGO = date(2026, 3, 2)
LATELY = date(2026, 6, 8)


@fault("PC-045")
def no_first_review_after_three_months(case: Case):
    case.plan(LONG_AGO)


@fault("PC-045")
def no_later_review_after_six_months(case: Case):
    case.plan(date(2025, 6, 2))
    case.meeting("review_conference", date(2025, 9, 1))


@near_miss("PC-045")
def the_last_day_of_three_months(case: Case):
    case.plan(date(2026, 3, 15))


@near_miss("PC-045")
def reviewed_within_six_months(case: Case):
    case.plan(date(2025, 6, 2))
    case.meeting("review_conference", date(2026, 1, 15))


@near_miss("PC-045")
def a_plan_that_ended(case: Case):
    case.plan(LONG_AGO, ended_on=date(2026, 5, 29), end_reason="conference")


@fault("PC-042")
def no_core_group_after_ten_working_days(case: Case):
    case.plan(date(2026, 5, 29))


@fault("PC-042")
def six_weeks_since_the_last_core_group(case: Case):
    case.plan(LONG_AGO)
    case.meeting("core_group", date(2026, 5, 1))


@near_miss("PC-042")
def the_tenth_working_day(case: Case):
    case.plan(date(2026, 6, 1))


@near_miss("PC-042")
def a_core_group_five_weeks_ago(case: Case):
    case.plan(LONG_AGO)
    case.meeting("core_group", date(2026, 5, 11))


@fault("PC-042.quorum")
def a_core_group_of_social_care_alone(case: Case):
    case.plan(LONG_AGO)
    meeting = case.meeting("core_group", LATELY)
    case.member(meeting, str(case.worker), worker=case.worker)
    case.member(meeting, "His mother")


@fault("PC-042.quorum")
def a_core_group_without_a_parent(case: Case):
    meeting = case.meeting("core_group", LATELY)
    case.member(meeting, "Ms Brook", "school")
    case.member(meeting, "Sue Hart", "health_visiting")
    case.member(meeting, "His mother", attendance="absent")


@near_miss("PC-042.quorum")
def two_agencies_and_a_mother(case: Case):
    meeting = case.meeting("core_group", LATELY)
    case.member(meeting, "Ms Brook", "school")
    case.member(meeting, "Sue Hart", "health_visiting", attendance="video")
    case.member(meeting, "His mother", attendance="telephone")


@near_miss("PC-042.quorum")
def a_father_kept_out_with_the_reason(case: Case):
    meeting = case.meeting("core_group", LATELY)
    case.member(meeting, "Ms Brook", "school")
    case.member(meeting, "Sue Hart", "health_visiting")
    case.member(meeting, "His father", attendance="", excluded_reason="Bail conditions.")


@fault("PC-043")
def core_group_notes_never_sent(case: Case):
    meeting = case.meeting("core_group", date(2026, 6, 1))
    case.member(meeting, "Ms Brook", "school")


@fault("PC-043")
def notes_that_came_back(case: Case):
    meeting = case.meeting("core_group", date(2026, 6, 1))
    member = case.member(meeting, "His mother")
    case.sent(member, "minutes", date(2026, 6, 2), returned_at="2026-06-05T10:00Z")


@near_miss("PC-043")
def notes_sent_to_every_key_member(case: Case):
    meeting = case.meeting("core_group", date(2026, 6, 1))
    case.sent(case.member(meeting, "Ms Brook", "school"), "minutes", date(2026, 6, 2))
    case.member(meeting, "A student who sat in", "school", is_key=False)
    case.member(meeting, str(case.worker), worker=case.worker)


@near_miss("PC-043")
def notes_of_a_core_group_last_week(case: Case):
    case.member(case.meeting("core_group", LATELY), "Ms Brook", "school")


@near_miss("PC-043")
def somebody_who_was_taken_off_the_list(case: Case):
    meeting = case.meeting("core_group", date(2026, 6, 1))
    case.member(meeting, "Ms Brook", "school", removed_at="2026-05-30T10:00Z")


@near_miss("PC-043")
def notes_kept_from_a_mother_by_a_manager_with_the_reason(case: Case):
    meeting = case.meeting("core_group", date(2026, 6, 1))
    case.sent(case.member(meeting, "Ms Brook", "school"), "minutes", date(2026, 6, 2))
    kept = {"sent_at": None, "sent_by": None, "withheld_by": case.boss, "withheld_reason": "Why"}
    case.sent(case.member(meeting, "His mother"), "minutes", date(2026, 6, 2), **kept)


@fault("PC-044")
def decisions_unsent_after_a_week(case: Case):
    case.member(case.meeting("initial_conference", LATELY), "His mother")


@fault("PC-044")
def full_record_unsent_after_a_month(case: Case):
    meeting = case.meeting("review_conference", date(2026, 5, 1))
    member = case.member(meeting, "His mother")
    case.sent(member, "decisions", date(2026, 5, 1))


@near_miss("PC-044")
def decisions_sent_the_same_day(case: Case):
    member = case.member(case.meeting("initial_conference", LATELY), "His mother")
    case.sent(member, "decisions", LATELY)


@near_miss("PC-044")
def a_conference_held_on_friday(case: Case):
    case.member(case.meeting("initial_conference", date(2026, 6, 12)), "His mother")


@fault("PC-049")
def a_gp_who_neither_came_nor_wrote(case: Case):
    meeting = case.meeting("initial_conference", LATELY)
    case.member(meeting, "Dr Amin", "gp", attendance="apologies")


@near_miss("PC-049")
def a_gp_who_sent_a_report(case: Case):
    meeting = case.meeting("initial_conference", LATELY)
    case.member(meeting, "Dr Amin", "gp", attendance="apologies", shared="Immunised; no concerns.")


@near_miss("PC-049")
def an_agency_that_joined_by_telephone(case: Case):
    meeting = case.meeting("initial_conference", LATELY)
    case.member(meeting, "Dr Amin", "gp", attendance="telephone")


@fault("PC-046")
def no_contingency(case: Case):
    case.plan(LATELY).plan.contingencies.update(ended_on=LATELY)


@fault("PC-046")
def legal_advice_and_nothing_else(case: Case):
    plan = case.plan(LATELY).plan
    plan.contingencies.update(
        trigger="If the parents do not do what the plan asks of them in the coming months",
        action="the social worker will seek legal advice",
    )


@fault("PC-046")
def a_contingency_in_four_words(case: Case):
    case.plan(LATELY).plan.contingencies.update(trigger="If it fails", action="escalate")


@fault("PC-046")
def one_the_chair_finds_too_little(case: Case):
    case.plan(LATELY).plan.contingencies.update(
        rating="too_little", rated_by=case.boss, rated_at="2026-06-08T12:00Z"
    )


@near_miss("PC-046")
def a_contingency_the_chair_finds_sound(case: Case):
    case.plan(LATELY).plan.contingencies.update(
        rating="sound", rated_by=case.boss, rated_at="2026-06-08T12:00Z"
    )


@near_miss("PC-046")
def legal_advice_and_what_happens_that_night(case: Case):
    case.plan(LATELY).plan.contingencies.update(
        trigger="If he is found in the home at any time of day or night by anybody",
        action="the worker will seek legal advice; Nan has the children the same night",
    )


@fault("PC-047")
def every_action_past_its_day(case: Case):
    plan = case.plan(LONG_AGO).plan
    case.action(plan, due_on=date(2026, 4, 1))


@fault("PC-047")
def half_the_actions_past_their_day(case: Case):
    plan = case.plan(LONG_AGO).plan
    case.action(plan, due_on=date(2026, 4, 1))
    case.action(plan)


@near_miss("PC-047")
def a_duty_that_goes_on(case: Case):
    case.action(case.plan(LONG_AGO).plan, due_on=None, frequency="Every school day")


@near_miss("PC-047")
def a_late_action_that_was_looked_at_last_week(case: Case):
    action = case.action(case.plan(LONG_AGO).plan, due_on=date(2026, 4, 1))
    ActionProgress.objects.create(
        action=action,
        about=case.about,
        seen_on=LATELY,
        rating="slow",
        words="She has begun.",
        recorded_by=case.worker,
    )


@near_miss("PC-047")
def a_late_action_that_is_done(case: Case):
    case.action(
        case.plan(LONG_AGO).plan,
        due_on=date(2026, 4, 1),
        state="done",
        ended_on=date(2026, 4, 20),
        ended_words="She finished the course.",
    )


@fault("PC-050")
def a_plan_of_sixteen_months(case: Case):
    case.plan(date(2025, 2, 3))


@fault("PC-050")
def a_second_plan_within_a_year(case: Case):
    case.plan(date(2025, 1, 6), ended_on=date(2025, 9, 1), end_reason="conference")
    case.plan(LATELY)


@near_miss("PC-050")
def a_second_plan_after_three_years(case: Case):
    case.plan(date(2022, 1, 6), ended_on=date(2022, 9, 1), end_reason="conference")
    case.plan(LATELY)


@near_miss("PC-050")
def a_plan_of_fourteen_months(case: Case):
    case.plan(date(2025, 4, 1))


@fault("PC-051")
def ended_by_conference_with_nothing_after(case: Case):
    case.plan(LONG_AGO, ended_on=date(2026, 6, 1), end_reason="conference")


@near_miss("PC-051")
def stepped_down_to_a_child_in_need_plan(case: Case):
    case.plan(LONG_AGO, ended_on=date(2026, 6, 1), end_reason="conference")
    case.plan(date(2026, 6, 3), kind="child_in_need")


@near_miss("PC-051")
def became_looked_after(case: Case):
    case.plan(LONG_AGO, ended_on=date(2026, 6, 1), end_reason="looked_after")


@near_miss("PC-051")
def ended_last_friday(case: Case):
    case.plan(LONG_AGO, ended_on=date(2026, 6, 12), end_reason="conference")


@fault("PC-053")
def a_plan_with_no_actions(case: Case):
    case.plan(LATELY, kind="child_in_need")


@fault("PC-053")
def actions_that_say_nothing_will_be_better(case: Case):
    case.action(case.plan(LATELY, kind="child_in_need").plan, outcome="")


@fault("PC-053")
def an_action_a_year_away(case: Case):
    case.action(case.plan(LATELY, kind="child_in_need").plan, due_on=date(2027, 6, 1))


@near_miss("PC-053")
def a_plan_of_one_good_action(case: Case):
    case.action(case.plan(LATELY, kind="child_in_need").plan)


@near_miss("PC-053")
def a_short_break_every_month(case: Case):
    plan = case.plan(LATELY, kind="child_in_need").plan
    case.action(plan, due_on=None, frequency="One weekend a month")


@fault("PC-054")
def thirteen_weeks_and_no_review(case: Case):
    case.plan(LONG_AGO, kind="child_in_need")


@near_miss("PC-054")
def reviewed_last_month(case: Case):
    case.plan(LONG_AGO, kind="child_in_need")
    case.meeting("in_need_review", date(2026, 5, 14))


@near_miss("PC-054")
def a_plan_of_eleven_weeks(case: Case):
    case.plan(date(2026, 3, 30), kind="child_in_need")
