"""When each child was or will be born, and died."""

import numpy as np

from hearth.returns.checking.census import Census
from hearth.returns.checking.columns import years_after
from hearth.returns.checking.rule import Flags
from hearth.returns.rules.books import CIN
from hearth.returns.rules.cin.terms import dated, outside_period, undated

# As long before their birth as a child can be referred.
PREGNANCY = 280
OLDEST = 25


@CIN.rule(
    "8520",
    "The date of birth is after the end of the census period",
    outside="period",
    ChildIdentifiers="PersonBirthDate",
)
def born_by_the_end(cin: Census) -> Flags:
    """The last day itself is sound."""
    children = cin.ChildIdentifiers
    return [children.where(children.date("PersonBirthDate") > cin.ends)]


born_by_the_end.examples("""
    ChildIdentifiers PersonBirthDate=2026-03-31
    ChildIdentifiers PersonBirthDate=2026-04-01 !
    ChildIdentifiers PersonBirthDate=2027-02-30
    ChildIdentifiers
    ----
    Header Year=2025 ReferenceDate=2025-03-31
    ChildIdentifiers PersonBirthDate=2025-04-01 !
""")


@CIN.rule(
    "8525Q",
    "There must be a date of birth or an expected date of birth, and not both",
    ChildIdentifiers="PersonBirthDate ExpectedPersonBirthDate",
)
def born_or_expected(cin: Census) -> Flags:
    """What is not a date counts as not given."""
    children = cin.ChildIdentifiers
    born, expected = dated(children, "PersonBirthDate"), dated(children, "ExpectedPersonBirthDate")
    return [children.where(born == expected)]


born_or_expected.examples("""
    ChildIdentifiers PersonBirthDate=2020-01-01
    ChildIdentifiers ExpectedPersonBirthDate=2026-05-01
    ChildIdentifiers PersonBirthDate=2020-01-01 ExpectedPersonBirthDate=2026-05-01 !
    ChildIdentifiers PersonBirthDate=2020-13-01 !
    ChildIdentifiers PersonBirthDate=2020-13-01 ExpectedPersonBirthDate=2026-05-01
    ChildIdentifiers !
""")


@CIN.rule(
    "8530Q",
    "The expected date of birth should be from 30 days before the census ends to 9 months after",
    outside="period",
    ChildIdentifiers="ExpectedPersonBirthDate",
)
def expected_soon(cin: Census) -> Flags:
    """The first and the last of those days are sound: 1 March and 31 December."""
    children = cin.ChildIdentifiers
    month = cin.ends.astype("datetime64[M]")
    same_day = (month + 9).astype("datetime64[D]") + (cin.ends - month.astype("datetime64[D]"))
    latest = min(same_day, (month + 10).astype("datetime64[D]") - 1)
    expected = children.date("ExpectedPersonBirthDate")
    return [children.where((expected < cin.ends - 30) | (expected > latest))]


expected_soon.examples("""
    ChildIdentifiers ExpectedPersonBirthDate=2026-02-28 !
    ChildIdentifiers ExpectedPersonBirthDate=2026-03-01
    ChildIdentifiers ExpectedPersonBirthDate=2026-12-31
    ChildIdentifiers ExpectedPersonBirthDate=2027-01-01 !
    ChildIdentifiers ExpectedPersonBirthDate=soon
    ChildIdentifiers
""")


@CIN.rule(
    "8535Q",
    "The child has a date of death, and no date of birth on or before it",
    ChildIdentifiers="PersonDeathDate PersonBirthDate",
)
def born_before_death(cin: Census) -> Flags:
    """On the same day is sound."""
    children = cin.ChildIdentifiers
    born_by_then = children.date("PersonBirthDate") <= children.date("PersonDeathDate")
    return [children.where(dated(children, "PersonDeathDate") & ~born_by_then)]


born_before_death.examples("""
    ChildIdentifiers PersonDeathDate=2025-06-01 PersonBirthDate=2025-06-01
    ChildIdentifiers PersonDeathDate=2025-06-01 PersonBirthDate=2025-06-02 !
    ChildIdentifiers PersonDeathDate=2025-06-01 !
    ChildIdentifiers PersonDeathDate=2025-06-01 PersonBirthDate=2025-06-31 !
    ChildIdentifiers PersonBirthDate=2025-06-02
    ChildIdentifiers PersonDeathDate=unknown PersonBirthDate=2025-06-02
""")


@CIN.rule(
    "8545Q",
    "The date of death is outside the census period",
    outside="period",
    ChildIdentifiers="PersonDeathDate",
)
def died_in_the_period(cin: Census) -> Flags:
    """Its first and its last day are in it."""
    children = cin.ChildIdentifiers
    return [children.where(outside_period(cin, children.date("PersonDeathDate")))]


