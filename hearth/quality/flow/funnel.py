"""From enquiry to plan: how many at each stage, beside the published shares, and by whom."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from hearth.casework.models import Episode
from hearth.lib.codes import words
from hearth.people.models import Person
from hearth.protection.models import EnquiryOutcome
from hearth.quality.comparators import Comparator
from hearth.quality.flow.asked import ETHNICITY, SOURCE, TEAM
from hearth.quality.flow.findings import beside
from hearth.quality.flow.reckon import Count, Hit, Stage, Tally
from hearth.quality.flow.record import Record
from hearth.quality.flow.series import SERIES
from hearth.quality.flow.words import comparator_in_words, share_in_words
from hearth.quality.rules.comparing import LEAST, Compared

# Groups of fewer than this are shown together.
FEWEST = 5
NOT_KNOWN = "Not recorded"

STAGES: Sequence[tuple[Stage, str, str]] = (
    (Stage.ENQUIRY, "Section 47 enquiries begun", ""),
    (Stage.ENDED, "Enquiries ended", ""),
    (Stage.TO_CONFERENCE, "Of these, leading to a conference", "to_conference"),
    (Stage.NO_CONFERENCE, "Of these, with no conference", ""),
    (Stage.NOT_SUBSTANTIATED, "Of these, concerns not substantiated", "not_substantiated"),
    (Stage.NOT_HELD, "Conference asked for, and none held yet", ""),
    (Stage.CONFERENCE, "Children at initial conferences", ""),
    (Stage.NO_PLAN, "Of these, with no plan", ""),
    (Stage.OWN_PLAN, "Protection plans begun", "to_plan"),
    (Stage.TRANSFER, "Children at transfer-in conferences", ""),
    (Stage.PLAN_ENDED, "Protection plans ended", ""),
)
# Whoever dropped out at these stages can be listed.
DROPPED: Mapping[str, str] = {
    Stage.NO_CONFERENCE.value: "Enquiries that ended with no conference",
    Stage.NOT_HELD.value: "Conferences asked for, and none held yet",
    Stage.NO_PLAN.value: "Initial conferences that ended with no plan",
}


@dataclass(frozen=True, slots=True)
class FunnelLine:
    """One stage: how many, what share of the one before, and what is published of others."""

    stage: str
    label: str
    count: Count
    share: str
    published: str
    says: str
    is_odd: bool

    @property
    def is_listed(self) -> bool:
        """Whether the children can be listed."""
        return self.stage in DROPPED and self.count.children > 0


def funnel(counted: Tally, months: Sequence[date], comparator: Comparator) -> list[FunnelLine]:
    """Every stage over some months."""
    return [
        _line(stage, label, measure, counted, months, comparator)
        for stage, label, measure in STAGES
    ]


def _line(
    stage: Stage,
    label: str,
    measure: str,
    counted: Tally,
    months: Sequence[date],
    comparator: Comparator,
) -> FunnelLine:
    count = counted.count(stage, months)
    if not measure:
        return FunnelLine(stage.value, label, count, "", "", "", is_odd=False)
    series = SERIES[measure]
    seen = beside(series, counted, months, comparator)
    if seen is None:
        of = counted.count(series.of, months).children if series.of else 0
        share = share_in_words(count.children / of) if of else ""
        return FunnelLine(stage.value, label, count, share, "None is published", "", is_odd=False)
    return FunnelLine(
        stage.value,
        label,
        count,
        share_in_words(seen.share) if seen.share is not None else "",
        f"{share_in_words(seen.expected)}, {comparator_in_words(comparator, measure)}",
        _compared_in_words(seen),
        seen.fires,
    )


def _compared_in_words(seen: Compared) -> str:
    if not seen.is_enough:
        return f"Too few to compare: {seen.of} of {LEAST}"
    usual = f"{share_in_words(seen.lower)} to {share_in_words(seen.upper)}"
    if seen.fires:
        return f"{'Higher' if seen.is_high else 'Lower'} than chance explains ({usual})"
    return f"Within what chance explains ({usual})"


def cohorts(counted: Tally, months: Sequence[date]) -> list[str]:
    """The same by cohort: what became, to this day, of those who began in these months."""
    begun, held = (counted.count(s, months) for s in (Stage.ENQUIRY, Stage.ENQUIRY_HELD))
    asked, plans = (counted.count(s, months) for s in (Stage.CONFERENCE, Stage.TO_PLAN))
    return [
        _cohort(held, begun, "children whose enquiry began then", "have had an initial conference"),
        _cohort(plans, asked, "children conferenced then", "were given a plan by that conference"),
    ]


def _cohort(some: Count, of: Count, whom: str, what: str) -> str:
    if not of.children:
        return f"There were no {whom}."
    share = share_in_words(some.children / of.children)
    families = f"of {some.families} of {of.families} families"
    return f"Of {of.children} {whom}, {some.children} ({share}), {families}, {what}."


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    """A group, how many enquiries ended for it, and how many of each outcome."""

    group: str
    ended: int
    outcomes: Sequence[int]
    conferences: int
    plans: int

    @property
    def named(self) -> list[tuple[str, int]]:
        """Each outcome's name, and how many there were."""
        return [(label, many) for (_, label), many in zip(OUTCOMES, self.outcomes, strict=True)]


