"""Years of figures, each with a change that must signal, or with what only looks like one.

A story is what the record of a service would hold, month by month: children with enquiries,
conferences and plans. No database: the same counting and charting run over it as over a record.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count

from hearth.lib.dates import add_months
from hearth.protection.models import EnquiryOutcome
from hearth.quality.flow.charting import Starts, chart
from hearth.quality.flow.findings import Finding, find
from hearth.quality.flow.reckon import tally
from hearth.quality.flow.record import ConferencePart, EnquiryPart, PlanPart, Record
from hearth.quality.flow.series import SERIES
from hearth.quality.rules.months import months

LAST = date(2026, 5, 1)
FIRST = add_months(LAST, -23)
USUAL_OPEN = [60, 62, 59, 61, 60, 63, 61, 60, 62, 61, 59, 62]
STEADY = [*USUAL_OPEN, 60, 61, 62, 60, 63, 59, 61, 62, 60, 62, 61, 60]
ENQUIRIES, LEAD, CONFERENCES, PLANS = 30, 10, 10, 9


@dataclass
class Service:
    """A service's figures for two years, usual unless a story says otherwise."""

    open: Sequence[int] = field(default_factory=lambda: STEADY)
    enquiries: Sequence[int] = field(default_factory=lambda: [ENQUIRIES, ENQUIRIES + 2] * 12)
    lead: Sequence[int] = field(default_factory=lambda: [LEAD, LEAD + 1] * 12)
    conferences: Sequence[int] = field(default_factory=lambda: [CONFERENCES, CONFERENCES + 1] * 12)
    plans: Sequence[int] = field(default_factory=lambda: [PLANS, PLANS] * 12)
    moved_here: Sequence[int] = field(default_factory=lambda: [0] * 24)
    starts: Starts = field(default_factory=dict)

    def record(self) -> Record:
        """As the record would hold it: whoever has no plan from here moved here with one."""
        number = count(1)
        enquiries: list[EnquiryPart] = []
        conferences: list[ConferencePart] = []
        standing: list[tuple[int, date]] = []
        plans: list[PlanPart] = []
        for at, month in enumerate(months(FIRST, LAST)):
            enquiries += [
                self._enquiry(next(number), month, leads=each < self.lead[at])
                for each in range(self.enquiries[at])
            ]
            held = [
                self._conference(next(number), month, "initial_conference", each < self.plans[at])
                for each in range(self.conferences[at])
            ]
            short = self.open[at] - len(standing) - min(self.plans[at], len(held))
            held += [
                self._conference(next(number), month, "transfer_conference", planned=True)
                for _ in range(max(short, self.moved_here[at]))
            ]
            conferences += held
            standing += [(one.pk, one.held) for one in held if one.decision == "plan"]
            over = len(standing) - self.open[at]
            plans += [
                PlanPart(pk, pk, pk, None, begun, month.replace(day=25))
                for pk, begun in standing[:over]
            ]
            del standing[:over]
        plans += [PlanPart(pk, pk, pk, None, begun, None) for pk, begun in standing]
        return Record(enquiries, conferences, plans)

    @staticmethod
    def _enquiry(pk: int, month: date, *, leads: bool) -> EnquiryPart:
        outcome = EnquiryOutcome.CONFERENCE if leads else EnquiryOutcome.NOT_SUBSTANTIATED
        return EnquiryPart(pk, pk, pk, None, month, month.replace(day=12), outcome, not leads)

    @staticmethod
    def _conference(pk: int, month: date, kind: str, planned: bool) -> ConferencePart:  # noqa: FBT001
        decision = "plan" if planned else "in_need"
        return ConferencePart(pk, pk, pk, None, None, kind, month.replace(day=20), decision)

    def findings(self, after: dict[str, date] | None = None) -> list[Finding]:
        """What signals at the end of the two years."""
        counted = tally(self.record(), months(FIRST, LAST))
        charts = [
            chart(one, counted, self.starts.get(key, [FIRST]), LAST) for key, one in SERIES.items()
        ]
        return find(charts, counted, LAST, after=after)


@dataclass(frozen=True)
class Years:
    """One story: the check and series it is about, in words, and its service."""

    check: str
    series: str
    words: str
    make: Callable[[], Service]

    def fires(self) -> bool:
        """Whether the check signals for the series."""
        return any(
            (one.series.check, one.series.key) == (self.check, self.series)
            for one in self.make().findings()
        )


CHANGED: list[Years] = []
UNCHANGED: list[Years] = []
Story = Callable[[], Service]


def changed(check: str, series: str) -> Callable[[Story], Story]:
    """Figures that must signal."""
    return _tell(CHANGED, check, series)


def unchanged(check: str, series: str) -> Callable[[Story], Story]:
    """Figures that look as if they changed, and did not."""
    return _tell(UNCHANGED, check, series)


