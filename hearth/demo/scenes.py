"""Scenes for the small borough: families who stand, this morning, just where somebody must act.

A scene says how its story must end. Stories are drawn, each a little different, until one does; so
a scene is as whole and as possible as any other family's life, and is the same for the same seed.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from hearth.demo import acts, protection_acts
from hearth.demo.acts import Act, Story
from hearth.demo.families import Household, household
from hearth.demo.staff import Service
from hearth.demo.stories import story
from hearth.lib.dates import add_working_days, is_working_day, working_days_until

A = TypeVar("A", bound=Act)
MOST_TRIES = 10_000
LIMIT = 45
SIX_WEEKS = 42
NEAR = 3
FIRST_NUMBER = 1000


@dataclass(frozen=True, slots=True)
class Scene:
    """How a story must end, and how long before this morning it begins."""

    name: str
    begins: tuple[int, int]
    ends_so: Callable[[Story, date], bool]
    # Whose case it must be, by their known address.
    lead: str = ""
    # Whether the first referral leads to a child protection conference.
    protected: bool = False
    # Whether the family comes with another authority's plan.
    moves_in: bool = False
    # Whether it is about children who are still to be born, and no others.
    unborn: bool = False

    @property
    def accepted(self) -> bool:
        """Whether the first contact is accepted, as it must be for somebody to lead."""
        return bool(self.lead) or self.begins[0] > SOON[1]


@dataclass(frozen=True, slots=True)
class Told:
    """A family with its story, and the scene it was told for."""

    family: Household
    story: Story
    scene: str = ""


def scenes(
    service: Service, *, seed: int, today: date, pace: float, many: int | None = None
) -> Iterator[Told]:
    """A family for every scene; or for so many of them, from the first worry to the last visit."""
    many = len(SCENES) if many is None else min(many, len(SCENES))
    for n in (place * len(SCENES) // many for place in range(many)):
        scene = SCENES[n]
        yield _draw(scene, FIRST_NUMBER + n, service, seed=seed, today=today, pace=pace)


def _draw(
    scene: Scene, number: int, service: Service, *, seed: int, today: date, pace: float
) -> Told:
    least, most = scene.begins

    def told(attempt: int, *, silent: bool) -> tuple[Household, Story]:
        chance = random.Random(f"{seed}/{scene.name}/{number}/{attempt}")
        first = today - timedelta(days=chance.randint(least, most))
        family = household(number, chance, today=first)
        return family, story(
            family,
            service=service,
            chance=chance,
            first=first,
            today=today,
            pace=pace,
            leader=scene.lead,
            accepted=scene.accepted,
            protected=scene.protected,
            moves_in=scene.moves_in,
            unborn=scene.unborn,
            silent=silent,
        )

    for attempt in range(MOST_TRIES):
        _, tale = told(attempt, silent=True)
        if tale and scene.ends_so(tale, today) and _is_led_by(tale, scene.lead):
            return Told(*told(attempt, silent=False), scene.name)
    raise LookupError(f"No story ended as {scene.name} must, of {MOST_TRIES} drawn")


def _is_led_by(told: Story, address: str) -> bool:
    if not address:
        return True
    given = last(told, acts.Allocate)
    return given is not None and given.worker.email.partition("@")[0] == address


def last(told: Story, kind: type[A]) -> A | None:
    """The last act of a kind."""
    found = [act for act in told if isinstance(act, kind)]
    return found[-1] if found else None


def _many(told: Sequence[Act], kind: type[Act]) -> int:
    return sum(isinstance(act, kind) for act in told)


def _taken_not_screened(told: Story, _today: date) -> bool:
    contact = last(told, acts.Contact)
    return (
        contact is not None and not contact.out_of_hours and _many(told, acts.Screen) < contact.key
    )


def _taken_at_night(told: Story, _today: date) -> bool:
    contact, read = last(told, acts.Contact), last(told, acts.Acknowledge)
    waits = contact is not None and contact.out_of_hours
    return waits and (read is None or read.key != contact.key)  # type: ignore[union-attr]


def _screened_not_decided(told: Story, _today: date) -> bool:
    screened, decided = last(told, acts.Screen), last(told, acts.Decide)
    return screened is not None and (decided is None or decided.key != screened.key)


def _harm_not_decided(told: Story, today: date) -> bool:
    contact = last(told, acts.Contact)
    return contact is not None and contact.harm and _screened_not_decided(told, today)


def _referral_not_decided(told: Story, _today: date) -> bool:
    decided = last(told, acts.Decide)
    waits = decided is not None and decided.outcome == "referral" and not decided.team
    return waits and not _many(told, acts.DecideReferral)


def _accepted(told: Story) -> bool:
    decided, referral = last(told, acts.Decide), last(told, acts.DecideReferral)
    at_once = decided is not None and bool(decided.team) and decided.outcome == "referral"
    return at_once or (referral is not None and referral.outcome == "assess")


def _not_allocated(told: Story, _today: date) -> bool:
    return _accepted(told) and not _many(told, acts.Allocate)


def _not_begun(told: Story, _today: date) -> bool:
    return _many(told, acts.Allocate) == 1 and not _many(told, acts.StartAssessment)


def _being_written(told: Story, today: date) -> bool:
    begun = last(told, acts.StartAssessment)
    return (
        _open(told)
        and begun is not None
        and not _is_over(told, today)
        and bool(last(told, acts.Visit))
    )


def _half_written(told: Story, today: date) -> bool:
    return _being_written(told, today) and 1 <= _many(told, acts.WriteSection) <= 6


def _overdue(told: Story, today: date) -> bool:
    return _open(told) and _is_over(told, today)


def _open(told: Story) -> bool:
    return _many(told, acts.StartAssessment) == 1 and not _many(told, acts.Submit)


def _is_over(told: Story, today: date) -> bool:
    contact = last(told, acts.Contact)
    return contact is not None and working_days_until(contact.received_at.date(), today) > LIMIT


def _sent(told: Story, _today: date) -> bool:
    return _many(told, acts.Submit) == 1 and not (
        _many(told, acts.Authorise) or _many(told, acts.Return)
    )


def _returned(told: Story, _today: date) -> bool:
    return _many(told, acts.Return) == 1 and _many(told, acts.Submit) == 1


def _to_hand_over(told: Story, _today: date) -> bool:
    section = [a for a in told if isinstance(a, acts.WriteSection) and a.section == "conclusion"]
    needs = bool(section) and next(iter(section[-1].own.values()))["outcome"] == "child_in_need"
    return bool(_many(told, acts.Authorise)) and needs and not _many(told, acts.HandOver)


def _helped(told: Story, _today: date) -> bool:
    return (
        _many(told, acts.Authorise) == 1
        and _many(told, acts.Allocate) >= 2
        and not _many(told, acts.AskToClose)
        and _many(told, acts.Visit) >= 4
    )


def _asked_to_close(told: Story, _today: date) -> bool:
    return _many(told, acts.AskToClose) == 1 and not _many(told, acts.AgreeToClose)


def _told_again(told: Story, today: date) -> bool:
    contact, read = last(told, acts.Contact), last(told, acts.ReadContact)
    unread = contact is not None and (read is None or read.key != contact.key)
    return unread and _many(told, acts.Contact) > 1 and _helped(told, today)


def _expecting(told: Story, today: date) -> bool:
    seen = last(told, acts.Visit)
    unborn = seen is not None and any(
        p.get("reason_detail") == "Not yet born" for p in seen.parts.values()
    )
    return unborn and _being_written(told, today)


def _strategy_to_hold(told: Story, _today: date) -> bool:
    decided = last(told, acts.Decide)
    waits = decided is not None and decided.outcome == "strategy_discussion"
    return waits and not _many(told, protection_acts.HoldStrategy)


def _paper_unsigned(told: Story, _today: date) -> bool:
    written = _many(told, protection_acts.WritePaper)
    return written == 1 and not _many(told, protection_acts.SignPaper)


def _enquiry_sent(told: Story, _today: date) -> bool:
    sent = last(told, protection_acts.SendEnquiry)
    if sent is None or _many(told, protection_acts.AuthoriseEnquiry):
        return False
    return next(iter(sent.parts.values()))["outcome"] == "conference"


def _to_be_conferred(told: Story) -> date | None:
    """The day of a first conference that is booked, and not held yet."""
    booked = last(told, protection_acts.BookConference)
    held = _many(told, protection_acts.HoldConference)
    return booked.day if booked is not None and not held else None


def _conference_today(told: Story, today: date) -> bool:
    day = today if is_working_day(today) else add_working_days(today, 1)
    return _to_be_conferred(told) == day


def _conference_next_week(told: Story, today: date) -> bool:
    day = _to_be_conferred(told)
    return day is not None and 5 <= (day - today).days <= 11


def _report_to_agree(told: Story, today: date) -> bool:
    """The social worker's report is with a manager, and the conference is to come."""
    asked = (protection_acts.SendReport, protection_acts.ReturnReport, protection_acts.AgreeReport)
    done = [act for act in told if isinstance(act, asked)]
    waits = bool(done) and isinstance(done[-1], protection_acts.SendReport)
    day = _to_be_conferred(told)
    return waits and day is not None and day >= today


