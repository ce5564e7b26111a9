"""The closing of episodes, and what must be settled by then."""

import numpy as np

from hearth.returns.checking.census import Census
from hearth.returns.checking.rule import Flags
from hearth.returns.checking.tables import Rows
from hearth.returns.rules.books import CIN
from hearth.returns.rules.cin.terms import (
    CLOSED_AFTER_ASSESSMENT,
    dated,
    outside_period,
    undated,
    yes,
)

REASONS = ("RC1", "RC2", "RC3", "RC4", "RC5", "RC6", "RC7", "RC8", "RC9")


@CIN.rule(
    "8620",
    "The closure date is outside the census period",
    outside="period",
    CINdetails="CINclosureDate",
)
def closed_in_the_period(cin: Census) -> Flags:
    """Its first and its last day are in it."""
    episodes = cin.CINdetails
    return [episodes.where(outside_period(cin, episodes.date("CINclosureDate")))]


closed_in_the_period.examples("""
    CINdetails CINclosureDate=2025-03-31 !
    CINdetails CINclosureDate=2025-04-01
    CINdetails CINclosureDate=2026-03-31
    CINdetails CINclosureDate=2026-04-01 !
    CINdetails CINclosureDate=2026-04-31
    CINdetails
""")


@CIN.rule(
    "8630",
    "The episode was closed before the child was referred",
    CINdetails="CINclosureDate CINreferralDate",
)
def closed_after_referral(cin: Census) -> Flags:
    """On the same day is sound."""
    episodes = cin.CINdetails
    closed, referred = episodes.date("CINclosureDate"), episodes.date("CINreferralDate")
    return [episodes.where(closed < referred)]


closed_after_referral.examples("""
    CINdetails CINreferralDate=2025-05-02 CINclosureDate=2025-05-01 !
    CINdetails CINreferralDate=2025-05-01 CINclosureDate=2025-05-01
    CINdetails CINreferralDate=2025-05-02
    CINdetails CINclosureDate=2025-05-01
""")


@CIN.rule(
    "8640",
    "The reason for closure must be one of RC1 to RC9",
    CINdetails="ReasonForClosure",
)
def reason_sound(cin: Census) -> Flags:
    """A blank is sound."""
    episodes = cin.CINdetails
    return [episodes.where(~episodes.is_("ReasonForClosure", "", *REASONS))]


reason_sound.examples("""
    CINdetails ReasonForClosure=RC1
    CINdetails ReasonForClosure=RC9
    CINdetails
    CINdetails ReasonForClosure=RC10 !
    CINdetails ReasonForClosure=RC0 !
    CINdetails ReasonForClosure=rc1 !
""")


@CIN.rule(
    "8805",
    "The episode has a closure date and no reason for closure",
    CINdetails="CINclosureDate ReasonForClosure",
)
def closed_for_a_reason(cin: Census) -> Flags:
    """Whatever the reason is."""
    episodes = cin.CINdetails
    return [episodes.where(dated(episodes, "CINclosureDate") & episodes.blank("ReasonForClosure"))]


closed_for_a_reason.examples("""
    CINdetails CINclosureDate=2025-05-01 !
    CINdetails CINclosureDate=2025-05-01 ReasonForClosure=XX
    CINdetails CINclosureDate=2025-05-32
    CINdetails
""")


@CIN.rule(
    "8810",
    "The episode has a reason for closure and no closure date",
    CINdetails="ReasonForClosure CINclosureDate",
)
def reason_with_a_date(cin: Census) -> Flags:
    """What is not a date counts as none."""
    episodes = cin.CINdetails
    found = episodes.given("ReasonForClosure") & undated(episodes, "CINclosureDate")
    return [episodes.where(found)]


reason_with_a_date.examples("""
    CINdetails ReasonForClosure=RC7 !
    CINdetails ReasonForClosure=XX !
    CINdetails ReasonForClosure=RC7 CINclosureDate=2025-05-32 !
    CINdetails ReasonForClosure=RC7 CINclosureDate=2025-05-01
    CINdetails
""")


