"""Meetings and plans."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Meetings of agencies and families, and the plans they make."""

    name = "hearth.plans"
