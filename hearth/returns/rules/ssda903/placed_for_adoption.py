"""Decisions that a child should be placed for adoption, and those that ceased."""

import numpy as np

from hearth.returns.checking.looked_after import CHILD, LookedAfter
from hearth.returns.checking.rule import Flags
from hearth.returns.checking.spans import falling
from hearth.returns.checking.tables import Rows
from hearth.returns.rules.books import SSDA903
from hearth.returns.rules.ssda903.answers import (
    ADOPTION,
    any_given,
    no_day,
    of_a_child,
    unlike_another,
)
from hearth.returns.rules.ssda903.values import a_day, one_of

placed = a_day(
    "115", "The day of the placement for adoption is not a date", "PlacedAdoption", "DATE_PLACED"
)
ceased = a_day(
    "116",
    "The day a placement for adoption ceased is not a date",
    "PlacedAdoption",
    "DATE_PLACED_CEASED",
)
reason = one_of(
    "120",
    "Why a placement for adoption ceased is not one of RD1 to RD4",
    "PlacedAdoption",
    "REASON_PLACED_CEASED",
    "RD1 RD2 RD3 RD4",
    blank=True,
)


@SSDA903.rule(
    "119",
    "The day a placement for adoption ceased is given without the reason, or the reason without it",
    PlacedAdoption="DATE_PLACED_CEASED REASON_PLACED_CEASED",
)
def day_and_reason(looked_after: LookedAfter) -> Flags:
    """A row with neither is sound."""
    placements = looked_after.PlacedAdoption
    day, why = placements.given("DATE_PLACED_CEASED"), placements.given("REASON_PLACED_CEASED")
    return [placements.where(day != why)]


day_and_reason.examples("""
    PlacedAdoption DATE_PLACED_CEASED=01/05/2026 REASON_PLACED_CEASED=RD1
    PlacedAdoption
    PlacedAdoption DATE_PLACED_CEASED=01/05/2026 !
    PlacedAdoption REASON_PLACED_CEASED=RD1 !
""")


@SSDA903.rule(
    "184",
    "The child was placed for adoption before being born",
    Header="DOB",
    PlacedAdoption="DATE_PLACED",
)
def born_before(looked_after: LookedAfter) -> Flags:
    """The date of birth is the Header's, and that day is sound."""
    placements = looked_after.PlacedAdoption
    early = placements.date("DATE_PLACED") < placements.up("Header").date("DOB")
    return [placements.where(early)]


born_before.examples("""
    Header DOB=02/05/2026
    PlacedAdoption DATE_PLACED=01/05/2026 !
    PlacedAdoption DATE_PLACED=02/05/2026
    PlacedAdoption
    PlacedAdoption CHILD=2 DATE_PLACED=01/05/2026 DOB=02/05/2026
    Header CHILD=3
    PlacedAdoption CHILD=3 DATE_PLACED=01/05/2026
""")


@SSDA903.rule(
    "522",
    "The placement for adoption ceased before it began",
    PlacedAdoption="DATE_PLACED_CEASED DATE_PLACED",
)
def began_before_it_ceased(looked_after: LookedAfter) -> Flags:
    """On the same day is sound."""
    placements = looked_after.PlacedAdoption
    early = placements.date("DATE_PLACED_CEASED") < placements.date("DATE_PLACED")
    return [placements.where(early)]


began_before_it_ceased.examples("""
    PlacedAdoption DATE_PLACED=02/05/2026 DATE_PLACED_CEASED=01/05/2026 !
    PlacedAdoption DATE_PLACED=02/05/2026 DATE_PLACED_CEASED=02/05/2026
    PlacedAdoption DATE_PLACED=02/05/2026
    PlacedAdoption DATE_PLACED_CEASED=01/05/2026
""")


@SSDA903.rule(
    "563",
    "A placement for adoption ceased that has no day on which it began",
    PlacedAdoption="DATE_PLACED REASON_PLACED_CEASED DATE_PLACED_CEASED",
)
def began_if_it_ceased(looked_after: LookedAfter) -> Flags:
    """It ceased where both the day and the reason are given."""
    placements = looked_after.PlacedAdoption
    ended = placements.given("REASON_PLACED_CEASED") & placements.given("DATE_PLACED_CEASED")
    return [placements.where(ended & placements.blank("DATE_PLACED"))]


