"""Initial child protection conferences, and the plans they made.

A conference is given with the Section 47 enquiry that led to it; one that no enquiry led to is
given with the episode itself.
"""

from hearth.returns.checking.census import EPISODE, Census
from hearth.returns.checking.rule import Flags
from hearth.returns.checking.run import WHOLE
from hearth.returns.checking.spans import falling
from hearth.returns.rules.books import CIN
from hearth.returns.rules.cin.terms import yes


@CIN.rule(
    "2883",
    "More child protection plans started in the period than there were conferences in it",
    outside="period",
    ChildProtectionPlans="CPPstartDate",
    CINdetails="DateOfInitialCPC",
    Section47="DateOfInitialCPC",
)
def as_many_conferences_as_plans(cin: Census) -> Flags:
    """Of the whole return, with the conferences of episodes and of Section 47 enquiries."""
    started = cin.in_period(cin.ChildProtectionPlans.date("CPPstartDate")).sum()
    held = cin.in_period(cin.CINdetails.date("DateOfInitialCPC")).sum()
    held += cin.in_period(cin.Section47.date("DateOfInitialCPC")).sum()
    return [WHOLE] if started > held else []


as_many_conferences_as_plans.examples("""
    return !
    CINdetails DateOfInitialCPC=2025-04-01
    Section47 DateOfInitialCPC=2026-04-01
    ChildProtectionPlans CPPstartDate=2025-04-01
    ChildProtectionPlans CPPstartDate=2026-03-31
    ----
    CINdetails DateOfInitialCPC=2025-04-01
    Section47 DateOfInitialCPC=2026-03-31
    ChildProtectionPlans CPPstartDate=2025-05-01
    ChildProtectionPlans CPPstartDate=2025-05-01
    ChildProtectionPlans CPPstartDate=2025-03-31
    ChildProtectionPlans CPPstartDate=2026-04-01
    ChildProtectionPlans
    ----
    CINdetails
""")


@CIN.rule(
    "2884",
    "The same conference is given with the episode and with a Section 47 enquiry of it",
    Section47="DateOfInitialCPC",
    CINdetails="DateOfInitialCPC",
)
def each_conference_once(cin: Census) -> Flags:
    """Conferences on different days are different ones, as are those of different episodes."""
    enquiries = cin.Section47
    episode = enquiries.up("CINdetails").date("DateOfInitialCPC")
    found = enquiries.where(enquiries.date("DateOfInitialCPC") == episode)
    return found, found.up("CINdetails")


each_conference_once.examples("""
    CINdetails DateOfInitialCPC=2025-05-01 !
    Section47 DateOfInitialCPC=2025-05-01 !
    Section47 DateOfInitialCPC=2025-05-02
    Section47
    CINdetails DateOfInitialCPC=2025-05-02
    Section47 DateOfInitialCPC=2025-05-01
    CINdetails
    Section47 DateOfInitialCPC=2025-05-02
    CINdetails
    Section47
""")


@CIN.rule(
    "2885",
    "The child protection plan did not start on the day of a conference of its episode",
    outside="period",
    ChildProtectionPlans="CPPstartDate",
    Section47="DateOfInitialCPC ICPCnotRequired",
    CINdetails="DateOfInitialCPC",
)
def started_at_a_conference(cin: Census) -> Flags:
    """A conference of a Section 47 enquiry that required one; the episode's if there is no such.

    Only plans that started in the period are asked. The enquiries, or the episode, are found with
    the plans when no plan of theirs is sound.
    """
    plans, enquiries = cin.ChildProtectionPlans, cin.Section47
    plans = plans.where(cin.in_period(plans.date("CPPstartDate")))
    enquiries = enquiries.where(~yes(enquiries, "ICPCnotRequired"))
    enquired = plans.up(EPISODE).any(enquiries)
    after = plans.where(enquired)
    started, held = after.date("CPPstartDate"), enquiries.date("DateOfInitialCPC")
    sound_after, _ = falling(after, started, enquiries, held, held, within=EPISODE)
    episode = plans.up("CINdetails").date("DateOfInitialCPC")
    sound = plans.where(~enquired & (plans.date("CPPstartDate") == episode))
    found = plans.without(sound_after).without(sound)
    matched = found.up(EPISODE).any(sound_after) | found.up(EPISODE).any(sound)
    alone = found.where(~matched)
    bare = alone.where(~alone.up(EPISODE).any(enquiries))
    return found, alone.up(EPISODE).below(enquiries), bare.up("CINdetails")


started_at_a_conference.examples("""
    CINdetails DateOfInitialCPC=2025-05-02
    Section47 DateOfInitialCPC=2025-05-01 !
    Section47 !
    Section47 DateOfInitialCPC=2025-05-02 ICPCnotRequired=true
    ChildProtectionPlans CPPstartDate=2025-05-02 !
    ChildProtectionPlans CPPstartDate=2025-03-31
    ChildProtectionPlans
    CINdetails
    Section47 DateOfInitialCPC=2025-05-01
    Section47 DateOfInitialCPC=2025-06-01
    ChildProtectionPlans CPPstartDate=2025-05-01
    ChildProtectionPlans CPPstartDate=2025-05-02 !
    CINdetails DateOfInitialCPC=2025-05-01
    Section47 ICPCnotRequired=true
    ChildProtectionPlans CPPstartDate=2025-05-01
    ChildProtectionPlans CPPstartDate=2025-05-02 !
    CINdetails DateOfInitialCPC=2025-05-01 !
    Section47 ICPCnotRequired=TRUE DateOfInitialCPC=2025-05-02
    ChildProtectionPlans CPPstartDate=2025-05-02 !
    CINdetails !
    ChildProtectionPlans CPPstartDate=2026-03-31 !
    ChildProtectionPlans CPPstartDate=2026-04-01
    CINdetails
    ChildProtectionPlans CPPstartDate=2025-05-32
    CINdetails
    Section47 DateOfInitialCPC=2026-03-31
    ChildProtectionPlans CPPstartDate=2026-03-31
    CINdetails DateOfInitialCPC=2025-05-01
    Section47 !
    ChildProtectionPlans CPPstartDate=2025-05-01 !
""")
