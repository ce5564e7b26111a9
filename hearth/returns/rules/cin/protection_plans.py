"""Child protection plans, and their reviews."""

from hearth.returns.checking.census import CHILD, EPISODE, Census
from hearth.returns.checking.rule import Flags
from hearth.returns.checking.spans import within_another
from hearth.returns.rules.books import CIN
from hearth.returns.rules.cin.terms import outside_period, undated, until

ABUSE = ("NEG", "PHY", "SAB", "EMO", "MUL")


@CIN.rule(
    "1105",
    "The child protection plan started before the child was referred",
    ChildProtectionPlans="CPPstartDate",
    CINdetails="CINreferralDate",
)
def started_after_referral(cin: Census) -> Flags:
    """Both dates are of the same episode; on the same day is sound."""
    plans = cin.ChildProtectionPlans
    early = plans.where(plans.date("CPPstartDate") < plans.up("CINdetails").date("CINreferralDate"))
    return early, early.up("CINdetails")


started_after_referral.examples("""
    CINdetails CINreferralDate=2025-05-01 !
    ChildProtectionPlans CPPstartDate=2025-04-30 !
    ChildProtectionPlans CPPstartDate=2025-05-01
    ChildProtectionPlans
    CINdetails CINreferralDate=2025-04-01
    ChildProtectionPlans CPPstartDate=2025-04-30
    CINdetails
    ChildProtectionPlans CPPstartDate=2025-04-30
""")


@CIN.rule(
    "8720",
    "The child protection plan has no start on or before the end of the census period",
    outside="period",
    ChildProtectionPlans="CPPstartDate",
)
def started_by_the_end(cin: Census) -> Flags:
    """The last day itself is sound, as is any day before the period."""
    plans = cin.ChildProtectionPlans
    return [plans.where(~(plans.date("CPPstartDate") <= cin.ends))]


started_by_the_end.examples("""
    ChildProtectionPlans CPPstartDate=2026-03-31
    ChildProtectionPlans CPPstartDate=2010-03-31
    ChildProtectionPlans CPPstartDate=2026-04-01 !
    ChildProtectionPlans CPPstartDate=2025-02-29 !
    ChildProtectionPlans !
""")


@CIN.rule(
    "8730",
    "The number of previous child protection plans must be a whole number, nought or more",
    ChildProtectionPlans="NumberOfPreviousCPP",
)
def previous_plans_counted(cin: Census) -> Flags:
    """A blank is not one."""
    plans = cin.ChildProtectionPlans
    return [plans.where(~(plans.number("NumberOfPreviousCPP") >= 0))]


previous_plans_counted.examples("""
    ChildProtectionPlans NumberOfPreviousCPP=0
    ChildProtectionPlans NumberOfPreviousCPP=12
    ChildProtectionPlans NumberOfPreviousCPP=-1 !
    ChildProtectionPlans NumberOfPreviousCPP=1.5 !
    ChildProtectionPlans NumberOfPreviousCPP=none !
    ChildProtectionPlans !
""")


@CIN.rule(
    "8840",
    "The child protection plan started and ended on the same day",
    ChildProtectionPlans="CPPstartDate CPPendDate",
)
def longer_than_a_day(cin: Census) -> Flags:
    """A plan with neither date is sound."""
    plans = cin.ChildProtectionPlans
    return [plans.where(plans.date("CPPstartDate") == plans.date("CPPendDate"))]


longer_than_a_day.examples("""
    ChildProtectionPlans CPPstartDate=2025-05-01 CPPendDate=2025-05-01 !
    ChildProtectionPlans CPPstartDate=2025-05-01 CPPendDate=2025-05-02
    ChildProtectionPlans CPPstartDate=2025-05-32 CPPendDate=2025-05-32
    ChildProtectionPlans
""")


@CIN.rule(
    "8841",
    "The review was held on or before the day its child protection plan started",
    ChildProtectionPlans="CPPstartDate",
    Reviews="CPPreviewDate",
)
def reviewed_after_start(cin: Census) -> Flags:
    """Every date of a plan's reviews is asked of."""
    reviews = cin.Reviews
    started = reviews.up("ChildProtectionPlans").date("CPPstartDate")
    early = reviews.where(reviews.date("CPPreviewDate") <= started)
    return early.up("ChildProtectionPlans"), early


