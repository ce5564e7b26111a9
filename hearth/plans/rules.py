"""When a plan may end without a meeting, who must take part, and who keeps papers from whom."""

from collections.abc import Iterable
from datetime import date, timedelta

from hearth.accounts.models import User
from hearth.accounts.roles import INDEPENDENT, MANAGERS
from hearth.lib.dates import add_months, in_words
from hearth.people.models import Person
from hearth.plans.models import CAME, MeetingMember

# What ends any plan by itself. Otherwise only a conference ends a protection plan, and a review or
# the end of the episode a child in need plan (Working Together 2023, chapter 3).
WITHOUT_A_MEETING = ("adult", "died", "looked_after", "transferred")
ADULT_MONTHS = 18 * 12
# What no fact on the record bears out: a service manager says so, and on what grounds.
BORNE_OUT_BY_WORDS = ("looked_after", "transferred")
AGENCIES_FOR_QUORUM = 2


def adult_on(child: Person) -> date | None:
    """The day a child becomes 18, where the birth is known."""
    if child.born_on is None or child.is_unborn:
        return None
    day = add_months(child.born_on, ADULT_MONTHS)
    # Born on 29 February: 18 on 1 March, as `age_on` counts.
    return day if day.day == child.born_on.day else day + timedelta(days=1)


def why_not_end(child: Person, reason: str, on: date) -> str | None:
    """Why a plan may not end for this on a day, in words; None when it may."""
    if reason not in WITHOUT_A_MEETING:
        return "A conference or a review decides that. Record the meeting"
    if reason == "adult":
        return _why_not_adult(child, on)
    if reason == "died":
        return _why_not_died(child, on)
    return None


def _why_not_adult(child: Person, on: date) -> str | None:
    birthday = adult_on(child)
    if birthday is None:
        return f"{child}'s date of birth is not known, so nobody can say when they are 18"
    return f"{child} is 18 on {in_words(birthday)}" if on < birthday else None


def _why_not_died(child: Person, on: date) -> str | None:
    if child.died_on is None:
        return f"Record {child}'s death on their record first"
    return f"{child} died on {in_words(child.died_on)}" if on < child.died_on else None


def may_keep_papers(worker: User) -> bool:
    """Whether this worker may keep a paper from somebody: a manager, or a conference's chair."""
    return worker.has_role(*MANAGERS, *INDEPENDENT)


def who_is_missing(members: Iterable[MeetingMember]) -> list[str]:
    """Who must take part for a core group to stand: two other agencies, and a parent or carer."""
    came = [member for member in members if member.attendance in CAME]
    agencies = {member.agency for member in came if member.agency}
    missing = []
    if len(agencies) < AGENCIES_FOR_QUORUM:
        missing.append("two agencies besides social care")
    if not any(_is_family(member) for member in came):
        missing.append("a parent or carer")
    return missing


def _is_family(member: MeetingMember) -> bool:
    """Whether they are of the family, and not one of the children it is about."""
    is_ours = bool(member.agency) or member.worker_id is not None
    return not is_ours and member.person_id not in member.about
