"""The factors identified at the end of an assessment."""

from hearth.returns.checking.census import ASSESSMENT, EPISODE, Census
from hearth.returns.checking.rule import Flags
from hearth.returns.rules.books import CIN
from hearth.returns.rules.cin.terms import CLOSED_AFTER_ASSESSMENT, undated

# No factors identified.
NO_FACTORS = "21"
FACTORS = (
    *("1A", "1B", "1C", "2A", "2B", "2C", "3A", "3B", "3C", "4A", "4B", "4C", "5A", "5B", "5C"),
    *("6A", "6B", "6C", "7A", "8B", "8C", "8D", "8E", "8F", "9A", "10A", "11A", "12A", "13A"),
    *("14A", "15A", "16A", "17A", "18A", "18B", "18C", "19A", "19B", "19C", "20", "21"),
    *("22A", "23A", "24A"),
)


@CIN.rule(
    "8614",
    "Factors are given for an assessment that is not authorised",
    Assessments="AssessmentAuthorisationDate",
    AssessmentFactorsList="AssessmentFactor",
)
def only_when_authorised(cin: Census) -> Flags:
    """Whatever the factors are; an empty list is none."""
    assessments, factors = cin.Assessments, cin.AssessmentFactorsList
    given = assessments.any(factors.where(factors.given("AssessmentFactor")))
    return [assessments.where(undated(assessments, "AssessmentAuthorisationDate") & given)]


only_when_authorised.examples("""
    CINdetails
    Assessments !
    AssessmentFactorsList AssessmentFactor=1A
    AssessmentFactorsList AssessmentFactor=2A
    Assessments AssessmentAuthorisationDate=2025-05-32 !
    AssessmentFactorsList AssessmentFactor=XX
    Assessments AssessmentAuthorisationDate=2025-05-01
    AssessmentFactorsList AssessmentFactor=1A
    Assessments
    AssessmentFactorsList AssessmentFactor=
    Assessments
""")


@CIN.rule(
    "8869",
    "Factor 21, no factors identified, is given beside another factor",
    Assessments="",
    AssessmentFactorsList="AssessmentFactor",
)
def no_factors_alone(cin: Census) -> Flags:
    """Given twice it is still alone."""
    assessments, factors = cin.Assessments, cin.AssessmentFactorsList
    none = assessments.any(factors.where(factors.is_("AssessmentFactor", NO_FACTORS)))
    some = assessments.any(factors.where(~factors.is_("AssessmentFactor", NO_FACTORS, "")))
    return [assessments.where(none & some)]


no_factors_alone.examples("""
    CINdetails
    Assessments !
    AssessmentFactorsList AssessmentFactor=21
    AssessmentFactorsList AssessmentFactor=1A
    Assessments
    AssessmentFactorsList AssessmentFactor=21
    AssessmentFactorsList AssessmentFactor=21
    AssessmentFactorsList AssessmentFactor=
    Assessments
    AssessmentFactorsList AssessmentFactor=1A
    AssessmentFactorsList AssessmentFactor=20
    Assessments
""")


@CIN.rule(
    "8873Q",
    "The only assessment found no factors, and the episode was not closed after assessment",
    Assessments="",
    AssessmentFactorsList="AssessmentFactor",
    CINdetails="ReasonForClosure",
)
def no_factors_then_closed(cin: Census) -> Flags:
    """Such an episode is closed with RC8 or RC9; one that is still open is found too."""
    assessments, factors = cin.Assessments, cin.AssessmentFactorsList
    none = assessments.any(factors.where(factors.is_("AssessmentFactor", NO_FACTORS)))
    only = assessments.alongside(assessments, EPISODE) == 1
    closed = assessments.up("CINdetails").is_("ReasonForClosure", *CLOSED_AFTER_ASSESSMENT)
    found = assessments.where(none & only & ~closed)
    return found, found.up("CINdetails")


no_factors_then_closed.examples("""
    CINdetails !
    Assessments !
    AssessmentFactorsList AssessmentFactor=21
    CINdetails ReasonForClosure=RC7 !
    Assessments !
    AssessmentFactorsList AssessmentFactor=1A
    AssessmentFactorsList AssessmentFactor=21
    CINdetails ReasonForClosure=RC8
    Assessments
    AssessmentFactorsList AssessmentFactor=21
    CINdetails ReasonForClosure=RC9
    Assessments
    AssessmentFactorsList AssessmentFactor=21
    CINdetails
    Assessments
    AssessmentFactorsList AssessmentFactor=21
    Assessments
    CINdetails
    Assessments
    AssessmentFactorsList AssessmentFactor=211
    CINdetails
    Assessments
""")