def _tell(shelf: list[Years], check: str, series: str) -> Callable[[Story], Story]:
    def put(make: Story) -> Story:
        shelf.append(Years(check, series, make.__name__.replace("_", " "), make))
        return make

    return put


def then(usual: Sequence[int], *last: int) -> list[int]:
    """The usual, with the last months as given."""
    return [*usual[: 24 - len(last)], *last]


@changed("PC-021", "plans_open")
def plans_halve_within_a_year() -> Service:
    return Service(open=then(STEADY, 58, 55, 51, 47, 43, 39, 35, 32))


@changed("PC-021", "plans_open")
def plans_fall_a_little_each_month_and_nobody_sees_it() -> Service:
    return Service(open=then(STEADY, 63, 62, 61, 60, 59, 58, 57))


@changed("PC-021", "plans_open")
def plans_jump_by_a_fifth_in_three_months() -> Service:
    return Service(open=then(STEADY, 64, 68, 73))


@changed("PC-021", "plans_open")
def plans_settle_at_a_new_lower_level() -> Service:
    return Service(open=then(STEADY, 59, 60, 59, 60, 59, 60, 59))


@changed("PC-021", "enquiries")
def enquiries_double_in_a_month() -> Service:
    return Service(enquiries=then([ENQUIRIES, ENQUIRIES + 2] * 12, 60))


@changed("PC-021", "conferences")
def hardly_a_conference_is_held_any_more() -> Service:
    return Service(conferences=then([10, 11] * 12, 4, 3, 4), plans=then([9] * 24, 3, 3, 3))


@changed("PC-020", "to_conference")
def most_enquiries_come_to_nothing() -> Service:
    return Service(lead=then([LEAD, LEAD + 1] * 12, 2, 1, 1))


@changed("PC-020", "to_conference")
def nearly_every_enquiry_leads_to_a_conference() -> Service:
    return Service(lead=then([LEAD, LEAD + 1] * 12, 28))


@changed("PC-020", "not_substantiated")
def few_concerns_are_substantiated_since_spring() -> Service:
    return Service(lead=then([20, 21] * 12, 11, 8, 6))


@changed("PC-020", "to_plan")
def conferences_seldom_end_with_a_plan() -> Service:
    return Service(
        conferences=[24, 25] * 12,
        plans=then([21, 21] * 12, 8, 7, 9),
    )


@unchanged("PC-021", "plans_open")
def plans_go_up_and_down_as_they_always_did() -> Service:
    return Service()


@unchanged("PC-021", "plans_open")
def a_fall_of_six_months_that_turned() -> Service:
    return Service(open=then(STEADY, 62, 61, 61, 60, 60, 59, 61))


@unchanged("PC-021", "plans_open")
def a_fall_two_years_ago_is_history() -> Service:
    return Service(open=[*USUAL_OPEN, 50, *STEADY[13:]])


@unchanged("PC-021", "plans_open")
def a_small_service_where_one_family_is_a_fifth() -> Service:
    return Service(open=[10, 12, 9, 13, 11, 8, 12, 10, 13, 9, 11, 12, *[11, 9, 13, 10, 12, 11] * 2])


@unchanged("PC-021", "plans_open")
def so_few_that_each_child_is_a_step() -> Service:
    return Service(open=[1, 1, 2, 1, 1, 2] * 3 + [1, 1, 6, 7, 7, 7], plans=[1] * 24)


@unchanged("PC-021", "plans_open")
def a_new_level_that_an_analyst_began_afresh_from() -> Service:
    lower = [50, 52, 49, 51, 50, 53, 51, 50, 52, 51, 49, 52]
    return Service(
        open=[*USUAL_OPEN, *lower], starts={"plans_open": [FIRST, add_months(FIRST, 12)]}
    )


@unchanged("PC-021", "enquiries")
def a_busy_month_within_what_is_usual() -> Service:
    usual = [30, 34, 28, 33, 29, 35, 31, 28, 34, 30, 33, 29]
    return Service(enquiries=[*usual, *usual[:11], 38])


@unchanged("PC-021", "conferences")
def families_who_moved_here_are_no_conferences_of_ours() -> Service:
    return Service(moved_here=then([0] * 24, 9, 8))


@unchanged("PC-020", "to_conference")
def a_quarter_with_too_few_enquiries_to_compare() -> Service:
    return Service(enquiries=[5, 6] * 12, lead=then([2, 2] * 12, 0, 0, 0))


@unchanged("PC-020", "to_conference")
def a_share_that_moves_as_so_few_always_do() -> Service:
    return Service(lead=then([LEAD, LEAD + 1] * 12, 13, 7, 12, 8))


@unchanged("PC-020", "to_plan")
def a_month_in_which_no_conference_was_held() -> Service:
    return Service(conferences=then([10, 11] * 12, 0), plans=then([9] * 24, 0))


@unchanged("PC-020", "not_substantiated")
def a_share_with_no_published_one_beside_it() -> Service:
    return Service(lead=[2, 3] * 12)
