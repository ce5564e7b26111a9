"""Section 47 enquiries, and the conferences they led to."""

import numpy as np

from hearth.returns.checking.census import EPISODE, Census
from hearth.returns.checking.rule import Flags
from hearth.returns.checking.spans import within_another
from hearth.returns.rules.books import CIN
from hearth.returns.rules.cin.terms import (
    at_weekend,
    no,
    outside_period,
    undated,
    until,
    working_days_before,
    yes,
)

# The working days within which a conference is held.
LONGEST = 15


@CIN.rule(
    "1104",
    "The conference of the Section 47 enquiry was before the child was referred",
    Section47="DateOfInitialCPC",
    CINdetails="CINreferralDate",
)
def conference_after_referral(cin: Census) -> Flags:
    """On the same day is sound. A conference given for the episode itself is not asked of."""
    enquiries = cin.Section47
    referred = enquiries.up("CINdetails").date("CINreferralDate")
    early = enquiries.where(enquiries.date("DateOfInitialCPC") < referred)
    return early, early.up("CINdetails")


conference_after_referral.examples("""
    CINdetails CINreferralDate=2025-05-01 !
    Section47 DateOfInitialCPC=2025-04-30 !
    Section47 DateOfInitialCPC=2025-05-01
    Section47 S47ActualStartDate=2025-04-30
    CINdetails CINreferralDate=2025-05-01 DateOfInitialCPC=2025-04-30
    Section47
    CINdetails CINreferralDate=2025-04-01
    Section47 DateOfInitialCPC=2025-04-30
    CINdetails
    Section47 DateOfInitialCPC=2025-04-30
""")


@CIN.rule(
    "2889",
    "The Section 47 enquiry started before the child was referred",
    Section47="S47ActualStartDate",
    CINdetails="CINreferralDate",
)
def started_after_referral(cin: Census) -> Flags:
    """On the same day is sound."""
    enquiries = cin.Section47
    referred = enquiries.up("CINdetails").date("CINreferralDate")
    early = enquiries.where(enquiries.date("S47ActualStartDate") < referred)
    return early, early.up("CINdetails")


started_after_referral.examples("""
    CINdetails CINreferralDate=2025-05-01 !
    Section47 S47ActualStartDate=2025-04-30 !
    Section47 S47ActualStartDate=2025-05-01
    Section47
    CINdetails CINreferralDate=2025-04-01
    Section47 S47ActualStartDate=2025-04-30
    CINdetails
    Section47 S47ActualStartDate=2025-04-30
""")


@CIN.rule(
    "8615",
    "The Section 47 enquiry has a conference, and no start on or before it",
    Section47="S47ActualStartDate DateOfInitialCPC",
)
def started_by_the_conference(cin: Census) -> Flags:
    """On the same day is sound."""
    enquiries = cin.Section47
    conference = enquiries.date("DateOfInitialCPC")
    begun = enquiries.date("S47ActualStartDate") <= conference
    return [enquiries.where(~np.isnat(conference) & ~begun)]


started_by_the_conference.examples("""
    Section47 S47ActualStartDate=2025-05-02 DateOfInitialCPC=2025-05-01 !
    Section47 S47ActualStartDate=2025-05-01 DateOfInitialCPC=2025-05-01
    Section47 DateOfInitialCPC=2025-05-01 !
    Section47 S47ActualStartDate=2025-04-31 DateOfInitialCPC=2025-05-01 !
    Section47 S47ActualStartDate=2025-05-02
    Section47 S47ActualStartDate=2025-05-02 DateOfInitialCPC=2025-04-31
    Section47
""")


@CIN.rule(
    "8675Q",
    "The Section 47 enquiry has no conference 15 working days after it started",
    outside="period",
    Section47="S47ActualStartDate DateOfInitialCPC ICPCnotRequired",
)
def conference_in_time(cin: Census) -> Flags:
    """By the end of the period, which is not counted, and only where one was required.

    An enquiry exactly 15 working days old is sound.
    """
    enquiries = cin.Section47
    old = enquiries.date("S47ActualStartDate") < working_days_before(cin.ends, LONGEST)
    awaited = undated(enquiries, "DateOfInitialCPC") & no(enquiries, "ICPCnotRequired")
    return [enquiries.where(old & awaited)]