OUTCOMES: Sequence[tuple[str, str]] = (
    (EnquiryOutcome.CONFERENCE.value, "Conference"),
    (EnquiryOutcome.NO_CONTINUING_RISK.value, "No continuing risk"),
    (EnquiryOutcome.LEGAL.value, "Legal planning"),
    (EnquiryOutcome.NOT_SUBSTANTIATED.value, "Not substantiated"),
    ("", "Not recorded"),
)
Group = Callable[[Hit], str]


def outcomes(
    record: Record,
    counted: Tally,
    months: Sequence[date],
    by: str,
    teams: Mapping[int, str],
) -> list[OutcomeLine]:
    """What enquiries and conferences came to, by team, referrer, need or ethnicity. One query."""
    ended = counted.of(Stage.ENDED, months)
    held = counted.of(Stage.CONFERENCE, months)
    group = _small_together(_group(by, record, [*ended, *held], teams), ended)
    outcome_of = {part.pk: part.outcome for part in record.enquiries}
    leads = {hit.pk for hit in counted.of(Stage.TO_CONFERENCE, months)}
    plans = {hit.pk for hit in counted.of(Stage.TO_PLAN, months)}
    found: dict[str, Counter[str]] = {}
    for hit in ended:
        code = EnquiryOutcome.CONFERENCE.value if hit.pk in leads else outcome_of[hit.pk]
        found.setdefault(group(hit), Counter())[f"outcome {code}"] += 1
    for hit in held:
        counts = found.setdefault(group(hit), Counter())
        counts["held"] += 1
        counts["plans"] += hit.pk in plans
    return [_outcome_line(name, counts) for name, counts in sorted(found.items())]


def _outcome_line(name: str, counts: Counter[str]) -> OutcomeLine:
    each = [counts[f"outcome {code}"] for code, _ in OUTCOMES]
    return OutcomeLine(name, sum(each), each, counts["held"], counts["plans"])


def _small_together(group: Group, ended: Sequence[Hit]) -> Group:
    """Groups of few are shown as one, so that nobody is known by being the only one."""
    many = Counter(group(hit) for hit in ended)
    together = f"Groups of fewer than {FEWEST}, together"
    return lambda hit: name if many[name := group(hit)] >= FEWEST else together


def _group(by: str, record: Record, hits: Sequence[Hit], teams: Mapping[int, str]) -> Group:
    if by == TEAM:
        return lambda hit: teams.get(record.leads.team(hit.child, hit.day) or 0, "Nobody's case")
    if by == ETHNICITY:
        people = Person.objects.filter(pk__in={hit.child for hit in hits})
        of_child = dict(people.values_list("pk", "ethnicity"))
        return lambda hit: _word("ethnicity", of_child.get(hit.child, ""))
    column = "referral_source" if by == SOURCE else "primary_need"
    rows: Any = Episode.objects.filter(pk__in={hit.episode for hit in hits if hit.episode})
    of_episode = dict(rows.values_list("pk", column))
    return lambda hit: _word(column, of_episode.get(hit.episode, ""))


def _word(codes: str, code: str) -> str:
    return words(codes, code) or NOT_KNOWN if code else NOT_KNOWN
