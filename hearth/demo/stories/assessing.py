"""An assessment, from the manager's direction to the authorised outcome."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hearth.demo.acts import (
    AgencyAnswers,
    Allocate,
    AskAgency,
    Authorise,
    HandOver,
    HearParents,
    Oversee,
    Return,
    ReviewAssessment,
    StartAssessment,
    Submit,
    WriteSection,
)
from hearth.demo.staff import Post, Worker
from hearth.demo.stories import parts
from hearth.demo.stories.enquiring import discuss, enquire
from hearth.demo.stories.front_door import Accepted
from hearth.demo.stories.pen import Pen
from hearth.demo.stories.planning import Conferred, confer, confer_on_transfer
from hearth.demo.stories.visiting import notes_between, visit
from hearth.demo.words.sentences import WORK
from hearth.lib.dates import add_working_days

LIMIT = 45
# Of assessments in a hundred: 31 find no need, which is 27 of every hundred referrals.
OUTCOMES = (
    ("no_further_action", 31.0),
    ("early_help", 24.0),
    ("child_in_need", 40.0),
    ("strategy_discussion", 3.0),
    ("legal_planning", 2.0),
)
# Of assessments with no strategy discussion waiting, those during which one is called.
CALLED = 0.36
PLAN_STANDS = "continue"
CLOSES = {"no_further_action": "RC8", "early_help": "RC9"}
SERVICES_CEASED = "RC7"
RC9_SINCE = date(2022, 4, 1)
AGENCIES = ("school", "gp", "health_visiting", "police", "housing", "camhs")
HAND_OVERS = {
    "early_help": ("assessments.hand_over_early_help", 5),
    "child_in_need": ("family_help.plan", 10),
    "strategy_discussion": ("protection.strategy_discussion", 1),
    "legal_planning": ("assessments.hand_over_legal", 10),
}


@dataclass(frozen=True, slots=True)
class Finished:
    """An authorised assessment: when, how it ended, and in which team."""

    at: datetime
    outcome: str
    team: str
    # The conference that was held meanwhile, if one was.
    conferred: Conferred | None = None


@dataclass(frozen=True, slots=True)
class _Making:
    """An assessment that is being made."""

    key: int
    about: tuple[int, ...]
    team: str
    lead: Post
    started: datetime
    authorised_on: date
    outcome: str
    enquired: bool  # so that it is not closed as if there had been no enquiry

    def worker(self, moment: datetime) -> Worker:
        """Who leads on a day."""
        return self.lead.held_on(moment.date())


def assessment(pen: Pen, accepted: Accepted, about: tuple[int, ...]) -> Finished:
    """All that is done to assess a family, and to protect its children meanwhile."""
    (moves_in, pen.moves_in), team = (pen.moves_in, False), accepted.team
    called = not accepted.strategy and not moves_in and (pen.protected or pen.likely(CALLED))
    enquires = accepted.strategy or called
    day = accepted.at.date()
    post = pen.case_post(team, steady_from=day) if enquires or moves_in else None
    allocated, lead = allocate(pen, accepted.at, team, post=post, soon=accepted.strategy)
    started = pen.in_days(allocated, 0, 2)
    conferred = None
    if enquires:
        when = pen.in_days(started, 1, 8) if called else accepted.at
        enquired = enquire(pen, when, team, about, lead, waits=accepted.strategy)
        if enquired.conference:
            conferred = confer(pen, enquired, team, about)
    if moves_in:
        conferred = confer_on_transfer(pen, started, accepted.referred_on, team, about)
    ends_on = _ends_on(pen, accepted, started, conferred)
    outcome = pen.one_of(_outcomes(conferred, enquires=enquires))
    making = _Making(pen.key(), about, team, lead, started, ends_on, outcome, enquires)
    _start(pen, making)
    _find_out(pen, making)
    _write(pen, making)
    authorised = _send(pen, making)
    _hand_over(pen, making, authorised)
    return Finished(authorised, outcome, team, conferred)


def _ends_on(pen: Pen, accepted: Accepted, started: datetime, conferred: Conferred | None) -> date:
    """The day a manager agrees it: some days after the conference, where there was one."""
    if conferred is not None:
        return add_working_days(conferred.at.date(), pen.chance.randint(1, 4))
    authorised_on = add_working_days(accepted.referred_on, _days_taken(pen))
    return max(authorised_on, add_working_days(started.date(), 9))


def _outcomes(conferred: Conferred | None, *, enquires: bool) -> Sequence[tuple[str, float]]:
    if conferred is not None:
        return ((PLAN_STANDS, 1.0),)
    return [each for each in OUTCOMES if not enquires or each[0] != "strategy_discussion"]


def allocate(
    pen: Pen,
    after: datetime,
    team: str,
    *,
    reason: str = "",
    words: tuple[str, ...] = WORK["directions"],
    post: Post | None = None,
    soon: bool = False,
) -> tuple[datetime, Post]:
    """A manager gives the case to one of the team, with a direction; in some minutes, if soon."""
    when = after + timedelta(minutes=9) if soon else pen.in_days(after, 0, 1)
    lead = post or pen.case_post(team)
    pen.start_spell(lead, team, when)
    pen.add(
        Allocate(
            at=when,
            by=pen.service.manager(team, when.date()),
            worker=lead.held_on(when.date()),
            team=team,
            direction=pen.says_of_all(when.date(), words),
            reason=reason,
        )
    )
    return when, lead


def _days_taken(pen: Pen) -> int:
    """Working days from referral to authorisation: the middle one 34, and 84 in a hundred by 45.

    Those that a conference waits for are quicker, so that 87 in a hundred of all are in time.
    """
    where = pen.chance.random()
    if where < 0.5:
        return int(pen.chance.triangular(11, 35, 34))
    if where < 0.84:
        return pen.chance.randint(35, LIMIT)
    return LIMIT + 1 + int(min(pen.chance.expovariate(1 / 9), 40))


def _start(pen: Pen, making: _Making) -> None:
    day = making.started.date()
    pen.add(
        StartAssessment(
            at=making.started,
            by=making.worker(making.started),
            key=making.key,
            people_to_see=pen.says_of_all(day, WORK["people_to_see"]),
            agencies_to_ask=pen.says_of_all(day, WORK["agencies_to_ask"]),
            questions=pen.says_of_all(day, WORK["questions"]),
        )
    )


def _find_out(pen: Pen, making: _Making) -> None:
    """Visits, agencies, the manager's review, and notes between."""
    first = pen.in_days(making.started, 1, 4)
    second = pen.in_days(first, 5, 8)
    last_day = add_working_days(making.authorised_on, -3)
    for n, when in enumerate((first, second)):
        if when.date() <= last_day or n == 0:
            visit(pen, when, making.about, "initial" if n == 0 else "assessment", making.lead)
    for agency in pen.chance.sample(AGENCIES, k=pen.chance.choice((2, 2, 3))):
        _ask(pen, making, agency, first, last_day)
    review = pen.working(
        add_working_days(making.started.date(), pen.chance.choice((8, 9, 10, 10, 12)))
    )
    if review.date() < last_day and pen.likely(0.9):
        pen.add(
            ReviewAssessment(
                at=review,
                by=pen.service.manager(making.team, review.date()),
                key=making.key,
                note=pen.says_of_all(review.date(), WORK["review_notes"]),
                direction=pen.says_of_all(review.date(), WORK["review_directions"]),
            )
        )
    notes_between(pen, making.started, pen.working(last_day), making.about, making.lead)


