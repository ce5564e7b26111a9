"""The invented service on paper: its grades, its teams, and how many posts each team has."""

from dataclasses import dataclass

from hearth.accounts.roles import Role
from hearth.workforce.models import Employment, TeamKind


@dataclass(frozen=True, slots=True)
class Grade:
    """A kind of post: its title, its roles, whether it asks for registration, how long people stay.

    `address` is the known sign-in given to one holder, where the demonstration promises one.
    """

    key: str
    title: str
    roles: tuple[Role, ...]
    registered: bool = False
    stays: float = 5.5  # years, about
    employment: str = Employment.PERMANENT
    address: str = ""
    manages: bool = False


GRADES = {
    grade.key: grade
    for grade in (
        Grade(
            "manager",
            "Team manager",
            (Role.TEAM_MANAGER,),
            registered=True,
            stays=5.0,
            address="team.manager",
            manages=True,
        ),
        Grade(
            "senior",
            "Senior social worker",
            (Role.SENIOR_SOCIAL_WORKER,),
            registered=True,
            address="senior.social.worker",
        ),
        Grade(
            "social_worker",
            "Social worker",
            (Role.SOCIAL_WORKER,),
            registered=True,
            stays=3.6,
            address="social.worker",
        ),
        Grade(
            "newly_qualified",
            "Newly qualified social worker",
            (Role.SOCIAL_WORKER,),
            registered=True,
            stays=1.0,
            employment=Employment.FIXED_TERM,
            address="newly.qualified",
        ),
        Grade(
            "agency",
            "Agency social worker",
            (Role.SOCIAL_WORKER,),
            registered=True,
            stays=1.3,
            employment=Employment.AGENCY,
            address="agency.social.worker",
        ),
        Grade(
            "family_support",
            "Family support worker",
            (Role.FAMILY_SUPPORT_WORKER,),
            address="family.support.worker",
        ),
        Grade(
            "adviser",
            "Personal adviser",
            (Role.FAMILY_SUPPORT_WORKER,),
        ),
        Grade(
            "screening",
            "Screening officer",
            (Role.SCREENING_OFFICER,),
            stays=4.5,
            address="screening.officer",
        ),
        Grade(
            "out_of_hours",
            "Out-of-hours social worker",
            (Role.OUT_OF_HOURS,),
            registered=True,
            stays=6.0,
            address="out.of.hours",
        ),
        Grade(
            "service_manager",
            "Service manager",
            (Role.SERVICE_MANAGER,),
            registered=True,
            stays=6.0,
            address="service.manager",
            manages=True,
        ),
        Grade(
            "director",
            "Director of children's services",
            (Role.DIRECTOR,),
            registered=True,
            stays=6.0,
            address="director",
        ),
        Grade(
            "chair",
            "Child protection conference chair",
            (Role.CONFERENCE_CHAIR,),
            registered=True,
            stays=6.0,
            address="conference.chair",
        ),
        Grade(
            "reviewing",
            "Independent reviewing officer",
            (Role.REVIEWING_OFFICER,),
            registered=True,
            stays=6.0,
            address="reviewing.officer",
        ),
        Grade(
            "placements",
            "Placement officer",
            (Role.PLACEMENT_OFFICER,),
            address="placement.officer",
        ),
        Grade(
            "support",
            "Business support officer",
            (Role.BUSINESS_SUPPORT,),
            stays=5.0,
            address="business.support",
        ),
        Grade(
            "principal",
            "Principal social worker",
            (Role.PRINCIPAL_SOCIAL_WORKER,),
            registered=True,
            stays=6.0,
            address="principal.social.worker",
        ),
        Grade("auditor", "Quality assurance auditor", (Role.AUDITOR,), address="auditor"),
        Grade("analyst", "Performance analyst", (Role.ANALYST,), address="analyst"),
        Grade(
            "inspector",
            "Inspector of social care",
            (Role.INSPECTOR,),
            employment=Employment.FIXED_TERM,
            address="inspector",
        ),
        Grade(
            "caldicott",
            "Caldicott guardian",
            (Role.CALDICOTT,),
            stays=6.0,
            address="caldicott",
        ),
        Grade(
            "administrator",
            "System administrator",
            (Role.ADMINISTRATOR,),
            stays=6.0,
            address="administrator",
        ),
    )
}


