"""Whether a girl who is looked after is a mother, and when her first child was born."""

from hearth.returns.checking.looked_after import CHILD, LookedAfter
from hearth.returns.checking.rule import Flags
from hearth.returns.rules.books import SSDA903
from hearth.returns.rules.ssda903.answers import (
    LEAVER,
    any_given,
    birthday,
    of_a_child,
    of_children,
)
from hearth.returns.rules.ssda903.terms import ceased_care, overlaps_year, short_break
from hearth.returns.rules.ssda903.values import a_day

YOUNGEST = 11

child_born = a_day("171", "The date of birth of the first child is not a date", "Header", "MC_DOB")


@SSDA903.rule(
    "165",
    "Whether the child is a mother is not 0 or 1, is said of one who is not female, or is missing",
    Header="MOTHER SEX",
    Episodes="DECOM DEC LS",
    OC3="IN_TOUCH ACTIV ACCOM",
)
def said_of_girls(looked_after: LookedAfter) -> Flags:
    """It may be missing for a boy, and for a care leaver not looked after in the year."""
    children, episodes, leavers = looked_after.Header, looked_after.Episodes, looked_after.OC3
    given = children.given("MOTHER")
    wrong = given & ~(children.is_("MOTHER", "0", "1") & children.is_("SEX", "F"))
    in_year = episodes.where(overlaps_year(looked_after, episodes) & ~short_break(episodes))
    left = leavers.where(any_given(leavers, LEAVER))
    of = children.up(CHILD)
    may_be_missing = children.is_("SEX", "M") | (~of.any(in_year) & of.any(left))
    found = children.where(wrong | (~given & ~may_be_missing))
    return [found, *of_children(found.up(CHILD), leavers)]


said_of_girls.examples("""
    Header CHILD=1 SEX=F MOTHER=1
    Header CHILD=2 SEX=F MOTHER=0
    Header CHILD=3 SEX=F MOTHER=2 !
    OC3 CHILD=3 !
    Header CHILD=4 SEX=M MOTHER=0 !
    Header CHILD=5 SEX=M
    Header CHILD=6 SEX=F !
    Episodes CHILD=6 DECOM=31/03/2027 LS=C2
    OC3 CHILD=6 IN_TOUCH=YES !
    ----
    Header SEX=F
    Episodes DECOM=01/01/2026 DEC=31/03/2026 LS=C2
    OC3 IN_TOUCH=YES
    Header CHILD=2 SEX=F !
    Episodes CHILD=2 DECOM=01/01/2026 DEC=01/04/2026
    OC3 CHILD=2 ACCOM=0 !
    Header CHILD=3 SEX=F
    Episodes CHILD=3 DECOM=01/01/2026 LS=V4
    OC3 CHILD=3 ACTIV=0
    Header CHILD=4 SEX=F !
    OC3 CHILD=4 !
    Header CHILD=5 SEX=F MOTHER=1
    OC3 CHILD=5 ACTIV=0
""")


@SSDA903.rule("174", "A first child's date of birth is given for a boy", Header="SEX MC_DOB")
def no_child_of_a_boy(looked_after: LookedAfter) -> Flags:
    """Whether or not it is a date."""
    children = looked_after.Header
    return [children.where(children.is_("SEX", "M") & children.given("MC_DOB"))]


no_child_of_a_boy.examples("""
    Header SEX=M MC_DOB=01/05/2026 !
    Header SEX=M
    Header SEX=F MC_DOB=01/05/2026
""")


@SSDA903.rule(
    "207",
    "A girl who was a mother in last year's return is not one in this year's",
    Header="MOTHER",
    Episodes="",
    Header_last="MOTHER",
)
def still_a_mother(looked_after: LookedAfter) -> Flags:
    """It is asked of children with an episode this year."""
    children = looked_after.Header
    looked = children.up(CHILD).any(looked_after.Episodes)
    was = children.up("Header_last").is_("MOTHER", "1")
    return [children.where(was & looked & ~children.is_("MOTHER", "1"))]


still_a_mother.examples("""
    Header CHILD=1 MOTHER=0 !
    Header_last CHILD=1 MOTHER=1
    Episodes CHILD=1
    Header CHILD=2 !
    Header_last CHILD=2 MOTHER=1
    Episodes CHILD=2
    Header CHILD=3 MOTHER=1
    Header_last CHILD=3 MOTHER=1
    Episodes CHILD=3
    Header CHILD=4
    Header_last CHILD=4 MOTHER=1
    Header CHILD=5 MOTHER=1
    Header_last CHILD=5 MOTHER=0
    Episodes CHILD=5
""")


@SSDA903.rule(
    "393",
    "A girl who was not only on short breaks does not say whether she is a mother",
    Header="MOTHER SEX",
    Episodes="LS",
)
def said_unless_short_breaks(looked_after: LookedAfter) -> Flags:
    """An episode with no legal status is not one of short breaks."""
    girls, episodes = looked_after.Header, looked_after.Episodes
    in_care = girls.up(CHILD).any(episodes.where(~short_break(episodes)))
    return [girls.where(girls.is_("SEX", "F") & in_care & girls.blank("MOTHER"))]


