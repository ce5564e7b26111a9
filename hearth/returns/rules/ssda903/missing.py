"""Periods of being missing, or away from placement without authorisation."""

from hearth.returns.checking.looked_after import CHILD, LookedAfter
from hearth.returns.checking.rule import Flags
from hearth.returns.checking.spans import falling
from hearth.returns.rules.books import SSDA903
from hearth.returns.rules.ssda903.answers import no_day, of_a_child
from hearth.returns.rules.ssda903.care import (
    after_the_one_before,
    in_care,
    open_ended,
    periods_of_care,
)
from hearth.returns.rules.ssda903.values import a_day, one_of

start = a_day(
    "1004",
    "The day the child went missing is missing or is not a date",
    "Missing",
    "MIS_START",
    blank=False,
)
end = a_day("1005", "The day a missing child came back is not a date", "Missing", "MIS_END")
kind = one_of(
    "1006", "A missing period is coded neither M nor A", "Missing", "MISSING", "M A", blank=True
)


@SSDA903.rule("564", "A missing period has no day on which it began", Missing="MISSING MIS_START")
def has_a_start(looked_after: LookedAfter) -> Flags:
    """Asked of those with one of the codes."""
    missing = looked_after.Missing
    return [missing.where(missing.is_("MISSING", "M", "A") & missing.blank("MIS_START"))]


has_a_start.examples("""
    Missing MISSING=M !
    Missing MISSING=A !
    Missing MISSING=M MIS_START=01/05/2026
    Missing MISSING=X
    Missing
""")


@SSDA903.rule(
    "565", "A missing period that began has no code of what it was", Missing="MIS_START MISSING"
)
def has_a_code(looked_after: LookedAfter) -> Flags:
    """Any code."""
    missing = looked_after.Missing
    return [missing.where(missing.given("MIS_START") & missing.blank("MISSING"))]


has_a_code.examples("""
    Missing MIS_START=01/05/2026 !
    Missing MIS_START=01/05/2026 MISSING=M
    Missing MIS_END=01/05/2026
    Missing
""")


@SSDA903.rule(
    "566", "A missing period that ended has no code of what it was", Missing="MISSING MIS_END"
)
def has_a_code_at_its_end(looked_after: LookedAfter) -> Flags:
    """Any code."""
    missing = looked_after.Missing
    return [missing.where(missing.given("MIS_END") & missing.blank("MISSING"))]


has_a_code_at_its_end.examples("""
    Missing MIS_END=01/05/2026 !
    Missing MIS_END=01/05/2026 MISSING=A
    Missing MIS_START=01/05/2026
    Missing
""")


@SSDA903.rule("567", "A missing period ended before it began", Missing="MIS_START MIS_END")
def began_before_it_ended(looked_after: LookedAfter) -> Flags:
    """On the same day is sound."""
    missing = looked_after.Missing
    return [missing.where(missing.date("MIS_START") > missing.date("MIS_END"))]


began_before_it_ended.examples("""
    Missing MIS_START=02/05/2026 MIS_END=01/05/2026 !
    Missing MIS_START=02/05/2026 MIS_END=02/05/2026
    Missing MIS_START=02/05/2026
    Missing MIS_END=01/05/2026
""")


@SSDA903.rule("570", "A missing period began after the end of the year", Missing="MIS_START")
def began_by_the_end(looked_after: LookedAfter) -> Flags:
    """The last day is sound."""
    missing = looked_after.Missing
    return [missing.where(missing.date("MIS_START") > looked_after.ends)]


began_by_the_end.examples("""
    Missing MIS_START=01/04/2027 !
    Missing MIS_START=31/03/2027
    Missing
""")


@SSDA903.rule("571", "A missing period did not end in the year", Missing="MIS_END")
def ended_in_the_year(looked_after: LookedAfter) -> Flags:
    """The first and the last day are in it. One that has not ended is sound."""
    ends = looked_after.Missing.date("MIS_END")
    return [looked_after.Missing.where((ends < looked_after.starts) | (ends > looked_after.ends))]


ended_in_the_year.examples("""
    Missing MIS_END=31/03/2026 !
    Missing MIS_END=01/04/2027 !
    Missing MIS_END=01/04/2026
    Missing MIS_END=31/03/2027
    Missing
""")