conference_in_time.examples("""
    Section47 S47ActualStartDate=2026-03-09 ICPCnotRequired=0 !
    Section47 S47ActualStartDate=2026-03-10 ICPCnotRequired=0
    Section47 S47ActualStartDate=2026-03-09 ICPCnotRequired=FALSE DateOfInitialCPC=2026-02-30 !
    Section47 S47ActualStartDate=2026-03-09 ICPCnotRequired=0 DateOfInitialCPC=2026-03-20
    Section47 S47ActualStartDate=2026-03-09 ICPCnotRequired=1
    Section47 S47ActualStartDate=2026-03-09
    Section47 ICPCnotRequired=0
    ----
    Header Year=2025 ReferenceDate=2025-03-31
    Section47 S47ActualStartDate=2025-03-09 ICPCnotRequired=0 !
    Section47 S47ActualStartDate=2025-03-10 ICPCnotRequired=0
    ----
    Header Year=2027 ReferenceDate=2027-03-31
    Section47 S47ActualStartDate=2027-03-07 ICPCnotRequired=0 !
    Section47 S47ActualStartDate=2027-03-08 ICPCnotRequired=0
""")


@CIN.rule(
    "8715",
    "The conference of the Section 47 enquiry is outside the census period",
    outside="period",
    Section47="DateOfInitialCPC",
)
def conference_in_the_period(cin: Census) -> Flags:
    """Its first and its last day are in it."""
    enquiries = cin.Section47
    return [enquiries.where(outside_period(cin, enquiries.date("DateOfInitialCPC")))]


conference_in_the_period.examples("""
    CINdetails DateOfInitialCPC=2025-03-31
    Section47 DateOfInitialCPC=2025-03-31 !
    Section47 DateOfInitialCPC=2025-04-01
    Section47 DateOfInitialCPC=2026-03-31
    Section47 DateOfInitialCPC=2026-04-01 !
    Section47
""")


@CIN.rule(
    "8740",
    "A Section 47 enquiry that awaits its conference must have started in the census period",
    outside="period",
    Section47="S47ActualStartDate DateOfInitialCPC ICPCnotRequired",
)
def unfinished_began_in_the_period(cin: Census) -> Flags:
    """It has no conference, and one is required. One with no start is sound."""
    enquiries = cin.Section47
    awaited = undated(enquiries, "DateOfInitialCPC") & no(enquiries, "ICPCnotRequired")
    return [enquiries.where(awaited & outside_period(cin, enquiries.date("S47ActualStartDate")))]


unfinished_began_in_the_period.examples("""
    Section47 S47ActualStartDate=2025-03-31 ICPCnotRequired=0 !
    Section47 S47ActualStartDate=2025-03-31 ICPCnotRequired=false !
    Section47 S47ActualStartDate=2025-04-01 ICPCnotRequired=0
    Section47 S47ActualStartDate=2026-03-31 ICPCnotRequired=False
    Section47 S47ActualStartDate=2026-04-01 ICPCnotRequired=FALSE !
    Section47 S47ActualStartDate=2025-03-31 ICPCnotRequired=1
    Section47 S47ActualStartDate=2025-03-31
    Section47 S47ActualStartDate=2025-03-31 ICPCnotRequired=0 DateOfInitialCPC=2025-04-10
    Section47 S47ActualStartDate=2025-03-31 ICPCnotRequired=0 DateOfInitialCPC=2025-04-31 !
    Section47 ICPCnotRequired=0
""")


@CIN.rule(
    "8839",
    "The episode has more than one Section 47 enquiry that awaits its conference",
    Section47="DateOfInitialCPC ICPCnotRequired",
)
def one_unfinished(cin: Census) -> Flags:
    """Every enquiry of such an episode with no conference is found, required or not."""
    enquiries = cin.Section47
    none = undated(enquiries, "DateOfInitialCPC")
    awaiting = enquiries.where(none & ~yes(enquiries, "ICPCnotRequired"))
    return [enquiries.where(none & (enquiries.alongside(awaiting, EPISODE) > 1))]


