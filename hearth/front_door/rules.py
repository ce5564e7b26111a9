"""Decisions over facts: values in, a value out; no query and no clock."""

from collections.abc import Collection, Iterable
from datetime import date

from hearth.casework.timescales import due
from hearth.front_door.models import ReferrerKind
from hearth.front_door.timescales import RE_REFERRAL
from hearth.lib.codes import code_set
from hearth.lib.dates import add_months, in_words

REPEATED = 3
REPEATED_WITHIN_MONTHS = 12
OLDEST_CONCERNED = 26  # care leavers may ask for help until 25 (Children and Social Work Act 2017)

ABOUT_HARM = "Significant harm"
DOMESTIC_ABUSE = frozenset({"domestic_abuse", "violent_abuse"})

# The census's primary need, tried in this order: the first that fits is offered to the manager.
NEEDS: tuple[tuple[str, frozenset[str]], ...] = (
    ("N1", frozenset({"neglect", "emotional_abuse", "domestic_abuse", "radicalisation", "online"})),
    ("N2", frozenset({"child_disability"})),
    (
        "N3",
        frozenset({"parent_mental_health", "parent_disability", "parent_alcohol", "parent_drugs"}),
    ),
    ("N6", frozenset({"behaviour", "child_substances", "missing", "school"})),
    ("N8", frozenset({"unaccompanied", "absent_parent", "private_fostering"})),
    ("N5", frozenset({"family_conflict"})),
    ("N7", frozenset({"money", "housing"})),
    ("N4", frozenset({"young_carer", "child_mental_health", "other"})),
)

SOURCES = {
    "police": "6",
    "school": "2A",
    "early_years": "2B",
    "college": "2A",
    "education_service": "2B",
    "gp": "3A",
    "hospital": "3E",
    "ambulance": "3F",
    "health_visiting": "3B",
    "school_nursing": "3C",
    "midwifery": "3D",
    "camhs": "3F",
    "adult_mental_health": "3F",
    "substance_misuse": "3F",
    "other_health": "3F",
    "housing": "4",
    "adult_social_care": "5A",
    "early_help": "5D",
    "youth_justice": "5B",
    "youth_service": "5B",
    "other_authority": "5C",
    "probation": "7",
    "prison": "7",
    "court": "7",
    "cafcass": "7",
    "immigration": "7",
    "legal": "7",
}


def harm_concerns() -> list[str]:
    """The concerns that suggest a child is suffering, or likely to suffer, significant harm."""
    return [code.code for code in code_set("contact_concern") if code.note == ABOUT_HARM]


def suggests_harm(concerns: Collection[str]) -> bool:
    """Whether these concerns call for a manager's thought the same day (Children Act 1989, s47)."""
    return not set(concerns).isdisjoint(harm_concerns())


def likely_need(concerns: Collection[str]) -> str:
    """The primary need these concerns point to, or none: a manager says which it is."""
    if suggests_harm(concerns):
        return "N1"
    return next((need for need, signs in NEEDS if not signs.isdisjoint(concerns)), "")


def source_for(kind: str, agency: str, day: date) -> str:
    """The census's referral source for a referrer, where it follows from who they are."""
    if kind == ReferrerKind.ANONYMOUS:
        return "9"
    if kind != ReferrerKind.PROFESSIONAL:
        return ""
    source = SOURCES.get(agency, "8")
    return source if code_set("referral_source").is_valid(source, day) else "5B"


def contacts_within(received: Iterable[date], on: date) -> int:
    """How many of these days fall in the twelve months up to and including this one.

    A contact on the same date a year ago is counted: it is safer to ask once too often.
    """
    first = add_months(on, -REPEATED_WITHIN_MONTHS)
    return sum(first <= day <= on for day in received)


def is_re_referral(previous: date, referred_on: date) -> bool:
    """Whether a referral comes within twelve months of the one before it (CIN census)."""
    last = due(RE_REFERRAL, previous)
    return last is not None and previous <= referred_on <= last.on


def why_not_about(
    name: str, *, born_on: date | None, is_unborn: bool, received_on: date
) -> str | None:
    """Why a contact on a day cannot be about this child, in words; None if it can."""
    if born_on is None or is_unborn:
        return None
    if received_on < born_on:
        return (
            f"{name} was born on {in_words(born_on)}, after this contact was received. "
            "Check the date of the contact, or the date of birth"
        )
    if add_months(born_on, 12 * OLDEST_CONCERNED) <= received_on:
        return f"{name} is {OLDEST_CONCERNED} or older. Choose the child the contact is about"
    return None