@SSDA903.rule(
    "574",
    "The child went missing again before the missing period before had ended",
    Missing="MIS_START MIS_END",
)
def one_at_a_time(looked_after: LookedAfter) -> Flags:
    """On the day that it ended is sound; one that has no day of ending has not."""
    return [after_the_one_before(looked_after.Missing, "MIS_START", "MIS_END")]


one_at_a_time.examples("""
    Missing MIS_START=01/07/2026 MIS_END=02/07/2026 !
    Missing MIS_START=01/06/2026
    Missing MIS_START=02/05/2026 MIS_END=01/06/2026
    Missing CHILD=2 MIS_START=01/05/2026 MIS_END=03/05/2026
    Missing CHILD=2 MIS_START=02/05/2026 MIS_END=04/05/2026 !
    Missing CHILD=3 MIS_START=01/05/2026
    Missing CHILD=
    Missing CHILD= MIS_START=01/05/2026
""")


@SSDA903.rule(
    "575",
    "A missing period that began in an episode that has ceased has not ended",
    Episodes="DECOM DEC",
    Missing="MIS_START MIS_END",
)
def ended_with_the_episode(looked_after: LookedAfter) -> Flags:
    """The episode's first and last day are in it."""
    missing, episodes = looked_after.Missing, looked_after.Episodes
    lasting = missing.where(missing.blank("MIS_END"))
    found, _ = falling(
        lasting,
        lasting.date("MIS_START"),
        episodes,
        episodes.date("DECOM"),
        episodes.date("DEC"),
        within=CHILD,
    )
    return [found]


ended_with_the_episode.examples("""
    Episodes DECOM=01/05/2026 DEC=01/06/2026
    Episodes DECOM=03/06/2026
    Missing MIS_START=01/05/2026 !
    Missing MIS_START=01/06/2026 !
    Missing MIS_START=01/06/2026 MIS_END=02/06/2026
    Missing MIS_START=30/04/2026
    Missing MIS_START=02/06/2026
    Missing MIS_START=03/06/2026
    Missing
    Missing CHILD=2 MIS_START=01/05/2026
""")


@SSDA903.rule(
    "576",
    "The child was still missing at the end of last year, and the first period of this is another",
    Missing="MIS_START",
    Missing_last="MIS_START MIS_END",
)
def still_missing(looked_after: LookedAfter) -> Flags:
    """The first is the one that began first; the two must have begun on the same day."""
    missing, before = of_a_child(looked_after.Missing), looked_after.Missing_last
    before = before.where(before.blank("MIS_END") & ~no_day(before, "MIS_START"))
    began = before.date("MIS_START")
    missing = missing.ordered(CHILD, missing.date("MIS_START"))
    first = missing.where(~missing.preceding(CHILD).there)
    children, starts = first.up(CHILD), first.date("MIS_START")
    same = (starts == children.earliest(before, began)) & (starts == children.latest(before, began))
    return [first.where(children.any(before) & ~same)]


still_missing.examples("""
    Missing_last MIS_START=01/03/2026
    Missing MIS_START=02/05/2026
    Missing MIS_START=01/04/2026 !
    Missing_last CHILD=2 MIS_START=01/03/2026
    Missing CHILD=2 MIS_START=1/3/2026
    Missing CHILD=2 MIS_START=02/03/2026
    Missing_last CHILD=3 MIS_START=01/03/2026 MIS_END=02/03/2026
    Missing CHILD=3 MIS_START=01/04/2026
    Missing_last CHILD=4 MIS_START=01/03/2026
    Missing CHILD=4 !
    Missing_last CHILD=5
    Missing CHILD=5 MIS_START=01/04/2026
    Missing CHILD=6 MIS_START=01/04/2026
""")


@SSDA903.rule(
    "577",
    "A missing period did not end while the child was looked after, or goes on after care ended",
    Episodes="DECOM DEC",
    Missing="MIS_START MIS_END",
)
def while_looked_after(looked_after: LookedAfter) -> Flags:
    """A period of care is of episodes that follow one another; its first and last day are in it.

    A missing period with no day on which it began is not asked about.
    """
    missing = looked_after.Missing
    missing = missing.where(~no_day(missing, "MIS_START"))
    return [missing.without(in_care(looked_after, missing, "MIS_START", "MIS_END"))]


