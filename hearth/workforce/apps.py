"""Staff, teams and registration."""

from django.apps import AppConfig


class WorkforceConfig(AppConfig):
    """Who works here, in which team, and whether they are registered."""

    name = "hearth.workforce"