began_if_it_ceased.examples("""
    PlacedAdoption DATE_PLACED_CEASED=01/05/2026 REASON_PLACED_CEASED=RD1 !
    PlacedAdoption DATE_PLACED=1/4/2026 DATE_PLACED_CEASED=01/05/2026 REASON_PLACED_CEASED=RD1
    PlacedAdoption DATE_PLACED_CEASED=01/05/2026
    PlacedAdoption REASON_PLACED_CEASED=RD1
    PlacedAdoption
""")


@SSDA903.rule(
    "523",
    "The day of the placement for adoption is not the one recorded with the adoption",
    AD1="DATE_INT",
    PlacedAdoption="DATE_PLACED",
)
def as_in_the_adoption(looked_after: LookedAfter) -> Flags:
    """Of a child with several, each is held against each; a row without a day is not."""
    adoptions, placements = looked_after.AD1, looked_after.PlacedAdoption
    with_adopters, placed_on = adoptions.date("DATE_INT"), placements.date("DATE_PLACED")
    return (
        adoptions.where(unlike_another(adoptions, with_adopters, placements, placed_on)),
        placements.where(unlike_another(placements, placed_on, adoptions, with_adopters)),
    )


as_in_the_adoption.examples("""
    AD1 DATE_INT=01/05/2026 !
    PlacedAdoption DATE_PLACED=02/05/2026 !
    PlacedAdoption DATE_PLACED=01/05/2026
    PlacedAdoption
    AD1 CHILD=2 DATE_INT=01/05/2026
    PlacedAdoption CHILD=2 DATE_PLACED=1/5/2026
    AD1 CHILD=3
    PlacedAdoption CHILD=3 DATE_PLACED=01/05/2026
    AD1 CHILD=4 DATE_INT=01/05/2026
    AD1 CHILD=4 DATE_INT=03/05/2026 !
    PlacedAdoption CHILD=4 DATE_PLACED=01/05/2026 !
""")


@SSDA903.rule(
    "525",
    "The child's placement for adoption ceased, and an adoption is recorded",
    AD1=" ".join(ADOPTION),
    PlacedAdoption="DATE_PLACED_CEASED",
)
def not_adopted_if_it_ceased(looked_after: LookedAfter) -> Flags:
    """Any answer about an adoption records it."""
    adoptions, placements = looked_after.AD1, looked_after.PlacedAdoption
    adoptions = adoptions.where(any_given(adoptions, ADOPTION))
    placements = placements.where(placements.given("DATE_PLACED_CEASED"))
    return (
        adoptions.where(adoptions.up(CHILD).any(placements)),
        placements.where(placements.up(CHILD).any(adoptions)),
    )


not_adopted_if_it_ceased.examples("""
    AD1 NB_ADOPTR=1 !
    AD1
    PlacedAdoption DATE_PLACED_CEASED=01/05/2026 !
    PlacedAdoption
    AD1 CHILD=2 NB_ADOPTR=1
    PlacedAdoption CHILD=2 REASON_PLACED_CEASED=RD1
    AD1 CHILD=3
    PlacedAdoption CHILD=3 DATE_PLACED_CEASED=01/05/2026
    PlacedAdoption CHILD=4 DATE_PLACED_CEASED=01/05/2026
""")


@SSDA903.rule(
    "579",
    "The child was placed for adoption again before the placement before had ceased",
    PlacedAdoption="DATE_PLACED DATE_PLACED_CEASED",
)
def one_at_a_time(looked_after: LookedAfter) -> Flags:
    """On the day that it ceased is sound; one that has no day of ceasing has not."""
    placements = of_a_child(looked_after.PlacedAdoption)
    placements = placements.ordered(CHILD, placements.date("DATE_PLACED"))
    before = placements.preceding(CHILD)
    until = before.date("DATE_PLACED_CEASED")
    early = np.isnat(until) | (placements.date("DATE_PLACED") < until)
    return [placements.where(before.there & early)]


