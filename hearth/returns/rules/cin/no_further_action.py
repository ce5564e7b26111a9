"""Referrals that ended with no further action, and what was done all the same."""

from hearth.returns.checking.census import Census
from hearth.returns.checking.rule import Flags
from hearth.returns.rules.books import CIN
from hearth.returns.rules.cin.terms import dated, yes


@CIN.rule(
    "4000",
    "A referral with no further action has a child in need plan",
    CINdetails="ReferralNFA",
    CINPlanDates="",
)
def no_plan_without_action(cin: Census) -> Flags:
    """Whatever the plan says."""
    plans = cin.CINPlanDates
    found = plans.where(yes(plans.up("CINdetails"), "ReferralNFA"))
    return found.up("CINdetails"), found


no_plan_without_action.examples("""
    CINdetails ReferralNFA=1 !
    CINPlanDates !
    CINPlanDates CINPlanStartDate=2025-05-01 !
    CINdetails ReferralNFA=TRUE !
    CINPlanDates !
    CINdetails ReferralNFA=true
    CINdetails ReferralNFA=0
    CINPlanDates
    CINdetails
    CINPlanDates
""")


@CIN.rule(
    "8832",
    "A referral with no further action has a child protection plan",
    CINdetails="ReferralNFA",
    ChildProtectionPlans="",
)
def no_protection_without_action(cin: Census) -> Flags:
    """Whatever the plan says."""
    plans = cin.ChildProtectionPlans
    found = plans.where(yes(plans.up("CINdetails"), "ReferralNFA"))
    return found.up("CINdetails"), found


no_protection_without_action.examples("""
    CINdetails ReferralNFA=0
    ChildProtectionPlans
    ChildProtectionPlans
    CINdetails ReferralNFA=1 !
    ChildProtectionPlans !
    CINdetails ReferralNFA=True !
    ChildProtectionPlans CPPstartDate=2025-05-01 !
    CINdetails ReferralNFA=true
    CINdetails
    ChildProtectionPlans
""")


@CIN.rule(
    "8831",
    "A referral with no further action has the date of an assessment, enquiry or conference",
    CINdetails="ReferralNFA DateOfInitialCPC",
    Assessments="AssessmentActualStartDate AssessmentAuthorisationDate",
    Section47="S47ActualStartDate DateOfInitialCPC",
)
def nothing_done_without_action(cin: Census) -> Flags:
    """Of the Section 47 enquiries and assessments, those with such a date are found."""
    episodes, assessments, enquiries = cin.CINdetails, cin.Assessments, cin.Section47
    assessed = assessments.where(
        dated(assessments, "AssessmentActualStartDate")
        | dated(assessments, "AssessmentAuthorisationDate")
    )
    enquired = enquiries.where(
        dated(enquiries, "S47ActualStartDate") | dated(enquiries, "DateOfInitialCPC")
    )
    done = episodes.any(assessed) | episodes.any(enquired) | dated(episodes, "DateOfInitialCPC")
    found = episodes.where(yes(episodes, "ReferralNFA") & done)
    return found, found.below(assessed), found.below(enquired)


nothing_done_without_action.examples("""
    CINdetails ReferralNFA=1 !
    Assessments AssessmentActualStartDate=2025-05-01 !
    Assessments AssessmentAuthorisationDate=2025-05-01 !
    Assessments AssessmentInternalReviewDate=2025-05-01
    Assessments AssessmentActualStartDate=2025-05-32
    CINdetails ReferralNFA=TRUE !
    Section47 S47ActualStartDate=2025-05-01 !
    Section47
    CINdetails ReferralNFA=true !
    Section47 DateOfInitialCPC=2025-05-01 !
    CINdetails ReferralNFA=1 DateOfInitialCPC=2025-05-01 !
    Section47 InitialCPCtarget=2025-05-01
    CINdetails ReferralNFA=1
    Assessments
    Section47
    CINdetails ReferralNFA=0 DateOfInitialCPC=2025-05-01
    Assessments AssessmentActualStartDate=2025-05-01
    Section47 DateOfInitialCPC=2025-05-01
    CINdetails DateOfInitialCPC=2025-05-01
    Assessments AssessmentActualStartDate=2025-05-01
""")