one_unfinished.examples("""
    CINdetails
    Section47 !
    Section47 ICPCnotRequired=0 DateOfInitialCPC=2025-05-32 !
    Section47 ICPCnotRequired=1 !
    Section47 DateOfInitialCPC=2025-05-01
    CINdetails
    Section47 ICPCnotRequired=0
    Section47 ICPCnotRequired=TRUE
    Section47 ICPCnotRequired=true
    CINdetails
    Section47 ICPCnotRequired=no !
    Section47 !
    CINdetails
    Section47
""")


@CIN.rule(
    "8870Q",
    "The target date for the conference is at a weekend",
    Section47="InitialCPCtarget",
)
def target_on_a_weekday(cin: Census) -> Flags:
    """A Saturday or a Sunday; bank holidays are not asked of."""
    enquiries = cin.Section47
    return [enquiries.where(at_weekend(enquiries.date("InitialCPCtarget")))]


target_on_a_weekday.examples("""
    Section47 InitialCPCtarget=2025-05-02
    Section47 InitialCPCtarget=2025-05-03 !
    Section47 InitialCPCtarget=2025-05-04 !
    Section47 InitialCPCtarget=2025-05-05
    Section47 InitialCPCtarget=1969-12-28 !
    Section47 InitialCPCtarget=2025-05-33
    Section47
""")


@CIN.rule(
    "8875",
    "The conference of the Section 47 enquiry was at a weekend",
    Section47="DateOfInitialCPC",
)
def conference_on_a_weekday(cin: Census) -> Flags:
    """A Saturday or a Sunday; bank holidays are not asked of."""
    enquiries = cin.Section47
    return [enquiries.where(at_weekend(enquiries.date("DateOfInitialCPC")))]


conference_on_a_weekday.examples("""
    CINdetails DateOfInitialCPC=2025-05-03
    Section47 DateOfInitialCPC=2025-05-02
    Section47 DateOfInitialCPC=2025-05-03 !
    Section47 DateOfInitialCPC=2025-05-04 !
    Section47 DateOfInitialCPC=2025-05-05
    Section47
""")


@CIN.rule(
    "8890",
    "Two Section 47 enquiries of one episode were under way at once",
    outside="period",
    Section47="S47ActualStartDate DateOfInitialCPC ICPCnotRequired",
)
def at_once(cin: Census) -> Flags:
    """The day of its conference is still an enquiry's own.

    One with no conference runs to the end of the period, unless none is required.
    """
    enquiries = cin.Section47
    ends = np.where(
        yes(enquiries, "ICPCnotRequired"),
        enquiries.date("DateOfInitialCPC"),
        until(cin, enquiries, "DateOfInitialCPC"),
    )
    return within_another(enquiries, enquiries.date("S47ActualStartDate"), ends, within=EPISODE)


at_once.examples("""
    CINdetails
    Section47 S47ActualStartDate=2025-05-01 DateOfInitialCPC=2025-05-10 !
    Section47 S47ActualStartDate=2025-05-10 DateOfInitialCPC=2025-05-20 !
    Section47 S47ActualStartDate=2025-05-21 ICPCnotRequired=1
    Section47 S47ActualStartDate=2025-05-22 ICPCnotRequired=0 !
    Section47 S47ActualStartDate=2026-03-31 ICPCnotRequired=TRUE !
    Section47 S47ActualStartDate=2026-04-01
    Section47
    CINdetails
    Section47 S47ActualStartDate=2025-05-01 DateOfInitialCPC=2025-05-10
    CINdetails
    Section47 S47ActualStartDate=2025-05-01 DateOfInitialCPC=2025-05-10 !
    Section47 S47ActualStartDate=2025-05-01 DateOfInitialCPC=2025-05-10 !
    CINdetails
    Section47 S47ActualStartDate=2025-05-01 DateOfInitialCPC=2025-05-10 ICPCnotRequired=1 !
    Section47 S47ActualStartDate=2025-05-02 ICPCnotRequired=1 !
    CINdetails
    Section47 S47ActualStartDate=2025-05-01 !
    Section47 S47ActualStartDate=2025-05-01 !
    CINdetails
    Section47 S47ActualStartDate=2025-05-01 ICPCnotRequired=1
    Section47 S47ActualStartDate=2025-05-01 ICPCnotRequired=1
""")