def _reports_overdue(told: Story, today: date) -> bool:
    """The conference is at hand: no report of ours, and one that an agency began."""
    day = _to_be_conferred(told)
    if (
        day is None
        or not 0 <= (day - today).days <= NEAR
        or _many(told, protection_acts.SendReport)
    ):
        return False
    return any(isinstance(a, protection_acts.AgencyWrites) and not a.sends for a in told)


def _record_to_write(told: Story, _today: date) -> bool:
    decided = _many(told, protection_acts.HoldConference) == 1
    return decided and not _many(told, protection_acts.ApproveRecord)


def _decided_apart(told: Story, _today: date) -> bool:
    """The last conference decided otherwise for one child, and an agency did not agree."""
    held = last(told, protection_acts.HoldConference)
    return held is not None and bool(held.apart) and bool(held.against)


def _not_quorate(told: Story, _today: date) -> bool:
    held = last(told, protection_acts.HoldConference)
    return held is not None and bool(held.alone)


def _stands(told: Story) -> bool:
    """A protection plan stands, and a core group has met."""
    held = last(told, protection_acts.HoldConference)
    return (
        held is not None
        and bool(held.category)
        and bool(_many(told, protection_acts.HoldCoreGroup))
    )


def _before_birth(told: Story, _today: date) -> bool:
    return _to_be_conferred(told) is not None and not _many(told, acts.Birth)


