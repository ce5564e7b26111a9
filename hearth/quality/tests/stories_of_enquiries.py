"""Known faults and near misses of strategy discussions, enquiries and agreements."""

from datetime import date, timedelta

from django.utils import timezone

from hearth.casework.tests.factories import InvolvementFactory
from hearth.protection.models import EnquiryChild
from hearth.quality.tests.stories import TODAY, Case, at, fault, near_miss

LATELY = date(2026, 6, 8)  # a Monday, five working days before today


@fault("PC-022")
def never_seen(case: Case):
    case.enquiry(LATELY)


@fault("PC-022")
def visited_and_not_seen(case: Case):
    case.enquiry(LATELY)
    case.seen(LATELY, seen=False)


@fault("PC-022")
def seen_only_before_the_enquiry(case: Case):
    case.enquiry(LATELY)
    case.seen(LATELY - timedelta(3))


@fault("PC-022")
def seen_but_never_alone(case: Case):
    case.enquiry(LATELY)
    case.seen(LATELY, alone=False)


@fault("PC-022")
def ended_with_nobody_having_seen_the_child(case: Case):
    case.enquiry(LATELY, ended=LATELY + timedelta(3), outcome="not_substantiated")


@near_miss("PC-022")
def seen_alone_the_same_day(case: Case):
    case.enquiry(LATELY)
    case.seen(LATELY)


@near_miss("PC-022")
def begun_today(case: Case):
    case.enquiry(TODAY)


@near_miss("PC-022", unborn=True)
def not_yet_born(case: Case):
    case.enquiry(LATELY)


@near_miss("PC-022", born_on=date(2024, 1, 5))
def a_two_year_old_seen_with_his_mother(case: Case):
    case.enquiry(LATELY)
    case.seen(LATELY, alone=False)


@near_miss("PC-022")
def not_seen_with_a_reason(case: Case):
    case.enquiry(LATELY, not_seen_why="Missing since the day before; the police are looking.")


@near_miss("PC-022")
def seen_by_the_night_team_and_so_recorded_on_the_enquiry(case: Case):
    case.enquiry(LATELY, seen_at=at(LATELY), seen_alone_at=at(LATELY))


@near_miss("PC-022")
def seen_not_alone_with_a_reason(case: Case):
    case.enquiry(LATELY, not_alone_reason="child_choice")
    case.seen(LATELY, alone=False)


@fault("PC-015")
def registration_ran_out_during_the_enquiry(case: Case):
    case.enquiry(LATELY)
    case.registration_lapses(LATELY + timedelta(2))


@fault("PC-015")
def never_registered(case: Case):
    case.enquiry(LATELY)
    case.registration_lapses(date(2020, 1, 1))


@near_miss("PC-015")
def registration_ran_out_after_the_enquiry_ended(case: Case):
    case.enquiry(LATELY, ended=LATELY + timedelta(2), outcome="not_substantiated")
    case.registration_lapses(LATELY + timedelta(3))


@near_miss("PC-015")
def registered_throughout(case: Case):
    case.enquiry(LATELY)


@fault("PC-024")
def under_way_for_sixteen_working_days(case: Case):
    case.enquiry(date(2026, 5, 21))


@fault("PC-024")
def sent_back_and_forgotten(case: Case):
    case.enquiry(date(2026, 4, 1))


@near_miss("PC-024")
def under_way_for_fifteen_working_days_over_a_bank_holiday(case: Case):
    case.enquiry(date(2026, 5, 22))


@near_miss("PC-024")
def authorised_on_the_last_day(case: Case):
    case.enquiry(date(2026, 5, 1), ended=date(2026, 5, 22), outcome="not_substantiated")


@fault("PC-023")
def a_medical_needed_and_none_asked_for(case: Case):
    case.enquiry(LATELY, medical_needed=True)


@fault("PC-023")
def a_medical_asked_for_and_not_done(case: Case):
    case.medical(case.enquiry(LATELY, medical_needed=True), LATELY)


