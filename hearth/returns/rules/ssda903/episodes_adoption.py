"""An adoption, as the child's episodes and the adoption itself tell it."""

from hearth.returns.checking.looked_after import CHILD, LookedAfter
from hearth.returns.checking.rule import Flags
from hearth.returns.checking.spans import falling
from hearth.returns.checking.tables import Rows
from hearth.returns.rules.books import SSDA903
from hearth.returns.rules.ssda903.answers import ADOPTION, all_given
from hearth.returns.rules.ssda903.care import latest
from hearth.returns.rules.ssda903.episodes_terms import FOR_ADOPTION, of_child
from hearth.returns.rules.ssda903.terms import ADOPTED


def _adopted(looked_after: LookedAfter) -> Rows:
    episodes = looked_after.Episodes
    return episodes.where(episodes.is_("REC", *ADOPTED))


def _begun_before(episodes: Rows, adoptions: Rows, column: str) -> Flags:
    """The episodes that began before a day of the child's adoption, and those adoptions."""
    began, days = episodes.date("DECOM"), adoptions.date(column)
    reached = episodes.up(CHILD).latest(adoptions, days)
    first = adoptions.up(CHILD).earliest(episodes, began)
    return [episodes.where(reached > began), adoptions.where(days > first)]


@SSDA903.rule(
    "331",
    "The child was matched with their adopters after the episode that ended in adoption began",
    Episodes="DECOM REC",
    AD1="DATE_MATCH",
)
def matched_before_adoption(looked_after: LookedAfter) -> Flags:
    """On the day it began is sound."""
    return _begun_before(_adopted(looked_after), looked_after.AD1, "DATE_MATCH")


matched_before_adoption.examples("""
    Episodes CHILD=1 DECOM=01/05/2026 REC=E11 !
    AD1 CHILD=1 DATE_MATCH=02/05/2026 !
    Episodes CHILD=2 DECOM=01/05/2026 REC=E12
    AD1 CHILD=2 DATE_MATCH=01/05/2026
    Episodes CHILD=3 DECOM=01/04/2026 REC=X1
    AD1 CHILD=3 DATE_MATCH=02/05/2026
    Episodes CHILD=4 DECOM=01/05/2026 REC=E12
    AD1 CHILD=4
    Episodes CHILD=5 DECOM=01/05/2026 REC=E12
""")


@SSDA903.rule(
    "334",
    "Adoption was decided on before the child's latest period of being looked after began",
    Episodes="DECOM RNE",
    AD1="DATE_INT",
)
def decided_in_care(looked_after: LookedAfter) -> Flags:
    """On the day it began is sound. A child whose start is not in the return is not tested."""
    episodes, adoptions = looked_after.Episodes, looked_after.AD1
    starts = latest(episodes.where(episodes.is_("RNE", "S")), "DECOM")
    mine = of_child(adoptions, starts)
    early = adoptions.date("DATE_INT") < mine.date("DECOM")
    return [mine.where(early), adoptions.where(early)]


decided_in_care.examples("""
    Episodes CHILD=1 DECOM=01/05/2026 RNE=S !
    Episodes CHILD=1 DECOM=01/04/2024 RNE=S
    Episodes CHILD=1 DECOM=01/08/2026 RNE=P
    AD1 CHILD=1 DATE_INT=30/04/2026 !
    Episodes CHILD=2 DECOM=01/05/2026 RNE=S
    AD1 CHILD=2 DATE_INT=01/05/2026
    Episodes CHILD=3 DECOM=01/05/2026 RNE=P
    AD1 CHILD=3 DATE_INT=01/03/2026
    Episodes CHILD=4 RNE=S
    AD1 CHILD=4 DATE_INT=01/03/2026
    AD1 CHILD=5 DATE_INT=01/03/2026
""")


def _placed_and_said(episodes: Rows, adoptions: Rows, places: tuple[str, ...], said: str) -> Flags:
    """Episodes in some placements, and adoptions that say this of the foster carer, of a child."""
    placed = episodes.where(episodes.is_("PLACE", *places))
    told = adoptions.where(adoptions.is_("FOSTER_CARE", said))
    return [
        placed.where(placed.up(CHILD).any(told)),
        told.where(told.up(CHILD).any(placed)),
    ]


@SSDA903.rule(
    "335",
    "Whether the foster carer adopted the child does not fit the placement for adoption",
    Episodes="PLACE REC",
    AD1="FOSTER_CARE",
)
def adopted_by_foster_carer(looked_after: LookedAfter) -> Flags:
    """A3 and A5 are with the current foster carer, A4 and A6 not; a blank passes.

    A1, A2 and E1, codes of before, are read as what they were.
    """
    episodes, adoptions = looked_after.Episodes, looked_after.AD1
    adopted = episodes.where(episodes.is_("REC", "E1", *ADOPTED))
    return [
        *_placed_and_said(adopted, adoptions, ("A2", "A3", "A5"), "0"),
        *_placed_and_said(adopted, adoptions, ("A1", "A4", "A6"), "1"),
    ]


