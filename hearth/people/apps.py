"""People, families and relationships."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Who everybody is, with every fact dated."""

    name = "hearth.people"