reviewed_after_start.examples("""
    CINdetails
    ChildProtectionPlans CPPstartDate=2025-05-01 !
    Reviews CPPreviewDate=2025-05-02
    Reviews CPPreviewDate=2025-05-01 !
    Reviews CPPreviewDate=2025-04-30 !
    ChildProtectionPlans CPPstartDate=2025-04-01
    Reviews CPPreviewDate=2025-04-30
    ChildProtectionPlans
    Reviews CPPreviewDate=2025-04-30
    CINdetails
    ChildProtectionPlans CPPstartDate=2025-04-01
    Reviews CPPreviewDate=2025-04-30
    ChildProtectionPlans CPPstartDate=2025-04-01
    Reviews
""")


@CIN.rule(
    "8842Q",
    "The review has no date",
    Reviews="CPPreviewDate",
)
def review_dated(cin: Census) -> Flags:
    """What is not a date is none."""
    reviews = cin.Reviews
    return [reviews.where(undated(reviews, "CPPreviewDate"))]


review_dated.examples("""
    CINdetails
    ChildProtectionPlans
    Reviews CPPreviewDate=2025-05-01
    Reviews CPPreviewDate=2025-05-32 !
    ChildProtectionPlans
    Reviews !
    ChildProtectionPlans
""")


@CIN.rule(
    "8905",
    "The initial category of abuse must be NEG, PHY, SAB, EMO or MUL",
    ChildProtectionPlans="InitialCategoryOfAbuse",
)
def initial_category(cin: Census) -> Flags:
    """A blank is not one of them."""
    plans = cin.ChildProtectionPlans
    return [plans.where(~plans.is_("InitialCategoryOfAbuse", *ABUSE))]


initial_category.examples("""
    ChildProtectionPlans InitialCategoryOfAbuse=NEG
    ChildProtectionPlans InitialCategoryOfAbuse=MUL
    ChildProtectionPlans InitialCategoryOfAbuse=neg !
    ChildProtectionPlans InitialCategoryOfAbuse=XXX LatestCategoryOfAbuse=NEG !
    ChildProtectionPlans !
""")


@CIN.rule(
    "8910",
    "The latest category of abuse must be NEG, PHY, SAB, EMO or MUL",
    ChildProtectionPlans="LatestCategoryOfAbuse",
)
def latest_category(cin: Census) -> Flags:
    """A blank is not one of them."""
    plans = cin.ChildProtectionPlans
    return [plans.where(~plans.is_("LatestCategoryOfAbuse", *ABUSE))]


latest_category.examples("""
    ChildProtectionPlans LatestCategoryOfAbuse=PHY
    ChildProtectionPlans LatestCategoryOfAbuse=SAB
    ChildProtectionPlans LatestCategoryOfAbuse=EMO
    ChildProtectionPlans LatestCategoryOfAbuse=neg !
    ChildProtectionPlans LatestCategoryOfAbuse=XXX InitialCategoryOfAbuse=NEG !
    ChildProtectionPlans !
""")


@CIN.rule(
    "8915",
    "The child protection plan started after the child died",
    ChildProtectionPlans="CPPstartDate",
    ChildIdentifiers="PersonDeathDate",
)
def started_by_death(cin: Census) -> Flags:
    """On the day itself is sound."""
    plans = cin.ChildProtectionPlans
    died = plans.up("ChildIdentifiers").date("PersonDeathDate")
    late = plans.where(plans.date("CPPstartDate") > died)
    return late, late.up("ChildIdentifiers")


started_by_death.examples("""
    ChildIdentifiers PersonDeathDate=2025-06-01 !
    CINdetails
    ChildProtectionPlans CPPstartDate=2025-06-01
    CINdetails
    ChildProtectionPlans CPPstartDate=2025-06-02 !
    ChildIdentifiers PersonDeathDate=2025-06-01
    CINdetails
    ChildProtectionPlans CPPendDate=2025-06-02
    ChildIdentifiers
    CINdetails
    ChildProtectionPlans CPPstartDate=2025-06-02
""")


@CIN.rule(
    "8920",
    "The child protection plan ended after the child died",
    ChildProtectionPlans="CPPendDate",
    ChildIdentifiers="PersonDeathDate",
)
def ended_by_death(cin: Census) -> Flags:
    """On the day itself is sound, as is a plan with no end."""
    plans = cin.ChildProtectionPlans
    died = plans.up("ChildIdentifiers").date("PersonDeathDate")
    late = plans.where(plans.date("CPPendDate") > died)
    return late, late.up("ChildIdentifiers")


