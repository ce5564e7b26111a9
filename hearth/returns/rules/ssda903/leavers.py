"""Care leavers: whether they are in touch, what they do and where they live (OC3)."""

from hearth.returns.checking.looked_after import CHILD, LookedAfter
from hearth.returns.checking.rule import Flags
from hearth.returns.rules.books import SSDA903
from hearth.returns.rules.ssda903.answers import (
    ADOPTION,
    LEAVER,
    OUTCOMES,
    all_given,
    any_given,
    birthday,
)
from hearth.returns.rules.ssda903.terms import looked_after_all_year
from hearth.returns.rules.ssda903.values import one_of

NOT_KNOWN = "0"
FOYER, FORMER_CARER = ("T1", "T2"), ("Z1", "Z2")

in_touch = one_of(
    "131",
    "Whether the authority is in touch with the care leaver is missing or is not one of the codes",
    "OC3",
    "IN_TOUCH",
    "YES NO DIED REFU NREQ RHOM",
    blank=False,
)
activity = one_of(
    "132",
    "What the care leaver does is missing or is not one of the codes",
    "OC3",
    "ACTIV",
    "F1 P1 F2 P2 F4 P4 F5 P5 G4 G5 G6 0",
    blank=False,
)
home = one_of(
    "133",
    "Where the care leaver lives is missing or is not one of the codes",
    "OC3",
    "ACCOM",
    "B1 B2 C1 C2 D1 D2 E1 E2 G1 G2 H1 H2 K1 K2 R1 R2 S2 T1 T2 U1 U2 V1 V2 W1 W2 X2 Y1 Y2 Z1 Z2 0",
    blank=False,
)


@SSDA903.rule(
    "153", "Some of the three answers about a care leaver are missing", OC3="IN_TOUCH ACTIV ACCOM"
)
def all_or_none(looked_after: LookedAfter) -> Flags:
    """A row that gives none of them is sound."""
    leavers = looked_after.OC3
    return [leavers.where(any_given(leavers, LEAVER) & ~all_given(leavers, LEAVER))]


all_or_none.examples("""
    OC3 IN_TOUCH=YES ACTIV=F1 ACCOM=B1
    OC3
    OC3 IN_TOUCH=YES !
    OC3 ACTIV=F1 ACCOM=B1 !
    OC3 IN_TOUCH=YES ACTIV=F1 !
""")


@SSDA903.rule(
    "134",
    "An adoption is recorded of a child who is also recorded as a care leaver",
    OC3="IN_TOUCH ACTIV ACCOM",
    AD1=" ".join(ADOPTION),
)
def adopted_or_leaver(looked_after: LookedAfter) -> Flags:
    """Any item of either records it; the adoption is what is found."""
    leavers, adoptions = looked_after.OC3, looked_after.AD1
    left = adoptions.up(CHILD).any(leavers.where(any_given(leavers, LEAVER)))
    return [adoptions.where(left & any_given(adoptions, ADOPTION))]


adopted_or_leaver.examples("""
    OC3 ACTIV=F1
    AD1 NB_ADOPTR=2 !
    AD1
    OC3 CHILD=2
    AD1 CHILD=2 DATE_INT=01/05/2026
    AD1 CHILD=3 DATE_INT=01/05/2026
    OC3 CHILD=4 IN_TOUCH=YES
""")


@SSDA903.rule(
    "187",
    "A child looked after all year is recorded as adopted, or as a care leaver",
    Episodes="DECOM DEC RNE REC LS",
    OC3="IN_TOUCH ACTIV ACCOM",
    AD1=" ".join(ADOPTION),
)
def neither_while_looked_after(looked_after: LookedAfter) -> Flags:
    """Any item of either records it."""
    leavers, adoptions = looked_after.OC3, looked_after.AD1
    leavers = leavers.where(any_given(leavers, LEAVER))
    adoptions = adoptions.where(any_given(adoptions, ADOPTION))
    return [rows.where(looked_after_all_year(looked_after, rows)) for rows in (leavers, adoptions)]


neither_while_looked_after.examples("""
    Episodes DECOM=01/01/2020 RNE=S LS=C2
    OC3 ACCOM=B1 !
    OC3
    AD1 FOSTER_CARE=0 !
    AD1
    Episodes CHILD=2 DECOM=01/01/2020 RNE=S LS=C2 DEC=30/03/2027 REC=E11
    OC3 CHILD=2 ACCOM=B1
    AD1 CHILD=2 FOSTER_CARE=0
    OC3 CHILD=3 ACCOM=B1
""")


@SSDA903.rule(
    "215",
    "A care leaver's answers are given with those of a child who is looked after",
    OC2=" ".join(OUTCOMES),
    OC3="IN_TOUCH ACTIV ACCOM",
)
def leaver_or_looked_after(looked_after: LookedAfter) -> Flags:
    """Health and conduct count, and the questionnaire does not."""
    leavers, outcomes = looked_after.OC3, looked_after.OC2
    leavers = leavers.where(any_given(leavers, LEAVER))
    outcomes = outcomes.where(any_given(outcomes, OUTCOMES))
    return (
        leavers.where(leavers.up(CHILD).any(outcomes)),
        outcomes.where(outcomes.up(CHILD).any(leavers)),
    )


leaver_or_looked_after.examples("""
    OC3 ACTIV=F1 !
    OC3
    OC2 CONVICTED=0 !
    OC2 SDQ_SCORE=5
    OC3 CHILD=2 ACTIV=F1
    OC2 CHILD=2 SDQ_SCORE=5
    OC3 CHILD=3
    OC2 CHILD=3 TEETH_CHECK=1
    OC2 CHILD=4 TEETH_CHECK=1
""")


