"""Adoptions: when and by whom (AD1)."""

from typing import Any

from hearth.returns.checking.looked_after import CHILD, LookedAfter
from hearth.returns.checking.rule import Flags, Rule
from hearth.returns.rules.books import SSDA903
from hearth.returns.rules.ssda903.answers import ADOPTION, all_given, any_given, no_day
from hearth.returns.rules.ssda903.terms import ADOPTED
from hearth.returns.rules.ssda903.values import TRUE_OR_FALSE, a_day, one_of

ONE_ADOPTER = ("M1", "F1")
A_MAN_AND_A_WOMAN = ("MF",)
OF_ONE_SEX = ("MM", "FF")

placed = a_day(
    "112", "The day the child was placed with the adopters is not a date", "AD1", "DATE_INT"
)
matched = a_day(
    "113", "The day the child was matched with the adopters is not a date", "AD1", "DATE_MATCH"
)
foster_carer = one_of(
    "114",
    "Whether the adopter was the child's foster carer is neither 0 nor 1",
    "AD1",
    "FOSTER_CARE",
    TRUE_OR_FALSE,
    blank=True,
)
number = one_of(
    "175", "The number of adopters is neither 1 nor 2", "AD1", "NB_ADOPTR", "1 2", blank=True
)
sexes = one_of(
    "176",
    "The sex of the adopters is not one of the codes",
    "AD1",
    "SEX_ADOPTR",
    "M1 F1 MM FF MF",
    blank=True,
)
status = one_of(
    "177",
    "The legal status of the adopters is not one of the codes",
    "AD1",
    "LS_ADOPTR",
    "L0 L11 L12 L2 L3 L4",
    blank=True,
)


@SSDA903.rule(
    "151", "Some of the six answers about an adoption are missing", AD1=" ".join(ADOPTION)
)
def all_or_none(looked_after: LookedAfter) -> Flags:
    """A row that gives none of them is sound."""
    adoptions = looked_after.AD1
    return [adoptions.where(any_given(adoptions, ADOPTION) & ~all_given(adoptions, ADOPTION))]


all_or_none.examples("""
    AD1
    AD1 DATE_INT=1 DATE_MATCH=1 FOSTER_CARE=0 NB_ADOPTR=2 SEX_ADOPTR=MF LS_ADOPTR=L11
    AD1 DATE_INT=1 DATE_MATCH=1 FOSTER_CARE=0 NB_ADOPTR=2 SEX_ADOPTR=MF !
    AD1 DATE_MATCH=1 FOSTER_CARE=0 NB_ADOPTR=2 SEX_ADOPTR=MF LS_ADOPTR=L11 !
    AD1 FOSTER_CARE=0 !
""")


@SSDA903.rule(
    "333",
    "The child was matched before being placed with the adopters, or has no day of being placed",
    AD1="DATE_MATCH DATE_INT",
)
def matched_once_placed(looked_after: LookedAfter) -> Flags:
    """On the same day is sound. With no day of being matched there is nothing to ask."""
    adoptions = looked_after.AD1
    matched_on, placed_on = adoptions.date("DATE_MATCH"), adoptions.date("DATE_INT")
    return [adoptions.where(~no_day(adoptions, "DATE_MATCH") & ~(placed_on <= matched_on))]


matched_once_placed.examples("""
    AD1 DATE_MATCH=01/05/2026 DATE_INT=02/05/2026 !
    AD1 DATE_MATCH=01/05/2026 !
    AD1 DATE_MATCH=01/05/2026 DATE_INT=01/05/2026
    AD1 DATE_MATCH=02/05/2026 DATE_INT=01/05/2026
    AD1 DATE_INT=01/05/2026
    AD1 DATE_MATCH=31/02/2026
""")