def _after_closure(rows: Rows, *names: str) -> Rows:
    """The rows that give a later day than their episode was closed."""
    closed = rows.up("CINdetails").date("CINclosureDate")
    return rows.where(np.any([rows.date(name) > closed for name in names], axis=0))


@CIN.rule(
    "8565",
    "Something in the episode is dated after it was closed",
    CINdetails="CINclosureDate DateOfInitialCPC",
    Assessments="AssessmentActualStartDate AssessmentAuthorisationDate",
    Section47="S47ActualStartDate DateOfInitialCPC",
    ChildProtectionPlans="CPPendDate",
    CINPlanDates="CINPlanStartDate CINPlanEndDate",
)
def nothing_after_closure(cin: Census) -> Flags:
    """On the day itself is sound. The start of a protection plan and its reviews are not asked."""
    late = [
        _after_closure(cin.CINdetails, "DateOfInitialCPC"),
        _after_closure(cin.Assessments, "AssessmentActualStartDate", "AssessmentAuthorisationDate"),
        _after_closure(cin.Section47, "S47ActualStartDate", "DateOfInitialCPC"),
        _after_closure(cin.ChildProtectionPlans, "CPPendDate"),
        _after_closure(cin.CINPlanDates, "CINPlanStartDate", "CINPlanEndDate"),
    ]
    return *(rows.up("CINdetails") for rows in late), *late


nothing_after_closure.examples("""
    CINdetails CINclosureDate=2025-06-01 !
    Assessments AssessmentActualStartDate=2025-06-02 !
    Assessments AssessmentAuthorisationDate=2025-06-02 !
    Assessments AssessmentActualStartDate=2025-06-01 AssessmentAuthorisationDate=2025-06-01
    Assessments AssessmentActualStartDate=2025-06-31
    CINdetails CINclosureDate=2025-06-01 !
    Section47 S47ActualStartDate=2025-06-02 !
    CINdetails CINclosureDate=2025-06-01 !
    Section47 DateOfInitialCPC=2025-06-02 !
    Section47 S47ActualStartDate=2025-06-01 DateOfInitialCPC=2025-06-01
    CINdetails CINclosureDate=2025-06-01 DateOfInitialCPC=2025-06-02 !
    Section47
    CINdetails CINclosureDate=2025-06-01 !
    ChildProtectionPlans CPPendDate=2025-06-02 !
    ChildProtectionPlans CPPendDate=2025-06-01
    CINdetails CINclosureDate=2025-06-01
    ChildProtectionPlans CPPstartDate=2025-06-02
    Reviews CPPreviewDate=2025-06-02
    CINdetails CINclosureDate=2025-06-01 !
    CINPlanDates CINPlanStartDate=2025-06-02 !
    CINPlanDates CINPlanEndDate=2025-06-02 !
    CINPlanDates CINPlanStartDate=2025-06-01 CINPlanEndDate=2025-06-01
    CINdetails DateOfInitialCPC=2025-06-02
    Section47 S47ActualStartDate=2025-06-02
    CINdetails CINclosureDate=2025-06-31 DateOfInitialCPC=2025-07-02
    CINdetails CINclosureDate=2025-06-01 DateOfInitialCPC=2025-06-01
""")


@CIN.rule(
    "8825Q",
    "The episode was closed after assessment, and there is no assessment in it",
    CINdetails="ReasonForClosure",
    Assessments="",
)
def assessed_before_closure(cin: Census) -> Flags:
    """RC8 and RC9 are those closures."""
    episodes = cin.CINdetails
    closed = episodes.is_("ReasonForClosure", *CLOSED_AFTER_ASSESSMENT)
    return [episodes.where(closed & ~episodes.any(cin.Assessments))]


assessed_before_closure.examples("""
    CINdetails ReasonForClosure=RC8 !
    CINdetails ReasonForClosure=RC9 !
    CINdetails ReasonForClosure=RC8
    Assessments
    CINdetails ReasonForClosure=RC7
    CINdetails
""")