@CIN.rule(
    "8897Q",
    "An assessment authorised in the period must have factors that are codes of the census",
    outside="period",
    Assessments="AssessmentAuthorisationDate",
    AssessmentFactorsList="AssessmentFactor",
)
def sound_factors(cin: Census) -> Flags:
    """At least one, and all of them. A day after the period is asked of as well."""
    assessments, factors = cin.Assessments, cin.AssessmentFactorsList
    authorised = assessments.date("AssessmentAuthorisationDate") >= cin.starts
    sound = factors.is_("AssessmentFactor", *FACTORS)
    wrong = factors.where(~sound & factors.given("AssessmentFactor"))
    lacking = ~assessments.any(factors.where(sound)) | assessments.any(wrong)
    return [assessments.where(authorised & lacking)]


sound_factors.examples("""
    CINdetails
    Assessments AssessmentAuthorisationDate=2025-04-01 !
    Assessments AssessmentAuthorisationDate=2026-04-01 !
    Assessments AssessmentAuthorisationDate=2025-03-31
    Assessments
    Assessments AssessmentAuthorisationDate=2025-05-01 !
    AssessmentFactorsList AssessmentFactor=1A
    AssessmentFactorsList AssessmentFactor=8A
    Assessments AssessmentAuthorisationDate=2025-05-01
    AssessmentFactorsList AssessmentFactor=1A
    AssessmentFactorsList AssessmentFactor=24A
    Assessments AssessmentAuthorisationDate=2025-05-01
    AssessmentFactorsList AssessmentFactor=18A
    Assessments AssessmentAuthorisationDate=2025-05-01 !
    AssessmentFactorsList AssessmentFactor=1a
    Assessments AssessmentAuthorisationDate=2025-03-31
    AssessmentFactorsList AssessmentFactor=XX
    CINdetails
    Assessments AssessmentAuthorisationDate=2025-05-01
    AssessmentFactorsList AssessmentFactor=21
    Assessments AssessmentAuthorisationDate=2025-05-01 !
    AssessmentFactorsList AssessmentFactor=
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
    AssessmentFactorsList AssessmentFactor=1a
    CINdetails
    Assessments
    AssessmentFactorsList AssessmentFactor=1A
    Assessments
    AssessmentFactorsList AssessmentFactor=
    AssessmentFactorsList AssessmentFactor=
""")


@CIN.rule(
    "8945Q",
    "Factor 18A is no longer used: physical abuse is 18B or 18C",
    Assessments="",
    AssessmentFactorsList="AssessmentFactor",
)
def physical_abuse_by_whom(cin: Census) -> Flags:
    """18B is by another child, 18C by an adult."""
    factors = cin.AssessmentFactorsList
    return [factors.where(factors.is_("AssessmentFactor", "18A")).up("Assessments")]


physical_abuse_by_whom.examples("""
    CINdetails
    Assessments !
    AssessmentFactorsList AssessmentFactor=1A
    AssessmentFactorsList AssessmentFactor=18A
    Assessments
    AssessmentFactorsList AssessmentFactor=18B
    AssessmentFactorsList AssessmentFactor=18C
    AssessmentFactorsList AssessmentFactor=19A
    Assessments
""")


@CIN.rule(
    "8950Q",
    "Factor 19A is no longer used: sexual abuse is 19B or 19C",
    Assessments="",
    AssessmentFactorsList="AssessmentFactor",
)
def sexual_abuse_by_whom(cin: Census) -> Flags:
    """19B is by another child, 19C by an adult."""
    factors = cin.AssessmentFactorsList
    return [factors.where(factors.is_("AssessmentFactor", "19A")).up("Assessments")]


sexual_abuse_by_whom.examples("""
    CINdetails
    Assessments !
    AssessmentFactorsList AssessmentFactor=19A
    AssessmentFactorsList AssessmentFactor=1A
    Assessments
    AssessmentFactorsList AssessmentFactor=19B
    AssessmentFactorsList AssessmentFactor=19C
    AssessmentFactorsList AssessmentFactor=18A
    Assessments
""")
