"""Referrals: when, from whom, why, and what each episode was for."""

import numpy as np

from hearth.returns.checking.census import CHILD, Census
from hearth.returns.checking.columns import Dates
from hearth.returns.checking.rule import Flags
from hearth.returns.checking.spans import within_another
from hearth.returns.rules.books import CIN
from hearth.returns.rules.cin.terms import (
    no,
    open_for_more,
    undated,
    working_days_before,
    yes,
)

SOURCES = (
    *("1A", "1B", "1C", "1D", "2A", "2B", "3A", "3B", "3C", "3D", "3E", "3F", "4"),
    *("5A", "5B", "5C", "5D", "6", "7", "8", "9", "10"),
)
SOURCES_ASKED_FROM = np.datetime64("2013-04-01")
NEEDS = ("N0", "N1", "N2", "N3", "N4", "N5", "N6", "N7", "N8", "N9")


@CIN.rule(
    "8600",
    "There is no referral date on or before the end of the census period",
    outside="period",
    CINdetails="CINreferralDate",
)
def referred_by_the_end(cin: Census) -> Flags:
    """The last day itself is sound, as is any day before the period."""
    episodes = cin.CINdetails
    return [episodes.where(~(episodes.date("CINreferralDate") <= cin.ends))]


referred_by_the_end.examples("""
    CINdetails CINreferralDate=2026-03-31
    CINdetails CINreferralDate=2010-03-31
    CINdetails CINreferralDate=2026-04-01 !
    CINdetails CINreferralDate=2025-02-29 !
    CINdetails !
""")


@CIN.rule(
    "8568",
    "ReferralNFA must be true or false, or 1 or 0",
    CINdetails="ReferralNFA",
)
def further_action_known(cin: Census) -> Flags:
    """In capitals or not; a blank is neither."""
    episodes = cin.CINdetails
    return [episodes.where(~yes(episodes, "ReferralNFA") & ~no(episodes, "ReferralNFA"))]


further_action_known.examples("""
    CINdetails ReferralNFA=true
    CINdetails ReferralNFA=FALSE
    CINdetails ReferralNFA=True
    CINdetails ReferralNFA=1
    CINdetails ReferralNFA=0
    CINdetails ReferralNFA=2 !
    CINdetails ReferralNFA=no !
    CINdetails 'ReferralNFA= 1' !
    CINdetails !
""")


@CIN.rule(
    "8569Q",
    "A referral from before the last working day ahead of the period must have had further action",
    outside="period",
    CINdetails="CINreferralDate ReferralNFA",
)
def old_referrals_had_action(cin: Census) -> Flags:
    """That working day itself is sound. Only false says that there was further action."""
    episodes = cin.CINdetails
    old = episodes.date("CINreferralDate") < working_days_before(cin.starts, 1)
    return [episodes.where(old & ~no(episodes, "ReferralNFA"))]


old_referrals_had_action.examples("""
    CINdetails CINreferralDate=2025-03-30 ReferralNFA=1 !
    CINdetails CINreferralDate=2025-03-31 ReferralNFA=1
    CINdetails CINreferralDate=2025-03-30 ReferralNFA=FALSE
    CINdetails CINreferralDate=2025-03-30 ReferralNFA=0
    CINdetails CINreferralDate=2025-03-30 ReferralNFA=no !
    CINdetails CINreferralDate=2025-03-30 !
    CINdetails ReferralNFA=1
    ----
    Header Year=2025 ReferenceDate=2025-03-31
    CINdetails CINreferralDate=2024-03-27 ReferralNFA=1 !
    CINdetails CINreferralDate=2024-03-28 ReferralNFA=1
    ----
    Header Year=2027 ReferenceDate=2027-03-31
    CINdetails CINreferralDate=2026-03-30 ReferralNFA=1 !
    CINdetails CINreferralDate=2026-03-31 ReferralNFA=1
    ----
    Header Year=1999 ReferenceDate=1999-03-31
    CINdetails CINreferralDate=1998-03-30 ReferralNFA=1 !
    CINdetails CINreferralDate=1998-03-31 ReferralNFA=1
""")


@CIN.rule(
    "8610",
    "A referral with further action must have a primary need code",
    CINdetails="ReferralNFA PrimaryNeedCode",
)
def need_given(cin: Census) -> Flags:
    """Whatever the code is."""
    episodes = cin.CINdetails
    return [episodes.where(no(episodes, "ReferralNFA") & episodes.blank("PrimaryNeedCode"))]


need_given.examples("""
    CINdetails ReferralNFA=0 !
    CINdetails ReferralNFA=FALSE !
    CINdetails ReferralNFA=false PrimaryNeedCode=N1
    CINdetails ReferralNFA=0 PrimaryNeedCode=XX
    CINdetails ReferralNFA=1
    CINdetails
""")


@CIN.rule(
    "8650",
    "The primary need code must be one of N0 to N9",
    CINdetails="PrimaryNeedCode",
)
def need_sound(cin: Census) -> Flags:
    """A blank is sound."""
    episodes = cin.CINdetails
    return [episodes.where(~episodes.is_("PrimaryNeedCode", "", *NEEDS))]


need_sound.examples("""
    CINdetails PrimaryNeedCode=N0
    CINdetails PrimaryNeedCode=N9
    CINdetails
    CINdetails PrimaryNeedCode=N10 !
    CINdetails PrimaryNeedCode=n1 !
    CINdetails PrimaryNeedCode=1 !
""")


@CIN.rule(
    "8866",
    "A referral since April 2013 must have a source that is one of the codes of the census",
    CINdetails="CINreferralDate ReferralSource",
)
def source(cin: Census) -> Flags:
    """A referral with no date is not asked for one."""
    episodes = cin.CINdetails
    asked = episodes.date("CINreferralDate") >= SOURCES_ASKED_FROM
    return [episodes.where(asked & ~episodes.is_("ReferralSource", *SOURCES))]