said_unless_short_breaks.examples("""
    Header SEX=F !
    Episodes LS=V3
    Episodes LS=C2
    Header CHILD=2 SEX=F
    Episodes CHILD=2 LS=V3
    Header CHILD=3 SEX=F MOTHER=0
    Episodes CHILD=3 LS=C2
    Header CHILD=4 SEX=M
    Episodes CHILD=4 LS=C2
    Header CHILD=5 SEX=F
""")


@SSDA903.rule(
    "607",
    "A girl who ceased to be looked after in the year does not say whether she is a mother",
    Header="SEX MOTHER",
    Episodes="DEC REC LS",
)
def said_when_care_ends(looked_after: LookedAfter) -> Flags:
    """Short breaks, and episodes that another followed on the same day, do not end care."""
    episodes = looked_after.Episodes
    ended = looked_after.in_year(episodes.date("DEC")) & ceased_care(episodes)
    girls = episodes.up("Header")
    unsaid = girls.is_("SEX", "F") & girls.blank("MOTHER")
    found = episodes.where(ended & ~short_break(episodes) & unsaid)
    return found.up("Header"), found


said_when_care_ends.examples("""
    Header SEX=F !
    Episodes DEC=01/04/2026 REC=E8 LS=C2 !
    Episodes DEC=31/03/2027 REC=E8 !
    Episodes DEC=31/03/2026 REC=E8 LS=C2
    Episodes DEC=01/04/2026 REC=X1 LS=C2
    Episodes DEC=01/04/2026 LS=C2
    Episodes DEC=01/04/2026 REC=E8 LS=V3
    Header CHILD=2 SEX=F MOTHER=0
    Episodes CHILD=2 DEC=01/04/2026 REC=E8 LS=C2
    Header CHILD=3 SEX=M
    Episodes CHILD=3 DEC=01/04/2026 REC=E8 LS=C2
""")


@SSDA903.rule(
    "611", "The date of birth of a mother's first child is missing", Header="MOTHER MC_DOB"
)
def child_of_a_mother(looked_after: LookedAfter) -> Flags:
    """Whatever the mother's own sex is said to be."""
    children = looked_after.Header
    return [children.where(children.is_("MOTHER", "1") & children.blank("MC_DOB"))]


child_of_a_mother.examples("""
    Header MOTHER=1 !
    Header MOTHER=1 MC_DOB=01/05/2026
    Header MOTHER=0
    Header
""")


@SSDA903.rule(
    "612",
    "A first child's date of birth is given for a girl who is not a mother",
    Header="SEX MOTHER MC_DOB",
)
def no_child_of_no_mother(looked_after: LookedAfter) -> Flags:
    """It must be blank too where nothing says whether she is one."""
    girls = looked_after.Header
    girls = girls.where(girls.is_("SEX", "F"))
    no_mother = girls.is_("MOTHER", "0") | girls.blank("MOTHER")
    return [girls.where(no_mother & girls.given("MC_DOB"))]


no_child_of_no_mother.examples("""
    Header SEX=F MOTHER=0 MC_DOB=01/05/2026 !
    Header SEX=F MC_DOB=01/05/2026 !
    Header SEX=F MOTHER=1 MC_DOB=01/05/2026
    Header SEX=F MOTHER=0
    Header SEX=M MOTHER=0 MC_DOB=01/05/2026
""")


@SSDA903.rule(
    "620",
    "A mother was under 11 when the collection year began",
    Header="DOB MOTHER",
)
def old_enough(looked_after: LookedAfter) -> Flags:
    """An eleventh birthday on its first day is sound."""
    children = looked_after.Header
    young = birthday(children, YOUNGEST) > looked_after.starts
    return [children.where(young & children.is_("MOTHER", "1"))]


old_enough.examples("""
    Header MOTHER=1 DOB=02/04/2015 !
    Header MOTHER=1 DOB=01/04/2015
    Header MOTHER=0 DOB=02/04/2015
    Header MOTHER=1
""")


@SSDA903.rule("621", "The first child was not born after the mother was", Header="DOB MC_DOB")
def born_after_the_mother(looked_after: LookedAfter) -> Flags:
    """Not on the same day either. With no date of birth of the mother there is nothing to ask."""
    children = looked_after.Header
    return [children.where(children.date("MC_DOB") <= children.date("DOB"))]


born_after_the_mother.examples("""
    Header DOB=01/05/2010 MC_DOB=01/05/2010 !
    Header DOB=01/05/2010 MC_DOB=30/04/2010 !
    Header DOB=01/05/2010 MC_DOB=02/05/2010
    Header DOB=01/05/2010
    Header MC_DOB=01/05/2010
""")


