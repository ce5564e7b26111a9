"""A strategy discussion and a section 47 enquiry, up to what a manager agrees was found."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hearth.demo import rates
from hearth.demo.protection_acts import (
    AgreeNoConference,
    AuthoriseEnquiry,
    FindOut,
    HoldStrategy,
    SendEnquiry,
    SignPaper,
    WritePaper,
)
from hearth.demo.staff import Post
from hearth.demo.stories.pen import Pen
from hearth.demo.stories.visiting import visit
from hearth.demo.words import band
from hearth.demo.words.sentences import PROTECTION
from hearth.lib.dates import add_working_days, age_on

CONFERENCE, CEASED, UNFOUNDED = "conference", "no_continuing_risk", "not_substantiated"
# Of enquiries that lead to no conference, those that found harm which is over.
OVER = 0.45
AGAIN = 0.2
AT_HOME, SIGNED_LATE, WITH_A_DOCTOR = 0.65, 0.12, 0.25
WITHIN = 15
# A plan may last two years, and nobody is a child's worker for longer than they are a child.
OLDEST = 15
LATE = "One of the agencies answered only when it was asked a second time."


@dataclass(frozen=True, slots=True)
class Enquired:
    """An enquiry that was made: from when, until when, and whether a conference follows."""

    started: datetime
    at: datetime
    conference: bool


@dataclass(frozen=True, slots=True)
class _Enquiry:
    """An enquiry being made."""

    key: int
    about: tuple[int, ...]
    team: str
    lead: Post
    started: datetime
    outcome: str

    @property
    def day(self) -> date:
        """The day it began."""
        return self.started.date()

    @property
    def hurried(self) -> bool:
        """Whether it must be whole in time for a conference."""
        return self.outcome == CONFERENCE


def discuss(pen: Pen, when: datetime, team: str, about: tuple[int, ...]) -> None:
    """A strategy discussion that waits is held, and finds no cause to enquire."""
    day = when.date()
    pen.add(
        HoldStrategy(
            at=when,
            by=pen.service.manager(team, day),
            key=pen.key(),
            about=about,
            waits=True,
            concern=pen.says_of_all(day, PROTECTION["concern"]),
            decision="no_enquiry",
            rationale=pen.says_of_all(day, PROTECTION["strategy_not"]),
            safety=pen.says_of_all(day, PROTECTION["safety"]),
        )
    )


def enquire(
    pen: Pen, when: datetime, team: str, about: tuple[int, ...], lead: Post, *, waits: bool
) -> Enquired:
    """A strategy discussion that decides to enquire, and the enquiry, until it is authorised."""
    enquiry = _Enquiry(pen.key(), about, team, lead, when, _outcome(pen, when, about))
    _discuss(pen, enquiry, waits=waits)
    seen = pen.in_days(when, 0, 1)
    visit(pen, seen, about, "section_47", lead, prompt=True)
    safe = _keep_safe(pen, enquiry, seen + timedelta(hours=4))
    found = _find_out(pen, enquiry, pen.in_days(safe, 1, 2 if enquiry.hurried else 4))
    _discuss_again(pen, enquiry, found + timedelta(minutes=50))
    sent = _send(pen, enquiry, pen.in_days(found, 1, 2 if enquiry.hurried else 7), seen.date())
    return Enquired(when, _authorise(pen, enquiry, sent), enquiry.outcome == CONFERENCE)


def _outcome(pen: Pen, when: datetime, about: tuple[int, ...]) -> str:
    wanted = pen.protected or pen.likely(rates.ENQUIRIES_TO_CONFERENCE)
    if wanted and all_young(pen, about, when.date()):
        return CONFERENCE
    return CEASED if pen.likely(OVER) else UNFOUNDED


def all_young(pen: Pen, about: tuple[int, ...], day: date) -> bool:
    """Whether each of them is young enough for a plan to end before they are 18."""
    return all(age_on(pen.child(n, day).born_on, day) < OLDEST for n in about)


def _discuss(pen: Pen, enquiry: _Enquiry, *, waits: bool) -> None:
    day = enquiry.day
    pen.add(
        HoldStrategy(
            at=enquiry.started,
            by=pen.service.manager(enquiry.team, day),
            key=enquiry.key,
            about=enquiry.about,
            waits=waits,
            concern=pen.says_of_all(day, PROTECTION["concern"]),
            decision="joint" if pen.likely(0.4) else "single",
            rationale=pen.says_of_all(day, PROTECTION["strategy_why"]),
            plan=pen.says_of_all(day, PROTECTION["enquiry_plan"]),
            safety=pen.says_of_all(day, PROTECTION["safety"]),
            lead=enquiry.lead.held_on(day),
        )
    )


def _discuss_again(pen: Pen, enquiry: _Enquiry, when: datetime) -> None:
    """For some, what was found is talked through once more, and the enquiry goes on."""
    if pen.apart("again", when.date()).random() > AGAIN:
        return
    day = when.date()
    pen.add(
        HoldStrategy(
            at=when,
            by=pen.service.manager(enquiry.team, day),
            key=pen.key(),
            about=enquiry.about,
            waits=False,
            concern=pen.says_of_all(day, PROTECTION["concern"]),
            decision="single",
            rationale=pen.says_of_all(day, PROTECTION["strategy_again"]),
            plan=pen.says_of_all(day, PROTECTION["enquiry_plan"]),
            safety=pen.says_of_all(day, PROTECTION["safety"]),
        )
    )


def _keep_safe(pen: Pen, enquiry: _Enquiry, after: datetime) -> datetime:
    """The paper by which the children may be at home, written and signed; some days late for some.

    Where they are with somebody else until the end, there is none.
    """
    if not pen.likely(AT_HOME):
        return after
    when = pen.in_days(after, 0, 1)
    day = when.date()
    pen.add(
        WritePaper(
            at=when,
            by=enquiry.lead.held_on(day),
            key=enquiry.key,
            risk=pen.says_of_all(day, PROTECTION["risk"]),
            conditions=pen.says_of_all(day, PROTECTION["conditions"]),
            contingency=pen.says_of_all(day, PROTECTION["contingency"]),
            review_on=day + timedelta(days=14),
        )
    )
    signed = pen.in_days(when, 2, 3) if pen.likely(SIGNED_LATE) else when + timedelta(minutes=40)
    manager = pen.service.manager(enquiry.team, signed.date())
    pen.add(SignPaper(at=signed, by=manager, key=enquiry.key))
    return signed


def _find_out(pen: Pen, enquiry: _Enquiry, when: datetime) -> datetime:
    day = when.date()
    agencies = ("school", "gp") if _at_school(pen, enquiry, day) else ("health_visiting", "gp")
    pen.add(
        FindOut(
            at=when,
            by=enquiry.lead.held_on(day),
            key=enquiry.key,
            said={
                n: pen.says_of_all(day, PROTECTION["parent"])
                for n in pen.adults_to_ask() or [0]
                if n == 0 or pen.likely(0.7)
            },
            agencies={
                name: pen.says_of_all(day, PROTECTION[f"agency.{name}"]) for name in agencies
            },
            asked_on=enquiry.day,
            agreed=pen.says_of_all(day, PROTECTION["agreed"]),
            medical=(
                pen.says_of_all(day, PROTECTION["medical"]) or "-"
                if pen.likely(WITH_A_DOCTOR)
                else ""
            ),
        )
    )
    return when


def _at_school(pen: Pen, enquiry: _Enquiry, day: date) -> bool:
    return any(band(pen.child(n, day), day) in ("primary", "teen") for n in enquiry.about)


def _send(pen: Pen, enquiry: _Enquiry, when: datetime, seen_on: date) -> datetime:
    day = when.date()
    is_late = add_working_days(enquiry.day, WITHIN) < day
    pen.add(
        SendEnquiry(
            at=when,
            by=enquiry.lead.held_on(day),
            key=enquiry.key,
            home_seen_on=seen_on,
            home=pen.says_of_all(day, PROTECTION["home"]),
            history=pen.says_of_all(day, PROTECTION["history_now"]),
            analysis=pen.says_of_all(day, PROTECTION["enquiry_analysis"]),
            parts={n: _part(pen, enquiry, n, day) for n in enquiry.about},
            late_reason=LATE if is_late else "",
        )
    )
    return when


def _part(pen: Pen, enquiry: _Enquiry, place: int, day: date) -> Mapping[str, object]:
    child = pen.child(place, day)
    years = band(child, day)
    why = PROTECTION["no_conference"]
    return {
        "not_alone_reason": "too_young" if years in ("baby", "early") else "child_refused",
        "bedroom_seen": True,
        "words": pen.says(child, day, PROTECTION["views"]),
        "presentation": pen.says(child, day, PROTECTION["presentation"]),
        "medical_why_not": pen.says(child, day, PROTECTION["no_medical"]),
        "analysis": pen.says(child, day, PROTECTION["child_means"]),
        "outcome": enquiry.outcome,
        "outcome_reason": pen.says(child, day, PROTECTION[f"found.{enquiry.outcome}"]),
        "no_conference_reason": pen.says(child, day, why) if enquiry.outcome == CEASED else "",
    }


def _authorise(pen: Pen, enquiry: _Enquiry, sent: datetime) -> datetime:
    if enquiry.outcome == CEASED:
        sent = pen.in_days(sent, 0, 1)
        pen.add(
            AgreeNoConference(
                at=sent,
                by=pen.service.one_of("leadership", sent.date(), pen.chance, "service_manager"),
                key=enquiry.key,
                reason=pen.says_of_all(sent.date(), PROTECTION["no_conference"]),
            )
        )
    when = pen.in_days(sent, 0, 1)
    manager = pen.service.manager(enquiry.team, when.date())
    words = pen.says_of_all(when.date(), PROTECTION["authorised"])
    pen.add(AuthoriseEnquiry(at=when, by=manager, key=enquiry.key, comments=words))
    return when
