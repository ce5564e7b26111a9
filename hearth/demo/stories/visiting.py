"""Visits and case notes while a case is open."""

from datetime import date, datetime, timedelta

from hearth.demo.acts import Note, Visit
from hearth.demo.staff import Post
from hearth.demo.stories.pen import Pen, tidy
from hearth.demo.words import band, first_name
from hearth.demo.words.sentences import CHILDREN, WORK, in_parts
from hearth.lib.dates import add_working_days

# Notes whose words are about a child's own school or talk.
NOTES = in_parts(WORK["notes"])
ABOUT_A_CHILD = {"child_said", "school_visit"}
NOTABLE = {"child_said": "medium", "information_received": "medium", "no_access": "medium"}


def visit(
    pen: Pen,
    when: datetime,
    about: tuple[int, ...],
    kind: str,
    lead: Post,
    *,
    prompt: bool = False,
) -> None:
    """A visit, made or missed, written up the same day or some days late; a prompt one at once."""
    day = when.date()
    written = when + timedelta(minutes=70) if prompt else _written_up(pen, when)
    worker = lead.held_on(day)
    if lead.held_on(written.date()) is not worker:
        written = when + timedelta(minutes=70)
    attempted = pen.likely(0.07) and kind != "initial" and not prompt
    pen.add(
        Visit(
            at=written,
            by=worker,
            kind=kind,
            happened_at=when,
            place=pen.says_of_all(day, WORK["places"])[:200],
            announced=pen.likely(0.8),
            account=pen.says_of_all(day, WORK["visit_accounts"]),
            home=pen.says_of_all(day, WORK["visit_homes"]),
            worries=pen.says_of_all(day, WORK["visit_worries"]),
            agreed=pen.says_of_all(day, WORK["visit_agreed"]),
            parts={n: _part(pen, n, day, attempted=attempted) for n in about},
            attempted=attempted,
        )
    )


def _written_up(pen: Pen, when: datetime) -> datetime:
    if pen.likely(0.7):
        return when + timedelta(minutes=pen.chance.randint(45, 200))
    return pen.in_days(when, 1, 2 if pen.likely(0.8) else 7)


def _part(pen: Pen, place: int, day: date, *, attempted: bool) -> dict[str, object]:
    child = pen.child(place, day)
    years = band(child, day)
    if years == "unborn":
        return {"seen": False, "reason": "other", "reason_detail": "Not yet born"}
    if attempted or pen.likely(0.09):
        return {
            "seen": False,
            "reason": pen.chance.choice(("not_home", "not_home", "asleep")),
            "observation": pen.says(
                child, day, ("{child} was not there when I called.", "{child} was at {gran}'s.")
            ),
        }
    alone = years in ("primary", "teen") and pen.likely(0.75)
    part: dict[str, object] = {
        "seen": True,
        "seen_alone": alone,
        "where_seen": "Home",
        "bedroom_seen": pen.likely(0.5),
        "observation": pen.says(child, day, WORK["observations"]),
    }
    if alone:
        part["own_words"] = pen.says(child, day, CHILDREN[f"child_words.{years}"])
    else:
        part["reason"] = "too_young" if years in ("baby", "early") else "child_refused"
    return part


def notes_between(
    pen: Pen, start: datetime, end: datetime, about: tuple[int, ...], lead: Post
) -> None:
    """Case notes between two moments, as many as the pace of the recording gives."""
    moment = pen.in_days(start, 0, 2)
    while moment < end and moment < pen.stop:
        _note(pen, moment, about, lead)
        days = max(round(pen.chance.expovariate(1 / pen.pace)), 0)
        moment = pen.working(add_working_days(moment.date(), days), after=moment)


def _note(pen: Pen, moment: datetime, about: tuple[int, ...], lead: Post) -> None:
    kind, headline, text = NOTES[pen.chance.randrange(len(NOTES))]
    day = moment.date()
    born = [n for n in about if band(pen.child(n, day), day) != "unborn"]
    if not born:
        return
    place = pen.chance.choice(born)
    child = pen.child(place, day)
    facts = pen.telling.facts(child, day)
    alone = kind in ABOUT_A_CHILD or first_name(child) in headline.format(**facts)
    written = _written_up(pen, moment)
    worker = lead.held_on(day)
    if lead.held_on(written.date()) is not worker:
        written = moment + timedelta(minutes=30)
    pen.add(
        Note(
            at=written,
            by=worker,
            about=(place,) if alone else tuple(born),
            kind=kind,
            headline=tidy(headline.format(**facts))[:200],
            text=tidy(text.format(**facts)),
            happened_at=moment,
            significance=NOTABLE.get(kind, "low"),
        )
    )
