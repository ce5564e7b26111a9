"""The health and conduct of a child looked after for a year."""

import numpy as np

from hearth.returns.checking.looked_after import LookedAfter
from hearth.returns.checking.rule import Flags
from hearth.returns.rules.books import SSDA903
from hearth.returns.rules.ssda903.answers import (
    OF_EVERY_CHILD,
    OF_SOME_CHILDREN,
    OUTCOMES,
    all_given,
    any_given,
    birthday,
)
from hearth.returns.rules.ssda903.terms import looked_after_all_year

EPISODES = "DECOM DEC RNE REC LS"
# A child may be convicted from the one age, and has developmental checks to the other.
RESPONSIBLE, CHECKED = 10, 5


@SSDA903.rule("181", "An answer about health or conduct is neither 0 nor 1", OC2=" ".join(OUTCOMES))
def yes_or_no(looked_after: LookedAfter) -> Flags:
    """A blank is sound."""
    outcomes = looked_after.OC2
    sound = [outcomes.blank(name) | outcomes.is_(name, "0", "1") for name in OUTCOMES]
    return [outcomes.where(~np.logical_and.reduce(sound))]


yes_or_no.examples("""
    OC2 CONVICTED=0 HEALTH_CHECK=1
    OC2
    OC2 CONVICTED=2 !
    OC2 HEALTH_CHECK=Y !
    OC2 IMMUNISATIONS=2 !
    OC2 TEETH_CHECK=2 !
    OC2 HEALTH_ASSESSMENT=2 !
    OC2 SUBSTANCE_MISUSE=2 !
    OC2 INTERVENTION_RECEIVED=2 !
    OC2 INTERVENTION_OFFERED=00 !
""")


@SSDA903.rule(
    "158",
    "Whether help with substance misuse was offered is answered, though it was received",
    OC2="INTERVENTION_OFFERED INTERVENTION_RECEIVED",
)
def offered_only_if_not_received(looked_after: LookedAfter) -> Flags:
    """Whatever the answer."""
    outcomes = looked_after.OC2
    received = outcomes.is_("INTERVENTION_RECEIVED", "1")
    return [outcomes.where(received & outcomes.given("INTERVENTION_OFFERED"))]


offered_only_if_not_received.examples("""
    OC2 INTERVENTION_RECEIVED=1 INTERVENTION_OFFERED=0 !
    OC2 INTERVENTION_RECEIVED=1 INTERVENTION_OFFERED=1 !
    OC2 INTERVENTION_RECEIVED=1
    OC2 INTERVENTION_RECEIVED=0 INTERVENTION_OFFERED=1
    OC2 INTERVENTION_OFFERED=1
""")


@SSDA903.rule(
    "159",
    "Nothing says whether help was offered to a child with substance misuse who received none",
    OC2="INTERVENTION_OFFERED SUBSTANCE_MISUSE INTERVENTION_RECEIVED",
)
def offered_if_not_received(looked_after: LookedAfter) -> Flags:
    """Only where it is said that none was received."""
    outcomes = looked_after.OC2
    none = outcomes.is_("SUBSTANCE_MISUSE", "1") & outcomes.is_("INTERVENTION_RECEIVED", "0")
    return [outcomes.where(none & outcomes.blank("INTERVENTION_OFFERED"))]


offered_if_not_received.examples("""
    OC2 SUBSTANCE_MISUSE=1 INTERVENTION_RECEIVED=0 !
    OC2 SUBSTANCE_MISUSE=1 INTERVENTION_RECEIVED=0 INTERVENTION_OFFERED=0
    OC2 SUBSTANCE_MISUSE=1 INTERVENTION_RECEIVED=1
    OC2 SUBSTANCE_MISUSE=1
    OC2 SUBSTANCE_MISUSE=0 INTERVENTION_RECEIVED=0
""")


@SSDA903.rule(
    "192",
    "Nothing says whether a child with substance misuse received help",
    OC2="INTERVENTION_RECEIVED SUBSTANCE_MISUSE",
)
def help_with_misuse(looked_after: LookedAfter) -> Flags:
    """Yes or no."""
    outcomes = looked_after.OC2
    misuse = outcomes.is_("SUBSTANCE_MISUSE", "1")
    return [outcomes.where(misuse & outcomes.blank("INTERVENTION_RECEIVED"))]


help_with_misuse.examples("""
    OC2 SUBSTANCE_MISUSE=1 !
    OC2 SUBSTANCE_MISUSE=1 INTERVENTION_RECEIVED=0
    OC2 SUBSTANCE_MISUSE=0
    OC2
""")