one_at_a_time.examples("""
    PlacedAdoption DATE_PLACED=01/07/2026 !
    PlacedAdoption DATE_PLACED=01/05/2026 DATE_PLACED_CEASED=01/06/2026
    PlacedAdoption DATE_PLACED=01/06/2026
    PlacedAdoption CHILD=2 DATE_PLACED=01/05/2026 DATE_PLACED_CEASED=02/06/2026
    PlacedAdoption CHILD=2 DATE_PLACED=01/06/2026 !
    PlacedAdoption CHILD=3 DATE_PLACED=01/05/2026
    PlacedAdoption CHILD= DATE_PLACED=01/05/2026
    PlacedAdoption CHILD= DATE_PLACED=01/05/2026
""")


@SSDA903.rule(
    "583",
    "A placement for adoption that another followed has no day of ceasing",
    PlacedAdoption="DATE_PLACED DATE_PLACED_CEASED",
)
def ceased_before_the_latest(looked_after: LookedAfter) -> Flags:
    """The latest may or may not have ceased. A row with no day of being placed is left out."""
    placements = of_a_child(looked_after.PlacedAdoption)
    placements = placements.where(~no_day(placements, "DATE_PLACED"))
    placements = placements.ordered(CHILD, placements.date("DATE_PLACED"))
    followed = placements.following(CHILD).there
    return [placements.where(followed & placements.blank("DATE_PLACED_CEASED"))]


ceased_before_the_latest.examples("""
    PlacedAdoption DATE_PLACED=01/07/2026
    PlacedAdoption DATE_PLACED=02/06/2026 !
    PlacedAdoption DATE_PLACED=01/05/2026 DATE_PLACED_CEASED=01/06/2026
    PlacedAdoption
    PlacedAdoption CHILD=2 DATE_PLACED=31/01/2026 !
    PlacedAdoption CHILD=2 DATE_PLACED=01/02/2026 DATE_PLACED_CEASED=01/03/2026
""")


def _of_last_year(looked_after: LookedAfter) -> Rows:
    """Last year's placements that have a day on which they began."""
    before = looked_after.PlacedAdoption_last
    return before.where(~no_day(before, "DATE_PLACED"))


def _ended(before: Rows) -> Rows:
    return before.where(any_given(before, ("DATE_PLACED_CEASED", "REASON_PLACED_CEASED")))


@SSDA903.rule(
    "559",
    "The child was placed for adoption before the year, and not in last year's return",
    PlacedAdoption="DATE_PLACED",
    PlacedAdoption_last="DATE_PLACED",
)
def known_last_year(looked_after: LookedAfter) -> Flags:
    """Last year's return need only hold a day for the child."""
    placements = looked_after.PlacedAdoption
    known = placements.up(CHILD).any(_of_last_year(looked_after))
    return [placements.where((placements.date("DATE_PLACED") < looked_after.starts) & ~known)]


known_last_year.examples("""
    PlacedAdoption DATE_PLACED=31/03/2026 !
    PlacedAdoption DATE_PLACED=01/04/2026
    PlacedAdoption
    PlacedAdoption_last
    PlacedAdoption CHILD=2 DATE_PLACED=31/03/2026
    PlacedAdoption_last CHILD=2
    PlacedAdoption_last CHILD=2 DATE_PLACED=30/03/2026
    PlacedAdoption CHILD=3 DATE_PLACED=31/03/2026 !
""")


@SSDA903.rule(
    "560",
    "A placement for adoption that had not ceased in last year's return is not in this year's",
    PlacedAdoption="DATE_PLACED",
    PlacedAdoption_last="DATE_PLACED DATE_PLACED_CEASED",
)
def carried_on(looked_after: LookedAfter) -> Flags:
    """One of the child's rows this year must have the same day; where none has, each is found."""
    placements, before = looked_after.PlacedAdoption, _of_last_year(looked_after)
    before = before.where(before.blank("DATE_PLACED_CEASED"))
    days = placements.date("DATE_PLACED")
    again, _ = falling(before, before.date("DATE_PLACED"), placements, days, days, within=CHILD)
    return [placements.where(placements.up(CHILD).any(before.without(again)))]


