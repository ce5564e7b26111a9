"""A child protection conference, and the plan it makes: visits, core groups, reviews, an end."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from hearth.demo import rates
from hearth.demo.protection_acts import (
    ApproveRecord,
    AskForConference,
    BookConference,
    CallTransfer,
    HoldConference,
    HoldCoreGroup,
    SendDecisions,
    SendRecord,
    SignPlanPaper,
    TakenOver,
    WritePlanPaper,
)
from hearth.demo.staff import Worker
from hearth.demo.stories.enquiring import Enquired, all_young
from hearth.demo.stories.pen import INDEPENDENT, Pen, at
from hearth.demo.stories.reporting import report
from hearth.demo.stories.visiting import visit
from hearth.demo.words import band
from hearth.demo.words.sentences import PROTECTION
from hearth.lib.dates import add_working_days, is_working_day

WITHIN, FIRST_GROUP, GROUPS = 15, 10, 30
WHY_LATE = ("family", "agency", "chair", "report")
# At which review a plan ends: the first at three months, each later one six months on.
ENDS_AT = (("1", 25.0), ("2", 45.0), ("3", 20.0), ("4", 6.0), ("5", 4.0))
GROUP_LATE, VISIT_MISSED, RECORD_LATE = 0.12, 0.08, 0.15
WITH_A_PAPER, SIGNED = 0.5, 0.85
# How plans end, and how conferences that make none.
IN_NEED, NO_PLAN = "in_need", "no_plan"
ELSEWHERE = "elsewhere"
# Of conferences that end or make no plan, those that decide otherwise for the eldest of several.
DECIDED_APART = 0.2
WHY_APART = "They see none of it now, want no more visits, and know whom to ring."
# Of conferences, those to which too few came; and of endings, those an agency does not agree with.
TOO_FEW, DISAGREED = 0.05, 0.3
WHY_ALONE = (
    "The others sent their reports and their apologies. To wait would have left the children "
    "without a decision for another fortnight, and nobody who came asked for that."
)
AGAINST = (
    "Would have waited until the summer: what has changed has not lasted long enough to be sure of."
)
EARLY_AGENCIES = ("health_visiting", "early_years", "police", "gp")
SCHOOL_AGENCIES = ("school", "school_nursing", "police", "gp")


@dataclass(frozen=True, slots=True)
class Conferred:
    """A conference that was held: when, what it decided, and under which category."""

    at: datetime
    decision: str
    category: str = ""
    # The places of children who alone need nothing more.
    apart: tuple[int, ...] = ()


def confer(pen: Pen, enquired: Enquired, team: str, about: tuple[int, ...]) -> Conferred:
    """The initial conference: asked for, booked, held; in time for most."""
    asked = pen.in_days(enquired.at, 0, 1)
    reason = pen.says_of_all(asked.date(), PROTECTION["why_conference"])
    pen.add(AskForConference(at=asked, by=pen.service.manager(team, asked.date()), reason=reason))
    in_time = pen.likely(rates.CONFERENCES_IN_TIME)
    days = pen.chance.randint(12, WITHIN) if in_time else pen.chance.randint(WITHIN + 1, 26)
    day = add_working_days(enquired.started.date(), days)
    day = max(day, add_working_days(asked.date(), 2))
    makes = pen.likely(rates.CONFERENCES_TO_PLAN)
    pen.protected = pen.conferred = False
    held = _book(pen, asked, day, about)
    pen.conferred = True
    category = pen.one_of(rates.CATEGORIES) if makes else ""
    decision = "plan" if makes else IN_NEED
    conferred = Conferred(held, decision, category, _apart(pen, about, held.date(), decision))
    _hold(pen, conferred, about, earlier=int(pen.likely(rates.SECOND_PLANS)), first=True)
    return conferred


def confer_on_transfer(
    pen: Pen, after: datetime, told_on: date, team: str, about: tuple[int, ...]
) -> Conferred | None:
    """The conference about children who came with another authority's plan, which goes on here."""
    if not all_young(pen, about, told_on):
        return None
    if pen.lead is not None:
        visit(pen, after + timedelta(minutes=90), about, "child_protection", pen.lead, prompt=True)
    asked = pen.in_days(after, 0, 1)
    pen.add(
        CallTransfer(
            at=asked,
            by=pen.service.manager(team, asked.date()),
            about=about,
            notified_on=told_on,
            reason=pen.says_of_all(asked.date(), PROTECTION["transfer.why"]),
        )
    )
    day = add_working_days(told_on, pen.chance.randint(10, WITHIN))
    day = max(day, add_working_days(asked.date(), 2))
    conferred = Conferred(_book(pen, asked, day, about), "plan", pen.one_of(rates.CATEGORIES))
    pen.conferred = True
    _hold(pen, conferred, about, earlier=0, first=True)
    return conferred


