"""Conferences: whether enough agencies came, who may chair one, and what each may decide."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from hearth.lib.dates import in_words
from hearth.plans.models import Attendance, MeetingKind
from hearth.plans.models.members import CAME
from hearth.protection.models import ConferenceDecision

# Local practice: children's social care and two other agencies. The family does not count.
OTHER_AGENCIES = 2
UNDER = 4
MANAGER = "team manager"
MAY_COME_FROM = 10
NEW = (ConferenceDecision.PLAN, ConferenceDecision.IN_NEED, ConferenceDecision.NO_PLAN)
STANDING = (ConferenceDecision.CONTINUE, ConferenceDecision.IN_NEED, ConferenceDecision.NO_PLAN)
PLANS = (ConferenceDecision.PLAN, ConferenceDecision.CONTINUE)
# Why a conference may not be stood down.
ASKED_BY_ENQUIRY = "An enquiry asked for this conference, so a service manager stands it down"
REVIEW_IS_MOVED = "A review is moved, not stood down: only a conference ends a plan"


@dataclass(frozen=True, slots=True)
class Came:
    """One asked to a conference: of ours, of an agency, or neither, and whether they took part."""

    is_ours: bool
    agency: str
    attendance: str


@dataclass(frozen=True, slots=True)
class Quorum:
    """Whether a conference may decide, and why not."""

    social_care: bool
    agencies: frozenset[str]

    @property
    def is_met(self) -> bool:
        """Whether children's social care and enough other agencies took part."""
        return self.social_care and len(self.agencies) >= OTHER_AGENCIES

    @property
    def why_not(self) -> str:
        """What is missing, in words; empty when nothing is."""
        missing = [] if self.social_care else ["children's social care"]
        short = OTHER_AGENCIES - len(self.agencies)
        if short > 0:
            missing.append(f"{short} more {'agency' if short == 1 else 'agencies'}")
        return " and ".join(missing)


def quorum(members: Iterable[Came]) -> Quorum:
    """Count who took part. The chair and note taker are not members, so do not count."""
    present = [one for one in members if one.attendance in CAME]
    return Quorum(
        any(one.is_ours for one in present),
        frozenset(one.agency for one in present if one.agency and not one.is_ours),
    )


@dataclass(frozen=True, slots=True)
class Ties:
    """What a chair has had to do with the children of a conference: days, where there were any."""

    allocated_on: date | None = None
    gave_it_out_on: date | None = None
    directed_on: date | None = None
    decided_on: date | None = None
    decided: str = ""
    manages_team: str = ""


def why_not_independent(name: str, ties: Ties) -> str | None:
    """Why somebody may not chair: whoever does has no part in the case or its management.

    Working Together to Safeguard Children, all editions since 1999: the chair is independent of
    operational and line management responsibility for the case.
    """
    reasons = (
        (ties.allocated_on, "worked with a child of this family from {}"),
        (ties.gave_it_out_on, "allocated this family's case on {}"),
        (ties.directed_on, "directed the work with this family on {}"),
        (ties.decided_on, f"decided on this case on {{}}: {ties.decided.lower()}"),
    )
    for day, words in reasons:
        if day is not None:
            return f"{name} is not independent: they {words.format(in_words(day))}"
    if ties.manages_team:
        return f"{name} is not independent: they manage {ties.manages_team}, which has this case"
    return None


def decisions_for(*, is_review: bool, has_plan: bool) -> Sequence[ConferenceDecision]:
    """What may be decided for a child: a plan that stands goes on or ends; none begins twice."""
    return STANDING if is_review and has_plan else NEW


def asks_how_they_took_part(age: int | None, *, is_unborn: bool) -> str:
    """The code of how a child took part, where their age says it; empty where it must be asked."""
    if is_unborn:
        return "unborn"
    return "under_4" if age is not None and age < UNDER else ""


def why_not_by(day: date, earliest: date, latest: date | None, what: str) -> str | None:
    """Why a day cannot be set for something to be held; None if it can."""
    if day <= earliest:
        return f"{what} is held after the conference on {in_words(earliest)}"
    if latest is not None and day > latest:
        return f"{what} is to be held by {in_words(latest)}"
    return None


def usual_attendance(how: str) -> str:
    """What most of those asked are expected to do, by how the meeting is held."""
    by_how = {"video": Attendance.VIDEO, "telephone": Attendance.TELEPHONE}
    return by_how.get(how, Attendance.IN_PERSON)


def timescale_for(kind: str) -> str:
    """The time limit of a conference that is not a review, by its kind."""
    return {
        MeetingKind.PRE_BIRTH_CONFERENCE: "CP-15",
        MeetingKind.TRANSFER_CONFERENCE: "TRF-01",
    }.get(MeetingKind(kind), "CP-02")


def carries_the_plan_on(*, is_key: bool, is_kept_out: bool, is_a_child: bool, role: str) -> bool:
    """Whether somebody is expected in the core group: the family's adults, the worker, agencies.

    The chair settles it in the meeting; a manager oversees the group and is not of it.
    """
    return is_key and not is_kept_out and not is_a_child and role != MANAGER