def _ask(pen: Pen, making: _Making, agency: str, after: datetime, last_day: date) -> None:
    asked = pen.in_days(after, 0, 2)
    answered = pen.in_days(asked, 1, 7)
    if answered.date() > last_day:
        answered = pen.working(max(last_day, asked.date()), after=asked)
    day = asked.date()
    pen.add(
        AskAgency(
            at=asked,
            by=making.worker(asked),
            key=making.key,
            agency=agency,
            contact=pen.says_of_all(day, parts.CONTACTS[agency]),
        )
    )
    pen.add(
        AgencyAnswers(
            at=answered,
            by=making.worker(answered),
            key=making.key,
            agency=agency,
            said=pen.says_of_all(day, WORK[f"agency_says.{agency}"]),
        )
    )


def _write(pen: Pen, making: _Making) -> None:
    """The sections, in the last fortnight; the parents' views with them."""
    start = max(
        add_working_days(making.authorised_on, -9), add_working_days(making.started.date(), 1)
    )
    moment = pen.working(start, after=making.started)
    for section, write in SECTIONS.items():
        shared, own = write(pen, making, moment.date())
        if shared or own:
            pen.add(
                WriteSection(
                    at=moment,
                    by=making.worker(moment),
                    key=making.key,
                    section=section,
                    shared=shared,
                    own=own,
                )
            )
        else:
            _hear_parents(pen, making, moment)
        moment = _a_little_later(pen, moment)


def _a_little_later(pen: Pen, moment: datetime) -> datetime:
    later = moment + timedelta(minutes=pen.chance.randint(15, 90))
    return later if later.hour < 17 else pen.working(add_working_days(moment.date(), 1))


Written = tuple[Mapping[str, object], Mapping[int, Mapping[str, object]]]


def _each(
    write: Callable[[Pen, int, date, str], Mapping[str, object]],
) -> Callable[[Pen, _Making, date], Written]:
    def section(pen: Pen, making: _Making, day: date) -> Written:
        return {}, {n: write(pen, n, day, making.outcome) for n in making.about}

    return section


def _family(pen: Pen, _making: _Making, day: date) -> Written:
    return {
        "parenting_capacity": pen.says_of_all(day, WORK["capacity"], WORK["capacity"]),
        "family_environment": pen.says_of_all(day, WORK["environment"], WORK["environment"]),
    }, {}


