"""The social workers a child has had, one after another."""

import numpy as np

from hearth.returns.checking.columns import Mask, years_after
from hearth.returns.checking.looked_after import CHILD, LookedAfter
from hearth.returns.checking.rule import Flags
from hearth.returns.checking.tables import Rows
from hearth.returns.rules.books import SSDA903
from hearth.returns.rules.ssda903.answers import no_day, of_a_child
from hearth.returns.rules.ssda903.values import a_day

SHORTEST_NAME = 4
SHORTEST = np.timedelta64(3, "D")
BESIDE = np.timedelta64(7, "D")
LAST_DAYS = np.timedelta64(5, "D")
FIRST_CONTACT = "FCONTA"
REASONS = (
    *("MANAGE", FIRST_CONTACT, "LEFTRL", "ORGRST", "TSPROC", "ABSENC", "CHCHAN", "PCCHAN"),
    *("SWDIED", "OTHERS"),
)
# No reason was asked of one who began before.
REASONS_FROM = np.datetime64("2023-04-01")

start = a_day("SW04STG1", "The day the social worker began is not a date", "SWEpisodes", "SW_DECOM")
end = a_day("SW05STG1", "The day the social worker ceased is not a date", "SWEpisodes", "SW_DEC")


def _in_order(looked_after: LookedAfter) -> Rows:
    """Each child's social workers by the day they began and ceased; those with no day left out."""
    workers = of_a_child(looked_after.SWEpisodes)
    workers = workers.where(~no_day(workers, "SW_DECOM"))
    return workers.ordered(CHILD, workers.date("SW_DECOM"), workers.date("SW_DEC"))


@SSDA903.rule(
    "SW02STG1",
    "The social worker's ID does not begin with SW or XX, or is too short",
    SWEpisodes="SW_ID",
)
def registered(looked_after: LookedAfter) -> Flags:
    """It is of four characters or more."""
    workers = looked_after.SWEpisodes
    said = workers.text("SW_ID")
    sound = np.char.startswith(said, b"SW") | np.char.startswith(said, b"XX")
    return [workers.where(~(sound & (np.char.str_len(said) >= SHORTEST_NAME)))]


registered.examples("""
    SWEpisodes SW_ID=SW12
    SWEpisodes SW_ID=XX12345
    SWEpisodes SW_ID=SW1 !
    SWEpisodes SW_ID=A1234 !
    SWEpisodes SW_ID=12SW !
    SWEpisodes !
""")


@SSDA903.rule(
    "SW06STG2", "The social worker began after the end of the year", SWEpisodes="SW_DECOM"
)
def began_by_the_end(looked_after: LookedAfter) -> Flags:
    """The last day is sound."""
    workers = looked_after.SWEpisodes
    return [workers.where(workers.date("SW_DECOM") > looked_after.ends)]


began_by_the_end.examples("""
    SWEpisodes SW_DECOM=01/04/2027 !
    SWEpisodes SW_DECOM=31/03/2027
    SWEpisodes
""")


@SSDA903.rule(
    "SW07STG2",
    "The social worker ceased before last year or after the end of this",
    SWEpisodes="SW_DEC",
)
def ceased_in_these_two_years(looked_after: LookedAfter) -> Flags:
    """The first day of last year and the last of this are sound."""
    workers = looked_after.SWEpisodes
    ceased = workers.date("SW_DEC")
    first = years_after(np.array([looked_after.starts]), -1)[0]
    return [workers.where((ceased < first) | (ceased > looked_after.ends))]


ceased_in_these_two_years.examples("""
    SWEpisodes SW_DEC=31/03/2025 !
    SWEpisodes SW_DEC=01/04/2027 !
    SWEpisodes SW_DEC=01/04/2025
    SWEpisodes SW_DEC=31/03/2027
    SWEpisodes
    ----
    year ends=2025-03-31
    SWEpisodes SW_DEC=31/03/2023 !
    SWEpisodes SW_DEC=01/04/2023
""")


@SSDA903.rule(
    "SW08STG2",
    "A social worker whom another followed has no day of ceasing",
    SWEpisodes="SW_DECOM SW_DEC",
)
def ceased_before_the_latest(looked_after: LookedAfter) -> Flags:
    """Of two who began on one day, one who has not ceased is the later."""
    workers = _in_order(looked_after)
    return [workers.where(workers.following(CHILD).there & no_day(workers, "SW_DEC"))]


ceased_before_the_latest.examples("""
    SWEpisodes SW_DECOM=01/07/2026
    SWEpisodes SW_DECOM=01/05/2026 !
    SWEpisodes SW_DECOM=01/06/2026 SW_DEC=01/07/2026
    SWEpisodes
    SWEpisodes CHILD=2 SW_DECOM=01/05/2026
    SWEpisodes CHILD=3 SW_DECOM=01/05/2026
    SWEpisodes CHILD=3 SW_DECOM=01/05/2026 SW_DEC=05/05/2026
    SWEpisodes CHILD= SW_DECOM=01/05/2026
    SWEpisodes CHILD= SW_DECOM=02/05/2026
""")


