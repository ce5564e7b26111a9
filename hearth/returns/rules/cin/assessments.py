"""Assessments: when they started, and when they were authorised."""

from hearth.returns.checking.census import EPISODE, Census
from hearth.returns.checking.rule import Flags
from hearth.returns.checking.spans import within_another
from hearth.returns.rules.books import CIN
from hearth.returns.rules.cin.terms import outside_period, undated, until, working_days_before

# The working days an assessment may take.
LONGEST = 45


@CIN.rule(
    "1103",
    "The assessment started before the child was referred",
    Assessments="AssessmentActualStartDate",
    CINdetails="CINreferralDate",
)
def after_referral(cin: Census) -> Flags:
    """Both dates are of the same episode; on the same day is sound."""
    assessments = cin.Assessments
    referred = assessments.up("CINdetails").date("CINreferralDate")
    early = assessments.where(assessments.date("AssessmentActualStartDate") < referred)
    return early, early.up("CINdetails")


after_referral.examples("""
    CINdetails CINreferralDate=2025-05-01 !
    Assessments AssessmentActualStartDate=2025-04-30 !
    Assessments AssessmentActualStartDate=2025-05-01
    Assessments
    CINdetails CINreferralDate=2025-04-01
    Assessments AssessmentActualStartDate=2025-04-30
    CINdetails
    Assessments AssessmentActualStartDate=2025-04-30
""")


@CIN.rule(
    "2991Q",
    "There is a Section 47 enquiry in the episode, and no assessment",
    Section47="",
    Assessments="",
)
def enquiries_with_an_assessment(cin: Census) -> Flags:
    """Any assessment will do, whatever it says."""
    enquiries = cin.Section47
    return [enquiries.where(~enquiries.up(EPISODE).any(cin.Assessments))]


enquiries_with_an_assessment.examples("""
    CINdetails
    Section47 !
    Section47 S47ActualStartDate=2025-05-01 !
    CINdetails
    Assessments
    Section47
    CINdetails
    Assessments
""")


@CIN.rule(
    "8608",
    "The assessment was authorised before it started",
    Assessments="AssessmentActualStartDate AssessmentAuthorisationDate",
)
def authorised_after_start(cin: Census) -> Flags:
    """On the same day is sound."""
    assessments = cin.Assessments
    ended = assessments.date("AssessmentAuthorisationDate")
    return [assessments.where(assessments.date("AssessmentActualStartDate") > ended)]


authorised_after_start.examples("""
    Assessments AssessmentActualStartDate=2025-05-02 AssessmentAuthorisationDate=2025-05-01 !
    Assessments AssessmentActualStartDate=2025-05-01 AssessmentAuthorisationDate=2025-05-01
    Assessments AssessmentActualStartDate=2025-05-02
    Assessments AssessmentAuthorisationDate=2025-05-01
""")


@CIN.rule(
    "8670Q",
    "The assessment is not authorised, and started over 45 working days before the period ended",
    outside="period",
    Assessments="AssessmentActualStartDate AssessmentAuthorisationDate",
)
def finished_in_time(cin: Census) -> Flags:
    """The last day of the period is not counted; one exactly 45 working days old is sound."""
    assessments = cin.Assessments
    old = assessments.date("AssessmentActualStartDate") < working_days_before(cin.ends, LONGEST)
    return [assessments.where(old & undated(assessments, "AssessmentAuthorisationDate"))]


finished_in_time.examples("""
    Assessments AssessmentActualStartDate=2026-01-26 !
    Assessments AssessmentActualStartDate=2026-01-27
    Assessments AssessmentActualStartDate=2026-01-26 AssessmentAuthorisationDate=2026-02-30 !
    Assessments AssessmentActualStartDate=2026-01-26 AssessmentAuthorisationDate=2026-03-31
    Assessments
    ----
    Header Year=2025 ReferenceDate=2025-03-31
    Assessments AssessmentActualStartDate=2025-01-26 !
    Assessments AssessmentActualStartDate=2025-01-27
    ----
    Header Year=2027 ReferenceDate=2027-03-31
    Assessments AssessmentActualStartDate=2027-01-24 !
    Assessments AssessmentActualStartDate=2027-01-25
""")


@CIN.rule(
    "8696",
    "The assessment was authorised outside the census period",
    outside="period",
    Assessments="AssessmentAuthorisationDate",
)
def authorised_in_the_period(cin: Census) -> Flags:
    """Its first and its last day are in it."""
    assessments = cin.Assessments
    ended = assessments.date("AssessmentAuthorisationDate")
    return [assessments.where(outside_period(cin, ended))]