@SSDA903.rule(
    "624",
    "The first child's date of birth is not as it was in last year's return",
    Header="MC_DOB",
    Header_last="MC_DOB",
)
def child_born_as_before(looked_after: LookedAfter) -> Flags:
    """However the day is written. One that is blank this year is found."""
    children = looked_after.Header
    before = children.up("Header_last")
    same = children.text("MC_DOB") == before.text("MC_DOB")
    same |= children.date("MC_DOB") == before.date("MC_DOB")
    return [children.where(before.given("MC_DOB") & ~same)]


child_born_as_before.examples("""
    Header CHILD=1 MC_DOB=01/05/2026 !
    Header_last CHILD=1 MC_DOB=02/05/2026
    Header CHILD=2 MC_DOB=01/05/2026
    Header_last CHILD=2 MC_DOB=1/5/2026
    Header CHILD=3 !
    Header_last CHILD=3 MC_DOB=01/05/2026
    Header CHILD=4 MC_DOB=01/05/2026
    Header_last CHILD=4
    Header CHILD=5 MC_DOB=01/05/2026
""")


@SSDA903.rule(
    "625",
    "The first child was born after the end of the year, or after the mother's care ended",
    Header="MC_DOB",
    Episodes="DEC",
)
def child_born_by_the_end(looked_after: LookedAfter) -> Flags:
    """Her care ended with the episode that ceased last; while one is open it has not."""
    mothers, episodes = looked_after.Header, of_a_child(looked_after.Episodes)
    episodes = episodes.ordered(CHILD, episodes.date("DEC"))
    last = episodes.where(~episodes.following(CHILD).there)
    born = mothers.date("MC_DOB")
    too_late = mothers.where(
        (born > looked_after.ends) | (born > mothers.up(CHILD).latest(last, last.date("DEC")))
    )
    return [too_late, *of_children(too_late.up(CHILD), last)]


child_born_by_the_end.examples("""
    Header MC_DOB=01/04/2027 !
    Episodes DECOM=01/05/2026 !
    Episodes DECOM=01/04/2026 DEC=01/05/2026
    Header CHILD=2 MC_DOB=31/03/2027
    Episodes CHILD=2 DECOM=01/05/2026
    Header CHILD=3 MC_DOB=02/06/2026 !
    Episodes CHILD=3 DECOM=01/05/2026 DEC=01/06/2026 !
    Header CHILD=4 MC_DOB=02/06/2026
    Episodes CHILD=4 DECOM=01/05/2026 DEC=02/06/2026
    Header CHILD=5 MC_DOB=01/04/2027 !
    Header CHILD=6 MC_DOB=02/06/2026
    Episodes CHILD=6 DECOM=01/05/2026 DEC=01/06/2026
    Episodes CHILD=6 DECOM=01/06/2026
    Header CHILD=7
    Episodes CHILD=7 DECOM=01/05/2026 DEC=01/06/2026
""")


@SSDA903.rule(
    "626",
    "A girl became a mother since last year's return, but her child was born before the year",
    Header="MC_DOB MOTHER",
    Header_last="MOTHER",
)
def new_mothers(looked_after: LookedAfter) -> Flags:
    """The first day of the year is sound. She said last year that she was not one."""
    girls = looked_after.Header
    new = girls.is_("MOTHER", "1") & girls.up("Header_last").is_("MOTHER", "0")
    return [girls.where(new & (girls.date("MC_DOB") < looked_after.starts))]


new_mothers.examples("""
    Header CHILD=1 MOTHER=1 MC_DOB=31/03/2026 !
    Header_last CHILD=1 MOTHER=0
    Header CHILD=2 MOTHER=1 MC_DOB=01/04/2026
    Header_last CHILD=2 MOTHER=0
    Header CHILD=3 MOTHER=1 MC_DOB=31/03/2026
    Header_last CHILD=3
    Header CHILD=4 MOTHER=1
    Header_last CHILD=4 MOTHER=0
    Header CHILD=5 MOTHER=1 MC_DOB=31/03/2026
    Header_last CHILD=5 MOTHER=1
""")


@SSDA903.rule(
    "628",
    "A care leaver who was not looked after in the year is said to be a mother, or not to be",
    Header="MOTHER",
    Episodes="",
    OC3="IN_TOUCH ACTIV ACCOM",
)
def not_said_of_leavers(looked_after: LookedAfter) -> Flags:
    """A care leaver has any item of OC3; one looked after has any episode."""
    children, leavers = looked_after.Header, looked_after.OC3
    left = children.up(CHILD).any(leavers.where(any_given(leavers, LEAVER)))
    looked = children.up(CHILD).any(looked_after.Episodes)
    return [children.where(left & ~looked & children.given("MOTHER"))]


not_said_of_leavers.examples("""
    Header MOTHER=0 !
    OC3 ACTIV=0
    Header CHILD=2
    OC3 CHILD=2 ACTIV=0
    Header CHILD=3 MOTHER=0
    OC3 CHILD=3
    Header CHILD=4 MOTHER=0
    OC3 CHILD=4 ACTIV=0
    Episodes CHILD=4
    Header CHILD=5 MOTHER=0
""")
