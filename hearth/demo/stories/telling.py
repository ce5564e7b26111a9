"""A contact: who told us, what of whom, and what was made of it before it was decided."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from hearth.demo.acts import Acknowledge, Contact, PutOnRecord, Referrer, Screen
from hearth.demo.communities import COMMUNITIES
from hearth.demo.staff import Worker
from hearth.demo.stories.pen import NIGHTS, Pen, at
from hearth.demo.words import SCHOOLS, SECONDARIES, band
from hearth.demo.words.sentences import PROTECTION, WORK
from hearth.lib.dates import is_working_day

ELSEWHERE = "other_authority"
METHODS = {
    "police": ("police_notification",),
    "school": ("online_form", "phone", "secure_email"),
    "hospital": ("hospital_notification", "phone"),
    "public": ("phone", "phone", "in_person"),
}
ROLES = {
    "police": "Police constable",
    "school": "Designated safeguarding lead",
    "early_years": "Nursery manager",
    "gp": "GP",
    "hospital": "Paediatric nurse",
    "health_visiting": "Health visitor",
    "midwifery": "Midwife",
    "camhs": "Mental health practitioner",
    "youth_justice": "Youth justice worker",
    "housing": "Housing officer",
    "voluntary": "Support worker",
    ELSEWHERE: "Team manager",
}
ORGANISATIONS = {
    "police": (
        "Fenbridge Police, Eastern",
        "Fenbridge Police, Central",
        "Fenbridge Public Protection",
    ),
    "school": (*SCHOOLS, *SECONDARIES),
    "early_years": ("Little Reeds Nursery", "Ferry Lane Nursery"),
    "gp": ("Weir Road Surgery", "Cloister Practice", "Quayside Medical Centre"),
    "hospital": ("Fenbridge General, emergency department", "Fenbridge General, children's ward"),
    "health_visiting": ("Health visiting, north", "Health visiting, south"),
    "midwifery": ("Fenbridge General, midwifery",),
    "camhs": ("Fenbridge CAMHS",),
    "youth_justice": ("Fenbridge Youth Justice",),
    "housing": ("Fenbridge Homes",),
    "voluntary": ("Fenbridge Food Bank", "Reedbed Family Project"),
    ELSEWHERE: ("Saltmarsh Children's Services", "Upper Wold Children's Services"),
}


def whom_about(pen: Pen, when: datetime, *, open_case: bool) -> tuple[int, ...]:
    """All the children, or sometimes one of them alone; of an open case, those it is about."""
    children = pen.children_on(when)
    if open_case:
        return tuple(n for n in children if n in pen.case)
    if pen.unborn and not pen.put_on_record:
        return tuple(n for n in children if pen.family.children[n].expected)
    if len(children) > 1 and not pen.put_on_record and pen.likely(0.06):
        return (children[0],)
    return tuple(children)


@dataclass(frozen=True, slots=True)
class Told:
    """A contact as it was written down."""

    at: datetime
    received: datetime
    about: tuple[int, ...]
    agency: str
    worker: Worker
    harm: bool
    out_of_hours: bool
    consent: str
    basis: str


def record(pen: Pen, key: int, about: tuple[int, ...], when: datetime) -> Told | None:
    """Somebody tells us, by day or by night, and it is written down; None if it is of nobody."""
    if not about:
        return None
    moved = pen.moves_in and pen.referred_on is None
    agency = ELSEWHERE if moved else pen.one_of(pen.theme.told_by)
    received, nights = _received(pen, agency, when)
    written = received + timedelta(minutes=pen.chance.randint(12, 95))
    worker = _taken_by(pen, received.date(), nights=nights)
    harm = (pen.theme.harm and pen.likely(0.75)) or pen.protected
    consent, basis = _consent(pen, harm=harm)
    told = Told(written, received, about, agency, worker, harm, nights, consent, basis)
    if not pen.put_on_record:
        pen.put_on_record = True
        pen.add(PutOnRecord(at=written - timedelta(minutes=5), by=worker))
    pen.add(_as_written(pen, key, told))
    return replace(told, at=_acknowledge(pen, key, told)) if nights else told


def _taken_by(pen: Pen, day: date, *, nights: bool) -> Worker:
    if nights:
        return pen.service.one_of(NIGHTS, day, pen.chance, "out_of_hours")
    return pen.screening_officer(day)


def _as_written(pen: Pen, key: int, told: Told) -> Contact:
    day = told.received.date()
    methods = METHODS.get(told.agency, ("phone", "secure_email", "online_form"))
    return Contact(
        at=told.at,
        by=told.worker,
        key=key,
        about=told.about,
        received_at=told.received,
        method=pen.chance.choice(methods),
        referrer=_referrer(pen, told.agency),
        reason=pen.says_of_all(
            day, PROTECTION["transfer.told"] if told.agency == ELSEWHERE else pen.theme.reasons
        ),
        said=_said(pen, told.about, day),
        concerns=_concerns(pen, harm=told.harm),
        harm=told.harm,
        consent=told.consent,
        basis=told.basis,
        out_of_hours=told.out_of_hours,
        action_taken=(pen.says_of_all(day, WORK["out_of_hours_did"]) if told.out_of_hours else ""),
    )


def _acknowledge(pen: Pen, key: int, told: Told) -> datetime:
    """The day service reads it in the morning."""
    morning = pen.working(_next_working(told.at), after=told.at).replace(hour=9)
    text = pen.says_of_all(morning.date(), WORK["acknowledged"])
    by = pen.front_door_manager(morning.date())
    pen.add(Acknowledge(at=morning, by=by, key=key, text=text))
    return morning


def _concerns(pen: Pen, *, harm: bool) -> tuple[str, ...]:
    if harm or not pen.theme.harm:
        return pen.theme.concerns
    return (_milder(pen.theme.key),)


def _milder(theme: str) -> str:
    return {"injury": "emotional_abuse", "exploitation": "behaviour"}[theme]


def _received(pen: Pen, agency: str, when: datetime) -> tuple[datetime, bool]:
    """When it reached us, and whether the day service was closed."""
    at_night = agency in ("police", "hospital", "public") and pen.likely(0.22)
    if at_night:
        return at(when.date(), pen.chance.randint(18, 22), pen.chance.randint(0, 59)), True
    return pen.working(when.date()), False


def _next_working(moment: datetime) -> date:
    day = moment.date() + timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def _consent(pen: Pen, *, harm: bool) -> tuple[str, str]:
    if harm:
        return "not_asked", "significant_harm"
    if pen.likely(0.72):
        return "given", ""
    return ("refused", "public_task") if pen.likely(0.4) else ("not_asked", "public_task")


def _referrer(pen: Pen, agency: str) -> Referrer:
    if agency == "public":
        return _public(pen)
    community = pen.chance.choices(COMMUNITIES, weights=[c.share for c in COMMUNITIES])[0]
    given = pen.chance.choice(community.girls if pen.likely(0.7) else community.boys)
    return Referrer(
        kind="professional",
        name=f"{given} {pen.chance.choice(community.families)}",
        role=ROLES[agency],
        agency=agency,
        organisation=pen.chance.choice(ORGANISATIONS[agency]),
        phone=f"020 7946 0{pen.chance.randint(0, 999):03d}",
    )


def _public(pen: Pen) -> Referrer:
    if pen.likely(0.35):
        return Referrer(kind="anonymous")
    if pen.likely(0.6):
        return Referrer(
            kind="public",
            name=f"{pen.family.adults[0].given_names} {pen.family.adults[0].family_name}",
            role="Mother",
            phone=pen.family.adults[0].phone,
            source="1A",
        )
    return Referrer(kind="public", name="A neighbour", role="Neighbour", source="1B")


def _said(pen: Pen, about: tuple[int, ...], day: date) -> dict[int, str]:
    """What was said of each child who is old enough to have been noticed."""
    return {
        n: pen.says(pen.child(n, day), day, pen.theme.details)
        for n in about
        if band(pen.child(n, day), day) in ("early", "primary", "teen")
    }


def screen(pen: Pen, key: int, told: Told, *, open_case: bool) -> datetime:
    """The contact is looked into and sent to a manager; returns when."""
    outcome = "allocated_worker" if open_case else ""
    slow = pen.likely(0.08)
    when = pen.in_days(told.at, 1, 3) if slow else pen.working(told.at.date(), after=told.at)
    pen.add(
        Screen(
            at=when,
            by=pen.screening_officer(when.date()),
            key=key,
            concerns=_concerns(pen, harm=told.harm),
            consent=told.consent,
            basis=told.basis,
            rationale=pen.says_of_all(
                when.date(),
                WORK["screening"],
                history=pen.chance.choice(WORK["known_before"] if key > 1 else WORK["not_known"]),
                consent=pen.chance.choice(
                    WORK["agreed"] if told.consent == "given" else WORK["not_agreed"]
                ),
            ),
            threshold="4" if told.harm else pen.chance.choice("234"),
            outcome=outcome,
        )
    )
    return when