ended_by_death.examples("""
    ChildIdentifiers PersonDeathDate=2025-06-01 !
    CINdetails
    ChildProtectionPlans CPPendDate=2025-06-01
    CINdetails
    ChildProtectionPlans CPPendDate=2025-06-02 !
    ChildIdentifiers PersonDeathDate=2025-06-01
    CINdetails
    ChildProtectionPlans CPPstartDate=2025-06-02
    ChildIdentifiers
    CINdetails
    ChildProtectionPlans CPPendDate=2025-06-02
""")


@CIN.rule(
    "8925",
    "The child protection plan ended before it started",
    ChildProtectionPlans="CPPstartDate CPPendDate",
)
def ended_after_start(cin: Census) -> Flags:
    """On the same day is sound here."""
    plans = cin.ChildProtectionPlans
    return [plans.where(plans.date("CPPendDate") < plans.date("CPPstartDate"))]


ended_after_start.examples("""
    ChildProtectionPlans CPPstartDate=2025-05-02 CPPendDate=2025-05-01 !
    ChildProtectionPlans CPPstartDate=2025-05-01 CPPendDate=2025-05-01
    ChildProtectionPlans CPPstartDate=2025-05-02
    ChildProtectionPlans CPPendDate=2025-05-01
""")


@CIN.rule(
    "8930",
    "The child protection plan ended outside the census period",
    outside="period",
    ChildProtectionPlans="CPPendDate",
)
def ended_in_the_period(cin: Census) -> Flags:
    """Its first and its last day are in it."""
    plans = cin.ChildProtectionPlans
    return [plans.where(outside_period(cin, plans.date("CPPendDate")))]


ended_in_the_period.examples("""
    ChildProtectionPlans CPPendDate=2025-03-31 !
    ChildProtectionPlans CPPendDate=2025-04-01
    ChildProtectionPlans CPPendDate=2026-03-31
    ChildProtectionPlans CPPendDate=2026-04-01 !
    ChildProtectionPlans CPPendDate=2026-04-31
    ChildProtectionPlans
""")


@CIN.rule(
    "8935",
    "The episode has more than one child protection plan with no end",
    ChildProtectionPlans="CPPendDate",
)
def one_open_plan(cin: Census) -> Flags:
    """Every child protection plan of such an episode is found, ended or not."""
    plans = cin.ChildProtectionPlans
    still_open = plans.where(undated(plans, "CPPendDate"))
    return [plans.where(plans.alongside(still_open, EPISODE) > 1)]


one_open_plan.examples("""
    ChildIdentifiers
    CINdetails
    ChildProtectionPlans CPPstartDate=2025-05-01 !
    ChildProtectionPlans CPPendDate=2025-05-32 !
    ChildProtectionPlans CPPendDate=2025-05-01 !
    CINdetails
    ChildProtectionPlans
    ChildProtectionPlans CPPendDate=2025-05-01
    CINdetails
    ChildProtectionPlans
    ChildIdentifiers LAchildID=
    CINdetails
    ChildProtectionPlans !
    ChildProtectionPlans !
""")


@CIN.rule(
    "8940",
    "Two child protection plans of one child ran at once",
    outside="period",
    ChildProtectionPlans="CPPstartDate CPPendDate",
)
def at_once(cin: Census) -> Flags:
    """Of any episodes. The day a plan ends is its own; an open one runs to the period's end."""
    plans = cin.ChildProtectionPlans
    ends = until(cin, plans, "CPPendDate")
    return within_another(plans, plans.date("CPPstartDate"), ends, within=CHILD)


at_once.examples("""
    ChildIdentifiers
    CINdetails
    ChildProtectionPlans CPPstartDate=2025-05-01 CPPendDate=2025-06-01 !
    ChildProtectionPlans CPPstartDate=2025-06-02 CPPendDate=2025-07-01
    CINdetails
    ChildProtectionPlans CPPstartDate=2025-06-01 CPPendDate=2025-06-01 !
    ChildProtectionPlans CPPstartDate=2025-07-02 CPPendDate=2025-07-32 !
    ChildProtectionPlans CPPstartDate=2026-03-31 CPPendDate=2026-04-01 !
    ChildProtectionPlans CPPstartDate=2026-04-02
    ChildProtectionPlans CPPendDate=2025-05-10
    ChildIdentifiers
    CINdetails
    ChildProtectionPlans CPPstartDate=2025-05-10
    ChildIdentifiers
    CINdetails
    ChildProtectionPlans CPPstartDate=2025-05-10 !
    CINdetails
    ChildProtectionPlans CPPstartDate=2025-05-10 !
""")
