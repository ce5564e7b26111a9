"""Assessments, and the factors identified at their end."""

import numpy as np

from hearth.returns.checking.census import ASSESSMENT, EPISODE, Census
from hearth.returns.checking.rule import Flags
from hearth.returns.checking.spans import within_another
from hearth.returns.rules.books import CIN


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
    "8863Q",
    "Two assessments of one episode were under way at once",
    outside="period",
    Assessments="AssessmentActualStartDate AssessmentAuthorisationDate",
)
def at_once(cin: Census) -> Flags:
    """One not authorised yet runs to the end of the period."""
    assessments = cin.Assessments
    starts = assessments.date("AssessmentActualStartDate")
    ends = assessments.date("AssessmentAuthorisationDate")
    ends = np.where(assessments.blank("AssessmentAuthorisationDate"), cin.ends, ends)
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
""")


@CIN.rule(
    "8898",
    "A factor is given more than once for one assessment",
    Assessments="",
    AssessmentFactorsList="AssessmentFactor",
)
def each_factor_once(cin: Census) -> Flags:
    """Whatever the factors are."""
    factors = cin.AssessmentFactorsList
    twice = factors.where(
        (factors.alike("AssessmentFactor", within=ASSESSMENT) > 1)
        & factors.given("AssessmentFactor")
    )
    return [twice.up("Assessments")]


each_factor_once.examples("""
    CINdetails
    Assessments !
    AssessmentFactorsList AssessmentFactor=1A
    AssessmentFactorsList AssessmentFactor=1A
    Assessments
    AssessmentFactorsList AssessmentFactor=1A
    AssessmentFactorsList AssessmentFactor=1B
""")
