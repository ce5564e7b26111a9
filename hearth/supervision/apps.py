"""Supervision of workers, and of each case they hold."""

from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    """Sessions, and the discussion of each case."""

    name = "hearth.supervision"