adopted_by_foster_carer.examples("""
    Episodes CHILD=1 PLACE=A3 REC=E11 !
    AD1 CHILD=1 FOSTER_CARE=0 !
    Episodes CHILD=2 PLACE=A5 REC=E12
    AD1 CHILD=2 FOSTER_CARE=1
    Episodes CHILD=3 PLACE=A4 REC=E12 !
    AD1 CHILD=3 FOSTER_CARE=1 !
    Episodes CHILD=4 PLACE=A6 REC=E11
    AD1 CHILD=4 FOSTER_CARE=0
    Episodes CHILD=5 PLACE=A6 REC=X1
    AD1 CHILD=5 FOSTER_CARE=1
    Episodes CHILD=6 PLACE=A3 REC=E11
    AD1 CHILD=6
    Episodes CHILD=7 PLACE=A2 REC=E1 !
    AD1 CHILD=7 FOSTER_CARE=0 !
    Episodes CHILD=8 PLACE=A1 REC=E1 !
    AD1 CHILD=8 FOSTER_CARE=1 !
""")


@SSDA903.rule(
    "521",
    "The child was placed for adoption before the authority decided on adoption",
    Episodes="PLACE DECOM",
    AD1="DATE_INT",
)
def decided_before_placed(looked_after: LookedAfter) -> Flags:
    """Each placement for adoption is compared; on the same day is sound."""
    episodes = looked_after.Episodes
    placed = episodes.where(episodes.is_("PLACE", *FOR_ADOPTION))
    return _begun_before(placed, looked_after.AD1, "DATE_INT")


decided_before_placed.examples("""
    Episodes CHILD=1 PLACE=A3 DECOM=01/05/2026 !
    Episodes CHILD=1 PLACE=A4 DECOM=01/06/2026
    AD1 CHILD=1 DATE_INT=02/05/2026 !
    Episodes CHILD=2 PLACE=A6 DECOM=01/05/2026
    AD1 CHILD=2 DATE_INT=01/05/2026
    Episodes CHILD=3 PLACE=U4 DECOM=01/05/2026
    AD1 CHILD=3 DATE_INT=02/05/2026
    Episodes CHILD=4 PLACE=A3 DECOM=01/05/2026
    AD1 CHILD=4
    Episodes CHILD=5 PLACE=A3
    AD1 CHILD=5 DATE_INT=02/05/2026
""")


@SSDA903.rule(
    "582",
    "The child was adopted on the day that they were matched with their adopters",
    Episodes="DEC REC",
    AD1="DATE_MATCH",
)
def matched_another_day(looked_after: LookedAfter) -> Flags:
    """However the days are written; two blanks are not the same day."""
    episodes, adoptions = _adopted(looked_after), looked_after.AD1
    days = adoptions.date("DATE_MATCH")
    found, _ = falling(episodes, episodes.date("DEC"), adoptions, days, days, within=CHILD)
    return [found]


matched_another_day.examples("""
    Episodes CHILD=1 DEC=01/05/2026 REC=E11 !
    AD1 CHILD=1 DATE_MATCH=1/5/2026
    Episodes CHILD=2 DEC=02/05/2026 REC=E11
    AD1 CHILD=2 DATE_MATCH=01/05/2026
    Episodes CHILD=3 DEC=01/05/2026 REC=X1
    AD1 CHILD=3 DATE_MATCH=01/05/2026
    Episodes CHILD=4 REC=E11
    AD1 CHILD=4
    Episodes CHILD=5 DEC=01/05/2026 REC=E12
""")


@SSDA903.rule(
    "601",
    "The child was adopted in the year, and the items of the adoption are not all given",
    Episodes="DEC REC",
    AD1="DATE_INT DATE_MATCH FOSTER_CARE NB_ADOPTR SEX_ADOPTR LS_ADOPTR",
)
def adoption_told(looked_after: LookedAfter) -> Flags:
    """A child with no adoption in the return at all is found too, by the episode."""
    episodes, adoptions = _adopted(looked_after), looked_after.AD1
    episodes = episodes.where(looked_after.in_year(episodes.date("DEC")))
    blank = ~all_given(adoptions, ADOPTION)
    untold = adoptions.where(blank & adoptions.up(CHILD).any(episodes))
    children = episodes.up(CHILD)
    return [episodes.where(children.any(untold) | ~children.any(adoptions)), untold]


adoption_told.examples("""
    Episodes CHILD=1 DEC=01/05/2026 REC=E11
    AD1 CHILD=1 DATE_INT=x DATE_MATCH=x FOSTER_CARE=0 NB_ADOPTR=1 SEX_ADOPTR=M1 LS_ADOPTR=L0
    Episodes CHILD=2 DEC=31/03/2027 REC=E12 !
    AD1 CHILD=2 DATE_INT=x DATE_MATCH=x FOSTER_CARE=0 NB_ADOPTR=1 SEX_ADOPTR=M1 !
    Episodes CHILD=3 DEC=01/04/2026 REC=E12 !
    Episodes CHILD=4 DEC=31/03/2026 REC=E12
    AD1 CHILD=4
    Episodes CHILD=5 DEC=01/05/2026 REC=E8
    AD1 CHILD=5
    Episodes CHILD=6 REC=E11
    AD1 CHILD=7
    ----
    AD1 CHILD=1
""")
