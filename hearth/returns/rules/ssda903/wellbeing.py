"""The strengths and difficulties questionnaire (SDQ) of a child looked after for a year."""

from hearth.returns.checking.looked_after import LookedAfter
from hearth.returns.checking.rule import Flags
from hearth.returns.rules.books import SSDA903
from hearth.returns.rules.ssda903.answers import all_given, any_given, birthday
from hearth.returns.rules.ssda903.terms import looked_after_all_year
from hearth.returns.rules.ssda903.values import one_of

HIGHEST = 40
WRONG_AGE = "SDQ1"
ANSWERS = ("SDQ_SCORE", "SDQ_REASON")
EPISODES = "DECOM DEC RNE REC LS"

reason = one_of(
    "196",
    "Why there is no SDQ score is not one of SDQ1 to SDQ5",
    "OC2",
    "SDQ_REASON",
    "SDQ1 SDQ2 SDQ3 SDQ4 SDQ5",
    blank=True,
)


@SSDA903.rule("180", "The SDQ score is not a whole number from 0 to 40", OC2="SDQ_SCORE")
def score(looked_after: LookedAfter) -> Flags:
    """A blank is sound; 12.0 is not a whole number as it is written."""
    outcomes = looked_after.OC2
    scores = outcomes.number("SDQ_SCORE")
    return [outcomes.where(outcomes.given("SDQ_SCORE") & ~((scores >= 0) & (scores <= HIGHEST)))]


score.examples("""
    OC2 SDQ_SCORE=0
    OC2 SDQ_SCORE=40
    OC2
    OC2 SDQ_SCORE=41 !
    OC2 SDQ_SCORE=-1 !
    OC2 SDQ_SCORE=12.0 !
    OC2 SDQ_SCORE=high !
""")


@SSDA903.rule(
    "157",
    "The child was of an age for an SDQ, but age is given as why there is no score",
    Episodes=EPISODES,
    OC2="DOB SDQ_REASON SDQ_SCORE",
)
def of_an_age_for_one(looked_after: LookedAfter) -> Flags:
    """Of an age is 4 when the year began and not over 16 when it ended, and looked after all year.

    A fourth birthday on its first day and a sixteenth on its last are of an age.
    """
    outcomes = looked_after.OC2
    of_age = birthday(outcomes, 4) <= looked_after.starts
    of_age &= birthday(outcomes, 16) >= looked_after.ends
    of_age &= looked_after_all_year(looked_after, outcomes)
    excused = outcomes.blank("SDQ_SCORE") & outcomes.is_("SDQ_REASON", WRONG_AGE)
    return [outcomes.where(of_age & excused)]


of_an_age_for_one.examples("""
    Episodes DECOM=01/04/2026 RNE=S LS=C2
    OC2 DOB=01/04/2022 SDQ_REASON=SDQ1 !
    OC2 DOB=31/03/2011 SDQ_REASON=SDQ1 !
    OC2 DOB=02/04/2022 SDQ_REASON=SDQ1
    OC2 DOB=30/03/2011 SDQ_REASON=SDQ1
    OC2 DOB=01/04/2022 SDQ_REASON=SDQ2
    OC2 DOB=01/04/2022 SDQ_REASON=SDQ1 SDQ_SCORE=5
    OC2 SDQ_REASON=SDQ1
    Episodes CHILD=2 DECOM=02/04/2026 RNE=S LS=C2
    OC2 CHILD=2 DOB=01/04/2022 SDQ_REASON=SDQ1
    OC2 CHILD=3 DOB=01/04/2022 SDQ_REASON=SDQ1
""")


@SSDA903.rule(
    "185",
    "An SDQ score is given for a child who was not looked after for the whole year",
    Episodes=EPISODES,
    OC2="SDQ_SCORE",
)
def no_score_of_part_of_a_year(looked_after: LookedAfter) -> Flags:
    """A child with no episode was not."""
    outcomes = looked_after.OC2
    partly = ~looked_after_all_year(looked_after, outcomes)
    return [outcomes.where(partly & outcomes.given("SDQ_SCORE"))]


no_score_of_part_of_a_year.examples("""
    Episodes DECOM=02/04/2026 RNE=S LS=C2
    OC2 SDQ_SCORE=5 !
    OC2
    Episodes CHILD=2 DECOM=01/04/2026 RNE=S LS=C2
    OC2 CHILD=2 SDQ_SCORE=5
    OC2 CHILD=3 SDQ_SCORE=5 !
    Episodes CHILD=4 DECOM=01/04/2020 DEC=30/03/2027 REC=E8 LS=C2
    OC2 CHILD=4 SDQ_SCORE=5 !
""")


@SSDA903.rule(
    "198",
    "Why there is no SDQ score is given for a child who was not looked after for the whole year",
    Episodes=EPISODES,
    OC2="SDQ_REASON",
)
def no_reason_of_part_of_a_year(looked_after: LookedAfter) -> Flags:
    """A child with no episode was not."""
    outcomes = looked_after.OC2
    partly = ~looked_after_all_year(looked_after, outcomes)
    return [outcomes.where(partly & outcomes.given("SDQ_REASON"))]


