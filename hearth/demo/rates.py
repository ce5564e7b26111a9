"""The national rates that the invented borough's families are protected at.

England, year ending 31 March 2025 (Department for Education, Children in need, published 2025),
each for every 10,000 children unless it is a share. A borough has its own; these are its measure.
"""

from collections.abc import Sequence

REFERRALS = 519.4
ENQUIRIES = 189.3
CONFERENCES = 59.2
PLANS_STARTED = 50.8
PLANS_AT_YEAR_END = 40.6
CONFERENCES_IN_TIME = 0.814
REVIEWED_IN_TIME = 0.906
SECOND_PLANS = 0.245
# Of every hundred plans, by the category they start under; rounded.
CATEGORIES: Sequence[tuple[str, float]] = (
    ("NEG", 48.0),
    ("EMO", 37.0),
    ("PHY", 7.0),
    ("SAB", 4.0),
    ("MUL", 4.0),
)
# No figure is published of either: of a hundred initial conferences, those about a family that came
# with another authority's plan, and of a hundred that made a plan, those whose plan went elsewhere.
MOVED_IN = 0.03
MOVED_AWAY = 0.03

# What follows from them.
ENQUIRIES_TO_CONFERENCE = CONFERENCES / ENQUIRIES
CONFERENCES_TO_PLAN = PLANS_STARTED / CONFERENCES
ENQUIRIES_OF_REFERRALS = ENQUIRIES / REFERRALS
CONFERENCES_OF_REFERRALS = CONFERENCES / REFERRALS
STANDING_OF_REFERRALS = PLANS_AT_YEAR_END / REFERRALS