def keep_to_plan(pen: Pen, conferred: Conferred, about: tuple[int, ...]) -> Conferred:
    """All that a plan asks for until the review that ends it. Whoever leads by then does it."""
    held, number = conferred, int(pen.one_of(ENDS_AT))
    number = max(number, 2) if pen.moves_away else number
    for n in range(1, number + 1):
        if held.at >= pen.stop:
            break
        if pen.moves_away and n > 1:
            held = _taken_over(pen, held)
            break
        held = _next_review(pen, held, about, first=n == 1, ends=n == number)
    _papers(pen, conferred.at, held.at)
    _visits(pen, conferred.at, held.at, about)
    _core_groups(pen, conferred.at, held.at)
    pen.plan_ended = held.at.date()
    return held


def _taken_over(pen: Pen, before: Conferred) -> Conferred:
    """The family moves, and the authority they move to holds its own conference."""
    pen.moves_away = False
    when = pen.in_days(before.at, 20, 45)
    if pen.post_on(when) is not None and when < pen.stop:
        day = when.date()
        by = pen.service.one_of("leadership", day, pen.chance, "service_manager")
        grounds = pen.says_of_all(day, PROTECTION["transfer.taken"])
        pen.add(TakenOver(at=when, by=by, grounds=grounds))
    return Conferred(when, ELSEWHERE)


def _next_review(
    pen: Pen, before: Conferred, about: tuple[int, ...], *, first: bool, ends: bool
) -> Conferred:
    in_time = pen.likely(rates.REVIEWED_IN_TIME)
    least, most = (
        ((74, 88), (94, 112))[not in_time] if first else ((150, 176), (187, 210))[not in_time]
    )
    day = before.at.date() + timedelta(days=pen.chance.randint(least, most))
    day = day if is_working_day(day) else add_working_days(day, -1)
    held = _book(pen, pen.working(add_working_days(day, -12)), day, about)
    decision = "continue"
    if ends:
        decision = IN_NEED if pen.likely(0.7) else NO_PLAN
    category = pen.one_of(rates.CATEGORIES) if pen.likely(0.12) else before.category
    apart = _apart(pen, about, held.date(), decision)
    conferred = Conferred(held, decision, "" if ends else category, apart)
    _hold(pen, conferred, about, earlier=0, first=False)
    return replace(conferred, category=category)


def _apart(pen: Pen, about: tuple[int, ...], day: date, decision: str) -> tuple[int, ...]:
    """The eldest of several, where a conference finds now and then that they need nothing more."""
    born = [n for n in about if band(pen.child(n, day), day) != "unborn"]
    if decision != IN_NEED or not born or len(about) == 1:
        return ()
    eldest = min(born, key=lambda n: pen.child(n, day).born_on)
    return (eldest,) if pen.apart("decided", day).random() < DECIDED_APART else ()