carried_on.examples("""
    PlacedAdoption_last DATE_PLACED=01/05/2025
    PlacedAdoption DATE_PLACED=02/05/2025 !
    PlacedAdoption !
    PlacedAdoption_last CHILD=2 DATE_PLACED=01/05/2025
    PlacedAdoption CHILD=2 DATE_PLACED=1/5/2025
    PlacedAdoption CHILD=2 DATE_PLACED=01/05/2026
    PlacedAdoption_last CHILD=3 DATE_PLACED=01/05/2025 DATE_PLACED_CEASED=01/06/2025
    PlacedAdoption CHILD=3 DATE_PLACED=02/05/2025
    PlacedAdoption_last CHILD=4
    PlacedAdoption CHILD=4 DATE_PLACED=02/05/2025
    PlacedAdoption CHILD=5 DATE_PLACED=02/05/2025
    PlacedAdoption_last CHILD=6 DATE_PLACED=01/05/2025
""")


@SSDA903.rule(
    "561",
    "A placement for adoption is recorded that had already ceased in last year's return",
    PlacedAdoption="DATE_PLACED",
    PlacedAdoption_last="DATE_PLACED DATE_PLACED_CEASED REASON_PLACED_CEASED",
)
def not_ended_last_year(looked_after: LookedAfter) -> Flags:
    """It is the same one that began on the same day."""
    placements, ended = looked_after.PlacedAdoption, _ended(_of_last_year(looked_after))
    days, before = placements.date("DATE_PLACED"), ended.date("DATE_PLACED")
    found, _ = falling(placements, days, ended, before, before, within=CHILD)
    return [found]


not_ended_last_year.examples("""
    PlacedAdoption_last DATE_PLACED=01/05/2025 DATE_PLACED_CEASED=01/06/2025
    PlacedAdoption DATE_PLACED=1/5/2025 !
    PlacedAdoption DATE_PLACED=02/05/2025
    PlacedAdoption
    PlacedAdoption_last CHILD=2 DATE_PLACED=01/05/2025 REASON_PLACED_CEASED=RD1
    PlacedAdoption CHILD=2 DATE_PLACED=01/05/2025 !
    PlacedAdoption_last CHILD=3 DATE_PLACED=01/05/2025
    PlacedAdoption CHILD=3 DATE_PLACED=01/05/2025
    PlacedAdoption CHILD=4 DATE_PLACED=01/05/2025
""")


@SSDA903.rule(
    "584",
    "A placement for adoption did not begin later than one that ceased in last year's return",
    PlacedAdoption="DATE_PLACED",
    PlacedAdoption_last="DATE_PLACED DATE_PLACED_CEASED REASON_PLACED_CEASED",
)
def later_than_the_ended(looked_after: LookedAfter) -> Flags:
    """A row with no day of being placed did not. Either the day or the reason says one ceased."""
    placements, ended = looked_after.PlacedAdoption, _ended(_of_last_year(looked_after))
    children = placements.up(CHILD)
    later = placements.date("DATE_PLACED") > children.latest(ended, ended.date("DATE_PLACED"))
    return [placements.where(children.any(ended) & ~later)]


later_than_the_ended.examples("""
    PlacedAdoption_last DATE_PLACED=31/01/2025 DATE_PLACED_CEASED=01/06/2025
    PlacedAdoption DATE_PLACED=31/01/2025 !
    PlacedAdoption DATE_PLACED=30/01/2025 !
    PlacedAdoption !
    PlacedAdoption DATE_PLACED=01/02/2025
    PlacedAdoption_last CHILD=2 DATE_PLACED=01/05/2025 REASON_PLACED_CEASED=RD1
    PlacedAdoption CHILD=2 DATE_PLACED=01/05/2025 !
    PlacedAdoption_last CHILD=3 DATE_PLACED=01/05/2025
    PlacedAdoption CHILD=3
    PlacedAdoption_last CHILD=4 DATE_PLACED_CEASED=01/06/2025
    PlacedAdoption CHILD=4
    PlacedAdoption CHILD=5
""")
