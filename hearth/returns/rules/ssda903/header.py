"""Who the child is: sex, date of birth, ethnicity, and that they are as they were last year."""

import numpy as np

from hearth.returns.checking.columns import years_after
from hearth.returns.checking.looked_after import CHILD, LookedAfter
from hearth.returns.checking.rule import Flags
from hearth.returns.rules.books import SSDA903
from hearth.returns.rules.ssda903.answers import birthday
from hearth.returns.rules.ssda903.care import dated
from hearth.returns.rules.ssda903.terms import unaccompanied
from hearth.returns.rules.ssda903.values import TRUE_OR_FALSE, a_day, one_of

OLDEST, YOUNGEST_ALONE = 25, 11

sex = one_of("101", "Sex must be M, F or U", "Header", "SEX", "M F U", blank=False)
born = a_day("102", "The date of birth is missing or is not a date", "Header", "DOB", blank=False)
ethnicity = one_of(
    "103",
    "The ethnicity is missing or is not one of the codes",
    "Header",
    "ETHNIC",
    "WBRI WIRI WOTH WIRT WROM MWBC MWBA MWAS MOTH AIND APKN ABAN AOTH BCRB BAFR BOTH CHNE OOTH "
    "REFU NOBT",
    blank=False,
)
# A return in CSV has no such column, and the rule is then not run.
says_unaccompanied = one_of(
    "105",
    "Whether the child is an unaccompanied asylum-seeking child must be said with 0 or 1",
    "Header",
    "UASC",
    TRUE_OR_FALSE,
    blank=False,
)


@SSDA903.rule("232", "The child's sex is recorded as not known", Header="SEX")
def sex_known(looked_after: LookedAfter) -> Flags:
    """The code U is valid, and is to be confirmed."""
    children = looked_after.Header
    return [children.where(children.is_("SEX", "U"))]


sex_known.examples("""
    Header SEX=U !
    Header SEX=M
    Header SEX=F
    Header
""")


@SSDA903.rule("301", "The child was born after the end of the collection year", Header="DOB")
def born_by_the_end(looked_after: LookedAfter) -> Flags:
    """The last day of the year is sound."""
    children = looked_after.Header
    return [children.where(children.date("DOB") > looked_after.ends)]


born_by_the_end.examples("""
    Header DOB=01/04/2027 !
    Header DOB=31/03/2027
    Header
    Header DOB=31/04/2027
""")


@SSDA903.rule("351", "The child had turned 25 before the collection year began", Header="DOB")
def not_too_old(looked_after: LookedAfter) -> Flags:
    """A 25th birthday on the first day of the year is sound."""
    children = looked_after.Header
    return [children.where(birthday(children, OLDEST) < looked_after.starts)]


not_too_old.examples("""
    Header DOB=31/03/2001 !
    Header DOB=01/04/2001
    Header
""")


@SSDA903.rule(
    "231",
    "An unaccompanied asylum-seeking child was under 11 at the end of the year",
    needs="Header",
    outside="unaccompanied",
    Header="DOB",
)
def old_enough_to_come_alone(looked_after: LookedAfter) -> Flags:
    """An 11th birthday on the last day of the year is sound."""
    children = looked_after.Header
    limit = years_after(np.array([looked_after.ends]), -YOUNGEST_ALONE)[0]
    young = children.date("DOB") > limit
    return [children.where(young & unaccompanied(looked_after, children))]


old_enough_to_come_alone.examples("""
    Header DOB=01/04/2016 UASC=1 !
    Header CHILD=2 DOB=31/03/2016 UASC=1
    Header CHILD=3 DOB=01/04/2016 UASC=0
    Header CHILD=4 UASC=1
    ----
    Header DOB=01/04/2016 !
    UASC
    Header CHILD=2 DOB=01/04/2016
""")


@SSDA903.rule(
    "302",
    "The child's first episode began before the child was born",
    Header="DOB",
    Episodes="DECOM",
)
def born_before_care(looked_after: LookedAfter) -> Flags:
    """An episode may begin on the day of birth."""
    episodes = dated(looked_after.Episodes)
    first = episodes.where(~episodes.preceding(CHILD).there)
    early = first.where(first.date("DECOM") < first.up("Header").date("DOB"))
    return early, early.up("Header")


born_before_care.examples("""
    Header DOB=02/05/2026 !
    Episodes DECOM=01/05/2026
    Episodes DECOM=30/04/2026 !
    Episodes
    Header CHILD=2 DOB=02/05/2026
    Episodes CHILD=2 DECOM=02/05/2026
    Header CHILD=3
    Episodes CHILD=3 DECOM=02/05/2026
    Episodes CHILD=4 DECOM=02/05/2026
""")


@SSDA903.rule(
    "358",
    "An episode on remand or under a criminal court's order began before the child was 10",
    Header="DOB",
    Episodes="DECOM LS",
)
def old_enough_for_court(looked_after: LookedAfter) -> Flags:
    """An episode may begin on the tenth birthday."""
    episodes = looked_after.Episodes
    tenth = birthday(episodes.up("Header"), 10)
    young = episodes.is_("LS", "J1", "J2", "J3") & (episodes.date("DECOM") < tenth)
    found = episodes.where(young)
    return found.up("Header"), found