authorised_in_the_period.examples("""
    Assessments AssessmentAuthorisationDate=2025-03-31 !
    Assessments AssessmentAuthorisationDate=2025-04-01
    Assessments AssessmentAuthorisationDate=2026-03-31
    Assessments AssessmentAuthorisationDate=2026-04-01 !
    Assessments AssessmentAuthorisationDate=2026-04-31
    Assessments
""")


@CIN.rule(
    "8736",
    "An assessment that is not authorised must have started in the census period",
    outside="period",
    Assessments="AssessmentActualStartDate AssessmentAuthorisationDate",
)
def unfinished_began_in_the_period(cin: Census) -> Flags:
    """One with no date it started on is found too."""
    assessments = cin.Assessments
    sound = cin.in_period(assessments.date("AssessmentActualStartDate"))
    return [assessments.where(undated(assessments, "AssessmentAuthorisationDate") & ~sound)]


unfinished_began_in_the_period.examples("""
    Assessments AssessmentActualStartDate=2025-03-31 !
    Assessments AssessmentActualStartDate=2025-04-01
    Assessments AssessmentActualStartDate=2026-03-31
    Assessments AssessmentActualStartDate=2026-04-01 !
    Assessments AssessmentActualStartDate=2025-03-31 AssessmentAuthorisationDate=2025-04-31 !
    Assessments AssessmentActualStartDate=2025-03-31 AssessmentAuthorisationDate=2025-04-30
    Assessments !
""")


@CIN.rule(
    "8863Q",
    "Two assessments of one episode were under way at once",
    outside="period",
    Assessments="AssessmentActualStartDate AssessmentAuthorisationDate",
)
def at_once(cin: Census) -> Flags:
    """The day one is authorised is still its own. One not authorised runs to the period's end."""
    assessments = cin.Assessments
    starts = assessments.date("AssessmentActualStartDate")
    ends = until(cin, assessments, "AssessmentAuthorisationDate")
    return within_another(assessments, starts, ends, within=EPISODE)


at_once.examples("""
    CINdetails
    Assessments AssessmentActualStartDate=2025-05-01 AssessmentAuthorisationDate=2025-06-01 !
    Assessments AssessmentActualStartDate=2025-06-01 AssessmentAuthorisationDate=2025-07-01 !
    Assessments AssessmentActualStartDate=2025-07-02 !
    Assessments AssessmentActualStartDate=2025-07-02 !
    CINdetails
    Assessments AssessmentActualStartDate=2025-06-01 AssessmentAuthorisationDate=2025-06-02
    Assessments
    CINdetails
    Assessments AssessmentActualStartDate=2025-06-01 AssessmentAuthorisationDate=2025-06-31 !
    Assessments AssessmentActualStartDate=2026-03-31 !
    Assessments AssessmentActualStartDate=2026-04-01
    CINdetails
    Assessments AssessmentActualStartDate=2025-06-01 AssessmentAuthorisationDate=2025-07-01 !
    Assessments AssessmentActualStartDate=2025-06-01 AssessmentAuthorisationDate=2025-07-01 !
    CINdetails
    Assessments AssessmentActualStartDate=2025-06-01 AssessmentAuthorisationDate=2025-05-01
    Assessments AssessmentActualStartDate=2025-06-02 AssessmentAuthorisationDate=2025-06-03
""")


@CIN.rule(
    "8896",
    "The episode has more than one assessment that is not authorised",
    Assessments="AssessmentAuthorisationDate",
)
def one_unfinished(cin: Census) -> Flags:
    """Every assessment of such an episode is found, authorised or not."""
    assessments = cin.Assessments
    unfinished = assessments.where(undated(assessments, "AssessmentAuthorisationDate"))
    return [assessments.where(assessments.alongside(unfinished, EPISODE) > 1)]


one_unfinished.examples("""
    ChildIdentifiers
    CINdetails
    Assessments !
    Assessments AssessmentAuthorisationDate=2025-05-32 !
    Assessments AssessmentAuthorisationDate=2025-05-01 !
    CINdetails
    Assessments
    Assessments AssessmentAuthorisationDate=2025-05-01
    CINdetails
    Assessments
    ChildIdentifiers LAchildID=
    CINdetails
    Assessments !
    Assessments !
""")
