"""Who each child is: their identifier and sex, and that there is a referral of theirs."""

import numpy as np

from hearth.returns.checking.census import CHILD, Census
from hearth.returns.checking.columns import is_any
from hearth.returns.checking.rule import Flags
from hearth.returns.checking.run import WHOLE
from hearth.returns.rules.books import CIN
from hearth.returns.rules.cin.terms import dated, no, undated, yes
from hearth.returns.rules.cin.upn import characters

LONGEST_IDENTIFIER = 20
# More children than one in fifty without a sex are too many.
MOST_WITHOUT_SEX = 50
REASONS_AT_SCHOOL_AGE = ("un2", "un3", "un4", "un5", "un6", "un7")


@CIN.rule(
    "1570",
    "The LAchildID has more than 20 characters",
    ChildIdentifiers="LAchildID",
)
def identifier_short_enough(cin: Census) -> Flags:
    """Characters are counted, not bytes."""
    children = cin.ChildIdentifiers
    lengths = (characters(children, "LAchildID") != 0).sum(axis=1)
    return [children.where(lengths > LONGEST_IDENTIFIER)]


identifier_short_enough.examples("""
    ChildIdentifiers LAchildID=A1234567890123456789
    ChildIdentifiers LAchildID=A12345678901234567890 !
    ChildIdentifiers LAchildID=ÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉ
    ChildIdentifiers LAchildID=ÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉ !
    ChildIdentifiers LAchildID=A1234567890123456789012345678901234567890123456789012345678901234 !
    ChildIdentifiers LAchildID=
""")


@CIN.rule(
    "1580",
    "The LAchildID may hold letters and digits only",
    ChildIdentifiers="LAchildID",
)
def identifier_plain(cin: Census) -> Flags:
    """Any letter will do, accented ones too; a space, a hyphen or an underscore will not."""
    children = cin.ChildIdentifiers
    said = characters(children, "LAchildID")
    used = np.flatnonzero(np.bincount(said.ravel())).tolist()
    plain = np.isin(said, [0, *(number for number in used if chr(number).isalnum())])
    # A text too long for a column stands there by something shorter, which may be plainer.
    long = children.table.long.items()
    odd = [row for (name, row), text in long if name == "LAchildID" and not text.isalnum()]
    return [children.where(~plain.all(axis=1) | np.isin(children.places, odd))]


identifier_plain.examples("""
    ChildIdentifiers LAchildID=A1234567890123456789
    ChildIdentifiers LAchildID=abcÉ9
    ChildIdentifiers LAchildID=A-1 !
    ChildIdentifiers LAchildID=A_1 !
    ChildIdentifiers 'LAchildID=A 1' !
    ChildIdentifiers LAchildID=A12345678901234567890123456789012345678901234567890123456789012-4 !
    ChildIdentifiers LAchildID=A1234567890123456789012345678901234567890123456789012345678901234
    ChildIdentifiers LAchildID=
""")


@CIN.rule("8500", "There is no LAchildID", ChildIdentifiers="LAchildID")
def identifier_given(cin: Census) -> Flags:
    """Every child has one."""
    children = cin.ChildIdentifiers
    return [children.where(children.blank("LAchildID"))]


identifier_given.examples("""
    ChildIdentifiers LAchildID=A1
    ChildIdentifiers LAchildID= !
""")


@CIN.rule(
    "8510",
    "More than one child has this LAchildID",
    ChildIdentifiers="LAchildID",
)
def identifier_of_one_child(cin: Census) -> Flags:
    """Of the whole return; children with none are not alike."""
    children = cin.ChildIdentifiers
    return [children.where((children.alike("LAchildID") > 1) & children.given("LAchildID"))]


identifier_of_one_child.examples("""
    ChildIdentifiers LAchildID=A1 !
    ChildIdentifiers LAchildID=A1 !
    ChildIdentifiers LAchildID=A2
    ChildIdentifiers LAchildID=a1
    ChildIdentifiers LAchildID=
    ChildIdentifiers LAchildID=
""")


@CIN.rule("4180", "Sex must be M, F or U", ChildIdentifiers="Sex")
def sex(cin: Census) -> Flags:
    """As capitals with nothing beside them; a blank is not one of them."""
    children = cin.ChildIdentifiers
    return [children.where(~children.is_("Sex", "M", "F", "U"))]


sex.examples("""
    ChildIdentifiers Sex=M
    ChildIdentifiers Sex=F
    ChildIdentifiers Sex=U
    ChildIdentifiers Sex=m !
    ChildIdentifiers 'Sex= M' !
    ChildIdentifiers Sex=1 !
    ChildIdentifiers !
""")


@CIN.rule(
    "8750",
    "The sex of a child who is not born yet must be U",
    ChildIdentifiers="ExpectedPersonBirthDate PersonBirthDate Sex",
)
def sex_of_the_unborn(cin: Census) -> Flags:
    """A child with an expected date of birth and no date of birth is not born yet."""
    children = cin.ChildIdentifiers
    unborn = dated(children, "ExpectedPersonBirthDate") & undated(children, "PersonBirthDate")
    return [children.where(unborn & ~children.is_("Sex", "U"))]


sex_of_the_unborn.examples("""
    ChildIdentifiers ExpectedPersonBirthDate=2026-05-01 Sex=U
    ChildIdentifiers ExpectedPersonBirthDate=2026-05-01 Sex=F !
    ChildIdentifiers ExpectedPersonBirthDate=2026-05-01 Sex=u !
    ChildIdentifiers ExpectedPersonBirthDate=2026-05-01 !
    ChildIdentifiers ExpectedPersonBirthDate=2026-05-01 PersonBirthDate=2026-02-30 Sex=M !
    ChildIdentifiers ExpectedPersonBirthDate=2026-05-01 PersonBirthDate=2026-03-01 Sex=M
    ChildIdentifiers PersonBirthDate=2020-03-01 Sex=M
    ChildIdentifiers Sex=M
""")