def _moved_here(told: Story, _today: date) -> bool:
    """A transfer-in conference is asked for, and not held yet."""
    asked = _many(told, protection_acts.CallTransfer)
    return bool(asked) and not _many(told, protection_acts.HoldConference)


def _visit_due(told: Story, today: date) -> bool:
    seen = last(told, acts.Visit)
    if seen is None or not _stands(told) or seen.attempted:
        return False
    return 7 <= working_days_until(seen.happened_at.date(), today) <= 10


def _core_group_overdue(told: Story, today: date) -> bool:
    met = last(told, protection_acts.HoldCoreGroup)
    since = (today - met.held_at.date()).days if met is not None else 0
    return _stands(told) and since > SIX_WEEKS


SOCIAL_WORKER, PROTECTION = "social.worker", "protection.social.worker"
NEWLY_QUALIFIED, AGENCY, SENIOR = "newly.qualified", "agency.social.worker", "senior.social.worker"
SOON, WEEKS, LONG = (1, 5), (14, 62), (66, 100)

SCENES: tuple[Scene, ...] = (
    *(Scene("taken, and not yet screened", SOON, _taken_not_screened) for _ in range(4)),
    *(Scene("taken at night, and not yet read", (1, 3), _taken_at_night) for _ in range(2)),
    *(Scene("screened, and waiting for a decision", SOON, _screened_not_decided) for _ in range(3)),
    Scene("harm, and waiting for a decision", SOON, _harm_not_decided),
    *(Scene("a referral to decide", (1, 8), _referral_not_decided) for _ in range(2)),
    *(Scene("accepted, and not yet allocated", (1, 8), _not_allocated) for _ in range(2)),
    Scene("allocated, and not yet begun", (2, 10), _not_begun, SOCIAL_WORKER),
    *(Scene("being assessed", WEEKS, _being_written, SOCIAL_WORKER) for _ in range(2)),
    Scene("half written", (30, 62), _half_written, SOCIAL_WORKER),
    Scene("overdue", LONG, _overdue, SOCIAL_WORKER),
    Scene("sent to the manager", (20, 80), _sent, SOCIAL_WORKER),
    Scene("returned by the manager", (20, 90), _returned, SOCIAL_WORKER),
    Scene("unborn", (20, 62), _expecting, SENIOR),
    Scene("being assessed", WEEKS, _being_written, NEWLY_QUALIFIED),
    Scene("sent to the manager", (20, 80), _sent, AGENCY),
    Scene("overdue", LONG, _overdue, AGENCY),
    Scene("to be handed over", (20, 80), _to_hand_over, SOCIAL_WORKER),
    *(Scene("being helped", (90, 330), _helped, PROTECTION) for _ in range(3)),
    Scene("told again of an open case", (60, 300), _told_again, PROTECTION),
    Scene("asked to close", (120, 420), _asked_to_close),
    Scene("a strategy discussion to hold", SOON, _strategy_to_hold, protected=True),
    Scene("a paper no manager has signed", (4, 24), _paper_unsigned, SENIOR, protected=True),
    Scene("an enquiry to authorise", (9, 32), _enquiry_sent, SOCIAL_WORKER, protected=True),
    Scene("a conference today", (20, 48), _conference_today, SOCIAL_WORKER, protected=True),
    Scene("a conference next week", (14, 44), _conference_next_week, SENIOR, protected=True),
    Scene("a report to agree", (14, 44), _report_to_agree, protected=True),
    Scene("reports overdue", (14, 44), _reports_overdue, protected=True),
    Scene("a conference to write up", (22, 60), _record_to_write, protected=True),
    Scene("before a birth", (10, 40), _before_birth, protected=True, unborn=True),
    Scene("moved here with a plan", (4, 20), _moved_here, moves_in=True),
    Scene("a visit due under a plan", (80, 400), _visit_due, PROTECTION, protected=True),
    Scene("a core group overdue", (100, 400), _core_group_overdue, PROTECTION, protected=True),
    Scene("children decided differently", (60, 300), _decided_apart, protected=True),
    Scene("a conference that was not quorate", (40, 200), _not_quorate, protected=True),
)