@SSDA903.rule(
    "193",
    "Help with substance misuse is answered for a child who is not said to have misused any",
    OC2="SUBSTANCE_MISUSE INTERVENTION_RECEIVED INTERVENTION_OFFERED",
)
def no_help_without_misuse(looked_after: LookedAfter) -> Flags:
    """Where misuse is answered no, or not answered."""
    outcomes = looked_after.OC2
    none = outcomes.is_("SUBSTANCE_MISUSE", "0") | outcomes.blank("SUBSTANCE_MISUSE")
    answered = any_given(outcomes, ("INTERVENTION_RECEIVED", "INTERVENTION_OFFERED"))
    return [outcomes.where(none & answered)]


no_help_without_misuse.examples("""
    OC2 SUBSTANCE_MISUSE=0 INTERVENTION_RECEIVED=0 !
    OC2 INTERVENTION_OFFERED=1 !
    OC2 SUBSTANCE_MISUSE=0
    OC2 SUBSTANCE_MISUSE=1 INTERVENTION_RECEIVED=0 INTERVENTION_OFFERED=1
    OC2
""")


@SSDA903.rule(
    "182",
    "What is asked of every child is missing, though what is asked of some is answered",
    OC2=" ".join(OUTCOMES),
)
def answered_of_every_child(looked_after: LookedAfter) -> Flags:
    """Immunisations, teeth, the health assessment and substance misuse are asked of every child."""
    outcomes = looked_after.OC2
    some = any_given(outcomes, OF_SOME_CHILDREN)
    return [outcomes.where(some & ~all_given(outcomes, OF_EVERY_CHILD))]


answered_of_every_child.examples("""
    OC2 CONVICTED=0 !
    OC2 HEALTH_CHECK=1 IMMUNISATIONS=1 TEETH_CHECK=1 HEALTH_ASSESSMENT=1 !
    OC2 INTERVENTION_RECEIVED=1 TEETH_CHECK=1 HEALTH_ASSESSMENT=1 SUBSTANCE_MISUSE=1 !
    OC2 INTERVENTION_OFFERED=1 IMMUNISATIONS=1 SUBSTANCE_MISUSE=1 !
    OC2 CONVICTED=0 IMMUNISATIONS=1 TEETH_CHECK=1 HEALTH_ASSESSMENT=1 SUBSTANCE_MISUSE=0
    OC2 IMMUNISATIONS=1
    OC2
""")


@SSDA903.rule(
    "544",
    "Whether the child was convicted is answered, but not what is asked of every child",
    OC2=" ".join((*OF_EVERY_CHILD, "CONVICTED")),
)
def answered_with_convictions(looked_after: LookedAfter) -> Flags:
    """Whichever the answer."""
    outcomes = looked_after.OC2
    return [outcomes.where(outcomes.given("CONVICTED") & ~all_given(outcomes, OF_EVERY_CHILD))]


answered_with_convictions.examples("""
    OC2 CONVICTED=1 !
    OC2 CONVICTED=0 IMMUNISATIONS=1 TEETH_CHECK=1 HEALTH_ASSESSMENT=1 !
    OC2 CONVICTED=0 IMMUNISATIONS=1 TEETH_CHECK=1 HEALTH_ASSESSMENT=1 SUBSTANCE_MISUSE=0
    OC2 IMMUNISATIONS=1
""")


@SSDA903.rule(
    "547",
    "Whether health checks are up to date is answered, but not what is asked of every child",
    OC2=" ".join((*OF_EVERY_CHILD, "HEALTH_CHECK")),
)
def answered_with_health_checks(looked_after: LookedAfter) -> Flags:
    """Whichever the answer."""
    outcomes = looked_after.OC2
    return [outcomes.where(outcomes.given("HEALTH_CHECK") & ~all_given(outcomes, OF_EVERY_CHILD))]


answered_with_health_checks.examples("""
    OC2 HEALTH_CHECK=1 !
    OC2 HEALTH_CHECK=0 IMMUNISATIONS=1 TEETH_CHECK=1 HEALTH_ASSESSMENT=1 !
    OC2 HEALTH_CHECK=0 IMMUNISATIONS=1 TEETH_CHECK=1 HEALTH_ASSESSMENT=1 SUBSTANCE_MISUSE=0
    OC2 IMMUNISATIONS=1
""")


