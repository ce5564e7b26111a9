"""Child in need plans."""

from hearth.returns.checking.census import CHILD, EPISODE, Census
from hearth.returns.checking.rule import Flags
from hearth.returns.checking.spans import within_another
from hearth.returns.rules.books import CIN
from hearth.returns.rules.cin.terms import outside_period, undated, until


@CIN.rule(
    "4004",
    "The episode has more than one child in need plan with no end",
    CINPlanDates="CINPlanEndDate",
)
def one_open_plan(cin: Census) -> Flags:
    """Every child in need plan of such an episode is found, ended or not."""
    plans = cin.CINPlanDates
    still_open = plans.where(undated(plans, "CINPlanEndDate"))
    return [plans.where(plans.alongside(still_open, EPISODE) > 1)]


one_open_plan.examples("""
    ChildIdentifiers
    CINdetails
    CINPlanDates CINPlanStartDate=2025-05-01 !
    CINPlanDates CINPlanEndDate=2025-05-32 !
    CINPlanDates CINPlanEndDate=2025-05-01 !
    CINdetails
    CINPlanDates
    CINPlanDates CINPlanEndDate=2025-05-01
    CINdetails
    CINPlanDates
    ChildIdentifiers LAchildID=
    CINdetails
    CINPlanDates !
    CINPlanDates !
""")


@CIN.rule(
    "4008",
    "The child in need plan started after the child died",
    ChildIdentifiers="PersonDeathDate",
    CINPlanDates="CINPlanStartDate",
)
def started_by_death(cin: Census) -> Flags:
    """On the day itself is sound."""
    plans = cin.CINPlanDates
    died = plans.up("ChildIdentifiers").date("PersonDeathDate")
    late = plans.where(plans.date("CINPlanStartDate") > died)
    return late.up("ChildIdentifiers"), late


started_by_death.examples("""
    ChildIdentifiers PersonDeathDate=2025-06-01 !
    CINdetails
    CINPlanDates CINPlanStartDate=2025-06-01
    CINdetails
    CINPlanDates CINPlanStartDate=2025-06-02 !
    ChildIdentifiers PersonDeathDate=2025-06-01
    CINdetails
    CINPlanDates CINPlanEndDate=2025-06-02
    ChildIdentifiers
    CINdetails
    CINPlanDates CINPlanStartDate=2025-06-02
""")


@CIN.rule(
    "4009Q",
    "The child in need plan ended after the child died",
    ChildIdentifiers="PersonDeathDate",
    CINPlanDates="CINPlanEndDate",
)
def ended_by_death(cin: Census) -> Flags:
    """On the day itself is sound, as is a plan with no end."""
    plans = cin.CINPlanDates
    died = plans.up("ChildIdentifiers").date("PersonDeathDate")
    late = plans.where(plans.date("CINPlanEndDate") > died)
    return late.up("ChildIdentifiers"), late


ended_by_death.examples("""
    ChildIdentifiers PersonDeathDate=2025-06-01 !
    CINdetails
    CINPlanDates CINPlanEndDate=2025-06-01
    CINdetails
    CINPlanDates CINPlanEndDate=2025-06-02 !
    ChildIdentifiers PersonDeathDate=2025-06-01
    CINdetails
    CINPlanDates CINPlanStartDate=2025-06-02
    ChildIdentifiers
    CINdetails
    CINPlanDates CINPlanEndDate=2025-06-02
""")


@CIN.rule(
    "4010",
    "The child in need plan has no start on or before the end of the census period",
    outside="period",
    CINPlanDates="CINPlanStartDate",
)
def started_by_the_end(cin: Census) -> Flags:
    """The last day itself is sound, as is any day before the period."""
    plans = cin.CINPlanDates
    return [plans.where(~(plans.date("CINPlanStartDate") <= cin.ends))]


started_by_the_end.examples("""
    CINPlanDates CINPlanStartDate=2026-03-31
    CINPlanDates CINPlanStartDate=2010-03-31
    CINPlanDates CINPlanStartDate=2026-04-01 !
    CINPlanDates CINPlanStartDate=2025-02-29 !
    CINPlanDates !
""")


@CIN.rule(
    "4011",
    "The child in need plan ended before it started",
    CINPlanDates="CINPlanStartDate CINPlanEndDate",
)
def ended_after_start(cin: Census) -> Flags:
    """On the same day is sound."""
    plans = cin.CINPlanDates
    return [plans.where(plans.date("CINPlanEndDate") < plans.date("CINPlanStartDate"))]