def _book(pen: Pen, after: datetime, day: date, about: tuple[int, ...]) -> datetime:
    """Booked the same day or the next; returns when the chair has said what is decided."""
    when = pen.in_days(after, 0, 1)
    support = pen.service.one_of(INDEPENDENT, when.date(), pen.chance, "support")
    chair = _chair(pen, when.date(), day)
    if chair.started_on > when.date():  # nobody was here to chair it: it waits for who is to come
        when = at(add_working_days(chair.started_on, 1), 10, 40)
        day = max(day, add_working_days(when.date(), 3))
    agencies = _agencies(pen, day, about)
    pen.add(
        BookConference(
            at=when,
            by=support,
            about=about,
            day=day,
            hour=pen.chance.choice((10, 10, 13)),
            chair=chair,
            lead=pen.worker_on(when),
            agencies=agencies,
            adults=tuple(pen.adults_to_ask() or [0]),
            late_reason=pen.chance.choice(WHY_LATE),
        )
    )
    report(pen, when, day, about, agencies)
    return at(day, 17, 10)


def _agencies(pen: Pen, day: date, about: tuple[int, ...]) -> tuple[str, ...]:
    """Who is asked: of the youngest, those who know them best."""
    is_small = all(band(pen.child(n, day), day) in ("unborn", "baby", "early") for n in about)
    return EARLY_AGENCIES if is_small else SCHOOL_AGENCIES


def _chair(pen: Pen, booked_on: date, day: date) -> Worker:
    """A chair who is here when it is booked and when it is held; the same one if they can."""
    here = [
        post.held_on(booked_on)
        for post in pen.service.posts_of(INDEPENDENT, "chair")
        if post.held_on(booked_on) is post.held_on(day)
    ]
    if pen.chaired_by not in here:
        found = here or [pen.service.posts_of(INDEPENDENT, "chair")[0].held_on(day)]
        pen.chaired_by = pen.chance.choice(found)
    assert pen.chaired_by is not None  # noqa: S101 - one was found just now
    return pen.chaired_by


def _hold(
    pen: Pen, conferred: Conferred, about: tuple[int, ...], *, earlier: int, first: bool
) -> None:
    when, day = conferred.at, conferred.at.date()
    goes_on = bool(conferred.category)
    chair = pen.chaired_by
    assert chair is not None  # noqa: S101 - booked just before
    said = "summary" if first and goes_on else "summary.none" if first else "summary.review"
    ends = not first and not goes_on
    born = [n for n in about if band(pen.child(n, day), day) != "unborn"]
    review_in = 80 if first else 165
    pen.add(
        HoldConference(
            at=when,
            by=chair,
            decision=conferred.decision,
            is_first=first,
            category=conferred.category,
            reason="" if goes_on else pen.says_of_all(day, PROTECTION["none" if first else "ends"]),
            earlier=earlier,
            danger=pen.says_of_all(day, PROTECTION["danger"]) if goes_on else "",
            strengths=pen.says_of_all(day, PROTECTION["strengths"]),
            summary=pen.says_of_all(day, PROTECTION["summary.end" if ends else said]),
            views={n: pen.says(pen.child(n, day), day, PROTECTION["views"]) for n in born},
            core_group_on=add_working_days(day, FIRST_GROUP - 2),
            review_on=add_working_days(day + timedelta(days=review_in), -1),
            away=pen.chance.choice(("", "", "gp")),
            progress=pen.says_of_all(day, PROTECTION["progress"]),
            apart=conferred.apart,
            why_apart=WHY_APART if conferred.apart else "",
            **_who_came(pen, day, about, goes_on=goes_on),
        )
    )
    _send_out(pen, when)


def _who_came(pen: Pen, day: date, about: tuple[int, ...], *, goes_on: bool) -> Mapping[str, str]:
    """Now and then too few to be quorate, or an agency that does not agree."""
    nearest, said = _agencies(pen, day, about)[0], dict[str, str]()
    if pen.apart("quorum", day).random() < TOO_FEW:
        said |= {"alone": nearest, "why_alone": WHY_ALONE}
    if not goes_on and pen.apart("dissent", day).random() < DISAGREED:
        said |= {"against": nearest, "against_words": AGAINST}
    return said