@fault("PC-023")
def an_examination_offered_after_four_days(case: Case):
    part = case.enquiry(LATELY, medical_needed=True)
    late = at(LATELY) + timedelta(hours=96)
    case.medical(part, LATELY, incident_at=at(LATELY), offered_for=late)


@near_miss("PC-023")
def a_medical_done_the_next_day(case: Case):
    part = case.enquiry(LATELY, medical_needed=True)
    case.medical(part, LATELY, done_at=at(LATELY + timedelta(1)))


@near_miss("PC-023")
def a_medical_that_a_young_person_refused(case: Case):
    part = case.enquiry(LATELY, medical_needed=True)
    case.medical(part, LATELY, not_done_reason="He is 16 and would not go. Dr Amin was told.")


@near_miss("PC-023")
def no_medical_needed(case: Case):
    case.enquiry(LATELY, medical_needed=False, medical_why_not="No injury, by Dr Amin's advice.")


@fault("PC-018")
def a_conference_needed_and_never_asked_for(case: Case):
    target = TODAY - timedelta(3)
    case.enquiry(date(2026, 5, 20), ended=LATELY, outcome="conference", conference_target_on=target)


@fault("PC-018")
def a_conference_called_off_and_not_booked_again(case: Case):
    part = case.enquiry(
        date(2026, 5, 20),
        ended=LATELY,
        outcome="conference",
        conference_target_on=TODAY - timedelta(3),
    )
    made = case.conference(enquiry=part.enquiry, booked=LATELY)
    made.meeting.cancelled_at, made.meeting.cancelled_by = at(LATELY), case.boss
    made.meeting.cancelled_reason = "The chair was ill."
    made.meeting.save()


@near_miss("PC-018")
def a_conference_booked(case: Case):
    part = case.enquiry(
        date(2026, 5, 20),
        ended=LATELY,
        outcome="conference",
        conference_target_on=TODAY - timedelta(3),
    )
    case.conference(enquiry=part.enquiry, booked=TODAY + timedelta(1))


@near_miss("PC-018")
def looked_after_since(case: Case):
    case.enquiry(
        date(2026, 5, 20),
        ended=LATELY,
        outcome="conference",
        conference_target_on=TODAY - timedelta(3),
    )
    InvolvementFactory.create(child=case.child, kind="looked_after", started_on=LATELY)


@near_miss("PC-018")
def still_within_the_fifteen_days(case: Case):
    case.enquiry(LATELY, ended=LATELY, outcome="conference", conference_target_on=TODAY)


@fault("PC-019")
def a_conference_past_its_day(case: Case):
    case.conference(target_on=TODAY - timedelta(1))


@fault("PC-019")
def a_conference_booked_too_late(case: Case):
    case.conference(target_on=TODAY + timedelta(2), booked=TODAY + timedelta(5))


@near_miss("PC-019")
def a_conference_booked_in_time(case: Case):
    case.conference(target_on=TODAY + timedelta(5), booked=TODAY + timedelta(4))


@near_miss("PC-019")
def a_conference_held_late(case: Case):
    case.conference(target_on=LATELY, held=LATELY + timedelta(2))


@near_miss("PC-019")
def a_transfer_in_conference(case: Case):
    case.conference(kind="transfer_conference", target_on=LATELY)


@fault("PC-014")
def no_police(case: Case):
    case.strategy(LATELY, "school", "hospital")


@fault("PC-014")
def no_health(case: Case):
    case.strategy(LATELY, "police", "school")


@fault("PC-014")
def held_and_not_decided(case: Case):
    case.strategy(
        LATELY, "police", "gp", decision="", rationale="", decided_at=None, decided_by=None
    )


@fault("PC-014")
def record_never_sent(case: Case):
    made = case.strategy(LATELY)
    for agency in ("police", "hospital"):
        case.member(made.meeting, agency, agency)


@near_miss("PC-014")
def police_health_and_the_record_sent(case: Case):
    case.strategy(LATELY, "police", "health_visiting")


@near_miss("PC-014")
def health_asked_since_with_the_reason(case: Case):
    case.strategy(LATELY, "police", missing_agency_reason="Dr Amin was rung at six the same day.")


