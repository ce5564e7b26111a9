"""Children in need."""

from django.apps import AppConfig


class FamilyHelpConfig(AppConfig):
    """Children in need: plans, reviews and visits."""

    name = "hearth.family_help"
