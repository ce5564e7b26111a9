"""The child's age, and the placement and the reason for leaving care that go with it."""

from hearth.returns.checking.looked_after import LookedAfter
from hearth.returns.checking.rule import Flags
from hearth.returns.rules.books import SSDA903
from hearth.returns.rules.ssda903.answers import birthday
from hearth.returns.rules.ssda903.episodes_terms import FOR_ADOPTION, FOSTERING
from hearth.returns.rules.ssda903.terms import ADOPTED


def _placed_before(looked_after: LookedAfter, place: str, age: int) -> Flags:
    """The episodes in a placement that began before the birthday; on the birthday is sound."""
    episodes = looked_after.Episodes
    young = episodes.date("DECOM") < birthday(episodes.up("Header"), age)
    return [episodes.where(episodes.is_("PLACE", place) & young)]


@SSDA903.rule(
    "371",
    "The child was placed in supported accommodation before they were 16",
    Episodes="DECOM PLACE",
    Header="DOB",
)
def supported_accommodation_at_16(looked_after: LookedAfter) -> Flags:
    """Whether the episode has ceased or not."""
    return _placed_before(looked_after, "K3", 16)


supported_accommodation_at_16.examples("""
    Header DOB=02/05/2010
    Episodes PLACE=K3 DECOM=01/05/2026 !
    Episodes PLACE=K3 DECOM=01/05/2026 DEC=01/06/2026 !
    Episodes PLACE=K3 DECOM=02/05/2026
    Episodes PLACE=K2 DECOM=01/05/2026
    Episodes PLACE=K3
    Episodes CHILD=2 PLACE=K3 DECOM=01/05/2026
""")


@SSDA903.rule(
    "372",
    "The child was placed in custody before they were 10",
    Episodes="DECOM PLACE",
    Header="DOB",
)
def custody_at_10(looked_after: LookedAfter) -> Flags:
    """Whether the episode has ceased or not."""
    return _placed_before(looked_after, "R5", 10)


custody_at_10.examples("""
    Header DOB=02/05/2016
    Episodes PLACE=R5 DECOM=01/05/2026 !
    Episodes PLACE=R5 DECOM=02/05/2026
    Episodes PLACE=R1 DECOM=01/05/2026
""")


@SSDA903.rule(
    "373",
    "The child was placed in a residential school before they were 4",
    Episodes="DECOM PLACE",
    Header="DOB",
)
def residential_school_at_4(looked_after: LookedAfter) -> Flags:
    """Whether the episode has ceased or not."""
    return _placed_before(looked_after, "S1", 4)


residential_school_at_4.examples("""
    Header DOB=02/05/2022
    Episodes PLACE=S1 DECOM=01/05/2026 DEC=01/06/2026 !
    Episodes PLACE=S1 DECOM=02/05/2026
    Episodes PLACE=R1 DECOM=01/05/2026
""")


@SSDA903.rule(
    "374",
    "The child was placed in residential employment before they were 14",
    Episodes="DECOM PLACE",
    Header="DOB",
)
def residential_employment_at_14(looked_after: LookedAfter) -> Flags:
    """Whether the episode has ceased or not."""
    return _placed_before(looked_after, "P3", 14)


residential_employment_at_14.examples("""
    Header DOB=02/05/2012
    Episodes PLACE=P3 DECOM=01/05/2026 !
    Episodes PLACE=P3 DECOM=02/05/2026
    Episodes PLACE=P1 DECOM=01/05/2026
""")


@SSDA903.rule(
    "386",
    "The child was adopted on or after their 18th birthday",
    Episodes="DEC REC",
    Header="DOB",
)
def adopted_as_a_child(looked_after: LookedAfter) -> Flags:
    """A day that is missing passes."""
    episodes = looked_after.Episodes
    grown = episodes.date("DEC") >= birthday(episodes.up("Header"), 18)
    return [episodes.where(episodes.is_("REC", *ADOPTED) & grown)]


adopted_as_a_child.examples("""
    Header DOB=02/05/2008
    Episodes REC=E11 DEC=02/05/2026 !
    Episodes REC=E12 DEC=03/05/2026 !
    Episodes REC=E11 DEC=01/05/2026
    Episodes REC=E8 DEC=02/05/2026
    Episodes REC=E11
    Episodes CHILD=2 REC=E11 DEC=02/05/2026
""")