ended_after_start.examples("""
    CINPlanDates CINPlanStartDate=2025-05-02 CINPlanEndDate=2025-05-01 !
    CINPlanDates CINPlanStartDate=2025-05-01 CINPlanEndDate=2025-05-01
    CINPlanDates CINPlanStartDate=2025-05-02
    CINPlanDates CINPlanEndDate=2025-05-01
""")


@CIN.rule(
    "4012Q",
    "The child in need plan started and ended on the same day",
    CINPlanDates="CINPlanStartDate CINPlanEndDate",
)
def longer_than_a_day(cin: Census) -> Flags:
    """A plan with neither date is sound."""
    plans = cin.CINPlanDates
    return [plans.where(plans.date("CINPlanStartDate") == plans.date("CINPlanEndDate"))]


longer_than_a_day.examples("""
    CINPlanDates CINPlanStartDate=2025-05-01 CINPlanEndDate=2025-05-01 !
    CINPlanDates CINPlanStartDate=2025-05-01 CINPlanEndDate=2025-05-02
    CINPlanDates CINPlanStartDate=2025-05-32 CINPlanEndDate=2025-05-32
    CINPlanDates
""")


@CIN.rule(
    "4013",
    "The child in need plan ended outside the census period",
    outside="period",
    CINPlanDates="CINPlanEndDate",
)
def ended_in_the_period(cin: Census) -> Flags:
    """Its first and its last day are in it."""
    plans = cin.CINPlanDates
    return [plans.where(outside_period(cin, plans.date("CINPlanEndDate")))]


ended_in_the_period.examples("""
    CINPlanDates CINPlanEndDate=2025-03-31 !
    CINPlanDates CINPlanEndDate=2025-04-01
    CINPlanDates CINPlanEndDate=2026-03-31
    CINPlanDates CINPlanEndDate=2026-04-01 !
    CINPlanDates CINPlanEndDate=2026-04-31
    CINPlanDates
""")


@CIN.rule(
    "4014",
    "Two child in need plans of one child ran at once",
    outside="period",
    CINPlanDates="CINPlanStartDate CINPlanEndDate",
)
def at_once(cin: Census) -> Flags:
    """Of any episodes. The day a plan ends is its own; an open one runs to the period's end."""
    plans = cin.CINPlanDates
    ends = until(cin, plans, "CINPlanEndDate")
    return within_another(plans, plans.date("CINPlanStartDate"), ends, within=CHILD)


at_once.examples("""
    ChildIdentifiers
    CINdetails
    CINPlanDates CINPlanStartDate=2025-05-01 CINPlanEndDate=2025-06-01 !
    CINPlanDates CINPlanStartDate=2025-06-02 CINPlanEndDate=2025-07-01
    CINdetails
    CINPlanDates CINPlanStartDate=2025-06-01 CINPlanEndDate=2025-06-01 !
    CINPlanDates CINPlanStartDate=2025-07-02 CINPlanEndDate=2025-07-32 !
    CINPlanDates CINPlanStartDate=2026-03-31 CINPlanEndDate=2026-04-01 !
    CINPlanDates CINPlanStartDate=2026-04-02
    CINPlanDates CINPlanEndDate=2025-05-10
    ChildIdentifiers
    CINdetails
    CINPlanDates CINPlanStartDate=2025-05-10
    ChildIdentifiers
    CINdetails
    CINPlanDates CINPlanStartDate=2025-05-10 !
    CINPlanDates CINPlanStartDate=2025-05-10 !
""")


@CIN.rule(
    "4015",
    "The child in need plan started before the child was referred",
    CINPlanDates="CINPlanStartDate",
    CINdetails="CINreferralDate",
)
def started_after_referral(cin: Census) -> Flags:
    """Both dates are of the same episode; on the same day is sound."""
    plans = cin.CINPlanDates
    referred = plans.up("CINdetails").date("CINreferralDate")
    early = plans.where(plans.date("CINPlanStartDate") < referred)
    return early, early.up("CINdetails")


started_after_referral.examples("""
    CINdetails CINreferralDate=2025-05-01 !
    CINPlanDates CINPlanStartDate=2025-04-30 !
    CINPlanDates CINPlanStartDate=2025-05-01
    CINPlanDates
    CINdetails CINreferralDate=2025-04-01
    CINPlanDates CINPlanStartDate=2025-04-30
    CINdetails
    CINPlanDates CINPlanStartDate=2025-04-30
""")