old_enough_for_court.examples("""
    Header DOB=02/05/2016 !
    Episodes DECOM=01/05/2026 LS=J1 !
    Episodes DECOM=01/05/2026 LS=J3 !
    Episodes DECOM=01/05/2026 LS=C2
    Episodes DECOM=02/05/2026 LS=J2
    Header CHILD=2
    Episodes CHILD=2 DECOM=01/05/2026 LS=J1
""")


@SSDA903.rule(
    "234",
    "A child under 10 changed placement because of custody",
    Header="DOB",
    Episodes="DECOM REASON_PLACE_CHANGE",
)
def old_enough_for_custody(looked_after: LookedAfter) -> Flags:
    """The reason is of the episode before; the one found is the one that began before age 10."""
    episodes = dated(looked_after.Episodes)
    young = episodes.date("DECOM") < birthday(episodes.up("Header"), 10)
    before = episodes.preceding(CHILD)
    found = episodes.where(young & before.is_("REASON_PLACE_CHANGE", "CUSTOD"))
    return found.up("Header"), found


old_enough_for_custody.examples("""
    Header DOB=02/05/2016 !
    Episodes DECOM=01/05/2026 !
    Episodes DECOM=01/04/2026 REASON_PLACE_CHANGE=CUSTOD
    Header CHILD=2 DOB=02/05/2016
    Episodes CHILD=2 DECOM=01/04/2026 REASON_PLACE_CHANGE=CUSTOD
    Episodes CHILD=2 DECOM=02/05/2026
    Header CHILD=3 DOB=02/05/2016
    Episodes CHILD=3 DECOM=01/05/2026 REASON_PLACE_CHANGE=CUSTOD
    Episodes CHILD=4 DECOM=01/05/2026 REASON_PLACE_CHANGE=CUSTOD
    Episodes CHILD=4 DECOM=02/05/2026
""")


@SSDA903.rule(
    "407",
    "A special guardianship order was made after the child turned 18",
    Header="DOB",
    Episodes="DEC REC",
)
def guardianship_of_a_child(looked_after: LookedAfter) -> Flags:
    """The eighteenth birthday is sound."""
    episodes = looked_after.Episodes
    late = episodes.date("DEC") > birthday(episodes.up("Header"), 18)
    found = episodes.where(late & episodes.is_("REC", "E45", "E46", "E47", "E48"))
    return found.up("Header"), found


guardianship_of_a_child.examples("""
    Header DOB=01/05/2008 !
    Episodes DEC=02/05/2026 REC=E45 !
    Episodes DEC=02/05/2026 REC=E48 !
    Episodes DEC=01/05/2026 REC=E46
    Episodes DEC=02/05/2026 REC=E41
    Header CHILD=2
    Episodes CHILD=2 DEC=02/05/2026 REC=E45
""")


@SSDA903.rule(
    "202", "The child's sex is not as it was in last year's return", Header="SEX", Header_last="SEX"
)
def sex_as_before(looked_after: LookedAfter) -> Flags:
    """A child who was not in last year's return is not asked about."""
    children = looked_after.Header
    before = children.up("Header_last")
    return [children.where(before.there & (children.text("SEX") != before.text("SEX")))]


sex_as_before.examples("""
    Header SEX=F !
    Header_last SEX=M
    Header CHILD=2 SEX=F
    Header_last CHILD=2 SEX=F
    Header CHILD=3 !
    Header_last CHILD=3 SEX=M
    Header CHILD=4 SEX=M
""")


@SSDA903.rule(
    "203",
    "The child's date of birth is not as it was in last year's return",
    Header="DOB",
    Header_last="DOB",
)
def born_as_before(looked_after: LookedAfter) -> Flags:
    """However the day is written; a day given in one year only is another day."""
    children = looked_after.Header
    before = children.up("Header_last")
    now, then = children.date("DOB"), before.date("DOB")
    neither = np.isnat(now) & np.isnat(then)
    return [children.where(before.there & (now != then) & ~neither)]


born_as_before.examples("""
    Header DOB=01/05/2015 !
    Header_last DOB=02/05/2015
    Header CHILD=2 DOB=01/05/2015
    Header_last CHILD=2 DOB=1/5/2015
    Header CHILD=3 !
    Header_last CHILD=3 DOB=01/05/2015
    Header CHILD=4
    Header_last CHILD=4
    Header CHILD=5 DOB=01/05/2015 !
    Header CHILD=5 DOB=02/05/2015
    Header_last CHILD=5 DOB=02/05/2015
    Header CHILD=6 DOB=01/05/2015
""")


@SSDA903.rule(
    "204",
    "The child's ethnicity is not as it was in last year's return",
    Header="ETHNIC",
    Header_last="ETHNIC",
)
def ethnicity_as_before(looked_after: LookedAfter) -> Flags:
    """In capitals or not."""
    children = looked_after.Header
    before = children.up("Header_last")
    now, then = np.char.upper(children.text("ETHNIC")), np.char.upper(before.text("ETHNIC"))
    return [children.where(before.there & (now != then))]


ethnicity_as_before.examples("""
    Header ETHNIC=WBRI !
    Header_last ETHNIC=NOBT
    Header CHILD=2 ETHNIC=WBRI
    Header_last CHILD=2 ETHNIC=wbri
    Header CHILD=3
    Header_last CHILD=3
    Header CHILD=4 ETHNIC=WBRI
""")