@SSDA903.rule(
    "SW09STG2",
    "The social worker ceased less than three days after beginning",
    SWEpisodes="SW_DEC SW_DECOM",
)
def long_enough(looked_after: LookedAfter) -> Flags:
    """Or before beginning."""
    workers = looked_after.SWEpisodes
    return [workers.where(workers.date("SW_DEC") - workers.date("SW_DECOM") < SHORTEST)]


long_enough.examples("""
    SWEpisodes SW_DECOM=01/05/2026 SW_DEC=03/05/2026 !
    SWEpisodes SW_DECOM=01/05/2026 SW_DEC=30/04/2026 !
    SWEpisodes SW_DECOM=01/05/2026 SW_DEC=04/05/2026
    SWEpisodes SW_DECOM=01/05/2026
    SWEpisodes SW_DEC=30/04/2026
""")


def _apart(workers: Rows) -> Mask:
    """Where one began more than a week before or after the one before ceased."""
    began, ceased = workers.date("SW_DECOM"), workers.preceding(CHILD).date("SW_DEC")
    apart: Mask = (began < ceased - BESIDE) | (began > ceased + BESIDE)
    return apart


APART = """
    SWEpisodes SW_DECOM=01/05/2026 SW_DEC=20/05/2026
    SWEpisodes SW_DECOM=13/05/2026 SW_DEC=01/06/2026
    SWEpisodes SW_DECOM=08/06/2026 SW_DEC=01/07/2026 SW_REASON=MANAGE
    SWEpisodes SW_DECOM=09/07/2026 !
    SWEpisodes CHILD=2 SW_DECOM=01/05/2026 SW_DEC=20/05/2026
    SWEpisodes CHILD=2 SW_DECOM=12/05/2026 SW_DEC=01/06/2026 SW_REASON=MANAGE !
    SWEpisodes CHILD=2 SW_DECOM=09/06/2026 SW_REASON=FCONTA
    SWEpisodes CHILD=3 SW_DECOM=01/05/2026
    SWEpisodes CHILD=3 SW_DECOM=01/07/2026 SW_REASON=MANAGE
    SWEpisodes CHILD=3 SW_REASON=MANAGE
"""


# Two codes for one question: SW10 was followed by SW10a and SW10b, and is still asked.
@SSDA903.rule(
    "SW10STG2",
    "The social worker did not begin within a week of when the one before ceased",
    SWEpisodes="SW_DECOM SW_DEC SW_REASON",
)
def followed_the_one_before(looked_after: LookedAfter) -> Flags:
    """Not asked of first contact, or where the one before has no day of ceasing."""
    workers = _in_order(looked_after)
    return [workers.where(_apart(workers) & ~workers.is_("SW_REASON", FIRST_CONTACT))]


followed_the_one_before.examples(APART)


@SSDA903.rule(
    "SW10aSTG2",
    "The social worker took over more than a week before or after the one before ceased",
    SWEpisodes="SW_DECOM SW_DEC SW_REASON",
)
def took_over_in_time(looked_after: LookedAfter) -> Flags:
    """Not asked of first contact, or where the one before has no day of ceasing."""
    workers = _in_order(looked_after)
    return [workers.where(_apart(workers) & ~workers.is_("SW_REASON", FIRST_CONTACT))]


took_over_in_time.examples(APART)


@SSDA903.rule(
    "SW10bSTG2",
    "A social worker began at first contact before the one before had ceased",
    SWEpisodes="SW_DECOM SW_DEC SW_REASON",
)
def none_before_first_contact(looked_after: LookedAfter) -> Flags:
    """Nor on that day. Where the one before has no day of ceasing there is nothing to ask."""
    workers = _in_order(looked_after)
    early = workers.date("SW_DECOM") <= workers.preceding(CHILD).date("SW_DEC")
    return [workers.where(early & workers.is_("SW_REASON", FIRST_CONTACT))]


none_before_first_contact.examples("""
    SWEpisodes SW_DECOM=01/05/2026 SW_DEC=20/05/2026 SW_REASON=FCONTA
    SWEpisodes SW_DECOM=20/05/2026 SW_DEC=01/06/2026 SW_REASON=FCONTA !
    SWEpisodes SW_DECOM=31/05/2026 SW_DEC=01/07/2026 SW_REASON=FCONTA !
    SWEpisodes SW_DECOM=30/06/2026 SW_DEC=01/08/2026 SW_REASON=MANAGE
    SWEpisodes SW_DECOM=02/08/2026 SW_REASON=FCONTA
    SWEpisodes SW_DECOM=03/08/2026 SW_REASON=FCONTA
    SWEpisodes CHILD=2 SW_DECOM=03/05/2026 SW_REASON=FCONTA
""")


@SSDA903.rule(
    "SW11bSTG2",
    "The child's last social worker ceased in the last days of the year, and no other began",
    SWEpisodes="SW_DEC SW_DECOM",
)
def another_by_the_end(looked_after: LookedAfter) -> Flags:
    """In its last five days and the day before them."""
    workers = _in_order(looked_after)
    ceased = workers.date("SW_DEC")
    late = (ceased >= looked_after.ends - LAST_DAYS) & (ceased <= looked_after.ends)
    return [workers.where(late & ~workers.following(CHILD).there)]