@near_miss("PC-014")
def held_today_and_the_record_not_yet_sent(case: Case):
    made = case.strategy(TODAY)
    for agency in ("police", "midwifery"):
        case.member(made.meeting, agency, agency)


@fault("PC-016")
def no_night_recorded_for_anybody(case: Case):
    case.enquiry(LATELY, slept=False)


@fault("PC-016")
def an_unsigned_risk_assessment_and_no_night(case: Case):
    case.agreement(
        case.enquiry(LATELY, slept=False), kind="risk_assessment", signed_at=None, signed_by=None
    )


@fault("PC-016")
def a_brothers_night_is_recorded_and_not_this_childs(case: Case):
    part, brother = case.enquiry(LATELY, slept=False), Case(team=case.team)
    EnquiryChild.objects.create(enquiry=part.enquiry, child=brother.child, episode=brother.episode)
    night = brother.night(part, LATELY, at_home=False)
    assert night.child == brother.child


@near_miss("PC-016")
def every_night_with_an_aunt(case: Case):
    case.night(case.enquiry(LATELY, slept=False), LATELY, at_home=False)


@near_miss("PC-016")
def begun_this_morning(case: Case):
    case.enquiry(TODAY, slept=False)


@near_miss("PC-016", unborn=True)
def a_baby_not_yet_born(case: Case):
    case.enquiry(LATELY, slept=False)


@near_miss("PC-016")
def gone_home_with_the_managers_agreement(case: Case):
    case.went_home(case.enquiry(LATELY, slept=False), LATELY)


@fault("PC-016")
def at_home_this_morning_with_no_managers_agreement(case: Case):
    case.asked_home(case.enquiry(TODAY), TODAY, at_home_since=at(TODAY, 8))


@fault("PC-016")
def at_home_though_a_manager_refused(case: Case):
    refused = {"decision": "refused", "words": "No.", "decided_by": case.boss}
    there = {"at_home_since": at(LATELY, 8), "decided_at": at(LATELY, 9)}
    case.asked_home(case.enquiry(LATELY), LATELY, **refused, **there)


@near_miss("PC-016")
def away_again_since(case: Case):
    there = {"at_home_since": at(LATELY, 8), "settled_at": at(LATELY, 20)}
    case.asked_home(case.enquiry(LATELY), LATELY, **there)


@near_miss("PC-016")
def a_manager_asked_before_the_child_goes(case: Case):
    case.asked_home(case.enquiry(LATELY), LATELY)


@fault("PC-017")
def a_review_day_gone_by(case: Case):
    case.agreement(case.enquiry(LATELY), review_on=TODAY - timedelta(1))


@fault("PC-017")
def an_agreement_that_says_nothing_of_failing(case: Case):
    case.agreement(case.enquiry(LATELY), contingency="")


@fault("PC-017")
def signed_and_never_set_beside_the_plan(case: Case):
    part = case.plan(LATELY)
    case.agreement(plan=part.plan)


@fault("PC-017")
def the_plan_says_something_else_since_it_was_confirmed(case: Case):
    part = case.plan(LATELY)
    case.agreement(plan=part.plan, compatible_at=at(LATELY), compatible_by=case.boss)


@fault("PC-017")
def an_enquirys_agreement_never_set_beside_the_plan_that_followed(case: Case):
    case.agreement(case.enquiry(LATELY))
    case.plan(LATELY)


@near_miss("PC-017")
def a_plan_begun_today_beside_it(case: Case):
    case.agreement(case.enquiry(LATELY))
    case.plan(TODAY)


@near_miss("PC-017")
def an_agreement_that_stands(case: Case):
    case.agreement(case.enquiry(LATELY))


@near_miss("PC-017")
def an_ended_version(case: Case):
    case.agreement(
        case.enquiry(LATELY),
        review_on=TODAY - timedelta(1),
        ended_on=LATELY,
        ended_reason="A new version took its place.",
    )


@near_miss("PC-017")
def confirmed_beside_the_plan(case: Case):
    part = case.plan(LATELY)
    case.agreement(plan=part.plan, compatible_at=timezone.now(), compatible_by=case.boss)