@SSDA903.rule("511", "There are two adopters, and the sex of only one", AD1="SEX_ADOPTR NB_ADOPTR")
def sex_of_both(looked_after: LookedAfter) -> Flags:
    """A blank is for other rules."""
    adoptions = looked_after.AD1
    one = adoptions.is_("SEX_ADOPTR", *ONE_ADOPTER)
    return [adoptions.where(adoptions.is_("NB_ADOPTR", "2") & one)]


sex_of_both.examples("""
    AD1 NB_ADOPTR=2 SEX_ADOPTR=M1 !
    AD1 NB_ADOPTR=2 SEX_ADOPTR=F1 !
    AD1 NB_ADOPTR=2 SEX_ADOPTR=MF
    AD1 NB_ADOPTR=2
    AD1 NB_ADOPTR=1 SEX_ADOPTR=M1
""")


def _sexes_of(code: str, of: str, legal_status: str, *sound: str) -> Rule:
    """Declare which sexes adopters of a legal status may be; a blank is not sound."""
    message = f"The adopters are {of}, which does not agree with their sex"
    reads: dict[str, Any] = {"AD1": "LS_ADOPTR SEX_ADOPTR"}

    @SSDA903.rule(code, message, **reads)
    def agree(looked_after: LookedAfter) -> Flags:
        """The legal status, and the sex of one adopter or of two."""
        adoptions = looked_after.AD1
        of_status = adoptions.is_("LS_ADOPTR", legal_status)
        return [adoptions.where(of_status & ~adoptions.is_("SEX_ADOPTR", *sound))]

    couples = ONE_ADOPTER + A_MAN_AND_A_WOMAN + OF_ONE_SEX
    said = [f"{sexes}{'' if sexes in sound else ' !'}" for sexes in couples]
    agree.examples(
        "\n".join(
            [f"    AD1 LS_ADOPTR={legal_status} SEX_ADOPTR={sexes}" for sexes in said]
            + [f"    AD1 LS_ADOPTR={legal_status} !"]
            + [f"    AD1 SEX_ADOPTR={sexes}" for sexes in couples]
        )
    )
    return agree


single = _sexes_of("514", "one person, who is single", "L0", *ONE_ADOPTER)
unmarried = _sexes_of("517", "a man and a woman who are not married", "L3", *A_MAN_AND_A_WOMAN)
of_one_sex = _sexes_of("518", "of one sex, neither married nor civil partners", "L4", *OF_ONE_SEX)
partners = _sexes_of("519", "civil partners", "L2", *OF_ONE_SEX, *A_MAN_AND_A_WOMAN)
married = _sexes_of("520", "a man and a woman who are married", "L11", *A_MAN_AND_A_WOMAN)
married_of_one_sex = _sexes_of("524", "of one sex and married", "L12", *OF_ONE_SEX)


@SSDA903.rule(
    "602",
    "An adoption is recorded of a child none of whose episodes ended in adoption in the year",
    Episodes="DEC REC",
    AD1=" ".join(ADOPTION),
)
def episode_of_the_adoption(looked_after: LookedAfter) -> Flags:
    """Any of the six answers records it; the year's first and last day are in it."""
    episodes, adoptions = looked_after.Episodes, looked_after.AD1
    adopted = episodes.is_("REC", *ADOPTED) & looked_after.in_year(episodes.date("DEC"))
    ended = adoptions.up(CHILD).any(episodes.where(adopted))
    return [adoptions.where(any_given(adoptions, ADOPTION) & ~ended)]


episode_of_the_adoption.examples("""
    Episodes DEC=01/04/2026 REC=E11
    AD1 FOSTER_CARE=0
    Episodes CHILD=2 DEC=31/03/2027 REC=E12
    AD1 CHILD=2 DATE_INT=01/05/2026
    Episodes CHILD=3 DEC=31/03/2026 REC=E12
    AD1 CHILD=3 DATE_INT=01/05/2026 !
    Episodes CHILD=4 DEC=01/05/2026 REC=E8
    AD1 CHILD=4 DATE_INT=01/05/2026 !
    AD1 CHILD=4
    AD1 CHILD=5 NB_ADOPTR=1 !
""")
