"""What is decided of a contact, up to a referral that is to be assessed."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from hearth.demo.acts import Decide, DecideReferral, ReadContact, TakeUp, TellReferrer
from hearth.demo.stories.pen import Pen
from hearth.demo.stories.telling import Told, record, screen, whom_about
from hearth.demo.words.sentences import WORK

REFERRAL, STRATEGY, EARLY_HELP = "referral", "strategy_discussion", "early_help"
# What becomes of contacts in a hundred, where none is open; a worry about harm more often goes on.
OUTCOMES = (
    (REFERRAL, 27.0),
    (EARLY_HELP, 19.0),
    ("signposting", 14.0),
    ("information", 24.0),
    ("no_further_action", 16.0),
)
# And where the family was referred in the last twelve months.
OUTCOMES_AGAIN = ((REFERRAL, 70.0), (EARLY_HELP, 12.0), ("information", 18.0))
HARM_OUTCOMES = ((REFERRAL, 48.0), (STRATEGY, 26.0), (EARLY_HELP, 12.0), ("information", 14.0))
LEVELS = {
    REFERRAL: "4",
    STRATEGY: "4",
    EARLY_HELP: "3",
    "signposting": "2",
    "allocated_worker": "4",
}
# Of referrals that wait for a decision of their own; 13 in a hundred of all end there.
REFERRAL_OUTCOMES = (("assess", 71.0), ("no_further_action", 20.0), (EARLY_HELP, 9.0))
YEAR = 365
TOGETHER = "Read together, it is the same worry each time, and that is what is decided on."


@dataclass(frozen=True, slots=True)
class Accepted:
    """A contact that became a referral to be assessed."""

    key: int
    referred_on: date
    at: datetime
    team: str
    about: tuple[int, ...]
    # A strategy discussion waits to be held.
    strategy: bool = False


@dataclass(frozen=True, slots=True)
class _Decision:
    """What was decided of a contact, and when."""

    key: int
    told: Told
    at: datetime
    outcome: str
    team: str
    urgent: bool
    at_once: bool


def contact(pen: Pen, when: datetime, *, open_case: bool = False) -> Accepted | datetime:
    """Somebody tells us: what is done, until it ends or is to be assessed."""
    key, about = pen.key(), whom_about(pen, when, open_case=open_case)
    told = record(pen, key, about, when)
    if told is None:
        return when
    screened = screen(pen, key, told, open_case=open_case)
    return _follow(pen, _decide(pen, key, told, screened, open_case=open_case))


def _decide(pen: Pen, key: int, told: Told, screened: datetime, *, open_case: bool) -> _Decision:
    late = pen.likely(0.1) and not told.harm
    when = pen.in_days(screened, 1, 4) if late else pen.working(screened.date(), after=screened)
    outcome = "allocated_worker" if open_case else _outcome(pen, told)
    decision = _Decision(
        key,
        told,
        when,
        outcome,
        team=pen.duty_team(when.date()),
        urgent=told.harm or outcome == STRATEGY,
        at_once=outcome == REFERRAL and pen.likely(0.55),
    )
    pen.add(_as_written(pen, decision))
    _tell_referrer(pen, decision)
    return decision


def _outcome(pen: Pen, told: Told) -> str:
    if pen.protected and pen.referred_on is None:
        return STRATEGY
    if pen.accepted and pen.referred_on is None:
        return REFERRAL
    recent = pen.referred_on and (told.received.date() - pen.referred_on).days <= YEAR
    table = HARM_OUTCOMES if told.harm else OUTCOMES_AGAIN if recent else OUTCOMES
    return pen.one_of(table)


def _as_written(pen: Pen, decision: _Decision) -> Decide:
    day, outcome = decision.at.date(), decision.outcome
    accepted = outcome in (REFERRAL, STRATEGY)
    return Decide(
        at=decision.at,
        by=pen.front_door_manager(day),
        key=decision.key,
        outcome=outcome,
        threshold=LEVELS.get(outcome, "1"),
        rationale=pen.says_of_all(day, WORK[f"decisions.{outcome}"]),
        safety=pen.says_of_all(day, WORK["safety"]) if decision.urgent else "",
        advice=pen.says_of_all(day, WORK["advice"]) if outcome not in LEVELS else "",
        quality=pen.chance.choice(("good", "good", "enough", "poor")),
        need=pen.theme.need if accepted else "",
        direction=pen.says_of_all(day, WORK["directions"]) if decision.at_once else "",
        priority=_priority(decision) if decision.at_once else "",
        team=decision.team if decision.at_once or outcome == STRATEGY else "",
        third=TOGETHER,
    )


def _priority(decision: _Decision) -> str:
    return "today" if decision.urgent else "routine"


def _tell_referrer(pen: Pen, decision: _Decision) -> None:
    soon = pen.likely(0.85)
    when = pen.in_days(decision.at, 0, 2) if soon else pen.in_days(decision.at, 4, 7)
    who = pen.service.one_of("front_door", when.date(), pen.chance, "screening", "support")
    how = "phone" if decision.told.agency == "public" else "email"
    pen.add(TellReferrer(at=when, by=who, key=decision.key, how=how))


def _follow(pen: Pen, decision: _Decision) -> Accepted | datetime:
    """What comes of the decision."""
    outcome = decision.outcome
    if outcome in (REFERRAL, STRATEGY):
        pen.referred_on = decision.told.received.date()
    if outcome == "allocated_worker":
        _read(pen, decision)
    if outcome == STRATEGY:
        held = pen.working(decision.at.date(), after=decision.at)
        return replace(_accepted(decision, held), strategy=True)
    if outcome == EARLY_HELP:
        _take_up(pen, decision.at)
        return decision.at
    if outcome != REFERRAL:
        return decision.at
    if decision.at_once:
        return _accepted(decision, decision.at)
    return _decide_referral(pen, decision)


def _accepted(decision: _Decision, when: datetime) -> Accepted:
    told = decision.told
    return Accepted(decision.key, told.received.date(), when, decision.team, told.about)


def _read(pen: Pen, decision: _Decision) -> None:
    when = pen.in_days(decision.at, 0, 1)
    text = pen.says_of_all(when.date(), WORK["visit_agreed"])
    pen.add(ReadContact(at=when, by=pen.worker_on(when), key=decision.key, text=text))


def _take_up(pen: Pen, when: datetime) -> None:
    taken = pen.in_days(when, 1, 5)
    pen.add(
        TakeUp(
            at=taken,
            by=pen.front_door_manager(taken.date()),
            step="family_help.early_help",
            text=pen.says_of_all(taken.date(), WORK["taken_up.early_help"]),
        )
    )


def _decide_referral(pen: Pen, decision: _Decision) -> Accepted | datetime:
    outcome = "assess" if pen.accepted else pen.one_of(REFERRAL_OUTCOMES)
    is_kept = outcome == "assess"
    when = pen.in_days(decision.at, 0, 1)
    day, team = when.date(), pen.duty_team(when.date())
    pen.add(
        DecideReferral(
            at=when,
            by=pen.front_door_manager(day),
            key=decision.key,
            outcome=outcome,
            threshold="4" if is_kept else "3",
            rationale=pen.says_of_all(
                day, WORK[f"decisions.{REFERRAL}" if is_kept else f"decisions.{outcome}"]
            ),
            need=pen.theme.need,
            direction=pen.says_of_all(day, WORK["directions"]) if is_kept else "",
            priority=_priority(decision) if is_kept else "",
            team=team,
        )
    )
    if outcome == EARLY_HELP:
        _take_up(pen, when)
    return _accepted(replace(decision, team=team), when) if is_kept else when
