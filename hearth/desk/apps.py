"""The desk."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """A worker's desk, search, and the front pages of children and families."""

    name = "hearth.desk"
