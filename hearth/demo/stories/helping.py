"""After an assessment that found a need: a new team, visits, direction, and in time an end."""

from datetime import date, datetime, timedelta

from hearth.demo.acts import AgreeToClose, AskToClose, Oversee, ReviewPlan
from hearth.demo.staff import Post
from hearth.demo.stories.assessing import Finished, allocate
from hearth.demo.stories.pen import Pen, at
from hearth.demo.stories.visiting import notes_between, visit
from hearth.demo.words import band
from hearth.demo.words.sentences import WORK
from hearth.lib.dates import add_working_days

TEAM_CHANGE = "TSPROC"
SERVICES_CEASED = "RC7"
REVIEWED_AFTER = 50
REVIEWED = "We read the plan together and said of each thing how it goes. It goes on as it is."


def help_family(pen: Pen, finished: Finished, about: tuple[int, ...]) -> datetime:
    """The family is helped by another team until there is no more need; returns when it ended."""
    team = pen.family_team()
    given, lead = allocate(
        pen,
        pen.in_days(finished.at, 3, 9),
        team,
        reason=TEAM_CHANGE,
        words=WORK["handover_directions"],
    )
    months = pen.chance.triangular(2.5, 14, 5)
    end = pen.working(add_working_days(given.date(), int(months * 21)))
    when = pen.in_days(given, 2, 8)
    kind = "child_in_need" if finished.outcome == "child_in_need" else "other"
    while when < end and when < pen.stop:
        visit(pen, when, about, kind, lead)
        when = pen.in_days(when, 10, 22)
    notes_between(pen, given, end, about, lead)
    if kind == "child_in_need":
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


def _close(pen: Pen, end: datetime, about: tuple[int, ...], team: str) -> datetime:
    if end >= pen.stop or pen.lead is None:
        return end
    day = end.date()
    pen.add(
        AskToClose(
            at=end,
            by=pen.lead.held_on(day),
            reason=SERVICES_CEASED,
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
            by=pen.service.manager(team, agreed.date()),
            comments=pen.says_of_all(agreed.date(), WORK["rationale"]),
        )
    )
    return agreed + timedelta(minutes=1)


def _summary(pen: Pen, place: int, day: date) -> str:
    child = pen.child(place, day)
    if band(child, day) == "unborn":
        return pen.says(child, day, WORK["closing"])
    return pen.says(child, day, WORK["closing"], pen.theme.eased)
