"""What last year's return says of the children whom this year's says were looked after before."""

from hearth.returns.checking.looked_after import CHILD, LookedAfter
from hearth.returns.checking.rule import Flags
from hearth.returns.rules.books import SSDA903
from hearth.returns.rules.ssda903.care import earliest, latest
from hearth.returns.rules.ssda903.episodes_terms import of_child


@SSDA903.rule(
    "502",
    "Last year's return left an episode open, and this year's does not begin with it",
    Episodes="DECOM",
    Episodes_last="DECOM DEC",
)
def begins_with_the_open_one(looked_after: LookedAfter) -> Flags:
    """The child's earliest began on another day than the latest that was left open."""
    first, last = earliest(looked_after.Episodes, "DECOM"), looked_after.Episodes_last
    open_ = of_child(first, latest(last.where(last.blank("DEC")), "DECOM"))
    return [first.where(open_.there & (first.date("DECOM") != open_.date("DECOM")))]


begins_with_the_open_one.examples("""
    Episodes_last CHILD=1 DECOM=01/05/2025
    Episodes CHILD=1 DECOM=1/5/2025
    Episodes CHILD=1 DECOM=01/05/2026
    Episodes_last CHILD=2 DECOM=01/05/2025
    Episodes CHILD=2 DECOM=02/05/2025 !
    Episodes CHILD=2 DECOM=01/05/2026
    Episodes_last CHILD=3 DECOM=01/05/2025 DEC=01/06/2025
    Episodes CHILD=3 DECOM=01/05/2026
    Episodes_last CHILD=4 DECOM=01/04/2025
    Episodes_last CHILD=4 DECOM=01/05/2025
    Episodes CHILD=4 DECOM=01/05/2025
    Episodes_last CHILD=5
    Episodes CHILD=5 DECOM=01/05/2026
    Episodes CHILD=6 DECOM=01/05/2026
    Episodes_last CHILD=7 DECOM=01/05/2025 DEC=31/02/2026
    Episodes CHILD=7 DECOM=02/05/2025
""")


@SSDA903.rule(
    "562",
    "The child's first episode began before the year, and last year's return does not end with it",
    Episodes="DECOM",
    Episodes_last="DECOM",
)
def last_year_ended_with_it(looked_after: LookedAfter) -> Flags:
    """The latest of last year's began on another day, or there is none."""
    first = earliest(looked_after.Episodes, "DECOM")
    last = of_child(first, latest(looked_after.Episodes_last, "DECOM"))
    began = first.date("DECOM")
    return [first.where((began < looked_after.starts) & ~(last.date("DECOM") == began))]


last_year_ended_with_it.examples("""
    Episodes_last CHILD=1 DECOM=01/04/2025
    Episodes_last CHILD=1 DECOM=01/05/2025
    Episodes CHILD=1 DECOM=1/5/2025
    Episodes CHILD=1 DECOM=31/03/2026
    Episodes_last CHILD=2 DECOM=01/05/2025
    Episodes_last CHILD=2 DECOM=01/06/2025
    Episodes CHILD=2 DECOM=01/05/2025 !
    Episodes CHILD=3 DECOM=31/03/2026 !
    Episodes CHILD=4 DECOM=01/04/2026
    Episodes CHILD=5
""")


@SSDA903.rule(
    "NoE",
    "The episode began before the year, and last year's return has none of the child's",
    Episodes="CHILD DECOM",
    Episodes_last="CHILD",
)
def in_last_years_return(looked_after: LookedAfter) -> Flags:
    """Whatever last year's episodes say."""
    episodes = looked_after.Episodes
    children = episodes.up(CHILD)
    unknown = children.there & ~children.any(looked_after.Episodes_last)
    return [episodes.where(unknown & (episodes.date("DECOM") < looked_after.starts))]


in_last_years_return.examples("""
    Episodes_last CHILD=1
    Episodes CHILD=1 DECOM=31/03/2026
    Episodes CHILD=2 DECOM=31/03/2026 !
    Episodes CHILD=2 DECOM=01/03/2026 !
    Episodes CHILD=2 DECOM=01/04/2026
    Episodes CHILD=2
    Episodes CHILD= DECOM=31/03/2026
""")