died_in_the_period.examples("""
    ChildIdentifiers PersonDeathDate=2025-03-31 !
    ChildIdentifiers PersonDeathDate=2025-04-01
    ChildIdentifiers PersonDeathDate=2026-03-31
    ChildIdentifiers PersonDeathDate=2026-04-01 !
    ChildIdentifiers
""")


@CIN.rule(
    "8555Q",
    "The child was referred after the date of their death",
    CINdetails="CINreferralDate",
    ChildIdentifiers="PersonDeathDate",
)
def referred_before_death(cin: Census) -> Flags:
    """On the day itself is sound."""
    episodes = cin.CINdetails
    died = episodes.up("ChildIdentifiers").date("PersonDeathDate")
    late = episodes.where(episodes.date("CINreferralDate") > died)
    return late, late.up("ChildIdentifiers")


referred_before_death.examples("""
    ChildIdentifiers PersonDeathDate=2025-06-01 !
    CINdetails CINreferralDate=2025-06-01
    CINdetails CINreferralDate=2025-06-02 !
    ChildIdentifiers PersonDeathDate=2025-06-01
    CINdetails
    ChildIdentifiers
    CINdetails CINreferralDate=2025-06-02
""")


@CIN.rule(
    "8585Q",
    "The episode was closed because the child died, and there is no date of death",
    CINdetails="ReasonForClosure",
    ChildIdentifiers="PersonDeathDate",
)
def died_when_closed_by_death(cin: Census) -> Flags:
    """RC2 is that reason."""
    episodes = cin.CINdetails
    living = undated(episodes.up("ChildIdentifiers"), "PersonDeathDate")
    found = episodes.where(episodes.is_("ReasonForClosure", "RC2") & living)
    return found, found.up("ChildIdentifiers")


died_when_closed_by_death.examples("""
    ChildIdentifiers !
    CINdetails ReasonForClosure=RC2 !
    CINdetails ReasonForClosure=RC3
    CINdetails
    ChildIdentifiers PersonDeathDate=2025-06-31 !
    CINdetails ReasonForClosure=RC2 !
    ChildIdentifiers PersonDeathDate=2025-06-30
    CINdetails ReasonForClosure=RC2
    ChildIdentifiers
    CINdetails ReasonForClosure=rc2
""")


@CIN.rule(
    "8606",
    "The child was referred more than 40 weeks before their birth or expected birth",
    CINdetails="CINreferralDate",
    ChildIdentifiers="PersonBirthDate ExpectedPersonBirthDate",
)
def referred_once_conceived(cin: Census) -> Flags:
    """Of either date; 280 days before are sound."""
    episodes = cin.CINdetails
    referred, child = episodes.date("CINreferralDate"), episodes.up("ChildIdentifiers")
    early = referred < child.date("PersonBirthDate") - PREGNANCY
    early |= referred < child.date("ExpectedPersonBirthDate") - PREGNANCY
    found = episodes.where(early)
    return found, found.up("ChildIdentifiers")


referred_once_conceived.examples("""
    ChildIdentifiers PersonBirthDate=2026-03-31 !
    CINdetails CINreferralDate=2025-06-24
    CINdetails CINreferralDate=2025-06-23 !
    ChildIdentifiers ExpectedPersonBirthDate=2026-03-31
    CINdetails CINreferralDate=2025-06-24
    ChildIdentifiers PersonBirthDate=2025-12-01 ExpectedPersonBirthDate=2026-03-31 !
    CINdetails CINreferralDate=2025-06-23 !
    ChildIdentifiers PersonBirthDate=2026-03-31
    CINdetails
    ChildIdentifiers
    CINdetails CINreferralDate=2025-06-23
""")


@CIN.rule(
    "8775Q",
    "The child was over 25 before the census ended, and the episode was open after that birthday",
    outside="period",
    ChildIdentifiers="PersonBirthDate",
    CINdetails="CINclosureDate",
)
def closed_by_25(cin: Census) -> Flags:
    """An episode closed on the birthday is sound, as is one of a child 25 on the last day."""
    episodes = cin.CINdetails
    born = episodes.up("ChildIdentifiers").date("PersonBirthDate")
    too_old = born < years_after(np.array([cin.ends]), -OLDEST)
    closed = episodes.date("CINclosureDate")
    found = episodes.where(too_old & (np.isnat(closed) | (closed > years_after(born, OLDEST))))
    return found.up("ChildIdentifiers"), found


closed_by_25.examples("""
    ChildIdentifiers PersonBirthDate=2001-03-30 !
    CINdetails !
    CINdetails CINclosureDate=2026-03-30
    CINdetails CINclosureDate=2026-03-31 !
    CINdetails CINclosureDate=2026-03-32 !
    ChildIdentifiers PersonBirthDate=2001-03-31
    CINdetails
    ChildIdentifiers PersonBirthDate=2000-02-29
    CINdetails CINclosureDate=2025-02-28
    ChildIdentifiers PersonBirthDate=2000-02-29 !
    CINdetails CINclosureDate=2025-03-01 !
    ChildIdentifiers
    CINdetails
""")
