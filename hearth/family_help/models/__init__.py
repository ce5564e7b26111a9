"""Reviews of child in need plans, and what each decided for each child."""

from hearth.family_help.models.reviews import (
    ENDS,
    InNeedReview,
    InNeedReviewChild,
    ReviewDecision,
)

__all__ = ["ENDS", "InNeedReview", "InNeedReviewChild", "ReviewDecision"]