@CIN.rule(
    "2886Q",
    "The sex is not known of more than 2% of the children, those not born yet apart",
    ChildIdentifiers="Sex ExpectedPersonBirthDate",
)
def sex_mostly_known(cin: Census) -> Flags:
    """Of all children; exactly 2% are not too many. Only a blank and U are not known."""
    children = cin.ChildIdentifiers
    unknown = children.blank("Sex") | children.is_("Sex", "U")
    unknown &= undated(children, "ExpectedPersonBirthDate")
    return [WHOLE] if int(unknown.sum()) * MOST_WITHOUT_SEX > len(children) else []


sex_mostly_known.examples(
    """
    return !
    ChildIdentifiers Sex=U
    ChildIdentifiers Sex=M
    ----
    return !
    ChildIdentifiers
    ----
    ChildIdentifiers Sex=U ExpectedPersonBirthDate=2026-05-01
    ChildIdentifiers Sex=1
    ChildIdentifiers Sex=u
    ----
    Header Year=2026 ReferenceDate=2026-03-31
    ----
    ChildIdentifiers Sex=U
"""
    + 49 * "    ChildIdentifiers Sex=F\n"
    + "    ----\n    return !\n    ChildIdentifiers Sex=U\n"
    + 48 * "    ChildIdentifiers Sex=F\n"
)


@CIN.rule(
    "8590",
    "There is no referral for the child: no CINdetails",
    ChildIdentifiers="LAchildID",
    CINdetails="",
)
def at_least_one_referral(cin: Census) -> Flags:
    """Whatever it says."""
    children = cin.ChildIdentifiers
    return [children.where(~children.up(CHILD).any(cin.CINdetails))]


at_least_one_referral.examples("""
    ChildIdentifiers
    CINdetails
    ChildIdentifiers !
    ChildIdentifiers LAchildID= !
    ChildIdentifiers
    CINdetails
    CINdetails
""")


@CIN.rule(
    "8770Q",
    "A child of school age has no UPN, and no reason that excuses it",
    outside="period",
    ChildIdentifiers="UPN UPNunknown PersonBirthDate",
    CINdetails="ReferralNFA",
)
def upn_at_school_age(cin: Census) -> Flags:
    """School age is reached by the 31 August six years before the year the census ends in.

    The reason may be in small letters. UN1, not of school age, is none; nor are children asked for
    whose every referral ended with no further action.
    """
    children = cin.ChildIdentifiers
    year = cin.ends.astype("datetime64[Y]") - 6
    last = (year.astype("datetime64[M]") + 8).astype("datetime64[D]") - 1
    excused = is_any(np.char.lower(children.text("UPNunknown")), REASONS_AT_SCHOOL_AGE)
    asked = (children.date("PersonBirthDate") <= last) & children.blank("UPN") & ~excused
    further = cin.CINdetails.where(no(cin.CINdetails, "ReferralNFA"))
    return [children.where(asked & children.any(further))]


upn_at_school_age.examples("""
    ChildIdentifiers PersonBirthDate=2020-08-31 !
    CINdetails ReferralNFA=0
    ChildIdentifiers PersonBirthDate=2020-09-01
    CINdetails ReferralNFA=0
    ChildIdentifiers PersonBirthDate=2015-01-01 UPN=anything
    CINdetails ReferralNFA=0
    ChildIdentifiers PersonBirthDate=2015-01-01 UPNunknown=UN1 !
    CINdetails ReferralNFA=FALSE
    ChildIdentifiers PersonBirthDate=2015-01-01 UPNunknown=UN8 !
    CINdetails ReferralNFA=1
    CINdetails ReferralNFA=false
    ChildIdentifiers PersonBirthDate=2015-01-01 UPNunknown=UN2
    CINdetails ReferralNFA=0
    ChildIdentifiers PersonBirthDate=2015-01-01 UPNunknown=un7
    CINdetails ReferralNFA=0
    ChildIdentifiers PersonBirthDate=2015-01-01
    CINdetails ReferralNFA=1
    CINdetails
    ChildIdentifiers PersonBirthDate=2015-01-01
    ChildIdentifiers
    CINdetails ReferralNFA=0
""")


@CIN.rule(
    "8772",
    "The reason for no UPN is a referral with no further action, but there was further action",
    ChildIdentifiers="UPNunknown",
    CINdetails="ReferralNFA",
)
def only_referrals_without_action(cin: Census) -> Flags:
    """Every referral of a child with UN7 must say so. A child with no referral is sound."""
    episodes = cin.CINdetails
    excused = episodes.up("ChildIdentifiers").is_("UPNunknown", "UN7")
    further = episodes.where(excused & ~yes(episodes, "ReferralNFA"))
    return further.up("ChildIdentifiers"), further


only_referrals_without_action.examples("""
    ChildIdentifiers UPNunknown=UN7 !
    CINdetails ReferralNFA=1
    CINdetails ReferralNFA=0 !
    CINdetails ReferralNFA=no !
    CINdetails !
    ChildIdentifiers UPNunknown=UN7
    CINdetails ReferralNFA=TRUE
    CINdetails ReferralNFA=true
    ChildIdentifiers UPNunknown=UN7
    ChildIdentifiers UPNunknown=UN6
    CINdetails ReferralNFA=0
    ChildIdentifiers UPNunknown=un7
    CINdetails ReferralNFA=0
""")
