"""Each child's ethnicity and disabilities."""

from hearth.returns.checking.census import CHILD, Census
from hearth.returns.checking.rule import Flags
from hearth.returns.checking.run import WHOLE
from hearth.returns.checking.tables import Rows
from hearth.returns.rules.books import CIN
from hearth.returns.rules.cin.terms import dated, no

ETHNICITIES = (
    *("WBRI", "WIRI", "WIRT", "WOTH", "WROM", "MWBC", "MWBA", "MWAS", "MOTH", "AIND"),
    *("APKN", "ABAN", "AOTH", "BCRB", "BAFR", "BOTH", "CHNE", "OOTH", "REFU", "NOBT"),
)
DISABILITIES = (
    *("NONE", "MOB", "HAND", "PC", "INC", "COMM", "LD", "HEAR", "VIS", "BEH", "CON"),
    *("AUT", "DDA"),
)
# A return that uses fewer different codes than this says too little.
FEWEST_DISABILITIES = 8


def real(disabilities: Rows) -> Rows:
    """Those that are a disability: not a blank, nor NONE."""
    return disabilities.where(~disabilities.is_("Disability", "", "NONE"))


@CIN.rule(
    "4220",
    "Ethnicity must be one of the codes of the census",
    needs="ChildCharacteristics",
    ChildCharacteristics="Ethnicity",
    ChildIdentifiers="",
)
def ethnicity(cin: Census) -> Flags:
    """Refused and not yet obtained are codes; a blank is not.

    A child with no characteristics at all has no ethnicity either.
    """
    said, children = cin.ChildCharacteristics, cin.ChildIdentifiers
    silent = children.where(~children.up(CHILD).any(said))
    return said.where(~said.is_("Ethnicity", *ETHNICITIES)), silent


ethnicity.examples("""
    ChildIdentifiers
    ChildCharacteristics Ethnicity=WBRI
    ChildIdentifiers
    ChildCharacteristics Ethnicity=REFU
    ChildIdentifiers
    ChildCharacteristics Ethnicity=NOBT
    ChildIdentifiers
    ChildCharacteristics Ethnicity=wbri !
    ChildIdentifiers
    ChildCharacteristics Ethnicity=WENG !
    ChildIdentifiers
    ChildCharacteristics !
""")


@CIN.rule(
    "8540",
    "A child with a referral for further action must have a disability code, and no unknown code",
    ChildIdentifiers="PersonBirthDate",
    CINdetails="ReferralNFA",
    Disabilities="Disability",
)
def disability_known(cin: Census) -> Flags:
    """NONE is a code. Children not born yet are not asked for."""
    children, listed = cin.ChildIdentifiers, cin.Disabilities
    further = cin.CINdetails.where(no(cin.CINdetails, "ReferralNFA"))
    wrong = listed.where(~listed.is_("Disability", *DISABILITIES))
    asked = dated(children, "PersonBirthDate") & children.any(further)
    found = children.where(asked & (~children.any(listed) | children.any(wrong)))
    return found, found.below(further), found.below(wrong)


disability_known.examples("""
    ChildIdentifiers PersonBirthDate=2020-01-01
    Disabilities Disability=NONE
    CINdetails ReferralNFA=0
    ChildIdentifiers PersonBirthDate=2020-01-01 !
    CINdetails ReferralNFA=0 !
    CINdetails ReferralNFA=FALSE !
    CINdetails ReferralNFA=1
    CINdetails
    ChildIdentifiers PersonBirthDate=2020-01-01 !
    Disabilities Disability=MOB
    Disabilities Disability=mob !
    CINdetails ReferralNFA=false !
    ChildIdentifiers PersonBirthDate=2020-01-01
    Disabilities Disability=XX
    CINdetails ReferralNFA=1
    CINdetails
    ChildIdentifiers ExpectedPersonBirthDate=2026-05-01
    CINdetails ReferralNFA=0
    ChildIdentifiers
    Disabilities Disability=XX
    CINdetails ReferralNFA=0
    ChildIdentifiers PersonBirthDate=2020-01-01
""")


@CIN.rule(
    "8790",
    "A disability is given beside NONE",
    Disabilities="Disability",
)
def none_alone(cin: Census) -> Flags:
    """Whatever is beside it, other than NONE again, is found."""
    listed = cin.Disabilities
    none = listed.is_("Disability", "NONE")
    return [listed.where((listed.alongside(listed.where(none), CHILD) > 0) & ~none)]


none_alone.examples("""
    ChildIdentifiers
    Disabilities Disability=NONE
    Disabilities Disability=MOB !
    Disabilities Disability=XX !
    Disabilities Disability=NONE
    ChildIdentifiers
    Disabilities Disability=NONE
    ChildIdentifiers
    Disabilities Disability=MOB
    Disabilities Disability=LD
    ChildIdentifiers
    Disabilities Disability=none
    Disabilities Disability=LD
""")


@CIN.rule(
    "8794",
    "A disability is given more than once for one child",
    Disabilities="Disability",
)
def each_disability_once(cin: Census) -> Flags:
    """NONE is among them."""
    listed = cin.Disabilities
    twice = listed.alike("Disability", within=CHILD) > 1
    return [listed.where(twice & listed.given("Disability"))]


each_disability_once.examples("""
    ChildIdentifiers
    Disabilities Disability=MOB !
    Disabilities Disability=LD
    Disabilities Disability=MOB !
    Disabilities Disability=mob
    ChildIdentifiers
    Disabilities Disability=MOB
    ChildIdentifiers
    Disabilities Disability=NONE !
    Disabilities Disability=NONE !
""")


@CIN.rule(
    "2887Q",
    "No more than seven different disabilities are used in the whole return",
    Disabilities="Disability",
)
def disabilities_of_many_kinds(cin: Census) -> Flags:
    """NONE is not one of them; a return with none at all is found too."""
    kinds = set(real(cin.Disabilities).text("Disability").tolist())
    return [WHOLE] if len(kinds) < FEWEST_DISABILITIES else []


disabilities_of_many_kinds.examples("""
    return !
    ----
    return !
    Disabilities Disability=NONE
    Disabilities Disability=MOB
    Disabilities Disability=HAND
    Disabilities Disability=PC
    Disabilities Disability=INC
    Disabilities Disability=COMM
    Disabilities Disability=LD
    Disabilities Disability=HEAR
    Disabilities Disability=HEAR
    ----
    Disabilities Disability=VIS
    Disabilities Disability=MOB
    Disabilities Disability=HAND
    ChildIdentifiers
    Disabilities Disability=PC
    Disabilities Disability=INC
    Disabilities Disability=COMM
    Disabilities Disability=LD
    Disabilities Disability=HEAR
""")


@CIN.rule(
    "2888Q",
    "No child in the whole return has more than one disability",
    Disabilities="Disability",
)
def several_disabilities(cin: Census) -> Flags:
    """NONE is not one of them; a return in which no child has any is sound."""
    listed = real(cin.Disabilities)
    most = int(listed.alongside(listed, CHILD).max(initial=0))
    return [WHOLE] if most == 1 else []


several_disabilities.examples("""
    return !
    ChildIdentifiers
    Disabilities Disability=MOB
    ChildIdentifiers
    Disabilities Disability=LD
    Disabilities Disability=NONE
    ----
    ChildIdentifiers
    Disabilities Disability=MOB
    ChildIdentifiers
    Disabilities Disability=MOB
    Disabilities Disability=LD
    ----
    ChildIdentifiers
    Disabilities Disability=NONE
    ----
    ChildIdentifiers
""")
