"""Who the child is."""

from hearth.returns.checking.looked_after import LookedAfter
from hearth.returns.checking.rule import Flags
from hearth.returns.rules.books import SSDA903


@SSDA903.rule("101", "Sex must be M, F or U", Header="SEX")
def sex(looked_after: LookedAfter) -> Flags:
    """A blank is not one of them."""
    children = looked_after.Header
    return [children.where(~children.is_("SEX", "M", "F", "U"))]


sex.examples("""
    Header SEX=M
    Header SEX=F
    Header SEX=U
    Header SEX=1 !
    Header !
""")
