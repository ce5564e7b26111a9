"""After an assessment that found a need: a new team, visits, direction, and in time an end."""

from datetime import date, datetime, timedelta

from hearth.demo.acts import AgreeToClose, AskToClose, HandOver, Oversee, ReviewPlan
from hearth.demo.staff import Post, Worker
from hearth.demo.stories.assessing import SERVICES_CEASED, Finished, allocate
from hearth.demo.stories.pen import Pen, at
from hearth.demo.stories.planning import ELSEWHERE, NO_PLAN, keep_to_plan
from hearth.demo.stories.visiting import notes_between, visit
from hearth.demo.words import band
from hearth.demo.words.sentences import WORK
from hearth.lib.dates import add_working_days

TEAM_CHANGE = "TSPROC"
TO_ANOTHER = "RC5"
REVIEWED_AFTER = 50
# Working days until what a conference asks to be sent has been.
LET_GO = 26
LET_GO_SUMMARY = (
    "You told the conference that you see none of it now and want no more visits, and everybody "
    "agreed. Your worker still comes to see your brothers and sisters, and you may ring any day."
)
YEAR_AND_SOME = 372
REVIEWED = "We read the plan together and said of each thing how it goes. It goes on as it is."


def help_family(pen: Pen, finished: Finished, about: tuple[int, ...]) -> datetime:
    """The family is helped by another team until there is no more need; returns when it ended."""
    team, conferred = pen.family_team(), finished.conferred
    given = finished.at
    post = pen.case_post(team, steady_from=given.date()) if conferred else None
    given, lead = allocate(
        pen,
        pen.in_days(given, 3, 9),
        team,
        reason=TEAM_CHANGE,
        words=WORK["handover_directions"],
        post=post,
    )
    if conferred is None:
        return _help(pen, given, about, (team, lead), in_need=finished.outcome == "child_in_need")
    if conferred.category:
        conferred = keep_to_plan(pen, conferred, about)
        notes_between(pen, given, conferred.at, about, lead)
        _oversee(pen, given, conferred.at, team)
        given = conferred.at
        if conferred.decision == ELSEWHERE:
            return _close(pen, pen.in_days(given, 3, 8), about, team, reason=TO_ANOTHER)
        if conferred.decision == NO_PLAN:
            return _close(pen, pen.in_days(given, 27, 34), about, team)
    _let_go(pen, given, conferred.apart)
    about = tuple(n for n in about if n not in conferred.apart)
    given = _step_down(pen, given, team)
    return _help(pen, given, about, (team, lead), in_need=True)


def _let_go(pen: Pen, after: datetime, about: tuple[int, ...]) -> None:
    """Close for those of the family for whom a conference found nothing more to be needed.

    By a chance of its own, so that the others' story goes on as it was.
    """
    when = at(add_working_days(after.date(), LET_GO), 15, 35)
    agreed = at(add_working_days(when.date(), 1), 11, 20)
    if not about or agreed >= pen.stop or pen.lead is None:
        return
    day = when.date()
    # What is told of the open case from now on is of the others.
    pen.case = tuple(n for n in pen.case if n not in about)
    pen.add(
        AskToClose(
            at=when,
            by=pen.lead.held_on(day),
            reason=SERVICES_CEASED,
            told_family="Told them and their mother, at the last visit.",
            told_agencies="School and the GP, in writing.",
            summaries=dict.fromkeys(about, LET_GO_SUMMARY),
        )
    )
    by = pen.service.one_of(
        "leadership", agreed.date(), pen.apart("let go", day), "service_manager"
    )
    pen.add(AgreeToClose(at=agreed, by=by, comments="Agreed, as the conference decided."))


def _step_down(pen: Pen, after: datetime, team: str) -> datetime:
    """The child in need plan that a conference asked for."""
    when = pen.in_days(after, 3, 8)
    manager = pen.service.manager(team, when.date())
    note = pen.says_of_all(when.date(), pen.theme.help)
    pen.add(HandOver(at=when, by=manager, step="family_help.plan", to=team, note=note))
    return when


def _help(
    pen: Pen, given: datetime, about: tuple[int, ...], by: tuple[str, Post], *, in_need: bool
) -> datetime:
    """Visits, reviews and direction, and in time an end."""
    team, lead = by
    months = pen.chance.triangular(2.5, 14, 5)
    end = pen.working(add_working_days(given.date(), int(months * 21)))
    when = pen.in_days(given, 2, 8)
    while when < end and when < pen.stop:
        visit(pen, when, about, "child_in_need" if in_need else "other", lead)
        when = pen.in_days(when, 10, 22)
    notes_between(pen, given, end, about, lead)
    if in_need:
        _review(pen, given, end, lead)
    _oversee(pen, given, end, team)
    return _close(pen, end, about, team)


def _review(pen: Pen, start: datetime, end: datetime, lead: Post) -> None:
    """Every ten weeks. Nothing is drawn by chance here, so that it changes no other story."""
    when = at(add_working_days(start.date(), REVIEWED_AFTER), 14, 5)
    while when < end and when < pen.stop:
        pen.add(ReviewPlan(at=when, by=lead.held_on(when.date()), text=REVIEWED))
        when = at(add_working_days(when.date(), REVIEWED_AFTER), 14, 5)


def _oversee(pen: Pen, start: datetime, end: datetime, team: str) -> None:
    when = pen.in_days(start, 18, 26)
    while when < end and when < pen.stop:
        manager = pen.service.manager(team, when.date())
        text = pen.says_of_all(when.date(), WORK["oversight"])
        pen.add(Oversee(at=when, by=manager, text=text, point="supervision"))
        when = pen.in_days(when, 22, 50)


def _close(
    pen: Pen, end: datetime, about: tuple[int, ...], team: str, reason: str = SERVICES_CEASED
) -> datetime:
    if end >= pen.stop or pen.lead is None:
        return end
    day = end.date()
    pen.add(
        AskToClose(
            at=end,
            by=pen.lead.held_on(day),
            reason=reason,
            told_family=pen.says_of_all(day, ("Told {mother} and each child, at the last visit.",)),
            told_agencies=pen.says_of_all(
                day, ("{school}, the GP and the health visitor, in writing.",)
            ),
            summaries={n: _summary(pen, n, day) for n in about},
        )
    )
    agreed = pen.in_days(end, 0, 4)
    pen.add(
        AgreeToClose(
            at=agreed,
            by=_who_agrees(pen, agreed.date(), team),
            comments=pen.says_of_all(agreed.date(), WORK["rationale"]),
        )
    )
    return agreed + timedelta(minutes=1)


def _who_agrees(pen: Pen, day: date, team: str) -> Worker:
    """The team's manager; a service manager within a year of a child protection plan."""
    if pen.plan_ended is not None and (day - pen.plan_ended).days <= YEAR_AND_SOME:
        return pen.service.one_of("leadership", day, pen.chance, "service_manager")
    return pen.service.manager(team, day)


def _summary(pen: Pen, place: int, day: date) -> str:
    child = pen.child(place, day)
    if band(child, day) == "unborn":
        return pen.says(child, day, WORK["closing"])
    return pen.says(child, day, WORK["closing"], pen.theme.eased)