def _history(pen: Pen, _making: _Making, day: date) -> Written:
    return {"history_considered": pen.says_of_all(day, WORK["history"])}, {}


def _parents(_pen: Pen, _making: _Making, _day: date) -> Written:
    return {}, {}


def _conclusion(pen: Pen, making: _Making, day: date) -> Written:
    theme = pen.theme
    ending = theme.eased if making.outcome in CLOSES else theme.found
    shared = {"family_analysis": pen.says_of_all(day, ending, WORK["family_analysis"])}
    reason = CLOSES.get(making.outcome, "")
    if reason and making.enquired:
        reason = SERVICES_CEASED  # census, rule 2990
    if reason == "RC9" and day < RC9_SINCE:
        reason = "RC8"
    factors = parts.factors(pen, making.outcome, day)
    own = {
        n: {
            **parts.analysis(pen, n, day, making.outcome),
            "factors": factors[n],
            "outcome": making.outcome,
            "closure_reason": reason,
        }
        for n in making.about
    }
    return shared, own


SECTIONS: Mapping[str, Callable[[Pen, _Making, date], Written]] = {
    "voice": _each(parts.voice),
    "needs": _each(parts.needs),
    "identity": _each(parts.identity),
    "parents": _parents,
    "family": _family,
    "history": _history,
    "risk": _each(parts.risk),
    "conclusion": _conclusion,
}


def _hear_parents(pen: Pen, making: _Making, moment: datetime) -> None:
    views, unseen = {}, {}
    for n in pen.adults_to_ask():
        adult = pen.family.adults[n]
        if adult.relation != "mother" and pen.likely(0.28):
            unseen[n] = pen.chance.choice(("refused", "not_found", "not_safe"))
        else:
            words = parts.spoken_of(
                pen.telling.pick(WORK["parent_views"], adult=adult.given_names), adult.sex
            )
            views[n] = words
    pen.add(
        HearParents(at=moment, by=making.worker(moment), key=making.key, views=views, unseen=unseen)
    )


def _send(pen: Pen, making: _Making) -> datetime:
    """Sent to the manager; sometimes returned, and sent again; authorised."""
    authorised = pen.working(making.authorised_on)
    written = (WriteSection, AgencyAnswers)
    last = max(a.at for a in pen.acts if isinstance(a, written) and a.key == making.key)
    early = pen.chance.choice((0, 1, 1, 2, 3))
    sent = pen.working(add_working_days(authorised.date(), -early)) if early else authorised
    submitted = max(sent.replace(hour=9, minute=5), last + timedelta(minutes=20))
    late = pen.says_of_all(submitted.date(), WORK["late"])
    pen.add(Submit(at=submitted, by=making.worker(submitted), key=making.key, late_reason=late))
    if pen.likely(0.12):
        submitted = _return(pen, making, submitted, late)
    if authorised <= submitted:
        authorised = pen.working(submitted.date(), after=submitted)
    manager = pen.service.manager(making.team, authorised.date())
    words = pen.says_of_all(authorised.date(), WORK["rationale"])
    pen.add(Authorise(at=authorised, by=manager, key=making.key, rationale=words))
    if pen.likely(0.5):
        text = pen.says_of_all(authorised.date(), WORK["oversight"])
        pen.add(
            Oversee(at=authorised - timedelta(minutes=3), by=manager, text=text, point="sign_off")
        )
    return authorised


def _return(pen: Pen, making: _Making, submitted: datetime, late: str) -> datetime:
    returned = pen.working(submitted.date(), after=submitted)
    manager = pen.service.manager(making.team, returned.date())
    comments = pen.says_of_all(returned.date(), WORK["returned"])
    pen.add(Return(at=returned, by=manager, key=making.key, comments=comments))
    again = pen.in_days(returned, 0, 2)
    words = pen.says_of_all(again.date(), WORK["history"])
    worker = making.worker(again)
    pen.add(
        WriteSection(
            at=again - timedelta(minutes=4),
            by=worker,
            key=making.key,
            section="history",
            shared={"history_considered": words},
        )
    )
    pen.add(Submit(at=again, by=worker, key=making.key, late_reason=late))
    return again


def _hand_over(pen: Pen, making: _Making, authorised: datetime) -> None:
    if making.outcome not in HAND_OVERS:
        return
    step, days = HAND_OVERS[making.outcome]
    when = pen.in_days(authorised, 0, max(days - 1, 0) if pen.likely(0.9) else days + 3)
    if making.outcome == "strategy_discussion":
        discuss(pen, when, making.team, making.about)
        return
    pen.add(
        HandOver(
            at=when,
            by=pen.service.manager(making.team, when.date()),
            step=step,
            to=pen.chance.choice(WORK["handed_to"]),
            note=pen.says_of_all(when.date(), pen.theme.help),
        )
    )