@SSDA903.rule(
    "190",
    "Health or conduct is answered for a child who was not looked after for the whole year",
    Episodes=EPISODES,
    OC2=" ".join(OUTCOMES),
)
def not_of_part_of_a_year(looked_after: LookedAfter) -> Flags:
    """A child with no episode was not."""
    outcomes = looked_after.OC2
    partly = ~looked_after_all_year(looked_after, outcomes)
    return [outcomes.where(partly & any_given(outcomes, OUTCOMES))]


not_of_part_of_a_year.examples("""
    Episodes DECOM=02/04/2026 RNE=S LS=C2
    OC2 CONVICTED=0 !
    OC2 TEETH_CHECK=1 !
    OC2 SDQ_SCORE=5
    Episodes CHILD=2 DECOM=01/04/2026 RNE=S LS=C2
    OC2 CHILD=2 CONVICTED=0
    OC2 CHILD=3 INTERVENTION_OFFERED=1 !
""")


@SSDA903.rule(
    "542",
    "Whether a child under 10 was convicted is answered",
    OC2="DOB CONVICTED",
)
def convicted_only_from_ten(looked_after: LookedAfter) -> Flags:
    """Under 10 when the year ended; turning 10 on its last day is old enough."""
    outcomes = looked_after.OC2
    young = birthday(outcomes, RESPONSIBLE) > looked_after.ends
    return [outcomes.where(young & outcomes.given("CONVICTED"))]


convicted_only_from_ten.examples("""
    OC2 DOB=01/04/2017 CONVICTED=0 !
    OC2 DOB=31/03/2017 CONVICTED=0
    OC2 DOB=01/04/2017
    OC2 CONVICTED=0
""")


@SSDA903.rule(
    "543",
    "Nothing says whether a child of 10 or over, looked after all year, was convicted",
    Episodes=EPISODES,
    OC2="DOB CONVICTED",
)
def convicted_or_not_from_ten(looked_after: LookedAfter) -> Flags:
    """Of 10 when the year ended, its last day included."""
    outcomes = looked_after.OC2
    asked = birthday(outcomes, RESPONSIBLE) <= looked_after.ends
    asked &= looked_after_all_year(looked_after, outcomes)
    return [outcomes.where(asked & outcomes.blank("CONVICTED"))]


convicted_or_not_from_ten.examples("""
    Episodes DECOM=01/01/2020 RNE=S LS=C2
    OC2 DOB=31/03/2017 !
    OC2 DOB=01/04/2017
    OC2 DOB=31/03/2017 CONVICTED=0
    OC2
    OC2 CHILD=2 DOB=31/03/2017
""")


@SSDA903.rule(
    "545",
    "Nothing says whether health checks are up to date for a child under 5 looked after all year",
    Episodes=EPISODES,
    OC2="DOB HEALTH_CHECK",
)
def checked_to_five(looked_after: LookedAfter) -> Flags:
    """Under 5 when the year ended."""
    outcomes = looked_after.OC2
    asked = birthday(outcomes, CHECKED) > looked_after.ends
    asked &= looked_after_all_year(looked_after, outcomes)
    return [outcomes.where(asked & outcomes.blank("HEALTH_CHECK"))]


checked_to_five.examples("""
    Episodes DECOM=01/01/2025 RNE=S LS=C2
    OC2 DOB=01/04/2022 !
    OC2 DOB=31/03/2022
    OC2 DOB=01/04/2022 HEALTH_CHECK=0
    OC2
    OC2 CHILD=2 DOB=01/04/2022
""")


@SSDA903.rule(
    "546",
    "The health checks of a child under 5 are answered for one who was older",
    Episodes=EPISODES,
    OC2="DOB HEALTH_CHECK",
)
def not_checked_from_five(looked_after: LookedAfter) -> Flags:
    """Of 5 when the year ended, its last day included, and looked after all year."""
    outcomes = looked_after.OC2
    old = birthday(outcomes, CHECKED) <= looked_after.ends
    old &= looked_after_all_year(looked_after, outcomes)
    return [outcomes.where(old & outcomes.given("HEALTH_CHECK"))]


not_checked_from_five.examples("""
    Episodes DECOM=01/01/2025 RNE=S LS=C2
    OC2 DOB=31/03/2022 HEALTH_CHECK=0 !
    OC2 DOB=01/04/2022 HEALTH_CHECK=0
    OC2 DOB=31/03/2022
    OC2 HEALTH_CHECK=0
    OC2 CHILD=2 DOB=31/03/2022 HEALTH_CHECK=0
""")
