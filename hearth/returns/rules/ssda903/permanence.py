"""How the child was cared for in permanence before starting to be looked after."""

from hearth.returns.checking.looked_after import LookedAfter
from hearth.returns.checking.rule import Flags
from hearth.returns.rules.books import SSDA903
from hearth.returns.rules.ssda903.answers import any_given
from hearth.returns.rules.ssda903.values import one_of

# The numbers of England's authorities, those that have since been merged or divided among them.
_NUMBERED = (
    *((201, 213), (301, 320), (330, 336), (340, 344), (350, 359), (370, 373), (380, 384)),
    *((390, 394), (420, 420), (800, 803), (805, 808), (810, 813), (815, 816), (821, 823)),
    *((825, 826), (830, 831), (835, 841), (845, 846), (850, 852), (855, 857), (860, 861)),
    *((865, 874), (876, 896), (908, 909), (916, 916), (919, 919), (921, 921), (925, 926)),
    *((928, 929), (931, 931), (933, 933), (935, 938), (940, 943)),
)
NOT_AVAILABLE = "999"
OUTSIDE_ENGLAND = ("WAL", "SCO", "NUK", "NIR")
AUTHORITIES = tuple(str(code) for first, last in _NUMBERED for code in range(first, last + 1))

kind = one_of(
    "631",
    "The previous permanence is not one of the codes",
    "PrevPerm",
    "PREV_PERM",
    "P1 P2 P3 P4 Z1",
    blank=True,
)
authority = one_of(
    "633",
    "The authority of the previous permanence is not one of the codes",
    "PrevPerm",
    "LA_PERM",
    " ".join((*AUTHORITIES, NOT_AVAILABLE, *OUTSIDE_ENGLAND)),
    blank=True,
)
authority.examples("""
    PrevPerm LA_PERM=838
    PrevPerm LA_PERM=943
    PrevPerm LA_PERM=ENG !
    PrevPerm LA_PERM=214 !
    PrevPerm LA_PERM=E06000059 !
""")


@SSDA903.rule(
    "635",
    "An authority or a date is given for a child with no previous permanence",
    PrevPerm="PREV_PERM LA_PERM DATE_PERM",
)
def nothing_of_none(looked_after: LookedAfter) -> Flags:
    """The code Z1 says that there was none; a blank says nothing."""
    before = looked_after.PrevPerm
    told = any_given(before, ("LA_PERM", "DATE_PERM"))
    return [before.where(before.is_("PREV_PERM", "Z1") & told)]


nothing_of_none.examples("""
    PrevPerm PREV_PERM=Z1 LA_PERM=999 !
    PrevPerm PREV_PERM=Z1 DATE_PERM=zz/zz/zzzz !
    PrevPerm PREV_PERM=Z1
    PrevPerm PREV_PERM=P1 LA_PERM=999
    PrevPerm LA_PERM=999
""")
