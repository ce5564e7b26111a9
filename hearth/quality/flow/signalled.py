"""Signals as pages and desks show them: in words, with who knows and what came of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hearth.accounts.models import User
from hearth.quality import policies
from hearth.quality.comparators import COMPARATORS
from hearth.quality.flow.series import CHARTED, SERIES, Charted, Series, rule_in_words
from hearth.quality.flow.words import comparator_in_words
from hearth.quality.models import Investigation, Signal, SignalTold
from hearth.quality.rules.charts import Rule
from hearth.quality.rules.months import span


@dataclass(frozen=True, slots=True)
class SignalLine:
    """A signal in words."""

    signal: Signal
    series: Series
    check: Charted
    rules: Sequence[str]
    months: str
    whose: str
    comparator: str
    investigation: Investigation | None

    @property
    def state(self) -> str:
        """Where it stands."""
        if self.signal.closed_at is not None:
            return "Closed"
        return "Being asked about" if self.investigation else "Nobody has asked why"

    @property
    def colour(self) -> str:
        """The colour of where it stands."""
        if self.signal.closed_at is not None:
            return "grey"
        return "blue" if self.investigation else "red"


@dataclass(frozen=True, slots=True)
class SignalPage:
    """A signal's page."""

    line: SignalLine
    told: Sequence[SignalTold]
    is_late: bool
    may_ask: bool
    may_conclude: bool


def line_of(signal: Signal) -> SignalLine:
    """A signal in words. One query for what was asked, unless it came with it."""
    series = SERIES[signal.series]
    whose = COMPARATORS.get(signal.comparator)
    return SignalLine(
        signal=signal,
        series=series,
        check=CHARTED[signal.check_key],
        rules=[rule_in_words(Rule(rule), high=signal.high) for rule in signal.rules],
        months=span(signal.first_month, signal.month),
        whose=str(signal.team) if signal.team_id else "The whole service",
        comparator=comparator_in_words(whose, series.measure) if whose else "",
        investigation=getattr(signal, "investigation", None),
    )


def page_of(signal: Signal, worker: User, *, today: date) -> SignalPage:
    """A signal's page for this worker."""
    line = line_of(signal)
    waits = signal.closed_at is None and line.investigation is None
    return SignalPage(
        line=line,
        told=list(signal.told.select_related("to")),
        is_late=waits and today > signal.due_on,
        may_ask=policies.open_investigation.allows(worker, signal),
        may_conclude=policies.conclude_investigation.allows(worker, signal),
    )
