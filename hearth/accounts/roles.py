"""The roles a worker can hold, in the words the service uses.

What each sees, does and never does is declared policy by policy; docs/generated/access.md is the
whole of it. A person may hold several roles.
"""

from django.db import models


class Role(models.TextChoices):
    """What a worker is employed to do."""

    SCREENING_OFFICER = "screening_officer", "Screening officer"
    SOCIAL_WORKER = "social_worker", "Social worker"
    SENIOR_SOCIAL_WORKER = "senior_social_worker", "Senior social worker"
    FAMILY_SUPPORT_WORKER = "family_support_worker", "Family support worker"
    TEAM_MANAGER = "team_manager", "Team manager"
    SERVICE_MANAGER = "service_manager", "Service manager"
    PRINCIPAL_SOCIAL_WORKER = "principal_social_worker", "Principal social worker"
    DIRECTOR = "director", "Director of children's services"
    OUT_OF_HOURS = "out_of_hours", "Out-of-hours worker"
    CONFERENCE_CHAIR = "conference_chair", "Conference chair"
    REVIEWING_OFFICER = "reviewing_officer", "Independent reviewing officer"
    PLACEMENT_OFFICER = "placement_officer", "Placement officer"
    BUSINESS_SUPPORT = "business_support", "Business support"
    AUDITOR = "auditor", "Quality assurance auditor"
    ANALYST = "analyst", "Performance analyst"
    INSPECTOR = "inspector", "Inspector"
    CALDICOTT = "caldicott", "Caldicott guardian"
    ADMINISTRATOR = "administrator", "System administrator"
    SYSTEM = "system", "Hearth itself"


# Named groups, so that a policy reads as a sentence and a new grade is added in one place.
QUALIFIED = (Role.SOCIAL_WORKER, Role.SENIOR_SOCIAL_WORKER)
MANAGERS = (Role.TEAM_MANAGER, Role.SERVICE_MANAGER)
SENIOR = (Role.SERVICE_MANAGER, Role.DIRECTOR)
PRACTITIONERS = (*QUALIFIED, Role.FAMILY_SUPPORT_WORKER)
FRONT_DOOR = (Role.SCREENING_OFFICER, Role.OUT_OF_HOURS)
INDEPENDENT = (Role.CONFERENCE_CHAIR, Role.REVIEWING_OFFICER)
# Those whose work needs a child's record. Analysts and administrators do not open records.
RECORD_READERS = (
    *FRONT_DOOR,
    *PRACTITIONERS,
    *MANAGERS,
    *INDEPENDENT,
    Role.PRINCIPAL_SOCIAL_WORKER,
    Role.DIRECTOR,
    Role.PLACEMENT_OFFICER,
    Role.BUSINESS_SUPPORT,
    Role.AUDITOR,
    Role.INSPECTOR,
    Role.CALDICOTT,
)
RECORD_WRITERS = (*FRONT_DOOR, *PRACTITIONERS, *MANAGERS, *INDEPENDENT, Role.PLACEMENT_OFFICER)
# Those who supervise others, and those who are supervised: agency workers and managers included.
SUPERVISORS = (*MANAGERS, Role.DIRECTOR)
SUPERVISED = (
    *FRONT_DOOR,
    *PRACTITIONERS,
    *MANAGERS,
    *INDEPENDENT,
    Role.PLACEMENT_OFFICER,
    Role.PRINCIPAL_SOCIAL_WORKER,
)
STAFF = tuple(role for role in Role if role is not Role.SYSTEM)