def _send_out(pen: Pen, held: datetime) -> None:
    soon = pen.in_days(held, 1, 1) if pen.likely(1 - RECORD_LATE) else pen.in_days(held, 2, 4)
    pen.add(SendDecisions(at=soon, by=_support(pen, soon)))
    written = pen.in_days(held, 5, 14)
    minutes = pen.says_of_all(written.date(), PROTECTION["record"])
    chair = pen.chaired_by
    assert chair is not None  # noqa: S101 - booked before it was held
    while not chair.works_on(written.date()):
        written -= timedelta(days=1)
    written = max(written, soon + timedelta(minutes=5))
    pen.add(ApproveRecord(at=written, by=chair, minutes=minutes))
    late = pen.likely(RECORD_LATE)
    sent = pen.in_days(written, 7, 9) if late else pen.in_days(written, 0, 3)
    pen.add(SendRecord(at=sent, by=_support(pen, sent)))


def _support(pen: Pen, when: datetime) -> Worker:
    return pen.service.one_of(INDEPENDENT, when.date(), pen.chance, "support")


def _papers(pen: Pen, start: datetime, end: datetime) -> None:
    """What the parents agree to beside the plan, for about half; most are signed the next day."""
    chance = pen.apart("papers", start.date())
    written = at(add_working_days(start.date(), chance.randint(8, 15)), 15, 25)
    post, spell = (
        pen.post_on(written),
        next((s for s in pen.spells[::-1] if s.start < written), None),
    )
    if chance.random() > WITH_A_PAPER or written >= end or post is None or spell is None:
        return
    day = written.date()
    pen.add(
        WritePlanPaper(
            at=written,
            by=post.held_on(day),
            kind=chance.choice(("safety_plan", "written_agreement")),
            conditions=pen.says_of_all(day, PROTECTION["keeps"]),
            contingency=pen.says_of_all(day, PROTECTION["contingency"]),
            review_on=day + timedelta(days=chance.randint(60, 90)),
        )
    )
    signed = at(add_working_days(day, 1), 11, 5)
    if chance.random() < SIGNED and signed < end:
        pen.add(SignPlanPaper(at=signed, by=pen.service.manager(spell.team, signed.date())))


def _visits(pen: Pen, start: datetime, end: datetime, about: tuple[int, ...]) -> None:
    """To each child within ten working days of the last; now and then somebody is missed."""
    when = pen.in_days(start, 3, 8)
    while when < end and when < pen.stop:
        post = pen.post_on(when)
        if post is not None:
            visit(pen, when, about, "child_protection", post)
        missed = pen.likely(VISIT_MISSED)
        when = pen.in_days(when, 14, 23) if missed else pen.in_days(when, 6, 10)


def _core_groups(pen: Pen, start: datetime, end: datetime) -> None:
    """The first within ten working days of the conference, the rest each six weeks at the most."""
    late = pen.likely(GROUP_LATE)
    when = pen.in_days(start, FIRST_GROUP + 1, 16) if late else pen.in_days(start, 6, FIRST_GROUP)
    while when < end and when < pen.stop:
        day = when.date()
        pen.add(
            HoldCoreGroup(
                at=when + timedelta(minutes=75),
                by=pen.worker_on(when),
                held_at=when,
                minutes=pen.says_of_all(day, PROTECTION["minutes"]),
                rating=pen.chance.choice(("on_track", "on_track", "slow")),
                words=pen.says_of_all(day, PROTECTION["progress"]),
            )
        )
        late = pen.likely(GROUP_LATE)
        least, most = (GROUPS + 2, GROUPS + 12) if late else (23, GROUPS - 1)
        when = pen.in_days(when, least, most)