no_reason_of_part_of_a_year.examples("""
    Episodes DECOM=01/01/2020 RNE=S LS=V4
    OC2 SDQ_REASON=SDQ2 !
    OC2
    Episodes CHILD=2 DECOM=01/01/2020 RNE=S LS=C2
    OC2 CHILD=2 SDQ_REASON=SDQ2
    OC2 CHILD=3 SDQ_REASON=SDQ2 !
""")


@SSDA903.rule(
    "186",
    "There is neither an SDQ score nor a reason for a child of 4 to 16 looked after all year",
    Episodes=EPISODES,
    OC2="DOB SDQ_SCORE SDQ_REASON",
)
def answered(looked_after: LookedAfter) -> Flags:
    """Of 4 when the year began, that day included, and not yet 17 when it ended."""
    outcomes = looked_after.OC2
    of_age = birthday(outcomes, 4) <= looked_after.starts
    of_age &= birthday(outcomes, 17) > looked_after.ends
    of_age &= looked_after_all_year(looked_after, outcomes)
    return [outcomes.where(of_age & ~any_given(outcomes, ANSWERS))]


answered.examples("""
    Episodes DECOM=01/01/2020 RNE=S LS=C2
    OC2 DOB=01/04/2022 !
    OC2 DOB=01/04/2010 !
    OC2 DOB=02/04/2022
    OC2 DOB=31/03/2010
    OC2 DOB=01/04/2022 SDQ_SCORE=5
    OC2 DOB=01/04/2022 SDQ_REASON=SDQ2
    OC2
    OC2 CHILD=2 DOB=01/04/2022
""")


@SSDA903.rule(
    "197B",
    "There is neither an SDQ score nor a reason for a child who turned 4 or 17 in the year",
    Episodes=EPISODES,
    OC2="DOB SDQ_REASON SDQ_SCORE",
)
def answered_in_the_years_of_change(looked_after: LookedAfter) -> Flags:
    """The child was looked after all year; the year's first and last day are in it."""
    outcomes = looked_after.OC2
    turned = looked_after.in_year(birthday(outcomes, 4))
    turned |= looked_after.in_year(birthday(outcomes, 17))
    asked = turned & looked_after_all_year(looked_after, outcomes)
    return [outcomes.where(asked & ~any_given(outcomes, ANSWERS))]


answered_in_the_years_of_change.examples("""
    Episodes DECOM=01/01/2020 RNE=S LS=C2
    OC2 DOB=01/04/2022 !
    OC2 DOB=31/03/2023 !
    OC2 DOB=01/04/2009 !
    OC2 DOB=31/03/2010 !
    OC2 DOB=31/03/2022
    OC2 DOB=01/04/2010
    OC2 DOB=01/04/2022 SDQ_SCORE=5
    OC2 DOB=01/04/2022 SDQ_REASON=SDQ1
    OC2 CHILD=2 DOB=01/04/2022
""")


@SSDA903.rule(
    "188",
    "An SDQ score, or a reason for none, is given for a child under 4",
    OC2="DOB SDQ_SCORE SDQ_REASON",
)
def not_of_the_youngest(looked_after: LookedAfter) -> Flags:
    """Under 4 when the year ended; turning 4 on its last day is old enough."""
    outcomes = looked_after.OC2
    young = birthday(outcomes, 4) > looked_after.ends
    return [outcomes.where(young & any_given(outcomes, ANSWERS))]


not_of_the_youngest.examples("""
    OC2 DOB=01/04/2023 SDQ_SCORE=5 !
    OC2 DOB=01/04/2023 SDQ_REASON=SDQ1 !
    OC2 DOB=31/03/2023 SDQ_SCORE=5
    OC2 DOB=01/04/2023
    OC2 SDQ_SCORE=5
""")


@SSDA903.rule(
    "189",
    "An SDQ score, or a reason for none, is given for one who had turned 17 before the year began",
    OC2="DOB SDQ_SCORE SDQ_REASON",
)
def not_of_the_oldest(looked_after: LookedAfter) -> Flags:
    """Turning 17 on its first day is young enough."""
    outcomes = looked_after.OC2
    old = birthday(outcomes, 17) < looked_after.starts
    return [outcomes.where(old & any_given(outcomes, ANSWERS))]


not_of_the_oldest.examples("""
    OC2 DOB=31/03/2009 SDQ_SCORE=5 !
    OC2 DOB=31/03/2009 SDQ_REASON=SDQ1 !
    OC2 DOB=01/04/2009 SDQ_SCORE=5
    OC2 DOB=31/03/2009
    OC2 SDQ_SCORE=5
""")


@SSDA903.rule("197a", "There is both an SDQ score and a reason for none", OC2=" ".join(ANSWERS))
def score_or_reason(looked_after: LookedAfter) -> Flags:
    """Whatever they are."""
    outcomes = looked_after.OC2
    return [outcomes.where(all_given(outcomes, ANSWERS))]


score_or_reason.examples("""
    OC2 SDQ_SCORE=5 SDQ_REASON=SDQ1 !
    OC2 SDQ_SCORE=5
    OC2 SDQ_REASON=SDQ1
    OC2
""")