@SSDA903.rule(
    "387",
    "The child left care to live independently before they were 14",
    Episodes="DEC REC",
    Header="DOB",
)
def independent_at_14(looked_after: LookedAfter) -> Flags:
    """A day that is missing passes."""
    episodes = looked_after.Episodes
    young = episodes.date("DEC") < birthday(episodes.up("Header"), 14)
    return [episodes.where(episodes.is_("REC", "E5", "E6") & young)]


independent_at_14.examples("""
    Header DOB=02/05/2012
    Episodes REC=E5 DEC=01/05/2026 !
    Episodes REC=E6 DEC=01/05/2026 !
    Episodes REC=E5 DEC=02/05/2026
    Episodes REC=E7 DEC=01/05/2026
    Episodes REC=E5
    Episodes CHILD=2 REC=E5 DEC=01/05/2026
    Header CHILD=3
    Episodes CHILD=3 REC=E6 DEC=01/05/2026
""")


@SSDA903.rule(
    "389",
    "The child left care for adult social care before they were 16",
    Episodes="DEC REC",
    Header="DOB",
)
def adult_care_at_16(looked_after: LookedAfter) -> Flags:
    """A day that is missing passes."""
    episodes = looked_after.Episodes
    young = episodes.date("DEC") < birthday(episodes.up("Header"), 16)
    return [episodes.where(episodes.is_("REC", "E7") & young)]


adult_care_at_16.examples("""
    Header DOB=02/05/2010
    Episodes REC=E7 DEC=01/05/2026 !
    Episodes REC=E7 DEC=02/05/2026
    Episodes REC=E8 DEC=01/05/2026
    Episodes REC=E7
    Episodes CHILD=2 REC=E7 DEC=01/05/2026
""")


@SSDA903.rule(
    "460",
    "The child left care to stay with their carers as an adult before they were 18",
    Episodes="DEC REC",
    Header="DOB",
)
def stayed_with_carers_at_18(looked_after: LookedAfter) -> Flags:
    """A day that is missing passes."""
    episodes = looked_after.Episodes
    young = episodes.date("DEC") < birthday(episodes.up("Header"), 18)
    return [episodes.where(episodes.is_("REC", "E17") & young)]


stayed_with_carers_at_18.examples("""
    Header DOB=02/05/2008
    Episodes REC=E17 DEC=01/05/2026 !
    Episodes REC=E17 DEC=02/05/2026
    Episodes REC=E8 DEC=01/05/2026
    Episodes REC=E17
    Episodes CHILD=2 REC=E17 DEC=01/05/2026
""")


@SSDA903.rule(
    "390",
    "The child was adopted, but was not placed for adoption when the episode ceased",
    Episodes="PLACE REC",
)
def adopted_from_placement(looked_after: LookedAfter) -> Flags:
    """A blank placement is found."""
    episodes = looked_after.Episodes
    elsewhere = ~episodes.is_("PLACE", *FOR_ADOPTION)
    return [episodes.where(episodes.is_("REC", *ADOPTED) & elsewhere)]


adopted_from_placement.examples("""
    Episodes REC=E11 PLACE=A3
    Episodes REC=E12 PLACE=U5 !
    Episodes REC=E11 !
    Episodes REC=E8 PLACE=U5
""")


@SSDA903.rule(
    "516",
    "A former foster carer became the child's guardian, but the child was not in foster care",
    Episodes="REC PLACE",
)
def guardian_was_foster_carer(looked_after: LookedAfter) -> Flags:
    """E45 and E46; a blank placement is found."""
    episodes = looked_after.Episodes
    elsewhere = ~episodes.is_("PLACE", *FOSTERING)
    return [episodes.where(episodes.is_("REC", "E45", "E46") & elsewhere)]


guardian_was_foster_carer.examples("""
    Episodes REC=E45 PLACE=U1
    Episodes REC=E46 PLACE=U6
    Episodes REC=E45 PLACE=K2 !
    Episodes REC=E46 !
    Episodes REC=E47 PLACE=K2
""")