another_by_the_end.examples("""
    SWEpisodes SW_DECOM=01/05/2026 SW_DEC=26/03/2027 !
    SWEpisodes CHILD=2 SW_DECOM=01/05/2026 SW_DEC=31/03/2027 !
    SWEpisodes CHILD=3 SW_DECOM=01/05/2026 SW_DEC=25/03/2027
    SWEpisodes CHILD=4 SW_DECOM=01/05/2026 SW_DEC=01/04/2027
    SWEpisodes CHILD=5 SW_DECOM=27/03/2027
    SWEpisodes CHILD=5 SW_DECOM=01/05/2026 SW_DEC=26/03/2027
    SWEpisodes CHILD=6 SW_DECOM=01/05/2026
    SWEpisodes CHILD=7 SW_DECOM=27/03/2027 SW_DEC=30/03/2027 !
    SWEpisodes CHILD=7 SW_DECOM=01/05/2026 SW_DEC=26/03/2027
""")


@SSDA903.rule(
    "SW13STG1",
    "Why the social worker changed is missing, or is not one of the codes",
    SWEpisodes="SW_DECOM SW_REASON",
)
def reason(looked_after: LookedAfter) -> Flags:
    """It may be missing only of one who began before 1 April 2023."""
    workers = looked_after.SWEpisodes
    sound = workers.is_("SW_REASON", *REASONS)
    sound |= workers.blank("SW_REASON") & (workers.date("SW_DECOM") < REASONS_FROM)
    return [workers.where(~sound)]


reason.examples("""
    SWEpisodes SW_DECOM=01/04/2023 SW_REASON=MANAGE
    SWEpisodes SW_DECOM=31/03/2023 SW_REASON=OTHERS
    SWEpisodes SW_DECOM=31/03/2023
    SWEpisodes SW_DECOM=01/04/2023 !
    SWEpisodes SW_DECOM=31/03/2023 SW_REASON=OTHER !
    SWEpisodes SW_REASON=SWDIED
    SWEpisodes !
""")


@SSDA903.rule(
    "SW17STG2", "The child's latest social worker has ceased", SWEpisodes="SW_DECOM SW_DEC"
)
def latest_goes_on(looked_after: LookedAfter) -> Flags:
    """Of two who began on one day, one who has not ceased is the later."""
    workers = _in_order(looked_after)
    return [workers.where(~workers.following(CHILD).there & workers.given("SW_DEC"))]


latest_goes_on.examples("""
    SWEpisodes SW_DECOM=01/06/2026 SW_DEC=01/07/2026 !
    SWEpisodes SW_DECOM=01/05/2026 SW_DEC=01/06/2026
    SWEpisodes CHILD=2 SW_DECOM=01/06/2026
    SWEpisodes CHILD=2 SW_DECOM=01/05/2026 SW_DEC=01/06/2026
    SWEpisodes CHILD=3 SW_DECOM=01/06/2026
    SWEpisodes CHILD=3 SW_DECOM=01/06/2026 SW_DEC=05/06/2026
    SWEpisodes CHILD=4
    SWEpisodes CHILD= SW_DECOM=01/05/2026 SW_DEC=01/06/2026
""")


@SSDA903.rule(
    "SW18STG2",
    "The social worker did not cease after beginning",
    SWEpisodes="SW_DECOM SW_DEC",
)
def began_before_ceasing(looked_after: LookedAfter) -> Flags:
    """Not on the same day either."""
    workers = looked_after.SWEpisodes
    return [workers.where(workers.date("SW_DEC") <= workers.date("SW_DECOM"))]


began_before_ceasing.examples("""
    SWEpisodes SW_DECOM=02/05/2026 SW_DEC=01/05/2026 !
    SWEpisodes SW_DECOM=02/05/2026 SW_DEC=02/05/2026 !
    SWEpisodes SW_DECOM=02/05/2026 SW_DEC=03/05/2026
    SWEpisodes SW_DECOM=02/05/2026
    SWEpisodes SW_DEC=02/05/2026
""")


@SSDA903.rule(
    "SW19STG2", "Two of the child's social workers began on one day", SWEpisodes="SW_DECOM SW_DEC?"
)
def one_at_a_time(looked_after: LookedAfter) -> Flags:
    """Each of them is found."""
    workers = _in_order(looked_after)
    began = workers.date("SW_DECOM")
    same = (began == workers.preceding(CHILD).date("SW_DECOM")) | (
        began == workers.following(CHILD).date("SW_DECOM")
    )
    return [workers.where(same)]


one_at_a_time.examples("""
    SWEpisodes SW_DECOM=01/05/2026 !
    SWEpisodes SW_DECOM=02/05/2026
    SWEpisodes SW_DECOM=1/5/2026 !
    SWEpisodes CHILD=2 SW_DECOM=01/05/2026
    SWEpisodes CHILD=3
    SWEpisodes CHILD=3
""")