@dataclass(frozen=True, slots=True)
class PlannedTeam:
    """A team, its service, and its posts of each grade: in the small borough, and in the full."""

    key: str
    name: str
    kind: str
    service: str
    posts: dict[str, tuple[int, int]]
    # What it was called until it was renamed, so many months before today.
    once: str = ""
    renamed: int = 0


HELP = "Help and protection"
CARE = "Children looked after and leaving care"
SAFEGUARDING = "Safeguarding and quality"

_ASSESSMENT = {
    "manager": (1, 1),
    "senior": (1, 2),
    "social_worker": (2, 8),
    "newly_qualified": (0, 2),
    "agency": (0, 2),
    "family_support": (0, 3),
    "support": (0, 2),
}
_FAMILY = {
    "manager": (1, 1),
    "senior": (1, 2),
    "social_worker": (1, 12),
    "newly_qualified": (0, 1),
    "agency": (0, 2),
    "family_support": (1, 4),
    "support": (0, 2),
}
_LOOKED_AFTER = {
    "manager": (1, 1),
    "senior": (0, 2),
    "social_worker": (1, 8),
    "family_support": (0, 3),
    "support": (0, 1),
}

TEAMS: tuple[PlannedTeam, ...] = (
    PlannedTeam(
        "front_door",
        "Front Door",
        TeamKind.FRONT_DOOR,
        HELP,
        {
            "manager": (2, 3),
            "senior": (1, 4),
            "social_worker": (1, 8),
            "screening": (4, 20),
            "support": (1, 9),
        },
        once="Referral and Assessment Duty",
        renamed=19,
    ),
    PlannedTeam(
        "out_of_hours",
        "Emergency Duty Team",
        TeamKind.OUT_OF_HOURS,
        HELP,
        {"manager": (1, 1), "out_of_hours": (2, 12)},
    ),
    *(
        PlannedTeam(
            f"assessment_{n}",
            f"Assessment Team {n}",
            TeamKind.ASSESSMENT,
            HELP,
            _ASSESSMENT
            | (
                {"newly_qualified": (1, 2), "agency": (1, 2), "family_support": (1, 3)}
                if n == 1
                else {}
            ),
        )
        for n in range(1, 7)
    ),
    *(
        PlannedTeam(
            f"family_{n}",
            f"Family Support and Protection {place}",
            TeamKind.FAMILY_SUPPORT,
            HELP,
            _FAMILY,
        )
        for n, place in enumerate(
            ("North", "South", "East", "West", "Central", "Riverside"), start=1
        )
    ),
    *(
        PlannedTeam(
            f"looked_after_{n}",
            f"Children Looked After {n}",
            TeamKind.LOOKED_AFTER,
            CARE,
            _LOOKED_AFTER,
        )
        for n in (1, 2, 3)
    ),
    PlannedTeam(
        "disability",
        "Disabled Children",
        TeamKind.DISABILITY,
        HELP,
        {
            "manager": (1, 1),
            "senior": (0, 2),
            "social_worker": (1, 9),
            "family_support": (0, 6),
            "support": (0, 2),
        },
    ),
    PlannedTeam(
        "leaving_care",
        "Leaving Care",
        TeamKind.LEAVING_CARE,
        CARE,
        {
            "manager": (1, 2),
            "social_worker": (0, 6),
            "adviser": (1, 18),
            "support": (0, 2),
        },
    ),
    PlannedTeam(
        "placements",
        "Placements",
        TeamKind.OTHER,
        CARE,
        {"manager": (0, 1), "placements": (1, 10), "support": (0, 2)},
    ),
    PlannedTeam(
        "independent",
        "Independent Review",
        TeamKind.INDEPENDENT,
        SAFEGUARDING,
        {"chair": (1, 9), "reviewing": (1, 14), "support": (1, 12)},
    ),
    PlannedTeam(
        "quality",
        "Quality and Performance",
        TeamKind.QUALITY,
        SAFEGUARDING,
        {
            "principal": (1, 1),
            "auditor": (1, 8),
            "analyst": (1, 7),
            "caldicott": (1, 1),
            "administrator": (2, 4),
            "inspector": (1, 4),
        },
    ),
    PlannedTeam(
        "leadership",
        "Senior Leadership",
        TeamKind.OTHER,
        "Children's services",
        {"director": (1, 1), "service_manager": (2, 8), "support": (0, 4)},
    ),
)

# Which service manager answers for which service.
SERVICES = (HELP, CARE, SAFEGUARDING)
