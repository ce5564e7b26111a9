"""Child in need plans beside child protection plans: a child has one or the other."""

from hearth.returns.checking.census import CHILD, EPISODE, Census
from hearth.returns.checking.rule import Flags
from hearth.returns.checking.spans import falling
from hearth.returns.rules.books import CIN
from hearth.returns.rules.cin.terms import undated, until_before


@CIN.rule(
    "4001",
    "A child in need plan and a child protection plan are both open in one episode",
    CINPlanDates="CINPlanEndDate",
    ChildProtectionPlans="CPPendDate",
)
def one_kind_open(cin: Census) -> Flags:
    """A plan with no end is open, whether it has a start or not."""
    in_need = cin.CINPlanDates.where(undated(cin.CINPlanDates, "CINPlanEndDate"))
    protection = cin.ChildProtectionPlans
    protection = protection.where(undated(protection, "CPPendDate"))
    return (
        protection.where(protection.up(EPISODE).any(in_need)),
        in_need.where(in_need.up(EPISODE).any(protection)),
    )


one_kind_open.examples("""
    CINdetails
    ChildProtectionPlans !
    ChildProtectionPlans CPPendDate=2025-05-32 !
    ChildProtectionPlans CPPendDate=2025-05-01
    CINPlanDates CINPlanStartDate=2025-05-01 !
    CINPlanDates !
    CINPlanDates CINPlanEndDate=2025-05-01
    CINdetails
    ChildProtectionPlans
    CINPlanDates CINPlanEndDate=2025-05-01
    CINdetails
    ChildProtectionPlans CPPendDate=2025-05-01
    CINPlanDates
    CINdetails
    ChildProtectionPlans
""")


@CIN.rule(
    "4003",
    "A review of the child protection plan was held during a child in need plan",
    Reviews="CPPreviewDate",
    ChildProtectionPlans="CPPendDate",
    CINPlanDates="CINPlanStartDate CINPlanEndDate",
)
def reviewed_apart(cin: Census) -> Flags:
    """Of the same episode; the day the child in need plan ends is sound, its start is not.

    A review on the day its own plan ends is sound. Child in need plans with no end are not asked.
    """
    reviews, plans = cin.Reviews, cin.CINPlanDates
    last = reviews.date("CPPreviewDate") == reviews.up("ChildProtectionPlans").date("CPPendDate")
    reviews = reviews.where(~last)
    starts, ends = plans.date("CINPlanStartDate"), plans.date("CINPlanEndDate") - 1
    reviewed = reviews.date("CPPreviewDate")
    found, during = falling(reviews, reviewed, plans, starts, ends, within=EPISODE)
    return found, found.up("ChildProtectionPlans"), during


reviewed_apart.examples("""
    CINdetails
    CINPlanDates CINPlanStartDate=2025-05-01 CINPlanEndDate=2025-06-01 !
    ChildProtectionPlans CPPendDate=2025-05-20 !
    Reviews CPPreviewDate=2025-04-30
    Reviews CPPreviewDate=2025-05-01 !
    Reviews CPPreviewDate=2025-05-20
    Reviews CPPreviewDate=2025-05-31 !
    Reviews CPPreviewDate=2025-06-01
    ChildProtectionPlans !
    Reviews CPPreviewDate=2025-05-20 !
    CINdetails
    CINPlanDates CINPlanStartDate=2025-05-01
    CINPlanDates CINPlanEndDate=2025-06-01
    CINPlanDates CINPlanStartDate=2025-05-02 CINPlanEndDate=2025-05-02
    ChildProtectionPlans
    Reviews CPPreviewDate=2025-05-02
    CINdetails
    ChildProtectionPlans
    Reviews CPPreviewDate=2025-05-20
    CINdetails
    CINPlanDates CINPlanStartDate=2025-05-01 CINPlanEndDate=2025-06-01
    ChildProtectionPlans
    Reviews CPPreviewDate=2025-05-32
    Reviews CPPreviewDate=2025-07-01
""")


@CIN.rule(
    "4016",
    "A child in need plan started during a child protection plan",
    outside="period",
    CINPlanDates="CINPlanStartDate",
    ChildProtectionPlans="CPPstartDate CPPendDate",
)
def not_during_protection(cin: Census) -> Flags:
    """Of any episodes of the child. The day the protection plan ends is sound.

    One with no end runs to the last day of the period.
    """
    plans, protection = cin.CINPlanDates, cin.ChildProtectionPlans
    ends = until_before(cin, protection, "CPPendDate")
    return falling(
        plans,
        plans.date("CINPlanStartDate"),
        protection,
        protection.date("CPPstartDate"),
        ends,
        within=CHILD,
    )


not_during_protection.examples("""
    ChildIdentifiers
    CINdetails
    ChildProtectionPlans CPPstartDate=2025-05-01 CPPendDate=2025-06-01 !
    CINdetails
    CINPlanDates CINPlanStartDate=2025-04-30
    CINPlanDates CINPlanStartDate=2025-05-01 !
    CINPlanDates CINPlanStartDate=2025-05-31 !
    CINPlanDates CINPlanStartDate=2025-06-01
    CINPlanDates
    ChildIdentifiers
    CINdetails
    CINPlanDates CINPlanStartDate=2025-05-10
    ChildProtectionPlans CPPendDate=2025-06-01
    ChildProtectionPlans CPPstartDate=2025-05-10 CPPendDate=2025-05-10
    ChildProtectionPlans CPPstartDate=2025-06-10 CPPendDate=2025-05-01
    ChildIdentifiers
    CINdetails
    CINPlanDates CINPlanStartDate=2026-03-31 !
    CINPlanDates CINPlanStartDate=2026-04-01
    ChildProtectionPlans CPPstartDate=2025-05-01 CPPendDate=2026-04-31 !
    ChildProtectionPlans CPPstartDate=2026-04-01
""")


@CIN.rule(
    "4017",
    "A child protection plan started during a child in need plan",
    outside="period",
    ChildProtectionPlans="CPPstartDate",
    CINPlanDates="CINPlanStartDate CINPlanEndDate",
)
def not_during_need(cin: Census) -> Flags:
    """Of any episodes of the child. The day the child in need plan ends is sound.

    One with no end runs to the last day of the period.
    """
    protection, plans = cin.ChildProtectionPlans, cin.CINPlanDates
    ends = until_before(cin, plans, "CINPlanEndDate")
    return falling(
        protection,
        protection.date("CPPstartDate"),
        plans,
        plans.date("CINPlanStartDate"),
        ends,
        within=CHILD,
    )


not_during_need.examples("""
    ChildIdentifiers
    CINdetails
    CINPlanDates CINPlanStartDate=2025-05-01 CINPlanEndDate=2025-06-01 !
    CINdetails
    ChildProtectionPlans CPPstartDate=2025-04-30
    ChildProtectionPlans CPPstartDate=2025-05-01 !
    ChildProtectionPlans CPPstartDate=2025-05-31 !
    ChildProtectionPlans CPPstartDate=2025-06-01
    ChildProtectionPlans
    ChildIdentifiers
    CINdetails
    ChildProtectionPlans CPPstartDate=2025-05-10
    CINPlanDates CINPlanEndDate=2025-06-01
    CINPlanDates CINPlanStartDate=2025-05-10 CINPlanEndDate=2025-05-10
    ChildIdentifiers
    CINdetails
    ChildProtectionPlans CPPstartDate=2026-03-31 !
    ChildProtectionPlans CPPstartDate=2026-04-01
    CINPlanDates CINPlanStartDate=2025-05-01 !
""")
