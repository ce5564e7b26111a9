"""Checks of visits: whether what a family needs to be understood was provided, and by whom."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from hearth.casework.checks import Fact, Looked, Severity, check
from hearth.lib.dates import in_words
from hearth.people.understood import Need, needs_of
from hearth.records.models import VisitChild, VisitState
from hearth.records.models.visits import NOT_ASKED, NOT_PROVIDED

DAYS = 183
PAGE = "records:read_visit"
FAMILY = "family_member"
NOTHING = "No visit in six months to a child or family whose record said what they need."
LAW = "Equality Act 2010, sections 20 and 29; Working Together to Safeguard Children 2023"


def _last_visits(children: Sequence[int], today: date) -> dict[int, VisitChild]:
    """The last visit made to each child in six months, of those that were asked about."""
    rows = (
        VisitChild.objects.standing()
        .filter(
            child__in=children,
            visit__state=VisitState.MADE,
            happened_on__range=(today - timedelta(DAYS), today),
        )
        .exclude(visit__understood=NOT_ASKED)
        .select_related("visit", "visited_by")
        .order_by("child_id", "-happened_on", "-pk")
        .distinct("child_id")
    )
    return {row.child_id: row for row in rows}


def _with_needs(
    children: Sequence[int], today: date
) -> Iterator[tuple[int, VisitChild, list[Need]]]:
    last = _last_visits(children, today)
    days = {child: row.happened_on for child, row in last.items() if row.happened_on}
    for child, needs in needs_of(days).items():
        yield child, last[child], needs


def _looked(child: int, row: VisitChild, needs: Sequence[Need], *, fires: bool) -> Looked:
    day, visit = row.happened_on, row.visit
    assert day is not None  # noqa: S101 - a visit made has its day, by constraint
    how = visit.understood_in_words or "It was not said how that was provided"
    return Looked(
        child=child,
        subject=f"records.Visit:{visit.pk}",
        fires=fires,
        because=f"On the last visit, on {in_words(day)}: {how}.",
        since=day,
        facts=[
            *(Fact("On the record", one.words, one.since) for one in needs),
            Fact("Visited", f"{in_words(day)}, by {row.visited_by}", day, PAGE, visit.pk),
        ],
    )


@check(
    key="PC-048.visit",
    title="Not said how a family was understood on a visit, or it was not provided",
    rule="A child or a family whose record says that they need an interpreter, or another way to "
    "be spoken with, has it on each visit, and the visit says how.",
    passes_over="A visit where nobody answered; one before the need was on record; and what was "
    "offered and declined.",
    put_right="Provide it on the next visit, and say how. The check goes by the last visit.",
    authority=LAW,
    severity=Severity.MEDIUM,
    nothing=NOTHING,
    manager_after=5,
)
def understood_on_visits(children: Sequence[int], today: date) -> Iterator[Looked]:
    """The last visit to each child with such a need, by what it says."""
    for child, row, needs in _with_needs(children, today):
        fires = row.visit.understood in ("", NOT_PROVIDED)
        yield _looked(child, row, needs, fires=fires)


@check(
    key="PC-048.family",
    title="One of the family interpreted on a visit",
    rule="Nobody of a family interprets for it: a child cannot say what harms them through "
    "whoever may do the harm, and no child is made to speak for their parents.",
    passes_over="A family that needs no interpreter or other way to be spoken with.",
    put_right="Book an interpreter and see the family again soon. Go over what was said.",
    authority=f"{LAW}; Laming inquiry 2003",
    severity=Severity.HIGH,
    nothing=NOTHING,
    manager_after=1,
)
def no_family_interprets(children: Sequence[int], today: date) -> Iterator[Looked]:
    """The last visit to each child with such a need, by who interpreted."""
    for child, row, needs in _with_needs(children, today):
        yield _looked(child, row, needs, fires=row.visit.understood == FAMILY)