@SSDA903.rule(
    "344",
    "What a care leaver who died or returned home does, and where, must each be 0",
    OC3="IN_TOUCH ACTIV ACCOM",
)
def died_or_returned(looked_after: LookedAfter) -> Flags:
    """A blank is not 0."""
    leavers = looked_after.OC3
    gone = leavers.is_("IN_TOUCH", "DIED", "RHOM")
    sound = leavers.is_("ACTIV", NOT_KNOWN) & leavers.is_("ACCOM", NOT_KNOWN)
    return [leavers.where(gone & ~sound)]


died_or_returned.examples("""
    OC3 IN_TOUCH=DIED ACTIV=0 ACCOM=0
    OC3 IN_TOUCH=RHOM ACTIV=0 ACCOM=0
    OC3 IN_TOUCH=DIED ACTIV=F1 ACCOM=0 !
    OC3 IN_TOUCH=RHOM ACTIV=0 ACCOM=B1 !
    OC3 IN_TOUCH=DIED ACTIV=0 !
    OC3 IN_TOUCH=NO ACTIV=F1 ACCOM=B1
""")


@SSDA903.rule(
    "345",
    "What a care leaver who is in touch does, or where, is given as not known",
    OC3="IN_TOUCH ACTIV ACCOM",
)
def known_when_in_touch(looked_after: LookedAfter) -> Flags:
    """A blank is for other rules."""
    leavers = looked_after.OC3
    unknown = leavers.is_("ACTIV", NOT_KNOWN) | leavers.is_("ACCOM", NOT_KNOWN)
    return [leavers.where(leavers.is_("IN_TOUCH", "YES") & unknown)]


known_when_in_touch.examples("""
    OC3 IN_TOUCH=YES ACTIV=0 ACCOM=B1 !
    OC3 IN_TOUCH=YES ACTIV=F1 ACCOM=0 !
    OC3 IN_TOUCH=YES ACTIV=F1 ACCOM=B1
    OC3 IN_TOUCH=YES
    OC3 IN_TOUCH=NO ACTIV=0 ACCOM=0
""")


@SSDA903.rule("347", "A care leaver under 18 lives in a foyer", OC3="DOB ACCOM")
def old_enough_for_a_foyer(looked_after: LookedAfter) -> Flags:
    """Under 18 when the year began; turning 18 on its first day is old enough."""
    leavers = looked_after.OC3
    young = birthday(leavers, 18) > looked_after.starts
    return [leavers.where(young & leavers.is_("ACCOM", *FOYER))]


old_enough_for_a_foyer.examples("""
    OC3 DOB=02/04/2008 ACCOM=T1 !
    OC3 DOB=02/04/2008 ACCOM=T2 !
    OC3 DOB=01/04/2008 ACCOM=T1
    OC3 DOB=02/04/2008 ACCOM=B1
    OC3 ACCOM=T1
""")


@SSDA903.rule(
    "348",
    "A care leaver who had died by last year's return is not recorded as having died",
    OC3="IN_TOUCH",
    OC3_last="IN_TOUCH",
)
def still_dead(looked_after: LookedAfter) -> Flags:
    """A blank is not recorded as having died."""
    leavers, before = looked_after.OC3, looked_after.OC3_last
    had_died = leavers.up(CHILD).any(before.where(before.is_("IN_TOUCH", "DIED")))
    return [leavers.where(had_died & ~leavers.is_("IN_TOUCH", "DIED"))]


still_dead.examples("""
    OC3_last IN_TOUCH=DIED
    OC3 IN_TOUCH=YES !
    OC3 !
    OC3 IN_TOUCH=DIED
    OC3_last CHILD=2 IN_TOUCH=YES
    OC3 CHILD=2 IN_TOUCH=YES
    OC3 CHILD=3
""")


@SSDA903.rule(
    "391",
    "A care leaver's answers are given for a child under 17",
    OC3="DOB IN_TOUCH ACTIV ACCOM",
)
def old_enough(looked_after: LookedAfter) -> Flags:
    """Under 17 when the year ended; turning 17 on its last day is old enough."""
    leavers = looked_after.OC3
    young = birthday(leavers, 17) > looked_after.ends
    return [leavers.where(young & any_given(leavers, LEAVER))]


old_enough.examples("""
    OC3 DOB=01/04/2010 IN_TOUCH=YES !
    OC3 DOB=01/04/2010 ACTIV=F1 !
    OC3 DOB=01/04/2010 ACCOM=0 !
    OC3 DOB=31/03/2010 IN_TOUCH=YES
    OC3 DOB=01/04/2010
    OC3 IN_TOUCH=YES
""")


@SSDA903.rule(
    "3001",
    "One who turned 17 in the year is recorded as living with a former foster carer",
    Header="DOB",
    OC3="ACCOM",
)
def former_carer_from_eighteen(looked_after: LookedAfter) -> Flags:
    """The date of birth is the Header's; the year's first and last day are in it."""
    leavers = looked_after.OC3
    turned = looked_after.in_year(birthday(leavers.up("Header"), 17))
    return [leavers.where(turned & leavers.is_("ACCOM", *FORMER_CARER))]


former_carer_from_eighteen.examples("""
    Header DOB=01/04/2009
    OC3 ACCOM=Z1 !
    OC3 ACCOM=B1
    Header CHILD=2 DOB=31/03/2010
    OC3 CHILD=2 ACCOM=Z2 !
    Header CHILD=3 DOB=31/03/2009
    OC3 CHILD=3 ACCOM=Z1
    Header CHILD=4 DOB=01/04/2010
    OC3 CHILD=4 ACCOM=Z1
    OC3 CHILD=5 ACCOM=Z1 DOB=01/04/2009
""")
