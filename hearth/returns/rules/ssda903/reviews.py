"""Reviews, and how the child took part in each."""

from hearth.returns.checking.looked_after import LookedAfter
from hearth.returns.checking.rule import Flags
from hearth.returns.rules.books import SSDA903
from hearth.returns.rules.ssda903.answers import any_given, birthday, of_children
from hearth.returns.rules.ssda903.terms import short_break
from hearth.returns.rules.ssda903.values import a_day

UNDER_FOUR = "PN0"
FROM_FOUR = ("PN1", "PN2", "PN3", "PN4", "PN5", "PN6", "PN7")

review = a_day(
    "166", "The date of the review is missing or is not a date", "Reviews", "REVIEW", blank=False
)


@SSDA903.rule(
    "167",
    "How the child took part in the review is missing, is not one of the codes, or has no review",
    Reviews="REVIEW REVIEW_CODE",
)
def took_part(looked_after: LookedAfter) -> Flags:
    """A row with neither a review nor a code is sound."""
    reviews = looked_after.Reviews
    sound = reviews.given("REVIEW") & reviews.is_("REVIEW_CODE", UNDER_FOUR, *FROM_FOUR)
    sound |= reviews.blank("REVIEW") & reviews.blank("REVIEW_CODE")
    return [reviews.where(~sound)]


took_part.examples("""
    Reviews REVIEW=01/05/2026 REVIEW_CODE=PN0
    Reviews REVIEW=01/05/2026 REVIEW_CODE=PN7
    Reviews
    Reviews REVIEW=01/05/2026 !
    Reviews REVIEW=01/05/2026 REVIEW_CODE=PN8 !
    Reviews REVIEW_CODE=PN1 !
""")


@SSDA903.rule(
    "399",
    "Being a mother, or a review, is recorded for a child looked after only on short breaks",
    Header="MOTHER",
    Episodes="LS",
    Reviews="REVIEW REVIEW_CODE",
)
def none_on_short_breaks(looked_after: LookedAfter) -> Flags:
    """All that the return holds of such a child in the three tables is found."""
    children, episodes = looked_after.children, looked_after.Episodes
    header, reviews = looked_after.Header, looked_after.Reviews
    short = children.any(episodes) & ~children.any(episodes.where(~short_break(episodes)))
    reviewed = reviews.where(any_given(reviews, ("REVIEW", "REVIEW_CODE")))
    recorded = children.any(header.where(header.given("MOTHER"))) | children.any(reviewed)
    return of_children(children.where(short & recorded), header, episodes, reviews)


none_on_short_breaks.examples("""
    Header MOTHER=0 !
    Episodes LS=V3 !
    Episodes LS=V4 !
    Reviews !
    Header CHILD=2 !
    Episodes CHILD=2 LS=V4 !
    Reviews CHILD=2 REVIEW_CODE=PN1 !
    Header CHILD=3
    Episodes CHILD=3 LS=V4
    Header CHILD=4 MOTHER=1
    Episodes CHILD=4 LS=V4
    Episodes CHILD=4 LS=C2
    Reviews CHILD=4 REVIEW=01/05/2026
    Header CHILD=5 MOTHER=1
    Episodes CHILD=5
    Header CHILD=6 MOTHER=1
    Header CHILD= MOTHER=1
    Episodes CHILD= LS=V3
""")


@SSDA903.rule(
    "440",
    "The review is coded as of a child under 4, who was older",
    Reviews="DOB REVIEW REVIEW_CODE",
)
def under_four(looked_after: LookedAfter) -> Flags:
    """A review on the fourth birthday is sound."""
    reviews = looked_after.Reviews
    older = reviews.date("REVIEW") > birthday(reviews, 4)
    return [reviews.where(older & reviews.is_("REVIEW_CODE", UNDER_FOUR))]


under_four.examples("""
    Reviews DOB=01/05/2022 REVIEW=02/05/2026 REVIEW_CODE=PN0 !
    Reviews DOB=01/05/2022 REVIEW=01/05/2026 REVIEW_CODE=PN0
    Reviews DOB=01/05/2022 REVIEW=02/05/2026 REVIEW_CODE=PN1
    Reviews DOB=01/05/2022 REVIEW_CODE=PN0
    Reviews REVIEW=02/05/2026 REVIEW_CODE=PN0
""")


@SSDA903.rule(
    "441",
    "The review is coded as of a child of 4 or over, who was younger",
    Reviews="DOB REVIEW REVIEW_CODE",
)
def four_or_over(looked_after: LookedAfter) -> Flags:
    """A review on the fourth birthday is sound."""
    reviews = looked_after.Reviews
    younger = reviews.date("REVIEW") < birthday(reviews, 4)
    return [reviews.where(younger & reviews.is_("REVIEW_CODE", *FROM_FOUR))]


four_or_over.examples("""
    Reviews DOB=01/05/2022 REVIEW=30/04/2026 REVIEW_CODE=PN1 !
    Reviews DOB=01/05/2022 REVIEW=30/04/2026 REVIEW_CODE=PN7 !
    Reviews DOB=01/05/2022 REVIEW=01/05/2026 REVIEW_CODE=PN1
    Reviews DOB=01/05/2022 REVIEW=30/04/2026 REVIEW_CODE=PN0
    Reviews DOB=29/02/2024 REVIEW=28/02/2028 REVIEW_CODE=PN1 !
    Reviews REVIEW=30/04/2026 REVIEW_CODE=PN1
""")
