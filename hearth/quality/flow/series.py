"""What is charted: each series, the check it belongs to, and the two checks in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from hearth.quality import comparators
from hearth.quality.flow.reckon import Stage
from hearth.quality.rules.charts import FEW, Rule
from hearth.quality.rules.comparing import LEAST, STOCK_MONTHS, STOCK_PERCENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Charted:
    """A check that goes by figures of many children, and not by one child's record."""

    key: str
    title: str
    rule: str
    passes_over: str
    put_right: str
    authority: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One thing charted: so many children at a stage; or so many of those at another."""

    key: str
    title: str
    check: str
    stage: Stage
    of: Stage | None = None
    # What it is called of one point of the chart: "enquiries begun".
    noun: str
    # What the same share is called of others: published, or entered by the authority.
    measure: str = ""

    @property
    def is_share(self) -> bool:
        """Whether it is so many of so many."""
        return self.of is not None


CHARTED: Mapping[str, Charted] = {
    one.key: one
    for one in (
        Charted(
            key="PC-020",
            title="Enquiries that lead to a conference, and conferences that lead to a plan, "
            "changed",
            rule="The share of section 47 enquiries ended that lead to an initial conference, and "
            "of initial conferences that lead to a protection plan, is charted each month (each "
            f"quarter where fewer than {LEAST} a month). It signals when a rule of the control "
            "chart holds, or when the last whole quarter is more than three standard deviations "
            f"from the published share for England, of {LEAST} or more.",
            passes_over="Fewer than that are not compared. Brothers and sisters are counted as "
            "children and as one family. Conferences about families who moved here with a plan are "
            "counted apart. Limits on trial raise no signal.",
            put_right="Somebody asks why within 10 working days, has cases read, and a senior "
            "manager decides: the change is accepted, or practice changes.",
            authority="Working Together to Safeguard Children 2023, chapter 3; Southwark 2011",
        ),
        Charted(
            key="PC-021",
            title="The number of children with a protection plan changed unusually",
            rule="Protection plans open at the end of each month, plans begun and ended, initial "
            "conferences and section 47 enquiries are charted each month. A series signals when a "
            "rule of the control chart holds; plans open also when they changed by more than "
            f"{STOCK_PERCENT} in a hundred within {STOCK_MONTHS} months.",
            passes_over=f"Fewer than {FEW} a month, on the mean, are held against no rule, and a "
            f"change from fewer than {LEAST} plans is not reckoned in a hundred. The "
            "number open carries over from month to month, so it is read with those begun and "
            "ended. What is recorded late can take a signal back.",
            put_right="Somebody asks why within 10 working days, has cases read, and a senior "
            "manager decides. The chart begins afresh only where an analyst says so.",
            authority="Working Together to Safeguard Children 2023, chapter 3; Lambeth 2017",
        ),
    )
}

SERIES: Mapping[str, Series] = {
    one.key: one
    for one in (
        Series(
            key="plans_open",
            title="Protection plans open at the end of the month",
            check="PC-021",
            stage=Stage.PLANS_OPEN,
            noun="plans open",
        ),
        Series(
            key="plans_begun",
            title="Protection plans begun",
            check="PC-021",
            stage=Stage.PLAN,
            noun="plans begun",
        ),
        Series(
            key="plans_ended",
            title="Protection plans ended",
            check="PC-021",
            stage=Stage.PLAN_ENDED,
            noun="plans ended",
        ),
        Series(
            key="conferences",
            title="Children at initial conferences",
            check="PC-021",
            stage=Stage.CONFERENCE,
            noun="children at initial conferences",
        ),
        Series(
            key="enquiries",
            title="Section 47 enquiries begun",
            check="PC-021",
            stage=Stage.ENQUIRY,
            noun="enquiries begun",
        ),
        Series(
            key="enquiries_ended",
            title="Section 47 enquiries ended",
            check="PC-021",
            stage=Stage.ENDED,
            noun="enquiries ended",
        ),
        Series(
            key="to_conference",
            title="Enquiries that led to a conference",
            check="PC-020",
            stage=Stage.TO_CONFERENCE,
            of=Stage.ENDED,
            noun="of enquiries ended",
            measure=comparators.TO_CONFERENCE,
        ),
        Series(
            key="to_plan",
            title="Conferences that led to a plan",
            check="PC-020",
            stage=Stage.TO_PLAN,
            of=Stage.CONFERENCE,
            noun="of children at initial conferences",
            measure=comparators.TO_PLAN,
        ),
        Series(
            key="not_substantiated",
            title="Enquiries that found the concern not substantiated",
            check="PC-020",
            stage=Stage.NOT_SUBSTANTIATED,
            of=Stage.ENDED,
            noun="of enquiries ended",
            measure=comparators.NOT_SUBSTANTIATED,
        ),
    )
}

# Each rule in words, as a chart and a signal say it.
IN_WORDS: Mapping[Rule, str] = {
    Rule.OUTSIDE: "{side} the limits of what is usual",
    Rule.TREND: "seven in a row, each {way} than the one before",
    Rule.TWO_OF_THREE: "two of three {side}, close to the limit",
    Rule.SHIFT: "seven in a row {side} the mean",
    Rule.STOCK: f"{{moved}} by more than {STOCK_PERCENT} in a hundred within {STOCK_MONTHS} months",
    Rule.COMPARATOR: "further {side} the published share than chance explains",
}
# Of one team's figures only these are told: with so many charts, the others fire by chance.
OF_A_TEAM = (Rule.OUTSIDE, Rule.SHIFT)


def rule_in_words(rule: Rule, *, high: bool) -> str:
    """A rule as it is said of a point: which, and which way."""
    return IN_WORDS[rule].format(
        way="higher" if high else "lower",
        side="above" if high else "below",
        moved="rose" if high else "fell",
    )