source.examples("""
    CINdetails CINreferralDate=2013-04-01 ReferralSource=1A
    CINdetails CINreferralDate=2025-04-01 ReferralSource=5D
    CINdetails CINreferralDate=2025-04-01 ReferralSource=10
    CINdetails CINreferralDate=2013-04-01 !
    CINdetails CINreferralDate=2025-04-01 ReferralSource=5E !
    CINdetails CINreferralDate=2025-04-01 ReferralSource=1a !
    CINdetails CINreferralDate=2013-03-31
    CINdetails CINreferralDate=2013-03-31 ReferralSource=XX
    CINdetails ReferralSource=XX
""")


@CIN.rule(
    "8815",
    "The child has more than one open episode with further action",
    CINdetails="CINclosureDate ReferralNFA",
)
def one_open_episode(cin: Census) -> Flags:
    """Every open episode of the child is found, those with no further action too."""
    episodes = cin.CINdetails
    several = episodes.alongside(episodes.where(open_for_more(episodes)), CHILD) > 1
    return [episodes.where(several & undated(episodes, "CINclosureDate"))]


one_open_episode.examples("""
    ChildIdentifiers
    CINdetails ReferralNFA=0 !
    CINdetails ReferralNFA=FALSE CINclosureDate=2025-02-29 !
    CINdetails ReferralNFA=1 !
    CINdetails ReferralNFA=0 CINclosureDate=2025-05-01
    ChildIdentifiers
    CINdetails ReferralNFA=0
    CINdetails ReferralNFA=1
    CINdetails
    CINdetails ReferralNFA=0 CINclosureDate=2025-05-01
    ChildIdentifiers
    CINdetails ReferralNFA=0
    ChildIdentifiers LAchildID=
    CINdetails ReferralNFA=0 !
    CINdetails ReferralNFA=0 !
""")


@CIN.rule(
    "8816",
    "An open episode with further action is not the latest the child was referred for",
    CINdetails="CINreferralDate CINclosureDate ReferralNFA",
)
def open_episode_is_latest(cin: Census) -> Flags:
    """The latest is found with it. Two referrals on the latest day are both the latest."""
    episodes = cin.CINdetails
    referred = episodes.date("CINreferralDate")
    latest = episodes.up(CHILD).latest(episodes, referred)
    stale = episodes.where(open_for_more(episodes) & (referred < latest))
    return stale, stale.up(CHILD).below(episodes.where(referred == latest))


open_episode_is_latest.examples("""
    ChildIdentifiers
    CINdetails CINreferralDate=2025-05-01 ReferralNFA=0 !
    CINdetails CINreferralDate=2025-06-01 ReferralNFA=1 !
    CINdetails CINreferralDate=2025-05-31 ReferralNFA=1
    CINdetails CINreferralDate=2025-04-01 ReferralNFA=0 CINclosureDate=2025-04-30
    CINdetails ReferralNFA=0
    ChildIdentifiers
    CINdetails CINreferralDate=2025-06-01 ReferralNFA=0
    CINdetails CINreferralDate=2025-06-01 ReferralNFA=FALSE
    CINdetails CINreferralDate=2025-05-01 ReferralNFA=1
    CINdetails CINreferralDate=2025-05-01
    ChildIdentifiers
    CINdetails CINreferralDate=2025-07-01 CINclosureDate=2025-08-01 ReferralNFA=0
    ChildIdentifiers
    CINdetails CINreferralDate=2025-05-01 CINclosureDate=soon ReferralNFA=False !
    CINdetails CINreferralDate=2025-07-01 CINclosureDate=2025-08-01 ReferralNFA=0 !
    ChildIdentifiers LAchildID=
    CINdetails CINreferralDate=2025-05-01 ReferralNFA=0
""")


@CIN.rule(
    "8820",
    "The child was referred again while another episode was still open",
    outside="period",
    CINdetails="CINreferralDate CINclosureDate ReferralNFA",
)
def one_episode_at_a_time(cin: Census) -> Flags:
    """A referral on the day another closes, or the last of the period, is sound.

    An open episode stays open for others only where its referral had further action.
    """
    episodes = cin.CINdetails
    closed = episodes.date("CINclosureDate")
    ends: Dates = np.where(open_for_more(episodes), cin.ends, closed)
    return within_another(episodes, episodes.date("CINreferralDate"), ends - 1, within=CHILD)


one_episode_at_a_time.examples("""
    ChildIdentifiers
    CINdetails CINreferralDate=2025-05-01 CINclosureDate=2025-06-01 !
    CINdetails CINreferralDate=2025-05-31 CINclosureDate=2025-06-01 !
    CINdetails CINreferralDate=2025-06-01 CINclosureDate=2025-07-01
    CINdetails CINreferralDate=2025-07-01 ReferralNFA=1
    CINdetails CINreferralDate=2025-07-02 ReferralNFA=0 !
    CINdetails CINreferralDate=2026-03-30 ReferralNFA=1 !
    CINdetails CINreferralDate=2026-03-31 ReferralNFA=1
    CINdetails ReferralNFA=0
    ChildIdentifiers
    CINdetails CINreferralDate=2025-05-31 CINclosureDate=2025-06-01
    ChildIdentifiers
    CINdetails CINreferralDate=2025-05-01 ReferralNFA=0 !
    CINdetails CINreferralDate=2025-05-01 CINclosureDate=2025-05-01 !
    ChildIdentifiers
    CINdetails CINreferralDate=2025-05-01
    CINdetails CINreferralDate=2025-06-01 CINclosureDate=2025-05-01
    CINdetails CINreferralDate=2025-06-01 ReferralNFA=1
""")
