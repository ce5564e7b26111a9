"""Who must take part in a strategy discussion.

A manager of children's social care, the police and health at the least (Working Together to
Safeguard Children 2023, chapter 3). The manager is whoever holds it.
"""

from collections.abc import Collection

POLICE = "police"
HEALTH = frozenset(
    {
        "gp",
        "hospital",
        "ambulance",
        "health_visiting",
        "school_nursing",
        "midwifery",
        "camhs",
        "adult_mental_health",
        "other_health",
    }
)


def is_health(agency: str) -> bool:
    """Whether an agency is a health service."""
    return agency in HEALTH


def missing_agencies(took_part: Collection[str]) -> list[str]:
    """The agencies that must take part and did not, in words; none when there is a quorum."""
    missing = [] if POLICE in took_part else ["the police"]
    if not any(is_health(agency) for agency in took_part):
        missing.append("health")
    return missing