while_looked_after.examples("""
    Episodes DECOM=01/05/2026 DEC=01/06/2026
    Episodes DECOM=01/06/2026 DEC=01/07/2026
    Episodes DECOM=01/08/2026
    Missing MIS_START=31/05/2026 MIS_END=02/06/2026
    Missing MIS_START=31/05/2026 MIS_END=01/07/2026
    Missing MIS_START=31/05/2026 MIS_END=02/07/2026 !
    Missing MIS_START=31/05/2026 !
    Missing MIS_START=29/04/2026 MIS_END=30/04/2026 !
    Missing MIS_START=29/04/2026 MIS_END=01/05/2026
    Missing MIS_START=01/08/2026
    Missing MIS_START=01/08/2026 MIS_END=01/09/2026
    Missing MIS_END=30/04/2026
    Missing CHILD=2 MIS_START=01/08/2026 MIS_END=01/09/2026 !
    ----
    Episodes DECOM=01/05/2026
    Episodes DECOM=01/08/2026 DEC=01/09/2026
    Missing MIS_START=01/05/2026 MIS_END=01/06/2026
    Missing MIS_START=01/05/2026 !
""")


@SSDA903.rule(
    "578",
    "The child went missing when not looked after",
    Episodes="DECOM DEC",
    Missing="MIS_START",
)
def began_while_looked_after(looked_after: LookedAfter) -> Flags:
    """In a period of care, whose first and last day are in it."""
    missing, care = looked_after.Missing, periods_of_care(looked_after)
    missing = missing.where(~no_day(missing, "MIS_START"))
    days = missing.date("MIS_START")
    within, _ = falling(missing, days, care.first, care.starts, open_ended(care.ends), within=CHILD)
    return [missing.without(within)]


began_while_looked_after.examples("""
    Episodes DECOM=01/05/2026 DEC=01/06/2026
    Episodes DECOM=01/06/2026 DEC=01/07/2026
    Episodes DECOM=01/08/2026
    Missing MIS_START=30/04/2026 !
    Missing MIS_START=01/05/2026
    Missing MIS_START=01/07/2026
    Missing MIS_START=02/07/2026 !
    Missing MIS_START=01/08/2027
    Missing
    Missing CHILD=2 MIS_START=01/05/2026 !
""")


@SSDA903.rule(
    "581",
    "The child went missing outside every one of the child's episodes",
    Episodes="DECOM DEC",
    Missing="MIS_START",
)
def began_in_an_episode(looked_after: LookedAfter) -> Flags:
    """The episode's first and last day are in it. With no day there is nothing to ask."""
    missing, episodes = looked_after.Missing, looked_after.Episodes
    missing = missing.where(~no_day(missing, "MIS_START"))
    within, _ = falling(
        missing,
        missing.date("MIS_START"),
        episodes,
        episodes.date("DECOM"),
        open_ended(episodes.date("DEC")),
        within=CHILD,
    )
    return [missing.without(within)]


began_in_an_episode.examples("""
    Episodes DECOM=01/05/2026 DEC=01/06/2026
    Episodes DECOM=03/06/2026
    Missing MIS_START=30/04/2026 !
    Missing MIS_START=01/05/2026
    Missing MIS_START=01/06/2026
    Missing MIS_START=02/06/2026 !
    Missing MIS_START=03/06/2027
    Missing
    Missing CHILD=2 MIS_START=01/05/2026 !
""")


@SSDA903.rule("586", "The child went missing by the day of birth", Missing="DOB MIS_START")
def born_before(looked_after: LookedAfter) -> Flags:
    """That day is not sound either."""
    missing = looked_after.Missing
    return [missing.where(missing.date("MIS_START") <= missing.date("DOB"))]


born_before.examples("""
    Missing DOB=01/05/2026 MIS_START=30/04/2026 !
    Missing DOB=01/05/2026 MIS_START=01/05/2026 !
    Missing DOB=01/05/2026 MIS_START=02/05/2026
    Missing MIS_START=02/05/2026
    Missing DOB=01/05/2026
""")