@CIN.rule(
    "2990",
    "The episode was closed after assessment, and there is a later service in it",
    CINdetails="ReasonForClosure DateOfInitialCPC",
    Section47="",
    ChildProtectionPlans="",
    CINPlanDates="",
)
def nothing_beyond_assessment(cin: Census) -> Flags:
    """With RC8 or RC9 there is no Section 47 enquiry, conference or plan, whatever it says."""
    episodes = cin.CINdetails
    services = cin.Section47, cin.ChildProtectionPlans, cin.CINPlanDates
    more = np.any([episodes.any(rows) for rows in services], axis=0)
    more |= dated(episodes, "DateOfInitialCPC")
    found = episodes.where(episodes.is_("ReasonForClosure", *CLOSED_AFTER_ASSESSMENT) & more)
    return found, *(found.below(rows) for rows in services)


nothing_beyond_assessment.examples("""
    CINdetails ReasonForClosure=RC8 !
    Section47 !
    Section47 !
    CINdetails ReasonForClosure=RC9 !
    ChildProtectionPlans !
    CINPlanDates !
    CINdetails ReasonForClosure=RC8 DateOfInitialCPC=2025-05-01 !
    Assessments
    CINdetails ReasonForClosure=RC8 DateOfInitialCPC=2025-05-32
    Assessments
    CINdetails ReasonForClosure=RC7 DateOfInitialCPC=2025-05-01
    Section47
    ChildProtectionPlans
    CINPlanDates
    CINdetails
    CINPlanDates
""")


@CIN.rule(
    "8867",
    "The episode was closed before an assessment in it was authorised",
    CINdetails="CINclosureDate",
    Assessments="AssessmentAuthorisationDate",
)
def assessments_ended_by_closure(cin: Census) -> Flags:
    """Every assessment of a closed episode has the day it was authorised."""
    assessments = cin.Assessments
    closed = dated(assessments.up("CINdetails"), "CINclosureDate")
    unfinished = assessments.where(closed & undated(assessments, "AssessmentAuthorisationDate"))
    return unfinished.up("CINdetails"), unfinished


assessments_ended_by_closure.examples("""
    CINdetails CINclosureDate=2025-06-01 !
    Assessments AssessmentActualStartDate=2025-05-01 !
    Assessments AssessmentAuthorisationDate=2025-06-31 !
    Assessments AssessmentAuthorisationDate=2025-05-31
    CINdetails CINclosureDate=2025-06-01
    Assessments AssessmentAuthorisationDate=2025-05-31
    CINdetails
    Assessments
    CINdetails CINclosureDate=2025-06-31
    Assessments
    CINdetails CINclosureDate=2025-06-01
""")


@CIN.rule(
    "8868",
    "In a closed episode a Section 47 enquiry has either a conference or none required, not both",
    CINdetails="CINclosureDate",
    Section47="DateOfInitialCPC ICPCnotRequired",
)
def enquiries_ended_by_closure(cin: Census) -> Flags:
    """Found where it has neither, and where it has both."""
    enquiries = cin.Section47
    closed = dated(enquiries.up("CINdetails"), "CINclosureDate")
    unsettled = dated(enquiries, "DateOfInitialCPC") == yes(enquiries, "ICPCnotRequired")
    found = enquiries.where(closed & unsettled)
    return found.up("CINdetails"), found


enquiries_ended_by_closure.examples("""
    CINdetails CINclosureDate=2025-06-01 !
    Section47 !
    Section47 ICPCnotRequired=0 !
    Section47 ICPCnotRequired=yes DateOfInitialCPC=2025-06-31 !
    Section47 ICPCnotRequired=true DateOfInitialCPC=2025-05-01 !
    Section47 ICPCnotRequired=TRUE
    Section47 ICPCnotRequired=1
    Section47 ICPCnotRequired=false DateOfInitialCPC=2025-05-01
    Section47 DateOfInitialCPC=2025-05-01
    CINdetails CINclosureDate=2025-06-01
    Section47 ICPCnotRequired=1
    CINdetails
    Section47
    CINdetails CINclosureDate=2025-06-31
    Section47
    CINdetails CINclosureDate=2025-06-01
""")
